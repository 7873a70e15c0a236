"""What people look at and take away: the site, the workbook and the open data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def present(staging: Path, dbt_docs: Callable[[], Path]) -> str:
    """Write them beside the marts they are made of.

    Parameters
    ----------
    staging
        The folder of the next version, with its DuckDB file; nothing else is read.
    dbt_docs
        Writes the one file of ``dbt docs generate --static``, which the site links.

    Returns
    -------
    str
        What was written, in words.

    Raises
    ------
    PipelineError
        If a mart is missing or the open data's description is not valid.
    """
    from pipeline.opendata import build_open_data
    from pipeline.site.render import build_site
    from pipeline.workbook import build_workbook

    tables = build_open_data(staging, staging)
    build_workbook(staging, staging)
    pages = build_site(staging, staging / "site", dbt_docs=dbt_docs())
    return f"{pages} pages, a workbook, {tables} CSV files"
