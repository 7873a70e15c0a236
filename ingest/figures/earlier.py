"""Values of earlier times, there to be compared with, and the values they stand beside."""

from __future__ import annotations

from datetime import date, timedelta

from ingest import periods
from ingest.figures.comparisons import is_joined
from ingest.figures.context import year_to_date_of
from ingest.figures.dating import is_past
from ingest.figures.nearby import FAR, near, statement_items
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.times import Period
from ingest.model import Window
from ingest.vocabulary.quantities import CODES


def settle_comparatives(cell: CellReader) -> None:
    """A value of an earlier period is there to compare with, unless it is all there is."""
    if cell.kind in ("measure", "baseline", "target", "history", "comparator"):
        return
    readings = cell.quantities
    has_current = any(
        reading.is_level
        and reading.role in ("observation", "component")
        and not (
            reading.period is not None
            and (reading.period.relative is not None or is_past(reading.period, cell))
        )
        for reading in readings
    )
    current_units = {
        reading.unit
        for reading in readings
        if reading.is_level
        and reading.role in ("observation", "component")
        and not (
            reading.period is not None
            and (reading.period.relative is not None or is_past(reading.period, cell))
        )
    }
    for reading in readings:
        period = reading.period
        if period is None and reading.role == "comparative" and reading.comparator is None:
            _date_by_comparison(cell, reading)
        if period is None or reading.role not in ("observation", "component"):
            if (
                reading.role == "comparative"
                and period is not None
                and (period.kind == "average_years" and not reading.number.is_percent)
            ):
                reading.comparator = "multi_year_average"
            continue
        if period.kind == "average_years":
            if reading.role == "observation" and (
                not reading.number.is_percent or _stands_beside(cell, reading)
            ):
                reading.role = "comparative"
                if not reading.number.is_percent:
                    reading.unit = "average"
                reading.comparator = "multi_year_average"
                reading.rule = "average_of_years"
            continue
        if (
            _lists_past_quarter(cell, reading, period)
            or _is_bracketed_past_quarter(cell, reading, period)
            or _is_bracketed_before(cell, reading)
            or _falls_back(cell, reading, period)
        ):
            reading.role = "comparative"
            reading.rule = "value_of_earlier_period"
        elif period.relative is not None or period.kind == "quarter_last_year":
            reading.role = "comparative"
            reading.rule = "value_of_earlier_period"
        elif period.window is not None and (
            _is_earlier(period.window, cell, near(cell, reading), reading)
            if has_current
            and not (_is_whole_span(period.window) and reading.unit not in current_units)
            else _is_before_others(period.window, reading, near(cell, reading))
        ):
            reading.role = "comparative"
            reading.rule = "value_of_earlier_period"
    _settle_second_values(cell, readings)


def _stands_beside(cell: CellReader, reading: Reading) -> bool:
    """Whether a percentage of now stands before an average of years in brackets."""
    if reading.bracket < 0 or not reading.order:
        return False
    before = cell.quantities[reading.order - 1]
    return before.number.is_percent and before.role == "observation" and before.period is None


def _settle_second_values(cell: CellReader, readings: list[Reading]) -> None:
    """ "ADFs: 34 (Q1 14/15: 41), Injuries: 2 (5)": what stood in the first brackets does in all."""
    first: Reading | None = None
    for reading in readings:
        if reading.role == "comparative" and reading.bracket >= 0 and reading.period is not None:
            first = reading
        elif reading.rule == "second_value" and first is not None and first.unit == reading.unit:
            if reading.number.index - first.number.index < FAR and _dated_alike(
                readings, first, reading
            ):
                reading.role, reading.period = "comparative", first.period
                reading.rule = "value_of_earlier_period"


def _dated_alike(readings: list[Reading], first: Reading, second: Reading) -> bool:
    """Whether the values before two brackets have one time: not "41 (Q1: 38) YTD: 79 (84)"."""
    if not first.order or not second.order:
        return True
    mine, yours = readings[first.order - 1].period, readings[second.order - 1].period
    return mine is yours or (mine is None) == (yours is None)


def _is_before_others(window: Window, reading: Reading, readings: list[Reading]) -> bool:
    """Among values that are all of the past, whether one of a later like window is there."""
    if window.start is None or window.end is None:
        return False
    length = (window.end - window.start).days
    for other in readings:
        theirs = other.period.window if other.period is not None else None
        if other is reading or theirs is None or theirs.start is None or theirs.end is None:
            continue
        if theirs.end > window.end and abs((theirs.end - theirs.start).days - length) < 3:
            return other.unit == reading.unit
    return False


def _is_bracketed_past_quarter(cell: CellReader, reading: Reading, period: Period) -> bool:
    """ "98 (94 in Q2)" under quarter 3."""
    default, window = cell.default, period.window
    return (
        (reading.bracket >= 0 or _follows_own_quarter(cell, reading))
        and reading.role == "observation"
        and period.kind == "quarter"
        and default.basis == "quarter"
        and window is not None
        and window.end is not None
        and default.start is not None
        and window.end < default.start
        and (reading.bracket < 0 or _is_inside(cell, reading, period))
    )


def _is_bracketed_before(cell: CellReader, reading: Reading) -> bool:
    """ "48 at the end of December (52 at end September)": an earlier like time, in brackets."""
    period, at = reading.period, reading.order
    if reading.bracket < 0 or period is None or period.item < reading.bracket or not at:
        return False
    value = cell.quantities[at - 1]
    if _is_quarter_before_now(cell, value, reading):
        return True
    own = value.period.window if value.period is not None else None
    window = period.window
    return (
        value.bracket < 0
        and value.role == "observation"
        and value.unit == reading.unit
        and window is not None
        and window.start is not None
        and window.end is not None
        and own is not None
        and own.start is not None
        and own.end is not None
        and window.end < own.end
        and abs((own.end - own.start).days - (window.end - window.start).days) < 4
    )


def _is_quarter_before_now(cell: CellReader, value: Reading, reading: Reading) -> bool:
    """ "8 of 96 = 8.3% (Q1 9.1%)" in a comment of quarter 2."""
    period, end = reading.period, cell.default.end
    return (
        cell.kind == "comments"
        and period is not None
        and period.kind == "quarter"
        and period.window is not None
        and period.window.end is not None
        and end is not None
        and period.window.end < end
        and value.bracket < 0
        and value.role == "observation"
        and value.period is None
        and value.unit == reading.unit
        and value.unit != "count"  # "168 so far (Q1 80)": a part, and nothing to compare with
        and reading.role == "observation"
        and not any(
            other.bracket == reading.bracket and other.order > reading.order + 1
            for other in near(cell, reading, before=0, after=3)
            if other.role == "observation"
        )
    )


def _lists_past_quarter(cell: CellReader, reading: Reading, period: Period) -> bool:
    """ "Q2: 47, 19 arrested (40%). Q1: 44, 21 (48%)" under quarter 2: the quarter before."""
    default, window = cell.default, period.window
    if (
        not (
            period.kind == "quarter"
            or (period.kind == "range" and window is not None and window.basis == "quarter")
        )
        or default.basis != "quarter"
        or reading.role != "observation"
        or window is None
        or window.end is None
        or default.start is None
        or window.end >= default.start
    ):
        return False
    return any(
        other.role in ("observation", "component")
        and other is not reading
        and (
            other.period is None
            or (other.period.kind in ("quarter", "this_quarter") and other.period.window == default)
        )
        for other in near(cell, reading, after=0)
    )


def _is_whole_span(window: Window) -> bool:
    """ "2013/14 - 2015/16": several years together, which are no year before."""
    return (
        window.basis in ("unknown", "multi_year_average")
        and window.start is not None
        and window.end is not None
        and (window.end - window.start).days > 700
    )


def _falls_back(cell: CellReader, reading: Reading, period: Period) -> bool:
    """ "61 at 31st March, 54 at 31st December": a like moment earlier than the one before it."""
    if period.kind not in ("as_at", "end_of", "month", "quarter") or not reading.order:
        return False
    value = cell.quantities[reading.order - 1]
    if value.role != "observation" and reading.order > 1:
        value = cell.quantities[reading.order - 2]
    own = value.period.window if value.period is not None else None
    window = period.window
    return (
        value.role == "observation"
        and value.period is not None
        and value.period.kind == period.kind
        and value.unit == reading.unit
        and reading.role == "observation"
        and window is not None
        and window.end is not None
        and own is not None
        and own.end is not None
        and window.end < own.end
    )


def _follows_own_quarter(cell: CellReader, reading: Reading) -> bool:
    """ "Q4 - 3. Q3 - 1": the quarter before, printed after the column's own."""
    before = [other for other in near(cell, reading, after=0) if other.role == "observation"]
    if len(before) != 2:
        return False
    period = before[0].period
    return period is None or period.window == cell.default


def _is_inside(cell: CellReader, reading: Reading, period: Period) -> bool:
    return period.item > reading.bracket


def _date_by_comparison(cell: CellReader, reading: Reading) -> None:
    """ "44 (was 61), 39 (was 35) - all v Q2 2013/14": the period said once for all."""
    if reading.rule != "was_before":
        return
    codes, tags = cell.codes, cell.items.tags
    first, last = statement_items(cell, reading)
    for at in range(max(first, 1), last):
        tag = tags[at]
        if isinstance(tag, Period) and is_joined(codes, at) and tag.kind != "average_years":
            reading.period = tag
            return


def settle_forecasts(cell: CellReader) -> None:
    """The value of a year that is not over can only be expected: "year end figure 160" in Q2."""
    if cell.kind not in ("quarter", "comments"):
        return
    known = year_to_date_of(cell.context.first_year, cell.context.quarter).end
    for reading in cell.quantities:
        period = reading.period
        if (
            reading.role == "observation"
            and reading.rule in ("value", "labelled_value")
            and period is not None
            and period.kind == "whole_year"
            and period.window is not None
            and period.window.end is not None
            and known is not None
            and period.window.end > known
            and cell.codes[period.item - 1 : period.item] != [CODES["PERIOD"]]
        ):
            reading.role, reading.rule = "projection", "projection"


def settle_averages(cell: CellReader) -> None:
    """What an average over years is stated in is an average, unless it is a share or a rate."""
    for reading in cell.quantities:
        period = reading.period
        if (
            period is not None
            and period.kind == "average_years"
            and reading.unit == "count"
            and (reading.is_level)
        ):
            reading.unit = "average"


def _is_earlier(
    window: Window, cell: CellReader, readings: list[Reading], reading: Reading
) -> bool:
    default = cell.default
    end = default.end
    if window.end is None or end is None:
        return False
    year = periods.financial_year_of(end)
    start = date(year, 4, 1)
    if window.end >= start:
        return False
    if window.basis in ("rolling_12m", "point", "unknown", "year") and window.start is not None:
        length = (window.end - window.start).days
        others = (
            other.period.window
            for other in readings
            if other is not reading and other.period is not None and other.period.window is not None
        )
        if any(
            other.end is not None
            and other.start is not None
            and other.end > window.end
            and abs((other.end - other.start).days - length) < 3
            for other in others
        ):
            return True
        if window.basis == "point" and length > 360:
            return window.end.year < start.year
        if window.basis in ("rolling_12m", "point"):
            return window.end < start - timedelta(days=400 if window.basis == "rolling_12m" else 92)
    return True


def level_before(
    cell: CellReader, reading: Reading, readings: list[Reading], at: int
) -> Reading | None:
    """The value of now that stands nearest before: same sentence first, then the ones before."""
    best: Reading | None = None
    whole: Reading | None = None
    listed = -1  # the bracket whose values are listed: "69 (April 20, May 25, June 24)"
    for back in range(at - 1, max(-1, at - 9), -1):
        other = readings[back]
        if other.bracket >= 0 and other.bracket != reading.bracket and back:
            if other.bracket in (listed, readings[back - 1].bracket):
                listed = other.bracket
                continue
        if (
            whole is None
            and other.role == "component"
            and other.statement == reading.statement
            and other.rule == "part_of_percentage"
            and same_kind(other, reading)
        ):
            whole = other
        if other.role not in ("observation", "projection", "target", "baseline"):
            continue
        if other.role == "baseline" and cell.kind not in ("baseline", "measure"):
            continue
        if other.role == "projection" and other.rule == "projected_change":
            continue
        if other.role == "target" and other.unit == "percent_change":
            continue
        if other.role == "target" and cell.kind not in ("target",):
            continue
        if best is None:
            best = other
        if same_kind(other, reading):
            return other
        if other.statement < reading.statement - 1:
            break
    return best or whole


def same_kind(value: Reading, reading: Reading) -> bool:
    """Whether a change or comparative in this unit can be one of that value."""
    if reading.unit in ("percent_change",):
        return value.unit != "percent" or reading.role == "change"
    if reading.unit == "percentage_points":
        return value.unit == "percent"
    if reading.role == "change":
        return (value.unit == "percent") == reading.number.is_percent or value.unit == reading.unit
    return value.unit == reading.unit


def level_after(reading: Reading, readings: list[Reading], at: int) -> Reading | None:
    """The value of now that follows in the same sentence."""
    for other in readings[at + 1 : at + 5]:
        if other.statement != reading.statement:
            return None
        if (
            other.role in ("observation", "projection")
            and other.unit != "percent_change"
            and (same_kind(other, reading))
        ):
            return other
    return None
