"""Random stories of an exchange: whatever happens, all who know the same say the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from quipu.domain import merge
from quipu.domain.judgement import refused
from tests.domain.exchange_story import (
    ADDRESSES,
    JUNE,
    LICENCES,
    MAY,
    MOST,
    NORTH,
    VALUES,
    Computer,
    Country,
    plan,
)

WHO = st.integers(0, MOST - 1)
CLOCKS = st.sampled_from(["", "1999-01-01T00:00:00Z", "2099-12-31T23:59:59Z"])


class Exchange(RuleBasedStateMachine):
    """Up to five computers in two levels: a centre or two, offices, a sub-office by a relay."""

    def __init__(self) -> None:
        super().__init__()
        self.country = Country()

    @initialize()
    def begin(self) -> None:
        for role in ("centre", "north", "sub"):
            self.country.start(role)
        centre = self.country.computers[0]
        self.country.write(centre, plan())
        for office in self.country.computers[1:]:
            self.country.deliver(self.country.export(centre, office.place, full=True), office)

    def who(self, number: int) -> Computer:
        return self.country.computers[number % len(self.country.computers)]

    @rule(who=WHO, address=st.sampled_from(ADDRESSES), value=st.sampled_from(VALUES), at=CLOCKS)
    def edit(self, who: int, address: int, value: object, at: str) -> None:
        # An office's program would not write all of these; a forged one does.
        self.country.write(self.who(who), [(address, value)], at)  # type: ignore[list-item]

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        self.country.undo(self.who(who))

    @rule(who=WHO)
    def settle(self, who: int) -> None:
        computer = self.who(who)
        found = self.country.readings(computer.memory.known.values())
        disputed = [(one, said.heads[-1].value) for one, said in found.items() if said.disputed]
        self.country.write(computer, sorted(disputed, key=lambda pair: pair[0]))

    @rule(who=WHO, to=WHO, full=st.booleans(), crash=st.booleans())
    def export(self, who: int, to: int, full: bool, crash: bool) -> None:
        computer = self.who(who)
        audience = self.who(to).place if computer.central else "centre"
        self.country.export(computer, audience, full=full, crash=crash)

    @rule(number=st.integers(0, 40), to=WHO)
    def deliver(self, number: int, to: int) -> None:
        if self.country.bundles:
            bundle = self.country.bundles[-1 - number % len(self.country.bundles)]
            self.country.relay(bundle, self.who(to))
            self.country.deliver(bundle, self.who(to))

    @rule(who=WHO)
    def run_again(self, who: int) -> None:
        computer = self.who(who)
        computer.session, computer.n = self.country.new_session(computer.role), 0

    @rule(who=WHO)
    def back_up(self, who: int) -> None:
        self.who(who).backup = self.who(who).memory.copied()

    @rule(who=WHO)
    def restore(self, who: int) -> None:
        computer = self.who(who)
        if computer.backup is not None:
            self.country.computers.remove(computer)
            self.country.start(computer.role, computer.backup)

    @rule(who=WHO)
    def copy(self, who: int) -> None:
        if len(self.country.computers) < MOST:
            self.country.start(self.who(who).role, self.who(who).memory)

    @rule(role=st.sampled_from(["second", "south"]))
    def admit(self, role: str) -> None:
        roles = [one.role for one in self.country.computers]
        if len(roles) < MOST and role not in roles:
            self.country.start(role, self.country.computers[0].memory if role == "second" else None)

    @rule(who=WHO)
    def revoke(self, who: int) -> None:
        if not self.who(who).central:
            self.who(who).revoked = True

    @rule(who=WHO, period=st.sampled_from([MAY, JUNE]), closed=st.booleans())
    def review(self, who: int, period: str, closed: bool) -> None:
        computer = self.who(who)
        if computer.central and closed:
            address = next(one for one in ADDRESSES if one.field == "report")
            self.country.write(computer, [(address._replace(period=period), "accepted")])
        elif computer.central:
            self.country.reopen(computer, period, NORTH)

    @invariant()
    def nothing_refused_is_seen(self) -> None:
        for computer in self.country.computers:
            known = computer.memory.known.values()
            out = refused(known, self.country.licence)
            for said in self.country.readings(known).values():
                assert not {head.name for head in said.heads} & out.keys()
                for head in said.heads:
                    licence = self.country.licence(head.name.session)
                    unit = head.address.unit
                    assert licence.of_centre or not unit or unit in licence.units

    @invariant()
    def only_what_was_seen_is_replaced(self) -> None:
        for computer in self.country.computers[:1]:
            for revision in computer.memory.known.values():
                assert set(revision.replaces) <= self.country.had_seen[revision.name]

    def teardown(self) -> None:
        country = self.country
        if not country.computers:
            return
        if not any(one.central for one in country.computers):
            country.start("centre")
        rng = random.Random(len(country.bundles))
        country.settle_down(rng)
        live = [one for one in country.computers if not one.revoked]
        centres = [one for one in live if one.central]
        _same_by_any_order(country, centres, rng)
        _nothing_lost(country, centres[0], live)


def _same_by_any_order(country: Country, centres: list[Computer], rng: random.Random) -> None:
    """Those who know the same say the same, in whichever order they came to know it."""
    wanted = country.readings(centres[0].memory.known.values())
    for computer in centres:
        known = list(computer.memory.known.values())
        assert set(known) == set(centres[0].memory.known.values())
        for _ in range(2):
            rng.shuffle(known)
            assert country.readings(known) == wanted
            assert all(merge.heads(said.heads) == list(said.heads) for said in wanted.values())


def _nothing_lost(country: Country, centre: Computer, live: list[Computer]) -> None:
    """All that was ever acknowledged is there; each office has its own work again."""
    known = centre.memory.known
    # A restored centre asks again: whoever wrote it, or received it, still has it.
    somewhere = {name for one in country.computers for name in one.memory.known}
    assert country.ever_acknowledged & somewhere <= known.keys() | _of_revoked(country)
    for computer in live:
        own = {name for name in known if country.owners[name.session] == computer.role}
        assert own <= computer.memory.known.keys()
        assert {name for name in computer.memory.known if name in own} == own


def _of_revoked(country: Country) -> set[object]:
    return {name for one in country.computers if one.revoked for name in one.memory.known}


def stories(count: int) -> settings:
    return settings(
        max_examples=count,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_three_hundred_stories_of_an_exchange() -> None:
    run(Exchange, settings=stories(300))


@pytest.mark.stress
def test_twenty_thousand_stories_of_an_exchange() -> None:
    run(Exchange, settings=stories(20_000))


def test_every_role_is_told() -> None:
    assert {licence.of_centre for licence in LICENCES.values()} == {True, False}
