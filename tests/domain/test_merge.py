"""Merging is the union of sets of revisions, whatever happens to bundles on their way."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.merge import Reading, Side, heads, read
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value

CENTRE, NORTH, SOUTH = ("c" * 32, "a" * 32, "b" * 32)
TARGET = Address("row", "target", "2024-07")
EXECUTED = Address("row", "executed", "2024-07", "norte")
ADDRESSES = [TARGET, EXECUTED, Address("row", "deleted")]
Bundle = frozenset[Revision]


def side(session: str) -> Side:
    return "centre" if session.startswith("c") else "office"


def rev(
    session: str,
    n: int,
    value: Value,
    *replaces: Revision,
    address: Address = TARGET,
    depth: int | None = None,
) -> Revision:
    deep = depth or 1 + max((other.depth for other in replaces), default=0)
    names = tuple(other.name for other in replaces)
    return Revision(RevisionName(session, n), address, value, names, deep, "", "Ana")


# ---------------------------------------------------------------- what an address says


def test_nobody_wrote_anything() -> None:
    assert read(TARGET, [], side) == Reading(None, (), disputed=False)


def test_the_last_of_a_line_is_the_value() -> None:
    first = rev(CENTRE, 1, "a")
    second = rev(CENTRE, 2, "b", first)
    assert heads([second, first]) == [second]
    assert read(TARGET, [first, second], side) == Reading("b", (second,), disputed=False)


def test_what_replaces_an_unknown_revision_is_a_head() -> None:
    unseen = rev(CENTRE, 1, "a")
    second = rev(CENTRE, 2, "b", unseen)
    assert heads([second]) == [second]


def test_two_that_did_not_see_each_other_are_disputed() -> None:
    first = rev(CENTRE, 1, "a")
    left, right = rev(CENTRE, 2, "b", first), rev(NORTH, 1, "c", first)
    found = read(TARGET, [first, left, right], side)
    assert found == Reading("b", (left, right), disputed=True)


def test_two_that_agree_are_one_value_and_both_stay_heads() -> None:
    left, right = rev(CENTRE, 1, "a"), rev(NORTH, 1, "a")
    assert read(TARGET, [left, right], side) == Reading("a", (left, right), disputed=False)
    later = rev(NORTH, 2, "b", right)
    assert read(TARGET, [left, right, later], side).disputed


def test_a_flag_and_a_number_do_not_agree() -> None:
    flag, number = rev(CENTRE, 1, True), rev(NORTH, 1, Decimal(1))
    assert read(TARGET, [flag, number], side).disputed


def test_who_settles_names_all_heads() -> None:
    left, right = rev(CENTRE, 1, "a"), rev(NORTH, 1, "b")
    settled = rev(CENTRE, 2, "c", left, right)
    found = read(TARGET, [left, right, settled], side)
    assert found == Reading("c", (settled,), disputed=False)


@pytest.mark.parametrize(("address", "shown"), [(TARGET, "centre's"), (EXECUTED, "office's")])
def test_the_stewards_value_is_shown(address: Address, shown: str) -> None:
    centre = rev(CENTRE, 1, "centre's", address=address)
    office = rev(NORTH, 1, "office's", address=address)
    assert read(address, [centre, office], side).value == shown
    deep = rev(NORTH if shown == "centre's" else CENTRE, 2, "deep", address=address, depth=9)
    assert read(address, [centre, office, deep], side).value == shown


def test_on_one_side_the_deeper_then_the_greater_name_is_shown() -> None:
    a1, b1 = rev(NORTH, 1, "a"), rev(SOUTH, 1, "b")
    a2 = rev(NORTH, 2, "c", depth=5)
    assert [head.value for head in read(TARGET, [a1, b1], side).heads] == ["b", "a"]
    assert [head.value for head in read(TARGET, [a1, b1, a2], side).heads] == ["c", "b", "a"]


# ---------------------------------------------------------------- random stories


@dataclass
class Device:
    """A computer: what it holds, and the session it writes under."""

    session: str
    known: dict[RevisionName, Revision] = field(default_factory=dict)
    written: int = 0

    def edit(self, address: Address, value: Value) -> Revision:
        """Write a value over all heads that this device sees."""
        seen = heads(one for one in self.known.values() if one.address == address)
        self.written += 1
        made = rev(self.session, self.written, value, *seen, address=address)
        self.known[made.name] = made
        return made

    def take(self, bundle: Iterable[Revision]) -> None:
        """Merge a bundle: union, nothing else."""
        for revision in bundle:
            self.known.setdefault(revision.name, revision)

    def copied(self, session: str) -> "Device":
        """A copy of the workspace, or one restored: it goes on in a session of its own."""
        return Device(session, dict(self.known))


STEP = st.tuples(
    st.sampled_from(["edit", "edit", "edit", "export", "partial", "deliver", "copy"]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 3),
)


def told(steps: Sequence[tuple[str, int, int, int]]) -> tuple[list[Device], list[Bundle]]:
    """Tell a story: edits, exports, and bundles that are lost, repeated or late on their way."""
    devices = [Device(session) for session in (CENTRE, NORTH, SOUTH)]
    bundles: list[Bundle] = []
    for kind, who, what, which in steps:
        device = devices[who % len(devices)]
        if kind == "edit":
            device.edit(ADDRESSES[what % len(ADDRESSES)], [None, "a", Decimal(1), True][which])
        elif kind == "export":
            bundles.append(frozenset(device.known.values()))
        elif kind == "partial":
            own = [one for one in device.known.values() if one.name.session == device.session]
            bundles.append(frozenset(own[-which - 1 :]))
        elif kind == "deliver" and bundles:
            device.take(bundles[what % len(bundles)])
        elif kind == "copy" and len(devices) < 6:
            devices.append(device.copied("cab"[who % 3] + str(len(devices)) * 31))
    return devices, bundles


def state(revisions: Iterable[Revision]) -> dict[Address, Reading]:
    """What every address says."""
    known = {revision.name: revision for revision in revisions}.values()
    return {
        address: read(address, [one for one in known if one.address == address], side)
        for address in ADDRESSES
    }


def joined(bundles: Iterable[Bundle]) -> list[Revision]:
    """Merge bundles one after the other, in this order."""
    device = Device("f" * 32)
    for bundle in bundles:
        device.take(bundle)
    return list(device.known.values())


STORY = st.lists(STEP, max_size=30)
merge: Callable[[Bundle, Bundle], Bundle] = frozenset.union


@settings(max_examples=60)
@given(STORY, st.randoms(use_true_random=False))
def test_any_order_any_repetition_any_sitting_ends_in_the_same_state(
    steps: list[tuple[str, int, int, int]], rng: random.Random
) -> None:
    devices, sent = told(steps)
    bundles = [*sent, *(frozenset(device.known.values()) for device in devices)]
    wanted = state(joined(bundles))
    for _ in range(6):
        late = rng.sample(bundles, len(bundles)) + rng.choices(bundles, k=rng.randint(0, 5))
        rng.shuffle(late)
        assert state(joined(late)) == wanted
        cut = rng.randint(0, len(late))
        sittings = [frozenset(joined(late[:cut])), frozenset(joined(late[cut:]))]
        assert state(joined(sittings)) == wanted


@settings(max_examples=60)
@given(STORY)
def test_merging_is_commutative_associative_and_idempotent(
    steps: list[tuple[str, int, int, int]],
) -> None:
    devices, _ = told(steps)
    a, b, c = (frozenset(device.known.values()) for device in devices[:3])
    assert state(merge(a, b)) == state(merge(b, a))
    assert state(merge(merge(a, b), c)) == state(merge(a, merge(b, c)))
    assert state(merge(a, a)) == state(a)
    assert state(merge(merge(a, b), b)) == state(merge(a, b))


@settings(max_examples=60)
@given(STORY)
def test_only_what_was_seen_is_ever_replaced(steps: list[tuple[str, int, int, int]]) -> None:
    devices, _ = told(steps)
    everything = {one.name: one for device in devices for one in device.known.values()}
    final = state(everything.values())
    for device in devices:
        for head in heads(one for one in device.known.values() if one.address == TARGET):
            later = [one for one in everything.values() if head.name in one.replaces]
            assert later or head in final[TARGET].heads
    for reading in final.values():
        values = {(type(head.value), head.value) for head in reading.heads}
        assert reading.disputed == (len(values) > 1)


@settings(max_examples=60)
@given(STORY, st.integers(0, 9))
def test_when_all_know_all_one_settlement_ends_every_dispute(
    steps: list[tuple[str, int, int, int]], who: int
) -> None:
    devices, _ = told(steps)
    everything: Bundle = reduce(merge, (frozenset(one.known.values()) for one in devices))
    for device in devices:
        device.take(everything)
    settler = devices[who % len(devices)]
    settled = [settler.edit(address, "settled") for address in ADDRESSES]
    for device in devices:
        device.take(settled)
        found = state(device.known.values())
        assert all(reading.value == "settled" for reading in found.values())
        assert not any(reading.disputed for reading in found.values())
        assert all(len(reading.heads) == 1 for reading in found.values())


@pytest.mark.stress
def test_twenty_thousand_stories_end_in_the_same_state() -> None:
    rng = random.Random(2024)
    kinds = ["edit", "edit", "edit", "export", "partial", "deliver", "copy"]
    for _ in range(20_000):
        steps = [
            (rng.choice(kinds), rng.randrange(10), rng.randrange(10), rng.randrange(4))
            for _ in range(rng.randrange(40))
        ]
        devices, sent = told(steps)
        bundles = [*sent, *(frozenset(device.known.values()) for device in devices)]
        wanted = state(joined(bundles))
        assert state(joined(rng.sample(bundles, len(bundles)) + bundles[:2])) == wanted
