"""Packing what the other side does not have yet into a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quipu.operations.house import House
from quipu.operations.running import CancelCheck, Progress


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that was written.

    `audience` is `"centre"` or an office's id, `sequence` its number for that audience, `pending`
    how many of the sender's own revisions the audience had not acknowledged.
    """

    audience: str
    files: tuple[Path, ...]
    bytes: int
    sequence: int
    revisions: int
    attachments: int
    pending: int


def export_bundle(
    house: House,
    *,
    file: Path,
    to: str = "",
    full: bool = False,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Exported:
    """Write a bundle: an office's for the centre, or the centre's for the office `to`.

    `full` sends everything again. Raises `InputError` `audience-missing`, `office-unknown`.
    """
    raise NotImplementedError


def export_all(
    house: House,
    *,
    folder: Path,
    full: bool = False,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> tuple[Exported, ...]:
    """Write the centre's bundle for every office into a folder, each named for its office."""
    raise NotImplementedError


def pending(house: House, *, to: str = "") -> int:
    """Count the own revisions that the other side has not acknowledged."""
    raise NotImplementedError
