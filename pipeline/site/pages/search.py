"""Search: what can be found, and where it leads."""

from __future__ import annotations

from typing import Any

from pipeline.site.library import Library
from pipeline.site.pages.indicator import row_anchor
from pipeline.site.words import said


def index(library: Library) -> list[list[str]]:
    """List indicators, rows and statements, each as kind, title, text and link."""
    entries = [
        [
            "Indicator",
            row["indicator_name"],
            f"{row['definition'] or ''} Theme: {said(row['theme'])}.".strip(),
            f"indicators/{library.indicator_files[key]}",
        ]
        for key, row in library.indicators.items()
    ]
    for row in library.rows.values():
        if row["parent_report_indicator_id"] is None:
            page = f"reports/{library.report_files[row['report_id']]}"
            entries.append(
                [
                    "Row",
                    f"{library.report_name(row['report_id'])}, {row['ref'] or row['row_number']}",
                    row["measure"] or "",
                    f"{page}#{row_anchor(library, row)}",
                ]
            )
    seen = set()
    for figure in library.figures.values():
        row_key = figure["report_indicator_id"]
        key = (figure["report_id"], row_key, figure["statement"])
        if row_key is None or figure["source_cell"] in ("measure", "ref", "owner") or key in seen:
            continue
        seen.add(key)
        ref = figure["ref"] or ""
        entries.append(
            [
                "Statement",
                f"{library.report_name(figure['report_id'])}{', ' + ref if ref else ''}",
                figure["statement"],
                library.figure_link(figure["figure_id"], "") or "",
            ]
        )
    return entries


def context(library: Library) -> dict[str, Any]:
    """Gather the page: without a script it is an index of the indicators."""
    return {
        "indicators": [
            {"name": row["indicator_name"], "file": f"indicators/{library.indicator_files[key]}"}
            for key, row in library.indicators.items()
        ]
    }
