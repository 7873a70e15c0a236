"""Statuses, outcomes and gaps: what a report says in words and symbols rather than numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ingest import periods
from ingest.model import Gap, Outcome, Status, Window
from ingest.vocabulary import statements as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.model import Cell, Document, ReportEntry, Row
    from ingest.vocabulary.statements import Phrase

_SENTENCE_END: Final = re.compile(
    r"[.!?\u2022]+[)\"'\u201d\u2019]*(?:\s+(?=[A-Z0-9(\u201c\"'\u2022])|\s*\Z)"
)
_QUARTERS: Final = re.compile(
    r"\b(?:q|qu|qtr|quarter)s?\s*([1-4])(?:\s*(?:,|and|&|to|-|\u2013|/)\s*(?:(?:q|qu|qtr|quarter)s?\s*)?([1-4])\b)?"
    r"(?![\d/%])",
    re.IGNORECASE,
)
_YEAR_WORDS: Final = re.compile(
    r"\b(?:this\s+(?:financial\s+)?year\b(?!\s+to\s+date)|(?:the\s+)?financial\s+year|end\s+of\s+(?:the\s+)?year|year[\s-]end"
    r"|full\s+year)(?!\s+to\s+date)",
    re.IGNORECASE,
)
_YTD_WORDS: Final = re.compile(r"\b(?:ytd|fytd|(?:this\s+)?year\s+to\s+date)\b", re.IGNORECASE)
_YEAR_LABEL: Final = re.compile(r"(?<!\d)(20\d\d\s?[/-]\s?(?:20)?\d\d)(?!\d)")
_THIS_QUARTER: Final = re.compile(r"\bthis\s+quarter\b", re.IGNORECASE)
_HAS_WORD: Final = re.compile(r"[^\W\d_]")
_HAS_DIGIT: Final = re.compile(r"\d")
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")
_QUARTER_CELLS: Final = frozenset(("q1", "q2", "q3", "q4", "year_total"))
# Cells that hold no statement of a row's progress.
_NO_STATEMENTS: Final = frozenset(("ref", "section", "owner", "status", "trend", "header", "title"))
_LONGEST_WORD_STATUS: Final = 60
_LONGEST_WHOLE: Final = 60
_FURTHEST: Final = 300


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements of one report, each in reading order."""

    statuses: tuple[Status, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    gaps: tuple[Gap, ...] = ()


def read_statements(document: Document) -> Statements:
    """Every status, outcome and gap of a report.

    Parameters
    ----------
    document
        A report after layout.

    Returns
    -------
    Statements
        Sorted by the place where they stand.
    """
    statuses: list[Status] = []
    outcomes: list[Outcome] = []
    gaps: list[Gap] = []
    symbolic = _symbolic_tables(document)
    for row in document.rows:
        for cell in row.cells:
            statuses.extend(_statuses(cell, row, document.entry, row.table_number in symbolic))
            if cell.source_cell in _NO_STATEMENTS or not _HAS_WORD.search(cell.text):
                continue
            outcomes.extend(_outcomes(cell, row, document.entry))
            gaps.extend(_gaps(cell, row, document.entry))
    return Statements(
        tuple(sorted(statuses, key=lambda item: (item.source_line, item.char_start))),
        tuple(sorted(outcomes, key=lambda item: (item.source_line, item.char_start))),
        tuple(sorted(gaps, key=lambda item: (item.source_line, item.char_start))),
    )


# statuses -------------------------------------------------------------------------------------


def _symbolic_tables(document: Document) -> frozenset[int]:
    """Tables whose quarter columns hold symbols, so that a dash among them says "no data"."""
    return frozenset(
        row.table_number
        for row in document.rows
        for cell in row.cells
        if cell.source_cell in _QUARTER_CELLS and _is_status_text(cell.text)
    )


def _is_dash(text: str) -> bool:
    return len(text) <= 3 and all(character in words.DASHES for character in text)


def _is_status_text(text: str) -> bool:
    """Whether a text is nothing but a status symbol, a colour or a colour's letter."""
    if len(text) > _LONGEST_WORD_STATUS:
        return False
    bare = text.replace("\ufe0f", "").strip()
    if not bare:
        return False
    if all(character in words.STATUS_SYMBOLS or character.isspace() for character in bare):
        return True
    return bare.lower().strip(" .") in words.COLOUR_WORDS or bare in words.COLOUR_LETTERS


def _statuses(cell: Cell, row: Row, entry: ReportEntry, is_symbolic: bool) -> Iterator[Status]:
    """Statuses and directions of travel of a status or trend cell, or of a cell of symbols only.

    A dash in a status column, or among symbols in quarter columns, is a status (no data); under a
    trend it is nothing. Numbers there are figures and no status.
    """
    is_column = cell.source_cell in ("status", "trend")
    if not is_column:
        if cell.source_cell not in _QUARTER_CELLS:
            return
        if len(cell.text) > _LONGEST_WORD_STATUS:
            return
        is_arrow = len(cell.text) <= 3 and all(sign in words.ARROWS for sign in cell.text)
        is_mark = _is_status_text(cell.text) or (is_symbolic and _is_dash(cell.text))
        if not is_arrow and not is_mark:
            return
    window = cell.window or periods.quarter(entry.first_year, entry.as_at_quarter)
    for at, printed, kind in status_parts(cell.text, is_trend=cell.source_cell == "trend"):
        line, start = cell.locate(at)
        yield Status(
            cell.cell_id, row.row_key, line, cell.source_cell, printed, kind, window, start
        )


def status_parts(text: str, *, is_trend: bool) -> Iterator[tuple[int, str, str]]:
    """The statuses and directions of travel in the text of a status or trend cell.

    Parameters
    ----------
    text
        The cell's text, not blank.
    is_trend
        Whether the column is a trend; a text that is neither known as a colour nor as a direction
        is then a direction.

    Yields
    ------
    tuple
        Offset in the text, what is printed, and ``status`` or ``direction_of_travel``.
    """
    if _is_dash(text):
        if not is_trend:
            yield 0, text, "status"
        return
    rest = list(text)
    at = 0
    while at < len(text):
        if text[at] in words.ARROWS:
            end = at + 1
            while end < len(text) and (text[end] in words.ARROWS or text[end] == "\ufe0f"):
                end += 1
            yield at, text[at:end].rstrip("\ufe0f"), "direction_of_travel"
            rest[at:end] = " " * (end - at)
            at = end
        else:
            at += 1
    left = "".join(rest)
    bare = (
        left.strip(" ,;/|\u2022\ufe0f\t\n")
        if len(left.strip()) < len(text.strip())
        else left.strip()
    )
    if not bare or _is_dash(bare):
        return
    start = left.index(bare)
    has_digit = _HAS_DIGIT.search(bare) is not None
    tokens = [token.lower() for token in _TOKEN.findall(bare)]
    if has_digit and not any(token in words.COLOUR_WORDS for token in tokens):
        return  # a number: a figure, no status
    colour = next((match for match in _TOKEN.finditer(bare) if _is_colour(match[0], bare)), None)
    if colour is not None:
        is_long = len(tokens) > 3 or has_digit
        yield (
            (start + colour.start(), colour[0], "status") if is_long else (start, bare, "status")
        )
        return
    is_direction = bool(tokens) and any(token in words.TREND_WORDS for token in tokens)
    if is_trend or (is_direction and len(tokens) <= 3):
        yield start, bare, "direction_of_travel"
    else:
        yield start, bare, "status"


def _is_colour(token: str, text: str) -> bool:
    if token.lower() in words.COLOUR_WORDS:
        return True
    return token in words.COLOUR_LETTERS and text.startswith(token)


# outcomes and gaps ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases with their place in their table, which decides between them, by trigger."""

    inside: tuple[tuple[str, tuple[tuple[int, Phrase], ...]], ...]  # anywhere in a text
    whole: tuple[tuple[int, Phrase], ...]  # as the whole of a short text


def _table(phrases: Sequence[Phrase]) -> _Table:
    inside: dict[str, list[tuple[int, Phrase]]] = {}
    for rank, phrase in enumerate(phrases):
        if not phrase.whole:
            inside.setdefault(phrase.trigger, []).append((rank, phrase))
    return _Table(
        tuple((trigger, tuple(items)) for trigger, items in inside.items()),
        tuple((rank, phrase) for rank, phrase in enumerate(phrases) if phrase.whole),
    )


@lru_cache(maxsize=256)
def _compiled(pattern: str, *, whole: bool = False) -> re.Pattern[str]:
    """A phrase's pattern, compiled when its trigger is first met."""
    if whole:
        return re.compile(rf"\s*(?:{pattern})\s*", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_OUTCOMES: Final = _table(words.OUTCOMES)
_GAPS: Final = _table(words.GAPS)


def find_phrases(text: str, table: _Table) -> list[tuple[int, int, Phrase]]:
    """Where the phrases of a table stand in a text; earlier ones of the table win overlaps."""
    low = text.lower()
    if len(text) <= _LONGEST_WHOLE:
        for _, phrase in table.whole:
            if phrase.trigger in low and _compiled(phrase.pattern, whole=True).fullmatch(text):
                return [(0, len(text), phrase)]
    candidates = [item for trigger, items in table.inside if trigger in low for item in items]
    if not candidates:
        return []
    taken = bytearray(len(text))
    found: list[tuple[int, int, Phrase]] = []
    for _, phrase in sorted(candidates, key=lambda item: item[0]):
        for match in _compiled(phrase.pattern).finditer(text):
            start, end = match.span()
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append((start, end, phrase))
    return sorted(found, key=lambda item: item[0])


def outcomes_in(text: str) -> list[tuple[int, int, str]]:
    """Stated outcomes in a text: start, end and code."""
    return [(start, end, phrase.code) for start, end, phrase in find_phrases(text, _OUTCOMES)]


def gaps_in(text: str) -> list[tuple[int, int, str]]:
    """Statements that a figure is missing in a text: start, end and reason."""
    return [(start, end, phrase.code) for start, end, phrase in find_phrases(text, _GAPS)]


def sentence_ends(text: str) -> list[int]:
    """Where sentences end in a text, in order."""
    return [match.end() for match in _SENTENCE_END.finditer(text)]


def sentence_around(text: str, ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence (or sentences) that a stretch of text stands in.

    Text that never ends a sentence is cut at a distance.
    """
    before = bisect_right(ends, start)
    after = bisect_left(ends, end)
    first = ends[before - 1] if before else 0
    last = ends[after] if after < len(ends) else len(text)
    return max(first, start - _FURTHEST), min(last, end + _FURTHEST)


def _outcomes(cell: Cell, row: Row, entry: ReportEntry) -> Iterator[Outcome]:
    if cell.source_cell == "measure" or cell.source_cell.startswith("target:"):
        return  # what is to be achieved, not whether it was
    found = find_phrases(cell.text, _OUTCOMES)
    ends = sentence_ends(cell.text) if found else []
    for start, end, phrase in found:
        first, last = sentence_around(cell.text, ends, start, end)
        sentence = cell.text[first:last].strip()
        for window, certainty in _target_windows(_windows(cell, sentence, entry), phrase.code):
            line, at = cell.locate(start)
            yield Outcome(
                cell_id=cell.cell_id,
                row_key=row.row_key,
                source_line=line,
                source_cell=cell.source_cell,
                char_start=at,
                words=cell.text[start:end],
                statement=sentence,
                outcome=phrase.code,
                window=window,
                certainty=certainty,
                rule=f"outcome_{phrase.code}",
            )


def _target_windows(windows: list[tuple[Window, str]], code: str) -> list[tuple[Window, str]]:
    """Targets are for the year: one that is met or missed in its last quarter is the year's."""
    if code not in ("achieved", "not_achieved"):
        return windows
    return [
        (periods.financial_year(window.end.year - 1), "inferred")
        if window.basis == "quarter" and window.end is not None and window.end.month == 3
        else (window, certainty)
        for window, certainty in windows
    ]


def _gaps(cell: Cell, row: Row, entry: ReportEntry) -> Iterator[Gap]:
    """Gaps of a cell: one for each period and reason, at its first mention.

    A general reason gives way to a nearer one of the same sentence, and adds nothing to a period
    of which the cell has already said that the figure is missing.
    """
    seen: set[tuple[str, Window]] = set()
    missing: set[Window] = set()
    column = cell.source_cell.partition(":")[0]
    found = find_phrases(cell.text, _GAPS)
    ends = sentence_ends(cell.text) if found else []
    said_why = {
        sentence_around(cell.text, ends, start, end)
        for start, end, phrase in found
        if phrase.code not in words.GENERAL_REASONS
    }
    for start, end, phrase in found:
        reason = words.GAP_BY_COLUMN.get((column, phrase.code), phrase.code)
        if column == "measure" and reason not in words.GAPS_OF_A_MEASURE:
            continue  # a measure says what is wanted
        first, last = sentence_around(cell.text, ends, start, end)
        sentence = cell.text[first:last].strip()
        is_general = reason in words.GENERAL_REASONS
        if is_general and (first, last) in said_why:
            continue
        for window, certainty in _windows(cell, sentence, entry):
            if (reason, window) in seen or (is_general and window in missing):
                continue
            seen.add((reason, window))
            missing.add(window)
            line, at = cell.locate(start)
            yield Gap(
                cell_id=cell.cell_id,
                row_key=row.row_key,
                source_line=line,
                source_cell=cell.source_cell,
                char_start=at,
                words=cell.text[start:end].strip(),
                statement=sentence,
                reason=reason,
                window=window,
                certainty=certainty,
                rule=f"gap_{phrase.code}",
            )


def _windows(cell: Cell, sentence: str, entry: ReportEntry) -> list[tuple[Window, str]]:
    """The periods a statement is about, with a certainty each.

    Quarters, a year or a year to date named in its sentence; else the column's; else, for
    comments, the year to date, and for a measure or a baseline the year of the report.
    """
    named = _named_windows(cell, sentence, entry)
    if named:
        return [(window, "stated") for window in named]
    if cell.window is not None:
        return [(cell.window, "stated")]
    if cell.source_cell in ("measure", "baseline"):
        return [(periods.financial_year(entry.first_year), "inferred")]
    return [(periods.year_to_date(entry.first_year, entry.as_at_quarter), "inferred")]


def _named_windows(cell: Cell, sentence: str, entry: ReportEntry) -> list[Window]:
    year = entry.first_year
    low = sentence.lower()
    if label := _YEAR_LABEL.search(sentence):
        year = periods.parse_label(label[1].replace(" ", "")) or year
    quarters: list[int] = []
    for match in _QUARTERS.finditer(sentence) if "q" in low else ():
        quarters += [int(number) for number in match.groups() if number]
    # A report submitted "for Q2 data" says nothing of Q2 when Q3 is what is missing.
    windows = [periods.quarter(year, number) for number in dict.fromkeys(quarters)]
    says_year = "year" in low
    if not quarters and (says_year or "ytd" in low) and _YTD_WORDS.search(sentence):
        at = cell.window.end if cell.window is not None else None
        number = entry.as_at_quarter if at is None else ((at.month - 4) % 12) // 3 + 1
        windows.append(periods.year_to_date(year, number))
    if says_year and not windows and _YEAR_WORDS.search(sentence):
        if _THIS_QUARTER.search(sentence) and cell.window is not None:
            windows.append(cell.window)
        windows.append(periods.financial_year(year))
    elif label and not windows and cell.source_cell in ("measure", "baseline", "comments"):
        windows.append(periods.financial_year(year))
    return windows
