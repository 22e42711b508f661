"""The page with the official sheet: what is chosen above, the paper in the middle."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from quipu.domain.address import Address
from quipu.forms.document import Cell, Document, Sheet
from quipu.ui.sheet.chooser import Chooser
from quipu.ui.sheet.find import FindBar
from quipu.ui.sheet.letterhead import Letterhead
from quipu.ui.sheet.model import EMPTY_SHEET, Entry, SheetModel, heading
from quipu.ui.sheet.view import SheetView
from quipu.words import Words

_BALLOON_MS = 9000


class SheetPage(QWidget):
    """Shows a document's sheets one at a time; `typed` carries a gesture's entries.

    `here` tells the cell that a person is at (or `None`), and what stands over its column.
    """

    typed = Signal(object)
    here = Signal(object, str)

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._read_only = False
        self._words = words
        self._why = "cell"
        self.help_of: Callable[[str, str], str] = _no_help
        self.chooser = Chooser(words, role)
        self.model = SheetModel(parent=self)
        self.view = SheetView(self.model)
        self.view.setAccessibleName(words.text("ui.sheet.name"))
        self.letterhead = Letterhead()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.find_bar = FindBar(words, self.model)
        self.balloon = QLabel(self.view.viewport())
        self.balloon.setObjectName("balloon")
        self.balloon.setWordWrap(True)
        self.balloon.hide()
        self.empty = QLabel(words.text("ui.sheet.opening"))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setObjectName("muted")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        paper = QFrame()
        paper.setObjectName("paper")
        sheet = QVBoxLayout(paper)
        sheet.setContentsMargins(9, 8, 9, 8)
        sheet.setSpacing(4)
        for part in (self.letterhead, self.tabs, self.view, self.find_bar):
            sheet.addWidget(part, 1 if part is self.view else 0)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(paper)
        page = QVBoxLayout(self)
        page.setContentsMargins(8, 6, 8, 6)
        page.setSpacing(6)
        page.addWidget(self.chooser)
        page.addLayout(self._stack, 1)
        self.tabs.hide()

    def _connect(self) -> None:
        self.model.typed.connect(self._forward)
        self.view.here.connect(self._moved)
        self.view.blocked.connect(self._say_why)
        self.find_bar.found.connect(self.view.show_found)
        self.find_bar.go_to.connect(self.view.go_to)
        self.find_bar.closed.connect(self.view.setFocus)
        self.tabs.currentChanged.connect(self._show_tab)
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.timeout.connect(self.balloon.hide)

    # ------------------------------------------------------------------ what is shown
    @property
    def sheet(self) -> Sheet:
        """The sheet in view."""
        return self.model.sheet

    @property
    def document(self) -> Document | None:
        """The document in view."""
        return self._document

    def show_document(
        self, document: Document | None, *, read_only: str = "", locked: str = ""
    ) -> None:
        """Show a document's sheets; `None` or a document without sheets shows the empty page.

        `read_only` names why nothing can be typed (`published`, `closed`, `plan`, `workspace`),
        `locked` why some cells cannot (`observed`).
        """
        self._document, self._read_only = document, bool(read_only)
        self._why = read_only or locked or "cell"
        sheets = document.sheets if document is not None else ()
        at = max(self.tabs.currentIndex(), 0)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for sheet in sheets:
            self.tabs.addTab(sheet.name)
        self.tabs.setCurrentIndex(min(at, len(sheets) - 1))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(sheets) > 1)
        self.empty.setText(self._words.text("ui.sheet.empty"))
        self._stack.setCurrentIndex(1 if sheets else 0)
        self._show_tab(self.tabs.currentIndex())

    def _show_tab(self, number: int) -> None:
        if self._document is None or number < 0:
            self.model.show_sheet(EMPTY_SHEET)
            return
        sheet = self._document.sheets[number]
        self.letterhead.show_document(self._document, sheet)
        helps = ((n, self.help_of(sheet.form, one.field)) for n, one in enumerate(sheet.columns))
        self.view.heading.show_helps({number: said for number, said in helps if said})
        before = self.view.currentIndex()
        place = (before.row(), before.column())
        fresh = sheet.form != self.sheet.form or sheet.unit != self.sheet.unit
        self.model.show_sheet(sheet, read_only=self._read_only)
        if not self.view.currentIndex().isValid():
            self.view.go_to(*(self._first_place() if fresh or place[0] < 0 else place))
        self._moved(self.view.currentIndex())

    def _first_place(self) -> tuple[int, int]:
        """Give where a person begins: the first place to report what was programmed.

        Where nothing was, the first place to report; on a sheet without any, the first cell.
        """
        places = [
            (row, column)
            for row in range(self.model.rowCount())
            for column in range(1, self.model.columnCount())
            if self._reports(row, column)
        ]
        programmed = [(row, c) for row, c in places if self.model.text_at(row, c - 1)]
        return (programmed or places or [(0, 0)])[0]

    def _reports(self, row: int, column: int) -> bool:
        cell = self.model.cell(row, column)
        return cell is not None and cell.address is not None and bool(cell.address.unit)

    # ------------------------------------------------------------------ where a person is
    def _moved(self, index: QModelIndex) -> None:
        self.balloon.hide()
        if not index.isValid():
            self.here.emit(None, "")
            return
        row, column = self.model.cover(index.row(), index.column())
        cell = self.model.cell(row, column)
        self.here.emit(cell, heading(self.sheet, column))
        if cell is not None and cell.address is not None:
            refused = self.model.refusals().get(cell.address)
            if refused is not None:
                self._explain(index, refused.refusal)

    def cell(self) -> Cell | None:
        """Give the cell that a person is at."""
        index = self.view.currentIndex()
        if not index.isValid():
            return None
        return self.model.cell(*self.model.cover(index.row(), index.column()))

    def text(self) -> str:
        """Give the text of that cell, as it was typed if it is still on its way."""
        index = self.view.currentIndex()
        if not index.isValid():
            return ""
        return self.model.text_at(*self.model.cover(index.row(), index.column()))

    def item(self) -> str:
        """Give the item of the row that a person is at."""
        row = self.view.currentIndex().row()
        return self.model.body[row].item if 0 <= row < len(self.model.body) else ""

    def go_to_address(self, address: Address) -> bool:
        """Go to the cell of an address, else to its row's first cell; false where neither is shown.

        The sheet may stand on another of the document's tabs.
        """
        sheets = self._document.sheets if self._document is not None else ()
        for number in (self.tabs.currentIndex(), *range(len(sheets))):
            self.tabs.setCurrentIndex(number)
            places = self.model.places(address)
            if places:
                self.view.go_to(*places[0])
                return True
        row = self.model.row_of(address.item)
        if row >= 0:
            self.view.go_to(row, 0)
        return row >= 0

    # ------------------------------------------------------------------ what is typed
    def _forward(self, entries: tuple[Entry, ...]) -> None:
        self.balloon.hide()
        self.typed.emit(entries)

    def refuse(self, refused: Mapping[Address, tuple[str, str]]) -> None:
        """Keep the texts of these addresses in their cells and say why they were not stored."""
        for address, (text, sentence) in refused.items():
            self.model.refuse(address, text, sentence)
        first = next(iter(refused), None)
        places = self.model.places(first) if first is not None else []
        if first is not None and places:
            self.view.go_to(*places[0])
            self._explain(self.view.currentIndex(), refused[first][1])

    def _say_why(self) -> None:
        self._explain(self.view.currentIndex(), self._words.text(f"ui.blocked.{self._why}"))

    def _explain(self, index: QModelIndex, sentence: str) -> None:
        rect = self.view.visualRect(index)
        self.balloon.setText(sentence)
        room = self.view.viewport().width()
        self.balloon.setFixedWidth(min(max(300, rect.width()), room - 8))
        self.balloon.adjustSize()
        left = min(rect.left(), room - self.balloon.width() - 4)
        below = rect.bottom() + 3
        if below + self.balloon.height() > self.view.viewport().height():
            below = rect.top() - self.balloon.height() - 3
        self.balloon.move(QPoint(max(left, 0), max(below, 0)))
        self.balloon.show()
        self._fading.start(_BALLOON_MS)


def _no_help(form: str, field: str) -> str:
    return ""
