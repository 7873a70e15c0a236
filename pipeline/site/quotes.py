"""What “Quote this” copies: a sentence that can stand in a paper, with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.marts import Record
from pipeline.site.formats import amount, count_of, day
from pipeline.site.library import Library
from pipeline.words import BASES_OF_ONE, OPERATORS, QUOTING, UNITS, VERDICTS, cell_title, said


@dataclass(frozen=True, slots=True)
class Quote:
    """What is copied in one click.

    Attributes
    ----------
    sentence
        What is said, in full.
    caveat
        What must be said with it, if anything.
    vintage
        When it was said and whether other reports say the same.
    citation
        Where it is printed.
    """

    sentence: str
    caveat: str
    vintage: str
    citation: str

    @property
    def text(self) -> str:
        """Everything in one paragraph."""
        parts = (self.sentence, self.caveat, self.vintage, f"Source: {self.citation}")
        return " ".join(part for part in parts if part)


def citation(library: Library, record: Record) -> str:
    """Cite the place of a fact: partnership, title, publisher, row, column and line."""
    report = library.reports[record["report_id"]]
    row = library.rows.get(record["report_indicator_id"] or "")
    parts = [f"{report['partnership']}, {report['title']} ({report['publisher']})"]
    if row and row["ref"]:
        parts.append(f"row {row['ref']}")
    if record["source_cell"]:
        parts.append(f"column “{cell_title(record['source_cell'])}”")
    parts.append(record.get("source_locator") or f"line {record['source_line']}")
    return ", ".join(parts) + "."


def of_timeline(library: Library, value: Record) -> Quote:
    """Quote one value of a line over the plans."""
    name = value["indicator_name"]
    if value["series_id"] != "total":
        name += f", {value['series_name']}"
    given = amount(value["value"], value["unit"])
    if value["unit"] not in ("count", "percent", "rank"):
        given += f" ({UNITS.get(value['unit'], said(value['unit']))})"
    span = BASES_OF_ONE.get(value["basis"], said(value["basis"]))
    parts = ""
    if value["numerator"] is not None and value["denominator"] is not None:
        parts = (
            f" ({amount(value['numerator'], 'count')} of {amount(value['denominator'], 'count')})"
        )
    caveats = []
    if value["quote_status"] == "do_not_quote":
        caveats.append(f"{QUOTING['do_not_quote']} without this caveat.")
    if value["caveat"]:
        caveats.append(value["caveat"])
    if value["break_reason"]:
        caveats.append(f"The line breaks here: {value['break_reason']}")
    vintage = f"As given in the report of {library.report_name(value['report_id'])}"
    if value["vintages"] > 1:
        same = "not all the same value" if value["is_revised"] else "the same value"
        vintage += f"; {count_of(value['vintages'], 'report')} give it, {same}"
    return Quote(
        sentence=f"{value['area_name']}: {name}: {given}{parts} in {value['period_label']}"
        f" ({span}).",
        caveat=" ".join(caveats),
        vintage=f"{vintage}.",
        citation=value["citation"],
    )


def of_figure(library: Library, figure: Record) -> Quote:
    """Quote one number of a report in its own sentence."""
    report = library.reports[figure["report_id"]]
    caveats = []
    for check in library.checks_of_figure.get(figure["figure_id"], ()):
        verdict = VERDICTS.get(check["verdict"])
        if verdict and verdict.kind in ("bad", "care"):
            caveats.append(f"{verdict.label.rstrip('…')}: {check['explanation']}")
    if figure["certainty"] == "ambiguous":
        caveats.append(f"Its words can be read in two ways{_after_colon(figure['note'])}.")
    elif figure["certainty"] == "inferred":
        caveats.append("Its period or meaning is inferred, not stated beside it.")
    return Quote(
        sentence=f"“{figure['statement']}”",
        caveat=" ".join(caveats),
        vintage=f"As at {day(report['as_at_date'])}.",
        citation=citation(library, figure),
    )


def _after_colon(note: str | None) -> str:
    return f": {note.rstrip('.')}" if note else ""


def meaning(library: Library, figure: Record) -> str:
    """Say in one line what a figure was read as: "−353 (count), Q1 2019/20, one quarter"."""
    if figure["role"] == "context":
        return "measures nothing"
    signed = figure["role"] == "change" or (
        figure["role"] == "projection" and figure["relation"] == "change_of"
    )
    value = amount(figure["value"], figure["unit"], signed=signed)
    operator = OPERATORS.get(figure["operator"] or "")
    if operator and figure["role"] == "target":
        value = f"{operator} {value}"
    return f"{value}, {library.period(figure)}"
