"""From a laid-out report, or one cell's text, to figures."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from dataclasses import fields, replace
from functools import lru_cache
from itertools import repeat
from typing import Final

from ingest.figures.columns import refine
from ingest.figures.context import LABEL_CELLS, UNKNOWN, CellContext, context_of
from ingest.figures.lexer import NUM, Number, Tokens, has_numbers, lex
from ingest.figures.passes import complete
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.resolve import resolve_row, settle_signs_of_columns
from ingest.figures.series import label_others, label_row
from ingest.figures.totals import TableRow, link_rows, link_totals
from ingest.layout.headers import is_only_time, names_time, times_of, window_of
from ingest.model import Cell, Document, Figure, ReportEntry, Row, Segment, Window
from ingest.vocabulary.headers import PERIOD_HEADERS
from ingest.vocabulary.quantities import UNIT_HEADERS

# No sentence is longer; what is, is a table without its lines.
_LONGEST: Final = 2000
_NO_JOINTS: Final[frozenset[int]] = frozenset()


class ReadCell:
    """A cell with its readings, until its row has been resolved."""

    __slots__ = ("cell", "context", "kind", "reader", "readings", "segment_starts", "statements")

    def __init__(self, cell: Cell, context: CellContext, first_year: int) -> None:
        self.cell = cell
        context = refine(context, cell.text)
        self.context = context
        self.kind = context.kind
        self.statements: dict[int, str] = {}
        self.segment_starts: list[int] = []
        at = 0
        for segment in cell.segments:
            self.segment_starts.append(at)
            at += len(segment.text) + 1
        joints = (
            frozenset(start - 1 for start in self.segment_starts[1:])
            if len(self.segment_starts) > 1
            else _NO_JOINTS
        )
        self.reader: CellReader | None = None
        self.readings: list[Reading] = []
        if not has_numbers(cell.text):
            return
        if context.kind in LABEL_CELLS:
            self.readings = _read_label(cell.text, joints, first_year, context.kind)
            return
        tokens = lex(cell.text, joints, first_year)
        if not tokens.numbers:
            return
        _settle_lone_year(tokens, context)
        self.reader = CellReader(tokens, context)
        self.reader.classify()
        self.reader.gather()
        complete(self.reader)
        self.readings = [
            reading
            for reading in self.reader.readings
            if not (reading.role == "context" and reading.number.is_word)
        ]

    def statement_of(self, reading: Reading) -> str:
        """The sentence a number stands in; of an endless one, what is near the number."""
        found = self.statements.get(reading.statement)
        if found is None:
            found = self.statements[reading.statement] = self._find_statement(reading)
        if len(found) > _LONGEST:
            start = max(0, reading.number.start - _LONGEST // 2)
            return self.cell.text[start : start + _LONGEST].strip()
        return found

    def _find_statement(self, reading: Reading) -> str:
        text = self.cell.text
        if self.reader is None or not self.reader.bounds:
            return text
        bounds = self.reader.bounds
        first, last = bounds[min(reading.statement, len(bounds) - 1)]
        items = self.reader.items
        start = items.ends[first - 1] if first else 0
        end = items.ends[last - 1] if last else len(text)
        if last < len(items.codes):
            end = max(end, items.ends[last])
        elif last >= len(items.codes):
            end = len(text)
        return text[start:end].strip()

    def place(self, offset: int) -> tuple[int, int]:
        """Source line and code point of an offset of the cell's text."""
        at = bisect_right(self.segment_starts, offset) - 1
        segment = self.cell.segments[at]
        return segment.line, segment.start + offset - self.segment_starts[at]


def _settle_lone_year(tokens: Tokens, context: CellContext) -> None:
    """ "1926" alone in a column of values is a value, however much it looks like a year."""
    number = tokens.numbers[0]
    if (
        number.context == "year"
        and context.kind in _VALUE_KINDS
        and len(tokens.numbers) == 1
        and tokens.text.strip(" *\u00a3") == number.digits
        and (context.window is not None or "year" not in context.header.lower())
    ):
        number.context = None
        tokens.codes[number.index] = NUM


_VALUE_KINDS: Final = frozenset(
    ("quarter", "year_total", "history", "target", "baseline", "comparator", "variance")
)


def _read_label(text: str, joints: frozenset[int], first_year: int, kind: str) -> list[Reading]:
    """The numbers of a ref, a header, a name: all of them only name something."""
    return [
        Reading(Number(start, end, digits, rule), "context", rule)
        for start, end, digits, rule in _label_numbers(text, joints, first_year, kind)
    ]


@lru_cache(maxsize=4096)
def _label_numbers(
    text: str, joints: frozenset[int], first_year: int, kind: str
) -> tuple[tuple[int, int, str, str], ...]:
    """Where a label's numbers stand: the same headers and refs come in report after report."""
    return tuple(
        (number.start, number.end, number.digits, number.context or f"number_in_{kind}")
        for number in lex(text, joints, first_year).numbers
        if not number.is_word
    )


def read_document(document: Document) -> tuple[Figure, ...]:
    """Read every number of a laid-out report.

    Returns
    -------
    tuple of Figure
        In the order of the cells; every run of digits is in exactly one.
    """
    figures: list[Figure] = []
    ids: dict[int, str] = {}
    entry = document.entry
    report_id, first_year = entry.report_id, entry.first_year
    for cell in document.loose:
        read = ReadCell(cell, context_of(cell, entry, "", None), first_year)
        _note_places(report_id, [read], ids)
        _land(None, [read], figures, ids)
    table_rows: list[TableRow] = []
    read_rows: list[tuple[Row, list[ReadCell]]] = []
    for row in document.rows:
        measure = _measure_with_unit(row)
        period = _period_of_row(row, entry)
        cells = []
        for cell in row.cells:
            context = context_of(cell, entry, measure, row.desired_direction)
            if period is not None and _has_no_time(cell):
                context = replace(
                    context, window=period, printed_window=period, is_window_inferred=True
                )
            cells.append(ReadCell(cell, context, first_year))
        resolve_row(row, cells)
        label_row(cells, row.measure)
        label_others(cells, row.measure)
        for read in cells:
            if read.reader is not None:
                link_totals(read.reader)
        table_rows.append(TableRow(row.table_number, row.measure, cells))
        read_rows.append((row, cells))
    link_rows(table_rows)
    settle_signs_of_columns((row.table_number, cells) for row, cells in read_rows)
    for _, cells in read_rows:
        _note_places(report_id, cells, ids)
    for row, cells in read_rows:
        _land(row, cells, figures, ids)
    return tuple(figures)


def _measure_with_unit(row: Row) -> str:
    """A row's measure, with what a column of units says of it."""
    for cell in row.cells:
        if cell.header.lower() in UNIT_HEADERS and len(cell.text) < _LONGEST_UNIT:
            return f"{row.measure} ({cell.text})" if cell.text else row.measure
    return row.measure


_LONGEST_UNIT: Final = 30


def _period_of_row(row: Row, entry: ReportEntry) -> Window | None:
    """The time that a column of periods gives a row's values ("Period": "2015/16")."""
    for cell in row.cells:
        is_period = cell.header.lower().strip(" :") in PERIOD_HEADERS
        # Rows that are months or years, whose columns say what is counted.
        is_row_of_time = cell.source_cell == "measure" and is_only_time(cell.text)
        if (is_period or is_row_of_time) and len(cell.text) < _LONGEST_UNIT:
            times = times_of(cell.text)
            window = None if times.is_empty else window_of(times, entry)
            return window if window is not None and window.end is not None else None
    return None


def _has_no_time(cell: Cell) -> bool:
    """Whether a column of values, or of peers, names no time of its own."""
    return (
        (cell.source_cell in ("year_total", "comparator") or cell.source_cell[:6] == "other:")
        and (cell.window is None or cell.window.basis != "unknown")
        and not names_time(cell.header)
    )


def _note_places(report_id: str, cells: list[ReadCell], ids: dict[int, str]) -> None:
    """The id of every reading, for the links to it."""
    for read in cells:
        for reading in read.readings:
            line, column = read.place(reading.number.start)
            ids[id(reading)] = f"{report_id}:{line}:{column}"


def _land(
    row: Row | None, cells: list[ReadCell], figures: list[Figure], ids: dict[int, str]
) -> None:
    """Turn the readings of one row into figures, with their links as ids."""
    placed = [
        (read, reading, *read.place(reading.number.start))
        for read in cells
        for reading in read.readings
    ]
    row_key = row.row_key if row is not None else None
    for read, reading, line, column in placed:
        number = reading.number
        if reading.role == "context":
            figures.append(
                _figure(
                    ids[id(reading)],
                    read.cell.cell_id,
                    row_key,
                    line,
                    read.cell.source_cell,
                    column,
                    column + number.end - number.start,
                    number.start,
                    read.cell.text[number.start : number.end],
                    number.decimals,
                    read.statement_of(reading),
                    "context",
                    None,
                    None,
                    "unknown",
                    None,
                    None,
                    None,
                    None,
                    "stated",
                    None,
                    reading.rule,
                    *_NOTHING,
                )
            )
            continue
        window = reading.window or UNKNOWN
        of = reading.of
        figures.append(
            _figure(
                ids[id(reading)],
                read.cell.cell_id,
                row_key,
                line,
                read.cell.source_cell,
                column,
                column + number.end - number.start,
                number.start,
                read.cell.text[number.start : number.end],
                number.decimals,
                read.statement_of(reading),
                reading.role,
                reading.series,
                reading.unit,
                window.basis,
                window.start,
                window.end,
                reading.value,
                reading.comparator,
                reading.certainty,
                reading.note,
                reading.rule,
                None if of is None else ids.get(id(of)),
                None if of is None or id(of) not in ids else reading.relation,
                reading.direction_word,
                reading.operator,
            )
        )


# A frozen dataclass sets its fields one by one through ``object.__setattr__``, which costs
# more than reading the number did. Its slots can be set directly while it is being made.
_SLOTS: Final = tuple(getattr(Figure, field.name) for field in fields(Figure))
_NOTHING: Final = (None, None, None, None)
_put: Final = type(_SLOTS[0]).__set__


def _figure(*values: object) -> Figure:
    """A figure of its fields in order."""
    figure = object.__new__(Figure)
    deque(map(_put, _SLOTS, repeat(figure), values), maxlen=0)
    return figure


def read_cell(text: str, context: CellContext) -> tuple[Figure, ...]:
    """Read one cell's text on its own, as ``explain`` does.

    ``source_line`` is 1 and offsets are those of the text.
    """
    stripped = text.rstrip()
    start = len(stripped) - len(stripped.lstrip())
    body = stripped[start:]
    cell = Cell(
        cell_id="explain:1:0",
        source_cell=context.source_cell,
        header=context.header,
        segments=(Segment(1, start, start + len(body), body),),
        text=body,
        window=context.window,
    )
    row = Row("1", 1, 1, None, None, context.measure, (cell,), context.direction)
    read = ReadCell(cell, context, context.first_year)
    resolve_row(row, [read])
    label_row([read], context.measure)
    label_others([read], context.measure)
    if read.reader is not None:
        link_totals(read.reader)
    figures: list[Figure] = []
    ids: dict[int, str] = {}
    _note_places("explain", [read], ids)
    _land(row, [read], figures, ids)
    return tuple(figures)
