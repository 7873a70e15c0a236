"""Tables nobody has seen: what each number under their headers means, read by a person."""

from __future__ import annotations

import pytest

from ingest.figures.context import CellContext
from ingest.figures.document import read_cell, read_document
from tests.python.reading import document


def read(text: str, year: str = "2013/14", quarter: int = 2) -> list[tuple[str, ...]]:
    """Printed, role, unit, basis, last day, value and comparator of all that measures."""
    return [
        (
            figure.printed,
            figure.role,
            figure.unit or "",
            figure.basis,
            str(figure.period_end or ""),
            f"{figure.value:f}",
            figure.comparator or "",
        )
        for figure in read_document(document(text, year, quarter))
        if figure.role != "context"
    ]


def test_a_value_that_looks_like_a_year_is_a_value() -> None:
    found = read("Measure⇥2012/13⇥Q1⇥Q2⇥Target\nTheft⇥2011⇥1926⇥480⇥1,900")
    assert [row[:2] for row in found] == [
        ("2011", "observation"),
        ("1926", "observation"),
        ("480", "observation"),
        ("1,900", "target"),
    ]
    assert read("Measure⇥Baseline year⇥Q1⇥Q2\nTheft⇥2011⇥26⇥48")[0][0] == "26"


@pytest.mark.parametrize(
    "header,cell,unit,value",
    [
        ("Average attendance (mins)", "6.8", "minutes", "6.8"),
        ("Availability (%)", "88.2", "percent", "88.2"),
        ("Rate per 100,000", "310", "rate_per_100000", "310"),
        ("Rate per 1,000 population", "3.1", "rate_per_1000", "3.1"),
        ("Spend (£k)", "45", "currency", "45000"),
        ("Average days", "12", "days", "12"),
        ("Hours worked", "5,110", "hours", "5110"),
    ],
)
def test_a_header_says_the_unit(header: str, cell: str, unit: str, value: str) -> None:
    found = read(f"Station⇥Q2⇥{header}\nNorth⇥4⇥{cell}\nSouth⇥5⇥{cell}")
    assert (found[1][2], found[1][5]) == (unit, value)


@pytest.mark.parametrize(
    "measure,unit",
    [
        ("Average waiting time for an assessment (days)", "days"),
        ("Average response time to fires", "minutes"),
        ("Patrol hours worked by wardens", "hours"),
        ("First time entrants per 100,000", "rate_per_100000"),
        ("Number of people satisfied with the service", "count"),
        ("People satisfied with the service", "percent"),
    ],
)
def test_a_measure_says_the_unit(measure: str, unit: str) -> None:
    assert read(f"Measure⇥Q1⇥Q2\n{measure}⇥19⇥21")[1][2] == unit


def test_a_column_of_periods_dates_its_rows() -> None:
    found = read("Indicator⇥Period⇥Value⇥England\nAssaults per 1,000⇥2011/12⇥17.2⇥18.1")
    assert [row[3:5] for row in found] == [("year", "2012-03-31")] * 2


def test_a_value_and_its_target_in_one_cell() -> None:
    found = read("Station⇥Turnouts Q2⇥Home visits (done / planned)\nNorth⇥40⇥17 / 30")
    assert [row[:2] for row in found[1:]] == [("17", "observation"), ("30", "target")]


def test_a_measure_of_success_is_a_goal() -> None:
    text = "Objective⇥Measure of success⇥Q1⇥Q2\nRun courses⇥At least 24 in the year⇥5⇥6"
    assert read(text)[0][:2] == ("24", "target")


def test_a_stock_is_what_there_is_at_the_end() -> None:
    found = read("Measure⇥Aug 13⇥Sep 13⇥Q2\nEmpty homes at month end⇥88⇥93⇥93")
    assert [row[3:5] for row in found] == [
        ("point", "2013-08-31"),
        ("point", "2013-09-30"),
        ("point", "2013-09-30"),
    ]


def test_a_cohort_named_in_the_measure_is_the_time_of_its_values() -> None:
    found = read("Measure⇥Q1⇥Q2\nFurther offences, Jan-Mar 2012 cohort⇥31⇥58")
    assert [row[3:5] for row in found] == [("cohort", "2012-03-31")] * 2


def test_a_variance_is_from_what_its_header_says() -> None:
    head = "Category⇥This quarter⇥Same quarter last year⇥+/- %⇥5 year average⇥+/- % on average"
    found = read(f"{head}\nAssault⇥1,204⇥1,233⇥-2.4%⇥1,198.0⇥0.5%")
    assert [row[6] for row in found if row[1] == "change"] == [
        "same_period_last_year",
        "multi_year_average",
    ]
    assert found[-1][5] == "0.5"


def test_the_quarter_before_is_compared_with_the_quarter() -> None:
    found = read("KPI⇥This Qtr⇥Last Qtr⇥Same Qtr LY⇥YTD\nBurglary⇥42⇥45⇥50⇥87")
    assert [row[6] for row in found] == ["", "previous_quarter", "same_period_last_year", ""]


def test_last_years_quarters_side_by_side_are_history() -> None:
    text = "Measure⇥2012/13⇥⇥⇥2013/14⇥⇥\n⇥Q1⇥Q2⇥Q3⇥Q1⇥Q2⇥Q3\nArson⇥10⇥11⇥12⇥9⇥8⇥7"
    assert {row[1] for row in read(text, quarter=3)} == {"observation"}


SERIES = (
    (
        "Noise 231, neighbour disputes 84, rough sleeping 12",
        ["Noise", "neighbour disputes", "rough sleeping"],
    ),
    ("41.2% non-opiates, 9.0% opiates and 44.7% alcohol", ["non-opiates", "opiates", "alcohol"]),
    ("Theft of = 41, theft from = 118, tampering = 7", ["Theft of", "theft from", "tampering"]),
    (
        "2,040 incidents, 311 arrests assisted, 97 evidence packs seized",
        ["", "arrests", "evidence packs"],
    ),
    (
        "31 reports: 19 racist, 7 homophobic, 5 disability",
        ["", "racist", "homophobic", "disability"],
    ),
    ("28.1%; MSG average 30.4%, England 33%", ["", "", ""]),
    ("MSF rank 5 of 8. Force rank 19 of 43", ["", "", "", ""]),
)


@pytest.mark.parametrize("text,series", SERIES)
def test_a_series_is_what_a_number_counts_beside_the_measure(text: str, series: list[str]) -> None:
    context = CellContext(source_cell="q2", first_year=2013, quarter=2, measure="Incidents seen")
    figures = [figure for figure in read_cell(text, context) if figure.role != "context"]
    assert [figure.series or "" for figure in figures] == series


def test_a_remark_counts_something_else() -> None:
    text = "Measure⇥Q1⇥Q2⇥Comments\nKSI casualties⇥8⇥6⇥May campaign: 66 drivers reported"
    found = read_document(document(text, "2013/14", 2))
    assert [figure.series for figure in found if figure.printed == "66"] == ["drivers"]


def test_a_change_of_another_body_is_that_bodys() -> None:
    text = "Crime type⇥YTD⇥PYTD⇥% change YTD⇥Force % change YTD\nTheft⇥90⇥100⇥-10%⇥-4%"
    found = read_document(document(text, "2013/14", 2))
    assert [f.series for f in found if f.role == "change"] == [None, "Force"]


def test_comments_beside_rolling_years_are_about_them() -> None:
    head = "Measure⇥12 months to Sep 12⇥12 months to Sep 13⇥Baseline⇥Comments"
    found = read(f"{head}\nCompletions⇥40⇥46⇥38⇥Eight more than the baseline")
    assert found[-1][3:5] == ("rolling_12m", "2013-09-30")


def test_rows_that_are_months_date_their_columns() -> None:
    found = read("Month⇥Fires⇥False alarms⇥Total\nApr⇥10⇥20⇥30\nMay⇥12⇥22⇥34\nJune⇥9⇥18⇥27")
    assert {row[3] for row in found} == {"month"}
    assert [row[4] for row in found[::3]] == ["2013-04-30", "2013-05-31", "2013-06-30"]


def test_columns_of_parts_are_tied_to_the_share() -> None:
    text = "Description⇥Num⇥Den⇥%⇥Target %⇥Variance pp\nVisits in time⇥45⇥50⇥90⇥95⇥-5"
    found = read(text)
    assert [row[1:3] for row in found] == [
        ("component", "count"),
        ("component", "count"),
        ("observation", "percent"),
        ("target", "percent"),
        ("change", "percentage_points"),
    ]


def test_a_column_of_rates_gives_its_unit_to_no_other() -> None:
    found = read("Small area⇥Crimes 2012/13⇥Crimes per 1,000\nE01001⇥120⇥79.9\nE01002⇥90⇥55.9")
    assert [row[2] for row in found] == ["count", "rate_per_1000"] * 2


def test_signs_printed_in_a_column_speak_for_the_numbers_without() -> None:
    text = "Ward⇥Q2⇥Change\nCastle⇥45⇥5\nPark⇥30⇥-2"
    found = read_document(document(text, "2013/14", 2))
    assert [f.certainty for f in found if f.role == "change"] == ["inferred", "inferred"]


def test_comments_beside_one_quarter_are_about_that_quarter() -> None:
    head = "Measure⇥Last quarter⇥This quarter⇥Quarter one year ago⇥Analysis"
    found = read(f"{head}\nEntrants⇥22⇥17⇥26⇥Nine fewer than a year ago")
    assert found[-1][3:5] == ("quarter", "2013-09-30")
    both = read("Measure⇥Q1⇥Q2⇥Analysis\nEntrants⇥22⇥17⇥Nine fewer than a year ago")
    assert both[-1][3] == "ytd"


def test_a_change_since_another_survey_is_not_from_the_target() -> None:
    head = "Question⇥Survey Sept 2011⇥Survey Sept 2012⇥Target 2013/14⇥Change since 2011 (% points)"
    found = read(f"{head}\nFeel safe⇥93%⇥94%⇥95%⇥+1")
    assert found[-1][6] == "unknown"


def test_a_change_since_a_quarter_is_from_that_quarter() -> None:
    found = read("KPI⇥Target 13/14⇥Q1⇥Q2⇥Movement since Q1\nCrime⇥8,000⇥2,100⇥2,050⇥-50")
    assert found[-1][6] == "previous_quarter"


def test_thousands_of_pounds_and_tolerances() -> None:
    found = read("Service⇥Budget £000⇥Actual £000⇥Variance £000⇥Tolerance\nWardens⇥120⇥118⇥-2⇥5%")
    assert [(row[1], row[2], row[5]) for row in found] == [
        ("target", "currency", "120000"),
        ("observation", "currency", "118000"),
        ("change", "currency", "-2000"),
    ]
