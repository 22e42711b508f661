"""One question in plain words before a copied or restored workspace goes on as another."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from quipu.operations.workspaces import Foreseen
from quipu.words import Words


def ask_to_go_on(
    parent: QWidget, words: Words, found: Foreseen, folder: str, go_on: Callable[[], object]
) -> QMessageBox:
    """Say what was found and ask whether to go on; who does not, stays where he was."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(words.text(f"ui.copied.{found}.title"))
    box.setText(words.text(f"ui.copied.{found}.text", folder=folder))
    box.setInformativeText(words.text("ui.copied.lost"))
    roles = QMessageBox.ButtonRole
    yes = box.addButton(words.text(f"ui.copied.{found}.yes"), roles.AcceptRole)
    box.addButton(words.text("ui.copied.back"), roles.RejectRole)
    box.setDefaultButton(yes)
    box.accepted.connect(go_on)
    box.open()
    return box
