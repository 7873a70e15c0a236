"""The build from end to end, on a small stand-in project; what it says, and what it leaves."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import cli, publish
from pipeline.build import Request
from pipeline.console import Screen
from pipeline.fingerprint import fingerprint
from pipeline.project import CODE_ROOT, Project, input_files, workspace
from tests.python import standin


def run(project: Project, *options: str) -> subprocess.CompletedProcess[str]:
    """Build a stand-in project in a process of its own, as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "tests.python.standin", "build", str(project.root), *options],
        cwd=CODE_ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """Build a stand-in project once; gives it and what the build printed."""
    project = standin.make(tmp_path_factory.mktemp("standin"))
    done = run(project)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return project, done.stdout


@pytest.fixture
def project(built: tuple[Project, str], tmp_path: Path) -> Project:
    """Copy the built project, so that a test may spoil it, to a place with an awkward name."""
    # No apostrophe: dbt-duckdb's own seeds (the project has others) do not quote it.
    place = tmp_path / 'a "place" – Ümlaut; {{ }}'
    subprocess.run(["cp", "-a", str(built[0].root), str(place)], check=True)
    return Project.at(place)


def test_build_publishes_one_whole_set(built: tuple[Project, str]) -> None:
    project, _ = built
    assert standin.look(project.published) == "first"
    assert standin.litter(project) == []
    assert (project.published / "data_docs" / "index.html").is_file()


def test_log_of_a_build_reads_line_by_line(built: tuple[Project, str]) -> None:
    stages = [line for line in built[1].splitlines() if re.search(r"\(\d+\.\d s\)$", line)]
    assert [line[:33].strip() for line in stages] == [
        "Reading the reports",
        "Checking what landed",
        "Building and testing the models",
        "Writing DuckDB and Parquet",
        "Writing the site",
        "Checking what is published",
        "Putting it in place",
    ]
    assert "1 seeds, 2 models, 2 tests" in built[1]
    assert "\x1b" not in built[1]
    assert "Published" in built[1]


def test_second_run_with_nothing_changed_says_so_and_touches_nothing(project: Project) -> None:
    before = publish.current(project.published)
    done = run(project)
    assert done.returncode == 0, done.stderr
    assert "Nothing has changed since the build of" in done.stdout
    assert "Published" in done.stdout
    assert publish.current(project.published) == before


def test_forced_run_builds_again(project: Project) -> None:
    before = publish.current(project.published)
    done = run(project, "--force")
    assert done.returncode == 0, done.stderr
    assert publish.current(project.published) != before


@pytest.mark.parametrize(
    "change",
    [
        "ingest/reports/report.txt",
        "models/dim_things.sql",
        "macros/schemas.sql",
        "profiles.yml",
        "seeds/landed/landed_things.csv",
        "warehouse/current/marts/dim_things.parquet",
    ],
)
def test_any_change_is_noticed(project: Project, change: str) -> None:
    version = publish.current(project.published)
    assert version is not None
    made_of = fingerprint(project, Request(project).dbt_variables)
    assert made_of == version.record["fingerprint"]
    with (project.root / change).open("ab") as file:
        file.write(b"\n")
    is_same = (
        fingerprint(project, Request(project).dbt_variables) == made_of
        and publish.digests(project.landed) == version.record["landed"]
        and publish.is_whole(version)
    )
    assert not is_same


@pytest.mark.parametrize(
    "change",
    [
        "pipeline/site/templates/report.html",
        "pipeline/site/static/site.css",
        "pipeline/site/pages/plans.py",
        "pipeline/words.py",
        "pipeline/workbook.py",
        "pipeline/opendata.py",
        "ingest/layout/tables.py",
        "requirements.txt",
    ],
)
def test_any_change_of_code_is_noticed(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """What is published depends on the code that presents it too, and is made anew with it."""
    code = tmp_path / "code"
    for name in ("ingest", "pipeline"):
        shutil.copytree(CODE_ROOT / name, code / name)
    shutil.copyfile(CODE_ROOT / "requirements.txt", code / "requirements.txt")
    monkeypatch.setattr("pipeline.project.CODE_ROOT", code)
    variables = Request(project).dbt_variables
    made_of = fingerprint(project, variables)
    (code / "pipeline" / "__pycache__").mkdir(exist_ok=True)
    (code / "pipeline" / "__pycache__" / "new.pyc").touch()
    assert fingerprint(project, variables) == made_of
    with (code / change).open("ab") as file:
        file.write(b"\n")
    assert fingerprint(project, variables) != made_of


def test_changed_report_gives_a_new_version_and_keeps_the_one_before(project: Project) -> None:
    first = publish.current(project.published)
    assert first is not None
    (project.reports / "report.txt").write_text("second", encoding="utf-8")
    done = run(project)
    assert done.returncode == 0, done.stderr
    second = publish.current(project.published)
    assert second is not None
    assert second.record["previous"] == first.build_id
    assert standin.look(project.published) == "second"
    assert standin.litter(project) == []


@pytest.mark.parametrize(
    "file, text, said",
    [
        ("ingest/reports/report.txt", "", "build failed: report.txt: the file is empty\n"),
        ("models/dim_things.sql", "select 1 as thing_id", "build failed: dbt: 1 of 5 steps failed"),
        ("models/dim_things.sql", "select 1 from {{ ref('x') }}", "dbt cannot read the project"),
        ("models/extra.sql", "select {{ 1 }", "build failed: dbt cannot read the project: "),
        ("dbt_project.yml", "name: [", "build failed: dbt_project.yml cannot be read"),
        (
            "models/fct_things.sql",
            "select 1 as double_id from {{ ref('dim_things') }}",
            "test unique_fct_things_double_id (models/models.yml)",
        ),
    ],
    ids=["empty report", "contract", "unknown ref", "no Jinja", "no YAML", "failing test"],
)
def test_failed_build_says_why_and_leaves_what_was_published(
    project: Project, file: str, text: str, said: str
) -> None:
    (project.root / file).write_text(text, encoding="utf-8")
    done = run(project)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert standin.look(project.published) == "first"
    assert standin.litter(project) == []


def test_gate_that_does_not_open_stops_the_build_before_the_seeds_are_replaced(
    project: Project,
) -> None:
    (project.reports / "report.txt").write_text("second", encoding="utf-8")
    done = run(project, "--closed")
    assert done.returncode == 1
    assert done.stderr == (
        "build failed: the reports have not landed as they should\n"
        "  landed things: something is wrong\n"
    )
    assert "first" in (project.landed / "landed_things.csv").read_text(encoding="utf-8")
    assert standin.look(project.published) == "first"
    assert standin.litter(project) == []


def test_reports_from_elsewhere_leave_the_committed_seeds_alone(
    project: Project, tmp_path: Path
) -> None:
    before = publish.digests(project.landed)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "report.txt").write_text("other", encoding="utf-8")
    places = ["--reports", str(elsewhere), "--warehouse", str(tmp_path / "warehouse")]
    done = run(project, *places)
    assert done.returncode == 0, done.stderr
    assert standin.look(tmp_path / "warehouse") == "other"
    assert standin.look(project.published) == "first"
    assert publish.digests(project.landed) == before
    assert "Nothing has changed" in run(project, *places).stdout


def test_restricted_build_writes_other_files_elsewhere(project: Project) -> None:
    public = publish.current(project.published)
    done = run(project, "--restricted")
    assert done.returncode == 0, done.stderr
    restricted = publish.current(project.warehouse / "restricted")
    assert restricted is not None
    assert restricted.record["database"] == "community_safety_restricted.duckdb"
    assert (project.warehouse / "restricted" / "community_safety_restricted.duckdb").is_file()
    assert not (project.warehouse / "restricted" / "community_safety.duckdb").exists()
    assert publish.current(project.published) == public
    assert standin.look(project.published) == "first"
    assert "Nothing has changed" in run(project).stdout  # neither build undoes the other


def test_build_does_not_depend_on_what_an_earlier_one_left(project: Project) -> None:
    project.build_file.write_bytes(b"no database")
    project.landing.mkdir(exist_ok=True)
    (project.landing / "landed_things.csv").write_text("torn", encoding="utf-8")
    done = run(project, "--force")
    assert done.returncode == 0, done.stderr
    assert standin.look(project.published) == "first"


def test_inputs_are_what_decides_the_outcome_and_nothing_else() -> None:
    project = Project.at(CODE_ROOT)
    names = {name for name, _ in input_files(project)}
    assert {"dbt_project.yml", "profiles.yml", "requirements.txt"} <= names
    assert {"ingest/model.py", "pipeline/publish.py", "reports/manifest.yml"} <= names
    assert not any(name.startswith("seeds/landed/") and name.endswith(".csv") for name in names)
    assert not any("__pycache__" in name for name in names)


def test_workspace_copies_what_dbt_reads_but_landed_seeds(project: Project, tmp_path: Path) -> None:
    copy = workspace(project, tmp_path / "copy")
    assert (copy.root / "models" / "dim_things.sql").is_file()
    assert not list(copy.root.glob("seeds/landed/*.csv"))
    full = workspace(project, tmp_path / "full", with_landed=True)
    assert list(full.root.glob("seeds/landed/*.csv"))


class TestCommandLine:
    """What is asked for wrongly is answered in one line."""

    @pytest.mark.parametrize(
        "arguments, said",
        [
            (["build", "--reports", "/no/such"], "/no/such: there is no such folder of reports"),
            (["build", "--vars", "{"], "--vars '{' is no YAML"),
            (["build", "--vars", "[1]"], "names no variables"),
            (["build", "--vars", "include_restricted: maybe"], "include_restricted is true or"),
            (["query", "--warehouse", "/no/such", "select 1"], "nothing is published in /no/such"),
            (["status", "--warehouse", "/no/such"], "nothing is published in /no/such"),
        ],
        ids=["reports", "YAML", "mapping", "boolean", "query", "status"],
    )
    def test_mistakes_are_told_in_one_line(
        self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(arguments) == 1
        told = capsys.readouterr().err
        assert said in told
        assert told.count("\n") == 1

    @pytest.mark.parametrize(
        "text, variables",
        [
            ("", {}),
            ("include_restricted", {"include_restricted": True}),
            ("include_restricted: true", {"include_restricted": True}),
            ("{include_restricted: false, strict: true}", {"include_restricted": False}),
        ],
    )
    def test_variables_are_a_mapping_or_names(self, text: str, variables: dict[str, bool]) -> None:
        assert variables.items() <= cli._variables(text).items()

    def test_query_shows_rows_and_refuses_to_write(
        self, built: tuple[Project, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        place = ["--warehouse", str(built[0].warehouse)]
        count = "select count(*) as things from marts.dim_things"
        assert cli.main(["query", *place, count]) == 0
        assert re.search(r"things.*2000", capsys.readouterr().out, re.DOTALL)
        assert cli.main(["query", *place, "drop table marts.dim_things"]) == 1
        assert "read-only" in capsys.readouterr().err
        assert cli.main(["query", *place, "select"]) == 1
        assert "Traceback" not in capsys.readouterr().err

    def test_status_tells_when_the_warehouse_was_changed(
        self, project: Project, capsys: pytest.CaptureFixture[str]
    ) -> None:
        place = ["--warehouse", str(project.warehouse)]
        assert cli.main(["status", *place]) == 0
        (project.warehouse / "marts" / "dim_things.parquet").write_bytes(b"")
        assert cli.main(["status", *place]) == 1
        assert "make build puts it right" in capsys.readouterr().err


def test_what_a_terminal_would_obey_is_shown_instead(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().say("two\nlines, a\ttab, \x1b[31mred\x07, [bold]b[/] and \u202eturned")
    assert capsys.readouterr().out == (
        "two\nlines, a    tab, \\x1b[31mred\\x07, [bold]b[/] and \\u202eturned\n"
    )
