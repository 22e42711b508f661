"""Which items an office works with, and which ones the plan of one unit is made of."""

from collections.abc import Collection, Iterable

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.refusal import KIND
from quipu.domain.requests import NOTICE, REQUEST
from quipu.domain.standing import KIND as DEVICE

SHARED_KINDS = frozenset({"institution", "plan", "area", "unit", KIND, DEVICE})
"""What every office knows: the institution, its plans, its units, devices that the centre let in
or revoked, and what it refused.

Rows that several units report travel to all of their offices: with what was said of them goes
what of it does not count.
"""

AUDITS = "audits"
"""The field of an auditor's office that names the units it looks at, parted by blanks."""

LETTER_KINDS = frozenset({REQUEST, NOTICE})
"""What the centre writes to the units that it names."""


def office_units(facts: Facts, office: str) -> list[str]:
    """Give the units that an office answers for, deleted ones too, in no order."""
    return [
        item
        for item in facts.items()
        if facts.text(item, "kind") == "unit" and facts.text(item, "office") == office
    ]


def office_items(facts: Facts, office: str) -> set[str]:
    """Give the items whose facts an office receives and may see.

    They are the institution, the plans, the areas and all units, the office itself, and the rows
    of its units with everything that hangs above them, with what the centre wrote to these units
    (observations, requests, notices). Deleted items count, so that a deletion
    travels too. This is the scope of now: of the items that it sent before, whoever sends must
    also tell where they went, or an office would never hear that a row was moved or blanked.
    """
    return scopes(facts, [office])[office]


def scopes(facts: Facts, offices: Collection[str]) -> dict[str, set[str]]:
    """Give the `office_items` of many offices, with one look at each item for all of them."""
    shared: set[str] = set()
    own: dict[str, set[str]] = {office: {office} for office in offices}
    office_of: dict[str, str] = {}
    for item in facts.items():
        kind = facts.text(item, "kind")
        if kind in SHARED_KINDS:
            shared.add(item)
        if kind == "unit":
            office_of[item] = facts.text(item, "office")
    rows: dict[str, list[str]] = {office: [] for office in offices}
    for item in facts.items():
        office = office_of.get(facts.text(item, "unit"))
        if office is not None and office in rows:
            rows[office].append(item)
        if facts.text(item, "kind") in LETTER_KINDS:
            for unit in facts.reporters(item, "asked", ""):
                if office_of.get(unit) in own:
                    own[office_of[unit]].add(item)
    return {office: shared | own[office] | _with_above(facts, rows[office]) for office in own}


def audited_units(facts: Facts, office: str) -> list[str]:
    """Give the units that an auditor's office looks at; none where it is the whole institution."""
    return facts.text(office, AUDITS).split()


def audited_items(facts: Facts, office: str, units: Collection[str]) -> set[str]:
    """Give the items that an auditor of some units receives, with whose these units are."""
    units = frozenset(units)
    shared = {item for item in facts.items() if facts.text(item, "kind") in SHARED_KINDS}
    named = {office, *(facts.text(unit, "office") for unit in units)} - {""}
    return shared | named | _with_above(facts, _rows_of(facts, units)) | _letters(facts, units)


def unit_items(facts: Facts, unit: str) -> set[str]:
    """Give the items that the plan of one unit is made of.

    They are the institution, the plans, the unit with its areas, its office, and its rows with
    everything that hangs above them: the same at its office and at the centre, once both know
    the same revisions. Of their addresses only those that `shown_to_unit` belong to it.
    """
    whole = {item for item in facts.items() if facts.text(item, "kind") in {"institution", "plan"}}
    office = facts.text(unit, "office")
    above = {unit, *facts.ancestors(unit), *([office] if office else ())}
    return whole | above | _with_above(facts, _rows_of(facts, {unit})) | _letters(facts, {unit})


def shown_to_unit(address: Address, unit: str) -> bool:
    """Tell whether an address is a unit's business: the plan's own, or its own reporting."""
    return address.unit in ("", unit)


def _rows_of(facts: Facts, units: Collection[str]) -> list[str]:
    """Give the rows that belong to these units."""
    return [item for item in facts.items() if facts.text(item, "unit") in units]


def _letters(facts: Facts, units: Collection[str]) -> set[str]:
    """Give the requests and notices of the centre that name these units."""
    return {
        item
        for item in facts.items()
        if facts.text(item, "kind") in LETTER_KINDS
        and any(unit in units for unit in facts.reporters(item, "asked", ""))
    }


def _with_above(facts: Facts, rows: Iterable[str]) -> set[str]:
    """Add to rows what they hang from and what they are linked to, with what that hangs from."""
    found: set[str] = set()
    waiting = list(rows)
    while waiting:
        item = waiting.pop()
        if item in found:
            continue
        found.add(item)
        above = (facts.text(item, "parent"), facts.text(item, "linked"))
        waiting += [other for other in above if other]
    return found
