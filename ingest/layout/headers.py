"""Header words become columns: what a column holds, and the time it is about.

A header is read in three steps: :func:`understand` finds the words of time and the kind of one
piece of header text; :func:`combine` joins what the pieces above one column say (a group line, the
header line, a second line of years); :func:`resolve` turns that into the contract's
``source_cell`` and a :class:`Window` with the report's own year and quarter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ingest import periods
from ingest.model import Window
from ingest.vocabulary import headers as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.model import ReportEntry

MAX_HEADER_CHARS: Final = 90
# Damaged words of fewer letters are not put right; from these lengths more damage is believed.
_SHORTEST_FUZZY: Final = 5
_MIDDLING: Final = 7
_LONG: Final = 9


@dataclass(frozen=True, slots=True)
class Times:
    """The words of time in a header, before the report's own dates are known.

    ``months`` holds (first month, last month); ``year`` the first year of a financial year, or the
    calendar year when ``is_calendar``; ``relative`` a code of ``RELATIVE_TIMES``; ``span`` the last
    year of a range of years; ``average`` the length of an average in years.
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

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of time."""
        return self == _NO_TIMES


_NO_TIMES: Final = Times()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one piece of header text, or all the pieces above a column, say."""

    kind: str | None
    times: Times
    is_current: bool = False  # marked with an asterisk, or explained as the current quarter

    @property
    def is_known(self) -> bool:
        """Whether anything was understood."""
        return self.kind is not None or not self.times.is_empty


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place, its printed header and what that means."""

    index: int
    header: str
    source_cell: str
    kind: str
    window: Window | None = None
    is_known: bool = True

    @property
    def is_value(self) -> bool:
        """Whether numbers of the measure are expected here."""
        return self.kind in _VALUE_KINDS


_VALUE_KINDS: Final = frozenset(
    ("value", "earlier", "extra", "target", "baseline", "comparator", "variance", "projection")
)
# Later kinds of this list only speak of a column when nothing better stands above it.
_WEAK: Final = frozenset(("value", "measure", "section", "detail", "total", "update"))

_HEADINGS: Final = frozenset(("measure", "section", "ref", "owner", "detail"))

_QUARTER: Final = "|".join(words.QUARTER_WORDS)
_MONTH: Final = "|".join(sorted(words.MONTHS, key=len, reverse=True))
_DASH: Final = r"\s*(?:-|/|&|to|and|until)\s*"
_YEAR_TEXT: Final = r"(?:(?:19|20)\d\d\s*[/-]\s*(?:(?:19|20)\d\d|\d\d)|\d\d\s*/\s*\d\d)(?!\d)"
_YEAR_RE: Final = re.compile(rf"(?<!\d)({_YEAR_TEXT})(?:{_DASH}({_YEAR_TEXT}))?")
_CALENDAR_RE: Final = re.compile(rf"(?<![\d/])((?:19|20)\d\d)(?:{_DASH}((?:19|20)\d\d))?(?![\d/])")
_QUARTER_RE: Final = re.compile(
    rf"\b(?:{_QUARTER})s?\.?\s*([1-4])(?:{_DASH}(?:{_QUARTER})?\.?\s*([1-4]))?(?![\d/])"
)
_ORDINALS: Final = "|".join(sorted(words.NUMBER_WORDS, key=len, reverse=True))
_QUARTER_NAMED_RE: Final = re.compile(
    rf"\b(?:(?:{_QUARTER})s?\s*({_ORDINALS})|({_ORDINALS})\s*(?:{_QUARTER}))\b"
)
_OCR_QUARTER_RE: Final = re.compile(r"\b[o0]\s?([1-4])\b")
_MONTHS_RE: Final = re.compile(
    rf"\b({_MONTH})\b\.?\s*'?((?:19|20)?\d\d)?(?:{_DASH}({_MONTH})\b\.?\s*'?((?:19|20)?\d\d)?)?"
    r"(?!\d)"
)
_AVERAGE_RE: Final = re.compile(
    r"\b(\d|two|three|four|five)[\s-]*(?:year|yr)s?[\s-]*(?:rolling[\s-]*)?(average|mean|avg)\b"
)
_RELATIVE_RE: Final = re.compile(
    r"(?<!\w)("
    + "|".join(re.escape(text) for text in sorted(words.RELATIVE_TIMES, key=len, reverse=True))
    + r")(?!\w)"
)
_ENDING_RE: Final = re.compile(r"\b(?:(?:year|yr) ending|(?:12|twelve) months (?:to|ending))\b")
_OTHER_NUMBER: Final = re.compile(r"\d\d|\d%|[+-]\d")
_PUNCTUATION: Final = re.compile(r"[^\w%/&+#?\-']+")
_LOOSE_DASH: Final = re.compile(r"(?<!\+/)(?:(?<!\w)-+|-+(?!\w))")

_KINDS: Final[dict[str, str]] = {
    phrase: kind for kind, phrases in words.PHRASES.items() for phrase in phrases
} | dict(words.WHOLE)
_BY_KIND: Final = tuple(
    (kind, tuple(sorted((f" {phrase} " for phrase in phrases if len(phrase) > 2), key=len)))
    for kind, phrases in words.PHRASES.items()
)
_KNOWN_WORDS: Final = frozenset(
    word for phrase in _KINDS for word in phrase.split() if len(word) > 1
) | frozenset(words.QUARTER_WORDS + tuple(words.MONTHS) + ("year", "date", "quarters", "months"))
_CHEAP_WORD: Final = re.compile(
    r"(?:19|20)\d\d(?:[/-]\d{2,4})?|\d\d/\d\d|[/\-*&%#+?]+|(?:q|qu|qtr|quarter|ouarter|o)[1-4]\*?|\d(?:st|nd|rd|th)|ytd|fytd"
)

_CHEAP_NUMBERS: Final = frozenset(("1", "2", "3", "4", "12"))


def normalise(text: str) -> str:
    """Lower case, single blanks, dashes as "-", no punctuation but what header words use."""
    lowered = text.lower().replace("\u2013", "-").replace("\u2014", "-").replace("\u2019", "'")
    spaced = _LOOSE_DASH.sub(" - ", _PUNCTUATION.sub(" ", lowered))
    return " ".join(spaced.replace("+ / -", "+/-").split())


@lru_cache(maxsize=4096)
def could_be_header(text: str) -> bool:
    """Whether every word of a field is a header word: a quick test before the slow one."""
    if len(text) > MAX_HEADER_CHARS or "=" in text:
        return False
    found = False
    for word in normalise(text).split():
        if word in _KNOWN_WORDS or (len(word) > 1 and _CHEAP_WORD.fullmatch(word)):
            found = True
        elif word in words.FILLERS or word in _KINDS or word in _CHEAP_NUMBERS or word == "-":
            found = found or word in _KINDS
        else:
            return False
    return found


@lru_cache(maxsize=4096)
def is_name(text: str, kinds: frozenset[str] | None = None) -> bool:
    """Whether a header is, word for word, a known name of a column (of one of these kinds)."""
    plain = normalise(text)
    kind = _KINDS.get(plain) or _KINDS.get(_bare(plain))
    return kind is not None and (kinds is None or kind in kinds)


@lru_cache(maxsize=4096)
def understand(text: str, *, fuzzy: bool = True) -> Meaning:
    """What one piece of header text says of a column's kind and time.

    Parameters
    ----------
    text
        A header as printed, or several pieces of it joined by a blank.
    fuzzy
        Whether words that are nearly a known one (damaged by OCR) count.

    Returns
    -------
    Meaning
        ``kind`` None and no times when nothing was understood.
    """
    if len(text) > 2 * MAX_HEADER_CHARS:
        return Meaning(None, _NO_TIMES)
    plain = normalise(text)
    is_current = "*" in text or any(mark in plain for mark in words.CURRENT_MARKS)
    for mark in words.CURRENT_MARKS:
        plain = plain.replace(mark, " ")
    meaning = _understand(plain)
    if meaning.kind is None and fuzzy:
        repaired = _repair(plain)
        if repaired != plain:
            repaired_meaning = _understand(repaired)
            if repaired_meaning.is_known:
                meaning = repaired_meaning
    return replace(meaning, is_current=is_current) if is_current else meaning


def _understand(plain: str) -> Meaning:
    if (whole := words.WHOLE.get(plain)) is not None:
        return Meaning(whole, _NO_TIMES)
    times, rest = _take_times(plain)
    kind = _kind_of(rest)
    if kind is None and not times.is_empty and times.average is None:
        if all(word in words.COUNTED for word in _bare(rest).split()):
            return Meaning("value", times)
        # Words that mean nothing known beside a quarter or a month: values of something else.
        is_dated = times.quarter is not None or times.relative == "ytd"
        return Meaning("extra" if is_dated else None, times)
    if kind is None and times.average is not None:
        return Meaning("baseline", times)
    if kind == "baseline" and not times.is_empty and _bare(rest) in ("average", "mean", "avg"):
        return Meaning("baseline", times)
    if not times.is_empty and kind in ("measure", "section", "ref"):
        # "Incidents Q1 2017/18" holds values; "Q2 positive outcome rate" holds other values.
        is_count = all(word in words.COUNTED for word in _bare(rest).split())
        return Meaning("value" if is_count else "extra", times)
    return Meaning(kind, times)


def _bare(rest: str) -> str:
    return " ".join(word for word in rest.split() if word not in words.FILLERS and word != "-")


def _kind_of(rest: str) -> str | None:
    if not rest:
        return None
    if (kind := _KINDS.get(rest)) is not None:
        return kind
    bare = _bare(rest)
    if (kind := _KINDS.get(bare)) is not None:
        return kind
    if not bare or len(bare.split()) > 9:
        return None
    if _OTHER_NUMBER.search(bare):
        return None  # numbers that are no time: the text of a row
    padded = f" {bare.replace('/', ' ')} "
    for kind, phrases in _BY_KIND:
        if any(phrase in padded for phrase in phrases):
            is_other = kind == "value" and any(word not in words.COUNTED for word in bare.split())
            return "extra" if is_other else kind  # "Detection rate" is no value of the measure
    return None


def _take_times(plain: str) -> tuple[Times, str]:
    """Words of time, and the header without them."""
    times: dict[str, object] = {}
    rest = plain
    if match := _AVERAGE_RE.search(rest):
        length = match[1]
        times["average"] = int(length) if length.isdecimal() else words.NUMBER_WORDS.get(length, 5)
        rest = _without(rest, match)
    if match := _RELATIVE_RE.search(rest):
        times["relative"] = words.RELATIVE_TIMES[match[1]]
        rest = _without(rest, match)
    if match := _ENDING_RE.search(rest):
        times["relative"] = "year_ending"
        rest = _without(rest, match)
    if match := _QUARTER_RE.search(rest) or _OCR_QUARTER_RE.fullmatch(rest):
        first = int(match[1])
        last = int(match[2]) if match.re is _QUARTER_RE and match[2] else None
        times["quarter"] = last or first
        times["quarter_from"] = first if last else None
        rest = _without(rest, match)
    elif match := _QUARTER_NAMED_RE.search(rest):
        times["quarter"] = words.NUMBER_WORDS[match[1] or match[2]]
        rest = _without(rest, match)
    if (match := _MONTHS_RE.search(rest)) and not rest[match.start() :].startswith("may be"):
        first_month = words.MONTHS[match[1]]
        last_month = words.MONTHS[match[3]] if match[3] else first_month
        times["months"] = (first_month, last_month)
        times["month_years"] = (_full_year(match[2]), _full_year(match[4]))
        rest = _without(rest, match)
    if match := _YEAR_RE.search(rest):
        first_year = periods.parse_label(match[1].replace(" ", ""))
        if first_year is not None:
            times["year"] = first_year
            if match[2]:
                times["span"] = periods.parse_label(match[2].replace(" ", ""))
            rest = _without(rest, match)
    elif match := _CALENDAR_RE.search(rest):
        times["year"] = int(match[1])
        times["is_calendar"] = True
        if match[2]:
            times["span"] = int(match[2])
        rest = _without(rest, match)
    if not times:
        return _NO_TIMES, rest
    return Times(**times), " ".join(rest.split())  # type: ignore[arg-type]


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


def _full_year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


@lru_cache(maxsize=1024)
def _repair(plain: str) -> str:
    """Words that are nearly a header word, put right ("ouarter 1" → "quarter 1")."""
    out: list[str] = []
    for word in plain.split():
        if (digit := words.OCR_QUARTERS.get(word)) and out and out[-1] in words.QUARTER_WORDS:
            out.append(digit)
            continue
        if len(word) < _SHORTEST_FUZZY and not word.isalpha():
            letters = word.translate(words.OCR_LETTERS)
            out.append(letters if letters in _KINDS else word)
            continue
        if len(word) < _SHORTEST_FUZZY or word in _KNOWN_WORDS or not word.isalpha():
            out.append(word)
            continue
        out.append(_nearest(word) or word)
    return " ".join(out)


def _nearest(word: str) -> str | None:
    """The header word that differs by one letter (two in long words), in a way damage explains.

    Short words are near to other good words ("states", "status"): in them only a letter read for
    its look-alike counts.
    """
    for at, letter in enumerate(word):
        for group in words.LOOK_ALIKES:
            if letter in group:
                for other in group:
                    candidate = f"{word[:at]}{other}{word[at + 1 :]}"
                    if candidate in _FUZZY_WORDS:
                        return candidate
    if len(word) < _MIDDLING:
        return None
    from rapidfuzz import process  # loaded only for a damaged header that no look-alike explains
    from rapidfuzz.distance import OSA

    furthest = 2 if len(word) >= _LONG else 1
    found = process.extractOne(
        word, sorted(_FUZZY_WORDS), scorer=OSA.distance, score_cutoff=furthest
    )
    return None if found is None else str(found[0])


_FUZZY_WORDS: Final = frozenset(word for word in _KNOWN_WORDS if len(word) >= _SHORTEST_FUZZY)


def combine(pieces: Sequence[str]) -> Meaning:
    """What the pieces of header text above one column say together, outermost first.

    A header wrapped over lines ("Direction of" / "travel") is one phrase; otherwise the lowest
    piece that names a kind decides, and the pieces above it add time ("Quarter 1" over "RAG") or,
    under a bare time, the kind ("Commentary" over "Q1").
    """
    if len(pieces) == 1:
        return understand(pieces[0])
    meanings = [understand(piece) for piece in pieces]
    times = _NO_TIMES
    for meaning in meanings:
        times = _merge(times, meaning.times)
    is_current = any(meaning.is_current for meaning in meanings)
    whole = understand(" ".join(pieces), fuzzy=False)
    exact = _KINDS.get(_bare(_take_times(normalise(" ".join(pieces)))[1]))
    if exact is not None:
        return Meaning(exact, whole.times, is_current)
    if whole.kind is not None and any(meaning.kind is None for meaning in meanings):
        return replace(whole, is_current=is_current)  # "Quarter" / "1"
    kind = None
    for position, meaning in enumerate(meanings):
        if meaning.kind is None:
            continue
        is_last = position == len(meanings) - 1
        bare_time = meaning.kind == "value" and not meaning.times.is_empty
        if bare_time and kind is not None and not (kind in _WEAK and kind != "total"):
            if kind == "baseline":
                kind = "history"  # baselines of several years, side by side
            continue
        if not is_last and meaning.kind in _HEADINGS:
            continue  # a heading over several columns: "Overview - Indicator Summary"
        kind = meaning.kind
    if kind is None:
        kind = next((meaning.kind for meaning in reversed(meanings) if meaning.kind), None)
    return Meaning(kind, times, is_current)


def _merge(above: Times, below: Times) -> Times:
    if above.is_empty:
        return below
    if below.is_empty:
        return above
    if below.average is not None and below.year is None:
        return below  # an average of several years is not of the year it stands under
    changes = {
        name: value
        for name in ("quarter", "quarter_from", "months", "year", "span", "relative", "average")
        if (value := getattr(below, name)) is not None
    }
    if below.year is not None:
        changes["is_calendar"] = below.is_calendar
    if below.months is not None:
        changes["month_years"] = below.month_years
    return replace(above, **changes)


def resolve(meaning: Meaning, header: str, index: int, entry: ReportEntry) -> Column:
    """A column of the contract from what its header says.

    Parameters
    ----------
    meaning
        From :func:`combine`.
    header
        The header as printed.
    index
        The column's place in the table, from 0.
    entry
        The report, whose year and quarter date what the header leaves open.
    """
    kind = meaning.kind
    window = _window(meaning.times, entry, is_running=kind == "value")
    if kind == "update":
        kind = "comments" if meaning.times.is_empty else "value"
    if kind is None:
        return Column(index, header, f"other:{header}", "other", window, is_known=False)
    if kind == "comments":
        return Column(index, header, "comments", kind, _comment_window(meaning, window, entry))
    if kind in ("ref", "measure", "section", "owner"):
        return Column(index, header, kind, kind)
    if kind in ("status", "trend", "baseline", "comparator", "variance"):
        return Column(index, header, kind, kind, window)
    if kind in ("polarity", "detail", "projection", "extra"):
        return Column(index, header, f"other:{header}", kind, window)
    if kind == "target":
        year = _year_of(window, meaning.times, entry)
        window = window or periods.financial_year(year)
        return Column(index, header, f"target:{periods.label(year)}", kind, window)
    return _value_column(meaning, header, index, window, entry)


def _value_column(
    meaning: Meaning, header: str, index: int, window: Window | None, entry: ReportEntry
) -> Column:
    times = meaning.times
    this_year = entry.first_year
    is_last = entry.as_at_quarter == 4
    whole_year = periods.financial_year(this_year)
    so_far = periods.year_to_date(this_year, entry.as_at_quarter)
    if window is None:
        return Column(index, header, "year_total", "value", whole_year if is_last else so_far)
    if times.is_calendar and times.quarter is None and times.months is None:
        return Column(index, header, f"history:{times.year}", "value", window)
    year = _year_of(window, times, entry)
    if meaning.kind == "history" or (year < this_year and window.basis not in ("quarter", "ytd")):
        return Column(index, header, f"history:{periods.label(year)}", "value", window)
    if year < this_year:
        return Column(index, header, "comparator", "earlier", window)
    if year > this_year:
        return Column(index, header, f"target:{periods.label(year)}", "target", window)
    if window.basis == "quarter":
        number = (window.start.month - 4) // 3 + 1 if window.start and window.start.month > 3 else 4
        return Column(index, header, f"q{number}", "value", window)
    if window.basis in ("ytd", "year"):
        return Column(index, header, "year_total", "value", window)
    return Column(index, header, f"other:{header}", "value", window)


def _comment_window(meaning: Meaning, window: Window | None, entry: ReportEntry) -> Window | None:
    """Comments are about the quarter they name, unless that is marked or cannot be yet."""
    as_at = periods.quarter(entry.first_year, entry.as_at_quarter)
    if window is None or window.end is None or as_at.end is None:
        return window
    if meaning.is_current or window.end > as_at.end:
        return as_at
    return window


def _year_of(window: Window | None, times: Times, entry: ReportEntry) -> int:
    """The financial year a column is filed under."""
    if window is not None and window.end is not None:
        return periods.financial_year_of(window.end)
    if times.year is not None:
        return times.year
    return entry.first_year


def _window(times: Times, entry: ReportEntry, *, is_running: bool) -> Window | None:
    """Dates for the words of time; None when there are none.

    The report's own year, printed over values (``is_running``), is the year so far.
    """
    if times.is_empty:
        return None
    this_year = entry.first_year
    as_at = entry.as_at_quarter
    year = times.year if times.year is not None else this_year
    if times.average is not None:
        last = times.span if times.span is not None else times.year
        if last is None:
            return Window("multi_year_average")
        return periods.months((last - times.average + 1, 4), (last + 1, 3), "multi_year_average")
    if times.months is not None:
        return _month_window(times, entry)
    if times.quarter is not None:
        if times.relative in ("last_year", "same_quarter_last_year", "same_period_last_year"):
            year -= 1
        if times.quarter_from == 1 or times.relative == "ytd":
            return periods.year_to_date(year, times.quarter)
        return periods.quarter(year, times.quarter)
    if times.relative is not None:
        return _relative_window(times, entry)
    if times.is_calendar and times.year is not None:
        last = times.span if times.span is not None else times.year
        if times.span is not None and last == times.year + 1:
            return periods.financial_year(times.year)
        return periods.months((times.year, 1), (last, 12), "year")
    if times.year is not None and times.span is not None:
        return periods.months((times.year, 4), (times.span + 1, 3), "multi_year_average")
    if is_running and year == this_year and as_at < 4:
        return periods.year_to_date(this_year, as_at)
    return periods.financial_year(year)


def _relative_window(times: Times, entry: ReportEntry) -> Window | None:
    this_year = times.year if times.year is not None else entry.first_year
    as_at = entry.as_at_quarter if this_year == entry.first_year else 4
    match times.relative:
        case "ytd":
            return periods.year_to_date(this_year, as_at)
        case "current_year":
            return periods.financial_year(this_year)
        case "last_year":
            return periods.financial_year(this_year - 1)
        case "same_period_last_year":
            return periods.year_to_date(this_year - 1, as_at)
        case "same_quarter_last_year":
            return periods.quarter(this_year - 1, as_at)
        case "current_quarter":
            return periods.quarter(this_year, as_at)
        case "previous_quarter":
            if as_at == 1:
                return periods.quarter(this_year - 1, 4)
            return periods.quarter(this_year, as_at - 1)
        case "rolling":
            end = periods.quarter(this_year, as_at).end
            return None if end is None else periods.rolling_year(end)
        case "year_ending":
            return periods.financial_year(this_year)
        case _:
            return None


def _month_window(times: Times, entry: ReportEntry) -> Window:
    """Months of the report's year unless their own year is printed."""
    assert times.months is not None
    first, last = times.months
    first_year, last_year = times.month_years
    base = times.year if times.year is not None else entry.first_year
    if times.is_calendar and times.year is not None:
        first_year = first_year or times.year
    if last_year is None and first_year is None:
        first_year = base if first >= 4 else base + 1
    if last_year is None:
        assert first_year is not None
        last_year = first_year if last >= first else first_year + 1
    if first_year is None:
        first_year = last_year if first <= last else last_year - 1
    if times.relative == "year_ending" and last == 3:
        return periods.financial_year(last_year - 1)
    if times.relative in ("rolling", "year_ending"):
        return periods.rolling_year(periods.month_end(last_year, last))
    length = (last_year - first_year) * 12 + last - first + 1
    if length == 3 and first in (1, 4, 7, 10):
        return periods.months((first_year, first), (last_year, last), "quarter")
    if length == 12:
        basis = "year" if first == 4 else "rolling_12m"
    elif length == 1:
        basis = "month" if first != 4 or times.relative != "ytd" else "ytd"
    elif first == 4:
        basis = "ytd"
    else:
        basis = "unknown"
    return periods.months((first_year, first), (last_year, last), basis)
