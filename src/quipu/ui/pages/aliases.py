"""The page of other names of units: what may be one unit, and what a person said is."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from quipu.domain.aliases import Proposal
from quipu.operations.aliases import KnownAlias
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.words import Words

T = TypeVar("T")


class AliasesPage(QWidget):
    """Proposals above, confirmed names below.

    `confirmed` and `rejected` carry a proposal, `removed` a confirmed name; `shown` tells that
    the page came into view.
    """

    confirmed = Signal(object)
    rejected = Signal(object)
    removed = Signal(object)
    shown = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        text = words.text
        self.proposals: RecordsModel[Proposal] = RecordsModel(
            [
                Shown(text("ui.aliases.printed"), lambda one: one.alias),
                Shown(text("ui.aliases.unit"), lambda one: one.name, 330),
                Shown(text("ui.aliases.likeness"), lambda one: f"{one.likeness:.0%}", 90),
                Shown(text("ui.aliases.count"), lambda one: str(one.count), 70),
            ]
        )
        self.known: RecordsModel[KnownAlias] = RecordsModel(
            [
                Shown(text("ui.aliases.alias"), lambda one: one.alias),
                Shown(text("ui.aliases.unit"), lambda one: one.name, 490),
            ]
        )
        self.proposed, self.confirmed_names = RecordsView(self.proposals), RecordsView(self.known)
        self.proposed.setAccessibleName(text("ui.aliases.proposals"))
        self.confirmed_names.setAccessibleName(text("ui.aliases.known"))
        self.no_proposals = empty_label(text("ui.aliases.no-proposals"))
        self.none_known = empty_label(text("ui.aliases.none-known"))
        self.confirm = QPushButton(text("ui.aliases.confirm"))
        self.confirm.setObjectName("main")
        self.reject = QPushButton(text("ui.aliases.reject"))
        self.remove = QPushButton(text("ui.aliases.remove"))
        self._read_only = False
        self._arrange()
        self._connect()
        self.show_names((), ())

    def _arrange(self) -> None:
        title = QLabel(self._words.text("ui.page.aliases"))
        title.setObjectName("title")
        explain = QLabel(self._words.text("ui.aliases.explain"))
        explain.setObjectName("muted")
        explain.setWordWrap(True)
        parts = QSplitter(Qt.Orientation.Vertical)
        above = (self.confirm, self.reject)
        parts.addWidget(self._part("proposals", self.proposed, self.no_proposals, above))
        parts.addWidget(self._part("known", self.confirmed_names, self.none_known, (self.remove,)))
        parts.setSizes([330, 220])
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(title)
        page.addWidget(explain)
        page.addWidget(parts, 1)

    def _part(
        self, name: str, view: RecordsView, empty: QLabel, buttons: Sequence[QPushButton]
    ) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 6, 0, 0)
        heading = QLabel(self._words.text(f"ui.aliases.{name}"))
        heading.setObjectName("subtitle")
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(heading)
        column.addWidget(view, 1)
        column.addWidget(empty, 1)
        column.addLayout(row)
        return part

    def _connect(self) -> None:
        self.confirm.clicked.connect(lambda: self._tell(self.confirmed, self.chosen()))
        self.reject.clicked.connect(lambda: self._tell(self.rejected, self.chosen()))
        self.remove.clicked.connect(lambda: self._tell(self.removed, self.chosen_name()))
        self.proposed.opened.connect(lambda _: self.confirm.click())
        self.proposed.chosen.connect(lambda _: self._enable())
        self.confirmed_names.chosen.connect(lambda _: self._enable())

    def _tell(self, signal: SignalInstance, record: Proposal | KnownAlias | None) -> None:
        if record is not None:
            signal.emit(record)

    # ------------------------------------------------------------------ what is shown
    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page came into view."""
        super().showEvent(event)
        self.shown.emit()

    def show_names(
        self,
        proposals: Sequence[Proposal],
        known: Sequence[KnownAlias],
        *,
        read_only: bool = False,
    ) -> None:
        """Show what is proposed and what is confirmed; the chosen place stays where it was."""
        self._read_only = read_only
        _renew(self.proposed, self.proposals, proposals)
        _renew(self.confirmed_names, self.known, known)
        self.proposed.setVisible(bool(proposals))
        self.no_proposals.setVisible(not proposals)
        self.confirmed_names.setVisible(bool(known))
        self.none_known.setVisible(not known)
        self._enable()

    def chosen(self) -> Proposal | None:
        """Give the chosen proposal."""
        row = self.proposed.currentIndex().row()
        return self.proposals.records[row] if 0 <= row < len(self.proposals.records) else None

    def chosen_name(self) -> KnownAlias | None:
        """Give the chosen confirmed name."""
        row = self.confirmed_names.currentIndex().row()
        return self.known.records[row] if 0 <= row < len(self.known.records) else None

    def _enable(self) -> None:
        open_ = not self._read_only
        for button in (self.confirm, self.reject):
            button.setEnabled(open_ and self.chosen() is not None)
        self.remove.setEnabled(open_ and self.chosen_name() is not None)


def _renew(view: RecordsView, model: RecordsModel[T], records: Sequence[T]) -> None:
    row = view.currentIndex().row()
    model.show_records(records)
    if records:
        view.selectRow(min(max(row, 0), len(records) - 1))
