"""The project itself, from its reports to what is published, as `make build` does it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from pipeline import publish
from pipeline.expectations.published import TABLES, secrets
from pipeline.project import CODE_ROOT, Project, workspace

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
    """Copy the project with its five reports."""
    copy = workspace(
        Project.at(CODE_ROOT),
        tmp_path_factory.mktemp("whole") / "it's the project",
        with_landed=True,
    )
    shutil.copytree(REPORTS, copy.root / "ingest" / "reports")
    return Project.at(copy.root)


@pytest.fixture(scope="module")
def version(project: Project) -> publish.Version:
    """Publish the project."""
    printed = build(project)
    assert "Published" in printed
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
    query = "select count_if(is_restricted) from marts.bridge_report_indicators"
    counted = []
    for file in ("community_safety.duckdb", "restricted/community_safety_restricted.duckdb"):
        with duckdb.connect(str(project.warehouse / file), read_only=True) as db:
            counted += [row[0] for row in db.sql(query).fetchall()]
    assert counted[0] == 0
    assert counted[1] > 0
    assert publish.current(project.published) == version
