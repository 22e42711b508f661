"""The page of a plan's state: where it stands, what may come next, and what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from quipu.domain.plan_states import PLAN_STATES, PLAN_STEPS
from quipu.operations.history import Past
from quipu.operations.plan_cycle import PlanStanding
from quipu.ui.pages.listing import Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import moment, plain_date
from quipu.words import Words

STEPS = tuple(step for step in PLAN_STEPS if step != "reprogram")
MORE = ("reprogram", "tell", "publish")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands, what it was before, and how many units read its last notice."""

    plan: PlanStanding
    past: Sequence[Past]
    read: int
    told: int


class PlanPage(Page):
    """`wanted` carries the step, or what else can be done with the plan."""

    wanted = Signal(str)

    def __init__(self, words: Words, role: str) -> None:
        super().__init__(words, "plan")
        self.name, self.state, self.act = QLabel(), QLabel(), QLabel()
        self.name.setWordWrap(True)
        self.state.setObjectName("subtitle")
        self.act.setWordWrap(True)
        self.history = Listing(words, "ui.plan-state.history", self._columns())
        names = (*STEPS, *MORE) if role == "centre" else ()
        self.buttons = {name: self._button(name) for name in names}
        steps, more = QHBoxLayout(), QHBoxLayout()
        for name, button in self.buttons.items():
            (more if name in MORE else steps).addWidget(button)
        for row in (steps, more):
            row.addStretch(1)
        for label in (self.name, self.state, self.act):
            self.column.addWidget(label)
        self.column.addLayout(steps)
        self.column.addLayout(more)
        self.column.addWidget(self.history, 1)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self.words.text(f"ui.plan-state.do.{name}"))
        button.setToolTip(self.words.text(f"ui.plan-state.do.{name}.tip"))
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def _columns(self) -> list[Shown[Past]]:
        text = self.words.text
        return [
            Shown(text("ui.plan-state.state"), self._state_of, 200),
            Shown(text("ui.history.when"), lambda one: moment(one.at), 130),
            Shown(text("ui.history.who"), lambda one: one.author, 200),
            Shown(text("ui.plan-state.reason"), lambda one: one.reason or ""),
        ]

    def _state_of(self, one: Past) -> str:
        return self.state_words(str(one.value or ""))

    def state_words(self, state: str, edition: int = 1) -> str:
        """Give a state in words."""
        if state not in PLAN_STATES:
            return state or "—"
        return self.words.text(f"ui.plan-state.{state}", edition=edition)

    def show_standing(self, found: Standing | None, *, read_only: bool) -> None:
        """Show where the plan stands."""
        for name, button in self.buttons.items():
            steps = found.plan.steps if found is not None else ()
            button.setEnabled(found is not None and (name in ("tell", "publish") or name in steps))
            if name in STEPS:
                button.setVisible(name in steps)
            if read_only and name != "publish":
                button.setEnabled(False)
        if found is None:
            self.name.setText(self.words.text("ui.plan.none"))
            self.state.setText("")
            self.act.setText("")
            self.history.show_records(())
            return
        plan = found.plan
        self.name.setText(plan.name if plan.year in plan.name else f"{plan.name} {plan.year}")
        self.state.setText(self.state_words(plan.state, plan.edition))
        self.act.setText("\n".join(self._facts(found)))
        self.history.show_records(list(reversed(found.past)))

    def _facts(self, found: Standing) -> list[str]:
        words, plan = self.words, found.plan
        lines = []
        if plan.act is not None:
            named = " ".join(part for part in (plan.act.kind, plan.act.number) if part)
            day = plain_date(plan.act.day.isoformat()) if plan.act.day is not None else ""
            lines.append(words.text("ui.plan-state.act", act=named, day=day))
        if plan.approval == "holds":
            lines.append(words.text("ui.plan-state.holds", at=moment(plan.approved_at)))
        elif plan.approval == "modified":
            lines.append(words.text("ui.plan-state.modified"))
        if found.told:
            lines.append(words.text("ui.plan-state.read", read=found.read, told=found.told))
        return lines
