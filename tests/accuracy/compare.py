"""Answers beside readings: what is right, counted for each attribute."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.accuracy.gold import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TUPLE: Final = ("role", "unit", "basis", "period", "value", "comparator")
ATTRIBUTES: Final = (
    "offsets", "role", "unit", "basis", "period", "value", "comparator", "series", "certainty",
    "whole", "whole_measuring",
)  # fmt: skip
DIGITS: Final = re.compile(r"\d+")
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR_OR_DATE: Final = re.compile(
    r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{1,4})?|\d\d[/–-]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|\d{1,2}[./]\d{1,2}/\d{2,4}|[1-4]/20\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
)
_AFTER_MONTH: Final = re.compile(rf"\b{_MONTH}\.?\s*['’]?$", re.IGNORECASE)
_BEFORE_MONTH: Final = re.compile(rf"^\s*(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH}\b", re.IGNORECASE)


@dataclass(slots=True)
class Tally:
    """Counts of one part: per attribute the right ones, those read and those in the answers."""

    right: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    digit_runs: int = 0
    digit_runs_held: int = 0
    dates: int = 0
    dates_measured: int = 0
    texts: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.read + other.read,
            self.gold + other.gold,
            self.digit_runs + other.digit_runs,
            self.digit_runs_held + other.digit_runs_held,
            self.dates + other.dates,
            self.dates_measured + other.dates_measured,
            self.texts + other.texts,
        )

    def precision(self, attribute: str) -> float:
        """The share of what was read that is right; 1 when nothing was read."""
        return self.right[attribute] / self.read[attribute] if self.read[attribute] else 1.0

    def recall(self, attribute: str) -> float:
        """The share of the answers that was read; 1 when there are none."""
        return self.right[attribute] / self.gold[attribute] if self.gold[attribute] else 1.0

    def worse(self, attribute: str) -> float:
        """Precision or recall, whichever is lower: what a bar is held against."""
        return min(self.precision(attribute), self.recall(attribute))


@dataclass(frozen=True, slots=True)
class Miss:
    """One number that was not read as the answers have it."""

    name: str
    text: str
    answer: Answer | None
    reading: Answer | None
    rule: str
    differs: tuple[str, ...]


def says(row: Answer, attribute: str) -> object:
    """What a row says of an attribute, None when it says nothing (context, or no series)."""
    if attribute == "offsets":
        return row.place
    if attribute == "role":
        return row.role
    if row.role == "context":
        return None
    if attribute == "period":
        return row.period
    if attribute == "series":
        return " ".join(row.series.casefold().split()) if row.series else None
    if attribute in ("whole", "whole_measuring"):
        return tuple(says(row, name) for name in TUPLE)
    said: object = getattr(row, attribute)
    return said


def is_same(answer: Answer, reading: Answer, attribute: str) -> bool:
    """Whether a reading is right in one attribute; context rows are right as a whole by role."""
    if attribute == "whole" and answer.role == "context":
        return reading.role == "context"
    return says(answer, attribute) == says(reading, attribute)


def is_year_or_date(answer: Answer, line: str) -> bool:
    """Whether an answer of role context is a year label, a date, or a number beside a month."""
    if answer.role != "context":
        return False
    if _YEAR_OR_DATE.fullmatch(answer.printed):
        return True
    near = line[max(0, answer.start - 14) : answer.start]
    return bool(_AFTER_MONTH.search(near) or _BEFORE_MONTH.search(line[answer.end :][:14]))


def compare(
    name: str,
    lines: Mapping[int, str],
    answers: Sequence[Answer],
    readings: Sequence[Answer],
    rules: Mapping[tuple[int, int, int], str] | None = None,
) -> tuple[Tally, list[Miss]]:
    """Count what is right in one text, and list what is not.

    Parameters
    ----------
    name
        What the text is called in the list of misses.
    lines
        The text's lines by number (1 for a statement).
    answers, readings
        What was written by hand, and what the reader made of the same text.
    rules
        The name of the rule that read the number at each place.
    """
    tally = Tally(texts=1)
    misses: list[Miss] = []
    by_place = {reading.place: reading for reading in readings}
    expected = {answer.place: answer for answer in answers}
    for attribute in ATTRIBUTES:
        for rows, counter in ((answers, tally.gold), (readings, tally.read)):
            counter[attribute] += sum(_counts(row, attribute) for row in rows)
    for answer in answers:
        reading = by_place.get(answer.place)
        differs = ["offsets"] if reading is None else []
        if reading is not None:
            for attribute in ATTRIBUTES:
                if is_same(answer, reading, attribute):
                    tally.right[attribute] += _counts(answer, attribute)
                elif not attribute.startswith("whole"):
                    differs.append(attribute)
        if differs:
            rule = (rules or {}).get(answer.place, "")
            misses.append(Miss(name, lines[answer.line], answer, reading, rule, tuple(differs)))
    for reading in readings:
        if reading.place not in expected:
            rule = (rules or {}).get(reading.place, "")
            misses.append(Miss(name, lines[reading.line], None, reading, rule, ("offsets",)))
    _ledger(tally, lines, readings)
    _dates(tally, lines, answers, readings)
    return tally, misses


def _counts(row: Answer, attribute: str) -> bool:
    """Whether a row has anything to say of an attribute, so that it counts."""
    if attribute in ("offsets", "role", "whole"):
        return True
    if row.role == "context":
        return False
    return says(row, attribute) is not None


def _ledger(tally: Tally, lines: Mapping[int, str], readings: Sequence[Answer]) -> None:
    spans: dict[int, list[tuple[int, int]]] = {}
    for reading in readings:
        spans.setdefault(reading.line, []).append((reading.start, reading.end))
    for number, text in lines.items():
        here = spans.get(number, [])
        for run in DIGITS.finditer(text):
            tally.digit_runs += 1
            holders = sum(start <= run.start() and run.end() <= end for start, end in here)
            touching = sum(start < run.end() and run.start() < end for start, end in here)
            tally.digit_runs_held += holders == 1 and touching == 1


def _dates(
    tally: Tally,
    lines: Mapping[int, str],
    answers: Sequence[Answer],
    readings: Sequence[Answer],
) -> None:
    for answer in answers:
        if not is_year_or_date(answer, lines[answer.line]):
            continue
        tally.dates += 1
        tally.dates_measured += any(
            reading.role != "context"
            and reading.line == answer.line
            and reading.start < answer.end
            and answer.start < reading.end
            for reading in readings
        )
