"""The ledger of contradictions: what is proposed for it, and what is in it."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import ledger
from pipeline.errors import PipelineError
from tests.published import ROOT, warehouse

LEDGER = ROOT / "seeds" / "reference" / "known_discrepancies.csv"
KEY = ledger.COLUMNS[:5]


def entries() -> list[dict[str, str]]:
    with LEDGER.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def published() -> Path:
    return warehouse() / "community_safety.duckdb"


@pytest.fixture(scope="module")
def unreviewed(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse as if the reports had just come and the ledger were empty."""
    copy = tmp_path_factory.mktemp("unreviewed") / published.name
    shutil.copyfile(published, copy)
    copy.chmod(0o600)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update marts.fct_consistency_checks set is_known = false")
    return copy


def keys(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [tuple(str(row[name]) for name in KEY) for row in rows]


def test_the_ledger_holds_what_was_found_and_nothing_else(published: Path) -> None:
    found = ledger.contradictions(published, only_unreviewed=False)
    assert keys(found) == keys(entries())
    assert ledger.contradictions(published, only_unreviewed=True) == []


def test_rows_that_are_proposed_fit_into_the_ledger_as_they_are(unreviewed: Path) -> None:
    found = ledger.contradictions(unreviewed, only_unreviewed=True)
    text = ledger.as_rows(found)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.splitlines()[0] == LEDGER.read_text(encoding="utf-8").splitlines()[0]
    assert keys(rows) == keys(entries())
    for row in rows:
        assert row["reason"].endswith(".")
        # Nobody has looked yet: these are for whoever does.
        assert not row["reviewed_on"] + row["reviewed_against"] + row["publisher_response"]


def test_whoever_asks_for_rows_is_told_what_to_do_with_them() -> None:
    assert "nothing to review" in ledger.advice([])
    assert ledger.advice([{}]).startswith("1 contradiction that nobody has reviewed. Read it")
    assert ledger.advice([{}, {}]).startswith(
        "2 contradictions that nobody has reviewed. Read each"
    )
    assert str(LEDGER.relative_to(ROOT)) in ledger.advice([{}])


def test_a_file_without_an_audit_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "empty.duckdb"
    duckdb.connect(str(place)).close()
    with pytest.raises(PipelineError, match="fct_consistency_checks"):
        ledger.contradictions(place, only_unreviewed=True)
