"""The two gates of Great Expectations: each finds what it is there to find, and says so."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from ingest.land import land
from ingest.source import read
from pipeline.errors import PipelineError
from pipeline.expectations import landed, published
from pipeline.expectations.gate import Gate, Suite
from pipeline.expectations.published import Secrets, masked
from pipeline.expectations.worker import Worker
from pipeline.export import export
from pipeline.project import CODE_ROOT

REPORTS = CODE_ROOT / "ingest" / "reports"


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Land the five reports."""
    folder = tmp_path_factory.mktemp("landed")
    land(REPORTS, folder)
    return folder


@pytest.fixture
def spoilt(landing: Path, tmp_path: Path) -> Path:
    """Copy the landed seeds, to be spoilt."""
    return Path(shutil.copytree(landing, tmp_path / "landed"))


def change(folder: Path, seed: str, column: str, value: str, row: int = 0) -> None:
    """Change one field of a landed seed."""
    path = folder / f"{seed}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.reader(file))
    records[row + 1][records[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(records)


def drop_row(folder: Path, seed: str, row: int = 0) -> None:
    """Leave one record out of a landed seed."""
    path = folder / f"{seed}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.reader(file))
    del records[row + 1]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(records)


def rewrite(folder: Path, seed: str, by: Callable[[bytes], bytes]) -> None:
    """Change a landed seed's bytes."""
    path = folder / f"{seed}.csv"
    path.write_bytes(by(path.read_bytes()))


def test_five_reports_land_as_expected(landing: Path) -> None:
    outcome = Gate().run(landed.suites(landing, REPORTS))
    assert outcome.failures == ()
    assert outcome.checked > 15


LANDED_FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a seed is missing": (
        lambda folder: (folder / "landed_gaps.csv").unlink(),
        "landed files: a seed is missing (landed_gaps.csv)",
    ),
    "not UTF-8": (
        lambda folder: rewrite(folder, "landed_cells", lambda data: data + b"\xff\n"),
        "landed files: a seed is not plain UTF-8 (landed_cells.csv)",
    ),
    "a byte order mark": (
        lambda folder: rewrite(folder, "landed_cells", lambda data: b"\xef\xbb\xbf" + data),
        "landed files: a seed is not plain UTF-8 (landed_cells.csv)",
    ),
    "Windows line ends": (
        lambda folder: rewrite(folder, "landed_rows", lambda d: d.replace(b"\n", b"\r\n")),
        "landed files: a seed has line ends other than a single line feed (landed_rows.csv)",
    ),
    "cut short": (
        lambda folder: rewrite(folder, "landed_figures", lambda data: data[: len(data) // 2]),
        "landed files: a seed has records of different lengths (landed_figures.csv)",
    ),
    "a column is gone": (
        lambda folder: rewrite(
            folder, "landed_rows", lambda data: data.replace(b"is_restricted", b"restricted", 1)
        ),
        "landed files: a seed lacks columns the models read, or their order (landed_rows.csv)",
    ),
    "a NUL": (
        lambda folder: change(folder, "landed_cells", "text", "a\0b"),
        "landed files: a seed holds a NUL character (landed_cells.csv)",
    ),
    "no report": (
        lambda folder: rewrite(folder, "landed_reports", lambda d: d.partition(b"\n")[0] + b"\n"),
        "landed reports: no report has landed",
    ),
    "another file": (
        lambda folder: change(folder, "landed_reports", "sha256", "0" * 64),
        "landed reports: a report's file is not the one that was read (derby_2011_12_q1)",
    ),
    "lines cut": (
        lambda folder: change(folder, "landed_reports", "line_count", "3"),
        "landed reports: a report has not landed with all its lines (derby_2011_12_q1)",
    ),
    "rows lost": (
        lambda folder: drop_row(folder, "landed_rows"),
        "landed counts: a report counts other than landed of it (derby_2011_12_q1 row_count)",
    ),
    "a figure moved": (
        lambda folder: change(folder, "landed_figures", "char_start", "99999"),
        "landed figures: a figure is not where it says it is in the source",
    ),
    "a figure changed": (
        lambda folder: change(folder, "landed_figures", "printed", "123456"),
        "landed figures: a figure is not where it says it is in the source",
    ),
    "too large a value": (
        lambda folder: change(folder, "landed_figures", "value", "1" + "0" * 14),
        "landed figures: a figure's value does not fit decimal(18,4)",
    ),
    "too fine a value": (
        lambda folder: change(folder, "landed_figures", "value", "0.00001"),
        "landed figures: a figure's value does not fit decimal(18,4)",
    ),
    "a date of another kind": (
        lambda folder: change(folder, "landed_figures", "period_start", "01/04/2012"),
        "landed figures: a figure's period_start is no ISO date",
    ),
    "a date long ago": (
        lambda folder: change(folder, "landed_figures", "period_end", "1912-03-31"),
        "landed figures: a figure's period_end is more than 15 years from its report",
    ),
    "characters lost": (
        lambda folder: drop_row(folder, "landed_segments", 40),
        "landed lines: characters of a source line have not landed",
    ),
    "characters twice": (
        lambda folder: change(folder, "landed_segments", "char_start", "0", 40),
        "landed lines: characters of a source line have landed twice",
    ),
    "characters changed": (
        lambda folder: change(folder, "landed_segments", "text", "nonsense", 40),
        "landed lines: what landed of a source line is not what stands in it",
    ),
    "a number lost": (
        lambda folder: drop_row(folder, "landed_figures", 5),
        "landed lines: a number in a source line is in no figure",
    ),
}


@pytest.mark.parametrize("spoil, said", LANDED_FAULTS.values(), ids=LANDED_FAULTS.keys())
def test_landing_that_is_wrong_is_refused_in_words(
    spoilt: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(spoilt)
    outcome = Gate().run(landed.suites(spoilt, REPORTS))
    assert any(failure.startswith(said) for failure in outcome.failures), outcome.failures


def test_a_number_in_two_figures_is_found(spoilt: Path) -> None:
    figures = pd.read_csv(spoilt / "landed_figures.csv", dtype=str, keep_default_na=False)
    pd.concat([figures, figures.head(1)]).to_csv(spoilt / "landed_figures.csv", index=False)
    told = Gate().run(landed.suites(spoilt, REPORTS)).failures
    assert any("a number in a source line is in two figures" in failure for failure in told)


def test_failures_name_at_most_three_places() -> None:
    frame = pd.DataFrame({"key": list("abcde"), "ok": [False] * 5})
    told = Gate().run([Suite("letters", frame, [landed._true("ok", "a letter is wrong")])])
    assert told.failures == ("letters: a letter is wrong (a, b, c and 2 more)",)


def test_docs_hold_no_values(tmp_path: Path) -> None:
    gate = Gate()
    frame = pd.DataFrame({"key": ["row"], "left": ["Hidden Person"], "right": ["x"]})
    gate.run([Suite("pairs", frame, [landed._same("left", "right", "they differ")])])
    gate.write_docs(tmp_path / "docs")
    pages = list((tmp_path / "docs").rglob("*.html"))
    assert any("they differ" in page.read_text(encoding="utf-8") for page in pages)
    assert not any("Hidden" in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize(
    "file, content",
    [
        ("site/page.html", b"<p>asked Jo Bloggs to</p>"),
        ("site/page.html", b"<p>Jo Bloggs&#x27;s</p>"),
        ("site/page.html", b"a text of O&#39;Brien &amp; Sons that is restricted"),
        ("data_docs/index.html", b"Jo Bloggs"),
        ("csv/fct_a.csv", b"Jo Bloggs,1\n"),
    ],
)
def test_withheld_texts_are_found_in_any_file(tmp_path: Path, file: str, content: bytes) -> None:
    kept = Secrets(("Jo Bloggs",), texts=("a text of O'Brien & Sons that is restricted",))
    path = tmp_path / file
    path.parent.mkdir()
    path.write_bytes(b"nothing to see, Joe Bloggs")
    assert published.told_in_files(tmp_path, kept) == []
    path.write_bytes(content)
    assert published.told_in_files(tmp_path, kept) == [
        f"published files: a withheld text stands in {file}"
    ]


def test_withheld_texts_are_found_in_workbooks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet().append(["asked Jo Bloggs"])
    book.save(tmp_path / "book.xlsx")
    told = published.told_in_files(tmp_path, Secrets(("Jo Bloggs",)))
    assert told == ["published files: a withheld text stands in book.xlsx"]


@pytest.fixture
def landed_secrets(tmp_path: Path) -> Path:
    """Write two landed seeds with a masked officer and a restricted row."""
    folder = tmp_path / "landed"
    folder.mkdir()
    (folder / "landed_rows.csv").write_text(
        "report_indicator_id,measure,measure_published,owner_printed,owner_published,is_restricted\n"
        'r:1,Reduce it,Reduce it,"Council - David Example","Council - [name withheld]",false\n'
        "r:2,Secret,Secret,,,true\n",
        encoding="utf-8",
    )
    (folder / "landed_cells.csv").write_text(
        "cell_id,report_indicator_id,text,text_published\n"
        "r:1:0,r:1,12 of 15,12 of 15\n"
        "r:2:0,r:2,this restricted text must never be published,"
        "this restricted text must never be published\n"
        "r:2:9,r:2,Community Protection Services,Community Protection Services\n"
        "r:1:9,r:1,Community Protection Services Manager,Community Protection Services Manager\n",
        encoding="utf-8",
    )
    return folder


def make_set(folder: Path, tables: str) -> Path:
    """Export tables as a set that is ready to be published."""
    build_file = folder / "build" / "community_safety.duckdb"
    build_file.parent.mkdir()
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(f"create schema marts; {tables}")
    staging = folder / "staging"
    staging.mkdir()
    export(build_file, staging, "the-build")
    return staging


GOOD = """
    create table marts.fct_a as
    select 'r:1' as report_indicator_id, 'Council - [name withheld]' as owner,
        'Community Protection Services Manager' as told,
        date '2012-04-01' as period_start, date '2012-06-30' as period_end,
        1.5::decimal(18, 4) as value, null::varchar as marking_printed;
"""
PUBLISHED_FAULTS = {
    "missing table": ("", "published tables: the table fct_b is missing"),
    "hugeint": (
        "create table marts.fct_b as select 1::hugeint as n",
        "a column is of a type that not every client can read (fct_b.n",
    ),
    "nested": (
        "create table marts.fct_b as select [1] as n",
        "a column is of a type that not every client can read (fct_b.n",
    ),
    "time zone": (
        "create table marts.fct_b as select now() as n",
        "a column is of a type that not every client can read (fct_b.n",
    ),
    "name": (
        "create table marts.fct_b as select 'asked David Example to update' as n",
        "a withheld name is published (fct_b.n)",
    ),
    "restricted row": (
        "create table marts.fct_b as select 'r:2' as n",
        "a restricted row is published (fct_b.n)",
    ),
    "restricted text": (
        "create table marts.fct_b as"
        " select 'see: this restricted text must never be published.' as n",
        "the text of a restricted row is published (fct_b.n)",
    ),
    "marking": (
        "create table marts.fct_b as select 'OFFICIAL-SENSITIVE' as n",
        "a protective marking is published (fct_b.n)",
    ),
    "turned round": (
        "create table marts.fct_b as"
        " select date '2013-01-01' as period_start, date '2012-01-01' as period_end",
        "a period ends before it starts (fct_b)",
    ),
    "long ago": (
        "create table marts.fct_b as"
        " select date '1012-01-01' as period_start, date '2012-01-01' as period_end",
        "a period's start is not of this time (fct_b)",
    ),
}


def test_set_that_is_fit_is_published(tmp_path: Path, landed_secrets: Path) -> None:
    folder = make_set(tmp_path, GOOD)
    outcome = Gate().run(published.suites(folder, landed_secrets, expected=["fct_a"]))
    assert outcome.failures == ()
    assert outcome.checked >= 10


@pytest.mark.parametrize("tables, said", PUBLISHED_FAULTS.values(), ids=PUBLISHED_FAULTS.keys())
def test_set_that_is_not_fit_is_refused_in_words(
    tmp_path: Path, landed_secrets: Path, tables: str, said: str
) -> None:
    folder = make_set(tmp_path, GOOD + tables)
    outcome = Gate().run(published.suites(folder, landed_secrets, expected=["fct_a", "fct_b"]))
    assert any(said in failure for failure in outcome.failures), outcome.failures
    assert "David" not in "".join(outcome.failures)


@pytest.mark.parametrize(
    "table, tells",
    [
        ("select 'r:1' as n", False),
        ("select 'asked David Example' as n", True),
        ("select 'r:2' as n", True),
        ("select 'this restricted text must never be published' as n", True),
    ],
)
def test_a_version_of_before_is_looked_at_for_what_is_withheld_now(
    tmp_path: Path, landed_secrets: Path, table: str, tells: bool
) -> None:
    folder = make_set(tmp_path, f"create table marts.fct_b as {table};")
    kept = published.secrets(landed_secrets, with_restricted=False)
    assert published.tells(folder, kept) is tells
    assert kept.digest != Secrets().digest
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("David Example", encoding="utf-8")
    assert published.tells(folder, kept)


def test_restricted_rows_may_be_published_where_they_were_asked_for_but_no_names(
    tmp_path: Path, landed_secrets: Path
) -> None:
    folder = make_set(
        tmp_path,
        GOOD + "create table marts.fct_b as select 'r:2' as n, 'David Example' as m",
    )
    suites = published.suites(folder, landed_secrets, with_restricted=True, expected=["fct_b"])
    failures = Gate().run(suites).failures
    assert failures == ("published texts: a withheld name is published (fct_b.m)",)


@pytest.mark.parametrize(
    "harm, said",
    [
        (
            lambda marts: (marts / "fct_a.parquet").unlink(),
            "differ in their number of rows (fct_a)",
        ),
        (
            lambda marts: duckdb.sql("select 1 as n").write_parquet(str(marts / "fct_a.parquet")),
            "differ in their columns (fct_a)",
        ),
        (
            lambda marts: shutil.copy(marts / "fct_a.parquet", marts / "fct_c.parquet"),
            "differ in their number of rows (fct_c)",
        ),
    ],
    ids=["gone", "another", "too many"],
)
def test_files_that_do_not_belong_together_are_refused(
    tmp_path: Path, landed_secrets: Path, harm: Callable[[Path], object], said: str
) -> None:
    folder = make_set(tmp_path, GOOD)
    harm(folder / "marts")
    outcome = Gate().run(published.suites(folder, landed_secrets, expected=["fct_a"]))
    assert any(said in failure for failure in outcome.failures), outcome.failures


@pytest.mark.parametrize(
    "original, shown, names",
    [
        ("Police", "Police", []),
        ("Council - Jo Bloggs", "Council - [name withheld]", ["Jo Bloggs"]),
        (
            "Jo Bloggs and Sam Smith to update",
            "[name withheld] and [name withheld] to update",
            ["Jo Bloggs", "Sam Smith"],
        ),
        ("altogether", "[name withheld] else", []),
        ("a.b (c)", "a.b ([name withheld])", ["c"]),
    ],
)
def test_masked_words_are_found_again(original: str, shown: str, names: list[str]) -> None:
    assert masked(original, shown) == names


class TestWorker:
    """Great Expectations in a process of its own."""

    def test_answers_requests_in_turn_and_ends_with_the_build(
        self, landing: Path, spoilt: Path, tmp_path: Path
    ) -> None:
        change(spoilt, "landed_reports", "sha256", "0" * 64)
        with Worker(tmp_path / "log") as worker:
            for folder in (landing, spoilt):
                worker.ask({"gate": "landed", "landed": str(folder), "reports": str(REPORTS)})
            assert worker.answer().failures == ()
            assert "not the one that was read" in worker.answer().failures[0]
            worker.ask({"gate": "landed", "landed": "/no/such", "reports": "/no/such"})
            assert "a seed is missing" in worker.answer().failures[0]
            worker.ask({"gate": "published", "folder": "/no", "landed": "/no"})
            with pytest.raises(PipelineError, match="KeyError"):
                worker.answer()
        assert worker._process.returncode is not None

    def test_process_that_dies_is_an_error_in_words(self, tmp_path: Path) -> None:
        with Worker(tmp_path / "log") as worker:
            worker._process.kill()
            worker.ask({"gate": "landed"})
            with pytest.raises(PipelineError, match="Great Expectations stopped"):
                worker.answer()

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
    def test_ends_when_the_build_is_killed(self, tmp_path: Path) -> None:
        script = (
            "import sys; from pathlib import Path\n"
            "from pipeline.expectations.worker import Worker\n"
            "worker = Worker(Path(sys.argv[1]))\n"
            "print(worker._process.pid, flush=True); sys.stdin.read()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "log")],
            cwd=CODE_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as build:
            assert build.stdout is not None
            pid = int(build.stdout.readline())
            build.kill()
        for _ in range(100):
            if not Path(f"/proc/{pid}/exe").exists():  # gone, or a zombie nobody has buried
                break
            time.sleep(0.05)
        else:
            pytest.fail("it is still running")


def test_frames_are_empty_where_nothing_landed(tmp_path: Path) -> None:
    for name, columns in landed.COLUMNS.items():
        (tmp_path / f"{name}.csv").write_text(",".join(columns) + "\n", encoding="utf-8")
    failures = Gate().run(landed.suites(tmp_path, REPORTS)).failures
    assert failures == ("landed reports: no report has landed",)


def test_source_is_read_as_the_reader_reads_it(landing: Path) -> None:
    reports = landed.read_landed(landing)["landed_reports"]
    lines = landed.source_lines(reports, REPORTS)
    file = REPORTS / "derby_2011_12_q1.txt"
    assert list(lines["derby_2011_12_q1"].values()) == [line.text for line in read(file).lines]
    assert json.loads(reports.to_json(orient="records"))[0]["report_id"] == "derby_2011_12_q1"
