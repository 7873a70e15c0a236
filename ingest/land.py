"""What was read lands as dbt seeds: CSV files, all text, the same bytes on every run."""

from __future__ import annotations

import csv
import filecmp
import gc
import io
import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from ingest import manifest, source
from ingest.figures import read_document as read_figures
from ingest.files import draft_of
from ingest.layout import read_document
from ingest.model import IngestError
from ingest.privacy import mask
from ingest.proposals import COLUMNS as PROPOSAL_COLUMNS
from ingest.proposals import Proposer
from ingest.statements import read_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ingest.model import Cell, Document, Figure, ReportEntry, Warning_, Window
    from ingest.source import Source
    from ingest.statements import Statements

# The seeds and their columns, in order. Keys come first.
SEEDS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(columns.split())
    for name, columns in {
        "landed_reports": "report_id file area partnership publisher plan financial_year"
        " as_at_quarter title source_url published_on licence data_as_at sha256 format layout"
        " line_count table_count row_count cell_count figure_count warning_count",
        "landed_segments": "report_id source_line char_start char_end cell_id text",
        "landed_rows": "report_indicator_id report_id row_key row_number table_number section ref"
        " measure measure_published desired_direction owner_printed owner_published owner_certainty"
        " marking_printed is_restricted first_line last_line",
        "landed_cells": "cell_id report_id report_indicator_id source_cell header basis"
        " period_start period_end first_line last_line source_locator text text_published",
        "landed_figures": "figure_id report_id report_indicator_id cell_id ref source_line"
        " source_cell char_start char_end cell_char_start printed printed_decimals statement role"
        " series unit basis period_start period_end value comparator certainty note rule"
        " relates_to_figure_id relation direction_word operator",
        "landed_statuses": "status_id report_id report_indicator_id cell_id source_line source_cell"
        " basis period_start period_end status_printed direction_of_travel_printed",
        "landed_outcomes": "outcome_id report_id report_indicator_id cell_id source_line"
        " source_cell char_start words statement outcome basis period_start period_end certainty"
        " rule",
        "landed_gaps": "gap_id report_id report_indicator_id cell_id source_line source_cell"
        " char_start words statement reason basis period_start period_end certainty rule",
        "landed_warnings": "warning_id report_id source_line code message",
        "landed_match_proposals": " ".join(PROPOSAL_COLUMNS),
    }.items()
}
# decimal(18,4): fourteen digits before the point, four after it.
_LARGEST: Final = Decimal(10) ** 14
_SMALLEST_STEP: Final = Decimal("0.0001")

_T = TypeVar("_T")
Value = str | int | None
Record = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Landing:
    """What a run landed: counts, the warnings as one line each, and the seeds that changed."""

    reports: int
    rows: int
    cells: int
    figures: int
    warnings: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """One report, read to the end."""

    document: Document
    source: Source
    figures: tuple[Figure, ...]
    statements: Statements


def read_report(entry: ReportEntry, reports_dir: Path) -> Read:
    """Read one report through all stages.

    Raises
    ------
    IngestError
        If the file or its layout cannot be read, or its tables say nothing.
    """
    found = source.read(reports_dir / entry.file)
    document = read_document(entry, found.lines)
    read = Read(document, found, read_figures(document), read_statements(document))
    said = (read.statements.statuses, read.statements.outcomes, read.statements.gaps)
    if not any(said) and all(figure.role == "context" for figure in read.figures):
        raise IngestError("its tables hold no figures, no statuses and no stated gaps", entry.file)
    return read


def land(reports_dir: Path, seeds_dir: Path) -> Landing:
    """Read every report of the manifest and write the landed seeds.

    Files are written beside the old ones and put in place when all reports are read, and only
    those that changed: a failure leaves every seed as it was.

    Parameters
    ----------
    reports_dir
        The folder with ``manifest.yml`` and the reports.
    seeds_dir
        The folder of the landed seeds; made when it is not there.

    Raises
    ------
    IngestError
        For the first report, or manifest entry, that cannot be read.
    """
    entries = manifest.load(reports_dir / "manifest.yml")
    try:
        seeds_dir.mkdir(parents=True, exist_ok=True)
        return _land(entries, reports_dir, seeds_dir)
    except OSError as error:
        raise IngestError(
            f"the seeds cannot be written ({error.strerror or error})", str(seeds_dir)
        ) from error


def _land(entries: Sequence[ReportEntry], reports_dir: Path, seeds_dir: Path) -> Landing:
    reports = rows = cells = figures = 0
    warnings: list[str] = []
    proposer = Proposer()
    beside = {name: draft_of(seeds_dir / f"{name}.csv") for name in SEEDS}
    try:
        with ExitStack() as stack:
            handles = {}
            for name, path in beside.items():
                handles[name] = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
                handles[name].write(_lines_of([SEEDS[name]]))
            for landed in landed_reports(entries, reports_dir):
                for name, lines in landed.seeds.items():
                    handles[name].write(lines)
                for row in landed.rows:
                    proposer.add(*row)
                reports += 1
                rows += len(landed.rows)
                cells += landed.cells
                figures += landed.figures
                warnings.extend(landed.warnings)
            csv.writer(handles["landed_match_proposals"], lineterminator="\n").writerows(
                proposer.records()
            )
        changed = [name for name, path in beside.items() if _put(path, seeds_dir / f"{name}.csv")]
    finally:
        for path in beside.values():
            path.unlink(missing_ok=True)
    return Landing(reports, rows, cells, figures, tuple(warnings), tuple(changed))


@dataclass(frozen=True, slots=True)
class Landed:
    """One report as it goes into the seeds.

    ``seeds`` holds its lines of every seed but the proposals, ``rows`` what the proposals need of
    each of its rows: report_indicator_id, report_id, row_key and measure.
    """

    seeds: Mapping[str, str]
    rows: tuple[tuple[str, str, str, str], ...]
    cells: int
    figures: int
    warnings: tuple[str, ...]


def land_report(entry: ReportEntry, reports_dir: Path) -> Landed:
    """Read one report and write down what lands of it.

    Raises
    ------
    IngestError
        As :func:`read_report`.
    """
    with undisturbed():
        read = read_report(entry, reports_dir)
        document = read.document
        return Landed(
            {name: _lines_of(records) for name, records in records_of(read).items()},
            tuple(
                (f"{entry.report_id}:{row.row_key}", entry.report_id, row.row_key, row.measure)
                for row in document.rows
            ),
            sum(len(row.cells) for row in document.rows),
            len(read.figures),
            tuple(
                f"{entry.file}:{warning.line}: {_told(warning, document)}"
                for warning in document.warnings
            ),
        )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off the search for circular garbage: all that is made of a report is needed at once."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# Below so many reports another process takes longer to start than it saves.
MANY: Final = 150


def landed_reports(
    entries: Sequence[ReportEntry], reports_dir: Path, processes: int | None = None
) -> Iterator[Landed]:
    """Read reports one after another, or many of them on all processors.

    Parameters
    ----------
    entries
        The reports, in the order in which they come out.
    reports_dir
        The folder they are in.
    processes
        How many processes read; by default one for each processor when there are many reports.
        What is held in memory does not grow with the number of reports.

    Raises
    ------
    IngestError
        For the first report that cannot be read.
    """
    if processes is None:
        processes = _processors() if len(entries) >= MANY else 1
    if processes == 1:
        for entry in entries:
            yield land_report(entry, reports_dir)
        return
    from ingest.many import landed_by_many  # starting processes takes a library of its own

    yield from landed_by_many(entries, reports_dir, processes)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _lines_of(records: Iterable[Sequence[Value]]) -> str:
    """The lines of a seed that hold these records."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(records)
    return lines.getvalue()


def _put(beside: Path, place: Path) -> bool:
    """Put a finished file in place unless the same bytes are there already."""
    if place.exists() and filecmp.cmp(beside, place, shallow=False):
        return False
    beside.replace(place)
    return True


def records_of(read: Read) -> dict[str, list[Record]]:
    """The records of every seed for one report, sorted by their keys."""
    document = read.document
    entry = document.entry
    report = entry.report_id
    cells = _all_cells(document)
    keys = {row.row_key: f"{report}:{row.row_key}" for row in document.rows}
    refs = {row.row_key: row.ref for row in document.rows}
    masked = {cell.cell_id: mask(cell.text, is_owner=cell.source_cell == "owner") for cell in cells}
    statements = read.statements
    return {
        "landed_reports": [_report_record(read)],
        "landed_segments": [
            (report, segment.line, segment.start, segment.end, cell.cell_id, segment.text)
            for segment, cell in sorted(
                ((segment, cell) for cell in cells for segment in cell.segments),
                key=lambda pair: (pair[0].line, pair[0].start),
            )
        ],
        "landed_rows": [
            (
                keys[row.row_key],
                report,
                row.row_key,
                row.row_number,
                row.table_number,
                _public(row.section),
                row.ref,
                row.measure,
                _public(row.measure),
                row.desired_direction,
                row.owner_printed,
                _public_owner(row.owner_printed),
                row.owner_certainty,
                row.marking_printed,
                "true" if row.is_restricted else "false",
                row.first_line,
                row.last_line,
            )
            for row in document.rows
        ],
        "landed_cells": [
            (
                cell.cell_id,
                report,
                keys.get(cell.row_key or ""),
                _public(cell.source_cell),
                _public(cell.header),
                *_dates(cell.window),
                min(segment.line for segment in cell.segments),
                max(segment.line for segment in cell.segments),
                document.lines[cell.segments[0].line - 1].locator,
                cell.text,
                masked[cell.cell_id].text,
            )
            for cell in cells
        ],
        "landed_figures": [
            _figure_record(figure, report, keys, refs, masked[figure.cell_id].offset)
            for figure in sorted(read.figures, key=lambda item: (item.source_line, item.char_start))
        ],
        "landed_statuses": [
            (
                f"{report}:{status.source_line}:{status.char_start}",
                report,
                keys.get(status.row_key),
                status.cell_id,
                status.source_line,
                _public(status.source_cell),
                *_dates(status.window),
                _public(status.printed) if status.kind == "status" else None,
                _public(status.printed) if status.kind == "direction_of_travel" else None,
            )
            for status in statements.statuses
        ],
        "landed_outcomes": [
            (
                f"{report}:{outcome.source_line}:{outcome.char_start}",
                report,
                keys.get(outcome.row_key),
                outcome.cell_id,
                outcome.source_line,
                _public(outcome.source_cell),
                outcome.char_start,
                _public(outcome.words),
                _public(outcome.statement),
                outcome.outcome,
                *_dates(outcome.window),
                outcome.certainty,
                outcome.rule,
            )
            for outcome in statements.outcomes
        ],
        "landed_gaps": [
            (
                gap_id,
                report,
                keys.get(gap.row_key),
                gap.cell_id,
                gap.source_line,
                _public(gap.source_cell),
                gap.char_start,
                _public(gap.words),
                _public(gap.statement),
                gap.reason,
                *_dates(gap.window),
                gap.certainty,
                gap.rule,
            )
            for gap_id, gap in _numbered(
                statements.gaps, lambda gap: f"{report}:{gap.source_line}:{gap.char_start}"
            )
        ],
        "landed_warnings": [
            (warning_id, report, warning.line, warning.code, _told(warning, document))
            for warning_id, warning in _numbered(
                document.warnings, lambda warning: f"{report}:{warning.line}:{warning.code}"
            )
        ],
    }


def _told(warning: Warning_, document: Document) -> str:
    """A warning as it may be published: it quotes the report, and may stand in a header."""
    # The row it stands on, or the first below it; after the last row, the last.
    rows = document.rows
    near = next((row for row in rows if row.last_line >= warning.line), rows[-1] if rows else None)
    if near is not None and near.is_restricted:
        return "something on a row, or in a header, under a protective marking"
    return mask(warning.message).text


# The names of columns, of series and of headers come again and again, and so do sentences.
@lru_cache(maxsize=4096)
def _public(text: str | None) -> str | None:
    """A text as it may be published."""
    return None if text is None else mask(text).text


def _public_owner(text: str | None) -> str | None:
    """A text of an owner's cell as it may be published."""
    return None if text is None else mask(text, is_owner=True).text


def _all_cells(document: Document) -> list[Cell]:
    cells = [cell for row in document.rows for cell in row.cells] + list(document.loose)
    return sorted(cells, key=lambda cell: (cell.segments[0].line, cell.segments[0].start))


def _numbered(items: Iterable[_T], key: Callable[[_T], str]) -> Iterator[tuple[str, _T]]:
    """Items with their id; a second item of the same id gets "~2" after it."""
    seen: dict[str, int] = {}
    for item in items:
        name = key(item)
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}~{seen[name]}"), item


def _public_layout(document: Document) -> str:
    """A report's columns as they may be published: unknown headers are the report's own words."""
    open_columns = {
        cell.source_cell for row in document.rows if not row.is_restricted for cell in row.cells
    }
    return "|".join(
        mask(part).text if not part.startswith("other:") or part in open_columns else "other"
        for part in document.layout.split("|")
    )


def _report_record(read: Read) -> Record:
    document = read.document
    entry = document.entry
    return (
        entry.report_id,
        entry.file,
        entry.area,
        entry.partnership,
        entry.publisher,
        entry.plan,
        entry.financial_year,
        entry.as_at_quarter,
        _public(entry.title),
        entry.source_url,
        entry.published_on,
        entry.licence,
        entry.data_as_at,
        read.source.sha256,
        read.source.format,
        _public_layout(document),
        len(document.lines),
        document.table_count,
        len(document.rows),
        sum(len(row.cells) for row in document.rows),
        len(read.figures),
        len(document.warnings),
    )


def _figure_record(
    figure: Figure,
    report: str,
    keys: dict[str, str],
    refs: dict[str, str | None],
    offset: Callable[[int], int],
) -> Record:
    value, note = figure.value, figure.note
    if value is not None and not _fits(value):
        value = None
        note = "; ".join(filter(None, (note, "the number does not fit decimal(18,4)")))
    row_key = figure.row_key or ""
    return (
        figure.figure_id,
        report,
        keys.get(row_key),
        figure.cell_id,
        None if figure.source_cell == "section" else refs.get(row_key),
        figure.source_line,
        _public(figure.source_cell),
        figure.char_start,
        figure.char_end,
        offset(figure.cell_offset),
        figure.printed,
        figure.printed_decimals,
        (_public_owner if figure.source_cell == "owner" else _public)(figure.statement),
        figure.role,
        _public(figure.series),
        figure.unit,
        figure.basis,
        _day(figure.period_start),
        _day(figure.period_end),
        None if value is None else format(value, "f"),
        figure.comparator,
        figure.certainty,
        _public(note),
        figure.rule,
        figure.relates_to,
        figure.relation,
        figure.direction_word,
        figure.operator,
    )


def _fits(value: Decimal) -> bool:
    """Whether a value can be held as decimal(18,4) without loss."""
    if not value.is_finite() or abs(value) >= _LARGEST:
        return False
    return value == value.quantize(_SMALLEST_STEP)


def _dates(window: Window | None) -> tuple[str | None, str | None, str | None]:
    if window is None:
        return None, None, None
    return window.basis, _day(window.start), _day(window.end)


@lru_cache(maxsize=4096)
def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
