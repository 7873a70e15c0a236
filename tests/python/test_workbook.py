"""The workbook: accessible by the guidance, and safe to open."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipeline.workbook import LINE, NOTE_WIDTH, SHORTHAND, WIDEST, build_workbook
from tests.published import hostile, warehouse

META = ("Cover", "Contents", "Notes")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return openpyxl.load_workbook(build_workbook(warehouse(), tmp_path_factory.mktemp("book")))


def test_cover_contents_and_notes_come_first(book: Workbook) -> None:
    assert tuple(book.sheetnames[:3]) == META
    listed = [row[0] for row in book["Contents"].iter_rows(values_only=True)]
    assert set(book.sheetnames[3:]) <= set(listed)


def test_a_sheet_is_one_marked_table_without_merged_or_empty_cells(book: Workbook) -> None:
    for sheet in book:
        assert not sheet.merged_cells.ranges, sheet.title
        if sheet.title == "Cover":
            continue
        assert len(sheet.tables) == 1, sheet.title
        (table,) = sheet.tables.values()
        for row in sheet[table.ref]:
            assert all(cell.value not in (None, "") for cell in row), sheet.title
        assert sheet.column_dimensions["A"].width < 255


def test_every_row_of_the_lines_is_there_with_its_number(book: Workbook) -> None:
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        counted = marts.sql("select count(*), sum(value) from marts.indicator_timeline").fetchone()
    sheet = book["Figures"]
    (table,) = sheet.tables.values()
    heading, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    values = [row[heading.index("Value")] for row in rows]
    assert counted is not None
    assert len(rows) == counted[0]
    assert sum(value for value in values if isinstance(value, int | float)) == pytest.approx(
        float(counted[1])
    )


def test_numbers_are_numbers(book: Workbook) -> None:
    numeric = {"Value", "Baseline", "Target", "Stated value", "Least expected", "Line", "Rows"}
    seen = set()
    for sheet in book:
        if sheet.title in META:
            continue
        (table,) = sheet.tables.values()
        heading, *rows = sheet[table.ref]
        for number, title in enumerate(str(cell.value).partition("\n")[0] for cell in heading):
            if title in numeric:
                seen.add(title)
                for row in rows:
                    value = row[number].value
                    assert isinstance(value, int | float) or value in SHORTHAND, (title, value)
    assert seen == numeric


def test_columns_are_as_wide_as_their_texts_and_no_wider_than_a_screen(book: Workbook) -> None:
    for sheet in book:
        widths = [dimension.width for dimension in sheet.column_dimensions.values()]
        assert max(widths) <= NOTE_WIDTH + 1, sheet.title
        if sheet.title in META:
            continue
        assert max(widths) <= WIDEST + 4, sheet.title
        (table,) = sheet.tables.values()
        for row in sheet[table.ref]:
            for cell in row:
                if len(str(cell.value)) > WIDEST * 1.2:  # longer than a line: it is wrapped
                    assert cell.alignment.wrap_text, (sheet.title, cell.coordinate)
                    height = sheet.row_dimensions[cell.row].height
                    assert (height or 0) > LINE, (sheet.title, cell.coordinate)


def test_shorthand_that_is_used_is_explained_on_its_sheet(book: Workbook) -> None:
    for sheet in book:
        if sheet.title in META:
            continue
        (table,) = sheet.tables.values()
        used = {
            mark
            for row in sheet[table.ref]
            for cell in row
            for mark in re.findall(r"\[[a-z]\]", str(cell.value))
        }
        first = int(re.sub(r"\D", "", table.ref.partition(":")[0]))
        above = " ".join(
            str(cell.value) for row in sheet.iter_rows(max_row=first - 1) for cell in row
        )
        for mark in used & SHORTHAND.keys():
            assert mark in above, (sheet.title, mark)


def test_no_text_of_a_report_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    place = hostile(tmp_path / "hostile", '=HYPERLINK("https://example.invalid")\x0b')
    with duckdb.connect(str(place / "community_safety.duckdb")) as marts:
        marts.execute("update marts.dim_indicators set definition = '=1+1'")
        marts.execute("update marts.fct_data_gaps set words = 'https://example.invalid'")
    for sheet in openpyxl.load_workbook(build_workbook(place, tmp_path)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                link = cell.hyperlink
                assert link is None or not link.target, (sheet.title, cell.coordinate)
