"""What changed between plans: old and new refs side by side, and changes of recording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

from pipeline.marts import Record
from pipeline.site.library import Library, grouped
from pipeline.site.pages.indicator import row_anchor
from pipeline.words import DIRECTIONS, said

EXACT, CLOSE = "exact_match", "close_match"
KINDS = {
    "same": ("Same", "="),
    "similar": ("Similar", "≈"),
    "apart": ("Not comparable", "≠"),
    "ended": ("Not carried on", "–"),
    "new": ("New", "+"),
}

ALONE = {"ended": "Not carried on", "new": "New"}


def context(library: Library) -> dict[str, Any]:
    """Gather the page."""
    areas = []
    for area_id, reports in grouped(library.reports.values(), "area_id").items():
        area = library.areas.get(area_id)
        within = str(area["area_name"]) if area else None
        steps = [_step(library, old, new, within) for old, new in pairwise(reports)]
        areas.append(
            {
                "name": area["area_name"] if area else area_id,
                "only": None
                if steps
                else library.report_name(reports[0]["report_id"], within=within),
                "steps": steps,
            }
        )
    areas.sort(key=lambda area: not area["steps"])  # what has nothing to set beside it comes last
    return {"areas": areas, "breaks": list(_breaks(library))}


def _step(library: Library, old: Record, new: Record, within: str | None) -> dict[str, Any]:
    """Set two reports of an area side by side."""
    old_rows, new_rows = (_judged(library, report["report_id"]) for report in (old, new))
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    paired: set[str] = set()
    for old_key, new_key in product(old_rows, new_rows):
        judgement = _compare(library, old_key, old_rows[old_key], new_key, new_rows[new_key])
        if judgement:
            found = pairs.setdefault((_whole(library, old_key), _whole(library, new_key)), [])
            if judgement not in found:
                found.append(judgement)
            paired |= {old_key, new_key}
    lines = [_line(library, *keys, judgements) for keys, judgements in pairs.items()]
    alone = {
        "ended": _alone(library, old_rows, paired),
        "new": _alone(library, new_rows, paired),
    }
    counts = Counter(line["judgements"][0]["kind"] for line in lines)
    counts.update({kind: len(sides) for kind, sides in alone.items()})
    return {
        "old": old,
        "new": new,
        "old_name": library.report_name(old["report_id"], within=within),
        "new_name": library.report_name(new["report_id"], within=within),
        "is_new_plan": old["plan_id"] != new["plan_id"],
        "pairs": lines,
        "alone": [{"title": ALONE[kind], "sides": sides} for kind, sides in alone.items()],
        "counts": [
            {"code": code, "label": label, "sign": sign, "count": counts[code]}
            for code, (label, sign) in KINDS.items()
        ],
    }


def _judged(library: Library, report_id: str) -> dict[str, dict[str, Record]]:
    """The crosswalk of a report: for every row, and series of a row, its judgements."""
    return {
        row["report_indicator_id"]: {
            match["indicator_id"]: match
            for match in library.matches_of_row.get(row["report_indicator_id"], ())
        }
        for row in library.rows_of_report.get(report_id, ())
    }


def _whole(library: Library, key: str) -> str:
    """Name the row that a series belongs to; of a row, itself."""
    return library.rows[key]["parent_report_indicator_id"] or key


def _series(library: Library, key: str) -> str | None:
    """Name the series that a row of the crosswalk is about; None for the row as a whole."""
    row = library.rows[key]
    series = library.series.get(row["series_id"] or "")
    return series["series_name"] if row["parent_report_indicator_id"] and series else None


def _side(library: Library, key: str) -> dict[str, Any]:
    """Give one row as it stands in its report."""
    row = library.rows[key]
    return {
        "ref": row["ref"] or f"row {row['row_number']}",
        "measure": row["measure"],
        "aim": DIRECTIONS.get(row["desired_direction"] or "", said(row["desired_direction"])),
        "link": f"reports/{library.report_files[row['report_id']]}#{row_anchor(library, row)}",
    }


def _line(
    library: Library, old_key: str, new_key: str, judgements: list[dict[str, Any]]
) -> dict[str, Any]:
    """Lay out a pair of rows with what is judged of them, the closest first."""
    sides = {"old": _side(library, old_key), "new": _side(library, new_key)}
    return {
        **sides,
        "judgements": sorted(judgements, key=lambda item: list(KINDS).index(item["kind"])),
        "aim_changed": sides["old"]["aim"] != sides["new"]["aim"],
    }


def _alone(
    library: Library, rows: dict[str, dict[str, Record]], paired: set[str]
) -> list[dict[str, Any]]:
    """List what stands beside nothing: rows, and series of rows that themselves go on."""
    touched = paired | {_whole(library, key) for key in paired}
    found: dict[str, list[str]] = {}
    for key in rows:
        whole = _whole(library, key)
        if key not in touched and (whole == key or whole in touched):
            found.setdefault(whole, []).extend(filter(None, [_series(library, key)]))
    return [_side(library, whole) | {"series": series} for whole, series in found.items()]


def _compare(
    library: Library, old_key: str, old: dict[str, Record], new_key: str, new: dict[str, Record]
) -> dict[str, Any] | None:
    """Judge two rows by the indicator they come closest in; None if they have none in common."""
    best: tuple[str, str] | None = None
    for indicator_id in sorted(old.keys() & new.keys()):
        found = {old[indicator_id]["match_type"], new[indicator_id]["match_type"]}
        if found == {EXACT}:
            kind = "same"
        elif found <= {EXACT, CLOSE}:
            kind = "similar"
        elif found & {EXACT, CLOSE}:
            kind = "apart"
        else:
            continue
        if best is None or list(KINDS).index(kind) < list(KINDS).index(best[0]):
            best = kind, indicator_id
    if best is None:
        return None
    kind, indicator_id = best
    reasons = [
        match["reason"]
        for match in (old[indicator_id], new[indicator_id])
        if match["reason"] and (kind == "same" or match["match_type"] != EXACT)
    ]
    label, sign = KINDS[kind]
    about = dict.fromkeys(filter(None, (_series(library, key) for key in (old_key, new_key))))
    return {
        "kind": kind,
        "label": label,
        "sign": sign,
        "series": ", ".join(about),
        "indicator": library.indicators.get(indicator_id),
        "indicator_file": library.indicator_files.get(indicator_id),
        "reasons": list(dict.fromkeys(reasons)),
    }


def _breaks(library: Library) -> Iterator[dict[str, Any]]:
    """List the changes of recording that cut a line."""
    seen = set()
    for value in library.timeline:
        for_line = (value["indicator_id"], value["break_reason"])
        if value["is_series_break"] and for_line not in seen:
            seen.add(for_line)
            yield {
                "name": value["indicator_name"],
                "file": library.indicator_files.get(value["indicator_id"]),
                "area": value["area_name"],
                "period": value["period_label"],
                "reason": value["break_reason"],
            }
