"""The answers written by hand, as typed rows: where they are and how they are read."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from ingest.model import ReportEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
REPORTS: Final = ROOT / "ingest" / "reports"
TABLES: Final = HERE / "reports"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one number means, in the words of the contract.

    ``line`` is the source line (1 for a statement); offsets are 0-based, end-exclusive code points.
    """

    line: int
    start: int
    end: int
    printed: str
    role: str
    series: str | None
    unit: str | None
    basis: str
    period_start: date | None
    period_end: date | None
    value: Decimal | None
    comparator: str | None
    certainty: str
    note: str | None

    @property
    def place(self) -> tuple[int, int, int]:
        """Where the number stands."""
        return self.line, self.start, self.end

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and the last day."""
        return self.period_start, self.period_end


@dataclass(frozen=True, slots=True)
class Statement:
    """One cell of text on its own, with what the reader may know of its surroundings."""

    statement_id: str
    measure: str
    source_cell: str
    financial_year: str
    as_at_quarter: int
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report with its answers; ``part`` is ``five``, ``open`` or ``held_out``."""

    entry: ReportEntry
    path: Path
    part: str
    answers: tuple[Answer, ...]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _answer(row: dict[str, str]) -> Answer:
    def day(name: str) -> date | None:
        return date.fromisoformat(row[name]) if row[name] else None

    return Answer(
        line=int(row.get("source_line") or 1),
        start=int(row["char_start"]),
        end=int(row["char_end"]),
        printed=row["printed"],
        role=row["role"],
        series=row["series"] or None,
        unit=row["unit"] or None,
        basis=row["basis"],
        period_start=day("period_start"),
        period_end=day("period_end"),
        value=Decimal(row["value"]) if row["value"] else None,
        comparator=row["comparator"] or None,
        certainty=row["certainty"],
        note=row["note"] or None,
    )


def statements(part: str) -> tuple[Statement, ...]:
    """The statements of ``open`` or ``held_out``, in order, each with its answers."""
    answers: dict[str, list[Answer]] = {}
    for row in _rows(HERE / f"gold_{part}.csv"):
        answers.setdefault(row["statement_id"], []).append(_answer(row))
    return tuple(
        Statement(
            statement_id=row["statement_id"],
            measure=row["measure"],
            source_cell=row["source_cell"],
            financial_year=row["financial_year"],
            as_at_quarter=int(row["as_at_quarter"]),
            text=row["text"],
            answers=tuple(answers.get(row["statement_id"], ())),
        )
        for row in _rows(HERE / f"statements_{part}.csv")
    )


def _entries(manifest: Path) -> Iterator[tuple[ReportEntry, str]]:
    for entry in yaml.safe_load(manifest.read_text(encoding="utf-8"))["reports"]:
        part = entry.pop("part", "five")
        yield ReportEntry(**entry), part


def five_reports() -> tuple[Report, ...]:
    """The project's own first five reports; others that have joined them are left out."""
    return tuple(
        Report(
            entry,
            REPORTS / entry.file,
            "five",
            tuple(_answer(row) for row in _rows(HERE / "gold_reports" / f"{entry.report_id}.csv")),
        )
        for entry, _ in _entries(REPORTS / "manifest.yml")
        if (HERE / "gold_reports" / f"{entry.report_id}.csv").exists()
    )


def table_reports() -> tuple[Report, ...]:
    """The invented table reports, the open and the held-out ones."""
    return tuple(
        Report(
            entry,
            TABLES / entry.file,
            part,
            tuple(_answer(row) for row in _rows(TABLES / f"{entry.report_id}.csv")),
        )
        for entry, part in _entries(TABLES / "manifest.yml")
    )
