"""How the window looks: calm colours, the paper's own letters, icons, one style for all pages."""

from functools import cache
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from quipu import settings

FAMILY: Final = "Liberation Sans"
POINTS: Final = 9.5

DESK: Final = QColor("#e9ecec")
PAPER: Final = QColor("#ffffff")
INK: Final = QColor("#1f2a30")
MUTED: Final = QColor("#5a666d")
LINE: Final = QColor("#9aa5ac")
HEADER_FILL: Final = QColor("#dfe7ec")
GROUP_FILL: Final = QColor("#f0eee6")
TOTAL_FILL: Final = QColor("#f2f4f5")
ENTRY_FILL: Final = QColor("#fffae3")
MARK_FILL: Final = QColor("#b9c7cf")
ACCENT: Final = QColor("#0b6a6f")
CHOSEN: Final = QColor("#c4dfde")
SELECTED: Final = QColor(11, 106, 111, 34)
REFUSED: Final = QColor("#a3271c")
REFUSED_FILL: Final = QColor("#fbe3df")
WARNING: Final = QColor("#b87400")
INFO: Final = QColor("#1f5a8c")
FOUND: Final = QColor("#ffe08a")

STYLE: Final = """
QToolTip { background: #fffdf4; color: #1f2a30; border: 1px solid #9aa5ac; padding: 4px; }
QMainWindow, QDialog, #desk { background: #e9ecec; }
QMenuBar { background: #f6f7f7; }
QToolBar {
    background: #f6f7f7; border: 0; border-bottom: 1px solid #c6ced2; spacing: 2px;
    padding: 2px 6px; }
QToolBar QToolButton { padding: 3px 5px; border: 1px solid transparent; border-radius: 4px; }
QToolBar QToolButton:hover { background: #e1eaeb; }
QToolBar QToolButton:focus { border-color: #0b6a6f; }
QStatusBar { background: #f6f7f7; border-top: 1px solid #c6ced2; }
QStatusBar::item { border: 0; }
QSplitter::handle { background: #d3d9dc; }
#paper { background: #ffffff; border: 1px solid #9aa5ac; }
#side { background: #f6f7f7; border: 0; border-right: 1px solid #c6ced2; }
#side QToolButton {
    text-align: left; padding: 5px 8px; border: 1px solid transparent; border-radius: 4px; }
#side QToolButton:hover { background: #e1eaeb; }
#side QToolButton:checked { background: #d3e4e4; font-weight: bold; }
#side QToolButton:focus { border-color: #0b6a6f; }
#side QTreeView { background: #f6f7f7; border: 0; }
#side QTreeView::branch:selected { background: #c4dfde; }
#chooser QToolButton { padding: 4px 11px; border: 1px solid #9aa5ac; background: #f6f7f7; }
#chooser QToolButton:checked { background: #0b6a6f; color: white; border-color: #0b6a6f; }
#chooser QToolButton:focus { border: 1px solid #e3a33b; }
QPushButton { padding: 5px 14px; }
QPushButton#main {
    background: #0b6a6f; color: white; border: 1px solid #08565a; border-radius: 4px; }
QPushButton#main:hover { background: #0d7c81; }
QPushButton#main:focus { border: 2px solid #e3a33b; padding: 4px 13px; }
QPushButton#main:disabled { background: #b4bfc2; border-color: #b4bfc2; color: #f3f4f4; }
QCommandLinkButton#choice {
    text-align: left; padding: 12px 14px; background: white; border: 1px solid #b6c0c5;
    border-radius: 5px; }
QCommandLinkButton#choice:hover { border-color: #0b6a6f; background: #f3f8f8; }
QCommandLinkButton#choice:focus { border: 2px solid #0b6a6f; padding: 11px 13px; }
#title { font-size: 16pt; font-weight: bold; }
#subtitle { font-size: 11pt; font-weight: bold; }
#muted { color: #5a666d; }
#notice[tone="error"] { background: #fbe3df; border: 1px solid #cf8d85; }
#notice[tone="warning"] { background: #fff2d3; border: 1px solid #d6b26a; }
#notice[tone="done"] { background: #e2f1e6; border: 1px solid #8fbd9d; }
#card { background: white; border: 1px solid #b6c0c5; border-radius: 5px; }
#cell-editor { background: white; border: 2px solid #0b6a6f; padding: 0 1px; }
#editor QTreeView::item { padding: 2px 0; }
#balloon { background: #fbe3df; color: #6d160d; border: 1px solid #a3271c; padding: 4px 8px; }
"""


def dress(app: QApplication) -> None:
    """Give the application its letters, colours and style; a second time does nothing."""
    if app.styleSheet() == STYLE:
        return
    app.setStyle("Fusion")
    _load_fonts()
    font = QFont(FAMILY)
    font.setPointSizeF(POINTS)
    app.setFont(font)
    QToolTip.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(STYLE)
    app.setWindowIcon(icon("quipu"))


@cache
def _load_fonts() -> None:
    for path in sorted(settings.fonts_dir().glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, DESK),
        (roles.WindowText, INK),
        (roles.Base, PAPER),
        (roles.AlternateBase, QColor("#f6f8f8")),
        (roles.Text, INK),
        (roles.Button, QColor("#f1f3f3")),
        (roles.ButtonText, INK),
        (roles.Highlight, ACCENT),
        (roles.HighlightedText, PAPER),
        (roles.PlaceholderText, QColor("#75828a")),
        (roles.ToolTipBase, QColor("#fffdf4")),
        (roles.ToolTipText, INK),
    ):
        palette.setColor(role, colour)
    faded = QPalette.ColorGroup.Disabled
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(faded, role, QColor("#8c979d"))
    return palette


@cache
def icon(name: str) -> QIcon:
    """Give the icon of a name (`resources/icons/<name>.svg`)."""
    return QIcon(str(settings.resources_dir() / "icons" / f"{name}.svg"))


def grid_font(*, bold: bool = False, zoom: float = 1.0) -> QFont:
    """Give the letters of a sheet at a zoom of 1.0 for the usual size."""
    font = QFont(FAMILY)
    font.setPointSizeF(8.5 * zoom)
    font.setBold(bold)
    return font


ICON_SIZE: Final = QSize(20, 20)
