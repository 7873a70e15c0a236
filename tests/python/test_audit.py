"""The audit on whole reports: true ones are not accused, broken ones break nothing, slips are seen.

dbt compiles the audit's SQL once; DuckDB runs it on reports that are read as ingest reads them.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline import ledger
from tests.accuracy import gold
from tests.mutation import across, invented, oracle
from tests.mutation.audit import Audit, Check, copy_of, read_bytes, read_lines
from tests.mutation.mutants import mutants_of, numbers_of
from tests.mutation.true_reports import as_excel, as_word, report

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADER = "No\tPerformance Measure\tQuarter 1\tQuarter 2\tQuarter 3\tQuarter 4\tStatus"


@pytest.fixture(scope="module")
def audit() -> Audit:
    return Audit()


def audited(audit: Audit, *rows: str, header: str = HEADER) -> list[Check]:
    """The checks of one report with these rows: cells with "|" between them."""
    lines = [header, *("\t".join(cell.strip() for cell in row.split("|")) for row in rows)]
    return audit([read_lines(across.entry_of("invented", "2014/15"), lines)])["invented"]


def verdicts(checks: Iterable[Check]) -> dict[tuple[str, str], str]:
    """Verdicts by what is printed and the family."""
    return {(check.printed, check.family): check.verdict for check in checks}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reports_whose_every_claim_is_true_are_not_accused(audit: Audit, seed: int) -> None:
    pick = random.Random(seed)
    reads = []
    for number in range(100):
        of_report, lines = report(pick, f"true_{number:03}")
        if number % 10 == 8:
            reads.append(read_bytes(of_report, as_word(lines)))
        elif number % 10 == 9:
            reads.append(read_bytes(of_report, as_excel(lines)))
        else:
            reads.append(read_lines(of_report, lines))
    found = [check for checks in audit(reads).values() for check in checks]
    tested = [check for check in found if check.verdict != "untestable"]
    assert len(tested) > 1000
    assert {check.family for check in tested} >= {
        "ratio", "percent_change", "difference", "ytd_sum", "component_sum", "target_formula",
        "projection", "sign", "status_contradiction",
    }  # fmt: skip
    assert [check for check in found if check.verdict == "inconsistent"] == []


def test_a_change_from_zero_is_untestable(audit: Audit) -> None:
    checks = audited(
        audit,
        "1.1 | Reduce fires. Baseline: 0 fires in 2013/14 | 5 fires in Q1; a 50% increase on the "
        "baseline. | | | | ",
        "1.2 | Reduce fires | 5 fires compared to 0 last year (+100%) | | | | ",
    )
    found = verdicts(checks)
    assert found["50%", "percent_change"] == "untestable"
    assert found["+100%", "percent_change"] == "untestable"


def test_a_share_of_nothing_is_untestable(audit: Audit) -> None:
    checks = audited(audit, "1.1 | Increase exits | 0% of exits were planned (0 out of 0) | | | | ")
    assert {check.verdict for check in checks if check.family == "ratio"} <= {"untestable"}


def test_a_year_to_date_without_its_quarters_is_no_contradiction(audit: Audit) -> None:
    checks = audited(
        audit,
        "1.1 | Reduce fires | | 20 fires in Q2. This gives a year to date total (April to Sept) of "
        "45 fires. | | | ",
    )
    assert "inconsistent" not in {check.verdict for check in checks}


def test_a_missing_quarter_is_said_to_be_missing(audit: Audit) -> None:
    checks = audited(
        audit,
        "1.1 | Reduce fires | 21 fires in Q1 | | 17 fires in Q3. This gives a year to date total "
        "(April to Dec) of 60 fires. | | ",
    )
    found = [check for check in checks if check.family == "ytd_sum"]
    assert [check.verdict for check in found] == ["untestable"]
    assert found[0].explanation == "Not every quarter of this total is printed."


@pytest.mark.parametrize("garbled", ["2,4#4", "9" * 19, "1.2.3.4", "O5", "½", "12-", "--5"])
def test_a_garbled_number_accuses_nobody(audit: Audit, garbled: str) -> None:
    checks = audited(
        audit,
        f"1.1 | Reduce fires | {garbled} fires compared to 45 last year, a reduction of 5 fires "
        "(-10%) | | | | ",
        f"1.2 | Reduce fires | 40 fires compared to 45 last year, a reduction of {garbled} fires "
        "| | | | ",
    )
    assert all(check.explanation for check in checks)
    said = [check for check in checks if check.printed == garbled and check.verdict != "untestable"]
    assert said == []


@pytest.mark.parametrize("size", ["999,999,999,999", "99,999,999,999,999"])
def test_the_largest_numbers_that_land_break_nothing(audit: Audit, size: str) -> None:
    checks = audited(
        audit,
        f"1.1 | Reduce fires. Baseline: {size} fires in 2013/14 | {size} fires compared to {size} "
        f"last year, a reduction of 1 fires (-0.1%) | {size} fires in Q2. This gives a year to "
        f"date total (April to Sept) of {size} fires; a 5% increase on the baseline. | | | ",
        f"1.2 | Increase exits | {size}.9999% of exits were planned ({size} out of 1) | {size} per "
        f"100,000 population ({size} out of {size}) | 0.0001% (1 out of {size}) | | ",
        f"1.3 | Reduce fires. Baseline: {size} fires in 2013/14 | {size} fires; a {size}% increase "
        f"on the baseline | 1 fire; a 99.9999% reduction on the baseline | | | ",
        f"1.4 | Crime per 100,000 people | {size} | {size} | {size} | {size} | ",
        f"1.5 | Crimes | {size} | {size} | {size} | {size} | ",
        f"1.6 | Fires | 5 per 100,000 population ({size} out of 1) | 5% (1 out of {size}) | | | ",
    )
    assert checks
    assert all(check.explanation for check in checks)
    too_large = [check for check in checks if check.printed == "99,999,999,999,999"]
    assert {check.verdict for check in too_large} <= {"untestable"}


def test_a_claim_too_large_to_be_checked_says_so(audit: Audit) -> None:
    checks = audited(
        audit,
        "1.1 | Reduce fires | 5 fires compared to 6 last year, a reduction of 1,000,000,000,000 "
        "fires. | | | | ",
    )
    said = [check for check in checks if check.printed == "1,000,000,000,000"]
    assert [(check.verdict, check.explanation) for check in said] == [
        ("untestable", "The number cannot be read. It is larger than what is checked exactly.")
    ]


def test_numbers_below_zero_are_added_as_they_are(audit: Audit) -> None:
    header = "Measure\tQuarter 1\tQuarter 2\tQuarter 3\tQuarter 4\tYear total"
    true = audited(audit, "Net change of staff | -5 | 3 | -2 | 1 | -3", header=header)
    false = audited(audit, "Net change of staff | -5 | 3 | -2 | 1 | -13", header=header)
    assert not [check for check in true if is_wrong(check)]
    assert not [check for check in false if is_wrong(check) and check.printed != "-13"]


def test_a_fall_of_more_than_all_there_was_is_wrong_and_breaks_nothing(audit: Audit) -> None:
    checks = audited(
        audit,
        "1.1 | Reduce fires | 5 fires compared to 10 last year, a reduction of 150%. | | | | ",
    )
    assert verdicts(checks)["150%", "percent_change"] == "inconsistent"


YEARS = "Ref\tDescription\t2009/10\t2010/11\tTarget 2011/12\tTarget 2012/13\tQ1"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("A1 | Reduce burglary by 2% year on year | 900 | 1,000 | 980 | 960 | 240", []),
        (
            "A1 | Reduce burglary by 2% year on year | 900 | 1,000 | 980 | 930 | 240",
            ["980 less 2% of it is 960; the report says 930."],
        ),
        ("A1 | Reduce burglary each year | 900 | 1,000 | 980 (-2%) | 960 (-2%) | 240", []),
        (
            "A1 | Reduce burglary each year | 900 | 1,000 | 980 (-2%) | 930 (-2%) | 240",
            ["980 less 2% of it is 960; the report says 930."],
        ),
        ("A1 | Maintain burglary at the 2010/11 level | 900 | 1,000 | 1,000 | 1,000 | 240", []),
        (
            "A1 | Maintain burglary at the 2010/11 level | 900 | 1,000 | 1,000 | 1,010 | 240",
            ["The level to be kept is 1,000; the report says 1,010."],
        ),
        # A level of its own follows from nothing, and one that is to be beaten may be any.
        ("A1 | Maintain satisfaction | 81% | 82% | 90% | 90% | 84%", []),
        ("A1 | Maintain satisfaction above the 2010/11 level | 81% | 82% | 90% | 91% | 84%", []),
    ],
)
def test_a_target_is_held_to_what_it_is_set_from(audit: Audit, row: str, found: list[str]) -> None:
    checks = audited(audit, row, header=YEARS)
    assert [check.explanation for check in checks if is_wrong(check)] == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("1.1 | Referrals | 600 in total: Police 350, Council 250 | | | | ", []),
        (
            "1.1 | Referrals | 610 in total: Police 350, Council 250 | | | | ",
            ["350 + 250 = 600; the report says 610."],
        ),
        # Some of the parts, in words that do not say that they are all.
        ("1.1 | Referrals | 610 referrals, 350 of which came from the police | | | | ", []),
        ("1.1 | Referrals | 140 referrals (100 police, 30 council) | | | | ", []),
        (
            "1.1 | Referrals | 140 referrals (100 police, 50 council) | | | | ",
            ["100 + 50 = 150; the report says 140."],
        ),
    ],
)
def test_parts_are_held_to_their_total(audit: Audit, row: str, found: list[str]) -> None:
    assert [check.explanation for check in audited(audit, row) if is_wrong(check)] == found


def test_rows_are_held_to_the_row_of_their_total(audit: Audit) -> None:
    checks = audited(
        audit,
        "Fires in homes | 10 | 12 | 15 | 20 | 57",
        "Fires in fields | 20 | 12 | 15 | 20 | 67",
        "All fires | 30 | 24 | 31 | 40 | 124",
        header="Measure\tQuarter 1\tQuarter 2\tQuarter 3\tQuarter 4\tYear total",
    )
    assert [check.explanation for check in checks if is_wrong(check)] == [
        "15 + 15 = 30; the report says 31.",
        "30 + 24 + 31 + 40 = 125; the report says 124.",
    ]


@pytest.mark.parametrize("per", ["1,000", "10,000", "100,000"])
def test_a_rate_is_of_the_count_and_the_population_beside_it(audit: Audit, per: str) -> None:
    rate = 202 * int(per.replace(",", "")) / 200_000
    good, bad = f"{rate:.2f}", f"{rate + 0.5:.2f}"
    checks = audited(
        audit,
        f"1.1 | Reduce burglary | {good} per {per} population (202 out of 200,000) | {bad} per "
        f"{per} population (202 out of 200,000) | | | ",
    )
    assert verdicts(checks)[good, "ratio"] == "exact"
    wrong = [check for check in checks if is_wrong(check)]
    assert [check.explanation for check in wrong] == [
        f"202 among 200,000 is {good} per {per}; the report says {bad}."
    ]


@pytest.mark.parametrize(
    ("row", "printed", "family", "sentence"),
    [
        (
            "1.1 | Monitor incidents | 2,424 incidents compared to 2,767 last year, a reduction of "
            "353 incidents | | | | ",
            "353",
            "difference",
            "2,767 - 2,424 = 343; the report says 353.",
        ),
        (
            "1.1 | Reduce crime | 260 crimes in Q1 | 303 crimes in Q2. This gives a year to date "
            "total (April to Sept) of 573 crimes. | | | ",
            "573",
            "ytd_sum",
            "260 + 303 = 563; the report says 573.",
        ),
        (
            "1.1 | Increase planned exits | 56% of exits were planned (38 out of 76) | | | | ",
            "56%",
            "ratio",
            "38 of 76 is 50%; the report says 56%.",
        ),
        (
            "1.1 | Reduce victims | 22 victims in Q1 compared to 24 last year, a reduction of 2% "
            "| | | | ",
            "2%",
            "percent_change",
            "From 24 to 22 is a fall of 8%; the report says a fall of 2%.",
        ),
    ],
)
def test_a_slip_is_explained_by_its_sum(
    audit: Audit, row: str, printed: str, family: str, sentence: str
) -> None:
    found = [
        check
        for check in audited(audit, row)
        if check.printed == printed and check.family == family
    ]
    assert [(check.verdict, check.explanation) for check in found] == [("inconsistent", sentence)]


def test_near_numbers_accuse_nobody(audit: Audit) -> None:
    checks = audited(
        audit,
        "1.1 | Reduce crime | around 240 crimes compared to 300 last year, a reduction of 25% "
        "| | | | ",
    )
    assert "inconsistent" not in {check.verdict for check in checks}


def test_mutants_that_break_a_claim_are_seen(audit: Audit) -> None:
    """A handful of what ``make mutate`` does in full."""
    of_report = next(r for r in gold.five_reports() if r.entry.report_id == "stockton_2019_20_q3")
    lines = of_report.path.read_text(encoding="utf-8").split("\n")
    read = read_lines(of_report.entry, lines)
    mutants = [
        mutant
        for mutant in mutants_of(read, of_report.answers, random.Random(5))
        if mutant.is_detectable and mutant.kind == "digit"
    ][:20]
    assert len(mutants) == 20
    known = {check.place for check in audit([read])[of_report.entry.report_id] if is_wrong(check)}
    copies = {}
    for number, mutant in enumerate(mutants):
        changed = list(lines)
        changed[mutant.line - 1] = mutant.text
        copies[f"copy_{number}"] = read_lines(copy_of(of_report.entry, f"copy_{number}"), changed)
    answers = audit(copies.values(), dict.fromkeys(copies, of_report.entry.report_id))
    seen = [any(is_wrong(c) and c.place not in known for c in answers[name]) for name in copies]
    assert sum(seen) >= 19


def test_what_a_report_says_of_another_is_held_to_it(audit: Audit) -> None:
    copies = across.run(audit, random.Random(7), 3)
    assert {family for _, mutant, _ in copies for family in mutant.families} == {
        "baseline_mismatch, two reports", "restated, two reports",
    }  # fmt: skip
    assert [mutant for _, mutant, is_found in copies if not is_found] == []


def test_slips_in_invented_claims_are_seen_and_true_ones_not_accused(audit: Audit) -> None:
    copies = invented.run(audit, random.Random(7), 5)
    assert {name for name, *_ in copies} == {kind.__name__ for kind in invented.KINDS}
    seen = sum(is_found for *_, is_found in copies)
    assert seen >= 0.95 * len(copies)


def is_wrong(check: Check) -> bool:
    """Whether the claim does not add up."""
    return check.verdict == "inconsistent"


def test_the_oracle_finds_the_claims_of_a_report() -> None:
    of_report = next(r for r in gold.five_reports() if r.entry.report_id == "stockton_2014_15_q4")
    lines = of_report.path.read_text(encoding="utf-8").split("\n")
    numbers = numbers_of(read_lines(of_report.entry, lines), of_report.answers)
    claims = oracle.equations(numbers)
    assert {claim.family for claim in claims} >= {
        "percent_change", "difference", "ytd_sum", "ratio", "projection",
    }  # fmt: skip
    values = {number.place: oracle.value_of(number) for number in numbers}
    total = next(n for n in numbers if n.answer.printed == "563")
    values[total.place] += 10
    assert {claim.family for claim in oracle.broken(claims, values, total.place)} >= {"ytd_sum"}


def test_contradictions_are_written_for_the_ledger_and_the_docs() -> None:
    found = [
        {
            "report_id": "r", "source_line": 3, "char_start": 5, "printed": "56%",
            "family": "ratio", "explanation": "38 of 76 is 50%; the report says 56%.",
            "ref": "4.2", "source_cell": "q1", "check_certainty": "definite",
            "likely_cause": "digit_wrong", "flips_decision": False, "is_root": True,
        }
    ]  # fmt: skip
    rows = ledger.as_rows(found).splitlines()
    assert rows[0].startswith("report_id,source_line,char_start,printed,family,reason")
    assert rows[1] == "r,3,5,56%,ratio,38 of 76 is 50%; the report says 56%.,,,"
    assert "| 4.2 | q1 | 3 | 56% | ratio | definite |" in ledger.as_table(found)


def test_every_entry_of_the_ledger_is_printed_where_it_says() -> None:
    import csv

    root = Path(__file__).parents[2]
    with (root / "seeds/reference/known_discrepancies.csv").open(encoding="utf-8") as handle:
        entries = list(csv.DictReader(handle))
    assert entries
    for row in entries:
        path = root / "ingest" / "reports" / f"{row['report_id']}.txt"
        line = path.read_text(encoding="utf-8").split("\n")[int(row["source_line"]) - 1]
        start = int(row["char_start"])
        assert line[start : start + len(row["printed"])] == row["printed"]
        assert row["reason"].endswith(".")
        assert row["reviewed_on"]
        assert row["reviewed_against"] in {"extracted_text", "original_document"}
