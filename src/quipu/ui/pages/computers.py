"""Offices and keys at the centre: who may send, what state each computer is in, and the keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.devices import Device
from quipu.operations.securing import KeyState
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import moment, plain_date, quiet_name
from quipu.words import Words

ACTIONS = ("enrol", "planner", "admit", "revoke")
KEY_ACTIONS = ("words", "export", "passphrase")
_ICONS = {
    "active": "done",
    "waiting": "warning",
    "revoked": "close",
    "expired": "warning",
    "forked": "error",
    "copied": "info",
    "": "info",
}
_HEED = ("waiting", "forked", "expired")


@dataclass(frozen=True, slots=True)
class Seat:
    """A line: an office (or the centre) and one of its computers, `None` where it has none yet."""

    office: str
    name: str
    units: tuple[str, ...]
    device: Device | None

    @property
    def state(self) -> str:
        """The computer's state, `""` where there is none."""
        return self.device.state if self.device is not None else ""


class ComputersPanel(QWidget):
    """Offices with their computers, and the centre's keys below.

    `wanted` carries what to do and the chosen line (or `None`); `sealing_wanted` whether bundles
    are to be sealed.
    """

    wanted = Signal(str, object)
    sealing_wanted = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._read_only = words, False
        self.model: RecordsModel[Seat] = RecordsModel(self._columns())
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(words.text("ui.computers.list"))
        self.view.chosen.connect(lambda _: self._chosen())
        self.detail, self.rest = QLabel(), QLabel()
        for label in (self.detail, self.rest):
            label.setWordWrap(True)
        self.detail.setMinimumHeight(36)
        self.buttons = {name: self._button(name) for name in (*ACTIONS, *KEY_ACTIONS)}
        self.buttons["enrol"].setObjectName("main")
        self.sealing = QCheckBox(words.text("ui.computers.sealing"))
        self.sealing.setToolTip(words.text("ui.computers.sealing.tip"))
        self.sealing.clicked.connect(self.sealing_wanted)
        self.empty = empty_label(words.text("ui.computers.empty"))
        self._arrange()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._words.text(f"ui.computers.{name}"))
        button.setToolTip(self._words.text(f"ui.computers.{name}.tip"))
        button.clicked.connect(lambda: self.wanted.emit(name, self.current()))
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout()
        for name in ACTIONS:
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        card = QFrame()
        card.setObjectName("card")
        inner = QVBoxLayout(card)
        heading = QLabel(self._words.text("ui.computers.keys"))
        heading.setObjectName("subtitle")
        keys = QHBoxLayout()
        keys.addWidget(self.rest, 1)
        for name in KEY_ACTIONS:
            keys.addWidget(self.buttons[name])
        inner.addWidget(heading)
        inner.addLayout(keys)
        inner.addWidget(self.sealing)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 6, 0, 0)
        page.addLayout(row)
        page.addWidget(self.view, 1)
        page.addWidget(self.empty, 1)
        page.addWidget(self.detail)
        page.addWidget(card)

    def _columns(self) -> list[Shown[Seat]]:
        text = self._words.text
        return [
            Shown(text("ui.computers.office"), self._office, tip=self._units),
            Shown(text("ui.computers.units"), lambda one: str(len(one.units) or ""), 74),
            Shown(text("ui.computers.check"), _check, 130),
            Shown(text("ui.computers.role"), self._role, 104),
            Shown(text("ui.computers.state"), self.state_words, 160, _icon, _ground),
            Shown(text("ui.computers.until"), self._until, 96),
            Shown(text("ui.computers.last"), self._last, 176),
        ]

    def _office(self, one: Seat) -> str:
        name = quiet_name(one.name)
        if one.office:
            return name
        centre = self._words.text("ui.centre")
        return f"{centre} · {name}" if name else centre

    def _units(self, one: Seat) -> str:
        return "\n".join([self._office(one), *(f"· {quiet_name(unit)}" for unit in one.units)])

    def _role(self, one: Seat) -> str:
        return self._words.text(f"role.{one.device.role}") if one.device is not None else ""

    def state_words(self, one: Seat) -> str:
        """Say the state of a line's computer."""
        if one.device is None:
            return self._words.text("ui.computers.none")
        state = self._words.text(f"device.{one.device.state}")
        return self._words.text("ui.computers.own", state=state) if one.device.own else state

    def _until(self, one: Seat) -> str:
        return plain_date(one.device.until) if one.device is not None else ""

    def _last(self, one: Seat) -> str:
        device = one.device
        if device is None or not device.last_received:
            return ""
        at = moment(device.last_received)
        if not device.last_sequence:
            return at
        return self._words.text("ui.traffic.numbered", number=device.last_sequence, at=at)

    # ------------------------------------------------------------------ what is shown
    def show_seats(self, seats: Sequence[Seat], *, read_only: bool = False) -> None:
        """Show the offices with their computers."""
        row = self.view.currentIndex().row()
        self._read_only = read_only
        self.model.show_records(seats)
        self.empty.setVisible(not any(one.office for one in seats))
        if seats:
            self.view.selectRow(min(max(row, 0), len(seats) - 1))
        self._chosen()

    def show_keys(self, keys: Sequence[KeyState], *, has_root: bool, sealed: bool) -> None:
        """Show how the keys rest, and whether bundles are sealed."""
        self.rest.setText(rest_words(self._words, keys, root=has_root))
        self.sealing.setChecked(sealed)
        for name in ("words", "export"):
            self.buttons[name].setEnabled(has_root)
        for name in ("enrol", "planner"):
            self.buttons[name].setEnabled(has_root and not self._read_only)
        self.buttons["passphrase"].setEnabled(bool(keys))
        self.sealing.setEnabled(not self._read_only)

    def current(self) -> Seat | None:
        """Give the chosen line."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def _chosen(self) -> None:
        one = self.current()
        device = one.device if one is not None else None
        writes = device is not None and not self._read_only
        state = one.state if one is not None else ""
        self.buttons["admit"].setEnabled(writes and state in ("waiting", "revoked"))
        able = device is not None and not device.own and state != "revoked"
        self.buttons["revoke"].setEnabled(writes and able)
        if one is None:
            self.detail.clear()
            return
        key = f"ui.computers.explain.{state or 'none'}"
        check, reason = ("", "") if device is None else (device.check, device.reason)
        office = self._office(one)
        self.detail.setText(self._words.text(key, check=check, reason=reason, office=office))


def rest_words(words: Words, keys: Sequence[KeyState], *, root: bool) -> str:
    """Say where the keys of a workspace rest on this computer."""
    if not keys:
        return words.text("ui.computers.no-keys")
    rests = {one.rest or "damaged" for one in keys}
    where = ", ".join(words.text(f"rest.{rest}") for rest in sorted(rests))
    key = "ui.computers.rest-root" if root else "ui.computers.rest"
    return words.text(key, where=where)


def _check(one: Seat) -> str:
    return one.device.check if one.device is not None else ""


def _icon(one: Seat) -> QIcon:
    return look.icon(_ICONS[one.state])


def _ground(one: Seat) -> QColor | None:
    return QColor("#fff2d3") if one.state in _HEED else None
