"""The page of bundles: how the exchange stands, what came and went, and further parts."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from quipu.ui.pages.deliveries import DeliveriesPanel
from quipu.ui.pages.traffic import TrafficPanel
from quipu.ui.pages.tray import Tray
from quipu.words import Words


class BundlesPage(QWidget):
    """Tabs; the first shows how it stands, or the tray while files are in it.

    `shown` tells that the page, or another of its tabs, came into view.
    """

    shown = Signal()

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        title = QLabel(words.text("ui.page.bundles"))
        title.setObjectName("title")
        self.traffic = TrafficPanel(words, role)
        self.tray = Tray(words, role)
        self.first = QStackedWidget()
        self.first.addWidget(self.traffic)
        self.first.addWidget(self.tray)
        self.deliveries = DeliveriesPanel(words)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.first, words.text("ui.bundles.traffic"))
        self.tabs.addTab(self.deliveries, words.text("ui.bundles.deliveries"))
        self.tabs.currentChanged.connect(lambda _: self.shown.emit())
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(title)
        page.addWidget(self.tabs, 1)

    def add_tab(self, part: QWidget, key: str) -> None:
        """Add a tab for another part of the exchange, named by a word."""
        self.tabs.addTab(part, self._words.text(key))

    def name_tab(self, part: QWidget, key: str, count: int) -> None:
        """Name a tab anew, with how much there is in it."""
        name = self._words.text(key)
        self.tabs.setTabText(self.tabs.indexOf(part), f"{name} ({count})" if count else name)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page came into view."""
        super().showEvent(event)
        self.shown.emit()

    def show_tray(self, *, open_: bool) -> None:
        """Show the tray, or put it away."""
        self.first.setCurrentWidget(self.tray if open_ else self.traffic)
        if open_:
            self.tabs.setCurrentWidget(self.first)
