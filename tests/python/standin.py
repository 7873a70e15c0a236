"""A small project that the pipeline builds in seconds, for tests of the pipeline itself.

Run as a program it is a build of its own, so that a test can end it at any moment::

    python -m tests.python.standin build ROOT
    python -m tests.python.standin publish ROOT --times 10
    python -m tests.python.standin read ROOT      (until its standard input ends)
    python -m tests.python.standin hold ROOT      (one file open until its standard input ends)
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from pipeline import publish
from pipeline.build import Request, Steps, build
from pipeline.console import Screen
from pipeline.errors import PipelineError
from pipeline.expectations.worker import Verdict
from pipeline.export import export, text
from pipeline.project import Project

ROWS = 2_000
FILES = {
    "dbt_project.yml": """
name: standin
version: "1.0"
profile: standin
models:
  standin:
    +materialized: table
    +schema: marts
    +persist_docs: {relation: true, columns: true}
seeds:
  standin:
    +schema: landed
""",
    "profiles.yml": """
standin:
  target: build
  outputs:
    build:
      type: duckdb
      path: "target/community_safety{{ '_restricted' if var('include_restricted', false) }}.duckdb"
      threads: 2
""",
    "macros/schemas.sql": """
{% macro generate_schema_name(name, node) %}{{ name or target.schema }}{% endmacro %}
""",
    "models/dim_things.sql": "select thing_id, marker from {{ ref('landed_things') }}",
    "models/fct_things.sql": "select thing_id, marker, thing_id * 2 as double_id"
    " from {{ ref('dim_things') }}",
    "models/models.yml": """
models:
  - name: dim_things
    description: One thing. It's quoted.
    config: {contract: {enforced: true}}
    columns:
      - name: thing_id
        description: The key.
        data_type: integer
        constraints: [{type: not_null}, {type: primary_key}]
        data_tests: [unique]
      - {name: marker, description: Which landing it came from., data_type: varchar}
  - name: fct_things
    description: One thing, doubled.
    columns:
      - {name: double_id, description: Twice the key., data_tests: [unique]}
""",
}


def make(root: Path, marker: str = "first") -> Project:
    """Write the project and a report that says ``marker``; building it gives that in every row."""
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.lstrip("\n"), encoding="utf-8")
    project = Project.at(root)
    project.reports.mkdir(parents=True, exist_ok=True)
    (project.reports / "report.txt").write_text(marker, encoding="utf-8")
    return project


def land(project: Project, landing: Path) -> tuple[str, ...]:
    """Land the report: its word in every row."""
    marker = (project.reports / "report.txt").read_text(encoding="utf-8").strip()
    if not marker:
        raise PipelineError("report.txt: the file is empty")
    lines = ["thing_id,marker", *(f"{number},{marker}" for number in range(ROWS))]
    (landing / "landed_things.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ()


class OpenGate:
    """A gate that lets everything pass, and writes a page where Data Docs would be."""

    checked = 1
    failures: tuple[str, ...] = ()

    def ask(self, request: Mapping[str, Any]) -> None:
        """Write the page."""
        if request["gate"] == "published":
            docs = Path(request["folder"]) / "data_docs"
            docs.mkdir()
            (docs / "index.html").write_text("all well", encoding="utf-8")

    def answer(self) -> Verdict:
        """Let it pass."""
        return Verdict(self.checked, self.failures)


@contextlib.contextmanager
def open_gate(log: Path) -> Iterator[OpenGate]:
    """Make a gate that lets everything pass."""
    yield OpenGate()


class ClosedGate(OpenGate):
    """A gate that lets nothing pass."""

    failures = ("landed things: something is wrong",)


@contextlib.contextmanager
def closed_gate(log: Path) -> Iterator[OpenGate]:
    """Make a gate that lets nothing pass."""
    yield ClosedGate()


def publish_once(project: Project, marker: str, *, keeps_previous: bool = True) -> publish.Version:
    """Publish a set that says ``marker``, without dbt: the publishing stage alone."""
    project.published.mkdir(parents=True, exist_ok=True)
    project.target.mkdir(parents=True, exist_ok=True)
    project.build_file.unlink(missing_ok=True)
    with duckdb.connect(str(project.build_file)) as connection:
        connection.execute("create schema marts")
        for table in ("dim_things", "fct_things"):
            connection.execute(
                f"create table marts.{table} as"
                f" select range::integer as thing_id, {text(marker)} as marker from range({ROWS})"
            )
    staging = publish.staging_folder(project.published)
    build_id = publish.new_build_id(marker.ljust(8, "0"))
    export(project.build_file, staging, build_id)
    version = publish.put_in_place(
        staging, project.published, build_id, {"marker": marker}, keeps_previous=keeps_previous
    )
    publish.clean(project.published)
    return version


def look(warehouse: Path) -> str:
    """Read everything that is published, as one reader would, and give the marker it all shares.

    A reader who wants several files of one version looks up ``current`` once.

    Raises
    ------
    AssertionError
        If anything is missing, cut short, or of another version than the rest.
    """
    version = (warehouse / "current").resolve(strict=True)
    markers = set()
    with duckdb.connect(str(version / "community_safety.duckdb"), read_only=True) as connection:
        places = ["marts.dim_things", "marts.fct_things"]
        for table in ("dim_things", "fct_things"):
            places.append(f"read_parquet({text(str(version / 'marts' / f'{table}.parquet'))})")
        for place in places:
            answer = connection.sql(
                f"select count(*), min(marker), max(marker) from {place}"
            ).fetchone()
            assert answer is not None
            count, low, high = answer
            assert count == ROWS, f"{place} has {count} rows"
            markers |= {low, high}
    assert len(markers) == 1, f"a mixture: {markers}"
    return str(markers.pop())


def litter(project: Project) -> list[str]:
    """List what a finished build should not have left behind."""
    found = [*project.published.glob(".staging-*"), *project.published.glob("*.wal")]
    found += [path for path in (project.landing,) if path.exists()]
    versions = project.published / "versions"
    found += sorted(versions.iterdir())[:-2] if versions.exists() else []
    found += list(project.root.glob("seeds/**/.*"))
    return [str(path) for path in found]


def _read(project: Project) -> None:
    """Read again and again until standard input ends; print how often and what was seen."""
    over = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=wait, daemon=True).start()
    seen: set[str] = set()
    times = failures = 0
    print("ready", flush=True)
    while not over.is_set():
        times += 1
        try:
            seen.add(look(project.published))
        except (AssertionError, duckdb.Error, OSError) as error:
            failures += 1
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
    print(json.dumps({"times": times, "failures": failures, "seen": sorted(seen)}))


def _hold(project: Project) -> None:
    """Keep the published file open until standard input ends; print what it holds each time."""
    file = project.published / "community_safety.duckdb"
    query = "select min(marker) from marts.dim_things"
    with duckdb.connect(str(file), read_only=True) as connection:
        print(connection.sql(query).fetchall()[0][0], flush=True)
        for _ in sys.stdin:
            print(connection.sql(query).fetchall()[0][0], flush=True)


def _build(options: argparse.Namespace) -> int:
    """Build, and tell a failure as the real command line does."""
    project = Project.at(
        options.root,
        options.reports,
        options.warehouse,
        include_restricted=options.restricted,
    )
    screen = Screen()
    steps = Steps(
        land=land,
        present=lambda staging, docs: "",
        gate=closed_gate if options.closed else open_gate,
    )
    try:
        build(Request(project, force=options.force, wait=options.wait), screen, steps)
    except (PipelineError, OSError) as error:
        screen.fail(error)
        return 1
    return 0


def _main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["build", "publish", "read", "hold"])
    parser.add_argument("root", type=Path)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--warehouse", type=Path)
    parser.add_argument("--wait", type=float, default=60)
    for flag in ("--force", "--restricted", "--closed"):
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args()
    project = Project.at(options.root)
    if options.command == "build":
        return _build(options)
    if options.command == "publish":
        print("ready", flush=True)
        for number in range(options.times):
            publish_once(project, f"{number:08d}")
    elif options.command == "read":
        _read(project)
    else:
        _hold(project)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
