"""What ``docs/connect.md`` tells people to do, done: every block that can run here is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from pipeline.opendata import build_open_data
from tests.published import ROOT, warehouse

PAGE = (ROOT / "docs" / "connect.md").read_text(encoding="utf-8")
OLDER = ROOT / "tests" / "connect" / "duckdb-1.2.txt"
_BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", flags=re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    """List the page's blocks of one language."""
    return [text for name, text in _BLOCK.findall(PAGE) if name == language]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``warehouse/`` is, as in the clone of whoever follows the page."""
    place = tmp_path_factory.mktemp("reader")
    published = place / "warehouse"
    published.mkdir()
    for entry in warehouse().iterdir():
        (published / entry.name).symlink_to(entry)
    build_open_data(published, published)
    return place


def test_there_is_something_to_run() -> None:
    assert len(blocks("python")) >= 6
    assert len(blocks("sql")) >= 3
    assert len(blocks("r")) == 1


@pytest.mark.parametrize("block", blocks("python"), ids=lambda text: text.split()[1])
def test_a_block_of_python_runs(reader: Path, block: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=reader, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", blocks("sql"))
def test_a_block_of_sql_has_an_answer(
    reader: Path, block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reader)
    with duckdb.connect("warehouse/community_safety.duckdb", read_only=True) as marts:
        assert marts.sql(block).fetchall()


def test_the_page_offers_no_connection_that_could_write() -> None:
    for line in PAGE.splitlines():
        if re.search(r"duckdb\.connect\(|dbdir|duckdb:/{3,}|Driver=|duckdb -", line):
            assert re.search(r"read_only=True|read_only = TRUE|READ_ONLY|-readonly", line), line


@pytest.fixture(scope="session")
def older_client() -> Path:
    """DuckDB 1.2, beside the one the project uses, fetched once by its hash."""
    place = ROOT / "target" / "duckdb-1.2"
    with FileLock(ROOT / "target" / "duckdb-1.2.lock"):
        if not (place / "duckdb" / "__init__.py").is_file():
            done = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--no-deps",
                 "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:",
                 "--target", str(place), "--requirement", str(OLDER)],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode != 0 and not os.environ.get("CI"):
                pytest.skip("NOT TESTED with DuckDB 1.2, which cannot be fetched: " + done.stderr)
            assert done.returncode == 0, done.stderr
    return place


def test_a_client_of_duckdb_1_2_reads_every_table(reader: Path, older_client: Path) -> None:
    script = """
import duckdb
assert duckdb.__version__.startswith("1.2."), duckdb.__version__
marts = duckdb.connect("warehouse/community_safety.duckdb", read_only=True)
names = [name for (name,) in marts.execute(
    "select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()]
assert len(names) > 15, names
for name in names:
    marts.execute(f"select * from marts.{name}").fetchall()
    read = marts.execute(f"select count(*) from 'warehouse/marts/{name}.parquet'").fetchone()
    assert read == marts.execute(f"select count(*) from marts.{name}").fetchone(), name
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=reader,
        env={**os.environ, "PYTHONPATH": str(older_client)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_keys_are_named_alike_and_lead_to_one_row() -> None:
    file = str(warehouse() / "community_safety.duckdb")
    with duckdb.connect(file, read_only=True) as marts:
        for dimension, key in {
            "dim_reports": "report_id",
            "dim_areas": "area_id",
            "dim_periods": "period_id",
            "dim_series": "series_id",
            "dim_indicators": "indicator_id",
            "bridge_report_indicators": "report_indicator_id",
        }.items():
            assert marts.sql(
                f"select count(*) = count(distinct {key}) from marts.{dimension}"
            ).fetchone() == (True,)
        # Labels sort as time does, for tools that can only sort a text.
        by_key = marts.sql("select period_id from marts.dim_periods order by period_sort_key")
        by_label = marts.sql("select period_id from marts.dim_periods order by period_sort_label")
        assert len(by_key.fetchall()) == len(by_label.fetchall()) > 20
        # What must not be summed is not marked as if it might.
        assert marts.sql(
            "select count(*) from marts.indicator_timeline"
            " where is_additive and (unit <> 'count' or basis <> 'quarter')"
        ).fetchone() == (0,)
