"""Characters at places become words, lines, and tables or text set in columns.

Two things look alike on a page: a table without rules, and prose in columns. A line of known header
words above tells them apart: below it the columns are a table's, read across; without it they are
prose, read down one column after the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from ingest.vocabulary import headers as words_of_headers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Shares of a character's height.
_WORD_GAP: Final = 0.16  # a narrower gap is inside a word
_COLUMN_GAP: Final = 0.9  # a wider gap sets columns apart
_GUTTER: Final = 0.8  # the least width of the blank strip between columns of prose
_SAME_LINE: Final = 0.5  # how far apart the middles of one line's characters may be
_ROW_GAP: Final = 1.35  # times the usual distance of lines: a new row begins
_SPACED: Final = 0.2  # so much more room is between rows than between the lines of a cell
_MOST_REFS: Final = 1.5  # lines that begin in the column of refs, on average of a row
_LEAST_HEADERS: Final = 3
_LEAST_KNOWN_SHARE: Final = 0.5
_LEAST_COLUMN_LINES: Final = 3
_TIME_WORD: Final = re.compile(
    rf"(?:{'|'.join(words_of_headers.QUARTER_WORDS)})\.?\s*[1-4]\b.*|(?:19|20)\d\d\s*[/-]\s*\d\d(?:\d\d)?",
    re.IGNORECASE,
)
_KNOWN: Final = frozenset(
    phrase for phrases in words_of_headers.PHRASES.values() for phrase in phrases
) | frozenset(words_of_headers.WHOLE)
_REFS: Final = frozenset(words_of_headers.PHRASES["ref"])


@dataclass(frozen=True, slots=True)
class Piece:
    """A character, or a word, and the box it stands in; y grows downwards.

    ``turn`` is 0 for text that reads from left to right, 1 for text turned to read upwards, -1
    for downwards.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    turn: int = 0

    @property
    def centre(self) -> float:
        """The middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """The middle from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom, never nothing."""
        return max(self.bottom - self.top, 0.1)


Words = list[Piece]


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines: a table's rows of cells, or lines of text of one cell each.

    ``header`` is a table's header as it was printed, for the table may go on without it; ``span``
    says how far down a text begins and ends.
    """

    rows: tuple[tuple[str, ...], ...]
    is_table: bool
    header: tuple[Words, ...] = ()
    span: tuple[float, float] = (0.0, 0.0)


def lines_of(pieces: Sequence[Piece]) -> list[Words]:
    """Lines of words from characters in any order; turned text after what stands upright."""
    lines = _upright_lines([piece for piece in pieces if piece.turn == 0])
    for turn in (1, -1):
        turned = [_turned(piece) for piece in pieces if piece.turn == turn]
        for line in _upright_lines(turned):
            lines.append([_turned_back(word, turn) for word in line])
    return lines


def _turned(piece: Piece) -> Piece:
    """A character of turned text as if the page lay so that the text is upright."""
    if piece.turn > 0:
        return Piece(piece.text, -piece.bottom, -piece.top, piece.x0, piece.x1)
    return Piece(piece.text, piece.top, piece.bottom, -piece.x1, -piece.x0)


def _turned_back(word: Piece, turn: int) -> Piece:
    if turn > 0:
        return Piece(word.text, word.top, word.bottom, -word.x1, -word.x0, turn)
    return Piece(word.text, -word.bottom, -word.top, word.x0, word.x1, turn)


def _upright_lines(pieces: list[Piece]) -> list[Words]:
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.x0)):
        if lines and _on_line(lines[-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [words for line in lines if (words := list(_words(line)))]


def _on_line(line: list[Piece], piece: Piece) -> bool:
    # The tallest character speaks for its line: raised figures stand beside it.
    tallest = max(line[-8:], key=lambda other: other.height)
    reach = _SAME_LINE * max(tallest.height, piece.height)
    return abs(piece.middle - tallest.middle) < reach


def _words(line: list[Piece]) -> Iterator[Piece]:
    word: list[Piece] = []
    for piece in sorted(line, key=lambda piece: piece.x0):
        is_blank = piece.text.isspace()
        if word and (is_blank or piece.x0 - word[-1].x1 > _WORD_GAP * piece.height):
            yield _joined(word)
            word = []
        if not is_blank:
            word.append(piece)
    if word:
        yield _joined(word)


def _joined(pieces: Sequence[Piece], glue: str = "") -> Piece:
    return Piece(
        glue.join(piece.text for piece in pieces),
        min(piece.x0 for piece in pieces),
        max(piece.x1 for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.bottom for piece in pieces),
        pieces[0].turn,
    )


def tables_and_text(pieces: Sequence[Piece], above: Sequence[Words] = ()) -> list[Block]:
    """Tables without rules, and text, in reading order.

    ``above`` is the header of the table that the page before ended with: where no other header
    stands on this page and its lines keep to those columns, the table goes on.
    """
    lines = lines_of(pieces)
    heads = list(_heads(lines))
    if above and not heads and (start := _goes_on(lines, above)) is not None:
        whole = [*above, *lines[start:]]
        table = _table_blocks(_header_phrases(list(above)), whole, len(above))
        return [*_text_blocks(lines[:start]), *table]
    blocks = _text_blocks(lines[: heads[0][0]] if heads else lines)
    for (start, end), (until, _) in pairwise([*heads, (len(lines), len(lines))]):
        blocks += _table_blocks(_header_phrases(lines[start:end]), lines[start:until], end - start)
    return blocks


def _goes_on(lines: list[Words], above: Sequence[Words]) -> int | None:
    """The first line of a table that goes on without its header; None where none does."""
    header = _header_phrases(list(above))
    edges = _edges(header, [*above, *lines])
    wide = [at for at, line in enumerate(lines) if len(_by_column(line, edges)) >= _LEAST_HEADERS]
    cut = any(
        word.x0 + 0.5 < edge < word.x1 - 0.5 for at in wide for word in lines[at] for edge in edges
    )
    return wide[0] if wide and not cut else None


def _heads(lines: list[Words]) -> Iterator[tuple[int, int]]:
    """The first and last line of each table's header, the last left out.

    A header may be set on several lines ("2016/17" above "outturn"): those as near as lines of one
    cell whose words stand each under no more than one header.
    """
    below = 0
    for at, line in enumerate(lines):
        if at < below or not _is_header(_phrases(line)):
            continue
        heads, end = _phrases(line), at + 1
        while end < len(lines) and _adds_to(heads, lines, end):
            heads = _header_phrases(lines[at : end + 1])
            end += 1
        below = end
        yield at, end


def _adds_to(heads: Words, lines: list[Words], at: int) -> bool:
    """Whether a line goes on with the header above it."""
    phrases = _phrases(lines[at])
    height = max(phrase.height for phrase in phrases)
    if lines[at][0].middle - lines[at - 1][0].middle > _ROW_GAP * height:
        return False
    under = [sum(_overlap(phrase, head) for head in heads) for phrase in phrases]
    if max(under) > 1:
        return False
    if _is_header(phrases):
        return True
    is_row = phrases[0].x0 < heads[0].x1 and not _stands_apart(lines, at)
    return min(under) == 1 and not is_row


def _overlap(one: Piece, other: Piece) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _stands_apart(lines: list[Words], at: int) -> bool:
    """Whether a line is nearer to the one above it than to the one below."""
    if at + 1 >= len(lines):
        return False
    above = lines[at][0].middle - lines[at - 1][0].middle
    below = lines[at + 1][0].middle - lines[at][0].middle
    return below - above > _SPACED * lines[at][0].height


def _header_phrases(lines: list[Words]) -> Words:
    """The headers, each put together from the lines it is set on."""
    heads: Words = []
    for line in lines:
        for phrase in _phrases(line):
            above = next((i for i, head in enumerate(heads) if _overlap(phrase, head)), None)
            if above is None:
                heads.append(phrase)
            else:
                heads[above] = _joined((heads[above], phrase), " ")
    return sorted(heads, key=lambda head: head.x0)


def _phrases(line: Words) -> Words:
    """A line's words joined into phrases wherever no column gap stands between them."""
    phrases: list[list[Piece]] = []
    for word in line:
        if phrases and word.x0 - phrases[-1][-1].x1 <= _COLUMN_GAP * word.height:
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return [_joined(phrase, " ") for phrase in phrases]


def _is_header(phrases: Words) -> bool:
    known = sum(_is_known(phrase.text) for phrase in phrases)
    return len(phrases) >= _LEAST_HEADERS and known >= max(2, _LEAST_KNOWN_SHARE * len(phrases))


@lru_cache(maxsize=4096)
def _is_known(text: str) -> bool:
    plain = " ".join(text.lower().strip(" .:*()").split())
    return plain in _KNOWN or _TIME_WORD.fullmatch(plain) is not None


def _table_blocks(header: Words, lines: list[Words], head: int) -> list[Block]:
    """The first ``head`` lines, a header, and those below as one table; prose after it as text."""
    edges = _edges(header, lines)
    # Lines below the last one that fills more than one column are no rows of the table.
    end = max((at for at, line in enumerate(lines) if len(_by_column(line, edges)) > 1), default=0)
    end = max(end + 1, head)
    ref = next((i for i, p in enumerate(header) if p.text.lower().strip(" .") in _REFS), 0)
    begins = _row_starts(lines[:end], head, [ref in _by_column(line, edges) for line in lines])
    rows = [[head.text for head in header]]
    for at, line in enumerate(lines[head:end], start=head):
        if begins[at]:
            rows.append([""] * (len(edges) + 1))
        for column, text in _by_column(line, edges).items():
            rows[-1][column] = f"{rows[-1][column]} {text}".strip()
    table = Block(tuple(tuple(row) for row in rows), is_table=True, header=tuple(lines[:head]))
    return [table, *_text_blocks(lines[end:])]


def _row_starts(lines: list[Words], head: int, has_ref: list[bool]) -> list[bool]:
    """Whether each line begins a row.

    Where rows stand further apart than the lines of a cell, the distance tells; else a ref does.
    """
    body = range(head + 1, len(lines))
    begins = [at == head for at in range(len(lines))]
    apart = _rows_apart(lines, body, has_ref)
    pitches = [0.0] + [b[0].middle - a[0].middle for a, b in pairwise(lines)]
    usual = median([pitches[at] for at in body]) if body else 0.0
    for at in body:
        begins[at] = at in apart if apart else has_ref[at] or pitches[at] > _ROW_GAP * usual
    return begins


def _rows_apart(lines: list[Words], body: range, has_ref: list[bool]) -> frozenset[int]:
    """The lines with more room above them than lines of a cell have, where those are the rows."""
    gaps: dict[int, float] = {}
    bottom = max((word.bottom for word in lines[body.start - 1]), default=0.0)
    for at in body:
        gaps[at] = min(word.top for word in lines[at]) - bottom
        bottom = max(bottom, *(word.bottom for word in lines[at]))
    ordered = sorted(gaps.values())
    jump, least = max(((b - a, b) for a, b in pairwise(ordered)), default=(0.0, 0.0))
    if not body or jump < _SPACED * median(line[0].height for line in lines):
        return frozenset()
    starts = [body.start - 1, *(at for at in body if gaps[at] >= least), body.stop]
    refs = [sum(has_ref[start:end]) for start, end in pairwise(starts)]
    if min(refs) < 1 or sum(refs) > _MOST_REFS * len(refs):
        return frozenset()
    return frozenset(starts[1:-1])


def _edges(header: Words, lines: list[Words]) -> list[float]:
    """Where one column ends and the next begins: between two headers, where fewest words cross."""
    edges = []
    for left, right in pairwise(header):
        places = sorted(
            {right.x0 - 0.5}
            | {
                word.x0 - 0.5
                for line in lines
                for word in line
                if left.x0 < word.x0 - 0.5 <= right.x0
            }
        )
        crossing = {
            place: sum(word.x0 < place < word.x1 for line in lines for word in line)
            for place in places
        }
        fewest = min(crossing.values())
        clear = [place for place in places if crossing[place] == fewest]
        edges.append(max(clear, key=lambda place: _room_before(place, lines)))
    return edges


def _room_before(place: float, lines: list[Words]) -> float:
    """How wide the blank strip left of a place is, over all lines."""
    return place - max(
        (word.x1 for line in lines for word in line if word.x1 <= place), default=0.0
    )


def _by_column(line: Words, edges: list[float]) -> dict[int, str]:
    """A line's phrases by the column they begin in."""
    cells: dict[int, str] = {}
    column = 0
    last: Piece | None = None
    for word in line:
        apart = last is None or word.x0 - last.x1 > 0.3 * word.height
        if apart:
            column = max(column, sum(edge < word.x0 + 0.5 for edge in edges))
        cells[column] = f"{cells.get(column, '')} {word.text}".strip()
        last = word
    return cells


def _text_blocks(lines: list[Words]) -> list[Block]:
    """Lines of prose in reading order: where a blank strip runs down, one side after the other."""
    rows = tuple((" ".join(word.text for word in line),) for line in _read_down(lines))
    if not rows:
        return []
    words = [word for line in lines for word in line]
    span = (min(word.top for word in words), max(word.bottom for word in words))
    return [Block(rows, is_table=False, span=span)]


def _read_down(lines: list[Words]) -> list[Words]:
    found = _column_run(lines)
    if found is None:
        return lines
    start, end, gutter = found
    left = [[w for w in line if w.x1 <= gutter] for line in lines[start:end]]
    right = [[w for w in line if w.x1 > gutter] for line in lines[start:end]]
    return [
        *lines[:start],
        *_read_down([line for line in left if line]),
        *_read_down([line for line in right if line]),
        *_read_down(lines[end:]),
    ]


def _column_run(lines: list[Words]) -> tuple[int, int, float] | None:
    """The first run of lines with a blank strip down it: its ends, and the strip's place."""
    for start in range(len(lines)):
        for low, high in _gaps(lines[start]):
            end, both = start + 1, 1
            while end < len(lines):
                narrowed = _narrowed(lines[end], low, high)
                if narrowed is None:
                    break
                low, high = narrowed
                both += lines[end][0].x1 <= low + 0.1 and lines[end][-1].x0 >= high - 0.1
                end += 1
            if both >= _LEAST_COLUMN_LINES:
                return start, end, (low + high) / 2
    return None


def _gaps(line: Words) -> Iterator[tuple[float, float]]:
    for left, right in pairwise(line):
        if right.x0 - left.x1 > _COLUMN_GAP * right.height:
            yield left.x1, right.x0


def _narrowed(line: Words, low: float, high: float) -> tuple[float, float] | None:
    """What a line leaves of a blank strip; None when too little or its words cross it."""
    for word in line:
        if word.x1 <= low or word.x0 >= high:
            continue
        if word.x0 <= low and word.x1 < high:
            low = word.x1
        elif word.x0 > low and word.x1 >= high:
            high = word.x0
        else:
            return None
    least = _GUTTER * max(word.height for word in line)
    return (low, high) if high - low >= least else None
