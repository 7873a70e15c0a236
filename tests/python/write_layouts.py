"""Write the cells that the invented layouts are read as; the difference is for a person to read."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from tests.python.reading import LAYOUTS, document

if TYPE_CHECKING:
    from ingest.model import Document

COLUMNS = (
    "row_key",
    "section",
    "desired_direction",
    "owner_printed",
    "marking_printed",
    "source_cell",
    "basis",
    "period_start",
    "period_end",
    "text",
)


def layouts() -> list[tuple[str, str, int]]:
    """Name, financial year and quarter of every layout."""
    with (LAYOUTS / "layouts.csv").open(encoding="utf-8", newline="") as handle:
        return [
            (row["layout"], row["financial_year"], int(row["as_at_quarter"]))
            for row in csv.DictReader(handle)
        ]


def read(name: str, financial_year: str, as_at_quarter: int) -> Document:
    """One layout, laid out."""
    text = (LAYOUTS / f"{name}.txt").read_text(encoding="utf-8")
    return document(text, financial_year, as_at_quarter)


def records(found: Document) -> list[tuple[str, ...]]:
    """Every cell of every row, as text."""
    return [
        (
            row.row_key,
            row.section or "",
            row.desired_direction or "",
            row.owner_printed or "",
            row.marking_printed or "",
            cell.source_cell,
            cell.window.basis if cell.window else "",
            str(cell.window.start or "") if cell.window else "",
            str(cell.window.end or "") if cell.window else "",
            cell.text,
        )
        for row in found.rows
        for cell in row.cells
    ]


def main() -> None:
    """Write all of them."""
    for name, year, quarter in layouts():
        path = LAYOUTS / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(records(read(name, year, quarter)))


if __name__ == "__main__":
    main()
