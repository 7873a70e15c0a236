"""Text that comes from a report, made fit for a terminal or a page."""

from __future__ import annotations


def harmless(text: str) -> str:
    r"""A text on one line, with nothing in it that a terminal would obey.

    Escape codes, control characters and marks that turn the direction of writing are shown as
    Python writes them.

    Examples
    --------
    >>> harmless("\x1b[31mred")
    '\\x1b[31mred'
    """
    return "".join(
        character if character.isprintable() else repr(character)[1:-1] for character in text
    )
