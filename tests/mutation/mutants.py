"""Copies of a report with one figure changed, and whether arithmetic could tell."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tests.mutation import oracle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.land import Read
    from tests.accuracy.gold import Answer

SIGNS: Final = {"+": "-", "-": "+", "−": "+", "–": "+"}
_UP: Final = re.compile(r"\b(increas\w*|rise|risen|rose|higher|above|more|up)\b", re.I)
_DOWN: Final = re.compile(
    r"\b(reduc\w*|decreas\w*|fall|fallen|fell|lower|below|less|fewer|down)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One copy: which line became what, and the claims that the change breaks."""

    kind: str  # "digit", "swapped", "sign", "moved"
    line: int
    start: int
    before: str
    after: str
    text: str  # the line, changed
    families: tuple[str, ...]

    @property
    def is_detectable(self) -> bool:
        """Whether the change breaks a claim."""
        return bool(self.families)


def numbers_of(read: Read, answers: Sequence[Answer]) -> list[oracle.Number]:
    """The hand-made answers with the cells that they stand in."""
    where: dict[tuple[int, int], tuple[str, str, str, int]] = {}
    for row in read.document.rows:
        for cell in row.cells:
            for offset in range(len(cell.text)):
                try:
                    line, start = cell.locate(offset)
                except IndexError:
                    continue
                where[line, start] = (row.row_key, cell.cell_id, cell.source_cell, offset)
    found = []
    for answer in answers:
        if answer.role == "context" or answer.value is None:
            continue
        place = (answer.line, answer.start)
        if place in where:
            row_key, cell_id, column, offset = where[place]
            found.append(oracle.Number(place, row_key, cell_id, column, offset, answer))
    return found


def mutants_of(read: Read, answers: Sequence[Answer], pick: random.Random) -> Iterator[Mutant]:
    """All copies of one report: every figure in digits, every kind of slip that it can have."""
    numbers = numbers_of(read, answers)
    claims = oracle.equations(numbers)
    values = {number.place: oracle.value_of(number) for number in numbers}
    for number in numbers:
        printed = number.answer.printed
        if not any(character.isdigit() for character in printed):
            continue
        text = read.document.lines[number.answer.line - 1].text
        for kind, after in _slips(number, numbers, pick):
            changed = dict(values)
            size = oracle.printed_value(after)
            negative = oracle.value_of(number) < 0
            if kind == "sign":
                changed[number.place] = -values[number.place]
            else:
                changed[number.place] = -size if negative else size
            families = _families(number, kind, claims, changed, text)
            start, end = number.answer.start, number.answer.end
            yield Mutant(
                kind,
                number.answer.line,
                start,
                printed,
                after,
                text[:start] + after + text[end:],
                families,
            )


def _slips(
    number: oracle.Number, numbers: Sequence[oracle.Number], pick: random.Random
) -> Iterator[tuple[str, str]]:
    printed = number.answer.printed
    digits = [index for index, character in enumerate(printed) if character.isdigit()]
    # A leading nought is no number that anybody prints.
    choices = [
        (index, digit)
        for index in digits
        for digit in "0123456789"
        if digit != printed[index] and not (digit == "0" and index == digits[0] and len(digits) > 1)
    ]
    for index, digit in pick.sample(choices, min(2, len(choices))):
        yield "digit", printed[:index] + digit + printed[index + 1 :]
    pairs = [
        (left, right)
        for left, right in pairwise(digits)
        if right == left + 1
        and printed[left] != printed[right]
        and not (left == digits[0] and printed[right] == "0")
    ]
    if pairs:
        left, right = pick.choice(pairs)
        swapped = list(printed)
        swapped[left], swapped[right] = swapped[right], swapped[left]
        yield "swapped", "".join(swapped)
    if printed[0] in SIGNS:
        yield "sign", SIGNS[printed[0]] + printed[1:]
    others = [
        other
        for other in numbers
        if other.row == number.row
        and other.column != number.column
        and other.column in ("q1", "q2", "q3", "q4")
        and number.column in ("q1", "q2", "q3", "q4")
        and other.answer.role == number.answer.role
        and other.unit == number.unit
        and other.series == number.series
        and any(character.isdigit() for character in other.answer.printed)
        and oracle.value_of(other) != oracle.value_of(number)
    ]
    if others:
        other = pick.choice(others)
        sign = printed[0] if printed[0] in SIGNS else ""
        moved = other.answer.printed.lstrip("".join(SIGNS)).strip().rstrip("%")
        yield "moved", sign + moved + ("%" if printed.endswith("%") else "")


def _families(
    number: oracle.Number,
    kind: str,
    claims: Sequence[oracle.Equation],
    changed: dict[oracle.Place, Fraction],
    text: str,
) -> tuple[str, ...]:
    """The families of the claims that the change breaks."""
    if kind == "sign":
        said = -1 if number.answer.printed[0] in "-−–" else 1
        if said * oracle.value_of(number) < 0:
            return ()  # it is wrong as published: to turn it puts it right
        before = text[max(0, number.answer.start - 100) : number.answer.start]
        after = text[number.answer.end : number.answer.end + 30]
        if _UP.search(before + after) or _DOWN.search(before + after):
            # The words give the value; the sign beside them is then wrong.
            return ("sign",) if number.answer.role in ("change", "projection") else ()
        if oracle.value_of(number) == 0 or number.answer.role not in ("change", "projection"):
            return ()
    broken = oracle.broken(claims, changed, number.place)
    return tuple(dict.fromkeys(equation.family for equation in broken))
