"""Places among siblings: numbers with room between them, so that a move writes one fact."""

from collections.abc import Sequence
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.operations.gesture import Entry

_MICRO = Decimal("0.000001")


def after_all(facts: Facts, siblings: Sequence[str]) -> Decimal:
    """Give the place after these siblings."""
    orders = [facts.number(item, "order") or Decimal(0) for item in siblings]
    return (max(orders, default=Decimal(0)) + 1).to_integral_value()


def renumber(facts: Facts, others: Sequence[str], item: str, before: str) -> list[Entry]:
    """Give what puts an item before one of its siblings, or after them all.

    Mostly one fact, half way between its neighbours; all of them where there is no room left.
    """
    if before not in others:
        return [(Address(item, "order"), after_all(facts, others))]
    index = others.index(before)
    above = _order(facts, others[index])
    below = _order(facts, others[index - 1]) if index else above - 1
    middle = ((above + below) / 2).quantize(_MICRO)
    if below < middle < above:
        return [(Address(item, "order"), middle.normalize() + 0)]
    row = [*others[:index], item, *others[index:]]
    return [(Address(each, "order"), Decimal(place)) for place, each in enumerate(row, 1)]


def _order(facts: Facts, item: str) -> Decimal:
    return facts.number(item, "order") or Decimal(0)
