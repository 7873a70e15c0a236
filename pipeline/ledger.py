"""The audit's contradictions as people need them: rows for the ledger, a table for the docs.

What is printed is a proposal. Whoever reads the report against it writes the reason in their own
words, and the date.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    "report_id", "source_line", "char_start", "printed", "family", "reason", "reviewed_on",
    "reviewed_against", "publisher_response",
)  # fmt: skip


def contradictions(database: Path, *, only_unreviewed: bool) -> list[dict[str, Any]]:
    """Read the claims that do not add up, in the order of the ledger.

    Parameters
    ----------
    database
        A build file or a published warehouse.
    only_unreviewed
        Whether those that the ledger holds are left out.

    Raises
    ------
    PipelineError
        If the file has no audit.
    """
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return read(connection, only_unreviewed=only_unreviewed)
    except duckdb.Error as error:
        raise PipelineError(f"{database}: {str(error).splitlines()[0]}") from error


def read(connection: duckdb.DuckDBPyConnection, *, only_unreviewed: bool) -> list[dict[str, Any]]:
    """Read the same from a warehouse that is open."""
    condition = "and not checks.is_known" if only_unreviewed else ""
    answer = connection.execute(f"""
        select
            checks.report_id, checks.source_line, figures.char_start, figures.printed,
            checks.family, checks.explanation, figures.ref, figures.source_cell,
            checks.check_certainty, checks.likely_cause, checks.flips_decision,
            checks.root_check_id = checks.check_id as is_root
        from marts.fct_consistency_checks as checks
        inner join marts.fct_figures as figures on checks.figure_id = figures.figure_id
        where checks.verdict = 'inconsistent' {condition}
        order by
            checks.report_id, cast(checks.source_line as varchar),
            cast(figures.char_start as varchar), checks.family
    """)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def as_rows(found: list[dict[str, Any]]) -> str:
    """Write the contradictions as rows of ``seeds/reference/known_discrepancies.csv``.

    The reason proposed is the audit's own sentence; the review is left to whoever makes it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow([*(row[name] for name in COLUMNS[:5]), row["explanation"], "", "", ""])
    return text.getvalue()


def advice(found: list[dict[str, Any]]) -> str:
    """Say how many rows are proposed, and what to do with them."""
    if not found:
        return "Every contradiction that was found is in the ledger: nothing to review."
    one = len(found) == 1
    return (
        f"{len(found)} contradiction{'' if one else 's'} that nobody has reviewed. Read "
        f"{'it' if one else 'each'} against the report, put the reason in your own words, fill in"
        " reviewed_on (a date) and reviewed_against (extracted_text or original_document), and add"
        f" the row{'' if one else 's'}, in order, to seeds/reference/known_discrepancies.csv."
    )


def as_table(found: list[dict[str, Any]]) -> str:
    """Write the contradictions as Markdown tables, one a report, in reading order."""
    lines: list[str] = []
    last = None
    for row in sorted(
        found, key=lambda row: (row["report_id"], row["source_line"], row["char_start"])
    ):
        if row["report_id"] != last:
            last = row["report_id"]
            lines += [
                "",
                f"### {last}",
                "",
                "| ref | cell | line | printed | family | certainty | likely cause | the sum |",
                "|---|---|---|---|---|---|---|---|",
            ]
        sentence = row["explanation"] + ("" if row["is_root"] else " (same slip as another)")
        cells = (
            row["ref"], row["source_cell"], row["source_line"], row["printed"], row["family"],
            row["check_certainty"], row["likely_cause"], sentence,
        )  # fmt: skip
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines).strip() + "\n"


def _cell(value: Any) -> str:
    """Make a value fit a cell of a table."""
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
