"""Parcels between a centre and its offices: nothing lost, nothing twice, pending goes to zero."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import BundleError
from quipu.domain.parcel import Acknowledgement
from quipu.domain.value import Blob
from quipu.store.entries import CENTRE
from quipu.store.workspace import open_workspace
from tests.store.pairs import Seat
from tests.store.support import device

NORTH, SOUTH = "office-norte", "office-sur"
PLAN, ROW, FAR = "plan", "row-norte", "row-sur"
SCOPE = {PLAN, ROW}
TARGET, EXECUTED = Address(ROW, "target", "2024-07"), Address(ROW, "executed", "2024-07", "u-norte")


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path / "centre", "pc-centro")
    with seat.writing() as writer:
        writer.put_many(
            [
                (Address(PLAN, "name"), "Plan 2024"),
                (Address(ROW, "text"), "Capacitar"),
                (TARGET, Decimal(10)),
                (Address(FAR, "text"), "Otra oficina"),
            ]
        )
    yield seat
    seat.close()


@pytest.fixture
def north(tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path / "norte", "pc-norte", NORTH)
    yield seat
    seat.close()


def test_an_office_receives_its_scope_and_no_more(centre: Seat, north: Seat) -> None:
    sent = centre.send(NORTH, SCOPE)
    assert len(sent[0].revisions) == 3
    assert centre.ws.pending(NORTH, SCOPE) == 3
    result = north.take(sent)
    assert (result.new, result.known, result.refused, result.disputes) == (3, 0, 0, 0)
    assert north.facts() == centre.facts(SCOPE)
    assert FAR not in north.ws.facts()


def test_pending_goes_to_zero_on_both_sides(centre: Seat, north: Seat) -> None:
    north.take(centre.send(NORTH, SCOPE))
    north.say(EXECUTED, Decimal(4))
    assert north.ws.pending(CENTRE, None) == 1
    centre.take(north.send())
    assert centre.ws.pending(NORTH, SCOPE) == 0
    assert north.ws.pending(CENTRE, None) == 1
    north.take(centre.send(NORTH, SCOPE))
    assert north.ws.pending(CENTRE, None) == 0
    assert north.facts() == centre.facts(SCOPE)
    assert [entry.acknowledged != "" for entry in centre.ws.sent()] == [True, False]
    centre.take(north.send())
    assert [entry.acknowledged for entry in centre.ws.sent()] == ["2024-07-03T08:00:00Z"] * 2


def test_what_was_not_acknowledged_goes_again(centre: Seat, north: Seat) -> None:
    north.take(centre.send(NORTH, SCOPE))
    north.say(EXECUTED, Decimal(1))
    lost = north.send()
    north.say(EXECUTED, Decimal(2))
    second = north.send()
    assert len(second[0].revisions) == 2
    assert (second[0].seq, second[0].prev) == (2, lost[1])
    assert centre.take(second).new == 2
    assert centre.ws.missing("pc-norte") == [1]
    late = centre.take(lost)
    assert (late.new, late.known) == (0, 1)
    assert centre.ws.missing("pc-norte") == []
    assert centre.facts()[EXECUTED] == Decimal(2)


def test_a_known_bundle_changes_nothing(centre: Seat, north: Seat) -> None:
    north.say(EXECUTED, Decimal(1))
    sent = north.send()
    assert not centre.ws.knows_bundle(sent[1])
    centre.take(sent)
    assert centre.ws.knows_bundle(sent[1])
    again = centre.take(sent)
    assert (again.new, again.known) == (0, 1)
    assert len(centre.ws.bundles()) == 1
    (entry,) = centre.ws.bundles()
    assert (entry.device, entry.office, entry.seq, entry.new) == ("pc-norte", NORTH, 1, 1)
    assert [one.bundle for one in centre.ws.history(*EXECUTED)] == [sent[1]]
    assert centre.ws.history(*EXECUTED)[0].office == NORTH


def test_everything_can_be_sent_again(centre: Seat, north: Seat) -> None:
    north.take(centre.send(NORTH, SCOPE))
    centre.take(north.send())
    assert centre.send(NORTH, SCOPE)[0].revisions == ()
    assert len(centre.send(NORTH, SCOPE, full=True)[0].revisions) == 3
    north.say(EXECUTED, Decimal(1))
    centre.take(north.send())
    north.take(centre.send(NORTH, SCOPE))
    assert north.send()[0].revisions == ()
    assert [one.address for one in north.send(full=True)[0].revisions] == [EXECUTED]


def test_two_edits_are_a_dispute_and_a_settlement_ends_it(centre: Seat, north: Seat) -> None:
    north.take(centre.send(NORTH, SCOPE))
    north.say(TARGET, Decimal(8))
    centre.say(TARGET, Decimal(12))
    assert centre.take(north.send()).disputes == 1
    (found,) = centre.ws.disputes()
    assert found[0] == TARGET
    assert [head.value for head in found[1].heads] == [Decimal(12), Decimal(8)]
    assert centre.facts()[TARGET] == Decimal(12)
    north.take(centre.send(NORTH, SCOPE))
    assert north.facts()[TARGET] == Decimal(12)
    assert len(north.ws.disputes()) == 1
    centre.say(TARGET, Decimal(12))
    north.take(centre.send(NORTH, SCOPE))
    assert centre.ws.disputes() == north.ws.disputes() == []


def test_equal_values_are_no_dispute_and_keep_both_heads(centre: Seat, north: Seat) -> None:
    north.take(centre.send(NORTH, SCOPE))
    north.say(TARGET, Decimal(8))
    centre.say(TARGET, Decimal(8))
    assert centre.take(north.send()).disputes == 0
    assert len(centre.ws.reading(TARGET).heads) == 2
    with centre.writing() as writer:
        assert writer.put(TARGET, Decimal(8)) is None
        assert writer.put_many([(TARGET, Decimal(8))]) == 0
    north.say(TARGET, Decimal(9))
    assert centre.take(north.send()).disputes == 1, "the centre's own head did not know of 9"


def test_the_steward_is_shown_however_shallow(centre: Seat, north: Seat) -> None:
    north.take(centre.send(NORTH, SCOPE))
    for number in (1, 2, 3):
        north.say(TARGET, Decimal(number))
        centre.say(EXECUTED, Decimal(number))
    north.say(EXECUTED, Decimal(7))
    centre.say(TARGET, Decimal(20))
    centre.take(north.send())
    assert (centre.facts()[TARGET], centre.facts()[EXECUTED]) == (Decimal(20), Decimal(7))
    assert [head.depth for head in centre.ws.reading(EXECUTED).heads] == [1, 3]


def test_a_register_new_to_an_office_travels_with_its_history(
    centre: Seat, north: Seat, tmp_path: Path
) -> None:
    north.take(centre.send(NORTH, SCOPE))
    north.say(EXECUTED, Decimal(1))
    north.say(EXECUTED, Decimal(2))
    centre.take(north.send())
    south = Seat(tmp_path / "sur", "pc-sur", SOUTH)
    south.take(centre.send(SOUTH, {PLAN}))
    centre.take(south.send())
    assert centre.ws.pending(SOUTH, {PLAN}) == 0
    south.take(centre.send(SOUTH, SCOPE))
    assert south.facts() == centre.facts(SCOPE)
    assert [one.revision for one in south.ws.history(ROW)] == [
        one.revision for one in centre.ws.history(ROW)
    ]
    assert {one.office for one in south.ws.history(*EXECUTED)} == {NORTH}
    assert south.send()[0].revisions == (), "what others wrote travels by the centre"
    south.close()


def test_a_copy_goes_on_and_neither_loses_anything(
    centre: Seat, north: Seat, tmp_path: Path
) -> None:
    north.take(centre.send(NORTH, SCOPE))
    north.say(EXECUTED, Decimal(1))
    copy = north.copy(tmp_path / "copia", "pc-norte-2")
    copy.say(EXECUTED, Decimal(2))
    north.say(EXECUTED, Decimal(3))
    first, second = copy.send(), north.send()
    assert (first[0].device, first[0].seq, first[0].prev) == ("pc-norte-2", 1, "")
    assert len(first[0].revisions) == 2, "what the original wrote before goes too"
    assert centre.take(first).new == 2
    assert centre.take(second).new == 1
    assert len(centre.ws.disputes()) == 1
    down = centre.send(NORTH, SCOPE)
    north.take(down)
    copy.take(down)
    assert len(north.ws.disputes()) == 1
    for _ in range(2):
        centre.take(north.send())
        centre.take(copy.send())
        down = centre.send(NORTH, SCOPE)
        north.take(down)
        copy.take(down)
    assert north.facts() == copy.facts() == centre.facts(SCOPE)
    assert north.ws.pending(CENTRE, None) == copy.ws.pending(CENTRE, None) == 0
    assert centre.ws.pending(NORTH, SCOPE) == 0
    copy.close()


def test_an_office_restored_from_a_backup_gets_its_work_back(
    centre: Seat, north: Seat, tmp_path: Path
) -> None:
    north.take(centre.send(NORTH, SCOPE))
    north.ws.backup(tmp_path / "backup")
    north.say(EXECUTED, Decimal(5))
    north.say(Address(ROW, "narrative", "2024-07", "u-norte"), "hecho")
    centre.say(TARGET, Decimal(11))
    centre.take(north.send())
    north.take(centre.send(NORTH, SCOPE))
    centre.take(north.send())
    whole = centre.facts(SCOPE)
    north.close()
    north.ws = open_workspace(tmp_path / "backup", write=True)
    with north.writing() as writer:
        writer.adopt_device(device("pc-norte-restored", NORTH))
    north.say(Address(ROW, "difficulty", "2024-07", "u-norte"), "después")
    centre.take(north.send())
    north.take(centre.send(NORTH, SCOPE))
    assert whole.items() <= north.facts().items()
    assert north.facts() == centre.facts(SCOPE)
    centre.take(north.send())
    assert centre.ws.pending(NORTH, SCOPE) == 0


def test_a_story_told_twice_under_one_number_makes_all_pending_again(
    centre: Seat, north: Seat
) -> None:
    north.take(centre.send(NORTH, SCOPE))
    parcel, manifest = north.send()
    centre.take((parcel, manifest))
    assert centre.ws.pending(NORTH, SCOPE) == 0
    centre.take((replace(parcel, made_at="2024-07-09T08:00:00Z"), "f" * 64))
    assert centre.ws.pending(NORTH, SCOPE) == 3, "the two stories may lack different things"
    north.take(centre.send(NORTH, SCOPE))
    centre.take(north.send())
    assert centre.ws.pending(NORTH, SCOPE) == 0


def test_a_name_known_with_other_content_refuses_the_bundle(centre: Seat, north: Seat) -> None:
    north.say(EXECUTED, Decimal(1))
    parcel, manifest = north.send()
    centre.take((parcel, manifest))
    (revision,) = parcel.revisions
    before = centre.facts()
    for changed in (
        replace(revision, value=Decimal(2)),
        replace(revision, value="1"),
        replace(revision, address=TARGET),
        replace(revision, depth=9),
        replace(revision, author="otra"),
        replace(revision, reason="porque sí"),
        replace(revision, at="2024-01-01T00:00:00Z"),
        replace(revision, replaces=(revision.name._replace(n=7),)),
    ):
        other = replace(revision, name=revision.name._replace(n=5), replaces=())
        with pytest.raises(BundleError) as refused:
            centre.take((replace(parcel, seq=2, revisions=(other, changed)), "f" * 64))
        assert refused.value.code == "session-conflict"
        assert refused.value.params["device"] == "pc-norte"
    assert centre.facts() == before
    assert len(centre.ws.bundles()) == 1
    assert centre.ws.verify() == ()


def test_settlements_that_come_back_are_known(centre: Seat, north: Seat, tmp_path: Path) -> None:
    north.take(centre.send(NORTH, SCOPE))
    south = Seat(tmp_path / "sur", "pc-sur", SOUTH)
    south.take(centre.send(SOUTH, SCOPE))
    for seat, number in ((north, 1), (south, 2), (centre, 3)):
        seat.say(TARGET, Decimal(number))
    centre.take(north.send())
    centre.take(south.send())
    with centre.writing() as writer:
        writer.put(TARGET, Decimal(4), reason="acuerdo")
        assert [len(one.replaces) for one in writer.revisions] == [3]
    north.take(centre.send(NORTH, SCOPE))
    sent = centre.send(NORTH, SCOPE, full=True)
    assert north.take(sent).new == 0
    parcel, _ = sent
    settled = next(one for one in parcel.revisions if len(one.replaces) == 3)
    less = replace(settled, replaces=(settled.replaces[0], settled.replaces[1]))
    swapped = replace(settled, replaces=(*settled.replaces[:2], settled.replaces[2]._replace(n=77)))
    for changed in (less, swapped):
        with pytest.raises(BundleError):
            north.take((replace(parcel, seq=9, revisions=(changed,)), "f" * 64))
    assert north.facts() == centre.facts(SCOPE)
    south.close()


def test_attachments_are_wanted_until_they_come(centre: Seat, north: Seat) -> None:
    with north.writing() as writer:
        blob = writer.attach(b"acta firmada", "acta.pdf")
        writer.put(EXECUTED._replace(field="evidence"), blob)
    assert north.ws.wanted_blobs() == []
    path = north.ws.blob_path(blob.sha256)
    assert path is not None
    assert path.read_bytes() == b"acta firmada"
    sent = north.send()
    assert sent[0].blobs == (blob.sha256,)
    centre.take(sent)
    assert centre.ws.wanted_blobs() == [blob.sha256]
    assert centre.ws.blob_path(blob.sha256) is None
    with centre.writing() as writer:
        assert writer.attach(b"acta firmada", "otro nombre.pdf").sha256 == blob.sha256
    assert centre.ws.wanted_blobs() == []
    assert centre.facts()[EXECUTED._replace(field="evidence")] == Blob(blob.sha256, 12, "acta.pdf")
    with pytest.raises(ValueError, match="etc"):
        centre.ws.blob_path("../../etc/passwd")


def test_a_bundle_that_was_refused_is_remembered_and_may_come_again(
    centre: Seat, north: Seat
) -> None:
    north.say(EXECUTED, Decimal(1))
    parcel, manifest = north.send()
    centre.take((replace(parcel, revisions=(), seq=7), "a" * 64))
    with centre.writing() as writer:
        result = writer.merge(
            parcel,
            manifest=manifest,
            file_name="x.quipu",
            received_at="2024-07-03T08:00:00Z",
            state="refused",
            reason="bundle-lies",
        )
    assert (result.new, result.refused) == (0, 1)
    assert centre.ws.bundles()[-1].reason == "bundle-lies"
    assert EXECUTED not in centre.facts()
    assert centre.take((parcel, manifest)).new == 1


def test_only_the_bundle_that_was_gathered_is_recorded(centre: Seat) -> None:
    with centre.writing() as writer:
        going = writer.outgoing(NORTH, SCOPE)
        with pytest.raises(ValueError, match="not the bundle"):
            writer.record_sent(NORTH, going.seq + 1, "a" * 64, going)


def test_what_is_written_after_gathering_is_pending(centre: Seat, north: Seat) -> None:
    with centre.writing() as writer:
        writer.put(TARGET, Decimal(20))
        going = writer.outgoing(NORTH, SCOPE)
        writer.put(TARGET, Decimal(21))
        writer.record_sent(NORTH, going.seq, "a" * 64, going)
    assert len(going.revisions) == 4
    parcel, manifest = north.send()
    word = Acknowledgement("pc-centro", going.seq, "a" * 64)
    centre.take((replace(parcel, acknowledgements=(word,)), manifest))
    assert centre.ws.pending(NORTH, SCOPE) == 1


def test_a_word_of_what_was_never_sent_is_nothing(centre: Seat, north: Seat) -> None:
    parcel, manifest = centre.send(NORTH, SCOPE)
    mine, _ = north.send()
    for word in (
        Acknowledgement("pc-centro", parcel.seq, "b" * 64),
        Acknowledgement("pc-centro", parcel.seq + 1, manifest),
        Acknowledgement("pc-sur", parcel.seq, manifest),
    ):
        told = replace(mine, seq=mine.seq + 1, acknowledgements=(word,))
        centre.take((told, f"{word.seq}{word.manifest[0]}{word.device[-1]}".ljust(64, "0")))
        mine = told
    assert centre.ws.pending(NORTH, SCOPE) == 3
    assert {one.acknowledged for one in centre.ws.sent()} == {""}
