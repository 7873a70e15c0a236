"""The command line: ``python -m pipeline build``, ``test``, ``query``, ``status``."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import yaml

from ingest.model import IngestError
from ingest.plain_text import harmless
from pipeline import build as build_module
from pipeline import publish, summary
from pipeline.console import Screen
from pipeline.errors import Interrupted, PipelineError
from pipeline.project import CODE_ROOT, Project, workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all went well, 1 if not, 2 for a command that is none."""
    options = _parser().parse_args(arguments)
    screen = Screen()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code: int = options.run(options, screen)
    except (KeyboardInterrupt, Interrupted):
        screen.say(f"{options.command} stopped; nothing has been published.", style="bold")
        return 130
    except (PipelineError, IngestError) as error:
        screen.fail(error, options.command)
        return 1
    except OSError as error:
        # A full disk, a folder that may not be written to: the system's own words are clear.
        place = f"{error.filename}: " if error.filename else ""
        screen.fail(PipelineError(f"{place}{error.strerror or error}"), options.command)
        return 1
    return code


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Turn SIGTERM into an exception, so that the build clears up behind itself."""
    raise Interrupted


def _parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="read the reports, build, test and publish")
    build.set_defaults(run=_build)
    _add_places(build)
    build.add_argument(
        "--include-restricted",
        action="store_true",
        help="keep rows under a protective marking; publishes to warehouse/restricted only",
    )
    build.add_argument("--vars", default="", metavar="YAML", help="variables for dbt")
    build.add_argument("--force", action="store_true", help="build even if nothing has changed")
    build.add_argument(
        "--wait",
        type=float,
        default=build_module.WAIT,
        metavar="SECONDS",
        help="how long to wait for another build (%(default).0f)",
    )

    test = commands.add_parser("test", help="dbt's unit tests and data tests, in a folder apart")
    test.set_defaults(run=_test)

    for name, run, what in (
        ("query", _query, "ask the published warehouse, in SQL"),
        ("status", _status, "say what is published"),
    ):
        command = commands.add_parser(name, help=what)
        command.set_defaults(run=run)
        command.add_argument("--warehouse", type=Path, help="where it is published")
        command.add_argument("--restricted", action="store_true", help="the restricted one")
        if name == "query":
            command.add_argument("sql", help='such as "from marts.report_scorecard"')

    ledger = commands.add_parser(
        "propose-ledger", help="print rows for contradictions that nobody has reviewed"
    )
    ledger.set_defaults(run=_propose_ledger)
    ledger.add_argument("--warehouse", type=Path, help="where it is published")
    ledger.add_argument("--restricted", action="store_true", help="the restricted one")
    ledger.add_argument(
        "--table", action="store_true", help="all contradictions, as tables for the docs"
    )
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    """Add the options that name folders."""
    parser.add_argument("--project", type=Path, default=CODE_ROOT, help=argparse.SUPPRESS)
    parser.add_argument(
        "--reports", type=Path, help="another folder of reports with its manifest.yml"
    )
    parser.add_argument("--warehouse", type=Path, help="another folder to publish in")


def _variables(text: str) -> dict[str, Any]:
    """Read what stands behind ``--vars``: a YAML mapping, or names of what is to be true."""
    try:
        found: Any = yaml.safe_load(text or "{}")
    except yaml.YAMLError as error:
        raise PipelineError(f"--vars {text!r} is no YAML") from error
    if isinstance(found, str):
        found = dict.fromkeys(found.replace(",", " ").split(), True)
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise PipelineError(f"--vars {text!r} names no variables; try 'include_restricted: true'")
    return found


def _build(options: argparse.Namespace, screen: Screen) -> int:
    """Build and publish."""
    variables = _variables(options.vars)
    restricted = variables.pop("include_restricted", False)
    if not isinstance(restricted, bool):
        raise PipelineError("--vars: include_restricted is true or false")
    project = Project.at(
        options.project,
        options.reports,
        options.warehouse,
        include_restricted=restricted or options.include_restricted,
    )
    build_module.build(
        build_module.Request(project, variables, force=options.force, wait=options.wait), screen
    )
    return 0


def _test(options: argparse.Namespace, screen: Screen) -> int:
    """Run everything dbt can test, from the committed seeds; a warning is a failure."""
    from pipeline.dbt_run import Dbt

    project = Project.at(CODE_ROOT)
    with tempfile.TemporaryDirectory(prefix="community_safety_") as place:
        with screen.stage("Committed seeds are fresh") as stage:
            landing = Path(place) / "landing"
            landing.mkdir()
            build_module.land_reports(project, landing)
            stale = _stale(landing, project.landed)
            if stale:
                raise PipelineError(
                    f"seeds/landed is stale: {', '.join(stale)}; run: make build, and commit them"
                )
            stage.done(f"{len(list(landing.iterdir()))} seeds")
        with screen.stage("dbt, with its unit tests") as stage:
            # Below target, so that the query of a test that fails is there to be looked at.
            copy = workspace(project, project.target / "test", with_landed=True)
            dbt = Dbt(copy.root, {"strict": True})
            dbt.progress = stage.progress
            report = dbt.build(unit_tests=True)
            stage.done(build_module.built(report))
        if report.warned or report.notices:
            raise PipelineError(
                "dbt warns",
                [f"{w.name}: {w.rows} rows; {w.description}" for w in report.warned]
                + list(report.notices),
            )
    return 0


def _stale(landing: Path, landed: Path) -> list[str]:
    """Name the seeds that are not as the reader lands them now."""
    fresh, committed = (
        {name: digest for name, digest in publish.digests(folder).items() if name.endswith(".csv")}
        for folder in (landing, landed)
    )
    return sorted(
        name for name in fresh.keys() | committed.keys() if fresh.get(name) != committed.get(name)
    )


def _published(options: argparse.Namespace) -> tuple[Path, publish.Version]:
    """Find what is published."""
    project = Project.at(CODE_ROOT, None, options.warehouse, include_restricted=options.restricted)
    version = publish.current(project.published)
    if version is None:
        raise PipelineError(f"nothing is published in {project.published} yet; run: make build")
    return project.published, version


def _query(options: argparse.Namespace, screen: Screen) -> int:
    """Answer one query from the published file, which is opened for reading only."""
    import duckdb
    from rich.table import Table
    from rich.text import Text

    published, version = _published(options)
    try:
        with duckdb.connect(str(published / version.record["database"]), read_only=True) as db:
            answer = db.execute(options.sql)
            shown = Table(*(harmless(column[0]) for column in answer.description or []))
            for row in answer.fetchall():
                shown.add_row(*(Text("" if cell is None else harmless(str(cell))) for cell in row))
    except duckdb.Error as error:
        raise PipelineError(str(error).splitlines()[0]) from error
    screen.console.print(shown)
    return 0


def _propose_ledger(options: argparse.Namespace, screen: Screen) -> int:
    """Print the contradictions of what is published."""
    from pipeline import ledger

    published, version = _published(options)
    database = published / str(version.record["database"])
    found = ledger.contradictions(database, only_unreviewed=not options.table)
    sys.stdout.write(ledger.as_table(found) if options.table else ledger.as_rows(found))
    if not options.table:
        # The rows go where standard output goes; what to do with them is for whoever looks.
        print(ledger.advice(found), file=sys.stderr)
    del screen
    return 0


def _status(options: argparse.Namespace, screen: Screen) -> int:
    """Show the summary of what is published, and whether it is still as it was built."""
    published, version = _published(options)
    summary.show(screen, version.record, published, took=0.0)
    if not publish.is_whole(version):
        raise PipelineError("it is not as it was built; make build puts it right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
