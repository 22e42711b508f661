"""Rows that one deleted while another wrote in them: a dispute, told by what the deletion saw.

Who deletes a row writes beside it, in the field `seen`, the heads of the row that were known then.
A head that is in none of these words was written by someone who knew nothing of the deletion.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quipu.domain import merge
from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.refusal import named, written
from quipu.domain.revision import Revision, RevisionName
from quipu.operations.gesture import Entry
from quipu.operations.house import House

DELETED, SEEN = "deleted", "seen"


@dataclass(frozen=True, slots=True)
class Edited:
    """A deleted row's address `deleted`, its deletions, and the heads that they did not see."""

    address: Address
    deletions: tuple[Revision, ...]
    edits: Mapping[Address, tuple[Revision, ...]]


def deletion(house: House, item: str) -> list[Entry]:
    """Give what deletes a row, and says what was known of it then."""
    names = [head.name for heads in _heads(house, item).values() for head in heads]
    return [(Address(item, DELETED), True), (Address(item, SEEN), " ".join(written(names)))]


def restoring(item: str) -> list[Entry]:
    """Give what brings a deleted row back."""
    return [(Address(item, DELETED), None), (Address(item, SEEN), None)]


def edited_deletions(house: House, facts: Facts) -> Iterator[Edited]:
    """Give the deleted rows of which something was written that their deletions did not know."""
    for item in facts.items():
        if facts.flag(item, DELETED) and facts.text(item, SEEN):
            found = _edited(house, item)
            if found is not None:
                yield found


def _edited(house: House, item: str) -> Edited | None:
    workspace = house.workspace
    seen: set[RevisionName] = set()
    for head in workspace.reading(Address(item, SEEN)).heads:
        seen.update(name for span in named(head.value) for name in span.names())
    edits = {
        address: unseen
        for address, heads in _heads(house, item).items()
        if (unseen := tuple(head for head in heads if head.name not in seen))
    }
    if not edits:
        return None
    address = Address(item, DELETED)
    return Edited(address, workspace.reading(address).heads, edits)


def _heads(house: House, item: str) -> dict[Address, list[Revision]]:
    """Give the heads of all that a row says, but of its deletion."""
    said: dict[Address, list[Revision]] = {}
    for entry in house.workspace.history(item):
        if entry.revision.address.field not in (DELETED, SEEN) and not entry.refused:
            said.setdefault(entry.revision.address, []).append(entry.revision)
    return {address: merge.heads(revisions) for address, revisions in sorted(said.items())}
