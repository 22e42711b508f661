"""The page of recommendations: made to units, answered by them, closed at the centre."""

from collections.abc import Callable, Sequence
from typing import Any

from quipu.domain.recommendations import Recommendation
from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import period_name, quiet_name
from quipu.words import Words

ACTIONS = {"centre": ("recommend", "answer", "close", "reopen"), "office": ("answer",)}


class RecommendationsPage(Page):
    """Recommendations with their follow-up."""

    def __init__(self, words: Words, role: str, name_of: Callable[[str], str]) -> None:
        super().__init__(words, "recommendations")
        self._name_of = name_of
        buttons = {
            "recommend": Do("recommend", record=False, main=role == "centre"),
            "answer": Do("answer", main=role == "office"),
            "close": Do("close"),
            "reopen": Do("reopen"),
        }
        self.list = Listing(
            words, "ui.recommendations", self._columns(),
            [buttons[name] for name in ACTIONS[role]], allowed=self._allowed,
        )  # fmt: skip
        self.column.addWidget(self.list, 1)

    def _columns(self) -> list[Shown[Recommendation]]:
        text = self.words.text

        return [
            Shown(
                text("ui.recommendations.text"),
                lambda one: " ".join(one.text.split()),
                0,
                ground=_ground,
                tip=lambda one: one.text,
            ),
            Shown(
                text("ui.tasks.unit"),
                lambda one: quiet_name(self._name_of(one.unit)),
                190,
                ground=_ground,
            ),
            Shown(
                text("ui.recommendations.of"),
                lambda one: period_name(self.words, one.period),
                120,
                ground=_ground,
            ),
            Shown(text("ui.letters.due"), _due, 84, ground=_ground),
            Shown(text("ui.letters.state"), self._state, 150, ground=_ground),
            Shown(
                text("ui.letters.answer-text"),
                lambda one: " ".join(one.answer.split()),
                240,
                ground=_ground,
                tip=lambda one: one.answer,
            ),
        ]

    def _state(self, one: Recommendation) -> str:
        said = self.words.text(f"ui.recommendations.{one.state}")
        return f"{said} ({self.words.text('ui.status.late')})" if one.late else said

    @staticmethod
    def _allowed(name: str, one: Recommendation | None) -> bool:
        if name == "recommend":
            return True
        if one is None:
            return False
        return (one.state == "closed") is (name == "reopen")

    def show_recommendations(self, found: Sequence[Recommendation], *, read_only: bool) -> None:
        """Show recommendations."""
        self.list.show_records(found, read_only=read_only)


def _ground(one: Recommendation) -> Any:
    return look.REFUSED_FILL if one.late else None


def _due(one: Recommendation) -> str:
    return one.due.strftime("%d/%m/%Y") if one.due is not None else ""
