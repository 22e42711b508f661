"""The reference merge: what a set of revisions says, whatever the order they arrived in.

Merging is the union of sets of revisions. At an address the revisions that no other replaces are
its heads; one value among the heads is the value, several are a dispute. The store's SQL is
tested against this module.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.fields import steward
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value

Side = Literal["centre", "office"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address says now: the value, all heads (shown first), whether they differ."""

    value: Value
    heads: tuple[Revision, ...]
    disputed: bool


def heads(revisions: Iterable[Revision]) -> list[Revision]:
    """Give the revisions of one address that no other of them replaces."""
    known = {revision.name: revision for revision in revisions}
    replaced = {name for revision in known.values() for name in revision.replaces}
    return [revision for name, revision in known.items() if name not in replaced]


def read(address: Address, revisions: Iterable[Revision], side: Callable[[str], Side]) -> Reading:
    """Read an address from its revisions; `side` tells for a session who its device belongs to.

    The shown head is the steward's (centre for plan fields, office for progress), then the
    deepest, then the greatest name: the same everywhere, and no clock has a say.
    """
    keeper = steward(address.field)

    def rank(head: Revision) -> tuple[bool, int, RevisionName]:
        return (side(head.name.session) == keeper, head.depth, head.name)

    found = sorted(heads(revisions), key=rank, reverse=True)
    if not found:
        return Reading(None, (), disputed=False)
    shown = found[0].value
    differ = any(head.value != shown or type(head.value) is not type(shown) for head in found[1:])
    return Reading(shown, tuple(found), differ)
