"""What counts: by certificate, by the centre's refusals, and what is judged on arrival."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from quipu.domain import merge, reception
from quipu.domain.address import Address
from quipu.domain.columns import columns_of
from quipu.domain.facts import Facts
from quipu.domain.judgement import (
    AUDITOR,
    OFFICE,
    PLANNER,
    RELAY,
    UNJUDGED,
    Licence,
    counting,
    licence_of,
    refused,
    verdict,
)
from quipu.domain.parcel import DeviceInfo
from quipu.domain.refusal import LONGEST, Named, Refused, entries, named, written
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value

CENTRE, NORTH, SOUTH = "c" * 32, "a" * 32, "b" * 32
LICENCES = {
    CENTRE: Licence(PLANNER),
    NORTH: Licence(OFFICE, "office-n", frozenset({"norte"})),
    SOUTH: Licence(OFFICE, "office-s", frozenset({"sur"})),
}
JULY = "2024-07"
EXECUTED = Address("row-n", "executed", JULY, "norte")


def rev(
    session: str, n: int, value: Value, *replaces: Revision, address: Address = EXECUTED
) -> Revision:
    deep = 1 + max((one.depth for one in replaces), default=0)
    names = tuple(one.name for one in replaces)
    return Revision(RevisionName(session, n), address, value, names, deep, "", "Ana")


def reading(*revisions: Revision) -> merge.Reading:
    known = counting(revisions, LICENCES.__getitem__)
    address = revisions[0].address
    here = [one for one in known if one.address == address]
    return merge.read(address, here, lambda one: "centre" if one == CENTRE else "office")


# ---------------------------------------------------------------- by certificate


@pytest.mark.parametrize(
    ("field", "unit", "value", "code"),
    [
        ("executed", "norte", Decimal(1), ""),
        ("executed", "sur", Decimal(1), "unit-not-yours"),
        ("narrative", "", "x", "unit-not-yours"),
        ("report", "norte", "submitted", ""),
        ("report", "norte", None, ""),
        ("report", "norte", "accepted", "field-not-yours"),
        ("report", "sur", "submitted", "unit-not-yours"),
        ("submitted_at", "norte", "2024", ""),
        ("observation", "norte", "x", "field-not-yours"),
        ("refuses", "norte", "x", "field-not-yours"),
        ("decision.total-mismatch", "", "x", "field-not-yours"),
        ("office", "", "office-n", "field-not-yours"),
        ("name", "", "x", "field-not-yours"),
        ("state", "", "draft", "field-not-yours"),
        ("target", "", Decimal(1), ""),
        ("deleted", "", True, ""),
        ("of-a-later-version", "", "x", ""),
    ],
)
def test_what_an_office_may_say(field: str, unit: str, value: Value, code: str) -> None:
    assert verdict(field, unit, value, LICENCES[NORTH]) == code
    assert verdict(field, unit, value, LICENCES[CENTRE]) == ""


def test_what_other_roles_may_say() -> None:
    relay = Licence(RELAY, "office-n", frozenset({"norte"}))
    assert verdict("executed", "norte", Decimal(1), relay) == ""
    assert verdict("executed", "norte", Decimal(1), Licence(AUDITOR)) == "role-may-not-write"
    narrow = Licence(OFFICE, "office-n", frozenset({"norte"}), frozenset({"executed"}))
    assert verdict("executed", "norte", Decimal(1), narrow) == ""
    assert verdict("narrative", "norte", "x", narrow) == "field-not-yours"
    assert verdict("executed", "sur", Decimal(1), LICENCES[NORTH], {"sur"}) == ""


def test_the_root_s_own_certificate_decides_and_nothing_further_down() -> None:
    first = {"office": "o", "units": ["norte"]}
    forged = {"office": "o", "units": ["norte", "sur"], "role": "planner"}
    office = DeviceInfo("d", "o", "k", (first, forged))
    assert licence_of(office) == Licence(OFFICE, "o", frozenset({"norte"}))
    named_planner = DeviceInfo("d", "o", "k", ({**first, "role": "planner"},))
    assert licence_of(named_planner).role == OFFICE
    auditor = DeviceInfo("d", "", "k", ({"role": "auditor", "units": None},))
    assert licence_of(auditor) == Licence(AUDITOR)
    narrow = DeviceInfo("d", "o", "k", ({**first, "fields": ["executed"]},))
    assert licence_of(narrow).fields == {"executed"}
    assert licence_of(DeviceInfo("d", "", "k", ({"units": []},))).of_centre
    assert licence_of(DeviceInfo("d", "o", "k")) is UNJUDGED


def test_what_does_not_count_is_no_head_and_replaces_nothing() -> None:
    own = rev(NORTH, 1, Decimal(1))
    foreign = rev(SOUTH, 1, Decimal(9), own)
    assert reading(own, foreign) == merge.Reading(Decimal(1), (own,), disputed=False)
    assert reading(foreign).heads == ()


def test_a_unit_that_the_centre_gave_later_is_the_office_s_own() -> None:
    foreign = rev(SOUTH, 1, Decimal(9))
    given = rev(CENTRE, 1, "office-s", address=Address("norte", "office"))
    forged = rev(SOUTH, 2, "office-s", address=Address("norte", "office"))
    taken = rev(CENTRE, 2, "office-n", given, address=Address("norte", "office"))
    assert reading(foreign, forged).heads == ()
    assert reading(foreign, given).value == Decimal(9)
    # Taking it away judges nothing that was said before: the centre does that on arrival.
    assert reading(foreign, given, taken).value == Decimal(9)


# ---------------------------------------------------------------- by the centre's refusals


def refusal(*names: RevisionName, session: str = CENTRE, start: int = 10) -> list[Revision]:
    one = Refused("period-closed", JULY, "norte", names)
    said = entries([one], office="office-n", manifest="f" * 64)
    return [rev(session, start + n, value, address=a) for n, (a, value) in enumerate(said)]


def test_what_the_centre_refuses_does_not_count_until_it_is_lifted() -> None:
    before = rev(NORTH, 1, Decimal(1))
    late = rev(NORTH, 2, Decimal(2), before)
    said = refusal(late.name)
    assert reading(before, late, *said).value == Decimal(1)
    assert refused([before, late, *said], LICENCES.__getitem__) == {late.name: "period-closed"}
    names = next(one for one in said if one.address.field == "refuses")
    lifted = rev(CENTRE, 20, None, names, address=names.address)
    assert reading(before, late, *said, lifted).value == Decimal(2)


def test_whatever_the_order_the_same_counts() -> None:
    before, other = rev(NORTH, 1, Decimal(1)), rev(SOUTH, 1, Decimal(7))
    late = rev(NORTH, 2, Decimal(2), before)
    centre = rev(CENTRE, 1, Decimal(3), before)
    known = [before, late, other, centre, *refusal(late.name), *refusal(other.name, start=30)]
    wanted = reading(*known)
    assert wanted.heads == (centre,)
    rng = random.Random(5)
    for _ in range(40):
        rng.shuffle(known)
        first = [one for one in known if one.address == EXECUTED]
        rest = [one for one in known if one.address != EXECUTED]
        assert reading(*first, *rest) == wanted


def test_an_office_refuses_nothing_and_the_centre_s_own_word_is_not_refused() -> None:
    before = rev(NORTH, 1, Decimal(1))
    assert reading(before, *refusal(before.name, session=SOUTH)).value == Decimal(1)
    own = rev(CENTRE, 1, Decimal(3))
    assert reading(own, *refusal(own.name)).value == Decimal(3)
    unknown = refusal(RevisionName(NORTH, 99))
    assert reading(before, *unknown).value == Decimal(1)


def test_a_refusal_without_its_reason_still_refuses() -> None:
    late = rev(NORTH, 1, Decimal(1))
    only = [one for one in refusal(late.name) if one.address.field == "refuses"]
    assert refused([late, *only], LICENCES.__getitem__) == {late.name: "refused"}


def test_names_are_written_as_ranges_and_read_back() -> None:
    names = [RevisionName(NORTH, n) for n in (1, 2, 3, 7)] + [RevisionName(SOUTH, 4)]
    assert written(names) == (f"{NORTH}:1-3,7 {SOUTH}:4",)
    assert named(written(names)[0]) == (Named(NORTH, 1, 3), Named(NORTH, 7, 7), Named(SOUTH, 4, 4))
    assert written([]) == ()
    many = [RevisionName(NORTH, n) for n in range(1, 20_000, 2)]
    lists = written(many)
    assert len(lists) > 1
    assert all(len(one) <= LONGEST for one in lists)
    assert [name for one in lists for span in named(one) for name in span.names()] == many
    assert len(entries([Refused("x", "", "", tuple(many))], office="o", manifest="m")) == 5 * len(
        lists
    )


@pytest.mark.parametrize(
    "value",
    [None, Decimal(1), "", "x", f"{NORTH}", f"{NORTH}:", f"{NORTH}:0", f"{NORTH}:9-1", "short:1"],
)
def test_what_names_nothing(value: Value) -> None:
    assert named(value) == ()


# ---------------------------------------------------------------- on arrival


def facts(*more: tuple[Address, Value]) -> Facts:
    said: dict[Address, Value] = {
        Address("plan", "kind"): "plan",
        Address("draft", "kind"): "plan",
        Address("draft", "state"): "draft",
        Address("norte", "office"): "office-n",
        Address("sur", "office"): "office-s",
        Address("row-n", "plan"): "plan",
        Address("row-n", "unit"): "norte",
        Address("row-s", "plan"): "plan",
        Address("row-s", "unit"): "sur",
        Address("shared", "plan"): "plan",
        Address("gone", "kind"): "plan",
        Address("gone", "state"): "closed",
        Address("gone-n", "plan"): "gone",
        Address("gone-n", "unit"): "norte",
        Address("draft-n", "plan"): "draft",
        Address("draft-n", "unit"): "norte",
        Address("plan", "report", "2024-Q2", "norte"): "accepted",
        Address("plan", "report", "2024-10", "norte"): "submitted",
    }
    return Facts((said | dict(more)).items())


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (EXECUTED, ""),
        (Address("shared", "executed", JULY, "norte"), ""),
        (Address("row-n", "executed", "2024-05", "norte"), "period-closed"),
        (Address("plan", "report", "2024-Q2", "norte"), "period-closed"),
        (Address("plan", "report", "2024-10", "norte"), ""),
        (Address("row-n", "executed", "nunca", "norte"), ""),
        (Address("row-s", "executed", JULY, "norte"), "row-not-yours"),
        (Address("row-s", "executed", JULY, "sur"), "unit-moved"),
        (Address("nobody", "executed", JULY, "norte"), "row-unknown"),
        (Address("row-n", "target", JULY), "plan-approved"),
        (Address("row-n", "deleted"), "plan-approved"),
        (Address("row-s", "target", JULY), "row-not-yours"),
        (Address("plan", "version"), "row-not-yours"),
        (Address("plan", "title"), ""),
        (Address("draft-n", "target", JULY), ""),
        (Address("row-n", "of-a-later-version"), ""),
        (Address("row-n", "observation", JULY, "norte"), ""),
        (Address("gone-n", "executed", JULY, "norte"), "plan-closed"),
        (Address("note", "answer", "", "norte"), ""),
        (Address("note", "answer", "", "sur"), "unit-moved"),
    ],
)
def test_what_is_refused_on_arrival(address: Address, code: str) -> None:
    desk = reception.desk("office-n", facts(), facts())
    assert reception.judge(address, desk) == code


def test_at_a_glance_or_looked_at_closely_nothing_differs() -> None:
    desk = reception.desk("office-n", facts(), facts())
    addresses = [
        EXECUTED,
        Address("row-n", "executed", "2024-05", "norte"),
        Address("row-s", "executed", JULY, "norte"),
        Address("row-s", "executed", JULY, "sur"),
        Address("nobody", "executed", JULY, "norte"),
        Address("plan", "report", "2024-10", "norte"),
        Address("gone-n", "executed", JULY, "norte"),
        Address("row-n", "target", JULY),
        Address("row-n", "of-a-later-version"),
    ]
    rows = {item: reception.Row.of(facts(), item) for item in facts().items()}
    for first in addresses:
        for second in addresses:
            both = [rev(NORTH, 1, "x", address=first), rev(NORTH, 2, "x", address=second)]
            said = reception.refusals(both, desk)
            if reception.harmless(columns_of(both), desk, rows):
                assert said == []
    plain = [rev(NORTH, 1, Decimal(1)), rev(NORTH, 2, "x", address=addresses[5])]
    assert reception.harmless(columns_of(plain), desk, rows)
    late = reception.desk("office-n", facts(), facts(), whole="certificate-expired")
    assert not reception.harmless(columns_of(plain), late, rows)


def test_a_new_row_is_its_own_bundle_s_and_a_known_one_is_not_taken() -> None:
    new = {Address("new", "plan"): "draft", Address("new", "unit"): "norte"}
    after = facts(*new.items(), (Address("row-s", "unit"), "norte"))
    desk = reception.desk("office-n", facts(), after)
    assert reception.judge(Address("new", "text"), desk) == ""
    assert reception.judge(Address("row-s", "text"), desk) == "row-not-yours"


def test_a_whole_bundle_is_refused_with_one_reason() -> None:
    desk = reception.desk("office-n", facts(), facts(), whole="certificate-expired")
    new = [rev(NORTH, 1, Decimal(1)), rev(NORTH, 2, "x", address=Address("row-n", "unknown"))]
    said = reception.refusals(new, desk)
    assert {(one.code, one.names) for one in said} == {
        ("certificate-expired", (new[0].name,)),
        ("certificate-expired", (new[1].name,)),
    }
    assert reception.refusals(new, desk, {one.name for one in new}) == []


def test_a_certificate_counts_until_its_last_day() -> None:
    device = DeviceInfo("d", "o", "k", ({"not_after": None}, {"not_after": "2024-12-31"}))
    assert not reception.expired(device, date(2024, 12, 31))
    assert reception.expired(device, date(2025, 1, 1))
    assert not reception.expired(DeviceInfo("d", "o", "k", ({},)), date(2025, 1, 1))


# ---------------------------------------------------------------- a revoked planner's device

FIRST, SECOND, THIRD = "1" * 32, "2" * 32, "3" * 32
PLANNERS = {
    FIRST: Licence("planner", line=("first",), rooted=True),
    SECOND: Licence("planner", line=("second",)),
    THIRD: Licence("planner", line=("second", "copy")),
    NORTH: Licence(OFFICE, "office-n", frozenset({"norte"})),
}
END = Address("second", "revoked")


def counts(*revisions: Revision) -> set[RevisionName]:
    return {one.name for one in counting(revisions, PLANNERS.__getitem__)}


def test_after_its_end_a_planner_s_device_and_its_copy_have_said_nothing() -> None:
    own = [rev(SECOND, n, f"{n}", address=Address("x", "text")) for n in (1, 2, 3)]
    copy = rev(THIRD, 1, "c", address=Address("x", "text"))
    end = rev(FIRST, 1, f"{'a' * 64} {SECOND}:2", address=END)
    for order in ([*own, copy, end], [end, copy, *reversed(own)]):
        assert counts(*order) == {own[0].name, own[1].name, end.name}
    lifted = rev(FIRST, 2, None, end, address=END)
    assert len(counts(*own, copy, end, lifted)) == 6
    assert counts(own[0], rev(FIRST, 3, "-", address=END)) == {RevisionName(FIRST, 3)}


def test_only_who_was_certified_by_the_root_ends_a_planner_s_standing() -> None:
    own = rev(SECOND, 1, "x", address=Address("x", "text"))
    for session in (SECOND, THIRD):
        end = rev(session, 9, "-", address=Address("first", "revoked"))
        first = rev(FIRST, 5, "y", address=Address("x", "text"))
        assert first.name in counts(own, end, first)
    # Nor is a revocation undone by the one who is revoked.
    end = rev(FIRST, 1, "-", address=END)
    lifted = rev(SECOND, 8, None, end, address=END)
    assert own.name not in counts(own, end, lifted)


def test_its_late_refusals_and_grants_go_with_it() -> None:
    value = rev(NORTH, 1, Decimal(1))
    said = Address("r", "refuses", EXECUTED.period, EXECUTED.unit)
    refusal = rev(SECOND, 1, f"{NORTH}:1", address=said)
    end = rev(FIRST, 1, "-", address=END)
    assert value.name not in counts(value, refusal)
    assert value.name in counts(value, refusal, end)
    foreign = rev(NORTH, 2, Decimal(1), address=EXECUTED._replace(unit="sur"))
    granted = rev(SECOND, 2, "office-n", address=Address("sur", "office"))
    assert foreign.name in counts(foreign, granted)
    assert foreign.name not in counts(foreign, granted, end)


def test_who_was_certified_by_the_root() -> None:
    first = {"kind": "centre-device", "device": "d"}
    for more, rooted in (
        ({}, True),
        ({"name": "Eva"}, False),
        ({"name": "E", "holds": "root"}, True),
    ):
        assert licence_of(DeviceInfo("d", "", "k", ({**first, **more},))).rooted is rooted
    joined = ({"kind": "enrolment-key", "role": "planner"}, {**first, "name": "Eva"})
    licence = licence_of(DeviceInfo("d", "", "k", joined))
    assert (licence.rooted, licence.line) == (False, ("d",))
