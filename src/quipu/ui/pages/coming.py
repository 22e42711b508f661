"""The page of what comes: the plan of the next year, and units merged, divided or moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
)

from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import period_name, quiet_name
from quipu.words import Words

ACTIONS = ("merge", "split", "move", "office")
TARGETS = ("empty", "copy")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit: its item and name, its office, since and until when, in what it goes on.

    `rows` counts its rows in the plan in view.
    """

    item: str
    name: str
    office: str
    rows: int
    since: str
    ended: str
    into: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan that can be copied: its item, title and year (0 where it has none)."""

    item: str
    title: str
    year: int


class ComingPage(Page):
    """The next year above, the units below; `made` asks for the plan of the chosen year."""

    made = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words, "coming")
        self.make = QPushButton(words.text("ui.coming.make"))
        self.make.setToolTip(words.text("ui.coming.make.tip"))
        self.make.clicked.connect(self.made)
        self._make_choices()
        self._arrange()
        self.units = Listing(
            words, "ui.coming.units", self._columns(),
            [Do(name, main=name == "move") for name in ACTIONS],
            allowed=_allowed,
        )  # fmt: skip
        self.column.addWidget(self.units, 1)

    def _make_choices(self) -> None:
        text = self.words.text
        self.plan, self.targets = QComboBox(), QComboBox()
        self.plan.setMinimumContentsLength(24)
        self.plan.activated.connect(lambda _: self._next_year())
        for value in TARGETS:
            self.targets.addItem(text(f"ui.coming.targets.{value}"), value)
        self.year = QSpinBox()
        self.year.setRange(1900, 2200)
        self.milestones = QCheckBox(text("ui.coming.milestones"))
        self.milestones.setToolTip(text("ui.coming.milestones.tip"))
        self.codes = QLineEdit()
        self.codes.setPlaceholderText(text("ui.coming.codes.none"))
        self.browse = QPushButton(text("ui.browse"))
        self.browse.setToolTip(text("ui.coming.codes.tip"))
        self.browse.clicked.connect(self._browse)
        self.left_out = QListWidget()
        self.left_out.setMaximumHeight(64)
        self.left_title = QLabel(text("ui.coming.left-out"))
        self.left_title.hide()
        self.left_out.setAccessibleName(text("ui.coming.left-out"))
        self.left_out.setToolTip(text("ui.coming.left-out"))
        self.left_out.hide()

    def _arrange(self) -> None:
        heading = QLabel(self.words.text("ui.coming.heading"))
        heading.setObjectName("subtitle")
        above, below = QHBoxLayout(), QHBoxLayout()
        for row, name, part, stretch in (
            (above, "plan", self.plan, 2),
            (above, "year", self.year, 0),
            (above, "targets", self.targets, 1),
            (below, "codes", self.codes, 1),
        ):
            label = QLabel(self.words.text(f"ui.coming.{name}"))
            label.setBuddy(part)
            part.setAccessibleName(label.text().replace("&", ""))
            part.setToolTip(self.words.text(f"ui.coming.{name}.tip"))
            row.addWidget(label)
            row.addWidget(part, stretch)
        above.addWidget(self.milestones)
        below.addWidget(self.browse)
        below.addWidget(self.make)
        both = QVBoxLayout()
        both.addWidget(heading)
        for row in (above, below):
            row.setSpacing(8)
            both.addLayout(row)
        both.addWidget(self.left_title)
        both.addWidget(self.left_out)
        self.column.addLayout(both)

    def _columns(self) -> list[Shown[UnitLine]]:
        text = self.words.text

        def ground(one: UnitLine) -> object:
            return look.TOTAL_FILL if one.ended else None

        return [
            Shown(text("ui.tasks.unit"), lambda one: quiet_name(one.name)),
            Shown(text("ui.editor.office"), lambda one: one.office or "—", 190),
            Shown(text("ui.coming.rows"), lambda one: str(one.rows) if one.rows else "", 60),
            Shown(text("ui.letters.state"), self.state, 330, tip=self.state),
        ]

    def state(self, one: UnitLine) -> str:
        """Say since when a unit is, or when it ended and what goes on for it."""
        text, words = self.words.text, self.words
        if one.ended and one.into:
            when = period_name(words, one.ended)
            return text("ui.coming.state.into", since=when, unit=quiet_name(one.into))
        if one.ended:
            return text("ui.coming.state.ended", since=period_name(words, one.ended))
        if one.since:
            return text("ui.coming.state.since", since=period_name(words, one.since))
        return text("ui.coming.state.going")

    # ------------------------------------------------------------------ what is shown
    def show_plans(self, plans: Sequence[PlanLine], chosen: str, *, read_only: bool) -> None:
        """Offer the plans; the one that was chosen stays, with its year."""
        known = [self.plan.itemData(n) for n in range(self.plan.count())]
        if known != list(plans):
            before = self.plan.currentData()
            wanted = before.item if before is not None else chosen
            self.plan.clear()
            for one in plans:
                self.plan.addItem(quiet_name(one.title), one)
            at = next((n for n, one in enumerate(plans) if one.item == wanted), 0)
            self.plan.setCurrentIndex(at)
            self._next_year()
        self.make.setEnabled(bool(plans) and not read_only)

    def _next_year(self) -> None:
        plan = self.plan.currentData()
        if plan is not None and plan.year:
            self.year.setValue(plan.year + 1)

    def show_left_out(self, lines: Sequence[str]) -> None:
        """Show what a copy left out; nothing, and the list is gone."""
        self.left_out.clear()
        self.left_out.addItems(list(lines))
        for part in (self.left_title, self.left_out):
            part.setVisible(bool(lines))

    def _browse(self) -> None:
        title, pattern = self.words.text("ui.coming.codes.tip"), "CSV, TSV, TXT (*.csv *.tsv *.txt)"
        path, _ = QFileDialog.getOpenFileName(self, title, self.codes.text(), pattern)
        if path:
            self.codes.setText(path)

    # ------------------------------------------------------------------ what was chosen
    @property
    def chosen_plan(self) -> str:
        """The item of the plan to copy, `""` without one."""
        plan = self.plan.currentData()
        return plan.item if plan is not None else ""

    @property
    def code_file(self) -> Path | None:
        """The table of codes, where one is given."""
        text = self.codes.text().strip()
        return Path(text).expanduser() if text else None


def _allowed(name: str, one: UnitLine) -> bool:
    """Say whether something can be done with a unit: it goes on, and has rows to give."""
    return not one.ended and (one.rows > 0 or name in ("merge", "office"))
