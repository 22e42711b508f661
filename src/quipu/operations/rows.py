"""Adding, deleting and ordering rows of the plan at the centre."""

from __future__ import annotations

from collections.abc import Mapping

from quipu.operations.house import House
from quipu.operations.outcome import Outcome


def add_row(
    house: House,
    *,
    form: str,
    unit: str = "",
    plan: str = "",
    kind: str = "",
    parent: str = "",
    before: str = "",
    cells: Mapping[tuple[str, str], str],
    author: str,
) -> Outcome:
    """Add a row to a unit's table, before another row or last.

    `cells` are texts by field and period (`("text", "")`, `("target", "2024-07")`); a malformed
    one becomes a problem and stays blank. `kind` is a level of the form, the innermost for `""`.
    """
    raise NotImplementedError


def delete_row(house: House, *, row: str, author: str) -> Outcome:
    """Delete a row with the rows under it; its history stays, and undo brings it back."""
    raise NotImplementedError


def move_row(house: House, *, row: str, before: str = "", author: str) -> Outcome:
    """Put a row before another of the same table, or last."""
    raise NotImplementedError
