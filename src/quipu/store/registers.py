"""Registers: an address as one number, made of its item's and of its spot's.

A spot is field, period and unit, of which there are few. The facts of an item lie side by side,
and nothing has to be looked up to know where an address lies.
"""

from collections.abc import Collection, Iterable, Sequence

from quipu.domain.address import Address
from quipu.store.bulk import Bulk
from quipu.store.dictionary import Terms

SPOT_BITS = 28
LAST_SPOT = (1 << SPOT_BITS) - 1

Spot = tuple[int, int, int]
"""The numbers of the terms of field, period and unit."""

_PIECE = 200


def item_of(register: int) -> int:
    """Give the number of a register's item."""
    return register >> SPOT_BITS


def first_of(item: int) -> int:
    """Give the least number that a register of an item can have."""
    return item << SPOT_BITS


def last_of(item: int) -> int:
    """Give the greatest number that a register of an item can have."""
    return item << SPOT_BITS | LAST_SPOT


class Registers:
    """The table `spot`, remembered as far as it was asked for."""

    def __init__(self, bulk: Bulk, terms: Terms) -> None:
        self._bulk = bulk
        self._terms = terms
        self.forget()

    def forget(self) -> None:
        """Drop what is remembered, since a transaction was taken back."""
        self._numbers: dict[Spot, int] = {}
        self._words: dict[int, tuple[str, str, str]] = {}

    def number(self, address: Address) -> int | None:
        """Give the number of an address, `None` where nobody can have written yet."""
        terms = self._terms.numbers(address)
        if not all(word in terms for word in address):
            return None
        item, field, period, unit = (terms[word] for word in address)
        self._look_up([(field, period, unit)])
        found = self._numbers.get((field, period, unit))
        return None if found is None else first_of(item) | found

    def spot(self, field: str) -> int:
        """Give the spot of a field without period and unit, 0 where nobody can have written."""
        number = self._terms.numbers([field]).get(field)
        if number is None:
            return 0
        self._look_up([(number, 0, 0)])
        return self._numbers.get((number, 0, 0), 0)

    def numbers(self, addresses: Collection[Address]) -> list[int]:
        """Give the numbers of those addresses where somebody can have written."""
        terms = self._terms.numbers({word for address in addresses for word in address})
        known = [
            (terms[item], (terms[field], terms[period], terms[unit]))
            for item, field, period, unit in addresses
            if terms.keys() >= {item, field, period, unit}
        ]
        self._look_up({place for _, place in known})
        spots = self._numbers
        return [first_of(item) | spots[place] for item, place in known if place in spots]

    def take(self, addresses: Collection[Address]) -> list[int]:
        """Give the numbers of addresses, one by one; new spots get theirs."""
        terms = self._terms.take(word for address in addresses for word in address)
        places = [
            (terms[item], (terms[field], terms[period], terms[unit]))
            for item, field, period, unit in addresses
        ]
        spots = self.take_spots({place for _, place in places})
        return [first_of(item) | spots[place] for item, place in places]

    def take_spots(self, spots: Collection[Spot]) -> dict[Spot, int]:
        """Give the numbers of all these spots, new ones to those that had none.

        Gives the whole of what is remembered. Raises `OverflowError` when there are no more.
        """
        self._look_up(spots)
        new = sorted(place for place in spots if place not in self._numbers)
        if new:
            last = self._bulk.one("SELECT max(no) FROM spot") or 0
            if last + len(new) > LAST_SPOT:
                raise OverflowError("there are no more spots")
            rows = [(last + n, *place) for n, place in enumerate(new, start=1)]
            self._bulk.insert("spot", ("no", "field", "period", "unit"), rows)
            self._numbers |= dict(zip(new, range(last + 1, last + len(new) + 1), strict=True))
        return self._numbers

    def spots(self, numbers: Collection[int]) -> dict[int, tuple[str, str, str]]:
        """Give field, period and unit of spots by their numbers."""
        self._name(numbers)
        return {number: self._words[number] for number in numbers}

    def addresses(self, registers: Sequence[int]) -> list[Address]:
        """Give the addresses of registers, one by one."""
        self._name({number & LAST_SPOT for number in registers})
        items = self._terms.texts({number >> SPOT_BITS for number in registers})
        words = self._words
        return [
            Address(items[number >> SPOT_BITS], *words[number & LAST_SPOT]) for number in registers
        ]

    def _look_up(self, spots: Iterable[Spot]) -> None:
        missing = [place for place in spots if place not in self._numbers]
        for start in range(0, len(missing), _PIECE):
            piece = missing[start : start + _PIECE]
            places = ", ".join(f"({field}, {period}, {unit})" for field, period, unit in piece)
            query = (
                "SELECT no, field, period, unit FROM spot "
                f"WHERE (field, period, unit) IN (VALUES {places})"
            )
            for no, *words in self._bulk.run(query).fetchall():
                self._numbers[_spot(words)] = no

    def _name(self, numbers: Iterable[int]) -> None:
        missing = [number for number in numbers if number not in self._words]
        query = "SELECT no, field, period, unit FROM spot WHERE no IN"
        rows = list(self._bulk.among(query, missing))
        terms = self._terms.texts(no for row in rows for no in row[1:])
        for number, field, period, unit in rows:
            self._words[number] = (terms[field], terms[period], terms[unit])


def _spot(words: Sequence[int]) -> Spot:
    field, period, unit = words
    return field, period, unit
