"""From nothing to a window on the screen, each time in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.material import FORM, workbook
from benchmarks.timing import Measured, median
from quipu.operations.loading import load_plan
from quipu.operations.workspaces import new_centre, open_house

_OURS = """
import sys
from pathlib import Path
from quipu.ui.app import Program, application
app = application()
window = Program(app).open(Path(sys.argv[1]))
window.grab()
app.processEvents()
window.close()
"""
_BARE = """
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window, table = QMainWindow(), QTableView()
table.setModel(QStandardItemModel(500, 20))
window.setCentralWidget(table)
window.show()
window.grab()
app.processEvents()
window.close()
"""


def opening(folder: Path) -> Measured:
    """Open the window on a plan, beside a bare Qt window with an empty table."""
    file, year = workbook(folder)
    place = folder / "window"
    new_centre(folder=place, institution="Instituto", author="bench")
    with open_house(folder=place, write=True) as house:
        load_plan(house, file=file, form=FORM, year=year, author="bench")
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    def start(program: str) -> None:
        command = [sys.executable, "-c", program, str(place)]
        subprocess.run(command, env=surroundings, check=True, capture_output=True)

    ours, bare = median(lambda: start(_OURS)), median(lambda: start(_BARE))
    return Measured("open the window on the plan", ours, "bare Qt window", bare)
