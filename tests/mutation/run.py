"""``make mutate``: how many of the slips that arithmetic could detect the audit detects.

Every figure of the five reports is changed in turn, in a copy of its report: a digit, two digits
swapped, the sign, a value put where another quarter's belongs. Each copy is read and audited as a
report is. What could be detected is decided by :mod:`tests.mutation.oracle`. What the five reports
have little of is changed in invented ones: what a report says of the year before in
:mod:`tests.mutation.across`; parts of totals, rates and targets in :mod:`tests.mutation.invented`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from tests.accuracy import gold
from tests.mutation import across, invented
from tests.mutation.audit import Audit, Check, copy_of, read_lines
from tests.mutation.mutants import Mutant, mutants_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ingest.land import Read

SEED: Final = 20261120
AT_LEAST: Final = 95.0
AT_ONCE: Final = 250  # copies audited in one pass


def accused(checks: Iterable[Check]) -> set[tuple[int, int, str]]:
    """The claims that do not add up."""
    return {check.place for check in checks if check.verdict == "inconsistent"}


def changed_claim(read: Read, mutant: Mutant) -> tuple[int, int]:
    """The changed figure: its line, and how many figures stand before it there."""
    before = [
        figure
        for figure in read.figures
        if figure.source_line == mutant.line and figure.char_start < mutant.start
    ]
    return mutant.line, len(before)


def audit_copies(
    audit: Audit, reads: Mapping[str, Read], copies: Sequence[tuple[str, Mutant]]
) -> list[bool]:
    """For every copy, whether something is found in it that is not found in the report."""
    known = {name: accused(checks) for name, checks in audit(reads.values()).items()}
    found = []
    for first in range(0, len(copies), AT_ONCE):
        batch: dict[str, Read] = {}
        like: dict[str, str] = {}
        for number, (name, mutant) in enumerate(copies[first : first + AT_ONCE]):
            read = reads[name]
            lines = [line.text for line in read.document.lines]
            lines[mutant.line - 1] = mutant.text
            copy = copy_of(read.document.entry, f"copy_{number:04}")
            batch[copy.report_id] = read_lines(copy, lines)
            like[copy.report_id] = name
        answers = audit(batch.values(), like)
        for (name, mutant), copy_id in zip(copies[first : first + AT_ONCE], like, strict=True):
            found.append(
                any(
                    claim not in known[name] or claim[:2] == changed_claim(reads[name], mutant)
                    for claim in accused(answers[copy_id])
                )
            )
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Change, read, audit, count; 0 if at least 95 in a hundred are detected."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run", description=__doc__)
    parser.add_argument(
        "--sample", type=int, default=0, help="so many copies only, picked at random"
    )
    parser.add_argument("--all", action="store_true", help="list every survivor")
    options = parser.parse_args(arguments)
    pick = random.Random(SEED)
    started = time.perf_counter()
    reads: dict[str, Read] = {}
    copies: list[tuple[str, Mutant]] = []
    made = 0
    for report in gold.five_reports():
        lines = report.path.read_text(encoding="utf-8").split("\n")
        read = read_lines(report.entry, lines)
        reads[report.entry.report_id] = read
        for mutant in mutants_of(read, report.answers, pick):
            made += 1
            if mutant.is_detectable:
                copies.append((report.entry.report_id, mutant))
    if options.sample:
        copies = pick.sample(copies, min(options.sample, len(copies)))
    audit = Audit()
    found = audit_copies(audit, reads, copies)
    for name, mutant, is_found in [
        *across.run(audit, pick, across.PAIRS // (4 if options.sample else 1)),
        *invented.run(audit, pick, invented.ROWS // (4 if options.sample else 1)),
    ]:
        made += 1
        copies.append((name, mutant))
        found.append(is_found)
    return report_on(copies, found, made, time.perf_counter() - started, list_all=options.all)


def report_on(
    copies: Sequence[tuple[str, Mutant]],
    found: Sequence[bool],
    made: int,
    seconds: float,
    *,
    list_all: bool,
) -> int:
    """Print the counts, by kind of slip and by family, and the survivors."""
    judged = list(zip(copies, found, strict=True))
    print(
        f"{made} copies with one figure changed; {len(judged)} of the changes break a claim "
        "that held."
    )
    for title, key in (
        ("by kind of slip", lambda mutant: (mutant.kind,)),
        ("by family of the claim broken", lambda mutant: mutant.families),
    ):
        detected: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        for (_, mutant), is_found in judged:
            for name in key(mutant):
                asked[name] += 1
                detected[name] += is_found
        print(f"\n{title}")
        for name in sorted(asked):
            share = 100 * detected[name] / asked[name]
            print(f"  {name:<32} {detected[name]:>5} of {asked[name]:>5}   {share:5.1f}%")
    survivors = [(name, mutant) for (name, mutant), is_found in judged if not is_found]
    share = 100 * (len(judged) - len(survivors)) / max(1, len(judged))
    print(f"\ndetected: {len(judged) - len(survivors)} of {len(judged)}, {share:.1f}%")
    shown = survivors if list_all else survivors[:40]
    if survivors:
        print("survivors:")
    for name, mutant in shown:
        print(
            f"  {name} line {mutant.line} at {mutant.start}: {mutant.before} → {mutant.after} "
            f"({mutant.kind}; breaks {', '.join(mutant.families)})"
        )
    if len(survivors) > len(shown):
        print(f"  … and {len(survivors) - len(shown)} more (--all lists them)")
    print(f"{seconds:.0f} s")
    return 0 if share >= AT_LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
