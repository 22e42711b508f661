"""Random rounds of a centre and two offices, with losses and repetitions, come to one end."""

import tempfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.value import Value
from quipu.store.entries import CENTRE
from tests.store.pairs import Seat, Sent

SHARED = "plan"
OFFICES = ("norte", "sur")
FIELDS = ("target", "executed", "narrative")
VALUES: tuple[Value, ...] = (Decimal(1), Decimal(2), "texto", None)


@dataclass
class Exchange:
    """The seats, and the parcels that were ever made for each, lost or not."""

    seats: dict[str, Seat]
    on_the_way: dict[str, list[Sent]] = field(default_factory=dict)

    def scope(self, office: str) -> set[str]:
        return {SHARED, f"row-{office}"}

    def edit(self, seat: str, item: str, name: str, value: Value) -> None:
        self.seats[seat].say(Address(item, name, "2024-07"), value)

    def export(self, seat: str, office: str) -> None:
        if seat == CENTRE:
            made = self.seats[CENTRE].send(f"office-{office}", self.scope(office))
            self.on_the_way.setdefault(office, []).append(made)
        else:
            self.on_the_way.setdefault(CENTRE, []).append(self.seats[seat].send())

    def deliver(self, receiver: str, which: int) -> None:
        parcels = self.on_the_way.get(receiver, [])
        if parcels:
            self.seats[receiver].take(parcels[which % len(parcels)])

    def settle(self, seat: str) -> None:
        for address, reading in self.seats[seat].ws.disputes()[:1]:
            self.seats[seat].say(address, reading.heads[-1].value)

    def full_round(self) -> None:
        centre = self.seats[CENTRE]
        for office in OFFICES:
            centre.take(self.seats[office].send())
        for office in OFFICES:
            self.seats[office].take(centre.send(f"office-{office}", self.scope(office)))


seats = st.sampled_from([CENTRE, *OFFICES])
deeds = st.one_of(
    st.tuples(
        st.just("edit"),
        seats,
        st.sampled_from([SHARED, "row-norte", "row-sur"]),
        st.sampled_from(FIELDS),
        st.sampled_from(VALUES),
    ),
    st.tuples(st.just("export"), seats, st.sampled_from(OFFICES)),
    st.tuples(st.just("deliver"), seats, st.integers(0, 5)),
    st.tuples(st.just("deliver"), seats, st.integers(0, 5)),
    st.tuples(st.just("settle"), seats),
)


@settings(max_examples=15)
@given(told=st.lists(deeds, min_size=8, max_size=20))
def test_all_come_to_one_end(told: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        exchange = Exchange(
            {
                CENTRE: Seat(folder / CENTRE, "pc-centro"),
                **{one: Seat(folder / one, f"pc-{one}", f"office-{one}") for one in OFFICES},
            }
        )
        for deed, *how in told:
            if deed == "edit" and how[0] in OFFICES and how[1] not in exchange.scope(how[0]):
                continue
            getattr(exchange, deed)(*how)
        # One round carries everything up and down, a second what came up after an office was
        # answered, a third the acknowledgements.
        for _ in range(3):
            exchange.full_round()
        check(exchange)
        for seat in exchange.seats.values():
            seat.close()


def check(exchange: Exchange) -> None:
    centre = exchange.seats[CENTRE]
    assert centre.ws.verify() == ()
    for office in OFFICES:
        seat, scope = exchange.seats[office], exchange.scope(office)
        assert seat.facts(scope) == centre.facts(scope)
        assert seat.ws.verify() == ()
        assert seat.ws.pending(CENTRE, None) == 0
        mine = dict(seat.ws.disputes())
        theirs = {one: two for one, two in centre.ws.disputes() if one.item in scope}
        assert mine == theirs
    for office in OFFICES:
        exchange.seats[CENTRE].take(exchange.seats[office].send())
        assert centre.ws.pending(f"office-{office}", exchange.scope(office)) == 0
