"""The project itself, from its reports to what is published, as `make build` does it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml

from ingest.__main__ import main as ingest
from pipeline import publish
from pipeline.expectations.published import TABLES, secrets
from pipeline.project import CODE_ROOT, Project, workspace
from tests.python import confidential
from tests.python.test_site import Page

REPORTS = CODE_ROOT / "ingest" / "reports"


def build(project: Project, *options: str) -> str:
    """Build the project in a process of its own; gives what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "build", "--project", str(project.root), *options],
        cwd=CODE_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Copy the project with its five reports, and add two invented ones full of secrets."""
    copy = workspace(
        Project.at(CODE_ROOT),
        tmp_path_factory.mktemp("whole") / "it's the project",
        with_landed=True,
    )
    shutil.copytree(REPORTS, copy.root / "ingest" / "reports")
    draft = tmp_path_factory.mktemp("draft") / "draft.txt"
    copied = Project.at(copy.root)
    places = ["--reports", str(copied.reports), "--seeds", str(copied.landed)]
    for report in (confidential.REPORT, confidential.WHOLLY_RESTRICTED):
        draft.write_text(report, encoding="utf-8")
        assert ingest(["add", str(draft), "--yes", "--no-audit", *places]) == 0
    return copied


@pytest.fixture(scope="module")
def version(project: Project) -> publish.Version:
    """Publish the project."""
    printed = build(project)
    assert "Published" in printed
    for secret in (confidential.NAMES, confidential.RESTRICTED):
        assert confidential.told(printed, secret) == set()
    assert "Try:" in printed
    found = publish.current(project.published)
    assert found is not None
    assert publish.is_whole(found)
    return found


def test_every_table_of_the_contract_is_published_in_both_forms(
    project: Project, version: publish.Version
) -> None:
    with duckdb.connect(str(project.published / "community_safety.duckdb"), read_only=True) as db:
        in_duckdb = {
            table: (comment, rows)
            for table, comment, rows in db.sql(
                "select table_name, comment, estimated_size from duckdb_tables()"
                " where schema_name = 'marts'"
            ).fetchall()
        }
        undescribed = db.sql(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'marts' and coalesce(comment, '') = ''"
        ).fetchall()
        keyed = db.sql(
            "select table_name from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    assert set(TABLES) <= in_duckdb.keys()
    assert {table for (table,) in keyed} == in_duckdb.keys()
    assert all(comment for comment, _ in in_duckdb.values())
    assert undescribed == []
    in_parquet = {
        path.stem: pq.ParquetFile(path).metadata.num_rows
        for path in (project.published / "marts").glob("*.parquet")
    }
    assert in_parquet == {table: rows for table, (_, rows) in in_duckdb.items()}


def test_no_file_of_the_set_holds_a_withheld_name(
    project: Project, version: publish.Version
) -> None:
    """Look at bytes: in pages, records and metadata too, wherever they are not compressed."""
    names = secrets(project.landed, with_restricted=False).names
    assert names
    for path in version.path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [name for name in names if name.encode() in data], path.name


@pytest.mark.parametrize(
    "secret", [confidential.NAMES, confidential.RESTRICTED], ids=["names", "restricted"]
)
class TestConfidential:
    """Nothing of an invented report's officers and restricted rows is anywhere in what is out."""

    def test_it_is_there_to_be_found(self, project: Project, secret: re.Pattern[str]) -> None:
        """The search finds every one of the secrets where they are known to be."""
        landed = confidential.of_files(project.landed, secret)
        reports = confidential.REPORT + confidential.WHOLLY_RESTRICTED
        wanted = {word.lower() for word in confidential.told(reports, secret)}
        assert len(wanted) in (len(confidential.OFFICERS), len(confidential.WITHHELD_WORDS)
                               + len(confidential.WITHHELD_NUMBERS))  # fmt: skip
        assert {word.lower() for word in landed["landed_segments.csv"]} >= wanted

    def test_no_column_of_any_table_tells(
        self, project: Project, version: publish.Version, secret: re.Pattern[str]
    ) -> None:
        database = project.published / "community_safety.duckdb"
        assert confidential.of_tables(database, secret) == {}
        with duckdb.connect(str(database), read_only=True) as connection:
            rows = connection.sql("select free_blocks from pragma_database_size()").fetchall()
        assert rows == [(0,)]  # nothing that was deleted is left in the file

    def test_no_file_of_any_kind_tells(
        self, project: Project, version: publish.Version, secret: re.Pattern[str]
    ) -> None:
        names = {path.suffix for path in version.path.rglob("*") if path.is_file()}
        assert {".csv", ".duckdb", ".html", ".json", ".parquet", ".svg", ".xlsx"} <= names
        assert (version.path / "data_docs" / "index.html").is_file()
        assert any("dbt" in path.name for path in (version.path / "site").rglob("*.html"))
        assert confidential.of_files(project.warehouse, secret) == {}


def test_what_is_not_withheld_of_the_same_report_is_published(version: publish.Version) -> None:
    """The report is there: its own numbers, and its words around the names."""
    with duckdb.connect(str(version.path / "community_safety.duckdb"), read_only=True) as db:
        texts = db.sql(
            "select text from marts.fct_cells where report_id = 'wexcombe_2017_18_q2'"
        ).fetchall()
    told = "\n".join(text for (text,) in texts)
    assert "Reduce burglary, as agreed with [name withheld]" in told
    assert "[name withheld] to provide further update." in told
    assert "Wexcombe Police - [name withheld]" in told
    assert "Data awaited; [name withheld] (CRC) to chase 3 partners" in told


def test_one_report_alone_builds(project: Project, tmp_path: Path) -> None:
    manifest = yaml.safe_load((REPORTS / "manifest.yml").read_text(encoding="utf-8"))
    entry = manifest["reports"][0]
    (tmp_path / "reports").mkdir()
    shutil.copy(REPORTS / entry["file"], tmp_path / "reports")
    (tmp_path / "reports" / "manifest.yml").write_text(
        yaml.safe_dump({"reports": [entry]}), encoding="utf-8"
    )
    warehouse = tmp_path / "warehouse"
    printed = build(project, "--reports", str(tmp_path / "reports"), "--warehouse", str(warehouse))
    assert "1 reports" in printed
    with duckdb.connect(str(warehouse / "community_safety.duckdb"), read_only=True) as db:
        assert db.sql("select report_id from marts.dim_reports").fetchall() == [
            (entry["report_id"],)
        ]


def test_restricted_rows_are_published_apart_and_only_when_asked_for(
    project: Project, version: publish.Version
) -> None:
    printed = build(project, "--vars", "include_restricted: true")
    assert "Restricted rows included: not for publication" in printed
    restricted = project.warehouse / "restricted" / "community_safety_restricted.duckdb"
    assert confidential.of_tables(restricted, confidential.NAMES) == {}
    told = confidential.of_tables(restricted, confidential.RESTRICTED)
    assert set().union(*told.values()) >= {"zyzzogeton", "4861193.0000", "pangolin"}
    query = "select count_if(is_restricted) from marts.bridge_report_indicators"
    counted = []
    for file in ("community_safety.duckdb", "restricted/community_safety_restricted.duckdb"):
        with duckdb.connect(str(project.warehouse / file), read_only=True) as db:
            counted += [row[0] for row in db.sql(query).fetchall()]
    assert counted[0] == 0
    assert counted[1] > 0
    assert publish.current(project.published) == version


def test_a_hostile_report_is_published_as_the_text_it_is(project: Project, tmp_path: Path) -> None:
    """What a report says is data at every step: to dbt, to the pages, to Excel and to CSV."""
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    jinja = "{{ env_var('HOME') }} {% set x = 1 %}{# y #}"
    formula = "=cmd|' /C calc'!A0"
    sql = "'); drop table fct_figures; --"
    hostile = (script, jinja, formula, sql, "\"quoted\" 'text' & </td></table>")
    rows = "".join(
        f"1.{number}\tReduce {words}\t{number + 10} offences {words}, down 2 from {number + 12}"
        f"\t{words}\n"
        for number, words in enumerate(hostile, start=1)
    )
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "hostile.txt").write_text(
        f"Ref\tPerformance Measure\tQuarter 1 {script}\tComments\n{rows}", encoding="utf-8"
    )
    entry = {
        "report_id": "example_2015_16_q1",
        "file": "hostile.txt",
        "area": f"Example {script}",
        "partnership": f"Safer Example {jinja}",
        "publisher": "Example Council",
        "plan": "Community Safety Plan 2014-2017",
        "financial_year": "2015/16",
        "as_at_quarter": 1,
        "title": f"Example {script}",
    }
    (reports / "manifest.yml").write_text(yaml.safe_dump({"reports": [entry]}), encoding="utf-8")
    warehouse = tmp_path / "warehouse"
    build(project, "--reports", str(reports), "--warehouse", str(warehouse))

    with duckdb.connect(str(warehouse / "community_safety.duckdb"), read_only=True) as db:
        comments = db.sql("select text from marts.fct_cells where source_cell = 'comments'")
        assert {text for (text,) in comments.fetchall()} == set(hostile)
        assert db.sql("select count(*) >= 10 from marts.fct_figures").fetchone() == (True,)
    pages = [path for path in (warehouse / "site").rglob("*.html") if path.name != "dbt_docs.html"]
    report = (warehouse / "site" / "reports" / "example-2015-16-q1.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in report
    assert "{{ env_var(&#39;HOME&#39;) }}" in report
    for path in pages:
        page = Page(path)
        assert not page.handlers, path.name
        assert not page.unbalanced, path.name
        assert "img" not in page.tags, path.name
        assert page.tags["script"] <= 2, path.name
    for sheet in openpyxl.load_workbook(warehouse / "community_safety.xlsx"):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), sheet.title
