"""``python -m ingest explain``: what programs and people get, and what is said of a bad option."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from ingest.__main__ import main
from tests.published import warehouse

SAID = "492 offences recorded in Q1; a -16.3% reduction on the baseline."


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["explain", *arguments, "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_program_gets_the_columns_of_fct_figures(capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        columns = [column for column, *_ in marts.execute("describe marts.fct_figures").fetchall()]
    found = explained(capsys, SAID, "--quarter", "1", "--year", "2012/13")
    assert [list(figure) for figure in found] == [columns] * len(found)
    by_print = {figure["printed"]: figure for figure in found}
    assert by_print["492"]["period_id"] == "2012-04-01/2012-06-30"
    assert by_print["-16.3%"]["value"] == -16.3
    assert by_print["-16.3%"]["comparator"] == "baseline"
    assert by_print["1"]["series_id"] is None


def test_the_direction_is_read_from_the_measure_as_in_a_report(
    capsys: pytest.CaptureFixture[str],
) -> None:
    values = [
        explained(capsys, "A 5% improvement on last year", "--measure", measure)[0]["value"]
        for measure in ("We will reduce burglary", "Increase detections")
    ]
    assert values == [-5, 5]


def test_lines_of_a_file_are_numbered_and_its_cells_keep_their_places(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "statements.txt"
    file.write_text("no number\n12 thefts\t7 fires\r\n", encoding="utf-8")
    found = explained(capsys, "--file", str(file))
    assert [(f["source_line"], f["char_start"], f["printed"]) for f in found] == [
        (2, 0, "12"),
        (2, 10, "7"),
    ]


def test_people_get_a_table_that_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", SAID, "--quarter", "1", "--year", "2012/13"]) == 0
    said = capsys.readouterr().out
    assert "492" in said
    assert "reduction" in said


@pytest.mark.parametrize(
    "arguments, said",
    [
        ([], "nothing to explain"),
        (["5", "--year", "2012"], '"2012" is no financial year; write it as "2012/13"'),
        (["5", "--cell", "q9"], '"q9" is no column'),
        (["--file", "nowhere.txt"], "nowhere.txt: cannot read it"),
    ],
)
def test_a_bad_option_is_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *arguments]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
