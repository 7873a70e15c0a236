"""The data package and the CSVW metadata: valid, true, and enough to load everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Package

from pipeline.marts import key_of, open_marts
from pipeline.opendata import build_open_data, foreign_keys
from tests.published import warehouse


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("open_data")
    build_open_data(warehouse(), out)
    return out


def _errors(report: Any) -> Iterator[str]:
    for error in report.errors:
        yield error.message
    for task in report.tasks:
        for error in task.errors:
            yield f"{task.name}: {error.message}"


def test_frictionless_finds_every_row_as_it_is_described(folder: Path) -> None:
    report = Package.from_descriptor(str(folder / "datapackage.json")).validate()
    assert not list(_errors(report))
    assert report.valid


def test_every_table_and_column_is_described(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    with open_marts(warehouse()) as marts:
        assert {resource["name"] for resource in package["resources"]} == set(marts.tables)
    for resource in package["resources"]:
        assert resource["description"], resource["name"]
        for field in resource["schema"]["fields"]:
            assert field["description"], (resource["name"], field["name"])


def test_keys_are_keys_and_what_is_referred_to_is_there() -> None:
    file = str(warehouse() / "community_safety.duckdb")
    with open_marts(warehouse()) as marts, duckdb.connect(file, read_only=True) as connection:
        referring = 0
        for table in marts.tables.values():
            (key,) = key_of(table)
            counted = connection.sql(
                f"select count(*), count(distinct {key}) from marts.{table.name}"
            ).fetchone()
            assert counted is not None
            assert counted[0] == counted[1], table.name
            for column, other, other_key in foreign_keys(table, marts.tables):
                referring += 1
                lost = connection.sql(
                    f"select count(*) from marts.{table.name} where {column} is not null"
                    f" and {column} not in (select {other_key} from marts.{other})"
                ).fetchone()
                assert lost == (0,), (table.name, column)
    assert referring > 50


def test_csvw_describes_the_columns_in_their_order(folder: Path) -> None:
    metadata = json.loads((folder / "csvw-metadata.json").read_text(encoding="utf-8"))
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    urls = {table["url"] for table in metadata["tables"]}
    for table in metadata["tables"]:
        header = (folder / table["url"]).read_text(encoding="utf-8").partition("\n")[0]
        columns = table["tableSchema"]["columns"]
        assert header.split(",") == [column["name"] for column in columns]
        for key in table["tableSchema"]["foreignKeys"]:
            assert key["reference"]["resource"] in urls


def test_csv_holds_what_the_database_holds(folder: Path) -> None:
    file = str(warehouse() / "community_safety.duckdb")
    with duckdb.connect(file, read_only=True) as connection:
        for place in sorted((folder / "csv").glob("*.csv")):
            types = dict(
                connection.execute(
                    "select column_name, data_type from duckdb_columns() where table_name = ?",
                    [place.stem],
                ).fetchall()
            )
            read = connection.read_csv(str(place), header=True, dtype=types, quotechar='"')
            kept = connection.table(f"marts.{place.stem}")
            assert len(kept.except_(read).fetchall()) == 0, place.stem
            assert len(kept) == len(read), place.stem
