"""Sheets of old workbooks (.xls), read by python-calamine; they come without number formats."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from quipu.domain.errors import InputError
from quipu.files.dates import format_moment
from quipu.files.formats import exact
from quipu.files.grid import BLANK, Allowance, Grid, typed_cell
from quipu.forms.raw import RawCell, RawTable

OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")
# The names of an OLE container's streams, as its directory writes them.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def read_xls(path: Path, name: str) -> list[RawTable]:
    """Read all sheets of an OLE container.

    Raises `InputError`: `file-protected` for an encrypted workbook of any age, `file-not-table`
    for another document (.doc), `file-cut-short` when it does not hold what it declares.
    """
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise InputError("file-protected", file=name)
    if not any(book in content for book in _BOOKS):
        raise InputError("file-not-table", file=name)
    if _declared_size(content) > len(content):
        raise InputError("file-cut-short", file=name)
    allowance = Allowance(name)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            return [
                _table(book.get_sheet_by_name(sheet.name), allowance)
                for sheet in book.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as error:
        raise InputError("file-protected", file=name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError("file-damaged", file=name, part="Workbook") from error


def _declared_size(content: bytes) -> int:
    """Give the least size that the container's own table of sectors asks for.

    The header counts the sectors of that table; each of them describes a whole row of others, so
    that all but the last row must be there.
    """
    sector = 1 << int.from_bytes(content[30:32], "little")
    tables = int.from_bytes(content[44:48], "little")
    per_table = sector // 4
    return sector + max(tables - 1, 0) * per_table * sector


def _table(sheet: calamine.CalamineSheet, allowance: Allowance) -> RawTable:
    grid = Grid(sheet.name, allowance)
    # Rows come from the first of the sheet, columns only from the first that is filled.
    left = sheet.start[1] if sheet.start else 0
    for row, values in enumerate(sheet.iter_rows()):
        cells = {column: _cell(value) for column, value in enumerate(values, start=left)}
        kept = {column: cell for column, cell in cells.items() if cell is not BLANK}
        grid.put_row(row, kept)
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        grid.put_merge((first_row, first_column, last_row, last_column))
    return grid.table()


def _cell(value: object) -> RawCell:
    match value:
        case bool() | str():
            return typed_cell(value)
        case int() | float():
            return typed_cell(exact(repr(value)))
        case datetime():
            order = "dd/mm/yyyy" if value.time() == time() else "dd/mm/yyyy h:mm"
            return RawCell(format_moment(value, order))
        case date():
            return RawCell(value.strftime("%d/%m/%Y"))
        case time():
            return RawCell(value.strftime("%H:%M"))
        case timedelta():
            return RawCell(f"{int(value.total_seconds()) // 3600}:{value.seconds // 60 % 60:02}")
        case _:
            return BLANK
