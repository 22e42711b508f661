"""Units that are merged, divided or moved: whose a row was in which period.

A copy of a row above, made so that moved rows hang from something, is there `since` their period.
A row that goes to another unit says in `former_unit`, at the period from which it is the new
unit's, whose it was before: what was reported stays where it was written, and an evaluation or a
report of an earlier period shows the row under its old name. A unit that `ended`, or that begins
`since` a period, owes reports only for the periods in which there was work for it.
"""

from collections.abc import Iterator

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.value import Value

FORMER, SINCE, ENDED, INTO = "former_unit", "since", "ended", "merged_into"


def as_of(facts: Facts, period: str) -> Facts:
    """Give the snapshot in which rows belong to the unit that had them in a period.

    A period in which a row changed hands is the new unit's; text that is no period changes
    nothing.
    """
    when = _read(period)
    if when is None:
        return facts
    changes: list[tuple[Address, Value]] = []
    for item in facts.items():
        if facts.text(item, "form") and _later(facts.text(item, SINCE), when):
            changes.append((Address(item, "deleted"), True))
        for since, unit in facts.periods(item, FORMER).items():
            if _later(since, when):
                changes += [(Address(item, "unit"), unit), *_above(facts, item, when)]
                break
    return facts.with_changes(changes) if changes else facts


def _above(facts: Facts, row: str, when: Period) -> Iterator[tuple[Address, Value]]:
    """Give the row that a row hung from, where now it hangs from a later copy of that one."""
    parent = facts.text(row, "parent")
    if _later(facts.text(parent, SINCE), when):
        yield Address(row, "parent"), facts.text(parent, "origin") or None


def _later(text: str, when: Period) -> bool:
    """Tell whether what begins with a period is still to come."""
    start = _read(text)
    return start is not None and when.last_day < start.first_day


def owes(facts: Facts, unit: str, period: str) -> bool:
    """Tell whether a unit reports on a period: it had begun, and had not ended before it."""
    when = _read(period)
    ended = _read(facts.text(unit, ENDED))
    if when is None:
        return True
    if _later(facts.text(unit, SINCE), when):
        return False
    return ended is None or when.first_day < ended.first_day


def successor(facts: Facts, unit: str) -> str:
    """Give the unit that a merged one is now; the unit itself where it stands on its own."""
    seen = {unit}
    while (after := facts.text(unit, INTO)) and after not in seen:
        seen.add(after)
        unit = after
    return unit


def _read(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None
