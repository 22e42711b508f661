"""Weights of a programme: shared out, converted, spread over regions, and the rule to pass it.

A programme of work is approved as a whole or not at all: at least 90 % of its activities, by
their number or by their weight (S4-09). Shares are exact fractions, so that 90 % is 90 %.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Literal

Basis = Literal["count", "weight"]
"""What the share of fulfilled activities counts: the activities, or their weights."""

PASS = Fraction(9, 10)
"""The share from which a programme is approved; exactly this much is enough."""


@dataclass(frozen=True, slots=True)
class Task:
    """One activity: its name, whether it was fulfilled, and its own weight where it has one."""

    name: str
    met: bool
    weight: Decimal | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class WeightedRow:
    """Activities that stand under one printed weight (`None` where none is printed)."""

    tasks: tuple[Task, ...]
    weight: Decimal | None = None
    name: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a programme is fulfilled, both ways, from 0 to 1, and whether it passes.

    `by_weight` is `None` where nothing has a weight, `by_count` where there are no activities;
    `count_passes` and `weight_passes` tell whether each would be enough. `earned` is the
    programme's weight when it is approved, else 0.
    """

    by_count: Fraction | None
    by_weight: Fraction | None
    approved: bool
    earned: Decimal
    count_passes: bool = False
    weight_passes: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """What is left of a programme if one activity, or a whole row, fails and all else is done.

    `weight` is what it weighs, in points; `met` whether it is fulfilled already.
    """

    item: str
    name: str
    weight: Fraction
    met: bool
    left: Standing


@dataclass(frozen=True, slots=True)
class ProgrammeResult:
    """A programme of a plan in a period: its weight in points, and how it stands.

    `item` is its row, `""` where the plan has none; `needed` are the activities that would be
    enough to pass by the form's rule, the fewest that there are, and `needed_by_count` and
    `needed_by_weight` those by either. `losses` says what the failure of each activity would cost,
    `row_losses` that of each row. `share` is the least that passes, `by` what it counts.
    """

    item: str
    name: str
    unit: str
    weight: Decimal | None
    standing: Standing
    needed: tuple[str, ...]
    needed_by_count: tuple[str, ...] = ()
    needed_by_weight: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    row_losses: tuple[Loss, ...] = ()
    share: Fraction = PASS
    by: Basis = "count"


def share_out(row: WeightedRow) -> tuple[Fraction, ...]:
    """Give each activity its weight: its own, else an even part of what the row's leaves over.

    A row's weight counts for the activities without their own; without it they weigh nothing.
    """
    own = [task.weight for task in row.tasks]
    blank = sum(weight is None for weight in own)
    spent = sum((weight for weight in own if weight is not None), Decimal(0))
    rest = max(row.weight - spent, Decimal(0)) if row.weight is not None else Decimal(0)
    part = Fraction(rest) / blank if blank else Fraction(0)
    return tuple(part if weight is None else Fraction(weight) for weight in own)


def to_relative(weights: Sequence[Decimal], total: Decimal) -> tuple[Fraction, ...]:
    """Turn points of a whole into percent of it: 0,5 of 2,2 is 22,73 %. The total is not 0."""
    return tuple(Fraction(weight) * 100 / Fraction(total) for weight in weights)


def to_absolute(weights: Sequence[Decimal], total: Decimal) -> tuple[Fraction, ...]:
    """Turn percent of a programme into points of its weight: 25 % of 2,2 is 0,55."""
    return tuple(Fraction(weight) * Fraction(total) / 100 for weight in weights)


def distribute(total: Decimal, parts: Sequence[str], *, step: Decimal, rest: str) -> list[Decimal]:
    """Share a total evenly over named parts in whole steps; `rest` takes what is left (S4-08).

    100 over 15 regions in steps of 0,1 is 6,6 each, and 7,6 for the one that takes the rest.
    Raises `ValueError` when `rest` is none of the parts, or the step is not positive.
    """
    if rest not in parts or step <= 0:
        raise ValueError(rest)
    steps = (total / len(parts) / step).to_integral_value(ROUND_FLOOR)
    each = steps * step
    left = total - each * len(parts)
    at = list(parts).index(rest)
    return [each + left if number == at else each for number in range(len(parts))]


def judge(
    rows: Sequence[WeightedRow],
    *,
    by: Basis,
    programme: Decimal = Decimal(0),
    share: Fraction = PASS,
) -> Standing:
    """Say how much of a programme is fulfilled and whether that is enough: at least `share`."""
    weighed = list(_weighed(rows))
    total = sum((weight for _, weight in weighed), Fraction(0))
    met = [weight for task, weight in weighed if task.met]
    by_count = Fraction(len(met), len(weighed)) if weighed else None
    by_weight = sum(met, Fraction(0)) / total if total else None
    reached = by_count if by == "count" else by_weight
    approved = reached is not None and reached >= share
    return Standing(
        by_count,
        by_weight,
        approved,
        programme if approved else Decimal(0),
        count_passes=by_count is not None and by_count >= share,
        weight_passes=by_weight is not None and by_weight >= share,
    )


def losses(
    rows: Sequence[WeightedRow],
    *,
    by: Basis,
    programme: Decimal = Decimal(0),
    share: Fraction = PASS,
) -> tuple[tuple[Loss, ...], tuple[Loss, ...]]:
    """Say what the failure of each activity alone would cost, and that of each row as a whole."""

    def left(failed: Collection[tuple[int, int]]) -> Standing:
        supposed = [
            replace(
                row,
                tasks=tuple(
                    replace(task, met=(at, number) not in failed)
                    for number, task in enumerate(row.tasks)
                ),
            )
            for at, row in enumerate(rows)
        ]
        return judge(supposed, by=by, programme=programme, share=share)

    single, whole = [], []
    for at, row in enumerate(rows):
        worth = share_out(row)
        places = [(at, number) for number in range(len(row.tasks))]
        for place, task, weight in zip(places, row.tasks, worth, strict=True):
            single.append(Loss(task.item, task.name, weight, task.met, left([place])))
        met = all(task.met for task in row.tasks)
        whole.append(Loss(row.item, row.name, sum(worth, Fraction(0)), met, left(places)))
    return tuple(single), tuple(whole)


def still_needed(
    rows: Sequence[WeightedRow], *, by: Basis, share: Fraction = PASS
) -> tuple[str, ...]:
    """Name the fewest open activities that would be enough to pass, the heaviest first.

    Empty when the programme passes already, or when nothing has a weight that could count.
    """
    weighed = list(_weighed(rows))
    worth = [(task, Fraction(1) if by == "count" else weight) for task, weight in weighed]
    total = sum((weight for _, weight in worth), Fraction(0))
    reached = sum((weight for task, weight in worth if task.met), Fraction(0))
    named: list[str] = []
    # Sorting keeps the document's order among equals.
    for task, weight in sorted(worth, key=lambda entry: -entry[1]):
        if reached >= share * total:
            break
        if not task.met:
            named.append(task.name)
            reached += weight
    return tuple(named)


def _weighed(rows: Sequence[WeightedRow]) -> Iterator[tuple[Task, Fraction]]:
    for row in rows:
        yield from zip(row.tasks, share_out(row), strict=True)
