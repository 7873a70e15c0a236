"""Excel workbooks: every visible sheet, as its cells show.

The values that the workbook was last saved with are read (no formula is computed, no link
followed). openpyxl's streaming mode does not know which rows and columns are hidden, and a hidden
row is one the author chose not to show, so workbooks are opened whole, their size bounded before.
"""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook

from ingest.formats import limits
from ingest.formats.lines import LineWriter, check_columns, trim_columns
from ingest.formats.number_format import shown
from ingest.model import IngestError, Line

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SHEETS: Final = "xl/worksheets/"
_FORMULA: Final = b"<f"
_PRINT_CODES: Final = ("&P", "&N", "&D", "&T", "&F", "&A", "&Z", "&G")


def read(data: bytes, name: str) -> tuple[Line, ...]:
    """Lines of an Excel workbook: for each visible sheet its print header and its rows.

    The archive has passed :func:`ingest.formats.package.kind_of`.

    Raises
    ------
    IngestError
        If openpyxl cannot open it, it is too large, or a formula in it was never computed.
    """
    workbook = _open(data, name, values=True)
    if len(workbook.worksheets) > limits.MAX_SHEETS:
        raise IngestError(f"a workbook of {len(workbook.worksheets)} sheets is no report", name)
    formulas = _open(data, name, values=False) if _has_formulas(data) else None
    writer = LineWriter(name)
    count = 0
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            continue
        count += len(sheet._cells)
        if count > limits.MAX_CELLS:
            raise IngestError(
                f"more than {limits.MAX_CELLS:,} cells", f"{name}, sheet {sheet.title}"
            )
        if formulas is not None:
            _check_computed(sheet, formulas[sheet.title], name)
        _write(sheet, writer, name)
    return writer.lines


def _open(data: bytes, name: str, *, values: bool) -> Workbook:
    try:
        return load_workbook(io.BytesIO(data), data_only=values, keep_links=False, keep_vba=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets whatever its parsers meet come through
        raise IngestError("the Excel workbook is damaged: it cannot be opened", name) from error


def _has_formulas(data: bytes) -> bool:
    """Whether any sheet may hold a formula: spares opening the workbook a second time."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            _FORMULA in (part := archive.read(entry)) or b":f" in part
            for entry in archive.namelist()
            if entry.startswith(_SHEETS) and entry.endswith(".xml")
        )


def _check_computed(sheet: Worksheet, formulas: Worksheet, name: str) -> None:
    """Refuse a formula without its value: the blank cell would be a figure lost."""
    for (row, column), cell in formulas._cells.items():
        known = sheet._cells.get((row, column))
        if cell.data_type == "f" and (known is None or known.value is None):
            raise IngestError(
                "a formula whose result is not in the file: open it in Excel, save it, try again",
                f"{name}, sheet {sheet.title}, cell {cell.coordinate}",
            )


def _write(sheet: Worksheet, writer: LineWriter, name: str) -> None:
    place = f"sheet {sheet.title}"
    hidden_columns = _hidden_columns(sheet)
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if column in hidden_columns or _is_hidden(sheet, row):
            continue
        text = _shown(cell)
        if text.strip():
            rows.setdefault(row, {})[column] = text
    if not rows:
        return
    _print_line(sheet.oddHeader, f"{place}, print header", writer)
    writer.gap()
    width = max(max(cells) for cells in rows.values())
    check_columns(width, f"{name}, {place}")
    shown_columns = [c for c in range(1, width + 1) if c not in hidden_columns]
    for numbers in _blocks(sheet, sorted(rows)):
        grid = trim_columns([[rows[n].get(c, "") for c in shown_columns] for n in numbers])
        writer.table(
            (cells, f"{place}, row {number}") for number, cells in zip(numbers, grid, strict=True)
        )
    _print_line(sheet.oddFooter, f"{place}, print footer", writer)


def _blocks(sheet: Worksheet, numbers: list[int]) -> list[list[int]]:
    """Row numbers, a new list after each blank row that the sheet shows."""
    blocks: list[list[int]] = [[numbers[0]]]
    for last, number in pairwise(numbers):
        if any(not _is_hidden(sheet, between) for between in range(last + 1, number)):
            blocks.append([])
        blocks[-1].append(number)
    return blocks


def _shown(cell: Any) -> str:
    return shown(cell.value, cell.number_format or "General")


def _is_hidden(sheet: Worksheet, row: int) -> bool:
    return row in sheet.row_dimensions and bool(sheet.row_dimensions[row].hidden)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min, min(dimension.max, limits.MAX_COLUMNS + 1) + 1))
    return hidden


def _print_line(header: Any, place: str, writer: LineWriter) -> None:
    """What is printed above or below each page of a sheet: a marking may stand there."""
    for part in (header.left, header.center, header.right):
        text = part.text or ""
        if text and not any(code in text for code in _PRINT_CODES):
            writer.paragraph(text, place)
