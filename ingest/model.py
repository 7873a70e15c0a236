"""What one stage of ingest hands to the next.

The flow goes one way: a source file becomes :class:`Line`, lines become :class:`Row` and
:class:`Cell`, cells become :class:`Figure`, :class:`Status`, :class:`Outcome` and :class:`Gap`,
and those land as dbt seeds. Every class is frozen; no stage imports a later one. What is made and
compared most often is a named tuple, which costs half of what a frozen dataclass does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class IngestError(Exception):
    """Something wrong with an input, said in one line a person can act on.

    Parameters
    ----------
    message
        What is wrong, in plain words.
    place
        The file, or ``file:line``, it was found in.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)


class Window(NamedTuple):
    """The stretch of time a number is about.

    ``basis`` is one of the contract's codes (``quarter``, ``ytd``, ``year``, ``rolling_12m``,
    ``multi_year_average``, ``point``, ``cohort``, ``unknown``); ``start`` and ``end`` are the first
    and last day, both None when unknown.
    """

    basis: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One entry of ``ingest/reports/manifest.yml``, validated."""

    report_id: str
    file: str
    area: str
    partnership: str
    publisher: str
    plan: str
    financial_year: str  # "2012/13"
    as_at_quarter: int  # 1..4
    title: str
    source_url: str | None = None
    published_on: str | None = None
    licence: str | None = None
    data_as_at: str | None = None

    @property
    def first_year(self) -> int:
        """The calendar year in which the report's financial year begins (2012 for 2012/13)."""
        return int(self.financial_year[:4])


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line of the source, without its line end; ``number`` counts from 1.

    ``locator`` names page or sheet, table and row for formats that have no lines of their own.
    """

    number: int
    text: str
    locator: str | None = None


class Segment(NamedTuple):
    """A run of one source line that belongs to one cell: ``line.text[start:end] == text``.

    Offsets are 0-based code points, end-exclusive; ``text`` has no white space at either end.
    """

    line: int
    start: int
    end: int
    text: str


class Cell(NamedTuple):
    """One column of one indicator row (or a title, header, section or note outside all rows).

    ``segments`` are in reading order and the stitched ``text`` is their texts joined by one blank.
    ``source_cell`` is the contract's code. ``header`` is the column's header as printed.
    ``window`` is what the header says of time (None where it says nothing): the quarter of a
    ``q2`` column, the year of ``history:2008/09``, the year to date of a "YTD" column.
    ``is_window_inferred`` says that the table's caption or a column beside it says so instead.
    """

    cell_id: str  # report_id:first_line:char_start
    source_cell: str
    header: str
    segments: tuple[Segment, ...]
    text: str
    window: Window | None = None
    row_key: str | None = None
    is_window_inferred: bool = False

    def locate(self, offset: int) -> tuple[int, int]:
        """Source line and code point of ``text[offset]``; the blank between two segments has none.

        Raises
        ------
        IndexError
            If the offset is outside the text or stands on a joining blank.
        """
        at = 0
        for segment in self.segments:
            if at <= offset < at + len(segment.text):
                return segment.line, segment.start + offset - at
            at += len(segment.text) + 1
        raise IndexError(offset)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator row of a report's tables, all its cells, and what its words say of it.

    ``row_key`` is the ref ("1.3"), "1.3~2" for a further row under the same ref, "row-7" (the
    position among the report's rows) where the table prints no refs. ``desired_direction`` is
    ``decrease``, ``increase``, ``maintain``, ``monitor`` or None. ``owner_printed`` is inherited
    from the row above when blank (``owner_certainty`` ``inferred``).
    """

    row_key: str
    row_number: int
    table_number: int
    ref: str | None
    section: str | None
    measure: str
    cells: tuple[Cell, ...]
    desired_direction: str | None = None
    owner_printed: str | None = None
    owner_certainty: str | None = None
    marking_printed: str | None = None
    first_line: int = 0
    last_line: int = 0

    @property
    def is_restricted(self) -> bool:
        """Whether a protective marking stands on the row."""
        return self.marking_printed is not None


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something the reader could not understand but could carry."""

    line: int
    code: str  # e.g. unknown_header
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report after layout: every non-blank character of ``lines`` is in one cell.

    ``loose`` are the cells outside all rows (title, header, section, notes).
    ``layout`` is the distinct source_cells of its tables in order, joined by "|".
    """

    entry: ReportEntry
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    loose: tuple[Cell, ...]
    layout: str
    table_count: int
    warnings: tuple[Warning_, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in the source and what it means: the columns of ``fct_figures``.

    ``char_start``/``char_end`` are offsets in the source line ``source_line``; ``cell_offset`` is
    the offset of the same number in the stitched (unmasked) cell text. ``relates_to`` is the
    ``figure_id`` of the figure this one speaks of, and ``relation`` says how:
    ``change_of`` (a change, or a target's percentage, of that value), ``prior_of`` (the earlier or
    other value that one is compared with), ``numerator_of``/``denominator_of`` (of that ratio),
    ``part_of`` (of that total), ``percent_of`` (that value as a share of the comparator).
    ``direction_word`` is the word that gave a change its direction ("reduction").
    ``operator`` is ``<=``, ``>=`` or ``=`` for targets.
    """

    figure_id: str
    cell_id: str
    row_key: str | None
    source_line: int
    source_cell: str
    char_start: int
    char_end: int
    cell_offset: int
    printed: str
    printed_decimals: int | None
    statement: str
    role: str
    series: str | None
    unit: str | None
    basis: str
    period_start: date | None
    period_end: date | None
    value: Decimal | None
    comparator: str | None
    certainty: str
    note: str | None
    rule: str
    relates_to: str | None = None
    relation: str | None = None
    direction_word: str | None = None
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """One printed status or direction of travel of one row for one period."""

    cell_id: str
    row_key: str
    source_line: int
    source_cell: str
    printed: str
    kind: str  # "status" or "direction_of_travel"
    window: Window
    char_start: int = 0  # in the source line; with it the status has its key


@dataclass(frozen=True, slots=True)
class Outcome:
    """One statement that a target is met or not."""

    cell_id: str
    row_key: str
    source_line: int
    source_cell: str
    char_start: int
    words: str
    statement: str
    outcome: str  # achieved, not_achieved, on_track, off_track
    window: Window
    certainty: str
    rule: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One statement that a figure is missing, for one period."""

    cell_id: str
    row_key: str
    source_line: int
    source_cell: str
    char_start: int
    words: str
    statement: str
    reason: str
    window: Window
    certainty: str
    rule: str
