"""What a report counts, and the demands of its activities: two lists in which one types."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.domain.counted import Counted
from quipu.domain.report_rules import AskedCount, Criterion
from quipu.operations.period_reports import Reported
from quipu.ui import look
from quipu.ui.pages.evaluation import percent
from quipu.ui.pages.typed import TypedModel, TypedView
from quipu.ui.records import Shown, empty_label
from quipu.words import Words

_DEMANDS = ("rate", "spread")
Number = Callable[[Decimal], str]
"""Gives a number as the plan's forms write it."""


@dataclass(frozen=True, slots=True)
class CountLine:
    """One number of a report: of all, or of a group by a criterion; what is odd about it."""

    counted: Counted
    title: str
    criterion: str
    number: str
    odd: str = ""


@dataclass(frozen=True, slots=True)
class DemandLine:
    """What an activity received and attended, and how far that got."""

    item: str
    name: str
    received: str
    attended: str
    advance: str


def count_lines(found: Reported, words: Words, number: Number) -> list[CountLine]:
    """Give each count of the whole report with its groups: the form's, and those in use."""
    report = found.report
    said = {
        one.counted: number(one.number)
        for one in report.counts
        if (one.item, one.period) == (report.plan, report.period)
    }
    odd = _odd(found, words, number)
    return [
        CountLine(
            counted, named(asked, words), criterion, said.get(counted, ""),
            "; ".join(odd.get(counted.field, ())),
        )
        for asked in found.asked.counts
        for counted, criterion in _places(found, asked, words, said)
    ]  # fmt: skip


def _odd(found: Reported, words: Words, number: Number) -> dict[str, list[str]]:
    """Give in few words by field what does not agree with a total, or that one is missing."""
    report, odd = found.report, dict[str, list[str]]()
    for one in report.missing:
        if one.item != report.plan or one.target is None:
            continue
        if one.check == "report-count-missing":
            odd.setdefault(Counted(one.target).field, []).append(words.text("ui.counts.missing"))
        elif one.check == "report-parts-differ":
            by, parts = found.asked.criterion(str(one.params["by"])), one.params["parts"]
            name = named(by, words) if by is not None else str(one.params["by"])
            said = number(parts) if isinstance(parts, Decimal) else str(parts)
            text = words.text("ui.counts.differs", by=name, sum=said)
            odd.setdefault(one.target, []).append(text)
    return odd


def _places(
    found: Reported, asked: AskedCount, words: Words, said: dict[Counted, str]
) -> Iterator[tuple[Counted, str]]:
    yield Counted(asked.code), words.text("ui.counts.all")
    for criterion in criteria(found, asked):
        used = [one.group for one in said if (one.what, one.by) == (asked.code, criterion.code)]
        for group in criterion.groups or sorted(used):
            yield Counted(asked.code, criterion.code, group), named(criterion, words)


def criteria(found: Reported, asked: AskedCount) -> list[Criterion]:
    """Give the criteria by which something is told apart."""
    return [one for by in asked.by if (one := found.asked.criterion(by)) is not None]


def named(one: AskedCount | Criterion, words: Words) -> str:
    """Give the name of a count or criterion in the person's language."""
    return one.title.get(words.lang) or next(iter(one.title.values()), one.code)


def demand_lines(found: Reported, words: Words, number: Number) -> list[DemandLine]:
    """Give the activities of a report that answer to a demand (S1-19)."""

    def text(value: Decimal | None) -> str:
        return "" if value is None else number(value)

    return [
        DemandLine(
            row.item,
            " ".join(f"{row.code} {row.text}".split()),
            text(row.received),
            text(row.attended),
            words.text("ui.demands.idle")
            if row.progress.rating == "not-applicable"
            else percent(row.progress.percent) or "—",
        )
        for row in found.report.rows
        if row.progress.measure in _DEMANDS or row.received is not None
    ]


class FiguresList(QWidget):
    """A list in which figures are typed; `typed` carries a line, the column's name and the text."""

    typed = Signal(object, str, str)

    def __init__(self, words: Words, key: str, model: TypedModel) -> None:
        super().__init__()
        self.words, self.model = words, model
        self.view = TypedView(model)
        self.view.setAccessibleName(words.text(f"{key}.heading"))
        self.hint = QLabel(words.text(f"{key}.hint"))
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        self.empty = empty_label(words.text(f"{key}.empty"))
        self.below = QHBoxLayout()
        self.below.addWidget(self.hint, 1)
        model.typed.connect(self.typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(self.below)

    def show_lines(self, lines: Sequence[Any], *, read_only: bool) -> None:
        """Show lines; the chosen one stays where it was."""
        row = self.view.currentIndex().row()
        self.model.read_only = read_only
        self.model.show_records(lines)
        for part, on in ((self.view, bool(lines)), (self.empty, not lines)):
            part.setVisible(on)
        self.hint.setVisible(bool(lines) and not read_only)
        if lines and self.view.currentIndex().row() < 0:
            self.go_to(min(max(row, 0), len(lines) - 1))

    def go_to(self, row: int) -> None:
        """Choose the figure of a row."""
        self.view.setCurrentIndex(self.model.index(row, min(self.model.fields)))


class CountsList(FiguresList):
    """What was counted; `added` asks for a group that is not there yet."""

    added = Signal()

    def __init__(self, words: Words) -> None:
        model = TypedModel(self._columns(words), {2: "number"}, lambda one: one.counted)
        super().__init__(words, "ui.counts", model)
        self.add = QPushButton(words.text("ui.counts.add"))
        self.add.setToolTip(words.text("ui.counts.add.tip"))
        self.add.clicked.connect(self.added)
        self.below.addWidget(self.add)
        self.show_lines((), read_only=True)

    @staticmethod
    def _columns(words: Words) -> list[Shown[CountLine]]:
        def icon(one: CountLine) -> QIcon | None:
            return look.icon("warning") if one.odd else None

        def group(one: CountLine) -> str:
            return f"{one.criterion}: {one.counted.group}" if one.counted.by else one.criterion

        return [
            Shown(words.text("ui.counts.what"), lambda one: one.title, 150, icon),
            Shown(words.text("ui.counts.group"), group, 170),
            Shown(words.text("ui.counts.number"), lambda one: one.number, 84),
            Shown(words.text("ui.counts.odd"), lambda one: one.odd),
        ]

    def show_lines(
        self, lines: Sequence[CountLine], *, read_only: bool, free: bool = False
    ) -> None:
        """Show counts; `free` tells whether groups may be added."""
        super().show_lines(lines, read_only=read_only)
        self.add.setEnabled(free and not read_only)

    def choose(self, target: str) -> bool:
        """Choose the number that a problem means by its count's code or field."""
        for row, one in enumerate(self.model.records):
            if target in (one.counted.field, one.counted.what):
                self.go_to(row)
                self.view.setFocus()
                return True
        return False


class DemandsList(FiguresList):
    """Activities that answer to a demand: how many were received and attended."""

    def __init__(self, words: Words) -> None:
        columns: list[Shown[DemandLine]] = [
            Shown(words.text("ui.demands.activity"), lambda one: one.name),
            Shown(words.text("ui.demands.received"), lambda one: one.received, 84),
            Shown(words.text("ui.demands.attended"), lambda one: one.attended, 84),
            Shown(words.text("ui.demands.advance"), lambda one: one.advance, 84),
        ]
        fields = {1: "received", 2: "attended"}
        super().__init__(words, "ui.demands", TypedModel(columns, fields, lambda one: one.item))
        self.show_lines((), read_only=True)
