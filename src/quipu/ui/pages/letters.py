"""The page of letters: what the centre asks units for by a day, and what it lets them know."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from quipu.domain.requests import Notice, Request
from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import moment, quiet_name
from quipu.words import Words

ASKED = {"centre": ("ask", "close"), "office": ("answer",)}
TOLD = {"centre": ("tell",), "office": ("read",)}


class LettersPage(Page):
    """Requests above, with answers; notices below, with who read them and when."""

    def __init__(self, words: Words, role: str, name_of: Callable[[str], str]) -> None:
        super().__init__(words, "letters")
        self.today, self._name_of = date.min, name_of
        asked = {
            "ask": Do("ask", record=False, main=True),
            "close": Do("close"),
            "answer": Do("answer", main=True),
        }
        told = {"tell": Do("tell", record=False, main=True), "read": Do("read", main=True)}
        self.requests = Listing(
            words, "ui.letters.requests", self._request_columns(),
            [asked[name] for name in ASKED[role]], allowed=self._allowed,
        )  # fmt: skip
        self.notices = Listing(
            words, "ui.letters.notices", self._notice_columns(),
            [told[name] for name in TOLD[role]], allowed=self._allowed,
        )  # fmt: skip
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.requests)
        parts.addWidget(self.notices)
        parts.setSizes([300, 240])
        self.column.addWidget(parts, 1)

    def _unit(self, one: Request | Notice) -> str:
        return quiet_name(self._name_of(one.unit))

    def _request_columns(self) -> list[Shown[Request]]:
        text = self.words.text

        def state(one: Request) -> str:
            said = text(f"ui.letters.{one.state}")
            return f"{said} ({text('ui.status.late')})" if one.late(self.today) else said

        def ground(one: Request) -> Any:
            return look.REFUSED_FILL if one.state == "open" and one.late(self.today) else None

        def due(one: Request) -> str:
            return one.due.strftime("%d/%m/%Y") if one.due is not None else ""

        return [
            Shown(text("ui.letters.title"), lambda one: one.title, 250, ground=ground, tip=_both),
            Shown(text("ui.letters.due"), due, 84, ground=ground),
            Shown(text("ui.tasks.unit"), self._unit, 250, ground=ground),
            Shown(text("ui.letters.state"), state, 150, ground=ground),
            Shown(text("ui.letters.answer-text"), lambda one: one.answer, 0, ground=ground),
        ]

    def _notice_columns(self) -> list[Shown[Notice]]:
        text = self.words.text

        def read(one: Notice) -> str:
            if not one.read_at:
                return text("ui.letters.unread")
            return text("ui.letters.read-by", who=one.read_by, at=moment(one.read_at))

        return [
            Shown(text("ui.letters.title"), lambda one: one.title, 250, tip=_both),
            Shown(text("ui.letters.sent"), lambda one: moment(one.at), 118),
            Shown(text("ui.tasks.unit"), self._unit, 250),
            Shown(text("ui.letters.receipt"), read),
        ]

    @staticmethod
    def _allowed(name: str, one: Any) -> bool:
        if name in ("close", "answer"):
            return one is not None and (one.state != "closed")
        if name == "read":
            return one is not None
        return True

    def show_letters(
        self,
        requests: Sequence[Request],
        notices: Sequence[Notice],
        today: date,
        *,
        read_only: bool,
    ) -> None:
        """Show the letters as they stand on a day."""
        self.today = today
        self.requests.show_records(requests, read_only=read_only)
        self.notices.show_records(notices, read_only=read_only)


def _both(one: Request | Notice) -> str:
    return "\n".join(part for part in (one.title, one.text) if part)
