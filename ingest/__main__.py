"""The reader's command line: ``python -m ingest land``, ``add``, ``check``, ``explain``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import explain
from ingest.commands import register
from ingest.model import IngestError
from ingest.plain_text import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "ingest" / "reports"
SEEDS = ROOT / "seeds" / "landed"


def _land(arguments: argparse.Namespace) -> int:
    from ingest.land import land

    landing = land(arguments.reports, arguments.seeds)
    for warning in landing.warnings:
        print(f"warning: {harmless(warning)}", file=sys.stderr)
    changed = f"{len(landing.changed)} seeds changed" if landing.changed else "no seed changed"
    print(
        f"{landing.reports} reports, {landing.rows} rows, {landing.cells} cells, "
        f"{landing.figures} figures landed; {changed}"
    )
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands; each sets ``run``, a function of the parsed arguments to an exit code."""
    main_parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Reads community-safety performance reports."
    )
    commands = main_parser.add_subparsers(metavar="COMMAND", required=True)
    landing = commands.add_parser("land", help="read all reports and write the landed seeds")
    landing.add_argument("--reports", type=Path, default=REPORTS, help="folder of the manifest")
    landing.add_argument("--seeds", type=Path, default=SEEDS, help="folder of the landed seeds")
    landing.set_defaults(run=_land)
    register(commands, REPORTS, SEEDS)
    explain.add_parser(commands)
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what is wrong with an input is one line on standard error, exit code 1.

    Ctrl-C is one line, too, exit code 130.
    """
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except IngestError as error:
        print(f"error: {harmless(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        # Seeds take their places one by one; everything else is whole or not at all.
        landing = parsed.run is _land
        said = "stopped; land again" if landing else "stopped; nothing was changed"
        print(said, file=sys.stderr)
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
