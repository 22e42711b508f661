"""What an operation did: which addresses changed, from what to what, and how to take it back."""

from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.problem import Problem
from quipu.domain.revision import RevisionName
from quipu.domain.value import Value


@dataclass(frozen=True, slots=True)
class Change:
    """One address that says something else now; `None` stands for blank."""

    address: Address
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one gesture changed.

    `created` are the ids of items that it made, in order. `problems` are the mistakes in what was
    given; nothing of those cells was stored. `gesture` names the gesture to `undoing.undo`, and is
    `None` where nothing was written. `revisions` are the names of all that was written.
    """

    changes: tuple[Change, ...] = ()
    created: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    gesture: RevisionName | None = None
    revisions: tuple[RevisionName, ...] = ()

    @property
    def changed(self) -> int:
        """How many addresses changed."""
        return len(self.changes)

    @property
    def items(self) -> frozenset[str]:
        """The items whose drawing is no longer true."""
        return frozenset(change.address.item for change in self.changes)


NOTHING = Outcome()
"""The outcome of a gesture that changed nothing."""
