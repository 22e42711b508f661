"""What the parts of a window share: words, the desk, the bar that speaks, and a parent."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from quipu.domain.address import Address
from quipu.ui.desk import Desk
from quipu.ui.notice import Notice
from quipu.ui.snapshot import Overview
from quipu.ui.speech import error_sentence
from quipu.words import Words


class Going(Protocol):
    """Brings pages, reports and cells into view."""

    def show_page(self, name: str) -> None:
        """Show a page by its name."""

    def go_to(self, address: Address, *, keyboard: bool = True) -> None:
        """Show the cell of an address."""

    def open_unit(self, unit: str, period: str) -> None:
        """Show a unit's progress of a period."""

    def open_plan(self, plan: str) -> None:
        """Show another plan of the workspace."""

    def show_problems(self) -> None:
        """Show the list of problems."""


@dataclass(frozen=True)  # no slots: signals hold it weakly
class Stage:
    """Handed to each part when the window is built; `seen` gives the newest overview.

    `role` is `centre` or `office`.
    """

    words: Words
    desk: Desk
    notice: Notice
    window: QWidget
    seen: Callable[[], Overview | None]
    going: Going
    role: str

    @property
    def plan(self) -> str:
        """The item of the plan in view, `""` where there is none."""
        seen = self.seen()
        return seen.plan.item if seen is not None and seen.plan is not None else ""

    def go_to(self, address: Address) -> None:
        """Show the cell of an address on its sheet."""
        self.going.go_to(address)

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self.going.show_page(name)

    def complain(self, error: Exception) -> None:
        """Say an error in the bar."""
        self.notice.say("error", error_sentence(self.words, error))

    def written(self, sentence: str, file: Path) -> None:
        """Say that a file was written, and offer to show its folder."""

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

        self.notice.say("done", sentence, label=self.words.text("ui.show-folder"), act=show)
