"""Next year's plan and reorganised units, done from the page at the centre (X-7)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from quipu.domain.facts import Facts
from quipu.domain.reorganised import ENDED, INTO, SINCE
from quipu.operations.editing import assign_unit
from quipu.operations.finding import plan_rows, plan_units
from quipu.operations.house import House
from quipu.operations.next_year import NextYear, next_year, read_codes
from quipu.operations.outcome import Outcome
from quipu.operations.reorganising import Part, Reorganised, divide_unit, merge_units
from quipu.ui import snapshot
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Kept
from quipu.ui.pages.coming import ComingPage, PlanLine, UnitLine
from quipu.ui.snapshot import Overview
from quipu.ui.speech import period_name, quiet_name
from quipu.ui.stage import Stage

_NAMED = 3
"""How many rows left out the bar names; the list under the choices has all."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What the page shows: the plans that can be copied, the units."""

    plans: tuple[PlanLine, ...]
    units: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something done, how it is said, and of a copied plan what was left out and its item."""

    sentence: str
    outcome: Outcome
    left_out: tuple[str, ...] = ()
    plan: str = ""


class ComingKeeping(Kept):
    """Keeps the page of what comes true, and carries out what it wants."""

    page: ComingPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ComingPage(stage.words), "coming")
        self._made = ""
        self.page.made.connect(self._make)
        self.page.units.wanted.connect(self._wanted)

    def ask(self) -> None:
        """Look at plans and units; units are there before any plan is."""
        plan = self.stage.plan
        self.stage.desk.read(lambda house, _: self.take(house, plan), self.show, key="coming")

    def take(self, house: House, plan: str) -> Coming:
        """Give the plans in which units report, and all units, those that ended last."""
        facts = house.facts()
        plans = [one for one in facts.of_kind("plan") if plan_units(facts, one)]
        units = [_unit_line(facts, plan, one) for one in facts.of_kind("unit")]
        return Coming(
            tuple(sorted((_plan_line(facts, one) for one in plans), key=lambda one: one.year)),
            tuple(sorted(units, key=lambda one: bool(one.ended))),
        )

    def show(self, taken: Coming | None) -> None:
        """Show plans and units."""
        if taken is not None:
            if self._made not in {one.item for one in taken.plans}:
                self.page.show_left_out(())
            self.page.show_plans(taken.plans, self.stage.plan, read_only=self.read_only)
            self.page.units.show_records(taken.units, read_only=self.read_only)

    def _do(self, verb: Callable[[House, str], Told]) -> None:
        """Write, then say in the bar what was done."""
        author = self.stage.desk.author

        def done(told: Told) -> None:
            if not told.plan:
                self.stage.notice.say("done", told.sentence)
                return
            self._made = told.plan
            self.page.show_left_out(told.left_out)
            self.stage.notice.say(
                "done", told.sentence, label=self.stage.words.text("ui.coming.open"),
                act=lambda: self.stage.going.open_plan(told.plan),
            )  # fmt: skip

        self.stage.desk.write(lambda house, _: verb(house, author), done)

    # ------------------------------------------------------------------ the next year
    def _make(self) -> None:
        page = self.page
        plan, year, file = page.chosen_plan, page.year.value(), page.code_file
        targets: Literal["empty", "copy"]
        targets = "copy" if page.targets.currentData() == "copy" else "empty"
        keep = page.milestones.isChecked()

        def make(house: House, author: str) -> Told:
            codes = read_codes(file) if file is not None else {}
            done = next_year(
                house, year=year, plan=plan, targets=targets, codes=codes, keep_one_off=keep,
                author=author,
            )  # fmt: skip
            return self._copied(house.facts(), done)

        self.page.show_left_out(())
        # The newest plan would come into view by itself; this year's stays until one asks.
        self.stage.going.open_plan(self.stage.plan)
        self._do(make)

    def _copied(self, facts: Facts, done: NextYear) -> Told:
        words = self.stage.words
        dropped = [_row_name(facts, one, unit=True) for one in done.dropped]
        parts = [words.text("ui.coming.made", plan=facts.text(done.plan, "name"), rows=done.rows)]
        if dropped:
            rows = "; ".join(_row_name(facts, one)[:60] for one in done.dropped[:_NAMED])
            more = " …" if len(dropped) > _NAMED else ""
            parts.append(words.text("ui.coming.dropped", n=len(dropped), rows=rows + more))
        unused = words.text("ui.coming.unused", codes=", ".join(done.unused))
        if done.unused:
            parts.append(unused)
        left_out = (*dropped, *((unused,) if done.unused else ()))
        return Told(" ".join(parts), done.outcome, left_out, done.plan)

    # ------------------------------------------------------------------ units
    def _wanted(self, name: str, one: UnitLine | None) -> None:
        seen = self.stage.seen()
        if seen is None or one is None:
            return
        match name:
            case "merge":
                self._ask_merge(seen, one)
            case "office":
                self._ask_office(seen, one)
            case _:
                self._ask_part(seen, one, new=name == "split")

    def _ask_merge(self, seen: Overview, one: UnitLine) -> None:
        words, units = self.stage.words, _going(seen.facts)
        into = [("", words.text("ui.coming.new")), *units]
        self.question(
            words.text("ui.coming.units.do.merge").rstrip("…"),
            [
                Question("units", "ui.coming.merged", "many", one.item, units),
                Question("into", "ui.coming.into", "choice", options=into),
                Question("name", "ui.coming.new-name", needed=False),
                self._since(seen),
            ],
            self._merge,
            explain=words.text("ui.coming.merge-explain"),
        )

    def _merge(self, said: Said) -> None:
        units, since = said.answer("units").split("\n"), said.answer("since")
        into = said.answer("into") or said.answer("name")
        self._do(
            lambda house, author: self._reorganised(
                house, merge_units(house, units=units, into=into, since=since, author=author)
            )
        )

    def _ask_part(self, seen: Overview, one: UnitLine, *, new: bool) -> None:
        words, facts = self.stage.words, seen.facts
        others = [pair for pair in _going(facts) if pair[0] != one.item]
        if not (new or others):
            return
        if new:
            to = [
                Question("to", "ui.coming.new-name"),
                Question("rest", "ui.coming.rest-name", needed=False),
            ]
        else:
            to = [Question("to", "ui.coming.to", "choice", options=others)]
        rows = _top_rows(facts, self.stage.plan, one.item)
        options = [(row, _row_name(facts, row)[:90]) for row in rows]
        plan = facts.text(self.stage.plan, "name")
        self.question(
            words.text(f"ui.coming.units.do.{'split' if new else 'move'}").rstrip("…"),
            [Question("rows", "ui.coming.rows", "many", options=options), *to, self._since(seen)],
            lambda said: self._divide(one.item, rows, said),
            explain=words.text("ui.coming.part-explain", unit=quiet_name(one.name), plan=plan),
        )

    def _divide(self, unit: str, rows: list[str], said: Said) -> None:
        chosen, since = said.answer("rows").split("\n"), said.answer("since")
        parts = [Part(said.answer("to"), tuple(chosen))]
        rest = said.answers.get("rest", "")
        if rest:
            parts.append(Part(rest, tuple(row for row in rows if row not in chosen)))
        self._do(
            lambda house, author: self._reorganised(
                house, divide_unit(house, unit=unit, parts=parts, since=since, author=author)
            )
        )

    def _reorganised(self, house: House, done: Reorganised) -> Told:
        facts, words = house.facts(), self.stage.words
        said = [words.text("ui.coming.moved", n=len(done.moved), units=_names(facts, done.into))]
        if done.ended:
            said.append(words.text("ui.coming.ended", units=_names(facts, done.ended)))
        return Told(" ".join(said), done.outcome)

    def _ask_office(self, seen: Overview, one: UnitLine) -> None:
        words, facts = self.stage.words, seen.facts
        offices = [("", words.text("ui.editor.no-office"))]
        offices += [(item, facts.text(item, "name")) for item in facts.of_kind("office")]

        def assign(said: Said) -> None:
            office = said.answer("office")
            name = facts.text(office, "name") or words.text("ui.editor.no-office")
            sentence = words.text("ui.coming.assigned", unit=quiet_name(one.name), office=name)
            self._do(
                lambda house, author: Told(
                    sentence, assign_unit(house, unit=one.item, office=office, author=author)
                )
            )

        self.question(
            words.text("ui.coming.units.do.office").rstrip("…"),
            [
                Question(
                    "office", "ui.editor.office", "choice", facts.text(one.item, "office"), offices
                )
            ],
            assign,
            explain=words.text("ui.coming.office-explain", unit=quiet_name(one.name)),
        )

    def _since(self, seen: Overview) -> Question:
        """Ask since when: the year of the plan in view as a whole, or one of its periods."""
        periods = snapshot.periods(seen)
        usual = snapshot.usual_period(seen, periods)
        year = [str(seen.plan.year)] if seen.plan is not None and seen.plan.year else []
        options = [(one, period_name(self.stage.words, one)) for one in [*periods, *year]]
        return Question("since", "ui.coming.since", "choice", usual, options)


def _plan_line(facts: Facts, plan: str) -> PlanLine:
    year = facts.number(plan, "year")
    title = facts.text(plan, "title") or facts.text(plan, "name")
    number = int(year) if year is not None else 0
    shown = title if not number or str(number) in title else f"{title} {number}"
    return PlanLine(plan, shown, number)


def _unit_line(facts: Facts, plan: str, unit: str) -> UnitLine:
    return UnitLine(
        unit, facts.text(unit, "name"), facts.text(facts.text(unit, "office"), "name"),
        len(_top_rows(facts, plan, unit)) if plan else 0,
        facts.text(unit, SINCE), facts.text(unit, ENDED),
        facts.text(facts.text(unit, INTO), "name"),
    )  # fmt: skip


def _top_rows(facts: Facts, plan: str, unit: str) -> list[str]:
    """Give a unit's activities that are below none of its other activities."""
    rows = [one for one in plan_rows(facts, plan, unit) if facts.text(one, "kind") == "activity"]
    own = [one for one in rows if facts.text(one, "measure") != "heading"]
    return [one for one in own if facts.text(one, "parent") not in own]


def _going(facts: Facts) -> list[tuple[str, str]]:
    """Give the units that have not ended, with their names."""
    units = [one for one in facts.of_kind("unit") if not facts.text(one, ENDED)]
    return [(one, quiet_name(facts.text(one, "name"))) for one in units]


def _names(facts: Facts, units: Iterable[str]) -> str:
    return ", ".join(quiet_name(facts.text(unit, "name")) for unit in units)


def _row_name(facts: Facts, row: str, *, unit: bool = False) -> str:
    parts = (facts.text(row, "code"), facts.text(row, "text"))
    said = " ".join(" ".join(part for part in parts if part).split())
    return f"{quiet_name(facts.text(facts.text(row, 'unit'), 'name'))} · {said}" if unit else said
