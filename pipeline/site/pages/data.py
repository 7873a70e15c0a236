"""The data itself: files to load, and every table and column described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import words
from pipeline.codes import codes_of
from pipeline.marts import key_of
from pipeline.site.library import Library

DOWNLOADS = (
    ("community_safety.xlsx", "Excel workbook", "Tidy tables with notes, for Excel and others"),
    ("*.duckdb", "DuckDB file", "All tables with keys and descriptions, for SQL and BI tools"),
    ("marts", "Parquet files", "The same tables, one file each"),
    ("csv", "CSV files", "The same tables once more, described by the two files below"),
    ("datapackage.json", "Data package", "Types, keys, units and codes for Frictionless tools"),
    ("csvw-metadata.json", "CSVW metadata", "The same for CSV on the Web tools"),
)


def context(library: Library, warehouse: Path, *, has_dbt_docs: bool) -> dict[str, Any]:
    """Gather the page; a download is offered where the folder above the site will hold it."""
    databases = sorted(path.name for path in warehouse.glob("*.duckdb"))
    return {
        "downloads": [
            {
                "file": databases[0] if name == "*.duckdb" and databases else name,
                "title": title,
                "about": about,
            }
            for name, title, about in DOWNLOADS
        ],
        "has_dbt_docs": has_dbt_docs,
        "tables": [
            {
                "table": table,
                "key": key_of(table),
                "codes": {
                    column.name: codes
                    for column in table.columns
                    if (codes := codes_of(table.name, column.name))
                },
                "anchor": f"table-{table.name.replace('_', '-')}",
            }
            for table in library.tables.values()
        ],
    }


def glossary() -> list[dict[str, Any]]:
    """Explain the words of the pages, from the same tables that the pages use."""
    return [
        {
            "title": "What a verdict means",
            "terms": [
                (f"{verdict.sign} {verdict.label}", verdict.meaning)
                for verdict in words.VERDICTS.values()
            ],
        },
        {
            "title": "What a number can be",
            "terms": [(words.said(code).capitalize(), text) for code, text in words.ROLES.items()],
        },
        {
            "title": "What stretch of time it is about",
            "terms": [
                (text, f"Basis “{code}” in the data: {words.BASES_OF_ONE[code]}.")
                for code, text in words.BASES.items()
            ],
        },
        {
            "title": "How sure the reading is",
            "terms": [
                (words.said(code).capitalize(), text[0].upper() + text[1:] + ".")
                for code, text in words.CERTAINTIES.items()
            ],
        },
        {
            "title": "Whether two rows are the same thing",
            "terms": [
                (f"{label} ({words.said(code)})", text)
                for code, (label, text) in words.MATCHES.items()
            ],
        },
    ]
