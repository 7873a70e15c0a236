"""The pass over the row: what only the other cells reveal, marked ``inferred``.

Each function settles one thing; :func:`resolve_row` runs them in order. None of them overrules
what a cell says in words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ingest import periods
from ingest.figures.columns import facts_of_column, is_year_before
from ingest.figures.comparisons import comparator_of_windows
from ingest.figures.context import (
    CellContext,
    financial_year_window,
    quarter_of,
    rolling_year_to,
    year_to_date_of,
)
from ingest.figures.links import is_share_of
from ingest.figures.measured import facts_of
from ingest.figures.reading import Reading
from ingest.model import Row, Window

if TYPE_CHECKING:
    from ingest.figures.document import ReadCell

_ANNUAL_UNITS: Final = frozenset(("count", "rate_per_1000", "rate_per_10000", "rate_per_100000"))
# A quarter of an additive count is far less than a year; this share of a year cannot be one.
_LEAST_SHARE: Final = Decimal("0.6")
_MOST_SHARE: Final = Decimal("1.7")


def resolve_row(row: Row, cells: list[ReadCell]) -> None:
    """Settle what depends on the other cells of the row."""
    settle_columns(cells)
    tie_part_columns(cells)
    settle_lone_signs(cells)
    borrow_units(cells)
    settle_year_labels(cells)
    settle_growing_quarters(cells)
    settle_larger_than_to_date(cells)
    date_by_commentary(cells)
    tie_commentary_shares(cells)
    settle_misses(cells)
    settle_annual_levels(cells)
    date_peers(cells)
    settle_calendar_averages(cells)
    date_by_rolling_columns(cells)
    settle_variances(cells)
    borrow_comparators(cells)
    date_priors_of_years(cells)


def _quarters(cells: Iterable[ReadCell]) -> list[ReadCell]:
    return [cell for cell in cells if cell.kind == "quarter" and cell.reader is not None]


def _values(cell: ReadCell, *roles: str) -> list[Reading]:
    return [reading for reading in cell.readings if reading.role in roles]


def _levels(cells: Iterable[ReadCell], *kinds: str) -> Iterator[Reading]:
    for cell in cells:
        if cell.kind in kinds:
            for reading in cell.readings:
                if reading.is_level and reading.role != "component":
                    yield reading


# --- columns ------------------------------------------------------------------------------------


def settle_columns(cells: list[ReadCell]) -> None:
    """What a column's header says of the role of its numbers."""
    current = _current_window(cells)
    for at, cell in enumerate(cells):
        if cell.reader is None:
            continue
        kind = cell.kind
        if kind in _VALUE_KINDS and facts_of_column(cell.context).is_pair:
            _settle_pair(cell)
        if kind == "comparator":
            _settle_comparator(cell, cells, current)
        elif kind == "baseline":
            _settle_baseline(cell)
        elif kind in ("other", "history"):
            _settle_other(cell, at, cells, current)


def _settle_pair(cell: ReadCell) -> None:
    """ "188 / 175" under "Visits (done / planned)": a value and its target."""
    pair = [reading for reading in cell.readings if reading.is_quantity]
    if len(pair) != 2 or "/" not in cell.cell.text[pair[0].number.end : pair[1].number.start]:
        return
    value, target = pair
    value.role, value.rule = "observation", "value_of_pair_column"
    target.role, target.rule = "target", "target_of_pair_column"
    for reading in pair:
        reading.of = reading.relation = reading.comparator = None
    target.unit = value.unit


def _settle_comparator(cell: ReadCell, cells: list[ReadCell], current: Window | None) -> None:
    header = facts_of_column(cell.context)
    window = cell.context.window
    if window is not None and (cell.context.is_rolling or cell.context.is_stock):
        window = cell.context.default_window()[0]
    rate = _rate_of_row(cells) if "rate" in cell.context.header.lower() else None
    for reading in cell.readings:
        if rate is not None and reading.unit in ("average", "count"):
            reading.unit = rate
        if reading.unit == "rank" and current is not None and window is None:
            reading.window = current
        if reading.role == "change" and window is not None and not header.is_peer:
            own = _report_window(cell.context, window)
            reading.window, reading.comparator = own, comparator_of_windows(window, own)
        if reading.role != "comparative" or reading.rule != "peer_of_column" or header.is_peer:
            continue
        reading.rule = "value_of_comparator_column"
        if header.is_average or (window is not None and window.basis == "multi_year_average"):
            _make_average(reading)
        elif header.is_previous and (window is None or window.end is None):
            reading.window, reading.comparator = Window("unknown"), "unknown"
        elif window is None or window.end is None:
            reading.rule, reading.comparator = "peer_of_column", "peer_group"
        elif current is not None:
            reading.window = _aligned(window, current)
            is_measured = window.basis in ("point", "rolling_12m")
            printed = cell.context.window if is_measured else None
            mine = printed or reading.window
            reading.comparator = comparator_of_windows(mine, _alike(mine, cells, current))
            if window.basis == "rolling_12m" and reading.comparator == "same_period_last_year":
                reading.comparator = "previous_rolling_window"
            if mine.basis == "year" and reading.comparator == "same_period_last_year":
                reading.comparator = "previous_year"  # a whole year's level is no part of it
        else:
            reading.comparator = comparator_of_windows(window, _report_window(cell.context, window))


def _report_window(context: CellContext, like: Window) -> Window:
    """What the report itself is about, of the same length as a window."""
    if like.basis == "year":
        return financial_year_window(context.first_year)
    if like.basis == "quarter":
        return quarter_of(context.first_year, context.quarter)
    so_far = year_to_date_of(context.first_year, context.quarter)
    if like.basis == "rolling_12m" and so_far.end is not None:
        return rolling_year_to(so_far.end)
    return so_far


def _rate_of_row(cells: list[ReadCell]) -> str | None:
    for cell in cells:
        for reading in cell.readings:
            if reading.unit in _RATES and reading.role == "observation":
                return reading.unit
    return None


def _settle_baseline(cell: ReadCell) -> None:
    header = facts_of_column(cell.context)
    for reading in cell.readings:
        if reading.role != "baseline":
            continue
        if header.is_average and not header.is_baseline:
            reading.role, reading.rule = "comparative", "average_column"
            _make_average(reading)
        elif reading.window is not None and reading.window.basis == "multi_year_average":
            if reading.unit == "count":
                reading.unit = "average"


def _settle_other(cell: ReadCell, at: int, cells: list[ReadCell], current: Window | None) -> None:
    header = facts_of_column(cell.context)
    window = cell.context.window
    kind = cell.kind
    comparator = _set_beside(cell, at, cells)
    for reading in cell.readings:
        if window is None and (reading.unit == "rank" or reading.rule == "rank_size"):
            reading.window = _beside_window(cells[:at]) or current or reading.window
            continue
        if reading.role == "change" and kind == "other" and header.is_projection:
            reading.role = "projection"
            reading.window = financial_year_window(cell.context.first_year)
        if reading.role != "observation":
            continue
        if kind == "other" and header.is_projection:
            reading.role, reading.rule = "projection", "projection_column"
            end = cell.context.default_window()[0].end
            if end is not None:
                reading.window = financial_year_window(periods.financial_year_of(end))
                reading.certainty = "stated"
        elif kind == "other" and header.is_previous:
            reading.role, reading.comparator = "comparative", "unknown"
            reading.rule = "value_of_earlier_column"
            if reading.period is None:
                reading.window = Window("unknown")
        elif comparator is not None and reading.window == window:
            reading.role, reading.comparator = "comparative", comparator
            reading.rule = "value_of_earlier_column"


def _set_beside(cell: ReadCell, at: int, cells: list[ReadCell]) -> str | None:
    """The comparator of a column set beside a later one like it ("12 mths to Dec 2014").

    A column of a whole past year is history, unless it stands right of this year's total.
    """
    window = cell.context.window
    if window is None:
        return None
    alike = [other for other in cells if other.kind == "history" and _has_basis(other, window)]
    if cell.kind == "history" and len(alike) > 2:
        return None  # a run of last year's quarters is history
    for place, other in enumerate(cells):
        own = other.context.window
        if other is cell or other.kind not in _VALUE_KINDS:
            continue
        if not is_year_before(window, own) or own is None:
            continue
        if window.basis == "point" or (
            window.basis == "year" and not (other.kind == "year_total" and place < at)
        ):
            continue
        return comparator_of_windows(window, own)
    return None


def _has_basis(cell: ReadCell, window: Window) -> bool:
    own = cell.context.window
    return own is not None and own.basis == window.basis


def _beside_window(left: list[ReadCell]) -> Window | None:
    value, _ = _beside(left, None, None)
    return value.context.window if value is not None else None


def _make_average(reading: Reading) -> None:
    reading.comparator = "multi_year_average"
    if reading.unit == "count":
        reading.unit = "average"


def _current_window(cells: list[ReadCell]) -> Window | None:
    """The window of the row's latest column of values."""
    return _latest(cells, ("quarter", "year_total")) or _latest(cells, ("other",))


def _latest(cells: list[ReadCell], kinds: tuple[str, ...]) -> Window | None:
    found: Window | None = None
    for cell in cells:
        window = cell.context.window
        if cell.kind in kinds and window is not None and window.end:
            if found is None or found.end is None or window.end >= found.end:
                found = window
    return found


def _alike(window: Window, cells: list[ReadCell], current: Window) -> Window:
    """The column of values nearest in kind to a comparator's window."""
    latest: Window | None = None
    for cell in cells:
        own = cell.context.window
        if (
            cell.kind in ("quarter", "year_total")
            and own is not None
            and own.basis == window.basis
            and own.end is not None
            and window.end is not None
        ):
            if own.end.month == window.end.month or own == current:
                return own
            if latest is None or latest.end is None or own.end > latest.end:
                latest = own
    return latest or current


def _aligned(window: Window, current: Window) -> Window:
    """A year to date of last year goes as far as this year's."""
    if (
        window.basis == "ytd"
        and current.end is not None
        and window.start is not None
        and (window.end is not None and window.end.month != current.end.month)
    ):
        start = financial_year_window(periods.financial_year_of(current.end)).start
        years = window.start.year - (start.year if start else window.start.year)
        return periods.shift_years(Window("ytd", start, current.end), years)
    return window


_QUARTER_WORD: Final = re.compile(r"\b(?:quarter|qtr|qu|q)(?:ly)?\s?[1-4]?\b", re.IGNORECASE)


def date_by_rolling_columns(cells: list[ReadCell]) -> None:
    """Comments beside nothing but rolling years, surveys or one quarter are about those."""
    rolling: Window | None = None
    quarters: set[Window] = set()
    for cell in cells:
        if cell.reader is None or cell.kind not in _VALUE_KINDS:
            continue
        window = cell.context.default_window()[0]
        if window.basis in ("rolling_12m", "point"):
            if rolling is None or rolling.end is None or (window.end and window.end > rolling.end):
                rolling = window
        elif (
            cell.kind == "quarter"
            and window.basis == "quarter"
            and _QUARTER_WORD.search(cell.context.header)
        ):
            quarters.add(window)
        elif cell.kind in ("quarter", "year_total"):
            return
    if quarters:
        rolling = quarters.pop() if len(quarters) == 1 and rolling is None else None
    if rolling is None:
        return
    for cell in cells:
        if cell.kind != "comments" or cell.context.window is not None:
            continue
        for reading in cell.readings:
            if (
                reading.period is None
                and reading.role in ("observation", "component", "change")
                and reading.window == cell.context.default_window()[0]
            ):
                reading.window = rolling
                reading.infer()


def settle_calendar_averages(cells: list[ReadCell]) -> None:
    """Beside columns of calendar years, "2005-09 average" is of calendar years too."""
    is_calendar = any(
        (window := cell.context.window) is not None
        and window.basis == "year"
        and window.start is not None
        and window.start.month == 1
        for cell in cells
    )
    if not is_calendar:
        return
    for cell in cells:
        for reading in cell.readings:
            window = reading.window
            if (
                window is not None
                and window.basis == "multi_year_average"
                and window.start is not None
                and window.end is not None
                and window.start.month == 4
            ):
                start = date(window.start.year + 1, 1, 1)
                reading.window = Window(window.basis, start, date(window.end.year, 12, 31))


def settle_variances(cells: list[ReadCell]) -> None:
    """What a column of changes is a change of, and from what: its header, else its neighbours."""
    for at, cell in enumerate(cells):
        if cell.kind != "variance" or cell.reader is None:
            continue
        header = facts_of_column(cell.context)
        own = cell.context.printed_window if header.comparator in (None, "target") else None
        value, base = _beside(cells[:at], own, header.comparator)
        beside = _comparator_beside(value, base, cell)
        if header.comparator is None and header.compares_years and beside == "target":
            beside = _since(header.base_window, value)  # "Change since Q1" beside a target
        levels = [_first_level(other) for other in (value, base) if other is not None]
        for reading in cell.readings:
            if reading.role != "change":
                continue
            if reading.comparator is None or reading.comparator == "unknown":
                said = header.comparator
                is_vague = header.compares_years and beside not in (None, "unknown", "target")
                reading.comparator = beside if said is None or is_vague else said
            _date_variance(reading, value)
            if reading.certainty == "ambiguous":
                _sign_variance(reading, levels)
            _unit_of_variance(reading, "rank" if header.is_rank else header.unit, value)
            if reading.unit == "currency" and not reading.number.currency and reading.value:
                reading.value *= facts_of("", cell.context.header).factor


def _first_level(cell: ReadCell) -> Reading | None:
    return next((one for one in cell.readings if one.is_level and one.value is not None), None)


def _sign_variance(reading: Reading, levels: list[Reading | None]) -> None:
    """Which way a change without a sign went, where the two columns it compares show it."""
    if len(levels) != 2 or levels[0] is None or levels[1] is None or reading.value is None:
        return
    if not _are_of_like_times(levels[0], levels[1]):
        return
    now, then = levels[0].value, levels[1].value
    if now is None or then is None or levels[0].unit != levels[1].unit or now == then:
        return
    reading.value = abs(reading.value) if now > then else -abs(reading.value)
    reading.certainty, reading.note = "inferred", None


def settle_signs_of_columns(rows: Iterable[tuple[int, list[ReadCell]]]) -> None:
    """Where a column of changes prints its minus signs, a number without one is a rise.

    ``rows`` are the rows of a report with the number of their table.
    """
    columns: dict[tuple[int, str], list[Reading]] = {}
    for table, cells in rows:
        for cell in cells:
            if cell.kind == "variance":
                changes = [reading for reading in cell.readings if reading.role == "change"]
                columns.setdefault((table, cell.context.header), []).extend(changes)
    for changes in columns.values():
        if any(reading.number.sign < 0 for reading in changes):
            for reading in changes:
                if not reading.number.sign and reading.certainty == "ambiguous":
                    reading.certainty, reading.note = "inferred", None


def _are_of_like_times(one: Reading, other: Reading) -> bool:
    """Whether two levels can be set against each other: a quarter's count is no year's."""
    if one.unit not in _ADDITIVE or one.window is None or other.window is None:
        return True
    return other.window.basis in (one.window.basis, "unknown", "multi_year_average")


def _date_variance(reading: Reading, value: ReadCell | None) -> None:
    if value is None:
        return
    if value.context.window is not None and reading.period is None:
        reading.window = value.context.window
    if reading.of is None:
        level = next((other for other in value.readings if other.role == "observation"), None)
        if level is not None:
            reading.of, reading.relation = level, "change_of"


def _unit_of_variance(reading: Reading, unit: str | None, value: ReadCell | None) -> None:
    if reading.unit != "count" or unit == "rank":
        reading.unit = unit if unit == "rank" else reading.unit
        return
    if unit == "percentage_points":
        reading.unit = unit
    elif unit == "percent":
        reading.unit = "percent_change"
    elif reading.of is not None and reading.of.unit == "percent":
        reading.unit = "percentage_points"
    elif reading.of is not None and reading.of.unit not in ("percent", "count", None):
        reading.unit = reading.of.unit


_VALUE_KINDS: Final = frozenset(("quarter", "year_total", "other", "history"))


def _beside(
    left: list[ReadCell], own: Window | None, said: str | None
) -> tuple[ReadCell | None, ReadCell | None]:
    """The column that a change is of, and the one it is from.

    The first is the one whose time the change's own header names, else the latest on its left;
    the second the nearest column of what the header says it is from (``said``).
    """
    value: ReadCell | None = None
    latest = None
    for other in reversed(left):
        window = other.context.window
        if other.kind not in _VALUE_KINDS or window is None or window.end is None:
            continue
        if own is not None and window == own:
            value = other
            break
        if latest is None or window.end > latest:
            value, latest = other, window.end
    for other in reversed(left):
        if _is_base(other, said):
            return value, other
    earlier: ReadCell | None = None
    if value is not None and value.context.window is not None:
        theirs = value.context.window
        for other in reversed(left):
            window = other.context.window
            if other is value or window is None or other.kind not in _VALUE_KINDS:
                continue
            found = comparator_of_windows(window, theirs)
            if found in ("same_period_last_year", "previous_year", "previous_rolling_window"):
                return value, other
            if found == "previous_quarter" and earlier is None:
                earlier = other
    return value, earlier


def _is_base(cell: ReadCell, said: str | None) -> bool:
    """Whether a column is of what a change is said to be from; any comparison where none is."""
    if said is None:
        return cell.kind in ("comparator", "target") or _is_average(cell)
    if said == "baseline":
        return cell.kind == "baseline" and not _is_average(cell)
    if said == "multi_year_average":
        return _is_average(cell)
    if said == "target":
        return cell.kind == "target"
    return cell.kind == "comparator" and any(
        reading.comparator == said for reading in cell.readings
    )


def _since(base: Window | None, value: ReadCell | None) -> str:
    """How the time that a change is said to be from stands to the value's own."""
    own = value.context.window if value is not None else None
    return "unknown" if base is None or own is None else comparator_of_windows(base, own)


def _is_average(cell: ReadCell) -> bool:
    return any(reading.comparator == "multi_year_average" for reading in cell.readings)


def _comparator_beside(value: ReadCell | None, base: ReadCell | None, cell: ReadCell) -> str | None:
    if base is not None and value is not None and base.kind in _VALUE_KINDS:
        own, window = value.context.window, base.context.window
        if own is not None and window is not None:
            return comparator_of_windows(window, own)
    if base is None:
        return "target" if cell.context.header.lower().startswith("var") else None
    if base.kind == "target":
        return "target"
    for reading in base.readings:
        if reading.role == "comparative":
            return reading.comparator
    return None


_PART_HEADERS: Final = {
    "numerator": "numerator_of",
    "num": "numerator_of",
    "denominator": "denominator_of",
    "den": "denominator_of",
    "denom": "denominator_of",
}


def tie_part_columns(cells: list[ReadCell]) -> None:
    """Columns headed numerator and denominator hold the parts of the row's percentage."""
    parts = [
        (cell, relation)
        for cell in cells
        if (relation := _PART_HEADERS.get(cell.context.header.lower().strip(" .:")))
    ]
    if not parts:
        return
    share = next(
        (
            reading
            for cell in cells
            if cell.kind in ("quarter", "year_total")
            for reading in cell.readings
            if reading.role == "observation" and reading.unit not in ("count", "currency")
        ),
        None,
    )
    for cell, relation in parts:
        for reading in cell.readings:
            if reading.role == "observation" and reading.of is None and share is not None:
                reading.role, reading.rule = "component", "part_column"
                reading.of, reading.relation = share, relation
                reading.window = share.window


# --- signs and units ----------------------------------------------------------------------------


def settle_lone_signs(cells: list[ReadCell]) -> None:
    """ "(-7.75%)" alone in a cell of a row of unsigned percentages is a level, not a change."""
    for cell in _quarters(cells):
        quantities = [reading for reading in cell.readings if reading.role != "context"]
        if len(quantities) != 1 or quantities[0].rule != "change_by_sign":
            continue
        reading = quantities[0]
        if len(cell.cell.text) > len(reading.number.digits) + 6 or reading.number.sign > 0:
            continue
        others = [
            other
            for other in _levels(cells, "quarter", "history", "target", "baseline", "year_total")
            if other.number.is_percent == reading.number.is_percent and not other.number.sign
        ]
        if others:
            reading.role, reading.rule = "observation", "level_with_a_sign"
            reading.unit = others[0].unit
            reading.comparator = None
            reading.value = reading.number.value
            reading.note = "the printed sign cannot be meant"
            reading.of = reading.relation = None


def borrow_units(cells: list[ReadCell]) -> None:
    """A bare number in a row of percentages (or rates) is one too."""
    levels = list(_levels(cells, "quarter", "history", "target", "baseline", "year_total"))
    bare = {id(reading) for cell in cells for reading in _bare(cell)}
    if {reading.unit for reading in levels if id(reading) not in bare} <= _PLAIN_UNITS:
        return
    # What a column's own header says of its unit says nothing of the columns beside it.
    own = {
        id(reading)
        for cell in cells
        if facts_of("", cell.context.header).unit is not None
        for reading in cell.readings
    }
    units = {reading.unit for reading in levels if id(reading) not in bare | own}
    if len(units) != 1:
        return
    unit = units.pop()
    if unit in _PLAIN_UNITS:
        return
    most = max(
        (reading.value for reading in levels if id(reading) not in bare and reading.value),
        default=None,
    )
    for reading in levels:
        if id(reading) in bare and reading.value is not None:
            if unit in ("percent", "rank") and reading.value > 100:
                continue
            if most is not None and unit in _RATES and reading.value > 5 * most:
                continue  # "1,318 (10.9 per 1,000 population)"
            reading.unit = unit


_RATES: Final = frozenset(("rate_per_1000", "rate_per_10000", "rate_per_100000"))


_PLAIN_UNITS: Final = frozenset((None, "count", "average", "percent_change"))


def _bare(cell: ReadCell) -> Iterator[Reading]:
    """The numbers of a cell beside which nothing says what they count: they open it."""
    if cell.reader is None:
        return
    text = cell.cell.text
    opening = len(text) - len(text.lstrip(" ("))
    for reading in cell.readings:
        if reading.number.start > opening:
            return
        if reading.unit == "count" and reading.is_level:
            end = reading.number.end
            after = text[end : end + 2].strip()[:1]
            beside = cell.reader.quantities[reading.order + 1 : reading.order + 2]
            if after == "(" and beside and beside[0].unit in _RATES:
                continue  # "141 (rate 1,012 per 100,000)"
            if not after.isalpha():
                yield reading


# --- basis --------------------------------------------------------------------------------------


def settle_year_labels(cells: list[ReadCell]) -> None:
    """A quarter column that says only "2019/20 = 5" means the year so far, or the quarter.

    Quarters that only grow are the year to date; a year that is not over cannot be meant.
    """
    labelled: list[tuple[ReadCell, list[Reading]]] = []
    for cell in _quarters(cells):
        own = cell.context.window or cell.context.default_window()[0]
        if own.end is None or cell.context.is_rolling:
            continue
        first_year = periods.financial_year_of(own.end)
        year = financial_year_window(first_year)
        current = [
            reading
            for reading in cell.readings
            if reading.window == year
            and reading.period is not None
            and reading.period.kind == "year"
            and reading.role in ("observation", "component")
        ]
        if current:
            labelled.append((cell, current))
    if not labelled:
        return
    is_over = all(cell.context.source_cell == "q4" for cell, _ in labelled)
    if is_over:
        return
    grows = _only_grows([readings for _, readings in labelled])
    for cell, current in labelled:
        own = cell.context.window or cell.context.default_window()[0]
        _redate_year(cell, current, own, grows)


def _only_grows(cells: list[list[Reading]]) -> bool:
    """Whether every value is at least the one in the same place of the quarter before."""
    for before, after in pairwise(cells):
        for first, second in zip(before, after, strict=False):
            if first.value is None or second.value is None or second.value < first.value:
                return False
    return True


def _redate_year(cell: ReadCell, current: list[Reading], own: Window, grows: bool) -> None:
    assert own.end is not None
    first_year = periods.financial_year_of(own.end)
    start = financial_year_window(first_year).start
    window = Window("ytd", start, own.end) if grows else own
    earlier = {reading.window for reading in cell.readings if reading.role == "comparative"}
    redated = {id(reading) for reading in current}
    for reading in current:
        reading.window = window
        reading.infer()
    for reading in cell.readings:
        if (
            reading.role == "comparative"
            and reading.window in earlier
            and (
                reading.window is not None
                and reading.window.basis == "year"
                and reading.period is not None
                and reading.period.kind == "year"
                and reading.window.start is not None
            )
        ):
            years = periods.financial_year_of(reading.window.start) - first_year
            reading.window = periods.shift_years(window, years)
            reading.comparator = "same_period_last_year" if years == -1 else "unknown"
            reading.infer()
        elif reading.role == "change" and (reading.of is None or id(reading.of) in redated):
            reading.window = window
            if reading.comparator in ("previous_year", None):
                reading.comparator = "same_period_last_year"
            reading.infer()


_ADDITIVE: Final = frozenset(("count", "currency", *_ANNUAL_UNITS))


def settle_growing_quarters(cells: list[ReadCell]) -> None:
    """Bare quarters that only grow, by about as much each time, are the year to date.

    Three of them say it alone; two need a whole year beside them of which they are about a quarter
    and a half.
    """
    quarters = [
        (cell, found[0])
        for cell in _quarters(cells)
        if len(found := [r for r in cell.readings if r.is_quantity]) == 1
        and found[0].role == "observation"
        and found[0].unit in _ADDITIVE
        and found[0].window == cell.context.window
        and found[0].period is None
        and cell.cell.text.strip(" £%*") == found[0].number.digits
    ]
    values = [reading.value for _, reading in quarters]
    names = [cell.context.source_cell for cell, _ in quarters]
    if len(values) < 2 or names != [f"q{number}" for number in range(1, len(names) + 1)]:
        return
    if any(value is None or value <= 0 for value in values):
        return
    known = [value for value in values if value is not None]
    steps = [after - before for before, after in pairwise(known)]
    if not all(step >= known[0] * Decimal("0.5") for step in steps):
        return
    if not all(step <= known[0] * Decimal("1.8") for step in steps):
        return
    year = _year_beside(cells)
    if year:
        share = known[-1] / year * 4 / len(known)
        if not Decimal("0.7") <= share <= Decimal("1.4"):
            return
    elif len(known) < 3:
        return
    if any(cell.kind == "year_total" and _adds_up(cell, known) for cell in cells):
        return
    for cell, reading in quarters:
        window = cell.context.window
        if window is not None and window.end is not None:
            start = financial_year_window(periods.financial_year_of(window.end)).start
            reading.window = Window("ytd", start, window.end)
            reading.infer()
            if len(known) < 3:
                reading.doubt("the quarters only grow; they could be quarters all the same")


def _year_beside(cells: list[ReadCell]) -> Decimal | None:
    """A whole year's level in the row: its target, else the last outturn or the baseline."""
    for kind in ("target", "history", "baseline"):
        for reading in reversed(list(_levels(cells, kind))):
            if reading.value and reading.window is not None and reading.window.basis == "year":
                return reading.value
    return None


def _adds_up(cell: ReadCell, values: list[Decimal]) -> bool:
    """Whether a total beside the quarters is their sum: then they are quarters."""
    total = sum(values, Decimal(0))
    return any(
        reading.value is not None and abs(reading.value - total) <= total / 50
        for reading in cell.readings
        if reading.role == "observation"
    )


def settle_larger_than_to_date(cells: list[ReadCell]) -> None:
    """A value that goes on where the last year to date stopped is a year to date itself."""
    last: Decimal | None = None
    largest = Decimal(0)
    for cell in _quarters(cells):
        counts = [
            reading
            for reading in _values(cell, "observation")
            if reading.unit == "count" and reading.value is not None and reading.window is not None
        ]
        dated = [reading for reading in counts if reading.window and reading.window.basis == "ytd"]
        plain = [
            reading
            for reading in counts
            if reading.window == cell.context.window and reading.period is None
        ]
        if last is not None and not dated and len(counts) == 1 and plain:
            reading = plain[0]
            value = reading.value
            if value is not None and value >= last and value > largest * 2 and largest:
                _make_to_date(cell, reading)
                dated = [reading]
        known = {id(reading) for reading in dated}
        for reading in counts:
            if id(reading) not in known and reading.value is not None:
                largest = max(largest, reading.value)
        if dated and dated[-1].value is not None:
            last = dated[-1].value


def _make_to_date(cell: ReadCell, reading: Reading) -> None:
    window = reading.window
    if window is None or window.end is None:
        return
    start = financial_year_window(periods.financial_year_of(window.end)).start
    reading.window = Window("ytd", start, window.end)
    reading.infer()
    for other in cell.readings:
        if other.of is reading and other.role == "change":
            other.window = reading.window
            other.infer()


def date_by_commentary(cells: list[ReadCell]) -> None:
    """A quarter's value that the comments repeat with a period has that period."""
    comments = [cell for cell in cells if cell.kind == "comments" and cell.reader]
    if not comments:
        return
    said = _said_with_period(comments)
    for cell in _quarters(cells):
        own = cell.context.window
        end = own.end if own is not None else None
        parts: dict[int, list[Reading]] | None = None
        for reading in _values(cell, "observation"):
            if reading.period is not None or reading.of is not None:
                continue
            for known_to, window in said.get((reading.value, reading.unit), ()):
                if window != reading.window and (end is None or known_to == end):
                    parts = _parts(cell) if parts is None else parts
                    _redate(reading, window, parts)
                    break


_Said = dict[tuple[Decimal | None, str | None], dict[tuple[date | None, Window], None]]


def _said_with_period(comments: list[ReadCell]) -> _Said:
    """What comments say of a year to date or a rolling year: by value and unit, the windows.

    Beside each window, in the order printed, the last day that its comment can know of.
    """
    found: _Said = {}
    for comment in comments:
        end = comment.context.default_window()[0].end
        for reading in comment.readings:
            window = reading.window
            if (
                reading.role == "observation"
                and window is not None
                and window.basis in ("rolling_12m", "ytd")
                and _is_dated(reading)
            ):
                found.setdefault((reading.value, reading.unit), {})[end, window] = None
    return found


def _is_dated(reading: Reading) -> bool:
    """Whether its period is printed in its own sentence, or in that of its parts."""
    return reading.period is not None and reading.period.window is not None


def _parts(cell: ReadCell) -> dict[int, list[Reading]]:
    """The components of a cell's numbers, by what they are parts of."""
    parts: dict[int, list[Reading]] = {}
    for reading in cell.readings:
        if reading.role == "component" and reading.of is not None:
            parts.setdefault(id(reading.of), []).append(reading)
    return parts


def _redate(reading: Reading, window: Window, parts: dict[int, list[Reading]]) -> None:
    reading.window = window
    reading.infer()
    for other in parts.get(id(reading), ()):
        other.window = window
        other.infer()


def tie_commentary_shares(cells: list[ReadCell]) -> None:
    """ "32 of 34 young people" in the comments beside a quarter's 94.1%: what it was made of."""
    shares = [
        reading
        for cell in cells
        if cell.kind in ("quarter", "year_total")
        for reading in cell.readings
        if reading.role == "observation" and reading.unit == "percent" and reading.value
    ]
    if not shares:
        return
    # Of shares that are printed alike the last one counts.
    unlike: dict[tuple[Decimal | None, int | None], Reading] = {}
    for share in reversed(shares):
        unlike.setdefault((share.value, share.number.decimals), share)
    for cell in cells:
        if cell.kind != "comments":
            continue
        for first, second in pairwise(cell.readings):
            if first.rule != "numerator" or second.rule != "denominator" or first.of is not None:
                continue
            if first.period is not None:
                continue
            found = _share_of(first, second, unlike.values())
            if found is not None:
                first.of = second.of = found
                first.relation, second.relation = "numerator_of", "denominator_of"
                first.window = second.window = found.window
                first.infer()
                second.infer()


def _share_of(first: Reading, second: Reading, shares: Iterable[Reading]) -> Reading | None:
    return next((share for share in shares if is_share_of(first, second, share)), None)


def settle_misses(cells: list[ReadCell]) -> None:
    """ "Target missed by 1.9 points": above or below, as the row's target and values show."""
    missed = [
        reading
        for cell in cells
        for reading in cell.readings
        if reading.role == "change"
        and reading.comparator == "target"
        and (reading.direction_word or "").lower() in ("missed", "miss", "misses")
    ]
    if not missed:
        return
    # Of values that are alike one is enough: the first of the levels, the last of the targets.
    levels = list(dict.fromkeys(_printed(cells, "year_total", "quarter")))
    targets = list(dict.fromkeys(reversed(_printed(cells, "target"))))
    for reading in missed:
        missed_by = None if reading.value is None else abs(reading.value)
        reading.value = next(
            (
                level - target
                for level in levels
                for target in targets
                if abs(level - target) == missed_by
            ),
            reading.value,
        )


def _printed(cells: list[ReadCell], *kinds: str) -> list[Decimal]:
    """The values of the levels of some columns, in order."""
    return [reading.value for reading in _levels(cells, *kinds) if reading.value is not None]


_DOUBT: Final = "as large as a year: a rolling year rather than the quarter"


def settle_annual_levels(cells: list[ReadCell]) -> None:
    """A "quarter" as large as the years beside it is the rolling year that ends with it."""
    years = [
        reading
        for reading in _levels(cells, "history")
        if reading.window is not None and reading.window.basis == "year"
    ]
    if not years:
        return
    latest = max(
        years,
        key=lambda reading: (reading.window and reading.window.end) or date.min,
    )
    sizes = [
        _is_annual(reading, latest)
        for cell in _quarters(cells)
        for reading in _values(cell, "observation")[:1]
    ]
    if len(sizes) > 1 and all(sizes):
        return  # what there is at each time: no quarter of it is a share of a year
    for cell in _quarters(cells):
        own = cell.context.window
        if own is None or own.end is None:
            continue
        comments = [
            other
            for other in cells
            if other.kind == "comments"
            and other.reader is not None
            and other.context.default_window()[0].end == own.end
        ]
        if len(_quarters(cells)) > 1 and not comments:
            continue  # quarters beside each other are told apart by how they grow
        for reading in _values(cell, "observation"):
            if reading.window != own:
                continue
            if _is_annual(reading, latest) or _is_compared_with(latest, comments):
                rolling = rolling_year_to(own.end)
                _move(cell, own, rolling)
                for comment in comments:
                    _move(comment, comment.context.default_window()[0], rolling)
                    _move_earlier(comment, latest, rolling)
                break


def _is_annual(reading: Reading, year: Reading) -> bool:
    if reading.unit not in _ANNUAL_UNITS or reading.unit != year.unit:
        return False
    if reading.value is None or not year.value or year.value < 10:
        return False
    return _LEAST_SHARE <= reading.value / year.value <= _MOST_SHARE


def _is_compared_with(year: Reading, comments: list[ReadCell]) -> bool:
    """Whether the comments set the last year's outturn beside the value as its like."""
    return any(
        reading.role == "comparative"
        and reading.value == year.value
        and reading.unit == year.unit
        and reading.window is not None
        and reading.window.basis in ("month", "point")
        and year.window is not None
        and reading.window.end == year.window.end
        for comment in comments
        for reading in comment.readings
    )


def _move(cell: ReadCell, old: Window, new: Window) -> None:
    for reading in cell.readings:
        if reading.role in ("observation", "component", "change") and (
            reading.window is not None
            and (
                reading.window == old
                or (reading.window.basis in ("point", "month") and reading.window.end == new.end)
            )
        ):
            reading.window = new
            reading.certainty = "stated"
            reading.doubt(_DOUBT)


def _move_earlier(cell: ReadCell, year: Reading, rolling: Window) -> None:
    if year.window is None or rolling.end is None:
        return
    for reading in cell.readings:
        if reading.role != "comparative":
            continue
        window = reading.window
        said = reading.period
        is_year_end = window is not None and window.end == year.window.end
        if is_year_end and window is not None and window.basis in ("month", "point", "quarter"):
            reading.window = Window("rolling_12m", year.window.start, year.window.end)
            reading.comparator = "previous_quarter"
            reading.certainty = "stated"
            reading.doubt(_DOUBT)
        elif said is None and reading.comparator == "unknown":
            neighbour = [
                other.comparator
                for other in cell.readings
                if other.role == "comparative" and other is not reading and other.period is not None
            ]
            if neighbour:
                reading.window = Window("rolling_12m", year.window.start, year.window.end)
                reading.comparator = "previous_quarter"
                reading.certainty = "stated"
                reading.doubt(_DOUBT)


def date_peers(cells: list[ReadCell]) -> None:
    """A comparator column without a year of its own is about the last year beside it."""
    beside: Window | None = None
    for cell in cells:
        window = cell.context.window
        for reading in cell.readings:
            if (
                reading.comparator == "peer_group"
                and reading.role == "comparative"
                and reading.period is None
                and cell.kind == "comparator"
                and window is None
            ):
                reading.infer()
        if cell.kind in _VALUE_KINDS and window is not None and window.end is not None:
            if beside is None or beside.end is None or window.end >= beside.end:
                beside = window
        if cell.kind == "comparator" and beside is not None:
            for reading in cell.readings:
                if (
                    reading.role == "comparative"
                    and reading.period is None
                    and cell.context.window is None
                ):
                    reading.window = beside
                    reading.infer()


# --- comparators --------------------------------------------------------------------------------


def borrow_comparators(cells: list[ReadCell]) -> None:
    """A change that does not say against what: as in the other quarters, else the baseline."""
    said = {
        reading.comparator
        for cell in _quarters(cells)
        for reading in cell.readings
        if reading.role == "change" and reading.comparator not in (None, "unknown", "target")
    }
    has_baseline = any(
        reading.role == "baseline"
        for cell in cells
        if cell.kind in ("measure", "baseline")
        for reading in cell.readings
    )
    for cell in cells:
        earlier = _Earlier(cells, cell)
        for reading in cell.readings:
            earlier.pass_by(reading)
            if reading.comparator is not None:
                if (
                    reading.comparator == "unknown"
                    and reading.role == "change"
                    and reading.against is None
                ):
                    _take_year_before(reading, earlier)
                continue
            if reading.role == "projection" and reading.rule not in (
                "projection",
                "projection_column",
            ):
                reading.comparator = "unknown"
            elif reading.role == "change":
                reading.comparator = "unknown"
                if cell.kind == "status":
                    reading.comparator = "target"  # the light is about the target
                    reading.infer()
                if cell.kind not in ("quarter", "comments"):
                    continue
                near = earlier.in_quarter_before(reading)
                if near is not None:
                    reading.comparator = near
                    reading.infer()
                elif len(said) == 1:
                    reading.comparator = next(iter(said))
                    reading.infer()
                elif (carried := earlier.in_sentence_before(reading)) is not None:
                    reading.comparator = carried
                    reading.infer()
                elif not said and has_baseline:
                    reading.comparator = "baseline"
                    reading.infer()
                else:
                    _take_year_before(reading, earlier)


def date_priors_of_years(cells: list[ReadCell]) -> None:
    """ "590 for 2013/14, down from 610": what a year fell from is the year before."""
    for cell in cells:
        if cell.kind not in ("quarter", "comments", "year_total"):
            continue
        for reading in cell.readings:
            value = reading.of
            if (
                reading.rule == "level_before_change"
                and reading.period is None
                and reading.comparator in (None, "unknown")
                and value is not None
                and value.statement == reading.statement
                and value.period is not None
                and value.period.item >= 0
                and value.period.relative is None
                and value.window is not None
                and value.window.basis in _BEFORE_BY_BASIS
            ):
                reading.comparator = _BEFORE_BY_BASIS[value.window.basis]
                reading.window = periods.shift_years(value.window, -1)


class _Earlier:
    """What a cell's changes may take their comparator from: what was printed before them.

    The cell's readings are passed by one after another, so that each is looked at once.
    """

    def __init__(self, cells: list[ReadCell], cell: ReadCell) -> None:
        self.cells = cells
        self.cell = cell
        self._changes: dict[str, Reading] = {}  # the last change of each basis
        self._last: Reading | None = None

    def pass_by(self, reading: Reading) -> None:
        """Note the reading before this one, which has been settled."""
        last, self._last = self._last, reading
        if (
            last is not None
            and last.role == "change"
            and last.comparator in _YEAR_BEFORE
            and last.window is not None
        ):
            self._changes[last.window.basis] = last

    def in_sentence_before(self, reading: Reading) -> str | None:
        """The comparator of the last like change in the sentences just before, in comments."""
        if self.cell.kind != "comments" or reading.window is None:
            return None
        found = self._changes.get(reading.window.basis)
        if found is None or not 0 <= reading.statement - found.statement <= 2:
            return None
        return found.comparator

    def in_quarter_before(self, reading: Reading) -> str | None:
        """The comparator of a like change in the nearest quarter before."""
        return None if reading.window is None else self._quarters.get(reading.window.basis)

    @cached_property
    def _quarters(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for other in _quarters(self.cells):
            if other.context.source_cell >= self.cell.context.source_cell:
                break
            of_quarter: dict[str, str | None] = {}
            for change in other.readings:
                if (
                    change.role == "change"
                    and change.comparator not in (None, "unknown", "target")
                    and change.window is not None
                ):
                    of_quarter.setdefault(change.window.basis, change.comparator)
            found |= of_quarter
        return found

    @cached_property
    def priors(self) -> dict[tuple[int, int], list[Reading]]:
        """The undated comparatives of the cell, by what they are of and their sentence."""
        found: dict[tuple[int, int], list[Reading]] = {}
        for other in self.cell.readings:
            if (
                other.role == "comparative"
                and other.rule in ("level_before_change", "compared_with")
                and other.period is None
            ):
                found.setdefault((id(other.of), other.statement), []).append(other)
        return found


_YEAR_BEFORE: Final = frozenset(
    ("same_period_last_year", "previous_year", "previous_rolling_window")
)
_BEFORE_BY_BASIS: Final = {
    "year": "previous_year",
    "ytd": "same_period_last_year",
    "rolling_12m": "previous_rolling_window",
}


def _take_year_before(reading: Reading, earlier: _Earlier) -> None:
    """ "rose by 21.4% in 2018/19, from 3,480 to 4,225": a year's rise is on the year before.

    Only where the words of the sentence say that it is of a year, or of a year so far.
    """
    value = reading.of
    dated = reading.period if reading.period is not None else value.period if value else None
    window = reading.window
    if (
        reading.direction_word is None
        or dated is None
        or dated.item < 0
        or dated.relative is not None
        or window is None
        or window.basis not in _BEFORE_BY_BASIS
        or (value is not None and value.statement != reading.statement)
    ):
        return
    reading.comparator = _BEFORE_BY_BASIS[window.basis]
    for other in earlier.priors.get((id(value), reading.statement), ()):
        other.comparator = reading.comparator
        other.window = periods.shift_years(window, -1)
