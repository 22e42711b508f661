"""Addresses at which people said different things, and settling them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.value import Value
from quipu.operations.house import House
from quipu.operations.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Head:
    """One of the values in a dispute; `revision` is its name as text, `office` a name."""

    revision: str
    value: Value
    author: str
    office: str
    at: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """An address with differing heads; `id` is the same in every workspace that has it.

    `unit` is the reporting unit's or the row's unit's name; `shown` is what forms show meanwhile.
    """

    id: str
    address: Address
    unit: str
    code: str
    activity: str
    shown: Value
    heads: tuple[Head, ...]


def disputes(house: House, *, units: Collection[str] = ()) -> list[Dispute]:
    """Give the open disputes, of some units or of all, in the order of ids."""
    raise NotImplementedError


def settle(
    house: House,
    *,
    dispute: str,
    head: str | None = None,
    value: str | None = None,
    note: str = "",
    author: str,
) -> Outcome:
    """Settle a dispute by one of its heads or by a third value (`""` blanks it).

    Raises `InputError` `dispute-unknown`, `head-unknown`, `settle-choice` (neither or both given)
    or `number-malformed`.
    """
    raise NotImplementedError
