"""Pasting a table: as the page that Word and Excel put on the clipboard, where they do."""

from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from quipu.files.text import read_text
from quipu.ui.dialogs.paste import PasteBox

PAGE = "<html><body><table><tr><td><u>Uno</u></td><td>dos</td></tr></table></body></html>"


def copied(text: str, page: str = "") -> QMimeData:
    data = QMimeData()
    data.setText(text)
    if page:
        data.setHtml(page)
    return data


def test_a_table_is_taken_as_the_page_it_came_as(qtbot: QtBot) -> None:
    box = PasteBox()
    qtbot.addWidget(box)
    box.insertFromMimeData(copied("Uno\tdos\n", PAGE))
    assert box.toPlainText() == "Uno\tdos\n"
    (row,) = read_text(box.given(), "pegado").tables[0].rows
    assert [cell.rich or cell.text for cell in row] == ["<u>Uno</u>", "dos"]


def test_what_was_changed_since_is_the_text(qtbot: QtBot) -> None:
    box = PasteBox()
    qtbot.addWidget(box)
    box.insertFromMimeData(copied("Uno\tdos\n", PAGE))
    box.appendPlainText("tres")
    assert box.given().endswith("tres")
    box.clear()
    box.insertFromMimeData(copied("a\tb", "<p><b>a</b> b</p>"))
    box.insertFromMimeData(copied("\tc"))
    assert box.given() == "a\tb\tc"
