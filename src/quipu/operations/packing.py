"""From the ledger to a parcel for somebody, and the copies of bundles that a workspace keeps."""

import io
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from quipu.disk import replacing
from quipu.domain.errors import WorkspaceError
from quipu.domain.parcel import DeviceInfo, Parcel
from quipu.domain.scope import audited_items, audited_units, office_items
from quipu.operations.attaching import BUDGET, attach, note_put_off
from quipu.operations.believing import told_devices
from quipu.operations.gaps import asked_again, words_on_deliveries
from quipu.operations.house import House
from quipu.operations.mailbox import BOXES, boxes_for
from quipu.operations.sealing import announcement
from quipu.store.entries import CENTRE, Outgoing
from quipu.store.requests import WANTED
from quipu.store.transaction import Transaction
from quipu.sync.bundle import BundleRead

ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Packed:
    """What is ready to be written: the parcel, where its attachments lie, what the store counts."""

    parcel: Parcel
    blobs: Mapping[str, Path]
    outgoing: Outgoing
    put_off: tuple[str, ...] = ()

    def record(self, transaction: Transaction, manifest: str) -> None:
        """Remember that it was written, as the bundle of that manifest."""
        outgoing = self.outgoing
        note_put_off(transaction, outgoing.audience, self.put_off)
        transaction.record_sent(outgoing.audience, outgoing.seq, manifest, outgoing)


def items_for(house: House, audience: str) -> set[str] | None:
    """Give the items that are an audience's business; `None` for all of them."""
    if audience == CENTRE or is_planner(house, audience):
        return None
    facts = house.facts()
    if facts.text(audience, "role") != "auditor":
        return office_items(facts, audience)
    # Who audits sees all that it was let in for, and by its certificate may say nothing.
    units = audited_units(facts, audience)
    return audited_items(facts, audience, units) if units else None


def is_planner(house: House, audience: str) -> bool:
    """Tell whether an audience is another computer of the centre, and no office."""
    known = house.workspace.devices([audience]) if house.role == "centre" else []
    return any(not one.office for one in known)


def pack_for(
    house: House, transaction: Transaction, audience: str, *, full: bool, budget: int = BUDGET
) -> Packed:
    """Gather what an audience has not acknowledged (or, `full`, everything that is its business).

    Attachments beyond the `budget` (bytes) stay behind, and those that have not come here yet;
    the next bundle takes them. Those that this workspace lacks are asked for. Of bundles of
    this device that never reached the audience, all that it has not acknowledged since is here.
    """
    outgoing = transaction.outgoing(audience, items_for(house, audience), full=full)
    again = asked_again(house, audience)
    attached = attach(house, transaction, outgoing, budget=budget)
    wanted = transaction.asked_of(audience)
    own = house.workspace.info.device
    boxes = boxes_for(house.workspace, audience) if is_planner(house, audience) else []
    parcel = Parcel(
        dataset=house.dataset,
        audience=audience,
        office=house.office,
        device=own.id,
        seq=outgoing.seq,
        prev=outgoing.prev,
        made_at=house.clock().isoformat(timespec="seconds"),
        revisions=outgoing.revisions,
        sessions=outgoing.sessions,
        devices=_told(house, outgoing),
        acknowledgements=outgoing.acknowledgements,
        have=outgoing.have,
        blobs=tuple(sorted(attached.blobs)),
        extra=announcement(house.workspace)
        | ({BOXES: boxes} if boxes else {})
        | ({WANTED: wanted} if wanted else {})
        | words_on_deliveries(house, audience, outgoing.acknowledgements, again),
    )
    return Packed(parcel, attached.blobs, outgoing, attached.put_off)


def _told(house: House, outgoing: Outgoing) -> tuple[DeviceInfo, ...]:
    """Give the devices that a bundle tells of: those whose revisions it has, and the sender.

    Planners are told of each other also where they have written nothing yet.
    """
    workspace, own = house.workspace, house.workspace.info.device
    told = {device.id: device for device in outgoing.devices}
    if is_planner(house, outgoing.audience):
        told |= {one.id: one for one in workspace.devices() if not one.office}
    others = [device for device in told.values() if device.id != own.id]
    return (*told_devices(workspace, others), own)


def take_blobs(transaction: Transaction, bundle: BundleRead) -> None:
    """Keep the attachments that came with a bundle."""
    for name, size in bundle.blobs.items():
        transaction.receive(name, size, partial(bundle.copy_blob, name))


def is_kept(folder: Path, manifest: str) -> bool:
    """Tell whether a bundle is in the workspace's archive."""
    return (folder / ARCHIVE / manifest).exists()


def keep_copy(folder: Path, bundle: Path | bytes, manifest: str, *, flush: bool = True) -> None:
    """Keep a bundle in the workspace's archive under the name of its manifest.

    Without `flush` the caller flushes the archive's folder, once for many bundles.
    """
    target = folder / ARCHIVE / manifest
    if target.exists():
        return
    try:
        target.parent.mkdir(exist_ok=True)
        source = bundle.open("rb") if isinstance(bundle, Path) else io.BytesIO(bundle)
        with source, replacing(target, flush=flush) as copy:
            shutil.copyfileobj(source, copy)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise WorkspaceError("archive-not-written", file=target, reason=reason) from error
