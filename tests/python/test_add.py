"""Adding a report: guessing its entry, asking, writing all of it or nothing."""

from __future__ import annotations

import contextlib
import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest import adding, formats, manifest
from ingest.__main__ import main
from ingest.adding import Understood, put, understand
from ingest.audit import Audit, Check, audit_of
from ingest.guess import Known, guess_entry, provisional
from ingest.land import land
from ingest.layout import read_document
from ingest.model import IngestError, ReportEntry
from ingest.queries import page_of, write_page
from ingest.show import faulty_cells
from tests.python import confidential

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "ingest" / "reports"
ENTRIES = manifest.load(REPORTS / "manifest.yml")
LAST = "stockton_2019_20_q3"

# A borough, columns and words that none of the five reports has.
OTHER = """# Kingston upon Thames Borough Council
Safer Kingston upon Thames Partnership
Community Safety Strategy 2015-2018: performance to September 2016 (Q2 2016/17)

| PI | Indicator description | Good is | Outturn 2015/16 | Q1 2016/17 | Q2 2016/17 | Target | RAG |
|---|---|---|---|---|---|---|---|
| CS1 | Domestic burglary offences | Low | 412 | 98 | 91 | 400 | G |
| CS2 | Robbery offences | Low | 61 | 18 | 22 | 60 | R |
| CS3 | Residents who feel safe after dark | High | 71% | - | 74% | 75% | A |
"""


def guesses_of(
    text: str, name: str, entries: tuple[ReportEntry, ...] = (), **overrides: str
) -> dict[str, str]:
    lines = formats.lines_of(text.encode(), name)[1]
    document = read_document(provisional(lines, name, overrides), lines)
    guesses = guess_entry(document, name, Known.load(entries), overrides)
    return {field: guess.value for field, guess in guesses.items()}


# ------------------------------------------------------------------------------------- guessing


@pytest.mark.parametrize("name", ["report.txt", "kept"])
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.report_id)
def test_the_five_reports_are_guessed_from_their_words(entry: ReportEntry, name: str) -> None:
    others = tuple(other for other in ENTRIES if other is not entry)
    name = entry.file if name == "kept" else name
    text = (REPORTS / entry.file).read_text(encoding="utf-8")
    found = guesses_of(text, name, others)
    for field in ("area", "partnership", "publisher", "plan", "financial_year", "report_id"):
        assert found[field] == getattr(entry, field), field
    assert found["as_at_quarter"] == str(entry.as_at_quarter)


def test_a_report_of_another_borough_with_other_columns_is_guessed() -> None:
    assert guesses_of(OTHER, "upload.txt") == {
        "report_id": "kingston_upon_thames_2016_17_q2",
        "file": "kingston_upon_thames_2016_17_q2.txt",
        "area": "Kingston upon Thames",
        "partnership": "Safer Kingston upon Thames Partnership",
        "publisher": "Kingston upon Thames Borough Council",
        "plan": "Community Safety Strategy 2015-2018",
        "financial_year": "2016/17",
        "as_at_quarter": "2",
        "title": "Community Safety Strategy 2015-2018: performance to September 2016 (Q2 2016/17)",
    }


BARE = (
    "Ref\tMeasure\tQ1\tQ2\tQ3\tQ4\n1\tReduce crime\t5\t6\t{q3}\t{q4}\n2\tReduce fires\t1\t2\t\t\n"
)


@pytest.mark.parametrize(
    "name, head, cells, expected",
    [
        ("x.txt", "", ("", ""), {"as_at_quarter": "2"}),
        ("x.txt", "", ("7", ""), {"as_at_quarter": "3"}),
        ("x.txt", "", ("n/a", "TBC"), {"as_at_quarter": "2"}),
        ("x.txt", "Quarter 4 report\n", ("7", ""), {"as_at_quarter": "4"}),
        ("x.txt", "End of year report 2013/14\n", ("", ""), {"as_at_quarter": "4"}),
        ("x.txt", "April to December 2013\n", ("", ""), {"as_at_quarter": "3"}),
        ("x.txt", "April 2013 to March 2014\n", ("", ""), {"financial_year": "2013/14"}),
        ("x.txt", "Report 2013-14\n", ("", ""), {"financial_year": "2013/14"}),
        ("x.txt", "Plan 2013-2016, report 2014/2015\n", ("", ""), {"financial_year": "2014/15"}),
        ("x.txt", "", ("in Q3 2013/14 7", ""), {"financial_year": "2013/14"}),
        ("gateshead-csp-q2-2015-16 final.docx", "", ("", ""),
         {"area": "Gateshead", "financial_year": "2015/16", "as_at_quarter": "2"}),
        ("x.txt", "Safer Ashfield Partnership\n", ("", ""), {"area": "Ashfield"}),
        ("x.txt", "London Borough of Barking and Dagenham\n", ("", ""),
         {"area": "Barking and Dagenham", "publisher": "London Borough of Barking and Dagenham"}),
        ("x.txt", "The Community Safety Partnership of the council\n", ("", ""), {"area": ""}),
    ],
)  # fmt: skip
def test_year_quarter_and_area_are_found_where_they_are_said(
    name: str, head: str, cells: tuple[str, str], expected: Mapping[str, str]
) -> None:
    found = guesses_of(head + BARE.format(q3=cells[0], q4=cells[1]), name)
    assert {field: found[field] for field in expected} == expected


def test_what_the_person_says_goes_before_what_the_report_says() -> None:
    found = guesses_of(OTHER, "x.txt", area="Surbiton", financial_year="2011/12")
    assert found["area"] == "Surbiton"
    assert found["report_id"] == "surbiton_2011_12_q2"


@given(st.text(max_size=300))
def test_guessing_never_breaks_on_any_title(title: str) -> None:
    head = title.replace("\t", " ").replace("\x00", " ")
    with contextlib.suppress(IngestError):
        guesses_of(head + "\n" + BARE.format(q3="", q4=""), "x.txt")


# ------------------------------------------------------------------------------------- the manifest


def test_the_manifest_keeps_its_comments_and_order() -> None:
    text = "# first\nreports:\n# above\n- report_id: a  # beside\n  file: a.txt\n# last\n"
    new = adding.extended(text, {"report_id": "b", "title": "A: b #c", "as_at_quarter": "3"})
    assert new.startswith(text.rstrip())
    assert yaml.safe_load(new)["reports"][1] == {
        "report_id": "b",
        "title": "A: b #c",
        "as_at_quarter": 3,
    }


@given(st.dictionaries(st.sampled_from(["title", "plan", "area"]), st.text(min_size=1)))
def test_any_words_survive_the_manifest(values: dict[str, str]) -> None:
    printable = {name: " ".join(text.split()) for name, text in values.items()}
    kept = {name: text for name, text in printable.items() if text.isprintable() and text}
    new = adding.extended("reports:\n  - report_id: a\n", {"report_id": "b", **kept})
    assert yaml.safe_load(new)["reports"][1] == {"report_id": "b", **kept}


# ------------------------------------------------------------------------------------------ writing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The four older reports, landed, and the newest as a draft outside."""
    reports = tmp_path / "reports"
    reports.mkdir()
    text = (REPORTS / "manifest.yml").read_text(encoding="utf-8")
    (reports / "manifest.yml").write_text(
        text.partition(f"  - report_id: {LAST}")[0], encoding="utf-8"
    )
    for entry in ENTRIES:
        if entry.report_id != LAST:
            (reports / entry.file).write_bytes((REPORTS / entry.file).read_bytes())
    (tmp_path / "draft.txt").write_bytes((REPORTS / f"{LAST}.txt").read_bytes())
    land(reports, tmp_path / "seeds")
    return tmp_path


def state(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def understood(folder: Path, **overrides: str) -> Understood:
    return understand(folder / "draft.txt", overrides, folder / "reports", folder / "seeds")


def run(command: str, folder: Path, *options: str) -> int:
    places = ["--reports", str(folder / "reports"), "--seeds", str(folder / "seeds")]
    return main([command, str(folder / "draft.txt"), *places, *options])


def test_a_report_is_added_as_if_it_had_been_there_all_along(folder: Path) -> None:
    put(understood(folder), folder / "reports", folder / "seeds")
    entries = manifest.load(folder / "reports" / "manifest.yml")
    added = next(entry for entry in entries if entry.report_id == LAST)
    assert (folder / "reports" / added.file).read_bytes() == (folder / "draft.txt").read_bytes()
    before = state(folder)
    assert land(folder / "reports", folder / "seeds").changed == ()
    assert state(folder) == before


def test_check_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(folder)
    assert run("check", folder, "--no-audit") == 0
    assert state(folder) == before
    shown = capsys.readouterr().out
    assert "Rows that are a known indicator: 22 of 22" in shown


def test_add_asks_first_and_writes_nothing_without_an_answer(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(folder)
    assert run("add", folder, "--no-audit") == 1
    assert "there is nobody to ask; say --yes" in capsys.readouterr().err
    assert state(folder) == before


@pytest.mark.parametrize("answer, writes", [("yes", True), ("Y", True), ("", False), ("no", False)])
def test_add_does_what_is_answered(
    answer: str, writes: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(folder)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert run("add", folder, "--no-audit") == (0 if writes else 1)
    assert (state(folder) != before) is writes


@pytest.mark.parametrize("failing", range(1, 9))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_at_any_write_leaves_everything_as_it_was(
    failing: int, error: BaseException, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(folder)
    wanted = understood(folder)
    real, calls = adding._put_one, iter(range(1, 99))

    def put_one(new: Path, place: Path) -> None:
        if next(calls) == failing:
            raise error
        real(new, place)

    monkeypatch.setattr(adding, "_put_one", put_one)
    with pytest.raises((IngestError, KeyboardInterrupt)):
        put(wanted, folder / "reports", folder / "seeds")
    assert state(folder) == before


KILLED = """
import os, sys
from pathlib import Path
from ingest import adding
folder, at = Path(sys.argv[1]), int(sys.argv[2])
wanted = adding.understand(folder / "draft.txt", {}, folder / "reports", folder / "seeds")
real, calls = adding._put_one, iter(range(1, 99))
def put_one(new, place):
    if next(calls) == at:
        os._exit(9)
    real(new, place)
adding._put_one = put_one
adding.put(wanted, folder / "reports", folder / "seeds")
"""


@pytest.mark.parametrize("at", [1, 2, 3, 6])
def test_after_a_kill_between_two_writes_landing_again_puts_it_right(at: int, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(at)], cwd=ROOT, check=False
    )
    assert done.returncode == 9
    land(folder / "reports", folder / "seeds")
    assert land(folder / "reports", folder / "seeds").changed == ()
    if at <= 2:  # the entry was not there yet: the report is added as if nothing had happened
        put(understood(folder), folder / "reports", folder / "seeds")
    assert any(e.report_id == LAST for e in manifest.load(folder / "reports" / "manifest.yml"))


def test_two_reports_are_not_added_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = understood(folder)
    monkeypatch.setattr(adding, "_WAIT_SECONDS", 0.1)
    before = state(folder)
    with (
        adding._lock(folder / "reports"),
        pytest.raises(IngestError, match="another report is being added"),
    ):
        put(wanted, folder / "reports", folder / "seeds")
    assert state(folder) == before


def test_the_same_file_is_not_added_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", folder, "--yes", "--no-audit") == 0
    before = state(folder)
    assert run("add", folder, "--yes", "--no-audit") == 1
    assert f"the same file is there already, as {LAST}" in capsys.readouterr().err
    assert state(folder) == before


def test_a_new_version_of_a_report_gets_an_id_of_its_own(folder: Path) -> None:
    put(understood(folder), folder / "reports", folder / "seeds")
    text = (folder / "draft.txt").read_text(encoding="utf-8")
    (folder / "draft.txt").write_text(text + "\nNote: revised\n", encoding="utf-8")
    assert understood(folder).entry.report_id == f"{LAST}_2"


def test_a_file_that_is_no_entry_yet_is_not_written_over(folder: Path) -> None:
    (folder / "reports" / f"{LAST}.txt").write_text("somebody's notes")
    with pytest.raises(IngestError, match="another file of this name is there already"):
        put(understood(folder), folder / "reports", folder / "seeds")


def test_a_file_dropped_among_the_reports_is_added_where_it_lies(folder: Path) -> None:
    place = folder / "reports" / "as it came.txt"
    (folder / "draft.txt").rename(place)
    found = understand(place, {}, folder / "reports", folder / "seeds")
    assert found.entry.file == "as it came.txt"
    put(found, folder / "reports", folder / "seeds")
    assert land(folder / "reports", folder / "seeds").changed == ()


@pytest.mark.parametrize(
    "option, value, reason",
    [
        ("--financial-year", "2012", "financial_year '2012' is none"),
        ("--as-at-quarter", "5", "as_at_quarter '5' must be 1, 2, 3 or 4"),
        ("--report-id", "Not A Slug", "must be lower-case letters"),
        ("--report-id", "stockton_2012_13_q3", "is another report's"),
        ("--file", "../../x.txt", "a file name without folders is needed"),
        ("--published-on", "yesterday", "must be a date like"),
        ("--source-url", "ftp:x", "is no web address"),
    ],
)
def test_a_field_that_cannot_be_is_refused(
    option: str, value: str, reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(folder)
    assert run("add", folder, "--yes", "--no-audit", option, value) == 1
    assert reason in capsys.readouterr().err
    assert state(folder) == before


# ------------------------------------------------------------------------------- audit and queries


def check(**changes: object) -> Check:
    values: dict[str, Any] = {
        "figure_id": "r:4:9",
        "root_check_id": "c1",
        "is_root": True,
        "family": "difference",
        "verdict": "inconsistent",
        "check_certainty": "definite",
        "likely_cause": "digit_wrong",
        "explanation": "2,767 - 2,424 = 343; the report says 353.",
        "flips_decision": False,
        "stated_value": -353.0,
        "expected_low": -343.0,
        "expected_high": -343.0,
        "source_line": 4,
        "source_cell": "q1",
        "cell_char_start": "26",
        "cell_text": "Q1 353: fell by 353 <b>x</b>",
        "printed": "353",
        "statement": "fell by 353 <b>x</b>",
        "role": "change",
        "source_locator": "table 1, row 2",
        "row_key": "4.2",
        "measure_published": "Levels of ASB",
    }
    values |= {"cell_char_start": "16"} | changes
    return Check(**values)


def test_an_audit_counts_each_claim_once_by_its_worst_verdict() -> None:
    audit = Audit(
        (
            check(),
            check(family="ratio", verdict="exact"),
            check(figure_id="b", verdict="exact"),
            check(figure_id="c", verdict="untestable"),
            check(figure_id="d", verdict="needs_unprinted_base"),
        )
    )
    assert (audit.holding, audit.testable) == (2, 3)


def test_a_slip_is_asked_about_once_and_what_changes_a_decision_first() -> None:
    slip, follows = check(), check(figure_id="b", is_root=False)
    serious = check(figure_id="c", root_check_id="c2", flips_decision=True, source_line=9)
    audit = Audit((slip, follows, serious))
    assert audit.contradictions == (serious, slip)
    assert audit.following(slip) == (follows,)


def test_the_page_of_queries_asks_and_escapes(folder: Path) -> None:
    page = page_of(
        understood(folder, title="<script>alert(1)</script>{{ 7 * 7 }}"), Audit((check(),))
    )
    assert "0 of 1 statements that can be checked add up" in " ".join(page.split())
    assert "fell by <mark>353</mark> &lt;b&gt;x&lt;/b&gt;" in page
    assert "2,767 - 2,424 = 343; the report says 353. Still a reduction." in page
    assert "Should one of these numbers be different?" in page
    assert "<script" not in page
    assert "{{ 7 * 7 }}" in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)  # nothing is fetched
    assert '<html lang="en-GB">' in page


def test_a_page_that_cannot_be_written_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ingest.audit.audit_of", lambda *_: Audit(()))
    assert run("check", folder, "--html", str(folder / "nowhere" / "page.html")) == 1
    assert "the page cannot be written (No such file or directory)" in capsys.readouterr().err


def test_the_page_takes_its_place_whole(folder: Path) -> None:
    write_page(folder / "page.html", "<p>")
    assert (folder / "page.html").read_text() == "<p>"
    assert not list(folder.glob(".page*"))


def test_a_draft_is_audited_among_the_reports_and_nothing_is_touched(folder: Path) -> None:
    """The audit itself is tested elsewhere; here: it runs, on a copy, on text that bites."""
    text = (folder / "draft.txt").read_text(encoding="utf-8")
    bites = "{{ 1/0 }}'); drop table x; --"
    (folder / "draft.txt").write_text(text.replace("compared to", f"{bites} compared to", 1))
    before = state(folder)
    audit = audit_of(understood(folder), folder / "reports")
    assert state(folder) == before
    assert audit.testable > 10
    assert 0 < audit.holding <= audit.testable
    told = [one.explanation for one in audit.contradictions]
    assert any("2,767 - 2,424 = 343" in explanation for explanation in told)
    assert all(one.statement[one.at :].startswith(one.printed) for one in audit.contradictions)


def test_a_page_of_queries_asks_and_tells_nothing_that_is_withheld(tmp_path: Path) -> None:
    """An invented report full of names and restricted rows, one of which does not add up."""
    draft = tmp_path / "draft.txt"
    text = confidential.REPORT.replace("an increase of 998,731", "an increase of 29,998,731")
    draft.write_text(text.replace("an increase of 9 (24.1%)", "an increase of 7 (34.1%)"))
    found = understand(draft, {}, tmp_path / "reports", tmp_path / "seeds")
    audit = audit_of(found, tmp_path / "reports")
    shown = page_of(found, audit)
    assert "Reduce burglary, as agreed with [name withheld]" in shown
    assert "2 rows under a protective marking were left out" in shown
    assert shown.count('class="question"') == len(audit.contradictions) > 0
    assert all("?" in question for question in re.findall(r'class="question">([^<]+)', shown))
    assert confidential.told(shown, confidential.NAMES) == set()
    assert confidential.told(shown, confidential.RESTRICTED) == set()


@pytest.mark.parametrize(
    "key, locator, place",
    [
        ("4.2", None, "4.2, line 4"),
        ("4.2~2", "table 1, row 3", "4.2 (its row 2), table 1, row 3"),
        ("row-7", "sheet Q3, row 9", "row 7 of all, sheet Q3, row 9"),
        (None, "page 2", "page 2"),
    ],
)
def test_a_place_is_said_as_its_author_knows_it(
    key: str | None, locator: str | None, place: str
) -> None:
    assert check(row_key=key, source_locator=locator).place == place


def test_an_error_of_a_spreadsheet_is_asked_about(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(OTHER.replace("| 98 |", "| #REF! |").replace("| 22 |", "| #DIV/0! |"))
    found = understand(draft, {}, tmp_path / "reports", tmp_path / "seeds")
    assert faulty_cells(found) == ["line 7: #REF!", "line 8: #DIV/0!"]
    page = page_of(found, Audit(()))
    assert "show a spreadsheet's error: line 7: #REF!; line 8: #DIV/0!. What should" in page
