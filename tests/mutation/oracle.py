"""What arithmetic could find out, decided by exact fractions from the answers written by hand.

Nothing here knows the project's SQL: the claims of a report are read off the hand-made answers
(``tests/accuracy/gold_reports``) by the rules below, and tested from the definition of rounding.
A claim counts only if it holds in the report as published. A change to a figure can be detected
when it breaks such a claim under every reading that the words admit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tests.accuracy.gold import Answer

Place = tuple[int, int]
LAST_YEAR: Final = ("same_period_last_year", "previous_year", "previous_rolling_window")
# The share of a yearly baseline that so many quarters may be, in per cent (docs/audit.md).
SHARES: Final = {1: (20, 30), 2: (44, 56), 3: (68, 82)}


@dataclass(frozen=True, slots=True)
class Number:
    """One figure of the answers, in its cell."""

    place: Place  # line and code point
    row: str
    cell: str
    column: str
    offset: int  # in the cell's text
    answer: Answer

    @property
    def series(self) -> str:
        """What it counts; the total where nothing is said."""
        return self.answer.series or ""

    @property
    def is_exact(self) -> bool:
        """Whether it stands for itself alone: a whole count, no average."""
        return (
            self.answer.unit == "count"
            and self.answer.basis != "multi_year_average"
            and self.decimals == 0
        )

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return decimals_of(self.answer.printed)

    @property
    def quarters(self) -> int | None:
        """How many quarters of its year it covers, if it is about part of one or all of it."""
        if self.answer.period_end is None:
            return None
        if self.answer.basis == "quarter":
            return 1
        if self.answer.basis in ("ytd", "year"):
            return quarter_of(self.answer.period_end)
        return None

    @property
    def unit(self) -> str:
        """Its unit; an average of yearly counts is set against counts."""
        if self.answer.unit == "average" and self.answer.basis == "multi_year_average":
            return "count"
        return self.answer.unit or ""


@dataclass(frozen=True, slots=True)
class Range:
    """The values that are printed as one number."""

    low: Fraction
    high: Fraction

    def meets(self, other: Range) -> bool:
        """Whether they have a value in common, ends included."""
        return self.low <= other.high and other.low <= self.high


def decimals_of(printed: str) -> int:
    """How many decimals stand in a printed number."""
    _, _, tail = printed.rstrip("%").partition(".")
    return len(tail)


def quarter_of(day: date) -> int:
    """The quarter of the financial year that a day falls in."""
    return (day.month - 4) % 12 // 3 + 1


def year_of(day: date) -> int:
    """The calendar year in which the financial year of a day begins."""
    return day.year - (day.month < 4)


def rounded(value: Fraction, decimals: int) -> Range:
    """All values that round to this one."""
    half = Fraction(1, 2 * 10**decimals)
    return Range(value - half, value + half)


def is_said(true: Fraction, said: Fraction, decimals: int, *, exact: bool = False) -> bool:
    """Whether a true value may be printed so: rounded either way at a tie, or cut."""
    if exact:
        return true == said
    unit = Fraction(1, 10**decimals)
    if abs(true - said) <= unit / 2:
        return True
    return said * true >= 0 and abs(said) <= abs(true) < abs(said) + unit


def may_be_said(true: Range, said: Fraction, decimals: int, *, exact: bool = False) -> bool:
    """Whether one of the values in a range may be printed so."""
    if true.low == true.high:
        return is_said(true.low, said, decimals, exact=exact)
    if exact:
        return true.low <= said <= true.high
    return true.meets(rounded(said, decimals))


@dataclass(frozen=True, slots=True)
class Equation:
    """One claim: the numbers that take part, and whether it holds for given values of theirs."""

    family: str
    numbers: tuple[Number, ...]
    holds: Callable[[Mapping[Place, Fraction]], bool] = field(compare=False)


def range_of(number: Number, values: Mapping[Place, Fraction]) -> Range:
    """The values a number stands for."""
    value = values[number.place]
    return Range(value, value) if number.is_exact else rounded(value, number.decimals)


def value_of(number: Number) -> Fraction:
    """The number as the answers give it, signed by its meaning."""
    assert number.answer.value is not None
    return Fraction(number.answer.value)


def equations(numbers: Sequence[Number]) -> list[Equation]:
    """The claims of a report that hold as published."""
    values = {number.place: value_of(number) for number in numbers}
    return [equation for equation in _all(numbers) if equation.holds(values)]


def _all(numbers: Sequence[Number]) -> Iterator[Equation]:
    cells: dict[str, list[Number]] = {}
    rows: dict[str, list[Number]] = {}
    for number in sorted(numbers, key=lambda item: (item.cell, item.offset)):
        cells.setdefault(number.cell, []).append(number)
        rows.setdefault(number.row, []).append(number)
    for cell in cells.values():
        yield from _changes(cell, rows[cell[0].row])
        yield from _ratios(cell)
        yield from _totals(cell)
        yield from _projections(cell, rows[cell[0].row])
        yield from _targets(cell, rows[cell[0].row])
    for row in rows.values():
        yield from _sums(row)
        yield from _falls(row)
        yield from _repeats(row)
    yield from _populations(rows)


def _alike(left: Number, right: Number) -> bool:
    return left.series == right.series and left.unit == right.unit


def _changed_value(change: Number, cell: Sequence[Number]) -> Number | None:
    """The value a change speaks of: the nearest of its series and period, before it if possible."""
    candidates = [
        number
        for number in cell
        if number.answer.role == "observation"
        and number.series == change.series
        and number.answer.basis == change.answer.basis
        and number.answer.period_end == change.answer.period_end
    ]
    before = [number for number in candidates if number.offset < change.offset]
    return before[-1] if before else (candidates[0] if candidates else None)


def _bases(change: Number, value: Number, row: Sequence[Number]) -> list[Number]:
    """The printed numbers that the words compare the value with."""
    said = change.answer.comparator
    if said in ("baseline", "multi_year_average"):
        return [n for n in row if n.answer.role == "baseline" and _alike(n, value)]
    if said == "target":
        return [n for n in row if n.answer.role == "target" and _alike(n, value)]
    return [
        n
        for n in row
        if n.answer.role == "comparative"
        and n.cell == change.cell
        and _alike(n, value)
        and n.answer.comparator not in ("peer_group", "baseline", "target")
    ]


def _changes(cell: Sequence[Number], row: Sequence[Number]) -> Iterator[Equation]:
    changes = [number for number in cell if number.answer.role == "change"]
    for index, change in enumerate(changes):
        value = _changed_value(change, cell)
        if value is None:
            continue
        bases = _bases(change, value, row)
        if change.unit in ("percent_change", "percentage_points"):
            if bases:
                yield _percent(change, value, bases)
            neighbours = changes[max(0, index - 1) : index] + changes[index + 1 : index + 2]
            for other in neighbours:
                if (
                    other.unit == "count"
                    and other.answer.comparator == change.answer.comparator
                    and not bases
                    and _changed_value(other, cell) == value
                ):
                    yield _percent_of_difference(change, value, other)
        elif change.unit == "count" and bases:
            yield _difference(change, value, bases)


def _percent(change: Number, value: Number, bases: list[Number]) -> Equation:
    """A percentage against a printed base: whole, in proportion, or a likely part of it."""

    def holds(values: Mapping[Place, Fraction]) -> bool:
        said = values[change.place]
        v = range_of(value, values)
        for base in bases:
            b = range_of(base, values)
            if b.low <= 0:
                return True
            if value.unit != "count" and may_be_said(
                Range(v.low - b.high, v.high - b.low), said, change.decimals
            ):
                return True
            if change.unit == "percentage_points":
                continue
            shares = [Fraction(1)]
            part = value.quarters
            is_part = (
                part is not None
                and part < 4
                and base.answer.basis in ("year", "multi_year_average")
                and base.answer.role in ("baseline", "target")
            )
            if is_part and part is not None:
                shares.append(Fraction(part, 4))
            for share in shares:
                true = Range(
                    100 * v.low / (b.high * share) - 100, 100 * v.high / (b.low * share) - 100
                )
                if may_be_said(true, said, change.decimals):
                    return True
            if is_part and part is not None and base.answer.role == "baseline":
                least, most = SHARES[part]
                for whole in range(ceil(b.low * least / 100), floor(b.high * most / 100) + 1):
                    near = (
                        abs(100 * v.low / whole - 100 - said)
                        <= rounded(said, change.decimals).high - said
                    )
                    if near:
                        return True
        return False

    return Equation("percent_change", (change, value, *bases), holds)


def _percent_of_difference(change: Number, value: Number, difference: Number) -> Equation:
    """A percentage against the base that the difference beside it gives."""

    def holds(values: Mapping[Place, Fraction]) -> bool:
        base = values[value.place] - values[difference.place]
        if base <= 0:
            return True
        true = 100 * values[value.place] / base - 100
        return is_said(true, values[change.place], change.decimals)

    return Equation("percent_change", (change, value, difference), holds)


def _difference(change: Number, value: Number, bases: list[Number]) -> Equation:
    """A difference against a printed base: whole, in proportion, drawn on, or a likely part."""

    def holds(values: Mapping[Place, Fraction]) -> bool:
        said = values[change.place]
        v = values[value.place]
        for base in bases:
            b = range_of(base, values)
            if b.low <= v - said <= b.high:
                return True
            part = value.quarters
            if (
                part is not None
                and part < 4
                and base.answer.basis in ("year", "multi_year_average")
                and base.answer.role == "baseline"
            ):
                share = Fraction(part, 4)
                if is_said(v - values[base.place] * share, said, 0):
                    return True
                if is_said(v / share - values[base.place], said, 0):
                    return True
                least, most = SHARES[part]
                if b.low * least <= 100 * (v - said) <= b.high * most:
                    return True
        return False

    return Equation("difference", (change, value, *bases), holds)


def _ratios(cell: Sequence[Number]) -> Iterator[Equation]:
    """Percentages against the two counts beside them, where they fit as published."""
    shares = [n for n in cell if n.unit == "percent" and n.answer.role != "change"]
    counts = [
        n for n in cell if n.unit == "count" and n.answer.role in ("component", "observation")
    ]
    for share in shares:
        pairs = [
            (left, right)
            for left, right in pairwise(counts)
            if {left.answer.role, right.answer.role} != {"component", "observation"}
            and left.answer.period_end == share.answer.period_end
        ]
        pairs.sort(key=lambda pair: abs(pair[0].offset - share.offset))
        for left, right in pairs[:2]:
            small, large = sorted((left, right), key=value_of)
            equation = _ratio(share, small, large)
            if value_of(large) > 0 and equation.holds(
                {n.place: value_of(n) for n in (share, small, large)}
            ):
                yield equation
                break


def _ratio(share: Number, small: Number, large: Number) -> Equation:
    def holds(values: Mapping[Place, Fraction]) -> bool:
        if values[large.place] <= 0:
            return True
        true = 100 * values[small.place] / values[large.place]
        return is_said(true, values[share.place], share.decimals)

    return Equation("ratio", (share, small, large), holds)


def _totals(cell: Sequence[Number]) -> Iterator[Equation]:
    """A total and the parts right after it that make it up."""
    for index, total in enumerate(cell):
        rest = cell[index + 1 :]
        parts = [n for n in rest if n.answer.role == "component" and n.unit == total.unit]
        if total.answer.role == "observation" and len(parts) > 1 and len(parts) == len(rest):
            yield _sum("component_sum", total, parts)


def _sum(family: str, total: Number, parts: Sequence[Number]) -> Equation:
    def holds(values: Mapping[Place, Fraction]) -> bool:
        return sum(values[n.place] for n in parts) == values[total.place]

    return Equation(family, (total, *parts), holds)


def _sums(row: Sequence[Number]) -> Iterator[Equation]:
    """A year to date against its quarters, or against the last one and the quarter since."""
    counts = [n for n in row if n.answer.role in ("observation", "component") and n.is_exact]
    for total in counts:
        if total.answer.basis not in ("ytd", "year") or (total.quarters or 0) < 2:
            continue
        assert total.answer.period_end is not None
        year = year_of(total.answer.period_end)
        of_year = [
            n
            for n in counts
            if n.series == total.series
            and n.answer.role == total.answer.role == "observation"
            and n.answer.period_end is not None
            and year_of(n.answer.period_end) == year
        ]
        quarters: dict[int, Number] = {}
        totals: dict[int, Number] = {}
        for n in of_year:
            assert n.answer.period_end is not None
            quarter = quarter_of(n.answer.period_end)
            if n.answer.basis == "quarter":
                quarters.setdefault(quarter, n)
            elif n.answer.basis in ("ytd", "year"):
                totals.setdefault(quarter, n)
        last = total.quarters or 0
        ways: list[list[Number]] = []
        if all(quarter in quarters for quarter in range(1, last + 1)):
            ways.append([quarters[quarter] for quarter in range(1, last + 1)])
        if last - 1 in totals and last in quarters:
            ways.append([totals[last - 1], quarters[last]])
        if ways:
            yield _any_sum(total, ways)


def _any_sum(total: Number, ways: list[list[Number]]) -> Equation:
    def holds(values: Mapping[Place, Fraction]) -> bool:
        return any(sum(values[n.place] for n in way) == values[total.place] for way in ways)

    numbers = {n.place: n for way in ways for n in way}
    return Equation("ytd_sum", (total, *numbers.values()), holds)


def _falls(row: Sequence[Number]) -> Iterator[Equation]:
    """A part of a year is no more than a later year to date."""
    counts = [
        n for n in row if n.answer.role == "observation" and n.is_exact and n.quarters is not None
    ]
    for later in counts:
        if later.answer.basis not in ("ytd", "year") or later.answer.certainty == "ambiguous":
            continue
        for earlier in counts:
            assert earlier.answer.period_end is not None
            assert later.answer.period_end is not None
            if (
                earlier.series == later.series
                and earlier.column != later.column
                and year_of(earlier.answer.period_end) == year_of(later.answer.period_end)
                and earlier.answer.period_end < later.answer.period_end
            ):
                yield _at_most(earlier, later)


def _at_most(earlier: Number, later: Number) -> Equation:
    return Equation(
        "period_label",
        (earlier, later),
        lambda values: values[earlier.place] <= values[later.place],
    )


def _repeats(row: Sequence[Number]) -> Iterator[Equation]:
    """The same quantity printed in two cells of a row."""
    first: dict[tuple[object, ...], Number] = {}
    for n in row:
        a = n.answer
        if (
            a.role not in ("observation", "comparative", "baseline")
            or a.period_end is None
            or a.certainty == "ambiguous"
            or a.comparator == "baseline"
            or a.comparator == "peer_group"
        ):
            continue
        role = "baseline" if a.role == "baseline" else "value"
        key = (role, n.series, n.unit, a.basis, a.period_start, a.period_end)
        other = first.setdefault(key, n)
        if other.cell != n.cell:
            yield _same(n, other)


def _same(later: Number, earlier: Number) -> Equation:
    def holds(values: Mapping[Place, Fraction]) -> bool:
        return range_of(later, values).meets(range_of(earlier, values))

    return Equation("restated", (later, earlier), holds)


def _projections(cell: Sequence[Number], row: Sequence[Number]) -> Iterator[Equation]:
    """A projected change: the year to date drawn on to a year, against the baseline."""
    levels = [n for n in cell if n.answer.role == "projection" and n.unit == "count"]
    for claim in cell:
        if claim.answer.role != "projection" or claim.unit != "percent_change":
            continue
        if len(levels) == 2:  # a level and a difference: "144; a reduction of 77 (34.8%)"
            level, difference = sorted(levels, key=value_of, reverse=True)
            yield _percent_of_difference(claim, level, difference)
        counts = [n for n in cell if n.answer.role == "observation" and n.series == claim.series]
        so_far = [n for n in counts if n.answer.basis == "ytd" and n.unit == "count"]
        if not so_far:
            so_far = [n for n in counts if n.answer.basis == "quarter" and n.quarters == 1][:1]
            if so_far and so_far[0].answer.period_end is not None:
                if quarter_of(so_far[0].answer.period_end) != 1:
                    so_far = []
        bases = [n for n in row if n.answer.role == "baseline" and n.series == claim.series]
        bases = [n for n in bases if n.unit == "count"]
        if so_far and bases:
            yield _drawn_on(claim, so_far[-1], bases)


def _drawn_on(claim: Number, so_far: Number, bases: list[Number]) -> Equation:
    def holds(values: Mapping[Place, Fraction]) -> bool:
        part = Fraction(so_far.quarters or 4, 4)
        year = values[so_far.place] / part
        for base in bases:
            b = range_of(base, values)
            if b.low <= 0:
                return True
            true = Range(100 * year / b.high - 100, 100 * year / b.low - 100)
            if may_be_said(true, values[claim.place], claim.decimals) or is_said(
                100 * year / values[base.place] - 100, values[claim.place], claim.decimals
            ):
                return True
        return False

    return Equation("projection", (claim, so_far, *bases), holds)


def _targets(cell: Sequence[Number], row: Sequence[Number]) -> Iterator[Equation]:
    """A target level set by the percentage beside it, from the last outturn or a baseline."""
    targets = [n for n in cell if n.answer.role == "target"]
    levels = [n for n in targets if n.unit != "percent_change"]
    percentages = [n for n in targets if n.unit == "percent_change"]
    if len(levels) != 1 or len(percentages) != 1:
        return
    level, percentage = levels[0], percentages[0]
    outturns = [
        n
        for n in row
        if n.answer.role == "observation"
        and n.answer.basis == "year"
        and _alike(n, level)
        and n.answer.period_end is not None
        and level.answer.period_end is not None
        and n.answer.period_end < level.answer.period_end
    ]
    baselines = [n for n in row if n.answer.role == "baseline" and _alike(n, level)]
    earlier = [
        n
        for n in row
        if n.answer.role == "target"
        and _alike(n, level)
        and n.answer.period_end is not None
        and level.answer.period_end is not None
        and n.answer.period_end < level.answer.period_end
    ]
    bases = outturns + baselines + earlier
    if not bases:
        return

    def holds(values: Mapping[Place, Fraction]) -> bool:
        p = range_of(percentage, values)
        for base in bases:
            b = range_of(base, values)
            true = Range(b.low * (100 + p.low) / 100, b.high * (100 + p.high) / 100)
            face = values[base.place] * (100 + values[percentage.place]) / 100
            if may_be_said(true, values[level.place], level.decimals) or is_said(
                face, values[level.place], level.decimals
            ):
                return True
        return False

    yield Equation("target_formula", (level, percentage, *bases), holds)


def _populations(rows: Mapping[str, Sequence[Number]]) -> Iterator[Equation]:
    """A rate and the count of the same period against another such pair, within two per cent."""
    rates = {
        key: {
            (n.answer.role, n.answer.period_end): n
            for n in reversed(row)
            if n.unit == "rate_per_1000"
        }
        for key, row in rows.items()
    }
    counts = {
        key: {(n.answer.role, n.answer.period_end): n for n in reversed(row) if n.unit == "count"}
        for key, row in rows.items()
    }
    for rate_row in rates.values():
        for count_row in counts.values():
            shared = [key for key in rate_row if key in count_row]
            if len(shared) < 4:
                continue
            pairs = [(rate_row[key], count_row[key]) for key in shared]
            yield from (
                _population(pair, [other for other in pairs if other != pair]) for pair in pairs
            )


def _population(pair: tuple[Number, Number], others: Sequence[tuple[Number, Number]]) -> Equation:
    def holds(values: Mapping[Place, Fraction]) -> bool:
        rate, count = pair
        r = range_of(rate, values)
        c = values[count.place]
        for other_rate, other_count in others:
            o = range_of(other_rate, values)
            n = values[other_count.place]
            if 100 * r.low * n <= 102 * o.high * c and 102 * r.high * n >= 100 * o.low * c:
                return True
        return False

    numbers = (*pair, *(number for other in others for number in other))
    return Equation("ratio", numbers, holds)


def broken(
    equations_: Iterable[Equation],
    values: Mapping[Place, Fraction],
    changed: Place,
) -> list[Equation]:
    """The claims with the changed number in them that no longer hold."""
    return [
        equation
        for equation in equations_
        if any(number.place == changed for number in equation.numbers)
        and not equation.holds(values)
    ]


def printed_value(printed: str) -> Fraction:
    """The size of a printed number."""
    return Fraction(Decimal("".join(c for c in printed if c.isdigit() or c == ".")))
