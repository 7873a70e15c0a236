"""The data package and the CSVW metadata: valid, true, and enough to load everything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from frictionless import Package

from pipeline.codes import VOCABULARIES
from pipeline.marts import key_of, open_marts
from pipeline.opendata import build_open_data, foreign_keys
from tests.published import ROOT, warehouse


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("open_data")
    build_open_data(warehouse(), out)
    return out


@pytest.fixture(scope="module")
def vocabularies() -> dict[str, list[str]]:
    """The closed vocabularies that the models are tested with."""
    text = (ROOT / "macros" / "vocabulary.sql").read_text(encoding="utf-8")
    return {
        name: re.findall(r'"([^"]+)"', codes)
        for name, codes in re.findall(r'"(\w+)": \[(.*?)\]', text, flags=re.DOTALL)
    }


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


def coded_columns() -> dict[tuple[str, str], str]:
    """The columns of marts that the models' tests hold to a vocabulary, with its name."""
    found: dict[tuple[str, str], str] = {}
    for place in sorted((ROOT / "models" / "marts").rglob("_*__models.yml")):
        for model in yaml.safe_load(place.read_text(encoding="utf-8"))["models"]:
            for test in model.get("data_tests", ()):
                if "expect_codes_from_vocabularies" in test:
                    columns = test["expect_codes_from_vocabularies"]["arguments"]["columns"]
                    found |= {(model["name"], column): name for column, name in columns.items()}
    return found


def test_codes_are_those_of_the_models(vocabularies: dict[str, list[str]]) -> None:
    described = {name: set(codes) for name, codes in VOCABULARIES.items()}
    assert described == {name: set(codes) for name, codes in vocabularies.items()}
    assert all(text for codes in VOCABULARIES.values() for text in codes.values())


def test_every_coded_column_has_its_codes_described_in_both_descriptions(
    folder: Path, vocabularies: dict[str, list[str]]
) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        (resource["name"], field["name"]): field
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    metadata = json.loads((folder / "csvw-metadata.json").read_text(encoding="utf-8"))
    columns = {
        (table["dc:title"], column["name"]): column
        for table in metadata["tables"]
        for column in table["tableSchema"]["columns"]
    }
    coded = coded_columns()
    assert len(coded) > 50
    for place, name in coded.items():
        codes = set(vocabularies[name])
        assert set(fields[place]["constraints"]["enum"]) == codes, place
        assert {entry["value"] for entry in fields[place]["categories"]} == codes, place
        assert all(entry["label"] for entry in fields[place]["categories"]), place
        for code in codes:
            assert re.fullmatch(columns[place]["datatype"]["format"], code), place
        concepts = columns[place]["skos:inScheme"]["skos:hasTopConcept"]
        assert {concept["skos:notation"] for concept in concepts} == codes, place
    # And no column is described as coded that the models do not hold to its codes.
    assert {place for place, field in fields.items() if "categories" in field} == coded.keys()


def test_a_measure_says_its_unit_and_whether_it_adds_up(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    measures = 0
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if field["type"] == "number" or field.get("unit") == "count":
                measures += 1
                assert field["unit"], (resource["name"], field["name"])
                said = re.findall(
                    r"Adds up (?:only where `is_additive` is true|over reports)|"
                    r"Must not be added up",
                    field["description"],
                )
                assert len(said) == 1, (resource["name"], field["name"])
    assert measures > 50


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
