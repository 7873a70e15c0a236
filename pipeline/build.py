"""The build from end to end, and the order its stages must keep.

Everything up to the last step happens beside what is published; the last step is one rename.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline import publish, summary
from pipeline.console import Screen
from pipeline.errors import PipelineError
from pipeline.expectations.worker import Verdict, Worker
from pipeline.fingerprint import fingerprint
from pipeline.lock import build_lock
from pipeline.present import present
from pipeline.project import Project, workspace
from pipeline.seeds import put_seeds_in_place

if TYPE_CHECKING:
    from pipeline.dbt_run import DbtReport
    from pipeline.export import Table

LOCK = ".build.lock"
WAIT = 600.0  # seconds a second build waits for the first


class Gate(Protocol):
    """What checks the two borders: :class:`pipeline.expectations.worker.Worker`."""

    def ask(self, request: Mapping[str, Any]) -> None:
        """Begin to check what the request names."""

    def answer(self) -> Verdict:
        """Wait for the oldest request's verdict."""


def land_reports(project: Project, landing: Path) -> tuple[str, ...]:
    """Read the reports into seeds below ``landing``; gives the reader's warnings."""
    from ingest.land import land

    return land(project.reports, landing).warnings


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that a stand-in may take the place of, in tests and in the benchmark."""

    land: Callable[[Project, Path], tuple[str, ...]] = land_reports
    present: Callable[[Path, Callable[[], Path]], str] = present
    gate: Callable[[Path], AbstractContextManager[Gate]] = Worker


@dataclass(frozen=True, slots=True)
class Request:
    """What a build is asked for.

    Attributes
    ----------
    project
        The folders.
    variables
        Further variables for dbt.
    force
        Build even when nothing has changed.
    wait
        Seconds to wait for another build.
    """

    project: Project
    variables: Mapping[str, Any] = field(default_factory=dict)
    force: bool = False
    wait: float = WAIT

    @property
    def dbt_variables(self) -> dict[str, Any]:
        """All variables dbt is given."""
        return {**self.variables, "include_restricted": self.project.include_restricted}


def build(request: Request, screen: Screen, steps: Steps | None = None) -> publish.Version:
    """Make the warehouse anew if anything has changed, and say what there is.

    Raises
    ------
    PipelineError, ingest.model.IngestError
        If it cannot be built; what was published before is still there, whole.
    """
    project = request.project
    started = time.perf_counter()
    if not project.reports.is_dir():
        raise PipelineError(f"{project.reports}: there is no such folder of reports")
    with _locked(request, screen):
        publish.clean(project.published)
        made_of = fingerprint(project, request.dbt_variables)
        version = publish.current(project.published)
        if not request.force and version and _still_holds(version, made_of, project):
            screen.say(f"Nothing has changed since the build of {_moment(version)}.")
        else:
            version = _build(request, screen, steps or Steps(), made_of)
            publish.clean(project.published)
    took = time.perf_counter() - started
    summary.show(screen, version.record, project.published, took=took)
    return version


@contextmanager
def _locked(request: Request, screen: Screen) -> Iterator[None]:
    """Keep every other build away from the folders this one writes to.

    The project's folder (its seeds, its build file) and the warehouse may belong to different
    builds; everybody takes the project's lock first, so that no two can wait for each other.
    """
    with ExitStack() as locks:
        for folder in dict.fromkeys((request.project.target, request.project.warehouse)):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise PipelineError(f"{folder} cannot be written to: {error.strerror}") from error
            locks.enter_context(build_lock(folder / LOCK, wait=request.wait, tell=screen.say))
        yield


def _still_holds(version: publish.Version, made_of: str, project: Project) -> bool:
    """Whether a version was made of just this, and it and the landed seeds are as it left them."""
    record = version.record
    return (
        record.get("fingerprint") == made_of
        and (not project.is_at_home or record.get("landed") == publish.digests(project.landed))
        and publish.is_whole(version)
    )


def _moment(version: publish.Version) -> str:
    """Say when a version was built, in the reader's own time."""
    built = datetime.fromisoformat(version.record["built_at"]).astimezone()
    return f"{built:%d %B %Y, %H:%M}"


def _build(request: Request, screen: Screen, steps: Steps, made_of: str) -> publish.Version:
    """Run every stage; nothing that readers see changes before the last."""
    asked = request.project
    started = time.perf_counter()
    project = asked if asked.is_at_home else workspace(asked)
    with ExitStack() as stack:
        gate = stack.enter_context(steps.gate(project.root / "logs" / "expectations.log"))

        with screen.stage("Reading the reports") as stage:
            shutil.rmtree(project.landing, ignore_errors=True)
            project.landing.mkdir(parents=True)
            stack.callback(shutil.rmtree, project.landing, ignore_errors=True)
            warnings = steps.land(project, project.landing)
            stage.done(_landed(project.landing))
        for warning in warnings:
            screen.say(f"  warning: {warning}", style="yellow")

        with screen.stage("Checking what landed") as stage:
            gate.ask(
                {
                    "gate": "landed",
                    "landed": str(project.landing),
                    "reports": str(project.reports),
                }
            )
            # Great Expectations takes a few seconds to start, and so does dbt: both start now.
            dbt, manifest = _start_dbt(project, request.dbt_variables)
            landed_verdict = _passed(gate.answer(), "the reports have not landed as they should")
            stage.done(f"{landed_verdict.checked} expectations met")

        put_seeds_in_place(project.landing, project.landed)
        if manifest is None:
            manifest = dbt.parse()

        with screen.stage("Building and testing the models") as stage:
            # A build file that somebody has open would refuse to be written; a new one does not.
            for old in (project.build_file, Path(f"{project.build_file}.wal")):
                old.unlink(missing_ok=True)
            dbt.progress = stage.progress
            report = dbt.build(manifest)
            stage.done(built(report))

        staging = publish.staging_folder(project.published)
        stack.callback(shutil.rmtree, staging, ignore_errors=True)
        build_id = publish.new_build_id(made_of)
        with screen.stage("Writing DuckDB and Parquet") as stage:
            tables = _export(project, staging, build_id, report.keys)
            stage.done(f"{len(tables)} tables, {sum(t.row_count for t in tables):,} rows")

        with screen.stage("Writing the site") as stage:
            stage.done(steps.present(staging, lambda: dbt.docs(manifest)))

        before = publish.current(project.published)
        with screen.stage("Checking what is published") as stage:
            gate.ask(
                {
                    "gate": "published",
                    "folder": str(staging),
                    "landed": str(project.landed),
                    "with_restricted": project.include_restricted,
                    "previous": str(before.path) if before else None,
                    "previous_withheld": before.record.get("withheld") if before else None,
                }
            )
            counts = summary.count(staging / f"{project.database}.duckdb")
            verdict = _passed(gate.answer(), "what was built is not fit to be published")
            stage.done(f"{verdict.checked} expectations met")

        with screen.stage("Putting it in place") as stage:
            record = {
                "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "took": round(time.perf_counter() - started, 2),
                "seconds": dict(screen.seconds),
                "fingerprint": made_of,
                "restricted": project.include_restricted,
                "database": f"{project.database}.duckdb",
                "landed": publish.digests(project.landed),
                "withheld": verdict.withheld,
                "counts": counts,
                "reader_warnings": list(warnings),
                "tests": {
                    "passed": report.tests - len(report.warned),
                    "warned": [
                        {"name": w.name, "rows": w.rows, "description": w.description}
                        for w in report.warned
                    ],
                    "notices": list(report.notices),
                    "nodes": dict(report.nodes),
                    "expectations": landed_verdict.checked + verdict.checked,
                },
                "python": sys.version.split()[0],
            }
            version = publish.put_in_place(
                staging,
                project.published,
                build_id,
                record,
                keeps_previous=not verdict.previous_tells,
            )
            stage.done(build_id)
    return version


def _start_dbt(project: Project, variables: Mapping[str, Any]) -> tuple[Any, Any]:
    """Import dbt and, if the same seeds are there already, let it read the project.

    Which seeds there are decides whether the project can be read; what is in them does not.
    """
    from pipeline.dbt_run import Dbt

    dbt = Dbt(project.root, variables)
    names = {path.name for path in project.landing.glob("*.csv")}
    if names <= {path.name for path in project.landed.glob("*.csv")}:
        return dbt, dbt.parse()
    return dbt, None


def _export(
    project: Project, staging: Path, build_id: str, keys: Mapping[str, tuple[str, ...]]
) -> list[Table]:
    """Copy the marts out of the build file, telling a full disk from a fault of ours."""
    import duckdb

    from pipeline.export import export

    try:
        return export(project.build_file, staging, build_id, keys)
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise PipelineError(f"the marts cannot be written: {first}") from error


def _passed(verdict: Verdict, otherwise: str) -> Verdict:
    """Stop the build where a gate says so."""
    if verdict.failures:
        raise PipelineError(otherwise, verdict.failures)
    return verdict


def _landed(landing: Path) -> str:
    """Say how much has landed."""
    lines = {path.stem: path.read_bytes().count(b"\n") - 1 for path in landing.glob("*.csv")}
    told = [
        f"{lines[f'landed_{what}']:,} {what}"
        for what in ("reports", "rows", "figures")
        if f"landed_{what}" in lines
    ]
    return ", ".join(told) or f"{len(lines)} seeds"


def built(report: DbtReport) -> str:
    """Say what dbt did."""
    words = {"seed": "seeds", "model": "models", "test": "tests", "unit_test": "unit tests"}
    told = [
        f"{report.nodes[kind]:,} {name}" for kind, name in words.items() if kind in report.nodes
    ]
    if report.warned:
        told.append(f"{len(report.warned)} to be reviewed")
    return ", ".join(told)
