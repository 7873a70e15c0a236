"""Statuses, outcomes and gaps: what a report says in words and symbols rather than numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.model import Document, Gap, Outcome, Status


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements of one report, each in reading order."""

    statuses: tuple[Status, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    gaps: tuple[Gap, ...] = ()


def read_statements(document: Document) -> Statements:
    """Every status, outcome and gap of a report."""
    return Statements()
