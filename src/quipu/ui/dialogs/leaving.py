"""Closing while long work is being written: wait for it, stop it, or stay."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from quipu.words import Words


def ask_to_wait(parent: QWidget, words: Words, leave: Callable[[bool], None]) -> None:
    """Ask what to do; `leave` is told whether to stop the work, and is not called to stay."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(words.text("window.title"))
    box.setText(words.text("ui.leave.busy"))
    roles = QMessageBox.ButtonRole
    wait = box.addButton(words.text("ui.leave.wait"), roles.AcceptRole)
    stop = box.addButton(words.text("ui.leave.stop"), roles.DestructiveRole)
    box.addButton(words.text("ui.cancel"), roles.RejectRole)
    box.setDefaultButton(wait)

    def answered(button: object) -> None:
        if button in (wait, stop):
            leave(button is stop)

    box.buttonClicked.connect(answered)
    box.open()
