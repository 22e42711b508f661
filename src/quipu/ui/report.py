"""The report of a period of a unit: looked at, completed, handed in, judged (S1-22, S3-17)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.period import Period
from quipu.domain.problem import Problem
from quipu.forms.numbers import write_number
from quipu.operations import reports
from quipu.operations.entering import enter
from quipu.operations.finding import plan_units
from quipu.operations.house import House
from quipu.operations.observing import Observed, list_observations
from quipu.operations.period_reports import Reported, copy_report, period_report
from quipu.operations.report_papers import print_report
from quipu.ui import snapshot
from quipu.ui.dialogs.ask import Question
from quipu.ui.kept import Kept
from quipu.ui.observations import ObservationActs
from quipu.ui.pages.report import ReportPage, Text
from quipu.ui.report_figures import ReportFigures
from quipu.ui.snapshot import USUAL
from quipu.ui.speech import error_sentence, period_name
from quipu.ui.stage import Stage


@dataclass(frozen=True, slots=True)
class Whole:
    """A report with its observations and the reason for which it was returned."""

    found: Reported
    threads: list[Observed]
    note: str


class ReportKeeping(Kept):
    """Keeps the page of a report true, and carries out what it wants."""

    page: ReportPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ReportPage(stage.words, stage.role), "report")
        self._acts = ObservationActs(stage)
        self._found: Reported | None = None
        self.page.picked.connect(self.refresh)
        self.page.verb.connect(self._verb)
        self.page.edited.connect(self._edit)
        self.page.go_to.connect(self._go_to)
        self._figures = ReportFigures(stage, self.page, lambda: self._found)
        self.page.observed.wanted.connect(self._observed)

    @property
    def unit(self) -> str:
        """The chosen unit."""
        return str(self.page.unit.currentData() or "")

    @property
    def period(self) -> str:
        """The chosen period."""
        return str(self.page.period.currentData() or "")

    def ask(self) -> None:
        """Offer units and periods, then look at the chosen report."""
        seen = self.stage.seen()
        if seen is not None and seen.plan is not None:
            units = plan_units(seen.facts, seen.plan.item)
            if seen.role == "office":
                units = [one for one in units if seen.facts.text(one, "office") == seen.office]
            periods = snapshot.periods(seen)
            usual = snapshot.usual_period(seen, periods)
            self.page.offer([(one, seen.name(one)) for one in units], periods, "", usual)
        if self.unit and self.period:
            super().ask()
        else:
            self.show(None)

    def take(self, house: House, plan: str) -> Whole:
        """Give the chosen report of a plan."""
        unit, period, lang = self.unit, self.period, self.stage.words.lang
        facts = house.facts()
        found = period_report(
            house, unit=unit, period=period, plan=plan, language=lang, facts=facts
        )
        threads = [
            one
            for one in list_observations(house, plan=plan, facts=facts)
            if one.thread.place.unit == unit and _inside(one.thread.place.period, period)
        ]
        return Whole(found, threads, facts.text(plan, "observation", period, unit))

    def show(self, taken: Whole | None) -> None:
        """Show the report."""
        self._found = taken.found if taken is not None else None
        if taken is None:
            self.page.show_report(None, (), "", read_only=self.read_only)
            return
        seen = self.stage.seen()
        style = seen.numbers if seen is not None else USUAL
        self.page.show_report(
            taken.found, taken.threads, taken.note,
            number=lambda value: write_number(value, style), read_only=self.read_only,
        )  # fmt: skip

    def open(self, unit: str, period: str) -> None:
        """Choose a report, before the page comes into view."""
        self.ask()
        for box, value in ((self.page.unit, unit), (self.page.period, period)):
            box.setCurrentIndex(max(box.findData(value), 0))

    # ------------------------------------------------------------------ what is wanted
    def _named(self) -> dict[str, str]:
        return {"unit": self.unit, "period": self.period, "plan": self.stage.plan}

    def _observed(self, name: str, line: Any) -> None:
        if name == "observe":
            self._acts.ask_observation(unit=self.unit, period=self.period)
        else:
            self._acts.act(name, line)

    def _go_to(self, one: Problem) -> None:
        if one.item == self.stage.plan:
            if self.page.go_to_count(one.target or ""):
                return
            self._edit_code(one.target or "")
            return
        self.stage.go_to(Address(one.item, one.target or "executed", self.period, self.unit))

    def _edit_code(self, code: str) -> None:
        for text in self.page.texts.model.records:
            if text.code == code:
                self._edit(text)

    def _edit(self, one: Text) -> None:
        unit, period, plan = self.unit, self.period, self.stage.plan
        self.question(
            one.title,
            [Question("text", "ui.period-report.said", "text", one.said, needed=False)],
            lambda said: self.write(
                lambda house, author: enter(
                    house, unit=unit, activity=plan, period=period, field=one.code,
                    value=said.answer("text"), author=author,
                ),
                self.stage.words.text("ui.period-report.stored"),
            ),
        )  # fmt: skip

    def _verb(self, verb: str) -> None:
        if verb == "print":
            self._print()
        elif verb == "observe":
            self._acts.ask_observation(unit=self.unit, period=self.period)
        elif verb == "return":
            self._ask_reason(verb, "ui.report.reason")
        else:
            self._do(verb, "")

    def _ask_reason(self, verb: str, label: str, explain: str = "") -> None:
        self.question(
            self.stage.words.text(f"ui.period-report.do.{verb}"),
            [Question("reason", label, "text")],
            lambda said: self._do(verb, said.answer("reason")),
            explain=explain,
        )

    def _do(self, verb: str, reason: str) -> None:
        named, words = self._named(), self.stage.words
        verbs: dict[str, Callable[[House, str], Any]] = {
            "submit": lambda house, who: reports.submit(
                house, anyway=reason, author=who, **named
            ),
            "review": lambda house, who: reports.review(house, author=who, **named),
            "accept": lambda house, who: reports.accept(house, author=who, **named),
            "consolidate": lambda house, who: reports.consolidate(house, author=who, **named),
            "return": lambda house, who: reports.return_report(
                house, reason=reason, author=who, **named
            ),
            "copy": lambda house, who: copy_report(house, author=who, **named),
        }  # fmt: skip
        said = words.text(f"ui.period-report.{verb}.done", period=period_name(words, self.period))

        def failed(error: Exception) -> None:
            if isinstance(error, InputError) and error.code == "report-incomplete" and not reason:
                explain = error_sentence(words, error)
                self._ask_reason("submit", "ui.period-report.why", explain)
            else:
                self.stage.complain(error)

        author = self.stage.desk.author
        self.stage.desk.write(
            lambda house, _: verbs[verb](house, author),
            lambda _: self.stage.notice.say("done", said),
            failed=failed,
        )

    def _print(self) -> None:
        words, named = self.stage.words, self._named()
        start = Path.home() / words.text("ui.period-report.file-name", period=self.period)

        def write(file: Path) -> None:
            self.stage.desk.read(
                lambda house, _: print_report(house, file=file, **named),
                lambda _: self.stage.written(words.text("ui.written", file=file.name), file),
                title=words.text("ui.print.working"),
            )

        self.question(
            words.text("ui.period-report.do.print"),
            [Question("file", "ui.editor.file", "save", str(start), pattern="PDF (*.pdf)")],
            lambda said: write(said.path("file")),
            done=words.text("ui.print.write"),
        )


def _inside(period: str, whole: str) -> bool:
    try:
        return bool(period) and Period.parse(whole).contains(Period.parse(period))
    except ValueError:
        return False
