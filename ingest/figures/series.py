"""Which of several things of one row a number counts: its series, as printed.

A series is a label that stands before a number ("Police - 13,452", "HCCs 80", "a) 2018/19 = 4")
or a noun that follows it ("11 completions 7 breaches", "126 offences in Park ward"). Numbers have
one only where their row counts several things; what the measure itself names, and a total, have
none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ingest.layout.headers import is_name
from ingest.vocabulary.series import (
    BREAKS,
    GENERAL,
    HEADINGS,
    JOINTS,
    NO_LABELS,
    PEOPLE,
    STATES,
    VERBS,
)

if TYPE_CHECKING:
    from ingest.figures.document import ReadCell
    from ingest.figures.reading import Reading

_KINDS: Final = frozenset(
    ("quarter", "measure", "baseline", "comments", "history", "target", "year_total", "other")
)
_ROLES: Final = frozenset(
    ("observation", "baseline", "target", "comparative", "projection", "change")
)
_MOST_WORDS: Final = 7
# How far a label may stand from its number, in characters.
_REACH: Final = 120
# How far back a cell may have named the series of a number without a label.
_CARRY: Final = 400
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019/&+-]+[^\W_]+)*\+?")
_EDGE: Final = re.compile(r"[;,\u2022|()\[\]]|\.(?=\s|$)")
_TIE: Final = re.compile(r"(?:[-\u2013\u2014:=]|\bis|\bx|\u00d7)\s*$", re.IGNORECASE)
_TIE_ENDS: Final = "-\u2013\u2014:=\u00d7sSxX\u017f"  # the last characters of what is above
_INNER_TIE: Final = re.compile(r"\s[-\u2013\u2014]\s|:\s")
_TIMES: Final = re.compile(r"\s*[x\u00d7]\s+(?=[^\W\d_])", re.IGNORECASE)
_TIE_AFTER: Final = re.compile(r"\s*[-\u2013\u2014:]\s*(?=[^\W\d_])")
_LETTER: Final = re.compile(r"(?:^|[\s;,])([a-h])[).]\s[^()%]*$", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"[^\d.;,]*?\b(?:in|at|for|from)\s+(?:the\s+)?([A-Z][\w&'\u2019-]*(?:\s+(?!in\b|at\b|on\b|is\b)[a-zA-Z]+)?)"
)
_DATE: Final = re.compile(r"q[1-4]|(?:19|20)\d\d(?:[/-]\d+)?|\d+(?:[/.-]\d+)+")
_MONTHS: Final = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_PEER_CHANGE: Final = re.compile(
    r"\s*([A-Z][\w&' ]*?)\s+(?:(?:R12M?|YTD|FYTD|Q[1-4]|annual|12 month)\s+)?"
    r"(?:%\s*)?(?:change|variance|difference|\+/-)(?:\s|$)",
)
_INNER: Final = frozenset(("of", "with", "and"))
_AFTER_EDGE: Final = re.compile(r"[;:=,\u2022|)\]]|\.(?=\s|$)|\s[-\u2013\u2014]")
_SAID_OF: Final = BREAKS | VERBS
_NO_BEGINNING: Final = JOINTS - HEADINGS


def is_peer(name: str) -> bool:
    """Whether a name is of other areas or bodies that one's own are compared with."""
    return is_name(name, _PEER_KIND)


_PEER_KIND: Final = frozenset(("comparator",))


# A label with no more than this beside it is all that stands before its number.
_PUNCTUATION_BESIDE: Final = 4


class _Label:
    """A label and the number it belongs to; ``is_tied`` when a separator joins the two.

    ``is_whole`` says that nothing else stands before the number in its clause.
    """

    __slots__ = ("is_tied", "is_whole", "reading", "text")

    def __init__(self, reading: Reading, text: str, is_tied: bool, is_whole: bool = False) -> None:
        self.is_whole = is_whole
        self.reading = reading
        self.text = text
        self.is_tied = is_tied

    @property
    def key(self) -> str:
        """The label without case, plural and hyphens, to tell whether two are one."""
        return _key(self.text)


@lru_cache(maxsize=8192)
def _key(label: str) -> str:
    return " ".join(
        f"{word[:-3]}y" if word.endswith("ies") else word.rstrip("s")
        for word in re.findall(r"[^\W_]+", label.lower())
    )


def label_columns(cells: Iterable[ReadCell]) -> None:
    """ "Force % change YTD" beside the area's own: the change is the force's."""
    for cell in cells:
        if cell.context.kind != "variance":
            continue
        peer = _PEER_CHANGE.match(cell.context.header)
        if peer is None or not is_peer(peer[1]):
            continue
        for reading in cell.readings:
            if reading.role == "change" and reading.comparator != "peer_group":
                reading.series = reading.series or peer[1]


def label_row(cells: Iterable[ReadCell], measure: str) -> None:
    """Give the numbers of a row their series, where it counts several things."""
    label_columns(cells)
    read = [cell for cell in cells if cell.reader is not None and cell.context.kind in _KINDS]
    own = set(_key(measure).split())
    labelled = [(cell, _labels(cell, own)) for cell in read]
    known = {key for _, labels in labelled for key in _distinct(labels)}
    names = {label.key for _, labels in labelled for label in labels if _is_name(label)}
    known |= _in_every_quarter(labelled)
    if len(names | known) > 1:
        known |= names
    if not known:
        return
    tied = {label.key for _, labels in labelled for label in labels if label.is_tied} & known
    for cell, labels in labelled:
        for label in labels:
            _shorten(label, tied)
            if label.key in known:
                label.reading.series = label.text
        _carry(cell, tied)
        _inherit(cell)


def label_others(cells: Sequence[ReadCell], measure: str) -> None:
    """ "12 drivers reported" in a row of casualties: a count of something else than the measure."""
    own = set(_key(measure).split())
    known = {
        reading.value
        for cell in cells
        if cell.context.kind != "comments"
        for reading in cell.readings
        if reading.role == "observation"
    }
    for cell in cells:
        if cell.reader is None or cell.context.kind not in _OTHERS_IN:
            continue
        is_remark = cell.context.kind == "comments"
        first = next((r for r in cell.readings if r.role == "observation"), None)
        starts = [r.number.start for r in cell.readings if r.is_quantity]
        found = False
        for reading in cell.readings:
            if reading.series or reading.role != "observation" or reading.unit != "count":
                continue
            if reading.relation is not None:
                continue
            # The first count of a quarter's cell, and one that repeats it, is the measure's own.
            if (reading is first and not is_remark) or (is_remark and reading.value in known):
                continue
            text = cell.cell.text
            label = _after(text, reading, _start_after(starts, reading, len(text)))
            if label is None or set(label.key.split()) & (own | GENERAL | PEOPLE):
                continue
            if label.text.lower().endswith("ed") or label.text.lower() in STATES:
                continue  # "41 accepted": what became of the measure's own
            reading.series = _without_verb(label.text)
            found = True
        if found:
            _inherit(cell)


_OTHERS_IN: Final = frozenset(("comments", "quarter", "other", "year_total"))


def _in_every_quarter(labelled: Sequence[tuple[ReadCell, list[_Label]]]) -> set[str]:
    """ "Police - ..." before the first number of each quarter: a name, though the only one."""
    quarters = [
        labels[0] if labels else None for cell, labels in labelled if cell.context.kind == "quarter"
    ]
    if len(quarters) < 2 or any(label is None for label in quarters):
        return set()
    keys = {label.key if label is not None and label.is_tied else "" for label in quarters}
    first = quarters[0]
    is_name = first is not None and first.text[0].isupper() and first.text[1:].isalpha()
    return keys - {""} if len(keys) == 1 and is_name else set()


def _distinct(labels: Sequence[_Label]) -> set[str]:
    """The labels of a cell that names several."""
    keys = {label.key for label in labels} if len(labels) > 1 else set()
    return keys if len(keys) > 1 else set()


def _labels(cell: ReadCell, own: set[str]) -> list[_Label]:
    """The labels of one cell's numbers, all before them or all after them."""
    text = cell.cell.text
    numbers = [
        reading
        for reading in cell.readings
        if (
            (reading.role in _ROLES and reading.of is None)
            or reading.role in ("observation", "comparative")
        )
        and not _speaks_for_itself(reading)
    ]
    if not numbers:
        return []
    listed = _from_list(text, numbers, cell, own)
    if listed is not None:
        named = {id(label.reading) for label in listed}
        rest = [reading for reading in numbers if id(reading) not in named]
        return listed + (_labels_beside(cell, text, rest, own) if rest else [])
    return _labels_beside(cell, text, numbers, own)


def _labels_beside(
    cell: ReadCell, text: str, numbers: list[Reading], own: set[str]
) -> list[_Label]:
    """The labels of numbers in running text, all before them or all after them."""
    edges = [reading.number for reading in cell.readings if reading.is_quantity]
    starts, ends = [number.start for number in edges], [number.end for number in edges]

    def after(reading: Reading) -> _Label | None:
        return _after(text, reading, _start_after(starts, reading, len(text)))

    # "3 x shuttle mediation": what follows the first "x" is counted.
    if not any(_TIMES.match(text, reading.number.end) for reading in numbers):
        before = [_before(text, reading, _end_before(ends, reading)) for reading in numbers]
        if _stands_before(numbers, before, after, text):
            return _listed([label for label in before if label is not None], numbers)
    numbers = [reading for reading in numbers if reading.role != "comparative"]
    labels = _places([label for label in map(after, numbers) if label is not None], text)
    # The measure's own cell defines the series: nothing in it is too plain to be one.
    if cell.context.kind in ("measure", "baseline"):
        return labels
    return _without_main(labels, own, len(numbers))


def _speaks_for_itself(reading: Reading) -> bool:
    """Whether it is clear already whose a number is: a peer's, a rank, a part of a share."""
    return (
        reading.comparator == "peer_group"
        or reading.unit == "rank"
        or reading.rule in ("rank_size", "goal_of_measure")
        or reading.role == "component"
    )


def _from_list(
    text: str, numbers: list[Reading], cell: ReadCell, own: set[str]
) -> list[_Label] | None:
    """The labels of a plain list: "Noise 231, litter 84", "41.2% opiates, 44.7% alcohol".

    Between its separators each number has a label on the same side and nothing on the other.
    """
    if len(numbers) < 2 or len(text) > _LONGEST_LIST:
        return None
    quantities = [reading.number for reading in cell.readings]
    edges = [
        match.start()
        for match in _LIST_EDGE.finditer(text)
        if not any(number.start <= match.start() < number.end for number in quantities)
    ]
    before: list[_Label] = []
    after: list[_Label] = []
    for reading in numbers:
        number = reading.number
        at = bisect_left(edges, number.start)
        start = edges[at - 1] if at else 0
        end = edges[at] if at < len(edges) else len(text)
        if any(start <= other.start < end for other in quantities if other is not number):
            continue
        left = _listed_name(text[start : number.start])
        right = _listed_name(text[number.end : end])
        if left and right == "":
            before.append(_Label(reading, left, False))
        elif right and left == "":
            after.append(_Label(reading, _without_verb(right), False))
    if len(before) > 1 and not after:
        found = before
    elif len(after) > 1 and not before:
        found = after
    else:
        return None
    found = [label for label in found if not _is_main(label, own)]
    return found if len({label.key for label in found}) > 1 else None


def _is_main(label: _Label, own: set[str]) -> bool:
    """Whether a label only says what the measure counts: "46 visits" of "Licensing visits"."""
    said = set(label.key.split())
    return said <= own or (len(said) == 1 and said <= GENERAL)


def _without_verb(name: str) -> str:
    """ "children accommodated": what was done with them is no part of the name."""
    words = name.split()
    while len(words) > 1 and words[-1].lower() in VERBS:
        words.pop()
    return " ".join(words)


def _listed_name(piece: str) -> str | None:
    """A label as it stands in a list, "" where nothing stands, None where something else does."""
    last = _INNER_TIE.split(_LIST_MARKS.sub("", piece).rstrip(" :=-\u2013"))[-1]
    bare = last.strip(" -\u2013\u2014:=.()%&x\u00d7\u00a3\t")
    if not _WORD.search(bare):
        return "" if not bare else None
    words = _WORD.findall(bare)
    if len(words) > _MOST_WORDS - 2 or _only_says_when(bare):
        return None
    if any(word.lower() in BREAKS or word.lower() in NO_LABELS for word in words):
        return None
    return bare if bare[0].isalnum() else None


_LONGEST_LIST: Final = 600
_LIST_EDGE: Final = re.compile(r"[;,\u2022|/]|\.(?=\s|$)|\s(?:and|&)\s(?=[^;,.|]{0,30}?\d)")
_LIST_MARKS: Final = re.compile(r"^[;,\u2022|/.]|^\s*(?:and|&|with|of which|of whom)\s")


def _listed(labels: list[_Label], numbers: list[Reading]) -> list[_Label]:
    """ "a) 2018/19 = 4, 2019/20 = 5": a list letter labels all numbers up to the next."""
    if not labels or len(labels[0].text) > 1:
        return labels
    by_reading = {id(label.reading): label for label in labels}
    listed: list[_Label] = []
    letter = labels[0].text
    for reading in numbers:
        label = by_reading.get(id(reading))
        letter = label.text if label is not None and len(label.text) == 1 else letter
        listed.append(_Label(reading, letter, True))
    return listed


def _stands_before(
    numbers: list[Reading],
    before: list[_Label | None],
    after: Callable[[Reading], _Label | None],
    text: str,
) -> bool:
    """Whether a cell labels its numbers before they come."""
    first = before[0]
    if _TIE_AFTER.match(text, numbers[0].number.end) and after(numbers[0]) is not None:
        return False
    if first is None:
        return len([label for label in before if label is not None and label.is_tied]) > 1
    if first.is_tied:
        return True
    # "Race 37 Faith 4": nothing is left for the last number if labels follow.
    whole = sum(label is not None and label.is_whole for label in before)
    return whole > 1 and after(numbers[-1]) is None


def _end_before(ends: Sequence[int], reading: Reading) -> int:
    at = bisect_right(ends, reading.number.start)
    return ends[at - 1] if at else 0


def _start_after(starts: Sequence[int], reading: Reading, default: int) -> int:
    at = bisect_left(starts, reading.number.end)
    return starts[at] if at < len(starts) else default


@lru_cache(maxsize=4096)
def _is_time(word: str) -> bool:
    lowered = word.lower()
    return (
        lowered in NO_LABELS
        or _DATE.fullmatch(lowered) is not None
        or all(_MONTHS.fullmatch(part) for part in lowered.split("-"))
    )


def _before(text: str, reading: Reading, previous: int) -> _Label | None:
    """The label between the previous quantity, or the nearest edge, and the number."""
    start = reading.number.start
    chunk = text[max(previous, start - _REACH) : start]
    if _WORD.search(chunk) is None:
        return None
    letter = _LETTER.search(chunk) if ")" in chunk or "." in chunk else None
    if letter:
        return _Label(reading, letter.group(1), True)
    is_tied = chunk.rstrip()[-1:] in _TIE_ENDS and _TIE.search(chunk) is not None
    part = next(part for part in reversed(_EDGE.split(chunk)) if _WORD.search(part))
    pieces = [piece for piece in _INNER_TIE.split(part) if _WORD.search(piece)]
    while len(pieces) > 1 and _only_says_when(pieces[-1]):
        pieces.pop()
    chunk = pieces[-1]
    spans = [match.span() for match in _WORD.finditer(chunk)]
    words = [chunk[first:last] for first, last in spans]
    while words and _ends_with_time(words):
        words.pop()
    first = last = len(words)
    while first and words[first - 1].lower() not in _SAID_OF and not _is_time(words[first - 1]):
        first -= 1
    while first < last and words[first].lower() in _NO_BEGINNING:
        first += 1
    while first < last and words[last - 1].lower() in JOINTS:
        last -= 1
    if first == last or last - first > _MOST_WORDS or not words[first][0].isalpha():
        return None
    if last - first == 1 and len(words[first]) == 1:
        return None
    label = chunk[spans[first][0] : spans[last - 1][1]]
    is_whole = first == 0 and len(chunk.strip()) - len(label) < _PUNCTUATION_BESIDE
    name = " ".join(words[first:last]) if "_" in label else label
    return _Label(reading, name, is_tied, is_whole)


def _ends_with_time(words: list[str]) -> bool:
    """Whether the last word is a date; "Sec 27" and "Apr 19" end in numbers of two kinds."""
    last = words[-1]
    if last.isdigit() and len(last) < 4:
        return len(words) > 1 and (_is_time(words[-2]) or words[-2].lower() in JOINTS)
    return _is_time(last) or last.lower() in ("is", "x", "are", "to", "at", "date")


def _only_says_when(text: str) -> bool:
    """ "Financial year to date", "Same period 2011-2012": says when, not what."""
    words = _WORD.findall(text)
    return all(
        word.lower() in BREAKS
        or word.lower() in JOINTS
        or _is_time(word)
        or (at > 0 and len(word) < 3 and word.isdigit() and _is_time(words[at - 1]))
        for at, word in enumerate(words)
    )


def _after(text: str, reading: Reading, following: int) -> _Label | None:
    """The noun that follows the number."""
    at = reading.number.end
    is_tied = False
    for pattern in (_TIMES, _TIE_AFTER):
        found = pattern.match(text, at)
        if found:
            at, is_tied = found.end(), True
            break
    chunk = text[at : min(following, at + _REACH)]
    edge = _AFTER_EDGE.search(chunk)
    if edge:
        chunk = chunk[: edge.start()]
    kept: list[re.Match[str]] = []
    for word in _WORD.finditer(chunk):
        lowered = word.group().lower()
        gap = chunk[kept[-1].end() if kept else 0 : word.start()].strip()
        if gap:
            break
        if not kept and lowered in ("for", "of", "the", "were", "are"):
            continue
        if lowered in BREAKS or (lowered in VERBS and not is_tied) or _is_time(lowered):
            break
        if lowered in JOINTS and (not kept or lowered not in _INNER):
            break
        kept.append(word)
    while kept and kept[-1].group().lower() in JOINTS:
        kept.pop()
    if not kept or len(kept) > _MOST_WORDS or not kept[0].group()[0].isalpha():
        return None
    return _Label(reading, chunk[kept[0].start() : kept[-1].end()], is_tied)


def _places(labels: list[_Label], text: str) -> list[_Label]:
    """One noun in several places is told apart by the places."""
    if len(labels) < 2 or len({label.key for label in labels}) > 1:
        return labels
    places: list[_Label] = []
    for label in labels:
        found = _PLACE.match(text, label.reading.number.end)
        if found is None:
            return labels
        places.append(_Label(label.reading, found.group(1), True))
    return places


def _without_main(labels: list[_Label], own: set[str], count: int) -> list[_Label]:
    """Leave out what the measure itself counts, and a first number that the others add up to."""
    kept = [label for label in labels if label.is_tied or not set(label.key.split()) & own]
    if len(kept) > 2 and kept[0].reading.value == sum(
        label.reading.value or 0 for label in kept[1:]
    ):
        kept = kept[1:]
    if len(kept) == 2 and not kept[0].is_tied and kept[0].reading.number.start == 0:
        kept = kept[1:]  # "612 calls answered, 10 abandoned": the first is the measure's own
    # One other thing beside the measure's own does not make several.
    return kept if len(kept) > 1 or count == 1 else []


def _is_name(label: _Label) -> bool:
    """Several capitalised words tied to the number: a name, not a phrase."""
    words = label.text.split()
    return (
        label.is_tied
        and len(words) > 1
        and all(word[0].isupper() or word.lower() in JOINTS for word in words)
    )


def _shorten(label: _Label, tied: set[str]) -> None:
    """ "DRRs PPOs 33": a label that ends with another label of the row is that label."""
    words = label.text.split()
    for at in range(1, len(words)):
        ending = " ".join(words[at:])
        if _key(ending) in tied and _key(" ".join(words[:at])) in tied:
            label.text = ending
            return


def _carry(cell: ReadCell, tied: set[str]) -> None:
    """A count without a label of its own is of the series its cell named last."""
    for reading in cell.readings:
        if reading.series or reading.role != "observation" or reading.of is not None:
            continue
        if reading.unit != "count":
            continue
        words = _WORD.findall(
            cell.cell.text[max(0, reading.number.start - 400) : reading.number.start]
        )
        named = next((word for word in reversed(words) if _key(word) in tied), None)
        if named:
            reading.series = named[0].upper() + named[1:]


def _inherit(cell: ReadCell) -> None:
    """Changes, comparatives and parts are of the series of what they speak of."""
    last: Reading | None = None
    for reading in cell.readings:
        if not reading.is_quantity:
            continue
        if reading.series is None and reading.of is not None:
            reading.series = reading.of.series
        elif reading.of is not None and reading.of.series is None:
            reading.of.series = reading.series if reading.role == "comparative" else None
        elif reading.series is None and reading.role == "change" and last is not None:
            reading.series = last.series if last.statement == reading.statement else None
        if reading.role in _ROLES and reading.role != "change":
            last = reading
