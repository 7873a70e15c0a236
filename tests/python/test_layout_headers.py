"""What headers of unseen tables mean: kind and time, read by a person from the contract's words.

The report these headers stand in is of quarter 2 of 2013/14.
"""

from __future__ import annotations

import pytest

from ingest.layout.headers import combine, resolve
from tests.python.reading import document, entry

# header, source_cell, and "basis first-day last-day" (empty: the header says nothing of time)
HEADERS = (
    ("Where we want to be", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Where we want to be (2013/14)", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Annual standard", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Threshold", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Target 13-14", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Aim 2013/14", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Expected", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Trajectory 2013/14", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Ceiling", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Milestone March 2014", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Target by March 2014", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Planned 2013/14", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Year-end target", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Goal", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("YTD profile", "target:2013/14", "ytd 2013-04-01 2013-09-30"),
    ("Target to date", "target:2013/14", "ytd 2013-04-01 2013-09-30"),
    ("Cumulative threshold", "target:2013/14", "ytd 2013-04-01 2013-09-30"),
    ("YTD Target", "target:2013/14", "ytd 2013-04-01 2013-09-30"),
    ("Cumulative target", "target:2013/14", "ytd 2013-04-01 2013-09-30"),
    ("Milestone Qtr 2", "target:2013/14", "quarter 2013-07-01 2013-09-30"),
    ("Profile Q2", "target:2013/14", "quarter 2013-07-01 2013-09-30"),
    ("Target for the quarter", "target:2013/14", "quarter 2013-07-01 2013-09-30"),
    ("This quarter's target", "target:2013/14", "quarter 2013-07-01 2013-09-30"),
    ("Quarterly target", "target:2013/14", "quarter 2013-07-01 2013-09-30"),
    ("Q2 standard", "target:2013/14", "quarter 2013-07-01 2013-09-30"),
    ("Next year's target", "target:2014/15", "year 2014-04-01 2015-03-31"),
    ("Target by March 2015", "target:2014/15", "year 2014-04-01 2015-03-31"),
    ("Target 2014/15", "target:2014/15", "year 2014-04-01 2015-03-31"),
    ("2013-16 target", "target:2015/16", "year 2015-04-01 2016-03-31"),
    ("Starting position", "baseline", ""),
    ("Where we started", "baseline", ""),
    ("Base position", "baseline", ""),
    ("Starting position (2011/12)", "baseline", "year 2011-04-01 2012-03-31"),
    ("Baseline year 2011/12", "baseline", "year 2011-04-01 2012-03-31"),
    ("Starting point 2011-12", "baseline", "year 2011-04-01 2012-03-31"),
    ("Benchmark year 2011/12", "baseline", "year 2011-04-01 2012-03-31"),
    ("Baseline (12 months to March 2011)", "baseline", "rolling_12m 2010-04-01 2011-03-31"),
    ("Baseline (March 2010)", "baseline", "year 2009-04-01 2010-03-31"),
    ("2005-09 average baseline", "baseline", "multi_year_average 2004-04-01 2009-03-31"),
    ("Average 2010-12", "baseline", "multi_year_average 2009-04-01 2012-03-31"),
    ("3 yr av (2010/11 - 2012/13)", "baseline", "multi_year_average 2010-04-01 2013-03-31"),
    ("3 year average 2011 to 2013", "baseline", "multi_year_average 2010-04-01 2013-03-31"),
    ("5 year average 2008/09-2012/13", "baseline", "multi_year_average 2008-04-01 2013-03-31"),
    ("Average of last 3 years", "baseline", "multi_year_average None None"),
    ("Five year mean", "baseline", "multi_year_average None None"),
    ("Year-end result", "year_total", "year 2013-04-01 2014-03-31"),
    ("Annual result", "year_total", "year 2013-04-01 2014-03-31"),
    ("Full year 13/14", "year_total", "year 2013-04-01 2014-03-31"),
    ("Apr 2013 - Mar 2014", "year_total", "year 2013-04-01 2014-03-31"),
    ("Y/E position", "year_total", "year 2013-04-01 2014-03-31"),
    ("Year so far", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Cumulative", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Running total", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("This year", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Performance to Sept 2013", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("6 months to Sept 2013", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("H1 2013/14", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("First half", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Q2 Cumulative", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Apr-Sep", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("April 2013 to September 2013", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Year to date (Q2)", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Rate per 1,000", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Where we are now", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Current period", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Position as at Aug 2013", "year_total", "ytd 2013-04-01 2013-08-31"),
    ("Apr - Aug", "year_total", "ytd 2013-04-01 2013-08-31"),
    ("Last year's figure (2012/13)", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Previous year outturn (2012/13)", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Full year 12/13", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Outcome 2012/13", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Year to March 2013", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("FY 2012/13", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("FY12/13 actual", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("2012/3", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("2012-2013", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Prior yr result", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Annual Outturn 2012/13", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Apr-Mar 2012/13", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("April 2012-March 2013", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Total 2012/13", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("PY actual", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Two years ago", "history:2011/12", "year 2011-04-01 2012-03-31"),
    ("2 years ago outturn", "history:2011/12", "year 2011-04-01 2012-03-31"),
    ("Year before last", "history:2011/12", "year 2011-04-01 2012-03-31"),
    ("Place Survey 2008", "history:2008", "point 2008-01-01 2008-12-31"),
    ("Survey Sept 2013", "other:Survey Sept 2013", "point 2013-09-01 2013-09-30"),
    (
        "Residents survey September 2013",
        "other:Residents survey September 2013",
        "point 2013-09-01 2013-09-30",
    ),
    ("Same point last year", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("This time last year", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Prev YTD", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Previous FYTD", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("YTD last year", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Last year to date", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("PYTD", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Year to date 2012/13", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Apr-Sep 2012", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("YTD 12/13", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Crimes Apr 12 - Sep 12", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Quarter one year ago", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Previous year's Q2", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("PY Q2", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Q2 PY", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Q2 last year", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Last year Q2 outturn", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Same quarter last year (2012/13)", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Q2 same period last year", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Jul-Sep 2012", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Qtr 2 12/13", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Last quarter", "comparator", "quarter 2013-04-01 2013-06-30"),
    ("Previous Qtr", "comparator", "quarter 2013-04-01 2013-06-30"),
    ("Prior quarter", "comparator", "quarter 2013-04-01 2013-06-30"),
    ("9 months to Dec 2012", "comparator", "ytd 2012-04-01 2012-12-31"),
    ("Result Q1", "q1", "quarter 2013-04-01 2013-06-30"),
    ("1st Qtr", "q1", "quarter 2013-04-01 2013-06-30"),
    ("Achieved Qtr 1", "q1", "quarter 2013-04-01 2013-06-30"),
    ("3 months to June 2013", "q1", "quarter 2013-04-01 2013-06-30"),
    ("Quarter ending June 2013", "q1", "quarter 2013-04-01 2013-06-30"),
    ("Apr 2013-Jun 2013", "q1", "quarter 2013-04-01 2013-06-30"),
    ("Outturn Q1", "q1", "quarter 2013-04-01 2013-06-30"),
    ("This quarter", "q2", "quarter 2013-07-01 2013-09-30"),
    ("Latest quarter's figure", "q2", "quarter 2013-07-01 2013-09-30"),
    ("Quarter 2 (Jul-Sep)", "q2", "quarter 2013-07-01 2013-09-30"),
    ("Q2 performance", "q2", "quarter 2013-07-01 2013-09-30"),
    ("Quarter 2 value", "q2", "quarter 2013-07-01 2013-09-30"),
    ("Quarterly actual", "q2", "quarter 2013-07-01 2013-09-30"),
    ("12 mths to Dec 2012", "other:12 mths to Dec 2012", "rolling_12m 2012-01-01 2012-12-31"),
    (
        "Year ending December 2012",
        "other:Year ending December 2012",
        "rolling_12m 2012-01-01 2012-12-31",
    ),
    (
        "Rolling 12 months to Dec 12",
        "other:Rolling 12 months to Dec 12",
        "rolling_12m 2012-01-01 2012-12-31",
    ),
    ("Current 12 months", "other:Current 12 months", "rolling_12m 2012-10-01 2013-09-30"),
    ("R12 to Sep 13", "other:R12 to Sep 13", "rolling_12m 2012-10-01 2013-09-30"),
    (
        "12 month rolling to Sept 13",
        "other:12 month rolling to Sept 13",
        "rolling_12m 2012-10-01 2013-09-30",
    ),
    ("Rolling year", "other:Rolling year", "rolling_12m 2012-10-01 2013-09-30"),
    ("MAT", "other:MAT", "rolling_12m 2012-10-01 2013-09-30"),
    ("Oct 12 - Sep 13", "other:Oct 12 - Sep 13", "rolling_12m 2012-10-01 2013-09-30"),
    ("Previous 12 months", "comparator", "rolling_12m 2011-10-01 2012-09-30"),
    ("Rolling year last year", "comparator", "rolling_12m 2011-10-01 2012-09-30"),
    ("June 12 / June 13", "other:June 12 / June 13", "rolling_12m 2012-07-01 2013-06-30"),
    ("Jan-Jun 2013", "other:Jan-Jun 2013", "unknown 2013-01-01 2013-06-30"),
    ("Jul-13", "other:Jul-13", "month 2013-07-01 2013-07-31"),
    ("Month of July", "other:Month of July", "month 2013-07-01 2013-07-31"),
    ("Gap", "variance", ""),
    ("Movement", "variance", ""),
    ("% change", "variance", ""),
    ("Change since 2011 (% points)", "variance", ""),
    ("(% points)", "variance", ""),
    ("% change on last year", "variance", ""),
    ("Difference on previous year", "variance", ""),
    ("Variance to year end target", "variance", ""),
    ("Performance against profile", "variance", ""),
    ("Actual vs plan", "variance", ""),
    ("+/- threshold (%)", "variance", ""),
    ("Shortfall", "variance", ""),
    ("Distance from standard", "variance", ""),
    ("Same quarter last year % change", "variance", ""),
    ("Actual compared to same period last year", "variance", ""),
    ("Q2 variance", "variance", "quarter 2013-07-01 2013-09-30"),
    ("Q2 actual v target", "variance", "quarter 2013-07-01 2013-09-30"),
    ("% change YTD", "variance", "ytd 2013-04-01 2013-09-30"),
    ("Force % change YTD", "variance", "ytd 2013-04-01 2013-09-30"),
    ("Family average", "comparator", ""),
    ("Similar forces", "comparator", ""),
    ("MSG average per 1,000", "comparator", ""),
    ("North East average", "comparator", ""),
    ("England & Wales", "comparator", ""),
    ("Best quartile", "comparator", ""),
    ("MSF mean", "comparator", ""),
    ("YOT family", "comparator", ""),
    ("England Q2", "comparator", "quarter 2013-07-01 2013-09-30"),
    ("National Q2", "comparator", "quarter 2013-07-01 2013-09-30"),
    ("National average 2011/12", "comparator", "year 2011-04-01 2012-03-31"),
    ("Top quartile 2011/12", "comparator", "year 2011-04-01 2012-03-31"),
    ("MSG rank", "other:MSG rank", ""),
    ("Lower is better", "other:Lower is better", ""),
    ("Upper threshold", "other:Upper threshold", ""),
    ("Expected outturn", "other:Expected outturn", ""),
    ("Line", "ref", ""),
    ("#", "ref", ""),
    ("Row", "ref", ""),
    ("Indicator code", "ref", ""),
    ("Objective ref", "ref", ""),
    ("Measure #", "ref", ""),
    ("Serial no", "ref", ""),
    ("Lead organisation", "owner", ""),
    ("By whom", "owner", ""),
    ("Delivered by", "owner", ""),
    ("Owned by", "owner", ""),
    ("Story behind the figures", "comments", ""),
    ("What is this telling us?", "comments", ""),
    ("Narrative / mitigating action", "comments", ""),
    ("Key messages", "comments", ""),
    ("RAG against target", "status", ""),
    ("On course?", "status", ""),
    ("RAG rated", "status", ""),
    ("Long term trend", "trend", ""),
    ("Direction of travel", "trend", ""),
    ("Aim", "section", ""),
    ("Outcome", "section", ""),
    ("2013/14 (Apr-Sep)", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("2012/13 Apr-Jun", "comparator", "quarter 2012-04-01 2012-06-30"),
    ("01/04/13 - 30/09/13", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("1 Apr - 30 Sept 2013", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("Apr12-Mar13", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("To end of Q2", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("2013-14 to Q2", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("2013/14 YTD (Sep)", "year_total", "ytd 2013-04-01 2013-09-30"),
    ("9 months", "year_total", "ytd 2013-04-01 2013-12-31"),
    ("FYE 2013", "history:2012/13", "year 2012-04-01 2013-03-31"),
    ("Year End Target 2014", "target:2013/14", "year 2013-04-01 2014-03-31"),
    ("Current quarter", "q2", "quarter 2013-07-01 2013-09-30"),
    ("Previous", "comparator", "unknown None None"),
    ("Previous result", "comparator", "unknown None None"),
    ("SPLY", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Same period 2012/13", "comparator", "ytd 2012-04-01 2012-09-30"),
    ("Corresponding quarter", "comparator", "quarter 2012-07-01 2012-09-30"),
    ("Last 12 months", "other:Last 12 months", "rolling_12m 2012-10-01 2013-09-30"),
    ("%Change", "variance", ""),
    ("Increase / Decrease", "variance", ""),
    ("% change 2011/12 to 2012/13", "variance", "year 2012-04-01 2013-03-31"),
    ("Explanation of variance", "comments", ""),
    ("Direction of travel (since Q1)", "trend", ""),
    ("Tees Valley average", "comparator", ""),
    ("Pre-Covid average for the quarter", "baseline", "multi_year_average None None"),
    ("Average days", "other:Average days", ""),
    ("Outcome rate", "other:Outcome rate", ""),
    ("Answered in target time (%)", "other:Answered in target time (%)", ""),
    ("MSG position", "other:MSG position", ""),
    ("Actual (\u00a3000s)", "year_total", "ytd 2013-04-01 2013-09-30"),
)


@pytest.mark.parametrize("header,source_cell,window", HEADERS)
def test_a_header_says_kind_and_time(header: str, source_cell: str, window: str) -> None:
    column = resolve(combine([header]), header, 0, entry("2013/14", 2))
    found = column.window
    said = "" if found is None else f"{found.basis} {found.start} {found.end}"
    assert (column.source_cell, said) == (source_cell, window)


def columns(text: str, quarter: int = 2) -> str:
    """The layout of a table."""
    return document(text, "2013/14", quarter).layout


def test_a_column_that_counts_its_rows_is_the_refs_or_a_label() -> None:
    rows = "1⇥Arson⇥4\n2⇥Theft⇥5\n3⇥Assault⇥6"
    assert columns(f"Wibble⇥Measure⇥Q1\n{rows}") == "ref|measure|q1"


def test_numbers_decide_what_an_ambiguous_word_means() -> None:
    head = "Measure⇥Q1⇥Position⇥Aim"
    assert columns(f"{head}\nArson⇥4⇥9⇥8\nTheft⇥5⇥11⇥10") == (
        "measure|q1|year_total|target:2013/14"
    )
    assert columns(f"{head}\nArson⇥4⇥Steady⇥Safer homes\nTheft⇥5⇥Worse⇥Safer streets") == (
        "measure|q1|comments|section"
    )


def test_last_years_outturn_right_of_this_years_is_a_comparator() -> None:
    rows = "Arson⇥4⇥5\nTheft⇥6⇥7"
    assert columns(f"Measure⇥Full year 13/14⇥Full year 12/13\n{rows}", 4) == (
        "measure|year_total|comparator"
    )
    assert columns(f"Measure⇥Full year 12/13⇥Full year 13/14\n{rows}", 4) == (
        "measure|history:2012/13|year_total"
    )


def test_what_is_measured_is_the_column_of_words() -> None:
    assert columns("Area of work⇥Q1⇥Gap\nEntrants⇥4⇥-1\nExits⇥5⇥+2") == "measure|q1|variance"


def test_a_second_table_of_unknown_words_is_seen_by_its_shape() -> None:
    text = (
        "Measure⇥Q2 Actual⇥Q2 Target⇥Variance\nArson⇥4⇥5⇥-1\nTheft⇥6⇥7⇥-1\n\n"
        "Crews, Quarter 2\nStation⇥Turnouts⇥Average attendance (mins)⇥Availability (%)\n"
        "North⇥40⇥6.8⇥99.1\nSouth⇥12⇥7.4⇥-"
    )
    found = document(text, "2013/14", 2)
    assert [row.measure for row in found.rows] == ["Arson", "Theft", "North", "South"]
    north = {cell.header: (cell.source_cell, cell.window) for cell in found.rows[2].cells}
    assert north["Turnouts"][0].startswith("other:")
    assert all(
        window is not None and window.basis == "quarter"
        for header, (_, window) in north.items()
        if header != "Station"
    )


def test_a_first_row_of_words_alone_is_no_header() -> None:
    text = (
        "Measure⇥Q1⇥Q2⇥Comments\nArson⇥4⇥5⇥Fewer\n\nSafer streets\n"
        "Feeling safe⇥Annual survey⇥Not yet due⇥Autumn\nTheft⇥6⇥7⇥More\nFraud⇥8⇥9⇥More"
    )
    found = document(text, "2013/14", 2)
    assert [row.measure for row in found.rows] == ["Arson", "Feeling safe", "Theft", "Fraud"]


def test_a_row_with_values_of_its_own_is_a_row() -> None:
    text = (
        "Ref⇥Measure⇥Q1⇥Q2⇥Status\n1⇥First time entrants⇥52⇥47⇥-\n"
        "⇥of whom girls⇥12⇥11⇥-\n2⇥Orders⇥7⇥8⇥-"
    )
    found = document(text, "2013/14", 2)
    assert [row.ref for row in found.rows] == ["1", "1", "2"]


# Headers of two lines, the first over groups of the second, and what the columns become.
GROUPS = (
    (
        "Indicator⇥12 months to:⇥⇥\n⇥Sep 2012⇥Sep 2013⇥% change",
        "rolling_12m 2012-09-30|rolling_12m 2013-09-30|rolling_12m 2013-09-30",
    ),
    (
        "⇥Apr-Sep 2012⇥⇥Apr-Sep 2013⇥⇥Change\nOffence⇥No.⇥Rate⇥No.⇥Rate⇥%",
        "ytd 2012-09-30|ytd 2012-09-30|ytd 2013-09-30|ytd 2013-09-30|",
    ),
    (
        "⇥Offences⇥⇥Detection rate⇥\nCrime type⇥2011/12⇥2012/13⇥2011/12⇥2012/13",
        "year 2012-03-31|year 2013-03-31|year 2012-03-31|year 2013-03-31",
    ),
    (
        "Indicator⇥Q2 2013/14⇥⇥Performance⇥\n⇥This year⇥Last year⇥Actual⇥Target",
        "quarter 2013-09-30|quarter 2012-09-30|ytd 2013-09-30|year 2014-03-31",
    ),
    (
        "Indicator⇥Same quarter⇥Change from last year⇥\n⇥last year⇥No⇥%",
        "quarter 2012-09-30||",
    ),
    (
        "Indicator⇥Previous years⇥⇥Year to date\n⇥2011/12⇥2012/13⇥Last year",
        "year 2012-03-31|year 2013-03-31|ytd 2012-09-30",
    ),
)


@pytest.mark.parametrize("header,windows", GROUPS)
def test_a_header_of_two_lines_dates_each_column(header: str, windows: str) -> None:
    count = windows.count("|") + 1
    rows = "\n".join(f"{name}⇥" + "⇥".join(["12"] * count) for name in ("Arson", "Theft"))
    found = document(f"{header}\n{rows}", "2013/14", 2)
    cells = [cell for cell in found.rows[0].cells if cell.source_cell != "measure"]
    said = [f"{c.window.basis} {c.window.end}" if c.window is not None else "" for c in cells]
    assert "|".join(said) == windows
    assert [row.measure for row in found.rows] == ["Arson", "Theft"]
