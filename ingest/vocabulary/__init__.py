"""Knowledge as data: one module a subject, no logic."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of a block of text, for lists that read better as one."""
    return tuple(text.split())
