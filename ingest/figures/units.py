"""The unit of every quantity: printed with it, said by the measure, or its fellow's."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ingest.figures.lexer import Number
from ingest.figures.nearby import CLOSE, FILL, OPEN, STOPS, TARGET, VALUES, WORD, near
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES


def assign_units(cell: CellReader) -> None:
    """Give every quantity the unit that its own words, or the measure's, say."""
    for reading in cell.readings:
        if reading.role == "context":
            continue
        if reading.unit == "rank":
            continue
        number = reading.number
        unit = _printed_unit(cell, reading)
        is_change = reading.role == "change" or (
            reading.role in ("projection", "target") and _asks_for_change(cell, reading)
        )
        if is_change:
            if reading.rule == "change_named" and _is_percent_named(cell, reading):
                unit = unit or "percent_change"
            if reading.role == "target" and not number.is_percent:
                reading.rule = CUT_ASKED_FOR
            if number.is_percent and unit != "percentage_points":
                unit = "percent_change"
            reading.unit = unit or "count"
        elif number.is_percent:
            reading.unit = reading.unit or "percent"
        else:
            facts = cell.measure_facts.unit
            if reading.unit == "average" and _is_of_scores(cell, reading):
                reading.unit = "score"
            if reading.unit == "average" and facts in ("days", "hours", "minutes", "seconds"):
                reading.unit = facts
            borrowed = None if unit or reading.unit else _borrowed_unit(cell, reading)
            reading.is_unit_printed = borrowed is None
            reading.unit = unit or reading.unit or borrowed
            if borrowed == "currency" and number.value is not None:
                number.value *= cell.measure_facts.factor
                reading.value = number.value


def _is_of_scores(cell: CellReader, reading: Reading) -> bool:
    """ "Mean score 21.6"."""
    at = reading.number.index
    return "score" in cell.items.words[max(0, at - 3) : at]


def _is_percent_named(cell: CellReader, reading: Reading) -> bool:
    """ "% change -21.6"."""
    index = reading.number.index
    return any(word.startswith("%") for word in cell.items.words[max(0, index - 3) : index])


# "Reduce by 25 offences" where targets stand.
CUT_ASKED_FOR: Final = "difference_asked_for"


def _asks_for_change(cell: CellReader, reading: Reading) -> bool:
    """Whether a target or projection says by how much, not how much."""
    number = reading.number
    if reading.role == "projection":
        return reading.rule == "projected_change" or reading.mate is not None
    if reading.mate is not None:
        return True
    if not number.is_percent:
        # "Reduce by 25 offences" in a column of targets.
        return reading.way != 0 and _is_by(cell, reading)
    if number.sign:
        return True
    if reading.rule == "target_value" and _follows_asked_kind(cell, reading):
        return True
    if reading.rule in ("target_of_column", "goal_of_measure"):
        previous = _previous(cell, reading)
        if (
            previous is not None
            and previous.role == "target"
            and reading.rule == "target_of_column"
        ):
            between = "".join(cell.codes[previous.number.index + 1 : number.index])
            # "7.1% (1.5%)", "(6.9% 3%)": the level, then the change that leads to it.
            if between in ("", OPEN) or between.strip(OPEN + CLOSE) == "":
                return True
    return reading.way != 0 and not _is_level_goal(cell, reading)


def _follows_asked_kind(cell: CellReader, reading: Reading) -> bool:
    """ "32% reduction (target 18%)": the target is of the change before it."""
    previous = _previous(cell, reading)
    if previous is None or previous.role != "change" or not previous.number.is_percent:
        return False
    index = reading.number.index
    if cell.measure_facts.unit == "percent" or index - previous.number.index > 5:
        return False
    if cell.codes[index - 2 : index] != [OPEN, TARGET] or not previous.way:
        return False
    reading.way = previous.way
    return True


def _is_by(cell: CellReader, reading: Reading) -> bool:
    before = cell.codes[max(0, reading.number.index - 2) : reading.number.index]
    return CODES["BY"] in before and CODES["TARGET"] not in before


def _is_level_goal(cell: CellReader, reading: Reading) -> bool:
    """ "Reduce to 28%", "increase above 90%": a level all the same."""
    at = reading.number.index - 1
    while at >= 0 and cell.codes[at] in (FILL, CODES["LESS"], CODES["MORE"]):
        at -= 1
    return at >= 0 and cell.codes[at] == CODES["TO"]


def _printed_unit(cell: CellReader, reading: Reading) -> str | None:
    """The unit that stands with the number: points, days, money, per so many."""
    number = reading.number
    items, codes = cell.items, cell.codes
    at = number.index + 1
    if number.is_clock or (
        items.words[at : at + 1] == ["m"]
        and items.starts[at] == number.end
        and (
            cell.measure_facts.unit == "minutes"
            or items.words[at + 2 : at + 3] in (["s"], ["secs"], ["sec"])
        )
    ):
        return "minutes"  # "7:42", "6m 54s"
    if codes[at : at + 1] == [CLOSE]:
        at += 1  # "(2.1) pp"
    following = items.words[at : at + 2]
    if following:
        first = following[0]
        if first in words.POINT_WORDS or (
            first in ("percentage", "%") and following[1:] and following[1] in words.POINT_WORDS
        ):
            is_points = reading.role == "change" or number.is_percent or first in _IN_POINTS
            return "percentage_points" if is_points else None
        if items.starts[at] - number.end <= 1:
            _multiply(number, first)
            reading.value = number.value
        if first in _WORKING and len(following) > 1 and following[1] in words.DURATION_UNITS:
            return words.DURATION_UNITS[following[1]]
        if (
            codes[at] == CODES["DASH"]
            and len(following) > 1
            and following[1] in words.DURATION_UNITS
        ):
            return words.DURATION_UNITS[following[1]]
        if first in words.DURATION_UNITS and not number.is_percent:
            return words.DURATION_UNITS[first]
    if number.currency:
        return "currency"
    if (
        codes[at : at + 1] == [CODES["PER"]]
        and len(following) > 1
        and following[1] in words.EACH_TIME
        and not number.is_percent
        and reading.role in ("observation", "comparative")
    ):
        return "average"
    return _rate_unit(cell, reading)


_WORKING: Final = frozenset("working calendar clear whole full".split())
_IN_POINTS: Final = frozenset(("pp", "ppt", "ppts"))


def _multiply(number: Number, word: str) -> None:
    factor = words.MAGNITUDES.get(word)
    if factor is None and number.currency:
        factor = words.MONEY_MAGNITUDES.get(word)
    if factor is not None and number.value is not None:
        number.value = number.value * factor


_RATES: Final = {
    Decimal(100): "rate_per_100",
    Decimal(1000): "rate_per_1000",
    Decimal(10_000): "rate_per_10000",
    Decimal(100_000): "rate_per_100000",
    Decimal(1_000_000): "rate_per_million",
}


def _rate_unit(cell: CellReader, reading: Reading) -> str | None:
    """ "5.2 per 1,000", "(per 10,000 population)", "Rate per 1,000 ... is 0.21"."""
    if reading.number.is_percent or not cell.has_rates:
        return None
    codes, tags = cell.codes, cell.items.tags
    index = reading.number.index
    limit = min(len(codes) - 1, index + 9)
    for at in range(index + 1, limit):
        code = codes[at]
        if code == CLOSE and reading.bracket >= 0:
            break
        if code in STOPS or code == CODES["SEMI"] or (code in VALUES and codes[at - 1] != WORD):
            break
        if code == OPEN and codes[at + 1] != CODES["PER"]:
            break
        if code == CODES["SLASH"] and codes[at + 1] in VALUES:
            break
        if code in (CODES["PER"], CODES["SLASH"]) and codes[at + 1] == CODES["CTX"]:
            return _rate_of(tags[at + 1], cell.items.text)
    for at in range(index - 1, max(0, index - 12), -1):
        if codes[at] in STOPS or codes[at] in VALUES:
            break
        if codes[at] == CODES["CTX"] and codes[at - 1] == CODES["PER"]:
            if CLOSE in codes[at:index] and any(code in VALUES for code in codes[at - 4 : at - 1]):
                break  # "31 (186 per 100,000), compared with 38"
            if codes[index - 1 : index + 2 : 2] == [OPEN, WORD] or _is_far_from(
                cell, at - 1, reading.number
            ):
                break  # "6.2 per 1,000 population (145 offences)"
            return _rate_of(tags[at], cell.items.text)
    return None


def _is_far_from(cell: CellReader, at: int, number: Number) -> bool:
    """ "2.9 per 1,000 (412)": far greater than the rate before it."""
    for tag in cell.items.tags[max(0, at - 5) : at]:
        if isinstance(tag, Number) and tag.value and tag.context is None and number.value:
            return number.value > 20 * tag.value
    return False


def _rate_of(tag: object, text: str) -> str | None:
    if isinstance(tag, Number) and tag.context == "per_so_many":
        plain = tag.digits.replace(",", "")
        if text[tag.end : tag.end + 1] in ("k", "K"):
            plain += "000"  # "per 100k"
        return _RATES.get(Decimal(plain)) if plain.isdecimal() else None
    return None


_COUNTED_NOUNS: Final = frozenset(
    CODES[name] for name in ("WORD", "LABEL", "COHORT", "SAMPLE", "SURVEY")
)


def _borrowed_unit(cell: CellReader, reading: Reading) -> str:
    """The unit of a bare number: the measure's, unless a noun says what is counted."""
    unit = cell.measure_facts.unit
    number = reading.number
    at = number.index + 1
    follows = cell.codes[at] if at < len(cell.codes) else ""
    is_bare = follows not in _COUNTED_NOUNS
    if reading.period is not None and reading.period.kind == "average_years":
        return "average"
    if "score" in cell.items.words[max(0, number.index - 4) : number.index]:
        return "score"
    if unit is not None and is_bare and not number.is_word:
        if unit == "percent":
            value = number.value
            levels = [other for other in cell.quantities if other.role != "component"]
            lone = len(levels) <= 2
            if value is not None and value <= 100 and (lone or number.decimals):
                return unit
        elif unit in ("average", "days", "hours", "minutes", "seconds", "score"):
            if number.decimals or len(cell.quantities) <= 2 or unit == "minutes":
                return unit
        elif unit != "rank" or (number.value is not None and number.value < 100):
            return unit
    said = cell.items.words[max(0, number.index - 4) : number.index]
    if "score" in said:
        return "score"
    is_whole = number.value is not None and number.value == number.value.to_integral_value()
    if (
        number.decimals
        and reading.role != "component"
        and cell.items.words[at : at + 1] not in _COUNTING
        and not (is_whole and number.value is not None and number.value >= 100)
    ):
        return "average"
    return "percent" if _starts_range(cell, reading) else "count"


_COUNTING: Final = tuple([word] for word in sorted(words.COUNTING_UNITS))


def _starts_range(cell: CellReader, reading: Reading) -> bool:
    """The first of "10-15%"."""
    at = reading.number.index
    return cell.codes[at + 1 : at + 3] == [CODES["DASH"], CODES["PCT"]] and (
        cell.items.starts[at + 2] - cell.items.ends[at] == 1 or reading.role == "target"
    )


def _previous(cell: CellReader, reading: Reading) -> Reading | None:
    return cell.quantities[reading.order - 1] if reading.order else None


def carry_units(cell: CellReader) -> None:
    """A bare number compared with a rate, a time or an amount is one too."""
    for reading in cell.quantities:
        if reading.number.is_percent or reading.is_unit_printed:
            continue
        if reading.unit not in ("count", "average"):
            _take_printed_unit(cell, reading)
            continue
        if reading.role == "observation" and reading.number.decimals:
            source = _listed_before(cell, reading)
        elif reading.role == "comparative" and reading.comparator != "multi_year_average":
            source = reading.of
            if source is None and reading.number.decimals:
                source = _fellow_peer(cell, reading)
        elif reading.role == "target":
            before = reversed(near(cell, reading, after=0))
            source = next((other for other in before if other.role == "observation"), None)
        elif reading.role == "change":
            source = reading.of
        else:
            continue
        if (
            source is not None
            and source.unit in _CARRIED
            and (source.unit != "rank" or (reading.value is not None and reading.value < 100))
            and (reading.role != "change" or bool(reading.number.decimals) or source.unit == "days")
        ):
            reading.unit = source.unit
        elif (
            reading.role == "change"
            and source is not None
            and source.unit == "percent"
            and reading.number.decimals
        ):
            reading.unit = "percentage_points"
        elif (
            reading.role in ("comparative", "target")
            and source is not None
            and source.unit == "percent"
            and reading.value is not None
            and reading.value <= 100
            and (
                reading.number.decimals
                or reading.bracket >= 0
                or (reading.role == "target" and reading.value > 1)
            )
            and not reading.number.is_word
            and cell.codes[reading.number.index + 1 : reading.number.index + 2] != [WORD]
        ):
            reading.unit = "percent"  # "35.9% (prev yr 36.4)"


def _fellow_peer(cell: CellReader, reading: Reading) -> Reading | None:
    """ "Family 6.4; Wales 5.9 per 1,000 households": the next peer's value says the unit."""
    after = cell.quantities[reading.order + 1 : reading.order + 2]
    if after and after[0].role == "comparative" and after[0].comparator == reading.comparator:
        return after[0]
    return None


def _listed_before(cell: CellReader, reading: Reading) -> Reading | None:
    """ "Rate per 1,000: 12.6 & 19.8": what the number before in a list is."""
    before = _previous(cell, reading)
    if before is None or before.unit not in _CARRIED or before.unit == "rank":
        return None
    between = cell.codes[before.number.index + 1 : reading.number.index]
    return before if between in ([CODES["AND"]], [CODES["COMMA"]], [CODES["SLASH"]]) else None


def _take_printed_unit(cell: CellReader, reading: Reading) -> None:
    """ "1.7 days, target = 2": the unit printed with the value beats the measure's."""
    source = reading.of if reading.role == "comparative" else None
    if reading.role == "target":
        before = reversed(near(cell, reading, after=0))
        source = next((other for other in before if other.role == "observation"), None)
    if source is not None and source.is_unit_printed and source.unit in _CARRIED:
        reading.unit = source.unit


_CARRIED: Final = frozenset(
    (
        "hours",
        "average",
        "days",
        "hours",
        "minutes",
        "seconds",
        "score",
        "rank",
        "rate_per_1000",
        "rate_per_10000",
        "rate_per_100000",
    )
)
