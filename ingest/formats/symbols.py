"""Characters of symbol fonts as the characters they look like.

Word writes the smiley that it makes of ":)" as letter J in the font Wingdings. What is not listed
here is kept as it is.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

# (font, code without the private-use 0xF000) -> the Unicode character of the same shape
SYMBOLS: Final = MappingProxyType(
    {
        ("wingdings", 0x4A): "\u263a",  # smiling face
        ("wingdings", 0x4B): "\U0001f610",  # neutral face
        ("wingdings", 0x4C): "\u2639",  # frowning face
        ("wingdings", 0x6C): "\u25cf",
        ("wingdings", 0x6E): "\u25a0",
        ("wingdings", 0xA7): "\u25aa",
        ("wingdings", 0x9F): "\u2022",
        ("wingdings", 0xDF): "\u2190",
        ("wingdings", 0xE0): "\u2192",
        ("wingdings", 0xE1): "\u2191",
        ("wingdings", 0xE2): "\u2193",
        ("wingdings", 0xE4): "\u2197",
        ("wingdings", 0xE6): "\u2198",
        ("wingdings", 0xE7): "\u2190",
        ("wingdings", 0xE8): "\u2192",
        ("wingdings", 0xE9): "\u2191",
        ("wingdings", 0xEA): "\u2193",
        ("wingdings", 0xF3): "\u2194",
        ("wingdings", 0xFB): "\u2717",
        ("wingdings", 0xFC): "\u2713",
        ("wingdings 3", 0x70): "\u25b2",
        ("wingdings 3", 0x71): "\u25bc",
        ("wingdings 3", 0x74): "\u25c4",
        ("wingdings 3", 0x75): "\u25ba",
        ("wingdings 3", 0xC7): "\u2190",
        ("wingdings 3", 0xC8): "\u2192",
        ("wingdings 3", 0xC9): "\u2191",
        ("wingdings 3", 0xCA): "\u2193",
        ("symbol", 0xAB): "\u2194",
        ("symbol", 0xAC): "\u2190",
        ("symbol", 0xAD): "\u2191",
        ("symbol", 0xAE): "\u2192",
        ("symbol", 0xAF): "\u2193",
        ("symbol", 0xB1): "\u00b1",
        ("symbol", 0xB7): "\u2022",
        ("symbol", 0xA3): "\u2264",
        ("symbol", 0xB3): "\u2265",
        ("symbol", 0x2D): "\u2212",
    }
)
SYMBOL_FONTS: Final = frozenset(font for font, _ in SYMBOLS)


def as_shown(character: str, font: str) -> str:
    """The character that one of a symbol font looks like; the same where none is known.

    Examples
    --------
    >>> as_shown("J", "Wingdings")
    '\u263a'
    """
    code = ord(character)
    plain = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return SYMBOLS.get((font.lower(), plain), character)
