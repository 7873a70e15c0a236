"""The words of time in a header: found, put together and taken out.

A time is said in parts that combine: a stretch ("quarter 2", "Apr-Jun", "YTD", "12 months to"), a
shift ("last year", "PY", "one year ago", "previous quarter"), and a year ("2012/13"). Each part has
a pattern of its own, built from the words in ``ingest.vocabulary.headers``; :func:`take` finds the
parts in any order and :func:`_combine` says what they mean together. "Last year's Q2", "Q2 PY" and
"same quarter last year (2012/13)" need no entries of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ingest import periods
from ingest.vocabulary import headers as words
from ingest.vocabulary.numbers import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Times:
    """The words of time in a header, before the report's own dates are known.

    ``months`` holds (first month, last month); ``year`` the first year of a financial year, or the
    calendar year when ``is_calendar``; ``relative`` a code such as ``ytd``, ``last_year`` or
    ``same_period_last_year``; ``span`` the last year of a range of years; ``average`` the length of
    an average in years; ``length`` how many months end with the month that is named ("6 months to
    September"); ``day`` the day of a date on its own ("31 March 2014"); ``is_up_to`` whether words
    such as "to", "by" or "as at" stand before that month.
    """

    quarter: int | None = None
    quarter_from: int | None = None
    months: tuple[int, int] | None = None
    month_years: tuple[int | None, int | None] = (None, None)
    year: int | None = None
    span: int | None = None
    is_calendar: bool = False
    relative: str | None = None
    average: int | None = None
    length: int | None = None
    is_up_to: bool = False
    day: int | None = None
    is_survey: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of time."""
        return self == NO_TIMES


NO_TIMES: Final = Times()


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(phrases, key=len, reverse=True))


_QUARTER: Final = "|".join(words.QUARTER_WORDS)
_MONTH: Final = "|".join(sorted(words.MONTHS, key=len, reverse=True))
_DASH: Final = r"\s*(?:-|/|&|to|and|until)\s*"
_BACK: Final = _any_of(words.SHIFTS_BACK)
_HERE: Final = _any_of(words.SHIFTS_NONE)
_SPAN_WORDS: Final = r"(?:financial |fiscal |calendar |full |fin )?(?:year|fy)"

_YEAR_TEXT: Final = r"(?:(?:19|20)\d\d\s*[/-]\s*(?:(?:19|20)\d\d|\d\d|\d)|\d\d\s*[/-]\s*\d\d)(?!\d)"
_YEAR_RE: Final = re.compile(rf"(?<!\d)({_YEAR_TEXT})(?:{_DASH}({_YEAR_TEXT}))?")
_CALENDAR_RE: Final = re.compile(
    rf"(?<![\d/])((?:19|20)\d\d)(?:{_DASH}((?:19|20)\d\d|\d\d))?(?![\d/])"
)
_QUARTER_RE: Final = re.compile(
    rf"\b(?:{_QUARTER})s?\.?\s*([1-4])(?:{_DASH}(?:{_QUARTER})?\.?\s*([1-4]))?(?![\d/])"
)
_ORDINALS: Final = "|".join(sorted(words.QUARTER_NUMBERS, key=len, reverse=True))
_QUARTER_NAMED_RE: Final = re.compile(
    rf"\b(?:(?:{_QUARTER})s?\s*({_ORDINALS})|({_ORDINALS})\s*(?:{_QUARTER}))\b"
)
_OCR_QUARTER_RE: Final = re.compile(r"\b[o0]\s?([1-4])\b")
_DAY: Final = r"(?:(?<![\d/-])[0-3]?\d(?:st|nd|rd|th)?[\s-]+)?"
_OF_YEAR: Final = (
    r"\b\.?(?:\s*-?\s*'?((?:19|20)?\d\d)"
    rf"(?!\d|\s*[/-]\s*\d(?!\d?(?:st|nd|rd|th)?\s+(?:{_MONTH})\b)"
    rf"|(?:st|nd|rd|th)?\s+(?:{_MONTH})\b))?"
)
_MONTHS_RE: Final = re.compile(
    rf"\b{_DAY}({_MONTH}){_OF_YEAR}(?:{_DASH}{_DAY}({_MONTH}){_OF_YEAR})?"
)
_LEADING_DAY: Final = re.compile(r"\d+")
_AVERAGE_RE: Final = re.compile(
    rf"\b(\d\d?|{_ORDINALS}|five|ten)[\s-]*years?[\s-]*(?:rolling |moving |rolling-)?"
    r"(?:average|baseline average)(?!\w)"
    rf"|\baverage (?:of |over )?(?:the )?(?:{_BACK}|{_HERE}) (\d\d?|{_ORDINALS}|five|ten) years\b"
)
_UP_TO: Final = r"(?:to(?: the)?(?: end(?: of)?)?|ending|ended|end|up to)"
_TWELVE_RE: Final = re.compile(
    rf"\b(?:rolling )?(?:12|twelve)[\s-]?(?:months?|m) {_UP_TO}(?= |$)"
    rf"|\b(?:12|twelve)[\s-]?(?:months?|m) rolling\b"
    rf"|\brolling (?:(?:12|twelve)[\s-]?(?:months?|m)|year|annual)(?: (?:period|total|rate))?"
    r"|\b(?:r12m?|mat|moving annual total)\b"
    rf"|\b(?:{_HERE}|last|past) (?:12|twelve) months\b"
)
_TWELVE_BEFORE_RE: Final = re.compile(
    r"\b(?:previous|preceding) (?:12|twelve) months\b|\b(?:12|twelve) months (?:previous|before)\b"
)
_SOME_MONTHS_RE: Final = re.compile(
    rf"\b(?:(\d\d?|three|six|nine)[\s-]?months?|(?:quarter|qtr)) {_UP_TO}"
    rf"(?= (?:[0-3]?\d\w* )?(?:{_MONTH})\b)"
)
_YEAR_ENDING_RE: Final = re.compile(
    rf"\byear (?:ending|ended|end(?= (?:[0-3]?\d\w* )?(?:{_MONTH})\b)|{_UP_TO}"
    rf"(?= (?:[0-3]?\d\w* )?(?:{_MONTH}|{_QUARTER}) ?[\d\w]*))"
)
_TO_MONTH_RE: Final = re.compile(
    r"\b(?:(?:to|up to|until|by|as at|at|as of)(?: the)?(?: end(?: of)?)?|end(?: of)?)$"
)
_HALF_RE: Final = re.compile(
    r"\bh([12])\b|\b(first|second|1st|2nd) half(?:[ -]year)?\b"
    r"|\b(?:half[ -]year(?:ly)?|mid[ -]year|6[ -]months?|six[ -]months?)\b"
    r"|\b((?:9|nine)[ -]months?)\b"
)
_SAME_RE: Final = re.compile(
    rf"\b(?:same|equivalent|corresponding|this(?= \w+ (?:{_BACK}) )) "
    rf"(?:(quarter|qtr|q)|(month)|period|point|time|stage|position|months|(?=ytd)|(?={_MONTH}))"
    r"(?: of| in| for)?(?: the)?(?= |$)"
)
_YTD_RE: Final = re.compile(rf"(?<!\w)(?:{_any_of(words.TO_DATE)})(?!\w)")
_PYTD_RE: Final = re.compile(rf"(?<!\w)(?:{_any_of(words.TO_DATE_LAST_YEAR)})(?!\w)")
_YEARS_AGO_RE: Final = re.compile(
    rf"\b(?:(?:{_BACK}) {_SPAN_WORDS}(?! (?:to date|average))"
    r"|(?:(?:a|one|1) )?(?:year|yr) (?:ago|earlier|previously)|(?:a|one|1) (?:year|yr) before"
    r"|12 months (?:ago|earlier|previously)|(?:the )?year before(?! last)|year earlier"
    r"|py|ly|year -1|y-1)\b"
)
_TWO_YEARS_AGO_RE: Final = re.compile(
    r"\b(?:(?:two|2) years (?:ago|earlier|before)|(?:the )?year before last|year -2|y-2)\b"
)
_BACK_RE: Final = re.compile(rf"\b(?:{_BACK}) (?:(quarter|qtr|qu|q)|(month)|(period))\b(?! ?\d)")
_HERE_RE: Final = re.compile(
    rf"\b(?:{_HERE}) (?:(quarter|qtr|qu|q)|(month)|({_SPAN_WORDS})|(period))\b(?! ?\d)"
    r"|\b(quarterly(?! average)|in quarter|in the quarter|for the quarter"
    r"|(?:quarter|qtr)(?= (?:actual|target|result|outturn|performance|figure|value|"
    r"position|standard|profile|variance|milestone)))\b"
    r"|\b(monthly(?! average)|in month|for the month)\b"
)
_NEXT_RE: Final = re.compile(rf"\b(?:next|following|coming) {_SPAN_WORDS}\b")
_WHOLE_RE: Final = re.compile(rf"(?<!\w)(?:{_any_of(words.WHOLE_YEAR)})(?!\w)")
_ENDS_RE: Final = re.compile(r"\b(?:fye|year end|end of year)\b")
_EARLIER_RE: Final = re.compile(rf"\b(?:{_BACK}|earlier) years\b")
_FY_RE: Final = re.compile(
    r"\b(?:fy|financial year|(?<!benchmark )year)\s*(?=(?:(?:19|20)\d\d|\d\d\s*[/-]\s*\d\d))"
)
_SURVEY_RE: Final = re.compile(rf"\b(?:{_any_of(words.SURVEYS)})\b")
_COUNTS: Final = {**NUMBER_WORDS, **words.QUARTER_NUMBERS}
_HINT: Final = re.compile(
    rf"\d|\b(?:{_MONTH})|year|quarter|qtr|\bq|month|ytd|date|\bpy\b|\bly\b|cumulative|annual|rolling|"
    r"same|half|y t d|since|so far|\bmat\b|survey|poll|fye|period|running|\bytd|fy"
)


class _Taker:
    """The header's text while its words of time are taken out of it."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, taken out."""
        match = pattern.search(self.rest)
        if match is not None:
            self.rest = " ".join(f"{self.rest[: match.start()]} {self.rest[match.end() :]}".split())
        return match


@lru_cache(maxsize=4096)
def take(plain: str) -> tuple[Times, str]:
    """Words of time in a normalised header, and the header without them."""
    if _HINT.search(plain) is None:
        return NO_TIMES, plain
    text = _Taker(plain)
    found: dict[str, object] = {}
    if match := text.take(_AVERAGE_RE):
        length = match[1] or match[2]
        found["average"] = int(length) if length.isdecimal() else _COUNTS.get(length, 5)
    is_two_back = text.take(_TWO_YEARS_AGO_RE) is not None
    relative = _take_stretch(text, found)
    _take_parts(text, found, is_whole=_ENDS_RE.search(plain) is not None)
    if text.take(_SURVEY_RE) and found:
        found["is_survey"] = True
    if relative is None and not found and is_two_back:
        relative = "last_year"
    if is_two_back:
        relative = "two_years_ago"
    if relative is not None:
        found["relative"] = relative
    if not found:
        return NO_TIMES, plain
    _settle_average(text, found)
    return Times(**found), text.rest  # type: ignore[arg-type]


def _take_stretch(text: _Taker, found: dict[str, object]) -> str | None:
    """The relative part: a stretch, a shift, and what the two say together."""
    if text.take(_EARLIER_RE):
        return "earlier_years"
    if text.take(_PYTD_RE):
        text.take(_YEARS_AGO_RE)
        return "ytd_last_year"
    if text.take(_YEAR_ENDING_RE):
        return "year_ending"
    ago = None
    if text.take(_TWELVE_BEFORE_RE) and not text.take(_TWELVE_RE):
        return "rolling_before"
    rolling = text.take(_TWELVE_RE)
    if rolling is None and (match := text.take(_SOME_MONTHS_RE)):
        length = match[1] or "three"
        found["length"] = int(length) if length.isdecimal() else _COUNTS[length]
    same = text.take(_SAME_RE)
    ytd = text.take(_YTD_RE)
    ago = text.take(_YEARS_AGO_RE)
    if rolling:
        return "rolling_before" if ago else "rolling"
    if same and not ytd:
        if same[1]:
            return "same_quarter_last_year"
        if same[2]:
            return "same_month_last_year"
        return "same_period_last_year"
    if ytd:
        text.take(_HERE_RE)
        return "ytd_last_year" if ago or same else "ytd"
    if (back := text.take(_BACK_RE)) is not None:
        return "previous_quarter" if back[1] else "previous_month" if back[2] else "previous_period"
    here = text.take(_HERE_RE)
    if here is not None and (here[1] or here[5]):
        return "same_quarter_last_year" if ago else "current_quarter"
    if here is not None and (here[2] or here[6]):
        return "same_month_last_year" if ago else "current_month"
    if ago:
        if re.search(rf"\b(?:{_QUARTER})\b(?! ?(?:[1-4]|{_ORDINALS})\b)", text.rest):
            text.take(re.compile(rf"\b(?:{_QUARTER})\b"))
            return "same_quarter_last_year"
        text.take(_WHOLE_RE)
        return "last_year"
    if text.take(_NEXT_RE):
        return "next_year"
    if here is not None and here[4]:
        return "ytd"
    whole = text.take(_WHOLE_RE)
    if whole:
        return "current_year"
    return "this_year" if here is not None else None


def _take_parts(text: _Taker, found: dict[str, object], *, is_whole: bool) -> None:
    """Quarter, months, half and years, by number or name."""
    if match := text.take(_QUARTER_RE):
        first = int(match[1])
        last = int(match[2]) if match[2] else None
        before = match.string[: match.start()].strip()
        if last is None and (to := _TO_MONTH_RE.search(before)):
            first, last = 1, first  # "to end of Q3"
            text.rest = f"{before[: to.start()]}{match.string[match.end() :]}".strip()
        found["quarter"] = last or first
        found["quarter_from"] = first if last else None
    elif match := _OCR_QUARTER_RE.fullmatch(text.rest):
        found["quarter"] = int(match[1])
        text.rest = ""
    elif match := text.take(_QUARTER_NAMED_RE):
        found["quarter"] = words.QUARTER_NUMBERS[match[1] or match[2]]
    elif "length" not in found and (match := text.take(_HALF_RE)):
        is_second = (match[1] or match[2] or "") in ("2", "second", "2nd")
        found["quarter_from"] = 3 if is_second else 1
        found["quarter"] = 4 if is_second else 3 if match[3] else 2
    if "may be" not in text.rest and (match := text.take(_MONTHS_RE)):
        first_month = words.MONTHS[match[1]]
        last_month = words.MONTHS[match[3]] if match[3] else first_month
        found["months"] = (first_month, last_month)
        found["month_years"] = (_full_year(match[2]), _full_year(match[4]))
        before = match.string[: match.start()].strip()
        if match[0] == match.string and not match[3] and match[2] and match[0][0].isdigit():
            found["day"] = int(_LEADING_DAY.match(match[0])[0])  # type: ignore[index]
        if not match[3] and (to := _TO_MONTH_RE.search(before)):
            found["is_up_to"] = True
            text.rest = f"{before[: to.start()]}{match.string[match.end() :]}".strip()
    text.take(_FY_RE)
    if (match := _YEAR_RE.search(text.rest)) and (first_year := _label(match[1])) is not None:
        found["year"] = first_year
        if match[2]:
            found["span"] = _label(match[2])
        text.take(re.compile(re.escape(match[0])))
    elif match := text.take(_CALENDAR_RE):
        found["year"] = int(match[1])
        found["is_calendar"] = True
        if is_whole and not match[2] and "months" not in found:
            found["year"], found["is_calendar"] = int(match[1]) - 1, False  # "FYE 2014"
        if match[2]:
            century = match[1][:2] if len(match[2]) == 2 else ""
            found["span"] = int(f"{century}{match[2]}")


def _settle_average(text: _Taker, found: dict[str, object]) -> None:
    """ "2005-09 average" is as long as its years are many."""
    year, span = found.get("year"), found.get("span")
    if isinstance(year, int) and isinstance(span, int):
        if span < year:
            del found["span"]
        elif "average" not in found and "average" in text.rest.split():
            found["average"] = span - year + 1


def _label(text: str) -> int | None:
    """The first year of a printed financial year; "2012/3" is one, too."""
    bare = text.replace(" ", "")
    if len(bare) == 6:
        bare = f"{bare[:5]}{(int(bare[:4]) + 1) % 100 // 10}{bare[5]}"
    return periods.parse_label(bare)


def _full_year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
