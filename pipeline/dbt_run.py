"""dbt, in this process: one start, its events turned into progress and readable failures."""

from __future__ import annotations

import contextlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

SHOWN = 12  # failures listed on screen; the log has them all


@dataclass(frozen=True, slots=True)
class Warned:
    """A data test that warns: publishers contradict themselves and nobody has reviewed it."""

    name: str
    rows: int
    description: str


@dataclass(frozen=True, slots=True)
class DbtReport:
    """What a dbt build did.

    Attributes
    ----------
    nodes
        How many of each kind ran: ``model``, ``seed``, ``test``, ``unit_test``.
    warned
        Data tests that warn.
    notices
        dbt's own warnings: something in the project that will not work for long.
    keys
        The columns of every table's primary key, as the test ``expect_primary_key`` has them.
    """

    nodes: Mapping[str, int]
    warned: tuple[Warned, ...] = ()
    notices: tuple[str, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def tests(self) -> int:
        """Data tests and unit tests that ran."""
        return self.nodes.get("test", 0) + self.nodes.get("unit_test", 0)


@dataclass(slots=True)
class _Listener:
    """Hears dbt's events: counts nodes for the progress bar and keeps its warnings."""

    progress: Callable[[int, int], None]
    total: int = 0
    done: int = 0
    notices: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    # What dbt says of a test that warns; the run's results say it better.
    of_results = frozenset({"LogTestResult", "RunResultWarning", "RunResultWarningMessage"})

    def __call__(self, event: Any) -> None:
        """Take one event."""
        kind, level = event.info.name, event.info.level
        if kind == "LogStartLine":
            self.total = event.data.total
        elif kind == "NodeFinished":
            self.done += 1
            self.progress(self.done, max(self.total, self.done))
        elif level == "warn" and kind not in self.of_results:
            self.notices.append(_one_line(event.info.msg))
        elif level == "error" and kind == "MainEncounteredError":
            self.errors.append(event.info.msg)


def _one_line(text: str) -> str:
    """Set a message on one line."""
    return " ".join(text.split())


def _primary_keys(results: list[Any]) -> dict[str, tuple[str, ...]]:
    """Read from the tests that ran which columns are the key of which table."""
    keys = {}
    for result in results:
        test = getattr(result.node, "test_metadata", None)
        if test is not None and test.name == "expect_primary_key":
            table = (result.node.attached_node or "").rpartition(".")[2]
            keys[table] = tuple(test.kwargs["columns"])
    return keys


def _close_log() -> None:
    """Close the log file, which dbt lets go of without closing it."""
    log = logging.getLogger("file_log")  # what dbt calls it
    for handler in tuple(log.handlers):
        log.removeHandler(handler)
        handler.close()


class Dbt:
    """dbt on one project.

    Importing dbt takes seconds; it is done here, when first needed, and not with the module.

    Parameters
    ----------
    root
        The folder of ``dbt_project.yml`` and ``profiles.yml``.
    variables
        What dbt calls ``--vars``.

    Attributes
    ----------
    progress
        Called with the number of nodes that are done and of all.
    """

    def __init__(self, root: Path, variables: Mapping[str, Any]) -> None:
        from dbt.cli.main import dbtRunner

        self.progress: Callable[[int, int], None] = lambda done, total: None
        self._runner = dbtRunner
        self._root = root
        self._forget_if_moved()
        self._listener = _Listener(lambda done, total: self.progress(done, total))
        self._common = [
            *("--project-dir", str(root), "--profiles-dir", str(root)),
            *("--target-path", str(root / "target"), "--log-path", str(root / "logs")),
            *("--log-level", "none", "--log-level-file", "info", "--no-use-colors"),
            *("--no-version-check", "--no-send-anonymous-usage-stats"),
            *("--vars", json.dumps(dict(variables))),
        ]

    def _forget_if_moved(self) -> None:
        """Drop what dbt remembers of the project if that was at another place.

        dbt keeps absolute paths of seeds: a project that is copied or moved together with its
        target folder would be built from the seeds of the old place.
        """
        target = self._root / "target"
        target.mkdir(exist_ok=True)
        note = target / "parsed_at.txt"
        here = str(self._root)
        if not note.is_file() or note.read_text(encoding="utf-8") != here:
            (target / "partial_parse.msgpack").unlink(missing_ok=True)
            note.write_text(here, encoding="utf-8")

    def parse(self) -> Manifest:
        """Read the project.

        Raises
        ------
        PipelineError
            If it does not parse.
        """
        with self._at_root():
            outcome = self._runner(callbacks=[self._listener]).invoke(
                ["parse", "--no-write-json", *self._common]
            )
        if not outcome.success:
            raise self._broken("dbt cannot read the project", outcome)
        # dbt types a result as what any of its commands may give.
        manifest: Manifest = outcome.result  # type: ignore[assignment]
        return manifest

    def build(
        self,
        manifest: Manifest | None = None,
        *,
        unit_tests: bool = False,
        data_tests: bool = True,
        select: str | None = None,
    ) -> DbtReport:
        """Load the seeds, build the models and run the tests.

        Parameters
        ----------
        manifest
            What :meth:`parse` gave; the project is read again without it.
        unit_tests
            Whether to run the unit tests too. They test the models' logic on data of their own and
            say nothing about this build's data.
        data_tests
            Whether to run the data tests.
        select
            What to build, as dbt selects; everything without it.

        Raises
        ------
        PipelineError
            If anything fails, with the tests that failed and where to look.
        """
        arguments = ["build", "--no-write-json", *self._common]
        if select:
            arguments += ["--select", select]
        if not unit_tests:
            arguments += ["--exclude-resource-type", "unit_test"]
        if not data_tests:
            arguments += ["--exclude-resource-type", "test"]
        try:
            with self._at_root():
                runner = self._runner(manifest=manifest, callbacks=[self._listener])
                outcome = runner.invoke(arguments)
        finally:
            self._close()
        results: list[Any] = list(getattr(outcome.result, "results", None) or [])
        if not outcome.success:
            failed = [r for r in results if str(r.status) in {"error", "fail", "runtime error"}]
            if not failed:
                raise self._broken("dbt stopped", outcome)
            raise PipelineError(
                f"dbt: {len(failed)} of {len(results)} steps failed", self._explain(failed)
            )
        warned = tuple(
            Warned(r.node.name, r.failures or 0, _one_line(r.node.description or ""))
            for r in results
            if str(r.status) == "warn"
        )
        nodes = Counter(str(r.node.resource_type) for r in results)
        notices = tuple(dict.fromkeys(self._listener.notices))
        return DbtReport(dict(nodes), warned, notices, _primary_keys(results))

    def docs(self, manifest: Manifest) -> Path:
        """Write dbt's documentation of the project as one page.

        Where the project lies on this machine is nobody's business and is taken out of it.

        Raises
        ------
        PipelineError
            If dbt cannot write it.
        """
        arguments = ["docs", "generate", "--static", "--no-compile", *self._common]
        # dbt writes down only a manifest that it has just read itself (and does not type how).
        manifest.write(str(self._root / "target" / "manifest.json"))  # type: ignore[no-untyped-call]
        try:
            with self._at_root():
                runner = self._runner(manifest=manifest, callbacks=[self._listener])
                outcome = runner.invoke(arguments)
        finally:
            self._close()
        page = self._root / "target" / "static_index.html"
        if not outcome.success or not page.is_file():
            raise self._broken("dbt cannot write its documentation", outcome)
        page.write_text(
            page.read_text(encoding="utf-8").replace(str(self._root), "."), encoding="utf-8"
        )
        return page

    def _explain(self, failed: list[Any]) -> list[str]:
        """Say of every failed step what it is, what dbt says, and where its SQL stands."""
        lines = []
        for result in failed[:SHOWN]:
            node = result.node
            lines.append(f"{node.resource_type} {node.name} ({node.original_file_path})")
            if node.description:
                lines.append(f"    {_one_line(node.description)}")
            lines.append(f"    {_one_line(result.message or str(result.status))}")
            if getattr(node, "compiled_path", None):
                lines.append(f"    its query: {node.compiled_path}")
        if len(failed) > SHOWN:
            lines.append(f"… and {len(failed) - SHOWN} more")
        lines.append(f"dbt's log: {self._root / 'logs' / 'dbt.log'}")
        return lines

    def _broken(self, what: str, outcome: Any) -> PipelineError:
        """Make the error for a run that gave no results."""
        reason = str(outcome.exception or "\n".join(self._listener.errors) or "no reason given")
        lines = [line for line in reason.splitlines() if line.strip()]
        return PipelineError(f"{what}: {lines[0].strip()}", lines[1:])

    @contextlib.contextmanager
    def _at_root(self) -> Iterator[None]:
        """Work in the project's folder: the path in ``profiles.yml`` is relative to it."""
        with contextlib.chdir(self._root):
            try:
                yield
            finally:
                _close_log()

    @staticmethod
    def _close() -> None:
        """Let go of the build file, which dbt-duckdb keeps open as long as the process lives."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        close: Callable[[], None] = DuckDBConnectionManager.close_all_connections
        close()
