"""A report's lines under its headers become rows, cells, and what stands outside all rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ingest.layout import facts
from ingest.layout.fields import Fields, cut_lines
from ingest.layout.headers import Column
from ingest.layout.rows import OpenRow, finish, make_cell, place
from ingest.layout.tables import Table, column_at, find_tables
from ingest.model import Cell, Document, Segment, Warning_
from ingest.vocabulary import rows as row_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.model import Line, ReportEntry

_CONTINUING: Final = re.compile(
    rf"(?:{'|'.join(re.escape(word) for word in row_words.CONTINUING)})(?![\w-])", re.IGNORECASE
)
_VALUE: Final = re.compile(r"\u00a3?\d[\d,]*(?:\.\d+)?%?|[-\u2013]|n/?a", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[A-Za-z]{3,}")
_MAX_HEADING_WORDS: Final = 20
_OWN_MEASURE_WORDS: Final = 4
_LONGEST_WORD_REF: Final = 12
_FAR_BELOW: Final = 20  # blank lines between a heading and its table


class _Reader:
    """One pass over a report's lines; what it gathers becomes the :class:`Document`."""

    def __init__(self, entry: ReportEntry, lines: Sequence[Line]) -> None:
        self.entry = entry
        self.lines = lines
        self.fields = cut_lines(lines)
        self.tables, warnings = find_tables(self.fields, entry, entry.file)
        self.warnings = warnings
        self.loose: list[Cell] = []
        self.rows: list[OpenRow] = []
        self.open: OpenRow | None = None
        self.heading: list[str] = []
        self.heading_is_open = False
        self.expects: str | None = None  # what the next line of text belongs to
        self.notes: list[Segment] = []
        self.row_width = 0  # columns that the open row's lines fill so far

    def read(self) -> Document:
        """Every line, in order."""
        heads = {table.first: number for number, table in enumerate(self.tables)}
        position = 0
        number = -1
        while position < len(self.fields):
            if position in heads:
                number = heads[position]
                table = self.tables[number]
                self._close()
                self.expects = None
                for fields in self.fields[position : table.last + 1]:
                    self._header(fields, table)
                position = table.last + 1
                continue
            fields = self.fields[position]
            if number < 0:
                self._before(fields)
            else:
                self._inside(fields, self.tables[number], number, position)
            position += 1
        self._close()
        lines_of = [(self.fields[t.first].line, self.fields[t.last].line) for t in self.tables]
        rows = finish(self.entry, self.rows, self.tables, self.loose, lines_of)
        kinds = dict.fromkeys(
            column.source_cell for table in self.tables for column in table.columns
        )
        return Document(
            entry=self.entry,
            lines=tuple(self.lines),
            rows=rows,
            loose=tuple(sorted(self.loose, key=lambda cell: place(cell.segments[0]))),
            layout="|".join(kind for kind in kinds if kind),
            table_count=len(self.tables),
            warnings=tuple(sorted(self.warnings, key=lambda warning: (warning.line, warning.code))),
        )

    # outside rows ------------------------------------------------------------------------------

    def _add_loose(self, segments: Sequence[Segment], source_cell: str, header: str = "") -> None:
        column = Column(-1, header, source_cell, source_cell)
        self.loose.append(make_cell(self.entry.report_id, column, segments))

    def _marks(self, fields: Fields) -> None:
        if fields.marks:
            self._add_loose(fields.marks, "notes")

    def _header(self, fields: Fields, table: Table) -> None:
        for column, segment in fields.cells:
            name = table.columns[column].header if column < len(table.columns) else segment.text
            self._add_loose((segment,), "header", name)
        self._marks(fields)

    def _before(self, fields: Fields) -> None:
        """A line above the first table: a title, a heading of rows, or a note."""
        self._marks(fields)
        if fields.is_blank:
            self._end_notes()
            self.expects = None
            return
        if self._heading_line(fields):
            return
        text = fields.cells[0][1].text
        if len(fields.cells) == 1 and not _is_prose(text) and not self.notes:
            self._add_loose((fields.cells[0][1],), "title")
        else:
            self.notes.extend(segment for _, segment in fields.cells)

    def _end_notes(self) -> None:
        if self.notes:
            self._add_loose(self.notes, "notes")
            self.notes = []

    def _close(self) -> None:
        self._end_notes()
        if self.open is not None:
            self.rows.append(self.open)
            self.open = None

    def _heading_line(self, fields: Fields, table: Table | None = None) -> bool:
        """Whether the line is a priority or an outcome, or the text that its label asked for."""
        if len(fields.cells) > 2:
            return False
        if len(fields.cells) == 2 and table is not None:
            column, second = fields.cells[1]
            if column != fields.cells[0][0] + 1 or not _LETTERS.search(second.text):
                return False
            if column < table.width and table.columns[column].is_value:
                return False  # a row of words and its value
        segments = [segment for _, segment in fields.cells]
        text = segments[0].text
        is_heading = facts.is_heading(text)
        is_outcome = not is_heading and facts.is_outcome(text)
        if is_heading or is_outcome:
            self._close()
            if is_heading:
                self.heading = []
            self.heading_is_open = is_heading
            label_only = len(segments) == 1 and len(text.split()) <= 3
            self.expects = "section" if label_only else None
        elif self.expects is not None and len(segments) == 1:
            self.expects = None
        else:
            return False
        if self.heading_is_open:
            self.heading.extend(segment.text for segment in segments)
        for segment in segments:
            self._add_loose((segment,), "section")
        return True

    # inside a table ----------------------------------------------------------------------------

    def _inside(self, fields: Fields, table: Table, number: int, position: int) -> None:
        self._marks(fields)
        if fields.is_blank:
            self._end_notes()
            self.expects = None
            return
        if self._heading_line(fields, table):
            return
        broken = self._broken(fields, table, position)
        if broken is not None:
            self._add(broken)
            return
        if fields.kind == "plain" and _is_loose(fields, table):
            self._stray(fields, position)
            return
        placed = _place_fields(fields, table)
        if table.spans == ():
            self.row_width = fields.width
        extra = next((segment for at, segment in placed if at >= len(table.columns)), None)
        if extra is not None:
            self.warnings.append(
                Warning_(
                    extra.line,
                    "extra_column",
                    f"a column more than the header has: {extra.text[:40]!r} lands as 'other'",
                )
            )
        before = [segment for column, segment in placed if column < 0]
        placed = [(column, segment) for column, segment in placed if column >= 0]
        self._place_row(placed, table, number, position)
        if before and self.open is not None:
            self.open.ref_extra.extend(before)  # a section for which the header has no column

    def _place_row(
        self, placed: list[tuple[int, Segment]], table: Table, number: int, position: int
    ) -> None:
        """The fields of one line, under their columns: a new row or more of the open one."""
        by_kind = {
            table.columns[column].kind: segment
            for column, segment in placed
            if column < len(table.columns)
        }
        ref = by_kind.get("ref")
        measure = by_kind.get("measure")
        others = len(placed) - (ref is not None) - ("section" in by_kind)
        if ref is not None:
            name, _ = facts.split_ref(ref.text)
            if others and self.open is not None and facts.is_marking(ref.text):
                self._add(placed)  # "4.1" and, on the next line of its cell, "RESTRICTED"
            elif (
                name is not None
                and facts.may_be_damaged(name)
                and self._is_damaged(name, table, position)
            ):
                self._start_damaged(ref, placed, table, number, position)
            elif name is not None:
                self._start(name, number, placed)
            elif others == 0 and (self.open is None or _LETTERS.search(ref.text)):
                self._subheading([segment for _, segment in placed])
            elif measure is not None and (self.open is None or _LETTERS.search(ref.text)):
                self._start_damaged(ref, placed, table, number, position)
            elif self.open is not None and not _LETTERS.search(ref.text):
                self.open.ref_extra.append(ref)  # a mark beside a wrapped row
                self._add([(column, segment) for column, segment in placed if segment is not ref])
            else:
                self._start_named(ref, placed, table, number)
            return
        has_refs = table.of_kind("ref") is not None
        if measure is None or self.open is None:
            if (
                measure is not None
                and not has_refs
                and others == 1
                and self._is_subheading(measure.text, table, position)
            ):
                self._subheading([segment for _, segment in placed])
            elif self.open is None and measure is not None:
                self._start(None, number, placed)
            elif self.open is None and others == 0:
                self._subheading([segment for _, segment in placed])
            elif self.open is None:
                self._start(None, number, placed)
            else:
                self._add(placed)
            return
        if not has_refs and others == 1 and self._is_subheading(measure.text, table, position):
            self._subheading([segment for _, segment in placed])
            return
        if self._continues(placed, measure.text, has_refs=has_refs):
            self._add(placed)
        else:
            self._start(self.open.ref if has_refs else None, number, placed, is_under=has_refs)

    def _broken(
        self, fields: Fields, table: Table, position: int
    ) -> list[tuple[int, Segment]] | None:
        """A line that goes on with the cell in which the line above broke off, moved to its place.

        A line end inside a cell cuts a row in two: the pieces together have as many columns as the
        header, and the second begins at once, without a ref.
        """
        if self.open is None or table.spans or self.row_width >= table.width:
            return None
        if fields.kind not in ("tab", "pipe", "plain") or fields.get(0) is None:
            return None
        first = fields.cells[0][1].text
        if facts.split_ref(first)[0] is not None or facts.leading_ref(first) is not None:
            return None
        width = self.row_width + fields.width - 1
        if fields.kind == "plain":
            above = self.open.lines[-1][1].text
            if not _visibly_continues(above, first) and not self._fills_up(table, position, width):
                return None
        elif width != table.width:
            return None
        shift = self.row_width - 1
        self.row_width = width
        return [(column + shift, segment) for column, segment in fields.cells]

    def _fills_up(self, table: Table, position: int, width: int) -> bool:
        """Whether the next lines bring a broken row to the width of its table."""
        for fields in self.fields[position + 1 : position + 40]:
            if fields.is_blank or facts.split_ref(fields.cells[0][1].text)[0] is not None:
                return False
            if fields.kind != "plain":
                return fields.get(0) is not None and width + fields.width - 1 == table.width
        return False

    def _is_subheading(self, text: str, table: Table, position: int) -> bool:
        """Whether words alone on a line of a table without refs head the rows below."""
        if len(text.split()) > 5 or facts.direction_of(text) is not None or not text[:1].isupper():
            return False
        if position + 1 >= len(self.fields) or self.fields[position + 1].is_blank:
            return False
        column = table.of_kind("measure")
        below = next(
            (
                segment.text
                for at, segment in _place_fields(self.fields[position + 1], table)
                if column is not None and at == column.index
            ),
            None,
        )
        return below is not None and not _visibly_continues(text, below)

    def _stray(self, fields: Fields, position: int) -> None:
        """A line of plain text between or after rows: a heading above a table, else a note."""
        below = self.fields[position + 1 : position + 1 + _FAR_BELOW]
        following = next((later for later in below if not later.is_blank), None)
        segments = [segment for _, segment in fields.cells]
        text = segments[0].text
        is_heading = len(text.split()) <= _MAX_HEADING_WORDS and not _is_prose(text)
        is_above = following is not None and len(following.cells) > 2
        if is_above and is_heading and not self.notes:
            self._subheading(segments)
            return
        if self.open is not None:
            self.rows.append(self.open)
            self.open = None
        self.notes.extend(segments)

    def _subheading(self, segments: Sequence[Segment]) -> None:
        self._close()
        self.heading = [segment.text for segment in segments]
        self.heading_is_open = True
        for segment in segments:
            self._add_loose((segment,), "section")

    def _start(
        self,
        ref: str | None,
        table: int,
        placed: Sequence[tuple[int, Segment]],
        *,
        is_under: bool = False,
    ) -> None:
        self._close()
        self.heading_is_open = False
        self.open = OpenRow(table, ref, is_under, section=" ".join(self.heading) or None)
        self._add(placed)

    def _ref_above(self) -> str | None:
        rows = self.rows if self.open is None else [*self.rows[-20:], self.open]
        return next((row.ref for row in reversed(rows) if row.ref), None)

    def _is_damaged(self, name: str, table: Table, position: int) -> bool:
        """Whether a ref like "I.2" stands between refs that are numbers and must be one."""
        before, after = self._ref_above(), self._next_ref(table, position)
        both = [ref for ref in (before, after) if ref is not None]
        if not both or any(facts.may_be_damaged(ref) for ref in both):
            return False
        return facts.repair_ref(name, before, after) is not None

    def _start_damaged(
        self,
        ref: Segment,
        placed: Sequence[tuple[int, Segment]],
        table: Table,
        number: int,
        position: int,
    ) -> None:
        """A row whose ref cell is not a ref: repaired by its neighbours, or a row without one."""
        before = self._ref_above()
        after = self._next_ref(table, position)
        repaired = facts.repair_ref(ref.text, before, after)
        rest = [(column, segment) for column, segment in placed if segment is not ref]
        if repaired is None and len(ref.text) <= _LONGEST_WORD_REF and " " not in ref.text:
            self._start(ref.text, number, placed)  # refs of this table are words
            return
        if repaired is None:
            self._start(None, number, rest)
            assert self.open is not None
            self.open.ref_extra.append(ref)
            return
        name, length = repaired
        self.warnings.append(
            Warning_(ref.line, "ref_repaired", f"{ref.text!r} is read as ref {name}")
        )
        head = Segment(ref.line, ref.start, ref.start + length, ref.text[:length])
        column = next(column for column, segment in placed if segment is ref)
        self._start(name, number, sorted([(column, head), *rest], key=lambda item: item[0]))
        tail = ref.text[length:].strip()
        if tail:
            assert self.open is not None
            start = ref.end - len(tail)
            self.open.ref_extra.append(Segment(ref.line, start, ref.end, tail))

    def _start_named(
        self, ref: Segment, placed: Sequence[tuple[int, Segment]], table: Table, number: int
    ) -> None:
        """A row with values whose only words stand among the refs ("Total"): its measure."""
        column = table.of_kind("measure")
        moved = [
            (column.index if segment is ref and column is not None else at, segment)
            for at, segment in placed
        ]
        self._start(None, number, moved)

    def _next_ref(self, table: Table, position: int) -> str | None:
        column = table.of_kind("ref")
        assert column is not None
        for fields in self.fields[position + 1 : position + 60]:
            if fields.is_blank:
                continue
            segment = next(
                (segment for at, segment in _place_fields(fields, table) if at == column.index),
                None,
            )
            if segment is not None and (name := facts.split_ref(segment.text)[0]) is not None:
                return name
        return None

    def _add(self, placed: Sequence[tuple[int, Segment]]) -> None:
        assert self.open is not None
        row = self.open
        for column, segment in placed:
            above = row.last_lines.get(column)
            if above is not None and _visibly_continues(above, segment.text):
                row.is_wrapped = True
            row.last_lines[column] = segment.text
            row.lines.append((column, segment))

    def _continues(
        self, placed: Sequence[tuple[int, Segment]], measure: str, *, has_refs: bool
    ) -> bool:
        """Whether a line without a ref belongs to the row above (contract, section 2).

        It does when the row is visibly wrapped (a cell goes on in the middle of a sentence), or
        when its measure is no sentence of its own.
        """
        assert self.open is not None
        if self._has_values_of_its_own(placed):
            return False
        owner = self.tables[self.open.table].of_kind("owner")
        if not has_refs:
            above = self.open.last_lines.get(_measure_column(self.open, placed, measure))
            return above is not None and _visibly_continues(above, measure)
        if _CONTINUING.match(measure) or measure[0].islower():
            return True
        if len(measure.split()) < _OWN_MEASURE_WORDS:
            return True
        has_owner = owner is not None and owner.index in self.open.last_lines
        if has_owner and any(column == owner.index for column, _ in placed if owner):
            return False  # it has an owner of its own
        if self.open.is_wrapped:
            return True
        for column, segment in placed:
            above = self.open.last_lines.get(column)
            if above is not None and _visibly_continues(above, segment.text):
                return True
        return False

    def _has_values_of_its_own(self, placed: Sequence[tuple[int, Segment]]) -> bool:
        """Whether two columns have a whole number here and one already in the row above."""
        assert self.open is not None
        full = 0
        for column, segment in placed:
            above = self.open.last_lines.get(column)
            if above is not None and _is_value(above) and _is_value(segment.text):
                full += 1
        return full > 1


def _is_value(text: str) -> bool:
    """Whether a piece of a cell is a value, whole: a number, or a mark for none."""
    return _VALUE.fullmatch(text) is not None


def read_document(entry: ReportEntry, lines: Sequence[Line]) -> Document:
    """Lay out a report: all rows and cells, and the text outside them.

    Parameters
    ----------
    entry
        The report's entry of the manifest.
    lines
        All its lines.

    Returns
    -------
    Document
        In which every character that is not white space is in exactly one segment.

    Raises
    ------
    IngestError
        If no table can be found, or one has header words of which none is understood.
    """
    return _Reader(entry, lines).read()


def _measure_column(row: OpenRow, placed: Sequence[tuple[int, Segment]], measure: str) -> int:
    return next((column for column, segment in placed if segment.text == measure), -1)


def _place_fields(fields: Fields, table: Table) -> Sequence[tuple[int, Segment]]:
    """The fields of a line under the table's columns.

    Columns kept apart by blanks are told by where they stand. A row that has one column more or
    fewer than its header is shifted so that its ref stands under the refs.
    """
    if table.spans:
        return [(column_at(table.spans, segment), segment) for _, segment in fields.cells]
    if table.split_refs is not None:
        return _split_refs(fields.cells, table)
    ref = table.of_kind("ref")
    if ref is None or fields.width == table.width:
        return fields.cells
    own = fields.get(ref.index)
    if own is not None and facts.split_ref(own.text)[0] is not None:
        return fields.cells
    shift = fields.width - table.width
    if abs(shift) == 1:
        moved = fields.get(ref.index + shift)
        if moved is not None and facts.split_ref(moved.text)[0] is not None:
            return [(column - shift, segment) for column, segment in fields.cells]
    return fields.cells


def _is_loose(fields: Fields, table: Table) -> bool:
    """Whether a line without delimiters stands outside the columns of its table.

    Where columns are kept apart by blanks it does when it runs on over several of them.
    """
    if not table.spans:
        return table.width > 1
    segment = fields.cells[0][1]
    return sum(segment.start <= start < segment.end for start, _ in table.spans) > 2


def _split_refs(
    cells: Sequence[tuple[int, Segment]], table: Table
) -> Sequence[tuple[int, Segment]]:
    """The fields of a line with the ref that its measure begins with as a field of its own."""
    out: list[tuple[int, Segment]] = []
    for column, segment in cells:
        name = facts.leading_ref(segment.text) if column == table.split_refs else None
        if name is None:
            out.append((column, segment))
            continue
        head = segment.text.split(maxsplit=len(name.split()))[: len(name.split())]
        length = segment.text.index(head[-1], sum(map(len, head[:-1]))) + len(head[-1])
        rest = segment.text[length:].lstrip()
        start = segment.end - len(rest)
        out.append(
            (
                table.width,
                Segment(segment.line, segment.start, segment.start + length, segment.text[:length]),
            )
        )
        out.append((column, Segment(segment.line, start, segment.end, rest)))
    return out


def _visibly_continues(above: str, text: str) -> bool:
    """Whether a cell goes on from one line to the next in the middle of a sentence."""
    if above[-1] in ",(/&" or above.count("(") > above.count(")"):
        return True
    if above[-1] in "-\u2013" and len(above) > 1 and not above[-2].isspace():
        return True
    last = above.rsplit(maxsplit=1)[-1].lower()
    if last in row_words.UNFINISHED:
        return True
    return text[0].islower() and above[-1] not in ".!?:;"


def _is_prose(text: str) -> bool:
    """Whether a line is sentences rather than a title or heading."""
    count = len(text.split())
    return count > 30 or (count > 8 and text[-1] in ".;,") or ". " in text.rstrip(".")
