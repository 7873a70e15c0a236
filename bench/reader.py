"""What reading costs: run by ``make bench``, prints what it measures beside the bars.

Everything is measured in one run on one machine: milliseconds a report for each stage of ingest,
characters a second beside quantulum3 on the same text, the cost of a report when there are ten and
when there are ten thousand, what a second process saves, and the memory that takes. The many
reports are made of the real ones: other numbers and places in the same layouts, so that no cache
remembers them. They are read as the pipeline reads them, each size in a process of its own, up to
what would be written into the seeds. Costs are seconds of the processor, which a busy machine
changes less than the clock on the wall; what more processes save is read off that clock and says
something only where the processors are free.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from rich import box
from rich.console import Console
from rich.table import Table

from ingest import figures, formats, land, layout, manifest, source, statements
from ingest.proposals import Proposer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.model import ReportEntry

REPORTS: Final = Path(__file__).parent.parent / "ingest" / "reports"
STAGES: Final = ("source", "layout", "figures", "statements", "records")
SIZES: Final = (10, 100, 1_000, 10_000)
BAR_MILLISECONDS: Final = 6.0
BAR_TIMES: Final = 20.0
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
    with land.undisturbed():
        return _read(entry, data)


def _read(entry: ReportEntry, data: bytes) -> Cost:
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


def make_reports(folder: Path, count: int) -> None:
    """Write so many varied reports and their manifest."""
    folder.mkdir()
    known = templates()
    entries = []
    for number in range(count):
        entry, text = known[number % len(known)]
        name = f"report_{number}"
        (folder / f"{name}.txt").write_bytes(vary(text, number // len(known) + 1).encode())
        varied = replace(
            entry, report_id=name, file=f"{name}.txt", area=_PLACES[number % len(_PLACES)]
        )
        entries.append({key: value for key, value in asdict(varied).items() if value is not None})
    text = yaml.safe_dump({"reports": entries}, sort_keys=False)
    (folder / "manifest.yml").write_text(text, encoding="utf-8")


def _memory(who: int) -> float:
    """The most memory that this process, or any of its children, has held, in megabytes."""
    kilobytes = resource.getrusage(who).ru_maxrss
    return kilobytes * 1024 / _MEGABYTE if sys.platform != "darwin" else kilobytes / _MEGABYTE


def _processor_seconds() -> float:
    """Seconds of the processor: this process and the children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def read_all(folder: Path, processes: int) -> dict[str, float]:
    """Read all reports of a folder as the pipeline does, but for the writing of the seeds.

    Returns
    -------
    dict
        Seconds by the clock on the wall and of the processors, and the most memory held: by this
        process, and by any process that it started.
    """
    for entry in manifest.load(REPORTS / "manifest.yml"):  # patterns compiled, caches warm
        land.land_report(entry, REPORTS)
    wall, cpu = time.perf_counter(), _processor_seconds()
    proposer = Proposer()
    entries = manifest.load(folder / "manifest.yml")
    for landed in land.landed_reports(entries, folder, processes):
        for row in landed.rows:
            proposer.add(*row)
    proposed = sum(1 for _ in proposer.records())
    return {
        "wall": time.perf_counter() - wall,
        "cpu": _processor_seconds() - cpu,
        "memory": _memory(resource.RUSAGE_SELF),
        "memory_of_children": _memory(resource.RUSAGE_CHILDREN) if processes > 1 else 0.0,
        "reports": len(entries),
        "proposed": proposed,
    }


def read_apart(folder: Path, processes: int) -> dict[str, float]:
    """:func:`read_all` in a process of its own, so that its memory is its own."""
    command = (sys.executable, "-m", "bench.reader", "--read", str(folder), str(processes))
    done = subprocess.run(
        command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"reading {folder} failed:\n{done.stdout}{done.stderr}")
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


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


def speed_table() -> tuple[Table, float]:
    """Characters a second, ours and the rival's, on the same text; and how many times theirs."""
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
    return table, theirs / chain


def scale_table(sizes: Sequence[int], processes: int) -> Table:
    """What one report costs when there are few and when there are many, alone and together."""
    table = _table(
        "Cost of one report as their number grows",
        "reports",
        "processes",
        "wall s",
        "processor ms a report",
        "times the first",
        "reports a second",
        "times one process",
        "MB",
        "MB of a child",
    )
    first = None
    with tempfile.TemporaryDirectory(prefix="community_safety_bench_") as place:
        for count in sizes:
            folder = Path(place) / str(count)
            make_reports(folder, count)
            alone = None
            for number in sorted({1, processes if count >= land.MANY else 1}):
                cost = read_apart(folder, number)
                each = cost["cpu"] / count * 1000
                first, alone = first or each, alone or cost["wall"]
                table.add_row(
                    f"{count:,}",
                    str(number),
                    f"{cost['wall']:.2f}",
                    f"{each:.2f}",
                    f"{each / first:.2f}",
                    f"{count / cost['wall']:,.0f}",
                    f"{alone / cost['wall']:.2f}",
                    f"{cost['memory']:.0f}",
                    f"{cost['memory_of_children']:.0f}" if number > 1 else "",
                )
            shutil.rmtree(folder)
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the most reports to read")
    parser.add_argument("--read", nargs=2, metavar=("FOLDER", "PROCESSES"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.read:
        print(json.dumps(read_all(Path(options.read[0]), int(options.read[1]))))
        return 0
    console = Console(width=max(120, Console().width), highlight=False)
    processes = max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
    table, mean = stages_table()
    console.print(table)
    console.print(
        f"{mean * 1000:.1f} ms a report and core (bar: {BAR_MILLISECONDS:.0f} ms);"
        f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n"
    )
    speeds, times = speed_table()
    console.print(speeds)
    console.print(f"{times:.1f} times the rival (bar: {BAR_TIMES:.0f} times)\n")
    console.print(scale_table([size for size in SIZES if size <= options.most], processes))
    console.print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors at the end")
    return 0


if __name__ == "__main__":
    sys.exit(main())
