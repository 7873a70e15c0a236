"""What changed between plans: old and new refs side by side, and changes of recording."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pipeline.marts import Record
from pipeline.site.library import Library, grouped
from pipeline.site.pages.indicator import row_anchor
from pipeline.site.words import DIRECTIONS, said

EXACT, CLOSE = "exact_match", "close_match"
KINDS = {
    "same": ("Same", "="),
    "similar": ("Similar", "≈"),
    "apart": ("Not comparable", "≠"),
    "ended": ("Not carried on", "–"),
    "new": ("New", "+"),
}


def context(library: Library) -> dict[str, Any]:
    """Gather the page."""
    areas = []
    for area_id, reports in grouped(library.reports.values(), "area_id").items():
        steps = [
            {
                "old": old,
                "new": new,
                "old_name": library.report_name(old["report_id"]),
                "new_name": library.report_name(new["report_id"]),
                "is_new_plan": old["plan_id"] != new["plan_id"],
                "rows": (rows := list(_step(library, old["report_id"], new["report_id"]))),
                "counts": [
                    {
                        "code": code,
                        "label": label,
                        "sign": sign,
                        "count": sum(row["kind"] == code for row in rows),
                    }
                    for code, (label, sign) in KINDS.items()
                ],
            }
            for old, new in pairwise(reports)
        ]
        area = library.areas.get(area_id)
        areas.append(
            {
                "name": area["area_name"] if area else area_id,
                "only": library.report_name(reports[0]["report_id"]) if not steps else None,
                "steps": steps,
            }
        )
    return {"areas": areas, "breaks": list(_breaks(library))}


def _side(library: Library, row: Record | None) -> dict[str, Any] | None:
    """One row as it stands in its report."""
    if row is None:
        return None
    return {
        "ref": row["ref"] or f"row {row['row_number']}",
        "measure": row["measure"],
        "aim": DIRECTIONS.get(row["desired_direction"] or "", said(row["desired_direction"])),
        "link": f"reports/{library.report_files[row['report_id']]}#{row_anchor(library, row)}",
    }


def _line(
    library: Library, kind: str, old: Record | None, new: Record | None, reasons: list[str]
) -> dict[str, Any]:
    label, sign = KINDS[kind]
    indicator_id = next((row["indicator_id"] for row in (new, old) if row), None)
    sides = [_side(library, old), _side(library, new)]
    return {
        "kind": kind,
        "label": label,
        "sign": sign,
        "old": sides[0],
        "new": sides[1],
        "indicator": library.indicators.get(indicator_id or ""),
        "indicator_file": library.indicator_files.get(indicator_id or ""),
        "reasons": list(dict.fromkeys(reason for reason in reasons if reason)),
        "aim_changed": bool(sides[0] and sides[1] and sides[0]["aim"] != sides[1]["aim"]),
    }


def _judgements(library: Library, report_id: str) -> dict[str, dict[str, Record]]:
    """The crosswalk of a report: for every row its judgements by indicator."""
    return {
        row["report_indicator_id"]: {
            match["indicator_id"]: match
            for match in library.matches_of_row.get(row["report_indicator_id"], ())
        }
        for row in library.rows_of_report.get(report_id, ())
    }


def _step(library: Library, old_id: str, new_id: str) -> Iterator[dict[str, Any]]:
    """Set the rows of two reports side by side, through the indicators they are judged to be."""
    old_rows, new_rows = _judgements(library, old_id), _judgements(library, new_id)
    paired: set[str] = set()
    for old_key, old_matches in old_rows.items():
        found = False
        for new_key, new_matches in new_rows.items():
            kind, reasons = _compare(old_matches, new_matches)
            if kind:
                found = True
                paired.add(new_key)
                yield _line(library, kind, library.rows[old_key], library.rows[new_key], reasons)
        if not found:
            yield _line(library, "ended", library.rows[old_key], None, [])
    for new_key in new_rows:
        if new_key not in paired:
            yield _line(library, "new", None, library.rows[new_key], [])


def _compare(old: dict[str, Record], new: dict[str, Record]) -> tuple[str | None, list[str]]:
    """Judge two rows: the best of what they are both judged to be."""
    best: tuple[int, str, list[str]] | None = None
    for indicator_id in old.keys() & new.keys():
        kinds = {old[indicator_id]["match_type"], new[indicator_id]["match_type"]}
        if kinds == {EXACT}:
            rank, kind = 0, "same"
        elif kinds <= {EXACT, CLOSE}:
            rank, kind = 1, "similar"
        elif kinds & {EXACT, CLOSE}:
            rank, kind = 2, "apart"
        else:
            continue
        if best is None or rank < best[0]:
            reasons = [
                match["reason"]
                for match in (old[indicator_id], new[indicator_id])
                if rank == 0 or match["match_type"] != EXACT
            ]
            best = (rank, kind, reasons)
    return (best[1], best[2]) if best else (None, [])


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
