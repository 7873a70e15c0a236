"""Search: what can be found, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.marts import Record
from pipeline.site.library import Library
from pipeline.site.pages.indicator import row_anchor
from pipeline.words import cell_title, theme

NO_STATEMENTS = ("section", "ref", "measure", "owner", "status", "trend")
_WORD = re.compile(r"[^\W\d_]{3}")


def index(library: Library) -> list[list[str]]:
    """List indicators, rows and statements, each as kind, title, text and link."""
    entries = [
        [
            "Indicator",
            row["indicator_name"],
            f"{row['definition'] or ''} Theme: {theme(row['theme'])}.".strip(),
            f"indicators/{library.indicator_files[key]}",
        ]
        for key, row in library.indicators.items()
    ]
    for row in library.rows.values():
        if row["parent_report_indicator_id"] is None:
            name = f"{library.report_name(row['report_id'])}, row {row['ref'] or row['row_number']}"
            entries.append(["Row", name, row["measure"] or "", _row_link(library, row)])
    for row in library.rows.values():
        for cell in library.cells_of_row.get(row["report_indicator_id"], ()):
            if cell["source_cell"] not in NO_STATEMENTS:
                entries += _statements(library, row, cell)
    return entries


def _statements(library: Library, row: Record, cell: Record) -> Iterator[list[str]]:
    """List the sentences of a cell: each with a number once, and the cell if it says more."""
    ref = f", row {row['ref']}" if row["ref"] else ""
    name = f"{library.report_name(row['report_id'])}{ref}, {cell_title(cell['source_cell'])}"
    rest = cell["text"] or ""
    seen = set()
    for figure in library.figures_of_cell.get(cell["cell_id"], ()):
        if figure["statement"] not in seen:
            seen.add(figure["statement"])
            rest = rest.replace(figure["statement"], " ")
            link = library.figure_link(figure["figure_id"], "") or ""
            yield ["Statement", name, figure["statement"], link]
    if _WORD.search(rest):
        yield ["Statement", name, cell["text"], _row_link(library, row)]


def _row_link(library: Library, row: Record) -> str:
    return f"reports/{library.report_files[row['report_id']]}#{row_anchor(library, row)}"


def context(library: Library) -> dict[str, Any]:
    """Gather the page: without a script it is an index of the indicators."""
    return {
        "indicators": [
            {"name": row["indicator_name"], "file": f"indicators/{library.indicator_files[key]}"}
            for key, row in library.indicators.items()
        ]
    }
