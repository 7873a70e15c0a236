"""How long the whole build takes, how much of that is dbt's own, and what reading costs a report.

Everything is measured in one run on one machine, in a copy of the project::

    make bench
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.project import CODE_ROOT, Project, workspace

AIM = 15.0  # seconds for the whole build on two cores
AIM_INGEST = 0.15  # seconds for reading the five reports
TIMES = 5  # runs of what is quick, of which the quickest counts

FLOOR = """
import sys
from pathlib import Path
from pipeline.dbt_run import Dbt

dbt = Dbt(Path(sys.argv[1]), {})
dbt.build(dbt.parse())
"""
INGEST = """
import sys, tempfile, time
from pathlib import Path
from ingest.land import land

with tempfile.TemporaryDirectory() as place:
    for _ in range(int(sys.argv[2])):
        started = time.perf_counter()
        landing = land(Path(sys.argv[1]), Path(place) / "landed")
        print(time.perf_counter() - started, landing.reports, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: by the clock, and of the processors (its children's included)."""

    wall: float
    cpu: float


def run(*command: str) -> tuple[Cost, str]:
    """Run a Python command from the project's folder; gives what it took and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command],
        cwd=CODE_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu), done.stdout


def empty_project(root: Path, nodes: Mapping[str, int]) -> None:
    """Write a dbt project with as many seeds, models and tests that do nothing."""
    for folder in ("seeds", "models", "tests", "macros"):
        (root / folder).mkdir(parents=True)
    (root / "dbt_project.yml").write_text(
        "name: floor\nversion: '1.0'\nprofile: floor\nmodels: {floor: {+materialized: view}}\n",
        encoding="utf-8",
    )
    (root / "profiles.yml").write_text(
        "floor:\n  target: build\n  outputs:\n    build:\n"
        "      {type: duckdb, path: target/floor.duckdb, threads: 2}\n",
        encoding="utf-8",
    )
    for number in range(nodes.get("seed", 0)):
        (root / "seeds" / f"seed_{number}.csv").write_text("n\n1\n", encoding="utf-8")
    for number in range(nodes.get("model", 0)):
        (root / "models" / f"model_{number}.sql").write_text("select 1 as n\n", encoding="utf-8")
    for number in range(nodes.get("test", 0)):
        (root / "tests" / f"test_{number}.sql").write_text(
            f"select n from {{{{ ref('model_{number % max(nodes.get('model', 1), 1)}') }}}}"
            " where n = 2\n",
            encoding="utf-8",
        )


def measure(place: Path) -> tuple[list[tuple[str, Cost]], dict[str, Any], list[float], int]:
    """Measure everything in a temporary folder.

    Returns
    -------
    tuple
        Named costs, what the build wrote down about itself, the seconds of each reading of the
        reports, and how many reports there are.
    """
    costs = []
    copy = workspace(Project.at(CODE_ROOT), place / "project", with_landed=True)
    shutil.copytree(CODE_ROOT / "ingest" / "reports", copy.root / "ingest" / "reports")
    build = ("-m", "pipeline", "build", "--project", str(copy.root), "--force")
    costs.append(("whole build, first after a clone", run(*build)[0]))
    costs.append(("whole build, dbt has parsed before", run(*build)[0]))
    costs.append(("build with nothing changed", run(*build[:-1])[0]))
    current = copy.root / "warehouse" / "current" / "build.json"
    record = json.loads(current.read_text(encoding="utf-8"))

    empty_project(place / "floor", record["tests"]["nodes"])
    floor = ("-c", FLOOR, str(place / "floor"))
    costs.append(("dbt's floor, first", run(*floor)[0]))
    costs.append(("dbt's floor, parsed before", run(*floor)[0]))

    printed = run("-c", INGEST, str(CODE_ROOT / "ingest" / "reports"), str(TIMES))[1]
    readings = [line.split() for line in printed.splitlines()]
    return costs, record, [float(took) for took, _ in readings], int(readings[0][1])


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="community_safety_bench_") as place:
        costs, record, readings, reports = measure(Path(place))
    console = Console(highlight=False)
    nodes = ", ".join(
        f"{count} {kind}s" for kind, count in sorted(record["tests"]["nodes"].items())
    )

    table = Table(title=f"The build ({nodes})", title_justify="left")
    table.add_column("what")
    table.add_column("seconds", justify="right")
    table.add_column("processor seconds", justify="right")
    for what, cost in costs:
        table.add_row(what, f"{cost.wall:.2f}", f"{cost.cpu:.2f}")
    console.print(table)

    stages = Table(title="Its stages, dbt having parsed before", title_justify="left")
    stages.add_column("stage")
    stages.add_column("seconds", justify="right")
    for stage, took in record["seconds"].items():
        stages.add_row(stage, f"{took:.2f}")
    console.print(stages)

    took = dict(costs)
    whole = took["whole build, dbt has parsed before"].wall
    floor = took["dbt's floor, parsed before"].wall
    best = min(readings)
    site = record["seconds"]["Writing the site"]
    console.print(
        f"whole build: {whole:.1f} s; without the site {whole - site:.1f} s (aim: {AIM:.0f} s)"
    )
    console.print(f"dbt's own floor: {floor:.1f} s, {floor / (whole - site):.0%} of that")
    console.print(
        f"reading: {1000 * best / reports:.0f} ms a report, {best:.3f} s for {reports}"
        f" (aim: {AIM_INGEST} s); the first time {readings[0]:.3f} s"
    )
    console.print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
