"""The cascade: small named rules that say what a number is, tried in order until one fits.

A rule looks at the classes of the tokens left and right of the number (within its sentence), at
the kind of column it stands in, and at nothing else unless it names a check. ``examples`` are
sentences with the printed number and the role it must get; they are run as tests. To teach the
reader a new way of saying something, add a rule (or an alternative to a pattern) where it belongs
in the order: definitions and labels first, then the most specific roles, the plain observation
last.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ingest.figures.changes import CHANGES
from ingest.figures.definitions import DEFINITIONS
from ingest.figures.levels import LEVELS
from ingest.figures.patterns import compile_left, compile_right
from ingest.figures.ratios import RATIOS
from ingest.figures.rule import Rule
from ingest.figures.targets import TARGETS

CASCADE: Final = DEFINITIONS + RATIOS + TARGETS + CHANGES + LEVELS


# What a number has about it that a rule may need, one letter each: s a sign, o an ordinal ending,
# t a telephone number, h four digits, w the word "one", b it stands in brackets, p another quantity
# stands before it; and what touches it: "[" before it, "\u00b1" before it, and after it "+", "."
# (or a closing bracket), "S" (an s) or "'".
TRAITS: Final = "sothwbp[\u00b1+.S'"


class CompiledRule:
    """A rule with its patterns as regular expressions."""

    __slots__ = ("check", "kinds", "left", "needs", "only", "right", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.left: re.Pattern[str] | None = compile_left(f"({rule.left})") if rule.left else None
        self.right: re.Pattern[str] | None = compile_right(rule.right) if rule.right else None
        self.kinds = rule.kinds
        self.only = rule.only
        self.check = rule.check
        self.needs = rule.needs
        if not set(rule.needs) <= set(TRAITS):
            raise ValueError(f"{rule.name} needs a trait that no number has: {rule.needs!r}")


COMPILED: Final = tuple(CompiledRule(rule) for rule in CASCADE)


@lru_cache(maxsize=1 << 15)
def candidates(
    kind: str, is_percent: bool, traits: str, left: str, right: str
) -> tuple[CompiledRule, ...]:
    """The rules whose patterns fit, in order, up to the first that has no further check.

    What patterns fit depends on the classes of the tokens alone, and the same few hundred shapes
    come again and again: they are remembered.
    """
    found = []
    for compiled in COMPILED:
        if compiled.kinds and kind not in compiled.kinds:
            continue
        if compiled.only and (compiled.only == "percent") != is_percent:
            continue
        if compiled.needs and not all(trait in traits for trait in compiled.needs):
            continue
        if compiled.left is not None and compiled.left.match(left) is None:
            continue
        if compiled.right is not None and compiled.right.match(right) is None:
            continue
        found.append(compiled)
        if compiled.check is None:
            break
    return tuple(found)
