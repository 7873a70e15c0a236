"""The manifest is checked before anything is read, and every fault names its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest import manifest
from ingest.model import IngestError
from tests.python.reading import REPORTS

if TYPE_CHECKING:
    from pathlib import Path

_GOOD = """\
reports:
  - report_id: westford_2013_14_q2
    file: westford.txt
    area: Westford
    partnership: Westford Community Safety Partnership
    publisher: Westford Borough Council
    plan: Community Safety Plan
    financial_year: 2013/14
    as_at_quarter: 2
    title: Performance, Quarter 2
"""
_SECOND = _GOOD.removeprefix("reports:\n").replace("westford_2013_14_q2", "westford_2013_14_q3")


def _load(folder: Path, text: str, *files: str) -> str:
    """Load a manifest that must be refused; its message."""
    for name in files or ("westford.txt",):
        (folder / name).write_text("Ref\tMeasure\tQ1\n", encoding="utf-8")
    (folder / "manifest.yml").write_text(text, encoding="utf-8")
    with pytest.raises(IngestError) as error:
        manifest.load(folder / "manifest.yml")
    message = str(error.value)
    assert "\n" not in message
    return message


def test_the_five_reports_load_sorted() -> None:
    entries = manifest.load(REPORTS / "manifest.yml")
    assert [entry.report_id for entry in entries] == sorted(entry.report_id for entry in entries)
    assert len(entries) == 5
    assert entries[0].financial_year == "2011/12"
    assert entries[0].first_year == 2011
    assert entries[0].licence is None


def test_a_year_is_written_one_way_whatever_was_printed(tmp_path: Path) -> None:
    (tmp_path / "westford.txt").write_text("x", encoding="utf-8")
    (tmp_path / "manifest.yml").write_text(_GOOD.replace("2013/14", "2013-2014"), encoding="utf-8")
    assert manifest.load(tmp_path / "manifest.yml")[0].financial_year == "2013/14"


@pytest.mark.parametrize(
    "old,new,line,words",
    [
        ("westford_2013_14_q2", "Westford 2013", 2, "report_id 'Westford 2013' must be lower-case"),
        ("2013/14", "2012/14", 8, "financial_year '2012/14' is none"),
        ("2013/14", "2013", 8, "financial_year '2013' is none"),
        ("as_at_quarter: 2", "as_at_quarter: 5", 9, "as_at_quarter '5' must be 1, 2, 3 or 4"),
        ("as_at_quarter: 2", "as_at_quarter: two", 9, "must be 1, 2, 3 or 4"),
        ("file: westford.txt", "file: gone.txt", 3, "file 'gone.txt' is not there"),
        ("file: westford.txt", "file: ../westford.txt", 3, "leaves the folder of reports"),
        ("file: westford.txt", "file: /etc/passwd", 3, "leaves the folder of reports"),
        ("file: westford.txt", "file: a\\b.txt", 3, "leaves the folder of reports"),
        ("file: westford.txt", "file: .", 3, "is no file"),
        ("area: Westford", "area: [Westford]", 4, "'area' must be a single value"),
        ("area: Westford", "region: Westford", 4, "unknown key 'region'"),
        ("area: Westford", "area:", 2, "westford_2013_14_q2: area missing"),
        ("    area: Westford\n", "", 2, "westford_2013_14_q2: area missing"),
        ("    area: Westford\n", "    area: a\n    area: b\n", 5, "'area' is there twice"),
        ("reports:", "report:", 1, "unknown key 'report'"),
        ("title: Performance", "title: 'Performance", 11, "not valid YAML"),
        ("    title:", "    published_on: 2013-02-30\n    title:", 10, "must be a date"),
        ("    title:", "    source_url: file:///x\n    title:", 10, "is no web address"),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in _GOOD
    message = _load(tmp_path, _GOOD.replace(old, new, 1))
    assert message.startswith(f"manifest.yml:{line}: ")
    assert words in message


def test_a_report_id_is_used_once(tmp_path: Path) -> None:
    second = _SECOND.replace("_q3", "_q2").replace("westford.txt", "other.txt")
    message = _load(tmp_path, _GOOD + second, "westford.txt", "other.txt")
    assert message == ("manifest.yml:11: report_id 'westford_2013_14_q2' is already used in line 2")


@pytest.mark.parametrize("name", ["westford.txt", "./westford.txt", "link.txt"])
def test_a_file_has_one_entry(tmp_path: Path, name: str) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "westford.txt")
    message = _load(tmp_path, _GOOD + _SECOND.replace("westford.txt", name), "westford.txt")
    assert message.startswith("manifest.yml:12: ")
    assert message.endswith("has an entry already in line 3")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    message = _load(folder, _GOOD.replace("westford.txt", "link.txt"))
    assert message == "manifest.yml:3: file 'link.txt' is a link out of the folder of reports"


@pytest.mark.parametrize(
    "text,message",
    [
        ("", "manifest.yml:1: the manifest must be a mapping with the key 'reports'"),
        ("[]", "manifest.yml:1: the manifest must be a mapping with the key 'reports'"),
        ("reports:\n", "manifest.yml:1: no report is listed under 'reports'"),
        ("reports: []\n", "manifest.yml:1: no report is listed under 'reports'"),
        ("reports: x\n", "manifest.yml:1: 'reports' must be a list of entries"),
        ("reports:\n  - x\n", "manifest.yml:2: an entry must be a mapping of fields"),
        ("reports: []\nreports: []\n", "manifest.yml:2: the key 'reports' is there twice"),
    ],
)
def test_a_manifest_of_another_shape_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert _load(tmp_path, text) == message


def test_a_manifest_that_is_missing_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="the manifest cannot be read"):
        manifest.load(tmp_path / "manifest.yml")
    (tmp_path / "manifest.yml").write_bytes(b"reports:\n  - \xff\xfe\n")
    with pytest.raises(IngestError, match=r"manifest\.yml:2: the manifest is not UTF-8"):
        manifest.load(tmp_path / "manifest.yml")


def test_yaml_that_would_build_objects_is_only_text(tmp_path: Path) -> None:
    text = _GOOD.replace("title: Performance, Quarter 2", "title: !!python/object:os.system 'x'")
    (tmp_path / "westford.txt").write_text("x", encoding="utf-8")
    (tmp_path / "manifest.yml").write_text(text, encoding="utf-8")
    assert manifest.load(tmp_path / "manifest.yml")[0].title == "x"
