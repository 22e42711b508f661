"""Other names of a unit: proposed by their likeness, confirmed by a person, taken back (S0-16)."""

from collections import Counter
from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.aliases import Proposal, folded, pair, propose
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.operations.editing import add_unit
from quipu.operations.finding import find_plan, find_unit, rows_of
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import NOTHING, Outcome

_UNITS = ("lead", "support")
_BETWEEN = "; "
_APART = "apart"


def propose_aliases(house: House, *, plan: str = "") -> list[Proposal]:
    """Give the names in a plan's rows that may be other names of a unit, the likeliest first.

    Names that are confirmed already are not proposed again. Raises `InputError` `plan-unknown`
    or `plan-missing`.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    return propose(named_units(facts, item), _known(facts), _apart(house, facts))


@dataclass(frozen=True, slots=True)
class KnownAlias:
    """A confirmed other name: the unit's id and name, and the name."""

    unit: str
    name: str
    alias: str


def known_aliases(house: House) -> list[KnownAlias]:
    """Give the confirmed other names of all units, by the units' order."""
    facts = house.facts()
    return [
        KnownAlias(unit, facts.text(unit, "name"), alias)
        for unit in facts.of_kind("unit")
        for alias in _aliases(facts, unit)
    ]


def reject_alias(house: House, *, name: str, alias: str, author: str) -> Outcome:
    """Say that two names are not one unit's; they are not proposed for each other again.

    Raises `InputError` `name-missing`.
    """
    centre_only(house)
    first, second = " ".join(name.split()), " ".join(alias.split())
    if not first or not second:
        raise InputError("name-missing")
    facts = house.facts()
    if pair(first, second) in _apart(house, facts):
        return NOTHING
    said = facts.text(house.dataset, _APART)
    lines = [*(line for line in said.split("\n") if line), f"{first}\t{second}"]
    entry = (Address(house.dataset, _APART), "\n".join(lines))
    return write(house, [entry], facts=facts, author=author)


def _apart(house: House, facts: Facts) -> set[frozenset[str]]:
    lines = facts.text(house.dataset, _APART).split("\n")
    names = (line.partition("\t") for line in lines if line)
    return {pair(first, second) for first, _, second in names}


def named_units(facts: Facts, plan: str) -> Counter[str]:
    """Count the names of units in the responsible cells of a plan's rows."""
    found: Counter[str] = Counter()
    for row in rows_of(facts, plan):
        for field in _UNITS:
            found.update(name for name in facts.text(row, field).split(_BETWEEN) if name)
    return found


def _known(facts: Facts) -> dict[str, list[str]]:
    """Give the name and aliases of each unit."""
    return {
        unit: [facts.text(unit, "name"), *_aliases(facts, unit)] for unit in facts.of_kind("unit")
    }


def _aliases(facts: Facts, unit: str) -> list[str]:
    return [name for name in facts.text(unit, "alias").split("\n") if name]


def confirm_alias(house: House, *, unit: str, alias: str, author: str) -> Outcome:
    """Say that a name is another name of a unit; a unit of a new name is made first.

    From then on the unit is found by both names. `undoing.undo` or `forget_alias` takes it back.
    Raises `InputError` `name-missing`, or `name-taken` (name) where another unit has the name.
    """
    centre_only(house)
    name = " ".join(alias.split())
    if not name:
        raise InputError("name-missing")
    facts = house.facts()
    item = _unit_called(facts, unit)
    holder = _unit_called(facts, name)
    if holder and holder == item:
        return NOTHING
    if holder:
        raise InputError("name-taken", name=facts.text(holder, "name"))
    created: tuple[str, ...] = ()
    if not item:
        created = add_unit(house, name=unit, author=author).created
        item = created[0]
        facts = house.facts()
    said = "\n".join([*_aliases(facts, item), name])
    entry = (Address(item, "alias"), said)
    return write(house, [entry], facts=facts, author=author, created=created)


def forget_alias(house: House, *, unit: str, alias: str, author: str) -> Outcome:
    """Take a name from a unit again; nothing changes where it is none of its aliases.

    Raises `InputError` as `finding.find_unit` does.
    """
    centre_only(house)
    facts = house.facts()
    item = find_unit(facts, unit)
    kept = [name for name in _aliases(facts, item) if folded(name) != folded(alias)]
    if len(kept) == len(_aliases(facts, item)):
        return NOTHING
    entry = (Address(item, "alias"), "\n".join(kept) or None)
    return write(house, [entry], facts=facts, author=author)


def _unit_called(facts: Facts, text: str) -> str:
    """Give the unit of an id, a name or an alias, `""` for none."""
    known = _known(facts)
    if text in known:
        return text
    wanted = folded(text)
    return next(
        (unit for unit, names in known.items() if wanted in (folded(name) for name in names)), ""
    )
