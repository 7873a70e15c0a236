"""What a number's neighbours in its cell settle: unit, period, comparator, link and sign.

Each pass is a function over a :class:`~ingest.figures.reader.CellReader` whose numbers have their
roles. They run in the order of :func:`complete`.
"""

from __future__ import annotations

from ingest.figures.comparisons import settle_comparators
from ingest.figures.dating import attach_periods
from ingest.figures.earlier import settle_averages, settle_comparatives, settle_forecasts
from ingest.figures.links import link_changes, link_ratios
from ingest.figures.reader import CellReader
from ingest.figures.signs import settle_values
from ingest.figures.units import assign_units, carry_units
from ingest.figures.windows import settle_cohorts, settle_windows


def complete(cell: CellReader) -> None:
    """Run every pass of one cell."""
    assign_units(cell)
    attach_periods(cell)
    settle_comparatives(cell)
    settle_averages(cell)
    settle_forecasts(cell)
    link_ratios(cell)
    link_changes(cell)
    settle_comparators(cell)
    carry_units(cell)
    settle_windows(cell)
    settle_cohorts(cell)
    settle_values(cell)
