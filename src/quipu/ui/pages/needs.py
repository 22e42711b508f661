"""The page of needs: what activities need, what it costs by month, and the ceiling of each unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter

from quipu.domain.needs import Need, UnitBudget
from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import quiet_name, short_period
from quipu.words import Words

ACTIONS = ("add", "change", "delete", "costs")


@dataclass(frozen=True, slots=True)
class Cost:
    """What the needs of an activity cost, by month."""

    activity: str
    months: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """The cost of the year."""
        return sum(self.months.values(), Decimal(0))


class NeedsPage(Page):
    """Needs above; below them costs by month, and sums against ceilings. `picked`: another unit."""

    picked = Signal()

    def __init__(self, words: Words, role: str, name_of: Callable[[str], str]) -> None:
        super().__init__(words, "needs")
        self._name_of = name_of
        self.unit = QComboBox()
        self.unit.setMinimumContentsLength(34)
        self.unit.setAccessibleName(words.text("ui.tasks.unit"))
        self.unit.activated.connect(lambda _: self.picked.emit())
        self.top.addWidget(self.unit)
        self.needs = Listing(
            words, "ui.needs", self._need_columns(),
            [
                Do("add", record=False, main=True), Do("change"), Do("delete"),
                Do("costs", record=False),
            ],
        )  # fmt: skip
        self.costs = Listing(words, "ui.needs.costs", ())
        ceiling = [Do("ceiling", record=False)] if role == "centre" else []
        self.budgets = Listing(words, "ui.needs.budgets", self._budget_columns(), ceiling)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.costs)
        below.addWidget(self.budgets)
        below.setSizes([540, 540])
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.needs)
        parts.addWidget(below)
        parts.setSizes([300, 230])
        self.column.addWidget(parts, 1)

    def _need_columns(self) -> list[Shown[Need]]:
        text = self.words.text
        return [
            Shown(text("ui.needs.kind"), lambda one: text(f"ui.needs.{one.category}"), 80),
            Shown(text("ui.needs.text"), lambda one: " ".join(one.text.split())),
            Shown(text("ui.changes.row"), lambda one: self._name_of(one.activity), 260),
            Shown(text("ui.needs.measure"), lambda one: one.unit_of_measure, 90),
            Shown(text("ui.needs.quantity"), lambda one: amount(one.quantity), 80),
            Shown(text("ui.needs.price"), lambda one: amount(one.price), 90),
            Shown(text("ui.needs.amount"), lambda one: amount(one.amount), 100),
        ]

    def _cost_columns(self, costs: Sequence[Cost]) -> list[Shown[Cost]]:
        months = sorted({month for one in costs for month in one.months})
        named: list[Shown[Cost]] = [
            Shown(self.words.text("ui.changes.row"), lambda one: self._name_of(one.activity))
        ]
        named += [self._month_column(month) for month in months]
        total = self.words.text("ui.needs.amount")
        return [*named, Shown(total, lambda one: amount(one.total), 90)]

    def _month_column(self, month: str) -> Shown[Cost]:
        return Shown(short_period(self.words, month), lambda one: amount(one.months.get(month)), 70)

    def _budget_columns(self) -> list[Shown[UnitBudget]]:
        text = self.words.text

        def ground(one: UnitBudget) -> Any:
            return look.REFUSED_FILL if one.over else None

        def state(one: UnitBudget) -> str:
            if one.ceiling is None:
                return text("ui.needs.no-ceiling")
            if one.over:
                return text("ui.needs.over", amount=amount(one.over))
            return text("ui.needs.within")

        return [
            Shown(
                text("ui.tasks.unit"),
                lambda one: quiet_name(self._name_of(one.unit)),
                0,
                ground=ground,
            ),
            Shown(text("ui.needs.total"), lambda one: amount(one.total), 100, ground=ground),
            Shown(text("ui.needs.ceiling"), lambda one: amount(one.ceiling), 100, ground=ground),
            Shown(text("ui.letters.state"), state, 170, ground=ground),
        ]

    def offer(self, units: Sequence[tuple[str, str]]) -> None:
        """Offer the units, all of them together for `""`; the chosen one stays."""
        known = [(self.unit.itemData(n), self.unit.itemText(n)) for n in range(self.unit.count())]
        if known != list(units):
            chosen = self.unit.currentData()
            self.unit.clear()
            for value, said in units:
                self.unit.addItem(said, value)
            self.unit.setCurrentIndex(max(self.unit.findData(chosen), 0))

    def show_needs(
        self,
        needs: Sequence[Need],
        costs: Sequence[Cost],
        budgets: Sequence[UnitBudget],
        *,
        read_only: bool,
    ) -> None:
        """Show needs, costs and ceilings."""
        self.needs.show_records(needs, read_only=read_only)
        self.needs.buttons["costs"].setEnabled(bool(costs) and not read_only)
        self.costs.show_records(costs, columns=self._cost_columns(costs))
        self.budgets.show_records(budgets, read_only=read_only)


def amount(value: Decimal | None) -> str:
    """Give an amount with its thousands apart, `""` for none."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
