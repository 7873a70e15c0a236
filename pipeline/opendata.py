"""The marts as open data: CSV files, a Frictionless data package and CSVW metadata about them."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frictionless import Package

from pipeline.codes import codes_of, unit_of
from pipeline.errors import PipelineError
from pipeline.export import Column, Table
from pipeline.marts import Marts, key_of, open_marts

TITLE = "Community safety performance reports"
ABOUT = (
    "What published performance reports of community safety partnerships say: every number with its"
    " meaning and place, lines over the plans, and every claim checked. The reports belong to their"
    " publishers; the column licence of dim_reports says under which licence each was published,"
    " where the publisher says so."
)
FOLDER = "csv"

# What a column refers to, by its name or, for "numerator_figure_id" and its like, by its ending.
REFERENCES = {
    "report_id": "dim_reports",
    "plan_id": "dim_plans",
    "area_id": "dim_areas",
    "organisation_id": "dim_organisations",
    "period_id": "dim_periods",
    "series_id": "dim_series",
    "indicator_id": "dim_indicators",
    "report_indicator_id": "bridge_report_indicators",
    "cell_id": "fct_cells",
    "figure_id": "fct_figures",
    "check_id": "fct_consistency_checks",
}
# DuckDB's types, as the two vocabularies call them.
TYPES = {
    "VARCHAR": ("string", "string"),
    "BOOLEAN": ("boolean", "boolean"),
    "DATE": ("date", "date"),
    "DOUBLE": ("number", "double"),
    "DECIMAL": ("number", "decimal"),
    "INTEGER": ("integer", "integer"),
    "BIGINT": ("integer", "long"),
}


def build_open_data(warehouse: Path, out: Path) -> int:
    """Write the CSV files and what describes them.

    Parameters
    ----------
    warehouse
        A folder with the published DuckDB file.
    out
        Where ``datapackage.json``, ``csvw-metadata.json`` and the folder ``csv`` are written.

    Returns
    -------
    int
        How many tables were described.

    Raises
    ------
    PipelineError
        If the description is not valid by Frictionless' own rules.
    """
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with open_marts(warehouse) as marts:
        for table in marts.tables:
            marts.write_csv(table, folder / f"{table}.csv")
        package = data_package(marts)
        metadata = csvw(marts)
    problems = [error.message for error in Package.metadata_validate(package)]
    if problems:
        raise PipelineError("the data package does not describe the tables validly", problems)
    _write(out / "datapackage.json", package)
    _write(out / "csvw-metadata.json", metadata)
    return len(package["resources"])


def _write(place: Path, descriptor: Mapping[str, Any]) -> None:
    text = json.dumps(descriptor, indent=2, ensure_ascii=False)
    place.write_text(text + "\n", encoding="utf-8")


def _type_of(column: Column) -> tuple[str, str]:
    """Translate a type for Frictionless and for CSVW; what is not known is text."""
    return TYPES.get(column.type.partition("(")[0], TYPES["VARCHAR"])


def foreign_keys(table: Table, tables: Mapping[str, Table]) -> list[tuple[str, str, str]]:
    """List what a table refers to: its column, the other table and that one's key."""
    found = []
    for column in table.columns:
        key = next(
            (key for key in REFERENCES if column.name == key or column.name.endswith(f"_{key}")),
            None,
        )
        # "report_indicator_id" ends in "indicator_id" and means the longer one.
        if column.name.endswith("report_indicator_id"):
            key = "report_indicator_id"
        if key is None:
            continue
        other = REFERENCES[key]
        is_itself = other == table.name and (column.name,) == key_of(table)
        if other in tables and not is_itself:
            found.append((column.name, other, key))
    return found


def data_package(marts: Marts) -> dict[str, Any]:
    """Describe the tables as a Frictionless data package."""
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": "community-safety",
        "title": TITLE,
        "description": ABOUT,
        "sources": [
            {"title": f"{row['publisher']}: {row['title']}"}
            | ({"path": row["source_url"]} if row["source_url"] else {})
            for row in (marts.rows("dim_reports") if "dim_reports" in marts.tables else [])
        ],
        "resources": [_resource(table, marts.tables) for table in marts.tables.values()],
    }


def _resource(table: Table, tables: Mapping[str, Table]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{FOLDER}/{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.comment or "",
        "schema": {
            "fields": [_field(table, column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(key_of(table)),
            "foreignKeys": [
                {
                    "fields": [column],
                    "reference": {
                        "resource": "" if other == table.name else other,
                        "fields": [key],
                    },
                }
                for column, other, key in foreign_keys(table, tables)
            ],
        },
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.name in key_of(table):
        constraints |= {"required": True, "unique": True}
    field: dict[str, Any] = {
        "name": column.name,
        "type": _type_of(column)[0],
        "description": column.comment or "",
    }
    if unit := unit_of(table, column):
        field["unit"] = unit
    if codes := codes_of(table.name, column.name):
        constraints["enum"] = list(codes)
        # As version 2 of the standard calls them; readers of version 1 leave them be.
        field["categories"] = [{"value": code, "label": label} for code, label in codes.items()]
    return field | ({"constraints": constraints} if constraints else {})


def csvw(marts: Marts) -> dict[str, Any]:
    """Describe the tables by the W3C's vocabulary for CSV on the Web."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": TITLE,
        "dc:description": ABOUT,
        "tables": [
            {
                "url": f"{FOLDER}/{table.name}.csv",
                "dc:title": table.name,
                "dc:description": table.comment or "",
                "tableSchema": {
                    "columns": [_csvw_column(table, column) for column in table.columns],
                    "primaryKey": list(key_of(table)),
                    "foreignKeys": [
                        {
                            "columnReference": [column],
                            "reference": {
                                "resource": f"{FOLDER}/{other}.csv",
                                "columnReference": [key],
                            },
                        }
                        for column, other, key in foreign_keys(table, marts.tables)
                    ],
                },
            }
            for table in marts.tables.values()
        ],
    }


def _csvw_column(table: Table, column: Column) -> dict[str, Any]:
    """Describe a column for CSVW; its codes are a pattern of its datatype and a SKOS scheme."""
    codes = codes_of(table.name, column.name)
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "datatype": {"base": "string", "format": "|".join(map(re.escape, codes))}
        if codes
        else _type_of(column)[1],
        "dc:description": column.comment or "",
        "required": column.name in key_of(table),
    }
    if unit := unit_of(table, column):
        described["schema:unitText"] = unit
    if codes:
        described["skos:inScheme"] = {
            "@type": "skos:ConceptScheme",
            "skos:hasTopConcept": [
                {"@type": "skos:Concept", "skos:notation": code, "skos:prefLabel": label}
                for code, label in codes.items()
            ],
        }
    return described


def main() -> int:
    """Describe the published tables once more."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.opendata", description=main.__doc__)
    parser.add_argument("--warehouse", type=Path, default=Path("warehouse"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    try:
        tables = build_open_data(given.warehouse, given.out)
    except PipelineError as error:
        print(f"open data: {error}", *error.details, sep="\n  ", file=sys.stderr)
        return 1
    print(f"open data: {tables} tables described in {given.out / 'datapackage.json'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
