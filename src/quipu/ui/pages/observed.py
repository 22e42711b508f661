"""What the centre observed and what the office answered, as a list: by report, or of one cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from quipu.domain.observations import Message
from quipu.operations.observing import Observed
from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing
from quipu.ui.records import Shown
from quipu.ui.speech import field_name, moment
from quipu.words import Words

ACTIONS = {"centre": ("observe", "resolve", "go"), "office": ("answer", "go")}


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a thread."""

    where: Observed
    message: Message


class ObservedList(Listing):
    """Messages with their answers; `wanted` carries what to do with which."""

    def __init__(self, words: Words, role: str, *, places: bool = True) -> None:
        self._words, self._role = words, role
        buttons = {
            "observe": Do("observe", record=False),
            "resolve": Do("resolve"),
            "answer": Do("answer"),
            "go": Do("go", writes=False, main=True),
        }
        names = [name for name in ACTIONS[role] if places or name != "go"]
        super().__init__(
            words, "ui.observed", self._columns(places), [buttons[name] for name in names],
            allowed=self._allow,
        )  # fmt: skip

    def _columns(self, places: bool) -> list[Shown[Line]]:
        text = self._words.text
        where: list[Shown[Line]] = [Shown(text("ui.observed.where"), self._where, 220)]
        return [
            *(where if places else ()),
            Shown(
                text("ui.observed.said"), lambda one: one.message.text, 0,
                lambda one: look.icon("done" if one.message.resolved else "warning"),
            ),
            Shown(text("ui.observed.by"), self._by, 230),
            Shown(text("ui.observed.answer"), lambda one: one.message.answer, 260),
            Shown(text("ui.observed.state"), self._state, 110),
        ]  # fmt: skip

    def _where(self, one: Line) -> str:
        if not (one.where.code or one.where.activity):
            return self._words.text("ui.observed.report")
        field = field_name(self._words, one.where.thread.place.field or "executed")
        return f"{one.where.code or one.where.activity[:24]} · {field}"

    @staticmethod
    def _by(one: Line) -> str:
        return " · ".join(part for part in (one.message.by, moment(one.message.at)) if part)

    def _state(self, one: Line) -> str:
        if one.message.resolved:
            return self._words.text("ui.observed.resolved")
        return self._words.text(f"ui.observed.{'answered' if one.message.answer else 'open'}")

    def _allow(self, name: str, one: Line | None) -> bool:
        if name in ("observe", "go"):
            return True
        return one is not None and bool(one.message.item) and not one.message.resolved

    def show_threads(self, threads: Sequence[Observed], *, read_only: bool) -> None:
        """Show the messages of threads, in the order in which they were said."""
        lines = [Line(one, message) for one in threads for message in one.thread.messages]
        self.show_records(lines, read_only=read_only)
