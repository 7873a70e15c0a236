"""The project's reader, asked for what it makes of a statement or of a whole report."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ingest import figures, layout, periods, source
from ingest.layout import facts, headers
from ingest.model import Cell, Document, Line, ReportEntry, Row, Segment, Window
from tests.accuracy.gold import Answer

if TYPE_CHECKING:
    from ingest.model import Figure
    from tests.accuracy.gold import Report, Statement

OUTSIDE_ROWS: Final = frozenset({"title", "header", "section", "notes"})
_QUARTER: Final = re.compile(r"q([1-4])")
Place = tuple[int, int, int]


def answer_of(figure: Figure) -> Answer:
    """A figure in the words of the answers."""
    return Answer(
        line=figure.source_line,
        start=figure.char_start,
        end=figure.char_end,
        printed=figure.printed,
        role=figure.role,
        series=figure.series,
        unit=figure.unit,
        basis=figure.basis,
        period_start=figure.period_start,
        period_end=figure.period_end,
        value=figure.value,
        comparator=figure.comparator,
        certainty=figure.certainty,
        note=figure.note,
    )


def _window(source_cell: str, first_year: int) -> tuple[str, Window | None]:
    """The header a column of this code would have, and what such a header says of time."""
    if match := _QUARTER.fullmatch(source_cell):
        number = int(match[1])
        return f"Quarter {number}", periods.quarter(first_year, number)
    kind, _, label = source_cell.partition(":")
    year = periods.parse_label(label)
    if kind == "target":
        return f"Target {label}", periods.financial_year(first_year if year is None else year)
    if kind == "history" and year is not None:
        return label, periods.financial_year(year)
    if kind == "year_total":
        return "Year total", periods.financial_year(first_year)
    return kind.replace("_", " ").capitalize(), None


def document_of(statement: Statement) -> Document:
    """A statement as a report of one row: its cell, and beside it the words of its measure."""
    entry = ReportEntry(
        report_id=statement.statement_id,
        file=f"{statement.statement_id}.txt",
        area="Anyborough",
        partnership="Safer Anyborough Partnership",
        publisher="Anyborough Council",
        plan="Community Safety Plan",
        financial_year=statement.financial_year,
        as_at_quarter=statement.as_at_quarter,
        title="",
    )
    source_cell = statement.source_cell
    header, window = _window(source_cell, entry.first_year)
    if source_cell.startswith("other:"):
        header = source_cell.removeprefix("other:")
        column = headers.resolve(headers.understand(header), header, 0, entry)
        source_cell, window = column.source_cell, column.window
    outside = statement.source_cell in OUTSIDE_ROWS

    def cell(number: int, source_cell: str, header: str, text: str, window: Window | None) -> Cell:
        return Cell(
            cell_id=f"{statement.statement_id}:{number}:0",
            source_cell=source_cell,
            header=header,
            segments=(Segment(number, 0, len(text), text),),
            text=text,
            window=window,
            row_key=None if outside else "row-1",
        )

    said = cell(1, source_cell, header, statement.text, window)
    lines = [Line(1, statement.text)]
    if outside:
        return Document(entry, tuple(lines), (), (said,), statement.source_cell, 0)
    cells = [said]
    if statement.measure:
        lines.append(Line(2, statement.measure))
        cells.insert(0, cell(2, "measure", "Performance measure", statement.measure, None))
    measure = statement.measure or (statement.text if statement.source_cell == "measure" else "")
    row = Row(
        row_key="row-1",
        row_number=1,
        table_number=1,
        ref=None,
        section=None,
        measure=measure,
        cells=tuple(cells),
        desired_direction=facts.direction_of(measure),
        first_line=1,
        last_line=len(lines),
    )
    return Document(entry, tuple(lines), (row,), (), statement.source_cell, 1)


def read_statement(statement: Statement) -> tuple[list[Answer], dict[Place, str]]:
    """What the reader makes of a statement, and by which rules."""
    found = [f for f in figures.read_document(document_of(statement)) if f.source_line == 1]
    return [answer_of(f) for f in found], _rules(found)


@lru_cache(maxsize=64)
def lines_of(report: Report) -> tuple[Line, ...]:
    """The lines of a report as the project itself reads them."""
    return source.read(report.path).lines


def read_report(report: Report) -> tuple[list[Answer], dict[Place, str]]:
    """What the reader makes of a whole report, through layout, and by which rules."""
    found = list(figures.read_document(layout.read_document(report.entry, lines_of(report))))
    return [answer_of(f) for f in found], _rules(found)


def _rules(found: list[Figure]) -> dict[Place, str]:
    return {(f.source_line, f.char_start, f.char_end): f.rule for f in found}
