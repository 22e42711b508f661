"""What the centre does to the institution's tree and to the rows of the plan."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from quipu.operations import editing, finding, rows
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.enrolling import ask_office
from quipu.ui.pages.row_editor import RowEditor
from quipu.ui.pages.tree_editor import TreeEditor
from quipu.ui.stage import Stage

_TEXTS = (
    "code",
    "text",
    "process",
    "product",
    "unit_of_measure",
    "verification",
    "lead",
    "indicator",
)


class Keeping(QObject):
    """Carries out what the two editors want."""

    def __init__(
        self, stage: Stage, tree: TreeEditor, plan_rows: RowEditor, open_row: Callable[[str], None]
    ) -> None:
        super().__init__(stage.window)
        self._stage, self._words = stage, stage.words
        self._tree, self._rows, self._open_row = tree, plan_rows, open_row
        tree.wanted.connect(self._tree_wanted)
        plan_rows.wanted.connect(self._row_wanted)

    def _write(self, verb: Callable[[House, str], Outcome]) -> None:
        author = self._stage.desk.author
        self._stage.desk.write(lambda house, _: verb(house, author))

    def _ask(self, title: str, questions: list[Question], act: Callable[[Said], None]) -> None:
        ask = Ask(self._words, self._words.text(title), questions, parent=self._stage.window)
        ask.when_accepted(act)

    # ------------------------------------------------------------------ the institution's tree
    def _tree_wanted(self, action: str, item: str) -> None:
        acts: dict[str, Callable[[str], None]] = {
            "area": self._new_area,
            "unit": self._new_unit,
            "rename": self._rename,
            "up": lambda one: self._shift(one, -1),
            "down": lambda one: self._shift(one, 1),
            "move": self._move,
            "assign": self._assign,
            "delete": self._delete,
            "office": self._new_office,
            "enrol": lambda one: ask_office(self._stage, one),
        }
        acts[action](item)

    def _new_area(self, _: str) -> None:
        name = Question("name", "ui.editor.name")
        self._ask(
            "ui.editor.do.area", [name],
            lambda said: self._write(
                lambda house, who: editing.add_area(house, name=said.answer("name"), author=who)
            ),
        )  # fmt: skip

    def _areas(self) -> list[tuple[str, str]]:
        seen = self._stage.seen()
        top = ("", seen.institution if seen is not None else "")
        areas = [(item, seen.name(item)) for item in seen.facts.of_kind("area")] if seen else []
        return [top, *areas]

    def _new_unit(self, item: str) -> None:
        under = item if self._tree.kind() == "area" else ""
        questions = [
            Question("name", "ui.editor.name"),
            Question("parent", "ui.editor.under", "choice", under, self._areas()),
        ]
        self._ask(
            "ui.editor.do.unit", questions,
            lambda said: self._write(
                lambda house, who: editing.add_unit(
                    house, name=said.answer("name"), parent=said.answer("parent"), author=who
                )
            ),
        )  # fmt: skip

    def _rename(self, item: str) -> None:
        seen = self._stage.seen()
        if seen is None or not item:
            return
        self._ask(
            "ui.editor.do.rename", [Question("name", "ui.editor.name", value=seen.name(item))],
            lambda said: self._write(
                lambda house, who: editing.rename(
                    house, item=item, name=said.answer("name"), author=who
                )
            ),
        )  # fmt: skip

    def _shift(self, item: str, step: int) -> None:
        items, at = self._tree.neighbours()
        if not 0 <= at + step < len(items):
            return
        after = at + 2 if step > 0 else at - 1
        before = items[after] if after < len(items) else ""
        parent = self._tree.parent_item()
        self._write(
            lambda house, who: editing.move_unit(
                house, unit=item, parent=parent, before=before, author=who
            )
        )

    def _move(self, item: str) -> None:
        here = self._tree.parent_item()
        choices = [area for area in self._areas() if area[0] != item]
        self._ask(
            "ui.editor.do.move", [Question("parent", "ui.editor.under", "choice", here, choices)],
            lambda said: self._write(
                lambda house, who: editing.move_unit(
                    house, unit=item, parent=said.answer("parent"), author=who
                )
            ),
        )  # fmt: skip

    def _assign(self, item: str) -> None:
        seen = self._stage.seen()
        if seen is None:
            return
        offices = [(one, seen.name(one)) for one in seen.facts.of_kind("office")]
        choices = [("", self._words.text("ui.editor.no-office")), *offices]
        now = seen.facts.text(item, "office")
        self._ask(
            "ui.editor.do.assign", [Question("office", "ui.editor.office", "choice", now, choices)],
            lambda said: self._write(
                lambda house, who: editing.assign_unit(
                    house, unit=item, office=said.answer("office"), author=who
                )
            ),
        )  # fmt: skip

    def _delete(self, item: str) -> None:
        self._write(lambda house, who: editing.delete_unit(house, unit=item, author=who))

    # ------------------------------------------------------------------ offices
    def _units(self) -> list[tuple[str, str]]:
        seen = self._stage.seen()
        if seen is None:
            return []
        free = [u for u in seen.facts.of_kind("unit") if not seen.facts.text(u, "office")]
        return [(unit, seen.name(unit)) for unit in free]

    def _new_office(self, _: str) -> None:
        questions = [
            Question("name", "ui.editor.office-name"),
            Question("units", "ui.editor.units", "many", options=self._units(), needed=False),
        ]
        self._ask(
            "ui.editor.do.office", questions,
            lambda said: self._write(
                lambda house, who: editing.add_office(
                    house, name=said.answer("name"), units=_lines(said.answer("units")), author=who
                )
            ),
        )  # fmt: skip

    # ------------------------------------------------------------------ rows of the plan
    def _row_wanted(self, action: str, item: str) -> None:
        if action == "open":
            self._open_row(item)
        elif action in ("add", "above"):
            self._new_row(item if action == "above" else "")
        elif action == "delete":
            self._write(lambda house, who: rows.delete_row(house, row=item, author=who))
        else:
            before = self._rows.before(action)
            if before is not None:
                self._write(
                    lambda house, who: rows.move_row(house, row=item, before=before, author=who)
                )

    def _new_row(self, before: str) -> None:
        seen, unit = self._stage.seen(), str(self._rows.unit.currentData() or "")
        if seen is None or not unit:
            return
        forms = {row: seen.facts.text(row, "form") for row in self._unit_rows(unit)}
        used = forms.get(before) or next(iter(forms.values()), "")
        choices = [
            (form.id, form.title.get(self._words.lang, form.id))
            for form in seen.forms.values()
            if form.unit != "none" and (not used or form.id == used)
        ]
        form = seen.forms[choices[0][0]] if choices else None
        known = [c.field for c in form.columns if c.field in _TEXTS] if form else ["code", "text"]
        questions = [Question("form", "ui.rows.form", "choice", used, choices)]
        for name in known:
            label = f"ui.field.{name.replace('_', '-')}"
            kind = "text" if name in ("text", "product") else "line"
            questions.append(Question(name, label, kind, needed=name == "text"))  # type: ignore[arg-type]
        self._ask("ui.rows.add", questions, lambda said: self._add_row(said, known, unit, before))

    def _unit_rows(self, unit: str) -> list[str]:
        seen = self._stage.seen()
        if seen is None or seen.plan is None:
            return []
        return finding.plan_rows(seen.facts, seen.plan.item, unit)

    def _add_row(self, said: Said, known: list[str], unit: str, before: str) -> None:
        seen = self._stage.seen()
        plan = seen.plan.item if seen is not None and seen.plan is not None else ""
        form = said.answer("form")
        cells = {(name, ""): said.answer(name) for name in known if said.answer(name)}
        self._write(
            lambda house, who: rows.add_row(
                house, form=form, unit=unit, plan=plan, before=before, cells=cells, author=who
            )
        )


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]
