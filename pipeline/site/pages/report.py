"""A report: its tables as published, every number marked, and what each was read as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.marts import Record
from pipeline.site import quotes
from pipeline.site.formats import amount, between
from pipeline.site.library import Library, anchor, grouped
from pipeline.site.pages.overview import summary
from pipeline.words import (
    BASES_OF_ONE,
    CAUSES,
    CERTAINTIES,
    CHECK_CERTAINTIES,
    COMPARATORS,
    FAMILIES,
    GAPS,
    OUTCOMES,
    READINGS,
    RELATIONS,
    ROLES,
    STATUSES,
    TRAVEL,
    UNITS,
    VERDICTS,
    cell_title,
    said,
)

ROOT = "../"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cell's text: plain, or one marked number."""

    text: str
    figure: Record | None = None
    kind: str = ""
    note: str = ""


def context(library: Library, report: Record) -> dict[str, Any]:
    """Gather the page of one report."""
    report_id = report["report_id"]
    rows = [
        row
        for row in library.rows_of_report.get(report_id, ())
        if library.cells_of_row.get(row["report_indicator_id"])
    ]
    tables = [
        _table(library, members) for _, members in sorted(grouped(rows, "table_number").items())
    ]
    figures = library.figures_of_report.get(report_id, ())
    shown = {
        figure["figure_id"] for table in tables for row in table["rows"] for figure in row["placed"]
    }
    return {
        "report": report,
        "name": library.report_name(report_id),
        "plan": library.plans.get(report["plan_id"]),
        "tables": tables,
        "elsewhere": [
            entry(library, figure) for figure in figures if figure["figure_id"] not in shown
        ],
        "summary": summary(library.verdict_counts(figures)),
        "families": _families(library, report_id),
    }


def _table(library: Library, rows: Sequence[Record]) -> dict[str, Any]:
    """Rebuild one table: the columns its cells name, in the order they are printed."""
    cells = [library.cells_of_row[row["report_indicator_id"]] for row in rows]
    columns = _columns(cells)
    return {
        "columns": [{"code": code, "title": title(code, cells)} for code in columns],
        "rows": [
            _row(library, row, row_cells, columns)
            for row, row_cells in zip(rows, cells, strict=True)
        ],
        "has_section_column": "section" in columns,
    }


def title(code: str, rows: Sequence[Sequence[Record]]) -> str:
    """Title a column as it is printed most often above its cells; by its code where nothing is."""
    printed = Counter(
        cell["header"]
        for cells in rows
        for cell in cells
        if cell["source_cell"] == code and cell["header"]
    )
    return printed.most_common(1)[0][0] if printed else cell_title(code)


def _columns(rows: Sequence[Sequence[Record]]) -> list[str]:
    """Merge the columns of rows in which some cells are blank into one order."""
    order: list[str] = []
    for cells in rows:
        at = 0
        for cell in cells:
            code = cell["source_cell"]
            if code in order:
                at = max(at, order.index(code) + 1)
            else:
                order.insert(at, code)
                at += 1
    return sorted(order, key=_usual_place)


def _usual_place(code: str) -> int:
    """Columns whose order every report shares; the others keep the order they are found in."""
    if code in ("section", "ref", "measure", "owner", "baseline"):
        return ("section", "ref", "measure", "owner", "baseline").index(code)
    if code.startswith(("history:", "comparator")):
        return 5
    if code in ("q1", "q2", "q3", "q4"):
        return 5 + int(code[1])
    return 10 + (code.startswith("target:")) + 2 * (code in ("status", "trend", "comments"))


def _row(
    library: Library, row: Record, cells: Sequence[Record], columns: Sequence[str]
) -> dict[str, Any]:
    """Lay out one row: its cells in their columns, and what was read in them."""
    laid: dict[str, list[dict[str, Any]]] = {code: [] for code in columns}
    placed: list[Record] = []
    entries, missing = [], []
    for cell in cells:
        figures = library.figures_of_cell.get(cell["cell_id"], ())
        pieces, found = _pieces(library, cell["text"] or "", figures)
        placed += found
        statuses = library.statuses_of_cell.get(cell["cell_id"], ())
        laid[cell["source_cell"]].append(
            {"cell": cell, "pieces": pieces, "statuses": [_status(status) for status in statuses]}
        )
        entries += [entry(library, figure) for figure in found]
        missing += [
            {"words": gap["words"], "label": GAPS.get(gap["reason"], said(gap["reason"]))}
            for gap in library.gaps_of_cell.get(cell["cell_id"], ())
        ]
        missing += [
            {
                "words": outcome["words"],
                "label": OUTCOMES.get(outcome["outcome"], said(outcome["outcome"])),
            }
            for outcome in library.outcomes_of_cell.get(cell["cell_id"], ())
        ]
    claims = [item for item in entries if item["verdict"]]
    indicator = library.indicators.get(row["indicator_id"] or "")
    owner = library.organisations.get(row["organisation_id"] or "")
    return {
        "row": row,
        "anchor": f"row-{row['row_number']}",
        "title": f"row {row['ref']}" if row["ref"] else f"row {row['row_number']}",
        "cells": [laid[code] for code in columns],
        "placed": placed,
        "entries": entries,
        "claims": len(claims),
        "contrary": sum(item["kind"] == "bad" for item in claims),
        "said": missing,
        "indicator": indicator,
        "indicator_file": library.indicator_files.get(row["indicator_id"] or ""),
        "owner": owner["organisation_name"] if owner else None,
    }


def _pieces(
    library: Library, text: str, figures: Sequence[Record]
) -> tuple[list[Piece], list[Record]]:
    """Cut a cell's text at its numbers; a number that does not stand where it should is left."""
    pieces, placed = [], []
    at = 0
    for figure in sorted(
        (figure for figure in figures if figure["cell_char_start"] is not None),
        key=lambda figure: figure["cell_char_start"],
    ):
        start = figure["cell_char_start"]
        end = start + len(figure["printed"])
        if start < at or text[start:end] != figure["printed"]:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        verdict = library.worst_verdict(figure["figure_id"])
        kind = VERDICTS[verdict].kind if verdict else ""
        if figure["role"] == "context":
            kind = kind or "context"
        note = VERDICTS[verdict].label if verdict and kind == "bad" else ""
        if library.flips_decision(figure["figure_id"]):
            kind, note = kind if kind == "bad" else "care", note or "would turn a decision"
        pieces.append(Piece(figure["printed"], figure, kind, note))
        placed.append(figure)
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces, placed


def _status(status: Record) -> dict[str, Any]:
    """Word a status or an arrow."""
    if status["status"]:
        label, sign = STATUSES.get(status["status"], (said(status["status"]), ""))
    else:
        label, sign = TRAVEL.get(
            status["direction_of_travel"] or "", (said(status["direction_of_travel"]), "")
        )
    return {
        "label": label,
        "sign": sign,
        "code": status["status"] or "travel",
        "is_sure": status["certainty"] == "stated",
        "note": status["note"],
    }


def entry(library: Library, figure: Record) -> dict[str, Any]:
    """Say what one number was read as and, for a claim, how its checks came out."""
    verdict = library.worst_verdict(figure["figure_id"])
    base: dict[str, Any] = {
        "figure": figure,
        "anchor": anchor(figure),
        "id": anchor(figure).replace("f-", "d-", 1),
        "is_context": figure["role"] == "context",
        "verdict": VERDICTS[verdict] if verdict else None,
        "kind": VERDICTS[verdict].kind if verdict else "",
        "place": cell_title(figure["source_cell"] or ""),
    }
    if base["is_context"] and not verdict:
        return base
    related = library.figures.get(figure["relates_to_figure_id"] or "")
    indicator = library.indicators.get(figure["indicator_id"] or "")
    series = library.series.get(figure["series_id"] or "total")
    return base | {
        "role": ROLES.get(figure["role"], said(figure["role"])),
        "meaning": quotes.meaning(library, figure),
        "unit": UNITS.get(figure["unit"] or "", said(figure["unit"])) or "no unit",
        "about": _about(library, figure),
        "series": series["series_name"] if series and series["series_id"] != "total" else None,
        "comparator": COMPARATORS.get(figure["comparator"] or "", said(figure["comparator"])),
        "certainty": CERTAINTIES.get(figure["certainty"], said(figure["certainty"])),
        "related": related,
        "related_link": library.figure_link(related["figure_id"], ROOT) if related else None,
        "relation": RELATIONS.get(figure["relation"] or "", said(figure["relation"])),
        "indicator": indicator,
        "indicator_file": library.indicator_files.get(figure["indicator_id"] or ""),
        "checks": [
            check_shown(library, check, ROOT)
            for check in library.checks_of_figure.get(figure["figure_id"], ())
        ],
        "used": list(_used(library, figure)),
        "quote": quotes.of_figure(library, figure),
    }


def _about(library: Library, figure: Record) -> str:
    """Say what stretch of time a number is about: "one quarter: Q1 2019/20"."""
    basis = BASES_OF_ONE.get(figure["basis"] or "unknown", said(figure["basis"]))
    if (figure["period_id"] or "unknown") == "unknown":
        return basis
    return f"{basis}: {library.period(figure)}"


def check_shown(library: Library, check: Record, root: str) -> dict[str, Any]:
    """Lay out one check: the sum, the verdict, the sentence, and what went into it."""
    figure = library.figures.get(check["figure_id"])
    unit = figure["unit"] if figure else None
    inputs = []
    for used in library.inputs_of_check.get(check["check_id"], ()):
        source = library.figures.get(used["figure_id"])
        if source is None or used["figure_id"] == check["figure_id"]:
            continue
        inputs.append(
            {
                "printed": source["printed"],
                "meaning": quotes.meaning(library, source),
                "link": library.figure_link(source["figure_id"], root),
            }
        )
    return {
        "check": check,
        "verdict": VERDICTS[check["verdict"]],
        "family": FAMILIES.get(check["family"], said(check["family"])),
        "printed": _printed(figure, check),
        "expected": between(check["expected_low"], check["expected_high"], unit, _decimals(figure))
        if check["expected_low"] is not None or check["expected_high"] is not None
        else None,
        "reading": READINGS.get(check["reading"] or "", said(check["reading"]))
        if check["reading"] != "as_printed"
        else "",
        "cause": _cause(check),
        "certainty": CHECK_CERTAINTIES.get(
            check["check_certainty"] or "", said(check["check_certainty"])
        ),
        "inputs": inputs,
    }


def _cause(check: Record) -> str:
    """Word the likely cause of a finding, where one is known."""
    is_finding = check["verdict"] == "inconsistent" or check["flips_decision"]
    if not is_finding or check["likely_cause"] == "unknown":
        return ""
    return CAUSES.get(check["likely_cause"] or "", said(check["likely_cause"]))


def _decimals(figure: Record | None) -> int | None:
    """Say to how many decimals a claim is printed; None where that is not known."""
    return figure["printed_decimals"] if figure else None


def _printed(figure: Record | None, check: Record) -> str:
    """Give a claim as printed, with the value it was read as where the print does not show it."""
    if figure is None:
        return amount(check["stated_value"], None)
    signed = check["stated_value"] is not None and check["stated_value"] < 0
    if signed and "-" not in figure["printed"]:
        return f"{figure['printed']} (a fall: {amount(check['stated_value'], figure['unit'])})"
    return str(figure["printed"])


def _used(library: Library, figure: Record) -> Iterator[dict[str, Any]]:
    """List the checks of other figures that this one goes into."""
    seen: set[str] = set()
    for used in library.uses_of_figure.get(figure["figure_id"], ()):
        check = library.checks.get(used["check_id"])
        if check is None or check["figure_id"] in seen | {figure["figure_id"]}:
            continue
        seen.add(check["figure_id"])
        claim = library.figures.get(check["figure_id"])
        if claim is not None:
            yield {
                "printed": claim["printed"],
                "verdict": VERDICTS[check["verdict"]],
                "link": library.figure_link(claim["figure_id"], ROOT),
            }


def _families(library: Library, report_id: str) -> list[dict[str, Any]]:
    """Count the checks of a report by family."""
    found = grouped(library.checks_of_report.get(report_id, ()), "family")
    return [
        {
            "family": FAMILIES.get(family, said(family)),
            "counts": [
                {"verdict": verdict, "count": count}
                for code, verdict in VERDICTS.items()
                if (count := sum(check["verdict"] == code for check in checks))
            ],
        }
        for family in (*FAMILIES, *(found.keys() - FAMILIES.keys()))
        if (checks := found.get(family))
    ]
