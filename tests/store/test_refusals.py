"""What no program of ours wrote is refused whole, and nothing of it stays."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import BundleError
from quipu.domain.parcel import Parcel, SessionInfo
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Blob
from tests.store.pairs import Seat
from tests.store.support import device

OFFICE = "office-norte"
EXECUTED = Address("row-1", "executed", "2024-07", "u-norte")


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path / "centre", "pc-centro")
    yield seat
    seat.close()


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    seat = Seat(tmp_path / "norte", "pc-norte", OFFICE)
    seat.say(EXECUTED, Decimal(1))
    sent, _ = seat.send()
    seat.close()
    return sent


def refusal(centre: Seat, parcel: Parcel) -> str:
    with pytest.raises(BundleError) as refused:
        centre.take((parcel, "a" * 64))
    assert list(centre.ws.all_facts()) == []
    assert centre.ws.bundles() == []
    assert centre.ws.devices() == [device("pc-centro")]
    assert centre.ws.verify() == ()
    return refused.value.code


def malformed(revision: Revision) -> Iterator[Revision]:
    name = revision.name
    yield replace(revision, name=name._replace(n=0))
    yield replace(revision, name=name._replace(n=2**32))
    yield replace(revision, replaces=(name,))
    yield replace(revision, replaces=(RevisionName("ab" * 16, 2**40),))
    yield replace(revision, depth=0)
    yield replace(revision, depth=2**60)
    yield replace(revision, group=9)
    yield replace(revision, group=-1)
    yield replace(revision, at="ayer")
    yield replace(revision, value="x" * 20_000)
    yield replace(revision, value=Blob("nothing", 1, "x"))
    yield replace(revision, reason="\ud800")


def test_malformed_revisions(centre: Seat, parcel: Parcel) -> None:
    (revision,) = parcel.revisions
    for wrong in malformed(revision):
        assert refusal(centre, replace(parcel, revisions=(wrong,))) == "revision-malformed"
    twice = (revision, replace(revision, value=None))
    assert refusal(centre, replace(parcel, revisions=twice)) == "revision-malformed"


def test_strangers(centre: Seat, parcel: Parcel) -> None:
    assert refusal(centre, replace(parcel, devices=())) == "device-unknown"
    assert refusal(centre, replace(parcel, sessions=())) == "session-unknown"
    assert refusal(centre, replace(parcel, device="pc-nadie")) == "device-unknown"
    other = SessionInfo("ab" * 16, "00" * 16, "pc-norte")
    assert refusal(centre, replace(parcel, sessions=(other,))) == "session-forged"
    key = (replace(parcel.devices[0], key="00" * 32),)
    assert refusal(centre, replace(parcel, devices=key)) == "session-forged"
    posing = (*parcel.devices, replace(device("pc-centro"), office="office-x"))
    assert refusal(centre, replace(parcel, devices=posing)) == "device-conflict"


def test_a_session_of_two_devices_with_one_key(centre: Seat, parcel: Parcel) -> None:
    twin = replace(parcel.devices[0], id="pc-twin")
    stolen = replace(parcel.sessions[0], device="pc-twin")
    both = replace(parcel, devices=(*parcel.devices, twin), sessions=(*parcel.sessions, stolen))
    assert refusal(centre, both) == "session-conflict"


def test_newer_certificates_are_kept(centre: Seat, parcel: Parcel) -> None:
    centre.take((parcel, "a" * 64))
    newer = replace(parcel.devices[0], chain=({"kind": "certificate"},))
    with centre.writing() as writer:
        writer.add_device(newer)
        writer.add_device(replace(newer, chain=()))
    assert centre.ws.devices()[1] == newer


def test_an_invented_depth_hurts_nobody_later(centre: Seat, parcel: Parcel) -> None:
    deepest = replace(parcel.revisions[0], depth=2**53 - 1)
    centre.take((replace(parcel, revisions=(deepest,)), "a" * 64))
    with centre.writing() as writer:
        writer.put(EXECUTED, Decimal(2))
        writer.put_many([(EXECUTED, Decimal(3))])
        assert [one.depth for one in writer.revisions] == [2**53 - 1] * 2
    assert centre.ws.reading(EXECUTED).value == Decimal(3)


def test_revisions_that_replace_each_other_leave_nothing(centre: Seat, parcel: Parcel) -> None:
    (first,) = parcel.revisions
    second = replace(first, name=first.name._replace(n=2), replaces=(first.name,), value=None)
    circle = replace(first, replaces=(second.name,))
    late = replace(first, name=first.name._replace(n=3), value=Decimal(3))
    knows = replace(first, name=first.name._replace(n=4), replaces=(late.name,), value=Decimal(4))
    for seq, told in enumerate([(circle,), (second,), (knows,), (late,)], start=1):
        centre.take((replace(parcel, seq=seq, revisions=told), f"{seq:064}"))
        assert centre.ws.verify() == ()
    assert [head.name.n for head in centre.ws.reading(EXECUTED).heads] == [4]
    assert centre.ws.facts().value(*EXECUTED[:2], *EXECUTED[2:]) == Decimal(4)
