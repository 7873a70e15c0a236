"""Rows as the reader gathers them, and what they become when all lines are read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ingest.layout import facts
from ingest.layout.headers import Column
from ingest.model import Cell, Row, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.layout.tables import Table
    from ingest.model import ReportEntry

_LETTERS: Final = re.compile(r"[A-Za-z]{3,}")
_NUMBERED: Final = re.compile(r"\d+\.")
_SECTION: Final = Column(-1, "", "section", "section")


@dataclass(slots=True)
class OpenRow:
    """A row while its lines are being gathered."""

    table: int
    ref: str | None
    is_under: bool  # a further row under the ref above
    lines: list[tuple[int, Segment]] = field(default_factory=list)  # (column, segment)
    last_lines: dict[int, str] = field(default_factory=dict)  # the last text of each column
    is_wrapped: bool = False
    section: str | None = None
    ref_extra: list[Segment] = field(default_factory=list)  # a section label stuck to the ref


def make_cell(
    report_id: str, column: Column, segments: Sequence[Segment], row_key: str | None = None
) -> Cell:
    """A cell of these segments, in reading order, under a column."""
    first = segments[0]
    return Cell(
        cell_id=f"{report_id}:{first.line}:{first.start}",
        source_cell=column.source_cell,
        header=column.header,
        segments=tuple(segments),
        text=" ".join(segment.text for segment in segments),
        window=column.window,
        row_key=row_key,
        is_window_inferred=column.is_window_inferred,
    )


def place(segment: Segment) -> tuple[int, int]:
    """Where a segment stands: line and first character."""
    return segment.line, segment.start


def finish(
    entry: ReportEntry,
    rows: Sequence[OpenRow],
    tables: Sequence[Table],
    loose: Sequence[Cell],
    header_lines: Sequence[tuple[int, int]],
) -> tuple[Row, ...]:
    """Rows with their keys, cells and facts, when all lines of a report are read.

    Parameters
    ----------
    entry
        The report.
    rows
        All its rows, in order.
    tables
        All its tables.
    loose
        The cells outside rows, which may hold markings.
    header_lines
        The first and last line number of each table's header.
    """
    keys: Counter[str] = Counter()
    whole, wide_tables = _report_marking(loose, header_lines)
    sections = _sections(rows, tables)
    out: list[Row] = []
    owner: str | None = None
    table_above = -1
    for number, row in enumerate(rows, start=1):
        table = tables[row.table]
        if row.ref is None:
            key = f"row-{number}"
        else:
            keys[row.ref] += 1
            key = row.ref if keys[row.ref] == 1 else f"{row.ref}~{keys[row.ref]}"
        cells = _cells(entry.report_id, row, table, key)
        if row.table != table_above:
            table_above, owner = row.table, None
        printed = next((cell.text for cell in cells if cell.source_cell == "owner"), None)
        certainty = "stated" if printed else "inferred" if owner else None
        owner = printed or owner
        measure = " ".join(cell.text for cell in cells if cell.source_cell == "measure")
        marking = _row_marking(cells) or whole or wide_tables.get(row.table)
        if marking is None and row.is_under and out and out[-1].ref == row.ref:
            marking = out[-1].marking_printed
        segments = [segment for cell in cells for segment in cell.segments]
        out.append(
            Row(
                row_key=key,
                row_number=number,
                table_number=row.table + 1,
                ref=row.ref,
                section=sections[number - 1],
                measure=measure,
                cells=cells,
                desired_direction=_direction(measure, cells, table),
                owner_printed=owner,
                owner_certainty=certainty,
                marking_printed=marking,
                first_line=min(segment.line for segment in segments),
                last_line=max(segment.line for segment in segments),
            )
        )
    return tuple(out)


def _cells(report_id: str, row: OpenRow, table: Table, key: str) -> tuple[Cell, ...]:
    by_column: dict[int, list[Segment]] = {}
    for column, segment in row.lines:
        by_column.setdefault(column, []).append(segment)
    out: list[Cell] = []
    for index in sorted(by_column):
        if index < len(table.columns):
            under = table.columns[index]
        else:  # a field beyond the header's last column
            header = f"column {index + 1}"
            under = Column(index, header, f"other:{header}", "other", is_known=False)
        out.append(make_cell(report_id, under, by_column[index], key))
    out.extend(make_cell(report_id, _SECTION, (segment,), key) for segment in row.ref_extra)
    return tuple(sorted(out, key=lambda cell: place(cell.segments[0])))


def _direction(measure: str, cells: Sequence[Cell], table: Table) -> str | None:
    if (code := facts.direction_of(measure)) is not None:
        return code
    polarity = table.of_kind("polarity")
    if polarity is None:
        return None
    texts = (cell.text for cell in cells if cell.source_cell == polarity.source_cell)
    return next((code for text in texts if (code := facts.polarity_of(text))), None)


def _row_marking(cells: Sequence[Cell]) -> str | None:
    for cell in cells:
        if found := facts.find_marking(cell.text, is_ref=cell.source_cell == "ref"):
            return found[0]
    return None


def _report_marking(
    loose: Sequence[Cell], header_lines: Sequence[tuple[int, int]]
) -> tuple[str | None, dict[int, str]]:
    """Markings outside rows: one of the whole report, and those of single tables' headers."""
    whole: str | None = None
    by_table: dict[int, str] = {}
    table_of = {
        line: number
        for number, (first, last) in enumerate(header_lines)
        for line in range(first, last + 1)
    }
    for cell in loose:
        found = facts.find_marking(cell.text)
        if found is None or not found[1]:
            continue
        if cell.source_cell == "header":
            by_table[table_of[cell.segments[0].line]] = found[0]
        else:
            whole = found[0]
    return whole, by_table


def _sections(rows: Sequence[OpenRow], tables: Sequence[Table]) -> list[str | None]:
    """The section of every row: the label in its column (whole, cut or noise), else a heading.

    Rows of one table whose refs begin with the same number share one section: a label set sideways
    over them falls on any of their lines. Elsewhere a label holds until the next one.
    """
    groups: list[list[str]] = []
    members: dict[int, list[int]] = {}
    out: list[str | None] = []
    running: str | None = None
    above: tuple[int, str | None] | None = None
    for row in rows:
        columns = tables[row.table].columns
        pieces = [
            segment.text
            for column, segment in row.lines
            if column < len(columns) and columns[column].kind == "section"
        ] + [segment.text for segment in row.ref_extra]
        major = _major(row.ref)
        if above is None or major is None or major != above[1]:
            groups.append([])
            if above is None or above[0] != row.table:
                running = _heading_label(columns)
        if major is not None:
            groups[-1].extend(pieces)
            out.append(row.section)
            members.setdefault(len(groups) - 1, []).append(len(out) - 1)
        else:
            running = _label(pieces) or running
            out.append(running or row.section)
        above = (row.table, major)
    for group, at_rows in members.items():
        label = _label(groups[group])
        for at in at_rows:
            out[at] = label or out[at]
    return out


def _heading_label(columns: Sequence[Column]) -> str | None:
    """A section label that stands in the header line, where its column's name should be."""
    first = columns[0]
    if first.kind == "section" and not first.is_known:
        return _label([first.header])
    return None


def _major(ref: str | None) -> str | None:
    return ref.split(".", 1)[0] if ref is not None and "." in ref else None


def _label(pieces: Sequence[str]) -> str | None:
    """A section's name from the pieces of it that were printed; noise is left out."""
    if len(pieces) > 2 and all(len(piece) == 1 for piece in pieces):
        return "".join(pieces)
    kept = [piece for piece in dict.fromkeys(pieces) if _LETTERS.search(piece)]
    if len(kept) > 1 and _NUMBERED.match(kept[-1]) and not _NUMBERED.match(kept[0]):
        kept.reverse()  # set sideways: the beginning of the label is the lowest piece
    return " ".join(kept) or None
