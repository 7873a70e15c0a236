"""What each number speaks of: the value that changed, the ratio it is a part of."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from itertools import pairwise
from typing import Final

from ingest.figures.earlier import level_after, level_before, same_kind
from ingest.figures.nearby import FILL, JOINS, SEPARATORS, STOPS, near
from ingest.figures.reader import CellReader
from ingest.figures.reading import Reading
from ingest.vocabulary import quantities as words
from ingest.vocabulary.quantities import CODES


def link_changes(cell: CellReader) -> None:
    """Link every change to the value that changed, every comparative to the value of now."""
    readings = cell.quantities
    targets: tuple[list[int], list[Reading]] | None = None
    for at, reading in enumerate(readings):
        if reading.of is not None:
            continue
        if reading.role == "change" or (
            reading.role == "projection"
            and reading.rule != "projection"
            and reading.unit != "percent"
        ):
            _link_change(cell, reading, readings, at)
        elif reading.role == "comparative" and reading.comparator not in ("peer_group",):
            value = _level_it_became(reading, readings, at)
            value = value or level_before(cell, reading, readings, at)
            if value is None or (
                value.statement != reading.statement and not same_kind(value, reading)
            ):
                value = level_after(reading, readings, at) or value
            if value is not None:
                reading.of, reading.relation = value, "prior_of"
        elif reading.role == "comparative":
            value = level_before(cell, reading, readings, at)
            if value is not None:
                reading.of, reading.relation = value, "prior_of"
        elif reading.role == "target" and reading.unit == "percent_change":
            if targets is None:
                levels = [r for r in readings if r.role == "target" and r.unit != "percent_change"]
                targets = [level.number.start for level in levels], levels
            if targets[0]:
                reading.of = _nearest(reading.number.start, *targets)
                reading.relation = "change_of"
        elif reading.rule in ("percent_of_baseline", "percent_of_target"):
            value = level_before(cell, reading, readings, at)
            if value is not None and value.unit != "percent":
                reading.of, reading.relation = value, "percent_of"


def _nearest(start: int, starts: list[int], readings: list[Reading]) -> Reading:
    """The reading that begins nearest to a place; of two as near, the one before it."""
    at = bisect_left(starts, start)
    if not at or (at < len(starts) and starts[at] - start < start - starts[at - 1]):
        return readings[at]
    return readings[at - 1]


def _level_it_became(reading: Reading, readings: list[Reading], at: int) -> Reading | None:
    """ "rose from 302 to 398": what the earlier value became."""
    following = readings[at + 1] if at + 1 < len(readings) else None
    if (
        following is not None
        and reading.rule == "level_before_change"
        and following.rule == "level_after_to"
        and following.statement == reading.statement
    ):
        return following
    return None


def _link_change(cell: CellReader, reading: Reading, readings: list[Reading], at: int) -> None:
    if reading.mate is not None and reading.mate.of is not None:
        reading.of, reading.relation = reading.mate.of, "change_of"
        if reading.mate.role == "projection":
            reading.role = "projection"
        return
    # "decreased by 2.5% (1629 compared to 1670)", "-17% decrease (88 compared with 106)"
    following = readings[at + 1] if at + 1 < len(readings) else None
    if (
        following is not None
        and following.statement == reading.statement
        and following.bracket > reading.number.index
        and following.role == "observation"
        and following.unit != "percent_change"
    ):
        pair = readings[at + 2] if at + 2 < len(readings) else None
        if pair is not None and pair.role == "comparative" and pair.bracket == following.bracket:
            reading.of, reading.relation = following, "change_of"
            return
    value = level_before(cell, reading, readings, at)
    after = level_after(reading, readings, at)
    if after is not None and (value is None or value.statement != reading.statement):
        codes = cell.codes[reading.number.index + 1 : after.number.index]
        if value is None or CODES["TO"] in codes or CODES["FROM"] in codes:
            value = after
    if reading.role == "projection":
        value = value if value is not None and value.role == "projection" else None
    if value is not None and value.role == "projection" and reading.role == "change":
        if value.number.index < reading.number.index:
            reading.role = "projection"
        else:
            value = None
    if reading.mate is not None and reading.mate.role == "projection":
        reading.role = "projection"
    if value is not None:
        reading.of, reading.relation = value, "change_of"


def link_ratios(cell: CellReader) -> None:
    """Tie every printed percentage to the numbers it was worked out from.

    First what the words say ("38 out of 76", "(62/124)"); then counts of which the percentage is
    just the share, in the same sentence or the one before.
    """
    readings = cell.quantities
    if not any(reading.unit == "percent" for reading in readings):
        _share_dates_of_pairs(readings)
        return
    taken: set[int] = set()
    for at in range(len(readings) - 1):
        numerator, denominator = readings[at], readings[at + 1]
        if numerator.rule != "numerator" or denominator.rule != "denominator":
            continue
        denominator.of = denominator.relation = None
        percents = [other for other in near(cell, numerator) if _is_share(other)]
        ratio = _ratio_of(numerator, denominator, percents, taken)
        if ratio is not None:
            taken.add(id(ratio))
            _tie(numerator, denominator, ratio)
    _share_dates_of_pairs(readings)
    for percent in readings:
        if _is_share(percent) and id(percent) not in taken and not percent.number.sign:
            _find_parts(cell, percent, near(cell, percent, before=8, after=4))
    _tie_samples(cell, readings)
    _tie_parts_of_rates(cell, readings)


def _tie_parts_of_rates(cell: CellReader, readings: list[Reading]) -> None:
    """ "0.94 per offender (61 young people, 57 offences)": what a rate was worked out from."""
    for at in range(len(readings) - 2):
        rate, first, second = readings[at : at + 3]
        if (
            rate.number.decimals
            and rate.role == "observation"
            and rate.unit not in ("percent", "currency")
            and rate.bracket < 0
            and first.bracket > rate.number.index
            and first.bracket == second.bracket
            and all(
                part.role == "observation"
                and part.unit == "count"
                and part.rule == "value"
                and part.period is None
                for part in (first, second)
            )
            and not (at + 3 < len(readings) and readings[at + 3].bracket == first.bracket)
        ):
            for part in (first, second):
                part.role, part.rule = "component", "part_of_rate"
                part.of = rate
            first.relation, second.relation = "numerator_of", "denominator_of"


def _is_share(reading: Reading) -> bool:
    """Whether a reading is a percentage that could be worked out from counts beside it."""
    return (
        reading.unit == "percent"
        and reading.role in ("observation", "baseline", "comparative", "target")
        and reading.comparator not in ("baseline", "target", "peer_group")
    )


def _share_dates_of_pairs(readings: list[Reading]) -> None:
    """ "212 of 252 incidents in Q3": a ratio without a percentage has one time."""
    for first, second in pairwise(readings):
        if first.rule == "numerator" and second.rule == "denominator" and first.of is None:
            first.period = first.period or second.period
            second.period = second.period or first.period
            second.of = second.relation = None


def _tie(numerator: Reading, denominator: Reading, ratio: Reading) -> None:
    numerator.of = denominator.of = ratio
    numerator.relation, denominator.relation = "numerator_of", "denominator_of"
    for part in (numerator, denominator):
        if part.period is None or ratio.period is None:
            part.period = ratio.period = part.period or ratio.period
        if ratio.role == "comparative" and part.role == "component":
            part.comparator = None


def _share(numerator: Reading, denominator: Reading) -> Decimal | None:
    if numerator.value is None or not denominator.value or numerator.value > denominator.value:
        return None
    return 100 * numerator.value / denominator.value


def _fits(share: Decimal | None, percent: Reading) -> bool:
    if share is None or percent.value is None:
        return False
    slack = Decimal(6) / Decimal(10) ** (1 + min(percent.number.decimals or 0, 1))
    return abs(share - percent.value) <= slack


def _ratio_of(
    numerator: Reading, denominator: Reading, percents: list[Reading], taken: set[int]
) -> Reading | None:
    share = _share(numerator, denominator)
    best: Reading | None = None
    for percent in percents:
        if id(percent) in taken or abs(percent.statement - denominator.statement) > 1:
            continue
        if _dated_apart(numerator, percent):
            continue
        if _fits(share, percent) or (
            percent.statement == denominator.statement and _nearly(share, percent)
        ):
            if best is None or (_fits(share, percent) and not _fits(share, best)):
                best = percent
            elif _fits(share, percent) == _fits(share, best):
                near = abs(percent.number.start - denominator.number.start)
                if near < abs(best.number.start - denominator.number.start):
                    best = percent
    return best


def _dated_apart(part: Reading, percent: Reading) -> bool:
    """Whether the two are about different times by their own words."""
    mine, yours = part.period, percent.period
    return (
        mine is not None
        and yours is not None
        and mine is not yours
        and (mine.window != yours.window)
    )


def is_share_of(numerator: Reading, denominator: Reading, percent: Reading) -> bool:
    """Whether a percentage is just what two counts come to."""
    return _fits(_share(numerator, denominator), percent)


def _nearly(share: Decimal | None, percent: Reading) -> bool:
    """Whether a percentage could be a slip for this share."""
    return share is None or percent.value is None or abs(share - percent.value) <= 15


def _find_parts(cell: CellReader, percent: Reading, readings: list[Reading]) -> None:
    """Counts nearby of which the percentage is the share: "9 referrals and 7 engaged (78%)"."""
    counts = [
        reading
        for reading in readings
        if reading.role in ("observation", "baseline", "component", "comparative")
        and reading.unit == "count"
        and (reading.of is None or reading.relation == "denominator_of")
        and abs(reading.statement - percent.statement) <= 1
        and (
            reading.number.start < percent.number.start
            or reading.rule == "whole_of_percent"
            or _is_percent_of(cell, percent, reading)
        )
        and not _dated_apart(reading, percent)
        and (percent.role == "comparative" or not _is_relative(reading))
    ][-5:]
    for last in range(len(counts) - 1, -1, -1):
        for first in range(last - 1, -1, -1):
            for numerator, denominator in (
                (counts[last], counts[first]),
                (counts[first], counts[last]),
            ):
                if (
                    numerator.of is None
                    and numerator.value
                    and _fits(_share(numerator, denominator), percent)
                ):
                    _claim_parts(cell, numerator, denominator, percent)
                    return
    # "36 of these engaged (70%)" that does not add up is a ratio all the same.
    if percent.bracket >= 0 and len(counts) >= 2:
        numerator, denominator = counts[-1], counts[-2]
        between = cell.codes[numerator.number.index + 1 : percent.number.index]
        words_between = cell.items.words[denominator.number.index : percent.number.index]
        is_share = (
            numerator.value is not None
            and denominator.value is not None
            and (numerator.value <= denominator.value)
        )
        if (
            is_share
            and _is_relative(numerator) == _is_relative(denominator) == _is_relative(percent)
            and numerator.statement == percent.statement == denominator.statement
            and not any(code in JOINS or code in STOPS for code in between)
            and words.SAID_OF_PARTS & set(words_between)
        ):
            _claim_parts(cell, numerator, denominator, percent)


def _is_relative(reading: Reading) -> bool:
    """Whether a number is of last year, last quarter..."""
    return reading.period is not None and reading.period.relative is not None


def _is_percent_of(cell: CellReader, percent: Reading, whole: Reading) -> bool:
    """ "6.7% of 283 burglaries", "12 cases (18%) were repeats, out of 67"."""
    before = cell.codes[max(0, whole.number.index - 2) : whole.number.index]
    if CODES["OUTOF"] in before and whole.statement == percent.statement:
        return True
    between = cell.codes[percent.number.index + 1 : whole.number.index]
    return (
        bool(between)
        and between[0] == CODES["OF"]
        and all(code in (CODES["OF"], FILL) for code in between)
    )


def _claim_parts(
    cell: CellReader, numerator: Reading, denominator: Reading, percent: Reading
) -> None:
    numerator.of, numerator.relation = percent, "numerator_of"
    if denominator.of is None:  # one total may serve several shares
        denominator.of, denominator.relation = percent, "denominator_of"
    if percent.period is None:
        percent.period = numerator.period or denominator.period
        if percent.period is not None and percent.statement != denominator.statement:
            percent.infer()
    labelled = denominator.rule not in _WHOLES and all(
        cell.codes[part.number.index - 1] in SEPARATORS
        for part in (numerator, denominator)
        if part.number.index
    )
    in_sentence = (
        percent.statement == numerator.statement or percent.statement == denominator.statement
    )
    if not labelled and (in_sentence or percent.statement - numerator.statement == 1):
        for part in (numerator, denominator):
            if part.role in ("observation", "baseline", "comparative"):
                part.role, part.rule = "component", "part_of_percentage"
                part.comparator = None


def _share_after(reading: Reading, readings: list[Reading]) -> Reading | None:
    """ "Of the 602 offences, 38% were ...": the next share of the sentence."""
    for other in readings[reading.order + 1 : reading.order + 4]:
        if _is_share(other) and other.statement == reading.statement:
            return other
    return None


_WHOLES: Final = frozenset(("sample_size", "whole_of_percent"))


def _tie_what_is_shared(cell: CellReader, share: Reading, readings: list[Reading]) -> None:
    """ "311 flagged = 17.9% of all crime (1,737)": the count that is so much of the whole."""
    part = readings[share.order - 1] if share.order else None
    if (
        part is None
        or part.of is not None
        or part.role != "observation"
        or part.unit != "count"
        or part.statement != share.statement
    ):
        return
    between = cell.codes[part.number.index + 1 : share.number.index]
    if all(code in _SAID_TO_BE for code in between) and any(code in _LEADS for code in between):
        part.of, part.relation = share, "numerator_of"
        part.role, part.rule = "component", "part_of_percentage"


_LEADS: Final = frozenset(CODES[name] for name in ("IS", "COMMA", "OPEN", "DASH"))
_SAID_TO_BE: Final = _LEADS | {FILL, CODES["WORD"], CODES["LABEL"], CODES["THESE"]}


def _tie_samples(cell: CellReader, readings: list[Reading]) -> None:
    last: Reading | None = None
    for reading in readings:
        if _is_share(reading):
            last = reading
        elif reading.rule in _WHOLES and reading.of is None:
            share = last
            if share is None or share.statement != reading.statement:
                share = _share_after(reading, readings) or last
            if share is not None:
                reading.of, reading.relation = share, "denominator_of"
                reading.period = reading.period or share.period
                if reading.rule == "whole_of_percent" and share is last:
                    _tie_what_is_shared(cell, share, readings)
