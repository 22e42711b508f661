"""Places for what a document brings anew, among what is stored already."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

_MICRO = Decimal("0.000001")


def places(sequence: Sequence[str], known: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Give a place to each of a sequence's items that has none, between its neighbours.

    `known` are the places of all stored siblings, those that the sequence lacks too. Nothing
    that is stored moves.
    """
    given: dict[str, Decimal] = {}
    taken = sorted(known.values())
    index = 0
    while index < len(sequence):
        run = _run(sequence, known, index)
        if run:
            below = known.get(sequence[index - 1]) if index else None
            end = index + len(run)
            above = known.get(sequence[end]) if end < len(sequence) else None
            for item, place in zip(run, _between(below, above, taken, len(run)), strict=True):
                given[item] = place
        index += len(run) + 1
    return given


def _run(sequence: Sequence[str], known: Mapping[str, Decimal], start: int) -> list[str]:
    found: list[str] = []
    for item in sequence[start:]:
        if item in known:
            break
        found.append(item)
    return found


def _between(
    below: Decimal | None, above: Decimal | None, taken: Sequence[Decimal], count: int
) -> list[Decimal]:
    if below is not None and (above is None or above <= below):
        above = next((place for place in taken if place > below), None)
    elif below is None and above is not None:
        limit = above
        below = max((place for place in taken if place < limit), default=above - count - 1)
    if below is None:
        below = max(taken, default=Decimal(0))
    if above is None:
        start = below.to_integral_value(rounding="ROUND_FLOOR")
        return [start + step for step in range(1, count + 1)]
    width = (above - below) / (count + 1)
    return [(below + width * step).quantize(_MICRO) + 0 for step in range(1, count + 1)]
