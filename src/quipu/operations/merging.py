"""Taking in bundles: each verified whole, then merged in one transaction, then archived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from quipu.operations.house import House
from quipu.operations.running import CancelCheck, Progress

BundleState = Literal["merged", "already", "partly", "refused"]


@dataclass(frozen=True, slots=True)
class BundleResult:
    """What became of one file.

    `sender` is the office's name (`""` the centre's). `revisions` counts what it carries, `new`
    what was not known, `refused` what its office may not write, `missing` attachments still to
    come, `disputes` addresses that it left disputed. `reason` is the code of a refusal, with the
    `params` of its sentence.
    """

    file: Path
    sender: str
    state: BundleState
    revisions: int = 0
    new: int = 0
    refused: int = 0
    missing: int = 0
    disputes: int = 0
    reason: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of all files, in the order given, and how many disputes are open now."""

    bundles: tuple[BundleResult, ...]
    disputes_open: int


def merge_bundles(
    house: House,
    *,
    files: Sequence[Path],
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Merged:
    """Merge files one after the other; one that is refused does not hold up the rest.

    A cancelled merge keeps the files that went in and raises `Cancelled`.
    """
    raise NotImplementedError
