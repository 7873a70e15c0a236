"""The start page: the reports, the indicators by theme, how each report adds up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.marts import Record
from pipeline.site.formats import amount
from pipeline.site.library import Library, grouped
from pipeline.words import UNITS, VERDICTS, said, theme


def summary(counts: dict[str, int]) -> dict[str, Any]:
    """Sum up claims by verdict: what adds up comes first."""
    claims = sum(counts.values())
    tested = claims - counts["untestable"]
    contrary = counts["inconsistent"]
    return {
        "counts": [
            {"code": code, "verdict": VERDICTS[code], "count": count}
            for code, count in counts.items()
            if count
        ],
        "claims": claims,
        "tested": tested,
        "holds": tested - contrary,
        "contrary": contrary,
        "untestable": counts["untestable"],
        "share": f"{(tested - contrary) / tested:.0%}" if tested else None,
    }


def context(library: Library) -> dict[str, Any]:
    """Gather the start page."""
    figures = list(library.figures.values())
    return {
        "figures": len(figures),
        "read": sum(figure["role"] != "context" for figure in figures),
        "summary": summary(library.verdict_counts(figures)),
        "reports": [
            {
                "report": report,
                "file": f"reports/{library.report_files[report_id]}",
                "name": library.report_name(report_id),
                "rows": report["row_count"],
                "figures": report["figure_count"],
                "summary": summary(
                    library.verdict_counts(library.figures_of_report.get(report_id, ()))
                ),
            }
            for report_id, report in library.reports.items()
        ],
        "themes": [
            {
                "theme": theme(code),
                "indicators": [_indicator(library, row) for row in rows],
            }
            for code, rows in sorted(
                grouped(library.indicators.values(), "theme").items(), key=lambda item: str(item[0])
            )
        ],
        "unmapped": unmapped(library),
    }


def unmapped(library: Library) -> list[Record]:
    """List the rows that no line over the plans holds yet."""
    return [
        row
        for row in library.rows.values()
        if row["indicator_id"] is None
        and row["parent_report_indicator_id"] is None
        and not library.matches_of_row.get(row["report_indicator_id"])
    ]


def _indicator(library: Library, indicator: Record) -> dict[str, Any]:
    values = library.timeline_of_indicator.get(indicator["indicator_id"], ())
    newest = latest(values, indicator["usual_unit"])
    return {
        "indicator": indicator,
        "file": f"indicators/{library.indicator_files[indicator['indicator_id']]}",
        "values": len(values),
        "areas": sorted({value["area_name"] for value in values}),
        "latest": amount(newest["value"], newest["unit"]) if newest else None,
        "latest_unit": UNITS.get(newest["unit"], said(newest["unit"])) if newest else None,
        "latest_period": newest["period_label"] if newest else None,
        "latest_area": newest["area_name"] if newest else None,
        "has_break": any(value["is_series_break"] for value in values),
        "has_dispute": any(value["is_disputed"] for value in values),
    }


def latest(values: Iterable[Record], usual_unit: str | None) -> Record | None:
    """Pick the value to show first: in the usual unit, a total, not disputed, the latest."""
    return max(
        (value for value in values if value["value"] is not None),
        key=lambda value: (
            not value["is_disputed"],
            value["unit"] == usual_unit,
            value["series_id"] == "total",
            value["period_sort_key"],
            value["origin"] == "stated",
        ),
        default=None,
    )
