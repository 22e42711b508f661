"""The facts of a workspace as plain sorted lines, the same for the same facts."""

from __future__ import annotations

from collections.abc import Iterator

from quipu.operations.house import House

Line = tuple[str, str, str, str | None]
"""Item, field, period, value."""


def dump(house: House, *, unit: str = "") -> Iterator[Line]:
    """Give every fact, or those of one unit with what hangs above it, sorted.

    An item is its id, and `id@unit` where the reporting unit is not the item's own unit. What a
    workspace keeps for itself (keys, receipts, what was sent) is no fact and is not here.
    """
    raise NotImplementedError
