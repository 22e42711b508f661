"""Sheets of old workbooks (.xls of Excel 97 to 2003), with their number formats and merges."""

import struct
from dataclasses import dataclass, field
from itertools import pairwise

from quipu.domain.errors import InputError
from quipu.files.biff import (
    BOF,
    CONTINUE,
    FontRuns,
    packed_number,
    records,
    shared_texts,
    text_at,
)
from quipu.files.formats import BUILT_IN, NumberFormat, exact, number_format
from quipu.files.grid import BLANK, Allowance, Grid, number_cell, truth
from quipu.files.ole import Container
from quipu.files.runs import Runs
from quipu.forms.raw import RawCell, RawTable

_EXCEL_97 = 0x0600
_NO_FONT = 4
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class _Book:
    """What the sheets of one workbook share."""

    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[tuple[int, int]] = field(default_factory=list)
    fonts: list[bool] = field(default_factory=list)
    texts: list[tuple[str, FontRuns]] = field(default_factory=list)
    sheets: list[tuple[str, int]] = field(default_factory=list)
    since_1904: bool = False

    def format(self, style: int) -> NumberFormat:
        """Give the number format of a cell style."""
        number = self.styles[style][1] if style < len(self.styles) else 0
        return number_format(self.codes.get(number, "General"))

    def underlines(self, font: int) -> bool:
        """Tell whether a font underlines; there is none of number 4."""
        place = font - (font > _NO_FONT)
        return font != _NO_FONT and place < len(self.fonts) and self.fonts[place]

    def text_cell(self, text: str, style: int, runs: FontRuns = ()) -> RawCell:
        """Give the cell of a text, with what its style or its runs underline."""
        own = style < len(self.styles) and self.underlines(self.styles[style][0])
        words = Runs()
        places = [0, *sorted(at for at, _ in runs), len(text)]
        for (first, last), font in zip(pairwise(places), (None, *sorted(runs)), strict=True):
            words.mark(own if font is None else self.underlines(font[1]))
            words.add(_plain_lines(text[first:last]))
        whole = words.text
        return RawCell(whole, rich=words.rich()) if whole.strip() else BLANK


def read_xls(content: bytes, name: str) -> list[RawTable]:
    """Read all sheets of an OLE container.

    Raises `InputError`: `file-protected` for an encrypted workbook of any age,
    `file-other-document` (.doc), `file-not-table`, `file-binary-workbook` before Excel 97,
    `file-cut-short`, `file-damaged`, `file-too-large-inside`.
    """
    container = Container(content, name)
    if "EncryptedPackage" in container.entries:
        raise InputError("file-protected", file=name)
    if "WordDocument" in container.entries:
        raise InputError("file-other-document", file=name)
    if "Workbook" not in container.entries:
        old = "Book" in container.entries
        raise InputError("file-binary-workbook" if old else "file-not-table", file=name)
    try:
        stream = container.stream("Workbook")
        book = _open_book(stream, name)
        allowance = Allowance(name)
        return [_read_sheet(stream, at, Grid(title, allowance), book) for title, at in book.sheets]
    except (struct.error, IndexError, ValueError, ArithmeticError) as error:
        raise InputError("file-damaged", file=name, part="Workbook") from error


def _open_book(stream: bytes, name: str) -> _Book:
    book = _Book()
    shared: list[bytes] = []
    going_on = False
    for kind, data in records(stream, 0):
        if going_on and kind == CONTINUE:
            shared.append(data)
            continue
        going_on = False
        match kind:
            case 0x2F:
                raise InputError("file-protected", file=name)
            case _ if kind == BOF and struct.unpack_from("<H", data)[0] != _EXCEL_97:
                raise InputError("file-binary-workbook", file=name)
            case 0x22:
                book.since_1904 = data[:1] == b"\1"
            case 0x41E:
                book.codes[struct.unpack_from("<H", data)[0]] = text_at(data, 2)
            case 0xE0:
                book.styles.append(struct.unpack_from("<HH", data))
            case 0x31:
                book.fonts.append(data[10] != 0)
            case 0x85 if data[5] == 0:
                place = struct.unpack_from("<I", data)[0]
                book.sheets.append((text_at(data, 6, short=True), place))
            case 0xFC:
                shared, going_on = [data], True
    if shared:
        book.texts = shared_texts(shared)
    return book


def _read_sheet(stream: bytes, start: int, grid: Grid, book: _Book) -> RawTable:
    rows: dict[int, dict[int, RawCell]] = {}
    waiting: tuple[int, int, int] | None = None
    count = 0
    for kind, data in records(stream, start):
        if kind == 0xE5:
            _read_merges(data, grid)
        elif kind == 0x207 and waiting is not None:
            row, column, style = waiting
            rows.setdefault(row, {})[column] = book.text_cell(text_at(data, 0), style)
        elif kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", data)
            waiting = (row, column, style) if kind == 0x06 else None
            for offset, cell in enumerate(_CELLS[kind](data, style, book)):
                count += 1
                if count > grid.allowance.cells:
                    raise InputError("file-too-large-inside", file=grid.allowance.file)
                if cell is not BLANK:
                    rows.setdefault(row, {})[column + offset] = cell
    for row, cells in rows.items():
        grid.put_row(row, cells)
    return grid.table()


def _read_merges(data: bytes, grid: Grid) -> None:
    for at in range(struct.unpack_from("<H", data)[0]):
        top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * at)
        grid.put_merge((top, left, bottom, right))


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shared(data: bytes, style: int, book: _Book) -> list[RawCell]:
    text, runs = book.texts[struct.unpack_from("<I", data, 6)[0]]
    return [book.text_cell(text, style, runs)]


def _label(data: bytes, style: int, book: _Book) -> list[RawCell]:
    return [book.text_cell(text_at(data, 6), style)]


def _number(data: bytes, style: int, book: _Book) -> list[RawCell]:
    number = exact(repr(struct.unpack_from("<d", data, 6)[0]))
    return [number_cell(number, book.format(style), since_1904=book.since_1904)]


def _packed(data: bytes, _: int, book: _Book) -> list[RawCell]:
    """Read one number of the short kind, or several side by side."""
    found = []
    for at in range(4, len(data) - 5, 6):
        style, packed = struct.unpack_from("<HI", data, at)
        number = packed_number(packed)
        found.append(number_cell(number, book.format(style), since_1904=book.since_1904))
    return found


def _flag(data: bytes, _: int, __: _Book) -> list[RawCell]:
    value, error = data[6], data[7]
    return [RawCell(_ERRORS.get(value, "#?") if error else truth(bool(value)))]


def _formula(data: bytes, style: int, book: _Book) -> list[RawCell]:
    """Read a formula's saved value; a text stands in the next record."""
    if data[12:14] != b"\xff\xff":
        return _number(data, style, book)
    match data[6]:
        case 1:
            return [RawCell(truth(bool(data[8])))]
        case 2:
            return [RawCell(_ERRORS.get(data[8], "#?"))]
        case _:
            return [BLANK]


_CELLS = {
    0xFD: _shared,
    0x204: _label,
    0xD6: _label,
    0x203: _number,
    0x27E: _packed,
    0xBD: _packed,
    0x205: _flag,
    0x06: _formula,
}
