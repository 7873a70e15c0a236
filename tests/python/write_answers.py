"""Write the first rows of the answer below every query of the documentation that shows them.

A query that shows its answer is followed by two marks; what is between them is machine-written::

    <!-- answer -->
    <!-- end of answer -->

Tables of the audit stand between marks with their names, one of :data:`TABLES`::

    <!-- contradictions -->
    <!-- end of contradictions -->
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import duckdb

from pipeline import ledger
from tests.published import ROOT, warehouse

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
ROWS_SHOWN: Final = 5
LONGEST_TEXT: Final = 110
_ANSWERED: Final = re.compile(
    r"(?P<block>```sql\n(?P<query>(?:(?!```).)*)```\n\n<!-- answer -->\n)"
    r".*?(?P<end><!-- end of answer -->)",
    flags=re.DOTALL,
)


def _shown(value: object) -> str:
    """One value as people write it."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{int(value):,}" if whole else f"{value.normalize():,f}"
    text = " ".join(str(value).split())
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1].rsplit(" ", 1)[0] + " …"
    return text.replace("|", r"\|")


def answer(query: str, marts: duckdb.DuckDBPyConnection) -> str:
    """The first rows of a query's answer as a table; the last line says when there are more."""
    found = marts.execute(query)
    names = [column[0] for column in found.description or ()]
    rows = found.fetchmany(ROWS_SHOWN + 1)
    numbers = [any(isinstance(row[at], int | Decimal) for row in rows) for at in range(len(names))]
    lines = [
        names,
        ["---:" if number else "---" for number in numbers],
        *([_shown(value) for value in row] for row in rows[:ROWS_SHOWN]),
    ]
    if len(rows) > ROWS_SHOWN:
        lines.append(["…", *[""] * (len(names) - 1)])
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def answered(page: str, marts: duckdb.DuckDBPyConnection) -> str:
    """A page with its answers as the warehouse gives them now."""
    page = _ANSWERED.sub(
        lambda match: match["block"] + answer(match["query"], marts) + match["end"], page
    )
    return _TABLE.sub(
        lambda match: f"{match['begin']}\n{TABLES[match['name']](marts)}\n{match['end']}", page
    )


def _whole(query: str) -> Callable[[duckdb.DuckDBPyConnection], str]:
    """A table of all rows of a query."""

    def table(marts: duckdb.DuckDBPyConnection) -> str:
        found = marts.execute(query)
        names = [column[0] for column in found.description or ()]
        rows = [names, ["---"] * len(names), *([_shown(v) for v in r] for r in found.fetchall())]
        return "".join("| " + " | ".join(row) + " |\n" for row in rows)

    return table


TABLES: Final[dict[str, Callable[[duckdb.DuckDBPyConnection], str]]] = {
    "contradictions": lambda marts: ledger.as_table(ledger.read(marts, only_unreviewed=False)),
    "scorecard": _whole("""
        select
            report_id as report, claim_count as claims, testable_count as "can be tested",
            adds_up_count as "add up", contradiction_count as "do not",
            finding_count as findings
        from marts.report_scorecard
        order by report_id
    """),
    "power": _whole("""
        select
            family, count(*) as checks,
            count(*) filter (where verdict <> 'untestable') as "can be tested",
            count(*) filter (where verdict <> 'untestable' and power = 0) as "with no power",
            cast(round(avg(power) filter (where verdict <> 'untestable' and power > 0)) as integer)
                as "power of the others, %"
        from marts.fct_consistency_checks
        group by family
        order by family
    """),
}
_TABLE: Final = re.compile(
    rf"(?P<begin><!-- (?P<name>{'|'.join(TABLES)}) -->\n).*?(?P<end><!-- end of (?P=name) -->)",
    flags=re.DOTALL,
)


def main() -> None:
    """Write all pages."""
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            page.write_text(answered(text, marts), encoding="utf-8")


if __name__ == "__main__":
    main()
