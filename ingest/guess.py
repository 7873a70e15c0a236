"""A report's manifest entry, guessed from its own words, each guess with what it rests on.

A guess is an offer: the person who adds the report sees every field, why it was guessed and whether
it is sure, and can say otherwise. What is used: the lines above the first table, the file's name,
the columns that are filled, the names and years that the text repeats, and the reports, areas and
plans that are known already.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest import periods
from ingest.layout.facts import find_marking
from ingest.model import IngestError, ReportEntry
from ingest.plain_text import slug
from ingest.vocabulary import reports as words
from ingest.vocabulary.numbers import ORDINALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ingest.model import Document, Line

REFERENCE: Final = Path(__file__).parents[1] / "seeds" / "reference"
FIELDS: Final = (
    "report_id",
    "file",
    "area",
    "partnership",
    "publisher",
    "plan",
    "financial_year",
    "as_at_quarter",
    "title",
)
# A quarter has come when this share of the rows that any quarter fills is filled in it.
_FILLED_SHARE: Final = 0.15
_TITLE_LINES: Final = 15
_MAX_TITLE_CHARS: Final = 160
_IN_TITLE: Final = 12  # what a mention in the title weighs against one in the text
_IN_FILE_NAME: Final = 8
_VALUES: Final = ("q1", "q2", "q3", "q4", "comments", "year_total")
_BESIDE_QUARTER: Final = 4
_MAX_ID_CHARS: Final = 100
_SHORTEST_NAME: Final = 3  # "STC" may be anything
_RIVAL_SHARE: Final = 0.2  # a later year named this often beside the most named is the report's

_YEAR: Final = re.compile(
    r"(?<![\d/.])((?:19|20)\d\d)\s?(?:/|-|\u2013|_)\s?((?:20)?\d\d)(?![\d/.]*\d)(?!\s*%)"
)
_SPAN: Final = re.compile(
    r"\bapr(?:il)?\s+((?:19|20)\d\d)\s*(?:to|-|\u2013|until)\s*(?:end of\s+)?"
    r"mar(?:ch)?\s+((?:19|20)\d\d)",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(r"\b(?:quarter|quart|qtr|qu|q)[\s._-]*([1-4])\b", re.IGNORECASE)
_QUARTER_WORD: Final = re.compile(
    r"\b(first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-]+quarter\b", re.IGNORECASE
)
_ORDINALS: Final = {**ORDINALS, "final": 4}
_TO_MONTH: Final = re.compile(
    r"\bapr(?:il)?\b[\s\d]*(?:to|-|\u2013)\s*(jun|sep|dec|mar)\w*", re.IGNORECASE
)
_LAST_MONTHS: Final = {"jun": 1, "sep": 2, "dec": 3, "mar": 4}
_NAME: Final = (
    r"[A-Z][\w'\u2019]+(?:[ -](?:(?:"
    + "|".join(words.PLACE_LINKS)
    + r")[ -])?[A-Z][\w'\u2019]+){0,4}"
)
_OTHER_YEAR: Final = re.compile(rf"\b(?:{'|'.join(words.OTHER_YEAR)})\b[\s(:]*(?:in\s+)?$")
_ORNAMENT: Final = re.compile(r"[*_#~`|]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """One field's value, why it was guessed, and whether the report's own words say it."""

    value: str
    why: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a report is read: areas by each of their names, plans, reports."""

    areas: Mapping[str, str]  # name in lower case, a ward's too -> the borough's name
    plans: tuple[tuple[str, str, int, int], ...]  # area, plan, first and last year
    bodies: tuple[tuple[str, str], ...] = ()  # "council" or "partnership", and the name
    entries: tuple[ReportEntry, ...] = ()

    @classmethod
    def load(cls, entries: Iterable[ReportEntry], reference: Path = REFERENCE) -> Known:
        """The known areas and plans of the reference seeds, and the reports of a manifest.

        Raises
        ------
        IngestError
            If a seed cannot be read.
        """
        rows = {row["area_id"]: row for row in _rows(reference / "areas.csv")}
        areas: dict[str, str] = {}
        for row in rows.values():
            borough = rows.get(row["parent_area_id"], row)["area_name"]
            for name in [row["area_name"], *row["area_names_also"].split(";")]:
                if len(name.strip()) > _SHORTEST_NAME:
                    areas[name.strip().lower()] = borough
        plans = tuple(
            (row["area"], row["plan"], int(row["first_year"][:4]), int(row["last_year"][:4]))
            for row in _rows(reference / "plans.csv")
            if row["first_year"][:4].isdecimal() and row["last_year"][:4].isdecimal()
        )
        listed = tuple(entries)
        for entry in listed:
            areas.setdefault(entry.area.lower(), entry.area)
        bodies = tuple(
            (row["organisation_type"], row["organisation_name"])
            for row in _rows(reference / "organisations.csv")
            if row["organisation_type"] in ("council", "partnership")
        )
        return cls(areas, plans, bodies, listed)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, restval="")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IngestError(f"the seed cannot be read ({error})", str(path)) from error


@dataclass(frozen=True, slots=True)
class _Clues:
    """The places a guess may rest on, strongest first."""

    title: tuple[str, ...]  # the lines above the first table
    file_words: str  # the file's name, its parts set apart by blanks
    text: str
    document: Document


def provisional(lines: Sequence[Line], name: str, overrides: Mapping[str, str]) -> ReportEntry:
    """An entry good enough to lay the report out: only its year and quarter matter to that."""
    head = " ".join(line.text for line in lines[:_TITLE_LINES])
    year = _label(overrides.get("financial_year", "")) or next(
        chain(_years(head), _years(_file_words(name)), _years(" ".join(x.text for x in lines))),
        2000,
    )
    quarter = overrides.get("as_at_quarter", "4")
    return ReportEntry(
        report_id="draft",
        file=name,
        area="",
        partnership="",
        publisher="",
        plan="",
        financial_year=periods.label(year),
        as_at_quarter=int(quarter) if quarter in ("1", "2", "3", "4") else 4,
        title="",
    )


def guess_entry(
    document: Document, name: str, known: Known, overrides: Mapping[str, str]
) -> dict[str, Guess]:
    """A guess for every required field of the manifest.

    Parameters
    ----------
    document
        The report, laid out under its :func:`provisional` entry.
    name
        The file's name.
    known
        Areas, plans and reports known already.
    overrides
        Fields that the person gave; they are taken as they are.
    """
    lines = [line.text for line in document.lines]
    clues = _Clues(_title_lines(document), _file_words(name), "\n".join(lines), document)
    given = {field: Guess(value, "given") for field, value in overrides.items() if value}
    out: dict[str, Guess] = {}

    def settle(field: str, guess: Guess) -> Guess:
        out[field] = given.get(field, guess)
        return out[field]

    area = settle("area", _area(clues, known)).value
    year_guess = settle("financial_year", _financial_year(clues))
    year = _label(year_guess.value) or 2000
    quarter = settle("as_at_quarter", _quarter(clues)).value
    settle("partnership", _body(clues, known, area, "partnership"))
    settle("publisher", _body(clues, known, area, "publisher"))
    plan = settle("plan", _plan(clues, known, area, year)).value
    settle("title", _title(clues, plan, quarter, periods.label(year)))
    report_id = settle("report_id", _report_id(known, area, year, quarter)).value
    suffix = Path(name).suffix.lower()
    safe = suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ".txt"
    settle("file", Guess(f"{report_id}{safe}", "the report's id"))
    return {field: out[field] for field in FIELDS}


def _title_lines(document: Document) -> tuple[str, ...]:
    """The lines above the first row of a table, column headers left out."""
    first = min((row.first_line for row in document.rows), default=len(document.lines) + 1)
    headers = {
        segment.line
        for cell in document.loose
        if cell.source_cell == "header"
        for segment in cell.segments
    }
    lines = (
        " ".join(_ORNAMENT.sub(" ", line.text).split())
        for line in document.lines[: min(first - 1, _TITLE_LINES)]
        if line.number not in headers
    )
    return tuple(line for line in lines if line)


def _file_words(name: str) -> str:
    stem = Path(name).stem
    return " ".join(re.sub(r"[_+%.()\[\]-]+", " ", stem).split())


# ---------------------------------------------------------------------------------- year, quarter


def _label(text: str) -> int | None:
    match = _YEAR.fullmatch(text.strip())
    return next(_years(text), None) if match else None


def _years(text: str) -> Iterator[int]:
    """The financial years a text names, by the calendar year they begin in."""
    for match in _SPAN.finditer(text):
        if int(match[2]) == int(match[1]) + 1:
            yield int(match[1])
    for match in _YEAR.finditer(text):
        first, last = int(match[1]), int(match[2][-2:])
        if last == (first + 1) % 100:
            yield first
    for match in re.finditer(r"(?<!\d)((?:19|20)\d\d) (\d\d)(?!\d)", text):
        if int(match[2]) == (int(match[1]) + 1) % 100:
            yield int(match[1])


def _financial_year(clues: _Clues) -> Guess:
    for line in clues.title:
        if (year := next(_years(line), None)) is not None:
            return Guess(periods.label(year), f'the title: "{line}"')
    if (year := next(_years(clues.file_words), None)) is not None:
        return Guess(periods.label(year), "the file's name")
    in_values: Counter[int] = Counter()
    elsewhere: Counter[int] = Counter()
    for row in clues.document.rows:
        for cell in row.cells:
            for year, weight in _year_votes(cell.text):
                (in_values if cell.source_cell in _VALUES else elsewhere)[year] += weight
    for cell in clues.document.loose:
        elsewhere.update(_years(cell.text))
    votes = in_values or elsewhere
    if not votes:
        return Guess("", "no year is named anywhere; give --financial-year", is_sure=False)
    # A report speaks of its own year and of earlier ones, seldom of later ones.
    least = _RIVAL_SHARE * max(votes.values())
    best = max(year for year, count in votes.items() if count >= least)
    return Guess(
        periods.label(best), "the latest year that its quarters speak of often", is_sure=False
    )


def _year_votes(text: str) -> Iterator[tuple[int, int]]:
    """Years in a cell with what each mention weighs; a baseline's year weighs nothing."""
    for match in _YEAR.finditer(text):
        year = next(_years(match[0]), None)
        if year is None:
            continue
        before = text[max(0, match.start() - 30) : match.start()].lower()
        if _QUARTER.search(before[-6:]):
            yield year, _BESIDE_QUARTER
        elif not _OTHER_YEAR.search(before):
            yield year, 1


def _quarter(clues: _Clues) -> Guess:
    filled = _last_filled(clues.document)
    for line in clues.title:
        if (quarter := _quarter_in(line)) is not None:
            return _agreeing(quarter, f'the title: "{line}"', filled)
    if (quarter := _quarter_in(clues.file_words)) is not None:
        return _agreeing(quarter, "the file's name", filled)
    if filled is not None:
        return Guess(str(filled), "the last quarter whose column is filled")
    return Guess("4", "nothing says which quarter: the whole year is taken", is_sure=False)


def _agreeing(quarter: int, why: str, filled: int | None) -> Guess:
    if filled is None or filled == quarter:
        return Guess(str(quarter), why)
    return Guess(
        str(quarter), f"{why}; but the last filled column is quarter {filled}", is_sure=False
    )


def _quarter_in(text: str) -> int | None:
    if match := _QUARTER.search(text):
        return int(match[1])
    if match := _QUARTER_WORD.search(text):
        return _ORDINALS[match[1].lower()]
    if any(phrase in text.lower() for phrase in words.YEAR_END):
        return 4
    if match := _TO_MONTH.search(text):
        month = _LAST_MONTHS[match[1].lower()]
        # "April 2019 to March 2020" names the year; it does not say that the year is over.
        return month if month < 4 else None
    return None


def _last_filled(document: Document) -> int | None:
    filled: Counter[int] = Counter()
    for row in document.rows:
        for cell in row.cells:
            if re.fullmatch(r"q[1-4]", cell.source_cell) and _says_something(cell.text):
                filled[int(cell.source_cell[1])] += 1
    if not filled:
        return None
    least = _FILLED_SHARE * max(filled.values())
    return max(quarter for quarter, count in filled.items() if count >= least)


def _says_something(text: str) -> bool:
    bare = text.strip(" .-_\u2013\u2014").lower()
    return bool(bare) and bare not in words.NOT_YET


# ----------------------------------------------------------------------- area, bodies, plan, title


def _pattern(form: str, place: str) -> re.Pattern[str]:
    before, after = (re.escape(part) for part in form.split("{}"))
    return re.compile(rf"(?<![\w-]){before}({place}){after}(?![\w-])")


_BODIES: Final = tuple(
    (form, _pattern(form, _NAME)) for form in words.COUNCILS + words.PARTNERSHIPS
)


def _area(clues: _Clues, known: Known) -> Guess:
    places = (
        ("the title", " ".join(clues.title), _IN_TITLE),
        ("the file's name", clues.file_words, _IN_FILE_NAME),
        ("the text", clues.text, 1),
    )
    votes: Counter[str] = Counter()
    why: dict[str, str] = {}
    for where, text, weight in places:
        lower = text.lower()
        for name, area in known.areas.items():
            count = len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", lower))
            votes[area] += weight * count
            if count:
                why.setdefault(area, f'"{name}" stands in {where}')
        for form, place in _bodies(text):
            area = known.areas.get(place.lower(), place)
            votes[area] += 2 * weight
            why.setdefault(area, f'"{form.format(place)}" stands in {where}')
    votes = +votes
    if votes:
        best = min(votes, key=lambda area: (-votes[area], area))
        rivals = [area for area in votes if area != best and votes[area] * 2 > votes[best]]
        note = f"; but {', '.join(sorted(rivals))} too" if rivals else ""
        return Guess(best, why[best] + note, is_sure=not rivals)
    left = [
        word
        for word in clues.file_words.split()
        if word.isalpha() and word.lower() not in words.FILE_WORDS and len(word) > 2
    ]
    if left:
        return Guess(" ".join(left).title(), "what is left of the file's name", is_sure=False)
    return Guess("", "no place is named; give --area", is_sure=False)


def _bodies(text: str) -> Iterator[tuple[str, str]]:
    """Each "Safer X Partnership", "X Borough Council" of a text: its form and its X."""
    for form, pattern in _BODIES:
        for match in pattern.finditer(text):
            place = " ".join(match[1].split())
            kept = place.split()
            while kept and kept[0].lower() in words.NO_PLACES:
                kept = kept[1:]
            inside = {word.lower() for word in kept} - words.MAY_BE_INSIDE
            if kept and not inside & words.NO_PLACES:
                yield form, " ".join(kept)


def _body(clues: _Clues, known: Known, area: str, field: str) -> Guess:
    """The partnership or the publisher: as printed, as in the area's other reports, as usual."""
    is_partnership = field == "partnership"
    forms = words.PARTNERSHIPS if is_partnership else words.COUNCILS
    names = [name for name, known_area in known.areas.items() if known_area == area]
    found = [
        (form, place)
        for form, place in _bodies("\n".join((*clues.title, clues.text)))
        if form in forms and place.lower() in {area.lower(), *names}
    ]
    others = [getattr(entry, field) for entry in known.entries if entry.area == area]
    if others:
        return Guess(Counter(others).most_common(1)[0][0], f"as in other reports of {area}")
    kind = "partnership" if is_partnership else "council"
    for body_kind, name in known.bodies:
        if body_kind == kind and any(place in name.lower() for place in {area.lower(), *names}):
            return Guess(name, f"the {kind} of {area} that is known", is_sure=not found)
    if found:
        form, place = min(found, key=lambda pair: forms.index(pair[0]))
        return Guess(form.format(place), "the text")
    usual = words.USUAL_PARTNERSHIP if is_partnership else words.USUAL_PUBLISHER
    return Guess(
        usual.format(area).strip(), "not printed: what such a body is usually called", is_sure=False
    )


_PLAN: Final = re.compile(
    r"(?i:((?:[\w'\u2019-]+ ){0,3}?(?:" + "|".join(re.escape(plan) for plan in words.PLANS) + r"))"
    r"[\s,:(\u2013-]*((?:19|20)\d\d)\s*(?:-|\u2013|/|to)\s*((?:20)?\d\d)\b)"
)


def _plan(clues: _Clues, known: Known, area: str, year: int) -> Guess:
    for text, where in ((" \n".join(clues.title), "the title"), (clues.text, "the text")):
        for match in _PLAN.finditer(text):
            first, last = (
                int(match[2]),
                int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3]),
            )
            if last - first > 1 and first <= year < last:
                name = _capitals(_from_plan_word(match[1]))
                return Guess(f"{name} {first}-{last}", where)
    for plan_area, plan, first_year, last_year in known.plans:
        if plan_area == area and first_year <= year <= last_year:
            return Guess(plan, f"the plan of {area} that covers {periods.label(year)}")
    return Guess(words.USUAL_PLAN, "not printed: what it is usually called", is_sure=False)


def _from_plan_word(text: str) -> str:
    """The plan's name without the words that lead to it ("targets from the")."""
    lower = text.lower()
    at = min(lower.find(plan) for plan in words.PLANS if plan in lower)
    return text[at:]


def _capitals(text: str) -> str:
    return " ".join(
        word.lower()
        if word.lower() in ("and", "of", "the")
        else word[:1].upper() + word[1:].lower()
        for word in text.split()
    )


def _title(clues: _Clues, plan: str, quarter: str, year: str) -> Guess:
    when = f"Quarter {quarter} {year}"
    for line in clues.title:
        parts = [part for part in line.split("\t") if part.strip()]
        text = " ".join((parts[0] if parts else "").split())
        if len(re.findall(r"[^\W\d_]{3,}", text)) < 2 or len(text) > _MAX_TITLE_CHARS:
            continue
        if any(pattern.fullmatch(text) for _, pattern in _BODIES):
            continue  # who publishes is no title
        if find_marking(text):
            continue  # a title is published, a protective marking never
        shown = _capitals(text) if text.isupper() else text
        if _quarter_in(shown) is None:
            shown = f"{shown}, {f'Quarter {quarter}' if year in shown else when}"
        elif year not in shown:
            shown = f"{shown} {year}"
        return Guess(shown, "the first line above the tables")
    return Guess(f"{plan}, {when}", "the report has no title of its own: plan, quarter and year")


def _report_id(known: Known, area: str, year: int, quarter: str) -> Guess:
    prefixes = Counter(
        entry.report_id.removesuffix(end)
        for entry in known.entries
        if entry.area == area
        for end in (f"_{slug(entry.financial_year)}_q{entry.as_at_quarter}",)
        if entry.report_id.endswith(end)
    )
    prefix = prefixes.most_common(1)[0][0] if prefixes else slug(area) or "report"
    wanted = f"{prefix}_{slug(periods.label(year))}_q{quarter}"[-_MAX_ID_CHARS:].strip("_")
    taken = {entry.report_id for entry in known.entries}
    report_id, number = wanted, 2
    while report_id in taken:
        report_id, number = f"{wanted}_{number}", number + 1
    if report_id != wanted:
        return Guess(report_id, f"{wanted} is there already", is_sure=False)
    return Guess(report_id, "area, year and quarter")
