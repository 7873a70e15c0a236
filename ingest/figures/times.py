"""Phrases about time: found in the tokens of a cell, resolved to dates, folded into one token.

Each entry of :data:`PHRASES` is a pattern over token classes and the function that gives it a
meaning. Their order matters: at one place the first that fits wins. A phrase that turns out not to
be about time ("3 months" as a definition) is left as it was.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from ingest import periods
from ingest.figures.context import (
    CellContext,
    financial_year_window,
    quarter_of,
    rolling_year_to,
    year_to_date_of,
)
from ingest.figures.lexer import Number, Tokens
from ingest.figures.patterns import compile_right
from ingest.model import Window
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES

PERIOD: Final = CODES["PERIOD"]


class Period:
    """One phrase about time.

    ``window`` is None when the phrase is relative to a value ("last year"); ``relative`` then says
    how: ``last_year``, ``same_period``, ``last_quarter``, ``quarter_last_year``. ``kind`` is the
    name of the phrase's rule. ``words`` is what was printed. ``is_end`` marks a moment ("to end of
    June") whose first day depends on the basis it is read with.
    """

    __slots__ = ("end", "item", "kind", "number", "pair", "parts", "relative", "start", "window")

    def __init__(
        self, kind: str, window: Window | None = None, relative: str | None = None
    ) -> None:
        self.kind = kind
        self.window = window
        self.relative = relative
        self.pair: tuple[Window, Window] | None = None  # "between 2009/10 and 2010/11"
        self.parts: tuple[Window, ...] = ()  # "May and June": each
        self.number = 0  # the quarter of "Q1 last year"
        self.start = 0
        self.end = 0
        self.item = -1  # its index among the cell's items


class Span:
    """The tokens of one phrase, with what its handlers ask of them."""

    __slots__ = ("context", "first", "last", "tokens")

    def __init__(self, tokens: Tokens, first: int, last: int, context: CellContext) -> None:
        self.tokens = tokens
        self.first = first
        self.last = last
        self.context = context

    def numbers(self, codes: str) -> list[Number]:
        """The numbers whose tokens have one of these codes, in order."""
        found = []
        for at in range(self.first, self.last):
            number = self.tokens.tags[at]
            if number is not None and self.tokens.codes[at] in codes:
                found.append(number)
        return found

    def words(self) -> list[str]:
        """The words of the phrase, lower case."""
        return self.tokens.words[self.first : self.last]

    def code(self, at: int) -> str:
        """The code of the token at an absolute index."""
        return self.tokens.codes[at]


_YEAR, _QUARTER, _DATE = CODES["YEAR"], CODES["QUARTER"], CODES["DATE"]
_MONTH, _DAYYR, _NUM = CODES["MONTH"], CODES["DAYYR"], CODES["NUM"]


# --- years and moments --------------------------------------------------------------------------


def year_window(number: Number) -> Window:
    """The window of a year label: a financial year, or the calendar year when only one is given."""
    if number.b == number.a + 1:
        return financial_year_window(number.a)
    if number.b > number.a:
        return Window("unknown", date(number.a, 1, 1), date(number.b, 12, 31))
    return periods.calendar_year(number.a)


class Moment:
    """A day or month or year that a phrase names: its first and last day."""

    __slots__ = ("end", "has_year", "start")

    def __init__(self, start: date, end: date, *, has_year: bool = True) -> None:
        self.start = start
        self.end = end
        self.has_year = has_year


def moments(span: Span) -> list[Moment]:
    """The dates, months, quarters and years of a phrase, in the order printed."""
    found: list[Moment] = []
    tokens, context = span.tokens, span.context
    at = span.first
    while at < span.last:
        code = tokens.codes[at]
        number = tokens.tags[at]
        if code == _MONTH:
            moment, at = _month_moment(tokens, at, span.last, span.first, context)
            found.append(moment)
            continue
        if code == _DATE and number is not None and number.b:
            found.append(_date_moment(number))
        elif code == _QUARTER and number is not None:
            moment, at = _quarter_moment(span, at, number)
            found.append(moment)
            continue
        elif code == _YEAR and number is not None:
            window = year_window(number)
            if window.start is not None and window.end is not None:
                found.append(Moment(window.start, window.end))
        at += 1
    _share_years(found)
    return found


def _month_moment(
    tokens: Tokens, at: int, last: int, first: int, context: CellContext
) -> tuple[Moment, int]:
    month = words.MONTHS[tokens.words[at]]
    day: int | None = None
    year: int | None = None
    before = tokens.tags[at - 1] if at > first else None
    if before is not None and before.context == "day_of_month":
        day = before.a
    at += 1
    if at < last and tokens.codes[at] == CODES["COMMA"] and at + 1 < last:
        at += tokens.codes[at + 1] == _YEAR
    if at < last:
        after = tokens.tags[at]
        if tokens.codes[at] == _YEAR and after is not None:
            year = after.a
            at += 1
        elif tokens.codes[at] == _DAYYR and after is not None:
            if after.ordinal:
                day = after.a
                at += 1
            elif after.context == "beside_month":
                year = 2000 + after.a
                at += 1
    has_year = year is not None
    if year is None:
        year = context.first_year + (month < 4)
        latest = context.window.end if context.window and context.window.end else None
        if latest is None:
            latest = year_to_date_of(context.first_year, context.quarter).end
        if latest is not None and date(year, month, 1) > latest and month >= 4:
            year -= 1
        elif latest is not None and month < 4 and date(year, month, 1) > latest:
            year -= 1
    end = periods.month_end(year, month)
    if day is not None and day <= end.day:
        return Moment(date(year, month, day), date(year, month, day), has_year=has_year), at
    return Moment(date(year, month, 1), end, has_year=has_year), at


def _date_moment(number: Number) -> Moment:
    year, month = divmod(number.b, 100)
    end = periods.month_end(year, month)
    if number.a == 0:
        return Moment(date(year, month, 1), end)
    day = date(year, month, min(number.a, end.day))
    return Moment(day, day)


def _quarter_moment(span: Span, at: int, number: Number) -> tuple[Moment, int]:
    year = number.b
    at += 1
    if not year:
        for ahead in range(at, min(at + 2, span.last)):
            after = span.tokens.tags[ahead]
            if span.tokens.codes[ahead] == _YEAR and after is not None:
                year = after.a
                at = ahead + 1
                break
            if span.tokens.codes[ahead] not in _INTO_YEAR:
                break
    window = quarter_of(year or span.context.first_year, number.a)
    assert window.start is not None
    assert window.end is not None
    return Moment(window.start, window.end, has_year=bool(year)), at


_INTO_YEAR: Final = frozenset(CODES[name] for name in ("IN", "OF", "FILL", "COMMA"))


def _share_years(found: list[Moment]) -> None:
    """Give "April" of "April to Sept 2012" the year of its fellow."""
    for first, second in itertools.pairwise(found):
        if second.has_year and not first.has_year:
            shift = second.start.year - first.start.year
            moved = first.start.year + shift
            if (first.start.month, first.start.day) > (second.start.month, second.start.day):
                moved -= 1
            first.end = (
                periods.month_end(moved, first.end.month)
                if (first.end.day > 27)
                else first.end.replace(year=moved)
            )
            first.start = first.start.replace(year=moved, day=min(first.start.day, 28))


def span_window(start: date, end: date) -> Window:
    """The window from one day to another, with the basis that its length and place give it."""
    if start > end:
        return Window("unknown")
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole = start.day == 1 and end == periods.month_end(end.year, end.month)
    if not whole:
        basis = "point" if start == end else "unknown"
        return Window(basis, start, end)
    if months == 1:
        return Window("month", start, end)
    if months == 12:
        return Window("year" if start.month in (1, 4) else "rolling_12m", start, end)
    if months == 3 and start.month in (1, 4, 7, 10):
        return Window("quarter", start, end)
    if start.month == 4 and months < 12:
        return Window("ytd", start, end)
    return Window("unknown", start, end)


# --- what each phrase means ---------------------------------------------------------------------


def column_end(context: CellContext) -> date:
    """The last day a cell can know of: the end of its column, or of the report's quarter."""
    window, _ = context.default_window()
    if window.end is not None and context.kind != "year_total":
        return window.end
    if window.end is not None and window.basis != "year":
        return window.end
    if window.end is not None and periods.financial_year_of(window.end) != context.first_year:
        return window.end
    end = year_to_date_of(context.first_year, context.quarter).end
    assert end is not None
    return end


def _average(span: Span) -> Period | None:
    years = span.numbers(_YEAR)
    if CODES["AVERAGE"] not in span.tokens.codes[span.first : span.last] and (
        span.words()[-1] not in ("rate", "total") or not span.numbers(_NUM)
    ):
        return None  # "5 year plan", but "three-year rate"
    if len(years) == 1 and years[0].b <= years[0].a + 1 and not span.numbers(_NUM):
        return None  # "MSG average 2012/13"
    period = _average_of(span)
    if {"pooled", "rate"} & set(span.words()):
        period.kind = "pooled_years"
    # A "3 year baseline average" is the baseline.
    period.number = 3 if CODES["BASE"] in span.tokens.codes[span.first : span.last] else 0
    return period


def _average_of(span: Span) -> Period:
    years = list(span.numbers(_YEAR))
    if len(years) >= 2:
        first, last = years[0], years[-1]
        if first.b == first.a + 1 and last.b == last.a + 1:
            window = periods.years_ending(first.a + 1, last.b)
        else:
            window = periods.years_ending(first.a, last.a)
        return Period("average_years", window)
    if len(years) == 1 and years[0].b > years[0].a:
        if "calendar year" in span.tokens.text[:400].lower():
            start, end = date(years[0].a, 1, 1), date(years[0].b, 12, 31)
            return Period("average_years", Window("multi_year_average", start, end))
        return Period("average_years", periods.years_ending(years[0].a, years[0].b))
    return Period("average_years", Window("multi_year_average"))


def _days(span: Span) -> Period | None:
    """ "between 9 and 17 December", "1-3 Nov"."""
    found, numbers = moments(span), span.numbers(_DAYYR)
    if not found or not numbers or numbers[0].context != "day_of_month":
        return None
    end = found[-1].end
    return Period("range", span_window(end.replace(day=min(numbers[0].a, end.day)), end))


def _range(span: Span) -> Period | None:
    found = moments(span)
    if len(found) < 2:
        return None
    first, last = found[0], found[-1]
    codes = span.tokens.codes[span.first : span.last]
    if CODES["SLASH"] in codes and _MONTH in codes:
        # "June 18 / June 19": the year between the two, July 2018 to June 2019.
        if (last.end.year - first.end.year, last.end.month) == (1, first.end.month):
            return Period("rolling_pair", rolling_year_to(last.end))
    if CODES["YTD"] in codes:
        return Period("ytd_range", Window("ytd", first.start, last.end))
    window = span_window(first.start, last.end)
    if window.basis == "year" and first.start.month == 1 and first.has_year and last.has_year:
        window = Window("rolling_12m", window.start, window.end)  # "Jan 13 - Dec 13"
    period = Period("range", window)
    if CODES["AND"] in codes and codes[0] != CODES["BETWEEN"]:
        period.parts = tuple(span_window(moment.start, moment.end) for moment in found)
    days = (first.end - first.start).days
    if (
        codes[0] in (CODES["BETWEEN"], CODES["FROM"])
        and days > 27
        and abs((last.end - last.start).days - days) < 4
    ):
        period.pair = (
            _whole(first.start, first.end),
            _whole(last.start, last.end),
        )
    return period


def _whole(start: date, end: date) -> Window:
    window = span_window(start, end)
    return Window("year", start, end) if window.basis == "rolling_12m" else window


def _same(span: Span) -> Period | None:
    codes = span.tokens.codes[span.first : span.last]
    said = " ".join(span.words())
    if not any(code in _SAME_NOUNS for code in codes) and not said.startswith(
        ("this ", "at this ")
    ):
        return None
    if said in _NOW and not span.numbers(_YEAR):
        return None  # "41 this time"
    period = Period("same_period", relative="same_period")
    years = span.numbers(_YEAR)
    if years:
        year = years[-1]
        period.window = year_window(year) if year.b else financial_year_window(year.a)
        period.number = year.a
    if CODES["ROLL"] in codes:
        period.relative = "same_rolling"
    return period


_NOW: Final = frozenset(("this time", "this point", "this stage"))
_SAME_NOUNS: Final = frozenset(
    CODES[name] for name in ("SPAN", "QUARTERW", "MONTH", "YEARW", "YTD", "YEAR")
)


def _twelve(span: Span) -> Period | None:
    counts = span.numbers(_NUM)
    if not counts or counts[0].value is None:
        return None
    length = int(counts[0].value)
    nouns = span.words()
    if not any(word in ("months", "month", "mths", "mth", "mnths", "mnth", "m") for word in nouns):
        return None
    found = moments(span)
    codes = span.tokens.codes[span.first : span.last]
    if length == 12:
        if len(found) >= 2:
            window = Window("rolling_12m", found[0].start, found[-1].end)
            if found[0].start.month == 4 and span.context.kind == "baseline":
                window = Window("year", window.start, window.end)
            return Period("twelve_months", window)
        if found:
            return Period("twelve_months", rolling_year_to(found[-1].end))
        if not (
            CODES["LAST"] in codes
            or CODES["ROLL"] in codes
            or "latest" in nouns
            or _names_figure(span)
        ):
            return None
        if _PREVIOUS & set(nouns):
            return Period("previous_twelve_months", relative="last_year")
        period = Period("twelve_months", rolling_year_to(column_end(span.context)))
        period.number = 1  # no end was printed
        return period
    if length == 3 and not found and _PREVIOUS & set(nouns):
        return Period("last_quarter", relative="last_quarter")
    if not found and 1 < length < 12 and _JUST_OVER & set(nouns) and _is_over(span):
        end = column_end(span.context)
        first = periods.add_months(end.year, end.month, 1 - length)
        return Period("months_ending", span_window(date(*first, 1), end))
    if found and 1 <= length < 12:
        end = found[-1].end
        first = periods.add_months(end.year, end.month, 1 - length)
        return Period("months_ending", span_window(date(*first, 1), end))
    return None


def _names_figure(span: Span) -> bool:
    """ "12 month figure 88.7%": what a figure covers."""
    after = span.tokens.words[span.last : span.last + 1]
    return bool(after) and after[0] in ("figure", "figures", "rate", "total", "average", "position")


_JUST_OVER: Final = frozenset(("last", "past", "latest"))


def _is_over(span: Span) -> bool:
    """Whether "in", "over" or "during" leads to it, and not a comparing word."""
    at = span.first - 1
    while at >= 0 and span.code(at) == CODES["FILL"]:
        at -= 1
    if at < 0 or span.tokens.words[at] == "over":
        return True
    return span.code(at) not in _COMPARING


_COMPARING: Final = frozenset(
    CODES[name] for name in ("COMPARE", "ON", "FROM", "LESS", "MORE", "BETTER", "OF", "BY")
)


_PREVIOUS: Final = frozenset(("previous", "preceding", "prior", "prev"))


def _quarters_to(span: Span) -> Period | None:
    """ "4 quarters to 30th June 2012", "over the last two quarters"."""
    count = span.numbers(_NUM)[0].value
    said = set(span.words())
    if count is None or not 1 < count <= 12:
        return None
    found = moments(span)
    if not found and not (said & _JUST_OVER and span.first and _is_led_in(span)):
        return None
    end = found[-1].end if found else column_end(span.context)
    first = periods.add_months(end.year, end.month, 1 - 3 * int(count))
    if count == 4:
        return Period("twelve_months", rolling_year_to(end))
    return Period("months_ending", span_window(date(*first, 1), end))


def _is_led_in(span: Span) -> bool:
    """Whether the phrase begins with "in", "over" or "during", or one of them leads to it."""
    return span.code(span.first) == CODES["IN"] or _is_over(span)


_R12: Final = frozenset(("r12", "r12m"))


def _rolling(span: Span) -> Period | None:
    last = span.tokens.tags[span.last - 1]
    if last is not None and span.code(span.last - 1) == _NUM and last.value != 12:
        span.last -= 1  # "R12 6,020": its value
    counts = span.numbers(_NUM)
    codes = span.tokens.codes[span.first : span.last]
    if not any(code in _SAME_NOUNS for code in codes) and not _R12 & set(span.words()):
        return None  # "this rolling programme"
    if (
        counts
        and counts[0].value != 12
        and CODES["YEARW"] in span.tokens.codes[span.first : span.last]
    ):
        return Period("rolling_years", Window("multi_year_average"))
    if counts and counts[0].value != 12:
        return None
    found = moments(span)
    end = found[-1].end if found else column_end(span.context)
    period = Period("rolling", rolling_year_to(end))
    period.number = 0 if found else 1  # 1: no end was printed
    return period


def _last_year_rolling(span: Span) -> Period | None:
    """ "previous R12", "previous rolling 12 months"."""
    if span.words()[0] in ("last", "past"):
        return None  # "the last rolling 12 months" end now
    return Period("previous_twelve_months", relative="last_year")


DAY_MONTH: Final = _DAYYR + _MONTH


def _year_ending(span: Span) -> Period | None:
    found = moments(span)
    said = span.words()
    if not found or (
        CODES["FYE"] in span.tokens.codes[span.first : span.last]
        and not any(word in _FOR_THE_YEAR for word in said)
    ):
        return None
    end = found[-1].end
    window = rolling_year_to(end)
    if "calendar" in said and end.month == 12:
        return Period("year_ending", Window("year", window.start, window.end))
    if end.month == 3 and (
        "ending" in said
        or "ended" in said
        or "".join(span.tokens.codes[span.first : span.last]).find(DAY_MONTH) >= 0
    ):
        window = Window("year", window.start, window.end)
    return Period("year_ending", window)


_FOR_THE_YEAR: Final = frozenset(("for the year", "over the year", "during the year"))


def _ytd(span: Span) -> Period | None:
    found = moments(span)
    end = column_end(span.context)
    years = span.numbers(_YEAR)
    if found and not years:
        end = found[-1].end
    elif years:
        shift = years[0].a - periods.financial_year_of(end)
        end = periods.month_end(end.year + shift, end.month)
    start = date(periods.financial_year_of(end), 4, 1)
    return Period("ytd", Window("ytd", start, end))


def _to_quarter(span: Span) -> Period | None:
    found = moments(span)
    if not found:
        return None
    if found[-1].start > column_end(span.context):
        return Period("future")  # "2 adjourned to Q3"
    start = date(periods.financial_year_of(found[-1].end), 4, 1)
    return Period("ytd", Window("ytd", start, found[-1].end))


def _bare_year(span: Span) -> Period | None:
    """ "Q4 88; Year - 362": the word alone as the label of a number."""
    tokens = span.tokens
    before = tokens.codes[span.first - 1] if span.first else ""
    after = tokens.tags[span.last] if span.last < len(tokens.tags) else None
    if before not in _BREAKS or after is None or after.value is None or after.value <= 13:
        return None
    word = tokens.words[span.first]
    if word not in ("year", "yr") and not (word == "annual" and span.last - span.first > 1):
        return None
    if after.is_word:
        return None
    return _fye(span)


def _for_year(span: Span) -> Period | None:
    """ "29 arrests in Q4, 71 for year (44 the year before)"."""
    tokens = span.tokens
    before = tokens.tags[span.first - 1] if span.first else None
    after = tokens.codes[span.last : span.last + 1]
    if before is None or before.value is None or span.words() != ["for", "year"]:
        return None
    return _fye(span) if after != [CODES["NEND"]] else None


_BREAKS: Final = frozenset(
    ("", *(CODES[name] for name in ("SEMI", "STOP", "COMMA", "SLASH", "OPEN")))
)


def _fye(span: Span) -> Period | None:
    years = span.numbers(_YEAR)
    if years:
        year = years[0]
        if not year.b and "calendar" in span.words():
            window = periods.calendar_year(year.a)
            return Period("whole_year", Window("year", window.start, window.end))
        window = year_window(year)
        if not year.b:
            window = financial_year_window(year.a)
        return Period("whole_year", window)
    year_number = _context_year(span.context)
    end = column_end(span.context)
    window = financial_year_window(year_number)
    if (
        not _ENDS_YEAR.search(" ".join(span.words()))
        and window.end is not None
        and (end < window.end)
    ):
        # "this financial year" of a year that is not over is the year so far.
        return Period("ytd", Window("ytd", window.start, end))
    return Period("whole_year", window)


_ENDS_YEAR: Final = re.compile(
    r"\b(?:fye|eoy|end|ended|year-end|out-?turns?|full|whole|entire|total|annual)\b"
)


def _year_said(span: Span) -> int:
    """The year of a phrase: its own, the one before for "last year", else the column's."""
    years = span.numbers(_YEAR)
    if years:
        return years[0].a
    is_last = {CODES["LAST"], CODES["AGO"]} & set(span.tokens.codes[span.first : span.last])
    return _context_year(span.context) - bool(is_last)


def _context_year(context: CellContext) -> int:
    if context.window is not None and context.window.start is not None:
        return periods.financial_year_of(context.window.start)
    return context.first_year


def _quarter_year(span: Span) -> Period | None:
    quarters, years = span.numbers(_QUARTER), span.numbers(_YEAR)
    return Period("quarter", quarter_of(years[0].a, quarters[0].a))


def _quarter(span: Span) -> Period | None:
    number = span.numbers(_QUARTER)[0]
    return Period("quarter", quarter_of(number.b or _quarter_year_of(number, span), number.a))


def _end_of_quarter(span: Span) -> Period | None:
    """ "11% above the profile at the end of Q3": in a comment, the year so far."""
    number = span.numbers(_QUARTER)[0]
    window = quarter_of(number.b or _quarter_year_of(number, span), number.a)
    if span.context.kind != "comments" or window.end is None:
        return Period("quarter", window)
    return Period(
        "ytd", Window("ytd", date(periods.financial_year_of(window.end), 4, 1), window.end)
    )


def _quarter_year_of(number: Number, span: Span) -> int:
    """The year of a quarter printed without one: the latest such quarter the column can know."""
    end = column_end(span.context)
    year = periods.financial_year_of(end)
    start = quarter_of(year, number.a).start
    return year - 1 if start is not None and start > end else year


def _twelve_ended(span: Span) -> Period | None:
    """ "12m/e June 2013"."""
    count, found = span.numbers(_NUM)[0].value, moments(span)
    if count != 12 or not found or (span.words()[-2:-1] != ["e"] and "e" not in span.words()):
        return None
    return Period("twelve_months", rolling_year_to(found[-1].end))


def _months_of_year(span: Span) -> Period | None:
    """ "Six month total 26": from the first of April."""
    count = span.numbers(_NUM)[0].value
    if (
        count is None
        or count not in (6, 9)
        or span.words()[-1] not in ("total", "figure", "totals", "figures")
    ):
        return None
    first_year = _context_year(span.context)
    return Period("ytd", year_to_date_of(first_year, int(count) // 3))


def _quarter_to(span: Span) -> Period | None:
    """ "the quarter to December": the three months that end there."""
    found = moments(span)
    if not found:
        return None
    end = found[-1].end
    first = periods.add_months(end.year, end.month, -2)
    return Period("quarter", span_window(date(*first, 1), end))


def _quarter_before(span: Span) -> Period | None:
    """ "three fewer than the quarter before"."""
    if span.words()[0] != "the":
        return None
    return Period("last_quarter", relative="last_quarter")


def _quarter_last_year(span: Span) -> Period | None:
    number = span.numbers(_QUARTER)[0]
    window = quarter_of(_context_year(span.context) - 1, number.a)
    return Period("quarter_last_year", window)


def _quarter_of_relative(span: Span) -> Period | None:
    """ "LY Q2", "Q3 LY": the quarter of the year before."""
    if not {"ly", "py"} & set(span.words()):
        return None
    return _quarter_last_year(span)


def _years_ending(span: Span) -> Period | None:
    """ "the three years to March 2014"."""
    found = moments(span)
    count = span.numbers(_NUM)[0].value
    if not found or count is None or not 1 < count <= 20:
        return None
    end = found[-1].end
    first = periods.add_months(end.year, end.month, 1 - 12 * int(count))
    return Period("range", Window("unknown", date(*first, 1), end))


def _first_months(span: Span) -> Period | None:
    """ "the first three months of the year", "first six months of 2016/17"."""
    if "first" not in span.words():
        return None
    count = span.numbers(_NUM)[0].value
    if count is None or count not in (3, 6, 9):
        return None
    year = _year_said(span)
    if count == 3:
        return Period("quarter", quarter_of(year, 1))
    return Period("half", year_to_date_of(year, int(count) // 3))


def _first_quarters(span: Span) -> Period | None:
    """ "the first three quarters of the year"."""
    count = span.numbers(_NUM)[0].value
    if "first" not in span.words() or count is None or count not in (2, 3):
        return None
    years = span.numbers(_YEAR)
    year = years[0].a if years else _context_year(span.context)
    if not years and {CODES["LAST"], CODES["AGO"]} & set(span.tokens.codes[span.first : span.last]):
        year -= 1
    return Period("half", year_to_date_of(year, int(count)))


def _month_last_year(span: Span) -> Period | None:
    """ "in June last year", "at the end of December last year"."""
    found = next(word for word in span.words() if word in words.MONTHS)
    month = words.MONTHS[found]
    year = _context_year(span.context) - 1 + (month < 4)
    said = set(span.words())
    if said & {"end", "to", "until", "till", "upto", "through"}:
        start, last = date(_context_year(span.context) - 1, 4, 1), periods.month_end(year, month)
        return Period("up_to", span_window(start, last))
    return Period("month", Window("month", date(year, month, 1), periods.month_end(year, month)))


def _months_before(span: Span) -> Period | None:
    """ "the three months before": the quarter before."""
    counts = span.numbers(_NUM)
    said = span.words()
    if said[0] != "the" and not {"ago", "earlier"} & set(said):
        return None
    if counts[0].value == 12 and said[0] != "the":
        return Period("last_year", relative="last_year")  # "twelve months ago"
    if counts[0].value == 12 and CODES["COHORT"] not in span.tokens.codes:
        return Period("previous_twelve_months", relative="last_year")
    return Period("last_quarter", relative="last_quarter") if counts[0].value == 3 else None


def _relative_word(span: Span) -> Period | None:
    word = span.words()[-1]
    if word.startswith(("next", "the coming")):
        return Period("whole_year", financial_year_window(_context_year(span.context) + 1))
    if word in ("ly", "py"):
        return Period("last_year", relative="last_year")
    if word in ("pyq", "lyq", "pyqtr"):
        return Period("last_year", relative="last_year")
    if word in ("pq", "lq"):
        return Period("last_quarter", relative="last_quarter")
    if word in words.ON_QUARTER:
        return Period("quarter_on_quarter", relative="last_quarter")
    if word in words.ON_YEAR:
        return Period("year_on_year", relative="last_year")
    if word == "sply" or "same" in word:
        return Period("same_period", relative="same_period")
    window, _ = span.context.default_window()
    end = column_end(span.context)
    start = date(periods.financial_year_of(end), 4, 1)
    del window
    period = Period("last_ytd", periods.shift_years(Window("ytd", start, end), -1), "same_period")
    return period


def _last_year(span: Span) -> Period | None:
    counts = span.numbers(_NUM)
    if span.code(span.first) == CODES["AGO"]:
        return None
    if counts and counts[0].value is not None and counts[0].value != 1:
        if counts[0].value > 20:
            return None
        window = span.context.default_window()[0]
        return Period("years_ago", periods.shift_years(window, -int(counts[0].value)))
    return Period("last_year", relative="last_year")


def _this_year(span: Span) -> Period | None:
    """ "Last year 110, this year 118": the time of the column."""
    if span.words()[0] != "this" or not _labels_number(span):
        return None
    return Period("current")


def _last_quarter(span: Span) -> Period | None:
    if span.code(span.first) == CODES["AGO"]:
        return None
    return Period("last_quarter", relative="last_quarter")


def _this_quarter(span: Span) -> Period | None:
    said = span.words()
    if said[-1] == "quarterly" or not {"this", "the", "current", "in", "during", "for"} & set(said):
        return None
    end = column_end(span.context)
    year = periods.financial_year_of(end)
    window = quarter_of(year, (end.month - 4) % 12 // 3 + 1)
    return Period("this_quarter", window)


def _bare_quarter(span: Span) -> Period | None:
    """ "Rolling year 24.5%, quarter 26%": the word alone as the label of a number."""
    if span.words()[0] not in ("quarter", "qtr") or not _labels_number(span):
        return None
    end = column_end(span.context)
    year = periods.financial_year_of(end)
    return Period("this_quarter", quarter_of(year, (end.month - 4) % 12 // 3 + 1))


def _labels_number(span: Span) -> bool:
    """Whether a phrase stands alone before a number."""
    tokens = span.tokens
    before = tokens.codes[span.first - 1] if span.first else ""
    after = tokens.tags[span.last] if span.last < len(tokens.tags) else None
    return (
        before in _BREAKS
        and after is not None
        and after.value is not None
        and (after.value > 13 or after.is_percent)
        and not after.is_word
    )


def _half(span: Span) -> Period | None:
    """ "second half of the year", "Half-year total", "H1 2012/13"."""
    numbers = span.numbers(CODES["HALF"])
    said = span.words()
    if numbers:
        number = numbers[0].a
    elif "second" in said or "2nd" in said:
        number = 2
    elif (
        "first" in said
        or "1st" in said
        or any("year" in word for word in said)
        or CODES["YEARW"] in span.tokens.codes[span.first : span.last]
    ):
        number = 1
    else:
        return None  # "half of them"
    year = _year_said(span)
    if number == 1:
        return Period("half", Window("ytd", date(year, 4, 1), date(year, 9, 30)))
    return Period("half", Window("unknown", date(year, 10, 1), date(year + 1, 3, 31)))


def _survey(span: Span) -> Period | None:
    years = span.numbers(_YEAR)
    if years and years[-1].b:
        period = _year(span)  # "surveys for 2014/15": the year's
        if period is not None:
            period.kind = "survey"
        return period
    found = moments(span)
    if not found:
        return None
    return Period("survey", Window("point", found[0].start, found[0].end))


def _wave(span: Span) -> Period | None:
    """ "May 2012 wave"."""
    return _survey(span) if span.words()[-1] in _COUNTS_OF_A_DAY else None


_COUNTS_OF_A_DAY: Final = frozenset(("wave", "count", "snapshot", "estimate"))


def _moment(span: Span) -> Period | None:
    found = moments(span)
    if not found:
        return None
    moment = found[-1]
    said = " ".join(span.words())
    padded = f" {said} "
    if " since " in padded:
        return Period("since", _since(moment, span.context))
    is_to = any(f" {word} " in padded for word in ("to", "up to", "until", "till", "upto"))
    if CODES["YTD"] in span.tokens.codes[span.first : span.last]:
        if "to date" in said and moment.start.month == 4:  # "April to date"
            return Period("ytd", Window("ytd", moment.start, column_end(span.context)))
        start = date(periods.financial_year_of(moment.end), 4, 1)
        return Period("ytd", Window("ytd", start, moment.end))
    if " as at " in padded or " at " in padded or (moment.start == moment.end and not is_to):
        period = Period("as_at", Window("point", moment.start, moment.end))
        return period
    if is_to and moment.start > column_end(span.context):
        return Period("future")  # "secured to March 2018"
    if is_to:
        start = date(periods.financial_year_of(moment.end), 4, 1)
        return Period("up_to", _to_date_window(start, moment.end, span.context))
    if " end " in padded:
        return Period("end_of", Window("point", moment.start, moment.end))
    return Period("month", span_window(moment.start, moment.end))


def _since(moment: Moment, context: CellContext) -> Window:
    return _to_date_window(moment.start, column_end(context), context)


def _to_date_window(start: date, end: date, context: CellContext) -> Window:
    """From April on is the year to date, in the first quarter too unless the column is it."""
    window = span_window(start, end)
    if window.basis == "quarter" and start.month == 4 and context.kind != "quarter":
        return Window("ytd", start, end)
    return window


def _year(span: Span) -> Period | None:
    number = span.numbers(_YEAR)[0]
    if not number.b and number.context is None:
        return None
    if span.first and span.tokens.words[span.first - 1] in _UNDATED:
        return None  # "ASB Act 2014", "pre 2003"
    if number.b == number.a:
        # "2015/15" is no year: the report's own is meant, doubtfully.
        period = Period("year", financial_year_window(span.context.first_year))
        period.number = -2
        return period
    window = year_window(number)
    if number.b > number.a + 1 and _counts_years(span, number.b - number.a):
        window = Window("unknown", date(number.a, 4, 1), date(number.b, 3, 31))
    return Period("year" if number.b else "calendar_year", window)


def _counts_years(span: Span, count: int) -> bool:
    """ "by 15% over three years (2011-14)": three financial years, and not four calendar years."""
    tokens = span.tokens
    for at in range(max(0, span.first - 5), span.first - 1):
        number = tokens.tags[at]
        if number is not None and number.value == count and tokens.codes[at + 1] == CODES["YEARW"]:
            return True
    return False


_UNDATED: Final = frozenset(("act", "pre", "post", "before", "after"))
Handler = Callable[[Span], "Period | None"]

_DAYMONTH: Final = "DAYYR? MONTH (DAYYR | COMMA? YEAR)?"
_MOMENT: Final = f"({_DAYMONTH} | DATE)"
_POINT: Final = (
    f"(FILL | NEND | OF | FIN)* ({_DAYMONTH} | DATE | QUARTER ((IN | OF | FILL)* YEAR)? | YEAR)"
)
_TAIL: Final = f"(TO | NEND) (TO | NEND | OF | FILL | IN)* {_POINT}"
# "Last year", "the previous financial year", "a year ago", "the year before".
_LAST_YEAR: Final = "(LAST FIN* YEARW | FILL* YEARW AGO)"
_YEARS: Final = "YEAR ((TO | DASH | AND | COMMA | SLASH) YEAR)*"

PHRASES: Final[tuple[tuple[str, str, Handler], ...]] = (
    (
        "average_years",
        "(ROLL? NUM DASH? YEARW WORD | ROLL? NUM DASH? YEARW DASH? (ROLL | QUARTERW | "
        "QUARTER | BASE | WORD)? AVERAGE"
        " | AVERAGE (IN | OF | FILL | LAST | FROM)* NUM YEARW | YEAR BASE? AVERAGE"
        f" | AVERAGE (OF | FROM | IN | FILL)* YEAR (TO | DASH | AND | COMMA | SLASH) {_YEARS}"
        " | AVERAGE (OF | FROM | IN | FILL)* YEAR)"
        f" (((OPEN | FROM | IN | OF | FILL | COLON | DASH | SLASH)* {_YEARS} CLOSE?)"
        " | IN? QUARTER | IN FILL (SAME FILL?)? (QUARTERW | SPAN | HALF YEARW?) | IN MONTH)?",
        _average,
    ),
    (
        "same_period",
        "SAME (FILL | FIN | SPAN | QUARTERW | ROLL | NUM | YEARW | DASH | MONTH | YTD)* AGO?"
        " ((IN | OF | FROM | FILL | TO)* (LAST FIN* YEARW AGO? | FIN* YEAR | FIN* YEARW AGO))?",
        _same,
    ),
    (
        "twelve_months",
        f"(LAST | ROLL | THIS)* NUM DASH? SPAN (ROLL | SPAN | LAST | FILL)* (({_TAIL}) |"
        f" (FILL | COLON)? {_POINT} (TO | DASH | AND) {_POINT})?",
        _twelve,
    ),
    ("twelve_months", f"NUM SPAN SLASH WORD {_POINT}", _twelve_ended),
    ("months_of_year", "NUM DASH? SPAN FILL", _months_of_year),
    (
        "quarters_to",
        f"(LAST | FILL | IN)* NUM QUARTERW ({_TAIL})?",
        _quarters_to,
    ),
    ("quarter_to", f"(IN | FILL)* QUARTERW {_TAIL}", _quarter_to),
    ("quarter_before", "FILL QUARTERW AGO", _quarter_before),
    ("previous_rolling", "LAST ROLL (NUM SPAN)?", _last_year_rolling),
    (
        "rolling",
        f"ROLL (FILL | FIN | DASH | YEARW | SPAN | NUM | QUARTERW)* ({_TAIL})?",
        _rolling,
    ),
    (
        "year_ending",
        f"(IN | FILL)* FIN* (YEARW | FYE) (TO | NEND) (FILL | NEND | OF | TO | IN)* {_POINT}",
        _year_ending,
    ),
    (
        "survey",
        "SURVEY (COMMA | OPEN | IN | FILL | WORD)? (MONTH (YEAR | DAYYR) | YEAR)",
        _survey,
    ),
    ("survey", "MONTH? (YEAR | DAYYR) WORD? WORD? WORD? SURVEY", _survey),
    ("survey", "(MONTH? (YEAR | DAYYR) | MONTH) (LABEL | WORD)", _wave),
    ("quarter_last_year", f"QUARTER (IN | OF | FILL)* {_LAST_YEAR}", _quarter_last_year),
    ("quarter_last_year", "LAST FIN* YEARW QUARTER", _quarter_last_year),
    ("quarter_last_year", "(QUARTER RELATIVE | RELATIVE QUARTER)", _quarter_of_relative),
    (
        "years_ending",
        f"(LAST | FILL)* NUM YEARW (TO | NEND) (FILL | NEND | OF | TO | IN)* {_POINT}",
        _years_ending,
    ),
    (
        "first_months",
        f"FILL? TOP NUM SPAN (OF FILL* ({_LAST_YEAR} | FIN* YEARW | FIN* YEAR))?",
        _first_months,
    ),
    (
        "month_last_year",
        f"(TO | FILL | NEND | OF | IN | SINCE)* MONTH (IN | OF | FILL)* {_LAST_YEAR}",
        _month_last_year,
    ),
    (
        "first_months",
        f"FILL? TOP NUM QUARTERW (OF FILL* ({_LAST_YEAR} | FIN* YEARW | FIN* YEAR))?",
        _first_quarters,
    ),
    ("months_before", "FILL? NUM SPAN AGO", _months_before),
    (
        "half",
        f"FILL? (TOP | DURATION)? HALF DASH? ({_LAST_YEAR} | OF FILL* ({_LAST_YEAR} | "
        "YEAR | FIN* YEARW) | YEARW | YEAR)?",
        _half,
    ),
    ("range", "(FROM | BETWEEN)? DAYYR (TO | DASH | AND) DAYYR MONTH YEAR?", _days),
    ("range", f"(FROM | BETWEEN | IN)? {_POINT} (TO | DASH | AND | SLASH) {_POINT} YTD?", _range),
    ("quarter_year", "QUARTER (IN | OF | FILL | COMMA | DASH)? YEAR", _quarter_year),
    ("quarter_year", "YEAR (COMMA | DASH | FILL)? QUARTER", _quarter_year),
    ("last_ytd", "RELATIVE", _relative_word),
    ("ytd", "(TO | FILL | NEND)* MONTH (DAYYR | YEAR)? YTD", _moment),
    ("ytd", "TO (FILL | NEND | OF)* QUARTER YEAR?", _to_quarter),
    ("ytd", "YEAR YTD | YTD (IN | OF | FILL)* YEAR | YTD", _ytd),
    ("last_year", "(LAST | AGO) FIN* YEARW | NUM? YEARW AGO | LAST FYE", _last_year),
    ("current", "FILL YEARW", _this_year),
    ("last_quarter", "(LAST | AGO) FIN* QUARTERW | QUARTERW AGO", _last_quarter),
    ("this_quarter", "(IN FILL? | FILL) THIS? QUARTERW | THIS QUARTERW", _this_quarter),
    ("this_quarter", "QUARTERW (DASH | COLON | IS)?", _bare_quarter),
    ("whole_year", "YEAR FIN YEARW", _fye),
    ("whole_year", "YEARW (DASH | COLON | IS)?", _bare_year),
    ("whole_year", "IN YEARW", _for_year),
    ("whole_year", "YEAR FYE | FYE (IN | OF | FILL | COLON)* YEAR | FYE", _fye),
    (
        "whole_year",
        "FIN+ YEARW? (COLON | OF | IN)* YEAR | FIN YEARW | NEND OF? FIN YEARW"
        " | NEND FILL YEARW | IN FILL YEARW",
        _fye,
    ),
    ("moment", f"(TO | FILL | NEND | OF | IN | SINCE)* {_MOMENT}", _moment),
    ("quarter_year", "QUARTER OPEN YEAR CLOSE", _quarter_year),
    ("end_of_quarter", "(IN | FILL | BY)* NEND (OF | FILL)* QUARTER", _end_of_quarter),
    ("quarter", "QUARTER", _quarter),
    ("year", "(NEND OF? FILL*)? FIN* YEAR", _year),
)

# Every phrase reaches one of the words of time after a few small words at most: a quick look ahead
# that spares most places the attempt.
_LEAD_IN: Final = "".join(
    CODES[name]
    for name in (
        "ROLL NUM AVERAGE LAST DAYYR TOP DURATION FILL NEND OF TO FIN IN SINCE BETWEEN "
        "FROM DASH THIS AND"
    ).split()
)
_TIME_WORDS: Final = "".join(
    CODES[name]
    for name in (
        "MONTH YEAR QUARTER DATE YEARW SPAN SURVEY RELATIVE YTD QUARTERW FYE SAME ROLL FIN AVERAGE "
        "HALF"
    ).split()
)
_MASTER: Final = re.compile(
    f"(?=[{re.escape(_LEAD_IN)}]{{0,7}}[{re.escape(_TIME_WORDS)}])(?:"
    + "|".join(f"({compile_right(pattern).pattern})" for _, pattern, _ in PHRASES)
    + ")"
)
_ONE_BY_ONE: Final = tuple(compile_right(pattern) for _, pattern, _ in PHRASES)
_HANDLERS: Final = tuple(handler for _, _, handler in PHRASES)
_ANY_TIME: Final = re.compile(
    "["
    + re.escape(
        "".join(
            CODES[name]
            for name in (
                "ROLL AVERAGE SAME LAST YEARW SURVEY MONTH YEAR QUARTER DATE RELATIVE "
                "YTD QUARTERW FYE FIN "
                "SPAN HALF"
            ).split()
        )
    )
    + "]"
)


def _less_likely(
    shape: str, tried: int, tokens: Tokens, first: int, context: CellContext
) -> tuple[Span, Period] | None:
    """The first phrase after one that is none after all: in "Q2 year-on-year", the quarter."""
    for pattern, handler in zip(_ONE_BY_ONE[tried:], _HANDLERS[tried:], strict=True):
        match = pattern.match(shape, first)
        if match is None:
            continue
        span = Span(tokens, first, match.end(), context)
        period = handler(span)
        if period is not None:
            return span, period
    return None


class Items:
    """A cell's tokens with every phrase about time folded into one item."""

    __slots__ = ("codes", "ends", "shape", "starts", "tags", "text", "words")

    def __init__(self, tokens: Tokens) -> None:
        self.text = tokens.text
        self.codes: list[str] = tokens.codes
        self.starts: Sequence[int] = tokens.starts
        self.ends: Sequence[int] = tokens.ends
        self.words: list[str] = tokens.words
        self.tags: list[Number | Period | None] = list(tokens.tags)
        self.shape = "".join(tokens.codes)


def fold(tokens: Tokens, context: CellContext) -> Items:
    """Find the phrases about time and fold each into one PERIOD item."""
    items = Items(tokens)
    if not _ANY_TIME.search(items.shape):
        return items
    codes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    texts: list[str] = []
    tags: list[Number | Period | None] = []
    done = 0
    at = 0
    while (match := _MASTER.search(items.shape, at)) is not None:
        first, last = match.span()
        at = first + 1
        if match.lastindex is None:
            continue
        span = Span(tokens, first, last, context)
        period = _HANDLERS[match.lastindex - 1](span)
        if period is None:
            found = _less_likely(items.shape, match.lastindex, tokens, first, context)
            if found is None:
                continue
            span, period = found
        at = last = span.last
        period.start, period.end = tokens.starts[first], tokens.ends[last - 1]
        for inside in range(first, last):
            number = tokens.tags[inside]
            if number is not None and number.context is None:
                number.context = f"part_of_{period.kind}"
        codes.extend(tokens.codes[done:first])
        starts.extend(tokens.starts[done:first])
        ends.extend(tokens.ends[done:first])
        texts.extend(tokens.words[done:first])
        tags.extend(tokens.tags[done:first])
        period.item = len(codes)
        codes.append(PERIOD)
        starts.append(period.start)
        ends.append(period.end)
        texts.append("")
        tags.append(period)
        done = last
    codes.extend(tokens.codes[done:])
    starts.extend(tokens.starts[done:])
    ends.extend(tokens.ends[done:])
    texts.extend(tokens.words[done:])
    tags.extend(tokens.tags[done:])
    items.codes, items.starts, items.ends = codes, starts, ends
    items.words, items.tags = texts, tags
    items.shape = "".join(codes)
    for at, tag in enumerate(tags):
        if isinstance(tag, Number):
            tag.index = at
    return items
