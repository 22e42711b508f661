"""What is done with observations, and those of the cell that a person is at, beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from quipu.domain.address import Address
from quipu.operations.observing import (
    Observed,
    answer_observation,
    list_observations,
    observe,
    resolve,
)
from quipu.ui.dialogs.ask import Question
from quipu.ui.kept import Doing
from quipu.ui.pages.observed import Line, ObservedList
from quipu.ui.sheets import Sheets
from quipu.ui.stage import Stage


class ObservationActs(Doing):
    """What is done with one observation, or to make one."""

    def act(self, name: str, line: Line | None) -> None:
        """Answer, resolve or go to an observation."""
        if line is not None and name == "go":
            self.stage.go_to(line.where.address)
        elif line is not None and name == "answer":
            self._answer(line)
        elif line is not None and name == "resolve":
            said = self.stage.words.text("ui.observed.resolve-done")
            self.write(
                lambda house, author: resolve(
                    house, observation=line.message.item, author=author
                ),
                said,
            )  # fmt: skip

    def _answer(self, line: Line) -> None:
        words = self.stage.words
        self.question(
            words.text("ui.observed.do.answer"),
            [Question("text", "ui.observed.answer", "text", line.message.answer)],
            lambda said: self.write(
                lambda house, author: answer_observation(
                    house, observation=line.message.item, text=said.answer("text"), author=author
                ),
                words.text("ui.observed.answer-done"),
            ),
            explain=line.message.text,
        )

    def ask_observation(
        self, *, unit: str, period: str, activity: str = "", field: str = "", where: str = ""
    ) -> None:
        """Ask for the words of an observation on a cell, a row's period or a whole report."""
        words, plan = self.stage.words, self.stage.plan
        self.question(
            words.text("ui.observed.do.observe"),
            [Question("text", "ui.observed.said", "text")],
            lambda said: self.write(
                lambda house, author: observe(
                    house, unit=unit, period=period, text=said.answer("text"), plan=plan,
                    activity=activity, field=field, author=author,
                ),
                words.text("ui.observed.observe-done"),
            ),
            explain=where,
        )  # fmt: skip


class CellObservations(ObservationActs):
    """The thread of the cell that a person is at; `counted` tells how many messages are open."""

    counted = Signal(int)

    def __init__(self, stage: Stage, sheets: Sheets) -> None:
        super().__init__(stage)
        self._sheets = sheets
        self._threads: list[Observed] = []
        self.list = ObservedList(stage.words, stage.role, places=False)
        self.panel = QWidget()
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(6, 0, 6, 5)
        column.addWidget(self.list)
        self.list.wanted.connect(self._wanted)
        sheets.page.here.connect(lambda *_: self.show_cell())

    def refresh(self) -> None:
        """Look at the plan's observations again."""
        plan = self.stage.plan
        if plan:
            self.stage.desk.read(
                lambda house, _: list_observations(house, plan=plan), self._show, key="threads"
            )

    def _show(self, threads: list[Observed]) -> None:
        self._threads = threads
        self.show_cell()

    def show_cell(self) -> None:
        """Show what was said of the cell, its row in the period, or the whole report."""
        address = self._address()
        found = [] if address is None else [one for one in self._threads if _about(one, address)]
        self.list.show_threads(found, read_only=self.stage.desk.read_only is not None)
        if "observe" in self.list.buttons and address is None:
            self.list.buttons["observe"].setEnabled(False)
        self.counted.emit(sum(one.thread.open for one in found))

    def _address(self) -> Address | None:
        cell = self._sheets.page.cell()
        return cell.address if cell is not None else None

    def _wanted(self, name: str, line: Line | None) -> None:
        address, node = self._address(), self._sheets.node
        if name != "observe":
            self.act(name, line)
        elif address is not None and node is not None:
            self.ask_observation(
                unit=address.unit or node.item, period=address.period, activity=address.item,
                field=address.field, where=self._sheets.page.text(),
            )  # fmt: skip


def _about(one: Observed, address: Address) -> bool:
    place = one.thread.place
    if place.item != address.item:
        return False
    same = place.field in ("", address.field)
    return same and place.period in ("", address.period) and address.unit in ("", place.unit)
