"""The board's page: four lists across its top, and the facts under a figure below them."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from quipu.domain.value import Blob, plain
from quipu.operations.board_facts import Known
from quipu.operations.history import Past
from quipu.ui import look
from quipu.ui.board_lines import Line, Lines, Table
from quipu.ui.pages.status import STATES
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import field_name, moment, period_name, quiet_name, value_words
from quipu.words import Words

TABS = ("offices", "groups", "sums", "waiting")
Fact = tuple[Known, Past]
"""A fact under a figure, and one of the times that it was said."""

_LATE = QColor("#fbe3df")


class BoardPage(QWidget):
    """Reports, compliance, sums and what waits; a double click or Enter opens a figure.

    `number` writes a figure as the plan's forms do.
    `figure_opened` carries a figure's key and its title, `period_chosen` a period; `shown` tells
    that the page came into view.
    """

    shown = Signal()
    period_chosen = Signal(str)
    figure_opened = Signal(str, str)
    print_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.number: Callable[[Decimal], str] = plain
        text = words.text
        self.period = QComboBox()
        self.period.setAccessibleName(text("ui.board.period"))
        self.period.setToolTip(text("ui.board.period"))
        self.period.activated.connect(lambda _: self.period_chosen.emit(self.period.currentData()))
        self.print = QPushButton(text("ui.board.print"))
        self.print.setToolTip(text("ui.board.print-tip"))
        self.print.clicked.connect(self.print_wanted)
        self.tabs = QTabWidget()
        self.models: dict[str, RecordsModel[Line]] = {}
        self.views: dict[str, RecordsView] = {}
        for name in TABS:
            self._add_tab(name)
        self.tabs.currentChanged.connect(lambda _: self.show_facts("", ()))
        self.about = QLabel(text("ui.board.open"))
        self.about.setObjectName("subtitle")
        self.fact_rows: RecordsModel[Fact] = RecordsModel(self._fact_columns())
        self.fact_view = RecordsView(self.fact_rows)
        self.fact_view.setAccessibleName(text("ui.board.facts"))
        self.empty = empty_label(text("ui.board.empty"))
        self._arrange()
        self.show_board(None, (), "")

    def _add_tab(self, name: str) -> None:
        model: RecordsModel[Line] = RecordsModel()
        view = RecordsView(model)
        view.setSelectionBehavior(view.SelectionBehavior.SelectItems)
        view.setShowGrid(True)
        view.setAccessibleName(self._words.text(f"ui.board.tab.{name}"))
        view.activated.connect(lambda index: self._open(name, index.row(), index.column()))
        self.models[name], self.views[name] = model, view
        self.tabs.addTab(view, self._words.text(f"ui.board.tab.{name}"))

    def _fact_columns(self) -> list[Shown[Fact]]:
        words, text = self._words, self._words.text
        return [
            Shown(text("ui.board.unit"), lambda one: quiet_name(one[0].unit), 160),
            Shown(text("ui.board.row"), lambda one: f"{one[0].code} {one[0].activity}".strip()),
            Shown(text("ui.board.field"), lambda one: field_name(words, one[0].address.field), 84),
            Shown(
                text("ui.board.when"), lambda one: period_name(words, one[0].address.period), 100
            ),
            Shown(text("ui.board.value"), self._value, 74),
            Shown(text("ui.board.author"), self._author, 160),
            Shown(text("ui.board.at"), lambda one: moment(one[1].at), 112),
            Shown(text("ui.board.bundle"), _bundle, 116),
            Shown(text("ui.board.proof"), _proof, 84),
        ]

    def _author(self, one: Fact) -> str:
        past = one[1]
        return f"{past.author} ({past.office or self._words.text('ui.board.centre')})"

    def _value(self, one: Fact) -> str:
        known, past = one
        if known.address.field == "report" and f"{past.value}" in STATES:
            return self._words.text(f"ui.state.{past.value}")
        if known.address.field == "submitted_at":
            return moment(f"{past.value}")
        return value_words(past.value, self.number)

    def _arrange(self) -> None:
        title = QLabel(self._words.text("ui.page.board"))
        title.setObjectName("title")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.period)
        top.addWidget(self.print)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.about)
        column.addWidget(self.fact_view, 1)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(self.tabs)
        self.parts.addWidget(below)
        self.parts.setSizes([360, 200])
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addLayout(top)
        page.addWidget(self.parts, 1)
        page.addWidget(self.empty, 1)

    # ------------------------------------------------------------------ what is shown
    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page came into view."""
        super().showEvent(event)
        self.shown.emit()

    def show_board(
        self, lines: Lines | None, periods: Sequence[tuple[str, str]], period: str
    ) -> None:
        """Show the lists of a period, and the periods to choose from with their names."""
        self.parts.setVisible(lines is not None)
        self.empty.setVisible(lines is None)
        self.print.setEnabled(lines is not None)
        self.period.setEnabled(lines is not None)
        self.period.clear()
        for one, name in periods:
            self.period.addItem(name, one)
        self.period.setCurrentIndex(self.period.findData(period))
        for at, name in enumerate(TABS):
            table: Table = getattr(lines, name) if lines is not None else Table((), ())
            self.models[name].show_records(table.lines, _columns(table))
            label = self._words.text(f"ui.board.tab.{name}")
            count = len(table.lines) if name == "waiting" else 0
            self.tabs.setTabText(at, f"{label} ({count})" if count else label)
        self.show_facts("", ())

    def show_facts(self, title: str, found: Sequence[Known]) -> None:
        """Show the facts under a figure, the newest word of each first."""
        self.fact_rows.show_records([(one, past) for one in found for past in reversed(one.past)])
        words = self._words
        none = "ui.board.no-facts" if title else "ui.board.open"
        key = "ui.board.of" if found else none
        self.about.setText(words.text(key, what=title) if title else words.text(key))

    # ------------------------------------------------------------------ what is wanted
    def _open(self, name: str, row: int, column: int) -> None:
        model = self.models[name]
        line = model.records[row]
        key = line.keys[column]
        if key:
            head = model.columns[column].title
            first = line.texts[1] if name in ("groups", "waiting") else line.texts[0]
            self.figure_opened.emit(key, f"{first} · {head}" if column else first)


def _columns(table: Table) -> list[Shown[Line]]:
    return [_column(at, head, width) for at, (head, width) in enumerate(table.heads)]


def _column(at: int, head: str, width: int) -> Shown[Line]:
    def icon(line: Line) -> QIcon | None:
        state = line.states[at] if line.states else ""
        return look.icon(f"state-{state}") if state else None

    def ground(line: Line) -> QColor | None:
        return _LATE if at in line.late else None

    return Shown(head, lambda line: line.texts[at], width, icon, ground)


def _bundle(one: Fact) -> str:
    known, past = one
    entry = known.bundles.get(past.bundle or "")
    return f"{entry.seq} · {entry.file_name}" if entry is not None else ""


def _proof(one: Fact) -> str:
    known, past = one
    if isinstance(past.value, Blob):
        return past.value.name
    return ", ".join(proof.file.name for proof in known.proofs)
