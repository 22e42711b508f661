"""A country of computers in two levels, told by the reference merge alone, for random stories."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from quipu.domain import merge, reception
from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.judgement import OFFICE, PLANNER, Licence, counting, refused
from quipu.domain.refusal import REFUSES, entries
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value

MAY, JUNE = "2024-05", "2024-06"
NORTH, SOUTH, SUB = "unit-north", "unit-south", "unit-sub"
ADDRESSES = (
    Address("row-north", "executed", JUNE, NORTH),
    Address("row-north", "executed", MAY, NORTH),
    Address("row-south", "executed", JUNE, SOUTH),
    Address("row-sub", "narrative", JUNE, SUB),
    Address("row-north", "target", JUNE),
    Address("row-south", "deleted"),
    Address("plan", "report", JUNE, NORTH),
    Address("plan", "observation", JUNE, NORTH),
    Address("institution", "name"),
)
VALUES: tuple[Value, ...] = (None, Decimal(1), Decimal(2), "dos", True, "submitted", "accepted")
LICENCES = {
    "centre": Licence(PLANNER),
    "second": Licence(PLANNER),
    "north": Licence(OFFICE, "office-north", frozenset({NORTH})),
    "south": Licence(OFFICE, "office-south", frozenset({SOUTH})),
    "sub": Licence(OFFICE, "office-sub", frozenset({SUB})),
}
MOST = 5


class Bundle(NamedTuple):
    """What left a computer at once: for whom, how much of it, and what it says it received."""

    name: int
    sender: str
    device: int
    audience: str
    seq: int
    revisions: frozenset[Revision]
    acknowledges: frozenset[int]
    enclosed: tuple[Bundle, ...] = ()


@dataclass
class Memory:
    """What lies on a computer's disk: all that a backup or a copy takes along."""

    known: dict[RevisionName, Revision] = field(default_factory=dict)
    received: set[int] = field(default_factory=set)
    sent: dict[int, frozenset[RevisionName]] = field(default_factory=dict)
    acknowledged: set[RevisionName] = field(default_factory=set)
    seq: int = 0
    relayed: tuple[Bundle, ...] = ()

    def copied(self) -> Memory:
        return Memory(
            dict(self.known), set(self.received), dict(self.sent), set(self.acknowledged),
            self.seq, self.relayed,
        )  # fmt: skip


@dataclass
class Computer:
    """One installed program: whose it is, and the session that it writes in."""

    role: str
    device: int
    session: str
    memory: Memory = field(default_factory=Memory)
    n: int = 0
    revoked: bool = False
    last: Revision | None = None
    backup: Memory | None = None

    @property
    def central(self) -> bool:
        return LICENCES[self.role].of_centre

    @property
    def place(self) -> str:
        return "centre" if self.central else LICENCES[self.role].office


@dataclass
class Country:
    """All computers, and every bundle that was ever written: lost ones are never delivered."""

    computers: list[Computer] = field(default_factory=list)
    bundles: list[Bundle] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    had_seen: dict[RevisionName, frozenset[RevisionName]] = field(default_factory=dict)
    ever_acknowledged: set[RevisionName] = field(default_factory=set)
    devices: int = 0

    def licence(self, session: str) -> Licence:
        return LICENCES[self.owners[session]]

    def side(self, session: str) -> merge.Side:
        return "centre" if self.licence(session).of_centre else "office"

    def start(self, role: str, memory: Memory | None = None) -> Computer:
        """Install the program, or go on with a copied or restored folder as a new device."""
        self.devices += 1
        made = Computer(role, self.devices, self.new_session(role))
        if memory is not None:
            made.memory = memory.copied()
            made.memory.seq, made.memory.sent = 0, {}
        self.computers.append(made)
        return made

    def new_session(self, role: str) -> str:
        session = f"{len(self.owners) + 1:032x}"
        self.owners[session] = role
        return session

    # ------------------------------------------------------------------ writing and reading
    def readings(self, known: Iterable[Revision]) -> dict[Address, merge.Reading]:
        by_address: dict[Address, list[Revision]] = {}
        for revision in counting(known, self.licence):
            by_address.setdefault(revision.address, []).append(revision)
        return {one: merge.read(one, said, self.side) for one, said in by_address.items()}

    def facts(self, known: Iterable[Revision]) -> Facts:
        return Facts((one, reading.value) for one, reading in self.readings(known).items())

    def write(self, who: Computer, said: Iterable[tuple[Address, Value]], at: str = "") -> None:
        """Write values in the place of all heads that count here."""
        known = who.memory.known
        for address, value in said:
            here = [one for one in known.values() if one.address == address]
            counts = [
                one for one in counting(known.values(), self.licence) if one.address == address
            ]
            who.n += 1
            name = RevisionName(who.session, who.n)
            replaces = tuple(sorted(head.name for head in merge.heads(counts)))
            depth = 1 + max((one.depth for one in here), default=0)
            who.last = Revision(name, address, value, replaces, depth, at, who.role)
            self.had_seen[name] = frozenset(known)
            known[name] = who.last

    def undo(self, who: Computer) -> None:
        """Write again what stood before the last of one's own writings."""
        if who.last is None or who.last.name not in who.memory.known:
            return
        before = [who.memory.known.get(name) for name in who.last.replaces]
        values = [one.value for one in before if one is not None]
        self.write(who, [(who.last.address, values[0] if values else None)])

    # ------------------------------------------------------------------ bundles
    def export(self, who: Computer, audience: str, *, full: bool, crash: bool = False) -> Bundle:
        """Write a bundle of all that is not acknowledged; a crash forgets that it was written."""
        memory = who.memory
        mine = self._own(who) if not who.central else set(memory.known)
        names = mine if full or who.central else mine - memory.acknowledged
        bundle = Bundle(
            len(self.bundles), who.role, who.device, audience, memory.seq + 1,
            frozenset(memory.known[name] for name in names), frozenset(memory.received),
            memory.relayed if who.role == "north" else (),
        )  # fmt: skip
        self.bundles.append(bundle)
        if not crash:
            memory.seq += 1
            memory.sent[bundle.name] = frozenset(names)
        return bundle

    def _own(self, who: Computer) -> set[RevisionName]:
        return {name for name in who.memory.known if self.owners[name.session] == who.role}

    def deliver(self, bundle: Bundle, to: Computer) -> None:
        """Merge a bundle, and what it encloses, where it is meant for; a stranger's is refused."""
        for inner in bundle.enclosed:
            if to.place == inner.audience:
                self.deliver(inner, to)
        if to.place != bundle.audience or bundle.name in to.memory.received:
            return
        memory = to.memory
        before = list(memory.known.values())
        new = [one for one in bundle.revisions if one.name not in memory.known]
        memory.known |= {one.name: one for one in new}
        memory.received.add(bundle.name)
        for name in bundle.acknowledges & memory.sent.keys():
            memory.acknowledged |= memory.sent[name]
            self.ever_acknowledged |= memory.sent[name]
        if to.central and not LICENCES[bundle.sender].of_centre:
            self._judge(to, bundle, before, new)

    def relay(self, bundle: Bundle, by: Computer) -> None:
        """A regional office keeps a sub-office's bundle, to forward it unchanged."""
        if by.role == "north" and bundle.sender == "sub" and bundle not in by.memory.relayed:
            by.memory.relayed = (*by.memory.relayed, bundle)

    def _judge(
        self, to: Computer, bundle: Bundle, before: list[Revision], new: list[Revision]
    ) -> None:
        known = to.memory.known
        office = LICENCES[bundle.sender].office
        revoked = any(one.device == bundle.device and one.revoked for one in self.computers)
        desk = reception.desk(
            office,
            self.facts(before),
            self.facts(known.values()),
            whole="device-revoked" if revoked else "",
        )
        out = refused(known.values(), self.licence)
        said = reception.refusals(sorted(new, key=lambda one: one.name), desk, out)
        self.write(to, entries(said, office=office, manifest=f"{bundle.name:064x}"))

    def reopen(self, who: Computer, period: str, unit: str) -> None:
        """Give a period back, and lift what was refused because it was closed."""
        facts = self.facts(who.memory.known.values())
        said: list[tuple[Address, Value]] = [(Address("plan", "report", period, unit), "returned")]
        said += [
            (address, None)
            for address, value in facts
            if address.field == REFUSES and (address.period, address.unit) == (period, unit)
        ]
        self.write(who, said)

    # ------------------------------------------------------------------ the end of a story
    def settle_down(self, rng: random.Random) -> None:
        """Let every computer that is not revoked exchange until nobody learns anything."""
        for _ in range(4):
            live = [one for one in self.computers if not one.revoked]
            rng.shuffle(live)
            centres = [one for one in live if one.central]
            offices = [one for one in live if not one.central]
            ups = [self.export(one, "centre", full=True) for one in (*offices, *centres)]
            rng.shuffle(ups)
            for up in ups:
                for centre in centres:
                    self.deliver(up, centre)
            for office in offices:
                self.deliver(self.export(centres[0], office.place, full=True), office)


def plan() -> list[tuple[Address, Value]]:
    """What the centre says first: a plan in its year, units, rows."""
    said: list[tuple[Address, Value]] = [
        (Address("plan", "kind"), "plan"),
        (Address("plan", "state"), "approved"),
    ]
    for unit in (NORTH, SOUTH, SUB):
        name = unit.removeprefix("unit-")
        said += [
            (Address(unit, "office"), f"office-{name}"),
            (Address(f"row-{name}", "plan"), "plan"),
            (Address(f"row-{name}", "unit"), unit),
        ]
    return said
