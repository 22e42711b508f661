"""The page of the plan's document: its sections in order, and the text of the chosen one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.sections import SectionText
from quipu.ui import look
from quipu.ui.records import empty_label
from quipu.words import Words

_FIRST_WORDS = 40
"""How many letters of its text name a section without a title."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextEditor(QPlainTextEdit):
    """Plain text; `left` tells that the keyboard went elsewhere or that Ctrl+Enter was pressed."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+Enter for the end of what was typed; the keyboard stays here."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TextsPage(QWidget):
    """Sections at the left, the text at the right; `written` carries a section's key and text.

    `shown` tells that the page came into view.
    """

    written = Signal(str, str)
    shown = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._sections: tuple[SectionText, ...] = ()
        self._shown: SectionText | None = None
        self._sent = ""
        self.list = QListWidget()
        self.list.setAccessibleName(words.text("ui.texts.sections"))
        self.list.currentRowChanged.connect(self._choose)
        self.heading = QLabel()
        self.heading.setObjectName("subtitle")
        self.heading.setWordWrap(True)
        self.editor = TextEditor()
        self.editor.setTabChangesFocus(True)
        self.editor.setPlaceholderText(words.text("ui.texts.unwritten"))
        self.editor.left.connect(self.save)
        self.empty = empty_label("")
        self._arrange()
        self.show_sections([], empty="")

    def _arrange(self) -> None:
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.editor, 1)
        hint = QLabel(self._words.text("ui.texts.hint"))
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.addWidget(self.list)
        self.parts.addWidget(text)
        self.parts.setSizes([330, 720])
        self.parts.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        title = QLabel(self._words.text("ui.page.texts"))
        title.setObjectName("title")
        page.addWidget(title)
        row = QHBoxLayout()
        row.addWidget(self.parts, 1)
        row.addWidget(self.empty, 1)
        page.addLayout(row, 1)

    # ------------------------------------------------------------------ what is shown
    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page came into view."""
        super().showEvent(event)
        self.shown.emit()

    def show_sections(
        self, sections: Sequence[SectionText], *, empty: str, read_only: bool = False
    ) -> None:
        """Show a document's sections, or the sentence `empty` where there are none.

        What is being typed in the chosen section stays.
        """
        kept = self._shown.key if self._shown is not None else ""
        typing = self._typed()
        self._sections = tuple(sections)
        self.parts.setVisible(bool(sections))
        self.empty.setVisible(not sections)
        self.empty.setText(empty)
        self.editor.setReadOnly(read_only)
        self.list.blockSignals(True)
        self.list.clear()
        for section in self._sections:
            self.list.addItem(self._line(section))
        keys = [section.key for section in self._sections]
        at = keys.index(kept) if kept in keys else 0
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self._sent = ""
        if typing and kept in keys:
            self._shown = self._sections[at]
        else:
            self._show(at)

    def _line(self, section: SectionText) -> QListWidgetItem:
        line = QListWidgetItem("    " * (section.level - 1) + self._title(section))
        if not section.written:
            line.setForeground(look.MUTED)
            line.setToolTip(self._words.text("ui.texts.unwritten"))
        return line

    def _title(self, section: SectionText) -> str:
        first = section.text.strip().partition("\n")[0][:_FIRST_WORDS]
        named = section.title or first or self._words.text("ui.texts.untitled")
        return " ".join(named.split())

    def _choose(self, row: int) -> None:
        self.save()
        self._show(row)

    def _show(self, row: int) -> None:
        self._shown = self._sections[row] if 0 <= row < len(self._sections) else None
        text = self._shown.text if self._shown is not None else ""
        self.heading.setText(self._title(self._shown) if self._shown is not None else "")
        self.editor.setAccessibleName(self.heading.text())
        if text != self.editor.toPlainText():
            self.editor.setPlainText(text)

    # ------------------------------------------------------------------ what is typed
    def _typed(self) -> bool:
        """Whether the editor holds what was neither stored nor sent to be."""
        text = self.editor.toPlainText()
        stored = self._shown.text if self._shown is not None else text
        return text not in (stored, self._sent)

    def save(self) -> None:
        """Send the text of the chosen section to be stored, if somebody changed it."""
        if self._shown is not None and self._typed() and not self.editor.isReadOnly():
            self._sent = self.editor.toPlainText()
            self.written.emit(self._shown.key, self._sent)

    def give_back(self, key: str, text: str) -> None:
        """Put a text that was not stored back into the editor of its section."""
        keys = [section.key for section in self._sections]
        if key in keys:
            self.list.setCurrentRow(keys.index(key))
            self.editor.setPlainText(text)
            self._sent = ""
