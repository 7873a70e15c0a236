"""Where the tables are: header lines are found and become columns, wherever they repeat."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ingest import periods
from ingest.layout import facts
from ingest.layout.headers import (
    MAX_HEADER_CHARS,
    Column,
    as_numbers,
    combine,
    could_be_header,
    dated_by,
    is_name,
    names_time,
    resolve,
    times_of,
    understand,
    window_of,
)
from ingest.layout.times import NO_TIMES, Times
from ingest.model import IngestError, Warning_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.layout.fields import Fields
    from ingest.model import ReportEntry, Segment, Window

MAX_HEADER_LINES: Final = 4
_MAX_SECOND_LINE_CHARS: Final = 40
# A cell of this kind is a value: a line that has one is no header. Years are not caught by it.
_NUMBER: Final = re.compile(
    r"[\u00a3$(+\u2212-]*\d{1,3}(?:,?\d{3})*(?:\.\d+)?\s?%?\)?(?<!\b20\d\d)(?<!\b19\d\d)"
)
# The columns that name what a row measures: one of them, or two of time, makes a header.
_NAMING: Final = frozenset(("measure", "ref", "section"))
# A cell that begins with a number, whatever follows.
_FIGURE: Final = re.compile(r"[\u00a3$(+\u2212<>~-]*\d")
_TITLE_LINES: Final = 8
_DIGIT: Final = re.compile(r"\d")
_MAX_WRAPPED_CHARS: Final = 24
_GROUPING: Final = frozenset(
    ("value", "target", "comments", "baseline", "status", "update", "total", "projection", "trend")
)
# Headers of these kinds are looked at beside what stands under them.
_WORDED: Final = frozenset(("section", "comments", "measure", "detail", "other"))
_COUNTING: Final = frozenset(("section", "measure", "detail", "other", "blank"))
_BY_CONTENTS: Final = _WORDED | _COUNTING | {"variance", "ref"}
# These may stand over what is measured where nothing else does.
_NAMES_ROWS: Final = frozenset(("detail", "target", "owner", "value", "extra", "baseline"))
_YEAR_LABEL: Final = re.compile(r"\d\s*/\s*\d")
_WORDS: Final = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the positions (not line numbers) of its header lines, and its columns.

    ``width`` is the number of columns as printed. ``spans`` are the code points between which the
    header's columns stand, for tables whose columns are kept apart by blanks; empty for the others.
    ``split_refs`` is the column of the measure whose cells begin with the ref ("1.1 Reduce ..."),
    in tables without a column of refs; its refs get a column of their own after the printed ones.
    """

    first: int
    last: int
    columns: tuple[Column, ...]
    width: int
    spans: tuple[tuple[int, int], ...] = ()
    split_refs: int | None = None

    def of_kind(self, kind: str) -> Column | None:
        """The first column of a kind."""
        return next((column for column in self.columns if column.kind == kind), None)


def find_tables(
    lines: Sequence[Fields], entry: ReportEntry, file: str
) -> tuple[list[Table], list[Warning_]]:
    """Every table of a report, in order.

    Parameters
    ----------
    lines
        All lines of the report, cut into fields.
    entry
        The report, for the dates of its columns.
    file
        The file's name, for messages.

    Raises
    ------
    IngestError
        If there is no table, or one whose header words are not understood.
    """
    tables: list[Table] = []
    warnings: list[Warning_] = []
    position = 0
    while position < len(lines):
        fields = lines[position]
        if len(fields.cells) >= 2 and (_is_header(fields) or _is_cut_header(lines, position)):
            tables.append(_read_header(lines, position, entry))
            position = tables[-1].last + 1
            continue
        position += 1
    found = _tables_of_unknown_words(lines, tables, entry, file, warnings)
    tables = sorted([*tables, *found], key=lambda table: table.first)
    if not tables:
        raise IngestError("no table was found: no line reads as a row of column headers", file)
    for table in tables:
        header_line = lines[table.last].line
        warnings.extend(
            Warning_(
                header_line,
                "unknown_header",
                f"column {column.index + 1} is called {column.header!r}, which is not known: "
                f"it lands as {column.source_cell!r}",
            )
            for column in table.columns
            if not column.is_known
        )
    return tables, warnings


def _is_header(fields: Fields) -> bool:
    """Whether most fields are made of header words, and what they say makes a table."""
    texts = [segment.text for _, segment in fields.cells]
    likely = sum(could_be_header(text) for text in texts)
    if likely < 2 or 2 * likely < len(texts) or any(map(_NUMBER.fullmatch, texts[1:])):
        return False
    meanings = [understand(text) for text in texts]
    known = [meaning for meaning in meanings if meaning.kind is not None]
    if len(known) < 2 or 2 * len(known) < len(texts):
        return False
    timed = sum(not meaning.times.is_empty for meaning in known)
    if any(is_name(text, _NAMING) for text in texts):
        return True
    return timed > 1 and not any(text[-1] in ".," for text in texts)


def _is_cut_header(lines: Sequence[Fields], position: int) -> bool:
    """Whether a line and the one below it, read column by column, are a header.

    Headers wrapped over two lines ("Direction" / "of Travel", "Quarter" / "1") say little line by
    line. Their first line is short words without digits; together nearly every column is known.
    """
    above = lines[position]
    if position + 1 >= len(lines) or len(above.cells) < 3:
        return False
    below = lines[position + 1]
    if below.kind != above.kind or len(below.cells) < 3:
        return False
    if any(
        len(segment.text) > _MAX_WRAPPED_CHARS or _DIGIT.search(segment.text)
        for _, segment in above.cells
    ):
        return False
    if any(len(segment.text) > _MAX_WRAPPED_CHARS for _, segment in below.cells):
        return False
    stacks = [stack for stack in _stacks(_under_one_another([above, below])) if stack]
    known = sum(combine(stack).kind is not None for stack in stacks)
    return 5 * known >= 4 * len(stacks) and any(
        is_name(" ".join(stack), _NAMING) for stack in stacks
    )


def _read_header(lines: Sequence[Fields], position: int, entry: ReportEntry) -> Table:
    """The table whose header holds the line at ``position``: its lines are gathered both ways."""
    first = last = position
    while last + 1 < len(lines) and last - first + 1 < MAX_HEADER_LINES:
        below = lines[last + 1]
        if below.marks and not below.cells:
            last += 1  # the rule under a header row
            break
        if not _continues_header(lines[first : last + 1], below):
            break
        last += 1
    while first > 0 and last - first + 1 < MAX_HEADER_LINES and _is_group_line(lines, first - 1):
        first -= 1
    header = _under_one_another(lines[first : last + 1])
    columns = _columns(header, entry)
    title = _title_window(lines, first, entry)
    columns = _settle_untimed(columns, _caption_times(lines, first), title, entry)
    if lines[last].kind != "aligned":
        columns = _settle_by_contents(columns, _sample(lines, last), entry)
        columns = _settle_untimed(columns, _caption_times(lines, first), title, entry)
    columns = _settle_leading(columns, lines, last)
    width = len(columns)
    measure = next((column for column in columns if column.kind == "measure"), None)
    split = None
    if (
        measure is not None
        and not _has(columns, "ref")
        and _begin_with_refs(lines, last, measure.index)
    ):
        split = measure.index
        columns = (*columns, Column(width, measure.header, "ref", "ref"))
    return Table(first, last, columns, width, _spans(header), split)


def _caption_times(lines: Sequence[Fields], first: int) -> Times:
    """The words of time of the line right above a header: "Station activity, Quarter 2".

    The title of the whole report, at its top, dates no table of its own.
    """
    if first == 0 or len(lines[first - 1].cells) != 1:
        return NO_TIMES
    if not any(len(fields.cells) > 2 for fields in lines[: first - 1]):
        return NO_TIMES
    text = lines[first - 1].cells[0][1].text
    return times_of(text) if len(text) <= MAX_HEADER_CHARS else NO_TIMES


def _title_window(lines: Sequence[Fields], first: int, entry: ReportEntry) -> Window | None:
    """The quarter whose months the title spells out: "Quarter 3 (1 October to 31 December)"."""
    for fields in lines[: min(first, _TITLE_LINES)]:
        if len(fields.cells) != 1 or len(fields.cells[0][1].text) > MAX_HEADER_CHARS:
            continue
        times = times_of(fields.cells[0][1].text)
        if times.months is not None and times.months[0] != times.months[1]:
            window = window_of(times, entry)
            if window == periods.quarter(entry.first_year, entry.as_at_quarter):
                return window
    return None


def _settle_untimed(
    columns: tuple[Column, ...], caption: Times, title: Window | None, entry: ReportEntry
) -> tuple[Column, ...]:
    """A column of values that names no time has that of its caption, else of the values before.

    "Turnouts" under "Station activity, Quarter 2"; "Average wait" right of "Volume Q2". Columns of
    words nobody foresaw have, failing that, the quarter that the report's title spells out.
    """
    out: list[Column] = []
    window = title
    for column in columns:
        is_untimed = column.kind in _UNTIMED and not names_time(column.header)
        if is_untimed and not caption.is_empty:
            column = dated_by(column, caption, entry)
        elif is_untimed and column.kind in ("extra", "other") and column.window is None:
            found = window if column.kind == "extra" else title
            column = replace(column, window=found, is_window_inferred=found is not None)
        elif column.kind in ("value", "extra") and column.source_cell.startswith(("q", "other")):
            window = column.window
        elif column.kind == "value":
            window = None
        out.append(column)
    return tuple(out)


_UNTIMED: Final = frozenset(("value", "extra", "other"))


def _begin_with_refs(lines: Sequence[Fields], last: int, index: int) -> bool:
    """Whether most cells of the measure begin with a ref."""
    texts = [
        segment.text
        for fields in _sample(lines, last)
        if (segment := fields.get(index)) is not None
    ]
    begin = sum(facts.leading_ref(text) is not None for text in texts)
    return begin >= 2 and 2 * begin >= len(texts)


def _under_one_another(header: Sequence[Fields]) -> Sequence[Fields]:
    """Header lines whose columns are kept apart by blanks: each piece under the widest line's."""
    spans = _spans(header)
    if not spans or len(header) == 1:
        return header
    return [
        replace(
            fields,
            width=len(spans),
            cells=tuple((column_at(spans, segment), segment) for _, segment in fields.cells),
        )
        for fields in header
    ]


def column_at(spans: Sequence[tuple[int, int]], segment: Segment) -> int:
    """The column a piece of text stands under: the one it overlaps most, else the nearest."""
    overlaps = [min(segment.end, end) - max(segment.start, start) for start, end in spans]
    return max(range(len(spans)), key=lambda at: overlaps[at])


def _continues_header(header: Sequence[Fields], below: Fields) -> bool:
    """Whether a line is a further line of the header above it and not the first row."""
    if not below.cells or below.kind != header[-1].kind:
        return False
    above = dict(header[-1].cells)
    gained = False
    for column, segment in below.cells:
        if len(segment.text) > _MAX_SECOND_LINE_CHARS:
            return False
        meaning = understand(segment.text, fuzzy=False)
        over = above.get(column)
        if over is None:
            if meaning.kind is None:
                return False
            gained = True
            continue
        if is_name(f"{over.text} {segment.text}") and not is_name(segment.text):
            gained = True  # "Direction of" / "travel"
        elif understand(over.text).kind is None and not _NUMBER.fullmatch(segment.text[1:]):
            if combine([over.text, segment.text]).kind is None:
                return False
            gained = True  # "Quarter" / "1"
        elif meaning.kind is None or is_name(over.text, _NAMING):
            return False  # a row, or another header
        else:
            gained = True
    return gained


def _is_group_line(lines: Sequence[Fields], position: int) -> bool:
    """Whether a line above a header names groups of its columns."""
    fields = lines[position]
    header = lines[position + 1]
    if not fields.cells or fields.kind != header.kind or fields.width > header.width + 1:
        return False
    if any(len(segment.text) > 60 for _, segment in fields.cells):
        return False
    if position > 0 and not lines[position - 1].is_blank and len(lines[position - 1].cells) > 2:
        return False  # a row of the table above
    meanings = [understand(segment.text) for _, segment in fields.cells]
    known = sum(meaning.kind is not None for meaning in meanings)
    if len(fields.cells) == 1:
        return fields.cells[0][0] > 0 and known == 1
    if _spans_repeated_headers(fields, header):
        return True
    first = fields.cells[0][1].text
    if facts.is_heading(first):
        return False
    if meanings[0].times.is_empty and facts.split_ref(first)[0]:
        return False  # the last row of the table above; "Apr-Dec 2013" is no ref
    groups = sum(meaning.kind in _GROUPING for meaning in meanings)
    return groups >= 1 and 2 * known >= len(meanings)


def _spans_repeated_headers(fields: Fields, header: Fields) -> bool:
    """Whether a line names groups of columns that have the same headers in each group.

    "Recorded offences | Detection rate" over "2012/13 | 2013/14 | 2012/13 | 2013/14".
    """
    starts = [column for column, _ in fields.cells]
    texts = dict(header.cells)
    if len(starts) < 2 or starts[0] == 0 or not all(start in texts for start in starts):
        return False
    ends = [*starts[1:], header.width]
    groups = [
        [texts[column].text for column in range(start, end) if column in texts]
        for start, end in zip(starts, ends, strict=True)
    ]
    return len(groups[0]) > 1 and groups[0] == groups[1]


def _stacks(header: Sequence[Fields]) -> list[list[str]]:
    """For each column the pieces of header text above it, outermost first.

    A piece also stands over the blank columns to its right that have a piece of their own below:
    "Targets" over three years.
    """
    rows = [fields for fields in header if fields.cells]
    width = max(fields.width for fields in rows)
    stacks: list[list[str]] = [[] for _ in range(width)]
    for at, fields in enumerate(rows):
        texts = {column: segment.text for column, segment in fields.cells}
        below = {column for later in rows[at + 1 :] for column, _ in later.cells}
        running: str | None = None
        start = 0
        longest = _longest_span(sorted(texts), width)
        for column in range(width):
            if column in texts:
                running, start = texts[column], column
                stacks[column].append(running)
            elif running is not None and column in below and not _has_own(rows[:at], column):
                stacks[column].extend([running] if column - start < longest else [])
    return stacks


def _longest_span(starts: Sequence[int], width: int) -> int:
    """How many columns a piece may stand over: the last one no more than the others do."""
    spans = [after - at for at, after in itertools.pairwise(starts)]
    return max(spans) if len(spans) > 0 and max(spans) > 1 else width


def _has_own(above: Sequence[Fields], column: int) -> bool:
    """Whether a line further up names the column itself."""
    return any(fields.get(column) is not None for fields in above)


def _columns(header: Sequence[Fields], entry: ReportEntry) -> tuple[Column, ...]:
    columns: list[Column] = []
    stacks = _stacks(header)
    named = max((index for index, stack in enumerate(stacks) if stack), default=-1)
    for index, stack in enumerate(stacks):
        text = " ".join(dict.fromkeys(stack))
        if stack:
            columns.append(resolve(combine(stack), text, index, entry))
        elif columns and index < named and columns[-1].is_value:
            # A blank header after a column of values: its header is set over both.
            columns.append(replace(columns[-1], index=index))
        else:
            columns.append(Column(index, "", "section" if not columns else "", "blank"))
    return tuple(_settle_same_period(_settle_earlier(columns)))


_THIS_YEAR: Final = Times(relative="this_year")


def _settle_same_period(columns: list[Column]) -> list[Column]:
    """ "Same period last year" right of a quarter is that quarter a year before."""
    out: list[Column] = []
    window: Window | None = None
    this_year = next(
        (
            column.window
            for column in columns
            if column.kind == "value" and times_of(column.header) == _THIS_YEAR
        ),
        None,
    )
    for column in columns:
        if column.kind == "earlier":
            times = times_of(column.header)
            is_bare = not (times.quarter or times.months or times.year)
            if times.relative == "same_period_last_year" and is_bare and window is not None:
                column = replace(column, window=periods.shift_years(window, -1))
            elif times.relative == "last_year" and is_bare and this_year is not None:
                # "This year | Last year": as far as this year has come.
                column = replace(column, window=periods.shift_years(this_year, -1))
        elif column.kind == "value":
            own = column.window
            is_part = own is not None and own.basis in ("quarter", "month", "rolling_12m")
            window = own if is_part else None
        out.append(column)
    return out


def _settle_earlier(columns: list[Column]) -> list[Column]:
    """Quarters of an earlier year: one beside this year's is a comparator, a run is history."""
    years = Counter(
        periods.financial_year_of(column.window.end)
        for column in columns
        if column.kind == "earlier" and column.window is not None and column.window.end is not None
    )
    out: list[Column] = []
    for column in columns:
        if column.kind == "earlier" and column.window is not None and column.window.end is not None:
            year = periods.financial_year_of(column.window.end)
            if years[year] > 2:
                column = replace(column, kind="value", source_cell=f"history:{periods.label(year)}")
        out.append(column)
    return out


def _settle_by_contents(
    columns: tuple[Column, ...], body: Sequence[Fields], entry: ReportEntry
) -> tuple[Column, ...]:
    """What the cells say of a column whose header could mean two things.

    "Line" or a word nobody foresaw over 1, 2, 3 counts rows; numbers under "Aim" are targets and
    under "Position" values; a variance without a digit is a direction of travel.
    """
    out = list(columns)
    for at, column in enumerate(columns):
        is_share = column.header.strip() == "%"
        if column.kind not in _BY_CONTENTS and (column.is_known or at > 1) and not is_share:
            continue
        texts = [segment.text for fields in body if (segment := fields.get(at)) is not None]
        if not texts:
            continue
        if at <= 1 and column.kind in _COUNTING and _count_rows(texts):
            kind = "section" if _has(columns, "ref") else "ref"
            out[at] = replace(column, source_cell=kind, kind=kind, window=None, is_known=True)
        elif column.kind == "variance":
            if not any(_DIGIT.search(text) for text in texts) and any(map(_WORDS.search, texts)):
                out[at] = replace(column, source_cell="trend", kind="trend")
        elif is_share and at > 0 and out[at - 1].kind == "variance":
            out[at] = replace(column, source_cell="variance", kind="variance", window=None)
        elif at > 0 and column.kind in _WORDED and _are_numbers(texts):
            out[at] = as_numbers(column, entry)
        elif column.kind == "ref" and _is_right_of_measure(columns, at) and _are_numbers(texts):
            out[at] = as_numbers(column, entry)  # "Crime type | Number | % change"
    return tuple(_settle_averages(_settle_later(_settle_changes(out, entry), entry)))


def _is_right_of_measure(columns: Sequence[Column], at: int) -> bool:
    return any(column.kind == "measure" for column in columns[:at])


def _count_rows(texts: Sequence[str]) -> bool:
    """Whether cells are 1, 2, 3 and so on, with a dot or without."""
    numbers = [int(bare) if (bare := text.rstrip(".)")).isdecimal() else -1 for text in texts]
    return len(numbers) > 2 and all(b - a == 1 for a, b in itertools.pairwise([0, *numbers]))


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether most cells are a number and nothing else."""
    return 3 * sum(_NUMBER.fullmatch(text) is not None for text in texts) >= 2 * len(texts)


def _settle_changes(columns: list[Column], entry: ReportEntry) -> list[Column]:
    """A change "on last year" is of the values on its left, so it has their time."""
    last_day = periods.quarter(entry.first_year, entry.as_at_quarter).end
    window: Window | None = None
    out: list[Column] = []
    for column in columns:
        own = column.window
        if column.kind == "value" and own is not None and own.end is not None:
            if (
                last_day is not None
                and column.source_cell[0] in "qyo"
                and (own.end <= last_day or own.basis == "year")
            ):
                window = own
        elif column.kind == "variance" and own is None and names_time(column.header):
            column = replace(column, window=window)
        out.append(column)
    return out


def _settle_later(columns: list[Column], entry: ReportEntry) -> list[Column]:
    """Last year's outturn right of this year's is there to compare with, and no history."""
    this_year = periods.financial_year(entry.first_year)
    before = periods.financial_year(entry.first_year - 1)
    is_after = False
    out: list[Column] = []
    for column in columns:
        if column.kind == "value" and column.window == this_year:
            is_after = True
        elif is_after and column.kind == "value" and column.window == before:
            column = replace(column, source_cell="comparator", kind="earlier")
        out.append(column)
    return out


def _settle_averages(columns: list[Column]) -> list[Column]:
    """Beside columns of calendar years an average of bare years is of calendar years, too."""
    years = {
        column.window.start.year
        for column in columns
        if column.kind == "value"
        and column.window is not None
        and column.window.basis == "year"
        and column.window.start is not None
        and column.window.start.month == 1
    }
    if not years:
        return columns
    out: list[Column] = []
    for column in columns:
        window = column.window
        if (
            window is not None
            and window.basis == "multi_year_average"
            and window.start is not None
            and window.end is not None
            and not _YEAR_LABEL.search(column.header)
        ):
            first, last = window.start.year + 1, window.end.year
            months = periods.months((first, 1), (last, 12), "multi_year_average")
            column = replace(column, window=months)
        out.append(column)
    return out


def _settle_leading(
    columns: tuple[Column, ...], lines: Sequence[Fields], last: int
) -> tuple[Column, ...]:
    """What the columns without a header hold, and which column is the measure.

    A leading column without a header is the refs when its cells are, the measure when no other
    column is, else the section. A table without a known measure takes the first column that says
    anything: a section, else the first unknown one.
    """
    body = _sample(lines, last)
    out = list(columns)
    naming = next((at for at, column in enumerate(out) if column.kind in ("ref", "measure")), 0)
    for index, column in enumerate(out[:naming]):
        # Before the refs stands the section: its header is OCR noise, or the label itself.
        if not column.is_known and (out[naming].kind == "ref" or not _WORDS.search(column.header)):
            out[index] = Column(index, column.header, "section", "section")
    _settle_refs(out, body)
    has_measure = any(column.kind == "measure" for column in out)
    for index, column in enumerate(out):
        if column.kind != "blank":
            continue
        texts = [segment.text for fields in body if (segment := fields.get(index))]
        leading = all(other.kind in ("blank", "ref", "section") for other in out[:index])
        refs = sum(facts.split_ref(text)[0] is not None for text in texts)
        if leading and texts and 2 * refs >= len(texts) and not _has(out, "ref"):
            out[index] = Column(index, "", "ref", "ref")
        elif leading and texts and not has_measure:
            out[index] = Column(index, "", "measure", "measure")
            has_measure = True
        elif leading:
            out[index] = Column(index, "", "section", "section")
        else:
            name = f"column {index + 1}"
            out[index] = Column(index, name, f"other:{name}", "other", is_known=not texts)
    if not has_measure:
        choice = next(
            (column for column in out if column.kind == "section" and column.header), None
        )
        choice = choice or next(
            (
                column
                for column in out
                if column.header
                and (not column.is_known or column.kind in _NAMES_ROWS)
                and _is_worded(body, column.index)
            ),
            None,
        )
        choice = choice or next((c for c in out if not c.is_known and c.header), None)
        choice = choice or next((c for c in out[:1] if c.kind in _NAMES_ROWS), None)
        if choice is not None:
            out[choice.index] = replace(choice, source_cell="measure", kind="measure")
    return tuple(out)


def _is_worded(body: Sequence[Fields], index: int) -> bool:
    """Whether most cells of a column are words."""
    texts = [segment.text for fields in body if (segment := fields.get(index)) is not None]
    worded = sum(
        _WORDS.search(text) is not None and not _DIGIT.match(text.lstrip("+-")) for text in texts
    )
    return not texts or 2 * worded > len(texts)


def _settle_refs(columns: list[Column], body: Sequence[Fields]) -> None:
    """Of two columns of the measure ("PI", "Indicator") the first holds the refs when they are."""
    measures = [column for column in columns if column.kind == "measure"]
    if len(measures) < 2 or _has(columns, "ref"):
        return
    first = measures[0]
    texts = [segment.text for fields in body if (segment := fields.get(first.index))]
    if texts and 2 * sum(facts.split_ref(text)[0] is not None for text in texts) >= len(texts):
        columns[first.index] = replace(first, source_cell="ref", kind="ref")


def _has(columns: Sequence[Column], kind: str) -> bool:
    return any(column.kind == kind for column in columns)


def _sample(lines: Sequence[Fields], last: int, most: int = 40) -> list[Fields]:
    """The lines under a header, up to the next blank line or header."""
    body: list[Fields] = []
    for fields in lines[last + 1 : last + 1 + most]:
        if fields.is_blank and not fields.marks:
            break
        body.append(fields)
    return body


def _spans(header: Sequence[Fields]) -> tuple[tuple[int, int], ...]:
    widest = max(header, key=lambda fields: fields.width)
    if widest.kind != "aligned":
        return ()
    return tuple((segment.start, segment.end) for _, segment in widest.cells)


def _tables_of_unknown_words(
    lines: Sequence[Fields],
    tables: Sequence[Table],
    entry: ReportEntry,
    file: str,
    warnings: list[Warning_],
) -> list[Table]:
    """Blocks of rows that stand under no known header: read by few words, or refused."""
    found: list[Table] = []
    heads = {table.first: table for table in tables}
    current: Table | None = None
    position = 0
    while position < len(lines):
        if position in heads:
            current = heads[position]
            position = current.last + 1
            continue
        stop = position
        while stop < len(lines) and stop not in heads and _is_row(lines[stop]):
            stop += 1
        block = lines[position:stop]
        stands_alone = position == 0 or lines[position - 1].is_blank
        widest = max((fields.width for fields in block), default=0)
        if _is_header_by_shape(lines, position, block):
            current = _read_header(lines, position, entry)
            found.append(current)
        elif len(block) >= 2 and (
            current is None or (stands_alone and abs(widest - current.width) > 1)
        ):
            table = _read_unknown(lines, position, block, entry, file)
            if table is not None:
                found.append(table)
                current = table
            else:
                warnings.append(
                    Warning_(block[0].line, "unread_table", "lines in columns without a header")
                )
        position = max(stop, position + 1)
    return found


def _is_header_by_shape(lines: Sequence[Fields], position: int, block: Sequence[Fields]) -> bool:
    """Whether the first line of a block of rows is a header of words that are not known.

    It stands after a break; its cells are short, worded and all different; under most of them
    stand numbers. Two of its cells must be understood, or a caption must stand above it: a first
    row that has words only ("Survey", "Annual") is no header.
    """
    above = lines[position - 1] if position else None
    if len(block) < 2 or (above is not None and len(above.cells) > 1):
        return False
    head, body = block[0], block[1:]
    texts = [segment.text for _, segment in head.cells]
    if len(texts) < 3 or len(set(texts)) < len(texts) or head.kind == "aligned":
        return False
    if any(
        len(text) > MAX_HEADER_CHARS
        or not _WORDS.search(text)
        or text[-1] in ".;,"
        or _FIGURE.match(text)
        or facts.says_nothing(text)
        for text in texts
    ):
        return False
    if facts.split_ref(texts[0])[0] is not None or facts.leading_ref(texts[0]) is not None:
        return False
    over_numbers = 0
    for column, _ in head.cells[1:]:
        under = [segment.text for fields in body if (segment := fields.get(column)) is not None]
        numbers = sum(_FIGURE.match(text) is not None for text in under)
        over_numbers += bool(under) and 2 * numbers >= len(under)
    if 2 * over_numbers < len(texts) - 1 or over_numbers < 2:
        return False
    if sum(understand(text, fuzzy=False).is_known for text in texts) >= 2:
        return True
    return (
        above is not None
        and len(above.cells) == 1
        and not facts.is_heading(above.cells[0][1].text)
        and (position < 2 or lines[position - 2].is_blank)
    )


def _is_row(fields: Fields) -> bool:
    if len(fields.cells) < 2:
        return False
    first = fields.cells[0][1].text
    return len(fields.cells) > 2 or not (facts.is_heading(first) or facts.is_outcome(first))


def _read_unknown(
    lines: Sequence[Fields],
    position: int,
    block: Sequence[Fields],
    entry: ReportEntry,
    file: str,
) -> Table | None:
    head = block[0]
    meanings = [understand(segment.text) for _, segment in head.cells]
    kinds = {meaning.kind for meaning in meanings}
    if kinds & {"measure", "value", "target", "baseline", "total"}:
        return _read_header(lines, position, entry)
    if max(len(fields.cells) for fields in block) < 3 or head.kind == "aligned":
        return None  # "Contact: ..." and the like: kept as notes
    words = ", ".join(repr(segment.text[:40]) for _, segment in head.cells[:12])
    raise IngestError(
        f"no measure and no value column in this table; header words not understood: {words}",
        f"{file}:{head.line}",
    )
