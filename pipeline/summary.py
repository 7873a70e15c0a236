"""The closing words of a build: what there is now, and what to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ingest.plain_text import harmless
from pipeline.console import Screen
from pipeline.export import SCHEMA
from pipeline.words import VERDICTS

COUNTED = {
    "reports": ("dim_reports", "count(*)"),
    "rows": ("bridge_report_indicators", "count_if(parent_report_indicator_id is null)"),
    "figures": ("fct_figures", "count(*)"),
    "claims": ("fct_consistency_checks", "count(distinct figure_id)"),
}
WARNINGS_SHOWN = 10
QUERY = (
    "select period_id, basis, value, unit, quote_status from {schema}.indicator_timeline"
    " where indicator_id = '{indicator}' order by period_start"
)


def count(database: Path) -> dict[str, Any]:
    """Count what a published file holds.

    Tables that are not there (a project of other marts) are left out of the count.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        known: dict[str, set[str]] = {}
        for table, column in connection.execute(
            f"select table_name, column_name from duckdb_columns() where schema_name = '{SCHEMA}'"
        ).fetchall():
            known.setdefault(table, set()).add(column)
        found: dict[str, Any] = {"tables": len(known)}
        for what, (table, measure) in COUNTED.items():
            if table in known:
                row = connection.sql(f"select {measure} from {SCHEMA}.{table}").fetchone()
                found[what] = row[0] if row else 0
        if {"indicator_id", "period_start"} <= known.get("indicator_timeline", set()):
            best = connection.sql(
                f"select indicator_id from {SCHEMA}.indicator_timeline"
                " group by all order by count(*) desc, indicator_id limit 1"
            ).fetchone()
            found["query"] = QUERY.format(schema=SCHEMA, indicator=best[0]) if best else None
        if "verdict" in known.get("fct_consistency_checks", ()):
            found["verdicts"] = dict(
                connection.sql(
                    f"select verdict, count(*) from {SCHEMA}.fct_consistency_checks group by all"
                ).fetchall()
            )
    return found


def show(screen: Screen, record: Mapping[str, Any], published: Path, *, took: float) -> None:
    """Print the closing summary of a build, or of the one before when nothing has changed.

    Parameters
    ----------
    screen
        Where to.
    record
        What was written down about the version.
    published
        The folder readers know.
    took
        Seconds this run took.
    """
    counts = record.get("counts", {})
    tests = record.get("tests", {})
    lines = Table.grid(padding=(0, 2))
    lines.add_column(style="bold", no_wrap=True)
    lines.add_column(overflow="fold")

    def line(label: str, text: str) -> None:
        lines.add_row(label, Text(harmless(text)))

    read = [f"{counts[what]:,} {what}" for what in ("reports", "rows", "figures") if what in counts]
    if read:
        line("Holds", ", ".join(read))
    for warning in record.get("reader_warnings", [])[:WARNINGS_SHOWN]:
        line("", f"warning: {warning}")
    verdicts = counts.get("verdicts", {})
    if "claims" in counts:
        checks = sum(verdicts.values())
        line("Claims", f"{counts['claims']:,} checked in {checks:,} ways")
        wide = max(len(verdict.label) for verdict in VERDICTS.values())
        for code, verdict in VERDICTS.items():
            if verdicts.get(code):
                line("", f"{verdict.label:<{wide}}  {verdicts[code]:>5,}")
    told = f"{tests.get('passed', 0):,} passed"
    told += f", {len(tests['warned']):,} to be reviewed" if tests.get("warned") else ""
    told += f"; {tests['expectations']:,} expectations met" if tests.get("expectations") else ""
    line("Tests", told)
    for warned in tests.get("warned", []):
        line("", f"{warned['rows']:,} rows: {warned['description'] or warned['name']}")
    for notice in tests.get("notices", []):
        line("dbt says", notice)
    built = datetime.fromisoformat(record["built_at"]).astimezone()
    line("Built", f"{built:%d %B %Y, %H:%M} in {record['took']:.1f} s ({took:.1f} s this time)")
    base = Path.cwd()
    where = published.relative_to(base) if published.is_relative_to(base) else published
    database = record["database"]
    line("Warehouse", f"{where / database} ({counts.get('tables', 0)} tables)")
    line("", f"{where / 'marts'}/*.parquet, the same tables")
    for name, path in (
        ("Site", "site/index.html"),
        ("Workbook", "community_safety.xlsx"),
        ("Open data", "datapackage.json"),
        ("Data Docs", "data_docs/index.html"),
    ):
        if (published / path).exists():
            line(name, str(where / path))
    title = "Restricted rows included: not for publication" if record["restricted"] else "Published"
    screen.console.print()
    screen.console.print(Panel(lines, title=title, title_align="left", expand=False))
    if counts.get("query"):
        option = " --restricted" if record["restricted"] else ""
        screen.say("Try:")
        screen.say(f'  .venv/bin/python -m pipeline query{option} "{counts["query"]}"')
