"""What was read lands: the same bytes on every run, all of it or nothing, and one line when not."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import gc
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ingest import land as landing
from ingest import manifest
from ingest.model import IngestError
from pipeline.expectations.published import secrets
from tests.python.reading import REPORTS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.model import ReportEntry

_SEEDS = ROOT / "seeds" / "landed"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _rows(folder: Path, seed: str) -> list[dict[str, str]]:
    with (folder / f"{seed}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five reports, landed."""
    folder = tmp_path_factory.mktemp("landed")
    landing.land(REPORTS, folder)
    return folder


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of the five reports that a test may spoil."""
    return shutil.copytree(REPORTS, tmp_path / "reports")


def test_the_committed_seeds_are_what_the_reports_say(landed: Path) -> None:
    stale = [name for name, data in _bytes(landed).items() if (_SEEDS / name).read_bytes() != data]
    assert stale == [], "run `python -m ingest land` and commit seeds/landed"


def test_a_second_run_changes_nothing(landed: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in landed.iterdir()}
    assert landing.land(REPORTS, landed).changed == ()
    assert {path.name: path.stat().st_mtime_ns for path in landed.iterdir()} == before


def test_the_order_of_the_manifest_does_not_matter(landed: Path, reports: Path) -> None:
    head, *entries = (reports / "manifest.yml").read_text(encoding="utf-8").split("\n  - ")
    entries = [entry.rstrip() for entry in entries]
    text = "\n  - ".join([head, *reversed(entries)])
    (reports / "manifest.yml").write_text(text + "\n", encoding="utf-8")
    landing.land(reports, reports.parent / "seeds")
    assert _bytes(reports.parent / "seeds") == _bytes(landed)


def test_every_seed_has_its_columns_and_a_key_of_its_own(landed: Path) -> None:
    assert {path.stem for path in landed.iterdir()} == set(landing.SEEDS)
    for seed, columns in landing.SEEDS.items():
        with (landed / f"{seed}.csv").open(encoding="utf-8", newline="") as handle:
            header, *rows = csv.reader(handle)
        assert tuple(header) == columns
        assert all(len(row) == len(columns) for row in rows)
        width = {"landed_segments": 4, "landed_match_proposals": 2}.get(seed, 1)
        keys = [tuple(row[:width]) for row in rows]
        assert len(keys) == len(set(keys)), seed


def test_ids_lead_from_one_seed_to_another(landed: Path) -> None:
    rows = {row["report_indicator_id"] for row in _rows(landed, "landed_rows")}
    cells = {cell["cell_id"]: cell for cell in _rows(landed, "landed_cells")}
    for seed in ("landed_figures", "landed_statuses", "landed_outcomes", "landed_gaps"):
        for record in _rows(landed, seed):
            assert record["cell_id"] in cells
            assert record["report_indicator_id"] in rows | {""}
            if record["report_indicator_id"]:
                cell = cells[record["cell_id"]]
                assert cell["report_indicator_id"] == record["report_indicator_id"]
                assert cell["source_cell"] == record["source_cell"]
    assert all(segment["cell_id"] in cells for segment in _rows(landed, "landed_segments"))


def test_the_segments_rebuild_every_line_of_the_sources(landed: Path) -> None:
    segments = _rows(landed, "landed_segments")
    for report in _rows(landed, "landed_reports"):
        text = (REPORTS / report["file"]).read_text(encoding="utf-8")
        lines = text.split("\n")
        rebuilt = [[" "] * len(line) for line in lines]
        for segment in segments:
            if segment["report_id"] == report["report_id"]:
                line = rebuilt[int(segment["source_line"]) - 1]
                place = slice(int(segment["char_start"]), int(segment["char_end"]))
                assert line[place] == [" "] * len(segment["text"])
                line[place] = segment["text"]
        assert ["".join(line).split() for line in rebuilt] == [line.split() for line in lines]


def test_a_figure_stands_in_the_published_text_of_its_cell(landed: Path) -> None:
    cells = {cell["cell_id"]: cell for cell in _rows(landed, "landed_cells")}
    figures = [figure for figure in _rows(landed, "landed_figures") if figure["printed"]]
    assert len(figures) > 1000
    for figure in figures:
        text = cells[figure["cell_id"]]["text_published"]
        assert text[int(figure["cell_char_start"]) :].startswith(figure["printed"])


def test_no_officer_of_the_reports_lands_in_a_published_column(landed: Path) -> None:
    """The names stand in two columns that are not published, and nowhere else."""
    unmasked = {"landed_segments": {"text"}, "landed_cells": {"text"}}
    unmasked["landed_rows"] = {"measure", "owner_printed"}
    officers = secrets(landed, with_restricted=False).names
    assert len(officers) == 10
    seen = 0
    for seed in landing.SEEDS:
        for record in _rows(landed, seed):
            for column, value in record.items():
                found = [name for name in officers if name in value]
                seen += len(found)
                assert not found or column in unmasked.get(seed, set()), (seed, column, value)
    assert seen > 0


def test_an_officer_of_another_report_is_masked_in_every_published_column(reports: Path) -> None:
    table = (
        "Priority 1\tLed by Siobhan Byrne (Police)\n"
        "Ref\tMeasure\tLead\tQ1\tQ2\tStatus\tComments by Gurdeep Bains\n"
        "1.1\tReduce arson, PC Adebayo to monitor\tFire Service - Oluwaseun Adebayo 2\t4\t"
        "Data not provided, Gurdeep Bains to chase 3 people\tGreen\tNone\n"
        "1.2\tReduce theft\tFire Service - Oluwaseun Adebayo\t5\tOn track, says Gurdeep Bains\tA"
        "\tNone\n"
    )
    _spoil(reports, table.encode())
    seeds = reports.parent / "seeds"
    landing.land(reports, seeds)
    unmasked = {"landed_segments": {"text"}, "landed_cells": {"text"}}
    unmasked["landed_rows"] = {"measure", "owner_printed"}
    for seed in landing.SEEDS:
        for record in _rows(seeds, seed):
            for column, value in record.items():
                if column not in unmasked.get(seed, set()):
                    assert not re.search("Byrne|Adebayo|Bains", value), (seed, column, value)
    owners = [row["owner_published"] for row in _rows(seeds, "landed_rows")]
    assert "Fire Service - [name withheld]" in owners
    headers = {cell["header"] for cell in _rows(seeds, "landed_cells")}
    assert "Comments by [name withheld]" in headers


def test_booleans_and_nulls_are_written_one_way(landed: Path) -> None:
    rows = _rows(landed, "landed_rows")
    assert {row["is_restricted"] for row in rows} == {"true", "false"}
    assert [row["report_indicator_id"] for row in rows if row["is_restricted"] == "true"] == [
        "stockton_2019_20_q3:4.1"
    ]
    assert "" in {row["desired_direction"] for row in rows}


@pytest.mark.parametrize(
    "value,landed_value",
    [
        (Decimal("-12.5"), "-12.5"),
        (Decimal("2472"), "2472"),
        (Decimal("1E+3"), "1000"),
        (Decimal("99999999999999.9999"), "99999999999999.9999"),
        (Decimal("100000000000000"), None),
        (Decimal("0.00001"), None),
        (Decimal("1E+400"), None),
        (Decimal("NaN"), None),
    ],
)
def test_a_value_that_does_not_fit_is_null_with_a_note(
    value: Decimal, landed_value: str | None
) -> None:
    entry = next(
        entry
        for entry in manifest.load(REPORTS / "manifest.yml")
        if entry.report_id == "stockton_2011_12_q2"
    )
    read = landing.read_report(entry, REPORTS)
    figure = dataclasses.replace(read.figures[-1], value=value, note=None)
    records = landing.records_of(dataclasses.replace(read, figures=(figure,)))
    record = dict(zip(landing.SEEDS["landed_figures"], records["landed_figures"][0], strict=True))
    assert record["value"] == landed_value
    assert (record["note"] is None) == (landed_value is not None)


# failures ---------------------------------------------------------------------------------------


def _spoil(reports: Path, data: bytes) -> None:
    (reports / "stockton_2019_20_q3.txt").write_bytes(data)


@pytest.mark.parametrize(
    "data,message",
    [
        (b"", "stockton_2019_20_q3.txt: the file is empty"),
        (b"only prose here\n", "stockton_2019_20_q3.txt: no table was found"),
        (
            b"Wib\tWob\tWub\na\tb\tc\nd\te\tf\n",
            "stockton_2019_20_q3.txt:1: no measure and no value",
        ),
    ],
)
def test_a_failure_changes_nothing(landed: Path, reports: Path, data: bytes, message: str) -> None:
    seeds = shutil.copytree(landed, reports.parent / "seeds")
    _spoil(reports, data)
    with pytest.raises(IngestError) as error:
        landing.land(reports, seeds)
    assert str(error.value).startswith(message)
    assert _bytes(seeds) == _bytes(landed)


def test_a_disk_that_cannot_be_written_is_one_line(reports: Path) -> None:
    (reports.parent / "seeds").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(IngestError, match="the seeds cannot be written"):
        landing.land(reports, reports.parent / "seeds")


@pytest.mark.skipif(os.name != "posix", reason="signals of a full disk are POSIX's")
def test_a_write_that_fails_leaves_no_litter(
    landed: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = shutil.copytree(landed, reports.parent / "seeds")
    (reports / "manifest.yml").write_text(
        (reports / "manifest.yml").read_text(encoding="utf-8").replace("area: Derby", "area: D"),
        encoding="utf-8",
    )

    def full(read: landing.Read) -> dict[str, list[landing.Record]]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(landing, "records_of", full)
    with pytest.raises(IngestError, match=r"cannot be written \(No space left on device\)"):
        landing.land(reports, seeds)
    assert _bytes(seeds) == _bytes(landed)


# many reports -------------------------------------------------------------------------------------


def _repeated(times: int) -> list[ReportEntry]:
    """The five reports, each so many times under names of their own."""
    return [
        dataclasses.replace(entry, report_id=f"{entry.report_id}_{number}")
        for number in range(times)
        for entry in manifest.load(REPORTS / "manifest.yml")
    ]


def test_several_processes_land_the_same_in_the_same_order() -> None:
    entries = _repeated(4)  # more than one portion for each process
    alone = list(landing.landed_reports(entries, REPORTS, processes=1))
    assert list(landing.landed_reports(entries, REPORTS, processes=2)) == alone
    assert [landed.rows[0][1] for landed in alone] == [entry.report_id for entry in entries]


def test_several_processes_say_which_report_cannot_be_read_first(reports: Path) -> None:
    _spoil(reports, b"")
    entries = _repeated(1)
    for processes in (1, 2):
        with pytest.raises(IngestError, match=r"^stockton_2019_20_q3\.txt: the file is empty$"):
            list(landing.landed_reports(entries, reports, processes))


def test_many_reports_are_read_by_all_processors(
    landed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landing, "MANY", 2)
    monkeypatch.setattr(landing, "_processors", lambda: 2)
    landing.land(REPORTS, tmp_path / "seeds")
    assert _bytes(tmp_path / "seeds") == _bytes(landed)


def test_the_collector_is_as_it_was_after_a_report() -> None:
    with contextlib.suppress(IngestError), landing.undisturbed():
        assert not gc.isenabled()
        raise IngestError("a report that cannot be read")
    assert gc.isenabled()


# the command line ---------------------------------------------------------------------------------


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_lands_and_says_what(landed: Path, tmp_path: Path) -> None:
    done = _run("land", "--seeds", str(tmp_path / "seeds"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5 reports, 87 rows, ")
    assert done.stderr == (
        "warning: stockton_2012_13_q3.txt:3: 'T.2 SOCIAL BEHAVIOUR TARGETS' is read as ref 1.2\n"
    )
    assert _bytes(tmp_path / "seeds") == _bytes(landed)


def test_the_command_fails_with_one_line(reports: Path) -> None:
    _spoil(reports, b"")
    done = _run("land", "--reports", str(reports), "--seeds", str(reports.parent / "seeds"))
    assert done.returncode == 1
    assert done.stderr == "error: stockton_2019_20_q3.txt: the file is empty\n"
    assert "Traceback" not in done.stdout + done.stderr


def test_importing_the_package_is_quick() -> None:
    code = (
        "import sys, time; began = time.process_time(); import ingest; "
        "print(time.process_time() - began, 'ingest.layout' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, loaded = done.stdout.split()
    assert float(seconds) < 0.06
    assert loaded == "False"
