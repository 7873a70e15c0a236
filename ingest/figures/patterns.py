"""The small language the rules are written in, and its translation to regular expressions.

A pattern is names of token classes (:data:`ingest.vocabulary.quantities.CODES` and ``GROUPS``)
set apart by blanks, with ``?``, ``*``, ``+``, ``{m,n}``, brackets and ``|`` as in a regular
expression: ``DIR (OF|BY)? FILL*``. It is matched against the string of one-letter codes that a
cell becomes, so it can only ever look at classes of tokens, never at a report's own words.

What stands left of a number is matched backwards from the number, so :func:`compile_left` turns
the pattern round. Both kinds of match are anchored at the number: no searching, no backtracking
over the cell.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ingest.vocabulary.quantities import CODES, GROUPS

_TOKEN: Final = re.compile(r"\s*(?:([A-Z_]+)|(\((?:\?P<\w+>)?)|(\))|(\|)|([?*+]|\{\d*,?\d*\}))")

# A parsed pattern: alternatives, each a sequence of (item, quantifier); an item is a character
# class, or a group (its opening bracket and its own alternatives).
_Item = tuple[str, "list[list[tuple[_Item, str]]] | None"]


@cache
def letters(name: str) -> str:
    """The codes that a name of a class or group stands for, as a regular expression class."""
    if name not in CODES and name not in GROUPS:
        raise ValueError(f"no class of tokens: {name!r}")
    members = GROUPS.get(name, (name,))
    codes = "".join(
        CODES[member] if member in CODES else letters(member).strip("[]").replace("\\", "")
        for member in members
    )
    return re.escape(codes) if len(codes) == 1 else f"[{''.join(map(re.escape, codes))}]"


def compile_right(pattern: str) -> re.Pattern[str]:
    """The regular expression for a pattern that begins right after a number."""
    return re.compile(_emit(_parse(pattern), backwards=False))


def compile_left(pattern: str) -> re.Pattern[str]:
    """The regular expression for a pattern that ends right before a number, reading backwards."""
    return re.compile(_emit(_parse(pattern), backwards=True))


def _parse(pattern: str) -> list[list[tuple[_Item, str]]]:
    tokens: list[re.Match[str]] = []
    at = 0
    text = pattern.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"not a pattern: {pattern!r} at {text[at:]!r}")
        tokens.append(match)
        at = match.end()
    alternatives, used = _parse_alternatives(tokens, 0)
    if used != len(tokens):
        raise ValueError(f"unbalanced brackets: {pattern!r}")
    return alternatives


def _parse_alternatives(
    tokens: list[re.Match[str]], at: int
) -> tuple[list[list[tuple[_Item, str]]], int]:
    alternatives: list[list[tuple[_Item, str]]] = [[]]
    while at < len(tokens):
        name, opening, closing, bar, quantifier = tokens[at].groups()
        at += 1
        if closing:
            return alternatives, at
        if bar:
            alternatives.append([])
        elif quantifier:
            item, _ = alternatives[-1].pop()
            alternatives[-1].append((item, quantifier))
        elif opening:
            inner, at = _parse_alternatives(tokens, at)
            alternatives[-1].append(((opening if "<" in opening else "(?:", inner), ""))
        else:
            alternatives[-1].append(((letters(name), None), ""))
    return alternatives, at


def _emit(alternatives: list[list[tuple[_Item, str]]], *, backwards: bool) -> str:
    written = []
    for sequence in alternatives:
        parts = [
            (head if inner is None else f"{head}{_emit(inner, backwards=backwards)})") + quantifier
            for (head, inner), quantifier in sequence
        ]
        written.append("".join(reversed(parts) if backwards else parts))
    return "|".join(written)
