"""Every question in ``analyses`` runs on the published tables and gives an answer."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.published import ROOT, warehouse

QUESTIONS = sorted((ROOT / "analyses").glob("*.sql"))
MAY_BE_EMPTY = {"values_printed_twice", "rows_on_no_line_yet", "figures_read_with_doubt"}
_REF = re.compile(r"\{\{ ref\('(\w+)'\) \}\}")


def test_there_are_a_dozen_and_all_are_described() -> None:
    listed = yaml.safe_load((ROOT / "analyses" / "_analyses.yml").read_text(encoding="utf-8"))
    assert len(QUESTIONS) >= 12
    assert {item["name"] for item in listed["analyses"]} == {path.stem for path in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_has_an_answer(question: Path) -> None:
    text = question.read_text(encoding="utf-8")
    assert text.startswith("-- "), "the question comes first"
    query = _REF.sub(r"marts.\1", text)
    assert "{" not in query
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        rows = marts.execute(query).fetchall()
    assert rows or question.stem in MAY_BE_EMPTY
