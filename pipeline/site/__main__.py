"""``python -m pipeline.site``: say where the published site is, or make one somewhere else."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.site.render import build_site


def main() -> int:
    """Make the site from a warehouse. What a build has published is only named, never changed."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.site", description=main.__doc__)
    parser.add_argument("--warehouse", type=Path, default=Path("warehouse"))
    parser.add_argument("--out", type=Path, help="default: site in the folder of the warehouse")
    parser.add_argument("--dbt-docs", type=Path, help="a page made by dbt docs generate --static")
    given = parser.parse_args()
    out = given.out or given.warehouse / "site"
    if out.is_symlink():
        print(f"site: {out / 'index.html'}")
        return 0
    started = time.monotonic()
    try:
        pages = build_site(given.warehouse, out, dbt_docs=given.dbt_docs)
    except PipelineError as error:
        print(f"site: {error}", *error.details, sep="\n  ", file=sys.stderr)
        return 1
    print(f"site: {pages} pages in {time.monotonic() - started:.1f} s: {out / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
