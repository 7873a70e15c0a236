"""PDF files: ruled tables, tables set in columns without rules, and the text around them.

A PDF holds characters at places, no tables. pdfplumber (on pdfminer.six) gives the characters and
finds cells from the lines drawn around them; everything it does not put into a cell is read here
line by line, column by column, so that no character is lost.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pdfplumber
from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from ingest.formats import limits
from ingest.formats.columns import Piece, lines_of, tables_and_text
from ingest.formats.lines import LineWriter
from ingest.formats.pages import Part, PartRow, join_pages
from ingest.model import IngestError, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pdfplumber.table import Table

Box = tuple[float, float, float, float]  # left, top, right, bottom

_SETTINGS: Final = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 4}
# A table of one column is a box drawn round some text.
_LEAST_COLUMNS: Final = 2
_SAME_PLACE: Final = 0.5  # points
# The share of a page's height, above and below, in which page headers and footers stand.
_MARGIN: Final = 0.12
# A line of text turned by more than this from upright or a quarter turn is a watermark's.
_LEANING: Final = 0.05
# Characters printed over others of their size: so many on a page, and it cannot be read.
_MOST_OVERPRINTED: Final = 4
_SAME_SIZE: Final = 1.5
OVERPRINTED: Final = (
    "text is printed over other text, so that neither can be read: ask for the document it was "
    "made from"
)
CUT_OFF: Final = (
    "text runs off the edge of the page, where nobody can read it: ask for the document it was "
    "made from"
)
NO_TEXT: Final = (
    "the PDF holds pictures of pages and no text: run text recognition (OCR) over it, or ask for "
    "the document it was made from"
)
# Where a line was broken at a stroke or hyphen of its own and no blank stood: (end, next begins).
_UNBROKEN: Final = (
    (re.compile(r"[^\W\d_]-$"), re.compile(r"[^\W\d_]")),  # "re-" "offending"
    (re.compile(r"\d/$"), re.compile(r"\d")),  # "2012/" "13"
    (re.compile(r"(?:19|20)\d\d-$"), re.compile(r"\d\d(?:\d\d)?(?!\d|[./]\d)")),  # "2012-" "13"
    (re.compile(r"[(=][-+\u2212\u2013]$"), re.compile(r"\d")),  # "(-" "7.75%)"
    # In a cell too narrow for it a number is broken anywhere: "2017/1" "8", "1,4" "12".
    (re.compile(r"(?<!\d)(?:19|20)\d\d[/-]\d$"), re.compile(r"\d(?![\d/])")),
    (re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})*,\d$"), re.compile(r"\d{2}(?!\d)")),
    (re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})*,\d\d$"), re.compile(r"\d(?!\d)")),
)


class _Unpacking:
    """zlib as pdfminer uses it, which stops where no report goes on."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)  # for damaged streams, a byte at a time

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Unpack a stream.

        Raises
        ------
        IngestError
            If it is a bomb. pdfminer unpacks without a limit and has no way to set one.
        """
        unpacker = zlib.decompressobj()
        out = unpacker.decompress(data, limits.MAX_PDF_STREAM_BYTES)
        if unpacker.unconsumed_tail:
            raise IngestError(
                f"a part of it unpacks to more than {limits.MAX_PDF_STREAM_BYTES // 1_000_000} MB, "
                "as no report does"
            )
        if not unpacker.eof:
            raise zlib.error("incomplete or truncated stream")
        return out


# The class has all that pdfminer uses of the module.
pdftypes.zlib = _Unpacking  # type: ignore[assignment,attr-defined]


def read(data: bytes, name: str) -> tuple[Line, ...]:
    """Lines of a PDF.

    Raises
    ------
    IngestError
        If it is locked or damaged, has too many pages, or holds pictures of pages without text.
    """
    parts: list[Part] = []
    has_pictures = False
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > limits.MAX_PAGES:
                raise IngestError(f"a PDF of {len(document.pages)} pages is no report", name)
            for page in document.pages:
                has_pictures |= bool(page.images)
                above = next((part.header for part in reversed(parts) if part.is_table), ())
                parts += _parts_of(_upright(page), f"page {page.page_number}", name, above)
                page.close()
    except MemoryError:
        raise
    except Exception as error:  # pdfminer lets whatever it stumbles on come through
        inner = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(inner, MemoryError):
            raise inner from error
        if isinstance(inner, IngestError):
            raise inner if str(inner).startswith(name) else IngestError(str(inner), name) from error
        if _is_locked(error):
            raise IngestError(
                "the PDF is locked with a password: save it without one", name
            ) from error
        raise IngestError("the PDF is damaged or cut short: it cannot be read", name) from error
    if not parts:
        raise IngestError(NO_TEXT if has_pictures else "the PDF holds no text", name)
    writer = LineWriter(name)
    for part in join_pages(parts):
        if part.is_table:
            writer.table((row.cells, row.locator) for row in part.rows)
        else:
            for row in part.rows:
                writer.paragraph(" ".join(row.cells), row.locator)
    return writer.lines


def _is_locked(error: BaseException) -> bool:
    inner = error.args[0] if isinstance(error, PdfminerException) and error.args else error
    return isinstance(inner, PDFPasswordIncorrect)


def _direction(char: dict[str, Any]) -> int | None:
    """How a character is turned: 0 upright, 1 upwards, -1 downwards, 2 upside down, None oblique.

    Letters lean in a watermark's line because the line does; italics lean with their line level.
    """
    across, along = (char.get("matrix") or (1, 0, 0, 1, 0, 0))[:2]
    length = max(abs(across), abs(along))
    if min(abs(across), abs(along)) > _LEANING * length:
        return None
    if abs(across) >= abs(along):
        return 0 if across >= 0 else 2
    return 1 if along > 0 else -1


_QUARTERS: Final = {1: 90, -1: 270, 2: 180}


def _upright(page: Page) -> Page:
    """The page turned so that most of its text reads from left to right."""
    turns = Counter(_direction(char) for char in page.chars if not char["text"].isspace())
    turn, count = max(turns.items(), key=lambda item: item[1], default=(0, 0))
    if turn not in _QUARTERS or 2 * count <= turns.total():
        return page
    source = page.page_obj
    source.rotate = (page.rotation + _QUARTERS[turn]) % 360
    source.attrs = {**source.attrs, "Rotate": source.rotate}
    page.close()
    return Page(page.pdf, source, page.page_number, page.initial_doctop)


def _parts_of(page: Page, place: str, name: str, above: Sequence[list[Piece]]) -> list[Part]:
    """One page's tables and text, from top to bottom; nothing when it holds no text.

    ``above`` is the header of the table without rules that the page before ended with.

    Raises
    ------
    IngestError
        If text is printed over other text or cut by the page's edge.
    """
    oblique = [char for char in page.chars if _direction(char) is None]
    level = (_piece(char) for char in page.chars if _direction(char) is not None)
    edges = page.cropbox if _has_room(page.cropbox) else page.mediabox
    pieces = list(_printed_once(_on_page(level, edges, f"{name}, {place}")))
    if _overprinted(pieces) > _MOST_OVERPRINTED:
        raise IngestError(OVERPRINTED, f"{name}, {place}")
    watermark = "".join(char["text"] for char in oblique)
    marks = [Part(page.page_number, (PartRow((watermark,), place),), None)] if oblique else []
    if all(piece.text.isspace() for piece in pieces):
        return marks
    tables = [table for table in page.find_tables(_SETTINGS) if _is_table(table)]
    tables.sort(key=lambda table: (table.bbox[1], table.bbox[0]))
    boxes: list[Box] = [table.bbox for table in tables]
    inside: list[list[Piece]] = [[] for _ in tables]
    outside: list[Piece] = []
    for piece in pieces:
        home = next((i for i, box in enumerate(boxes) if _holds(box, piece)), None)
        (outside if home is None else inside[home]).append(piece)
    parts: list[Part] = []
    top = 0.0
    for table, box, own in zip(tables, boxes, inside, strict=True):
        before = [piece for piece in outside if top <= piece.middle < box[1]]
        parts += _text_parts(before, page, place)
        found, left_over = _ruled_parts(table, own, page, place)
        parts += found
        outside += left_over
        top = box[1]
    rest = [piece for piece in outside if piece.middle >= top]
    parts += _text_parts(rest, page, place, () if tables else above)
    return [*_numbered(parts, place), *marks]


def _has_room(box: Box) -> bool:
    return box[2] > box[0] and box[3] > box[1]


def _on_page(pieces: Iterable[Piece], edges: Box, place: str) -> Iterator[Piece]:
    """The characters that the page shows.

    Raises
    ------
    IngestError
        If a word stands half on the page: what a page cuts off cannot be read.
    """
    last: Piece | None = None
    was_on = True
    for piece in pieces:
        is_on = edges[0] <= piece.centre <= edges[2] and edges[1] <= piece.middle <= edges[3]
        if (
            last is not None
            and is_on is not was_on
            and not last.text.isspace()
            and not piece.text.isspace()
            and abs(piece.middle - last.middle) < _SAME_PLACE
            and abs(piece.x0 - last.x1) < _SAME_PLACE
        ):
            raise IngestError(CUT_OFF, place)
        last, was_on = piece, is_on
        if is_on:
            yield piece


def _overprinted(pieces: Iterable[Piece]) -> int:
    """How many letters and digits stand on another of their size."""
    letters = [piece for piece in pieces if piece.turn == 0 and piece.text.isalnum()]
    by_place: defaultdict[tuple[int, int], list[Piece]] = defaultdict(list)
    count = 0
    for piece in letters:
        x, y = int(piece.centre // _CELL), int(piece.middle // _CELL)
        near = (
            other
            for column in (x - 1, x, x + 1)
            for row in (y - 1, y, y + 1)
            for other in by_place[column, row]
        )
        count += any(_covers(piece, other) for other in near)
        by_place[x, y].append(piece)
    return count


_CELL: Final = 10.0  # points; characters whose middles are further apart do not cover each other


def _covers(one: Piece, other: Piece) -> bool:
    low, high = sorted((one.height, other.height))
    if one.text == other.text or high > _SAME_SIZE * low:
        return False
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.bottom, other.bottom) - max(one.top, other.top)
    narrow = min(one.x1 - one.x0, other.x1 - other.x0)
    return across > 0.5 * narrow > 0 and along > 0.5 * low


def _printed_once(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The characters, without those printed again at the same place: so bold is sometimes made."""
    seen: dict[tuple[str, int, int], list[Piece]] = {}
    for piece in pieces:
        x, y = round(piece.x0), round(piece.top)
        near = (
            other
            for column in (x - 1, x, x + 1)
            for row in (y - 1, y, y + 1)
            for other in seen.get((piece.text, column, row), ())
        )
        if any(
            abs(other.x0 - piece.x0) < _SAME_PLACE and abs(other.top - piece.top) < _SAME_PLACE
            for other in near
        ):
            continue
        seen.setdefault((piece.text, x, y), []).append(piece)
        yield piece


def _numbered(parts: list[Part], place: str) -> list[Part]:
    """The parts with a locator on each row: page, table and row."""
    out = []
    tables = 0
    for part in parts:
        tables += part.is_table
        where = f"{place}, table {tables}, row {{}}" if part.is_table else place
        rows = tuple(
            PartRow(row.cells, where.format(number)) for number, row in enumerate(part.rows, 1)
        )
        out.append(replace(part, rows=rows))
    return out


def _piece(char: dict[str, Any]) -> Piece:
    matrix = char.get("matrix") or (1, 0, 0, 1, 0, 0)
    turn = 0 if char.get("upright", True) else (1 if matrix[1] > 0 else -1)
    return Piece(char["text"], char["x0"], char["x1"], char["top"], char["bottom"], turn)


def _is_table(table: Table) -> bool:
    return max(len(row.cells) for row in table.rows) >= _LEAST_COLUMNS


def _holds(box: Box, piece: Piece) -> bool:
    return box[0] <= piece.centre < box[2] and box[1] <= piece.middle < box[3]


def _ruled_parts(
    table: Table, pieces: list[Piece], page: Page, place: str
) -> tuple[list[Part], list[Piece]]:
    """One ruled table's parts, and the characters that stand in none of its cells."""
    homes: dict[Box, list[Piece]] = {cell: [] for cell in table.cells}
    left_over = []
    for piece in pieces:
        home = next((cell for cell in homes if _holds(cell, piece)), None)
        if home is None:
            left_over.append(piece)
        else:
            homes[home].append(piece)
    parts = []
    for cells in _same_columns(table):
        columns = sorted({cell[0] for row in cells for cell in row})
        rows = []
        for row in cells:
            texts = {cell[0]: cell_text(homes[cell]) for cell in row}
            rows.append(PartRow(tuple(texts.get(column, "") for column in columns), place))
        parts.append(Part(page.page_number, tuple(rows), tuple(columns)))
    return parts, left_over


def _same_columns(table: Table) -> Iterator[list[list[Box]]]:
    """The rows of cells of one table; tables that touch on the page are told apart.

    Rows belong together when the columns of one are among those of the others; a row whose columns
    begin at other places is the first of another table.
    """
    part: list[list[Box]] = []
    edges: set[float] = set()
    for row in table.rows:
        cells = [cell for cell in row.cells if cell is not None]
        own = {cell[0] for cell in cells}
        if part and not own <= edges and not edges <= own:
            yield part
            part, edges = [], set()
        part.append(cells)
        edges |= own
    if part:
        yield part


def cell_text(pieces: Sequence[Piece]) -> str:
    """The text of one cell: its lines, joined as they were before they were wrapped."""
    out = ""
    for line in lines_of(pieces):
        text = " ".join(word.text for word in line)
        unbroken = any(end.search(out) and start.match(text) for end, start in _UNBROKEN)
        out = f"{out}{'' if unbroken or not out else ' '}{text}"
    return out


def _text_parts(
    pieces: Sequence[Piece], page: Page, place: str, above: Sequence[list[Piece]] = ()
) -> list[Part]:
    """Text outside ruled tables; whether it stands where pages carry what repeats on each."""
    parts = []
    height = float(page.height)
    for block in tables_and_text(pieces, above):
        rows = tuple(PartRow(cells, place) for cells in block.rows)
        top, bottom = block.span
        in_margin = bottom < _MARGIN * height or top > (1 - _MARGIN) * height
        columns = tuple(float(n) for n in range(len(block.rows[0]))) if block.is_table else None
        parts.append(Part(page.page_number, rows, columns, in_margin, block.header))
    return parts
