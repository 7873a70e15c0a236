"""Tables that run over pages become one again.

On paper a long table is cut at the foot of a page and goes on at the head of the next, its header
printed again; so is a row, in the middle of its cells. The same table in a Word file is one. What
is told by: the next page's first table has its columns at the same places, and nothing but page
headers and footers stands between.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.formats.columns import Piece

_SAME_PLACE: Final = 3.0  # points
_NUMBER: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(r"(?:page|p\.?)?\s*\d+\s*(?:(?:of|/)\s*\d+)?", re.IGNORECASE)
_FINISHED: Final = re.compile(r"[.!?:;)\]%\d]\s*$")
_USUAL_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row of cells, or one line of text, and where it stands."""

    cells: tuple[str, ...]
    locator: str


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or the part of one that is on one page (``columns``: where they begin), or text."""

    page: int
    rows: tuple[PartRow, ...]
    columns: tuple[float, ...] | None
    in_margin: bool = False
    header: tuple[list[Piece], ...] = ()  # of a table without rules

    @property
    def is_table(self) -> bool:
        """Whether the rows have columns."""
        return self.columns is not None


def join_pages(parts: Sequence[Part]) -> list[Part]:
    """The parts of a document with tables that run over pages as one.

    Page headers and footers that stood between two parts of a table come after it.
    """
    furniture = _furniture(parts)
    out: list[Part] = []
    waiting: list[Part] = []  # page furniture since the last table
    for part in parts:
        last = out[-1] if out else None
        if last is not None and last.is_table and _is_furniture(part, furniture):
            waiting.append(part)
        elif last is not None and _goes_on(last, part):
            out[-1] = _joined(last, part)
        else:
            out += [*waiting, part]
            waiting = []
    return [*out, *waiting]


def _key(part: Part) -> str:
    return _NUMBER.sub("#", " ".join(cell for row in part.rows for cell in row.cells).lower())


def _furniture(parts: Iterable[Part]) -> frozenset[str]:
    """Texts in the margins of more than one page; their numbers may differ."""
    pages = Counter(
        key for key, _ in {(_key(p), p.page) for p in parts if p.in_margin and not p.is_table}
    )
    return frozenset(key for key, count in pages.items() if count > 1)


def _is_furniture(part: Part, furniture: frozenset[str]) -> bool:
    if part.is_table:
        return False
    if not any(c.isalnum() for row in part.rows for cell in row.cells for c in cell):
        return True  # what is left of a mark that the page's end cut through
    if not part.in_margin:
        return False
    return _key(part) in furniture or all(
        _PAGE_NUMBER.fullmatch(" ".join(row.cells).strip()) for row in part.rows
    )


def _goes_on(last: Part, part: Part) -> bool:
    if last.columns is None or part.columns is None or part.page != last.page + 1:
        return False
    return len(last.columns) == len(part.columns) and all(
        abs(a - b) <= _SAME_PLACE for a, b in zip(last.columns, part.columns, strict=True)
    )


def _joined(last: Part, part: Part) -> Part:
    """One table of two parts: the header once, a row cut by the page's end whole."""
    rows = list(part.rows[_repeated(last.rows, part.rows) :])
    above = list(last.rows)
    if rows and above and _is_rest(above, rows[0].cells):
        above[-1] = PartRow(
            tuple(f"{a} {b}".strip() for a, b in zip(above[-1].cells, rows[0].cells, strict=True)),
            above[-1].locator,
        )
        rows = rows[1:]
    return replace(last, page=part.page, rows=(*above, *rows))


def _repeated(above: Sequence[PartRow], rows: Sequence[PartRow]) -> int:
    """How many of a page's first rows repeat the header, the last one printed above."""
    start = next(
        (at for at in reversed(range(len(above))) if above[at].cells == rows[0].cells), len(above)
    )
    pairs = zip(above[start:], rows, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].cells == pair[1].cells, pairs))


def _is_rest(above: Sequence[PartRow], cells: tuple[str, ...]) -> bool:
    """Whether a page's first row is the rest of the row that the last page ended with.

    The columns that name a row (the first two that the table usually fills: ref and measure) tell:
    a new row has its ref, and its measure is no half sentence.
    """
    usual = [
        column
        for column in range(len(cells))
        if sum(bool(row.cells[column]) for row in above) > _USUAL_SHARE * len(above)
    ]
    if len(usual) < 2 or cells[usual[0]]:
        return False
    measure = cells[usual[1]]
    before = above[-1].cells[usual[1]]
    return not measure or measure[0].islower() or not _FINISHED.search(before)
