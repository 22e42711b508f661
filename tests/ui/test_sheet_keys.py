"""The keys of a spreadsheet, on the official sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from quipu.ui.sheet.model import SheetModel
from quipu.ui.sheet.view import SheetView
from tests.ui.sheets import (
    CONTROL,
    NOTHING,
    SHIFT,
    address,
    clipboard,
    editor_of,
    press,
    sheet,
    write,
)

KEY = Qt.Key


class Hands:
    """A view with a person before it; `sent` has the texts of each gesture by place."""

    def __init__(self, qtbot) -> None:
        self.model = SheetModel()
        self.view = SheetView(self.model)
        qtbot.addWidget(self.view)
        self.view.resize(900, 400)
        self.view.show()
        self.model.show_sheet(sheet())
        self.sent: list[list[str]] = []
        self.skipped: list[int] = []
        self.model.typed.connect(lambda some: self.sent.append([one.text for one in some]))
        self.view.skipped.connect(self.skipped.append)
        self.view.setFocus()
        QApplication.processEvents()

    def at(self, row: int, column: int) -> Hands:
        self.view.go_to(row, column)
        return self

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NOTHING, text: str = "") -> None:
        press(self.view, key, modifiers, text)

    @property
    def place(self) -> tuple[int, int]:
        return self.view.currentIndex().row(), self.view.currentIndex().column()


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


def test_typing_starts_editing_and_enter_goes_down(hands: Hands) -> None:
    hands.at(0, 4)
    write(hands.view, "25")
    editor = editor_of(hands.view)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "25"
    press(editor, KEY.Key_Return)
    assert hands.sent == [["25"]]
    assert hands.place == (1, 4)


def test_an_arrow_leaves_a_freshly_typed_cell(hands: Hands) -> None:
    hands.at(0, 2)
    write(hands.view, "8")
    press(editor_of(hands.view), KEY.Key_Right)
    assert (hands.sent, hands.place) == ([["8"]], (0, 3))


def test_f2_corrects_and_keeps_the_arrows(hands: Hands) -> None:
    hands.at(0, 2).press(KEY.Key_F2)
    editor = editor_of(hands.view)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "1,200"
    editor.end(False)
    press(editor, KEY.Key_Left)
    press(editor, KEY.Key_unknown, text="5")
    press(editor, KEY.Key_Return, SHIFT)
    assert hands.sent == [["1,2050"]]
    assert hands.place == (0, 2)


def test_escape_leaves_the_cell_as_it_was(hands: Hands) -> None:
    hands.at(0, 2)
    write(hands.view, "9")
    press(editor_of(hands.view), KEY.Key_Escape)
    assert hands.sent == []


def test_tab_goes_to_the_next_cell_that_can_be_typed_into(hands: Hands) -> None:
    hands.at(0, 3)
    write(hands.view, "6")
    press(editor_of(hands.view), KEY.Key_Tab)
    assert (hands.sent, hands.place) == ([["6"]], (0, 4))
    hands.press(KEY.Key_Tab)
    assert hands.place == (1, 1)
    hands.press(KEY.Key_Backtab, SHIFT)
    assert hands.place == (0, 4)
    hands.at(3, 4).press(KEY.Key_Tab)
    assert hands.place == (3, 4)


def test_tab_on_a_sheet_that_is_only_read(hands: Hands) -> None:
    hands.model.show_sheet(sheet(), read_only=True)
    hands.at(0, 5).press(KEY.Key_Tab)
    assert hands.place == (1, 0)
    hands.at(0, 0).press(KEY.Key_Backtab, SHIFT)
    assert hands.place == (0, 0)


def test_sentences_are_typed_over_several_lines(hands: Hands) -> None:
    hands.at(1, 1)
    write(hands.view, "ñandú")
    editor = editor_of(hands.view)
    assert isinstance(editor, QPlainTextEdit)
    press(editor, KEY.Key_Return, Qt.KeyboardModifier.AltModifier)
    press(editor, KEY.Key_unknown, text="é")
    press(editor, KEY.Key_Enter)
    assert hands.sent == [["ñandú\né"]]


def test_enter_and_arrows_pass_over_merged_cells(hands: Hands) -> None:
    hands.at(0, 0).press(KEY.Key_Down)
    assert hands.place == (2, 0)
    hands.press(KEY.Key_Down)
    assert hands.place == (3, 0)
    hands.at(0, 3).press(KEY.Key_Return)
    assert hands.place == (1, 3)
    hands.press(KEY.Key_Return, SHIFT)
    assert hands.place == (0, 3)
    hands.press(KEY.Key_Up)
    assert hands.place == (0, 3)


def test_control_arrows_jump_to_the_edges(hands: Hands) -> None:
    hands.at(0, 4).press(KEY.Key_Right, CONTROL)
    assert hands.place == (0, 5)
    hands.at(0, 2).press(KEY.Key_Right, CONTROL)
    assert hands.place == (0, 4)
    hands.at(0, 4).press(KEY.Key_Down, CONTROL)
    assert hands.place == (2, 4)
    hands.at(0, 0).press(KEY.Key_Left, CONTROL)
    assert hands.place == (0, 0)


def test_shift_arrows_choose_a_block_and_copy_takes_it(hands: Hands) -> None:
    hands.at(0, 2).press(KEY.Key_Right, SHIFT)
    hands.press(KEY.Key_Right, SHIFT)
    hands.press(KEY.Key_Down, SHIFT)
    hands.press(KEY.Key_C, CONTROL)
    assert clipboard() == "1,200\t\t3\n\t\t4"
    hands.press(KEY.Key_Up, SHIFT)
    hands.press(KEY.Key_C, CONTROL)
    assert clipboard() == "1,200\t\t3"


def test_a_block_from_excel_is_one_gesture(hands: Hands) -> None:
    QGuiApplication.clipboard().setText("5\t6\t7\r\n8\t9\t10\r\n")
    hands.at(0, 2).press(KEY.Key_V, CONTROL)
    assert hands.sent == [["5", "6", "7", "8", "9", "10"]]
    assert hands.skipped == []


def test_what_falls_outside_is_counted(hands: Hands) -> None:
    QGuiApplication.clipboard().setText("5\t6\t7\n")
    hands.at(0, 4).press(KEY.Key_V, CONTROL)
    assert (hands.sent, hands.skipped) == ([["5"]], [2])


def test_pasting_the_same_words_back_loses_nothing(hands: Hands) -> None:
    hands.at(0, 5).press(KEY.Key_C, CONTROL)
    hands.press(KEY.Key_V, CONTROL)
    assert (hands.sent, hands.skipped) == ([], [])
    QGuiApplication.clipboard().clear()
    hands.press(KEY.Key_V, CONTROL)
    assert hands.skipped == []


def test_delete_and_cut_blank_a_block(hands: Hands) -> None:
    hands.at(0, 2).press(KEY.Key_Right, SHIFT)
    hands.press(KEY.Key_Right, SHIFT)
    hands.press(KEY.Key_Delete)
    assert hands.sent == [["", ""]]
    hands.at(1, 4).press(KEY.Key_X, CONTROL)
    assert hands.sent[1:] == [[""]]
    assert clipboard() == "4"


def test_fill_down_repeats_the_first_row(hands: Hands) -> None:
    hands.at(0, 2).press(KEY.Key_Down, SHIFT)
    hands.press(KEY.Key_D, CONTROL)
    assert hands.sent == [["1,200"]]
    hands.at(1, 4).press(KEY.Key_D, CONTROL)
    assert hands.sent[1:] == [["3"]]


def test_zoom_changes_the_rows(hands: Hands) -> None:
    before = hands.view.rowHeight(0)
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        CONTROL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    hands.view.wheelEvent(wheel)
    assert hands.view.zoom == pytest.approx(1.1)
    hands.view.set_zoom(9)
    assert hands.view.zoom == 2.0
    assert hands.view.rowHeight(0) > before


def test_the_columns_share_the_room_and_figures_never_break(hands: Hands) -> None:
    widths = [hands.view.columnWidth(column) for column in range(6)]
    assert sum(widths) == hands.view.viewport().width()
    assert widths[1] > widths[0] > widths[3]
    hands.view.resize(160, 300)
    QApplication.processEvents()
    assert sum(hands.view.columnWidth(c) for c in range(6)) > hands.view.viewport().width()


def test_everything_is_painted(hands: Hands) -> None:
    hands.model.mark({address(1, "target", 1): "error", address(2, "target", 3): "dispute"})
    hands.model.refuse(address(1, "target", 2), "x", "no")
    hands.view.show_found(frozenset({(1, 1)}))
    hands.at(0, 2)
    picture = hands.view.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert {"#fbe3df", "#ffe08a", "#dfe7ec", "#f0eee6"} <= colours
