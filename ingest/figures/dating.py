"""Which phrase about time dates which number."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ingest import periods
from ingest.figures.comparisons import comparator_of_windows, is_revision
from ingest.figures.context import rolling_year_to
from ingest.figures.lexer import Number
from ingest.figures.nearby import (
    BASE,
    CLOSE,
    DIRECTION,
    FAR,
    FILL,
    JOINS,
    LISTS,
    NEAR,
    OPEN,
    PERIOD,
    SEPARATORS,
    VALUES,
    WORD,
    near,
)
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.times import Period, span_window
from ingest.model import Window
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES


def attach_periods(cell: CellReader) -> None:
    """Attach every phrase about time to the numbers it dates.

    A phrase belongs to the number right after it when a separator says so ("Q2 - 4.8%"), to the
    number before it when only words stand between ("126 offences in STC ward in Q1"), else to what
    follows in its sentence ("In Q1 there were..."). What a change is compared with dates nothing.
    """
    shape = "".join(cell.codes)
    if PERIOD not in shape:
        return
    readings = cell.quantities
    by_index = {reading.number.index: reading for reading in readings}
    inherited: Period | None = None
    topic: Period | None = None  # the time of the value before, for "This is ..."
    started = order = 0
    is_report = cell.kind not in ("measure", "baseline")
    for first, last in cell.bounds:
        if _ANY_VALUE.search(shape, first, last):
            scope = inherited
            if topic is not None and is_report and _speaks_of_before(cell, first, last):
                scope = topic
            if scope is not None or shape.find(PERIOD, first, last) >= 0:
                _attach_in(cell, shape, first, last, by_index, scope)
            if is_report:
                while order < len(readings) and readings[order].number.index < last:
                    order += 1
                inherited = _carried(cell, readings[started:order]) or inherited
                topic = _topic(cell, readings[started:order]) or topic
                started = order
        elif is_report and shape.find(PERIOD, first, last) >= 0:
            inherited = _heading(cell.codes, cell.items.tags, first, last) or inherited
    for turn in _LISTED.finditer(shape):
        _date_list(cell, turn.start(), turn.end(), by_index)


_ANY_VALUE: Final = re.compile("[" + re.escape("".join(VALUES)) + "]")
# The only items that matter while phrases about time are attached.
_TURNS: Final = re.compile(
    "[" + re.escape("".join((*VALUES, OPEN, CLOSE, PERIOD, CODES["SEMI"]))) + "]"
)

_LISTED: Final = re.compile(
    "[{p}]([{j}]+[{p}])*(?=[^{v}{p}]{{0,8}}[{v}]([{j}]+[{v}])+)".format(
        p=re.escape(PERIOD),
        j=re.escape(CODES["COMMA"] + CODES["AND"]),
        v=re.escape("".join(VALUES)),
    )
)
_STRETCHES: Final = frozenset(("month", "quarter", "range", "year"))


def _date_list(cell: CellReader, first: int, last: int, by_index: dict[int, Reading]) -> None:
    """ "In April, May and June there were 288, 301 and 276": one time for each value, in order."""
    windows: list[Window] = []
    for tag in cell.items.tags[first:last]:
        if not isinstance(tag, Period):
            continue
        if tag.kind not in _STRETCHES or tag.window is None or tag.relative is not None:
            return
        windows.extend(tag.parts or (tag.window,))
    at = last
    while at < last + 9 and cell.codes[at] not in VALUES:
        at += 1
    values: list[Reading] = []
    while at < len(cell.codes) and at in by_index:
        values.append(by_index[at])
        at += 1
        while at < len(cell.codes) and cell.codes[at] in (CODES["COMMA"], CODES["AND"]):
            at += 1
    if len(windows) < 2 or len(windows) != len(values):
        return
    shared = {id(value.period) for value in values}
    for value, window in zip(values, windows, strict=True):
        value.period = Period("month" if window.basis == "month" else "range", window)
        value.period.item = first
    start, end = windows[0].start, windows[-1].end
    for other in cell.quantities[values[-1].order + 1 :]:
        if other.statement != values[0].statement:
            break
        if id(other.period) in shared and start is not None and end is not None and start < end:
            other.period = Period("range", span_window(start, end))  # "- 865 in total"


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
    (
        "survey",
        "rolling",
        "twelve_months",
        "rolling_pair",
        "year_ending",
        "ytd",
        "range",
        "half",
        "up_to",
        "months_ending",
    )
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
    if found is None or is_past(found, cell):
        return None
    if found.kind not in _CARRIED_KINDS and not (
        cell.kind == "comments" and found.kind in _CARRIED_IN_COMMENTS
    ):
        return None
    if found.window == cell.default and not cell.default_is_inferred:
        return None  # what the column says already
    carried = Period(found.kind, found.window)
    carried.start, carried.end, carried.item = found.start, found.end, -2
    return carried


def _topic(cell: CellReader, readings: list[Reading]) -> Period | None:
    """The period of the value that a sentence reports first, whatever its kind."""
    for reading in readings:
        if reading.role in ("observation", "component"):
            period = reading.period
            if period is None or period.window is None or period.relative is not None:
                return None
            carried = Period(period.kind, period.window)
            carried.start, carried.end, carried.item = period.start, period.end, -2
            return carried
    return None


def _speaks_of_before(cell: CellReader, first: int, last: int) -> bool:
    """Whether a sentence goes on about the last: "This is ...", "9 of these were ..."."""
    opening = cell.items.words[first : min(last, first + 4)]
    if opening[:1] and opening[0] in words.ANAPHORS and opening[0] != "it":
        return True
    return any(
        word == "of" and opening[at + 1 : at + 2] and opening[at + 1] in words.ANAPHORS
        for at, word in enumerate(opening)
    )


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
        if code in VALUES and at in by_index:
            reading = by_index[at]
            if reading.period is None and scope is not None and _is_in_scope(cell, reading, scope):
                reading.period = scope
                if (
                    scope.kind in _SINGLE
                    and at - scope.item <= 3
                    and not _opens_sentence(cell, scope, first)
                    and not _heads_list(codes, scope, at)
                ):
                    scope = None
            previous, previous_at = reading, at
        elif code == OPEN:
            dates_bracket = scope is not None and scope.item == at - 1 and is_past(scope, cell)
            outside.append((None if dates_bracket else scope, previous_at))
        elif code == CLOSE and outside:
            around, before = outside.pop()
            if previous_at > before and (scope is None or scope.kind not in _WHOLE):
                scope = around  # a number stood in the brackets: their period ends here
        elif (
            code == CODES["SEMI"]
            and scope is not None
            and (
                scope.kind in _SINGLE
                or scope.relative is not None
                or is_past(scope, cell)
                or (not outside and _is_before_column(scope, cell))
            )
        ):
            scope = None
        elif code == PERIOD:
            period = tags[at]
            assert isinstance(period, Period)
            if period.kind in _ON_THE:
                continue  # "a year on year rise": dates nothing
            owner = _owner(cell, at, first, last, previous, previous_at, by_index, was_right)
            was_right = owner == "right"
            if owner == "left" and previous is not None:
                _date_bracketed(cell, previous, period, at)
                _date_left(cell, previous, period)
                if (
                    period.relative is None
                    and (period.kind not in _SINGLE or codes[at + 1 : at + 2] == [CODES["COLON"]])
                    and previous.role != "comparative"
                    and (previous.order == 0 or not is_past(period, cell))
                ):
                    scope = period
            elif owner == "right":
                if (period.kind in _STRETCHED or codes[at + 1 : at + 2] == [CODES["COMMA"]]) and (
                    _before(codes, at, first) == CODES["SINCE"] or _is_since(codes, at, first)
                ):
                    _stretch(cell, period)
                scope = _merged(scope, period, cell) if _adjacent(codes, at, first) else period
                if (
                    period.kind in _WHOLE
                    and outside
                    and previous is not None
                    and _is_sample_next(at, last, codes, by_index)
                ):
                    _date_left(cell, previous, period)  # "58% agree (June 2013 survey, 612 ...)"
            elif owner == "left_last" and previous is not None and previous.period is None:
                previous.period = period


def _date_bracketed(cell: CellReader, last: Reading, period: Period, at: int) -> None:
    """ "compared to 14 (1 fatal, 13 serious) in the same quarter last year": all of them."""
    if last.bracket < 0 or CLOSE not in cell.codes[last.number.index : at]:
        return
    if any(code not in _FROM_BRACKET for code in _after_close(cell.codes, last.number.index, at)):
        return
    beside: list[Reading] = []
    for other in reversed(near(cell, last, before=5, after=0)[:-1]):
        if other.statement != last.statement or other.bracket not in (last.bracket, -1):
            return
        beside.append(other)
        if other.bracket < 0:
            break
    if beside and beside[-1].role == "comparative" and beside[-1].bracket < 0:
        for other in beside:
            other.period = period


def _after_close(codes: list[str], first: int, last: int) -> list[str]:
    close = last - 1
    while close > first and codes[close] != CLOSE:
        close -= 1
    return codes[close + 1 : last]


_FROM_BRACKET: Final = frozenset(CODES[name] for name in ("IN", "FILL", "WORD", "COMMA"))


def _is_sample_next(at: int, last: int, codes: list[str], by_index: dict[int, Reading]) -> bool:
    """Whether only the size of a survey follows its date in the brackets."""
    for ahead in range(at + 1, min(last, at + 8)):
        if codes[ahead] == CLOSE:
            return True
        if ahead in by_index:
            return by_index[ahead].role == "component"
    return True


_STRETCHED: Final = frozenset(("month", "as_at"))
_ON_THE: Final = frozenset(("year_on_year", "quarter_on_quarter"))


def _stretch(cell: CellReader, period: Period) -> None:
    """ "Since the scheme began in April 2012, 240 people": from then to the column's end."""
    start, end = (period.window.start if period.window else None), cell.default.end
    if start is not None and end is not None and start < end:
        period.kind = "since"
        period.window = span_window(start, end)


def _opens_sentence(cell: CellReader, scope: Period, first: int) -> bool:
    """ "In June 84% were ... and 46% were ..."."""
    return scope.item == first and cell.items.text[scope.start : scope.start + 3] == "In "


def _heads_list(codes: list[str], scope: Period, at: int) -> bool:
    """ "December campaign: 88 tests, 31 positive": what is named so is about that time."""
    between = codes[scope.item + 1 : at]
    return len(between) > 1 and between[-1] == CODES["COLON"] and between[0] == WORD


def _is_in_scope(cell: CellReader, reading: Reading, scope: Period) -> bool:
    """A baseline restated among this quarter's values has only a period of its own."""
    if (
        reading.rule == "level_before_change"
        and scope.relative is None
        and scope.item < reading.number.index
        and not is_past(scope, cell)
        and not is_revision(cell, reading)
    ):
        return False  # "rose in 2018/19, from 3,480 to 4,225"
    if reading.role == "comparative" and reading.comparator is None and scope.relative is None:
        if scope.item == -2:
            return False  # carried from another sentence
        # What is compared with is another time; only words of its own name it.
        index = reading.number.index
        is_beside = scope.item >= 0 and index - scope.item < 7
        return (
            is_beside and not any(code in VALUES for code in cell.codes[scope.item + 1 : index])
        ) or is_past(scope, cell)
    if reading.role != "baseline" or cell.kind in ("measure", "baseline"):
        return True
    codes = cell.codes[max(0, reading.number.index - 10) : reading.number.index]
    return BASE in codes[: len(codes) - (reading.number.index - scope.item)] or BASE not in codes


# A month, or a past period set beside one number, dates that number only.
_SINGLE: Final = frozenset(("month", "end_of", "average_years", "rolling_years"))
# A survey in brackets dates all that its sentence reports.
_WHOLE: Final = frozenset(("survey",))


def is_past(period: Period, cell: CellReader) -> bool:
    """Whether a phrase names a time before the column's financial year."""
    if period.window is None or period.window.end is None or cell.default.end is None:
        return False
    if cell.kind in ("measure", "baseline"):
        return False
    return period.window.end < date(periods.financial_year_of(cell.default.end), 4, 1)


def _is_before_column(period: Period, cell: CellReader) -> bool:
    """Whether a quarter is over before the column's own begins."""
    end = period.window.end if period.window is not None else None
    start = cell.default.start
    return period.kind == "quarter" and end is not None and start is not None and end < start


def _date_left(cell: CellReader, reading: Reading, period: Period) -> None:
    """Date the number before a phrase, and those that stand with it."""
    if period.pair is not None and reading.role == "change":
        # "a rise between 2009/10 and 2010/11" is one of the second year on the first.
        earlier, later = period.pair
        reading.period = Period("year", later)
        reading.period.start, reading.period.end = period.start, period.end
        reading.comparator = comparator_of_windows(earlier, later)
        return
    codes = cell.codes
    if reading.period is None or reading.period is not period:
        if _is_carried_over(codes, reading, period):
            reading.period = period  # "214 YTD, with 61 of them in Q3"
        else:
            reading.period = _merged(reading.period, period, cell)
    readings = cell.quantities
    at = reading.order
    if at and reading.unit == "seconds" and readings[at - 1].unit == "minutes":
        readings[at - 1].period = reading.period
    # "(26 and 13 in 2013/14 Q1)": both.
    if at and period.kind in _DATES_PAIRS:
        before = readings[at - 1]
        between = codes[before.number.index + 1 : reading.number.index]
        if (
            before.period is None
            and before.role == reading.role == "observation"
            and before.statement == reading.statement
            and (
                _COORDINATED.fullmatch("".join(between))
                or (reading.unit == "currency" and _WORTH.fullmatch("".join(between)))
            )
        ):
            before.period = period  # "1,904 incidents and 388 arrests from Jan to Mar"
        is_open = before.period is None or (
            reading.bracket >= 0
            and before.bracket == reading.bracket
            and before.period.item < before.bracket
        )
        if (
            between == [CODES["AND"]]
            and is_open
            and (before.unit == reading.unit or before.role == "comparative")
        ):
            before.period = period
    if (
        at
        and reading.rule == "rank_size"
        and readings[at - 1].unit == "rank"
        and OPEN not in codes[reading.number.index : period.item]
    ):
        readings[at - 1].period = readings[at - 1].period or reading.period
    if period.kind in _WHOLE or cell.kind == "comparator":
        for before in readings[max(0, at - NEAR) : at]:
            if before.statement == reading.statement and before.period is None:
                before.period = period


_COORDINATED: Final = re.compile(
    f"[{re.escape(WORD + CODES['LABEL'] + FILL + CODES['TO'] + CODES['OF'])}]{{0,6}}"
    f"{re.escape(CODES['AND'])}{FILL}*"
)


_WORTH: Final = re.compile(f"[{re.escape(WORD + CODES['LABEL'] + FILL)}]{{1,4}}")


def _is_carried_over(codes: list[str], reading: Reading, period: Period) -> bool:
    """Whether a number has its period from before another number, and not from its own words."""
    old = reading.period
    if old is None or period.kind not in _OWN_TIMES:
        return False
    between = codes[old.item + 1 : reading.number.index] if old.item >= 0 else codes[:0]
    return old.item < 0 or any(code in VALUES for code in between)


_OWN_TIMES: Final = frozenset(("quarter", "month", "this_quarter"))
_DATES_PAIRS: Final = frozenset(
    (
        "quarter",
        "year",
        "last_year",
        "quarter_last_year",
        "last_quarter",
        "last_ytd",
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
    for before in range(at - 1, max(first, at - FAR) - 1, -1):
        if codes[before] in VALUES:
            return False
        if codes[before] == PERIOD:
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
    last = min(last, at + FAR)
    following = at + 1
    while following < last and not (codes[following] in VALUES and following in by_index):
        following += 1
    has_next = following < last and codes[following] in VALUES
    between_next = "".join(codes[at + 1 : following]) if has_next else ""
    before = _before(codes, at, first)
    if codes[at - 1 : at] == [CODES["BY"]] and at and period.kind in _DEADLINES:
        return "compared"  # "40-50 cases by March"
    if codes[at + 1 : at + 2] == [WORD] and _names_event(cell, at):
        return "compared"  # "9 offences following the June attacks"
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
    if codes[next_at : next_at + 1] == [FILL] and cell.items.words[next_at] in ("s", "before's"):
        return "right" if next_at + 1 in by_index else "compared"  # "2018/19's 66"
    if codes[next_at : next_at + 1] == [BASE] and before in JOINS | {CODES["OF"], CODES["OPEN"]}:
        return "compared"  # "96.4% of the 2010/11 baseline": the baseline's year
    if period.relative is not None and next_at in by_index and by_index[next_at].number.sign:
        return "compared"  # "QoQ +1.9%"
    if (
        previous is not None
        and (previous.role == "comparative" or _is_of_past(cell, previous))
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
    if (
        previous is not None
        and period.kind == "as_at"
        and codes[at - 1] == CODES["ON"]
        and not _has_direction(codes, previous_at + 1, at)
        and previous.role in ("observation", "component")
        and (previous.period is None or previous.period.item == -2)
    ):
        return "left"  # "9 in custody on 31.12.12"
    if (
        previous is not None
        and has_next
        and before in JOINS
        and cell.items.words[at + 1 : at + 2] == ["when"]
    ):
        return "right"  # "18 on the same period in 2013/14 when 150 were recorded"
    if previous is not None and before in JOINS and not _compares_value(codes, at, previous_at):
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
    if before == CODES["SINCE"] and previous is not None and is_past(period, cell) and not has_next:
        return "compared"  # "158, the best since 2003/04"
    if before == CODES["SINCE"] and (previous is not None or _has_direction(codes, first, at)):
        if between_next == OPEN:
            return "right"
        if any(code in DIRECTION for code in codes[max(first, at - 12) : at]):
            return "compared"
    if codes[at - 1] == OPEN and at > 1 and codes[at - 2] == BASE and previous is not None:
        if previous.role == "change":
            return "compared"  # "11% against baseline (2010/11)"
    gap = codes[max(previous_at + 1, at - FAR) : at] if previous is not None else []
    next_reading = by_index.get(following) if has_next else None
    in_bracket = _bracket_at(codes, at, first)
    if (
        previous is not None
        and in_bracket > previous_at
        and period.kind in ("as_at", "month")
        and (not has_next or CLOSE in between_next)
        and previous.number.is_word
    ):
        return "compared"  # "one obtained (14/11/2016)": the day of an event
    if previous is not None and in_bracket > previous_at:
        # Alone in brackets after a number: "27.4% (2013/14)"; before one in them: "(May 84.1%)".
        closes = CLOSE in between_next or not has_next
        return "left" if closes else "right"
    if next_reading is not None:
        directly = between_next == "" or all(
            code in SEPARATORS or code == FILL for code in between_next
        )
        separated = bool(between_next) and between_next[0] in SEPARATORS
        number = next_reading.number
        if (
            between_next[:1] == CODES["COLON"]
            and (before == CODES["IN"] or _LED_IN.match(cell.items.text, period.start))
            and previous is not None
            and previous.period is None
            and not _has_list(gap)
            and CLOSE not in gap
        ):
            return "left"  # "three crimes in March: two thefts and one of damage"
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
            and (codes[previous_at - 1 : previous_at] == [PERIOD])
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
    if (
        previous is not None
        and not has_next
        and codes[at - 1 : at] in ([CODES["AND"]], [CODES["COMMA"]])
        and codes[at + 1 : at + 2] in ([CODES["BEFORE"]], [CODES["IS"]])
    ):
        return "compared"  # "to 3,078, and Q2 was the third quarter of reduction"
    if (
        previous is not None
        and previous_at >= first
        and gap == [CODES["DASH"]]
        and has_next
        and between_next == ""
        and codes[previous_at - 1 : previous_at] == [PERIOD]
    ):
        return "right"  # "Q3 last year 19 - YTD 77"
    if (
        previous is not None
        and has_next
        and period.kind in _NAMES_TOTAL
        and (_has_list(gap) or CLOSE in gap or gap == [CODES["AND"]])
        and _NAMED_VALUE.fullmatch(between_next)
    ):
        return "right"  # "(112) due to the dry spell, however Q1 total of 308"
    if previous is not None and not _has_list(gap) and CLOSE not in gap:
        if previous.role == "change" and CODES["COMPARE"] in gap and _is_bygone(period, cell):
            return "compared"  # "412 better off than we were at the end of December last year"
        return "left"
    if previous is not None and CLOSE in gap:
        after = gap[len(gap) - gap[::-1].index(CLOSE) :]
        is_weak = period.kind in ("month", "quarter", "as_at", "calendar_year", "range")
        if len(after) > (3 if is_weak else 12):
            return "compared"  # too far to date anything
    if (
        previous is not None
        and CLOSE in gap
        and not _has_list(gap)
        and (not has_next or period.kind in _HEADINGS)
    ):
        return "left"
    if has_next:
        if previous is not None and CLOSE in gap and before == CODES["IN"]:
            return "left"
        return "right"
    return "compared" if CODES["SEMI"] in gap else "left_last"


def _names_event(cell: CellReader, at: int) -> bool:
    said = [word for word in cell.items.words[max(0, at - 3) : at] if word not in ("the", "a")]
    return bool(said) and said[-1] in words.AFTER_EVENTS


_LED_IN: Final = re.compile(r"(?:in|during|for)\s", re.IGNORECASE)


def _is_of_past(cell: CellReader, reading: Reading) -> bool:
    return reading.period is not None and is_past(reading.period, cell)


# "(LY 35) YTD 119", "34 \u2192 YTD 61": a phrase between a bracket or an arrow and a number.
_JUST_AFTER: Final = (
    [CODES["AND"]],
    [CLOSE],
    [CODES["TO"]],
    [CLOSE, CODES["TO"]],
    [CLOSE, CODES["DASH"]],
)
_LEADS_TO_VALUE: Final = frozenset(
    CODES[name] for name in ("OF", "IS", "FILL", "COLON", "DASH", "WORD", "OPEN", "BEFORE")
)


_NAMES_TOTAL: Final = frozenset(("quarter", "ytd", "year", "whole_year", "rolling", "this_quarter"))
_NAMED_VALUE: Final = re.compile(
    f"[{FILL}{WORD}]{{0,2}}[{re.escape(CODES['OF'] + CODES['IS'] + CODES['BEFORE'])}]{FILL}*"
    f"|[{re.escape(FILL)}]{{0,2}}"
)
_DEADLINES: Final = frozenset(("month", "quarter", "as_at", "end_of"))
_POSSESSIVE: Final = frozenset(("'s", "\u2019s"))


def _is_bygone(period: Period, cell: CellReader) -> bool:
    return (
        period.relative is not None or period.kind == "quarter_last_year" or is_past(period, cell)
    )


def _has_direction(codes: list[str], first: int, last: int) -> bool:
    return any(code in DIRECTION for code in codes[first:last])


def _is_base_of_change(codes: list[str], at: int, first: int) -> bool:
    """ "a slight increase on the position in March": the month is what is compared with."""
    joined = False
    for before in range(at - 1, max(first, at - FAR) - 1, -1):
        code = codes[before]
        if code in (CODES["ON"], CODES["COMPARE"]):
            joined = True
        elif joined and code in DIRECTION:
            return True
        elif code not in _REACHED_THROUGH:
            return False
    return False


_HIGHER: Final = ([CODES["MORE"]], [CODES["LESS"]])
_NAMES_VALUE: Final = frozenset(CODES[name] for name in ("COMMA", "FILL", "BEFORE", "IS"))
_REACHED_THROUGH: Final = frozenset(
    CODES[name] for name in ("FILL", "WORD", "IN", "OF", "RANK", "IS", "DURATION", "SPAN")
)


def _has_list(gap: list[str]) -> bool:
    return any(code in LISTS for code in gap)


def _before(codes: list[str], at: int, first: int) -> str:
    """The word class that leads to a period, past articles: "on the same quarter" is ON."""
    if codes[at + 1 : at + 2] == [CODES["COMPARE"]] and (
        codes[at - 1 : at] == [CODES["IN"]] or codes[at - 1 : at] in _HIGHER
    ):
        return CODES["IN"]  # "18% higher in Q1 than Q4"
    at -= 1
    first = max(first, at - NEAR)
    while at >= first and codes[at] in (FILL, WORD, CODES["IN"], CODES["SAME"]):
        if codes[at] == CODES["IN"]:
            return codes[at - 1] if at > first and codes[at - 1] in JOINS else CODES["IN"]
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
    for before in range(at - 1, max(previous_at, at - FAR), -1):
        if codes[before] in JOINS:
            return False
    return True


def _bracket_at(codes: list[str], at: int, first: int) -> int:
    """Index of the bracket that an item stands in, -1 outside all."""
    depth = 0
    for before in range(at - 1, max(first - 1, at - 24), -1):
        if codes[before] == CLOSE:
            depth += 1
        elif codes[before] == OPEN:
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
            "half",
            "ytd",
            "month",
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
    if old.kind in ("year", "calendar_year") and new.kind == "same_period" and not new.number:
        merged = Period("same_period", old.window, "same_period")
        merged.number = old.window.start.year if old.window and old.window.start else 0
        return merged  # "2008/09 when 322 were recorded over the same period"
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
