"""The stretch of time that every number is about."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Final

from ingest import periods
from ingest.figures.comparisons import comparator_of_windows, is_joined, is_revision
from ingest.figures.context import (
    financial_year_window,
    quarter_of,
    rolling_year_to,
    year_to_date_of,
)
from ingest.figures.nearby import (
    BASE,
    STOPS,
    TARGET,
    VALUES,
    in_survey,
    near,
    statement_items,
)
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.times import Period
from ingest.model import Window
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES


def settle_windows(cell: CellReader) -> None:
    """Give every quantity the stretch of time it is about."""
    readings = cell.quantities
    for reading in readings:
        if reading.role not in ("change", "comparative") and reading.relation not in (
            "numerator_of",
            "denominator_of",
        ):
            _own_window(cell, reading)
    for reading in readings:
        if reading.relation in ("numerator_of", "denominator_of") and reading.window is None:
            _own_window(cell, reading)
            ratio = reading.of
            if ratio is not None and ratio.window is not None and reading.role == "component":
                reading.window, reading.certainty = ratio.window, ratio.certainty
    for reading in readings:
        if reading.role == "comparative":
            _earlier_window(cell, reading)
    for reading in readings:
        if reading.relation in ("numerator_of", "denominator_of") and reading.role == "component":
            ratio = reading.of
            if ratio is not None and ratio.window is not None:
                reading.window = ratio.window
                if reading.period is None:
                    reading.certainty = ratio.certainty
    _match_rolling(readings)
    if cell.kind == "comparator":
        _share_window(readings)
    for reading in readings:
        if reading.role == "change":
            _changed_window(cell, reading)


def _share_window(readings: list[Reading]) -> None:
    """ "YOT family 431 (Oct 13 - Sep 14); England 417": one time for a column of other bodies."""
    dated = [reading for reading in readings if reading.period is not None]
    if len({id(reading.period) for reading in dated}) != 1:
        return
    for reading in readings:
        if reading.period is None and reading.role == dated[0].role:
            reading.window, reading.certainty = dated[0].window, dated[0].certainty


def _match_rolling(readings: list[Reading]) -> None:
    """ "48.6% to December, up from 45.2% in the year to December 2008": both are years."""
    for reading in readings:
        value, window = reading.of, reading.window
        if (
            reading.role == "comparative"
            and value is not None
            and window is not None
            and window.basis == "rolling_12m"
            and window.end is not None
            and value.window is not None
            and value.window.end is not None
            and value.window.basis in ("ytd", "point", "month")
            and value.period is not None
            and value.period.kind in ("up_to", "as_at", "end_of", "month")
            and (value.window.end.year - window.end.year, value.window.end.month)
            == (1, window.end.month)
        ):
            value.window = rolling_year_to(value.window.end)
            reading.comparator = "previous_rolling_window"
            for change in readings:
                if (
                    change.role == "change"
                    and change.of is value
                    and change.comparator == "unknown"
                ):
                    change.comparator = "previous_rolling_window"


def _is_to_come(cell: CellReader, period: Period) -> bool:
    """Whether a stretch begins after what the column is about: "forecast for Q4: 54"."""
    return (
        period.window is not None
        and period.window.start is not None
        and cell.default.end is not None
        and period.window.start > cell.default.end
    )


def _own_window(cell: CellReader, reading: Reading) -> None:
    period = reading.period
    if reading.role == "target":
        _target_window(cell, reading)
        return
    if reading.role == "projection":
        year = (
            periods.financial_year_of(cell.default.end)
            if cell.default.end
            else cell.context.first_year
        )
        reading.window = financial_year_window(year)
        if (
            period is not None
            and period.kind in ("year", "whole_year")
            and period.window is not None
        ):
            reading.window = period.window
        elif period is not None and period.kind == "quarter" and _is_to_come(cell, period):
            assert period.window is not None
            reading.window = period.window
        elif cell.kind != "year_total" and not _says_year(cell, reading):
            reading.infer()
        return
    if (
        period is not None
        and period.window is not None
        and period.relative is None
        and not (cell.context.is_rolling and period.kind == "quarter")
    ):
        reading.window = _with_basis(cell, reading, period)
        if period.item == -2 or (reading.role == "baseline" and _has_bare_years(cell, period)):
            reading.infer()
        if period.number == -2:
            printed = cell.items.text[period.start : period.end]
            reading.doubt(f'"{printed}" is no year')
        if period.number == -1 and period.kind == "ytd":
            printed = cell.items.text[period.start : period.end]
            reading.doubt(f'the window printed is "{printed}", which is not the year to date')
        return
    if reading.role == "baseline":
        period = _baseline_period(cell, reading)
        reading.window = (
            Window("unknown") if period is None or period.window is None else period.window
        )
        if period is not None:
            reading.period = period
            if period.window is not None:  # "baseline ... last year" names none
                reading.window = _with_basis(cell, reading, period)
            if period.kind == "average_years" and reading.unit == "count":
                reading.unit = "average"
        elif cell.kind == "baseline":
            reading.window = cell.default
        return
    if _is_now(cell, reading):
        reading.window = Window("point")
        return
    reading.window = cell.default
    if cell.kind == "notes" and reading.rule == "value":
        reading.window = year_to_date_of(cell.context.first_year, cell.context.quarter)
        reading.infer()
    if cell.default_is_inferred:
        reading.infer()
        if (
            cell.context.is_rolling
            and cell.kind == "quarter"
            and "rolling" not in (cell.items.text.lower())
        ):
            reading.doubt("the measure counts a rolling year; the cell could mean the quarter")


def _period_of_base(cell: CellReader, reading: Reading) -> Period | None:
    """ "the 2010/11 baseline (1,120)": the year before the word."""
    codes = cell.codes
    for at in range(reading.number.index - 1, max(0, reading.number.index - 9), -1):
        if codes[at] == BASE:
            tag = cell.items.tags[at - 1]
            return tag if isinstance(tag, Period) else None
        if codes[at] in VALUES or codes[at] in STOPS:
            return None
    return None


def _baseline_period(cell: CellReader, reading: Reading) -> Period | None:
    """The period of a baseline among several: the last one printed before it, else the next."""
    if cell.kind not in ("measure", "baseline"):
        return (
            reading.period or _period_of_base(cell, reading) or _period_just_before(cell, reading)
        )
    beside = _period_of_base(cell, reading)
    if beside is not None:
        return beside
    items, found = cell.dated_baselines
    at = bisect_left(items, reading.number.index)
    if at:
        return found[at - 1]
    return found[0] if found else None


def _period_just_before(cell: CellReader, reading: Reading) -> Period | None:
    """ "Increase on 2013/14 outturn of 96"."""
    if cell.kind != "target":
        return None
    index = reading.number.index
    for tag in reversed(cell.items.tags[max(0, index - 4) : index]):
        if isinstance(tag, Period) and tag.relative is None:
            return tag
    return None


def _with_basis(cell: CellReader, reading: Reading, period: Period) -> Window:
    window = period.window
    assert window is not None
    if window.basis == "unknown" and _is_pooled(cell, reading, period, window):
        return Window("multi_year_average", window.start, window.end)
    if period.kind == "month" and in_survey(cell, reading):
        return Window("point", window.start, window.end)
    if period.kind == "survey" and reading.role != "context":
        if period.window is not None and reading.role == "baseline":
            reading.infer()
        return window
    if (
        period.kind == "calendar_year"
        and window.start is not None
        and cell.kind in ("baseline", "measure", "quarter", "comments")
    ):
        return window
    if period.kind in ("end_of",) and reading.role == "observation" and window.end is not None:
        default = cell.default
        if default.end == window.end and _is_stock(cell, reading):
            return window
        if default.end == window.end:
            if cell.default_is_inferred:
                reading.infer()
            return default
        if window.start is not None and (window.end - window.start).days > 300:
            return Window("year", window.start, window.end)
    return window


def _is_now(cell: CellReader, reading: Reading) -> bool:
    """ "Now 164 landlords", "Eleven currently in force": what there is, of no printed day."""
    if reading.role != "observation" or reading.unit != "count" or period_of(reading) is not None:
        return False
    column, at = cell.items.words, reading.number.index
    first, last = statement_items(cell, reading)
    beside = column[max(first, at - 3) : at] + column[at + 1 : min(last, at + 5)]
    return bool(words.NOW & set(beside)) and not any(
        code in VALUES for code in cell.codes[max(first, at - 3) : at]
    )


def period_of(reading: Reading) -> Period | None:
    """The phrase about time of a reading, but not one carried from another sentence."""
    period = reading.period
    return None if period is not None and period.item == -2 else period


def _is_stock(cell: CellReader, reading: Reading) -> bool:
    """Whether its sentence counts what there is at a moment, and not what happened."""
    first, last = statement_items(cell, reading)
    return bool(words.STOCKS & set(cell.items.words[first:last]))


def _is_pooled(cell: CellReader, reading: Reading, period: Period, window: Window) -> bool:
    """ "Rate for 2010/11-2012/13 pooled": several years taken together."""
    if window.start is None or window.end is None or (window.end - window.start).days < 700:
        return False
    beside = cell.items.words[max(0, period.item - 4) : period.item + 3]
    if reading.unit in _RATES and period.kind == "range":
        return True  # "rate 2013/14 - 2015/16 = 54.3 per 100,000"
    return bool({"pooled", "average", "avg", "mean", "combined", "aggregate"} & set(beside))


_RATES: Final = frozenset(
    ("rate_per_100", "rate_per_1000", "rate_per_10000", "rate_per_100000", "rate_per_million")
)


def _says_for_year(cell: CellReader, period: Period) -> bool:
    """ "(target of 10 for the year)"."""
    said = cell.items.text[period.start : period.end].lower()
    return period.relative is None and said in _FOR_YEAR


_FOR_YEAR: Final = frozenset(
    ("for the year", "in the year", "over the year", "for the full year", "for the whole year")
)


def _target_window(cell: CellReader, reading: Reading) -> None:
    period = reading.period
    if (
        period is not None
        and period.kind in ("year", "whole_year", "survey", "calendar_year")
        and (
            period.window is not None
            and period.relative is None
            and not _is_before_year(period, cell)
        )
    ):
        if cell.kind not in ("target",) or reading.unit != "percent_change":
            reading.window = period.window
            return
    if period is not None and _says_for_year(cell, period):
        reading.window = financial_year_window(cell.context.first_year)
        return
    by = _deadline(cell, reading)
    if by is not None and cell.kind != "target":
        reading.window = by
        return
    own = _period_of_target(cell, reading)
    if own is not None and own.window is not None:
        reading.window = own.window
        return
    if (
        cell.kind == "target"
        and period is not None
        and period.window is not None
        and (period.kind in ("quarter", "half", "ytd", "range") and period.relative is None)
    ):
        reading.window = period.window
        return
    if cell.kind == "target":
        reading.window = cell.default
        if cell.default_is_inferred:
            reading.infer()
        _per_quarter(cell, reading)
        return
    to_date = _compared_to_date(cell, reading)
    if cell.kind == "comments" and to_date is not None:
        reading.window = to_date
        reading.infer()
        return
    if cell.kind == "comments" and _is_quarterly(cell, reading) and cell.default.end is not None:
        end = cell.default.end
        quarter = (end.month - 4) % 12 // 3 + 1
        reading.window = quarter_of(periods.financial_year_of(end), quarter)
        return
    if cell.kind == "quarter" and _is_per_quarter(cell, reading):
        reading.window = cell.default
        return
    if reading.rule == "target_of_pair" and reading.unit == "count":
        # Counts add up over the year: the other of the pair is of the same time.
        reading.window = period.window if period is not None and period.window else cell.default
        reading.infer()
        return
    if (
        cell.kind == "quarter"
        and reading.unit in ("count", "average")
        and not _is_annual(cell, reading)
        and not any(
            other.role == "projection" and other.statement == reading.statement
            for other in near(cell, reading, after=0)
        )
    ):
        # Counts add up over the year: the target beside a quarter's own count is the quarter's.
        beside = [
            other
            for other in near(cell, reading)
            if other.role == "observation" and other.unit == reading.unit
        ]
        before = [other for other in beside if other.number.index < reading.number.index]
        value = before[-1] if before else beside[0] if beside else None
        if value is not None:
            window = cell.default
            if value.period is not None and value.period.window is not None:
                window = value.period.window
            if window.basis != "point":
                reading.window = window
                reading.infer()
                return
    year = (
        periods.financial_year_of(cell.default.end) if cell.default.end else cell.context.first_year
    )
    reading.window = financial_year_window(year)
    if (
        period is None
        or period.kind not in ("year", "whole_year")
        or _is_of_another(cell, reading, period)
    ):
        reading.infer()


def _says_year(cell: CellReader, reading: Reading) -> bool:
    """Whether a forecast's own sentence says that it is of the year."""
    first, last = statement_items(cell, reading)
    return any(
        "year" in word or word in ("outturn", "annual", "fye", "out-turn", "finish")
        for word in cell.items.words[first:last]
    )


def _has_bare_years(cell: CellReader, period: Period) -> bool:
    """ "3 yr average (2012 to 2014)": that these are financial years is the reader's guess."""
    if period.window is None or period.window.basis != "multi_year_average":
        return False
    printed = cell.items.text[max(0, period.start - _NEAR_YEARS) : period.end + _NEAR_YEARS]
    return period.window.end is not None and "/" not in printed


_NEAR_YEARS: Final = 40


def _is_of_another(cell: CellReader, reading: Reading, period: Period) -> bool:
    """Whether another quantity stands between a target and the year it shares."""
    low, high = sorted((period.item, reading.number.index))
    return period.item >= 0 and any(
        low < other.number.index < high for other in near(cell, reading) if other is not reading
    )


_TARGET_TIMES: Final = frozenset(("ytd", "quarter", "this_quarter", "half", "range", "up_to"))


def _period_of_target(cell: CellReader, reading: Reading) -> Period | None:
    """ "a YTD target of 395", "Target for Q1 180", "Profile to end Q1 95"."""
    codes, tags = cell.codes, cell.items.tags
    found: Period | None = None
    for at in range(reading.number.index - 1, max(-1, reading.number.index - 9), -1):
        code, tag = codes[at], tags[at]
        if code in VALUES or code in STOPS or code == CODES["SEMI"]:
            return None
        if isinstance(tag, Period):
            found = tag
        if code == TARGET:
            after = _period_after(cell, reading)
            if after is not None and found is None:
                return after
            before = tags[at - 1] if at else None
            found = before if isinstance(before, Period) else found
            return found if found and found.kind in _TARGET_TIMES and not found.relative else None
    return None


def _period_after(cell: CellReader, reading: Reading) -> Period | None:
    """ "target 3.8 for the half year"."""
    at = reading.number.index + 1
    codes, tags = cell.codes, cell.items.tags
    while at < len(codes) and codes[at] in (CODES["IN"], CODES["FILL"]):
        at += 1
    tag = tags[at] if at < len(tags) else None
    if isinstance(tag, Period) and tag.kind in _TARGET_TIMES and not tag.relative:
        is_led = codes[at - 1] in (CODES["IN"], CODES["FILL"])
        return tag if is_led and tag.window is not None else None
    return None


def settle_cohorts(cell: CellReader) -> None:
    """What a cell says of a cohort is about the cohort, dated only where its months are printed."""
    if CODES["COHORT"] not in cell.codes or cell.kind in ("measure", "target"):
        return
    dated = _cohort_window(cell)
    for reading in cell.quantities:
        if reading.role not in ("observation", "component", "comparative", "change", "baseline"):
            continue
        if _is_dated_apart_from_cohort(cell, reading):
            continue
        window = reading.window or Window("unknown")
        is_printed = False
        if reading.role == "comparative" and reading.rule == "value_of_earlier_period":
            reading.role, reading.comparator = "observation", None
            reading.of = reading.relation = None
        if reading.role == "comparative" and reading.comparator in (
            "previous_rolling_window",
            "previous_year",
            "same_period_last_year",
        ):
            is_relative = reading.period is not None and reading.period.relative is not None
            reading.comparator = "previous_year" if is_relative else "unknown"
            is_printed = True
        if is_printed:
            reading.window = Window("cohort", window.start, window.end)
        else:
            reading.window = dated


def _is_dated_apart_from_cohort(cell: CellReader, reading: Reading) -> bool:
    """ "The cohort of 36 committed 24 offences in Q1 compared with 40 in the quarter before"."""
    value = reading.of if reading.role in ("change", "comparative") else reading
    period = value.period if value is not None else None
    if period is None or period.relative is not None or period.item < 0:
        return False
    if period.kind == "as_at":
        return True
    codes = cell.codes[max(0, period.item - 5) : period.item + 6]
    return period.kind in _APART and CODES["COHORT"] not in codes


_APART: Final = frozenset(("quarter", "this_quarter", "range", "half"))


def _cohort_window(cell: CellReader) -> Window:
    """The dates of a cohort: those printed within a few words of it."""
    codes, tags = cell.codes, cell.items.tags
    for at, code in enumerate(codes):
        if code == CODES["COHORT"]:
            for near in (at - 1, at - 2, at + 1, at + 2, at + 3, at + 4, at + 5):
                tag = tags[near] if 0 <= near < len(tags) else None
                if (
                    isinstance(tag, Period)
                    and tag.window is not None
                    and tag.relative is None
                    and tag.kind != "as_at"
                ):
                    return Window("cohort", tag.window.start, tag.window.end)
    return Window("cohort")


def _compared_to_date(cell: CellReader, reading: Reading) -> Window | None:
    """ "71 for the year so far, two above the profiled target of 69": a target of the same time."""
    if reading.unit not in ("count", "average", "currency") or _is_annual(cell, reading):
        return None
    index = reading.number.index
    if not words.PROFILED & set(cell.items.words[max(0, index - 4) : index]):
        return None
    for other in reversed(near(cell, reading, after=0)[:-1]):
        if other.statement != reading.statement:
            return None
        window = other.period.window if other.period is not None else None
        if other.role == "observation" and window is not None:
            return window if window.basis in ("ytd", "quarter", "month") else None
    return None


def _deadline(cell: CellReader, reading: Reading) -> Window | None:
    """ "51.3% by March 2012": the financial year that a dated deadline falls in."""
    codes, tags = cell.codes, cell.items.tags
    at = reading.number.index
    for ahead in range(at + 1, min(len(codes), at + 8)):
        tag = tags[ahead]
        if codes[ahead] in VALUES or codes[ahead] in STOPS:
            return None
        if isinstance(tag, Period) and codes[ahead - 1] == CODES["BY"]:
            window = tag.window
            printed = cell.items.text[tag.start : tag.end]
            if window is None or window.end is None or not any(map(str.isdecimal, printed)):
                return None
            if tag.kind in ("year", "whole_year"):
                return window
            if tag.kind in ("month", "as_at", "end_of"):
                return financial_year_window(periods.financial_year_of(window.end))
            return None
    return None


def _is_annual(cell: CellReader, reading: Reading) -> bool:
    """ "annual target 90", "5,000 a year"."""
    index = reading.number.index
    near = cell.items.words[max(0, index - 4) : index] + cell.items.words[index + 1 : index + 3]
    return bool({"annual", "yearly", "annum", "p.a"} & set(near))


def _is_before_year(period: Period, cell: CellReader) -> bool:
    """Whether a year is over before the report's begins: no target's year."""
    if period.window is None or period.window.end is None:
        return True
    return period.window.end < date(cell.context.first_year, 4, 1)


def _per_quarter(cell: CellReader, reading: Reading) -> None:
    """ "1,250 per qtr", "(300 a month)" in a column of yearly targets."""
    if _is_per_quarter(cell, reading):
        reading.window = Window("quarter")
    elif cell.items.words[reading.number.index + 1 : reading.number.index + 3] in _PER_MONTH:
        reading.window = Window("month")


_PER_MONTH: Final = (["a", "month"], ["per", "month"])


def _is_quarterly(cell: CellReader, reading: Reading) -> bool:
    """ "a quarterly target of 500"."""
    index = reading.number.index
    return "quarterly" in cell.items.words[max(0, index - 5) : index]


def _is_per_quarter(cell: CellReader, reading: Reading) -> bool:
    after = cell.codes[reading.number.index + 1 : reading.number.index + 3]
    return after in ([CODES["PER"], CODES["QUARTERW"]], [CODES["SLASH"], CODES["QUARTERW"]])


def _earlier_window(cell: CellReader, reading: Reading) -> None:
    """The window of a comparative: its own, or its value's moved back."""
    period = reading.period
    own = reading.of.window if reading.of is not None and reading.of.window else cell.default
    if reading.comparator == "peer_group":
        if (
            reading.of is not None
            and reading.of.window
            and (
                period is reading.of.period
                or (period is not None and period.item == -2)
                or _is_of_neighbour(cell, reading)
            )
        ):
            reading.window, reading.certainty = own, reading.of.certainty
        elif period is not None and period.window is not None and period.relative is None:
            reading.window = period.window
        else:
            reading.window = own
            if reading.of is not None:
                reading.certainty = reading.of.certainty
            elif cell.kind == "comparator":
                reading.window = cell.default
        return
    if reading.rule == "value_predicted":
        reading.window = own
        return
    if period is not None and period.window is not None and period.relative is None:
        reading.window = period.window
        if period.window.basis == "unknown" and _is_pooled(cell, reading, period, period.window):
            reading.window = Window("multi_year_average", period.window.start, period.window.end)
        if period.kind == "calendar_year" and period.window.start is not None:
            if own.basis in ("ytd", "quarter", "year") and own.start is not None:
                reading.window = periods.shift_years(own, period.window.start.year - own.start.year)
            elif own.basis == "rolling_12m":
                reading.window = Window("rolling_12m", period.window.start, period.window.end)
        elif (
            own.basis == "rolling_12m"
            and period.window.end is not None
            and (period.kind in ("up_to", "month", "end_of", "as_at"))
        ):
            reading.window = rolling_year_to(period.window.end)
            reading.comparator = comparator_of_windows(reading.window, own)
        elif (
            period.kind == "whole_year"
            and own.basis == "year"
            and own.start is not None
            and own.start.month == 1
            and period.window.start is not None
        ):
            reading.window = periods.shift_years(own, period.window.start.year - own.start.year)
        elif own.basis == "point" and period.window.basis == "month":
            reading.window = Window("point", period.window.start, period.window.end)
        return
    if period is None:
        is_same_time = is_revision(cell, reading) or _is_of_others(cell, reading)
        reading.window = own if is_same_time else Window("unknown")
        return
    if period.kind == "average_years":
        reading.window = period.window
        return
    if period.relative == "last_quarter":
        first = own.start
        if own.basis in ("ytd", "year", "rolling_12m") and own.end is not None:
            first = date(own.end.year, (own.end.month - 1) // 3 * 3 + 1, 1)
        if first is not None:
            year, month = periods.add_months(first.year, first.month, -3)
            reading.window = periods.months(
                (year, month), periods.add_months(year, month, 2), "quarter"
            )
        return
    if period.relative == "same_period" and period.number and own.end is not None:
        years = period.number - periods.financial_year_of(own.end)
        reading.window = periods.shift_years(own, years)
        return
    if period.window is not None and period.kind == "last_ytd":
        reading.window = period.window
        return
    reading.window = periods.shift_years(own, -1)


def _is_of_neighbour(cell: CellReader, reading: Reading) -> bool:
    """ "8.3% (Q1 9.1%, national 10.2%)": the quarter is of the number before it."""
    period, at = reading.period, reading.order
    if period is None or period.item < 0 or not at:
        return False
    before = cell.quantities[at - 1]
    return (
        before.period is period
        and before.role == "comparative"
        and before.comparator != "peer_group"
        and before.number.index > period.item
        and reading.number.index > before.number.index
    )


def _is_of_others(cell: CellReader, reading: Reading) -> bool:
    """ "31.4 per 1,000 against 74.9 for the urban wards": another place at the same time."""
    if reading.rule != "compared_with":
        return False
    at = reading.number.index + 1
    codes = cell.codes
    if codes[at : at + 1] not in ([CODES["IN"]], [CODES["OF"]]):
        return False
    at += 1
    while codes[at : at + 1] == [CODES["FILL"]]:
        at += 1
    return codes[at : at + 1] in ([CODES["WORD"]], [CODES["LABEL"]])


def _changed_window(cell: CellReader, reading: Reading) -> None:
    period = reading.period
    value = reading.of
    if (
        cell.kind == "comments"
        and (value is None or value.period is None)
        and (
            _is_on_quarter(cell, reading)
            or reading.comparator == "previous_quarter"
            or (
                reading.against is not None
                and reading.against.kind in ("quarter_last_year", "quarter")
                and reading.comparator == "same_period_last_year"
            )
        )
    ):
        end = cell.default.end
        if end is not None:
            quarter = (end.month - 4) % 12 // 3 + 1
            reading.window = quarter_of(periods.financial_year_of(end), quarter)
            return
    if value is not None and value.window is not None and value.role != "comparative":
        reading.window = value.window
        if value.certainty != "stated":
            if value.statement != reading.statement:
                reading.infer()
            elif reading.certainty == "stated":
                reading.certainty = value.certainty
        elif (
            value.statement != reading.statement
            and value.period is not None
            and (value.window != cell.default)
        ):
            reading.infer()
        return
    if (
        period is not None
        and period.window is not None
        and period.relative is None
        and period.kind != "average_years"  # "compared with the 3 year average, down 11"
    ):
        reading.window = period.window
        return
    beside = _change_beside(cell, reading)
    if value is None and beside is not None:
        reading.window, reading.certainty = beside.window, beside.certainty
        return
    reading.window = cell.default
    if cell.default_is_inferred:
        reading.infer()
    if cell.kind in ("variance", "comments") and reading.against is not None:
        _compare_whole_years(reading)


def _change_beside(cell: CellReader, reading: Reading) -> Reading | None:
    """ "12 over the Q1 milestone of 110, this is 10.9% above": the same difference in per cent."""
    for other in reversed(near(cell, reading, after=0)[:-1]):
        if other.statement != reading.statement:
            return None
        if other.role == "change":
            is_same = other.comparator == reading.comparator
            return (
                other if is_same and other.number.is_percent != reading.number.is_percent else None
            )
    return None


def _compare_whole_years(reading: Reading) -> None:
    """ "6.0% higher than 2017/18" in a column of variances at a year's end."""
    own, against = reading.window, reading.against
    if (
        own is not None
        and own.basis == "ytd"
        and own.end is not None
        and own.end.month == 3
        and against is not None
        and against.kind == "year"
    ):
        reading.window = Window("year", own.start, own.end)
        if reading.comparator == "same_period_last_year":
            reading.comparator = "previous_year"


def _is_on_quarter(cell: CellReader, reading: Reading) -> bool:
    """ "44% increase on Q1": a change on another quarter is the quarter's."""
    codes, tags = cell.codes, cell.items.tags
    for at in range(reading.number.index + 1, min(len(codes), reading.number.index + 12)):
        if codes[at] in STOPS or codes[at] in VALUES:
            return False
        tag = tags[at]
        if isinstance(tag, Period):
            printed = cell.items.text[tag.start : tag.end].lower()
            is_quarter = (
                tag.kind in ("quarter", "quarter_last_year")
                or tag.relative == "last_quarter"
                or (tag.kind == "same_period" and "q" in printed)
            )
            return is_quarter and is_joined(codes, at)
    return False
