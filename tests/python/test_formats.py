"""The same table in any format lands the same figures."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest import formats, manifest
from ingest.formats import docx as word
from ingest.formats import html, pdf, text, xlsx
from ingest.formats.columns import Piece
from ingest.formats.lines import LineWriter, squeeze
from ingest.formats.number_format import shown
from ingest.formats.pages import Part, PartRow, join_pages
from ingest.formats.symbols import as_shown
from ingest.formats.word_numbers import _written
from ingest.land import read_report
from ingest.model import IngestError, Line, ReportEntry
from tests.python.papers import pdf_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "ingest" / "reports"
FIXTURES = ROOT / "tests" / "fixtures" / "formats"
ENTRIES = {entry.report_id: entry for entry in manifest.load(REPORTS / "manifest.yml")}
FORMATS = ("docx", "xlsx", "html", "pdf")


def at(entry: ReportEntry, file: str) -> ReportEntry:
    fields = {name: getattr(entry, name) for name in ReportEntry.__dataclass_fields__}
    return ReportEntry(**{**fields, "file": file})


@cache
def figures_of(report_id: str, file: str, folder: Path) -> Counter[tuple[Any, ...]]:
    """What each figure of a file means, without where it stands."""
    read = read_report(at(ENTRIES[report_id], file), folder)
    return Counter(
        (
            figure.row_key,
            figure.source_cell,
            figure.printed,
            figure.value,
            figure.role,
            figure.series,
            figure.unit,
            figure.basis,
            figure.period_start,
            figure.period_end,
            figure.comparator,
            figure.certainty,
            figure.statement,
        )
        for figure in read.figures
    )


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines if line.text]


# ------------------------------------------------------------------ the five reports, four formats


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("report_id", sorted(ENTRIES))
def test_a_report_lands_the_same_figures_from_every_format(report_id: str, ending: str) -> None:
    expected = figures_of(report_id, ENTRIES[report_id].file, REPORTS)
    found = figures_of(report_id, f"{report_id}.{ending}", FIXTURES)
    assert sum(expected.values()) > 50
    assert found - expected == Counter()
    assert expected - found == Counter()


@pytest.mark.parametrize("report_id", ["derby_2011_12_q1", "stockton_2019_20_q3"])
def test_another_programs_pdf_on_smaller_pages_lands_the_same_figures(report_id: str) -> None:
    expected = figures_of(report_id, ENTRIES[report_id].file, REPORTS)
    assert figures_of(report_id, f"{report_id}.browser.pdf", FIXTURES) == expected


@pytest.mark.parametrize(
    "ending, locator",
    [
        ("docx", r"table \d+, row \d+|paragraph \d+"),
        ("xlsx", r"sheet Report, row \d+"),
        ("html", r"table \d+, row \d+|paragraph \d+"),
        ("pdf", r"page \d+(?:, table \d+, row \d+)?"),
    ],
)
def test_every_line_says_where_it_stands(ending: str, locator: str) -> None:
    read = import_module(f"ingest.formats.{ending}").read
    for report_id in ENTRIES:
        file = FIXTURES / f"{report_id}.{ending}"
        lines = read(file.read_bytes(), file.name)
        assert all(re.fullmatch(locator, line.locator or "") for line in lines if line.text)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_content_decides_what_a_file_is_and_not_its_name(ending: str) -> None:
    data = (FIXTURES / f"stockton_2011_12_q2.{ending}").read_bytes()
    assert formats.lines_of(data, "report.txt")[0] == ending


def test_a_table_that_runs_over_pages_has_its_header_once_and_its_cut_row_whole() -> None:
    lines = texts(pdf.read((FIXTURES / "derby_2011_12_q1.pdf").read_bytes(), "x"))
    assert sum(line.startswith("Ref\t") for line in lines) == 1
    row = next(line for line in lines if line.startswith("CNP PM8"))
    assert row.endswith("the numbers involved will increase over the next nine months.")


def test_text_in_columns_is_read_down_and_a_table_without_rules_across() -> None:
    lines = texts(pdf.read((FIXTURES / "columns.pdf").read_bytes(), "x"))
    assert lines[0] == "SAFER EXAMPLETON PARTNERSHIP"
    prose = " ".join(line for line in lines if "\t" not in line)
    assert "agreed a plan of action for the town centre" in prose
    assert "safer than they did before. The second theme of the quarter" in prose
    assert [line.split("\t") for line in lines if "\t" in line] == [
        ["Ref", "Performance Measure", "Quarter 1", "Quarter 2"],
        [
            "1.1",
            "Reduce criminal damage in the borough and in the town centre, where most of it is "
            "recorded on the evenings of the weekend",
            "120 offences, a reduction of 5 on the same quarter last year",
            "131 offences",
        ],
        [
            "1.2",
            "Reduce robbery",
            "4 offences",
            "7 offences, an increase of 3 on the last quarter",
        ],
    ]


def test_a_label_that_is_turned_on_its_side_is_read_upwards() -> None:
    lines = texts(pdf.read((FIXTURES / "rotated.pdf").read_bytes(), "x"))
    assert "ALCOHOL TARGETS\t2.1\tReduce alcohol-related crime\t56 crimes" in lines


def test_a_scan_without_text_is_refused_with_that_reason(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    Image.new("L", (200, 300), 255).save(scan)
    with pytest.raises(IngestError, match="pictures of pages and no text"):
        formats.lines_of(scan.read_bytes(), scan.name)


# A table without rules: headers on two lines, rows set apart, the cells of a row in its middle.
SET = [
    (20, 20, "Safer Exampleton Partnership"),
    (100, 50, "2016/17"), (200, 50, "Q1"), (300, 50, "Q2"),
    (20, 55, "Ref"), (50, 55, "Measure"), (400, 55, "Comments"),
    (100, 60, "outturn"), (200, 60, "2017/18"), (300, 60, "2017/18"),
    (400, 85, "A fall of 8 to"),
    (20, 90, "1.1"), (50, 90, "Fires"), (100, 90, "61"), (200, 90, "30"), (300, 90, "22"),
    (400, 95, "the end of June"),
    (20, 120, "1.2"), (50, 120, "Theft"), (100, 120, "7"), (200, 120, "9"), (300, 120, "8"),
]  # fmt: skip
SET_ROWS = [
    ["Ref", "Measure", "2016/17 outturn", "Q1 2017/18", "Q2 2017/18", "Comments"],
    ["1.1", "Fires", "61", "30", "22", "A fall of 8 to the end of June"],
    ["1.2", "Theft", "7", "9", "8", ""],
]


def rows_of(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in texts(pdf.read(data, "x")) if "\t" in line]


def test_headers_of_several_lines_and_cells_of_several_lines_need_no_rules() -> None:
    assert rows_of(pdf_of([SET])) == SET_ROWS


@pytest.mark.parametrize("repeats", [True, False])
def test_a_table_without_rules_goes_on_on_the_next_page(repeats: bool) -> None:
    top = [(x, y, word) for x, y, word in SET if 45 < y < 65] if repeats else []
    more = [
        (20, 20, "Safer Exampleton Partnership"), *top,
        (100, 85, "11"), (200, 85, "12"), (400, 85, "Police figures"),
        (20, 85, "1.3"), (50, 85, "Noise"), (50, 95, "at night"),
        (20, 120, "1.4"), (50, 120, "Litter"), (300, 120, "5"),
    ]  # fmt: skip
    assert rows_of(pdf_of([SET, more])) == [
        *SET_ROWS,
        ["1.3", "Noise at night", "11", "12", "", "Police figures"],
        ["1.4", "Litter", "", "", "5", ""],
    ]


def test_rows_as_near_as_lines_are_told_by_their_refs() -> None:
    dense = [
        *((20 + 90 * at, 50, word) for at, word in enumerate(("Ref", "Measure", "Q1", "Q2"))),
        (20, 61, "1.1"), (110, 61, "Fires in"), (200, 61, "61"), (290, 61, "30"),
        (110, 72, "barns"),
        (20, 83, "1.2"), (110, 83, "Theft"), (200, 83, "7"), (290, 83, "9"),
    ]  # fmt: skip
    assert rows_of(pdf_of([dense])) == [
        ["Ref", "Measure", "Q1", "Q2"],
        ["1.1", "Fires in barns", "61", "30"],
        ["1.2", "Theft", "7", "9"],
    ]


@pytest.mark.parametrize("turn, rotate", [(0, 90), (0, 180), (0, 270), (90, 0), (180, 0), (270, 0),
                                          (90, 90)])  # fmt: skip
def test_a_page_that_lies_on_its_side_is_read_upright(turn: int, rotate: int) -> None:
    assert rows_of(pdf_of([SET], turn=turn, rotate=rotate, size=(600, 600))) == SET_ROWS


def test_a_watermark_is_a_line_of_its_own_and_spoils_no_cell() -> None:
    marked = pdf_of([SET], marks=[(80, 130, "RESTRICTED")])
    assert rows_of(marked) == SET_ROWS
    assert texts(pdf.read(marked, "x"))[-1] == "RESTRICTED"


def test_text_printed_over_other_text_is_refused_with_its_page() -> None:
    over = [(20, 62, "Wexcombe"), (21, 64, "Partners"), (200, 61, "365"), (201, 64, "1,412")]
    with pytest.raises(IngestError, match=r"^x, page 2: text is printed over other text"):
        pdf.read(pdf_of([SET, over]), "x")


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    bold = [*SET, *((x + 0.3, y, word) for x, y, word in SET)]
    assert rows_of(pdf_of([bold])) == SET_ROWS


def test_a_table_that_runs_off_the_page_is_refused_with_its_page() -> None:
    with pytest.raises(IngestError, match=r"^x, page 1: text runs off the edge of the page"):
        pdf.read(pdf_of([SET], size=(430, 400)), "x")


def test_what_lies_beside_the_page_is_not_read() -> None:
    beside = [*SET, (700, 90, "365"), (-90, 90, "12")]
    assert rows_of(pdf_of([beside])) == SET_ROWS


@pytest.mark.parametrize(
    "boxes",
    [
        b"[0 0 600 400]/CropBox[10 10 590 395]",
        b"[-50 -20 600 400]",
        b"[0 0 600 400]/CropBox[0 200 600 400]",
        b"[0 0 600 400]/CropBox[0 0 900 900]",
        b"[0 0 600 400]/CropBox[0 0 0 0]",
    ],
)
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_page_that_is_cut_to_a_box_is_read_in_it(boxes: bytes, rotate: int) -> None:
    data = pdf_of([[*SET, (300, 390, "beside")]], rotate=rotate)
    assert rows_of(data.replace(b"[0 0 600 400]", boxes)) == SET_ROWS


@pytest.mark.parametrize(
    "lines, expected",
    [
        (["2012/", "13"], "2012/13"),
        (["2017/1", "8"], "2017/18"),
        (["1,41", "2"], "1,412"),
        (["in Q1,", "412 thefts"], "in Q1, 412 thefts"),
        (["1,4", "12 thefts"], "1,412 thefts"),
        (["re-", "offending"], "re-offending"),
        (["12", "13"], "12 13"),
        (["1,412", "13"], "1,412 13"),
        (["rose to 1.5,", "200 fewer"], "rose to 1.5, 200 fewer"),
        (["in Q1,", "12 in Q2"], "in Q1, 12 in Q2"),
    ],
)
def test_a_number_that_its_cell_broke_in_two_is_whole(lines: list[str], expected: str) -> None:
    pieces = [
        Piece(character, 10.0 + 5 * at, 15.0 + 5 * at, 10.0 * row, 10.0 * row + 8)
        for row, line in enumerate(lines)
        for at, character in enumerate(line)
    ]
    assert pdf.cell_text(pieces) == expected


def table_part(page: int, *rows: str) -> Part:
    cells = [tuple(row.split("|")) for row in rows]
    columns = tuple(float(at) for at in range(len(cells[0])))
    return Part(page, tuple(PartRow(row, f"page {page}") for row in cells), columns)


def text_part(page: int, words: str, *, in_margin: bool = True) -> Part:
    return Part(page, (PartRow((words,), f"page {page}"),), None, in_margin=in_margin)


def told(parts: list[Part]) -> list[list[str]]:
    return [["|".join(row.cells) for row in part.rows] for part in parts]


HEAD = "No|Measure|Q1"


def test_page_headers_and_footers_do_not_cut_a_table() -> None:
    parts = [
        text_part(1, "Safer Example Partnership"),
        table_part(1, HEAD, "1|Reduce crime.|5", "2|Reduce fires|In Q1 there"),
        text_part(1, "Page 1 of 3"),
        text_part(2, "Safer Example Partnership"),
        table_part(2, HEAD, "||were 6 fires.", "3|Reduce noise|7"),
        text_part(2, "Page 2 of 3"),
        table_part(3, HEAD, "4|Reduce litter|8"),
        text_part(3, "Page 3 of 3"),
    ]
    assert told(join_pages(parts)) == [
        ["Safer Example Partnership"],
        [
            HEAD,
            "1|Reduce crime.|5",
            "2|Reduce fires|In Q1 there were 6 fires.",
            "3|Reduce noise|7",
            "4|Reduce litter|8",
        ],
        ["Page 1 of 3"],
        ["Safer Example Partnership"],
        ["Page 2 of 3"],
        ["Page 3 of 3"],
    ]


def test_a_heading_on_the_next_page_begins_another_table() -> None:
    parts = [
        table_part(1, HEAD, "1|Reduce crime|5"),
        text_part(2, "Priority 2: fires"),
        table_part(2, HEAD, "2|Reduce fires|6"),
    ]
    assert told(join_pages(parts)) == told(parts)


def test_a_row_of_its_own_without_a_ref_is_not_glued_to_the_page_before() -> None:
    parts = [
        table_part(1, HEAD, "1|Reduce crime.|5", "2|Reduce fires.|6"),
        table_part(2, HEAD, "|Average number of days|7", "3|Reduce noise|8"),
    ]
    assert told(join_pages(parts))[0][-2:] == ["|Average number of days|7", "3|Reduce noise|8"]


# -------------------------------------------------------------------------------------------- Word


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_merged_cells_of_word_stand_at_their_upper_left() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "across"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "down"
    lines = texts(word.read(saved(document), "x"))
    assert lines == ["across\t\t02", "down\t11\t12", "\t21\t22"]


def test_word_columns_dragged_by_hand_are_the_same_columns() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=4)
    for index, width in enumerate((2000, 100, 2000, 2000)):
        table._tbl.tblGrid[index].set(docx.oxml.ns.qn("w:w"), str(width))
    for column, content in enumerate(("Ref", "", "Measure", "Q1")):
        table.cell(0, column).text = content
    table.cell(0, 0).merge(table.cell(0, 1))  # the edge of the header is 100 twips further right
    table.cell(1, 0).text = "1.1"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "Reduce crime"
    table.cell(1, 3).text = "12"
    assert texts(word.read(saved(document), "x")) == ["Ref\tMeasure\tQ1", "1.1\tReduce crime\t12"]


@pytest.mark.parametrize(
    "run, expected",
    [
        ("<w:r><w:t>12</w:t></w:r>", "12"),
        ("<w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>", "inserted"),
        ("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>x</w:t></w:r>", "x"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>x</w:t></w:r>", "x"),
        ("<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>x</w:t></w:r>", "x"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "a b c"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "\u263a"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>L</w:t></w:r>', "\u2639"),
        ("<w:sdt><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>", "field"),
        ("<w:r><w:noBreakHyphen/><w:t>5</w:t></w:r>", "-5"),
    ],
)
def test_word_text_is_what_the_page_shows(run: str, expected: str) -> None:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>"))
    assert texts(word.read(saved(document), "x")) == [expected]


def test_words_automatic_numbers_are_read() -> None:
    document = docx.Document()
    for style in ("List Number", "List Number", "List Bullet"):
        document.add_paragraph("item", style=style)
    assert texts(word.read(saved(document), "x")) == ["1. item", "2. item", "item"]


def test_page_headers_and_footers_of_word_are_read_once() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "OFFICIAL-SENSITIVE"
    document.sections[0].footer.paragraphs[0].text = "Community Safety Team"
    document.add_paragraph("body")
    lines = word.read(saved(document), "x")
    assert [(line.text, line.locator) for line in lines if line.text] == [
        ("OFFICIAL-SENSITIVE", "page header"),
        ("body", "paragraph 1"),
        ("Community Safety Team", "page footer"),
    ]


def test_a_watermark_of_word_is_read() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
            '<v:textpath string="OFFICIAL-SENSITIVE"/></v:shape></w:pict></w:r>'
        )
    )
    document.add_paragraph("body")
    lines = word.read(saved(document), "x")
    assert [(line.text, line.locator) for line in lines if line.text] == [
        ("OFFICIAL-SENSITIVE", "watermark"),
        ("body", "paragraph 1"),
    ]


@pytest.mark.parametrize(
    "value, form, expected",
    [
        (3, "decimal", "3"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (7, "decimalZero", "07"),
    ],
)
def test_list_numbers_are_written_as_their_level_asks(value: int, form: str, expected: str) -> None:
    assert _written(value, form) == expected


def test_symbols_that_are_not_known_stay_as_they_are() -> None:
    assert as_shown("\uf041", "Wingdings") == "\uf041"
    assert as_shown("J", "Arial") == "J"


# ------------------------------------------------------------------------------------------- Excel


@pytest.mark.parametrize(
    "value, number_format, expected",
    [
        (0.726, "0.0%", "72.6%"),
        (0.125, "0%", "13%"),
        (13452, "#,##0", "13,452"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5, "General", "-5"),
        (-5, "0;(0)", "(5)"),
        (0, "0;-0;nil", "nil"),
        (0.1 + 0.2, "General", "0.3"),
        (2.8, "General", "2.8"),
        (63.3, "0.00", "63.30"),
        (1200, '"£"#,##0', "£1,200"),
        (1200, "[$£-809]#,##0.00", "£1,200.00"),
        (12, '0 "offences"', "12 offences"),
        (12500, '#,##0.0,"k"', "12.5k"),
        (7, "00", "07"),
        (0.5, "#.##", ".5"),
        (True, "General", "TRUE"),
        ("=1+1", "General", "=1+1"),
        (None, "General", ""),
    ],
)
def test_numbers_are_read_as_excel_shows_them(
    value: object, number_format: str, expected: str
) -> None:
    assert shown(value, number_format) == expected


@pytest.mark.parametrize(
    "number_format, expected",
    [
        ("dd/mm/yyyy", "09/06/2019"),
        ("d mmmm yyyy", "9 June 2019"),
        ("mmm-yy", "Jun-19"),
        ("General", "09/06/2019"),
        ("dd/mm/yyyy hh:mm", "09/06/2019 14:05"),
        ("h:mm AM/PM", "2:05 PM"),
    ],
)
def test_dates_are_read_as_excel_shows_them(number_format: str, expected: str) -> None:
    from datetime import datetime

    assert shown(datetime(2019, 6, 9, 14, 5), number_format) == expected  # noqa: DTZ001


def workbook(rows: list[list[object]]) -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    return book, sheet


def test_sheets_rows_and_columns_that_excel_hides_are_not_read() -> None:
    book, sheet = workbook([["Ref", "secret", "Q1"], ["1.1", "x", 12], ["1.2", "y", 13]])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Workings").append(["not shown"])
    book["Workings"].sheet_state = "hidden"
    assert texts(xlsx.read(saved(book), "x")) == ["Ref\tQ1", "1.1\t12"]


def test_merged_cells_of_excel_stand_at_their_upper_left() -> None:
    book, sheet = workbook([["Title", None, None], ["a", "b", "c"], [None, "d", "e"]])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    assert texts(xlsx.read(saved(book), "x")) == ["Title\t\t", "a\tb\tc", "\td\te"]


def test_a_formula_that_was_never_computed_is_refused_with_its_cell() -> None:
    book, _ = workbook([["Ref", "Q1"], ["1.1", "=1+1"]])
    with pytest.raises(IngestError, match=r"cell B2.*formula whose result is not in the file"):
        xlsx.read(saved(book), "draft.xlsx")


def test_a_blank_row_of_excel_sets_tables_apart() -> None:
    book, _ = workbook([["a", "b"], [None, None], [None, "c"]])
    assert [line.text for line in xlsx.read(saved(book), "x")] == ["a\tb", "", "c"]


# -------------------------------------------------------------------------------------------- HTML


def page(body: str, head: str = "") -> tuple[Line, ...]:
    return html.read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}".encode(), "x.html")


def test_merged_cells_of_html_stand_at_their_upper_left() -> None:
    lines = page(
        "<table><tr><th colspan=2>across<th>c<tr><td rowspan=2>down<td>1<td>2<tr><td>3<td>4</table>"
    )
    assert texts(lines) == ["across\t\tc", "down\t1\t2", "\t3\t4"]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("<p>one</p>two<div>three<br>four</div>", ["one", "two", "three", "four"]),
        ("<script>alert(1)</script><style>p{}</style><p>x", ["x"]),
        ("<p hidden>no</p><p style='display:none'>no</p><p>yes", ["yes"]),
        ("<table><tr><td>a<br>b<p>c</p><td>d</table>", ["a b c\td"]),
        ("<table><caption>Crime</caption><tr><td>a<td>b</table>", ["Crime", "a\tb"]),
        (
            "<table><tfoot><tr><td>f<td>f</tfoot><thead><tr><td>h<td>h</thead>"
            "<tr><td>b<td>b</table>",
            ["h\th", "b\tb", "f\tf"],
        ),
        (
            "<table><tr><td>menu<td><table><tr><td>1<td>2<td>3</table></table>",
            ["menu", "1\t2\t3"],
        ),
        (
            "<table><tr><td>a<td>b<td>x<table><tr><td>in</table><tr><td>c<td>d<td>e</table>",
            ["a\tb\tx in", "c\td\te"],
        ),
        ("<p>5&nbsp;&lt;&nbsp;6 &amp; 7", ["5 < 6 & 7"]),
    ],
)
def test_html_is_read_as_it_is_shown(body: str, expected: list[str]) -> None:
    assert texts(page(body)) == expected


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    data = '<html><meta charset="windows-1252"><p>\u00a35 \u2013 6'.encode("cp1252")
    assert texts(html.read(data, "x")) == ["\u00a35 \u2013 6"]
    assert texts(html.read("<html><p>\u00a35".encode("utf-16"), "x")) == ["\u00a35"]


# ------------------------------------------------------------------------------------ encodings


SENTENCE = "Caf\u00e9 \u2013 \u00a3120 \u2018saved\u2019 in 2012/13\nMeasure\tQ1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le",
                                      "utf-16-be", "utf-32"])  # fmt: skip
def test_the_encodings_of_windows_programs_are_read(encoding: str) -> None:
    assert texts(text.read(SENTENCE.encode(encoding), "x")) == SENTENCE.strip().split("\n")


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", "empty"),
        (b"  \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\x00" * 50, "empty"),
        (b"Measure\x00\x01\x02 and more text here", "NUL"),
        ("\u2013 ten".encode() + b"\x93quoted", "broken UTF-8"),
        ("price \u00a35 ".encode() + b"\xe2\x80", "broken UTF-8"),
        ("\u0411\u043e\u0440\u043e\u0443".encode("koi8-r") * 9, "neither UTF-8"),
        ("\u3042\u3044\u3046\u3048\u304a".encode("shift-jis") * 9, "neither UTF-8"),
        (b"a\x81b", "neither UTF-8"),
        (b"\x1b\x07\x01 x" * 30, "control character"),
        ("ab".encode("utf-16") + b"\x00", "broken UTF-16"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(IngestError, match=reason):
        text.read(data, "x")


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_text_or_an_ingest_error(data: bytes) -> None:
    try:
        lines = text.read(data, "x")
    except IngestError:
        return
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all("\n" not in line.text and "\r" not in line.text for line in lines)


# ------------------------------------------------------------------------------- any table at all


# What XML can hold: no surrogates, no control characters, neither of two that are no characters.
CONTENT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
)
# Excel keeps "_x0041_" as a way to write a letter; a text that begins with "=" is a formula.
GRID = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(CONTENT, min_size=width, max_size=width), min_size=2, max_size=4
    )
)


def expected_rows(grid: list[list[str]]) -> list[str]:
    rows = [[squeeze(cell) for cell in row] for row in grid]
    used = [column for row in rows for column, cell in enumerate(row) if cell]
    if not used:
        return []
    kept = slice(min(used), max(used) + 1)
    return ["\t".join(row[kept]) for row in rows if any(row)]


def as_docx(grid: list[list[str]]) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=len(grid), cols=len(grid[0]))
    for row, cells in zip(table.rows, grid, strict=True):
        for cell, content in zip(row.cells, cells, strict=True):
            cell.text = content
    return saved(document)


def as_html(grid: list[list[str]]) -> bytes:
    from html import escape

    rows = ("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in grid)
    return f"<meta charset=utf-8><table>{''.join(rows)}</table>".encode()


def as_xlsx(grid: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row, cells in enumerate(grid, start=1):
        for column, content in enumerate(cells, start=1):
            cell = sheet.cell(row, column, content)
            cell.data_type = "s"  # also where it begins with "="
    return saved(book)


@pytest.mark.parametrize(
    "render, read", [(as_docx, word.read), (as_html, html.read), (as_xlsx, xlsx.read)]
)
@given(grid=GRID)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_comes_back_cell_for_cell(
    render: Callable[[list[list[str]]], bytes],
    read: Callable[[bytes, str], tuple[Line, ...]],
    grid: list[list[str]],
) -> None:
    rows = texts(read(render(grid), "x"))
    wanted = expected_rows(grid)
    if read is xlsx.read:  # a blank row sets tables apart, and each is cut to its own columns
        rows = ["\t".join(row.strip("\t").split("\t")) for row in rows]
        wanted = [row.strip("\t") for row in wanted]
        assert [row.split() for row in rows] == [row.split() for row in wanted]
    else:
        assert rows == wanted


@given(st.lists(CONTENT, min_size=1, max_size=5))
def test_a_row_is_one_line_and_keeps_its_cells(cells: list[str]) -> None:
    writer = LineWriter("x")
    writer.row(cells, "row 1")
    for line in writer.lines:
        assert line.text.split("\t") == [squeeze(cell) for cell in cells]
