"""Which of several things of one row a number counts: its series, as printed.

A series is a label that stands before a number ("Police - 13,452", "HCCs 80", "a) 2018/19 = 4") or
a noun that follows it ("11 completions 7 breaches", "126 offences in STC ward"). Numbers have one only
where their row counts several things; the thing the measure itself names has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from ingest.figures.reading import Reading
from ingest.vocabulary.series import BREAKS, HEADINGS, JOINTS, VERBS

if TYPE_CHECKING:
    from ingest.figures.document import ReadCell

_KINDS: Final = frozenset(
    ("quarter", "measure", "baseline", "comments", "history", "target", "year_total", "other")
)
_ROLES: Final = frozenset(("observation", "baseline", "target", "comparative", "projection"))
_MOST_WORDS: Final = 7
# How far a label may stand from its number, in characters.
_REACH: Final = 120
_EDGE: Final = re.compile(
    r"[.;,\u2022|()\[\]](?=\s|$)|[;\u2022|()\[\]]|\s[-\u2013\u2014]\s(?=.*\w\s*[-\u2013\u2014:=])"
)
_SEPARATOR: Final = re.compile(r"\s*(?:[-\u2013\u2014:=]|\bis|\bx|\u00d7)\s*$", re.IGNORECASE)
_LETTER: Final = re.compile(r"(?:^|[\s;,])([a-z])[).]\s*[^()]*$", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_][\w'\u2019/&+-]*")
_AFTER_EDGE: Final = re.compile(r"[.;,:\u2022|)\]=](?=\s|$)|[;\u2022|=]")
_PLACE: Final = re.compile(
    r"^[^\d.;,]*?\b(?:in|at|for|from)\s+((?:the\s+)?[A-Z][\w&'\u2019-]*(?:\s+[\w&'\u2019-]+)?)"
)


class _Label:
    """A label and where it stood; ``is_spoken`` when a separator ties it to its number."""

    __slots__ = ("is_spoken", "reading", "text")

    def __init__(self, reading: Reading, text: str, is_spoken: bool) -> None:
        self.reading = reading
        self.text = text
        self.is_spoken = is_spoken

    @property
    def key(self) -> str:
        return key_of(self.text)


def key_of(label: str) -> str:
    """A label without case, plural and hyphens, to tell whether two are one."""
    return " ".join(word.rstrip("s") for word in re.findall(r"[^\W_]+", label.lower()))


def label_row(cells: Iterable[ReadCell], measure: str) -> None:
    """Give the numbers of a row their series, where it counts several things."""
    read = [cell for cell in cells if cell.reader is not None and cell.context.kind in _KINDS]
    own = set(key_of(measure).split())
    labelled = {id(cell): _labels(cell, own) for cell in read}
    known = {
        label.key
        for labels in labelled.values()
        if len({label.key for label in labels}) > 1
        for label in labels
    }
    titles = {label.key for labels in labelled.values() for label in labels if _is_title(label)}
    if len(titles) > 1:
        known |= titles
    if not known:
        return
    spoken = {
        label.key for labels in labelled.values() for label in labels if label.is_spoken
    } & known
    for cell in read:
        for label in labelled[id(cell)]:
            if label.key in known:
                label.reading.series = label.text
        _carry(cell, spoken)
        _inherit(cell)


def _labels(cell: ReadCell, own: set[str]) -> list[_Label]:
    """The labels of one cell's numbers, all before them or all after them."""
    numbers = [
        reading
        for reading in cell.readings
        if (reading.role in _ROLES and reading.of is None)
        or (reading.role == "change" and reading.of is None)
    ]
    if not numbers:
        return []
    ends = {id(reading): 0 for reading in cell.readings}
    last = 0
    starts: list[int] = []
    for reading in cell.readings:
        ends[id(reading)] = last
        if reading.is_quantity:
            last = reading.number.end
            starts.append(reading.number.start)
    before = [_before(cell.cell.text, ends[id(reading)], reading) for reading in numbers]
    if before[0] is not None and (len(numbers) == 1 or any(before[1:]) or before[0].is_spoken):
        return [label for label in before if label is not None]
    after = [
        label
        for reading in numbers
        if (label := _after(cell.cell.text, reading, starts)) is not None
    ]
    return _without_main(_told_apart(cell.cell.text, after), own)


def _before(text: str, previous: int, reading: Reading) -> _Label | None:
    """The label between the previous quantity, or the nearest edge, and the number."""
    start = reading.number.start
    chunk = text[max(previous, start - _REACH) : start]
    letter = _LETTER.search(chunk)
    if letter:
        return _Label(reading, letter.group(1), True)
    for edge in _EDGE.finditer(chunk):
        rest = chunk[edge.end() :]
        if _WORD.search(rest):
            chunk = rest
            break_at = [
                found.end() for found in _EDGE.finditer(chunk) if _WORD.search(chunk[found.end() :])
            ]
            if break_at:
                chunk = chunk[break_at[-1] :]
            break
    is_spoken = _SEPARATOR.search(chunk) is not None
    words = _without_periods(chunk)
    kept: list[re.Match[str]] = []
    for word in reversed(words):
        if word.group().lower() in BREAKS or word.group().lower() in VERBS:
            break
        kept.insert(0, word)
    while kept and kept[0].group().lower() in JOINTS - HEADINGS:
        kept.pop(0)
    while kept and kept[-1].group().lower() in JOINTS:
        kept.pop()
    if not kept or len(kept) > _MOST_WORDS or not any(word.group()[0].isalpha() for word in kept):
        return None
    return _Label(reading, chunk[kept[0].start() : kept[-1].end()], is_spoken)


_MONTHS: Final = "jan feb mar apr may jun jul aug sep sept oct nov dec".split()


def _is_period(word: str) -> bool:
    lowered = word.lower()
    return (
        re.fullmatch(r"q[1-4]|(?:19|20)\d\d(?:[/-]\d+)?|\d+(?:[/-]\d+)*", lowered) is not None
        or lowered[:3] in _MONTHS
        and lowered.isalpha()
        and (len(lowered) <= 4 or lowered in _LONG_MONTHS)
    )


_LONG_MONTHS: Final = frozenset(
    "january february march april june july august september october november december".split()
)


def _without_periods(chunk: str) -> list[re.Match[str]]:
    """The words of a chunk but for the dates and year labels at its end."""
    words = list(_WORD.finditer(chunk))
    while words and (
        _is_period(words[-1].group())
        or words[-1].group().lower() in ("ytd", "fytd", "fye", "is", "x")
    ):
        # "Sec 27 - 50": a small number that follows its word with no dash between is part of a name.
        if words[-1].group().isdigit() and len(words) > 1 and len(words[-1].group()) < 4:
            gap = chunk[words[-2].end() : words[-1].start()]
            if gap == " " and not _is_period(words[-2].group()):
                break
        words.pop()
    return words


def _after(text: str, reading: Reading, starts: list[int]) -> _Label | None:
    """The noun that follows the number."""
    end = reading.number.end
    following = min((start for start in starts if start > end), default=len(text))
    chunk = text[end : min(following, end + _REACH)]
    chunk = re.sub(r"^\s*[x\u00d7]\s+", lambda found: " " * len(found.group()), chunk)
    edge = _AFTER_EDGE.search(chunk)
    if edge:
        chunk = chunk[: edge.start()]
    kept: list[re.Match[str]] = []
    for word in _WORD.finditer(chunk):
        lowered = word.group().lower()
        if chunk[kept[-1].end() if kept else 0 : word.start()].strip():
            break
        if not kept and lowered in ("for", "of", "the", "were", "are"):
            continue
        if lowered in BREAKS or lowered in JOINTS or (not kept and lowered in VERBS):
            break
        if lowered in VERBS:
            break
        kept.append(word)
    if not kept or len(kept) > 4 or _is_period(kept[0].group()):
        return None
    return _Label(reading, chunk[kept[0].start() : kept[-1].end()], False)


def _told_apart(text: str, labels: list[_Label]) -> list[_Label]:
    """Labels that are one noun in several places become the places."""
    if len(labels) < 2 or len({label.key for label in labels}) > 1:
        return labels
    places = []
    for label in labels:
        found = _PLACE.match(text[label.reading.number.end :][:_REACH])
        if found is None:
            return labels
        places.append(_Label(label.reading, found.group(1), True))
    return places


def _without_main(labels: list[_Label], own: set[str]) -> list[_Label]:
    """Leave out what the measure itself counts, and the total of the others."""
    kept = [label for label in labels if not (set(label.key.split()) & own) or label.is_spoken]
    if len(kept) > 1:
        first, *others = kept
        values = [label.reading.value for label in others]
        if None not in values and first.reading.value == sum(value for value in values if value):
            kept = others
    if len(kept) == 1 and len(labels) > 1:
        # The measure's own number beside one other thing: the other has a name of its own.
        kept.append(_Label(labels[0].reading, "", False)) if labels[0] is not kept[0] else None
    return [label for label in kept if label.text]


def _is_title(label: _Label) -> bool:
    """Several capitalised words, tied to the number: a name, not a phrase."""
    words = label.text.split()
    return len(words) > 1 and all(word[0].isupper() or word.lower() in JOINTS for word in words)


def _carry(cell: ReadCell, known: set[str]) -> None:
    """A number without a label of its own is of the series its cell named last."""
    if not known or not any(reading.series for reading in cell.readings):
        return
    text = cell.cell.text
    for reading in cell.readings:
        if reading.series or reading.role not in _ROLES or reading.of is not None:
            continue
        if reading.unit != "count":
            continue
        found = _last_named(text[: reading.number.start], known)
        if found:
            reading.series = found


def _last_named(text: str, known: set[str]) -> str | None:
    words = _WORD.findall(text[-400:])
    for word in reversed(words):
        if key_of(word) in known:
            return word[0].upper() + word[1:]
    return None


def _inherit(cell: ReadCell) -> None:
    """Changes, comparatives and parts are of the series of what they speak of."""
    last: Reading | None = None
    for reading in cell.readings:
        if not reading.is_quantity:
            continue
        seen = 0
        of = reading.of
        while of is not None and reading.series is None and seen < 4:
            reading.series = of.series
            of, seen = of.of, seen + 1
        if reading.series is None and reading.role == "change" and last is not None:
            if reading.of is None and last.statement == reading.statement:
                reading.series = last.series
        if reading.role in _ROLES:
            last = reading
