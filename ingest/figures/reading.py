"""What is known of one number while its cell is being read."""

from __future__ import annotations

from decimal import Decimal

from ingest.figures.lexer import Number
from ingest.figures.times import Period
from ingest.model import Window


class Reading:
    """One number and what it has been taken for so far.

    Rules fill ``role`` and the hints of their own; the passes after them fill the rest. ``of`` is
    the reading that this one speaks of, ``mate`` the change whose direction and comparator this one
    shares ("Increase of 73 or 6.5%").
    """

    # Defaults are the class's, so that making one sets only what differs.
    unit: str | None = None
    series: str | None = None
    comparator: str | None = None
    period: Period | None = None
    window: Window | None = None
    certainty = "stated"
    note: str | None = None
    operator: str | None = None
    direction_word: str | None = None
    way = 0  # -1 down, +1 up, by a word
    of: Reading | None = None
    relation: str | None = None
    mate: Reading | None = None
    statement = 0
    against: Period | None = None  # the time that words say a change is from
    order = 0  # its place among the quantities of its cell
    is_unit_printed = False  # by its own words, and not by the measure
    bracket = -1  # index of the bracket it stands in

    def __init__(self, number: Number, role: str, rule: str) -> None:
        self.number = number
        self.role = role
        self.rule = rule
        self.value: Decimal | None = number.value

    @property
    def is_level(self) -> bool:
        """Whether it says how much there is, and not by how much something moved."""
        return self.role in ("observation", "baseline", "target", "comparative") and (
            self.unit != "percent_change"
        )

    @property
    def is_quantity(self) -> bool:
        """Whether it measures anything."""
        return self.role != "context"

    def doubt(self, note: str) -> None:
        """Say that another reading fits as well."""
        self.certainty = "ambiguous"
        self.note = f"{self.note}; {note}" if self.note else note

    def infer(self) -> None:
        """Say that it rests on something outside its own words."""
        if self.certainty == "stated":
            self.certainty = "inferred"
