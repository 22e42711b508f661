"""Needs of units, what they cost by month, and ceilings (S3-10, S3-13)."""

from decimal import Decimal

from quipu.domain.errors import InputError
from quipu.domain.needs import Need, UnitBudget
from quipu.forms.definition import NumberStyle
from quipu.operations.cells import UnreadableText, read_cell
from quipu.operations.finding import plan_rows, plan_units
from quipu.operations.house import House
from quipu.operations.needing import (
    NeedsReport,
    Wanted,
    add_need,
    apply_costs,
    needs,
    set_ceiling,
)
from quipu.operations.rows import delete_row
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Kept
from quipu.ui.pages.needs import Cost, NeedsPage, amount
from quipu.ui.snapshot import USUAL
from quipu.ui.speech import quiet_name
from quipu.ui.stage import Stage


class NeedsKeeping(Kept):
    """Keeps the page of needs true, and carries out what it wants."""

    page: NeedsPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, NeedsPage(stage.words, stage.role, self._name), "needs")
        self.page.picked.connect(self.refresh)
        self.page.needs.wanted.connect(self._wanted)
        self.page.budgets.wanted.connect(lambda _, one: self._ask_ceiling(one))

    def _name(self, item: str) -> str:
        seen = self.stage.seen()
        if seen is None or not item:
            return ""
        facts = seen.facts
        parts = (facts.text(item, "code"), facts.text(item, "name") or facts.text(item, "text"))
        return " ".join(" ".join(part for part in parts if part).split())

    @property
    def unit(self) -> str:
        """The chosen unit, `""` for all."""
        return str(self.page.unit.currentData() or "")

    def _units(self) -> list[tuple[str, str]]:
        seen = self.stage.seen()
        if seen is None or not self.stage.plan:
            return []
        units = plan_units(seen.facts, self.stage.plan)
        if seen.role == "office":
            units = [one for one in units if seen.facts.text(one, "office") == seen.office]
        return [(one, quiet_name(seen.name(one))) for one in units]

    def ask(self) -> None:
        """Offer the units, then look at the needs."""
        self.page.offer([("", self.stage.words.text("ui.needs.all")), *self._units()])
        super().ask()

    def take(self, house: House, plan: str) -> NeedsReport:
        """Give the needs of the chosen unit, or of all."""
        return needs(house, units=[self.unit] if self.unit else [], plan=plan)

    def show(self, taken: NeedsReport | None) -> None:
        """Show needs, costs and ceilings."""
        if taken is None:
            self.page.show_needs((), (), (), read_only=self.read_only)
            return
        costs = [Cost(activity, dict(months)) for activity, months in taken.costs.items()]
        self.page.show_needs(taken.needs, costs, taken.budgets, read_only=self.read_only)

    # ------------------------------------------------------------------ what is wanted
    def _wanted(self, name: str, one: Need | None) -> None:
        if name == "costs":
            self._apply()
        elif name == "add":
            self._ask_unit()
        elif one is not None and name == "change":
            self._ask_need(one.unit, one)
        elif one is not None:
            self.write(
                lambda house, author: delete_row(house, row=one.item, author=author),
                self.stage.words.text("ui.needs.deleted"),
            )

    def _apply(self) -> None:
        units, plan = ([self.unit] if self.unit else []), self.stage.plan
        self.write(
            lambda house, author: apply_costs(house, units=units, plan=plan, author=author),
            self.stage.words.text("ui.needs.costed"),
        )

    def _ask_unit(self) -> None:
        if self.unit:
            self._ask_need(self.unit, None)
            return
        words = self.stage.words
        self.question(
            words.text("ui.needs.do.add").rstrip("…"),
            [Question("unit", "ui.tasks.unit", "choice", options=self._units())],
            lambda said: self._ask_need(said.answer("unit"), None),
            done=words.text("ui.changes.next"),
        )

    def _ask_need(self, unit: str, old: Need | None) -> None:
        seen, words, plan = self.stage.seen(), self.stage.words, self.stage.plan
        if seen is None:
            return
        rows = plan_rows(seen.facts, plan, unit)
        activities = [
            (row, self._name(row)[:90])
            for row in rows
            if seen.facts.text(row, "kind") == "activity"
        ]
        questions = self._need_questions(old, activities)
        self.question(
            words.text(f"ui.needs.do.{'change' if old else 'add'}").rstrip("…"), questions,
            lambda said: self._write_need(unit, said),
            explain=words.text("ui.needs.explain-months"),
        )  # fmt: skip

    def _need_questions(
        self, old: Need | None, activities: list[tuple[str, str]]
    ) -> list[Question]:
        kinds = [(one, self.stage.words.text(f"ui.needs.{one}")) for one in ("goods", "services")]
        kind, activity = (old.category, old.activity) if old else ("goods", "")
        measure = old.unit_of_measure if old else ""
        return [
            Question("kind", "ui.needs.kind", "choice", kind, kinds),
            Question("text", "ui.needs.text", value=old.text if old else ""),
            Question("activity", "ui.changes.row", "choice", activity, activities),
            Question("measure", "ui.needs.measure", value=measure, needed=False),
            Question("price", "ui.needs.price", value=amount(old.price) if old else ""),
            Question("months", "ui.needs.months", "text", self._months(old)),
        ]

    def _months(self, old: Need | None) -> str:
        if old is None:
            return ""
        return "\n".join(f"{int(month[5:])}: {amount(n)}" for month, n in old.months.items())

    def _write_need(self, unit: str, said: Said) -> None:
        seen, plan, words = self.stage.seen(), self.stage.plan, self.stage.words
        year = seen.plan.year if seen is not None and seen.plan is not None else 0
        style = self._style()
        try:
            wanted = Wanted(
                "services" if said.answer("kind") == "services" else "goods",
                said.answer("text"), number(said.answer("price"), style),
                read_months(said.answer("months"), year, style), said.answer("measure"),
            )  # fmt: skip
        except InputError as error:
            self.stage.complain(error)
            return
        self.write(
            lambda house, author: add_need(
                house, unit=unit, activity=said.answer("activity"), wanted=wanted, plan=plan,
                author=author,
            ),
            words.text("ui.needs.stored"),
        )  # fmt: skip

    def _style(self) -> NumberStyle:
        """Give how the plan's forms write numbers."""
        seen = self.stage.seen()
        return seen.numbers if seen is not None else USUAL

    def _ask_ceiling(self, one: UnitBudget | None) -> None:
        """Ask for the ceiling of the unit in the list, else of the chosen one, else whose."""
        unit = one.unit if one is not None else self.unit
        if unit:
            self._ceiling(unit)
            return
        words = self.stage.words
        self.question(
            words.text("ui.needs.budgets.do.ceiling").rstrip("…"),
            [Question("unit", "ui.tasks.unit", "choice", options=self._units())],
            lambda said: self._ceiling(said.answer("unit")),
            done=words.text("ui.changes.next"),
        )

    def _ceiling(self, unit: str) -> None:
        words, plan = self.stage.words, self.stage.plan

        def write(said: Said) -> None:
            text = said.answer("amount")
            try:
                value = number(text, self._style()) if text else None
            except InputError as error:
                self.stage.complain(error)
                return
            self.write(
                lambda house, author: set_ceiling(
                    house, unit=unit, amount=value, plan=plan, author=author
                ),
                words.text("ui.needs.stored"),
            )

        self.question(
            words.text("ui.needs.budgets.do.ceiling").rstrip("…"),
            [Question("amount", "ui.needs.ceiling", needed=False)], write,
            explain=quiet_name(self._name(unit)),
        )  # fmt: skip


def number(text: str, style: NumberStyle) -> Decimal:
    """Read an amount as the plan's forms write it; raises `InputError("malformed-number")`."""
    try:
        value = read_cell("price", text, style)
    except UnreadableText as mistake:
        raise InputError(mistake.code, value=text) from None
    if not isinstance(value, Decimal):
        raise InputError("malformed-number", value=text)
    return value


def read_months(text: str, year: int, style: NumberStyle) -> dict[str, Decimal]:
    """Read quantities by month, one a line: `3: 10`; raises `InputError`."""
    found: dict[str, Decimal] = {}
    for line in text.splitlines():
        month, colon, quantity = line.partition(":")
        if not line.strip():
            continue
        if not colon or not month.strip().isdecimal() or not 1 <= int(month) <= 12:
            raise InputError("malformed-number", value=line.strip())
        found[f"{year}-{int(month):02}"] = number(quantity, style)
    return found
