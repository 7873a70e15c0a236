"""The sign of every change, and the sense of every target."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ingest.figures.context import lowered
from ingest.figures.nearby import near
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.figures.units import CUT_ASKED_FOR
from ingest.vocabulary import quantities as words


def settle_values(cell: CellReader) -> None:
    """Sign changes by the word, else by the sign; drop signs that cannot be meant."""
    readings = cell.quantities
    for reading in readings:
        number = reading.number
        value = number.value
        if value is None:
            if reading.role != "context":
                reading.note = "too large for the type"
            reading.value = None
            continue
        if (
            reading.role == "change"
            or reading.unit == "percent_change"
            or (reading.role == "projection" and (reading.way or reading.mate))
            or reading.rule == CUT_ASKED_FOR
        ):
            _sign_change(cell, reading, value)
        else:
            reading.value = value
            if number.sign < 0:
                reading.note = "the printed sign cannot be meant"
        if reading.rule in ("second_value", "baseline_in_brackets"):
            reading.doubt("nothing says what the second value, in brackets, is")
        if reading.role == "target":
            _settle_operator(cell, reading)


def _sign_change(cell: CellReader, reading: Reading, value: Decimal) -> None:
    number = reading.number
    way = reading.way
    mate = reading.mate
    if number.sign and words_of_better((reading.direction_word or "").lower()):
        way = 0  # "-11 better than target": better says nothing of up or down
    way = _way_by_levels(cell, reading) or way
    if (
        not way
        and mate is not None
        and mate.number.sign
        and words_of_better((mate.direction_word or "").lower())
    ):
        way = mate.number.sign
    if mate is not None and not mate.way and mate.mate is not None and mate.mate.way:
        mate = mate.mate  # "an increase of 124 (12.1%) on last year and 38 on the baseline"
    if not way and mate is not None and mate.way and mate.number.index < number.index:
        way = reading.way = mate.way
        reading.direction_word = mate.direction_word
    if not way:
        way = number.sign or (mate.number.sign if mate is not None else 0)
    if not way and reading.role == "target":
        way = {"decrease": -1, "increase": 1}.get(_wished(cell), -1)
    if (
        not way
        and mate is None
        and reading.bracket >= 0
        and (cell.kind == "variance" or reading.rule == "change_named")
    ):
        way = -1  # brackets for a negative
    if not way and reading.rule in ("change_named", "change_or_change"):
        way = _way_between(cell, reading)
    if not way:
        if value:
            reading.doubt("no word or sign says which way it changed")
        way = 1
    reading.value = -value if way < 0 else value


def _way_by_levels(cell: CellReader, reading: Reading) -> int:
    """Which way an improvement went, where the value and what it was before are both printed."""
    word = (reading.direction_word or "").lower()
    value = reading.of
    if words_of_better(word) and value is not None and value.value is not None:
        for other in near(cell, reading):
            if (
                other.relation == "prior_of"
                and other.of is value
                and other.comparator not in ("peer_group", "target")
                and other.unit == value.unit
                and other.value is not None
                and other.value != value.value
            ):
                return 1 if value.value > other.value else -1
    return 0


def _way_between(cell: CellReader, reading: Reading) -> int:
    """ "a total of 3,406; for 2011 it was 3,551: a difference of 145": from the earlier value."""
    value = reading.of
    if value is None or value.value is None:
        return 0
    for other in near(cell, reading):
        if other.relation == "prior_of" and other.of is value and other.unit == value.unit:
            if other.value is not None and other.value != value.value:
                return 1 if value.value > other.value else -1
    return 0


def words_of_better(word: str) -> bool:
    """Whether a word says that something got better or worse, but not whether up or down."""
    return word in _BETTER_WORDS


_BETTER_WORDS: Final = frozenset(words.WORDS["BETTER"].split())


def _wished(cell: CellReader) -> str:
    if cell.context.direction in ("decrease", "increase"):
        return cell.context.direction or ""
    said = lowered(cell.context.measure)
    if said.startswith(("reduc", "fewer", "decreas", "lower")):
        return "decrease"
    if said.startswith(("increas", "more ", "improv")):
        return "increase"
    return ""


_AT_LEAST: Final = frozenset(
    (
        "at least",
        "\u2265",
        ">",
        "no less than",
        "no fewer than",
        "min",
        "minimum",
        "more than",
        "at or above",
    )
)
_AT_MOST: Final = frozenset(
    (
        "at most",
        "\u2264",
        "<",
        "no more than",
        "not more than",
        "max",
        "maximum",
        "less than",
        "fewer than",
        "below",
        "under",
        "at or below",
        "up to",
    )
)


def _settle_operator(cell: CellReader, reading: Reading) -> None:
    """``<=``, ``>=`` or ``=``: by the words before the target, else by what is wished for."""
    before = cell.items.words[max(0, reading.number.index - 3) : reading.number.index]
    for word in reversed(before):
        if word in _AT_LEAST:
            reading.operator = ">="
            return
        if word in _AT_MOST:
            reading.operator = "<="
            return
    wish = _wished(cell)
    if wish == "decrease":
        reading.operator = "<="
    elif wish == "increase" or cell.context.direction == "maintain":
        reading.operator = ">="
    elif reading.unit == "percent_change":
        reading.operator = "<=" if reading.value is not None and reading.value < 0 else ">="
