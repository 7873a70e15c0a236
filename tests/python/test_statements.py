"""Statuses, outcomes and gaps: every phrase's examples, and what the five reports say."""

from __future__ import annotations

import csv
import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import Gap, Outcome
from ingest.statements import gaps_in, outcomes_in, read_statements, status_parts
from ingest.vocabulary import statements as words
from tests.python.reading import REPORT_IDS, ROOT, cells_of, document, report

# outcomes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code,example",
    [(phrase.code, example) for phrase in words.OUTCOMES for example in phrase.examples],
)
def test_an_outcome_is_read_from_its_examples(code: str, example: str) -> None:
    assert [found for _, _, found in outcomes_in(example)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "in order to achieve the target of 5%",
        "If the target is to be met, referrals must rise",
        "the target to be achieved by March",
        "below the target of 90%",
        "26.8% (11 crimes) above the target to achieve this year.",
        "100% achievement broken down as follows",
        "Performing above MSG average level",
        "The target for year end is 54.3",
        "restorative outcomes were achieved within Q2",
        "an off-road motorcycle track",
    ],
)
def test_words_about_targets_are_no_outcome(text: str) -> None:
    assert outcomes_in(text) == []


@pytest.mark.parametrize(
    "text,codes",
    [
        ("Target met in Q1. Target not met in Q2.", ["achieved", "not_achieved"]),
        ("We are not on track; Q1 was on track.", ["off_track", "on_track"]),
        ("unlikely to achieve the target, though on target in May", ["off_track", "on_track"]),
    ],
)
def test_several_outcomes_of_one_text_are_kept_apart(text: str, codes: list[str]) -> None:
    assert [code for _, _, code in outcomes_in(text)] == codes


# gaps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code,example",
    [(phrase.code, example) for phrase in words.GAPS for example in phrase.examples],
)
def test_a_gap_is_read_from_its_examples(code: str, example: str) -> None:
    assert code in [found for _, _, found in gaps_in(example)]


@pytest.mark.parametrize(
    "text",
    [
        "A new Public Health Indicator is now available.",
        "data is available from June",
        "No change to % of baseline in Q1.",
        "No new trends identified",
        "a reduction of two on baseline year.",
        "None of the cases progressed",
        "The number of notices issued",
        "Access is being made available",
        "0",
        "-",
    ],
)
def test_words_about_data_are_no_gap(text: str) -> None:
    assert gaps_in(text) == []


_TABLE = "Ref⇥Measure⇥Baseline⇥Target⇥Q1⇥Q2⇥Comments\n1.1⇥{}\n"


@pytest.mark.parametrize(
    "cells,gaps",
    [
        (
            "Reduce arson⇥⇥⇥4⇥Q1 and Q2 data is not currently available⇥",
            [
                ("q2", "not_yet_available", "2013-04-01", "2013-06-30", "stated"),
                ("q2", "not_yet_available", "2013-07-01", "2013-09-30", "stated"),
            ],
        ),
        (
            "Reduce arson⇥TBC⇥TBC⇥4⇥⇥",
            [
                ("baseline", "baseline_to_be_set", "2013-04-01", "2014-03-31", "inferred"),
                ("target:2013/14", "target_to_be_set", "2013-04-01", "2014-03-31", "stated"),
            ],
        ),
        (
            "Reduce arson⇥⇥⇥4⇥5⇥No update due - baseline to be collected this year.",
            [("comments", "baseline_to_be_set", "2013-04-01", "2014-03-31", "stated")],
        ),
        (
            "Reduce arson⇥⇥⇥4⇥5⇥Data was not provided",
            [("comments", "not_provided", "2013-04-01", "2013-09-30", "inferred")],
        ),
        (
            "Reduce arson⇥⇥⇥4⇥No update available due to illness. Update to be given in May.⇥",
            [("q2", "collection_disrupted", "2013-07-01", "2013-09-30", "stated")],
        ),
        (
            "Reduce arson Baseline: To be set in 2014/15⇥⇥⇥4⇥5⇥",
            [("measure", "baseline_to_be_set", "2014-04-01", "2015-03-31", "stated")],
        ),
        ("Monitor data not provided by partners⇥⇥⇥4⇥5⇥", []),
    ],
)
def test_a_gap_is_about_a_period(cells: str, gaps: list[tuple[str, ...]]) -> None:
    found = read_statements(document(_TABLE.format(cells))).gaps
    assert [
        (gap.source_cell, gap.reason, str(gap.window.start), str(gap.window.end), gap.certainty)
        for gap in found
    ] == gaps


# statuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text,is_trend,parts",
    [
        ("Green", False, [("Green", "status")]),
        ("A", False, [("A", "status")]),
        ("☺", False, [("☺", "status")]),
        ("(S)", False, [("(S)", "status")]),
        (":", False, [(":", "status")]),
        ("_", False, [("_", "status")]),
        ("On track", False, [("On track", "status")]),
        ("Green ↑", False, [("Green", "status"), ("↑", "direction_of_travel")]),
        ("↓ R", False, [("R", "status"), ("↓", "direction_of_travel")]),
        ("Green - on target as of July", False, [("Green", "status")]),
        ("↘", True, [("↘", "direction_of_travel")]),
        ("Improving", True, [("Improving", "direction_of_travel")]),
        ("Improving", False, [("Improving", "direction_of_travel")]),
        ("Amber", True, [("Amber", "status")]),
        ("\u2014", True, []),
        ("-", True, []),
        ("12.5%", False, []),
        ("-3", True, []),
    ],
)
def test_a_status_cell_is_read(text: str, is_trend: bool, parts: list[tuple[str, str]]) -> None:
    found = list(status_parts(text, is_trend=is_trend))
    assert Counter((printed, kind) for _, printed, kind in found) == Counter(parts)
    assert all(text[at : at + len(printed)] == printed for at, printed, _ in found)


def test_symbols_in_quarter_columns_are_statuses_of_their_quarters() -> None:
    found = read_statements(report("stockton_2011_12_q2")).statuses
    assert Counter(status.printed for status in found) == {"☺": 26, "☹": 3, "-": 9}
    first = [status for status in found if status.row_key == "2.1"]
    assert [(status.printed, status.source_cell, str(status.window.end)) for status in first] == [
        ("☺", "q1", "2011-06-30"),
        ("☹", "q2", "2011-09-30"),
    ]


def test_a_dash_among_numbers_is_no_status() -> None:
    found = read_statements(document("Ref⇥Measure⇥Q1⇥Q2\n1⇥Arson⇥4⇥-\n2⇥Theft⇥-⇥7"))
    assert found.statuses == ()


def test_a_status_column_is_dated_to_the_report_or_to_its_own_quarter() -> None:
    found = read_statements(report("stockton_2012_13_q3")).statuses
    assert {status.printed for status in found} == {"©", "⊕", "⊗", "(S)", "_", "-", ":"}
    assert {(str(status.window.start), status.window.basis) for status in found} == {
        ("2012-10-01", "quarter")
    }
    own = read_statements(document("Ref⇥Measure⇥Q1⇥Q1 RAG⇥Q2⇥Q2 RAG\n1⇥Arson⇥4⇥G⇥5⇥R")).statuses
    assert [(status.printed, str(status.window.start)) for status in own] == [
        ("G", "2013-04-01"),
        ("R", "2013-07-01"),
    ]


def test_an_arrow_is_a_direction_and_a_dash_under_a_trend_is_nothing() -> None:
    found = read_statements(report("stockton_2019_20_q3")).statuses
    assert [(status.row_key, status.printed, status.kind) for status in found] == [
        ("4.3", "↘", "direction_of_travel")
    ]


def test_a_status_says_where_it_stands() -> None:
    for report_id in REPORT_IDS:
        found = report(report_id)
        for status in read_statements(found).statuses:
            line = found.lines[status.source_line - 1].text
            assert line[status.char_start :].startswith(status.printed)


# the five reports -------------------------------------------------------------------------------


def test_the_outcomes_of_the_reports() -> None:
    found = {
        (report_id, outcome.row_key, outcome.source_cell, outcome.outcome, outcome.window.basis)
        for report_id in REPORT_IDS
        for outcome in read_statements(report(report_id)).outcomes
    }
    assert found == {
        ("derby_2011_12_q1", "CNP PM3", "comments", "on_track", "year"),
        ("derby_2011_12_q1", "CNP PM4", "comments", "on_track", "year"),
        ("stockton_2012_13_q3", "2.1", "q3", "on_track", "ytd"),
        ("stockton_2012_13_q3", "3.4", "q3", "off_track", "quarter"),
        ("stockton_2014_15_q4", "1.3", "q4", "achieved", "year"),
        ("stockton_2014_15_q4", "2.1", "q4", "not_achieved", "year"),
        ("stockton_2014_15_q4", "2.2", "q4", "not_achieved", "year"),
        ("stockton_2014_15_q4", "2.3", "q4", "not_achieved", "year"),
        ("stockton_2014_15_q4", "4.1", "q4", "achieved", "year"),
        ("stockton_2014_15_q4", "4.2", "q4", "achieved", "year"),
        ("stockton_2014_15_q4", "6.2", "q4", "not_achieved", "year"),
        ("stockton_2014_15_q4", "6.3", "q4", "achieved", "year"),
    }


def test_the_gaps_of_the_reports() -> None:
    found = Counter(
        (report_id, gap.reason)
        for report_id in REPORT_IDS
        for gap in read_statements(report(report_id)).gaps
    )
    assert found == {
        ("derby_2011_12_q1", "not_applicable"): 16,
        ("derby_2011_12_q1", "target_to_be_set"): 12,
        ("derby_2011_12_q1", "baseline_to_be_set"): 4,
        ("derby_2011_12_q1", "awaited"): 3,
        ("derby_2011_12_q1", "not_yet_available"): 1,
        ("derby_2011_12_q1", "method_to_be_agreed"): 1,
        ("stockton_2011_12_q2", "baseline_to_be_set"): 3,
        ("stockton_2011_12_q2", "not_yet_available"): 3,
        ("stockton_2011_12_q2", "survey_not_run"): 1,
        ("stockton_2012_13_q3", "not_yet_available"): 2,
        ("stockton_2012_13_q3", "survey_not_run"): 1,
        ("stockton_2012_13_q3", "awaited"): 1,
        ("stockton_2012_13_q3", "on_hold"): 1,
        ("stockton_2012_13_q3", "not_provided"): 1,
        ("stockton_2012_13_q3", "collection_disrupted"): 1,
        ("stockton_2012_13_q3", "no_longer_collected"): 1,
        ("stockton_2014_15_q4", "not_yet_available"): 13,
        ("stockton_2014_15_q4", "collection_disrupted"): 7,
        ("stockton_2014_15_q4", "not_provided"): 6,
        ("stockton_2014_15_q4", "baseline_to_be_set"): 3,
        ("stockton_2014_15_q4", "no_longer_collected"): 2,
        ("stockton_2019_20_q3", "not_provided"): 10,
        ("stockton_2019_20_q3", "not_yet_available"): 7,
    }


def test_one_gap_for_each_period_named() -> None:
    found = [
        (gap.reason, str(gap.window.start), str(gap.window.end))
        for gap in read_statements(report("stockton_2014_15_q4")).gaps
        if gap.row_key == "3.3" and gap.source_cell == "q4"
    ]
    assert found == [
        ("not_yet_available", "2014-10-01", "2014-12-31"),
        ("not_yet_available", "2015-01-01", "2015-03-31"),
    ]


def test_a_statement_holds_its_words_and_stands_where_it_says() -> None:
    for report_id in REPORT_IDS:
        found = report(report_id)
        texts = {cell.cell_id: cell.text for cell in cells_of(found)}
        read = read_statements(found)
        said: list[Outcome | Gap] = [*read.outcomes, *read.gaps]
        for item in said:
            assert item.words in item.statement
            assert item.statement in texts[item.cell_id]
            line = found.lines[item.source_line - 1].text
            assert line[item.char_start :].startswith(item.words.split()[0])


def test_every_code_is_one_of_the_contract() -> None:
    with (ROOT / "seeds" / "reference" / "gap_reasons.csv").open(encoding="utf-8") as handle:
        reasons = {row["reason"] for row in csv.DictReader(handle)}
    assert {phrase.code for phrase in words.GAPS} | set(words.GAP_BY_COLUMN.values()) <= reasons
    assert {phrase.code for phrase in words.OUTCOMES} == {
        "achieved",
        "not_achieved",
        "on_track",
        "off_track",
    }


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Target", "not", "met", "data", "no", "available", "Q3", "2014/15", "."])
        | st.text(max_size=5),
        max_size=15,
    )
)  # fmt: skip
def test_any_text_is_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for found in (gaps_in(text), outcomes_in(text)):
        assert all(0 <= start < end <= len(text) for start, end, _ in found)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    for is_trend in (True, False):
        for at, printed, _ in status_parts(text, is_trend=is_trend) if text.strip() else ():
            assert text[at : at + len(printed)] == printed
