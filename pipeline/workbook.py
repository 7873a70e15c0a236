"""One accessible workbook for officers, after the government statisticians' guidance.

The Analysis Function's library (gptables) lays it out: a cover, contents and notes, one tidy table
a sheet, every table marked as such, no merged cells, no meaning in colour. What is missing,
provisional or revised is said in the guidance's shorthand.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import words
from pipeline.errors import PipelineError
from pipeline.marts import Marts, Record, open_marts

with warnings.catch_warnings():
    # gptables leaves its theme's file to be closed by whoever comes by.
    warnings.simplefilter("ignore", ResourceWarning)
    import gptables

FILE = "community_safety.xlsx"
TITLE = "Community safety figures"
NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
SHORTHAND = {
    "[b]": "break: what is counted changed, so earlier values do not compare",
    "[e]": "worked out from other printed figures, not printed itself",
    "[p]": "provisional, by the report's own words",
    "[r]": "revised: reports print different values for the period",
    "[u]": "low reliability: the report contradicts itself about the value",
    "[x]": "not available",
    "[z]": "not applicable",
}
NOTES = (
    (
        "Basis",
        "A quarter, a year to date and a whole year of the same thing are three numbers. Only"
        " rows marked “Yes” under “May be summed” may be summed.",
    ),
    (
        "Verdicts",
        "Claims are worked out again from the figures printed beside them, with the most favourable"
        " reading of the words. “Does not add up as printed” says that no reading fits; it does not"
        " say how that came about.",
    ),
    (
        "Statuses",
        "Statuses are the reports' own. They are never worked out again, because the tolerances"
        " behind a colour are not printed.",
    ),
    (
        "Names",
        "Names of officers are left out; their organisations stay. Rows under a protective marking"
        " are left out.",
    ),
)
WIDEST = 45  # of a column, in Excel's units of width; longer texts are wrapped
NOTE_WIDTH = 100
WIDE_LETTERS = 1.1  # units that a letter of the theme's font takes at most
LETTERS = 0.95  # and in a text
LINE, TALL, TALLEST = 16, 20, 24  # points of a row: of a text, a heading, a title
A3, A4 = 8, 9  # as Excel numbers paper
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what a spreadsheet's XML cannot hold

Reader = Callable[[Record], Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the workbook.

    ``columns`` maps each heading to what a row of ``mart`` gives for it; ``note`` names the note
    that belongs to a heading.
    """

    label: str
    title: str
    mart: str
    columns: dict[str, Reader]
    notes: dict[str, str]


def _said(key: str, table: dict[str, str]) -> Reader:
    """Word a column of codes."""
    return lambda row: table.get(row[key] or "", words.said(row[key]) or NOT_APPLICABLE)


def _value(key: str) -> Reader:
    """Give a number as a number; what is missing as its shorthand."""

    def read(row: Record) -> Any:
        value = row[key]
        if value is None:
            return NOT_AVAILABLE
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value

    return read


def _text(key: str, missing: str = NOT_APPLICABLE) -> Reader:
    """Give a text as it stands, dates as ISO dates."""

    def read(row: Record) -> Any:
        value = row[key]
        return missing if value in (None, "") else _CONTROL.sub(" ", str(value))

    return read


def _yes(key: str) -> Reader:
    return lambda row: "Yes" if row[key] else "No"


def _marks(row: Record) -> str:
    """Give the shorthand marks of a value on a line."""
    marks = [
        mark
        for mark, holds in (
            ("[b]", row["is_series_break"]),
            ("[e]", row["origin"] in ("derived_from_ytd", "implied_by_change")),
            ("[p]", row["obs_status"] == "P"),
            ("[r]", row["is_revised"]),
            ("[u]", row["is_disputed"]),
        )
        if holds
    ]
    return " ".join(marks) or NOT_APPLICABLE


VERDICTS = {code: verdict.label for code, verdict in words.VERDICTS.items()}
STATUSES = {code: label for code, (label, _) in words.STATUSES.items()}
TRAVEL = {code: label for code, (label, _) in words.TRAVEL.items()}


def _sheets(names: dict[str, dict[str, str]]) -> list[Sheet]:
    """Lay out the tables; ``names`` word the keys of areas, indicators, series and periods."""
    return [
        Sheet(
            "Figures",
            "Figures over the plans: the best available value of each period",
            "indicator_timeline",
            {
                "Area": _text("area_name"),
                "Indicator": _text("indicator_name"),
                "Series": _text("series_name"),
                "Period": _text("period_label"),
                "Period start": _text("period_start", NOT_AVAILABLE),
                "Period end": _text("period_end", NOT_AVAILABLE),
                "Basis": _said("basis", words.BASES),
                "Unit": _said("unit", words.UNITS),
                "Value": _value("value"),
                "Marks": _marks,
                "May be summed": _yes("is_additive"),
                "Reports giving it": _value("vintages"),
                "Quoting": _said("quote_status", words.QUOTING),
                "Caveat": _text("caveat"),
                "Source": _text("citation"),
            },
            {"Basis": "Basis", "May be summed": "Basis"},
        ),
        Sheet(
            "Performance",
            "Performance: each row of each report beside its baseline and target",
            "indicator_performance",
            {
                "Area": _said("area_id", names["areas"]),
                "Report": _said("report_id", names["reports"]),
                "Row": _said("report_indicator_id", names["refs"]),
                "Indicator": _said("indicator_id", names["indicators"]),
                "Period": _said("period_id", names["periods"]),
                "Basis": _said("basis", words.BASES),
                "Unit": _said("unit", words.UNITS),
                "Value": _value("value"),
                "Baseline": _value("baseline_value"),
                "Target": _value("target_value"),
                "Wanted": _said("desired_direction", words.DIRECTIONS),
                "Direction of travel": _said("direction_of_travel", TRAVEL),
                "Status": _said("status", STATUSES),
                "Stated outcome": _said("outcome", words.OUTCOMES),
                "Why there is no figure": _said("gap_reason", words.GAPS),
            },
            {"Basis": "Basis", "Status": "Statuses"},
        ),
        Sheet(
            "Claims",
            "Claims checked: each printed change, share and total, worked out again",
            "fct_consistency_checks",
            {
                "Report": _said("report_id", names["reports"]),
                "Row": _said("report_indicator_id", names["refs"]),
                "Line": _value("source_line"),
                "Kind of claim": _said("family", words.FAMILIES),
                "Stated value": _value("stated_value"),
                "Least expected": _value("expected_low"),
                "Greatest expected": _value("expected_high"),
                "Verdict": _said("verdict", VERDICTS),
                "Would turn a decision": _yes("flips_decision"),
                "Explanation": _text("explanation"),
            },
            {"Verdict": "Verdicts"},
        ),
        Sheet(
            "Gaps",
            "Gaps: where a report says that a figure is missing, and why",
            "fct_data_gaps",
            {
                "Report": _said("report_id", names["reports"]),
                "Row": _said("report_indicator_id", names["refs"]),
                "Indicator": _said("indicator_id", names["indicators"]),
                "Period": _said("period_id", names["periods"]),
                "Reason": _said("reason", words.GAPS),
                "The report's words": _text("words"),
            },
            {},
        ),
        Sheet(
            "Reports",
            "Reports: what was read",
            "dim_reports",
            {
                "Report": _said("report_id", names["reports"]),
                "Title": _text("title"),
                "Partnership": _text("partnership"),
                "Publisher": _text("publisher"),
                "Plan": _text("plan"),
                "As at": _text("as_at_date"),
                "Rows": _value("row_count"),
                "Numbers": _value("figure_count"),
                "Licence": _text("licence", NOT_AVAILABLE),
            },
            {"Rows": "Names"},
        ),
        Sheet(
            "Indicators",
            "Indicators: what is measured, the same across plans",
            "dim_indicators",
            {
                "Indicator": _text("indicator_name"),
                "Theme": lambda row: words.theme(row["theme"]),
                "Usual unit": _said("usual_unit", words.UNITS),
                "May be summed": lambda row: "Yes" if row["additivity"] == "additive" else "No",
                "Definition": _text("definition"),
            },
            {"May be summed": "Basis"},
        ),
    ]


def _names(marts: Marts) -> dict[str, dict[str, str]]:
    """Word the keys that sheets show by name."""
    return {
        "areas": {row["area_id"]: row["area_name"] for row in marts.rows("dim_areas")},
        "indicators": {
            row["indicator_id"]: row["indicator_name"] for row in marts.rows("dim_indicators")
        },
        "periods": {row["period_id"]: row["period_label"] for row in marts.rows("dim_periods")},
        "reports": {
            row["report_id"]: f"{row['area']}, Quarter {row['as_at_quarter']}"
            f" {row['financial_year']}"
            for row in marts.rows("dim_reports")
        },
        "refs": {
            row["report_indicator_id"]: row["ref"] or f"row {row['row_number']}"
            for row in marts.rows("bridge_report_indicators")
        },
    }


def _in_order(sheet: Sheet, rows: Iterable[Record]) -> Sequence[Record]:
    """Sort a sheet as people read it: by area, indicator, series and time where it has them."""
    if sheet.mart != "indicator_timeline":
        return list(rows)
    return sorted(
        rows,
        key=lambda row: (
            row["area_name"],
            row["indicator_name"],
            row["series_name"],
            row["basis"],
            row["period_sort_key"],
        ),
    )


def _table(sheet: Sheet, rows: Sequence[Record]) -> gptables.GPTable:
    """Fill one sheet; a table without rows has one that says so."""
    filled = [[read(row) for read in sheet.columns.values()] for row in rows]
    empty = [NOT_APPLICABLE] * len(sheet.columns)
    frame = pd.DataFrame(filled or [empty], columns=list(sheet.columns), dtype=object)
    used = {mark for mark in SHORTHAND if frame.astype(str).apply(_holds(mark)).to_numpy().any()}
    return gptables.GPTable(
        table=frame,
        table_name=sheet.label.lower(),
        title=sheet.title,
        instructions="This worksheet contains one table. Notes are on the notes worksheet.",
        source="The reports named in the table; the site shows each figure in its place.",
        legend=[f"{mark}: {SHORTHAND[mark]}" for mark in SHORTHAND if mark in used],
        table_notes={
            heading: f"$${note}$$" for heading, note in sheet.notes.items() if heading in frame
        },
        index_columns={},
    )


def _fit_meta(book: gptables.GPWorkbook, cover: gptables.Cover) -> None:
    """Do as much for the cover, the contents and the notes."""
    sheet = book.get_worksheet_by_name("Cover")
    rows = [(TITLE, TALLEST)]
    for part in (cover.intro, cover.about, cover.contact):
        rows += [("", TALL), *((text, LINE) for text in part)]
    for number, (text, height) in enumerate(rows):
        sheet.set_row(number, height * _lines(text, cover.width))
    sheet = book.get_worksheet_by_name("Notes")
    sheet.set_column(1, 1, NOTE_WIDTH)
    # The notes stand in the order in which the sheets name them: all get the room of the longest.
    longest = max(_lines(text, NOTE_WIDTH) for _, text in NOTES)
    for number in range(sheet.dim_rowmax + 1 - len(NOTES), sheet.dim_rowmax + 1):
        sheet.set_row(number, longest * LINE)
    for label in ("Cover", "Contents", "Notes"):
        book.get_worksheet_by_name(label).set_paper(A4)
        book.get_worksheet_by_name(label).fit_to_pages(1, 0)


def _fit(sheet: Any, frame: pd.DataFrame) -> None:
    """Make a sheet's columns as wide and its rows as high as their texts, and let it print.

    Programs that open a workbook do not all work the heights of wrapped rows out anew.
    """
    widths = [min(_longest(frame[heading]) * WIDE_LETTERS, WIDEST) + 3 for heading in frame]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    heading_row = sheet.dim_rowmax - len(frame)
    sheet.set_row(heading_row, 2 * LINE)  # a heading may have its note below it
    for number, row in enumerate(frame.itertuples(index=False), start=heading_row + 1):
        lines = max(_lines(str(text), width) for text, width in zip(row, widths, strict=True))
        if lines > 1:
            sheet.set_row(number, lines * LINE)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)


def _lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a column."""
    return sum(max(1, math.ceil(len(part) * LETTERS / width)) for part in text.split("\n"))


def _longest(column: pd.Series[Any]) -> int:
    """Count the characters of a column's longest cell, its heading included."""
    return max(int(column.astype(str).str.len().max()), len(str(column.name)))


def _holds(mark: str) -> Callable[[pd.Series[Any]], pd.Series[Any]]:
    return lambda column: column.str.contains(mark, regex=False)


def build_workbook(warehouse: Path, out: Path) -> Path:
    """Write the workbook.

    Parameters
    ----------
    warehouse
        A folder with the published DuckDB file.
    out
        The folder to write ``community_safety.xlsx`` in.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    PipelineError
        If a mart is missing.
    """
    with open_marts(warehouse) as marts:
        sheets = _sheets(_names(marts))
        reports = marts.rows("dim_reports")
        tables = {
            sheet.label: _table(sheet, _in_order(sheet, marts.rows(sheet.mart))) for sheet in sheets
        }
    cover = gptables.Cover(
        title=TITLE,
        intro=[
            "What published performance reports of community safety partnerships say, as tidy"
            " tables. The figures are the publishers' own.",
            *(f"{row['title']}. {row['publisher']}." for row in reports),
        ],
        about=[
            "Where a cell would be empty it holds [x] (not available) or [z] (not applicable).",
            *(f"{mark}: {meaning}." for mark, meaning in SHORTHAND.items()),
        ],
        contact=["The publishers named above answer for their reports."],
    )
    theme = deepcopy(gptables.gptheme)
    theme.update_cover_text_format({"text_wrap": True, "valign": "top"})
    theme.update_data_format({"text_wrap": True, "valign": "top"})
    out.mkdir(parents=True, exist_ok=True)
    place = out / FILE
    with warnings.catch_warnings():
        # gptables 2.0 does two things in a way that pandas 4 will not know.
        warnings.simplefilter("ignore", pd.errors.Pandas4Warning)
        book = gptables.produce_workbook(
            filename=str(place),
            sheets=tables,
            theme=theme,
            cover=cover,
            notes_table=pd.DataFrame(NOTES, columns=["Note reference", "Note text"]),
            auto_width=True,
            # Texts of reports may begin with "=" or hold addresses: they stay texts.
            workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
        )
    for label, table in tables.items():
        _fit(book.get_worksheet_by_name(label), table.table)
    _fit_meta(book, cover)
    book.set_properties(
        {"title": TITLE, "subject": "Community safety performance", "author": "", "language": "en"}
    )
    book.close()
    return place


def main() -> int:
    """Write the workbook once more from the published tables."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.workbook", description=main.__doc__)
    parser.add_argument("--warehouse", type=Path, default=Path("warehouse"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    try:
        print(f"workbook: {build_workbook(given.warehouse, given.out)}")
    except PipelineError as error:
        print(f"workbook: {error}", *error.details, sep="\n  ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
