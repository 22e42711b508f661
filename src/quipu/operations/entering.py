"""Entering progress, and changing cells of the plan, one gesture at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.operations.house import House
from quipu.operations.outcome import Outcome


@dataclass(frozen=True, slots=True)
class CellText:
    """What a person put in a cell: its address, the text (`""` blanks it), and where it stood."""

    address: Address
    text: str
    where: str = ""


def may_change(house: House, facts: Facts, address: Address) -> str:
    """Give `""` where this workspace may write an address now, else the code that says why not."""
    raise NotImplementedError


def change_cells(
    house: House, *, cells: Sequence[CellText], author: str, reason: str | None = None
) -> Outcome:
    """Change cells of the plan or of the progress as one gesture: a typed cell, a paste, a fill.

    Texts are read as the row's form writes numbers. A cell that is malformed or that this
    workspace may not write becomes a problem, and the others go in.
    """
    raise NotImplementedError


def enter(
    house: House,
    *,
    unit: str,
    activity: str,
    period: str,
    value: str | None = None,
    field: str = "executed",
    note: str | None = None,
    evidence: Path | None = None,
    plan: str = "",
    author: str,
) -> Outcome:
    """Enter what a unit did on an activity in a period.

    `activity` is a code, the whole text or an id. Raises `InputError` when the value, period,
    unit or activity cannot be used; then nothing was stored.
    """
    raise NotImplementedError


def attach(house: House, *, address: Address, file: Path, author: str) -> Outcome:
    """Put a file as the evidence at an address; its content is kept by its SHA-256."""
    raise NotImplementedError
