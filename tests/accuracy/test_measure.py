"""The harness keeps its promises: bars that bite, and nothing set aside is ever listed."""

from __future__ import annotations

import pytest

from tests.accuracy import gold, measure, rival
from tests.accuracy.compare import Tally
from tests.accuracy.reader import document_of


def parts(**right: int) -> dict[str, measure.Part]:
    """Parts in which 100 numbers were read and so many of them right, by attribute."""
    tally = Tally(digit_runs=100, digit_runs_held=100)
    for attribute in ("role", "value", "whole"):
        tally.right[attribute] = right.get(attribute, 100)
        tally.read[attribute] = tally.gold[attribute] = 100
    names = (measure.FIVE, measure.OPEN, measure.ASIDE, measure.OPEN_TABLES, measure.ASIDE_TABLES)
    return {name: measure.Part(name, tally, [], rival.RivalTally()) for name in names}


def test_nothing_set_aside_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        measure.main(["--errors", "held_out"])
    assert stopped.value.code == 2
    assert "set aside" in capsys.readouterr().err


def test_all_bars_are_reached_by_a_perfect_reading() -> None:
    assert measure.failures(parts()) == []


@pytest.mark.parametrize(
    "attribute, right, fails",
    [
        ("value", 98, ["five reports: value"]),
        ("role", 98, ["five reports: role"]),
        ("whole", 96, ["five reports: whole tuple"]),
        (
            "whole",
            89,
            [
                "five reports: whole tuple",
                "statements, set aside: whole tuple",
                "tables, set aside: whole tuple",
            ],
        ),
    ],
)
def test_a_bar_not_reached_is_named(attribute: str, right: int, fails: list[str]) -> None:
    found = measure.failures(parts(**{attribute: right}))
    assert [line[: len(start)] for line, start in zip(found, fails, strict=True)] == fails


def test_a_digit_lost_or_a_year_measured_fails_whatever_else_is_right() -> None:
    some = parts()
    some[measure.OPEN].tally.digit_runs_held = 99
    some[measure.OPEN].tally.dates_measured = 2
    found = measure.failures(some)
    assert any("1 runs of digits" in line for line in found)
    assert any("2 years or dates" in line for line in found)


def test_a_refused_table_that_is_set_aside_is_not_quoted() -> None:
    some = parts()
    some[measure.ASIDE_TABLES].refused.append("secret.txt:3: words of the table")
    (line,) = measure.failures(some)
    assert "secret" not in line
    assert "words" not in line


def test_shares_are_never_rounded_up_to_all() -> None:
    assert measure._share(0.99999) == "99.9"
    assert measure._share(1.0) == "100"


def test_a_statement_becomes_a_document_whose_cells_slice_back() -> None:
    for statement in gold.statements("open"):
        document = document_of(statement)
        lines = {line.number: line.text for line in document.lines}
        for cell in (*document.loose, *(cell for row in document.rows for cell in row.cells)):
            for segment in cell.segments:
                assert lines[segment.line][segment.start : segment.end] == segment.text
