"""Text that comes from a report, made fit for a terminal, a page or an id."""

from __future__ import annotations

import re
from typing import Final

_NO_ID: Final = re.compile(r"[^a-z0-9]+")
# Letters and marks by Unicode's reckoning, of which nothing is seen.
_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc") | frozenset(
    map(chr, range(0xE0100, 0xE01F0))
)


def harmless(text: str) -> str:
    r"""A text on one line, with nothing in it that a terminal would obey or an eye would miss.

    Escape codes, control characters, line and paragraph separators, marks that turn the direction
    of writing and characters that nobody sees are shown as Python writes them; blanks of any width
    are blanks.

    Examples
    --------
    >>> harmless("\x1b[31mred"), harmless("12\u00a0%"), harmless("a\u2028b\u200bc")
    ('\\x1b[31mred', '12 %', 'a\\u2028b\\u200bc')
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable() and character not in _UNSEEN:
        return character
    # Of the blanks only those that end no line: U+2028 and U+2029 are none.
    if character.isspace() and character > "\u0085" and character not in "\u2028\u2029":
        return " "
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}" if character not in "\n\r\t" else repr(character)[1:-1]
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def slug(text: str) -> str:
    """A text as part of an id: lower case, anything but letters and digits to one "_".

    Examples
    --------
    >>> slug("Stockton-on-Tees 2012/13")
    'stockton_on_tees_2012_13'
    """
    return _NO_ID.sub("_", text.lower()).strip("_")
