"""Weights of programmes: shown as points and as percent, and a total shared out over regions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.outline import unit_places
from quipu.domain.value import PUBLISHED
from quipu.domain.weights import distribute, share_out
from quipu.forms.standings import Programme, programmes
from quipu.operations.finding import find_plan, find_unit, fold
from quipu.operations.gesture import Entry, centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import NOTHING, Outcome

STEP = Decimal("0.1")
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class PartWeight:
    """A row of a programme, or an activity: points, and percent of the programme (0 to 100)."""

    item: str
    name: str
    weight: Fraction | None
    relative: Fraction | None
    parts: "tuple[PartWeight, ...]" = ()


@dataclass(frozen=True, slots=True)
class ProgrammeWeights:
    """A programme's weights: what its rows come to, and whether that is what they should.

    `weight` are the points of the programme itself, `wanted` what its rows must add up to: 100
    where weights are relative, else the programme's own.
    """

    item: str
    name: str
    unit: str
    base: Literal["relative", "absolute"]
    weight: Decimal | None
    wanted: Decimal | None
    total: Decimal
    rows: tuple[PartWeight, ...]

    @property
    def balanced(self) -> bool:
        """Whether the rows come to exactly what they should."""
        return self.total == self.wanted


def weights(house: House, *, units: Collection[str] = (), plan: str = "") -> list[ProgrammeWeights]:
    """Give the weights of every programme, of some units or of all (S4-07)."""
    facts = house.facts()
    wanted = {find_unit(facts, unit) for unit in units}
    item = find_plan(facts, plan=plan)
    found = programmes(facts, item, house.forms)
    return [_weights(facts, one) for one in found if not wanted or one.unit in wanted]


def _weights(facts: Facts, one: Programme) -> ProgrammeWeights:
    base = one.form.weights.base if one.form.weights is not None else "absolute"
    rows = one.rows(facts)
    points = [sum(share_out(row), Fraction(0)) for row in rows]
    total = sum(points, Fraction(0))
    own = one.weight(facts)
    listed = []
    for row, weight in zip(rows, points, strict=True):
        each = share_out(row)
        parts = [
            PartWeight(task.item, task.name, part, _percent(part, total))
            for task, part in zip(row.tasks, each, strict=True)
        ]
        printed = weight if row.weight is not None or weight else None
        listed.append(
            PartWeight(row.item, row.name, printed, _percent(weight, total), tuple(parts))
        )
    return ProgrammeWeights(
        item=one.top,
        name=one.name(facts),
        unit=one.unit,
        base=base,
        weight=own,
        wanted=WHOLE if base == "relative" else own,
        total=Decimal(total.numerator) / Decimal(total.denominator),
        rows=tuple(listed),
    )


def _percent(part: Fraction, total: Fraction) -> Fraction | None:
    return part * 100 / total if total else None


@dataclass(frozen=True, slots=True)
class RegionShare:
    """What one region gets of a total; `item` is its unit, `""` where only a name was given."""

    item: str
    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Distribution:
    """A total shared out over regions in whole steps; `rest` took what was left (S4-08)."""

    total: Decimal
    step: Decimal
    rest: str
    shares: tuple[RegionShare, ...]
    outcome: Outcome = NOTHING


def share_over_regions(
    house: House,
    *,
    rest: str,
    total: Decimal = WHOLE,
    step: Decimal = STEP,
    parts: Sequence[str] = (),
    programme: str = "",
    store: bool = False,
    plan: str = "",
    author: str = "",
) -> Distribution:
    """Share a total out evenly over regions, the remainder to a named one; store it if asked.

    Regions are the named units, else those that have a programme. `programme` says by code or text
    which one's weight is stored, where units have several. Raises `InputError` `weights-step`
    (step), `rest-unknown` (rest, known), `programme-choice` (unit, known) or `weights-no-regions`.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    found = programmes(facts, item, house.forms)
    regions = [find_unit(facts, name) for name in parts] or _regions(facts, item, found)
    names = [facts.text(region, "name") for region in regions]
    if not regions:
        raise InputError("weights-no-regions")
    if step <= 0 or total <= 0:
        raise InputError("weights-step", step=step, total=total)
    named = next((name for name in names if fold(name) == fold(rest)), None)
    if named is None:
        raise InputError("rest-unknown", rest=rest, known="; ".join(names))
    amounts = distribute(total, names, step=step, rest=named)
    shares = tuple(RegionShare(*one) for one in zip(regions, names, amounts, strict=True))
    outcome = NOTHING
    if store:
        centre_only(house)
        entries = [_stored(facts, found, share, programme) for share in shares]
        outcome = write(house, entries, facts=facts, author=author)
    return Distribution(total, step, named, shares, outcome)


def _regions(facts: Facts, plan: str, found: Sequence[Programme]) -> list[str]:
    having = {one.unit for one in found}
    places = unit_places(facts, facts.text(plan, "institution"))
    return [place.unit for place in places if place.unit in having]


def _stored(facts: Facts, found: Sequence[Programme], share: RegionShare, programme: str) -> Entry:
    """Give the weight of a region's programme as its row keeps it: percent where it prints so."""
    own = [one for one in found if one.unit == share.item and one.top]
    wanted = fold(programme)
    named = [one for one in own if not wanted or wanted in map(fold, _names(facts, one))]
    if len(named) != 1:
        known = "; ".join(one.name(facts) for one in own) or "—"
        raise InputError("programme-choice", unit=share.name, known=known)
    top = named[0].top
    in_percent = "%" in facts.text(top, f"weight{PUBLISHED}")
    return Address(top, "weight"), share.weight / 100 if in_percent else share.weight


def _names(facts: Facts, one: Programme) -> tuple[str, ...]:
    code = facts.text(one.top, "code")
    return (one.top, code, code.replace(" ", ""), one.name(facts))
