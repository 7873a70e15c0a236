"""Totals and their parts: within a cell, down the rows and across the columns of a table."""

from __future__ import annotations

import pytest

from ingest.figures.context import CellContext
from ingest.figures.document import read_cell, read_document
from tests.python.reading import document

# A cell, its total, and the parts that are tied to it.
CELLS = (
    ("21: 12 female 9 male", "21", ("12", "9")),
    ("31 reports: 19 racist, 7 homophobic, 5 disability. YTD 96", "31", ("19", "7", "5")),
    ("31 reports: 19 racist, 7 homophobic, 4 disability", "31", ("19", "7", "4")),
    ("Total 56 (A 20, B 36)", "56", ("20", "36")),
    ("38 referrals (33 women, 5 men)", "38", ("33", "5")),
    ("Police 120, Council 35; 155 in total", "155", ("120", "35")),
    ("4 = 3+1", "4", ("3", "1")),
    ("3 + 1 = 4", "4", ("3", "1")),
    ("142 incidents comprising 100 noise and 30 litter", "142", ("100", "30")),
)
# Numbers side by side that are no total and its parts.
NO_TOTALS = (
    "36 of 46 (78%)",
    "9 sessions: 2,114 vehicles checked, 81 letters sent",
    "52, of whom 11 girls",
    "48 incidents (51 last year, 3 fewer)",
    "Placed: 7 commencements Engaged: 5 completions Revoked: 2 for further offences",
    "Police 120, Council 35",
)


def tied(text: str) -> dict[str, tuple[str, ...]]:
    """The parts of each total in a cell, as printed."""
    context = CellContext(source_cell="q2", first_year=2013, quarter=2, measure="Incidents")
    figures = read_cell(text, context)
    by_id = {figure.figure_id: figure.printed for figure in figures}
    found: dict[str, tuple[str, ...]] = {}
    for figure in figures:
        if figure.relation == "part_of":
            assert figure.relates_to is not None
            total = by_id[figure.relates_to]
            found[total] = (*found.get(total, ()), figure.printed.lstrip("+ "))
    return found


@pytest.mark.parametrize("text,total,parts", CELLS)
def test_listed_parts_are_tied_to_their_total(text: str, total: str, parts: tuple[str]) -> None:
    assert tied(text) == {total: parts}


@pytest.mark.parametrize("text", NO_TOTALS)
def test_other_numbers_side_by_side_are_not(text: str) -> None:
    assert tied(text) == {}


def rows(text: str) -> dict[str, list[str]]:
    """The parts of each total in a table, as "line:printed"."""
    figures = read_document(document(text, "2013/14", 2))
    names = {f.figure_id: f"{f.source_line}:{f.printed}" for f in figures}
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.relation == "part_of":
            assert figure.relates_to is not None
            found.setdefault(names[figure.relates_to], []).append(names[figure.figure_id])
    return found


def test_a_row_of_totals_is_tied_where_most_columns_add_up() -> None:
    text = "Station⇥Q1⇥Q2⇥YTD\nNorth⇥4⇥5⇥9\nSouth⇥6⇥7⇥14\nAll stations⇥10⇥12⇥23"
    assert rows(text)["4:10"] == ["2:4", "3:6"]
    assert rows(text)["4:23"] == ["2:9", "3:14"]
    short = "Ward⇥Q1⇥Q2\nNorth⇥4⇥5\nSouth⇥6⇥7\nCity total⇥110⇥120"
    assert rows(short) == {}


def test_rows_called_parts_are_tied_to_the_row_above() -> None:
    text = "Measure⇥Q1⇥Q2\nFires⇥10⇥12\nof which dwelling⇥4⇥5\nof which other⇥6⇥7\nCalls⇥3⇥4"
    assert rows(text) == {"2:10": ["3:4", "4:6"], "2:12": ["3:5", "4:7"]}


def test_columns_that_add_up_are_series() -> None:
    text = (
        "Recorded offences⇥Ashby⇥Boxley⇥All wards⇥Comments\nArson⇥1⇥2⇥3⇥\nTheft⇥4⇥5⇥9⇥\n"
        "Fraud⇥6⇥7⇥13⇥"
    )
    figures = read_document(document(text, "2013/14", 2))
    assert {f.series for f in figures if f.relation == "part_of"} == {"Ashby", "Boxley"}
    assert rows(text)["3:9"] == ["3:4", "3:5"]
