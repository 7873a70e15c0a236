"""Rows and paragraphs of any format become the lines that extracted text has.

A table row is one line of cells set apart by tabs; a paragraph is one line; an empty line stands
before and after a table. White space inside a cell (its line breaks, tabs and paragraphs) becomes
one blank, as it is in the extracted text of the same table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.formats import limits
from ingest.model import IngestError, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def squeeze(text: str) -> str:
    r"""The text with every run of white space as one blank, and none at its ends.

    Examples
    --------
    >>> squeeze("29 offences\n in Q1\t")
    '29 offences in Q1'
    """
    return " ".join(text.split())


class LineWriter:
    """Collects the lines of one document and keeps them within the limits.

    Parameters
    ----------
    name
        The file's name, for error messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[Line] = []
        self._chars = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """What was collected, without blank lines at the end."""
        kept = len(self._lines)
        while kept and not self._lines[kept - 1].text:
            kept -= 1
        return tuple(self._lines[:kept])

    def gap(self) -> None:
        """An empty line, unless there is one already or nothing stands above it."""
        if self._lines and self._lines[-1].text:
            self._add("", None)

    def paragraph(self, text: str, locator: str) -> None:
        """One paragraph; nothing when it is blank."""
        squeezed = squeeze(text)
        if squeezed:
            self._add(squeezed, locator)

    def row(self, cells: Sequence[str], locator: str) -> None:
        """One table row; nothing when all its cells are blank.

        Raises
        ------
        IngestError
            If the row has more columns than a table of a report can have.
        """
        check_columns(len(cells), self.place(locator))
        squeezed = [squeeze(cell) for cell in cells]
        if any(squeezed):
            self._add("\t".join(squeezed), locator)

    def table(self, rows: Iterable[tuple[Sequence[str], str]]) -> None:
        """All rows of one table, each with its locator, between two empty lines."""
        self.gap()
        for cells, locator in rows:
            self.row(cells, locator)
        self.gap()

    def place(self, locator: str | None) -> str:
        """A place in the document, for error messages."""
        return f"{self._name}, {locator}" if locator else self._name

    def _add(self, text: str, locator: str | None) -> None:
        number = len(self._lines) + 1
        if number > limits.MAX_LINES:
            raise IngestError(f"more than {limits.MAX_LINES:,} lines", self._name)
        if len(text) > limits.MAX_LINE_CHARS:
            raise IngestError(
                f"a row of {len(text):,} characters is no row of a report", self.place(locator)
            )
        self._chars += len(text)
        if self._chars > limits.MAX_TOTAL_CHARS:
            raise IngestError(
                f"more than {limits.MAX_TOTAL_CHARS:,} characters of text", self._name
            )
        self._lines.append(Line(number, text, locator))


def check_columns(count: int, place: str) -> None:
    """Refuse a row of more columns than a report's table can have.

    Raises
    ------
    IngestError
        Naming the count and the place.
    """
    if count > limits.MAX_COLUMNS:
        raise IngestError(
            f"a row of {count:,} columns; a report's table has at most {limits.MAX_COLUMNS}", place
        )


def trim_columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows without the columns at either side that are blank in every row."""
    used = [
        column for row in rows for column, cell in enumerate(row) if cell and not cell.isspace()
    ]
    if not used:
        return [[] for _ in rows]
    first, last = min(used), max(used)
    return [[*row[first : last + 1], *[""] * (last + 1 - len(row))] for row in rows]
