"""What does not count: listed with its reason, and let count again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.reception import is_within
from quipu.domain.refusal import KIND, REASON, REFUSES, named
from quipu.domain.revision import RevisionName
from quipu.domain.value import Value
from quipu.operations.finding import find_unit
from quipu.operations.gesture import Entry, centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome

CLOSED = "period-closed"


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A revision that does not count: who wrote it, what, where, and the code of why.

    `refusal` is the item by which the centre refused it, `""` where its certificate does not let
    it; `bundle` the manifest that brought it here (`None`: written here), `office` a name.
    """

    revision: str
    reason: str
    refusal: str
    address: Address
    unit: str
    code: str
    activity: str
    value: Value
    author: str
    office: str
    at: str
    bundle: str | None


def not_counted(house: House, *, units: Collection[str] = ()) -> list[NotCounted]:
    """Give what does not count here, of some units or of all, oldest first."""
    entries = house.workspace.refused()
    if not entries:
        return []
    facts = house.facts()
    wanted = {find_unit(facts, unit) for unit in units}
    by_name = _refusals(facts)
    found = []
    for entry in entries:
        revision, address = entry.revision, entry.revision.address
        unit = address.unit or facts.text(address.item, "unit")
        if wanted and unit not in wanted:
            continue
        found.append(
            NotCounted(
                revision=str(revision.name),
                reason=entry.refused,
                refusal=by_name.get(revision.name, ""),
                address=address,
                unit=facts.text(unit, "name"),
                code=facts.text(address.item, "code"),
                activity=facts.text(address.item, "text"),
                value=revision.value,
                author=revision.author,
                office=facts.text(entry.office, "name"),
                at=revision.at,
                bundle=entry.bundle,
            )
        )
    return sorted(found, key=lambda one: (one.at, one.revision))


def lift(house: House, *, refusal: str, reason: str, author: str) -> Outcome:
    """Let count again what one refusal of the centre names, with the reason for it.

    Raises `WorkspaceError("centre-only")`, `InputError` `refusal-unknown` or `reason-missing`.
    """
    centre_only(house)
    words = reason.strip()
    if not words:
        raise InputError("reason-missing")
    facts = house.facts()
    entries = _lifting(facts, [refusal]) if facts.text(refusal, "kind") == KIND else []
    if not entries:
        raise InputError("refusal-unknown", refusal=refusal)
    return write(house, entries, facts=facts, author=author, reason=words)


def reopening(house: House, facts: Facts, *, plan: str, unit: str, period: str) -> list[Entry]:
    """Give what lets count again all that was refused because a unit's period was closed."""
    found: list[Entry] = []
    for item in _of_kind(facts):
        if facts.text(item, REASON) == CLOSED:
            found += [
                (address, None)
                for address, _ in _lifting(facts, [item])
                if address.unit == unit
                and is_within(address.period, (period,))
                and _of_plan(house, facts, address, plan)
            ]
    return found


def _of_plan(house: House, facts: Facts, address: Address, plan: str) -> bool:
    """Tell whether what a refusal names is said of a plan or of its rows."""
    spans = named(facts.value(*address))
    names = {RevisionName(span.session, span.first) for span in spans}
    items = {
        entry.revision.address.item
        for entry in house.workspace.refused()
        if entry.revision.name in names
    }
    return any(item == plan or facts.text(item, "plan") == plan for item in items)


def _refusals(facts: Facts) -> dict[RevisionName, str]:
    found: dict[RevisionName, str] = {}
    for item in _of_kind(facts):
        for address, _ in _lifting(facts, [item]):
            for span in named(facts.value(*address)):
                for name in span.names():
                    found.setdefault(name, item)
    return found


def _lifting(facts: Facts, items: Sequence[str]) -> list[Entry]:
    return [
        (Address(item, field, period, unit), None)
        for item in items
        for field, period, unit in facts.entries(item)
        if field == REFUSES
    ]


def _of_kind(facts: Facts) -> list[str]:
    return sorted(item for item in facts.items() if facts.text(item, "kind") == KIND)
