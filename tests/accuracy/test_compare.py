"""The comparison counts what it should: known readings, known scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.accuracy.compare import compare, is_year_or_date
from tests.accuracy.gold import Answer

LINES = {1: "212 offences in 2012/13, down 18"}
OBSERVED = Answer(
    line=1,
    start=0,
    end=3,
    printed="212",
    role="observation",
    series=None,
    unit="count",
    basis="year",
    period_start=date(2012, 4, 1),
    period_end=date(2013, 3, 31),
    value=Decimal(212),
    comparator=None,
    certainty="stated",
    note=None,
)
YEAR = Answer(
    line=1,
    start=16,
    end=23,
    printed="2012/13",
    role="context",
    series=None,
    unit=None,
    basis="unknown",
    period_start=None,
    period_end=None,
    value=None,
    comparator=None,
    certainty="stated",
    note=None,
)
FALL = replace(
    OBSERVED,
    start=30,
    end=32,
    printed="18",
    role="change",
    value=Decimal(-18),
    comparator="previous_year",
)
GOLD = [OBSERVED, YEAR, FALL]


def test_a_perfect_reading_scores_one_everywhere() -> None:
    tally, misses = compare("s", LINES, GOLD, GOLD)
    assert not misses
    for attribute in tally.gold:
        assert tally.worse(attribute) == 1, attribute
    assert (tally.digit_runs, tally.digit_runs_held) == (4, 4)
    assert (tally.dates, tally.dates_measured) == (1, 0)


def test_a_wrong_value_costs_the_value_and_the_whole_tuple_only() -> None:
    tally, misses = compare("s", LINES, GOLD, [OBSERVED, YEAR, replace(FALL, value=Decimal(18))])
    assert tally.recall("value") == tally.precision("value") == 0.5
    assert tally.recall("whole") == pytest.approx(2 / 3)
    assert tally.recall("whole_measuring") == 0.5
    assert tally.worse("comparator") == 1
    assert [miss.differs for miss in misses] == [("value",)]


def test_context_is_right_by_its_role_alone() -> None:
    tally, _ = compare("s", LINES, GOLD, [OBSERVED, replace(YEAR, basis="year"), FALL])
    assert tally.recall("whole") == 1


def test_certainty_and_series_are_no_part_of_the_whole_tuple() -> None:
    reading = replace(OBSERVED, certainty="inferred", series="offences")
    tally, misses = compare("s", LINES, GOLD, [reading, YEAR, FALL])
    assert tally.recall("whole") == 1
    assert tally.precision("series") == 0
    assert misses[0].differs == ("series", "certainty")


def test_a_number_not_read_costs_recall_and_one_too_many_costs_precision() -> None:
    tally, misses = compare("s", LINES, GOLD, [OBSERVED, YEAR])
    assert tally.recall("offsets") == pytest.approx(2 / 3)
    assert tally.precision("offsets") == 1
    assert tally.digit_runs_held == 3
    extra = replace(OBSERVED, start=4, end=12, printed="offences")
    tally, misses = compare("s", LINES, GOLD, [*GOLD, extra])
    assert tally.precision("offsets") == 0.75
    assert tally.recall("offsets") == 1
    assert misses[0].answer is None


def test_a_year_read_as_a_quantity_is_counted_wherever_it_overlaps() -> None:
    half = replace(OBSERVED, start=16, end=20, printed="2012")
    tally, _ = compare("s", LINES, GOLD, [OBSERVED, half, FALL])
    assert tally.dates_measured == 1
    assert tally.digit_runs_held == 3


def test_the_same_digits_in_two_figures_are_not_accounted_for() -> None:
    tally, _ = compare("s", LINES, GOLD, [*GOLD, replace(OBSERVED, end=2, printed="21")])
    assert tally.digit_runs_held == 3


@pytest.mark.parametrize(
    "text, printed, expected",
    [
        ("in 2012/13", "2012/13", True),
        ("in 2012-13", "2012-13", True),
        ("Survey 2008", "2008", True),
        ("until 28/10/19", "28/10/19", True),
        ("Jun 19", "19", True),
        ("on 4th May", "4", True),
        ("section 27 notices", "27", False),
        ("3 or more calls", "3", False),
    ],
)
def test_years_and_dates_are_told_from_other_context(
    text: str, printed: str, expected: bool
) -> None:
    start = text.index(printed)
    answer = replace(YEAR, start=start, end=start + len(printed), printed=printed)
    assert is_year_or_date(answer, text) is expected
