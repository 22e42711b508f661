"""Loading a plan: a workbook, a text file or a pasted table, looked at before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.domain.value import plain
from quipu.forms.corrections import Correction, HeadingFound
from quipu.forms.definition import Form
from quipu.forms.reading import Reading
from quipu.operations.reading import Looked
from quipu.operations.sentences import problem_sentence
from quipu.ui import look
from quipu.ui.dialogs.match import MatchEditor
from quipu.ui.dialogs.paste import PasteBox
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.speech import quiet_name, short_period
from quipu.words import Words

_OWN_YEAR = 1989
"""One before the first year: the document says its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be read: a file or a pasted text, by a form (`""`: to be found), for a year.

    Without `year` it is the document's own; `corrections` are what a person said of its tables.
    """

    file: Path | None
    text: str | None
    form: str
    year: int | None
    corrections: tuple[Correction, ...] = ()


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
        self,
        words: Words,
        forms: Mapping[str, Form],
        *,
        form: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._forms = words, forms
        self.reading: Reading | None = None
        self._headings: tuple[HeadingFound, ...] = ()
        self.setWindowTitle(words.text("ui.load.title"))
        self.resize(1120, 650)
        self.file = QLineEdit()
        self.file.setPlaceholderText(words.text("ui.load.file.hint"))
        self.text = PasteBox()
        self.text.setPlaceholderText(words.text("ui.load.paste.hint"))
        self.source = self._sources()
        self.form = self._form_box(form)
        self.year = self._year_box()
        self.tables: RecordsModel[HeadingFound] = RecordsModel(self._table_columns())
        self.rows: RecordsModel[Row] = RecordsModel(self._row_columns())
        self.problems: RecordsModel[Problem] = RecordsModel(self._problem_columns())
        self.found = RecordsView(self.tables)
        self.found.setAccessibleName(words.text("ui.load.tables"))
        self.match = MatchEditor(words, forms)
        self.summary = QLabel(words.text("ui.load.explain"))
        self.summary.setWordWrap(True)
        self.read = QPushButton(words.text("ui.load.read"))
        self.store = QPushButton(words.text("ui.load.store"))
        self.results = QTabWidget()
        self.hint = QLabel(words.text("ui.load.empty"))
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self._connect()

    def _year_box(self) -> QSpinBox:
        box = QSpinBox()
        box.setRange(_OWN_YEAR, 2100)
        box.setSpecialValueText(self._words.text("ui.load.own-year"))
        box.setValue(_OWN_YEAR)
        box.setToolTip(self._words.text("ui.load.year.tip"))
        return box

    def _form_box(self, form: str) -> QComboBox:
        box = QComboBox()
        box.addItem(self._words.text("ui.load.any-form"), "")
        for value, said in form_choices(self._forms, self._words.lang):
            box.addItem(said, value)
        box.setCurrentIndex(max(box.findData(form), 0))
        return box

    def _sources(self) -> QTabWidget:
        tabs = QTabWidget()
        chosen = QWidget()
        row = QHBoxLayout(chosen)
        browse = QPushButton(self._words.text("ui.browse"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        tabs.addTab(chosen, self._words.text("ui.load.file"))
        tabs.addTab(self.text, self._words.text("ui.load.paste"))
        tabs.setMaximumHeight(84)
        tabs.currentChanged.connect(lambda tab: tabs.setMaximumHeight(180 if tab else 84))
        return tabs

    def _table_columns(self) -> list[Shown[HeadingFound]]:
        text = self._words.text

        def icon(one: HeadingFound) -> QIcon:
            if not one.form:
                return look.icon("info")
            return look.icon("warning" if one.missing else "done")

        return [
            Shown("", lambda one: "", 26, icon, tip=self._form_title),
            Shown(text("ui.load.where"), lambda one: one.where, 175),
            Shown(text("ui.load.form"), self._form_title, 150),
            Shown(text("ui.load.unit"), lambda one: quiet_name(self._table(one)[0])),
            Shown(text("ui.load.rows"), lambda one: self._table(one)[1], 50),
        ]

    def _form_title(self, one: HeadingFound) -> str:
        form = self._forms.get(one.form)
        if form is None:
            return self._words.text("ui.match.no-table")
        return form.title.get(self._words.lang, next(iter(form.title.values()), form.id))

    def _table(self, one: HeadingFound) -> tuple[str, str]:
        """Give the unit and the rows of a table; of one that goes on from a page before, none."""
        tables = self.reading.tables if self.reading is not None else ()
        own = [table for table in tables if table.where == one.where and table.form == one.form]
        units = " / ".join(" ".join(table.unit.split()) for table in own if table.unit)
        return units, str(sum(table.rows for table in own)) if own else ""

    def _row_columns(self) -> list[Shown[Row]]:
        text = self._words.text
        return [
            Shown(text("ui.load.where"), lambda row: row.where, 130),
            Shown(text("ui.load.unit"), lambda row: quiet_name(row.unit), 200),
            Shown(text("ui.field.code"), lambda row: row.code, 70),
            Shown(text("ui.field.text"), lambda row: " ".join(row.text.split())),
            Shown(text("ui.load.figures"), self._figures, 260),
            Shown(text("ui.field.total"), lambda row: row.published.get("total", ""), 80),
        ]

    def _figures(self, row: Row) -> str:
        parts = []
        for period, number in row.targets.items():
            value = plain(number) if number is not None else row.published.get(period, "")
            parts.append(f"{short_period(self._words, period)} {value}")
        return " · ".join(parts)

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
        text = self._words.text
        page = QVBoxLayout(self)
        page.addWidget(self.source)
        line = QHBoxLayout()
        for key, part, stretch in (("form", self.form, 1), ("year", self.year, 0)):
            label = QLabel(text(f"ui.load.{key}"))
            label.setBuddy(part)
            line.addWidget(label)
            line.addWidget(part, stretch)
        line.addWidget(self.read)
        page.addLayout(line)
        page.addWidget(self.summary)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.found)
        both.addWidget(self.match)
        both.setSizes([590, 510])
        self.results.addTab(both, text("ui.load.tables"))
        self.results.addTab(RecordsView(self.rows), text("ui.load.rows"))
        self.results.addTab(RecordsView(self.problems), text("ui.load.problems"))
        page.addWidget(self.results, 1)
        page.addWidget(self.hint, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(text("ui.cancel"))
        cancel.clicked.connect(self.reject)
        for button in (cancel, self.store):
            row.addWidget(button)
        for button in (cancel, self.read, self.store):
            button.setAutoDefault(False)
        self.read.setObjectName("main")
        self.store.setEnabled(False)
        page.addLayout(row)

    def _connect(self) -> None:
        self.file.returnPressed.connect(self.read.click)
        self.read.clicked.connect(lambda: self.read_wanted.emit(self.what()))
        self.store.clicked.connect(lambda: self.store_wanted.emit(self.what()))
        self.found.chosen.connect(self._show_match)
        self.match.changed.connect(lambda _: self.read_wanted.emit(self.what()))
        for changed in (
            self.file.textChanged,
            self.text.textChanged,
            self.form.currentIndexChanged,
            self.source.currentChanged,
        ):
            changed.connect(self._other_source)
        self.year.valueChanged.connect(self._source_changed)
        self._other_source()
        self.file.setFocus()

    def _browse(self) -> None:
        pattern = self._words.text("ui.load.pattern")
        path, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), self.file.text(), pattern)
        if path:
            self.file.setText(path)
            self.read.click()

    def what(self) -> Source:
        """Give the source as it is said now."""
        pasted = self.source.currentIndex() == 1
        return Source(
            None if pasted else Path(self.file.text().strip()).expanduser(),
            self.text.given() if pasted else None,
            str(self.form.currentData() or ""),
            self.year.value() if self.year.value() > _OWN_YEAR else None,
            tuple(self.match.said.values()),
        )

    def _other_source(self) -> None:
        """Another document, or another form: what was said of the tables counts no more."""
        self.match.forget()
        self._show_tables(())
        self._source_changed()

    def _source_changed(self) -> None:
        pasted = self.source.currentIndex() == 1
        given = self.text.toPlainText() if pasted else self.file.text()
        self.read.setEnabled(bool(given.strip()))
        self.store.setEnabled(False)
        self._lead(self.read, self.store)

    def _show_tables(self, found: tuple[HeadingFound, ...]) -> None:
        before = self.found.currentIndex().row()
        self._headings = found
        self.results.setVisible(bool(found))
        self.hint.setVisible(not found)
        self.tables.show_records(found)
        if found:
            troubled = (n for n, one in enumerate(found) if one.missing)
            at = before if 0 <= before < len(found) else next(troubled, 0)
            self.found.selectRow(at)
        else:
            self.match.show_heading(None, (), None)

    def _show_match(self, row: int) -> None:
        shown = self._headings[row] if 0 <= row < len(self._headings) else None
        year = self.reading.year if self.reading is not None else None
        self.match.show_heading(shown, self._headings, year)

    def show_looked(self, looked: Looked, refusal: str) -> None:
        """Show what was understood; then it may be stored. `refusal` is why nothing could be."""
        self.reading = looked.reading
        rows = looked.reading.rows if looked.reading is not None else ()
        problems = looked.reading.problems if looked.reading is not None else ()
        self.rows.show_records(rows)
        self.problems.show_records(problems)
        self._show_tables(looked.headings)
        for number, (key, count) in enumerate(
            (("tables", len(looked.headings)), ("rows", len(rows)), ("problems", len(problems)))
        ):
            self.results.setTabText(number, f"{self._words.text(f'ui.load.{key}')} ({count})")
        if looked.reading is None:
            hint = self._words.text("ui.load.correct") if looked.headings else ""
            self.summary.setText(f"{refusal} {hint}".strip())
        else:
            self.summary.setText(self._summary(looked.reading))
        self.store.setEnabled(bool(rows))
        if rows:
            focus = self.focusWidget()
            self._lead(self.store, self.read)
            if focus is self.read:
                self.store.setFocus()

    def _summary(self, reading: Reading) -> str:
        grave = sum(problem.severity == "error" for problem in reading.problems)
        return self._words.text(
            "ui.load.summary",
            rows=len(reading.rows),
            tables=len(reading.tables),
            errors=grave,
            others=len(reading.problems) - grave,
        )

    def _lead(self, first: QPushButton, second: QPushButton) -> None:
        """Colour the button that comes next."""
        for button, name in ((first, "main"), (second, "")):
            button.setObjectName(name)
            button.style().unpolish(button)
            button.style().polish(button)

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing could be read or stored."""
        self.reading = None
        self._show_tables(())
        self.rows.show_records([])
        self.problems.show_records([])
        self.summary.setText(sentence)
        self.store.setEnabled(False)
