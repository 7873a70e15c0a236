"""The rules' own examples, and the phenomena of such reports one by one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import periods
from ingest.explain import reason_of
from ingest.figures import CellContext, read_cell, read_document
from ingest.figures.patterns import compile_left
from ingest.figures.rule import Rule
from ingest.figures.rules import CASCADE
from ingest.model import Figure
from ingest.vocabulary.reasons import REASONS
from tests.python.reading import REPORT_IDS, report


def at_quarter(number: int, year: int = 2012, measure: str = "") -> CellContext:
    """The column of a quarter."""
    return CellContext(
        source_cell=f"q{number}",
        header=f"Quarter {number}",
        window=periods.quarter(year, number),
        first_year=year,
        quarter=number,
        measure=measure,
    )


def read(text: str, number: int = 2, year: int = 2012, measure: str = "") -> list[Figure]:
    """The figures of a quarter's cell that measure something."""
    figures = read_cell(text, at_quarter(number, year, measure))
    return [figure for figure in figures if figure.role != "context"]


def one(text: str, printed: str, **where: object) -> Figure:
    """The last figure of a cell that is printed so."""
    figures = read_cell(text, at_quarter(**{"number": 2, **where}))  # type: ignore[arg-type]
    return [figure for figure in figures if figure.printed == printed][-1]


def test_a_label_after_a_bracket_begins_another_statement() -> None:
    text = (
        "Sec 27 - 50 compared to 55 last year (-9%) As13 - 355 compared to 460 last year (-22.8%)"
    )
    said = {figure.printed: figure.statement for figure in read(text)}
    assert said["-9%"] == "Sec 27 - 50 compared to 55 last year (-9%)"
    assert said["355"] == "As13 - 355 compared to 460 last year (-22.8%)"
    heading = "Baseline: 3 yr average (2012 to 2014) Police - 13,452"
    assert {figure.statement for figure in read(heading)} == {heading}


EXAMPLES = [
    pytest.param(rule, text, printed, id=f"{rule.name}-{printed}-{text[:24]}")
    for rule in CASCADE
    for text, printed in rule.examples
]


@pytest.mark.parametrize("rule,text,printed", EXAMPLES)
def test_each_rule_reads_its_examples(rule: Rule, text: str, printed: str) -> None:
    kind = next(iter(sorted(rule.kinds)), "quarter")
    context = at_quarter(2) if kind == "quarter" else CellContext(source_cell=kind, first_year=2012)
    found = [figure for figure in read_cell(text, context) if figure.printed == printed]
    assert found, f"{printed!r} was not read in {text!r}"
    assert rule.role in {figure.role for figure in found}


SEEN_RULES = frozenset(
    figure.rule for report_id in REPORT_IDS for figure in read_document(report(report_id))
)


@pytest.mark.parametrize("rule", sorted({rule.name for rule in CASCADE} | SEEN_RULES))
def test_every_rule_says_its_reason_in_plain_words(rule: str) -> None:
    reason = reason_of(rule)
    assert reason != rule.replace("_", " ")
    assert "_" not in reason


def test_no_reason_is_left_of_a_rule_that_is_gone() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in Path("ingest/figures").glob("*.py"))
    pairs = {"target_of_pair", "baseline_of_pair", "number_in_header", "number_in_owner"}
    pairs |= {"number_in_ref", "number_in_section", "number_in_title"}  # named by their column
    spans = {f"part_of_{kind}" for kind in ("average_years", "pooled_years", "rolling_years")}
    assert {rule for rule in REASONS if f'"{rule}"' not in said} <= pairs | spans


def test_a_pattern_of_a_class_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no class of tokens"):
        compile_left("DIR FORWARD?")


# --- roles, values and comparators --------------------------------------------------------------

READINGS = (
    # text, printed, role, unit, basis, value, comparator
    ("492 offences recorded in Q2; a -16.3% reduction on the baseline.", "-16.3%",
     "change", "percent_change", "quarter", "-16.3", "baseline"),
    ("Reduction of 7 offences on same quarter last year (+36.8%)", "+36.8%",
     "change", "percent_change", "quarter", "-36.8", "same_period_last_year"),
    ("6% reduction on last year and 7.3% on the baseline", "7.3%",
     "change", "percent_change", "quarter", "-7.3", "baseline"),
    ("Sec 27 - 60 compared to 61 last year (-1.67%)", "60", "observation", "count", "quarter", "60", None),
    ("Sec 27 - 60 compared to 61 last year (-1.67%)", "61",
     "comparative", "count", "quarter", "61", "same_period_last_year"),
    ("fell from 14.2% to 12.9%", "14.2%", "comparative", "percent", "unknown", "14.2", "unknown"),
    ("fell from 14.2% to 12.9%", "12.9%", "observation", "percent", "quarter", "12.9", None),
    ("57 repeat callers in Q2 229 YTD 62% of baseline", "62%",
     "observation", "percent", "ytd", "62", "baseline"),
    ("Ranked 9th out of 15", "9", "observation", "rank", "quarter", "9", None),
    ("Ranked 9th out of 15", "15", "component", "count", "quarter", "15", None),
    ("56% of exits were planned (38 out of 76)", "38", "component", "count", "quarter", "38", None),
    ("36 of 46 (78%)", "78%", "observation", "percent", "quarter", "78", None),
    ("a reduction of two on the baseline", "two", "change", "count", "quarter", "-2", "baseline"),
    ("fewer than 12 offences", "12", "observation", "count", "quarter", "12", None),
    ("27, 6 more than Q1", "6", "change", "count", "quarter", "6", "previous_quarter"),
    ("12% under target", "12%", "change", "percent_change", "quarter", "-12", "target"),
    ("1,204 (target 1,150)", "1,150", "target", "count", "quarter", "1150", None),
    ("year end forecast 1,950", "1,950", "projection", "count", "year", "1950", None),
    ("a projected 4.2% increase on the set baseline", "4.2%",
     "projection", "percent_change", "year", "4.2", "baseline"),
    ("3.2 percentage points lower than last year", "3.2",
     "change", "percentage_points", "quarter", "-3.2", "same_period_last_year"),
    ("16 per 10,000 population", "16", "observation", "rate_per_10000", "quarter", "16", None),
    ("£1.2m confiscated", "1.2", "observation", "currency", "quarter", "1200000", None),
    ("84.2% satisfied; force average 82.9%", "82.9%",
     "comparative", "percent", "quarter", "82.9", "peer_group"),
    ("34 fires, 15% below the five-year average of 40", "40",
     "comparative", "average", "multi_year_average", "40", "multi_year_average"),
    ("against a baseline of 28.6%", "28.6%", "baseline", "percent", "unknown", "28.6", None),
    ("YTD 456 v 489 PYTD", "489", "comparative", "count", "ytd", "489", "same_period_last_year"),
    ("4 x PPO referrals received", "4", "observation", "count", "quarter", "4", None),
    ("97 per cent of calls", "97", "observation", "percent", "quarter", "97", None),
)  # fmt: skip


@pytest.mark.parametrize("text,printed,role,unit,basis,value,comparator", READINGS)
def test_what_a_number_means(
    text: str,
    printed: str,
    role: str,
    unit: str,
    basis: str,
    value: str,
    comparator: str | None,
) -> None:
    figure = one(text, printed)
    assert (figure.role, figure.unit, figure.basis, figure.value, figure.comparator) == (
        role,
        unit,
        basis,
        Decimal(value),
        comparator,
    )


CONTEXT = (
    ("offences in 2012/13", "2012/13"),
    ("Between 1.4.2014- 30.9/14 there were some", "30.9/14"),
    ("Data as at 28/10/19", "28/10/19"),
    ("Q1/2019 was quiet", "1/2019"),
    ("120 section 27 notices", "27"),
    ("callers (3 or more calls)", "3"),
    ("no call-outs within 6 months", "6"),
    ("in the top 5 wards", "5"),
    ("As13 forms", "13"),
    ("91.3% of 999 calls", "999"),
    ("0.45 per 1,000 population", "1,000"),
    ("young people aged 10-17", "17"),
    ("between 9pm and 5am", "5"),
    ("within +/- 5% of it", "5%"),
    ("score of 8.4 out of 10", "10"),
)


@pytest.mark.parametrize("text,printed", CONTEXT)
def test_numbers_that_measure_nothing(text: str, printed: str) -> None:
    figure = one(text, printed)
    assert figure.role == "context"
    assert (figure.unit, figure.value, figure.comparator) == (None, None, None)
    assert (figure.basis, figure.certainty) == ("unknown", "stated")


# --- periods ------------------------------------------------------------------------------------

WINDOWS = (
    ("45 incidents", "45", "quarter", date(2012, 7, 1), date(2012, 9, 30)),
    ("45 incidents YTD", "45", "ytd", date(2012, 4, 1), date(2012, 9, 30)),
    ("45 from April to end of September", "45", "ytd", date(2012, 4, 1), date(2012, 9, 30)),
    ("FYE - 45 incidents", "45", "year", date(2012, 4, 1), date(2013, 3, 31)),
    ("Rolling 12 months to end of Q2: 45", "45", "rolling_12m", date(2011, 10, 1), date(2012, 9, 30)),
    ("Sept 11 / Sept 12 - 45", "45", "rolling_12m", date(2011, 10, 1), date(2012, 9, 30)),
    ("45 in August", "45", "month", date(2012, 8, 1), date(2012, 8, 31)),
    ("up to Aug YTD show that 45 came", "45", "ytd", date(2012, 4, 1), date(2012, 8, 31)),
    ("45 in the 2011 survey", "45", "point", date(2011, 1, 1), date(2011, 12, 31)),
    ("first half of the year 45", "45", "ytd", date(2012, 4, 1), date(2012, 9, 30)),
    ("45 in the third quarter of 2011/12", "45", "quarter", date(2011, 10, 1), date(2011, 12, 31)),
)  # fmt: skip


@pytest.mark.parametrize("text,printed,basis,start,end", WINDOWS)
def test_when_a_number_is_about(
    text: str, printed: str, basis: str, start: date, end: date
) -> None:
    figure = one(text, printed)
    assert (figure.basis, figure.period_start, figure.period_end) == (basis, start, end)


def test_a_wrong_window_is_the_year_to_date_and_doubtful() -> None:
    text = "303 offences in Q2 This gives a year to date total (April to June) of 563 offences."
    figure = one(text, "563")
    assert (figure.basis, figure.period_end) == ("ytd", date(2012, 9, 30))
    assert figure.certainty == "ambiguous"
    assert figure.note is not None
    assert "April to June" in figure.note


def test_a_comment_is_about_the_year_to_date() -> None:
    (figure,) = read_cell("45 incidents", CellContext("comments", first_year=2012, quarter=3))
    assert (figure.basis, figure.period_end) == ("ytd", date(2012, 12, 31))
    assert figure.certainty == "inferred"


# --- links --------------------------------------------------------------------------------------


def links(text: str) -> dict[str, tuple[str | None, str | None]]:
    """What each number speaks of, by what is printed."""
    figures = read(text)
    by_id = {figure.figure_id: figure.printed for figure in figures}
    return {
        figure.printed: (figure.relation, by_id.get(figure.relates_to or "")) for figure in figures
    }


def test_a_difference_and_its_percentage_speak_of_the_same_value() -> None:
    found = links("FYE - 1146 offences. This is an increase of 124 offences (12.1%) on last year")
    assert found["124"] == ("change_of", "1146")
    assert found["12.1%"] == ("change_of", "1146")


def test_the_parts_of_a_ratio_speak_of_their_percentage() -> None:
    found = links("13 repeat referrals to MARAC and 6 of these engaged with Harbour (46%)")
    assert found["13"] == ("denominator_of", "46%")
    assert found["6"] == ("numerator_of", "46%")


def test_a_comparative_speaks_of_the_value_of_now() -> None:
    assert links("34 v 41 in 2011/12")["41"] == ("prior_of", "34")


def test_a_ratio_that_does_not_add_up_is_one_all_the_same() -> None:
    found = links("46 identified as repeat referrals, 36 engaged with Harbour (70%)")
    assert found["36"] == ("numerator_of", "70%")


# --- the whole of a report ----------------------------------------------------------------------


@pytest.mark.parametrize("report_id", REPORT_IDS)
def test_every_run_of_digits_is_in_exactly_one_figure(report_id: str) -> None:
    document = report(report_id)
    figures = read_document(document)
    held = Counter(
        (figure.source_line, column)
        for figure in figures
        for column in range(figure.char_start, figure.char_end)
    )
    assert max(held.values()) == 1
    missing = [
        (line.number, column)
        for line in document.lines
        for column, character in enumerate(line.text)
        if character.isdecimal() and (line.number, column) not in held
    ]
    assert missing == []


@pytest.mark.parametrize("report_id", REPORT_IDS)
def test_offsets_slice_back_to_what_is_printed(report_id: str) -> None:
    document = report(report_id)
    lines = {line.number: line.text for line in document.lines}
    for figure in read_document(document):
        line = lines[figure.source_line]
        assert line[figure.char_start : figure.char_end] == figure.printed


@pytest.mark.parametrize("report_id", REPORT_IDS)
def test_links_lead_to_figures_of_the_report(report_id: str) -> None:
    figures = read_document(report(report_id))
    ids = {figure.figure_id for figure in figures}
    assert len(ids) == len(figures)
    for figure in figures:
        assert (figure.relates_to is None) == (figure.relation is None)
        assert figure.relates_to is None or figure.relates_to in ids
