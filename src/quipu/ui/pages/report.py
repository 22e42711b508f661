"""The page of one report: how it stands, what it says and lacks, what was observed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QWidget,
)

from quipu.domain.problem import Problem
from quipu.domain.value import Blob, plain
from quipu.operations.observing import Observed
from quipu.operations.period_reports import Reported
from quipu.operations.sentences import problem_sentence
from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.pages.observed import ObservedList
from quipu.ui.pages.report_figures import (
    CountsList,
    DemandsList,
    Number,
    count_lines,
    criteria,
    demand_lines,
)
from quipu.ui.records import Shown
from quipu.ui.speech import period_name, quiet_name, value_words
from quipu.words import Words

VERBS = {
    "centre": ("accept", "return", "consolidate", "observe", "submit"),
    "office": ("submit", "review", "copy"),
}
_FROM = {
    "submit": ("none", "started", "returned"),
    "review": ("none", "started", "returned", "submitted"),
    "accept": ("submitted",),
    "return": ("submitted", "accepted", "consolidated"),
    "consolidate": ("accepted",),
    "copy": ("none", "started", "returned"),
}
"""States in which a verb makes sense; the operations decide, this only spares useless buttons."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the report says as a whole: its field, its title, what it says."""

    code: str
    title: str
    said: str
    needed: bool


class ReportPage(Page):
    """`picked` tells that another unit or period was chosen; `verb` what to do with the report."""

    picked = Signal()
    verb = Signal(str)
    edited = Signal(object)
    go_to = Signal(object)

    def __init__(self, words: Words, role: str) -> None:
        super().__init__(words, "report")
        self.unit, self.period = QComboBox(), QComboBox()
        self.unit.setMinimumContentsLength(34)
        self.unit.setAccessibleName(words.text("ui.tasks.unit"))
        self.period.setAccessibleName(words.text("ui.period.label"))
        for box in (self.unit, self.period):
            self.top.addWidget(box)
            box.activated.connect(lambda _: self.picked.emit())
        self.state, self.picture = QLabel(), QLabel()
        self.state.setWordWrap(True)
        self.texts = Listing(
            words, "ui.period-report.texts", self._text_columns(), [Do("write", main=True)]
        )
        self.missing = Listing(
            words,
            "ui.period-report.missing",
            self._missing_columns(),
            [Do("go", writes=False, main=True)],
        )
        self.counts, self.demands = CountsList(words), DemandsList(words)
        self.parts = QTabWidget()
        self.parts.addTab(self.texts, words.text("ui.period-report.texts.tab"))
        self.parts.addTab(self.counts, words.text("ui.counts.heading"))
        self.parts.addTab(self.demands, words.text("ui.demands.heading"))
        self.observed = ObservedList(words, role)
        self.verbs = {name: self._verb(name) for name in (*VERBS[role], "print")}
        self.texts.wanted.connect(lambda _, one: self.edited.emit(one))
        self.missing.wanted.connect(lambda _, one: self.go_to.emit(one))
        self._arrange()

    def _verb(self, name: str) -> QPushButton:
        button = QPushButton(self.words.text(f"ui.period-report.do.{name}"))
        button.setToolTip(self.words.text(f"ui.period-report.do.{name}.tip"))
        button.clicked.connect(lambda: self.verb.emit(name))
        return button

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.picture)
        line.addWidget(self.state, 1)
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(self.missing)
        above.addWidget(self.parts)
        above.setSizes([470, 610])
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(above)
        parts.addWidget(self.observed)
        parts.setSizes([300, 200])
        buttons: list[QWidget] = list(self.verbs.values())
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(line)
        self.column.addLayout(row)
        self.column.addWidget(parts, 1)

    def _missing_columns(self) -> list[Shown[Problem]]:
        return [
            Shown(self.words.text("ui.period-report.row"), lambda one: one.code or "—", 70),
            Shown(
                self.words.text("ui.period-report.lacks"),
                lambda one: problem_sentence(self.words, one), 0,
                lambda one: look.icon("error" if one.severity == "error" else "warning"),
            ),
        ]  # fmt: skip

    def _text_columns(self) -> list[Shown[Text]]:
        def icon(one: Text) -> object:
            return look.icon("done" if one.said else "warning" if one.needed else "info")

        return [
            Shown(self.words.text("ui.period-report.field"), lambda one: one.title, 200, icon),  # type: ignore[arg-type]
            Shown(
                self.words.text("ui.period-report.said"), lambda one: " ".join(one.said.split()), 0,
                tip=lambda one: one.said,
            ),
        ]  # fmt: skip

    # ------------------------------------------------------------------ what is shown
    def offer(
        self, units: Sequence[tuple[str, str]], periods: Sequence[str], unit: str, period: str
    ) -> None:
        """Offer the units and periods; the ones that were chosen stay, else these are."""
        self._fill(self.unit, [(one, quiet_name(name)) for one, name in units], unit)
        self._fill(self.period, [(one, period_name(self.words, one)) for one in periods], period)

    @staticmethod
    def _fill(box: QComboBox, options: Sequence[tuple[str, str]], chosen: str) -> None:
        known = [(box.itemData(n), box.itemText(n)) for n in range(box.count())]
        if known != list(options):
            chosen = box.currentData() or chosen
            box.clear()
            for value, said in options:
                box.addItem(said, value)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def show_report(
        self, found: Reported | None, threads: Sequence[Observed], note: str, *,
        number: Number = plain, read_only: bool,
    ) -> None:  # fmt: skip
        """Show a report with its observations; `note` is the reason of its return."""
        for name, button in self.verbs.items():
            states = _FROM.get(name)
            fits = found is not None and (states is None or found.state in states)
            button.setEnabled(fits and (name == "print" or not read_only))
        self.observed.show_threads(threads, read_only=read_only)
        self._show_figures(found, number, read_only=read_only)
        if found is None:
            self.state.setText("")
            self.missing.show_records(())
            self.texts.show_records(())
            return
        self.picture.setPixmap(look.icon(f"state-{found.state}").pixmap(look.ICON_SIZE))
        self.state.setText(self._said(found, note))
        self.missing.show_records(found.report.missing)
        self.texts.show_records(list(self._texts(found)), read_only=read_only)

    def _show_figures(self, found: Reported | None, number: Number, *, read_only: bool) -> None:
        counts = count_lines(found, self.words, number) if found is not None else []
        demands = demand_lines(found, self.words, number) if found is not None else []
        free = found is not None and any(
            not criterion.groups
            for asked in found.asked.counts
            for criterion in criteria(found, asked)
        )
        self.counts.show_lines(counts, read_only=read_only, free=free)
        self.demands.show_lines(demands, read_only=read_only)

    def go_to_count(self, target: str) -> bool:
        """Bring the number into view that a problem means; `False` where it means none."""
        if not self.counts.choose(target):
            return False
        self.parts.setCurrentWidget(self.counts)
        self.counts.choose(target)
        return True

    def _said(self, found: Reported, note: str) -> str:
        text = self.words.text
        parts = [text(f"ui.state.{found.state}")]
        if found.state == "returned" and note:
            parts.append(text("ui.period-report.reason", reason=note))
        if found.accepted == "modified":
            parts.append(text("ui.period-report.modified"))
        if found.incomplete:
            parts.append(text("ui.period-report.anyway", reason=found.incomplete))
        if found.state not in ("accepted", "consolidated"):
            count = len(found.report.missing)
            parts.append(self.words.plural("ui.period-report.lacking", count))
        return ". ".join(parts) + "."

    def _texts(self, found: Reported) -> list[Text]:
        lang = self.words.lang
        return [
            Text(
                one.code, one.title.get(lang) or next(iter(one.title.values()), one.code),
                "\n".join(
                    value_words(value)
                    for value in found.report.said.get(one.code, ())
                    if value is not None and not isinstance(value, Blob)
                ),
                one.required != "never",
            )
            for one in found.asked.of("report")
        ]  # fmt: skip
