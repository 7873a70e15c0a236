"""Two reports of one area, a year apart: what the later one says of the earlier one's year.

The later report prints the earlier one's outturn as its baseline, and the earlier one's quarters as
last year's values. Nothing else in it depends on them, so only a comparison across reports can tell
when one of them is wrong. What is wrong is decided by the two numbers alone: a count is printed the
same wherever it is printed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ingest.model import ReportEntry
from tests.mutation.audit import Audit, Check, read_lines
from tests.mutation.mutants import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAIRS: Final = 20
# Indicators of the reference seed whose quarters may be added, with what a report counts of them.
COUNTED: Final = (
    ("criminal_damage_offences", "Reduce criminal damage", "offences"),
    ("as13_forms", "Monitor forms", "forms"),
    ("alcohol_emergency_attendances", "Reduce attendances", "attendances"),
    ("alcohol_awareness_sessions", "Increase awareness sessions", "sessions"),
)
HEADER: Final = "No\tPerformance Measure\tQuarter 1\tQuarter 2\tQuarter 3\tQuarter 4\tStatus"


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of the later report that the earlier one prints too."""

    line: int
    start: int
    printed: str
    family: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports as entries and lines, and what they both print."""

    earlier: tuple[ReportEntry, tuple[str, ...]]
    later: tuple[ReportEntry, tuple[str, ...]]
    facts: tuple[Fact, ...]


def pair(pick: random.Random, name: str) -> Pair:
    """Write two true reports of successive years."""
    year = pick.randint(2010, 2021)
    label, next_label = (f"{first}/{(first + 1) % 100:02}" for first in (year, year + 1))
    before, after, facts = [HEADER], [HEADER], []
    for number, (_, measure, noun) in enumerate(COUNTED, start=1):
        last = [pick.randint(110, 1800) for _ in range(4)]
        now = [pick.randint(110, 1800) for _ in range(4)]
        total = sum(last)
        cells = [f"{_count(value)} {noun} in Q{q}." for q, value in enumerate(last, start=1)]
        cells[3] += f" FYE - {_count(total)} {noun} during {label}."
        before.append("\t".join([f"{number}.1", f"{measure} in {label}", *cells, ""]))
        line = f"{number}.1\t{measure} on the baseline of "
        facts.append(Fact(number + 1, len(line), _count(total), "baseline_mismatch"))
        line += f"{_count(total)} {noun} in {label}"
        for value, old in zip(now, last, strict=True):
            line += f"\t{_count(value)} {noun} compared to "
            facts.append(Fact(number + 1, len(line), _count(old), "restated"))
            line += f"{_count(old)} last year."
        after.append(f"{line}\t")
    return Pair(
        (entry_of(f"{name}_a", label), tuple(before)),
        (entry_of(f"{name}_b", next_label), tuple(after)),
        tuple(facts),
    )


def _count(value: int) -> str:
    """A count that nobody takes for a year."""
    return f"{value:,}"


def entry_of(report_id: str, label: str, quarter: int = 4) -> ReportEntry:
    """The manifest entry of an invented report, of the year of a label."""
    return ReportEntry(
        report_id=report_id,
        file=f"{report_id}.txt",
        area="Westford",
        partnership="Westford Community Safety Partnership",
        publisher="Westford Borough Council",
        plan="Community Safety Plan",
        financial_year=label,
        as_at_quarter=quarter,
        title=f"Performance report {label}",
    )


def slips(fact: Fact, pick: random.Random) -> Iterator[tuple[str, str]]:
    """A digit of a number changed, and two that stand side by side swapped."""
    digits = [at for at, character in enumerate(fact.printed) if character.isdigit()]
    at = pick.choice(digits)
    others = [d for d in "123456789" if d != fact.printed[at]]
    yield "digit", fact.printed[:at] + pick.choice(others) + fact.printed[at + 1 :]
    sides = [
        (left, right)
        for left, right in pairwise(digits)
        if right == left + 1
        and fact.printed[left] != fact.printed[right]
        and not (left == 0 and fact.printed[right] == "0")
    ]
    if sides:
        left, right = pick.choice(sides)
        swapped = list(fact.printed)
        swapped[left], swapped[right] = swapped[right], swapped[left]
        yield "swapped", "".join(swapped)


def audited(audit: Audit, pairs: Sequence[Pair]) -> list[list[Check]]:
    """The checks of the later report of every pair."""
    reads, together, crosswalk = [], {}, []
    for number, two in enumerate(pairs):
        for entry, lines in (two.earlier, two.later):
            named = replace(entry, report_id=f"{entry.report_id}_{number:04}")
            reads.append(read_lines(named, lines))
            together[named.report_id] = f"area_{number:04}"
            for row, (indicator, _, _) in enumerate(COUNTED, start=1):
                crosswalk.append(
                    [named.report_id, f"{row}.1", "", indicator, "exact_match", "", "2026-11-20"]
                )
    found = audit(reads, together=together, crosswalk=crosswalk)
    return [found[f"{two.later[0].report_id}_{number:04}"] for number, two in enumerate(pairs)]


def run(audit: Audit, pick: random.Random, pairs: int = PAIRS) -> list[tuple[str, Mutant, bool]]:
    """Change what later reports say of earlier years, and see whether the audit says so.

    Returns
    -------
    list
        For every copy the name of its pair, what was changed, and whether it was detected. A true
        pair that is accused is an error.
    """
    true = [pair(pick, f"pair_{number:02}") for number in range(pairs)]
    for two, checks in zip(true, audited(audit, true), strict=True):
        accused = [check for check in checks if check.verdict == "inconsistent"]
        assert not accused, f"{two.later[0].report_id}: {accused[0].explanation}"
    copies: list[tuple[Pair, Mutant]] = []
    for two in true:
        for fact in pick.sample(two.facts, 6):
            for kind, after in slips(fact, pick):
                text = two.later[1][fact.line - 1]
                changed = text[: fact.start] + after + text[fact.start + len(fact.printed) :]
                lines = [*two.later[1]]
                lines[fact.line - 1] = changed
                mutant = Mutant(
                    kind, fact.line, fact.start, fact.printed, after, changed,
                    (f"{fact.family}, two reports",),
                )  # fmt: skip
                copies.append((replace(two, later=(two.later[0], tuple(lines))), mutant))
    found = audited(audit, [two for two, _ in copies])
    return [
        (
            two.later[0].report_id,
            mutant,
            any(
                check.verdict == "inconsistent"
                and check.source_line == mutant.line
                and check.family in ("baseline_mismatch", "restated")
                for check in checks
            ),
        )
        for (two, mutant), checks in zip(copies, found, strict=True)
    ]
