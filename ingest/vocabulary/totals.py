"""Words that say that one number is the sum of others."""

from __future__ import annotations

from typing import Final

# What stands beside a total: "155 in total", "in all 327".
TOTALS: Final = (
    "in total",
    "total",
    "total of",
    "totalling",
    "making",
    "in all",
    "altogether",
    "combined",
    "overall",
    "sum",
)
# What stands between a total and the list of all its parts.
BREAKDOWNS: Final = (
    "broken down",
    "breakdown",
    "made up of",
    "comprising",
    "comprised",
    "consisting",
    "split",
    "as follows",
    "these were",
    "they were",
    "being",
)
# A row, or a column, of totals has one of these at an end of its name.
TOTAL_ROWS: Final = frozenset(("total", "totals", "all", "overall", "sum", "altogether", "whole"))
# "All other" is what is left, and no total.
OTHERS: Final = frozenset(("other", "others", "remaining", "excluding", "except"))
# How a row begins that is a part of the row above.
PART_ROWS: Final = (
    "of which",
    "of whom",
    "of these",
    "including",
    "incl",
    "- ",
    "\u2013 ",
    "\u2022",
    "> ",
    "* ",
)
