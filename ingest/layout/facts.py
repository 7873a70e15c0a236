"""What the words of a row say of it: its ref, its direction, its protective marking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ingest.vocabulary import headers as header_words
from ingest.vocabulary import rows as words

_MARKING: Final = tuple(
    (
        re.compile(rf"(?<![\w-])({pattern})(?![\w-])", re.IGNORECASE if where == "any" else 0),
        where,
        wide,
    )
    for pattern, where, wide in words.MARKINGS
)
# A text of nothing but one of these is a marking in any letters. "Protect" is a strand of a plan.
_ALONE: Final = re.compile(
    "|".join(pattern for pattern, where, wide in words.MARKINGS if wide and where != "strand"),
    re.IGNORECASE,
)
_DESCRIPTOR: Final = re.compile(
    rf"[-\u2010-\u2015:/(]?\s*(?:{'|'.join(words.MARKING_DESCRIPTORS)})(?![\w-])"
)
_PUNCTUATION: Final = " .:;,*()[]-\u2013\u2014"
_DIRECTION: Final = tuple(
    (code, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for code, pattern, _ in words.DIRECTIONS
)
_POLARITY: Final = tuple(
    (code, re.compile(pattern, re.IGNORECASE)) for code, pattern in words.POLARITIES
)
_NEAR: Final = 40
# Directions are read from the beginning of a measure: what it asks for, not how it is explained.
_OPENING_WORDS: Final = 8
_HEADING: Final = re.compile(
    rf"(?:{'|'.join(header_words.HEADING_WORDS)})s?\b\s*(?:no\.?\s*)?(?:\d+[a-z]?|[A-Z]|[ivx]+)?\s*"
    r"(?:[:.\u2013-]|$)",
    re.IGNORECASE,
)
_OUTCOME: Final = re.compile(
    rf"(?:{'|'.join(header_words.OUTCOME_WORDS)})\s*\d*\s*(?:[:.\u2013-]|$)", re.IGNORECASE
)
_NO_FIGURE: Final = re.compile(
    rf"(?:{'|'.join(re.escape(text) for text in words.NO_FIGURES)})(?![a-z])", re.IGNORECASE
)
_DAMAGED_REF: Final = re.compile(r"([^\s.,:]{1,3})[.,:\u00b7]\s?([^\s.,:]{1,3})(?=\s|$)")
_LEADING_REF: Final = re.compile(
    r"((?:\d{1,2}(?:\.\d{1,2}){1,3}[a-z]?|[A-Z]{1,5}[ -]?\d{1,3}(?:\.\d{1,2})*[a-z]?)[.:)]?)"
    r"(?:\s+[-\u2013]\s+|\s+)(?=[^\W\d_]|%)"
)
_LETTER_DOT: Final = re.compile(r"[A-Za-z|!]\.\d{1,2}")
_DOTTED: Final = re.compile(r"(\d+)\.(\d+)")


def is_heading(text: str) -> bool:
    """Whether a line begins a heading of rows ("Priority 1", "Theme: Violence")."""
    return _HEADING.match(text) is not None


def is_outcome(text: str) -> bool:
    """Whether a line explains a heading ("Outcome", "Aim: ...")."""
    return _OUTCOME.match(text) is not None


def says_nothing(text: str) -> bool:
    """Whether a cell only says that there is no figure: "n/a", "Not available", "Awaited"."""
    return _NO_FIGURE.match(text.strip()) is not None


def find_marking(text: str, *, is_ref: bool = False) -> tuple[str, bool] | None:
    """The protective marking printed in a text, and whether it would restrict a whole report.

    Parameters
    ----------
    text
        The text of a cell or a line.
    is_ref
        Whether it is a ref cell, where any marking word counts, in any letters.

    Examples
    --------
    >>> find_marking("4.1 RESTRICTED", is_ref=True)
    ('RESTRICTED', True)
    >>> find_marking("Restricted")
    ('Restricted', True)
    >>> find_marking("Restricted access to the site") is None
    True
    """
    low = text.lower()
    for word in words.MARKING_WORDS:
        if word in low:
            break
    else:
        return None
    bare = text.strip(_PUNCTUATION)
    in_any_letters = is_ref or _ALONE.fullmatch(bare) is not None
    for pattern, where, wide in _MARKING:
        source = text.upper() if in_any_letters else text
        for match in pattern.finditer(source):
            if where == "strand":
                is_marking_here = _is_no_strand(bare, text, match, is_ref=is_ref)
            else:
                is_marking_here = (
                    where != "apart" or is_ref or _stands_apart(text, match.start(), match.end())
                )
            if is_marking_here:
                return text[match.start() : match.end()], wide
    return None


def _is_no_strand(bare: str, text: str, match: re.Match[str], *, is_ref: bool) -> bool:
    """Whether PROTECT is a marking and no strand of the counter-terrorism strategy.

    "PREVENT, PURSUE, PROTECT, PREPARE" marks nothing; alone, in brackets of its own, after a ref or
    before a descriptor of the marking scheme it does.
    """
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return (
        bare == match[0]
        or (before[-1:] in ("(", "[") and after[:1] in (")", "]"))
        or (is_ref and bool(before) and not after)
        or _DESCRIPTOR.match(after) is not None
    )


def is_marking(text: str) -> bool:
    """Whether a text is a protective marking and nothing else.

    Examples
    --------
    >>> is_marking("(RESTRICTED)"), is_marking("4.1 RESTRICTED")
    (True, False)
    """
    bare = text.strip(_PUNCTUATION)
    return _ALONE.fullmatch(bare) is not None


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a word in capitals is a mark on the text and no word of its sentence."""
    before = text[max(0, start - _NEAR) : start].rstrip()
    after = text[end : end + _NEAR].lstrip()
    set_off_before = not before or before[-1] in "([*-\u2013\u2014:;.,!|/"
    set_off_after = not after or after[0] in ")]*-\u2013\u2014:;.,!|/"
    if set_off_before and set_off_after:
        return True
    next_word = after.split(maxsplit=1)[0] if after else ""
    last_word = before.rsplit(maxsplit=1)[-1] if before else ""
    if set_off_before and not next_word.isupper():
        return True
    return set_off_after and not last_word.isupper()


@lru_cache(maxsize=2048)
def direction_of(measure: str) -> str | None:
    """Where the measure's own words want the number to go.

    Examples
    --------
    >>> direction_of("Maintain a reduction in robbery")
    'decrease'
    >>> direction_of("% of offenders recalled") is None
    True
    """
    opening = " ".join(measure.split()[:_OPENING_WORDS])
    found: tuple[int, int, str] | None = None
    for rank, (code, pattern) in enumerate(_DIRECTION):
        if match := pattern.search(opening):
            here = (match.start(), rank, code)
            if found is None or here < found:
                found = here
    return None if found is None else found[2]


def polarity_of(text: str) -> str | None:
    """What a "Good is" column says, as a direction."""
    bare = text.strip(" .").lower()
    for code, pattern in _POLARITY:
        if pattern.search(bare):
            return code
    for word in bare.split():
        for code, pattern in _POLARITY[:2]:
            if len(word) > 1 and pattern.search(word):
                return code
    return None


@lru_cache(maxsize=2048)
def split_ref(text: str) -> tuple[str | None, str]:
    """A ref cell's ref, and the rest of its text (a marking, a label stuck to it).

    Examples
    --------
    >>> split_ref("CNP PM1")
    ('CNP PM1', '')
    >>> split_ref("4.1 RESTRICTED")
    ('4.1', 'RESTRICTED')
    >>> split_ref("SOCIAL BEHAVIOUR")[0] is None
    True
    """
    if len(text) <= 16 and words.REF.fullmatch(text):
        return text.rstrip(".:"), ""
    match = words.REF.match(text)
    if match and any(character.isdigit() for character in match[0]):
        name = match[0].rstrip()
        rest = text[len(name) :]
        if rest[:1] in (" ", "-", "\u2013", "(") and find_marking(
            rest.strip(" -\u2013()[]"), is_ref=True
        ):
            return name.rstrip(".:"), rest.strip()
    return None, text


def may_be_damaged(ref: str) -> bool:
    """Whether a ref is one letter and a dotted number ("I.2"): perhaps "1.2" misread."""
    return _LETTER_DOT.fullmatch(ref) is not None


def leading_ref(text: str) -> str | None:
    """The ref that a measure begins with, when it prints one ("1.1 Reduce burglary").

    Examples
    --------
    >>> leading_ref("1.1 Reduce burglary")
    '1.1'
    >>> leading_ref("60 offences in all") is None
    True
    """
    match = _LEADING_REF.match(text)
    return None if match is None else match[1].rstrip(".:)")


def repair_ref(text: str, before: str | None, after: str | None) -> tuple[str, int] | None:
    """A ref whose digits OCR damaged, put right when its neighbours leave one possibility.

    The rule: refs are dotted numbers, the neighbours' refs are read, and the damaged one, digit
    for look-alike, lies between them; or it has one part intact and the other part is what the
    neighbours make it. A damaged ref stands at the beginning of its cell; a section label may be
    stuck to it.

    Returns
    -------
    tuple or None
        The ref as it must have been, and how many characters of ``text`` stand for it.

    Examples
    --------
    >>> repair_ref("T.2 SOCIAL BEHAVIOUR TARGETS", "1.1", "1.3")
    ('1.2', 3)
    """
    match = _DAMAGED_REF.match(text)
    if match is None:
        return None
    low = _dotted(before)
    high = _dotted(after)
    if low is None and high is None:
        return None
    expected = {(low[0], low[1] + 1), (low[0] + 1, 1)} if low else set()
    if high:
        expected = {(high[0], high[1] - 1)} if not low else expected
        expected = {ref for ref in expected if ref < high}
    candidate = tuple(part.translate(words.OCR_DIGITS) for part in match.groups())
    for ref in sorted(expected):
        parts = (str(ref[0]), str(ref[1]))
        intact = [printed == part for printed, part in zip(match.groups(), parts, strict=True)]
        if candidate == parts or any(intact):
            return f"{ref[0]}.{ref[1]}", match.end()
    return None


def _dotted(ref: str | None) -> tuple[int, int] | None:
    match = _DOTTED.fullmatch(ref or "")
    return (int(match[1]), int(match[2])) if match else None
