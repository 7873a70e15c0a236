"""What a column's header says, read with the same words as the cells.

The layout has already said what kind of column it is and, mostly, what time it is about. Some
headers say more than a layout needs: "12 mths to Dec 2015", "2005-09 average baseline",
"% change 2014 v 2013", "MSG rank". :func:`refine` adds that to a cell's context.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ingest import periods
from ingest.figures.comparisons import comparator_of_windows
from ingest.figures.context import CellContext
from ingest.figures.lexer import lex
from ingest.figures.measured import names_rank
from ingest.figures.times import Period, fold
from ingest.layout.headers import combine
from ingest.model import Window
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES


class ColumnFacts:
    """What the words of a header say, beyond the kind of column and its window.

    ``comparator`` is what a column of changes is against; ``unit`` the unit of its bare numbers;
    ``kind`` the column it really is when the layout only found it other; ``window`` its time when
    the header says it better than the layout could.
    """

    __slots__ = (
        "base_window",
        "comparator",
        "compares_years",
        "is_average",
        "is_baseline",
        "is_pair",
        "is_peer",
        "is_previous",
        "is_projection",
        "is_rank",
        "kind",
        "unit",
        "window",
    )

    def __init__(self, context: CellContext) -> None:
        header = context.header
        plain = replace(context, header="", measure="")
        items = fold(lex(header, first_year=context.first_year), plain)
        codes = items.codes
        found = [tag for tag in items.tags if isinstance(tag, Period)]
        kinds = {period.kind for period in found}
        lowered = header.lower()
        self.is_rank = names_rank(lowered)
        self.is_peer = (
            CODES["PEER"] in codes
            or "iquanta" in lowered
            or (context.kind == "comparator" and combine([header]).kind == "comparator")
        )
        self.is_average = "average_years" in kinds or (
            CODES["AVERAGE"] in codes and not self.is_peer
        )
        self.is_baseline = "base" in lowered
        self.is_pair = _is_pair(header)
        self.is_projection = CODES["PROJECT"] in codes
        self.is_previous = CODES["LAST"] in codes and not found
        self.window = _window(found, lowered, context)
        self.kind = self._kind(codes, kinds, context)
        self.unit = self._unit(lowered)
        self.compares_years = False
        self.base_window: Window | None = None
        self.comparator = self._comparator(codes, found, context)

    def _kind(self, codes: list[str], kinds: set[str], context: CellContext) -> str | None:
        header = context.header.strip()
        if context.kind == "year_total" and header != "%" and header in words.PERCENT_HEADERS:
            return "variance"
        if context.kind not in ("other",):
            return None
        if CODES["CHANGE"] in codes or codes[:2] == [CODES["PERCENT"], CODES["UP"]]:
            return "variance"
        if self.is_rank:
            return None
        if "average_years" in kinds:
            return "baseline" if self.is_baseline else "comparator"
        if self.is_peer and not self.is_projection:
            return "comparator"
        return None

    def _unit(self, lowered: str) -> str | None:
        said = set(lowered.replace("(", " ").replace(")", " ").split())
        if said & words.POINT_WORDS and ("%" in lowered or not said & {"point", "points"}):
            return "percentage_points"
        return "percent" if "%" in lowered or "percent" in lowered else None

    def _comparator(
        self, codes: list[str], found: list[Period], context: CellContext
    ) -> str | None:
        if CODES["TARGET"] in codes:
            return "target"
        if any(period.kind == "average_years" for period in found):
            return "baseline" if self.is_baseline else "multi_year_average"
        if self.is_baseline:
            return "baseline"
        if self.is_average:
            return "multi_year_average"
        if self.is_peer and CODES["COMPARE"] in codes:
            return "peer_group"
        own = context.default_window()[0]
        said = None
        for period in found:
            if period.relative or period.window != context.window:
                said = _compared(period, own) or said
                self.compares_years = period.relative is None
                self.base_window = period.window
        return said


def _is_pair(header: str) -> bool:
    """Whether a header asks for a value and its target in one cell: "Visits (done / planned)"."""
    inner = header.rpartition("(")[2].rstrip(") ")
    left, mark, right = inner.partition("/")
    if not mark:
        left, mark, right = inner.partition(" v ")
    if not mark or combine([right]).kind != "target":
        return False
    return combine([left]).kind != "target"


def _window(found: list[Period], lowered: str, context: CellContext) -> Window | None:
    """The header's own window, where it is a better one than the layout's."""
    if context.kind == "variance":
        return None
    for period in found:
        window = period.window
        if window is None or period.relative is not None:
            continue
        if period.kind in _TELLING and window.end is not None:
            return window
        if window.basis == "month" and "survey" in lowered:
            return Window("point", window.start, window.end)
    return None


_TELLING: Final = frozenset(
    ("twelve_months", "rolling", "rolling_pair", "survey", "average_years", "year_ending", "half")
)


def _compared(period: Period, own: Window) -> str | None:
    """What "% change on last year" in a header compares with."""
    if period.relative == "last_quarter":
        return "previous_quarter"
    if period.relative is not None:
        if own.basis == "year":
            return "previous_year"
        return "previous_rolling_window" if own.basis == "rolling_12m" else "same_period_last_year"
    if period.window is None or period.kind == "ytd":
        return None
    said = comparator_of_windows(period.window, own)
    return None if said == "unknown" else said


@lru_cache(maxsize=2048)
def _facts(
    header: str, source_cell: str, window: Window | None, year: int, quarter: int
) -> ColumnFacts:
    return ColumnFacts(
        CellContext(
            source_cell=source_cell,
            header=header[:200],
            window=window,
            first_year=year,
            quarter=quarter,
        )
    )


def facts_of_column(context: CellContext) -> ColumnFacts:
    """What a cell's header says."""
    return _facts(
        context.header, context.column, context.printed_window, context.first_year, context.quarter
    )


def refine(context: CellContext, text: str = "") -> CellContext:
    """The context with what its header, its measure and the first words of its cell add."""
    if "cohort" in context.measure:
        context = replace(context, measured_window=_cohort_of(context.measure, context.first_year))
    if not context.header:
        return context
    if context.kind == "other" and _MEASURES_NOTHING.search(context.header):
        return replace(context, as_kind="tolerance")
    if (
        context.kind == "measure"
        and _asks_for_success(context.header)
        and _GOAL.match(text)
        and "base" not in text.lower()
    ):
        return replace(context, as_kind="target")
    facts = facts_of_column(context)
    if facts.kind is None and facts.window is None:
        return context
    return replace(
        context,
        as_kind=facts.kind,
        window=facts.window or context.window,
        printed_window=context.printed_window,
    )


# A measure of success that begins so is a goal: "120 individuals over the year".
_GOAL: Final = re.compile(
    r"\s*(?:(?:at least|at most|no (?:more|fewer|less) than|not more than|below|under|above|over|"
    r"more than|fewer than|less than|up to|a minimum of|minimum|maximum|achieve|reach|maintain)\s+"
    r"(?:of\s+|to\s+|at\s+)?)?[\u00a3<>\u2264\u2265]?\s?\d",
    re.IGNORECASE,
)


# Columns of these hold no figures of their own.
_MEASURES_NOTHING: Final = re.compile(
    r"\b(?:tolerances?|confidence intervals?|margins? of error)\b", re.IGNORECASE
)


def _asks_for_success(header: str) -> bool:
    said = header.lower()
    return "success" in said or "target" in said


@lru_cache(maxsize=256)
def _cohort_of(measure: str, first_year: int) -> Window | None:
    """The months of the cohort that a measure names: "Jan-Mar 2009 cohort"."""
    before = measure[: measure.index("cohort")][-60:]
    items = fold(lex(before, first_year=first_year), CellContext(first_year=first_year))
    for tag in reversed(items.tags):
        if isinstance(tag, Period) and tag.window is not None and tag.window.end is not None:
            return Window("cohort", tag.window.start, tag.window.end)
    return None


def is_year_before(earlier: Window | None, later: Window | None) -> bool:
    """Whether one window is the other, a year before."""
    if earlier is None or later is None or earlier.start is None or later.start is None:
        return False
    shifted = periods.shift_years(later, -1)
    return (shifted.start, shifted.end) == (earlier.start, earlier.end)
