"""Which attachments a bundle takes along: within its budget, the ones put off before first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quipu.operations.house import House
from quipu.store.entries import Outgoing
from quipu.store.transaction import Transaction

BUDGET = 1024**3
"""Bytes of attachments that a bundle takes where nobody says otherwise."""

MOST = 4000
"""Attachments that one bundle takes: its container holds no more members."""

_NOTE = "put-off."


@dataclass(frozen=True, slots=True)
class Attached:
    """The attachments that travel, where they lie, and those that the next bundle takes."""

    blobs: Mapping[str, Path]
    put_off: tuple[str, ...]


def attach(
    house: House, transaction: Transaction, outgoing: Outgoing, *, budget: int = BUDGET
) -> Attached:
    """Choose the attachments of a bundle.

    First those that an earlier one put off, then those that the receiver asked for, then those of
    the revisions on board. The first always travels, so that a budget smaller than any attachment
    still gets them all there. Those that have not come here yet stay behind.
    """
    noted = house.workspace.meta(_NOTE + outgoing.audience)
    before: Sequence[str] = json.loads(noted) if noted else ()
    asked = transaction.asked_by(outgoing.audience)
    blobs: dict[str, Path] = {}
    put_off: list[str] = []
    left = budget
    for name in dict.fromkeys((*before, *asked, *outgoing.blobs)):
        path = house.workspace.blob_path(name)
        if path is None:
            continue
        size = path.stat().st_size
        if blobs and (size > left or len(blobs) == MOST):
            put_off.append(name)
            continue
        blobs[name] = path
        left -= size
    return Attached(blobs, tuple(put_off))


def note_put_off(transaction: Transaction, audience: str, put_off: Sequence[str]) -> None:
    """Remember what the next bundle for an audience takes along."""
    transaction.set_meta(_NOTE + audience, json.dumps(list(put_off)))
