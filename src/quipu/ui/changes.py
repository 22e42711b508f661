"""Reprogramming: cells gathered, changed at once for a cause, by an act; and the log (S3-12)."""

from dataclasses import dataclass
from pathlib import Path

from quipu.domain.changes import PlanChange
from quipu.domain.fields import find
from quipu.domain.value import value_text
from quipu.forms.method_changes import Cause
from quipu.operations.finding import plan_rows, plan_units
from quipu.operations.house import House
from quipu.operations.printing import print_document
from quipu.operations.reprogramming import CellChange, causes, changes_of, reprogram
from quipu.operations.sections import available_templates
from quipu.ui import snapshot
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Kept
from quipu.ui.pages.changes import ChangesPage, Draft
from quipu.ui.plan import act_questions, role_question, said_act
from quipu.ui.speech import field_name, period_name, quiet_name
from quipu.ui.stage import Stage

FIELDS = ("target", "total", "cost", "budget", "text", "unit_of_measure", "verification", "weight")
"""What is mostly changed of a row."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The log of a plan, the causes of its method, and the form that prints the log."""

    changes: list[PlanChange]
    causes: tuple[Cause, ...]
    form: str


class ChangeKeeping(Kept):
    """Keeps the page of changes true; what is gathered is forgotten with the window."""

    page: ChangesPage

    def __init__(self, stage: Stage) -> None:
        page = ChangesPage(stage.words, stage.role, self._row_name, self._cause)
        super().__init__(stage, page, "changes")
        self._gathered: list[Draft] = []
        self._seen = Changed([], (), "")
        page.draft.wanted.connect(self._wanted)
        page.log.wanted.connect(lambda *_: self._print())

    def _row_name(self, item: str) -> str:
        seen = self.stage.seen()
        if seen is None:
            return ""
        parts = (seen.facts.text(item, "code"), seen.facts.text(item, "text"))
        return " ".join(" ".join(part for part in parts if part).split())

    def _cause(self, code: str) -> str:
        lang = self.stage.words.lang
        for one in self._seen.causes:
            if one.code == code:
                return one.title.get(lang) or next(iter(one.title.values()), code)
        return code

    def take(self, house: House, plan: str) -> Changed:
        """Give the log of a plan."""
        facts = house.facts()
        known = {line.partition(" ")[0] for line in facts.text(plan, "form_version").splitlines()}
        folders = {name.rpartition("/")[0] for name in known}
        forms = [f"{one}/cambios" for one in sorted(folders)]
        templates = available_templates(house.folder)
        form = next((one for one in forms if one in templates or one in house.forms), "")
        found = changes_of(house, plan=plan, facts=facts)
        return Changed(found, causes(house, plan=plan), form)

    def show(self, taken: Changed | None) -> None:
        """Show what is gathered and the log."""
        self._seen = taken if taken is not None else Changed([], (), "")
        self.page.show_draft(self._gathered, read_only=self.read_only)
        self.page.show_changes(self._seen.changes, prints=bool(self._seen.form))

    # ------------------------------------------------------------------ gathering
    def _wanted(self, name: str, one: Draft | None) -> None:
        if name == "add":
            self._ask_unit()
        elif name == "apply":
            self._apply()
        elif one is not None:
            self._gathered.remove(one)
            self.page.show_draft(self._gathered, read_only=self.read_only)

    def _ask_unit(self) -> None:
        seen, words = self.stage.seen(), self.stage.words
        if seen is None or not self.stage.plan:
            return
        units = plan_units(seen.facts, self.stage.plan)
        options = [(one, quiet_name(seen.name(one))) for one in units]
        if plan_rows(seen.facts, self.stage.plan, ""):
            options.append(("", words.text("ui.changes.whole")))
        self.question(
            words.text("ui.changes.draft.do.add").rstrip("…"),
            [Question("unit", "ui.tasks.unit", "choice", options=options)],
            lambda said: self._ask_cell(said.answer("unit")),
            done=words.text("ui.changes.next"),
        )

    def _ask_cell(self, unit: str) -> None:
        seen, words = self.stage.seen(), self.stage.words
        if seen is None:
            return
        rows = [
            (one, self._row_name(one)[:90]) for one in plan_rows(seen.facts, self.stage.plan, unit)
        ]
        fields = [(one, field_name(words, one)) for one in FIELDS]
        periods = [(one, period_name(words, one)) for one in snapshot.periods(seen)]
        self.question(
            words.text("ui.changes.draft.do.add").rstrip("…"),
            [
                Question("row", "ui.changes.row", "choice", options=rows),
                Question("field", "ui.changes.field", "choice", options=fields),
                Question("period", "ui.tasks.period", "choice", options=periods),
                Question("text", "ui.changes.after", needed=False),
            ],
            lambda said: self._gather(unit, said),
            explain=words.text("ui.changes.period-explain"),
        )

    def _gather(self, unit: str, said: Said) -> None:
        seen, field = self.stage.seen(), said.answer("field")
        if seen is None:
            return
        known, row = find(field), said.answer("row")
        period = said.answer("period") if known is not None and known.periodic else ""
        change = CellChange(unit, row, field, period, said.answer("text"))
        before = value_text(seen.facts.value(row, field, period)) or ""
        self._gathered.append(Draft(change, seen.name(unit), self._row_name(row), before))
        self.page.show_draft(self._gathered, read_only=self.read_only)

    # ------------------------------------------------------------------ the act
    def _apply(self) -> None:
        words = self.stage.words
        questions = [
            self._cause_question(),
            Question("reason", "ui.plan-state.reason", "text"),
            *act_questions(),
            role_question(words),
        ]
        self.question(
            words.text("ui.changes.draft.do.apply").rstrip("…"),
            questions,
            self._reprogram,
            explain=words.plural("ui.changes.count", len(self._gathered)),
        )

    def _cause_question(self) -> Question:
        lang = self.stage.words.lang
        options = [
            (one.code, one.title.get(lang) or next(iter(one.title.values()), one.code))
            for one in self._seen.causes
        ]
        if not options:
            return Question("cause", "ui.changes.cause")
        return Question("cause", "ui.changes.cause", "choice", options=options)

    def _reprogram(self, said: Said) -> None:
        words, plan, author = self.stage.words, self.stage.plan, self.stage.desk.author
        cells = tuple(one.change for one in self._gathered)

        def done(_: object) -> None:
            self._gathered.clear()
            self.stage.notice.say("done", words.text("ui.changes.done"))
            self.refresh()

        self.stage.desk.write(
            lambda house, _: reprogram(
                house, cause=said.answer("cause"), reason=said.answer("reason"),
                act=said_act(said), changes=cells, plan=plan, author=author,
                role=said.answer("role"),
            ),
            done,
        )  # fmt: skip

    def _print(self) -> None:
        words, plan, form = self.stage.words, self.stage.plan, self._seen.form
        start = str(Path.home() / words.text("ui.changes.file-name"))

        def write(file: Path) -> None:
            self.stage.desk.read(
                lambda house, _: print_document(house, form=form, file=file, plan=plan),
                lambda _: self.stage.written(words.text("ui.written", file=file.name), file),
                title=words.text("ui.print.working"),
            )

        self.question(
            words.text("ui.changes.log.do.print").rstrip("…"),
            [Question("file", "ui.editor.file", "save", start, pattern="PDF (*.pdf)")],
            lambda said: write(said.path("file")),
            done=words.text("ui.print.write"),
        )
