"""The page of disputes: what two people said of one cell, side by side, and the choice."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.disputes import Dispute, Head
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import field_name, moment, period_name, quiet_name, value_words
from quipu.words import Words


class DisputesPage(QWidget):
    """A list at the left, the values of the chosen dispute at the right, none chosen beforehand.

    `settled` carries the dispute, the head's revision (or `""`), another value (or `None`) and a
    note. `go_to` carries an address to look at.
    """

    settled = Signal(object, str, object, str)
    go_to = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        text = words.text
        self.model: RecordsModel[Dispute] = RecordsModel(
            [
                Shown(text("ui.disputes.unit"), lambda one: quiet_name(one.unit), 190),
                Shown(text("ui.disputes.what"), self._what),
                Shown(text("ui.disputes.period"), self._period, 100),
            ]
        )
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(text("ui.disputes.title"))
        self.view.chosen.connect(self._show)
        self.cards = QVBoxLayout()
        self.note = QLineEdit()
        self.note.setPlaceholderText(text("ui.disputes.note"))
        self._side = QWidget()
        self.empty = empty_label(text("ui.disputes.none"))
        self._arrange()

    def _arrange(self) -> None:
        title = QLabel(self._words.text("ui.disputes.title"))
        title.setObjectName("title")
        explain = QLabel(self._words.text("ui.disputes.explain"))
        explain.setObjectName("muted")
        explain.setWordWrap(True)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setLayout(self.cards)
        self.cards.setContentsMargins(12, 0, 4, 0)
        self.cards.setAlignment(Qt.AlignmentFlag.AlignTop)
        area.setWidget(self._side)
        parts = self.parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.view)
        parts.addWidget(area)
        parts.setSizes([560, 480])
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(title)
        page.addWidget(explain)
        page.addWidget(parts, 1)
        page.addWidget(self.empty, 1)

    def _what(self, one: Dispute) -> str:
        field = field_name(self._words, one.address.field)
        label = " ".join(part for part in (one.code, one.activity) if part)
        return f"{field} · {label}" if label else field

    def _period(self, one: Dispute) -> str:
        return period_name(self._words, one.address.period) if one.address.period else ""

    # ------------------------------------------------------------------ what is shown
    def show_disputes(self, disputes: Sequence[Dispute]) -> None:
        """Show the open disputes."""
        row = self.view.currentIndex().row()
        self.model.show_records(disputes)
        self.note.clear()
        self.parts.setVisible(bool(disputes))
        self.empty.setVisible(not disputes)
        if disputes:
            self.view.selectRow(min(max(row, 0), len(disputes) - 1))
        else:
            self._show(-1)

    def current(self) -> Dispute | None:
        """Give the chosen dispute."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def _show(self, row: int) -> None:
        self._clear()
        if not 0 <= row < len(self.model.records):
            return
        dispute = self.model.records[row]
        heading = QLabel(self._what(dispute))
        heading.setObjectName("subtitle")
        heading.setWordWrap(True)
        self.cards.addWidget(heading)
        places = (quiet_name(dispute.unit), self._period(dispute))
        where = QLabel(" · ".join(part for part in places if part))
        where.setObjectName("muted")
        self.cards.addWidget(where)
        beside = QHBoxLayout()
        for head in dispute.heads:
            beside.addWidget(self._card(dispute, head))
        self.cards.addLayout(beside)
        self._add_rest(dispute)

    def _card(self, dispute: Dispute, head: Head) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inner = QVBoxLayout(card)
        value = QLabel(value_words(head.value))
        value.setObjectName("title")
        value.setWordWrap(True)
        inner.addWidget(value)
        office = head.office or self._words.text("ui.centre")
        for line in (f"{head.author} · {office}", moment(head.at)):
            inner.addWidget(QLabel(line))
        inner.addSpacing(8)
        choose = QPushButton(self._words.text("ui.disputes.choose"))
        choose.clicked.connect(
            lambda: self.settled.emit(dispute, head.revision, None, self.note.text().strip())
        )
        inner.addWidget(choose)
        return card

    def _add_rest(self, dispute: Dispute) -> None:
        other = QHBoxLayout()
        line = QLineEdit()
        line.setPlaceholderText(self._words.text("ui.disputes.other"))
        put = QPushButton(self._words.text("ui.disputes.put"))
        put.setEnabled(False)
        line.textChanged.connect(lambda text: put.setEnabled(bool(text.strip())))
        put.clicked.connect(
            lambda: self.settled.emit(dispute, "", line.text().strip(), self.note.text().strip())
        )
        other.addWidget(line, 1)
        other.addWidget(put)
        self.cards.addLayout(other)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self._words.text("ui.disputes.note"))
        self.cards.addWidget(self.note)
        look = QPushButton(self._words.text("ui.disputes.look"))
        look.clicked.connect(lambda: self.go_to.emit(dispute.address))
        self.cards.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)

    def _clear(self) -> None:
        stale = QWidget()
        stale.setLayout(self.cards)
        stale.deleteLater()
        self.cards = QVBoxLayout()
        self.cards.setContentsMargins(12, 0, 4, 0)
        self.cards.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._side.setLayout(self.cards)
