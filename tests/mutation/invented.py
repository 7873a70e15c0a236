"""Slips in claims of kinds that the five reports have few of: parts of totals, rates, targets.

Each claim is a row of an invented report, true as written. One number of it is changed at a time;
whether the claim then still holds is decided by exact fractions from what was written.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tests.mutation.across import Fact, entry_of, slips
from tests.mutation.audit import Audit, Check, read_lines
from tests.mutation.mutants import Mutant
from tests.mutation.oracle import Range, is_said, may_be_said, printed_value, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROWS: Final = 40  # of each kind
QUARTERS: Final = "No\tPerformance Measure\tQuarter 1\tQuarter 2\tQuarter 3\tQuarter 4\tStatus"
YEARS: Final = "Ref\tDescription\t2009/10\t2010/11\tTarget 2011/12\tTarget 2012/13\tQ1"
QUARTERLY: Final = "Measure\tQuarter 1\tQuarter 2\tQuarter 3\tQuarter 4\tYear total"


@dataclass(slots=True)
class Claim:
    """Rows with a header, the numbers in them by name, and what must be so of the numbers."""

    family: str
    header: str
    holds: Callable[[Mapping[str, Fraction]], bool]
    rows: list[str] = field(default_factory=list)
    numbers: dict[str, Fact] = field(default_factory=dict)

    def row(self, *parts: str | tuple[str, object]) -> None:
        """Write a row: texts, and numbers with their names."""
        text = ""
        for part in parts:
            if isinstance(part, str):
                text += part
            else:
                name, value = part
                printed = f"{value:,}"
                self.numbers[name] = Fact(len(self.rows) + 2, len(text), printed, self.family)
                text += printed
        self.rows.append(text)

    def values(self) -> dict[str, Fraction]:
        """The numbers as written."""
        return {name: printed_value(fact.printed) for name, fact in self.numbers.items()}


def _shown(value: Fraction, decimals: int) -> Decimal:
    """A value rounded half up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def listed_parts(pick: random.Random) -> Claim:
    """A total and all of its parts in one cell."""
    police, council, others = (pick.randint(20, 900) for _ in range(3))
    claim = Claim(
        "component_sum", QUARTERS, lambda v: v["total"] == v["police"] + v["council"] + v["others"]
    )
    claim.row(
        "1.1\tIncrease referrals\t", ("total", police + council + others), " in total: Police ",
        ("police", police), ", Council ", ("council", council), ", Others ", ("others", others),
        "\t\t\t\t",
    )  # fmt: skip
    return claim


def rows_of_a_total(pick: random.Random) -> Claim:
    """Two rows, quarter by quarter, and the row of their total."""
    homes = [pick.randint(11, 400) for _ in range(4)]
    fields = [pick.randint(11, 400) for _ in range(4)]
    names = ["q1", "q2", "q3", "q4", "year"]

    def holds(v: Mapping[str, Fraction]) -> bool:
        return all(v[f"homes {n}"] + v[f"fields {n}"] == v[f"all {n}"] for n in names) and all(
            sum(v[f"{row} {n}"] for n in names[:4]) == v[f"{row} year"]
            for row in ("homes", "fields", "all")
        )

    claim = Claim("component_sum", QUARTERLY, holds)
    both = [left + right for left, right in zip(homes, fields, strict=True)]
    for title, row, counts in (
        ("Fires in homes", "homes", homes),
        ("Fires in fields", "fields", fields),
        ("All fires", "all", both),
    ):
        parts: list[str | tuple[str, object]] = [title]
        for name, count in zip(names, [*counts, sum(counts)], strict=True):
            parts += ["\t", (f"{row} {name}", count)]
        claim.row(*parts)
    return claim


def rate_of_a_population(pick: random.Random) -> Claim:
    """A rate with its count and its population."""
    per = pick.choice((1000, 10_000, 100_000))
    population = pick.randint(40, 900) * 500
    count = pick.randint(100, population // 20)
    decimals = pick.choice((1, 2))

    def holds(v: Mapping[str, Fraction]) -> bool:
        return v["population"] > 0 and is_said(
            per * v["count"] / v["population"], v["rate"], decimals
        )

    claim = Claim("ratio", QUARTERS, holds)
    rate = _shown(Fraction(per * count, population), decimals)
    claim.row(
        "1.1\tReduce burglary\t", ("rate", rate), f" per {per:,} population (", ("count", count),
        " out of ", ("population", population), ")\t\t\t\t",
    )  # fmt: skip
    return claim


def year_on_year(pick: random.Random) -> Claim:
    """Targets that fall by one percentage every year."""
    last, percent = pick.randint(1100, 9000), pick.choice((2, 3, 5))
    first = int(_shown(Fraction(last * (100 - percent), 100), 0))
    second = int(_shown(Fraction(first * (100 - percent), 100), 0))

    def holds(v: Mapping[str, Fraction]) -> bool:
        p = rounded(v["percent"], 0)

        def is_set_from(base: Fraction, level: Fraction, years: int = 1) -> bool:
            true = Range(base * (100 - years * p.high) / 100, base * (100 - years * p.low) / 100)
            return may_be_said(true, level, 0)

        return is_set_from(v["last"], v["first"]) and (
            is_set_from(v["first"], v["second"]) or is_set_from(v["last"], v["second"], 2)
        )

    claim = Claim("target_formula", YEARS, holds)
    claim.row(
        "A1\tReduce crime by ", ("percent", percent), f"% year on year\t{last + 99:,}\t",
        ("last", last), "\t", ("first", first), "\t", ("second", second), f"\t{last // 4:,}",
    )  # fmt: skip
    return claim


def level_kept(pick: random.Random) -> Claim:
    """Targets that are the level of the last year, as the words say."""
    last = pick.randint(1100, 9000)
    claim = Claim(
        "target_formula",
        YEARS,
        lambda v: v["last"] == v["first"] and v["second"] in (v["last"], v["first"]),
    )
    claim.row(
        f"A1\tMaintain crime at the 2010/11 level\t{last + 99:,}\t", ("last", last), "\t",
        ("first", last), "\t", ("second", last), f"\t{last // 4:,}",
    )  # fmt: skip
    return claim


KINDS: Final = (listed_parts, rows_of_a_total, rate_of_a_population, year_on_year, level_kept)


def audited(audit: Audit, written: Sequence[tuple[str, Sequence[str]]]) -> list[list[Check]]:
    """The checks of reports that are a header and rows."""
    reads = [
        read_lines(entry_of(f"invented_{number:04}", "2014/15"), (header, *rows))
        for number, (header, rows) in enumerate(written)
    ]
    return list(audit(reads).values())


def run(audit: Audit, pick: random.Random, rows: int = ROWS) -> list[tuple[str, Mutant, bool]]:
    """Change one number of each claim, and see whether the audit says so.

    Returns
    -------
    list
        For every change that breaks a claim its kind, what was changed, and whether it was
        detected. A true claim that is accused is an error.
    """
    claims = [(kind, kind(pick)) for kind in KINDS for _ in range(rows)]
    true = audited(audit, [(claim.header, claim.rows) for _, claim in claims])
    for (kind, claim), checks in zip(claims, true, strict=True):
        assert claim.holds(claim.values()), kind.__name__
        accused = [check for check in checks if check.verdict == "inconsistent"]
        assert not accused, f"{kind.__name__}: {accused[0].explanation}"
    copies: list[tuple[str, Mutant, tuple[str, Sequence[str]]]] = []
    for kind, claim in claims:
        names = pick.sample(sorted(claim.numbers), min(2, len(claim.numbers)))
        for name in names:
            fact = claim.numbers[name]
            for slip, after in slips(fact, pick):
                if claim.holds({**claim.values(), name: printed_value(after)}):
                    continue
                rows_of_copy = list(claim.rows)
                text = rows_of_copy[fact.line - 2]
                text = text[: fact.start] + after + text[fact.start + len(fact.printed) :]
                rows_of_copy[fact.line - 2] = text
                mutant = Mutant(
                    slip, fact.line, fact.start, fact.printed, after, text,
                    (f"{claim.family}, invented",),
                )  # fmt: skip
                copies.append((kind.__name__, mutant, (claim.header, rows_of_copy)))
    found = audited(audit, [written for *_, written in copies])
    return [
        (name, mutant, any(check.verdict == "inconsistent" for check in checks))
        for (name, mutant, _), checks in zip(copies, found, strict=True)
    ]
