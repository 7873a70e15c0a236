"""Every generic data test of the project passes what it should and fails what it should.

A small dbt project is made of the project's own macros and generic tests and of tables written
here: for each test a table it must pass and tables it must fail, each with the number of rows that
the test must find.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GENERIC = ROOT / "tests" / "dbt" / "generic"


@dataclass(frozen=True, slots=True)
class Case:
    """A table, the arguments a test gets, and how many rows the test must find in it."""

    test: str
    sql: str
    found: int
    arguments: dict[str, Any] = field(default_factory=dict)


def rows(columns: str, *values: str) -> str:
    """A table of constants."""
    return f"select * from (values {', '.join(values)}) as constants ({columns})"


KEY = {"columns": ["id"], "grain": ["a", "b"]}
TO_PARENTS = {
    "keys": [
        {"column": "parent_id", "to": "ref('parents')"},
        {"column": "other_id", "to": "ref('parents')", "field": "parent_id"},
    ]
}
CODES = {"columns": {"basis": "basis", "status": "status"}}
PERIODS = "period_id, period_start, period_end"
Q1 = "date '2012-04-01', date '2012-06-30'"

CASES = {
    "keys_that_are_unique": Case(
        "expect_primary_key", rows("id, a, b", "('x', 1, null)", "('y', 1, 2)"), 0, KEY
    ),
    "a_key_twice": Case(
        "expect_primary_key", rows("id, a, b", "('x', 1, 1)", "('x', 1, 2)"), 1, KEY
    ),
    "a_key_that_is_null": Case(
        "expect_primary_key", rows("id, a, b", "(null, 1, 1)", "('y', 1, 2)"), 1, KEY
    ),
    "a_grain_twice": Case(
        "expect_primary_key", rows("id, a, b", "('x', 1, null)", "('y', 1, null)"), 1, KEY
    ),
    "parents_that_exist": Case(
        "expect_keys_to_exist_in_parents",
        rows("parent_id, other_id", "('p', 'q')", "(null, 'p')", "('p', null)"),
        0,
        TO_PARENTS,
    ),
    "orphans": Case(
        "expect_keys_to_exist_in_parents",
        rows("parent_id, other_id", "('p', 'zz')", "('yy', 'q')", "('yy', 'q')"),
        2,
        TO_PARENTS,
    ),
    "known_codes": Case(
        "expect_codes_from_vocabularies",
        rows("basis, status", "('ytd', 'green')", "('quarter', null)"),
        0,
        CODES,
    ),
    "unknown_codes": Case(
        "expect_codes_from_vocabularies",
        rows("basis, status", "('YTD', 'green')", "('quarter', 'greenish')", "('', null)"),
        3,
        CODES,
    ),
    "no_nulls": Case("expect_no_nulls", rows("a, b", "(1, '')"), 0, {"columns": ["a", "b"]}),
    "nulls": Case(
        "expect_no_nulls",
        rows("a, b", "(1, null)", "(null, null)"),
        2,
        {"columns": ["a", "b"]},
    ),
    "a_condition_that_holds": Case(
        "expect_every_row", rows("a, b", "(1, 2)", "(3, 4)"), 0, {"condition": "a < b"}
    ),
    "a_condition_that_fails_or_is_null": Case(
        "expect_every_row",
        rows("a, b", "(1, 2)", "(4, 3)", "(null, 3)"),
        2,
        {"condition": "a < b or a > 99"},
    ),
    "one_row_that_counts": Case(
        "expect_at_most_one_row",
        rows("a, b, kind", "(1, null, 'x')", "(1, null, 'y')", "(1, 2, 'x')"),
        0,
        {"columns": ["a", "b"], "condition": "kind = 'x'"},
    ),
    "two_rows_that_count": Case(
        "expect_at_most_one_row",
        rows("a, b, kind", "(1, null, 'x')", "(1, null, 'x')", "(1, 2, 'y')"),
        1,
        {"columns": ["a", "b"], "condition": "kind = 'x'"},
    ),
    "periods_that_agree": Case(
        "expect_period_keys_to_agree",
        rows(
            PERIODS,
            f"('2012-04-01/2012-06-30', {Q1})",
            "('unknown', cast(null as date), cast(null as date))",
        ),
        0,
    ),
    "periods_that_do_not": Case(
        "expect_period_keys_to_agree",
        rows(
            PERIODS,
            f"('2012-04-01/2012-09-30', {Q1})",
            f"('unknown', {Q1})",
            f"(null, {Q1})",
            "('unknown', date '2012-04-01', null)",
            "('2012-06-30/2012-04-01', date '2012-06-30', date '2012-04-01')",
        ),
        5,
    ),
    "source_cells_of_the_contract": Case(
        "expect_source_cell_codes",
        rows("source_cell", "('q1')", "('history:2008/09')", "('other:Lead')", "('target:x')"),
        0,
    ),
    "claims_that_hold_or_are_reviewed": Case(
        "expect_claims_to_hold_or_be_reviewed",
        rows(
            "family, verdict, is_known",
            "('ratio', 'exact', false)",
            "('ratio', 'inconsistent', true)",
            "('sign', 'inconsistent', false)",
        ),
        0,
        {"families": ["ratio"]},
    ),
    "a_contradiction_that_nobody_reviewed": Case(
        "expect_claims_to_hold_or_be_reviewed",
        rows("family, verdict, is_known", "('ratio', 'inconsistent', false)"),
        1,
        {"families": ["ratio", "sign"]},
    ),
    "a_contradiction_of_any_family": Case(
        "expect_claims_to_hold_or_be_reviewed",
        rows("family, verdict, is_known", "('sign', 'inconsistent', false)"),
        1,
    ),
    "source_cells_that_are_none": Case(
        "expect_source_cell_codes", rows("source_cell", "('q5')", "('Q1')", "(null)"), 3
    ),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each test found, by the name of its case."""
    from dbt.cli.main import dbtRunner

    folder = tmp_path_factory.mktemp("generic")
    shutil.copytree(ROOT / "macros", folder / "macros")
    shutil.copytree(GENERIC, folder / "tests" / "generic")
    shutil.copy(ROOT / "profiles.yml", folder)
    (folder / "models").mkdir()
    (folder / "target").mkdir()
    project = {
        "name": "community_safety",
        "profile": "community_safety",
        "flags": {"require_generic_test_arguments_property": True},
    }
    (folder / "dbt_project.yml").write_text(yaml.safe_dump(project), encoding="utf-8")
    models = folder / "models"
    (models / "parents.sql").write_text(rows("parent_id", "('p')", "('q')"), encoding="utf-8")
    described = []
    for name, case in CASES.items():
        (models / f"{name}.sql").write_text(case.sql, encoding="utf-8")
        test = {"name": f"of_{name}", "arguments": case.arguments}
        described.append({"name": name, "data_tests": [{case.test: test}]})
    (models / "models.yml").write_text(yaml.safe_dump({"models": described}), encoding="utf-8")
    with contextlib.chdir(folder):  # dbt moves to the project, and stays there
        result = dbtRunner().invoke(
            [
                "build",
                *("--project-dir", str(folder), "--profiles-dir", str(folder)),
                *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
                *("--log-level", "none", "--no-version-check"),
            ]
        )
    assert result.exception is None
    results: Any = result.result  # dbt types it as what any command may give
    found = {r.node.name: r for r in results.results}
    return {name: found[f"of_{name}"] for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_it_finds_just_what_is_wrong(outcomes: dict[str, Any], name: str) -> None:
    outcome = outcomes[name]
    assert str(outcome.status) == ("fail" if CASES[name].found else "pass"), outcome.message
    assert outcome.failures == CASES[name].found


def test_every_generic_test_has_a_table_it_passes_and_one_it_fails() -> None:
    tests = {path.stem for path in GENERIC.glob("*.sql")}
    assert {case.test for case in CASES.values() if not case.found} == tests
    assert {case.test for case in CASES.values() if case.found} == tests
