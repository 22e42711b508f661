"""Taking a gesture back, and doing it again: another write, refused where someone wrote since."""

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value
from quipu.operations.gesture import Entry, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome


def can_undo(house: House, *, gesture: RevisionName) -> bool:
    """Tell whether a gesture is known and nobody has written since at any of its addresses."""
    try:
        _taken_back(house, gesture)
    except InputError:
        return False
    return True


def undo(house: House, *, gesture: RevisionName, author: str) -> Outcome:
    """Write again what stood before a gesture.

    Raises `InputError` `gesture-unknown`, `undo-changed-since` (items) where another revision
    follows, or `undo-settlement` where the gesture settled a dispute.
    """
    entries = _taken_back(house, gesture)
    facts = house.facts({address.item for address, _ in entries})
    return write(house, entries, facts=facts, author=author)


def redo(house: House, *, gesture: RevisionName, author: str) -> Outcome:
    """Take an undo back; `gesture` is the one that the undo's outcome has."""
    return undo(house, gesture=gesture, author=author)


def _taken_back(house: House, gesture: RevisionName) -> list[Entry]:
    last: dict[Address, Revision] = {}
    first: dict[Address, Revision] = {}
    for revision in house.workspace.group(gesture):
        last[revision.address] = revision
        first.setdefault(revision.address, revision)
    if not last:
        raise InputError("gesture-unknown", gesture=str(gesture))
    for address, revision in last.items():
        heads = house.workspace.reading(address).heads
        if [head.name for head in heads] != [revision.name]:
            raise InputError("undo-changed-since", item=address.item, field=address.field)
    return [(address, _before(house, revision)) for address, revision in first.items()]


def _before(house: House, revision: Revision) -> Value:
    if not revision.replaces:
        return None
    item, field, period, unit = revision.address
    entries = house.workspace.history(item, field=field, period=period, unit=unit)
    known = {entry.revision.name: entry.revision.value for entry in entries}
    values = [known[name] for name in revision.replaces]
    if any(value != values[0] for value in values):
        raise InputError("undo-settlement", item=item, field=field)
    return values[0]
