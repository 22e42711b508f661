"""This computer, in an office: as whom it writes, what the centre knows of it, where its key is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations.devices import Device
from quipu.operations.securing import KeyState
from quipu.ui.pages.computers import rest_words
from quipu.ui.speech import plain_date, quiet_name
from quipu.words import Words

_LINES = ("office", "units", "check", "state", "until", "rest", "sealing")


class OwnComputerPanel(QWidget):
    """A card about this computer; `passphrase_wanted` asks to put its key under a passphrase."""

    passphrase_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.facts: dict[str, QLabel] = {}
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        for line, name in enumerate(_LINES):
            label, value = QLabel(words.text(f"ui.own.{name}")), QLabel()
            label.setObjectName("muted")
            value.setWordWrap(True)
            if name == "check":
                value.setObjectName("title")
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
            self.facts[name] = value
        self.passphrase = QPushButton(words.text("ui.computers.passphrase"))
        self.passphrase.setToolTip(words.text("ui.computers.passphrase.tip"))
        self.passphrase.clicked.connect(self.passphrase_wanted)
        explain = QLabel(words.text("ui.own.explain"))
        explain.setObjectName("muted")
        explain.setWordWrap(True)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 6, 0, 0)
        page.addWidget(explain)
        page.addWidget(card)
        page.addWidget(self.passphrase, 0, Qt.AlignmentFlag.AlignLeft)
        page.addStretch(1)

    def show_own(
        self, device: Device, units: Sequence[str], keys: Sequence[KeyState], *, sealed: bool
    ) -> None:
        """Show this computer."""
        text = self._words.text
        state = text(f"device.{device.state}")
        role = text(f"role.{device.role}")
        values = {
            "office": f"{quiet_name(device.name)} ({role})",
            "units": ", ".join(quiet_name(unit) for unit in units) or "—",
            "check": device.check,
            "state": f"{state[:1].upper()}{state[1:]}. {text(f'ui.own.state.{device.state}')}",
            "until": plain_date(device.until) or text("ui.own.for-ever"),
            "rest": rest_words(self._words, keys, root=False),
            "sealing": text("ui.own.sealed" if sealed else "ui.own.unsealed"),
        }
        for name, value in values.items():
            self.facts[name].setText(value)
        self.passphrase.setEnabled(bool(keys))
