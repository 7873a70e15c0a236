"""What the tests of the reader share: documents from texts, and the check that nothing is lost."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import manifest, source
from ingest.layout import read_document
from ingest.model import Line, ReportEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.model import Cell, Document, Row

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "ingest" / "reports"
LAYOUTS = ROOT / "tests" / "fixtures" / "layouts"


def entry(financial_year: str = "2013/14", as_at_quarter: int = 2) -> ReportEntry:
    """A manifest entry of a report that does not exist."""
    return ReportEntry(
        report_id="invented",
        file="invented.txt",
        area="Westford",
        partnership="Westford Community Safety Partnership",
        publisher="Westford Borough Council",
        plan="Community Safety Plan",
        financial_year=financial_year,
        as_at_quarter=as_at_quarter,
        title="Performance report",
    )


def document(text: str, financial_year: str = "2013/14", as_at_quarter: int = 2) -> Document:
    """A text (with "⇥" for tabs) laid out."""
    lines = text.replace("⇥", "\t").split("\n")
    numbered = tuple(Line(number, line) for number, line in enumerate(lines, start=1))
    return read_document(entry(financial_year, as_at_quarter), numbered)


@cache
def report(report_id: str) -> Document:
    """One of the five reports, laid out."""
    found = next(
        found for found in manifest.load(REPORTS / "manifest.yml") if found.report_id == report_id
    )
    return read_document(found, source.read(REPORTS / found.file).lines)


REPORT_IDS = tuple(found.report_id for found in manifest.load(REPORTS / "manifest.yml"))


def cells_of(document: Document) -> Iterator[Cell]:
    """All cells, within rows and outside."""
    for row in document.rows:
        yield from row.cells
    yield from document.loose


def row_of(document: Document, key: str) -> Row:
    """A row by its key."""
    return next(row for row in document.rows if row.row_key == key)


def text_of(document: Document, key: str, source_cell: str) -> str | None:
    """The text of a row's cell; None where it has none."""
    texts = [cell.text for cell in row_of(document, key).cells if cell.source_cell == source_cell]
    assert len(texts) <= 1, texts
    return texts[0] if texts else None


def lost_or_doubled(document: Document) -> list[tuple[int, int, str, int]]:
    """Characters that are not white space and are not in exactly one segment: place and count."""
    held: Counter[tuple[int, int]] = Counter()
    for cell in cells_of(document):
        assert cell.text == " ".join(segment.text for segment in cell.segments)
        for segment in cell.segments:
            line = document.lines[segment.line - 1].text
            assert line[segment.start : segment.end] == segment.text == segment.text.strip() != ""
            held.update((segment.line, at) for at in range(segment.start, segment.end))
    return [
        (line.number, at, character, held[line.number, at])
        for line in document.lines
        for at, character in enumerate(line.text)
        if not character.isspace() and held[line.number, at] != 1
    ]
