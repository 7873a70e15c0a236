"""What is expected of the landed seeds before dbt reads them.

dbt tests what is in the seeds' columns. Here is what it cannot see: the files as files, and the
source reports beside them. A landing that does not meet this stops the build.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import great_expectations.expectations as gxe
import pandas as pd

from ingest import source
from pipeline.expectations.gate import Suite

# The columns the models read, in order. Others may stand between them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "landed_reports": (
        *("report_id", "file", "area", "partnership", "publisher", "plan", "financial_year"),
        *("as_at_quarter", "title", "sha256", "format", "layout", "line_count", "table_count"),
        *("row_count", "cell_count", "figure_count", "warning_count"),
    ),
    "landed_segments": (
        *("report_id", "source_line", "char_start", "char_end", "cell_id", "text"),
    ),
    "landed_rows": (
        *("report_indicator_id", "report_id", "row_key", "row_number", "table_number", "section"),
        *("ref", "measure", "measure_published", "desired_direction", "owner_printed"),
        *("owner_published", "owner_certainty", "marking_printed", "is_restricted"),
        *("first_line", "last_line"),
    ),
    "landed_cells": (
        *("cell_id", "report_id", "report_indicator_id", "source_cell", "header", "basis"),
        *("period_start", "period_end", "first_line", "last_line", "source_locator", "text"),
        *("text_published",),
    ),
    "landed_figures": (
        *("figure_id", "report_id", "report_indicator_id", "cell_id", "ref", "source_line"),
        *("source_cell", "char_start", "char_end", "cell_char_start", "printed"),
        *("printed_decimals", "statement", "role", "series", "unit", "basis", "period_start"),
        *("period_end", "value", "comparator", "certainty", "note", "rule"),
        *("relates_to_figure_id", "relation", "direction_word", "operator"),
    ),
    "landed_statuses": (
        *("status_id", "report_id", "report_indicator_id", "cell_id", "source_line"),
        *("source_cell", "basis", "period_start", "period_end", "status_printed"),
        *("direction_of_travel_printed",),
    ),
    "landed_outcomes": (
        *("outcome_id", "report_id", "report_indicator_id", "cell_id", "source_line"),
        *("source_cell", "char_start", "words", "statement", "outcome", "basis"),
        *("period_start", "period_end", "certainty", "rule"),
    ),
    "landed_gaps": (
        *("gap_id", "report_id", "report_indicator_id", "cell_id", "source_line", "source_cell"),
        *("char_start", "words", "statement", "reason", "basis", "period_start", "period_end"),
        *("certainty", "rule"),
    ),
    "landed_warnings": ("warning_id", "report_id", "source_line", "code", "message"),
    "landed_match_proposals": ("report_indicator_id", "rank", "indicator_id", "score"),
}
COUNTED = {  # what the manifest of a landing counts, and where it is landed
    "row_count": "landed_rows",
    "cell_count": "landed_cells",
    "figure_count": "landed_figures",
    "warning_count": "landed_warnings",
}
FIELD_LIMIT = 1_000_000  # characters; no field of a report is longer, and csv's own limit is short
DIGITS = re.compile(r"[0-9]+")
ISO_DATE = r"^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
YEARS_AROUND = 15  # how far a date in a report may be from the report's own financial year

SourceLines = Mapping[str, Mapping[int, str]]


def read_landed(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every landed seed, all text, an empty field as an empty string."""
    return {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        if (folder / f"{name}.csv").is_file()
        else pd.DataFrame(columns=list(columns), dtype=str)
        for name, columns in COLUMNS.items()
    }


def source_lines(reports: pd.DataFrame, folder: Path) -> dict[str, dict[int, str]]:
    """Read the source of every landed report again: report_id to line number to text."""
    return {
        report_id: {line.number: line.text for line in source.read(folder / file).lines}
        for report_id, file in zip(reports["report_id"], reports["file"], strict=True)
    }


def files(folder: Path) -> pd.DataFrame:
    """Describe the landed files as files; one row a file, key its name."""
    csv.field_size_limit(FIELD_LIMIT)
    rows = []
    for name, columns in COLUMNS.items():
        path = folder / f"{name}.csv"
        data = path.read_bytes() if path.is_file() else b""
        try:
            text = data.decode("utf-8")
            is_utf8 = True
        except UnicodeDecodeError:
            text = data.decode("utf-8", "replace")
            is_utf8 = False
        records = list(csv.reader(io.StringIO(text, newline="\n"))) or [[]]
        rest = iter(records[0])
        rows.append(
            {
                "key": path.name,
                "is_there": path.is_file(),
                "is_utf8": is_utf8 and not data.startswith(b"\xef\xbb\xbf"),
                "has_unix_lines": b"\r" not in data and (not data or data.endswith(b"\n")),
                "has_columns_in_order": all(column in rest for column in columns),
                "has_no_ragged_record": len({len(record) for record in records}) == 1,
                "has_no_nul": "\0" not in text,
            }
        )
    return pd.DataFrame(rows)


def counts(landed: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Set what every report's own record counts beside what landed of it."""
    rows = []
    for report in landed["landed_reports"].to_dict("records"):
        for counted, seed in COUNTED.items():
            rows.append(
                {
                    "key": f"{report['report_id']} {counted}",
                    "counted": str(report.get(counted, "")),
                    "landed": str(_landed(landed[seed], report["report_id"])),
                }
            )
    return pd.DataFrame(rows, columns=["key", "counted", "landed"])


def _landed(seed: pd.DataFrame, report_id: str) -> int:
    """Count what landed of a report; of its cells, those of an indicator row."""
    of_report = seed["report_id"] == report_id
    if "text_published" in seed.columns:
        of_report &= seed["report_indicator_id"] != ""
    return int(of_report.sum())


def figures(landed: Mapping[str, pd.DataFrame], sources: SourceLines) -> pd.DataFrame:
    """Set every figure beside what stands at its place in the source."""
    frame = landed["landed_figures"]
    years = dict(
        zip(
            landed["landed_reports"]["report_id"],
            landed["landed_reports"]["financial_year"].str[:4],
            strict=True,
        )
    )
    rows = []
    for figure in frame.to_dict("records"):
        line = _number(figure["source_line"])
        text = sources.get(figure["report_id"], {}).get(line, "")
        start, end = _number(figure["char_start"]), _number(figure["char_end"])
        year = _number(years.get(figure["report_id"], ""))
        rows.append(
            {
                "key": figure["figure_id"],
                "printed": figure["printed"],
                "in_source": text[max(start, 0) : max(end, 0)],
                "value": figure["value"] or None,
                "period_start": figure["period_start"] or None,
                "period_end": figure["period_end"] or None,
                **{
                    f"years_to_{side}": _number(figure[side][:4]) - year if figure[side] else None
                    for side in ("period_start", "period_end")
                },
            }
        )
    return pd.DataFrame(
        rows,
        columns=[
            *("key", "printed", "in_source", "value", "period_start", "period_end"),
            *("years_to_period_start", "years_to_period_end"),
        ],
    )


def lines(landed: Mapping[str, pd.DataFrame], sources: SourceLines) -> pd.DataFrame:
    """Lay segments and figures over every source line; one row a line that holds anything.

    ``left_out`` and ``twice`` count characters that no segment, or more than one, has landed;
    ``digits_left_out`` and ``digits_twice`` count runs of digits by the figures they are in;
    ``differs`` counts segments whose text is not what stands in the source.
    """
    segments = _by_line(landed["landed_segments"])
    found = _by_line(landed["landed_figures"])
    rows = []
    for report_id, texts in sources.items():
        for number, text in texts.items():
            if not text.strip():
                continue
            place = (report_id, number)
            covered = [0] * len(text)
            differs = 0
            for start, end, landed_text in segments.get(place, []):
                differs += text[start:end] != landed_text
                for at in range(max(start, 0), min(end, len(text))):
                    covered[at] += 1
            marks = [count for count, char in zip(covered, text, strict=True) if not char.isspace()]
            runs = [
                sum(s <= run.start() and run.end() <= e for s, e, _ in found.get(place, []))
                for run in DIGITS.finditer(text)
            ]
            rows.append(
                {
                    "key": f"{report_id}:{number}",
                    "left_out": marks.count(0),
                    "twice": sum(count > 1 for count in marks),
                    "differs": differs,
                    "digits_left_out": runs.count(0),
                    "digits_twice": sum(count > 1 for count in runs),
                }
            )
    return pd.DataFrame(
        rows,
        columns=["key", "left_out", "twice", "differs", "digits_left_out", "digits_twice"],
    )


def reports(landed: Mapping[str, pd.DataFrame], folder: Path) -> pd.DataFrame:
    """Set every report's recorded digest and number of lines beside its file's."""
    rows = []
    for report in landed["landed_reports"].to_dict("records"):
        read = source.read(folder / report["file"])
        rows.append(
            {
                "key": report["report_id"],
                "sha256": report["sha256"],
                "sha256_of_file": read.sha256,
                "line_count": str(report["line_count"]),
                "lines_of_file": str(len(read.lines)),
            }
        )
    return pd.DataFrame(
        rows, columns=["key", "sha256", "sha256_of_file", "line_count", "lines_of_file"]
    )


def suites(folder: Path, reports_folder: Path) -> list[Suite]:
    """Say everything that is expected of a landing.

    Parameters
    ----------
    folder
        The landed seeds.
    reports_folder
        The source reports they were read from.
    """
    expected_files = Suite(
        "landed files",
        files(folder),
        [
            _true("is_there", "a seed is missing"),
            _true("is_utf8", "a seed is not plain UTF-8"),
            _true("has_unix_lines", "a seed has line ends other than a single line feed"),
            _true("has_columns_in_order", "a seed lacks columns the models read, or their order"),
            _true("has_no_ragged_record", "a seed has records of different lengths"),
            _true("has_no_nul", "a seed holds a NUL character"),
        ],
    )
    if not bool(expected_files.frame.drop(columns="key").all(axis=None)):
        return [expected_files]  # nothing else can be asked of files that cannot be read
    landed = read_landed(folder)
    sources = source_lines(landed["landed_reports"], reports_folder)
    return [
        expected_files,
        Suite(
            "landed reports",
            reports(landed, reports_folder),
            [
                (
                    gxe.ExpectTableRowCountToBeBetween(min_value=1),
                    "no report has landed",
                ),
                _same("sha256", "sha256_of_file", "a report's file is not the one that was read"),
                _same("line_count", "lines_of_file", "a report has not landed with all its lines"),
            ],
        ),
        Suite(
            "landed counts",
            counts(landed),
            [_same("counted", "landed", "a report counts other than landed of it")],
        ),
        Suite(
            "landed figures",
            figures(landed, sources),
            [
                _same("printed", "in_source", "a figure is not where it says it is in the source"),
                (
                    gxe.ExpectColumnValuesToMatchRegex(
                        column="value", regex=r"^-?\d{1,14}(?:\.\d{1,4})?$"
                    ),
                    "a figure's value does not fit decimal(18,4)",
                ),
                *(
                    (
                        gxe.ExpectColumnValuesToMatchRegex(column=column, regex=ISO_DATE),
                        f"a figure's {column} is no ISO date",
                    )
                    for column in ("period_start", "period_end")
                ),
                *(
                    (
                        gxe.ExpectColumnValuesToBeBetween(
                            column=f"years_to_{column}",
                            min_value=-YEARS_AROUND,
                            max_value=YEARS_AROUND,
                        ),
                        f"a figure's {column} is more than {YEARS_AROUND} years from its report",
                    )
                    for column in ("period_start", "period_end")
                ),
            ],
        ),
        Suite(
            "landed lines",
            lines(landed, sources),
            [
                _none("left_out", "characters of a source line have not landed"),
                _none("twice", "characters of a source line have landed twice"),
                _none("differs", "what landed of a source line is not what stands in it"),
                _none("digits_left_out", "a number in a source line is in no figure"),
                _none("digits_twice", "a number in a source line is in two figures"),
            ],
        ),
    ]


def _true(column: str, reason: str) -> tuple[gxe.Expectation, str]:
    """Expect a column to be true throughout."""
    return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[True]), reason


def _none(column: str, reason: str) -> tuple[gxe.Expectation, str]:
    """Expect a column of counts to be nought throughout."""
    return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[0]), reason


def _same(left: str, right: str, reason: str) -> tuple[gxe.Expectation, str]:
    """Expect two columns to agree in every row."""
    expectation = gxe.ExpectColumnPairValuesToBeEqual(
        column_A=left, column_B=right, ignore_row_if="neither"
    )
    return expectation, reason


def _number(text: str) -> int:
    """Read a whole number; -1 for what is none, which stands nowhere in any source."""
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else -1


def _by_line(frame: pd.DataFrame) -> dict[tuple[str, int], list[tuple[int, int, str]]]:
    """Group start, end and text of segments or figures by the line they are in."""
    found: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    text = frame["text"] if "text" in frame.columns else frame["printed"]
    for report_id, line, start, end, words in zip(
        frame["report_id"],
        frame["source_line"],
        frame["char_start"],
        frame["char_end"],
        text,
        strict=True,
    ):
        place = (report_id, _number(line))
        found.setdefault(place, []).append((_number(start), _number(end), words))
    return found
