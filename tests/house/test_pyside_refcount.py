"""PySide6 6.12.0 loses references to None on Python 3.11 until the interpreter dies."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("")
    before = sys.getrefcount(None)
    for n in range(200):
        label.setText(str(n))
    # Other threads may hold or drop a few; the fault would lose all 200.
    assert abs(sys.getrefcount(None) - before) < 20
