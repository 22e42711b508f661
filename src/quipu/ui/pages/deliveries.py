"""The bundles that were sent and received, with the codes that prove it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations.receipts import Receipt
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import moment, quiet_name
from quipu.words import Words

WAYS = ("all", "received", "sent", "open")


class DeliveriesPanel(QWidget):
    """A line per bundle, the newest first; `print_wanted` asks for the proof on paper."""

    print_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._all: tuple[Receipt, ...] = ()
        text = words.text
        self.model: RecordsModel[Receipt] = RecordsModel(self._columns())
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(text("ui.bundles.deliveries"))
        self.which = QComboBox()
        self.which.setAccessibleName(text("ui.deliveries.which"))
        self.which.setToolTip(text("ui.deliveries.which"))
        for way in WAYS:
            self.which.addItem(text(f"ui.deliveries.which.{way}"), way)
        self.which.currentIndexChanged.connect(lambda _: self._sift())
        self.print = QPushButton(look.icon("print"), text("ui.deliveries.print"))
        self.print.setToolTip(text("ui.deliveries.print.tip"))
        self.print.clicked.connect(self.print_wanted)
        self.empty = empty_label(text("ui.deliveries.empty"))
        explain = QLabel(text("ui.deliveries.explain"))
        explain.setObjectName("muted")
        explain.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addWidget(explain, 1)
        row.addWidget(self.print)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 6, 0, 0)
        page.addLayout(row)
        page.addWidget(self.view, 1)
        page.addWidget(self.empty, 1)

    def _columns(self) -> list[Shown[Receipt]]:
        text = self._words.text
        return [
            Shown(text("ui.deliveries.way"), self._way, 104),
            Shown(text("ui.deliveries.office"), self._office),
            Shown(text("ui.merge.number"), lambda one: str(one.sequence), 50),
            Shown(text("ui.deliveries.sealed"), lambda one: moment(one.sealed_at), 136),
            Shown(text("ui.deliveries.received"), self._received, 150, ground=_open_ground),
            Shown(text("ui.deliveries.changes"), lambda one: str(one.revisions), 80),
            Shown(text("ui.deliveries.code"), lambda one: one.code, 206),
        ]

    def _way(self, one: Receipt) -> str:
        return self._words.text(f"ui.deliveries.way.{one.way}")

    def _office(self, one: Receipt) -> str:
        return quiet_name(one.office) or self._words.text("ui.centre")

    def _received(self, one: Receipt) -> str:
        if one.received_at:
            return moment(one.received_at)
        return self._words.text("ui.deliveries.not-yet")

    def show_deliveries(self, receipts: Sequence[Receipt]) -> None:
        """Show all bundles."""
        newest = sorted(receipts, key=lambda one: (one.sealed_at, one.sequence), reverse=True)
        self._all = tuple(newest)
        self.print.setEnabled(bool(newest))
        self._sift()

    def _sift(self) -> None:
        way = self.which.currentData()
        shown = [
            one
            for one in self._all
            if way in ("all", one.way) or (way == "open" and not one.received_at)
        ]
        self.model.show_records(shown)
        self.view.setVisible(bool(shown))
        self.empty.setVisible(not shown)


def _open_ground(one: Receipt) -> object:
    return None if one.received_at else look.ENTRY_FILL
