"""Lines become fields: the text between two delimiters, with the place where it stands.

Three kinds of delimiter are read: tabs, pipes ("| a | b |") and columns kept apart by runs of two
or more blanks. Which one a line uses is seen from the line itself and its neighbours, never from
its file.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ingest.model import Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.model import Line

_GAP: Final = re.compile(r"\s{2,}")
_RULE: Final = re.compile(r"[\s|+:=_\-\u2500-\u257f]*")
_PIPES: Final = re.compile(r"[|\u2502]")


@dataclass(frozen=True, slots=True)
class Fields:
    """One line cut at its delimiters.

    ``cells`` holds (column, segment) for the columns that are not blank, in order; ``width`` is the
    number of columns, blank ones included. ``marks`` are delimiters that are characters of their
    own (pipes, table rules). ``kind`` is ``tab``, ``pipe``, ``aligned``, ``plain``, ``rule`` or
    ``blank``.
    """

    line: int
    kind: str
    width: int
    cells: tuple[tuple[int, Segment], ...]
    marks: tuple[Segment, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space, or nothing but a table rule, is on the line."""
        return not self.cells

    def get(self, column: int) -> Segment | None:
        """The segment in a column, None where it is blank."""
        for at, segment in self.cells:
            if at == column:
                return segment
        return None


def cut_lines(lines: Sequence[Line]) -> list[Fields]:
    """Cut every line at the delimiters its file uses.

    A file with tables in tabs has no others: a pipe or a wide gap there belongs to the text. The
    same holds for pipes before gaps.
    """
    has_tabs = any("\t" in line.text and not line.text.isspace() for line in lines)
    has_pipes = not has_tabs and sum(_looks_piped(line.text) for line in lines) > 1
    return [_cut(line, has_tabs=has_tabs, has_pipes=has_pipes) for line in lines]


def _cut(line: Line, *, has_tabs: bool, has_pipes: bool) -> Fields:
    text = line.text
    whole = _strip(line, 0, len(text))
    if whole is None:
        return Fields(line.number, "blank", 0, ())
    if "\t" in text:
        return _at_tabs(line)
    if not has_tabs:
        if len(whole.text) > 2 and _RULE.fullmatch(text):
            return Fields(line.number, "rule", 0, (), (whole,))
        if has_pipes and _looks_piped(text):
            return _at_pipes(line)
        if not has_pipes and (cells := _at_gaps(line)):
            return cells
    return Fields(line.number, "plain", 1, ((0, whole),))


def _strip(line: Line, start: int, end: int) -> Segment | None:
    """The segment between two offsets without the white space at its ends."""
    part = line.text[start:end]
    bare = part.strip()
    if not bare:
        return None
    start += len(part) - len(part.lstrip())
    return Segment(line.number, start, start + len(bare), bare)


def _at_tabs(line: Line) -> Fields:
    cells: list[tuple[int, Segment]] = []
    start = column = 0
    for column, part in enumerate(line.text.split("\t")):
        end = start + len(part)
        if part and (segment := _strip(line, start, end)) is not None:
            cells.append((column, segment))
        start = end + 1
    return Fields(line.number, "tab", column + 1, tuple(cells))


def _looks_piped(text: str) -> bool:
    bare = text.strip()
    return len(_PIPES.findall(bare)) >= 2 or (bare[:1] in ("|", "\u2502") and len(bare) > 1)


def _at_pipes(line: Line) -> Fields:
    text = line.text
    marks = [match.start() for match in _PIPES.finditer(text)]
    edges = [-1, *marks, len(text)]
    spans = list(itertools.pairwise(edges))
    if not text[: marks[0]].strip():
        spans = spans[1:]
    if not text[marks[-1] + 1 :].strip():
        spans = spans[:-1]
    cells = [
        (column, segment)
        for column, (start, end) in enumerate(spans)
        if (segment := _strip(line, start + 1, end)) is not None
    ]
    return Fields(
        line.number,
        "pipe",
        len(spans),
        tuple(cells),
        tuple(Segment(line.number, at, at + 1, text[at]) for at in marks),
    )


def _at_gaps(line: Line) -> Fields | None:
    """Pieces kept apart by two or more blanks; their columns are settled under a header."""
    cells: list[tuple[int, Segment]] = []
    start = 0
    text = line.text
    for match in _GAP.finditer(text):
        if (segment := _strip(line, start, match.start())) is not None:
            cells.append((len(cells), segment))
        start = match.end()
    if (segment := _strip(line, start, len(text))) is not None:
        cells.append((len(cells), segment))
    if len(cells) < 2:
        return None
    return Fields(line.number, "aligned", len(cells), tuple(cells))
