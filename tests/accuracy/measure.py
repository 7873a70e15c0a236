"""How many figures are read right, against answers written by hand: ``make accuracy``.

Prints precision and recall of every attribute and of the whole tuple (role, unit, basis, period,
value, comparator), per report, for the statements anyone may look at and for those set aside, with
a rival general-purpose extractor beside them on the same text; fails below the bars.
``--errors five`` and ``--errors open`` list what was read otherwise than the answers have it.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.model import IngestError
from tests.accuracy import gold, reader, rival
from tests.accuracy.compare import ATTRIBUTES, Miss, Tally, compare, says

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.accuracy.gold import Answer

WIDTH: Final = 150
FIVE: Final = "five reports"
OPEN: Final = "statements, open"
OPEN_TABLES: Final = "tables, open"
ASIDE: Final = "statements, set aside"
ASIDE_TABLES: Final = "tables, set aside"
NAMES: Final = {
    "offsets": "offsets",
    "whole": "whole tuple",
    "whole_measuring": "… of what measures",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What must be reached: the lower of precision and recall of an attribute in one part."""

    part: str
    attribute: str
    least: float


BARS: Final = (
    Bar(FIVE, "value", 0.99),
    Bar(FIVE, "role", 0.99),
    Bar(FIVE, "whole", 0.97),
    Bar(ASIDE, "whole", 0.90),
    Bar(ASIDE_TABLES, "whole", 0.90),
)


@dataclass(slots=True)
class Part:
    """One part of the measurement: its counts, what was misread, and the rival's counts."""

    name: str
    tally: Tally
    misses: list[Miss]
    rival: rival.RivalTally
    refused: list[str] = field(default_factory=list)


def measure_statements(name: str, part: str, *, with_rival: bool) -> Part:
    """Read and compare the statements of one part."""
    tally, misses, beside = Tally(), [], rival.RivalTally()
    for statement in gold.statements(part):
        readings, rules = reader.read_statement(statement)
        lines = {1: statement.text}
        label = f"{statement.statement_id} [{statement.source_cell} {statement.financial_year}]"
        one, wrong = compare(label, lines, statement.answers, readings, rules)
        tally += one
        misses += wrong
        if with_rival:
            beside += rival.judge(lines, statement.answers)
    return Part(name, tally, misses, beside)


def measure_report(name: str, report: gold.Report, *, with_rival: bool) -> Part:
    """Read and compare one whole report; of one that is refused, nothing counts as read."""
    refused = []
    try:
        readings, rules = reader.read_report(report)
    except IngestError as error:
        readings, rules = [], {}
        refused.append(str(error))
    lines = {line.number: line.text for line in reader.lines_of(report)}
    tally, misses = compare(report.entry.report_id, lines, report.answers, readings, rules)
    beside = rival.judge(lines, report.answers) if with_rival else rival.RivalTally()
    return Part(name, tally, misses, beside, refused)


def together(name: str, parts: Sequence[Part]) -> Part:
    """Several parts as one."""
    return Part(
        name,
        reduce(add, (part.tally for part in parts), Tally()),
        [miss for part in parts for miss in part.misses],
        reduce(add, (part.rival for part in parts), rival.RivalTally()),
        [message for part in parts for message in part.refused],
    )


def measure_all(*, with_rival: bool) -> dict[str, Part]:
    """Every part, in the order in which it is printed."""
    parts = {}
    for report in gold.five_reports():
        entry = report.entry
        name = f"{entry.area.split('-')[0]} {entry.financial_year} Q{entry.as_at_quarter}"
        parts[name] = measure_report(name, report, with_rival=with_rival)
    parts[FIVE] = together(FIVE, list(parts.values()))
    parts[OPEN] = measure_statements(OPEN, "open", with_rival=with_rival)
    parts[ASIDE] = measure_statements(ASIDE, "held_out", with_rival=with_rival)
    for name, part in ((OPEN_TABLES, "open"), (ASIDE_TABLES, "held_out")):
        tables = [report for report in gold.table_reports() if report.part == part]
        found = [measure_report(name, report, with_rival=with_rival) for report in tables]
        parts[name] = together(name, found)
    return parts


def _share(value: float) -> str:
    """A share in per cent to one place, never rounded up to 100."""
    return "100" if value == 1 else f"{min(value * 100, 99.9):.1f}"


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)


def accuracy_table(parts: dict[str, Part]) -> Table:
    """Precision and recall: attributes down, parts across."""
    table = _table("Precision and recall of every attribute, per cent")
    table.add_column("", no_wrap=True)
    for part in parts.values():
        heading = part.name.replace(", ", "\n").replace(" 20", "\n20", 1)
        style = "bold" if part.name == FIVE else ""
        table.add_column(heading, justify="right", style=style, no_wrap=True)
    table.add_row("numbers", *(str(part.tally.gold["offsets"]) for part in parts.values()))
    for attribute in ATTRIBUTES:
        row = []
        for part in parts.values():
            tally = part.tally
            precision, recall = tally.precision(attribute), tally.recall(attribute)
            row.append(f"{_share(precision)} {_share(recall)}")
        name = NAMES.get(attribute, attribute)
        table.add_row(name, *row, style="bold" if attribute == "whole" else "")
    return table


def ledger_table(parts: dict[str, Part]) -> Table:
    """Every digit accounted for; no year or date taken for a quantity."""
    table = _table("The ledger: every digit in one figure, no year or date taken for a quantity")
    for heading in ("", "runs of digits", "in exactly one figure", "years and dates", "measured"):
        table.add_column(heading, justify="left" if not heading else "right")
    for part in parts.values():
        tally = part.tally
        table.add_row(
            part.name,
            str(tally.digit_runs),
            str(tally.digit_runs_held),
            str(tally.dates),
            str(tally.dates_measured),
        )
    return table


def rival_table(parts: dict[str, Part]) -> Table:
    """The reader beside quantulum3, where the two can be compared: magnitude and unit."""
    table = _table("Beside quantulum3: what measures something, by magnitude and unit, per cent")
    for heading in (
        "",
        "values found\nours",
        "\nrival",
        "claims right\nours",
        "\nrival",
        "units right\nours",
        "\nrival",
        "years, dates measured\nours",
        "\nrival",
    ):
        table.add_column(heading, justify="left" if not heading else "right")
    for part in parts.values():
        ours, theirs = part.tally, part.rival
        table.add_row(
            part.name,
            _share(ours.recall("value")),
            _share(theirs.value_right / max(theirs.measuring, 1)),
            _share(ours.precision("value")),
            _share(theirs.value_right / max(theirs.claimed, 1)),
            _share(ours.recall("unit")),
            _share(theirs.unit_right / max(theirs.measuring, 1)),
            f"{ours.dates_measured} of {ours.dates}",
            f"{theirs.dates_measured} of {theirs.dates}",
        )
    return table


def failures(parts: dict[str, Part]) -> list[str]:
    """The bars that are not reached, each in one line."""
    out = []
    everything = [part for name, part in parts.items() if name != FIVE]
    for part in everything:
        tally = part.tally
        if part.refused:
            what = "set aside" if part.name == ASIDE_TABLES else "; ".join(part.refused)
            out.append(f"{part.name}: {len(part.refused)} refused ({what})")
        if tally.digit_runs_held != tally.digit_runs:
            lost = tally.digit_runs - tally.digit_runs_held
            out.append(f"{part.name}: {lost} runs of digits are not in exactly one figure")
        if tally.dates_measured:
            out.append(f"{part.name}: {tally.dates_measured} years or dates read as quantities")
    for bar in BARS:
        reached = parts[bar.part].tally.worse(bar.attribute)
        if reached < bar.least:
            name = NAMES.get(bar.attribute, bar.attribute)
            out.append(f"{bar.part}: {name} {_share(reached)}, the bar is {bar.least * 100:.0f}")
    return out


def _said(row: Answer | None, attributes: Iterable[str]) -> str:
    if row is None:
        return "–"
    said = []
    for attribute in attributes:
        if attribute == "offsets":
            said.append(f"{row.printed!r} {row.role} {row.value if row.value is not None else ''}")
        elif attribute == "period":
            start, end = row.period
            said.append(f"{start or '?'}..{end or '?'}")
        else:
            said.append(str(says(row, attribute)))
    return ", ".join(said)


def print_errors(console: Console, misses: Sequence[Miss], only: str | None) -> None:
    """What was read otherwise than the answers have it, one number a block."""
    shown = 0
    for miss in misses:
        if only and only not in miss.differs:
            continue
        row = miss.answer or miss.reading
        if row is None:
            continue
        shown += 1
        before = miss.text[max(0, row.start - 60) : row.start].replace("\t", " ¦ ")
        after = miss.text[row.end : row.end + 50].replace("\t", " ¦ ")
        place = f"{miss.name}:{row.line}:{row.start}"
        shown_text = Text.assemble((place, "cyan"), "  …", before, (row.printed, "bold"), after)
        console.print(shown_text, soft_wrap=True)
        console.print(
            f"    {', '.join(miss.differs)}: expected {_said(miss.answer, miss.differs)}; "
            f"read {_said(miss.reading, miss.differs)}  ({miss.rule or 'no rule'})",
            markup=False,
            soft_wrap=True,
        )
    console.print(f"{shown} of {len(misses)} misses shown", markup=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 when a bar is not reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.measure", description=__doc__)
    parser.add_argument("--errors", choices=("five", "open", "tables", "held_out"))
    parser.add_argument("--only", choices=ATTRIBUTES[:-2], help="list misses of one attribute")
    parser.add_argument("--no-rival", action="store_true", help="leave quantulum3 out")
    options = parser.parse_args(arguments)
    if options.errors == "held_out":
        parser.error("what is set aside is not listed: only its totals say how unseen text fares")
    console = Console(width=max(WIDTH, Console().width), highlight=False)
    began = time.perf_counter()
    parts = measure_all(with_rival=not (options.no_rival or options.errors))
    if options.errors:
        part = {"five": FIVE, "open": OPEN, "tables": OPEN_TABLES}[options.errors]
        print_errors(console, parts[part].misses, options.only)
        return 0
    console.print(accuracy_table(parts))
    console.print(ledger_table(parts))
    if not options.no_rival:
        console.print(rival_table(parts))
    wrong = failures(parts)
    for line in wrong:
        console.print(f"below the bar: {line}", style="red", markup=False)
    took = time.perf_counter() - began
    verdict = "Some bars are not reached." if wrong else "Every bar is reached."
    console.print(f"{verdict} Measured in {took:.1f} s.", markup=False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
