"""The places around a number that a pass may look at, and the classes it looks for there.

Every look to the side is bounded, so that the cost of a cell is in proportion to its length.
"""

from __future__ import annotations

from typing import Final

from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.times import Period
from ingest.vocabulary.quantities import CODES

PERIOD, BASE, TARGET = CODES["PERIOD"], CODES["BASE"], CODES["TARGET"]
PEER, AVERAGE, FILL = CODES["PEER"], CODES["AVERAGE"], CODES["FILL"]
OPEN, CLOSE, WORD = CODES["OPEN"], CODES["CLOSE"], CODES["WORD"]
VALUES: Final = frozenset((CODES["NUM"], CODES["PCT"]))
STOPS: Final = frozenset((CODES["STOP"], CODES["BULLET"]))
SEPARATORS: Final = frozenset(CODES[name] for name in ("COLON", "DASH", "IS"))
LISTS: Final = frozenset(CODES[name] for name in ("COMMA", "SEMI", "SLASH"))
JOINS: Final = frozenset(
    CODES[name] for name in ("ON", "COMPARE", "FROM", "LESS", "MORE", "BETTER")
)
DIRECTION: Final = frozenset(
    CODES[name] for name in ("DOWN", "UP", "BETTER", "CHANGE", "LESS", "MORE")
)

# How many numbers (and how many items) away something may still matter.
NEAR: Final = 12
FAR: Final = 60


def near(
    cell: CellReader, reading: Reading, before: int = NEAR, after: int = NEAR
) -> list[Reading]:
    """The quantities around one, itself among them."""
    at = reading.order
    return cell.quantities[max(0, at - before) : at + after + 1]


def statement_items(cell: CellReader, reading: Reading) -> tuple[int, int]:
    """First item, and the item after the last, of what is near in a number's sentence."""
    first, last = cell.bounds[min(reading.statement, len(cell.bounds) - 1)]
    index = reading.number.index
    return max(first, index - FAR), min(last, index + FAR)


def in_survey(cell: CellReader, reading: Reading) -> bool:
    """Whether a percentage (or a count of answers) is one of a survey."""
    if not reading.number.is_percent and reading.role != "component":
        return False
    if cell.has_respondents:
        return True
    first, last = statement_items(cell, reading)
    return CODES["SURVEY"] in cell.codes[first:last] or any(
        isinstance(tag, Period) and tag.kind == "survey" for tag in cell.items.tags[first:last]
    )
