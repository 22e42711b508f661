"""Entering from a workbook that Quipu exported and an office filled in."""

from __future__ import annotations

from pathlib import Path

from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.running import CancelCheck, Progress


def enter_from_workbook(
    house: House,
    *,
    file: Path,
    author: str,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Outcome:
    """Store what changed in the editable cells of a filled workbook, as one gesture.

    The stamp must be there and name this data, this plan, and a form as it is here; raises
    `InputError` `stamp-missing`, `stamp-other-data`, `stamp-other-plan`, `stamp-other-form`.
    A malformed cell becomes a problem with its place.
    """
    raise NotImplementedError
