"""What the parts of a window share: words, the desk, the bar that speaks, and a parent."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from quipu.domain.address import Address
from quipu.ui.desk import Desk
from quipu.ui.notice import Notice
from quipu.ui.snapshot import Overview
from quipu.ui.speech import error_sentence
from quipu.words import Words


@dataclass(frozen=True)  # no slots: signals hold it weakly
class Stage:
    """Handed to each part when the window is built; `seen` gives the newest overview.

    `go_to` shows the cell of an address on its sheet, `show_page` a page by its name.
    """

    words: Words
    desk: Desk
    notice: Notice
    window: QWidget
    seen: Callable[[], Overview | None]
    go_to: Callable[[Address], None]
    show_page: Callable[[str], None]

    def complain(self, error: Exception) -> None:
        """Say an error in the bar."""
        self.notice.say("error", error_sentence(self.words, error))

    def written(self, sentence: str, file: Path) -> None:
        """Say that a file was written, and offer to show its folder."""

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

        self.notice.say("done", sentence, label=self.words.text("ui.show-folder"), act=show)
