"""The page of disputes: what two people said of one cell, side by side, and the choice."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.disputes import Dispute
from quipu.ui import look
from quipu.ui.pages.dispute_cards import DisputeCards
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import field_name, period_name, quiet_name
from quipu.words import Words


class DisputesPage(QWidget):
    """A list at the left, the values of the chosen dispute at the right, none chosen beforehand.

    `settled` carries the dispute, the head's revision (or `""`), another value (or `None`) and a
    note. `go_to` carries an address to look at, `file_wanted` an attachment to open.
    `rule_wanted` asks to settle many by a rule, `print_wanted` for the sheet to sign.
    """

    settled = Signal(object, str, object, str)
    go_to = Signal(object)
    file_wanted = Signal(object)
    rule_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        text = words.text
        self.model: RecordsModel[Dispute] = RecordsModel(
            [
                Shown(text("ui.disputes.unit"), lambda one: quiet_name(one.unit), 170),
                Shown(text("ui.disputes.what"), self._what),
                Shown(text("ui.disputes.period"), self._period, 92),
            ]
        )
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(text("ui.disputes.title"))
        self.view.chosen.connect(self._show)
        self.view.opened.connect(lambda _: self.cards.focus())
        self.rule, self.sheet = self._button("rule", "done"), self._button("sheet", "print")
        self.rule.clicked.connect(self.rule_wanted)
        self.sheet.clicked.connect(self.print_wanted)
        self._area = QScrollArea()
        self.cards: DisputeCards = DisputeCards(words)
        self.empty = empty_label(text("ui.disputes.none"))
        self._arrange()

    @property
    def note(self) -> QLineEdit:
        """The line for a note on the choice."""
        return self.cards.note

    def _button(self, name: str, icon: str) -> QPushButton:
        button = QPushButton(look.icon(icon), self._words.text(f"ui.disputes.{name}"))
        button.setToolTip(self._words.text(f"ui.disputes.{name}.tip"))
        return button

    def _arrange(self) -> None:
        title = QLabel(self._words.text("ui.disputes.title"))
        title.setObjectName("title")
        explain = QLabel(self._words.text("ui.disputes.explain"))
        explain.setObjectName("muted")
        explain.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.rule)
        head.addWidget(self.sheet)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        parts = self.parts = QSplitter()
        parts.addWidget(self.view)
        parts.addWidget(self._area)
        parts.setSizes([480, 600])
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addLayout(head)
        page.addWidget(explain)
        page.addWidget(parts, 1)
        page.addWidget(self.empty, 1)
        self._put_cards(None)

    def _what(self, one: Dispute) -> str:
        label = " ".join(part for part in (one.code, one.activity) if part)
        if one.edited:
            deleted = self._words.text("ui.disputes.deleted")
            return f"{deleted} · {label}" if label else deleted
        field = field_name(self._words, one.address.field)
        return f"{field} · {label}" if label else field

    def _period(self, one: Dispute) -> str:
        return period_name(self._words, one.address.period) if one.address.period else ""

    # ------------------------------------------------------------------ what is shown
    def show_disputes(self, disputes: Sequence[Dispute], *, read_only: bool = False) -> None:
        """Show the open disputes; one that is looked at stays as it is."""
        row = self.view.currentIndex().row()
        if list(disputes) == self.model.records and disputes:
            return
        self.model.show_records(disputes)
        self.parts.setVisible(bool(disputes))
        self.empty.setVisible(not disputes)
        self.rule.setEnabled(bool(disputes) and not read_only)
        if disputes:
            self.view.selectRow(min(max(row, 0), len(disputes) - 1))
        else:
            self._put_cards(None)

    def current(self) -> Dispute | None:
        """Give the chosen dispute."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def _show(self, row: int) -> None:
        self._put_cards(self.current() if row >= 0 else None)

    def _put_cards(self, dispute: Dispute | None) -> None:
        cards = DisputeCards(self._words)
        cards.settled.connect(self.settled)
        cards.go_to.connect(self.go_to)
        cards.file_wanted.connect(self.file_wanted)
        if dispute is not None:
            cards.show_dispute(dispute, self._what(dispute), self._period(dispute))
        self.cards = cards
        self._area.setWidget(cards)
