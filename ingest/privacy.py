"""Named officers are masked in every text that is published; their organisation stays.

A person is a given name (of a library's list) with a surname after it, a title or rank with a
surname, initials with a surname where a person is expected, or, in an owner's cell, what stands
after the organisation and is neither an organisation nor a role. What makes a capitalised word no
surname is data: :mod:`ingest.vocabulary.people`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from ingest.names import is_given_name
from ingest.vocabulary import people

if TYPE_CHECKING:
    from collections.abc import Iterator

WITHHELD: Final = "[name withheld]"

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de"
_LOWER: Final = "a-z\u00df-\u00f6\u00f8-\u00ff"
_WORD: Final = rf"[{_UPPER}][{_UPPER}{_LOWER}'\u2019]*[{_LOWER}]+|[{_UPPER}]{{2,}}"
_PARTICLE: Final = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|den|[Dd]u|[Dd]i|[Dd]a|[Ll]a|[Ll]e|[Ee]l|[Aa]l|[Bb]in|binti|"
    r"[Aa]p|[Aa]b|ferch)[\s-]){0,2}"
)
_SURNAME: Final = (
    rf"{_PARTICLE}(?:(?:O['\u2019]|D['\u2019]|M[a]?c)?[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{2,}})"
    rf"(?:[-'\u2019](?:[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{2,}}))*"
)
_GIVEN: Final = (
    rf"(?:[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{2,}})(?:-(?:[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{2,}}))?"
)
# A given name, perhaps a middle name or initial, and a surname.
_PERSON: Final = re.compile(
    rf"(?<![\w@.'\u2019-])({_GIVEN})((?:\s+[{_UPPER}]\.?)?)\s+({_SURNAME})(?![\w@])"
)
_TITLED: Final = re.compile(
    rf"(?<![\w-])(?=[A-Z])(?:(?:{'|'.join(people.BEFORE_TITLES)})\.?[\s/]*)?"
    rf"(?:{'|'.join(people.TITLES)})\.?\s+"
    rf"((?:(?:{_GIVEN}|[{_UPPER}]\.?)\s+){{0,2}}(?:{_SURNAME}))(?![\w@])"
)
_INITIALS: Final = re.compile(
    rf"(?<![\w.&/-])((?:[{_UPPER}]\.?\s?){{1,3}}(?<=[.\s])\s?{_SURNAME})(?![\w@])"
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])([\w.+'-]{1,64})@(?=[\w-]+(?:\.[\w-]+)+)")
_NEXT_WORD: Final = re.compile(rf"\s+((?:{_WORD}))")
_NEXT_NAME: Final = re.compile(rf"\s+({_SURNAME})(?![\w@])")
_LAST_WORD: Final = re.compile(r"(\w+)[\s:,]*$")
_AFTER_PERSON: Final = re.compile(rf"\s*(?:[(,]|{people.AFTER_PERSON}|$)")
_DOES: Final = re.compile(rf"\s*{people.DOES}")
_BEFORE_PERSON: Final = re.compile(
    rf"(?:\b(?:{'|'.join(people.BEFORE_PERSON)})\s*:?|[-\u2013/:])\s*$", re.IGNORECASE
)
_ALONE: Final = re.compile(
    rf"(?<![\w@.'\u2019-])([{_UPPER}][{_LOWER}]+)\s+(?:{people.ALONE_DOES})\b"
)
# Between an organisation and its people, and between people.
_OWNER_SPLIT: Final = re.compile(r"[/;,()\[\]&:\u2013\u2014|+]|\s-|-\s|\band\b")
_NAME_WORD: Final = re.compile(rf"(?:{_SURNAME}|[{_UPPER}]\.?)")
_NAME_RUN: Final = re.compile(
    rf"(?:{_NAME_WORD.pattern})(?:\s+{_NAME_WORD.pattern}){{1,2}}(?=\s+[{_LOWER}\d])"
)
_MOST_NAME_WORDS: Final = 3
_NEAR: Final = 40
_FAR: Final = 200
# A word with a capital in it, and then another or a verb; from the start of each word once only.
_WORTH_A_LOOK: Final = re.compile(
    rf"(?<!\w)[^\W{_UPPER}]*+[{_UPPER}]\w*+[.\s]++(?:[{_UPPER}]|to\b|will\b)|@"
)


_start: Final = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without the names in it, and where each of its characters now stands.

    ``spans`` are the (start, end) of the names in the original text, in order.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    shifts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Add up by how much each mask moves what stands after it."""
        steps = (len(WITHHELD) - (end - start) for start, end in self.spans)
        object.__setattr__(self, "shifts", tuple(accumulate(steps, initial=0)))

    def offset(self, original: int) -> int:
        """Where character ``original`` of the original stands; in a name: where its mask does."""
        if not self.spans:
            return original
        before = bisect_right(self.spans, original, key=_start)
        if before:
            start, end = self.spans[before - 1]
            if original < end:
                return start + self.shifts[before - 1]
        return original + self.shifts[before]


@lru_cache(maxsize=8192)
def mask(text: str, *, is_owner: bool = False) -> Masked:
    """Mask the names of people in a text.

    Parameters
    ----------
    text
        Any text of a report.
    is_owner
        Whether it is an owner's cell, where people follow their organisation.

    Returns
    -------
    Masked
        The text with every name as ``[name withheld]``.

    Examples
    --------
    >>> mask("Update unavailable. Peter Hargreave to provide further update.").text
    'Update unavailable. [name withheld] to provide further update.'
    >>> mask("Tithe Barn Road and Jane Street").text
    'Tithe Barn Road and Jane Street'
    >>> mask("Fire Brigade - Anna Thornby / K Marlow (for Westford)", is_owner=True).text
    'Fire Brigade - [name withheld] / [name withheld] (for Westford)'
    """
    if not is_owner and not _WORTH_A_LOOK.search(text):
        return Masked(text)
    spans = _merged(sorted(_find(text, is_owner=is_owner)))
    if not spans:
        return Masked(text)
    out: list[str] = []
    at = 0
    for start, end in spans:
        out += (text[at:start], WITHHELD)
        at = end
    out.append(text[at:])
    return Masked("".join(out), tuple(spans))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _find(text: str, *, is_owner: bool) -> Iterator[tuple[int, int]]:
    yield from _titled(text)
    yield from _persons(text)
    yield from _initials(text, is_owner=is_owner)
    yield from _alone(text)
    yield from _emails(text)
    if is_owner:
        yield from _owners(text)


def _is_surname(word: str, *, is_person: bool = False) -> bool:
    """Whether a word may be a surname; ``is_person`` when other words say a person is meant."""
    last = word.lower().replace("\u2019", "'").rsplit(maxsplit=1)[-1].removesuffix("'s")
    return last not in people.NOT_SURNAMES or (is_person and last in people.SURNAMES_TOO)


def _titled(text: str) -> Iterator[tuple[int, int]]:
    for match in _TITLED.finditer(text):
        is_person = all(_is_surname(word, is_person=True) for word in match[1].split())
        if is_person and not _names_a_thing(text, match.end()):
            yield _bare(text, match.start(1), match.end(1))


def _persons(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while match := _PERSON.search(text, at):
        at = match.end(1)  # "Stockton Jane Thornby": the second word may begin a name, too
        given, surname = match[1], match[3]
        if given.isupper() and not surname.isupper():
            continue  # an abbreviation: "SBC Neighbourhood", "PPO Unit"
        does = _DOES.match(text, match.end()) is not None
        is_certain = does and given.lower() not in people.WORDS_TOO
        if not _is_surname(surname, is_person=is_certain) or not _is_given(given):
            continue
        before = _LAST_WORD.search(_before(text, match.start()))
        if before and before[1].lower() in people.NAMED_THINGS:
            continue
        end = _whole_name(text, match.end(), surname)
        if _names_a_thing(text, end):
            continue
        if given.lower() in people.WORDS_TOO or given.isupper():
            start = match.start()
            is_strong = _AFTER_PERSON.match(text, end) or _BEFORE_PERSON.search(
                text, max(0, start - _FAR), start
            )
            if not is_strong:
                continue
        at = end
        yield _bare(text, match.start(), end)


def _before(text: str, at: int) -> str:
    """The text just before a place: enough to see what a name stands after."""
    return text[max(0, at - _NEAR) : at]


def _is_given(word: str) -> bool:
    return word.lower() not in people.NOT_GIVEN and is_given_name(word.split("-")[0])


def _whole_name(text: str, end: int, surname: str) -> int:
    """The end of a name: "Mary Jane Thornby" goes on, for what looked like its surname is given."""
    following = _NEXT_NAME.match(text, end)
    if following is None or not _is_surname(following[1]) or following[1].isupper():
        return end
    return following.end() if _is_given(surname) else end


def _names_a_thing(text: str, end: int) -> bool:
    """Whether the word after a name makes it a street's, a trust's or a law's."""
    following = _NEXT_WORD.match(text, end)
    return following is not None and following[1].lower() in _THINGS


_THINGS: Final = people.NOT_SURNAMES - people.SENTENCE_WORDS


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the possessive at its end."""
    for ending in ("'s", "\u2019s"):
        if text[start:end].endswith(ending):
            return start, end - 2
    return start, end


def _initials(text: str, *, is_owner: bool) -> Iterator[tuple[int, int]]:
    for match in _INITIALS.finditer(text):
        surname = match[1].replace(".", ". ").split()[-1]
        if surname.isupper() or not _is_surname(surname):
            continue
        before = _BEFORE_PERSON.search(_before(text, match.start()))
        after = _AFTER_PERSON.match(text, match.end())
        has_dot = "." in match[1]
        if is_owner or before or (has_dot and after and after.end() > match.end()):
            yield match.span(1)


def _alone(text: str) -> Iterator[tuple[int, int]]:
    """A given name alone that is to do something: "Kirsty to update"."""
    for match in _ALONE.finditer(text):
        if _is_given(match[1]) and match[1].lower() not in people.WORDS_TOO:
            yield match.span(1)


def _emails(text: str) -> Iterator[tuple[int, int]]:
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        words = [word.lower() for word in re.split(r"[^A-Za-z]+", match[1]) if word]
        known = people.MAILBOXES | people.NOT_SURNAMES
        if words and not all(word in known for word in words):
            yield match.span(1)


def _owners(text: str) -> Iterator[tuple[int, int]]:
    """People of an owner's cell: each piece after the first that is neither body nor role."""
    at = 0
    is_first = True
    above: tuple[int, int] | None = None  # a lone word before a comma: "Smith, Jane"
    for end in [*(match.span() for match in _OWNER_SPLIT.finditer(text)), (len(text), len(text))]:
        piece = text[at : end[0]]
        start = at + len(piece) - len(piece.lstrip())
        stop = start + len(piece.strip())
        at = end[1]
        found = _NAME_RUN.match(
            text, start, stop
        )  # "Jane Thornby 01234 567890", "Jane Thornby to send"
        if found is not None:
            stop = found.end()
        words = text[start:stop].split()
        if words and _is_person_piece(words, is_first=is_first):
            yield (start, stop) if above is None or len(words) > 1 else (above[0], stop)
        is_lone = len(words) == 1 and _NAME_WORD.fullmatch(words[0]) and _is_surname(words[0])
        above = (start, stop) if is_lone and text[stop : stop + 1] == "," else None
        is_first = is_first and not words


def _is_person_piece(words: list[str], *, is_first: bool) -> bool:
    if len(words) > _MOST_NAME_WORDS or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    is_given = _is_given(words[0])
    bodies = people.NOT_SURNAMES if is_given else people.NOT_PEOPLE
    if is_given and words[0].lower() not in people.PLACES_TOO:
        bodies = bodies - people.SURNAMES_TOO
    if any(word.lower() in bodies for word in words):
        return False
    if len(words) == 1:
        is_known = is_given and words[0].lower() not in people.WORDS_TOO
        return is_known and not is_first and not words[0].isupper()
    if is_first:
        return is_given and words[0].lower() not in people.PLACES_TOO
    return is_given or not any(word.isupper() and len(word) > 1 for word in words)
