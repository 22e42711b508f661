"""Whose workspace it is, as the table `meta` keeps it."""

import json
from pathlib import Path
from typing import Literal

from sqlalchemy import delete, insert, select

from quipu.domain.errors import WorkspaceError
from quipu.store.entries import WorkspaceInfo
from quipu.store.ledger import Ledger
from quipu.store.tables import meta

_OWN = "workspace."
_LINE = "line"


def write(ledger: Ledger, info: WorkspaceInfo) -> None:
    """Store whose workspace it is, with its device."""
    ledger.peers.add_device(info.device)
    kept = {
        "dataset": info.dataset,
        "role": info.role,
        "office": info.office,
        "device": info.device.id,
        "created_at": info.created_at,
    }
    for key, value in kept.items():
        set_meta(ledger, _OWN + key, value)
    former = line(ledger)
    if info.device.id not in former:
        set_meta(ledger, _LINE, json.dumps([*former, info.device.id]))


def line(ledger: Ledger) -> list[str]:
    """Give the ids of all devices that this workspace has written as, the present one last."""
    kept = ledger.connection.scalar(select(meta.c.value).where(meta.c.key == _LINE))
    return [] if kept is None else list(json.loads(kept))


def read(ledger: Ledger, folder: Path) -> WorkspaceInfo:
    """Give whose workspace it is; raises `WorkspaceError("workspace-damaged")` where it is lost."""
    rows = ledger.connection.execute(select(meta).where(meta.c.key.like(_OWN + "%")))
    kept = {row.key.removeprefix(_OWN): row.value for row in rows}
    devices = {one.id: one for one in ledger.peers.devices()}
    role: Literal["centre", "office"]
    match kept:
        case {"role": "centre" | "office" as role, "device": device, "office": office} if (
            device in devices and {"dataset", "created_at"} <= kept.keys()
        ):
            return WorkspaceInfo(kept["dataset"], role, office, devices[device], kept["created_at"])
    raise WorkspaceError("workspace-damaged", folder=folder, reason="workspace.*")


def set_meta(ledger: Ledger, key: str, value: str | None) -> None:
    """Keep a note, or with `None` throw it away."""
    ledger.connection.execute(delete(meta).where(meta.c.key == key))
    if value is None:
        return
    ledger.connection.execute(insert(meta).values(key=key, value=value))
