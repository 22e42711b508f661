"""Offices and keys in the window: computers let in and revoked, the centre's keys, sealing."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from quipu.operations import identities
from quipu.operations.correspondence import unit_names
from quipu.operations.devices import Admitted, Device, admit, devices
from quipu.operations.house import House
from quipu.operations.recovery_page import print_words
from quipu.operations.revoking import Revoked, revoke
from quipu.operations.sealing import sealing_on, turn_sealing
from quipu.operations.securing import (
    KeyState,
    export_root,
    keys_here,
    recovery_words,
    set_passphrase,
)
from quipu.operations.unlocking import use_passphrase
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.dialogs.secrets import WordsDialog
from quipu.ui.enrolling import ask_office, ask_planner
from quipu.ui.pages.computers import ComputersPanel, Seat
from quipu.ui.pages.own_computer import OwnComputerPanel
from quipu.ui.speech import quiet_name
from quipu.ui.stage import Stage


@dataclass(frozen=True, slots=True)
class Seats:
    """What the page shows: lines of offices and computers, the keys here, and the sealing."""

    seats: tuple[Seat, ...]
    keys: tuple[KeyState, ...]
    has_root: bool
    sealed: bool

    @property
    def own(self) -> Device | None:
        """This computer."""
        return next((s.device for s in self.seats if s.device and s.device.own), None)


class Computing(QObject):
    """Keeps the panel of offices and keys true, and does what it wants."""

    def __init__(self, stage: Stage, role: str) -> None:
        super().__init__(stage.window)
        self._stage, self._words, self._desk = stage, stage.words, stage.desk
        self.panel = ComputersPanel(stage.words) if role == "centre" else None
        self.own = OwnComputerPanel(stage.words)
        if self.panel is not None:
            self.panel.wanted.connect(self._wanted)
            self.panel.sealing_wanted.connect(self._seal)
        self.own.passphrase_wanted.connect(self.ask_passphrase)

    def refresh(self) -> None:
        """Look at the computers and keys again."""
        self._desk.read(lambda house, _: take(house), self._show, key="computers")

    def _show(self, seen: Seats) -> None:
        if self.panel is not None:
            self.panel.show_seats(seen.seats, read_only=self._desk.read_only is not None)
            self.panel.show_keys(seen.keys, has_root=seen.has_root, sealed=seen.sealed)
        elif seen.own is not None:
            units = next(s.units for s in seen.seats if s.device is seen.own)
            self.own.show_own(seen.own, units, seen.keys, sealed=seen.sealed)

    def _wanted(self, action: str, seat: Seat | None) -> None:
        device = seat.device if seat is not None else None
        if action == "enrol":
            ask_office(self._stage, seat.office if seat is not None and not device else "")
        elif action == "planner":
            ask_planner(self._stage)
        elif action == "passphrase":
            self.ask_passphrase()
        elif action == "words":
            self._show_words()
        elif action == "export":
            self._ask_copy()
        elif device is not None and action == "admit":
            self._admit(device)
        elif device is not None:
            self._ask_revoke(device)

    # ------------------------------------------------------------------ computers
    def _admit(self, device: Device) -> None:
        question = self._words.text(
            "ui.admit.explain", office=quiet_name(device.name), check=device.check
        )
        author = self._desk.author

        def done(made: Admitted) -> None:
            new = sum(one.new for one in made.bundles)
            said = self._words.text(
                "ui.admit.done", office=quiet_name(device.name), bundles=len(made.bundles), new=new
            )
            self._stage.notice.say("done", said)

        def accepted(_: Said) -> None:
            self._desk.write(
                lambda house, _: admit(house, device=device.device, author=author), done
            )

        Ask(
            self._words, self._words.text("ui.computers.admit").rstrip("…"), [],
            explain=question, done=self._words.text("ui.admit.same"), parent=self._stage.window,
        ).when_accepted(accepted)  # fmt: skip

    def _ask_revoke(self, device: Device) -> None:
        text = self._words.text
        questions = [
            Question("reason", "ui.revoke.reason", "text"),
            Question("after", "ui.revoke.after", value=str(device.last_sequence), needed=False),
        ]
        Ask(
            self._words, text("ui.computers.revoke").rstrip("…"), questions,
            explain=text("ui.revoke.explain", office=quiet_name(device.name), check=device.check),
            done=text("ui.revoke.done"), parent=self._stage.window,
        ).when_accepted(lambda said: self._revoke(device, said))  # fmt: skip

    def _revoke(self, device: Device, said: Said) -> None:
        after, reason, author = said.answer("after"), said.answer("reason"), self._desk.author
        last = int(after) if after.isdecimal() else None
        if after and last is None:
            self._stage.notice.say("error", self._words.text("ui.revoke.number", value=after))
            return

        def done(made: Revoked) -> None:
            words = self._words.text("ui.revoke.made", stand=made.stand, late=made.late)
            self._stage.notice.say("done", words)

        self._desk.write(
            lambda house, _: revoke(
                house, device=device.device, after=last, reason=reason, author=author
            ),
            done,
        )

    def _seal(self, on: bool) -> None:
        author = self._desk.author
        key = "ui.sealing.on" if on else "ui.sealing.off"
        self._desk.write(
            lambda house, _: turn_sealing(house, on=on, author=author),
            lambda _: self._stage.notice.say("done", self._words.text(key)),
        )

    # ------------------------------------------------------------------ keys
    def _show_words(self) -> None:
        language = self._words.lang

        def show(root: tuple[str, ...]) -> None:
            dialog = WordsDialog(self._words, root, self._stage.window)
            dialog.print_wanted.connect(lambda: self._ask_words_page(root))
            dialog.open()

        self._desk.read(lambda house, _: recovery_words(house, language=language), show)

    def _ask_words_page(self, root: tuple[str, ...]) -> None:
        text = self._words.text
        path = str(Path.home() / f"{text('ui.words.file')}.pdf")
        file = Question("file", "ui.export.file", "save", path, pattern="PDF (*.pdf)")
        Ask(
            self._words, text("ui.words.print").rstrip("…"), [file],
            explain=text("ui.words.print-explain"), done=text("ui.print.write"),
            parent=self._stage.window,
        ).when_accepted(lambda said: self._print_words(root, said.path("file")))  # fmt: skip

    def _print_words(self, root: tuple[str, ...], file: Path) -> None:
        language = self._words.lang
        self._desk.read(
            lambda house, _: print_words(house, words=root, language=language, file=file),
            lambda pages: self._stage.written(
                self._words.plural("ui.print.pages", pages, file=file.name), file
            ),
        )

    def _ask_copy(self) -> None:
        text = self._words.text
        path = str(Path.home() / text("ui.copy.file-name"))
        questions = [
            Question("file", "ui.export.file", "save", path),
            Question("first", "ui.passphrase.new", "secret"),
            Question("second", "ui.passphrase.again", "secret"),
        ]
        Ask(
            self._words, text("ui.computers.export").rstrip("…"), questions,
            explain=text("ui.copy.explain"), done=text("ui.copy.write"), parent=self._stage.window,
        ).when_accepted(self._copy)  # fmt: skip

    def _copy(self, said: Said) -> None:
        file, typed = said.path("file"), self._twice(said)
        if typed is None:
            return
        self._desk.read(
            lambda house, _: export_root(house, file=file, passphrase=typed),
            lambda _: self._stage.written(self._words.text("ui.copy.done", file=file.name), file),
        )

    def _twice(self, said: Said) -> str | None:
        """Give a passphrase that was typed the same twice, else say that it was not."""
        first, second = said.answer("first"), said.answer("second")
        if first == second:
            return first
        self._stage.notice.say("error", self._words.text("ui.passphrase.differ"))
        return None

    def ask_passphrase(self) -> None:
        """Ask for a passphrase under which the keys of this computer shall rest, or for none."""
        text = self._words.text
        questions = [
            Question("first", "ui.passphrase.new", "secret", needed=False),
            Question("second", "ui.passphrase.again", "secret", needed=False),
        ]
        Ask(
            self._words, text("ui.computers.passphrase").rstrip("…"), questions,
            explain=text("ui.passphrase.explain"), done=text("ui.passphrase.set"),
            parent=self._stage.window,
        ).when_accepted(self._set_passphrase)  # fmt: skip

    def _set_passphrase(self, said: Said) -> None:
        typed = self._twice(said)
        if typed is None:
            return
        folder = self._desk.folder

        def put(house: House, _: object) -> tuple[str, ...]:
            names = set_passphrase(folder=folder, passphrase=typed or None)
            use_passphrase(typed or None)
            return names

        key = "ui.passphrase.done" if typed else "ui.passphrase.removed"

        def done(_: object) -> None:
            self._stage.notice.say("done", self._words.text(key))
            self.refresh()

        self._desk.read(put, done)


def take(house: House) -> Seats:
    """Give the offices with their computers, the keys that are here, and whether bundles close."""
    facts = house.facts()
    known, units = devices(house), unit_names(facts)
    seats = [Seat(one.office, one.name, units.get(one.office, ()), one) for one in known]
    if house.role == "centre":
        lonely = set(facts.of_kind("office")) - {one.office for one in known}
        seats += [
            Seat(office, facts.text(office, "name"), units.get(office, ()), None)
            for office in lonely
        ]
    seats.sort(key=lambda one: (one.office != "", one.name.casefold(), one.office))
    return Seats(
        tuple(seats),
        keys_here(house),
        house.role == "centre" and identities.has_root(house.dataset),
        sealing_on(facts, house.dataset),
    )
