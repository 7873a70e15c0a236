"""Web pages, also those that Word and Excel save: tables and the paragraphs between them.

lxml's parser is libxml2's: it repairs what is written badly as browsers do, reads from memory only
and fetches nothing. Scripts are not run, and what a page hides is not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from ingest.formats import limits
from ingest.formats.lines import LineWriter, check_columns, squeeze, trim_columns
from ingest.formats.text import decode
from ingest.model import IngestError, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED: Final = frozenset(
    (
        "head", "script", "style", "template", "noscript", "svg", "math", "object", "iframe",
        "select", "textarea", "button", "nav", "title", "datalist", "audio", "video", "canvas",
    )
)  # fmt: skip
_BLOCKS: Final = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details",
        "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
        "ol", "p", "pre", "section", "summary", "ul", "caption", "tr", "td", "th", "tbody",
        "thead", "tfoot", "table",
    )
)  # fmt: skip
_PARTS: Final = ("thead", "tbody", "tfoot")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
# Names of encodings that mean Windows-1252 on the web.
_WINDOWS: Final = frozenset(
    ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252")
)
_HEAD_BYTES: Final = 4096
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*>")
_XML_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MAX_SPAN: Final = 1000


def read(data: bytes, name: str) -> tuple[Line, ...]:
    """Lines of a web page.

    Raises
    ------
    IngestError
        If it is no text, or nothing can be made of it.
    """
    text = _XML_CONTROLS.sub(" ", _DECLARATION.sub("", _decoded(data, name)))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise IngestError("the web page cannot be read", name) from error
    if root is None:
        raise IngestError("the web page is empty", name)
    writer = LineWriter(name)
    page = _Page(writer, name)
    page.write(root, 0)
    page.flush()
    return writer.lines


def _decoded(data: bytes, name: str) -> str:
    """The text of a page: by its byte-order mark, by what it declares, else as any text."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = declared[1].decode("ascii", errors="replace").lower()
        if encoding in _WINDOWS:
            return data.decode("cp1252", errors="replace")
    return decode(data, name)


class _Page:
    """Collects running text into paragraphs, and tables into rows, in document order."""

    def __init__(self, writer: LineWriter, name: str) -> None:
        self._writer = writer
        self._name = name
        self._running: list[str] = []
        self._tables = 0
        self._paragraphs = 0

    def flush(self) -> None:
        """End the paragraph that is being collected."""
        text = squeeze("".join(self._running))
        self._running.clear()
        if text:
            self._paragraphs += 1
            self._writer.paragraph(text, f"paragraph {self._paragraphs}")

    def write(self, element: etree._Element, depth: int) -> None:
        """What an element shows; the text after it is its parent's affair."""
        if not _is_shown(element):
            return
        if depth > limits.MAX_XML_DEPTH:
            self._running.append(" ".join(map(str, element.itertext())))
            return
        if element.tag == "table" and not _is_frame(element):
            self.flush()
            self._table(element)
            return
        is_block = element.tag in _BLOCKS
        if is_block or element.tag == "br":
            self.flush()
        self._running.append(element.text or "")
        for child in element:
            self.write(child, depth + 1)
            self._running.append(child.tail or "")
        if is_block:
            self.flush()

    def _table(self, table: etree._Element) -> None:
        for caption in table.iterchildren("caption"):
            self._writer.paragraph(_text(caption), f"table {self._tables + 1}, caption")
        self._tables += 1
        where = f"table {self._tables}"
        grid = trim_columns(_grid(table, f"{self._name}, {where}"))
        self._writer.table(
            (cells, f"{where}, row {number}") for number, cells in enumerate(grid, start=1)
        )


def _is_shown(element: etree._Element) -> bool:
    if element.tag in _SKIPPED:
        return False
    return element.get("hidden") is None and not _HIDDEN.search(element.get("style") or "")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows, a head first and a foot last as they are shown."""
    order = {"thead": 0, "tfoot": 2}
    for part in sorted(table, key=lambda e: order.get(e.tag, 1)):
        if part.tag == "tr":
            if _is_shown(part):
                yield part
        elif part.tag in _PARTS and _is_shown(part):
            yield from (row for row in part.iterchildren("tr") if _is_shown(row))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from (cell for cell in row.iterchildren("td", "th") if _is_shown(cell))


def _is_frame(table: etree._Element) -> bool:
    """Whether the table only places other, larger tables on the page."""
    inner = sum(
        1 for nested in table.iterdescendants("table") for r in _rows(nested) for _ in _cells(r)
    )
    return inner > sum(1 for row in _rows(table) for _ in _cells(row))


def _grid(table: etree._Element, place: str) -> list[list[str]]:
    """The table's texts by row and column; a merged cell's text stands at its upper left."""
    grid: list[list[str]] = []
    taken: dict[int, int] = {}  # column -> how many more rows a cell above reaches down
    for row in _rows(table):
        cells: list[str] = []
        below = {column: rows - 1 for column, rows in taken.items() if rows > 1}
        for cell in _cells(row):
            while len(cells) in taken:
                cells.append("")
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + width):
                if height > 1:
                    below[column] = height - 1
            cells.append(_text(cell))
            cells.extend([""] * (width - 1))
            check_columns(len(cells), place)
        grid.append(cells)
        taken = below
    width = max((len(cells) for cells in grid), default=0)
    return [cells + [""] * (width - len(cells)) for cells in grid]


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "").strip()
    if not text.isascii() or not text.isdecimal():
        return 1
    return max(1, min(int(text[:6]), _MAX_SPAN))


def _text(element: etree._Element) -> str:
    """All the text an element shows, blocks and line breaks set apart by a blank."""
    out: list[str] = []
    _collect(element, out, 0)
    return squeeze("".join(out))


def _collect(element: etree._Element, out: list[str], depth: int) -> None:
    if depth > limits.MAX_XML_DEPTH:
        out.append(" ".join(map(str, element.itertext())))
        return
    out.append(element.text or "")
    for child in element:
        if _is_shown(child):
            apart = child.tag in _BLOCKS or child.tag == "br"
            out.append(" " if apart else "")
            _collect(child, out, depth + 1)
            out.append(" " if apart else "")
        out.append(child.tail or "")
