"""Header words become columns: what a column holds, and the time it is about.

A header is read in three steps: :func:`understand` finds the words of time and the kind of one
piece of header text; :func:`combine` joins what the pieces above one column say (a group line, the
header line, a second line of years); :func:`resolve` turns that into the contract's
``source_cell`` and a :class:`Window` with the report's own year and quarter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ingest import periods
from ingest.layout.times import NO_TIMES, Times, take
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
    is_window_inferred: bool = False  # dated by a caption, or by the columns beside it

    @property
    def is_value(self) -> bool:
        """Whether numbers of the measure are expected here."""
        return self.kind in _VALUE_KINDS


_VALUE_KINDS: Final = frozenset(
    ("value", "earlier", "extra", "target", "baseline", "comparator", "variance", "projection")
)
# Later kinds of this list only speak of a column when nothing better stands above it.
_WEAK: Final = frozenset(("value", "measure", "section", "detail", "total", "update"))

# Of these kinds a header stays, whatever it is set against: "RAG against target".
_SAYING: Final = frozenset(("polarity", "status", "trend", "comments", "owner"))
_NAMED_BY: Final = frozenset(("section", "measure"))
_OF_THEIR_OWN: Final = frozenset(("target", "status", "trend", "variance", "comments", "baseline"))
_HEADINGS: Final = frozenset(("measure", "section", "ref", "owner", "detail"))

_OTHER_NUMBER: Final = re.compile(r"\d\d|\d%|[+-]\d")
_PUNCTUATION: Final = re.compile(r"[^\w%/&+#?\-']+")
_POSSESSIVE: Final = re.compile(r"'s\b|'(?!\d)")
_TWO_WORDS: Final = re.compile(
    "|".join(rf"\b{re.escape(text)}\b" for text in words.SPELLINGS_OF_TWO)
)
_RATE_OF: Final = re.compile(
    r"\b(?:per|/)\s?(?:\d(?:[\d ]*\d)?|head|capita)"
    r"(?: (?:of )?(?:the )?(?:population|residents|people|households|head|pop))?"
)
_MONTH: Final = "|".join(words.MONTHS)
_AMOUNT: Final = re.compile(r"\u00a3\s?(?:000'?s?|k|m|millions?|thousands?)?(?![\w.])")
_NUMERIC_DATE: Final = re.compile(
    r"(?<![\d./-])([0-3]?\d)([./-])(0?[1-9]|1[0-2])\2((?:20)?\d\d)(?![\d./-]*\d)"
)
_GLUED_MONTH: Final = re.compile(rf"\b({_MONTH})((?:20)?\d\d)\b")
_GLUED_PERCENT: Final = re.compile(r"%(?=[a-z])(?!age\b)")
_SPACED_SLASH: Final = re.compile(r"(?<=[^\W\d]) / (?=[^\W\d])")
_SPELLED_TIGHT: Final = re.compile(r"\u00a3|\d[./-]\d|[a-z]\d\d|%[a-z]| / ")
_LOOSE_DASH: Final = re.compile(r"(?<!\+/)(?:(?<!\w)-+|-+(?!\w))")

_CHEAP_WORD: Final = re.compile(
    r"(?:19|20)\d\d(?:[/-]\d{2,4})?|\d\d/\d\d|[/\-*&%#+?]+|(?:q|qu|qtr|quarter|ouarter|o)[1-4]\*?|\d(?:st|nd|rd|th)|ytd|fytd"
)

_CHEAP_NUMBERS: Final = frozenset(("1", "2", "3", "4", "12"))


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Lower case, single blanks, dashes as "-", one spelling of each word, no other punctuation."""
    plain = _plain(text)
    if "'" in plain:
        plain = " ".join(_POSSESSIVE.sub(" ", plain).split())
    spelled = " ".join([words.SPELLINGS.get(word, word) for word in plain.split()])
    return _TWO_WORDS.sub(lambda match: words.SPELLINGS_OF_TWO[match[0]], spelled)


def _plain(text: str) -> str:
    """Lower case, single blanks, dashes as "-", no punctuation but what header words use."""
    lowered = text.lower().replace("\u2013", "-").replace("\u2014", "-").replace("\u2019", "'")
    if _SPELLED_TIGHT.search(lowered):
        lowered = _AMOUNT.sub(" amount ", lowered)
        lowered = _NUMERIC_DATE.sub(_written_date, lowered)
        lowered = _GLUED_MONTH.sub(r"\1 \2", lowered)
        lowered = _GLUED_PERCENT.sub("% ", lowered)
        lowered = _SPACED_SLASH.sub("/", lowered)
    spaced = _LOOSE_DASH.sub(" - ", _PUNCTUATION.sub(" ", lowered))
    return " ".join(spaced.replace("+ / -", "+/-").split())


def _written_date(match: re.Match[str]) -> str:
    """ "31/12/14" as "31 december 2014"."""
    year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
    return f"{match[1]} {_MONTH_NAMES[int(match[3])]} {year}"


_MONTH_NAMES: Final = {number: name for name, number in reversed(tuple(words.MONTHS.items()))}
_KINDS: Final[dict[str, str]] = {
    normalise(phrase): kind for kind, phrases in words.PHRASES.items() for phrase in phrases
} | {normalise(phrase): kind for phrase, kind in words.WHOLE.items()}
_WHOLE: Final = {normalise(phrase): kind for phrase, kind in words.WHOLE.items()}
_NUMBERS_UNDER: Final = words.NUMBERS_UNDER
_RANKS: Final = {kind: rank for rank, kind in enumerate(words.PHRASES)}
_IN_PHRASES: Final = {
    " ".join(plain.replace("/", " ").split()): kind
    for kind, phrases in reversed(tuple(words.PHRASES.items()))
    for phrase in phrases
    if len(phrase) > 2 and (plain := normalise(phrase)) != "/"
}
_PHRASE_RE: Final = re.compile(
    r"(?<!\S)(?:"
    + "|".join(re.escape(phrase) for phrase in sorted(_IN_PHRASES, key=len, reverse=True))
    + r")(?!\S)"
)
_KNOWN_WORDS: Final = (
    frozenset(word for phrase in _KINDS for word in phrase.split() if len(word) > 1)
    | frozenset(
        word
        for group in (
            words.TO_DATE,
            words.TO_DATE_LAST_YEAR,
            words.WHOLE_YEAR,
            words.SURVEYS,
            words.SHIFTS_BACK,
            words.SHIFTS_NONE,
        )
        for phrase in group
        for word in phrase.split()
        if len(word) > 1
    )
    | frozenset(words.QUARTER_WORDS + tuple(words.MONTHS))
    | frozenset(words.TIME_WORDS)
    | frozenset(words.SPELLINGS)
    | frozenset(word for two in words.SPELLINGS_OF_TWO for word in two.split())
)


@lru_cache(maxsize=4096)
def could_be_header(text: str) -> bool:
    """Whether every word of a field is a header word: a quick test before the slow one."""
    if len(text) > MAX_HEADER_CHARS or "=" in text:
        return False
    found = False
    for said in _plain(text).split():
        word = said.removesuffix("'s").rstrip("'")
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
        return Meaning(None, NO_TIMES)
    plain = normalise(text)
    is_current = "*" in text or any(mark in plain for mark in words.CURRENT_MARKS)
    for mark in words.CURRENT_MARKS:
        if plain.strip(" *") != mark:
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
    if (whole := _WHOLE.get(plain)) is not None:
        return Meaning(whole, NO_TIMES)
    times, rest = take(plain)
    rest = " ".join(_RATE_OF.sub(" rate ", rest).split())
    kind = _kind_of(rest)
    if times.is_empty:
        return _EARLIER_VALUE if _is_of_before(rest) else Meaning(kind, times)
    bare = _bare(rest)
    if kind not in _SAYING and _is_set_against(plain):
        kind = "variance"
    if kind == "variance":
        own = take(_before_base(plain))[0]
        if own.year is not None and own.span is not None and own.average is None:
            own = replace(own, year=own.span, span=None)  # "2012/13 to 2013/14 % change"
        elif own.year is not None and (later := take(rest)[0].year) is not None:
            own = replace(own, year=max(own.year, later))  # "2012/13 v 2013/14"
        is_base = own.relative is not None and own.relative.endswith("last_year")
        return Meaning(kind, NO_TIMES if is_base else own)
    if kind in ("status", "trend"):
        return Meaning(kind, take(_before_base(plain))[0])
    if kind in (None, "section", "measure") and bare in words.TARGETS_WITH_TIME:
        return Meaning("target", times)
    if kind is None and times.average is not None:
        return Meaning("baseline", times)
    if kind == "baseline" and bare in words.WHERE_WE_WERE and _is_part_of_year(times):
        return Meaning("value", times)  # "Where we were (Q2 2013/14)"
    if kind is None and bare in words.AGAINST:
        return Meaning("variance", NO_TIMES)  # "Compared to last year"
    if kind is None:
        if times.is_survey or all(word in words.COUNTED for word in bare.split()):
            return Meaning("value", times)
        # Words that mean nothing known beside a quarter or a month: values of something else.
        is_dated = times.quarter is not None or times.relative == "ytd"
        return Meaning("extra" if is_dated else None, times)
    if kind in ("measure", "section", "ref"):
        # "Incidents Q1 2017/18" holds values; "Q2 positive outcome rate" holds other values.
        is_count = all(word in words.COUNTED for word in bare.split())
        return Meaning("value" if is_count else "extra", times)
    return Meaning(kind, times)


def _is_part_of_year(times: Times) -> bool:
    return times.quarter is not None or times.months is not None or times.relative is not None


_EARLIER_VALUE: Final = Meaning("value", Times(relative="previous_period"))


def _is_of_before(rest: str) -> bool:
    """Whether a header is a value of before that names no time: "Previous result"."""
    first, *others = rest.split() or [""]
    return (
        first in words.SHIFTS_BACK
        and bool(others)
        and all(word in words.COUNTED for word in others)
    )


def _is_set_against(plain: str) -> bool:
    """Whether a value is set against something: "Performance against profile", "Q2 vs Q1"."""
    for word in words.SET_AGAINST:
        before, found, after = f" {plain} ".partition(f" {word} ")
        if found and before.strip() and after.strip():
            kind = _kind_of(_bare(take(before.strip())[1]))
            return kind in (None, "value", "total", "variance")
    return False


def _before_base(plain: str) -> str:
    """The header of a change without what the change is from."""
    ends = [at for word in words.AGAINST if (at := f" {plain} ".find(f" {word} ")) >= 0]
    return plain[: max(0, min(ends))].strip() if ends else plain


def _bare(rest: str) -> str:
    return " ".join(word for word in rest.split() if word not in words.FILLERS and word != "-")


def _kinds_within(text: str) -> set[str]:
    """The kinds of the longest known phrases that a header is made of."""
    return {_IN_PHRASES[phrase] for phrase in _PHRASE_RE.findall(text.replace("/", " "))}


def _kind_of(rest: str) -> str | None:
    if not rest:
        return None
    if (kind := _KINDS.get(rest) or _KINDS.get(rest.rstrip("?"))) is not None:
        return kind
    rest = rest.rstrip("?")
    bare = _bare(rest)
    if (kind := _KINDS.get(bare)) is not None:
        return kind
    said = bare.split()
    if not said or len(said) > 9:
        return None
    if len(said) > 1 and said[-1] in words.REF_LABELS and set(said[:-1]) <= words.REF_NOUNS:
        return "ref"
    if words.RANKS.intersection(said):
        return "detail"
    if _OTHER_NUMBER.search(bare):
        return None  # numbers that are no time: the text of a row
    kinds = _kinds_within(bare) or _kinds_within(rest)
    kind = min(kinds, key=_RANKS.__getitem__, default=None)
    if kind == "variance" and "comments" in kinds:
        return "comments"  # "Explanation of variance"
    if kind in _NAMED_BY and said[-1] in words.COUNTABLE:
        return "extra"  # "Outcome rate"
    if kind == "baseline" and words.OF_EARLIER_TIMES.intersection(bare.replace("-", " ").split()):
        return kind  # "Pre-Covid average"
    if kind == "baseline" and kinds == {"baseline"} and "average" in said and len(said) > 1:
        unknown = [word for word in said if word not in _IN_PHRASES and word not in words.COUNTED]
        if unknown and said[-1] == "average" and not words.AVERAGED.intersection(said):
            return "comparator"  # "Tees Valley average"
        if unknown:
            return "extra"  # "Average days"
    if kind not in _SAYING and _is_set_against(rest):
        return "variance"
    if kind is None:
        return None
    if kind == "value" and any(word not in words.COUNTED for word in said):
        return "extra"  # "Detection rate" is no value of the measure
    return kind


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
        alone = normalise(pieces[0]) in words.SHIFTS_BACK
        return _EARLIER_VALUE if alone else understand(pieces[0])
    meanings = [understand(piece) for piece in pieces]
    times = NO_TIMES
    for meaning in meanings:
        times = _merge(times, meaning.times)
    is_current = any(meaning.is_current for meaning in meanings)
    whole = understand(" ".join(pieces), fuzzy=False)
    exact = _KINDS.get(_bare(take(normalise(" ".join(pieces)))[1]))
    if exact in _NAMED_BY and meanings[-1].kind in _OF_THEIR_OWN:
        exact, whole = None, meanings[-1]  # "Performance" / "Target"
    if exact in _NAMED_BY | {"ref"} and not whole.times.is_empty:
        exact = whole.kind  # "Offences" / "2013/14"
    if exact is not None:
        return Meaning(exact, whole.times, is_current)
    if sum(meaning.times.relative is not None for meaning in meanings) > 1:
        times = whole.times  # "Same quarter" / "last year"
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
        if kind == "variance" and _only_says_how(pieces[position]):
            continue  # "Change from last year" / "%"
        if not is_last and meaning.kind in _HEADINGS:
            continue  # a heading over several columns: "Overview - Indicator Summary"
        kind = meaning.kind
    if kind is None:
        kind = next((meaning.kind for meaning in reversed(meanings) if meaning.kind), None)
    if kind == "extra" and _is_of_before(" ".join(normalise(piece) for piece in pieces[::-1])):
        return _EARLIER_VALUE  # "Performance" / "Previous"
    if kind == "value" and times.average is not None:
        kind = "baseline"
    return Meaning(kind, times, is_current)


def _only_says_how(piece: str) -> bool:
    """Whether a piece of a header only says in what a change is given: "%", "No.", "Number"."""
    return all(
        word in words.COUNTED or word in words.REF_LABELS or word in ("points", "pp", "ppts")
        for word in _bare(take(normalise(piece))[1]).split()
    )


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
    if above.relative == "earlier_years" and below.year is not None:
        changes["relative"] = None
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
    if window is not None and kind in ("target", "baseline"):
        window = _by_that_month(meaning.times, window)
    if kind == "update":
        kind = "comments" if meaning.times.is_empty else "value"
    if kind is None:
        return Column(index, header, f"other:{header}", "other", window, is_known=False)
    if kind == "comments":
        return Column(index, header, "comments", kind, _comment_window(meaning, window, entry))
    if kind in ("ref", "measure", "section", "owner"):
        return Column(index, header, kind, kind)
    if kind == "baseline" and "average" in (said := normalise(header).split()):
        if not {"baseline", "base"}.intersection(said) and (
            window is None or window.basis in ("quarter", "ytd", "month")
        ):
            window = Window("multi_year_average")  # "Pre-Covid average for the quarter"
    if kind in ("status", "trend", "baseline", "comparator", "variance"):
        return Column(index, header, kind, kind, window)
    if kind in ("polarity", "detail", "projection", "extra"):
        return Column(index, header, f"other:{header}", kind, window)
    if kind == "target":
        if meaning.times.is_calendar and meaning.times.span is not None:
            window = periods.financial_year(meaning.times.span - 1)  # "2013-16 target"
        year = _year_of(window, meaning.times, entry)
        if window is None or window.basis == "multi_year_average":
            window = periods.financial_year(year)
        return Column(index, header, f"target:{periods.label(year)}", kind, window)
    return _value_column(meaning, header, index, window, entry)


def names_time(header: str) -> bool:
    """Whether a header has words of time, its own or of what it compares with."""
    return not take(normalise(header))[0].is_empty


def is_only_time(text: str) -> bool:
    """Whether a text says when and nothing else: "Apr 13", "2012/13", "Q2"."""
    times, rest = take(normalise(text)) if len(text) <= MAX_HEADER_CHARS else (NO_TIMES, text)
    return not times.is_empty and not _bare(rest)


def times_of(text: str) -> Times:
    """The words of time in a line of text."""
    return take(normalise(text))[0]


def window_of(times: Times, entry: ReportEntry) -> Window | None:
    """The dates of words of time in a report."""
    return _window(times, entry, is_running=True)


def dated_by(column: Column, times: Times, entry: ReportEntry) -> Column:
    """A column of values that names no time, dated by words of time above its table."""
    if column.kind == "other":
        dated = replace(column, window=_window(times, entry, is_running=True))
    else:
        dated = resolve(Meaning(column.kind, times), column.header, column.index, entry)
    return replace(dated, is_window_inferred=True)


def as_numbers(column: Column, entry: ReportEntry) -> Column:
    """A column whose header is a word for text, when what stands under it is numbers."""
    said = next((word for word in normalise(column.header).split() if word in _NUMBERS_UNDER), None)
    plain = normalise(column.header)
    if (alone := words.ALONE.get(plain)) is not None:
        meaning = Meaning("value", Times(relative=alone))
        return resolve(meaning, column.header, column.index, entry)
    times, rest = take(plain)
    if said is not None:
        return resolve(Meaning(_NUMBERS_UNDER[said], times), column.header, column.index, entry)
    if column.kind != "detail" and all(word in words.COUNTED for word in _bare(rest).split()):
        return resolve(Meaning("value", times), column.header, column.index, entry)
    return column


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
        if times.relative is None or window.basis == "year":
            return Column(index, header, f"history:{times.year}", "value", window)
    if times.relative == "rolling_before":
        return Column(index, header, "comparator", "earlier", window)
    if window.basis == "rolling_12m":
        return Column(index, header, f"other:{header}", "value", window)
    year = _year_of(window, times, entry)
    if (
        times.relative == "last_year"
        and times.year is None
        and window.basis == "year"
        and not take(normalise(header))[1]  # "Last year", but not "Last year's outturn"
    ):
        return Column(index, header, "comparator", "earlier", window)
    if meaning.kind == "history" or (year < this_year and window.basis not in ("quarter", "ytd")):
        return Column(index, header, f"history:{periods.label(year)}", "value", window)
    if year < this_year:
        return Column(index, header, "comparator", "earlier", window)
    if year > this_year:
        return Column(index, header, f"target:{periods.label(year)}", "target", window)
    if times.quarter is None and times.relative in (
        "previous_quarter",
        "previous_month",
        "previous_period",
    ):
        return Column(index, header, "comparator", "earlier", window)
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
        return _average_window(times)
    if times.is_survey and times.quarter is None:
        found = _window(replace(times, is_survey=False), entry, is_running=False)
        return None if found is None else found._replace(basis="point")
    if times.months is not None:
        return _month_window(times, entry)
    if times.quarter is not None:
        return _quarter_window(times, year, entry)
    if times.relative is not None and (times.relative != "this_year" or not is_running):
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


def _average_window(times: Times) -> Window:
    """The years of an average; bare years are those that end in March, as the contract has it."""
    last = times.span if times.span is not None else times.year
    if last is None or times.average is None:
        return Window("multi_year_average")
    if times.is_calendar:
        return periods.years_ending(last - times.average + 1, last)
    return periods.months((last - times.average + 1, 4), (last + 1, 3), "multi_year_average")


def _quarter_window(times: Times, year: int, entry: ReportEntry) -> Window:
    """A quarter by its number, a run of quarters, a half of the year."""
    assert times.quarter is not None
    last = times.quarter
    names_this_year = times.year is None or times.year == entry.first_year
    if times.relative is not None and "last_year" in times.relative and names_this_year:
        year -= 1
    if times.relative in ("rolling", "year_ending", "rolling_before"):
        end = periods.quarter(year, last).end
        assert end is not None
        if times.relative == "rolling_before":
            end = end.replace(year=end.year - 1)
        if times.relative == "year_ending" and last == 4:
            return periods.financial_year(year)
        return periods.rolling_year(end)
    is_ytd = times.relative in ("ytd", "ytd_last_year")
    if times.quarter_from == 1 or (is_ytd and times.quarter_from is None):
        return (
            periods.financial_year(year)
            if last == 4 and times.quarter_from == 1
            else (periods.year_to_date(year, last))
        )
    if times.quarter_from is not None and times.quarter_from < last:
        first = periods.quarter(year, times.quarter_from).start
        return Window("unknown", first, periods.quarter(year, last).end)
    return periods.quarter(year, last)


def _by_that_month(times: Times, window: Window) -> Window:
    """A target or baseline dated by one month is of the year, or the part of it, that ends then."""
    if times.months is None or window.basis not in ("month", "ytd") or window.end is None:
        return window
    year = periods.financial_year_of(window.end)
    if window.end.month == 3 and any(times.month_years):
        return periods.financial_year(year)
    if times.is_up_to:
        return periods.months((year, 4), (window.end.year, window.end.month), "ytd")
    return window


def _relative_window(times: Times, entry: ReportEntry) -> Window | None:
    said = times.year
    this_year = said if said is not None else entry.first_year
    # "Last year (2015/16)" in a report on 2016/17 names the year that it means.
    before = this_year if said is not None and said < entry.first_year else this_year - 1
    as_at = entry.as_at_quarter
    match times.relative:
        case "ytd":
            return periods.year_to_date(this_year, as_at)
        case "current_year" | "this_year" | "year_ending":
            return periods.financial_year(this_year)
        case "next_year":
            return periods.financial_year(this_year if said is not None else this_year + 1)
        case "last_year":
            return periods.financial_year(before)
        case "two_years_ago":
            return periods.financial_year(before if said is not None else before - 1)
        case "same_period_last_year" | "ytd_last_year":
            return periods.year_to_date(before, as_at)
        case "same_quarter_last_year":
            return periods.quarter(before, as_at)
        case "current_quarter":
            return periods.quarter(this_year, as_at)
        case "previous_quarter":
            if as_at == 1:
                return periods.quarter(this_year - 1, 4)
            return periods.quarter(this_year, as_at - 1)
        case "current_month" | "same_month_last_year" | "previous_month":
            end = periods.quarter(this_year, as_at).end
            assert end is not None
            back = {"current_month": 0, "previous_month": -1}.get(times.relative, -12)
            month = periods.add_months(end.year, end.month, back)
            return periods.months(month, month, "month")
        case "rolling" | "rolling_before":
            end = periods.quarter(this_year, as_at).end
            assert end is not None
            window = periods.rolling_year(end)
            is_before = times.relative == "rolling_before"
            return periods.shift_years(window, -1) if is_before else window
        case "previous_period":
            return Window("unknown")
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
    if first_year == last_year - 1 and first == last:
        # "June 18 / June 19": the twelve months that end with the second.
        return periods.rolling_year(periods.month_end(last_year, last))
    if times.relative is not None and "last_year" in times.relative and not any(times.month_years):
        first_year, last_year = first_year - 1, last_year - 1
    if times.relative == "year_ending" and last == 3:
        return periods.financial_year(last_year - 1)
    if times.relative == "rolling_before":
        return periods.rolling_year(periods.month_end(last_year - 1, last))
    if times.relative in ("rolling", "year_ending"):
        return periods.rolling_year(periods.month_end(last_year, last))
    if times.length is not None:
        first_year, first = periods.add_months(last_year, last, 1 - times.length)
    elif (times.is_up_to or times.relative == "ytd") and first == last:
        first_year, first = (last_year if last >= 4 else last_year - 1), 4
    length = (last_year - first_year) * 12 + last - first + 1
    if length == 1 and times.day is not None and times.relative is None:
        latest = periods.month_end(last_year, last).day
        day = date(last_year, last, max(1, min(times.day, latest)))
        return Window("point", day, day)
    if length == 3 and first in (1, 4, 7, 10):
        return periods.months((first_year, first), (last_year, last), "quarter")
    if length == 12:
        basis = "year" if first == 4 else "rolling_12m"
    elif length == 1:
        is_to_date = times.relative == "ytd" or times.is_up_to
        basis = "ytd" if is_to_date and first == 4 else "month"
    elif first == 4:
        basis = "ytd"
    else:
        basis = "unknown"
    return periods.months((first_year, first), (last_year, last), basis)
