"""One rule of the cascade, and what rules are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ingest.figures.reader import Spot

Check = Callable[["Spot"], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying what a number is.

    Parameters
    ----------
    name
        Lands as ``rule`` with the figure.
    role
        One of the contract's roles.
    left, right
        Patterns (:mod:`ingest.figures.patterns`) for what must stand directly before and after the
        number; empty when it does not matter.
    kinds
        Kinds of column it is for; empty for all.
    only
        ``count`` or ``percent`` when the rule is for one of them.
    check
        What the patterns cannot say, one of the small functions below.
    unit, comparator, relation
        What the rule settles at once.
    needs
        Traits of the number (:data:`TRAITS`) without which the rule is not tried.
    examples
        (sentence, printed number) pairs the rule must read.
    """

    name: str
    role: str
    left: str = ""
    right: str = ""
    kinds: frozenset[str] = frozenset()
    only: str = ""
    check: Check | None = None
    unit: str | None = None
    comparator: str | None = None
    needs: str = ""
    examples: tuple[tuple[str, str], ...] = field(default=())


MEASURE: Final = frozenset(("measure",))
TARGET: Final = frozenset(("target",))
BASELINE: Final = frozenset(("baseline",))
COMPARATOR: Final = frozenset(("comparator",))
VARIANCE: Final = frozenset(("variance",))
NOTES: Final = frozenset(("notes",))
STATUS: Final = frozenset(("status", "trend"))

GAP: Final = "(GAP | ON | COMPARE | PERIOD | BASE | TARGET | PEER | YEARW | QUARTERW)"
