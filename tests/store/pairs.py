"""A centre and offices that send each other parcels, without files or signatures."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.parcel import Parcel
from quipu.domain.value import Value
from quipu.store.entries import CENTRE, MergeResult, Outgoing
from quipu.store.workspace import open_workspace
from tests.store.support import DATASET, Desk, device

Sent = tuple[Parcel, str]
"""A parcel with the SHA-256 of its manifest."""


class Seat(Desk):
    """A workspace at its place: the centre's, or an office's."""

    def __init__(self, folder: Path, name: str, office: str = "") -> None:
        super().__init__(folder, name, office)
        self.office = office

    def say(self, address: Address, value: Value) -> None:
        with self.writing(self.name) as writer:
            writer.put(address, value)

    def send(
        self,
        audience: str = CENTRE,
        items: Collection[str] | None = None,
        *,
        full: bool = False,
    ) -> Sent:
        with self.writing() as writer:
            going = writer.outgoing(audience, items, full=full)
            parcel = self._parcel(going)
            manifest = hashlib.sha256(repr(parcel).encode()).hexdigest()
            writer.record_sent(audience, going.seq, manifest, going)
        return parcel, manifest

    def _parcel(self, going: Outgoing) -> Parcel:
        return Parcel(
            dataset=DATASET,
            audience=going.audience,
            office=self.office,
            device=self.ws.info.device.id,
            seq=going.seq,
            prev=going.prev,
            made_at="2024-07-02T08:00:00Z",
            revisions=going.revisions,
            sessions=going.sessions,
            devices=tuple({one.id: one for one in (*going.devices, self.ws.info.device)}.values()),
            acknowledgements=going.acknowledgements,
            have=going.have,
            blobs=going.blobs,
        )

    def take(self, sent: Sent) -> MergeResult:
        parcel, manifest = sent
        with self.writing() as writer:
            return writer.merge(
                parcel,
                manifest=manifest,
                file_name=f"{parcel.seq}.quipu",
                received_at="2024-07-03T08:00:00Z",
            )

    def facts(self, items: Collection[str] | None = None) -> dict[Address, Value]:
        return dict(self.ws.facts(items))

    def copy(self, folder: Path, name: str) -> Seat:
        """Copy the closed folder, and go on in the copy as another device."""
        self.ws.close()
        shutil.copytree(self.folder, folder)
        self.ws = open_workspace(self.folder, write=True)
        other = Seat.__new__(Seat)
        other.folder, other.name, other.office = folder, name, self.office
        other.clock, other.randomness = self.clock, type(self.randomness)(name)
        other.ws = open_workspace(folder, write=True)
        with other.writing() as writer:
            writer.adopt_device(device(name, self.office))
        return other
