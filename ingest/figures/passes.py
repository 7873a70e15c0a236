"""What a number's neighbours in its cell settle: unit, period, comparator, link and sign.

Each pass is a function over a :class:`~ingest.figures.reader.CellReader` whose numbers have their
roles. They run in the order of :func:`complete`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from ingest import periods
from ingest.figures.context import financial_year_window, quarter_of, rolling_year_to
from ingest.figures.lexer import Number
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.times import Period, span_window
from ingest.model import Window
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES

_PERIOD, _BASE, _TARGET = CODES["PERIOD"], CODES["BASE"], CODES["TARGET"]
_PEER, _AVERAGE, _FILL = CODES["PEER"], CODES["AVERAGE"], CODES["FILL"]
_OPEN, _CLOSE, _WORD = CODES["OPEN"], CODES["CLOSE"], CODES["WORD"]
_VALUES: Final = frozenset((CODES["NUM"], CODES["PCT"]))
_STOPS: Final = frozenset((CODES["STOP"], CODES["BULLET"]))
_SEPARATORS: Final = frozenset(CODES[name] for name in ("COLON", "DASH", "IS"))
_LISTS: Final = frozenset(CODES[name] for name in ("COMMA", "SEMI", "SLASH"))
_JOINS: Final = frozenset(
    CODES[name] for name in ("ON", "COMPARE", "FROM", "LESS", "MORE", "BETTER")
)
_DIRECTION: Final = frozenset(
    CODES[name] for name in ("DOWN", "UP", "BETTER", "CHANGE", "LESS", "MORE")
)

# How many numbers (and how many items) away something may still matter. Every look to the side is
# bounded by these, so that the cost of a cell is in proportion to its length.
_NEAR: Final = 12
_FAR: Final = 60


def complete(cell: CellReader) -> None:
    """Run every pass of one cell."""
    assign_units(cell)
    attach_periods(cell)
    settle_comparatives(cell)
    settle_averages(cell)
    link_ratios(cell)
    link_changes(cell)
    settle_comparators(cell)
    carry_units(cell)
    settle_windows(cell)
    settle_cohorts(cell)
    settle_values(cell)


def near(
    cell: CellReader, reading: Reading, before: int = _NEAR, after: int = _NEAR
) -> list[Reading]:
    """The quantities around one, itself among them."""
    at = reading.order
    return cell.quantities[max(0, at - before) : at + after + 1]


def statement_items(cell: CellReader, reading: Reading) -> tuple[int, int]:
    """First item, and the item after the last, of what is near in a number's sentence."""
    first, last = cell.bounds[min(reading.statement, len(cell.bounds) - 1)]
    index = reading.number.index
    return max(first, index - _FAR), min(last, index + _FAR)


def quantities(cell: CellReader) -> list[Reading]:
    """The readings that measure something, in reading order."""
    return cell.quantities


# --- units --------------------------------------------------------------------------------------


def assign_units(cell: CellReader) -> None:
    """Give every quantity the unit that its own words, or the measure's, say."""
    for reading in cell.readings:
        if reading.role == "context":
            continue
        number = reading.number
        unit = _printed_unit(cell, reading)
        is_change = reading.role == "change" or (
            reading.role in ("projection", "target") and _asks_for_change(cell, reading)
        )
        if is_change:
            if reading.rule == "change_named" and _is_percent_named(cell, reading):
                unit = unit or "percent_change"
            if reading.role == "target" and not number.is_percent:
                reading.rule = _CUT_ASKED_FOR
            if number.is_percent and unit != "percentage_points":
                unit = "percent_change"
            reading.unit = unit or "count"
        elif number.is_percent:
            reading.unit = reading.unit or "percent"
        else:
            facts = cell.measure_facts.unit
            if reading.unit == "average" and facts in ("days", "minutes", "seconds"):
                reading.unit = facts
            reading.unit = unit or reading.unit or _borrowed_unit(cell, reading)


def _is_percent_named(cell: CellReader, reading: Reading) -> bool:
    """ "% change -21.6"."""
    index = reading.number.index
    return any(word.startswith("%") for word in cell.items.words[max(0, index - 3) : index])


# "Reduce by 25 offences" where targets stand.
_CUT_ASKED_FOR: Final = "difference_asked_for"


def _asks_for_change(cell: CellReader, reading: Reading) -> bool:
    """Whether a target or projection says by how much, not how much."""
    number = reading.number
    if reading.role == "projection":
        return reading.rule == "projected_change" or reading.mate is not None
    if reading.mate is not None:
        return True
    if not number.is_percent:
        # "Reduce by 25 offences" in a column of targets.
        return reading.way != 0 and _is_by(cell, reading)
    if number.sign:
        return True
    if reading.rule == "target_value" and _follows_asked_kind(cell, reading):
        return True
    if reading.rule in ("target_of_column", "goal_of_measure"):
        previous = _previous(cell, reading)
        if (
            previous is not None
            and previous.role == "target"
            and reading.rule == "target_of_column"
        ):
            between = "".join(cell.codes[previous.number.index + 1 : number.index])
            # "7.1% (1.5%)", "(6.9% 3%)": the level, then the change that leads to it.
            if between in ("", _OPEN) or between.strip(_OPEN + _CLOSE) == "":
                return True
    return reading.way != 0 and not _is_level_goal(cell, reading)


def _follows_asked_kind(cell: CellReader, reading: Reading) -> bool:
    """ "32% reduction (target 18%)": the target is of the change before it."""
    previous = _previous(cell, reading)
    if previous is None or previous.role != "change" or not previous.number.is_percent:
        return False
    index = reading.number.index
    if cell.measure_facts.unit == "percent" or index - previous.number.index > 5:
        return False
    if cell.codes[index - 2 : index] != [_OPEN, _TARGET] or not previous.way:
        return False
    reading.way = previous.way
    return True


def _is_by(cell: CellReader, reading: Reading) -> bool:
    before = cell.codes[max(0, reading.number.index - 2) : reading.number.index]
    return CODES["BY"] in before and CODES["TARGET"] not in before


def _is_level_goal(cell: CellReader, reading: Reading) -> bool:
    """ "Reduce to 28%", "increase above 90%": a level all the same."""
    at = reading.number.index - 1
    while at >= 0 and cell.codes[at] in (_FILL, CODES["LESS"], CODES["MORE"]):
        at -= 1
    return at >= 0 and cell.codes[at] == CODES["TO"]


def _printed_unit(cell: CellReader, reading: Reading) -> str | None:
    """The unit that stands with the number: points, days, money, per so many."""
    number = reading.number
    items, codes = cell.items, cell.codes
    at = number.index + 1
    if codes[at : at + 1] == [_CLOSE]:
        at += 1  # "(2.1) pp"
    following = items.words[at : at + 2]
    if following:
        first = following[0]
        if first in words.POINT_WORDS or (
            first in ("percentage", "%") and following[1:] and following[1] in words.POINT_WORDS
        ):
            is_points = reading.role == "change" or number.is_percent or first in _IN_POINTS
            return "percentage_points" if is_points else None
        if items.starts[at] - number.end <= 1:
            _multiply(number, first)
            reading.value = number.value
        if (
            codes[at] == CODES["DASH"]
            and len(following) > 1
            and following[1] in words.DURATION_UNITS
        ):
            return words.DURATION_UNITS[following[1]]
        if first in words.DURATION_UNITS and not number.is_percent:
            return words.DURATION_UNITS[first]
    if number.currency:
        return "currency"
    if (
        codes[at : at + 1] == [CODES["PER"]]
        and len(following) > 1
        and following[1] in words.EACH_TIME
        and not number.is_percent
        and reading.role in ("observation", "comparative")
    ):
        return "average"
    return _rate_unit(cell, reading)


_IN_POINTS: Final = frozenset(("pp", "ppt", "ppts"))


def _multiply(number: Number, word: str) -> None:
    factor = words.MAGNITUDES.get(word)
    if factor is None and number.currency:
        factor = words.MONEY_MAGNITUDES.get(word)
    if factor is not None and number.value is not None:
        number.value = number.value * factor


_RATES: Final = {
    Decimal(100): "rate_per_100",
    Decimal(1000): "rate_per_1000",
    Decimal(10_000): "rate_per_10000",
    Decimal(100_000): "rate_per_100000",
    Decimal(1_000_000): "rate_per_million",
}


def _rate_unit(cell: CellReader, reading: Reading) -> str | None:
    """ "5.2 per 1,000", "(per 10,000 population)", "Rate per 1,000 ... is 0.21"."""
    if reading.number.is_percent or not cell.has_rates:
        return None
    codes, tags = cell.codes, cell.items.tags
    index = reading.number.index
    limit = min(len(codes) - 1, index + 9)
    for at in range(index + 1, limit):
        code = codes[at]
        if code in _STOPS or (code in _VALUES and codes[at - 1] != _WORD):
            break
        if code == _OPEN and codes[at + 1] != CODES["PER"]:
            break
        if code == CODES["SLASH"] and codes[at + 1] in _VALUES:
            break
        if code in (CODES["PER"], CODES["SLASH"]) and codes[at + 1] == CODES["CTX"]:
            return _rate_of(tags[at + 1])
    for at in range(index - 1, max(0, index - 12), -1):
        if codes[at] in _STOPS or codes[at] in _VALUES:
            break
        if codes[at] == CODES["CTX"] and codes[at - 1] == CODES["PER"]:
            if codes[index - 1 : index + 2 : 2] == [_OPEN, _WORD] or _is_far_from(
                cell, at - 1, reading.number
            ):
                break  # "6.2 per 1,000 population (145 offences)"
            return _rate_of(tags[at])
    return None


def _is_far_from(cell: CellReader, at: int, number: Number) -> bool:
    """ "2.9 per 1,000 (412)": far greater than the rate before it."""
    for tag in cell.items.tags[max(0, at - 5) : at]:
        if isinstance(tag, Number) and tag.value and tag.context is None and number.value:
            return number.value > 20 * tag.value
    return False


def _rate_of(tag: object) -> str | None:
    if isinstance(tag, Number) and tag.context == "per_so_many":
        plain = tag.digits.replace(",", "")
        return _RATES.get(Decimal(plain)) if plain.isdecimal() else None
    return None


def _borrowed_unit(cell: CellReader, reading: Reading) -> str:
    """The unit of a bare number: the measure's, unless a noun says what is counted."""
    unit = cell.measure_facts.unit
    number = reading.number
    at = number.index + 1
    follows = cell.codes[at] if at < len(cell.codes) else ""
    is_bare = follows not in (_WORD, CODES["LABEL"], CODES["COHORT"])
    if reading.period is not None and reading.period.kind == "average_years":
        return "average"
    if unit is not None and is_bare and not number.is_word:
        if unit == "percent":
            value = number.value
            lone = len(quantities(cell)) <= 2
            if value is not None and value <= 100 and (lone or number.decimals):
                reading.infer()
                return unit
        elif unit in ("average", "days", "minutes", "score"):
            if number.decimals or len(quantities(cell)) <= 2 or unit == "minutes":
                return unit
        elif unit != "rank" or (number.value is not None and number.value < 100):
            return unit
    said = cell.items.words[max(0, number.index - 4) : number.index]
    if "score" in said:
        return "score"
    is_whole = number.value is not None and number.value == number.value.to_integral_value()
    if (
        number.decimals
        and reading.role != "component"
        and not (is_whole and number.value is not None and number.value >= 100)
    ):
        return "average"
    return "percent" if _starts_range(cell, reading) else "count"


def _starts_range(cell: CellReader, reading: Reading) -> bool:
    """The first of "10-15%"."""
    at = reading.number.index
    return (
        cell.codes[at + 1 : at + 3] == [CODES["DASH"], CODES["PCT"]]
        and cell.items.starts[at + 2] - cell.items.ends[at] == 1
    )


def _previous(cell: CellReader, reading: Reading) -> Reading | None:
    return cell.quantities[reading.order - 1] if reading.order else None


# --- periods ------------------------------------------------------------------------------------


def attach_periods(cell: CellReader) -> None:
    """Attach every phrase about time to the numbers it dates.

    A phrase belongs to the number right after it when a separator says so ("Q2 - 4.8%"), to the
    number before it when only words stand between ("126 offences in STC ward in Q1"), else to what
    follows in its sentence ("In Q1 there were..."). What a change is compared with dates nothing.
    """
    shape = "".join(cell.codes)
    if _PERIOD not in shape:
        return
    readings = quantities(cell)
    by_index = {reading.number.index: reading for reading in readings}
    inherited: Period | None = None
    started = order = 0
    is_report = cell.kind not in ("measure", "baseline")
    for first, last in cell.bounds:
        if _ANY_VALUE.search(shape, first, last):
            if inherited is not None or shape.find(_PERIOD, first, last) >= 0:
                _attach_in(cell, shape, first, last, by_index, inherited)
            if is_report:
                while order < len(readings) and readings[order].number.index < last:
                    order += 1
                inherited = _carried(cell, readings[started:order]) or inherited
                started = order
        elif is_report and shape.find(_PERIOD, first, last) >= 0:
            inherited = _heading(cell.codes, cell.items.tags, first, last) or inherited


_ANY_VALUE: Final = re.compile("[" + re.escape("".join(_VALUES)) + "]")
# The only items that matter while phrases about time are attached.
_TURNS: Final = re.compile(
    "[" + re.escape("".join((*_VALUES, _OPEN, _CLOSE, _PERIOD, CODES["SEMI"]))) + "]"
)

_HEADINGS: Final = frozenset(
    ("survey", "rolling", "twelve_months", "year_ending", "ytd", "year", "whole_year")
)


def _heading(
    codes: list[str], tags: list[Number | Period | None], first: int, last: int
) -> Period | None:
    """The period of a sentence without numbers, for the sentences after it.

    "All satisfaction surveys for 2014/15 have been positive. 100% ..."
    """
    for at in range(first, last):
        period = tags[at]
        if not isinstance(period, Period) or period.window is None or period.relative:
            continue
        if period.kind == "survey" or (
            period.kind in _HEADINGS and (at == first or codes[at - 1] in _LEADS)
        ):
            heading = Period(period.kind, period.window)
            heading.number, heading.start, heading.end = period.number, period.start, period.end
            heading.item = -2  # from another sentence
            return heading
    return None


_CARRIED_KINDS: Final = frozenset(
    ("survey", "rolling", "twelve_months", "rolling_pair", "year_ending", "ytd", "range", "half")
)


_CARRIED_IN_COMMENTS: Final = frozenset(("year", "whole_year", "quarter", "this_quarter"))


def _carried(cell: CellReader, readings: list[Reading]) -> Period | None:
    """The period that every value of a sentence has, for sentences after it that name none."""
    found: Period | None = None
    levels = [reading for reading in readings if reading.role in ("observation", "component")]
    if not levels and cell.kind == "comments":
        levels = [reading for reading in readings if reading.role == "change" and reading.period]
    for reading in levels:
        period = reading.period
        if period is not None and len(levels) > 1 and _is_bygone(period, cell):
            continue
        if period is None or period.window is None or (found is not None and period is not found):
            return None
        found = period
    if found is None or _is_past(found, cell):
        return None
    if found.kind not in _CARRIED_KINDS and not (
        cell.kind == "comments" and found.kind in _CARRIED_IN_COMMENTS
    ):
        return None
    if found.kind == "range" and found.window is not None and found.window.basis == "quarter":
        return None
    carried = Period(found.kind, found.window)
    carried.start, carried.end, carried.item = found.start, found.end, -2
    return carried


_LEADS: Final = frozenset(CODES[name] for name in ("IN", "FILL", "NUM"))


def _attach_in(
    cell: CellReader,
    shape: str,
    first: int,
    last: int,
    by_index: dict[int, Reading],
    inherited: Period | None,
) -> None:
    codes, tags = cell.codes, cell.items.tags
    previous: Reading | None = None
    scope = inherited
    was_right = False
    outside: list[tuple[Period | None, int]] = []  # scopes around the open brackets
    previous_at = first - 1
    for turn in _TURNS.finditer(shape, first, last):
        at, code = turn.start(), turn[0]
        if code in _VALUES and at in by_index:
            reading = by_index[at]
            if reading.period is None and scope is not None and _is_in_scope(cell, reading, scope):
                reading.period = scope
                if (
                    scope.kind in _SINGLE
                    and at - scope.item <= 3
                    and not _opens_sentence(cell, scope, first)
                ):
                    scope = None
            previous, previous_at = reading, at
        elif code == _OPEN:
            outside.append((scope, previous_at))
        elif code == _CLOSE and outside:
            around, before = outside.pop()
            if previous_at > before:  # a number stood in the brackets: their period ends here
                scope = around
        elif (
            code == CODES["SEMI"]
            and scope is not None
            and (scope.kind in _SINGLE or scope.relative is not None or _is_past(scope, cell))
        ):
            scope = None
        elif code == _PERIOD:
            period = tags[at]
            assert isinstance(period, Period)
            owner = _owner(cell, at, first, last, previous, previous_at, by_index, was_right)
            was_right = owner == "right"
            if owner == "left" and previous is not None:
                _date_left(cell, previous, period)
                if (
                    period.relative is None
                    and period.kind not in _SINGLE
                    and (previous.role != "comparative" and not _is_past(period, cell))
                ):
                    scope = period
            elif owner == "right":
                if (
                    period.kind in ("month", "as_at")
                    and _before(codes, at, first) == CODES["SINCE"]
                ):
                    _stretch(cell, period)
                scope = _merged(scope, period, cell) if _adjacent(codes, at, first) else period
                if period.kind in _WHOLE and outside and previous is not None:
                    _date_left(cell, previous, period)  # "58% agree (June 2013 survey, 612 ...)"
            elif owner == "left_last" and previous is not None and previous.period is None:
                previous.period = period


def _stretch(cell: CellReader, period: Period) -> None:
    """ "Since the scheme began in April 2012, 240 people": from then to the column's end."""
    start, end = (period.window.start if period.window else None), cell.default.end
    if start is not None and end is not None and start < end:
        period.kind = "since"
        period.window = span_window(start, end)


def _opens_sentence(cell: CellReader, scope: Period, first: int) -> bool:
    """ "In June 84% were ... and 46% were ..."."""
    return scope.item == first and cell.items.text[scope.start : scope.start + 3] == "In "


def _is_in_scope(cell: CellReader, reading: Reading, scope: Period) -> bool:
    """A baseline restated among this quarter's values has only a period of its own."""
    if (
        reading.rule == "level_before_change"
        and scope.relative is None
        and scope.item < reading.number.index
        and not _is_past(scope, cell)
        and not _is_revision(cell, reading)
    ):
        return False  # "rose in 2018/19, from 3,480 to 4,225"
    if reading.role == "comparative" and reading.comparator is None and scope.relative is None:
        # What is compared with is another time; only words of its own name it.
        index = reading.number.index
        is_beside = scope.item >= 0 and index - scope.item < 7
        return (
            is_beside and not any(code in _VALUES for code in cell.codes[scope.item + 1 : index])
        ) or _is_past(scope, cell)
    if reading.role != "baseline" or cell.kind in ("measure", "baseline"):
        return True
    codes = cell.codes[max(0, reading.number.index - 10) : reading.number.index]
    return _BASE in codes[: len(codes) - (reading.number.index - scope.item)] or _BASE not in codes


# A month, or a past period set beside one number, dates that number only.
_SINGLE: Final = frozenset(("month", "end_of", "average_years", "rolling_years"))
# A survey in brackets dates all that its sentence reports.
_WHOLE: Final = frozenset(("survey",))


def _is_past(period: Period, cell: CellReader) -> bool:
    """Whether a phrase names a time before the column's financial year."""
    if period.window is None or period.window.end is None or cell.default.end is None:
        return False
    if cell.kind in ("measure", "baseline"):
        return False
    return period.window.end < date(periods.financial_year_of(cell.default.end), 4, 1)


def _date_left(cell: CellReader, reading: Reading, period: Period) -> None:
    """Date the number before a phrase, and those that stand with it."""
    if period.pair is not None and reading.role == "change":
        # "a rise between 2009/10 and 2010/11" is one of the second year on the first.
        earlier, later = period.pair
        reading.period = Period("year", later)
        reading.period.start, reading.period.end = period.start, period.end
        reading.comparator = comparator_of_windows(earlier, later)
        return
    if reading.period is None or reading.period is not period:
        reading.period = _merged(reading.period, period, cell)
    codes = cell.codes
    readings = quantities(cell)
    at = reading.order
    if at and reading.unit == "seconds" and readings[at - 1].unit == "minutes":
        readings[at - 1].period = readings[at - 1].period or reading.period
    # "(26 and 13 in 2013/14 Q1)": both.
    if at and period.kind in _DATES_PAIRS:
        before = readings[at - 1]
        between = codes[before.number.index + 1 : reading.number.index]
        is_open = before.period is None or (
            reading.bracket >= 0
            and before.bracket == reading.bracket
            and before.period.item < before.bracket
        )
        if between == [CODES["AND"]] and is_open and before.unit == reading.unit:
            before.period = period
    if (
        at
        and reading.rule == "rank_size"
        and readings[at - 1].unit == "rank"
        and _OPEN not in codes[reading.number.index : period.item]
    ):
        readings[at - 1].period = readings[at - 1].period or reading.period
    if period.kind in _WHOLE or cell.kind == "comparator":
        for before in readings[max(0, at - _NEAR) : at]:
            if before.statement == reading.statement and before.period is None:
                before.period = period


_DATES_PAIRS: Final = frozenset(
    (
        "quarter",
        "year",
        "last_year",
        "same_period",
        "ytd",
        "range",
        "month",
        "rolling",
        "twelve_months",
    )
)


def _adjacent(codes: list[str], at: int, first: int) -> bool:
    """Whether another period stands just before, with no number in between."""
    for before in range(at - 1, max(first, at - _FAR) - 1, -1):
        if codes[before] in _VALUES:
            return False
        if codes[before] == _PERIOD:
            return True
    return False


def _owner(
    cell: CellReader,
    at: int,
    first: int,
    last: int,
    previous: Reading | None,
    previous_at: int,
    by_index: dict[int, Reading],
    was_right: bool,
) -> str:
    codes = cell.codes
    period = cell.items.tags[at]
    assert isinstance(period, Period)
    last = min(last, at + _FAR)
    following = at + 1
    while following < last and not (codes[following] in _VALUES and following in by_index):
        following += 1
    has_next = following < last and codes[following] in _VALUES
    between_next = "".join(codes[at + 1 : following]) if has_next else ""
    before = _before(codes, at, first)
    if codes[at - 1 : at] == [CODES["BY"]] and at and period.kind in _DEADLINES:
        return "compared"  # "40-50 cases by March"
    if _is_base_of_change(codes, at, max(first, previous_at + 1)):
        # "the rate in March 2011, which was 15.45%": and its value follows.
        is_named = bool(between_next) and all(code in _NAMES_VALUE for code in between_next)
        if is_named and has_next and by_index[following].role == "change":
            is_named = False  # "6.3% down on Q2 11/12, 9.9% down on Q1"
        if not is_named and has_next and by_index[following].role == "comparative":
            is_named = all(code in _LEADS_TO_VALUE for code in between_next)
        if has_next and cell.items.words[at + 1] == "when":
            is_named = True  # "on the same months of last year when they committed 111"
        return "right" if is_named else "compared"
    next_at = at + 1
    if (
        next_at in by_index
        and period.relative is not None
        and cell.items.text[period.end - 2 : period.end] in _POSSESSIVE
    ):
        return "right"  # "on last year's 84"
    if codes[next_at : next_at + 1] == [_BASE] and before in _JOINS | {CODES["OF"], CODES["OPEN"]}:
        return "compared"  # "96.4% of the 2010/11 baseline": the baseline's year
    if period.relative is not None and next_at in by_index and by_index[next_at].number.sign:
        return "compared"  # "QoQ +1.9%"
    if (
        previous is not None
        and previous.role == "comparative"
        and before == CODES["MORE"]
        and "over" in cell.items.words[max(0, at - 3) : at]
    ):
        return "left"  # "compared with 31 over the same period"
    if (
        previous is not None
        and previous.rule == "level_after_to"
        and codes[at - 1] == CODES["MORE"]
        and period.kind in ("rolling", "twelve_months", "last_year")
    ):
        return "compared"  # "improved from 6.9% to 8.2% over the last 12 months"
    if (
        previous is None
        and before == CODES["COMPARE"]
        and has_next
        and by_index[following].role not in ("comparative", "baseline")
        and _is_bygone(period, cell)
    ):
        return "compared"  # "Compared with last year there has been a decrease of 7 to 33"
    if previous is not None and before in _JOINS and not _compares_value(codes, at, previous_at):
        is_named = period.kind == "average_years" and between_next != ""
        if (
            has_next
            and (is_named or by_index[following].role in ("comparative", "baseline"))
            and all(code in _LEADS_TO_VALUE for code in between_next)
        ):
            return "right"
        return "compared"
    if _is_since(codes, at, first):
        before = CODES["SINCE"]
    if before == CODES["SINCE"] and (previous is not None or _has_direction(codes, first, at)):
        if between_next == _OPEN:
            return "right"
        if any(code in _DIRECTION for code in codes[max(first, at - 12) : at]):
            return "compared"
    if codes[at - 1] == _OPEN and at > 1 and codes[at - 2] == _BASE and previous is not None:
        if previous.role == "change":
            return "compared"  # "11% against baseline (2010/11)"
    gap = codes[max(previous_at + 1, at - _FAR) : at] if previous is not None else []
    next_reading = by_index.get(following) if has_next else None
    in_bracket = _bracket_at(codes, at, first)
    if (
        previous is not None
        and in_bracket > previous_at
        and period.kind == "as_at"
        and (not has_next or _CLOSE in between_next)
        and previous.number.is_word
    ):
        return "compared"  # "one obtained (14/11/2016)": the day of an event
    if previous is not None and in_bracket > previous_at:
        # Alone in brackets after a number: "27.4% (2013/14)"; before one in them: "(May 84.1%)".
        closes = _CLOSE in between_next or not has_next
        return "left" if closes else "right"
    if next_reading is not None:
        directly = between_next == "" or all(
            code in _SEPARATORS or code == _FILL for code in between_next
        )
        separated = bool(between_next) and between_next[0] in _SEPARATORS
        number = next_reading.number
        if (
            separated
            and directly
            and not number.sign
            and not (
                number.is_percent
                and previous is not None
                and not previous.number.is_percent
                and not _has_list(gap)
            )
        ):
            return "right"
        if between_next == "" and (previous is None or _has_list(gap) or gap in _JUST_AFTER):
            return "right"
        if (
            between_next == ""
            and not gap
            and was_right
            and (codes[previous_at - 1 : previous_at] == [_PERIOD])
        ):
            return "right"  # "LYTD 8.8% CYTD 7.9%"
    if (
        previous is not None
        and has_next
        and previous.period is not None
        and previous.period.item > previous_at
        and not _has_list(codes[at + 1 : following])
    ):
        return "right"  # the number before has its own
    if previous is not None and not _has_list(gap) and _CLOSE not in gap:
        if previous.role == "change" and CODES["COMPARE"] in gap and _is_bygone(period, cell):
            return "compared"  # "412 better off than we were at the end of December last year"
        return "left"
    if previous is not None and _CLOSE in gap:
        after = gap[len(gap) - gap[::-1].index(_CLOSE) :]
        is_weak = period.kind in ("month", "quarter", "as_at", "calendar_year", "range")
        if len(after) > (3 if is_weak else 12):
            return "compared"  # too far to date anything
    if (
        previous is not None
        and _CLOSE in gap
        and not _has_list(gap)
        and (not has_next or period.kind in _HEADINGS)
    ):
        return "left"
    if has_next:
        if previous is not None and _CLOSE in gap and before == CODES["IN"]:
            return "left"
        return "right"
    return "compared" if CODES["SEMI"] in gap else "left_last"


# "(LY 35) YTD 119", "34 \u2192 YTD 61": a phrase between a bracket or an arrow and a number.
_JUST_AFTER: Final = (
    [CODES["AND"]],
    [_CLOSE],
    [CODES["TO"]],
    [_CLOSE, CODES["TO"]],
    [_CLOSE, CODES["DASH"]],
)
_LEADS_TO_VALUE: Final = frozenset(
    CODES[name] for name in ("OF", "IS", "FILL", "COLON", "DASH", "WORD", "OPEN", "BEFORE")
)


_DEADLINES: Final = frozenset(("month", "quarter", "as_at", "end_of"))
_POSSESSIVE: Final = frozenset(("'s", "\u2019s"))


def _is_bygone(period: Period, cell: CellReader) -> bool:
    return (
        period.relative is not None or period.kind == "quarter_last_year" or _is_past(period, cell)
    )


def _has_direction(codes: list[str], first: int, last: int) -> bool:
    return any(code in _DIRECTION for code in codes[first:last])


def _is_base_of_change(codes: list[str], at: int, first: int) -> bool:
    """ "a slight increase on the position in March": the month is what is compared with."""
    joined = False
    for before in range(at - 1, max(first, at - _FAR) - 1, -1):
        code = codes[before]
        if code in (CODES["ON"], CODES["COMPARE"]):
            joined = True
        elif joined and code in _DIRECTION:
            return True
        elif code not in _REACHED_THROUGH:
            return False
    return False


_NAMES_VALUE: Final = frozenset(CODES[name] for name in ("COMMA", "FILL", "BEFORE", "IS"))
_REACHED_THROUGH: Final = frozenset(
    CODES[name] for name in ("FILL", "WORD", "IN", "OF", "RANK", "IS", "DURATION", "SPAN")
)


def _has_list(gap: list[str]) -> bool:
    return any(code in _LISTS for code in gap)


def _before(codes: list[str], at: int, first: int) -> str:
    """The word class that leads to a period, past articles: "on the same quarter" is ON."""
    at -= 1
    first = max(first, at - _NEAR)
    while at >= first and codes[at] in (_FILL, _WORD, CODES["IN"], CODES["SAME"]):
        if codes[at] == CODES["IN"]:
            return codes[at - 1] if at > first and codes[at - 1] in _JOINS else CODES["IN"]
        at -= 1
    return codes[at] if at >= first else ""


def _is_since(codes: list[str], at: int, first: int) -> bool:
    """ "up 24% since the launch of the campaign in June"."""
    for before in range(at - 1, max(first, at - 9) - 1, -1):
        if codes[before] == CODES["SINCE"]:
            return True
        if codes[before] not in _AFTER_SINCE:
            return False
    return False


_AFTER_SINCE: Final = frozenset(CODES[name] for name in ("WORD", "FILL", "OF", "IN", "LABEL"))


def _compares_value(codes: list[str], at: int, previous_at: int) -> bool:
    """Whether a number stands between the comparing word and the period: "v 41 in 2011/12"."""
    for before in range(at - 1, max(previous_at, at - _FAR), -1):
        if codes[before] in _JOINS:
            return False
    return True


def _bracket_at(codes: list[str], at: int, first: int) -> int:
    """Index of the bracket that an item stands in, -1 outside all."""
    depth = 0
    for before in range(at - 1, max(first - 1, at - 24), -1):
        if codes[before] == _CLOSE:
            depth += 1
        elif codes[before] == _OPEN:
            if depth == 0:
                return before
            depth -= 1
    return -1


def _merged(old: Period | None, new: Period, cell: CellReader) -> Period:
    """Two phrases about one number: the more telling one, or the two together."""
    if old is None or old is new:
        return new
    kinds = (old.kind, new.kind)
    own = cell.context.window
    if old.number == -2 or new.number == -2:
        return old if old.number == -2 else new
    for first, second in ((old, new), (new, old)):
        if first.kind == "ytd" and second.kind in ("range", "up_to") and second.window is not None:
            merged = Period("ytd", second.window)
            column = own if own is not None else cell.default
            if (
                column.end is not None
                and second.window.end != column.end
                and (cell.kind == "quarter")
            ):
                # "year to date total (April to June)" under quarter 2: the window is wrong.
                merged.window = first.window
                merged.number = -1
                merged.start, merged.end = second.start, second.end
            else:
                merged.window = Window("ytd", second.window.start, second.window.end)
            return merged
        if (
            first.kind in ("rolling", "twelve_months")
            and second.kind in ("year", "whole_year")
            and second.window
        ):
            if first.number == 1 and second.window.end is not None:
                return Period("rolling", rolling_year_to(second.window.end))
            return first
        if (
            first.kind in ("rolling", "twelve_months")
            and first.number == 1
            and second.kind in ("as_at", "month", "end_of", "up_to")
            and second.window is not None
            and second.window.end is not None
        ):
            return Period("rolling", rolling_year_to(second.window.end))
        if first.kind == "whole_year" and second.kind in ("year", "whole_year"):
            return second
        if first.kind == "average_years" and second.kind in (
            "range",
            "year",
            "quarter",
            "this_quarter",
        ):
            if (
                second.kind == "range"
                and second.window
                and second.window.start
                and second.window.end
            ):
                return Period(
                    "average_years",
                    Window("multi_year_average", second.window.start, second.window.end),
                )
            return first
    if "same_period" in kinds and new.kind in ("year", "quarter", "same_period"):
        if old.kind == "same_period" and new.kind == "year" and old.number == 0:
            merged = Period("same_period", new.window, "same_period")
            merged.number = new.window.start.year if new.window and new.window.start else 0
            return merged
        return old if old.kind == "same_period" else new
    if old.kind == "quarter" and new.kind in ("ytd", "whole_year"):
        return new
    if old.kind in ("ytd", "whole_year", "rolling", "twelve_months") and new.kind == "quarter":
        return old
    if new.kind == "as_at" and old.kind == "survey":
        return old
    return new


# --- comparatives -------------------------------------------------------------------------------


def settle_comparatives(cell: CellReader) -> None:
    """A value of an earlier period is there to compare with, unless it is all there is."""
    if cell.kind in ("measure", "baseline", "target", "history", "comparator"):
        return
    readings = quantities(cell)
    has_current = any(
        reading.is_level
        and reading.role in ("observation", "component")
        and not (
            reading.period is not None
            and (reading.period.relative is not None or _is_past(reading.period, cell))
        )
        for reading in readings
    )
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
            if reading.role == "observation" and not reading.number.is_percent:
                reading.role, reading.unit = "comparative", "average"
                reading.comparator = "multi_year_average"
                reading.rule = "average_of_years"
            continue
        if _is_bracketed_past_quarter(cell, reading, period):
            reading.role = "comparative"
            reading.rule = "value_of_earlier_period"
        elif period.relative is not None or period.kind == "quarter_last_year":
            reading.role = "comparative"
            reading.rule = "value_of_earlier_period"
        elif period.window is not None and (
            _is_earlier(period.window, cell, near(cell, reading), reading)
            if has_current
            else _is_before_others(period.window, reading, near(cell, reading))
        ):
            reading.role = "comparative"
            reading.rule = "value_of_earlier_period"
    _settle_second_values(cell, readings)


def _settle_second_values(cell: CellReader, readings: list[Reading]) -> None:
    """ "ADFs: 34 (Q1 14/15: 41), Injuries: 2 (5)": what stood in the first brackets does in all."""
    first: Reading | None = None
    for reading in readings:
        if reading.role == "comparative" and reading.bracket >= 0 and reading.period is not None:
            first = reading
        elif reading.rule == "second_value" and first is not None and first.unit == reading.unit:
            if reading.number.index - first.number.index < _FAR:
                reading.role, reading.period = "comparative", first.period
                reading.rule = "value_of_earlier_period"


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
    if reading.rule not in ("was_before", "level_before_change"):
        return
    codes, tags = cell.codes, cell.items.tags
    first, last = statement_items(cell, reading)
    for at in range(max(first, 1), last):
        tag = tags[at]
        if isinstance(tag, Period) and _is_joined(codes, at) and tag.kind != "average_years":
            reading.period = tag
            return


def settle_averages(cell: CellReader) -> None:
    """What an average over years is stated in is an average, unless it is a share or a rate."""
    for reading in quantities(cell):
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


def _level_before(
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
            and _same_kind(other, reading)
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
        if _same_kind(other, reading):
            return other
        if other.statement < reading.statement - 1:
            break
    return best or whole


def _same_kind(value: Reading, reading: Reading) -> bool:
    """Whether a change or comparative in this unit can be one of that value."""
    if reading.unit in ("percent_change",):
        return value.unit != "percent" or reading.role == "change"
    if reading.unit == "percentage_points":
        return value.unit == "percent"
    if reading.role == "change":
        return (value.unit == "percent") == reading.number.is_percent or value.unit == reading.unit
    return value.unit == reading.unit


def _level_after(reading: Reading, readings: list[Reading], at: int) -> Reading | None:
    for other in readings[at + 1 : at + 5]:
        if other.statement != reading.statement:
            return None
        if (
            other.role in ("observation", "projection")
            and other.unit != "percent_change"
            and (_same_kind(other, reading))
        ):
            return other
    return None


# --- links --------------------------------------------------------------------------------------


def link_changes(cell: CellReader) -> None:
    """Link every change to the value that changed, every comparative to the value of now."""
    readings = quantities(cell)
    for at, reading in enumerate(readings):
        if reading.of is not None:
            continue
        if reading.role == "change" or (
            reading.role == "projection"
            and reading.rule != "projection"
            and reading.unit != "percent"
        ):
            _link_change(cell, reading, readings, at)
        elif reading.role == "comparative" and reading.comparator not in ("peer_group",):
            value = _level_before(cell, reading, readings, at)
            if value is None or (
                value.statement != reading.statement and not _same_kind(value, reading)
            ):
                value = _level_after(reading, readings, at) or value
            if value is not None:
                reading.of, reading.relation = value, "prior_of"
        elif reading.role == "comparative":
            value = _level_before(cell, reading, readings, at)
            if value is not None:
                reading.of, reading.relation = value, "prior_of"
        elif reading.role == "target" and reading.unit == "percent_change":
            levels = [r for r in readings if r.role == "target" and r.unit != "percent_change"]
            if levels:
                reading.of = min(levels, key=lambda r: abs(r.number.start - reading.number.start))
                reading.relation = "change_of"
        elif reading.rule in ("percent_of_baseline", "percent_of_target"):
            value = _level_before(cell, reading, readings, at)
            if value is not None and value.unit != "percent":
                reading.of, reading.relation = value, "percent_of"


def _link_change(cell: CellReader, reading: Reading, readings: list[Reading], at: int) -> None:
    if reading.mate is not None and reading.mate.of is not None:
        reading.of, reading.relation = reading.mate.of, "change_of"
        if reading.mate.role == "projection":
            reading.role = "projection"
        return
    # "decreased by 2.5% (1629 compared to 1670)", "-17% decrease (88 compared with 106)"
    following = readings[at + 1] if at + 1 < len(readings) else None
    if (
        following is not None
        and following.statement == reading.statement
        and following.bracket > reading.number.index
        and following.role == "observation"
        and following.unit != "percent_change"
    ):
        pair = readings[at + 2] if at + 2 < len(readings) else None
        if pair is not None and pair.role == "comparative" and pair.bracket == following.bracket:
            reading.of, reading.relation = following, "change_of"
            return
    value = _level_before(cell, reading, readings, at)
    after = _level_after(reading, readings, at)
    if after is not None and (value is None or value.statement != reading.statement):
        codes = cell.codes[reading.number.index + 1 : after.number.index]
        if value is None or CODES["TO"] in codes or CODES["FROM"] in codes:
            value = after
    if reading.role == "projection":
        value = value if value is not None and value.role == "projection" else None
    if value is not None and value.role == "projection" and reading.role == "change":
        if value.number.index < reading.number.index:
            reading.role = "projection"
        else:
            value = None
    if reading.mate is not None and reading.mate.role == "projection":
        reading.role = "projection"
    if value is not None:
        reading.of, reading.relation = value, "change_of"


def link_ratios(cell: CellReader) -> None:
    """Tie every printed percentage to the numbers it was worked out from.

    First what the words say ("38 out of 76", "(62/124)"); then counts of which the percentage is
    just the share, in the same sentence or the one before.
    """
    readings = quantities(cell)
    if not any(reading.unit == "percent" for reading in readings):
        _share_dates_of_pairs(readings)
        return
    taken: set[int] = set()
    for at in range(len(readings) - 1):
        numerator, denominator = readings[at], readings[at + 1]
        if numerator.rule != "numerator" or denominator.rule != "denominator":
            continue
        denominator.of = denominator.relation = None
        percents = [other for other in near(cell, numerator) if _is_share(other)]
        ratio = _ratio_of(numerator, denominator, percents, taken)
        if ratio is not None:
            taken.add(id(ratio))
            _tie(numerator, denominator, ratio)
    _share_dates_of_pairs(readings)
    for percent in readings:
        if _is_share(percent) and id(percent) not in taken and not percent.number.sign:
            _find_parts(cell, percent, near(cell, percent, before=8, after=4))
    _tie_samples(readings)


def _is_share(reading: Reading) -> bool:
    """Whether a reading is a percentage that could be worked out from counts beside it."""
    return (
        reading.unit == "percent"
        and reading.role in ("observation", "baseline", "comparative", "target")
        and reading.comparator not in ("baseline", "target", "peer_group")
    )


def _share_dates_of_pairs(readings: list[Reading]) -> None:
    """ "212 of 252 incidents in Q3": a ratio without a percentage has one time."""
    for first, second in pairwise(readings):
        if first.rule == "numerator" and second.rule == "denominator" and first.of is None:
            first.period = first.period or second.period
            second.period = second.period or first.period
            second.of = second.relation = None


def _tie(numerator: Reading, denominator: Reading, ratio: Reading) -> None:
    numerator.of = denominator.of = ratio
    numerator.relation, denominator.relation = "numerator_of", "denominator_of"
    for part in (numerator, denominator):
        if part.period is None or ratio.period is None:
            part.period = ratio.period = part.period or ratio.period
        if ratio.role == "comparative" and part.role == "component":
            part.comparator = None


def _share(numerator: Reading, denominator: Reading) -> Decimal | None:
    if numerator.value is None or not denominator.value or numerator.value > denominator.value:
        return None
    return 100 * numerator.value / denominator.value


def _fits(share: Decimal | None, percent: Reading) -> bool:
    if share is None or percent.value is None:
        return False
    slack = Decimal(6) / Decimal(10) ** (1 + min(percent.number.decimals or 0, 1))
    return abs(share - percent.value) <= slack


def _ratio_of(
    numerator: Reading, denominator: Reading, percents: list[Reading], taken: set[int]
) -> Reading | None:
    share = _share(numerator, denominator)
    best: Reading | None = None
    for percent in percents:
        if id(percent) in taken or abs(percent.statement - denominator.statement) > 1:
            continue
        if _dated_apart(numerator, percent):
            continue
        if _fits(share, percent) or (
            percent.statement == denominator.statement and _nearly(share, percent)
        ):
            if best is None or (_fits(share, percent) and not _fits(share, best)):
                best = percent
            elif _fits(share, percent) == _fits(share, best):
                near = abs(percent.number.start - denominator.number.start)
                if near < abs(best.number.start - denominator.number.start):
                    best = percent
    return best


def _dated_apart(part: Reading, percent: Reading) -> bool:
    """Whether the two are about different times by their own words."""
    mine, yours = part.period, percent.period
    return (
        mine is not None
        and yours is not None
        and mine is not yours
        and (mine.window != yours.window)
    )


def is_share_of(numerator: Reading, denominator: Reading, percent: Reading) -> bool:
    """Whether a percentage is just what two counts come to."""
    return _fits(_share(numerator, denominator), percent)


def _nearly(share: Decimal | None, percent: Reading) -> bool:
    """Whether a percentage could be a slip for this share."""
    return share is None or percent.value is None or abs(share - percent.value) <= 15


def _find_parts(cell: CellReader, percent: Reading, readings: list[Reading]) -> None:
    """Counts nearby of which the percentage is the share: "9 referrals and 7 engaged (78%)"."""
    counts = [
        reading
        for reading in readings
        if reading.role in ("observation", "baseline", "component", "comparative")
        and reading.unit == "count"
        and (reading.of is None or reading.relation == "denominator_of")
        and abs(reading.statement - percent.statement) <= 1
        and (reading.number.start < percent.number.start or _is_percent_of(cell, percent, reading))
        and not _dated_apart(reading, percent)
        and (percent.role == "comparative" or not _is_relative(reading))
    ][-5:]
    for last in range(len(counts) - 1, -1, -1):
        for first in range(last - 1, -1, -1):
            for numerator, denominator in (
                (counts[last], counts[first]),
                (counts[first], counts[last]),
            ):
                if (
                    numerator.of is None
                    and numerator.value
                    and _fits(_share(numerator, denominator), percent)
                ):
                    _claim_parts(cell, numerator, denominator, percent)
                    return
    # "36 of these engaged (70%)" that does not add up is a ratio all the same.
    if percent.bracket >= 0 and len(counts) >= 2:
        numerator, denominator = counts[-1], counts[-2]
        between = cell.codes[numerator.number.index + 1 : percent.number.index]
        words_between = cell.items.words[denominator.number.index : percent.number.index]
        is_share = (
            numerator.value is not None
            and denominator.value is not None
            and (numerator.value <= denominator.value)
        )
        if (
            is_share
            and _is_relative(numerator) == _is_relative(denominator) == _is_relative(percent)
            and numerator.statement == percent.statement == denominator.statement
            and not any(code in _JOINS or code in _STOPS for code in between)
            and {"engaged", "these", "those", "of", "repeat", "sold", "failed"} & set(words_between)
        ):
            _claim_parts(cell, numerator, denominator, percent)


def _is_relative(reading: Reading) -> bool:
    """Whether a number is of last year, last quarter..."""
    return reading.period is not None and reading.period.relative is not None


def _is_percent_of(cell: CellReader, percent: Reading, whole: Reading) -> bool:
    """ "6.7% of 283 burglaries", "12 cases (18%) were repeats, out of 67"."""
    before = cell.codes[max(0, whole.number.index - 2) : whole.number.index]
    if CODES["OUTOF"] in before and whole.statement == percent.statement:
        return True
    between = cell.codes[percent.number.index + 1 : whole.number.index]
    return (
        bool(between)
        and between[0] == CODES["OF"]
        and all(code in (CODES["OF"], _FILL) for code in between)
    )


def _claim_parts(
    cell: CellReader, numerator: Reading, denominator: Reading, percent: Reading
) -> None:
    numerator.of, numerator.relation = percent, "numerator_of"
    if denominator.of is None:  # one total may serve several shares
        denominator.of, denominator.relation = percent, "denominator_of"
    if percent.period is None:
        percent.period = numerator.period or denominator.period
        if percent.period is not None and percent.statement != denominator.statement:
            percent.infer()
    labelled = all(
        cell.codes[part.number.index - 1] in _SEPARATORS
        for part in (numerator, denominator)
        if part.number.index
    )
    in_sentence = (
        percent.statement == numerator.statement or percent.statement == denominator.statement
    )
    if not labelled and (in_sentence or percent.statement - numerator.statement == 1):
        for part in (numerator, denominator):
            if part.role in ("observation", "baseline", "comparative"):
                part.role, part.rule = "component", "part_of_percentage"
                part.comparator = None


_WHOLES: Final = frozenset(("sample_size", "whole_of_percent"))


def _tie_samples(readings: list[Reading]) -> None:
    last: Reading | None = None
    for reading in readings:
        if _is_share(reading):
            last = reading
        elif reading.rule in _WHOLES and last is not None and reading.of is None:
            reading.of, reading.relation = last, "denominator_of"
            reading.period = reading.period or last.period


# --- comparators --------------------------------------------------------------------------------


def settle_comparators(cell: CellReader) -> None:
    """Say what every change and every comparative compares with."""
    readings = quantities(cell)
    for reading in readings:
        if reading.role in ("change", "projection") or (
            reading.role == "target" and reading.unit == "percent_change"
        ):
            if (
                reading.role == "projection"
                and reading.rule == "projection"
                and reading.unit != "percent_change"
            ):
                continue
            if reading.comparator is None:
                reading.comparator = _words_of_comparison(cell, reading)
    for reading in readings:
        mate = reading.mate
        if mate is not None:
            if reading.of is None:
                reading.period = reading.period or mate.period
                mate.period = mate.period or reading.period
            reading.comparator = reading.comparator or mate.comparator
            if mate.rule != "projection":
                mate.comparator = mate.comparator or reading.comparator
    for reading in readings:
        if reading.comparator is None and (
            reading.role == "change" or reading.rule == "projected_change"
        ):
            reading.comparator = _comparison_before(cell, reading, _window_of(cell, reading))
    _date_priors(cell, readings)
    for reading in readings:
        if reading.role == "target" and (
            reading.unit in ("percent_change", "percentage_points")
            or reading.rule == _CUT_ASKED_FOR
        ):
            reading.comparator = "baseline"
        if reading.role == "comparative" and reading.rule == "compared_with":
            _settle_pair(reading, near(cell, reading))
            if reading.comparator is None and _names_peer_after(cell, reading):
                reading.comparator = "peer_group"
        if reading.role == "comparative" and reading.comparator is None:
            reading.comparator = _comparator_of_value(cell, reading)
    _share_comparators(cell, readings)


_ON_THE: Final = frozenset(("year_on_year", "quarter_on_quarter"))


def _date_priors(cell: CellReader, readings: list[Reading]) -> None:
    """ "Down 46% on Q1 of last year (57 compared to 106)": 106 is what the change is from."""
    for reading in readings:
        if (
            reading.role != "comparative"
            or reading.period is not None
            or reading.comparator is not None
            or reading.rule not in _PRIORS
        ):
            continue
        for change in near(cell, reading, before=3, after=3):
            if (
                change.role == "change"
                and change.against is not None
                and change.statement == reading.statement
                and change.of is reading.of
            ):
                reading.period = change.against
                break


_PRIORS: Final = frozenset(("compared_with", "level_before_change", "compared_in_brackets"))


def _words_of_comparison(cell: CellReader, reading: Reading) -> str | None:
    """What the words after a change (else before it) say it is compared with."""
    codes, tags = cell.codes, cell.items.tags
    index = reading.number.index
    armed = False
    own = _window_of(cell, reading)
    if reading.role == "projection" and own.end is not None:
        own = financial_year_window(periods.financial_year_of(own.end))
    limit = min(len(codes), index + 22)
    at = index + 1
    depth = 0
    while at < limit:
        code = codes[at]
        if code in _STOPS or code == CODES["SEMI"]:
            break
        if code == _OPEN:
            depth += 1
        elif code == _CLOSE:
            depth -= 1
        elif code in _JOINS or code == CODES["SINCE"]:
            armed = True
        elif (
            code == CODES["TO"]
            and reading.direction_word is not None
            and (reading.direction_word.lower() in ("adverse", "favourable"))
        ):
            armed = True
        elif armed and code == _BASE:
            return "baseline"
        elif armed and code == _TARGET and _is_target_of_change(cell, at):
            return None  # "-32% against target of -18%"
        elif armed and code == _TARGET:
            return "baseline" if codes[at + 1 : at + 2] == [_BASE] else "target"
        elif armed and code == _PEER:
            return "peer_group"
        elif code == _PERIOD and getattr(tags[at], "kind", "") in _ON_THE:
            return _compared_with(reading, tags[at], own, cell)
        elif armed and code == _PERIOD:
            period = tags[at]
            assert isinstance(period, Period)
            following = codes[at + 1] if at + 1 < len(codes) else ""
            if following == _BASE or (
                following == _WORD and at + 2 < len(codes) and codes[at + 2] == _BASE
            ):
                return "baseline"
            if following == _TARGET:
                return "target"
            return _compared_with(reading, period, own, cell)
        elif code in _VALUES and depth <= 0:
            if not armed:
                break
            tag = tags[at]
            other = tag.reading if isinstance(tag, Number) else None
            if other is not None and other.role in ("target", "baseline"):
                return other.role
            if other is not None and other.role in ("change", "projection"):
                break
            if other is not None and other.role == "comparative" and other.comparator:
                return other.comparator
        at += 1
    return None


def _comparison_before(cell: CellReader, reading: Reading, own: Window) -> str | None:
    """ "YoY -0.4%", "Compared to last year: burglary -9%, ..."."""
    codes, tags = cell.codes, cell.items.tags
    for at in range(reading.number.index - 1, max(-1, reading.number.index - 24), -1):
        code = codes[at]
        if code in _STOPS:
            return None
        if code == _BASE and _is_joined(codes, at):
            return "baseline"
        if code == _PERIOD:
            period = tags[at]
            assert isinstance(period, Period)
            if period.kind in _ON_THE:
                return _compared_with(reading, period, own, cell)
            if (
                codes[at + 1] == CODES["COLON"]
                and at
                and codes[at - 1] in (CODES["ON"], CODES["COMPARE"])
            ):
                return _compared_with(reading, period, own, cell)  # "% change on 12/13: Dec -11%"
            if codes[at - 1 : at] == [CODES["SINCE"]] and period.window is not None:
                return comparator_of_windows(period.window, own)
            if period.kind == "quarter_last_year" and codes[at - 1 : at] == [CODES["COMPARE"]]:
                return _compared_with(reading, period, own, cell)
            if period.relative is not None and (
                at == reading.number.index - 1
                or at == 0
                or codes[at - 1] in _JOINS
                or codes[at - 1] == _FILL
                or period.relative == "last_quarter"
            ):
                return _compared_with(reading, period, own, cell)
    return None


def _is_target_of_change(cell: CellReader, at: int) -> bool:
    for tag in cell.items.tags[at + 1 : at + 5]:
        if isinstance(tag, Number) and tag.reading is not None:
            return tag.reading.role == "target" and tag.reading.unit == "percent_change"
    return False


def _compared_with(reading: Reading, period: object, own: Window, cell: CellReader) -> str:
    """The comparator of a change that words compare with a time, which is kept."""
    assert isinstance(period, Period)
    comparator = comparator_of_period(period, own, cell)
    if comparator != "unknown":
        reading.against = period
    return comparator


def _is_joined(codes: list[str], at: int) -> bool:
    """Whether a comparing word leads to an item: "against the baseline"."""
    at -= 1
    while at >= 0 and codes[at] == _FILL:
        at -= 1
    return at >= 0 and codes[at] in _JOINS


def _window_of(cell: CellReader, reading: Reading) -> Window:
    """The window a reading will have: its own words, else its value's, else the column's."""
    seen = 0
    current: Reading | None = reading
    while current is not None and seen < 4:
        if (
            current.period is not None
            and current.period.window is not None
            and (current.period.relative is None)
            and not (current.role in ("change",) and current.of is not None)
            and not (cell.context.is_rolling and current.period.kind == "quarter")
        ):
            return current.period.window
        current = current.of
        seen += 1
    return cell.default


def comparator_of_period(period: Period, own: Window, cell: CellReader) -> str:
    """The contract's word for comparing a value of ``own`` with one of ``period``."""
    if period.relative == "last_quarter":
        return "previous_quarter"
    if (
        cell.kind == "comments"
        and own == cell.default
        and own.basis == "ytd"
        and own.end
        and (period.kind == "quarter")
    ):
        quarter = (own.end.month - 4) % 12 // 3 + 1
        own = quarter_of(periods.financial_year_of(own.end), quarter)
    if period.kind == "average_years":
        return "baseline" if period.number == 3 else "multi_year_average"
    if period.relative == "same_period" and own.basis != "rolling_12m":
        return "same_period_last_year" if own.basis != "year" else "previous_year"
    if period.relative in ("last_year", "same_period", "same_rolling"):
        if own.basis == "rolling_12m" or period.relative == "same_rolling":
            return "previous_rolling_window"
        return "previous_year" if own.basis in ("year", "cohort") else "same_period_last_year"
    if period.window is None:
        return "unknown"
    if (
        period.kind == "calendar_year"
        and period.window.end is not None
        and own.end is not None
        and (own.basis in ("ytd", "quarter", "year"))
    ):
        is_last = periods.financial_year_of(own.end) - period.window.end.year == 1
        if is_last:
            return "previous_year" if own.basis == "year" else "same_period_last_year"
        return "unknown"
    return comparator_of_windows(period.window, own)


def comparator_of_windows(earlier: Window, own: Window) -> str:
    """How one window stands to a later one."""
    if earlier.end is None or own.end is None or own.start is None or earlier.start is None:
        return "unknown"
    if earlier.basis == "multi_year_average":
        return "multi_year_average"
    shifted = periods.shift_years(own, -1)
    same = shifted.end == earlier.end
    if same and own.basis == "year":
        return "previous_year"
    if same and own.basis == "rolling_12m":
        return "previous_rolling_window"
    if same and own.basis == "point" and own.end != own.start:
        return "unknown"  # another survey
    if same and (
        own.basis == "point"
        or shifted.start == earlier.start
        or {own.basis, earlier.basis} <= {"quarter", "ytd"}
    ):
        return "same_period_last_year"
    if earlier.basis == "quarter" and own.start - timedelta(days=1) == earlier.end:
        return "previous_quarter"
    if earlier.basis == "year":
        year = periods.financial_year_of(own.end)
        if periods.financial_year_of(earlier.end) == year - 1:
            # "16% down on 2011/12" of a quarter: the same quarter of that year is meant.
            return "previous_year" if own.basis == "year" else "same_period_last_year"
    return "unknown"


def _comparator_of_value(cell: CellReader, reading: Reading) -> str:
    own = _window_of(cell, reading.of) if reading.of is not None else cell.default
    if reading.period is None:
        return "unknown"
    value = reading.of
    if (
        value is not None
        and value.period is not None
        and (value.period.kind == "survey" or _in_survey(cell, value))
        and (reading.period.relative is None)
    ):
        return "unknown"  # another survey
    if reading.period.relative is None and reading.period.window is not None:
        window = reading.period.window
        if window.basis != own.basis and window.basis == cell.default.basis:
            own = cell.default
        if window.basis == "year" and own.basis != "year" and window.end and own.end:
            year = periods.financial_year_of(own.end)
            before = periods.financial_year_of(window.end) == year - 1
            return "previous_year" if before else "unknown"
    return comparator_of_period(reading.period, own, cell)


def _is_revision(cell: CellReader, reading: Reading) -> bool:
    """ "(revised from 12,588)": what was printed before for the same time."""
    before = cell.items.words[max(0, reading.number.index - 4) : reading.number.index]
    return bool(words.REVISIONS & set(before))


def _names_peer_after(cell: CellReader, reading: Reading) -> bool:
    """ "compared with 0.52 per 1,000 for our most similar family"."""
    codes = cell.codes
    for at in range(reading.number.index + 1, min(len(codes), reading.number.index + 10)):
        if codes[at] == _PEER:
            return True
        if codes[at] in _VALUES or codes[at] in _STOPS or codes[at] in (_PERIOD, _OPEN):
            return False
    return False


def _settle_pair(reading: Reading, readings: list[Reading]) -> None:
    """ "2.4% adverse to target (1,560 v 1,523)": the second of the pair is the target."""
    first = reading.of
    if first is None or first.rule != "value_of_pair" or reading.period is not None:
        return
    for change in readings:
        if change.of is first and change.comparator in ("target", "baseline"):
            reading.role, reading.comparator = change.comparator or "", None
            reading.rule = f"{reading.role}_of_pair"
            reading.relation = reading.of = None
            reading.period = first.period


def _share_comparators(cell: CellReader, readings: list[Reading]) -> None:
    """Changes of one value share what they are compared with when only one of them says it."""
    for reading in readings:
        if reading.role != "change" or reading.comparator is not None:
            continue
        candidates = [
            other.comparator
            for other in near(cell, reading)
            if other is not reading
            and other.comparator not in (None, "peer_group")
            and (other.role in ("change", "comparative"))
            and other.of is reading.of
            and abs(other.statement - reading.statement) <= 2
            and (other.role == "comparative" or other.statement == reading.statement)
        ]
        if candidates:
            reading.comparator = candidates[0]
    for reading in readings:
        if reading.role == "change" and reading.comparator is None:
            reading.comparator = _comparator_of_sentence(cell, reading)
    for reading in readings:
        if reading.mate is not None and reading.comparator is None:
            reading.comparator = reading.mate.comparator


def _comparator_of_sentence(cell: CellReader, reading: Reading) -> str | None:
    """ "TARGET MET (36 below)": below what its sentence speaks of; a year, on the year before."""
    codes = cell.codes
    first, _ = statement_items(cell, reading)
    if (reading.direction_word or "").lower() in ("short", "shortfall"):
        return "target"
    if reading.rule == "change_before_comparison":
        for at in range(reading.number.index - 1, first - 1, -1):
            if codes[at] == _TARGET:
                return "target"
            if codes[at] == _BASE:
                return "baseline"
    levels = [
        other
        for other in near(cell, reading, after=0)
        if other.statement == reading.statement
        and other.number.index < reading.number.index
        and other.role in ("target", "baseline")
        and other.unit != "percent_change"
    ]
    if levels and levels[-1].bracket == reading.bracket:
        return levels[-1].role
    period = reading.period
    mate = reading.mate
    if period is None and mate is not None:
        period = mate.period
    if period is not None and reading.of is None and period.kind in ("year", "whole_year"):
        return "previous_year"
    return None


def carry_units(cell: CellReader) -> None:
    """A bare number compared with a rate, a time or an amount is one too."""
    for reading in quantities(cell):
        if reading.unit not in ("count", "average") or reading.number.is_percent:
            continue
        if reading.role == "comparative" and reading.comparator != "multi_year_average":
            source = reading.of
        elif reading.role == "target":
            before = reversed(near(cell, reading, after=0))
            source = next((other for other in before if other.role == "observation"), None)
        elif reading.role == "change":
            source = reading.of
        else:
            continue
        if (
            source is not None
            and source.unit in _CARRIED
            and (reading.role != "change" or bool(reading.number.decimals) or source.unit == "days")
        ):
            reading.unit = source.unit
        elif (
            reading.role == "change"
            and source is not None
            and source.unit == "percent"
            and reading.number.decimals
        ):
            reading.unit = "percentage_points"
        elif (
            reading.role in ("comparative", "target")
            and source is not None
            and source.unit == "percent"
            and reading.value is not None
            and reading.value <= 100
            and (reading.number.decimals or reading.bracket >= 0)
            and not reading.number.is_word
            and cell.codes[reading.number.index + 1 : reading.number.index + 2] != [_WORD]
        ):
            reading.unit = "percent"  # "35.9% (prev yr 36.4)"


_CARRIED: Final = frozenset(
    (
        "average",
        "days",
        "minutes",
        "seconds",
        "score",
        "rank",
        "rate_per_1000",
        "rate_per_10000",
        "rate_per_100000",
    )
)


# --- windows ------------------------------------------------------------------------------------


def settle_windows(cell: CellReader) -> None:
    """Give every quantity the stretch of time it is about."""
    readings = quantities(cell)
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
    for reading in readings:
        if reading.role == "change":
            _changed_window(cell, reading)


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
        return
    if (
        period is not None
        and period.window is not None
        and period.relative is None
        and not (cell.context.is_rolling and period.kind == "quarter")
    ):
        reading.window = _with_basis(cell, reading, period)
        if period.item == -2:
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
            reading.window = _with_basis(cell, reading, period)
            if period.kind == "average_years" and reading.unit == "count":
                reading.unit = "average"
        elif cell.kind == "baseline":
            reading.window = cell.default
        return
    reading.window = cell.default
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
        if codes[at] == _BASE:
            tag = cell.items.tags[at - 1]
            return tag if isinstance(tag, Period) else None
        if codes[at] in _VALUES or codes[at] in _STOPS:
            return None
    return None


def _baseline_period(cell: CellReader, reading: Reading) -> Period | None:
    """The period of a baseline among several: the last one printed before it, else the next."""
    if cell.kind not in ("measure", "baseline"):
        return reading.period or _period_of_base(cell, reading)
    beside = _period_of_base(cell, reading)
    if beside is not None:
        return beside
    items, found = cell.dated_baselines
    at = bisect_left(items, reading.number.index)
    if at:
        return found[at - 1]
    return found[0] if found else None


def _with_basis(cell: CellReader, reading: Reading, period: Period) -> Window:
    window = period.window
    assert window is not None
    if period.kind == "month" and _in_survey(cell, reading):
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
        if default.end == window.end:
            if cell.default_is_inferred:
                reading.infer()
            return default
        if window.start is not None and (window.end - window.start).days > 300:
            return Window("year", window.start, window.end)
    return window


def _in_survey(cell: CellReader, reading: Reading) -> bool:
    if not reading.number.is_percent and reading.role != "component":
        return False
    if cell.has_respondents:
        return True
    first, last = statement_items(cell, reading)
    return CODES["SURVEY"] in cell.codes[first:last] or any(
        isinstance(tag, Period) and tag.kind == "survey" for tag in cell.items.tags[first:last]
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
    own = _period_of_target(cell, reading)
    if own is not None and own.window is not None:
        reading.window = own.window
        return
    if (
        cell.kind == "target"
        and period is not None
        and period.window is not None
        and (period.kind in ("quarter", "half", "ytd") and period.relative is None)
    ):
        reading.window = period.window
        return
    if cell.kind == "target":
        reading.window = cell.default
        if cell.default_is_inferred:
            reading.infer()
        _per_quarter(cell, reading)
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
    if period is None or period.kind not in ("year", "whole_year"):
        reading.infer()


_TARGET_TIMES: Final = frozenset(("ytd", "quarter", "this_quarter", "half", "range", "up_to"))


def _period_of_target(cell: CellReader, reading: Reading) -> Period | None:
    """ "a YTD target of 395", "Target for Q1 180", "Profile to end Q1 95"."""
    codes, tags = cell.codes, cell.items.tags
    found: Period | None = None
    for at in range(reading.number.index - 1, max(-1, reading.number.index - 9), -1):
        code, tag = codes[at], tags[at]
        if code in _VALUES or code in _STOPS or code == CODES["SEMI"]:
            return None
        if isinstance(tag, Period):
            found = tag
        if code == _TARGET:
            before = tags[at - 1] if at else None
            found = before if isinstance(before, Period) else found
            return found if found and found.kind in _TARGET_TIMES and not found.relative else None
    return None


def settle_cohorts(cell: CellReader) -> None:
    """What a cell says of a cohort is about the cohort, dated only where its months are printed."""
    if CODES["COHORT"] not in cell.codes or cell.kind in ("measure", "target"):
        return
    dated = _cohort_window(cell)
    for reading in quantities(cell):
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
    """ "1,250 per qtr" in a column of yearly targets."""
    if _is_per_quarter(cell, reading):
        reading.window = Window("quarter")


def _is_per_quarter(cell: CellReader, reading: Reading) -> bool:
    after = cell.codes[reading.number.index + 1 : reading.number.index + 3]
    return after in ([CODES["PER"], CODES["QUARTERW"]], [CODES["SLASH"], CODES["QUARTERW"]])


def _earlier_window(cell: CellReader, reading: Reading) -> None:
    """The window of a comparative: its own, or its value's moved back."""
    period = reading.period
    own = reading.of.window if reading.of is not None and reading.of.window else cell.default
    if reading.comparator == "peer_group":
        if period is not None and period.window is not None and period.relative is None:
            reading.window = period.window
        else:
            reading.window = own
            if reading.of is not None:
                reading.certainty = reading.of.certainty
            elif cell.kind == "comparator":
                reading.window = cell.default
        return
    if period is not None and period.window is not None and period.relative is None:
        reading.window = period.window
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
        elif own.basis == "point" and period.window.basis == "month":
            reading.window = Window("point", period.window.start, period.window.end)
        return
    if period is None:
        reading.window = own if _is_revision(cell, reading) else Window("unknown")
        return
    if period.kind == "average_years":
        reading.window = period.window
        return
    if period.relative == "last_quarter":
        if own.start is not None:
            year, month = periods.add_months(own.start.year, own.start.month, -3)
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


def _changed_window(cell: CellReader, reading: Reading) -> None:
    period = reading.period
    value = reading.of
    if (
        cell.kind == "comments"
        and (value is None or value.period is None)
        and (
            _is_on_quarter(cell, reading)
            or reading.comparator == "previous_quarter"
            or (reading.against is not None and reading.against.kind == "quarter_last_year")
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
            reading.certainty = (
                value.certainty if reading.certainty == "stated" else reading.certainty
            )
        elif (
            value.statement != reading.statement
            and value.period is not None
            and (value.window != cell.default)
        ):
            reading.infer()
        return
    if period is not None and period.window is not None and period.relative is None:
        reading.window = period.window
        return
    reading.window = cell.default
    if cell.default_is_inferred:
        reading.infer()
    if cell.kind in ("variance", "comments") and reading.against is not None:
        _compare_whole_years(reading)


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
        if codes[at] in _STOPS or codes[at] in _VALUES:
            return False
        tag = tags[at]
        if isinstance(tag, Period):
            printed = cell.items.text[tag.start : tag.end].lower()
            is_quarter = (
                tag.kind in ("quarter", "quarter_last_year")
                or tag.relative == "last_quarter"
                or (tag.kind == "same_period" and "q" in printed)
            )
            return is_quarter and _is_joined(codes, at)
    return False


# --- values -------------------------------------------------------------------------------------


def settle_values(cell: CellReader) -> None:
    """Sign changes by the word, else by the sign; drop signs that cannot be meant."""
    readings = quantities(cell)
    for reading in readings:
        number = reading.number
        value = number.value
        if value is None:
            if reading.role != "context":
                reading.note = "too large for the type"
            reading.value = None
            continue
        if (
            reading.role == "change"
            or reading.unit == "percent_change"
            or (reading.role == "projection" and (reading.way or reading.mate))
            or reading.rule == _CUT_ASKED_FOR
        ):
            _sign_change(cell, reading, value)
        else:
            reading.value = value
            if number.sign < 0:
                reading.note = "the printed sign cannot be meant"
        if reading.rule == "second_value":
            reading.doubt("nothing says what the second value, in brackets, is")
        if reading.role == "target":
            _settle_operator(cell, reading)


def _sign_change(cell: CellReader, reading: Reading, value: Decimal) -> None:
    number = reading.number
    way = reading.way
    mate = reading.mate
    way = _way_by_levels(cell, reading) or way
    if not way and mate is not None and mate.way and mate.number.index < number.index:
        way = mate.way
        reading.direction_word = mate.direction_word
    if not way:
        way = number.sign or (mate.number.sign if mate is not None else 0)
    if not way and reading.role == "target":
        way = {"decrease": -1, "increase": 1}.get(_wished(cell), -1)
        reading.infer()
    if (
        not way
        and mate is None
        and reading.bracket >= 0
        and (cell.kind == "variance" or reading.rule == "change_named")
    ):
        way = -1  # brackets for a negative
    if not way:
        if value:
            reading.doubt("no word or sign says which way it changed")
        way = 1
    reading.value = -value if way < 0 else value


def _way_by_levels(cell: CellReader, reading: Reading) -> int:
    """Which way an improvement went, where the value and what it was before are both printed."""
    word = (reading.direction_word or "").lower()
    value = reading.of
    if words_of_better(word) and value is not None and value.value is not None:
        for other in near(cell, reading):
            if (
                other.relation == "prior_of"
                and other.of is value
                and other.comparator not in ("peer_group", "target")
                and other.unit == value.unit
                and other.value is not None
                and other.value != value.value
            ):
                return 1 if value.value > other.value else -1
    return 0


def words_of_better(word: str) -> bool:
    """Whether a word says that something got better or worse, but not whether up or down."""
    return word in _BETTER_WORDS


_BETTER_WORDS: Final = frozenset(words.WORDS["BETTER"].split())


def _wished(cell: CellReader) -> str:
    if cell.context.direction in ("decrease", "increase"):
        return cell.context.direction or ""
    said = cell.context.measure.lower()
    if said.startswith(("reduc", "fewer", "decreas", "lower")):
        return "decrease"
    if said.startswith(("increas", "more ", "improv")):
        return "increase"
    return ""


_AT_LEAST: Final = frozenset(
    (
        "at least",
        "\u2265",
        ">",
        "no less than",
        "no fewer than",
        "min",
        "minimum",
        "more than",
        "at or above",
    )
)
_AT_MOST: Final = frozenset(
    (
        "at most",
        "\u2264",
        "<",
        "no more than",
        "not more than",
        "max",
        "maximum",
        "less than",
        "fewer than",
        "below",
        "under",
        "at or below",
        "up to",
    )
)


def _settle_operator(cell: CellReader, reading: Reading) -> None:
    """``<=``, ``>=`` or ``=``: by the words before the target, else by what is wished for."""
    before = cell.items.words[max(0, reading.number.index - 3) : reading.number.index]
    for word in reversed(before):
        if word in _AT_LEAST:
            reading.operator = ">="
            return
        if word in _AT_MOST:
            reading.operator = "<="
            return
    wish = _wished(cell)
    if wish == "decrease":
        reading.operator = "<="
    elif wish == "increase" or cell.context.direction == "maintain":
        reading.operator = ">="
    elif reading.unit == "percent_change":
        reading.operator = "<=" if reading.value is not None and reading.value < 0 else ">="
