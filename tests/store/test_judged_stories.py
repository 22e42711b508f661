"""The store judges as the reference does: by certificate and by refusals, in whatever order."""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quipu.domain import merge
from quipu.domain.address import Address
from quipu.domain.identity import session_id
from quipu.domain.judgement import Licence, counting, licence_of, refused
from quipu.domain.parcel import DeviceInfo, Parcel, SessionInfo
from quipu.domain.refusal import REFUSES, Refused, entries
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value
from quipu.store.workspace import Workspace, create, open_workspace
from tests.store.support import DATASET, Clock, Randomness, info

JULY = "2024-07"
ADDRESSES = (
    Address("row-1", "executed", JULY, "unit-norte"),
    Address("row-1", "executed", JULY, "unit-sur"),
    Address("row-1", "target", JULY),
    Address("plan", "report", JULY, "unit-norte"),
    Address("unit-sur", "office"),
    Address("institution", "name"),
)
VALUES: tuple[Value, ...] = ("uno", "dos", None, "submitted", "accepted", "office-norte")


def _device(name: str, office: str = "") -> DeviceInfo:
    first = {"office": office, "units": [f"unit-{office.removeprefix('office-')}"] * bool(office)}
    return DeviceInfo(name, office, hashlib.sha256(name.encode()).hexdigest(), (first,))


DEVICES = (
    _device("pc-centre"),
    _device("pc-norte", "office-norte"),
    _device("pc-sur", "office-sur"),
)
SESSIONS = {
    session_id(one.key, f"{turn:032x}"): (one, f"{turn:032x}") for one in DEVICES for turn in (0, 1)
}


def licence(session: str) -> Licence:
    return licence_of(SESSIONS[session][0])


def side(session: str) -> merge.Side:
    return "office" if SESSIONS[session][0].office else "centre"


class World:
    """Three computers of which each knows what it was given, told by the reference alone."""

    def __init__(self) -> None:
        self.known: list[dict[RevisionName, Revision]] = [{} for _ in DEVICES]
        self.every: dict[RevisionName, Revision] = {}
        self.n = dict.fromkeys(SESSIONS, 0)

    def say(self, who: int, address: Address, value: Value, turn: int = 0) -> None:
        known = self.known[who]
        session = session_id(DEVICES[who].key, f"{turn:032x}")
        here = [one for one in known.values() if one.address == address]
        counts = [one for one in counting(known.values(), licence) if one.address == address]
        self.n[session] += 1
        name = RevisionName(session, self.n[session])
        replaces = tuple(sorted(head.name for head in merge.heads(counts)))
        depth = 1 + max((one.depth for one in here), default=0)
        made = Revision(
            name, address, value, replaces, depth, "2024-07-01T08:00:00Z", "Ana", group=name.n
        )
        self.every[name] = known[name] = made

    def give(self, giver: int, taker: int) -> None:
        self.known[taker] |= self.known[giver]

    def refuse(self, which: int) -> None:
        offices = [name for name in self.known[0] if side(name.session) == "office"]
        names = tuple(offices[which % len(offices) :][:3]) if offices else ()
        said = entries([Refused("late", JULY, "", names)], office="o", manifest=f"{which:064x}")
        for address, value in said:
            self.say(0, address, value)

    def lift(self) -> None:
        found = sorted({one.address for one in self.known[0].values()})
        for address in [one for one in found if one.field == REFUSES][:1]:
            self.say(0, address, None)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World()
    who, turn = st.integers(0, 2), st.integers(0, 1)
    edit = st.tuples(st.just("say"), who, st.sampled_from(ADDRESSES), st.sampled_from(VALUES), turn)
    deeds = st.one_of(
        edit, edit, edit, st.tuples(st.just("give"), who, who),
        st.tuples(st.just("refuse"), st.integers(0, 9)), st.tuples(st.just("lift")),
    )  # fmt: skip
    for deed, *how in draw(st.lists(deeds, min_size=8, max_size=25)):
        getattr(world, deed)(*how)
    return world


def take(ws: Workspace, revisions: Sequence[Revision], seq: int) -> None:
    used = {one.name.session for one in revisions}
    sessions = tuple(
        SessionInfo(name, nonce, one.id) for name, (one, nonce) in SESSIONS.items() if name in used
    )
    parcel = Parcel(
        DATASET, "centre", DEVICES[1].office, DEVICES[1].id, seq, "", "2024-07-02T08:00:00Z",
        tuple(revisions), sessions, DEVICES,
    )  # fmt: skip
    with ws.transaction("", clock=Clock(), randomness=Randomness("x")) as writer:
        writer.merge(
            parcel, manifest=f"{seq:064x}", file_name="x", received_at="2024-07-03T08:00:00Z"
        )


def check(ws: Workspace, known: Sequence[Revision]) -> None:
    counts = counting(known, licence)
    for address in {one.address for one in known}:
        expected = merge.read(address, [one for one in counts if one.address == address], side)
        found = ws.reading(address)
        assert {head.name for head in found.heads} == {head.name for head in expected.heads}
        assert (found.value, found.disputed) == (expected.value, expected.disputed)
        assert ws.facts().value(*address) == expected.value
    wanted = refused(known, licence)
    assert {one.revision.name: one.refused for one in ws.refused()} == wanted
    assert ws.verify() == ()


def story(world: World, seed: int) -> None:
    """Deliver all that was said, in two orders and in slices, and compare at every step."""
    rng = random.Random(seed)
    ends = []
    for _ in range(2):
        order = list(world.every.values())
        rng.shuffle(order)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "ws"
            shutil.copytree(TEMPLATE[0], folder)
            with open_workspace(folder, write=True) as ws:
                known: list[Revision] = []
                for seq, start in enumerate(range(0, len(order), 5), start=1):
                    piece = order[start : start + 5]
                    again = rng.sample(known, min(2, len(known)))
                    take(ws, [*piece, *again], seq)
                    known += piece
                check(ws, known)
                assert ws.rebuild() == 0
                check(ws, known)
                ends.append(list(ws.all_facts()))
    assert ends[0] == ends[1]


TEMPLATE: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def template(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("judged") / "ws"
    create(folder, info("pc-capital"))
    TEMPLATE[:] = [folder]


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(world=worlds(), seed=st.integers(0, 99))
def test_thirty_stories_on_real_files_say_what_the_reference_says(world: World, seed: int) -> None:
    story(world, seed)


@pytest.mark.stress
@settings(max_examples=500, suppress_health_check=list(HealthCheck), deadline=None)
@given(world=worlds(), seed=st.integers(0, 99))
def test_five_hundred_stories_on_real_files_say_what_the_reference_says(
    world: World, seed: int
) -> None:
    story(world, seed)
