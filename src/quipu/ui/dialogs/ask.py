"""Small dialogs: a name, a reason, a choice; built from fields, answered as a mapping."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from quipu.ui.speech import quiet_name
from quipu.words import Words

Kind = Literal["line", "text", "choice", "many", "open", "save", "folder", "flag", "date", "secret"]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to say: its name, its label's key, how it is asked.

    `options` are pairs of value and words; `pattern` is the file dialog's filter; `value` stands
    there at the beginning, a `date`'s as ISO 8601 (today for `""`); `needed` keeps the dialog from
    ending while it is empty.
    """

    name: str
    label: str
    kind: Kind = "line"
    value: str = ""
    options: Sequence[tuple[str, str]] = ()
    pattern: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to each question: plain texts, so that work behind the window may read them.

    Several choices are separated by line breaks.
    """

    answers: Mapping[str, str]

    def answer(self, name: str) -> str:
        """Give what was said to a question."""
        return self.answers[name]

    def path(self, name: str) -> Path:
        """Give a file or folder that was said."""
        return Path(self.answers[name]).expanduser()


class Ask(QDialog):
    """Asks questions one under the other; `said` has what was answered."""

    def __init__(
        self, words: Words, title: str, questions: Sequence[Question], *, explain: str = "",
        done: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._words, self._questions = words, questions
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self.parts: dict[str, QWidget] = {}
        page = QVBoxLayout(self)
        if explain:
            label = QLabel(explain)
            label.setWordWrap(True)
            page.addWidget(label)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for question in questions:
            form.addRow(words.text(question.label), self._part(question))
        page.addLayout(form)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(words.text("ui.cancel"))
        cancel.setIcon(QIcon())
        self.ok = QPushButton(done or words.text("ui.ok"))
        self.ok.setObjectName("main")
        self.ok.setDefault(True)
        self.buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        page.addWidget(self.buttons)
        self._check()

    def _part(self, question: Question) -> QWidget:
        match question.kind:
            case "text":
                text = QPlainTextEdit(question.value)
                text.setTabChangesFocus(True)
                text.setMaximumHeight(110)
                text.textChanged.connect(self._check)
                part: QWidget = text
            case "choice":
                part = self._choice(question)
            case "many":
                part = self._many(question)
            case "flag":
                box = QCheckBox()
                box.setChecked(question.value == "true")
                part = box
            case "date":
                part = _date(question.value)
            case _:
                line = QLineEdit(question.value)
                if question.kind == "secret":
                    line.setEchoMode(QLineEdit.EchoMode.Password)
                line.textChanged.connect(self._check)
                part = line
        self.parts[question.name] = part
        if question.kind in ("open", "save", "folder"):
            return self._with_browse(question, part)
        return part

    def _choice(self, question: Question) -> QComboBox:
        box = QComboBox()
        for value, said in question.options:
            box.addItem(said, value)
        at = box.findData(question.value)
        box.setCurrentIndex(max(at, 0))
        return box

    def _many(self, question: Question) -> QListWidget:
        found = QListWidget()
        chosen = question.value.split("\n")
        for value, said in question.options:
            item = QListWidgetItem(quiet_name(said))
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            checked = Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked
            item.setCheckState(checked)
            found.addItem(item)
        found.setMinimumHeight(190)
        found.itemChanged.connect(self._check)
        return found

    def _with_browse(self, question: Question, line: QWidget) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        button = QPushButton(self._words.text("ui.browse"))
        button.clicked.connect(lambda: self._browse(question))
        row.addWidget(line, 1)
        row.addWidget(button)
        return both

    def _browse(self, question: Question) -> None:
        line = self.parts[question.name]
        if not isinstance(line, QLineEdit):
            return
        title = self._words.text(question.label)
        match question.kind:
            case "open":
                path, _ = QFileDialog.getOpenFileName(self, title, line.text(), question.pattern)
            case "save":
                path, _ = QFileDialog.getSaveFileName(self, title, line.text(), question.pattern)
            case _:
                path = QFileDialog.getExistingDirectory(self, title, line.text())
        if path:
            line.setText(path)

    # ------------------------------------------------------------------ what was said
    def answer(self, name: str) -> str:
        """Give what was said to a question; several choices are separated by line breaks."""
        part = self.parts[name]
        if isinstance(part, QLineEdit):
            return part.text().strip()
        if isinstance(part, QPlainTextEdit):
            return part.toPlainText().strip()
        if isinstance(part, QComboBox):
            return str(part.currentData() or "")
        if isinstance(part, QDateEdit):
            return part.date().toString(Qt.DateFormat.ISODate)
        if isinstance(part, QCheckBox):
            return "true" if part.isChecked() else ""
        if isinstance(part, QListWidget):
            items = (part.item(number) for number in range(part.count()))
            return "\n".join(
                str(item.data(Qt.ItemDataRole.UserRole))
                for item in items
                if item.checkState() == Qt.CheckState.Checked
            )
        raise TypeError(name)

    def said(self) -> Said:
        """Give all that was answered."""
        return Said({question.name: self.answer(question.name) for question in self._questions})

    def _check(self) -> None:
        if hasattr(self, "ok"):
            # A choice is always answered; its empty answer means "none" or "all".
            asked = [one for one in self._questions if one.kind not in ("choice", "flag")]
            self.ok.setEnabled(all(self.answer(one.name) for one in asked if one.needed))

    def when_accepted(self, act: Callable[[Said], None]) -> None:
        """Open the dialog without holding up the window, and act on what was said."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.accepted.connect(lambda: act(self.said()))
        self.open()


def _date(value: str) -> QDateEdit:
    day = QDate.fromString(value, Qt.DateFormat.ISODate)
    edit = QDateEdit(day if day.isValid() else QDate.currentDate())
    edit.setDisplayFormat("dd/MM/yyyy")
    edit.setCalendarPopup(True)
    return edit
