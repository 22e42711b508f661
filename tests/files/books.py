"""Workbooks for tests, made cell by cell."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

from quipu.forms.raw import RawCell, RawTable

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://x/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)
_BOOK = (
    '<workbook xmlns:r="http://x/relationships"><sheets><sheet name="Hoja" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>'
)


def book(path: Path, cells: Mapping[str, object], formats: Mapping[str, str] | None = None) -> Path:
    """Write a workbook of one sheet, `Compras`, with openpyxl (formulas without values)."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Compras"
    for place, value in cells.items():
        sheet[place] = value
    for place, code in (formats or {}).items():
        sheet[place].number_format = code
    workbook.save(path)
    return path


def raw_book(path: Path, sheet: str, **parts: str) -> Path:
    """Write a workbook whose only sheet is given as XML; `parts` replace or add parts by name."""
    content = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _RELS.format(kind="worksheet", target="/xl/sheet1.xml"),
        "xl/sheet1.xml": _SHEET.format(sheet),
        **parts,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path


def cell(table: RawTable, place: str) -> RawCell:
    """Give the cell at a place such as `B7`; blank beyond the end."""
    letters = place.rstrip("0123456789")
    row, column = (
        int(place[len(letters) :]) - 1,
        openpyxl.utils.column_index_from_string(letters) - 1,
    )
    cells = table.rows[row] if row < len(table.rows) else ()
    return cells[column] if column < len(cells) else RawCell()
