"""An indicator: its lines over the plans, and everything that is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.marts import Record
from pipeline.site import quotes
from pipeline.site.charts import COLOURS, SHAPES, Chart, Point, Reference, middle, position
from pipeline.site.formats import amount
from pipeline.site.library import Library, grouped
from pipeline.site.pages.overview import latest
from pipeline.words import BASES, MATCHES, OPERATORS, ORIGINS, UNITS, said, theme

ROOT = "../"
STEPS = {"quarter": 0.25, "ytd": 0.25, "rolling_12m": 0.25, "year": 1.0, "point": 1.0}
ENOUGH = {"quarter": 3, "ytd": 3}  # periods that make a chart; two of the others do
AT_THE_END = ("ytd", "rolling_12m")  # drawn where the period ends
WHOLE_YEARS = ("year", "rolling_12m")  # counts of these compare with a year's baseline
EXACT = ("exact_match", "close_match")
KEYED = 3  # baselines or targets whose values the key of a chart gives


@dataclass(slots=True)
class Panel:
    """One table of values and, where there are two or more, its chart."""

    title: str
    area: str
    unit: str
    values: list[dict[str, Any]]
    has_series: bool
    chart: Chart | None = None
    legend: list[dict[str, Any]] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    left_out: int = 0  # series that the table has and the chart has not


def context(library: Library, indicator: Record) -> dict[str, Any]:
    """Gather the page of one indicator; its charts are drawn later, all at once."""
    key = indicator["indicator_id"]
    values = library.timeline_of_indicator.get(key, ())
    newest = latest(values, indicator["usual_unit"])
    areas = {row["area_id"] for row in library.rows.values() if row["indicator_id"] == key}
    within = library.areas[areas.pop()]["area_name"] if len(areas) == 1 else None
    return {
        "indicator": indicator,
        "theme": theme(indicator["theme"]),
        "area": within,
        "unit": UNITS.get(indicator["usual_unit"] or "", said(indicator["usual_unit"])),
        "latest": newest,
        "latest_text": amount(newest["value"], newest["unit"]) if newest else None,
        "latest_link": library.figure_link(newest["figure_id"], ROOT) if newest else None,
        "latest_quote": quotes.of_timeline(library, newest) if newest else None,
        "panels": panels(library, indicator, values),
        "references": _references_said(library, key, within),
        "statuses": _placed(library, library.statuses_of_indicator.get(key, ()), within),
        "outcomes": _placed(library, library.outcomes_of_indicator.get(key, ()), within),
        "gaps": _placed(library, library.gaps_of_indicator.get(key, ()), within),
        "rows": [
            {
                "row": row,
                "report": library.report_name(row["report_id"], within=within),
                "link": row_link(library, row),
                "owner": (library.organisations.get(row["organisation_id"]) or {}).get(
                    "organisation_name"
                ),
                "match": MATCHES.get(match["match_type"]) if match else None,
                "reason": match["reason"] if match else None,
            }
            for row, match in _rows(library, key)
        ],
        "related": [
            {
                "match": MATCHES.get(match["match_type"], (said(match["match_type"]), "")),
                "reason": match["reason"],
                "row": row,
                "report": library.report_name(row["report_id"]),
                "link": row_link(library, row),
                "other": library.indicators.get(row["indicator_id"]),
                "other_file": library.indicator_files.get(row["indicator_id"]),
            }
            for match in library.matches_of_indicator.get(key, ())
            if match["match_type"] not in EXACT
            and (row := library.rows.get(match["report_indicator_id"])) is not None
        ],
    }


def row_link(library: Library, row: Record) -> str:
    """Link to a row on its report's page."""
    return f"{ROOT}reports/{library.report_files[row['report_id']]}#{row_anchor(library, row)}"


def row_anchor(library: Library, row: Record) -> str:
    """Name the place of a row: that of the row it is a series of, where it has no cells."""
    parent = library.rows.get(row["parent_report_indicator_id"] or "")
    return f"row-{(parent or row)['row_number']}"


def _rows(library: Library, key: str) -> Iterable[tuple[Record, Record | None]]:
    for row in library.rows.values():
        parent = library.rows.get(row["parent_report_indicator_id"] or "")
        if row["indicator_id"] == key and not (parent and parent["indicator_id"] == key):
            matches = library.matches_of_row.get(row["report_indicator_id"], ())
            yield row, next((m for m in matches if m["indicator_id"] == key), None)


def _placed(library: Library, facts: Sequence[Record], within: str | None) -> list[dict[str, Any]]:
    """Set facts in the order of their periods, with their report and place."""
    placed = [
        {
            "fact": fact,
            "period": library.period(fact),
            "order": str(fact["period_end"] or ""),
            "report": library.report_name(fact["report_id"], within=within),
            "ref": row["ref"] if row else None,
            "link": row_link(library, row) if row else None,
        }
        for fact in facts
        for row in [library.rows.get(fact["report_indicator_id"])]
    ]
    return sorted(placed, key=lambda item: (item["order"], item["report"]))


def _references_said(library: Library, key: str, within: str | None) -> list[dict[str, Any]]:
    """List baselines and targets, as the reports state them."""
    found = []
    for kind, facts in (
        ("Baseline", library.baselines_of_indicator.get(key, ())),
        ("Target", library.targets_of_indicator.get(key, ())),
    ):
        for item in _placed(library, facts, within):
            fact = item["fact"]
            words = amount(fact["value"], fact["unit"]) if fact["value"] is not None else ""
            if kind == "Target" and fact["value"] is not None:
                words = f"{OPERATORS.get(fact['operator'] or '', '')} {words}".strip()
            if kind == "Target" and fact["change_percent"] is not None:
                change = amount(fact["change_percent"], "percent_change")
                words = f"{words} ({change})" if words else f"{change} on the baseline"
            series = library.series.get(fact["series_id"] or "total")
            found.append(
                item
                | {
                    "kind": kind,
                    "words": words or "not known",
                    "series": series["series_name"] if series else "",
                    "link": library.figure_link(fact["figure_id"], ROOT),
                }
            )
    return found


def panels(library: Library, indicator: Record, values: Sequence[Record]) -> list[Panel]:
    """Divide the values of an indicator into tables that compare: area, unit and basis."""
    order = list(BASES)
    groups = sorted(
        grouped(values, lambda value: (value["area_id"], value["unit"], value["basis"])).items(),
        key=lambda item: (
            item[0][0] != _main_area(values),
            item[1][0]["area_name"],
            -len(item[1]) if item[0][1] != indicator["usual_unit"] else -10_000,
            order.index(item[0][2]) if item[0][2] in order else len(order),
        ),
    )
    return [_panel(library, indicator, rows) for _, rows in groups]


def _main_area(values: Sequence[Record]) -> str | None:
    """The area with most values comes first."""
    counts = grouped(values, "area_id")
    return max(counts, key=lambda area: len(counts[area]), default=None)


def _panel(library: Library, indicator: Record, rows: Sequence[Record]) -> Panel:
    first = rows[0]
    unit = UNITS.get(first["unit"], said(first["unit"]))
    basis = BASES.get(first["basis"], said(first["basis"]))
    series = list(dict.fromkeys(row["series_id"] for row in rows))
    has_series = series != ["total"]
    panel = Panel(
        title=basis if first["unit"] == "average" else f"{basis}, {unit}",
        area=first["area_name"],
        unit=unit,
        has_series=has_series,
        values=[
            {
                "value": row,
                "text": amount(row["value"], row["unit"]),
                "origin": ORIGINS.get(row["origin"], said(row["origin"])),
                "report": library.report_name(row["report_id"], within=first["area_name"]),
                "ref": (library.rows.get(row["report_indicator_id"]) or {}).get("ref"),
                "link": library.figure_link(row["figure_id"], ROOT),
                "quote": quotes.of_timeline(library, row),
            }
            for row in sorted(
                rows, key=lambda row: (row["period_sort_key"], series.index(row["series_id"]))
            )
        ],
    )
    drawn = drawable(rows)
    shown = [series_id for series_id in series if any(r["series_id"] == series_id for r in drawn)]
    periods = len({row["period_id"] for row in drawn})
    if first["basis"] in STEPS and periods >= ENOUGH.get(first["basis"], 2):
        panel.left_out = len(series) - len(shown)
        _add_chart(panel, library, indicator, drawn, shown)
    return panel


def drawable(rows: Sequence[Record]) -> list[Record]:
    """Pick what a chart can show: series of two periods or more, as many as can be told apart."""
    of_series = grouped(
        (row for row in rows if row["value"] is not None and row["period_end"] is not None),
        "series_id",
    )
    lengths = {
        series_id: len({row["period_id"] for row in found})
        for series_id, found in of_series.items()
    }
    longest = sorted(
        (series_id for series_id, length in lengths.items() if length > 1),
        key=lambda series_id: (series_id != "total", -lengths[series_id]),
    )
    kept = set(longest[:COLOURS])
    return [row for found in of_series.values() for row in found if row["series_id"] in kept]


def _add_chart(
    panel: Panel,
    library: Library,
    indicator: Record,
    rows: Sequence[Record],
    series: Sequence[str],
) -> None:
    """Turn the values of a table into a chart with its legend."""
    basis = rows[0]["basis"]
    step = STEPS[basis]
    points: list[Point] = []
    breaks: dict[float, str] = {}
    for line, series_id in enumerate(series):
        piece = 0
        for row in sorted(
            (row for row in rows if row["series_id"] == series_id),
            key=lambda row: row["period_end"],
        ):
            at = _at(row)
            if row["is_series_break"]:
                piece += 1
                breaks.setdefault(at - step / 2, row["break_reason"])
            points.append(
                Point(
                    at=at,
                    value=float(row["value"]),
                    line=line,
                    piece=piece * 10_000 + (int(at) if basis == "ytd" else 0),
                    label=_point_label(row, panel.has_series),
                    href=library.figure_link(row["figure_id"], ROOT) or "",
                    is_printed=row["origin"] in ("stated", "baseline", "comparative"),
                    is_disputed=row["is_disputed"],
                )
            )
    years = [int(point.at) for point in points]
    first_year, last_year = min(years), max(years)
    references = _references(library, indicator, rows, series)
    panel.chart = Chart(
        label=f"Chart of {indicator['indicator_name']}, {panel.area}: {panel.title}."
        " Its points link to the reports; the table below gives all values.",
        points=tuple(points),
        references=tuple(
            replace(line, start=max(line.start, first_year), end=min(line.end, last_year + 1))
            for line in references
            if line.start < last_year + 1 and line.end > first_year
        ),
        breaks=tuple(sorted(breaks)),
        step=step,
        is_count=rows[0]["unit"] == "count",
        first_year=first_year,
        last_year=last_year,
    )
    panel.legend = [
        {
            "label": library.series[series_id]["series_name"],
            "colour": line % COLOURS + 1,
            "shape": SHAPES[line % len(SHAPES)],
        }
        for line, series_id in enumerate(series)
        if panel.has_series
    ]
    panel.keys = [
        (sign, label)
        for sign, label, is_drawn in (
            *(
                (kind, label, bool(label))
                for kind in ("baseline", "target")
                for label in [_reference_key(kind, panel.chart.references)]
            ),
            ("break", "Break: what is counted changed", bool(breaks)),
            (
                "disputed",
                "Disputed: the report contradicts itself",
                any(point.is_disputed for point in points),
            ),
            (
                "hollow",
                "Hollow: not printed, worked out",
                not all(point.is_printed for point in points),
            ),
        )
        if is_drawn
    ]
    panel.notes = [breaks[at] for at in sorted(breaks)]


def _reference_key(kind: str, references: Sequence[Reference]) -> str:
    """Word the key of the baselines or the targets: their values, where they are few."""
    labels = list(dict.fromkeys(line.label for line in references if line.kind == kind))
    if len(labels) > KEYED:
        return f"{kind.capitalize()}s: in the table below"
    return f"{kind.capitalize()} {'; '.join(labels)}" if labels else ""


def _at(row: Record) -> float:
    """Where a value stands: in the middle of its period, or at the end of a running one."""
    if row["basis"] in AT_THE_END:
        return position(row["period_end"]) - 0.01
    return middle(row["period_start"], row["period_end"])


def _point_label(row: Record, has_series: bool) -> str:
    parts = [row["period_label"]]
    if has_series:
        parts.append(row["series_name"])
    label = f"{', '.join(parts)}: {amount(row['value'], row['unit'])}"
    if row["is_disputed"]:
        label += " (disputed)"
    return f"{label}. {ORIGINS.get(row['origin'], said(row['origin']))}."


def _references(
    library: Library, indicator: Record, rows: Sequence[Record], series: Sequence[str]
) -> list[Reference]:
    """Take the baselines and targets that can be set beside these values."""
    first = rows[0]
    if first["unit"] == "count" and first["basis"] not in WHOLE_YEARS:
        return []
    key = indicator["indicator_id"]
    found: dict[tuple[str, float, float, float], Reference] = {}
    for kind, facts in (
        ("baseline", library.baselines_of_indicator.get(key, ())),
        ("target", library.targets_of_indicator.get(key, ())),
    ):
        for fact in facts:
            if (
                fact["area_id"] != first["area_id"]
                or fact["unit"] != first["unit"]
                or fact["value"] is None
                or fact["period_end"] is None
                or (fact["series_id"] or "total") not in series
            ):
                continue
            start, end = position(fact["period_start"]), position(fact["period_end"])
            plan = library.plans.get(library.reports[fact["report_id"]]["plan_id"])
            if kind == "baseline" and plan and plan["last_year"] is not None:
                end = max(end, float(plan["last_year"] + 1))
            start, end = round(max(start, end - 4), 2), round(end, 2)
            value = float(fact["value"])
            label = f"{amount(fact['value'], fact['unit'])} ({library.period(fact)})"
            if (fact["series_id"] or "total") != "total":
                label = f"{library.series[fact['series_id']]['series_name']} {label}"
            found.setdefault((kind, start, end, value), Reference(start, end, value, kind, label))
    return list(found.values())
