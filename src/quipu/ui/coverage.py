"""What serves the strategic actions (S1-08): looked at and linked on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from quipu.domain import coverage as rules
from quipu.domain.facts import Facts
from quipu.forms.draw_lists import CoveredLine
from quipu.operations.covering import Linked, coverage, link_activity, unlink_activity
from quipu.operations.house import House
from quipu.ui.pages.coverage import CoveragePage, Served
from quipu.ui.speech import quiet_name
from quipu.ui.stage import Stage


@dataclass(frozen=True, slots=True)
class Covering:
    """What the page shows of a plan: its actions with what serves them, and the loose rest."""

    plan: str
    actions: tuple[CoveredLine, ...] = ()
    served: tuple[Served, ...] = ()
    loose: tuple[CoveredLine, ...] = ()


class CoverageKeeping(QObject):
    """Keeps the page of coverage true, and carries out what it wants."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._plan = ""
        self.page = CoveragePage(stage.words)
        self.page.shown.connect(self.refresh)
        self.page.linked.connect(self._link)
        self.page.unlinked.connect(self._unlink)

    def refresh(self) -> None:
        """Look at the links again, while their page is in view."""
        if not self.page.isVisible():
            return
        seen = self._stage.seen()
        plan = seen.plan.item if seen is not None and seen.plan is not None else ""
        self._stage.desk.read(lambda house, _: take(house, plan), self._show, key="coverage")

    def _show(self, found: Covering) -> None:
        self._plan = found.plan
        read_only = self._stage.desk.read_only is not None
        self.page.show_coverage(found.actions, found.served, found.loose, read_only=read_only)

    def _link(self, activity: str, action: str) -> None:
        plan = self._plan
        self._write(
            lambda house, author: link_activity(
                house, activity=activity, to=action, plan=plan, author=author
            )
        )

    def _unlink(self, activity: str) -> None:
        plan = self._plan
        self._write(
            lambda house, author: unlink_activity(
                house, activity=activity, plan=plan, author=author
            )
        )

    def _write(self, verb: Callable[[House, str], Linked]) -> None:
        author = self._stage.desk.author
        self._stage.desk.write(lambda house, _: verb(house, author))


def take(house: House, plan: str) -> Covering:
    """Give what serves what in a plan."""
    if not plan:
        return Covering("")
    facts = house.facts()
    lines = coverage(house, plan=plan, facts=facts)
    found = rules.coverage(facts, plan)
    served = tuple(
        Served(item, one.action, _label(facts, item), facts.text(item, "linked") == one.action)
        for one in found.actions
        for item in one.activities
    )
    return Covering(plan, lines.actions, served, lines.loose)


def _label(facts: Facts, item: str) -> str:
    words = f"{facts.text(item, 'code')} {facts.text(item, 'text')}".strip()
    unit = quiet_name(facts.text(facts.text(item, "unit"), "name"))
    return f"{words} · {unit}" if unit else words
