"""What most pages are made of: a title, a list of records, and what can be done with one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.words import Words


@dataclass(frozen=True, slots=True)
class Do:
    """A button of a list: its name, and whether it needs a record, writes, or is the main one."""

    name: str
    record: bool = True
    writes: bool = True
    main: bool = False


class Page(QWidget):
    """A page with its title and a sentence under it; `shown` tells that it came into view."""

    shown = Signal()

    def __init__(self, words: Words, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.title = QLabel(words.text(f"ui.page.{name}"))
        self.title.setObjectName("title")
        self.explain = QLabel()
        self.explain.setObjectName("muted")
        self.explain.setWordWrap(True)
        if words.has(f"ui.page.{name}.explain"):
            self.explain.setText(words.text(f"ui.page.{name}.explain"))
        self.explain.setVisible(bool(self.explain.text()))
        self.top = QHBoxLayout()
        self.top.addWidget(self.title)
        self.top.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 10)
        self.column.addLayout(self.top)
        self.column.addWidget(self.explain)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page came into view."""
        super().showEvent(event)
        self.shown.emit()


class _List(RecordsView):
    """Records that Enter opens too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen record with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class Listing(QWidget):
    """A list with its buttons under it, and in place of an empty list a sentence.

    `key` begins its words: `<key>.empty`, `<key>.do.<button>` with `.tip`, and `<key>.heading`
    where there is one. `wanted` carries a button's name and the chosen record. Enter or a double
    click does what the main button does.
    """

    wanted = Signal(str, object)
    chosen = Signal(object)

    def __init__(
        self,
        words: Words,
        key: str,
        columns: Sequence[Shown[Any]],
        buttons: Sequence[Do] = (),
        *,
        allowed: Callable[[str, Any], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._buttons, self._allowed, self._read_only = buttons, allowed, False
        self.model: RecordsModel[Any] = RecordsModel(columns)
        self.view = _List(self.model)
        self.empty = empty_label(words.text(f"{key}.empty"))
        self.buttons = {one.name: self._button(words, key, one) for one in buttons}
        self._arrange(words, key)
        self.view.chosen.connect(lambda _: self._chosen())
        self.view.opened.connect(lambda _: self._main())
        self.show_records(())

    def _button(self, words: Words, key: str, one: Do) -> QPushButton:
        button = QPushButton(words.text(f"{key}.do.{one.name}"))
        button.setToolTip(words.text(f"{key}.do.{one.name}.tip"))
        if one.main:
            button.setObjectName("main")
        button.clicked.connect(lambda: self.wanted.emit(one.name, self.record()))
        return button

    def _arrange(self, words: Words, key: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        named = f"{key}.heading"
        if words.has(named):
            heading = QLabel(words.text(named))
            heading.setObjectName("subtitle")
            column.addWidget(heading)
            self.view.setAccessibleName(heading.text())
        row = QHBoxLayout()
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(row)

    # ------------------------------------------------------------------ what is shown
    def show_records(
        self,
        records: Sequence[Any],
        *,
        columns: Sequence[Shown[Any]] | None = None,
        read_only: bool = False,
    ) -> None:
        """Show records; the chosen row stays where it was."""
        self._read_only = read_only
        row = self.view.currentIndex().row()
        self.model.show_records(records, columns)
        self.view.setVisible(bool(records))
        self.empty.setVisible(not records)
        if records:
            self.view.selectRow(min(max(row, 0), len(records) - 1))
        self.enable()

    def record(self) -> Any:
        """Give the chosen record, `None` where there is none."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def enable(self) -> None:
        """Turn on the buttons that the chosen record allows."""
        record = self.record()
        for one in self._buttons:
            on = not (one.writes and self._read_only) and not (one.record and record is None)
            if on and self._allowed is not None:
                on = self._allowed(one.name, record)
            self.buttons[one.name].setEnabled(on)

    def _chosen(self) -> None:
        self.enable()
        self.chosen.emit(self.record())

    def _main(self) -> None:
        for one in self._buttons:
            if one.main and self.buttons[one.name].isEnabled():
                self.wanted.emit(one.name, self.record())
