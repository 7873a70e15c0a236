"""quantulum3, a general-purpose quantity extractor, on the same text.

It knows nothing of roles, periods or comparators, so only what it does claim is compared: that a
number is a quantity, how large it is, and in which unit.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tests.accuracy.compare import is_year_or_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.accuracy.gold import Answer

# What each of the rival's units would have to be called to count as right.
UNITS: Final = {
    "percent": "percentage",
    "percent_change": "percentage",
    "percentage_points": "percentage",
    "currency": "pound sterling",
    "days": "day",
    "minutes": "minute",
    "seconds": "second",
}
_NEAR: Final = Decimal("0.01")


@dataclass(slots=True)
class RivalTally:
    """What the rival got right: quantities it claims, numbers that measure something, dates."""

    claimed: int = 0
    measuring: int = 0
    found: int = 0
    value_right: int = 0
    unit_right: int = 0
    dates: int = 0
    dates_measured: int = 0

    def __add__(self, other: RivalTally) -> RivalTally:
        return RivalTally(
            self.claimed + other.claimed,
            self.measuring + other.measuring,
            self.found + other.found,
            self.value_right + other.value_right,
            self.unit_right + other.unit_right,
            self.dates + other.dates,
            self.dates_measured + other.dates_measured,
        )


def quantities(text: str) -> list[tuple[int, int, Decimal, str]]:
    """The quantities quantulum3 finds in a text: start, end, value, name of the unit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantulum3 import parser

        try:
            found = parser.parse(text)
        except Exception:  # the rival stumbles over some texts; then it has found nothing
            return []
    return [(q.span[0], q.span[1], Decimal(str(q.value)), str(q.unit.name)) for q in found]


def judge(lines: Mapping[int, str], answers: Sequence[Answer]) -> RivalTally:
    """Compare the rival's quantities with the answers of one text, by magnitude.

    A quantity is right when it overlaps a number that measures something and has its printed
    magnitude; the sign, which takes reading, is not asked of it.
    """
    tally = RivalTally()
    for number, text in lines.items():
        here = [answer for answer in answers if answer.line == number]
        claims = quantities(text) if here else []
        tally.claimed += len(claims)
        for answer in here:
            claim = next((c for c in claims if c[0] < answer.end and answer.start < c[1]), None)
            if answer.role == "context":
                if is_year_or_date(answer, text):
                    tally.dates += 1
                    tally.dates_measured += claim is not None
                continue
            tally.measuring += 1
            if claim is None or answer.value is None:
                continue
            tally.found += 1
            _, _, value, unit = claim
            tally.value_right += abs(abs(value) - abs(answer.value)) < _NEAR
            wanted = UNITS.get(answer.unit or "")
            tally.unit_right += unit == wanted if wanted else unit not in UNITS.values()
    return tally
