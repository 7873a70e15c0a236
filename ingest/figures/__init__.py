"""Every number of a report, and what it means.

:mod:`~ingest.figures.lexer` turns a cell into tokens, :mod:`~ingest.figures.times` folds the
phrases about time, the cascade of :mod:`~ingest.figures.rules` gives each number its role,
:mod:`~ingest.figures.passes` what its neighbours settle, :mod:`~ingest.figures.resolve` what the
rest of the row settles. docs/reading_figures.md explains how, and how to add a phrase.
"""

from __future__ import annotations

from ingest.figures.context import CellContext
from ingest.figures.document import read_cell, read_document

__all__ = ["CellContext", "read_cell", "read_document"]
