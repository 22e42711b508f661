"""A small sheet made by hand, in the shape of the official one, and a person's hands."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from quipu.domain.address import Address
from quipu.forms.definition import Page
from quipu.forms.document import Cell, Document, Sheet, SheetColumn, SheetRow

MONTHS = ("Ene", "Feb", "Mar")
WIDE = "Conservar los caminos de tierra del norte con cuadrillas de la comunidad"


def address(row: int, field: str, month: int = 0) -> Address:
    return Address(f"row-{row}", field, f"2024-{month:02}" if month else "")


def _header() -> tuple[SheetRow, SheetRow]:
    upper = (
        Cell("Proceso", "header", down=2),
        Cell("Actividad", "header", down=2),
        Cell("Programación", "header", across=3),
        None,
        None,
        Cell("Total meta", "header", down=2),
    )
    lower = (None, None, *(Cell(name, "header") for name in MONTHS), None)
    return SheetRow("header", upper), SheetRow("header", lower)


def _row(number: int, process: Cell | None, figures: tuple[str, ...], total: str) -> SheetRow:
    months = tuple(
        Cell(
            text,
            "percent" if "%" in "".join(figures) else "number",
            Decimal(text.replace(",", "")) if text.replace(",", "").isdecimal() else None,
            address(number, "target", month),
            editable=True,
        )
        for month, text in enumerate(figures, 1)
    )
    text = Cell(f"{WIDE} {number}", "text", address=address(number, "text"), editable=True)
    closing = Cell(total, "total", address=address(number, "total"))
    return SheetRow("row", (process, text, *months, closing), f"row-{number}")


def sheet(*, name: str = "Caminos") -> Sheet:
    """Four rows: a merged process over the first two, percentages in the third, a group row."""
    columns = (
        SheetColumn(2, "left", "process"),
        SheetColumn(5, "left", "text"),
        *(SheetColumn(1, "center", "target", f"2024-{month:02}") for month in (1, 2, 3)),
        SheetColumn(1.5, "center", "total"),
    )
    group = SheetRow("group", (Cell("Segunda parte", "group", across=6), *(None,) * 5))
    rows = (
        *_header(),
        _row(1, Cell("Conservación", "label", down=2), ("1,200", "", "3"), "1,203"),
        _row(2, None, ("", "", "4"), "4"),
        group,
        _row(3, Cell("Atención", "label"), ("10%", "90%", ""), "100%"),
    )
    return Sheet(name, f"UNIDAD DE {name.upper()}", columns, rows, 2, "unit", "ÁREA", "form")


def document(*sheets: Sheet) -> Document:
    return Document(
        "Plan", "es", "1,234.5", Page(), ("INSTITUTO DE CAMINOS", "PLAN ANUAL 2024"),
        (("Código", "PAT-01"), ("Versión", "02")), sheets or (sheet(),), "{page}/{pages}",
    )  # fmt: skip


NOTHING = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(
    target: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NOTHING, text: str = ""
) -> None:
    """Press and release a key where the keyboard is, else on a widget."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))
    QApplication.processEvents()


def write(target: QWidget, text: str) -> None:
    """Type letters, the first of them on the sheet and the others in the editor it opens."""
    for letter in text:
        editor = target.findChild(QWidget, "cell-editor")
        press(editor or target, Qt.Key.Key_unknown, NOTHING, letter)


def editor_of(target: QWidget) -> QWidget:
    found = target.findChild(QWidget, "cell-editor")
    assert found is not None
    return found


def clipboard() -> str:
    return QGuiApplication.clipboard().text()
