"""A published warehouse to test what is made from it: the committed seeds, built once.

Building takes some seconds, so it is kept below ``target`` under the hash of all that dbt reads;
test processes that run at the same time wait for the one that builds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
from filelock import FileLock

from pipeline.export import export
from pipeline.project import DATABASE, dbt_paths

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "target" / "published_for_tests"

# Texts that come from reports and reach a page, by table.
FREE_TEXTS = {
    "bridge_report_indicators": ("measure", "section", "ref"),
    "bridge_indicator_matches": ("reason",),
    "dim_reports": ("title", "partnership", "publisher", "plan", "area"),
    "dim_indicators": ("indicator_name", "definition", "theme"),
    "dim_organisations": ("organisation_name",),
    "dim_series": ("series_name",),
    "dim_areas": ("area_name",),
    "fct_cells": ("text", "header"),
    "fct_figures": ("statement", "note"),
    "fct_data_gaps": ("words",),
    "fct_target_outcomes": ("words",),
    "fct_statuses": ("status_printed", "note"),
    "fct_consistency_checks": ("explanation",),
    "indicator_timeline": ("area_name", "indicator_name", "caveat", "citation", "break_reason"),
}


def _files() -> list[Path]:
    """List what dbt reads to make the marts; its data tests take no part."""
    return [
        path
        for place in dbt_paths(ROOT)
        if place.name not in ("tests", "dbt", "analyses")
        for path in (sorted(place.rglob("*")) if place.is_dir() else [place])
        if path.is_file() and path.suffix in (".sql", ".yml", ".csv", ".md")
    ]


def warehouse() -> Path:
    """Give a folder with the published DuckDB file and Parquet files of the committed seeds."""
    files = _files()
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    place = KEPT / digest.hexdigest()[:16]
    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(KEPT / ".lock"):
        if not (place / "marts").is_dir():
            for old in KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _build(files, place)
    return place


def _build(files: list[Path], place: Path) -> None:
    """Build the marts in a copy of the project, then export them."""
    work = KEPT / "work"
    for path in files:
        copy = work / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    # Generic tests and the singular tests of the project are macros that models' YAML names.
    shutil.copytree(ROOT / "tests" / "dbt", work / "tests" / "dbt", dirs_exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "build", "--exclude-resource-type",
         "test", "unit_test", "--profiles-dir", "."],
        cwd=work,
        env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    draft = KEPT / "draft"
    draft.mkdir()
    export(work / "target" / f"{DATABASE}.duckdb", draft, "for-tests")
    shutil.rmtree(work)
    draft.rename(place)


def changed(copy: Path, statements: list[str]) -> Path:
    """Copy the warehouse's DuckDB file to a folder and change what it holds."""
    copy.mkdir(parents=True, exist_ok=True)
    file = copy / f"{DATABASE}.duckdb"
    shutil.copyfile(warehouse() / file.name, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute("use marts")
        for statement in statements:
            connection.execute(statement)
    return copy


def hostile(copy: Path, text: str) -> Path:
    """Copy the warehouse and put a text at the end of everything that a report could say."""
    quoted = text.replace("'", "''")
    return changed(
        copy,
        [
            f"update {table} set {column} = {column} || '{quoted}' where {column} is not null"
            for table, columns in FREE_TEXTS.items()
            for column in columns
        ],
    )
