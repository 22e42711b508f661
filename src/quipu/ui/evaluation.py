"""The evaluation of a plan in a period: results, programmes, recommendations, its print."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from quipu.domain.evaluation import Evaluation
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.progress import Progress, Rating, Rules
from quipu.domain.recommendations import Recommendation
from quipu.domain.rollup import Group, Summary
from quipu.forms.definition import NumberStyle
from quipu.forms.numbers import write_number
from quipu.operations.evaluating import evaluate, rules_of
from quipu.operations.finding import plan_units
from quipu.operations.house import House
from quipu.operations.printing import print_document
from quipu.operations.recommending import answer, close, recommend, recommendations
from quipu.operations.sections import available_templates
from quipu.ui import snapshot
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Kept
from quipu.ui.pages.evaluation import EvaluationPage, PeriodPage, ProgrammesPage, Result, percent
from quipu.ui.pages.recommendations import RecommendationsPage
from quipu.ui.snapshot import Overview
from quipu.ui.speech import period_name, quiet_name
from quipu.ui.stage import Stage


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation with the facts and rules it was made of."""

    found: Evaluation
    facts: Facts
    rules: Rules


class OfPeriod(Kept):
    """A page of a period of the plan's year: its own periods, quarters, halves, the year."""

    page: PeriodPage

    def __init__(self, stage: Stage, page: PeriodPage, key: str) -> None:
        super().__init__(stage, page, key)
        page.picked.connect(self.refresh)

    @property
    def period(self) -> str:
        """The chosen period."""
        return str(self.page.period.currentData() or "")

    def ask(self) -> None:
        """Offer the year's periods, then look at the chosen one."""
        seen = self.stage.seen()
        if seen is not None and seen.plan is not None:
            usual = snapshot.usual_period(seen, snapshot.periods(seen))
            named = [(one, period_name(self.stage.words, one)) for one in year_periods(seen)]
            self.page.offer(named, usual)
            self.before()
        super().ask()

    def before(self) -> None:
        """Make ready what depends on the chosen period."""


class _Evaluating(OfPeriod):
    """A page of results."""

    def take(self, house: House, plan: str) -> Evaluated:
        """Evaluate the chosen period."""
        facts = house.facts()
        found = evaluate(house, period=self.period, plan=plan, facts=facts)
        return Evaluated(found, facts, rules_of(house, facts, plan))


def year_periods(seen: Overview) -> list[str]:
    """Give the periods of a plan's year: its own, then quarters, halves and the year."""
    own = snapshot.periods(seen)
    year = seen.plan.year if seen.plan is not None else 0
    if not year:
        return own
    whole = Period.of_year(year)
    more = [str(part) for kind in ("quarter", "semester") for part in whole.parts(kind)]
    return list(dict.fromkeys([*own, *more, str(whole)]))


class EvaluationKeeping(_Evaluating):
    """Keeps the results true, and prints the evaluation."""

    page: EvaluationPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, EvaluationPage(stage.words), "evaluation")
        self.page.printed.connect(self._print)

    def show(self, taken: Evaluated | None) -> None:
        """Show the results of the chosen scope."""
        if taken is None:
            self.page.show_results([], "")
            return
        scope, found = self.page.scope.currentData(), taken.found
        seen = self.stage.seen()
        style = seen.numbers if seen is not None else snapshot.USUAL
        if scope == "rows":
            results = [
                _result(
                    f"{one.code} {one.activity}",
                    taken.facts.text(one.unit, "name"),
                    one.progress,
                    style,
                )
                for one in found.rows
            ]
        else:
            results = [_group(one, taken, style) for one in getattr(found, scope)]
        whole = found.whole
        self.page.show_results(
            results,
            self.stage.words.text(
                "ui.evaluation.whole",
                met=whole.met,
                due=whole.due,
                percent=percent(whole.percent) or "—",
            ),
        )

    def _print(self) -> None:
        words, plan, period = self.stage.words, self.stage.plan, self.period
        folder, kind = plan_folder(self.stage), Period.parse(period).kind
        documents = [
            (one.id, one.title.get(words.lang) or next(iter(one.title.values())))
            for one in available_templates(self.stage.desk.folder).values()
            if one.folder == folder and kind in one.periods
        ]
        if not documents:
            self.stage.notice.say("warning", words.text("ui.evaluation.no-document"))
            return
        start = str(Path.home() / words.text("ui.evaluation.file-name", period=period))

        def write(said: Said) -> None:
            file = said.path("file")
            self.stage.desk.read(
                lambda house, _: print_document(
                    house, form=said.answer("document"), period=period, file=file, plan=plan
                ),
                lambda _: self.stage.written(words.text("ui.written", file=file.name), file),
                title=words.text("ui.print.working"),
            )

        self.question(
            words.text("ui.evaluation.print").rstrip("…"),
            [
                Question("document", "ui.evaluation.document", "choice", options=documents),
                Question("file", "ui.editor.file", "save", start, pattern="PDF (*.pdf)"),
            ],
            write,
            done=words.text("ui.print.write"),
        )


def plan_folder(stage: Stage) -> str:
    """Give the folder of the institution whose forms a plan is in."""
    seen = stage.seen()
    forms = seen.facts.text(stage.plan, "form_version") if seen is not None else ""
    return forms.partition("\n")[0].partition(" ")[0].rpartition("/")[0]


def _result(name: str, unit: str, found: Progress, style: NumberStyle) -> Result:
    return Result(
        " ".join(name.split()), unit, _number(found.programmed, style),
        _number(found.executed, style),
        percent(found.percent), percent(found.to_date.percent), percent(found.year.percent),
        found.rating,
    )  # fmt: skip


def _group(one: Group, taken: Evaluated, style: NumberStyle) -> Result:
    facts, summary = taken.facts, one.summary
    code = facts.text(one.item, "code")
    name = facts.text(one.item, "name") or facts.text(one.item, "text")
    unit = facts.text(facts.text(one.item, "unit"), "name")
    return Result(
        " ".join(f"{code} {quiet_name(name)}".split()), unit,
        write_number(Decimal(summary.due), style),
        write_number(Decimal(summary.met), style),
        percent(summary.percent), percent(summary.to_date), percent(summary.year),
        _rating(summary, taken.rules),
    )  # fmt: skip


def _rating(found: Summary, rules: Rules) -> Rating:
    share = found.percent
    if share is None:
        return "unreported" if found.due else "none"
    if share > 1:
        return "exceeded"
    if share >= rules.met:
        return "met"
    return "partly" if share >= rules.partly else "low"


def _number(value: Decimal | None, style: NumberStyle) -> str:
    return write_number(value, style) if value is not None else ""


class ProgrammeKeeping(_Evaluating):
    """Keeps the programmes of a period true."""

    page: ProgrammesPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ProgrammesPage(stage.words, self._name), "programmes")

    def _name(self, item: str) -> str:
        seen = self.stage.seen()
        return seen.name(item) if seen is not None and item else ""

    def show(self, taken: Evaluated | None) -> None:
        """Show the programmes."""
        self.page.show_programmes(taken.found.programmes if taken is not None else ())


class RecommendationKeeping(Kept):
    """Keeps the recommendations true, and carries out what their page wants."""

    page: RecommendationsPage

    def __init__(self, stage: Stage) -> None:
        page = RecommendationsPage(stage.words, stage.role, self._name)
        super().__init__(stage, page, "recommendations")
        page.list.wanted.connect(self._wanted)

    def _name(self, item: str) -> str:
        seen = self.stage.seen()
        return seen.name(item) if seen is not None and item else ""

    def take(self, house: House, plan: str) -> list[Recommendation]:
        """Give the recommendations of a plan."""
        return recommendations(house, plan=plan)

    def show(self, taken: list[Recommendation] | None) -> None:
        """Show the recommendations."""
        self.page.show_recommendations(taken or [], read_only=self.read_only)

    def _wanted(self, name: str, one: Recommendation | None) -> None:
        if name == "recommend":
            self._recommend()
        elif one is not None and name == "answer":
            self._answer(one)
        elif one is not None:
            self._close(one, reopen=name == "reopen")

    def _recommend(self) -> None:
        seen, words, plan = self.stage.seen(), self.stage.words, self.stage.plan
        if seen is None or not plan:
            return
        units = [(one, quiet_name(seen.name(one))) for one in plan_units(seen.facts, plan)]
        periods = [(one, period_name(words, one)) for one in year_periods(seen)]
        usual = snapshot.usual_period(seen, snapshot.periods(seen))
        self.question(
            words.text("ui.recommendations.do.recommend").rstrip("…"),
            [
                Question("unit", "ui.tasks.unit", "choice", options=units),
                Question("period", "ui.recommendations.of", "choice", usual, periods),
                Question("text", "ui.recommendations.text", "text"),
                Question("due", "ui.letters.due", "date"),
            ],
            lambda said: self.write(
                lambda house, author: recommend(
                    house, unit=said.answer("unit"), period=said.answer("period"), plan=plan,
                    text=said.answer("text"), due=date.fromisoformat(said.answer("due")),
                    author=author,
                ),
                words.text("ui.recommendations.made"),
            ),
        )  # fmt: skip

    def _answer(self, one: Recommendation) -> None:
        words = self.stage.words
        self.question(
            words.text("ui.recommendations.do.answer").rstrip("…"),
            [
                Question("text", "ui.letters.answer-text", "text", one.answer),
                Question("done", "ui.recommendations.all-done", "flag"),
            ],
            lambda said: self.write(
                lambda house, author: answer(
                    house, recommendation=one.item, text=said.answer("text"),
                    done=bool(said.answer("done")), author=author,
                ),
                words.text("ui.letters.answer-done"),
            ),
            explain=one.text,
        )  # fmt: skip

    def _close(self, one: Recommendation, *, reopen: bool) -> None:
        words = self.stage.words
        name = "reopen" if reopen else "close"
        self.question(
            words.text(f"ui.recommendations.do.{name}").rstrip("…"),
            [Question("note", "ui.decide.note", needed=False)],
            lambda said: self.write(
                lambda house, author: close(
                    house, recommendation=one.item, note=said.answer("note"), reopen=reopen,
                    author=author,
                ),
                words.text("ui.recommendations.noted"),
            ),
            explain=one.text,
        )  # fmt: skip
