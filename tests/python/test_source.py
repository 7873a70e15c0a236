"""A source file becomes lines: what is read, and what is refused with file and line."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import source
from ingest.model import IngestError
from tests.python.reading import REPORTS

if TYPE_CHECKING:
    from pathlib import Path


def _read(folder: Path, data: bytes) -> list[str]:
    (folder / "report.txt").write_bytes(data)
    return [line.text for line in source.read(folder / "report.txt").lines]


def test_a_report_is_known_by_the_hash_of_its_bytes() -> None:
    path = REPORTS / "stockton_2011_12_q2.txt"
    found = source.read(path)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.format == "text"
    assert [line.number for line in found.lines] == list(range(1, 25))
    assert found.lines[5].text.startswith("ASB\t1.1\tReduce repeat callers")


def test_line_ends_of_every_system_end_a_line(tmp_path: Path) -> None:
    assert _read(tmp_path, b"Ref\tQ1\r\n1\t2\r\n") == ["Ref\tQ1", "1\t2"]
    assert _read(tmp_path, b"Ref\tQ1\n1\t2") == ["Ref\tQ1", "1\t2"]


def test_other_separators_stay_in_their_line(tmp_path: Path) -> None:
    assert _read(tmp_path, "Ref\u2028Q1\x85x\n1".encode()) == ["Ref\u2028Q1\x85x", "1"]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    assert _read(tmp_path, b"\xef\xbb\xbfRef\tQ1\n") == ["Ref\tQ1"]


@pytest.mark.parametrize(
    "data,words",
    [
        (b"", "report.txt: the file is empty"),
        (b" \r\n\t\n", "report.txt: the file is empty"),
        (b"\xef\xbb\xbf\n", "report.txt: the file is empty"),
        (b"Ref\tQ1\n" + bytes(range(256)) * 4, "report.txt"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 64, "report.txt"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(IngestError) as error:
        _read(tmp_path, data)
    assert str(error.value).startswith(words)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match=r"^gone\.txt: the file cannot be read"):
        source.read(tmp_path / "gone.txt")


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as handle:
        handle.truncate(200_000_000)
    with pytest.raises(IngestError, match=r"^large\.txt: the file is larger than 20 MB"):
        source.read(path)


def test_a_line_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match=r"^report\.txt:2: "):
        _read(tmp_path, b"Ref\tQ1\n" + b"x" * 10_000_000)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    try:
        lines = _read(tmp_path, data)
    except IngestError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
        return
    assert all("\n" not in line and "\r" not in line for line in lines)
