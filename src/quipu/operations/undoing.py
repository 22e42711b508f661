"""Taking a gesture back, and doing it again: another write, refused where someone wrote since."""

from __future__ import annotations

from quipu.domain.revision import RevisionName
from quipu.operations.house import House
from quipu.operations.outcome import Outcome


def can_undo(house: House, *, gesture: RevisionName) -> bool:
    """Tell whether nobody has written since at any address of a gesture."""
    raise NotImplementedError


def undo(house: House, *, gesture: RevisionName, author: str) -> Outcome:
    """Write again what stood before a gesture.

    Raises `InputError` `gesture-unknown`, or `undo-changed-since` where another revision follows.
    """
    raise NotImplementedError


def redo(house: House, *, gesture: RevisionName, author: str) -> Outcome:
    """Take an undo back; `gesture` is the one that the undo's outcome has."""
    raise NotImplementedError
