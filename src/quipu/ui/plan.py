"""A plan's way: proposed, observed, approved by its act, in force, closed; published (S3-19)."""

from datetime import date
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.plan_states import WITH_ACT, WITH_REASON, PlanStep
from quipu.domain.roles import ROLES
from quipu.operations.history import cell_history
from quipu.operations.house import House
from quipu.operations.plan_cycle import Act, plan_standings, take_step
from quipu.operations.publishing import Published, publish
from quipu.operations.requesting import list_notices
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Kept
from quipu.ui.pages.plan import PlanPage, Standing
from quipu.ui.stage import Stage
from quipu.words import Words


def act_questions() -> list[Question]:
    """Ask for a legal act: its kind (the usual one for none), number and day."""
    return [
        Question("kind", "ui.act.kind", needed=False),
        Question("number", "ui.act.number"),
        Question("day", "ui.act.day", "date"),
    ]


def said_act(said: Said) -> Act:
    """Give the act that was said."""
    day = date.fromisoformat(said.answer("day"))
    return Act(said.answer("kind"), said.answer("number"), day)


def role_question(words: Words) -> Question:
    """Ask in which role a person acts; without one nothing is claimed."""
    named = [(role, words.text(f"ui.role.{role}")) for role in ROLES]
    return Question("role", "ui.role", "choice", "", [("", words.text("ui.role.none")), *named])


class PlanKeepingPage(Kept):
    """Keeps the page of the plan's state true, and takes its steps."""

    page: PlanPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, PlanPage(stage.words, stage.role), "plan-state")
        self.page.wanted.connect(self._wanted)

    def take(self, house: House, plan: str) -> Standing:
        """Give where a plan stands."""
        facts = house.facts()
        notices = list_notices(house, plan=plan, facts=facts)
        return Standing(
            plan_standings(house, plan=plan, facts=facts),
            cell_history(house, address=Address(plan, "state")),
            sum(bool(one.read_at) for one in notices),
            len(notices),
        )

    def show(self, taken: Standing | None) -> None:
        """Show where the plan stands."""
        self.page.show_standing(taken, read_only=self.read_only)

    def _wanted(self, name: str) -> None:
        match name:
            case "reprogram":
                self.stage.show_page("changes")
            case "tell":
                self.stage.show_page("letters")
            case "publish":
                self._publish()
            case _:
                self._step(name)  # type: ignore[arg-type]

    def _step(self, step: PlanStep) -> None:
        words, plan = self.stage.words, self.stage.plan
        questions = act_questions() if step in WITH_ACT else []
        needed = step in WITH_REASON
        questions.append(Question("reason", "ui.plan-state.reason", "text", needed=needed))
        questions.append(role_question(words))

        def write(said: Said) -> None:
            act = said_act(said) if step in WITH_ACT else None
            self.write(
                lambda house, author: take_step(
                    house, step=step, act=act, reason=said.answer("reason"), plan=plan,
                    author=author, role=said.answer("role"),
                ),
                words.text("ui.plan-state.done"),
            )  # fmt: skip

        self.question(
            words.text(f"ui.plan-state.do.{step}").rstrip("…"), questions, write,
            explain=words.text(f"ui.plan-state.do.{step}.tip"),
        )  # fmt: skip

    def _publish(self) -> None:
        words, plan = self.stage.words, self.stage.plan
        start = str(Path.home() / words.text("ui.plan-state.folder"))

        def done(found: Published) -> None:
            said = words.plural("ui.plan-state.published", len(found.files))
            self.stage.written(said, found.files[0])

        def write(said: Said) -> None:
            folder = said.path("folder")
            self.stage.desk.read(
                lambda house, _: publish(house, folder=folder, plan=plan), done,
                title=words.text("ui.print.working"),
            )  # fmt: skip

        self.question(
            words.text("ui.plan-state.do.publish").rstrip("…"),
            [Question("folder", "ui.print.folder", "folder", start)],
            write,
            explain=words.text("ui.plan-state.do.publish.tip"),
        )
