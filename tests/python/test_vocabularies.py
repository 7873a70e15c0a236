"""Codes that stand in more than one place are those of `macros/vocabulary.sql`."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest import audit
from pipeline import words
from pipeline.site.pages import contradictions
from tests.python.test_macros import Macros

MACROS = Macros()


def codes(name: str) -> list[str]:
    """The codes of a vocabulary, in its order."""
    found: list[str] = MACROS.vocabulary(name)
    return found


def test_verdicts_are_the_same_everywhere_and_in_one_order() -> None:
    verdicts = codes("verdict")
    assert list(words.VERDICTS) == verdicts
    assert set(contradictions.OTHERS) < set(verdicts)
    # A figure that several checks are about: what cannot be checked counts least, then from the
    # best to the worst.
    best_first = ["untestable", *(code for code in verdicts if code != "untestable")]
    assert list(audit.VERDICTS) == best_first
    assert list(words.WORST_FIRST) == best_first[::-1]


@pytest.mark.parametrize("verdict", codes("verdict"))
def test_people_read_a_verdict_alike_in_the_marts_and_on_the_pages(verdict: str) -> None:
    assert f"when '{verdict}' then '{words.VERDICTS[verdict].label}'" in label_of_verdicts()


def label_of_verdicts() -> str:
    """The SQL that gives a verdict its label."""
    text = (Path(__file__).parents[2] / "macros" / "checks.sql").read_text(encoding="utf-8")
    return text[text.index("macro verdict_label") :]


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("family", words.FAMILIES),
        ("reading", words.READINGS),
        ("likely_cause", words.CAUSES),
        ("check_certainty", words.CHECK_CERTAINTIES),
    ],
)
def test_other_codes_of_the_audit_are_the_same_everywhere(name: str, listed: object) -> None:
    assert set(listed) == set(codes(name))  # type: ignore[call-overload]


def test_contradictions_of_every_family_are_asked_about_once_and_on_a_leaf() -> None:
    root = Path(__file__).parents[2]
    models = root / "models"
    quality = yaml.safe_load((models / "marts/quality/_quality__models.yml").read_text("utf-8"))
    asked = [
        family
        for model in quality["models"]
        for test in model.get("data_tests", ())
        for family in test.get("expect_claims_to_hold_or_be_reviewed", {})
        .get("arguments", {})
        .get("families", ())
    ]
    assert sorted(asked) == sorted(codes("family"))
    # A test that fails keeps dbt from building what stands on its table.
    table = "fct_consistency_checks"
    assert [
        path.name for path in models.rglob("*.sql") if f"ref('{table}')" in path.read_text("utf-8")
    ] == []
