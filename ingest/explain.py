"""``python -m ingest explain``: what each number of a statement was taken for, and why.

The statement is read as one cell of a table: ``--cell`` says which column it stands in,
``--measure`` what its row measures. ``--json`` gives the columns of ``fct_figures`` for programs,
``--file`` reads many statements, one a line.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ingest import periods
from ingest.figures import CellContext, read_cell
from ingest.layout import headers
from ingest.layout.facts import direction_of
from ingest.model import Figure, IngestError, ReportEntry, Window
from ingest.plain_text import harmless, slug
from ingest.vocabulary.reasons import REASONS

PLAIN_CELLS: Final = (
    "measure",
    "q1",
    "q2",
    "q3",
    "q4",
    "year_total",
    "comments",
    "baseline",
    "comparator",
    "variance",
    "notes",
)
_DATED_CELL: Final = re.compile(r"(?:history|target):(\d{4}/\d{2})")
_EXAMPLE: Final = "492 offences recorded in Q1; a -16.3% reduction on the baseline."


@dataclass(frozen=True, slots=True)
class Statement:
    """One text to explain.

    ``line`` is its line in the file it came from (counted from 1, also over several arguments);
    ``offset`` where it stands in that line: a row pasted from a table holds several cells.
    """

    line: int
    text: str
    offset: int = 0


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Add the ``explain`` command to the reader's command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "explain",
        help="say what each number of a statement means",
        description="Print each number of a statement, what it was taken for, and why.",
        epilog=f'Example: python -m ingest explain "{_EXAMPLE}" --quarter 1 --year 2012/13',
    )
    parser.add_argument("text", nargs="*", help="the statement; several are read as several cells")
    parser.add_argument(
        "--file", type=Path, help="read statements from a file, one a line (- is standard input)"
    )
    parser.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="the quarter it is about")
    parser.add_argument("--year", help='the financial year it is about, as "2012/13"')
    parser.add_argument(
        "--cell",
        help="the column it stands in: q1 (the default with --quarter 1), baseline, comments, "
        "target:2012/13, history:2010/11...",
    )
    parser.add_argument(
        "--measure", default="", help="what its row measures, in the report's words"
    )
    parser.add_argument(
        "--json", action="store_true", help="the columns of fct_figures, for programs"
    )
    parser.set_defaults(run=run)
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Explain the statements that were asked for; 0 when all could be read.

    Raises
    ------
    IngestError
        For an option that makes no sense or a file that cannot be read.
    """
    statements = list(_statements(arguments))
    if not statements:
        raise IngestError(f'nothing to explain: give a statement, such as "{_EXAMPLE}", or --file')
    context = context_of(arguments.cell, arguments.year, arguments.quarter, arguments.measure)
    read = [(statement, read_cell(statement.text, context)) for statement in statements]
    many = arguments.file is not None or len(statements) > 1
    if arguments.json:
        print_json(read)
    else:
        print_tables(read, many=many)
    return 0


def context_of(
    cell: str | None, year: str | None, quarter: int | None, measure: str
) -> CellContext:
    """The place in a table that the options describe.

    Without a cell it is the quarter's own column when a quarter is given, else the comments.
    Without a year it is the financial year we are in.
    """
    first_year = periods.financial_year_of(_today()) if year is None else periods.parse_label(year)
    if first_year is None:
        raise IngestError(f'"{year}" is no financial year; write it as "2012/13"')
    chosen = cell or (f"q{quarter}" if quarter else "comments")
    dated = _DATED_CELL.fullmatch(chosen)
    if chosen not in PLAIN_CELLS and not dated and not chosen.startswith("other:"):
        raise IngestError(
            f'"{chosen}" is no column; it can be {", ".join(PLAIN_CELLS)}, '
            "target:2012/13 or history:2010/11"
        )
    window: Window | None = None
    header = chosen.partition(":")[0].capitalize()
    if chosen.startswith("other:"):
        header = chosen.removeprefix("other:")
        column = _column_headed(header, first_year, quarter or 4)
        chosen, window = column.source_cell, column.window
    elif re.fullmatch("q[1-4]", chosen):
        window = periods.quarter(first_year, int(chosen[1]))
        quarter = quarter or int(chosen[1])
    elif dated:
        own = periods.parse_label(dated[1])
        if own is None:
            raise IngestError(f'"{dated[1]}" is no financial year; write it as "2012/13"')
        window = periods.financial_year(own)
    elif chosen == "year_total":
        window = periods.financial_year(first_year)
    return CellContext(
        source_cell=chosen,
        header=header,
        window=window,
        printed_window=window,
        first_year=first_year,
        quarter=quarter or 4,
        measure=measure,
        direction=direction_of(measure),
    )


def _column_headed(header: str, first_year: int, quarter: int) -> headers.Column:
    """The column that a table's header with these words would be."""
    said = ReportEntry(
        report_id="explain",
        file="",
        area="",
        partnership="",
        publisher="",
        plan="",
        financial_year=periods.label(first_year),
        as_at_quarter=quarter,
        title="",
    )
    return headers.resolve(headers.understand(header), header, 0, said)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a default year needs no time zone


def _statements(arguments: argparse.Namespace) -> Iterator[Statement]:
    for number, text in enumerate(arguments.text, start=1):
        yield from _cells(number, text)
    if arguments.file is None:
        return
    try:
        content = (
            sys.stdin.read()
            if str(arguments.file) == "-"
            else arguments.file.read_text(encoding="utf-8-sig")
        )
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise IngestError(f"cannot read it: {reason}", str(arguments.file)) from error
    for number, line in enumerate(content.split("\n"), start=1):
        yield from _cells(number, line.rstrip("\r"))


def _cells(line: int, text: str) -> Iterator[Statement]:
    """The cells of a line: a whole row pasted from a table is read cell by cell."""
    offset = 0
    for piece in text.split("\t"):
        if piece.strip():
            yield Statement(line, piece, offset)
        offset += len(piece) + 1


# --- for programs ---------------------------------------------------------------------------------


def record_of(figure: Figure, statement: Statement) -> dict[str, object]:
    """A figure as the columns of ``fct_figures``; what only a report has is null."""
    start, end = figure.period_start, figure.period_end
    return {
        "figure_id": f"explain:{statement.line}:{figure.char_start + statement.offset}",
        "report_id": None,
        "report_indicator_id": None,
        "indicator_id": None,
        "area_id": None,
        "period_id": f"{start}/{end}" if start and end else "unknown",
        "series_id": _series_id(figure),
        "cell_id": None,
        "relates_to_figure_id": _id_in(figure.relates_to, statement),
        "ref": None,
        "source_line": statement.line,
        "source_locator": None,
        "source_cell": figure.source_cell,
        "char_start": figure.char_start + statement.offset,
        "char_end": figure.char_end + statement.offset,
        "cell_char_start": figure.cell_offset,
        "printed": figure.printed,
        "printed_decimals": figure.printed_decimals,
        "statement": figure.statement,
        "role": figure.role,
        "series": figure.series,
        "unit": figure.unit,
        "basis": figure.basis,
        "period_start": start and start.isoformat(),
        "period_end": end and end.isoformat(),
        "value": number_of(figure.value),
        "comparator": figure.comparator,
        "relation": figure.relation,
        "direction_word": figure.direction_word,
        "operator": figure.operator,
        "certainty": figure.certainty,
        "note": figure.note,
        "rule": figure.rule,
    }


def _series_id(figure: Figure) -> str | None:
    """As the warehouse has it, but for labels that its seed knows: a number of context has none."""
    if figure.role == "context":
        return None
    return slug(figure.series) if figure.series else "total"


def plain(value: Decimal | None) -> str | None:
    """A number without exponent and without trailing noughts."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_of(value: Decimal | None) -> int | float | None:
    """A value as JSON has it: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _id_in(figure_id: str | None, statement: Statement) -> str | None:
    if figure_id is None:
        return None
    start = int(figure_id.rsplit(":", 1)[1])
    return f"explain:{statement.line}:{start + statement.offset}"


def print_json(
    read: Sequence[tuple[Statement, tuple[Figure, ...]]],
) -> None:
    """A list of figures; each names the line of its statement in ``source_line``."""
    records = [record_of(figure, statement) for statement, figures in read for figure in figures]
    print(json.dumps(records, ensure_ascii=False, indent=2))


# --- for people -----------------------------------------------------------------------------------


def print_tables(read: Sequence[tuple[Statement, tuple[Figure, ...]]], *, many: bool) -> None:
    """A table of each statement's numbers on standard output."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 150
    for statement, figures in read:
        heading = f"{statement.line}: {statement.text}" if many else statement.text
        console.print(Text(harmless(heading), style="bold"))
        if not figures:
            console.print("  no numbers\n")
            continue
        console.print(_table(figures))


def _table(figures: Sequence[Figure]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("printed", justify="right", no_wrap=True)
    for name in ("taken for", "value", "period", "compared with", "certainty", "why"):
        table.add_column(name, justify="right" if name == "value" else "left")
    for figure in figures:
        cells = (
            figure.printed,
            _meaning(figure),
            plain(figure.value) or "",
            _period(figure),
            (figure.comparator or "").replace("_", " "),
            "" if figure.role == "context" else figure.certainty,
            _why(figure, figures),
        )
        table.add_row(*(Text(harmless(cell)) for cell in cells), style=_style(figure))
    return table


def _style(figure: Figure) -> str:
    if figure.role == "context":
        return "dim"
    return "yellow" if figure.certainty == "ambiguous" else ""


def _meaning(figure: Figure) -> str:
    if figure.role == "context":
        return "context"
    unit = (figure.unit or "").replace("_", " ")
    series = f" ({figure.series})" if figure.series else ""
    return f"{figure.role}, {unit}{series}"


def _period(figure: Figure) -> str:
    if figure.role == "context":
        return ""
    basis = figure.basis.replace("_", " ")
    if figure.period_start is None or figure.period_end is None:
        return basis
    return f"{basis}, {figure.period_start:%d %b %Y} to {figure.period_end:%d %b %Y}"


def reason_of(rule: str) -> str:
    """The reason that goes by a rule's name; of a piece of a phrase about time, that it is one."""
    if rule.startswith("part_of_") and rule not in REASONS:
        return "part of a phrase about time"
    return REASONS.get(rule, rule.replace("_", " "))


def _why(figure: Figure, figures: Sequence[Figure]) -> str:
    """The reason in words, the rule's name, what it speaks of, and any doubt."""
    reason = reason_of(figure.rule)
    parts = [f"{reason} [{figure.rule}]"]
    if figure.direction_word:
        parts.append(f'"{figure.direction_word}"')
    related = next((other for other in figures if other.figure_id == figure.relates_to), None)
    if related is not None and figure.relation:
        parts.append(f"{figure.relation.replace('_', ' ')} {related.printed}")
    if figure.note:
        parts.append(figure.note)
    return "; ".join(parts)
