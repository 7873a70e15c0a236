"""Feeds one reader with what a coverage-guided fuzzer makes of real files.

    python -m tests.fuzz.readers TARGET CORPUS_FOLDER [libFuzzer's options]

Anything but lines or an IngestError is a finding: another exception, a hang, too much memory, a
line that is none, a character lost on the way through the layout. Word and Excel files are fuzzed
in their main XML part, put into a package with right checksums; mutated archives would be refused
at the door.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["ingest", "docx", "openpyxl", "pdfminer", "pdfplumber"]):
    from ingest import guess
    from ingest.formats import docx, html, package, pdf, sniff, text, xlsx
    from ingest.layout import read_document

from ingest.model import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest.model import Line

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "formats"
REPORTS = ROOT / "ingest" / "reports"
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}


# A PDF as small as one can be, with a ruled table, so that most mutations hit what is read.
SMALL_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 5 0 R
/Resources<</Font<</F 4 0 R>>>>>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
5 0 obj<</Length 322>>stream
20 180 m 280 180 l S 20 150 m 280 150 l S 20 120 m 280 120 l S
20 180 m 20 120 l S 100 180 m 100 120 l S 280 180 m 280 120 l S
BT /F 9 Tf 24 165 Td (Ref) Tj 80 0 Td (Quarter 1) Tj -80 -30 Td (1.1) Tj 80 0 Td (12 offences) Tj
ET BT /F 9 Tf 24 60 Td (Prose in one column) Tj 150 0 Td (and in another) Tj ET
BT 0 1 -1 0 15 90 Tm (turned) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""


# As small, with what the readers treat apart: merged cells, lists, symbols, tracked changes, spans.
SMALL = {
    "pdf": SMALL_PDF,
    "docx": b"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>
<w:t>Title</w:t></w:r></w:p><w:tbl><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/>
</w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p>
</w:tc></w:tr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:vMerge
w:val="restart"/></w:tcPr><w:p><w:ins><w:r><w:rPr><w:rFonts w:ascii="Wingdings"/><w:vanish
w:val="0"/></w:rPr><w:t>J</w:t></w:r></w:ins><w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:br/>
</w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>""",
    "xlsx": b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>
<col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t>
</is></c><c r="D1" s="1"><v>0.5</v></c></row><row r="3" hidden="1"><c r="A3" t="b"><v>1</v></c>
<c r="B3"><f>1+1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>
<headerFooter><oddHeader>&amp;CProtect</oddHeader></headerFooter></worksheet>""",
    "html": b"""<!DOCTYPE html><meta charset="utf-8"><p>Title<table><caption>c</caption><thead><tr>
<th colspan=2>a<th rowspan=2>b</thead><tr><td>1<br>2<td hidden>x<td style="display:none">y<table>
<tr><td>n</table></table><ul><li>z</ul>""",
}


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SMALLEST = {
    kind: parts_of(min(FIXTURES.glob(f"*.{kind}"), key=lambda path: path.stat().st_size))
    for kind in MAIN_PART
}


def packed(kind: str, main_part: bytes) -> bytes:
    """A whole file around one main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in (SMALLEST[kind] | {MAIN_PART[kind]: main_part}).items():
            archive.writestr(name, part)
    return out.getvalue()


def sound(lines: tuple[Line, ...]) -> None:
    """Lines are numbered from 1 and each is one line."""
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert not any("\n" in line.text or "\r" in line.text for line in lines)


def read_text(data: bytes) -> None:
    """Sniff and decode any bytes."""
    if sniff.format_of(data, "x") == "text":
        sound(text.read(data, "x"))


def read_html(data: bytes) -> None:
    """Any bytes as a web page."""
    sound(html.read(data, "x"))


def read_pdf(data: bytes) -> None:
    """Any bytes as a PDF."""
    sound(pdf.read(data, "x"))


def read_zip(data: bytes) -> None:
    """Any bytes as an archive."""
    package.kind_of(data, "x")


def read_docx(data: bytes) -> None:
    """Any bytes as the main part of a Word document."""
    whole = packed("docx", data)
    if package.kind_of(whole, "x") == "docx":
        sound(docx.read(whole, "x"))


def read_xlsx(data: bytes) -> None:
    """Any bytes as the sheet of a workbook."""
    whole = packed("xlsx", data)
    if package.kind_of(whole, "x") == "xlsx":
        sound(xlsx.read(whole, "x"))


def read_layout(data: bytes) -> None:
    """Any text through layout and guess; no character that is not blank is lost or doubled."""
    lines = text.read(data, "x")
    document = read_document(guess.provisional(lines, "x", {}), lines)
    cells = [*document.loose, *(cell for row in document.rows for cell in row.cells)]
    spans = sorted((s.line, s.start, s.end) for cell in cells for s in cell.segments)
    for line in lines:
        own = [(start, end) for number, start, end in spans if number == line.number]
        covered = "".join(line.text[start:end] for start, end in own)
        assert "".join(covered.split()) == "".join(line.text.split()), line
    guess.guess_entry(document, "x", guess.Known({}, ()), {})


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": read_text,
    "html": read_html,
    "pdf": read_pdf,
    "zip": read_zip,
    "docx": read_docx,
    "xlsx": read_xlsx,
    "layout": read_layout,
}


def seeds_of(target: str) -> Iterator[tuple[str, bytes]]:
    """What to begin with: the reports, the archives, or something small of the format."""
    if target in SMALL:
        yield "small", SMALL[target]
    if target in ("text", "layout"):
        for path in sorted(REPORTS.glob("*.txt")):
            yield path.name, path.read_bytes()
    elif target == "zip":
        for path in sorted([*FIXTURES.glob("*.docx"), *FIXTURES.glob("*.xlsx")]):
            yield path.name, path.read_bytes()


def main() -> None:
    """Fuzz one target until libFuzzer is told to stop."""
    target, corpus = sys.argv[1], Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in seeds_of(target):
        (corpus / name).write_bytes(data)

    def one(data: bytes) -> None:
        try:
            TARGETS[target](data)
        except IngestError:
            return

    atheris.Setup([sys.argv[0], str(corpus), *sys.argv[3:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
