"""Loading a plan: a workbook, a text file or a pasted table, looked at before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from quipu.domain.problem import Problem
from quipu.forms.definition import Form
from quipu.forms.reading import Reading, TableFound
from quipu.ui import look
from quipu.ui.dialogs.paste import PasteBox
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.speech import problem_sentence
from quipu.words import Words


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be read: a file or a pasted text, by a form, for a year."""

    file: Path | None
    text: str | None
    form: str
    year: int


def form_choices(forms: Mapping[str, Form], language: str) -> list[tuple[str, str]]:
    """Give what a document can be read or printed by: whole institutions first, then each form."""
    institutions: dict[str, str] = {}
    for form in forms.values():
        institutions.setdefault(form.id.partition("/")[0], form.institution)
    whole = [(folder, f"{name} ({folder})") for folder, name in institutions.items()]
    ordered = sorted(forms.values(), key=lambda form: (form.id.partition("/")[0], form.order))
    single = [
        (form.id, form.title.get(language, next(iter(form.title.values())))) for form in ordered
    ]
    return [*whole, *((name, f"    {title}") for name, title in single)]


class LoadDialog(QDialog):
    """Asks for the source, shows what was understood of it, and stores it when that is right.

    `read_wanted` and `store_wanted` carry a `Source`.
    """

    read_wanted = Signal(object)
    store_wanted = Signal(object)

    def __init__(
        self, words: Words, forms: Mapping[str, Form], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(words.text("ui.load.title"))
        self.resize(860, 560)
        self.file = QLineEdit()
        self.file.setPlaceholderText(words.text("ui.load.file.hint"))
        self.text = PasteBox()
        self.text.setPlaceholderText(words.text("ui.load.paste.hint"))
        self.source = self._sources()
        self.form = QComboBox()
        for value, said in form_choices(forms, words.lang):
            self.form.addItem(said, value)
        self.year = QSpinBox()
        self.year.setRange(1990, 2100)
        self.year.setValue(date.today().year)
        self.tables: RecordsModel[TableFound] = RecordsModel(self._table_columns())
        self.problems: RecordsModel[Problem] = RecordsModel(self._problem_columns())
        self.summary = QLabel(words.text("ui.load.explain"))
        self.summary.setWordWrap(True)
        self.read = QPushButton(words.text("ui.load.read"))
        self.store = QPushButton(words.text("ui.load.store"))
        self._arrange()

    def _sources(self) -> QTabWidget:
        tabs = QTabWidget()
        chosen = QWidget()
        row = QHBoxLayout(chosen)
        browse = QPushButton(self._words.text("ui.browse"))
        browse.clicked.connect(self._browse)
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        tabs.addTab(chosen, self._words.text("ui.load.file"))
        tabs.addTab(self.text, self._words.text("ui.load.paste"))
        tabs.setMaximumHeight(84)
        tabs.currentChanged.connect(lambda tab: tabs.setMaximumHeight(180 if tab else 84))
        return tabs

    def _table_columns(self) -> list[Shown[TableFound]]:
        text = self._words.text
        return [
            Shown(text("ui.load.where"), lambda table: table.where, 170),
            Shown(text("ui.load.unit"), lambda table: " ".join(table.unit.split())),
            Shown(text("ui.load.form"), lambda table: table.form, 230),
            Shown(text("ui.load.rows"), lambda table: str(table.rows), 60),
        ]

    def _problem_columns(self) -> list[Shown[Problem]]:
        def icon(problem: Problem) -> QIcon:
            return look.icon(problem.severity)

        return [
            Shown("", lambda problem: "", 26, icon),
            Shown(self._words.text("ui.load.where"), lambda problem: problem.where, 190),
            Shown(
                self._words.text("ui.findings.what"),
                lambda problem: problem_sentence(self._words, problem),
            ),
        ]

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.addWidget(self.source)
        form = QFormLayout()
        form.addRow(self._words.text("ui.load.form"), self.form)
        form.addRow(self._words.text("ui.load.year"), self.year)
        page.addLayout(form)
        page.addWidget(self.summary)
        found = QTabWidget()
        found.addTab(RecordsView(self.tables), self._words.text("ui.load.tables"))
        found.addTab(RecordsView(self.problems), self._words.text("ui.load.problems"))
        page.addWidget(found, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(self._words.text("ui.cancel"))
        cancel.clicked.connect(self.reject)
        for button in (cancel, self.read, self.store):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.read.setObjectName("main")
        self.store.setEnabled(False)
        self.read.clicked.connect(lambda: self.read_wanted.emit(self.what()))
        self.store.clicked.connect(lambda: self.store_wanted.emit(self.what()))
        for changed in (
            self.file.textChanged,
            self.text.textChanged,
            self.form.currentIndexChanged,
        ):
            changed.connect(self._source_changed)
        self.source.currentChanged.connect(self._source_changed)
        self.year.valueChanged.connect(self._source_changed)
        page.addLayout(row)
        self._source_changed()

    def _browse(self) -> None:
        pattern = self._words.text("ui.load.pattern")
        path, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), self.file.text(), pattern)
        if path:
            self.file.setText(path)

    def what(self) -> Source:
        """Give the source as it is said now."""
        pasted = self.source.currentIndex() == 1
        return Source(
            None if pasted else Path(self.file.text().strip()).expanduser(),
            self.text.given() if pasted else None,
            str(self.form.currentData() or ""),
            self.year.value(),
        )

    def _source_changed(self) -> None:
        pasted = self.source.currentIndex() == 1
        given = self.text.toPlainText() if pasted else self.file.text()
        self.read.setEnabled(bool(given.strip()) and self.form.count() > 0)
        self.store.setEnabled(False)

    def show_reading(self, reading: Reading) -> None:
        """Show what was understood; then it may be stored."""
        self.tables.show_records(reading.tables)
        self.problems.show_records(reading.problems)
        grave = sum(problem.severity == "error" for problem in reading.problems)
        self.summary.setText(
            self._words.text(
                "ui.load.summary",
                rows=len(reading.rows),
                tables=len(reading.tables),
                errors=grave,
                others=len(reading.problems) - grave,
            )
        )
        self.store.setEnabled(bool(reading.rows))
        if reading.rows:
            self._lead(self.store, self.read)

    def _lead(self, first: QPushButton, second: QPushButton) -> None:
        """Colour the button that comes next."""
        for button, name in ((first, "main"), (second, "")):
            button.setObjectName(name)
            button.style().unpolish(button)
            button.style().polish(button)
        first.setFocus()

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing could be read or stored."""
        self.tables.show_records([])
        self.problems.show_records([])
        self.summary.setText(sentence)
        self.store.setEnabled(False)
