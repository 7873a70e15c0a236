"""Bad and hostile input: a message that names file and place, exit code 1, nothing changed."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import formats
from ingest.__main__ import main
from ingest.formats import limits, package, sandbox
from ingest.land import land
from ingest.model import IngestError
from ingest.plain_text import harmless
from tests.python.papers import pdf_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "formats"
ENTRY = """reports:
  - report_id: example_2015_16_q1
    file: {file}
    area: Example
    partnership: Safer Example Partnership
    publisher: Example Council
    plan: Community Safety Plan 2014-2017
    financial_year: {year}
    as_at_quarter: {quarter}
    title: Example
"""
TABLE = "Ref\tPerformance Measure\tQuarter 1\tComments\n1.1\tReduce crime\t12 offences\tNone\n"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><w>&i;</w>"
)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'


def office(kind: str) -> bytes:
    """A small Word or Excel file."""
    out = io.BytesIO()
    if kind == "docx":
        document = docx.Document()
        document.add_paragraph("text")
        document.save(out)
    else:
        openpyxl.Workbook().save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return out.getvalue()


MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def bomb(kind: str) -> bytes:
    """A part of 40 MB that packs into a few kilobytes."""
    return with_part(office(kind), MAIN_PART[kind], b"<w>" + b" " * 40_000_000 + b"</w>")


def many_parts(kind: str) -> bytes:
    out = io.BytesIO(office(kind))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(limits.MAX_ZIP_ENTRIES):
            archive.writestr(f"x/{number}.xml", "<a/>")
    return out.getvalue()


def repacked(packing: int) -> bytes:
    """A Word file packed otherwise than Word does."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office("docx"))) as old,
        zipfile.ZipFile(out, "w", packing) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A PDF whose page unpacks from 39 kB to 40 MB of nothing."""
    packed = zlib.compress(b" " * 40_000_000, 9)
    data = pdf_of([[(20, 20, "Ref")]])
    at = data.index(b"<</Length")
    end = data.index(b" endobj", at)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    return data[:at] + stream + data[end:]


def wide_sheet(columns: int) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x"] * columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mispacked() -> bytes:
    """A Word file whose directory says bzip2 (12) of a part that is deflated (8)."""
    entry = b"PK\x01\x02\x14\x03\x14\x00\x00\x00"
    data = office("docx")
    assert entry + b"\x08" in data
    return data.replace(entry + b"\x08", entry + b"\x0c")


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "the file is empty"),
    "blank": (lambda: b" \n\t\r\n", "the file is empty"),
    "binary": (lambda: bytes(range(256)) * 20, "not a text file"),
    "random": (lambda: hashlib.sha512(b"x").digest() * 50, "not a text file|neither"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a picture"),
    "program": (lambda: b"\x7fELF" + b"\x00" * 50, "a program"),
    "truncated text": (lambda: "Measure \u2013 \u00a3".encode()[:-1], "broken UTF-8"),
    "no encoding": (
        lambda: "\u0434\u0430\u043d\u043d\u044b\u0435 ".encode("cp1251") * 9,
        "neither",
    ),
    "truncated docx": (lambda: office("docx")[:-200], "damaged or cut short"),
    "truncated xlsx": (lambda: office("xlsx")[:2000], "damaged or cut short"),
    "truncated pdf": (
        lambda: (FIXTURES / "stockton_2011_12_q2.pdf").read_bytes()[:3000],
        "damaged or cut short|no text",
    ),
    "pdf bomb": (lambda: pdf_bomb(), "a part of it unpacks to more than 32 MB, as no report does"),
    "only a pdf header": (lambda: b"%PDF-1.7\n", "damaged or cut short|no text"),
    "zip of something": (lambda: _zip({"a.txt": b"x"}), "no Word or Excel file"),
    "opendocument": (lambda: _zip({"mimetype": b"x"}), "OpenDocument"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "before 2007"),
    "locked word": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "locked with a password",
    ),
    "rich text": (lambda: b"{\\rtf1 x}", "rich-text"),
    "macros": (lambda: _retyped("docx", b"document.main", b"document.macroEnabled.main"), "macros"),
    "zip bomb docx": (lambda: bomb("docx"), "times its size"),
    "zip bomb xlsx": (lambda: bomb("xlsx"), "times its size"),
    "another packing": (
        lambda: repacked(zipfile.ZIP_BZIP2),
        "packed in a way that no Word or Excel file is",
    ),
    # Found by the fuzzer: one bit makes a deflated part a bzip2 one, whose reader raises OSError.
    "a bit of the packing": (lambda: mispacked(), "packed in a way that no Word or Excel file is"),
    "many parts": (lambda: many_parts("docx"), "parts is no report"),
    "entity bomb docx": (lambda: _main("docx", BOMB), "document type or entities"),
    "entity bomb xlsx": (lambda: _main("xlsx", BOMB), "document type or entities"),
    "external entity docx": (lambda: _main("docx", EXTERNAL), "document type or entities"),
    "external entity xlsx": (lambda: _main("xlsx", EXTERNAL), "document type or entities"),
    "entities in utf-16": (
        lambda: with_part(office("docx"), MAIN_PART["docx"], BOMB.encode("utf-16")),
        "document type or entities|its XML is broken",
    ),
    "strict word": (
        lambda: _main(
            "docx", '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
        ),
        "no body, or is of the strict kind|damaged",
    ),
    "deep xml": (lambda: _main("docx", "<a>" * 5000 + "</a>" * 5000), "nested more than"),
    "broken xml": (lambda: _main("docx", "<a><b></a>"), "its XML is broken at line 1"),
    "line of 10 MB": (lambda: b"a" * 10_000_000, "no row of a table"),
    "ten thousand columns": (
        lambda: (TABLE + "x\t" * 10_000).encode(),
        "10,001 columns; a report's table has at most",
    ),
    "ten thousand columns of html": (
        lambda: b"<table><tr>" + b"<td>x" * 10_000 + b"</table>",
        "columns; a report's table has at most",
    ),
    "ten thousand columns of Word": (
        lambda: _main(
            "docx",
            f"<w:document {NAMESPACE}><w:body><w:tbl><w:tr>"
            + "<w:tc><w:p/></w:tc>" * 10_000
            + "</w:tr></w:tbl></w:body></w:document>",
        ),
        "table 1: a row of 10,000 columns; a report's table has at most",
    ),
    "ten thousand columns of Excel": (
        lambda: wide_sheet(10_000),
        "sheet Sheet: a row of 10,000 columns; a report's table has at most",
    ),
    "a column a million wide": (
        lambda: b"<table><tr>" + b"<td colspan=1000000>x" * 3 + b"</table>",
        "columns; a report's table has at most",
    ),
    "no table": (lambda: b"Minutes of the meeting.\nNothing was decided.\n", "no table"),
    "no figures": (
        lambda: b"Ref\tPerformance Measure\tQuarter 1\n\tReduce crime\tby working together\n",
        "no figures",
    ),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _main(kind: str, xml: str) -> bytes:
    return with_part(office(kind), MAIN_PART[kind], xml.encode())


def _retyped(kind: str, old: bytes, new: bytes) -> bytes:
    data = office(kind)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    return with_part(data, "[Content_Types].xml", types.replace(old, new))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reports with one good report in it, and seeds landed from it."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "good.txt").write_text(TABLE, encoding="utf-8")
    (reports / "manifest.yml").write_text(
        ENTRY.format(file="good.txt", year="2015/16", quarter=1), encoding="utf-8"
    )
    land(reports, tmp_path / "seeds")
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(*arguments: str, folder: Path) -> int:
    places = ["--reports", str(folder / "reports"), "--seeds", str(folder / "seeds")]
    return main([*arguments, *places])


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_and_changes_nothing(
    name: str,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make, reason = BAD[name]
    file = tmp_path_factory.mktemp("bad") / "draft.txt"
    file.write_bytes(make())
    before = state(folder)
    assert run("add", str(file), "--yes", "--no-audit", "--area", "X", "--financial-year",
               "2015/16", folder=folder) == 1  # fmt: skip
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("error: draft.txt")
    assert re.search(reason, said), said
    assert state(folder) == before


def test_a_file_of_200_mb_is_refused_unread(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "large.txt"
    with file.open("wb") as handle:
        handle.truncate(200_000_000)  # a hole: it takes no room
    assert run("check", str(file), folder=folder) == 1
    assert "large.txt: the file is larger than 20 MB" in capsys.readouterr().err


def test_what_is_no_file_is_not_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(folder / "pipe.txt")
    for place, said in (
        (folder, f"error: {folder.name}: it is a folder; name the report's file\n"),
        (folder / "pipe.txt", "error: pipe.txt: it is no file; name the report's file\n"),
        (Path("/dev/zero"), "error: zero: it is no file; name the report's file\n"),
    ):
        assert run("check", str(place), folder=folder) == 1
        assert capsys.readouterr().err == said


def test_ctrl_c_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.source.read", stop)
    before = state(folder)
    assert run("check", str(folder / "draft.txt"), folder=folder) == 130
    assert capsys.readouterr().err == "stopped; nothing was changed\n"
    assert state(folder) == before


def test_a_missing_file_is_said_to_be_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(folder / "nowhere.docx"), folder=folder) == 1
    assert "nowhere.docx: the file cannot be read (No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"file": "../outside.txt"}, "leaves the folder of reports"),
        ({"file": "/etc/passwd"}, "leaves the folder of reports"),
        ({"file": "link.txt"}, "is a link out of the folder"),
        ({"file": "nowhere.txt"}, "is not there"),
        ({"year": "2015/17"}, "financial_year '2015/17' is none"),
        ({"year": "twenty"}, "financial_year 'twenty' is none"),
        ({"quarter": "5"}, "as_at_quarter '5' must be 1, 2, 3 or 4"),
    ],
)
def test_a_manifest_that_leads_astray_is_refused_with_its_line(
    change: dict[str, str], reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "outside.txt").write_text(TABLE)
    (folder / "reports" / "link.txt").symlink_to(folder / "outside.txt")
    values = {"file": "good.txt", "year": "2015/16", "quarter": "1"} | change
    (folder / "reports" / "manifest.yml").write_text(ENTRY.format(**values))
    before = state(folder)
    assert run("land", folder=folder) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: manifest.yml:")
    assert reason in said
    assert state(folder) == before


def test_two_entries_for_one_file_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "reports" / "manifest.yml"
    entry = path.read_text()
    again = entry.partition("\n")[2].replace("example_2015", "another_2015")
    path.write_text(entry + again.replace("good.txt", "./good.txt"))
    assert run("land", folder=folder) == 1
    assert "has an entry already in line 3" in capsys.readouterr().err


# -------------------------------------------------------------------------------- text is data

HOSTILE = (
    "'); drop table fct_figures; --",
    "{{ env_var('HOME') }} {% set x = 1 %}{# y #}",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\x1b[2J\x1b]0;owned\x07red\x1b[31m",
    "\u202egnidaer\u202c",
    '"quoted", with comma; and `ticks` $(echo x)',
    "[bold red]markup[/] :smile:",
    "NULL",
)


def hostile_table() -> str:
    rows = "".join(
        f"1.{number}\tReduce {words}\t{number} offences {words}\t{words}\n"
        for number, words in enumerate(HOSTILE, start=1)
    )
    return "Ref\tPerformance Measure\tQuarter 1\tComments\n" + rows


def test_report_text_lands_as_itself(folder: Path) -> None:
    (folder / "reports" / "good.txt").write_text(hostile_table(), encoding="utf-8")
    land(folder / "reports", folder / "seeds")
    with (folder / "seeds" / "landed_cells.csv").open(encoding="utf-8", newline="") as file:
        comments = [row["text"] for row in csv.DictReader(file) if row["source_cell"] == "comments"]
    assert comments == list(HOSTILE)


def test_report_text_is_shown_escaped_on_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = folder / "draft.txt"
    draft.write_text(hostile_table(), encoding="utf-8")
    options = ("--no-audit", "--title", "\x1b[5mblink", "--area", "[red]Example[/]",
               "--financial-year", "2015/16")  # fmt: skip
    assert run("check", str(draft), *options, folder=folder) == 0
    shown = capsys.readouterr().out
    assert all(c.isprintable() or c == "\n" for c in shown)
    assert "\\x1b[5mblink" in shown
    assert "[red]Example[/]" in shown
    assert "{{ env_var('HOME') }}" in " ".join(shown.split())


def test_an_error_shows_what_it_quotes_escaped(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(folder / "\x1b[31mred.txt"), folder=folder) == 1
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert "\\x1b[31mred.txt" in said


@pytest.mark.parametrize(
    "words, shown",
    [
        ("plain \u2013 text \u263a", "plain \u2013 text \u263a"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("\x9b31mred", "\\x9b31mred"),
        ("tab\tand\nline\r", "tab\\tand\\nline\\r"),
        ("a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d"),
        ("a\u202eb\u2066c\u200fd", "a\\u202eb\\u2066c\\u200fd"),
        ("a\u200bb\u00adc\ufeffd\u2060e", "a\\u200bb\\xadc\\ufeffd\\u2060e"),
        ("a\u3164b\u2800c\U000e0041d", "a\\u3164b\\u2800c\\U000e0041d"),
        ("12\u00a0%\u202f5", "12 % 5"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
        ("lone \ud800", "lone \\ud800"),
    ],
)
def test_what_a_terminal_obeys_or_an_eye_misses_is_shown_instead(words: str, shown: str) -> None:
    assert harmless(words) == shown


@given(st.text())
def test_harmless_text_is_printable_and_stays_what_it_was(words: str) -> None:
    shown = harmless(words)
    assert shown.isprintable()
    assert all(character in shown for character in words if character.isalnum() and
               character.isascii())  # fmt: skip
    assert harmless(shown) == shown


# ----------------------------------------------------------------------------- the readers' cage

ATTEMPTS = {
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a name": "import socket; socket.getaddrinfo('example.org', 80)",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a written file": "open('{place}', 'w')",
    "a written path": "from pathlib import Path; Path('{place}').write_bytes(b'x')",
    "a low-level file": "import os; os.open('{place}', os.O_WRONLY | os.O_CREAT)",
    "a removed file": "import os; os.remove('{place}')",
    "a fetched page": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_a_reader_can_do_nothing_but_read(name: str, tmp_path: Path) -> None:
    place = tmp_path / "written.txt"
    code = (
        "import socket, subprocess, os, urllib.request, pathlib\n"
        "from ingest.formats import child\nchild.confine()\n"
        f"try:\n    {ATTEMPTS[name].replace('{place}', str(place))}\n"
        "except child.Forbidden:\n    print('stopped')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout == "stopped\n", done.stderr
    assert not place.exists()


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="limits are set where there are resource limits"
)
def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 0)  # of the parent's clock
    with pytest.raises(IngestError, match=r"x\.pdf: reading took longer"):
        sandbox.read(b"%PDF-1.7\n", "pdf", "x.pdf")


def test_a_reader_that_breaks_is_an_error_of_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IngestError, match=r"x\.pdf: its reader broke off \(KeyError"):
        sandbox.read(b"%PDF-1.7\n", "nonsense", "x.pdf")


@pytest.mark.skipif(os.name != "posix", reason="a process is ended by signals on POSIX only")
@pytest.mark.parametrize(
    "ends, said",
    [
        ("kill -KILL $$", r"x\.pdf: its reader was stopped by the system, .* memory runs out"),
        ("kill -XCPU $$", r"x\.pdf: reading took longer than 60 seconds"),
        ("kill -SEGV $$", r"x\.pdf: its reader crashed \(Segmentation fault\)"),
        ("echo MemoryError >&2; exit 1", r"x\.pdf: it needs more memory than a report does"),
        ("exit 3", r"x\.pdf: its reader broke off \(exit 3\)"),
        ('echo \'{"format": "pdf"\'', r"x\.pdf: its reader broke off \(exit 0\)"),
    ],
)
def test_a_reader_that_is_ended_says_so_in_one_line(
    ends: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = tmp_path / "reader"
    reader.write_text(f"#!/bin/sh\n{ends}\n", encoding="utf-8")
    reader.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(reader))
    with pytest.raises(IngestError, match=f"^{said}") as error:
        sandbox.read(b"%PDF-1.7\n", "pdf", "x.pdf")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_links_to_elsewhere_are_not_followed(kind: str) -> None:
    relations = {"docx": "word/_rels/document.xml.rels", "xlsx": "xl/_rels/workbook.xml.rels"}
    data = office(kind)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read(relations[kind]).decode()
    link = (
        '<Relationship Id="rId99" TargetMode="External" Target="http://127.0.0.1:9/x.xml" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/>'
    )
    linked = with_part(
        data, relations[kind], part.replace("</Relationships>", link + "</Relationships>").encode()
    )
    assert formats.lines_of(linked, "x")[0] == kind  # the cage would have stopped a connection


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_package_is_a_package_or_an_ingest_error(data: st.DataObject) -> None:
    good = office("docx")
    at = data.draw(st.integers(0, len(good) - 1))
    cut = data.draw(st.integers(0, 3))
    changed = good[:at] + data.draw(st.binary(min_size=1, max_size=4)) + good[at + cut :]
    with contextlib.suppress(IngestError):
        assert package.kind_of(changed, "x") == "docx"
