"""Totals and the parts that are printed with them: the relation ``part_of``.

Within a cell the words say so: a list after a colon or in a bracket ("21: 12 female, 9 male",
"56 (A 20, B 36)"), "120 and 35, 155 in total", "4 = 3 + 1". In a table the rows say so ("of which:
dwelling", "All stations") or a column headed total; a row or column is taken for a total only
where most of its numbers are the sums of the others. That the rest are not is for the audit to
find, and it is not the reader's business to hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ingest.figures.nearby import CLOSE, OPEN, STOPS, WORD
from ingest.figures.reading import Reading
from ingest.vocabulary import totals as words
from ingest.vocabulary.quantities import CODES

if TYPE_CHECKING:
    from ingest.figures.document import ReadCell
    from ingest.figures.reader import CellReader

_MOST_PARTS: Final = 12
# How far apart a total and its first part may stand, in items.
_REACH: Final = 9
_COLON: Final = CODES["COLON"]
_SUM: Final = re.compile(
    r"(?<![\w.,])(\d[\d,]*)\s*=\s*(\d[\d,]*(?:\s*\+\s*\d[\d,]*)+)(?![\w%.]*\d)"
    r"|(?<![\w.,])(\d[\d,]*(?:\s*\+\s*\d[\d,]*)+)\s*=\s*(\d[\d,]*)(?![\w%.]*\d)"
)
_DIGITS: Final = re.compile(r"\d[\d,]*")
_LEVELS: Final = frozenset(("observation", "baseline"))
# Printed lists may leave a few out, or be wrong by a few: beyond this they are of something else.
_SLACK: Final = Decimal("0.1")


def link_totals(cell: CellReader) -> None:
    """Tie the parts of a total that a cell lists to the total."""
    readings = [reading for reading in cell.readings if reading.is_quantity]
    if len(readings) < 3:
        return
    if "=" in cell.items.text and "+" in cell.items.text:
        _link_sums(cell, readings)
    for at, total in enumerate(readings[:-2]):
        if _can_be_total(total):
            parts = _listed_after(cell, total, readings[at + 1 : at + 1 + _MOST_PARTS])
            if _make_up(cell, total, parts):
                _tie(total, parts)
                if all(part.series for part in parts):
                    total.series = None  # it is what the row counts
    for at, total in enumerate(readings):
        if at > 1 and _can_be_total(total) and _is_called_total(cell, total):
            parts = _listed_before(cell, total, readings[max(0, at - _MOST_PARTS) : at])
            if len(parts) > 1 and sum(_value(part) for part in parts) == total.value:
                _tie(total, parts)


def _value(reading: Reading) -> Decimal:
    return reading.value or Decimal(0)


def _can_be_total(reading: Reading) -> bool:
    return (
        reading.role in _LEVELS
        and reading.unit == "count"
        and reading.relation is None
        and bool(reading.value)
    )


def _can_be_part(reading: Reading, total: Reading) -> bool:
    return (
        reading.role == total.role
        and reading.unit == "count"
        and reading.relation is None
        and reading.value is not None
        and total.value is not None
        and reading.window == total.window
    )


def _listed_after(cell: CellReader, total: Reading, following: Sequence[Reading]) -> list[Reading]:
    """The counts of a list that a colon, a bracket or words of breaking down set after a total."""
    first = following[0]
    start, end = total.number.index + 1, first.number.index
    between = cell.codes[start:end]
    if end - start > _REACH or any(code in STOPS for code in between):
        return []
    opens = OPEN in between and CLOSE not in between
    is_listed = opens or _COLON in between or _breaks_down(cell, start, end)
    if not is_listed or (opens and first.bracket < 0):
        return []
    parts: list[Reading] = []
    for reading in following:
        if opens and reading.bracket != first.bracket:
            break
        if not opens and (reading.statement != first.statement or reading.bracket >= 0):
            if reading.bracket >= 0 and reading.statement == first.statement:
                continue  # "41 (12 new)": what is said of a part
            break
        if not _can_be_part(reading, total):
            return []
        parts.append(reading)
    if any(
        _COLON in cell.codes[one.number.index : other.number.index]
        for one, other in pairwise(parts)
    ):
        return []  # "Placed: 7 Engaged: 5 Revoked: 2": each colon ends a label
    if all(_is_named(cell, part) for part in parts):
        return parts
    return parts if sum(_value(part) for part in parts) == total.value else []


def _listed_before(cell: CellReader, total: Reading, before: Sequence[Reading]) -> list[Reading]:
    """The counts just before a total, back to the first that is something else."""
    parts: list[Reading] = []
    for reading in reversed(before):
        if total.statement - reading.statement > 1 or not _can_be_part(reading, total):
            break
        parts.insert(0, reading)
    return parts


def _is_named(cell: CellReader, reading: Reading) -> bool:
    """Whether a word beside a count says of what it is: "12 female", "Police 40"."""
    at = reading.number.index
    beside = (*cell.codes[at + 1 : at + 2], *cell.codes[max(0, at - 2) : at])
    return any(code in _NAMES for code in beside)


_NAMES: Final = frozenset((WORD, *(CODES[name] for name in ("LABEL", "COHORT", "IN", "THESE"))))


def _breaks_down(cell: CellReader, start: int, end: int) -> bool:
    said = " ".join(cell.items.words[start:end])
    return any(phrase in said for phrase in words.BREAKDOWNS)


def _is_called_total(cell: CellReader, total: Reading) -> bool:
    at = total.number.index
    said = cell.items.words[max(0, at - 3) : at] + cell.items.words[at + 1 : at + 4]
    plain = f" {' '.join(said)} "
    return any(f" {phrase} " in plain for phrase in words.TOTALS)


def _make_up(cell: CellReader, total: Reading, parts: Sequence[Reading]) -> bool:
    """Whether listed counts are the parts of a total: about as many, or said to be all of it."""
    if len(parts) < 2 or total.value is None:
        return False
    found = sum(_value(part) for part in parts)
    if found == total.value:
        return True
    # What is said to be all of it is tied, however far off: that is for the audit to find.
    if _breaks_down(cell, total.number.index + 1, parts[0].number.index):
        return True
    if _is_called_total(cell, total):
        return True
    return abs(found - total.value) <= total.value * _SLACK


def _tie(total: Reading, parts: Iterable[Reading]) -> None:
    for part in parts:
        part.of, part.relation = total, "part_of"


def _link_sums(cell: CellReader, readings: Sequence[Reading]) -> None:
    """ "4 = 3 + 1": the numbers after the mark are parts of the one before it."""
    by_end = {reading.number.end: reading for reading in readings}
    for match in _SUM.finditer(cell.items.text[:_LONGEST]):
        whole, parts = (1, 2) if match[1] else (4, 3)
        total = by_end.get(match.end(whole))
        found = [
            by_end.get(match.start(parts) + number.end())
            for number in _DIGITS.finditer(match[parts])
        ]
        if total is None or total.role not in _LEVELS or None in found:
            continue
        for part in found:
            assert part is not None
            if part.role == "change":
                part.role, part.rule, part.comparator = total.role, "part_of_sum", None
                part.value = part.number.value
                part.certainty, part.note = total.certainty, None
            part.window, part.unit = total.window, total.unit
            part.of, part.relation = total, "part_of"


_LONGEST: Final = 20_000


# --- tables -------------------------------------------------------------------------------------


class TableRow:
    """One row of a table: its measure and the one level of each of its columns."""

    __slots__ = ("levels", "measure", "table")

    def __init__(self, table: int, measure: str, cells: Iterable[ReadCell]) -> None:
        self.table = table
        self.measure = measure
        self.levels: dict[str, tuple[str, Reading]] = {}
        for cell in cells:
            if cell.kind not in _COLUMNS:
                continue
            found = [reading for reading in cell.readings if reading.is_quantity]
            if len(found) == 1 and found[0].is_level and found[0].unit in _ADDITIVE:
                self.levels[f"{cell.cell.source_cell}|{cell.cell.header}"] = (
                    cell.cell.header,
                    found[0],
                )


_COLUMNS: Final = frozenset(("quarter", "year_total", "history", "comparator", "other", "baseline"))
_ADDITIVE: Final = frozenset(("count", "currency", "hours"))
# At least so many columns must add up before a row is taken for the sum of others.
_LEAST_SUMS: Final = 2


def link_rows(rows: Sequence[TableRow]) -> None:
    """Tie rows that are parts of another row to it, and columns to a column headed total."""
    tied: set[int] = set()
    for at, row in enumerate(rows):
        if len(row.levels) < _LEAST_SUMS:
            continue
        if _names_total(row.measure):
            above = _rows_above(rows, at)
            _tie_rows(row, above, tied)
        elif parts := _rows_of_which(rows, at):
            _tie_rows(row, parts, tied)
    _link_columns(rows, tied)


def _names_total(measure: str) -> bool:
    said = measure.lower().split()
    if not said or words.OTHERS.intersection(said):
        return False
    return said[0] in words.TOTAL_ROWS or said[-1].strip(" :()") in words.TOTAL_ROWS


def _rows_above(rows: Sequence[TableRow], at: int) -> list[TableRow]:
    """The rows of the same table above a total, back to the total before it."""
    found: list[TableRow] = []
    for row in reversed(rows[max(0, at - 40) : at]):
        if row.table != rows[at].table or _names_total(row.measure):
            break
        found.append(row)
    return found


def _rows_of_which(rows: Sequence[TableRow], at: int) -> list[TableRow]:
    """The rows under a row that are called its parts: "of which: fires", "- dwelling"."""
    found: list[TableRow] = []
    for row in rows[at + 1 : at + 1 + _MOST_PARTS]:
        opening = row.measure.lstrip()
        if row.table != rows[at].table or not opening:
            break
        if not opening.lower().startswith(words.PART_ROWS) and not (found and opening[0].islower()):
            break
        found.append(row)
    return found


def _tie_rows(total: TableRow, parts: Sequence[TableRow], tied: set[int]) -> None:
    """Tie the columns of rows that add up, where most of their columns do."""
    if len(parts) < 2:
        return
    columns: list[tuple[Reading, list[Reading]]] = []
    for name, (_, reading) in total.levels.items():
        found = [row.levels[name][1] for row in parts if name in row.levels]
        if len(found) == len(parts) and reading.relation is None and _are_alike(reading, found):
            columns.append((reading, found))
    _tie_most(columns, tied)


def _tie_most(sums: Sequence[tuple[Reading, list[Reading]]], tied: set[int]) -> bool:
    """Tie all of several sums where at least two, and more than half, of them are right.

    What is tied already stays as it is. Returns whether the sums are sums.
    """
    right = sum(
        reading.value == sum(_value(part) for part in parts) and bool(reading.value)
        for reading, parts in sums
    )
    if right < _LEAST_SUMS or 2 * right <= len(sums):
        return False
    for reading, parts in sums:
        if id(reading) not in tied and all(part.relation is None for part in parts):
            tied.add(id(reading))
            _tie(reading, parts)
    return True


def _are_alike(total: Reading, parts: Iterable[Reading]) -> bool:
    return all(
        part.role == total.role and part.unit == total.unit and part.window == total.window
        for part in parts
    )


def _link_columns(rows: Sequence[TableRow], tied: set[int]) -> None:
    """ "Male | Female | Total": columns of one time that a column headed total adds up.

    What such a column counts is its series.
    """
    by_table: dict[int, list[TableRow]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    for members in by_table.values():
        names = list(dict.fromkeys(name for row in members for name in row.levels))
        for at, name in enumerate(names):
            header = name.partition("|")[2].lower().split()
            if at < 2 or not words.TOTAL_ROWS.intersection(header):
                continue
            sums: list[tuple[Reading, list[Reading]]] = []
            headers: dict[int, str] = {}
            for row in members:
                if name not in row.levels:
                    continue
                total = row.levels[name][1]
                parts = [row.levels[other] for other in names[:at] if other in row.levels]
                parts = [part for part in parts if _are_alike(total, [part[1]])]
                if len(parts) > 1 and total.relation in (None, "part_of"):
                    sums.append((total, [part for _, part in parts]))
                    headers.update((id(part), header) for header, part in parts)
            if _tie_most(sums, tied):
                for _, parts_of in sums:
                    for part in parts_of:
                        part.series = part.series or headers[id(part)]
