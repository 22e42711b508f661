"""The pages of an evaluation: results by unit and node, and programmes by count and by weight."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSplitter

from quipu.domain.progress import Rating
from quipu.domain.weights import Loss, ProgrammeResult
from quipu.ui.pages.listing import Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import quiet_name
from quipu.words import Words

SCOPES = ("units", "nodes", "rows")
RATINGS: dict[str, tuple[str, str]] = {
    "exceeded": ("▲", "#cfe3f3"),
    "met": ("●", "#d9eed8"),
    "partly": ("◊", "#fff2d3"),
    "low": ("▼", "#fbe3df"),
    "unreported": ("○", "#eceff0"),
    "unplanned": ("+", "#eceff0"),
    "not-applicable": ("–", "#ffffff"),
    "none": ("–", "#ffffff"),
}
"""The sign and the ground of each rating: the sign and its word tell it without the colour."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of results; numbers are texts already, `""` where there is none."""

    name: str
    unit: str
    programmed: str
    executed: str
    percent: str
    to_date: str
    year: str
    rating: Rating


class PeriodPage(Page):
    """A page with a period at its top; `picked` tells that another was chosen."""

    picked = Signal()

    def __init__(self, words: Words, name: str) -> None:
        super().__init__(words, name)
        self.period = QComboBox()
        self.period.setMinimumContentsLength(18)
        self.period.setAccessibleName(words.text("ui.period.label"))
        self.period.activated.connect(lambda _: self.picked.emit())
        self.top.addWidget(self.period)

    def offer(self, periods: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer periods; the one that was chosen stays."""
        known = [
            (self.period.itemData(n), self.period.itemText(n)) for n in range(self.period.count())
        ]
        if known != list(periods):
            chosen = self.period.currentData() or chosen
            self.period.clear()
            for value, said in periods:
                self.period.addItem(said, value)
            self.period.setCurrentIndex(max(self.period.findData(chosen), 0))


class EvaluationPage(PeriodPage):
    """Results of a period; `printed` asks for the evaluation on paper."""

    printed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words, "evaluation")
        self.scope = QComboBox()
        self.scope.setAccessibleName(words.text("ui.evaluation.scope"))
        for scope in SCOPES:
            self.scope.addItem(words.text(f"ui.evaluation.{scope}"), scope)
        self.scope.activated.connect(lambda _: self.picked.emit())
        self.print = QPushButton(words.text("ui.evaluation.print"))
        self.print.setToolTip(words.text("ui.evaluation.print.tip"))
        self.print.clicked.connect(self.printed)
        self.whole = QLabel()
        self.whole.setObjectName("subtitle")
        self.list = Listing(words, "ui.evaluation", self._columns())
        self.top.addWidget(self.scope)
        self.top.addWidget(self.print)
        self.column.addWidget(self.whole)
        self.column.addWidget(self.list, 1)

    def _columns(self, scope: str = "rows") -> list[Shown[Result]]:
        text = self.words.text
        first, second = ("programmed", "executed") if scope == "rows" else ("due", "met")

        def rating(one: Result) -> str:
            return f"{RATINGS[one.rating][0]} {text(f'ui.rating.{one.rating}')}"

        def ground(one: Result) -> Any:
            return QColor(RATINGS[one.rating][1])

        return [
            Shown(text("ui.evaluation.what"), lambda one: one.name),
            Shown(text("ui.tasks.unit"), lambda one: quiet_name(one.unit), 190),
            Shown(text(f"ui.evaluation.{first}"), lambda one: one.programmed, 92),
            Shown(text(f"ui.evaluation.{second}"), lambda one: one.executed, 92),
            Shown(text("ui.evaluation.percent"), lambda one: one.percent, 76),
            Shown(text("ui.evaluation.to-date"), lambda one: one.to_date, 76),
            Shown(text("ui.evaluation.year"), lambda one: one.year, 76),
            Shown(text("ui.evaluation.rating"), rating, 150, ground=ground),
        ]

    def show_results(self, results: Sequence[Result], whole: str) -> None:
        """Show results, and what all of them come to."""
        self.whole.setText(whole)
        self.list.show_records(results, columns=self._columns(self.scope.currentData()))
        self.print.setEnabled(bool(results))


class ProgrammesPage(PeriodPage):
    """Programmes with both counts; of the chosen one what it needs, and what failures cost."""

    def __init__(self, words: Words, name_of: Callable[[str], str]) -> None:
        super().__init__(words, "programmes")
        self._name_of = name_of
        self.programmes = Listing(words, "ui.programmes", self._columns())
        self.needed = Listing(words, "ui.programmes.needed", self._needed_columns())
        self.losses = Listing(words, "ui.programmes.losses", self._loss_columns())
        self.programmes.chosen.connect(self._show_one)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.needed)
        below.addWidget(self.losses)
        below.setSizes([440, 640])
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.programmes)
        parts.addWidget(below)
        self.column.addWidget(parts, 1)

    def _passes(self, passes: bool) -> str:
        said = self.words.text(f"ui.programmes.{'yes' if passes else 'no'}")
        return f"{'●' if passes else '▼'} {said}"

    def _columns(self) -> list[Shown[ProgrammeResult]]:
        text = self.words.text

        def ground(one: ProgrammeResult) -> Any:
            return QColor(RATINGS["met" if one.standing.approved else "low"][1])

        return [
            Shown(text("ui.programmes.name"), lambda one: " ".join(one.name.split())),
            Shown(text("ui.tasks.unit"), lambda one: quiet_name(self._name_of(one.unit)), 180),
            Shown(text("ui.programmes.weight"), lambda one: percent(one.weight, 1), 66),
            Shown(text("ui.programmes.by-count"), lambda one: percent(one.standing.by_count), 92),
            Shown(text("ui.programmes.by-weight"), lambda one: percent(one.standing.by_weight), 92),
            Shown(
                text("ui.programmes.rule"),
                lambda one: text(f"ui.programmes.rule.{one.by}", share=percent(one.share)), 130,
            ),
            Shown(
                text("ui.programmes.approved"),
                lambda one: self._passes(one.standing.approved), 110,
                ground=ground,
            ),
        ]  # fmt: skip

    def _needed_columns(self) -> list[Shown[tuple[str, str]]]:
        text = self.words.text
        return [
            Shown(text("ui.programmes.activity"), lambda one: one[1]),
            Shown(text("ui.programmes.for"), lambda one: text(f"ui.programmes.for.{one[0]}"), 120),
        ]

    def _loss_columns(self) -> list[Shown[Loss]]:
        text = self.words.text

        def points(one: Loss) -> str:
            return f"{float(one.weight):.2f}".rstrip("0").rstrip(".")

        return [
            Shown(text("ui.programmes.activity"), lambda one: " ".join(one.name.split())),
            Shown(text("ui.programmes.points"), points, 66),
            Shown(text("ui.programmes.done"), lambda one: "●" if one.met else "○", 60),
            Shown(text("ui.programmes.left-count"), lambda one: percent(one.left.by_count), 92),
            Shown(text("ui.programmes.left-weight"), lambda one: percent(one.left.by_weight), 92),
            Shown(text("ui.programmes.approved"), lambda one: self._passes(one.left.approved), 90),
        ]

    def show_programmes(self, found: Sequence[ProgrammeResult]) -> None:
        """Show programmes."""
        self.programmes.show_records(found)
        self._show_one(self.programmes.record())

    def _show_one(self, one: ProgrammeResult | None) -> None:
        if one is None:
            self.needed.show_records(())
            self.losses.show_records(())
            return
        names = {loss.item: loss.name for loss in one.losses}
        needed = [
            (by, " ".join(names.get(name, name).split()))
            for by, some in (("count", one.needed_by_count), ("weight", one.needed_by_weight))
            for name in some
        ]
        self.needed.show_records(needed)
        self.losses.show_records([*one.losses, *one.row_losses])


def percent(value: Decimal | Fraction | None, scale: int = 100) -> str:
    """Give a share as a percentage with at most one decimal, `""` for none."""
    if value is None:
        return ""
    tenths = round(Fraction(value) * scale * 10)
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    text = f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
    return f"{text} %" if scale == 100 else text
