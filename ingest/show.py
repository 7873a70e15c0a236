"""What was understood of a report, on the terminal.

Everything that comes from a report passes through :func:`plain`: nothing in it can colour, move or
command the terminal, and square brackets are no mark-up.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.plain_text import harmless
from ingest.vocabulary.queries import SHEET_ERRORS

if TYPE_CHECKING:
    from ingest.adding import Match, Understood
    from ingest.audit import Audit

_MEASURE_CHARS: Final = 70
_SHOWN_CONTRADICTIONS: Final = 20


def faulty_cells(understood: Understood) -> list[str]:
    """Where a cell shows a spreadsheet's error instead of a value, and which."""
    return [
        f"{line.locator or f'line {line.number}'}: {match[0]}"
        for line in understood.read.document.lines
        for match in SHEET_ERRORS.finditer(line.text)
    ]


def plain(text: str, style: str = "") -> Text:
    """A text from a report, shown as it is."""
    return Text(harmless(text), style=style)


def show(understood: Understood, console: Console) -> None:
    """The entry, the layout, and what is known of each row."""
    console.print(Text("What this report is", style="bold"))
    console.print(_entry_table(understood))
    console.print(Text("What was read", style="bold"))
    for line in _counts(understood):
        console.print(plain(f"  {line}"), soft_wrap=True)
    for place in faulty_cells(understood):
        console.print(plain(f"  warning: {place}, an error of the spreadsheet"), soft_wrap=True)
    for warning in understood.read.document.warnings:
        console.print(plain(f"  warning: line {warning.line}: {warning.message}"), soft_wrap=True)
    known = [match for match in understood.matches if match.indicator_id]
    unknown = [match for match in understood.matches if not match.indicator_id]
    console.print(
        Text(
            f"Rows that are a known indicator: {len(known)} of {len(understood.matches)}",
            style="bold",
        )
    )
    if known:
        console.print(_rows_table(known, "known indicator"))
    if unknown:
        console.print(Text("Rows that are not known yet, and what they may be", style="bold"))
        console.print(_rows_table(unknown, "perhaps"))


def _entry_table(understood: Understood) -> Table:
    table = Table(box=None, pad_edge=True, show_header=False)
    for _ in range(4):
        table.add_column(overflow="fold")
    for field, guess in understood.guesses.items():
        sure = Text("") if guess.is_sure else Text("check", style="bold yellow")
        table.add_row(Text(field), plain(guess.value, "bold"), sure, plain(guess.why, "dim"))
    return table


def _counts(understood: Understood) -> list[str]:
    read = understood.read
    document = read.document
    roles = Counter(figure.role for figure in read.figures)
    restricted = sum(row.is_restricted for row in document.rows)
    lines = [
        f"{read.source.format}, {_count(len(document.lines), 'line')}, "
        f"{_count(document.table_count, 'table')}, columns {document.layout.replace('|', ', ')}",
        f"{_count(len(document.rows), 'row')}, "
        f"{_count(sum(len(row.cells) for row in document.rows), 'cell')}",
        f"{_count(len(read.figures), 'figure')}: "
        + ", ".join(f"{count} {role}" for role, count in roles.most_common()),
        f"{_count(len(read.statements.statuses), 'status', 'statuses')}, "
        f"{_count(len(read.statements.outcomes), 'stated outcome')}, "
        f"{_count(len(read.statements.gaps), 'stated gap')}",
    ]
    if restricted:
        lines.append(
            f"{_count(restricted, 'row')} under a protective marking: kept out of all that is "
            "published"
        )
    return lines


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _rows_table(matches: list[Match], heading: str) -> Table:
    table = Table(box=None, pad_edge=True, header_style="dim")
    table.add_column("row", no_wrap=True)
    table.add_column("figures", justify="right")
    table.add_column("measure", overflow="fold")
    table.add_column(heading, overflow="fold")
    for match in matches:
        measure = match.measure
        if len(measure) > _MEASURE_CHARS:
            measure = measure[: _MEASURE_CHARS - 1] + "…"
        if match.indicator_id:
            as_in = f" (as in {match.as_in})" if match.as_in else ""
            told = f"{match.indicator_id}{as_in}"
        else:
            told = ", ".join(f"{indicator} {score}%" for indicator, score in match.proposals)
        table.add_row(plain(match.row_key), str(match.figures), plain(measure), plain(told or "–"))
    return table


def show_audit(audit: Audit, console: Console) -> None:
    """What holds, and what does not add up."""
    told = f"{audit.holding} of {audit.testable} statements that can be checked add up."
    if not audit.testable:
        told = "No statement can be checked against other numbers."
    console.print(Text(told, style="bold"))
    wrong = audit.contradictions
    for check in wrong[:_SHOWN_CONTRADICTIONS]:
        sure = "" if check.check_certainty == "definite" else " (perhaps)"
        console.print(plain(f"  {check.place}: {check.explanation}{sure}"), soft_wrap=True)
    if len(wrong) > _SHOWN_CONTRADICTIONS:
        console.print(
            Text(f"  … and {len(wrong) - _SHOWN_CONTRADICTIONS} more; --html shows them all")
        )
