"""Taking a gesture back, and doing it again: another write, refused where someone wrote since."""

from dataclasses import replace

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.fields import steward
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value
from quipu.operations.gesture import put_all, writable
from quipu.operations.house import House
from quipu.operations.outcome import Change, Outcome
from quipu.store.entries import HistoryEntry


def can_undo(house: House, *, gesture: RevisionName) -> bool:
    """Tell whether a gesture is known and nobody has written since at any of its addresses."""
    try:
        _taken_back(house, gesture)
    except InputError:
        return False
    return True


def undo(house: House, *, gesture: RevisionName, author: str) -> Outcome:
    """Write again what stood before a gesture; a dispute that it settled is open again.

    Raises `InputError` `gesture-unknown`, or `undo-changed-since` (item, field) where another
    revision follows.
    """
    writable(house)
    before = _taken_back(house, gesture)
    facts = house.facts({address.item for address in before})
    single = [(address, said[0]) for address, said in before.items() if len(said) == 1]
    with house.workspace.transaction(
        author, clock=house.clock, randomness=house.randomness
    ) as transaction:
        done = put_all(transaction, single, facts=facts)
        changes, names = list(done.changes), list(done.revisions)
        for address, said in before.items():
            if len(said) > 1:
                names += transaction.put_apart(address, said)
                changes.append(Change(address, facts.value(*address), said[-1]))
    return replace(
        done,
        changes=tuple(changes),
        gesture=names[0] if names else None,
        revisions=tuple(names),
    )


def redo(house: House, *, gesture: RevisionName, author: str) -> Outcome:
    """Take an undo back; `gesture` is the one that the undo's outcome has."""
    return undo(house, gesture=gesture, author=author)


def _taken_back(house: House, gesture: RevisionName) -> dict[Address, list[Value]]:
    """Give what stood at each address before a gesture, several values where they disputed it."""
    made: dict[Address, list[Revision]] = {}
    for revision in house.workspace.group(gesture):
        made.setdefault(revision.address, []).append(revision)
    if not made:
        raise InputError("gesture-unknown", gesture=str(gesture))
    for address, revisions in made.items():
        replaced = {name for revision in revisions for name in revision.replaces}
        left = {revision.name for revision in revisions} - replaced
        if {head.name for head in house.workspace.reading(address).heads} != left:
            raise InputError("undo-changed-since", item=address.item, field=address.field)
    return {address: _before(house, revisions[0]) for address, revisions in made.items()}


def _before(house: House, revision: Revision) -> list[Value]:
    """Give the values that a revision replaced, each once, the one that was shown last."""
    if not revision.replaces:
        return [None]
    item, field, period, unit = revision.address
    entries = house.workspace.history(item, field=field, period=period, unit=unit)
    former = [entry for entry in entries if entry.revision.name in revision.replaces]
    keeper = steward(field)

    def rank(entry: HistoryEntry) -> tuple[bool, int, RevisionName]:
        side = "office" if entry.office else "centre"
        return (side == keeper, entry.revision.depth, entry.revision.name)

    values: list[Value] = []
    for entry in sorted(former, key=rank, reverse=True):
        value = entry.revision.value
        if not any(value == one and type(value) is type(one) for one in values):
            values.append(value)
    return values[::-1] or [None]
