"""Word documents: body text, tables, page headers and notes, in reading order.

python-docx opens the package; its own text accessors leave out tracked insertions, content
controls, text boxes and symbol fonts, so the text is taken from its XML here. What Word does not
show is not read: tracked deletions, hidden text, field codes, comments.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ingest.formats.lines import LineWriter, check_columns, squeeze, trim_columns
from ingest.formats.symbols import SYMBOL_FONTS, as_shown
from ingest.formats.word_numbers import Numbering
from ingest.model import IngestError, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Not shown on the page, or shown elsewhere.
_SKIPPED: Final = frozenset(
    _W + tag
    for tag in (
        "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "trPr",
        "tcPr", "sectPr", "sdtPr", "sdtEndPr", "footnoteRef", "endnoteRef", "ruby",
    )
)  # fmt: skip
_BLANKS: Final = frozenset(_W + tag for tag in ("tab", "br", "cr", "ptab"))
_WATERMARK: Final = "{urn:schemas-microsoft-com:vml}textpath"
_TEXT_BOX: Final = _W + "txbxContent"
# Edges of cells nearer than this (3.5 mm in twentieths of a point) are one edge drawn twice.
_SAME_EDGE: Final = 200
_HEADER_PARTS: Final = "/header"
_LATE_PARTS: Final = (
    ("/footnotes", "footnote"),
    ("/endnotes", "endnote"),
    ("/footer", "page footer"),
)


def read(data: bytes, name: str) -> tuple[Line, ...]:
    """Lines of a Word document: page headers, the body in order, notes, page footers.

    The archive has passed :func:`ingest.formats.package.kind_of`.

    Raises
    ------
    IngestError
        If python-docx cannot open the document.
    """
    try:
        document = Document(io.BytesIO(data))
        numbering = Numbering.of(document)
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        AttributeError,
        etree.XMLSyntaxError,
    ) as error:
        raise IngestError("the Word document is damaged: it cannot be opened", name) from error
    if document.element.find(_W + "body") is None:
        raise IngestError(
            "the Word document has no body, or is of the strict kind: save it as .docx again", name
        )
    writer = LineWriter(name)
    _write_parts(document, _HEADER_PARTS, "page header", writer)
    writer.gap()
    _Body(writer, numbering).write(document.element.body)
    writer.gap()
    for ending, what in _LATE_PARTS:
        _write_parts(document, ending, what, writer)
    return writer.lines


def _write_parts(document: WordDocument, ending: str, what: str, writer: LineWriter) -> None:
    """Page headers with watermarks, footers or notes; the same one on many pages is one line."""
    said: set[str] = set()
    relations = sorted(document.part.rels.values(), key=lambda relation: relation.rId)
    for relation in relations:
        if relation.is_external or not relation.reltype.endswith(ending):
            continue
        root = _root_of(relation.target_part.blob)
        words = [(_text(paragraph), what) for paragraph in root.iter(_W + "p")]
        # A watermark is drawn by the page header, and may be a protective marking.
        words += [(mark.get("string") or "", "watermark") for mark in root.iter(_WATERMARK)]
        for text, where in words:
            if (squeezed := squeeze(text)) not in said:
                said.add(squeezed)
                writer.paragraph(squeezed, where)


def _root_of(blob: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(blob, parser)


class _Body:
    """Writes the blocks of a document body in order."""

    def __init__(self, writer: LineWriter, numbering: Numbering) -> None:
        self._writer = writer
        self._numbering = numbering
        self._tables = 0
        self._paragraphs = 0

    def write(self, parent: etree._Element) -> None:
        """Paragraphs and tables among the children of an element, in order."""
        for child in parent:
            if child.tag == _W + "p":
                self._paragraph(child)
            elif child.tag == _W + "tbl":
                self._table(child)
            elif _is_shown(child):
                self.write(child)  # content controls and tracked insertions hold blocks

    def _paragraph(self, element: etree._Element) -> None:
        self._paragraphs += 1
        where = f"paragraph {self._paragraphs}"
        label = self._numbering.label(element)
        self._writer.paragraph(f"{label} {_text(element)}", where)
        for box in _text_boxes(element):
            self.write(box)

    def _table(self, table: etree._Element) -> None:
        rows = list(_rows(table))
        nested = [inner for row in rows for cell in _cells(row) for inner in _inner_tables(cell)]
        own_cells = sum(1 for row in rows for _ in _cells(row))
        if nested and sum(1 for t in nested for r in _rows(t) for _ in _cells(r)) > own_cells:
            # A frame that only places other tables on the page.
            for row in rows:
                for cell in _cells(row):
                    self.write(cell)
            return
        self._tables += 1
        where = f"table {self._tables}"
        check_columns(max((_width(row) for row in rows), default=0), self._writer.place(where))
        edges = _columns(table, rows)
        grid = []
        for row in rows:
            cells = [""] * (len(edges) + 1)
            for start, cell in _placed(row):
                column = bisect_right(edges, start)
                # Two cells of one row never share a column: the next free one to the right.
                while column < len(cells) - 1 and cells[column]:
                    column += 1
                text = "" if _continues_above(cell) else self._cell_text(cell)
                cells[column] = f"{cells[column]} {text}".strip()
            grid.append(cells)
        trimmed = trim_columns(grid)
        self._writer.table(
            (cells, f"{where}, row {number}") for number, cells in enumerate(trimmed, start=1)
        )

    def _cell_text(self, cell: etree._Element) -> str:
        parts = []
        for paragraph in cell.iter(_W + "p"):
            if any(a.tag in _SKIPPED or a.tag == _TEXT_BOX for a in _between(paragraph, cell)):
                continue
            parts += [self._numbering.label(paragraph), _text(paragraph)]
            for box in _text_boxes(paragraph):
                parts += [_text(inner) for inner in box.iter(_W + "p")]
        return squeeze(" ".join(parts))


def _is_shown(element: etree._Element) -> bool:
    return element.tag not in _SKIPPED and element.tag != _MC + "Fallback"


def _between(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    """The ancestors of an element below ``top``."""
    for ancestor in element.iterancestors():
        if ancestor is top:
            return
        yield ancestor


def _text(element: etree._Element) -> str:
    """The text a reader of the page sees in an element, text boxes left out."""
    out: list[str] = []
    _collect(element, out)
    return "".join(out)


def _collect(element: etree._Element, out: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            out.append(child.text or "")
        elif tag in _BLANKS:
            out.append(" ")
        elif tag == _W + "noBreakHyphen":
            out.append("-")
        elif tag == _W + "sym":
            out.append(_symbol(child))
        elif tag == _W + "r":
            _run(child, out)
        elif tag != _TEXT_BOX and _is_shown(child):
            _collect(child, out)


def _run(run: etree._Element, out: list[str]) -> None:
    properties = run.find(_W + "rPr")
    font = ""
    if properties is not None:
        vanish = properties.find(_W + "vanish")
        if vanish is not None and vanish.get(_W + "val") not in ("0", "false"):
            return
        fonts = properties.find(_W + "rFonts")
        font = (fonts.get(_W + "ascii") or "") if fonts is not None else ""
    inside: list[str] = []
    _collect(run, inside)
    text = "".join(inside)
    out.append("".join(as_shown(c, font) for c in text) if font.lower() in SYMBOL_FONTS else text)


def _symbol(element: etree._Element) -> str:
    code = element.get(_W + "char") or ""
    try:
        return as_shown(chr(int(code, 16)), element.get(_W + "font") or "")
    except (ValueError, OverflowError):
        return ""


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Text boxes anchored in a paragraph; Word writes each twice, once for older Words."""
    for box in paragraph.iter(_TEXT_BOX):
        if all(_is_shown(ancestor) for ancestor in _between(box, paragraph)) and not any(
            ancestor.tag == _TEXT_BOX for ancestor in _between(box, paragraph)
        ):
            yield box


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _children(table, _W + "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _children(row, _W + "tc")


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows or cells of a table, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            if not _is_deleted(child):
                yield child
        elif _is_shown(child) and child.tag not in (_W + "tbl", _W + "tc", _W + "p"):
            yield from _children(child, tag)


def _is_deleted(row: etree._Element) -> bool:
    properties = row.find(_W + "trPr")
    return properties is not None and properties.find(_W + "del") is not None


def _inner_tables(cell: etree._Element) -> Iterator[etree._Element]:
    yield from _children(cell, _W + "tbl")


def _number(element: etree._Element | None, default: int) -> int:
    """A ``w:val`` that must be a small whole number; the default where it is not."""
    text = (element.get(_W + "val") or "") if element is not None else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default


def _span(cell: etree._Element) -> int:
    properties = cell.find(_W + "tcPr")
    span = properties.find(_W + "gridSpan") if properties is not None else None
    return max(1, _number(span, 1))


def _skipped_before(row: etree._Element) -> int:
    properties = row.find(_W + "trPr")
    return _number(properties.find(_W + "gridBefore") if properties is not None else None, 0)


def _continues_above(cell: etree._Element) -> bool:
    """Whether the cell is merged into the one above it."""
    properties = cell.find(_W + "tcPr")
    merge = properties.find(_W + "vMerge") if properties is not None else None
    return merge is not None and merge.get(_W + "val") in (None, "continue")


def _placed(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Each cell of a row with the grid column it begins in."""
    at = _skipped_before(row)
    for cell in _cells(row):
        yield at, cell
        at += _span(cell)


def _width(row: etree._Element) -> int:
    return _skipped_before(row) + sum(_span(cell) for cell in _cells(row))


def _columns(table: etree._Element, rows: list[etree._Element]) -> list[int]:
    """Grid columns, the first left out, at which a column of the table begins.

    Rows whose borders were dragged by hand stand a hair's breadth apart in the grid; such edges
    are one.
    """
    starts = sorted({start for row in rows for start, _ in _placed(row)})
    grid = table.find(_W + "tblGrid")
    widths = []
    for column in grid if grid is not None else ():
        text = column.get(_W + "w") or ""
        widths.append(int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0)
    if not starts or not any(widths) or len(widths) < starts[-1]:
        return starts[1:]
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    kept = [starts[0]]
    for start in starts[1:]:
        if edges[start] - edges[kept[-1]] >= _SAME_EDGE:
            kept.append(start)
    return kept[1:]
