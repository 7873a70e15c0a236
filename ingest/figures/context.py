"""What a cell's own words do not say: its column, its report's year and quarter, its row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from ingest import periods
from ingest.model import Cell, ReportEntry, Window

# Windows are few and asked for often.
quarter_of = lru_cache(maxsize=1024)(periods.quarter)
year_to_date_of = lru_cache(maxsize=1024)(periods.year_to_date)
financial_year_window = lru_cache(maxsize=1024)(periods.financial_year)
rolling_year_to = lru_cache(maxsize=1024)(periods.rolling_year)

# A row's measure is asked about for every number of the row.
lowered = lru_cache(maxsize=256)(str.lower)

UNKNOWN: Final = Window("unknown")
QUARTER_CELLS: Final = frozenset(("q1", "q2", "q3", "q4"))
# Cells whose digits only ever name things.
LABEL_CELLS: Final = frozenset(("ref", "owner", "section", "header", "title", "tolerance"))


@lru_cache(maxsize=1024)
def kind_of(source_cell: str) -> str:
    """The column without its year: ``history:2008/09`` is ``history``, ``q2`` is ``quarter``."""
    if source_cell in QUARTER_CELLS:
        return "quarter"
    return source_cell.partition(":")[0]


@dataclass(frozen=True, slots=True)
class CellContext:
    """Where a cell stands.

    Parameters
    ----------
    source_cell
        The contract's code of the column.
    header
        The column's header as printed.
    window
        What the header says of time, None where it says nothing.
    first_year
        The calendar year in which the report's financial year begins.
    quarter
        The quarter the report is about, 1 to 4.
    measure
        The words of the row's measure.
    direction
        ``decrease``, ``increase``, ``maintain``, ``monitor`` or None: what is wished for.
    as_kind
        The kind of column it is by its header's words, where the layout found it other.
    printed_window
        The window as the layout gave it, when ``window`` is the header's own.
    measured_window
        The time that the measure itself names for all its values: its cohort's.
    is_window_inferred
        Whether something else than the header says what time the column is about.
    """

    source_cell: str = "comments"
    header: str = ""
    window: Window | None = None
    first_year: int = 2010
    quarter: int = 4
    measure: str = ""
    direction: str | None = None
    as_kind: str | None = None
    printed_window: Window | None = None
    measured_window: Window | None = None
    is_window_inferred: bool = False
    kind: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Settle the kind of column, which is asked for again and again."""
        object.__setattr__(self, "kind", self.as_kind or kind_of(self.source_cell))

    @property
    def column(self) -> str:
        """The contract's code of the column as the layout gave it."""
        return self.source_cell

    @property
    def is_rolling(self) -> bool:
        """Whether the measure counts a rolling year, whatever the column says."""
        return _is_rolling(self.measure)

    @property
    def is_cumulative(self) -> bool:
        """Whether the measure adds up over the year, whatever the column says."""
        return _is_cumulative(self.measure)

    @property
    def is_stock(self) -> bool:
        """Whether the measure counts what there is at the end of a stretch of time."""
        return _is_stock(self.measure)

    def default_window(self) -> tuple[Window, bool]:
        """The window of a number about which the cell says nothing, and whether it is inferred."""
        return _default_window(self)

    def find_default_window(self) -> tuple[Window, bool]:
        """Work out :meth:`default_window`, which is asked for again and again."""
        kind = self.kind
        if kind in LABEL_CELLS:
            return UNKNOWN, False
        window, is_inferred = self._window_of_column()
        if kind not in _MEASURED or window.end is None:
            return window, is_inferred
        if self.measured_window is not None and kind != "comparator":
            return self.measured_window, True
        if self.is_rolling and window.basis in _PARTS:
            return rolling_year_to(window.end), True
        if window.basis in _STRETCHES and self.is_stock:
            return Window("point", window.end, window.end), True
        return window, is_inferred

    def _window_of_column(self) -> tuple[Window, bool]:
        kind = self.kind
        if self.is_rolling and kind == "quarter":
            end = self.window.end if self.window is not None else None
            quarter = quarter_of(self.first_year, int(self.source_cell[1]))
            last = end or quarter.end
            if last is not None:
                return rolling_year_to(last), True
        if self.is_rolling and kind in ("other", "history") and _is_month(self.window):
            return rolling_year_to(self.window.end), False  # type: ignore[union-attr]
        if self.is_cumulative and kind in ("quarter", "target") and _is_quarter(self):
            window = self.window or quarter_of(self.first_year, int(self.source_cell[1]))
            return _to_date(window), True
        if self.window is not None and (
            self.window.basis != "unknown" or self.window.end is not None
        ):
            if kind in ("comments", "variance") and self.window.basis == "quarter":
                return _to_date(self.window), True
            return self.window, self.is_window_inferred or kind in ("comments", "variance")
        if kind == "quarter":
            return quarter_of(self.first_year, int(self.source_cell[1])), False
        if kind == "year_total":
            return financial_year_window(self.first_year), False
        if kind in ("history", "target"):
            year = periods.parse_label(self.source_cell.partition(":")[2])
            if year is not None:
                return financial_year_window(year), False
            return (
                (financial_year_window(self.first_year), True)
                if kind == "target"
                else (UNKNOWN, False)
            )
        if kind in ("baseline", "notes"):
            return UNKNOWN, False
        if kind == "measure":
            return financial_year_window(self.first_year), True
        return year_to_date_of(self.first_year, self.quarter), True


_MEASURED: Final = frozenset(("quarter", "year_total", "other", "history", "comparator"))
_PARTS: Final = frozenset(("quarter", "ytd", "month"))
_STRETCHES: Final = _PARTS | {"year"}
_AT_END: Final = re.compile(
    r"\b(?:at|as at|on)(?: the)? (?:(?:month|quarter|period|year)[ -]?end"
    r"|(?:end|last day) of(?: the| each)? (?:month|quarter|period|year))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def _is_rolling(measure: str) -> bool:
    said = measure.lower()
    return ("rolling" in said and ("month" in said or "year" in said)) or "(12 month" in said


@lru_cache(maxsize=256)
def _is_cumulative(measure: str) -> bool:
    said = measure.lower()
    return "cumulative" in said and "non-cumulative" not in said


@lru_cache(maxsize=256)
def _is_stock(measure: str) -> bool:
    return _AT_END.search(measure) is not None


@lru_cache(maxsize=4096)
def _default_window(context: CellContext) -> tuple[Window, bool]:
    return context.find_default_window()


def _is_month(window: Window | None) -> bool:
    return window is not None and window.basis == "month" and window.end is not None


def _is_quarter(context: CellContext) -> bool:
    if context.window is not None:
        return context.window.basis == "quarter"
    return context.kind == "quarter"


def _to_date(window: Window) -> Window:
    """From the first of April to the end of a window."""
    if window.end is None:
        return window
    first_year = periods.financial_year_of(window.end)
    return Window("ytd", date(first_year, 4, 1), window.end)


def context_of(cell: Cell, entry: ReportEntry, measure: str, direction: str | None) -> CellContext:
    """The context of a cell of a row (or outside all rows, with an empty measure)."""
    return CellContext(
        source_cell=cell.source_cell,
        header=cell.header,
        window=cell.window,
        printed_window=cell.window,
        is_window_inferred=cell.is_window_inferred,
        first_year=entry.first_year,
        quarter=entry.as_at_quarter,
        measure=measure,
        direction=direction,
    )
