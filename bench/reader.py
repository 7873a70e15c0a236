"""What reading costs: run by ``make bench``, prints ratios and judges nothing.

Everything is measured in one run on one machine: milliseconds a report for each stage of ingest,
characters a second beside quantulum3 on the same text, the cost of a report when there are ten and
when there are ten thousand, what a second process saves, and the memory that takes. The many
reports are made of the real ones: other numbers and places in the same layouts, so that no cache
remembers them. Costs are seconds of the processor, so that a busy machine changes them little; what
two processes save is read off the clock on the wall.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import random
import re
import resource
import statistics
import sys
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console
from rich.table import Table

from ingest import figures, formats, land, layout, manifest, source, statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.model import ReportEntry

REPORTS: Final = Path(__file__).parent.parent / "ingest" / "reports"
STAGES: Final = ("source", "layout", "figures", "statements", "records")
SIZES: Final = (10, 100, 1_000, 10_000)
ROUNDS: Final = 15
_PLACES: Final = (
    "Ashcombe", "Brackenfield", "Eastmere", "Hollinsworth", "Lakeborough", "Marlsea", "Penhallow",
)  # fmt: skip
_PLACE: Final = re.compile(r"Stockton(?:-on-Tees)?|Derby|Yarm|Harbour|Cleveland")
# Numbers that are no year, date or ref: those may change without changing what the line is.
_NUMBER: Final = re.compile(r"(?<![\d./,-])(?!(?:19|20)\d\d)\d{2,5}(?![\d./]|,\d|-\d|:)")
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one report cost: seconds by stage, and its size."""

    seconds: tuple[float, ...]
    characters: int
    numbers: int
    made: float = 0.0  # seconds that making the report took, before it was read

    @property
    def total(self) -> float:
        """Seconds from the first to the last stage."""
        return sum(self.seconds)


def vary(text: str, seed: int) -> str:
    """The same report with other numbers and places; seed 0 is the report itself.

    Examples
    --------
    >>> vary("Robbery 412 in 2012/13", 0)
    'Robbery 412 in 2012/13'
    >>> len(vary("Robbery 412 in 2012/13", 7)), vary("in 2012/13", 7)
    (22, 'in 2012/13')
    """
    if not seed:
        return text
    chance = random.Random(seed)

    def other(match: re.Match[str]) -> str:
        length = len(match[0])
        return str(chance.randrange(10 ** (length - 1), 10**length))

    place = _PLACES[seed % len(_PLACES)]
    return _NUMBER.sub(other, _PLACE.sub(place, text))


@lru_cache(maxsize=1)
def templates() -> tuple[tuple[ReportEntry, str], ...]:
    """The real reports: manifest entry and text."""
    entries = manifest.load(REPORTS / "manifest.yml")
    return tuple(
        (entry, (REPORTS / entry.file).read_text(encoding="utf-8"))
        for entry in entries
        if entry.file.endswith(".txt")
    )


def read(entry: ReportEntry, data: bytes) -> Cost:
    """Read one report from its bytes through every stage, and time each."""
    clock = time.process_time
    marks = [clock()]
    kind, lines = formats.lines_of(data, entry.file)
    marks.append(clock())
    document = layout.read_document(entry, lines)
    marks.append(clock())
    found = figures.read_document(document)
    marks.append(clock())
    said = statements.read_statements(document)
    marks.append(clock())
    whole = source.Source(lines, "0" * 64, kind)
    land.records_of(land.Read(document, whole, tuple(found), said))
    marks.append(clock())
    seconds = tuple(after - before for before, after in itertools.pairwise(marks))
    return Cost(seconds, len(data), len(found))


def read_number(number: int) -> Cost:
    """The ``number``-th of the many reports: made first, then read."""
    known = templates()
    entry, text = known[number % len(known)]
    varied = replace(entry, report_id=f"report_{number}", area=_PLACES[number % len(_PLACES)])
    began = time.process_time()
    data = vary(text, number // len(known)).encode()
    made = time.process_time() - began
    return replace(read(varied, data), made=made)


def read_many(count: int, processes: int) -> tuple[float, list[Cost]]:
    """Read so many reports in so many processes: seconds by the wall clock, and each cost."""
    began = time.perf_counter()
    if processes == 1:
        costs = [read_number(number) for number in range(count)]
        return time.perf_counter() - began, costs
    with multiprocessing.Pool(processes) as pool:
        pool.map(read_number, range(processes * 5), chunksize=5)  # started and warm
        began = time.perf_counter()
        costs = list(pool.imap_unordered(read_number, range(count), chunksize=20))
        return time.perf_counter() - began, costs


def peak_memory() -> float:
    """The most memory any process of this run has held, in megabytes."""
    kilobytes = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return kilobytes * 1024 / _MEGABYTE if sys.platform != "darwin" else kilobytes / _MEGABYTE


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", pad_edge=False, box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, justify="left" if heading == headings[0] else "right")
    return table


def stages_table() -> tuple[Table, float]:
    """Milliseconds for each real report and stage: the median of several rounds."""
    table = _table("Milliseconds a report", "report", "kB", "numbers", *STAGES, "all", "to figures")
    every: list[list[float]] = []
    for entry, text in templates():
        rounds = [read(entry, text.encode()) for _ in range(ROUNDS)]
        medians = [
            statistics.median(cost.seconds[i] for cost in rounds) for i in range(len(STAGES))
        ]
        every.append(medians)
        _add(table, entry.report_id, rounds[0].characters, rounds[0].numbers, medians)
    mean = [statistics.mean(column) for column in zip(*every, strict=True)]
    table.add_section()
    _add(table, "mean", None, None, mean)
    return table, sum(mean)


def _add(
    table: Table, name: str, size: int | None, numbers: int | None, seconds: Sequence[float]
) -> None:
    cells = [f"{value * 1000:.2f}" for value in (*seconds, sum(seconds), sum(seconds[:3]))]
    kilobytes = "" if size is None else f"{size / 1000:.1f}"
    table.add_row(name, kilobytes, "" if numbers is None else str(numbers), *cells)


def rival_seconds(texts: Iterable[str]) -> tuple[float, int]:
    """Seconds that quantulum3 takes over these texts, and the quantities it claims."""
    from tests.accuracy import rival

    rival.quantities("12 offences")  # its units and words are loaded once
    began = time.process_time()
    claimed = sum(len(rival.quantities(line)) for text in texts for line in text.split("\n"))
    return time.process_time() - began, claimed


def speed_table() -> Table:
    """Characters a second, ours and the rival's, on the same text."""
    texts = [vary(text, seed) for seed in range(1, 4) for _, text in templates()]
    entries = [entry for _ in range(1, 4) for entry, _ in templates()]
    characters = sum(map(len, texts))
    costs = [read(entry, text.encode()) for entry, text in zip(entries, texts, strict=True)]
    chain = sum(sum(cost.seconds[:3]) for cost in costs)
    alone = sum(cost.seconds[2] for cost in costs)
    theirs, claimed = rival_seconds(texts)
    found = sum(cost.numbers for cost in costs)
    table = _table(
        "Characters a second, on the same text",
        "", "characters a second", "numbers found", "times the rival",
    )  # fmt: skip
    for name, seconds, numbers in (
        ("ours: bytes to figures", chain, found),
        ("ours: cells to figures", alone, found),
        ("quantulum3", theirs, claimed),
    ):
        table.add_row(
            name, f"{characters / seconds:,.0f}", f"{numbers:,}", f"{theirs / seconds:.1f}"
        )
    return table


def scale_table(sizes: Sequence[int], processes: int) -> Table:
    """The cost of one report when there are few and when there are many."""
    table = _table(
        f"Cost of one report as their number grows, {processes} processes",
        "reports",
        "wall s",
        "ms a report and core",
        "times the first",
        "reports a second",
        "peak MB",
    )
    first = None
    for count in sizes:
        wall, costs = read_many(count, processes)
        each = statistics.mean(cost.total for cost in costs) * 1000
        first = first or each
        table.add_row(
            f"{count:,}",
            f"{wall:.2f}",
            f"{each:.2f}",
            f"{each / first:.2f}",
            f"{count / wall:,.0f}",
            f"{peak_memory():.0f}",
        )
    return table


def processes_table(count: int, processes: int) -> Table:
    """What more than one process saves."""
    table = _table(
        f"{count:,} reports", "processes", "wall s", "reports a second", "times one", "cores busy"
    )
    alone = 0.0
    for number in sorted({1, processes}):
        wall, costs = read_many(count, number)
        alone = alone or wall
        busy = sum(cost.total + cost.made for cost in costs) / wall
        shown = (f"{wall:.2f}", f"{count / wall:,.0f}", f"{alone / wall:.2f}", f"{busy:.2f}")
        table.add_row(str(number), *shown)
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the most reports to read")
    options = parser.parse_args(arguments)
    console = Console(width=max(110, Console().width), highlight=False)
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    read_number(1)  # patterns compiled, caches warm
    table, _ = stages_table()
    console.print(table)
    console.print(speed_table())
    console.print(processes_table(200, processes))
    sizes = [size for size in SIZES if size <= options.most]
    console.print(scale_table(sizes, processes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
