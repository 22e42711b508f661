"""Random stories of several replicas, told by the reference merge alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from quipu.domain import merge
from quipu.domain.address import Address
from quipu.domain.identity import session_id
from quipu.domain.parcel import DeviceInfo, Parcel, SessionInfo
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value
from tests.store.support import DATASET, device

ADDRESSES = (
    Address("row-1", "executed", "2024-07", "unit-1"),
    Address("row-1", "target", "2024-07"),
    Address("row-2", "name"),
)
VALUES: tuple[Value, ...] = (Decimal(1), Decimal(1), "dos", True, None)
DEVICES = (device("pc-centre"), device("pc-norte", "office-norte"), device("pc-sur", "office-sur"))


@dataclass
class Replica:
    """One copy: the revisions it knows, and the session that it writes in."""

    device: DeviceInfo
    turn: int = 0
    n: int = 0
    known: dict[RevisionName, Revision] = field(default_factory=dict)

    def session(self) -> SessionInfo:
        nonce = f"{self.turn:032x}"
        return SessionInfo(session_id(self.device.key, nonce), nonce, self.device.id)

    def restart(self) -> None:
        self.turn, self.n = self.turn + 1, 0

    def at(self, address: Address) -> list[Revision]:
        return [one for one in self.known.values() if one.address == address]

    def edit(self, address: Address, value: Value) -> None:
        here = self.at(address)
        self.n += 1
        name = RevisionName(self.session().id, self.n)
        self.known[name] = Revision(
            name=name,
            address=address,
            value=value,
            replaces=tuple(head.name for head in merge.heads(here)),
            depth=1 + max((one.depth for one in here), default=0),
            at="2024-07-01T08:00:00Z",
            author=self.device.id,
            group=self.n,
        )


@dataclass(frozen=True)
class Story:
    """What was written anywhere, and in which overlapping slices it is delivered."""

    revisions: Sequence[Revision]
    deliveries: Sequence[Sequence[int]]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    replicas = [Replica(one) for one in DEVICES]
    who = st.integers(0, len(replicas) - 1)
    address = st.sampled_from([ADDRESSES[0], ADDRESSES[0], ADDRESSES[1], *ADDRESSES])
    told = draw(
        st.lists(
            st.one_of(
                st.tuples(st.just("edit"), who, address, st.sampled_from(VALUES)),
                st.tuples(st.just("edit"), who, address, st.sampled_from(VALUES)),
                st.tuples(st.just("give"), who, who, st.integers(1, 3)),
                st.tuples(st.just("restart"), who),
            ),
            min_size=12,
            max_size=24,
        )
    )
    for deed, *how in told:
        if deed == "edit":
            replicas[how[0]].edit(*how[1:])
        elif deed == "give":
            giver = replicas[how[0]].known
            # Not all that the giver knows, and not in order: what was replaced may come later.
            replicas[how[1]].known |= dict(list(giver.items())[:: how[2]])
        else:
            replicas[how[0]].restart()
    every = {name: one for replica in replicas for name, one in replica.known.items()}
    return Story(list(every.values()), draw(_deliveries(len(every))))


@st.composite
def _deliveries(draw: st.DrawFn, count: int) -> list[list[int]]:
    """Cut all places, in any order, into slices; each repeats some that may have come before."""
    order = draw(st.permutations(range(count)))
    cuts = sorted(draw(st.lists(st.integers(0, count), max_size=4)))
    slices = [list(order[i:j]) for i, j in zip([0, *cuts], [*cuts, count], strict=True)]
    again = st.lists(st.sampled_from(order), max_size=3) if count else st.just([])
    return [[*slice_, *draw(again)] for slice_ in slices]


def sessions_of(revisions: Iterable[Revision]) -> tuple[SessionInfo, ...]:
    wanted = {one.name.session for one in revisions}
    found = (
        Replica(device, turn).session() for device in DEVICES for turn in range(len(wanted) + 20)
    )
    return tuple(one for one in found if one.id in wanted)


def parcel(revisions: Sequence[Revision], seq: int) -> Parcel:
    return Parcel(
        dataset=DATASET,
        audience="centre",
        office=DEVICES[1].office,
        device=DEVICES[1].id,
        seq=seq,
        prev="",
        made_at="2024-07-02T08:00:00Z",
        revisions=tuple(revisions),
        sessions=sessions_of(revisions),
        devices=DEVICES,
    )


def side(session: str) -> merge.Side:
    for one in DEVICES:
        for turn in range(40):
            if Replica(one, turn).session().id == session:
                return "office" if one.office else "centre"
    raise LookupError(session)
