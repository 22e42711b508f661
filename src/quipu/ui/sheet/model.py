"""The body of a sheet as Qt's views ask for it; what is typed goes out as texts for addresses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from quipu.domain.address import Address
from quipu.forms.document import Cell, Sheet, SheetRow

# Integer constants made once: comparing with Qt's enumerations costs 12 to 270 times as much.
DISPLAY: Final = Qt.ItemDataRole.DisplayRole.value
EDIT: Final = Qt.ItemDataRole.EditRole.value
TOOLTIP: Final = Qt.ItemDataRole.ToolTipRole.value
ALIGN: Final = Qt.ItemDataRole.TextAlignmentRole.value
CELL: Final = Qt.ItemDataRole.UserRole.value + 1
REFUSAL: Final = CELL + 1
MARK: Final = CELL + 2
CLIP: Final = CELL + 3

_SELECTABLE: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE: Final = _SELECTABLE | Qt.ItemFlag.ItemIsEditable
_HORIZONTAL: Final = Qt.Orientation.Horizontal
_ALIGNMENT: Final = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that a person put into a cell: on its way, or refused with a sentence."""

    text: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text for an address: one cell of a gesture."""

    address: Address
    text: str


EMPTY_SHEET: Final = Sheet("", "", (), (), header_rows=0)
_BLANK: Final = Cell()


class SheetModel(QAbstractTableModel):
    """The rows of a sheet below its heading.

    `typed` sends out one gesture (a typed cell, a paste, a fill) as a tuple of `Entry`. A text
    stays visible until `redraw` brings a sheet that has it, or `refuse` marks it.
    """

    typed = Signal(object)

    def __init__(self, sheet: Sheet = EMPTY_SHEET, parent: Any = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._body: Sequence[SheetRow] = sheet.rows[sheet.header_rows :]
        self._typed: dict[Address, Typed] = {}
        self._marks: Mapping[Address, str] = {}
        self._clips: frozenset[Address] = frozenset()
        self._read_only = False

    # ------------------------------------------------------------------ what the sheet is
    @property
    def sheet(self) -> Sheet:
        """The sheet that is shown."""
        return self._sheet

    @property
    def body(self) -> Sequence[SheetRow]:
        """The rows below the heading; a view's row is an index into them."""
        return self._body

    def show_sheet(self, sheet: Sheet, *, read_only: bool = False) -> None:
        """Show another sheet, or a newer drawing of the same one."""
        same = self._shape(sheet) == self._shape(self._sheet) and read_only == self._read_only
        if not same:
            self.beginResetModel()
        self._sheet, self._body = sheet, sheet.rows[sheet.header_rows :]
        self._read_only = read_only
        if same:
            self._typed = {at: text for at, text in self._typed.items() if text.refusal}
            self.announce()
        else:
            self._typed = {}
            self.endResetModel()

    def announce(self) -> None:
        """Tell the views that any cell may look different."""
        if self._body and self._sheet.columns:
            last = self.index(len(self._body) - 1, len(self._sheet.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @staticmethod
    def _shape(sheet: Sheet) -> tuple[object, ...]:
        spans = tuple(
            (row.kind, row.item, tuple((c.across, c.down) if c else None for c in row.cells))
            for row in sheet.rows
        )
        return (sheet.name, sheet.form, sheet.header_rows, sheet.columns, spans)

    def cell(self, row: int, column: int) -> Cell | None:
        """Give a cell of the body, `None` where another covers it."""
        return self._body[row].cells[column]

    def cover(self, row: int, column: int) -> tuple[int, int]:
        """Give the place of the cell that covers a place (itself, mostly)."""
        if self.cell(row, column) is not None:
            return row, column
        for above in range(row, -1, -1):
            for left in range(column, -1, -1):
                cell = self._body[above].cells[left]
                if cell is None:
                    continue
                if above + cell.down > row and left + cell.across > column:
                    return above, left
                if above == row:
                    break
        return row, column

    def places(self, address: Address) -> list[tuple[int, int]]:
        """Give where an address is shown, as row and column."""
        return [
            (number, column)
            for number, row in enumerate(self._body)
            for column, cell in enumerate(row.cells)
            if cell is not None and cell.address == address
        ]

    def row_of(self, item: str) -> int:
        """Give the first row of an item, -1 where it is not shown."""
        return next((number for number, row in enumerate(self._body) if row.item == item), -1)

    # ------------------------------------------------------------------ what is typed
    def writable(self, row: int, column: int) -> bool:
        """Whether a person may type at a place."""
        cell = self.cell(row, column)
        return cell is not None and self._may_type(cell)

    def _may_type(self, cell: Cell) -> bool:
        return not self._read_only and cell.editable and cell.address is not None

    def text_at(self, row: int, column: int) -> str:
        """Give the text at a place: what was typed, while it is on its way, else what is drawn."""
        cell = self.cell(row, column)
        return "" if cell is None else self._text(cell)

    def _text(self, cell: Cell) -> str:
        typed = self._typed.get(cell.address) if cell.address is not None else None
        return cell.text if typed is None else typed.text

    def type_block(self, texts: Mapping[tuple[int, int], str]) -> None:
        """Type texts at places as one gesture; what cannot be typed into is left as it is."""
        entries: dict[Address, str] = {}
        for (row, column), text in texts.items():
            cell = self.cell(row, column)
            if cell is None or cell.address is None or not self._may_type(cell):
                continue
            before = self._typed.get(cell.address)
            if text != self._text(cell) or (before is not None and before.refusal):
                entries[cell.address] = _with_percent(cell, text)
        for address, text in entries.items():
            self._typed[address] = Typed(text)
        if entries:
            self.announce()
            self.typed.emit(tuple(Entry(address, text) for address, text in entries.items()))

    def refuse(self, address: Address, text: str, sentence: str) -> None:
        """Keep a text that was not stored, with the sentence that says why."""
        self._typed[address] = Typed(text, sentence)
        self.announce()

    def settle(self, addresses: Sequence[Address]) -> None:
        """Forget the texts of these addresses: the drawing says what is true."""
        for address in addresses:
            self._typed.pop(address, None)
        self.announce()

    def refusals(self) -> Mapping[Address, Typed]:
        """Give the texts that were not stored."""
        return {address: typed for address, typed in self._typed.items() if typed.refusal}

    def mark(self, marks: Mapping[Address, str]) -> None:
        """Mark cells (`error`, `warning`, `info`, `dispute`) with a corner."""
        self._marks = marks
        self.announce()

    def clip(self, addresses: Collection[Address]) -> None:
        """Mark cells with a paper-clip: a file is attached there."""
        clips = frozenset(addresses)
        if clips != self._clips:
            self._clips = clips
            self.announce()

    # ------------------------------------------------------------------ what Qt asks
    def rowCount(self, parent: Index = ROOT) -> int:
        """Give the number of rows below the heading."""
        return 0 if parent.isValid() else len(self._body)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self._sheet.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Give what a view asks of a cell."""
        if not index.isValid():
            return None
        cell = self._body[index.row()].cells[index.column()]
        if cell is None:
            return None
        return self._cell_data(cell, index.column(), role)

    def _cell_data(self, cell: Cell, column: int, role: int) -> Any:
        if role in (DISPLAY, EDIT):
            return self._text(cell)
        if role == CELL:
            return cell
        if role == ALIGN:
            return _ALIGNMENT[cell.align or self._sheet.columns[column].align]
        if cell.address is None:
            return None
        if role == MARK:
            return self._marks.get(cell.address, "")
        if role == CLIP:
            return cell.address in self._clips
        if role in (REFUSAL, TOOLTIP):
            typed = self._typed.get(cell.address)
            return typed.refusal if typed is not None else ""
        return None

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        """Type a text at a place: a gesture of its own."""
        if role != EDIT or not self.writable(index.row(), index.column()):
            return False
        self.type_block({(index.row(), index.column()): str(value)})
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell whether a place can be chosen and typed into."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if self.writable(index.row(), index.column()) else _SELECTABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Give a column's heading as one text, for screen readers; the heading draws itself."""
        if role != DISPLAY:
            return None
        if orientation != _HORIZONTAL:
            return str(section + 1)
        return heading(self._sheet, section)


def heading(sheet: Sheet, column: int) -> str:
    """Give the words that stand over a column, the lowest heading last."""
    words: list[str] = []
    for row in sheet.rows[: sheet.header_rows]:
        cell = _spanning(row, column)
        # Lines above the heading are no part of a column's name.
        own = cell is not None and cell.style == "header"
        if own and cell is not None and cell.text and cell.text not in words:
            words.append(cell.text)
    return " · ".join(" ".join(word.split()) for word in words)


def _spanning(row: SheetRow, column: int) -> Cell | None:
    for start in range(column, -1, -1):
        cell = row.cells[start]
        if cell is not None:
            return cell if start + cell.across > column else None
    return None


def _with_percent(cell: Cell, text: str) -> str:
    """Read a bare `10` typed into a percentage as `10%`, as spreadsheets do."""
    plain = text.strip()
    if cell.style != "percent" or not plain.isdecimal():
        return text
    return f"{plain}%" if Decimal(plain) >= 1 else text
