"""The pass over the row: what only the other cells reveal, marked ``inferred``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.model import Row

if TYPE_CHECKING:
    from ingest.figures.document import ReadCell


def resolve_row(row: Row, cells: list[ReadCell]) -> None:
    """Settle what depends on the other cells of the row."""
    for cell in cells:
        for reading in cell.readings:
            if reading.comparator is None and reading.role in ("change",):
                reading.comparator = "unknown"
