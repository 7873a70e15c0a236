"""Named officers are masked in every text that is published; their organisation stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WITHHELD: Final = "[name withheld]"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without the names in it, and where each of its characters now stands.

    ``spans`` are the (start, end) of the names in the original text, in order.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    def offset(self, original: int) -> int:
        """Where the original's character ``original`` stands; inside a name: where its mask does."""
        moved = original
        for start, end in self.spans:
            if original < start:
                break
            if original < end:
                return moved - (original - start)
            moved += len(WITHHELD) - (end - start)
        return moved


def mask(text: str) -> Masked:
    """Mask the names of people in a text."""
    return Masked(text)
