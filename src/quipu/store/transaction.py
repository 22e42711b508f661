"""What is written together: puts, merges and bookkeeping of one transaction."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import text

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.identity import session_id
from quipu.domain.parcel import DeviceInfo, Parcel, SessionInfo
from quipu.domain.reception import Row
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Blob, Value
from quipu.store import (
    attachments,
    ended,
    information,
    instants,
    judging,
    merging,
    outgoing,
    projection,
    reading,
    receipts,
    requests,
    working,
    writing,
)
from quipu.store.entries import MergeResult, Outgoing, WorkspaceInfo
from quipu.store.ledger import Ledger, key_of, parts_of
from quipu.store.receipts import Reception
from quipu.store.revisions import build, rows_of
from quipu.store.tables import op
from quipu.store.values import BLOB
from quipu.store.writing import Hand, Pen

NONCE_BYTES = 16


class Transaction:
    """Made by `Workspace.transaction`, and of no use after its block has ended."""

    def __init__(
        self,
        ledger: Ledger,
        folder: Path,
        info: WorkspaceInfo,
        pen: Pen | None,
        *,
        author: str,
        clock: Callable[[], datetime],
        randomness: Callable[[int], bytes],
    ) -> None:
        self._ledger = ledger
        self._folder = folder
        self._author = author
        self._clock = clock
        self._randomness = randomness
        self._hand: Hand | None = None
        self._group = 0
        self._open = True
        self.pen = pen
        self.info = info

    def end(self) -> None:
        """Refuse everything from now on."""
        self._open = False

    def put(
        self, address: Address, value: Value, *, reason: str | None = None
    ) -> RevisionName | None:
        """Write a value at an address, in the place of all heads known there.

        Gives `None` when the value is there already and nothing disputes it. Raises `InputError`
        for a value that cannot be kept.
        """
        ledger = self._live()
        stored = writing.fit(address, value)
        before = self._last_number()
        key = writing.put(ledger, self._take_hand, address, stored, reason=reason)
        if key is None:
            return None
        self._heed((address,), before)
        if isinstance(value, Blob):
            attachments.mention(ledger, self._folder, value)
        return self._name(key)

    def put_apart(self, address: Address, values: Sequence[Value]) -> list[RevisionName]:
        """Write values that dispute an address anew, each in the place of all heads known there.

        The last is shown first where no steward decides otherwise. Raises `InputError` for a value
        that cannot be kept.
        """
        ledger = self._live()
        fitted = [writing.fit(address, value) for value in values]
        for value in values:
            if isinstance(value, Blob):
                attachments.mention(ledger, self._folder, value)
        before = self._last_number()
        keys = writing.put_apart(ledger, self._take_hand, address, fitted)
        self._heed((address,), before)
        return [self._name(key) for key in keys]

    def _name(self, key: int) -> RevisionName:
        session, n = parts_of(key)
        return RevisionName(self._ledger.peers.session_names([session])[session], n)

    def put_many(self, entries: Iterable[tuple[Address, Value]]) -> int:
        """Write many values with a few statements; gives how many revisions that made.

        As `put` for each; an address that is given twice takes its last value.
        """
        ledger = self._live()
        fitted = [(address, value, writing.fit(address, value)) for address, value in entries]
        for _, value, stored in fitted:
            if stored.kind == BLOB and isinstance(value, Blob):
                attachments.mention(ledger, self._folder, value)
        pairs = ((address, stored) for address, _, stored in fitted)
        before = self._last_number()
        made = writing.put_many(ledger, self._take_hand, pairs)
        self._heed([address for address, _, _ in fitted], before)
        return made

    def _last_number(self) -> int:
        return self.pen.n if self.pen is not None else 0

    def _heed(self, addresses: Iterable[Address], before: int) -> None:
        """Judge what was just written as everybody will, and let its words have their effect."""
        if self.pen is None or self.pen.n == before:
            return
        licence = self._ledger.peers.licence(self.pen.session)
        free = licence is None or licence.of_centre
        if free and ended.last_of_session(self._ledger, self.pen.session) is not None:
            free = False
        if free and not any(address.field in judging.SPECIAL for address in addresses):
            return
        changed = judging.written(self._ledger, self.pen.session, before + 1, self.pen.n)
        projection.show_again(self._ledger, changed)

    @property
    def names(self) -> tuple[RevisionName, ...]:
        """The names of the revisions made so far in this transaction, in their order."""
        ledger = self._live()
        if self.pen is None or not self._group:
            return ()
        session = ledger.peers.session_names([self.pen.session])[self.pen.session]
        return tuple(RevisionName(session, n) for n in range(self._group, self.pen.n + 1))

    @property
    def revisions(self) -> list[Revision]:
        """The revisions made so far in this transaction, in their order."""
        ledger = self._live()
        if self.pen is None or not self._group:
            return []
        own = op.c.op.between(
            key_of(self.pen.session, self._group), key_of(self.pen.session, self.pen.n)
        )
        return build(ledger, ledger.connection.execute(rows_of(own).order_by(op.c.op)).all())

    def set_meta(self, key: str, value: str | None) -> None:
        """Keep a note of this workspace about itself, or with `None` throw it away."""
        information.set_meta(self._live(), key, value)

    def add_device(self, device: DeviceInfo) -> None:
        """Know a device, or its newer certificates.

        Raises `BundleError("device-conflict")` when its id is known with another office or key.
        """
        self._live().peers.add_device(device)

    def adopt_device(self, device: DeviceInfo) -> None:
        """Go on as another device: a copied workspace under its own key.

        Later revisions are of a new session, and what is sent counts from 1 again. Before any
        other writing of the transaction.
        """
        ledger = self._live()
        if self._group:
            raise RuntimeError("revisions were already written as the former device")
        self.info = replace(self.info, device=device)
        information.write(ledger, self.info)
        self.pen = self._hand = None

    def attach(self, data: bytes, name: str) -> Blob:
        """Keep a file's content; the value to put at an address of evidence."""
        return attachments.keep(self._live(), self._folder, data, name)

    def receive(self, sha256: str, size: int, copy: Callable[[BinaryIO], None]) -> None:
        """Keep an attachment that came, letting `copy` write its content into the open file.

        Whatever `copy` raises leaves the attachment as one that has not come.
        """
        attachments.receive(self._live(), self._folder, Blob(sha256, size, sha256), copy)

    def outgoing(
        self, audience: str, items: Collection[str] | None, *, full: bool = False
    ) -> Outgoing:
        """Gather the next bundle for an audience: `"centre"` or an office's item id.

        It has what the audience has not acknowledged of these items (`None`: of all), what it
        lost, and, with `full`, everything. A register that is new to the audience travels with
        its whole history.
        """
        ledger = self._live()
        self._hand = None  # what is put from now on is not in this bundle
        return outgoing.outgoing(ledger, self.info, audience, items, full=full)

    def values(self, addresses: Collection[Address]) -> Facts:
        """Give what is true now at some addresses."""
        return reading.values(self._live(), addresses)

    def rows(self, items: Collection[str]) -> dict[str, Row]:
        """Give kind, plan and unit of those of some items that have any."""
        return reading.rows(self._live(), items)

    def arrived(self) -> list[Revision]:
        """Give the revisions that the last bundle brought and that count."""
        ledger = self._live()
        latest = text(working.LATEST).bindparams(arrival=ledger.last_arrival())
        brought = rows_of(op.c.op.in_(latest)).order_by(op.c.op)
        return judging.counting(ledger, build(ledger, ledger.connection.execute(brought).all()))

    def asked_of(self, audience: str) -> list[str]:
        """Give the SHA-256 of the attachments to ask an audience for."""
        return requests.asked_of(self._live(), audience)

    def asked_by(self, audience: str) -> list[str]:
        """Give the SHA-256 of the attachments here that an audience's last bundle asked for."""
        return requests.asked_by(self._live(), audience)

    def record_sent(self, audience: str, seq: int, manifest: str, outgoing: Outgoing) -> None:
        """Remember that a bundle was written, so that its acknowledgement can be understood."""
        if (audience, seq) != (outgoing.audience, outgoing.seq):
            raise ValueError(f"not the bundle {seq} for {audience}")
        at = instants.whole_seconds(self._clock())
        receipts.record_sent(self._live(), self.info.device.id, manifest, outgoing, at)

    def knows_bundle(self, manifest: str) -> bool:
        """Tell whether a bundle's revisions went in before."""
        return receipts.knows_bundle(self._live(), manifest)

    def merge(
        self,
        parcel: Parcel,
        *,
        manifest: str,
        file_name: str,
        received_at: str,
        file_sha256: str = "",
        state: str = "merged",
        reason: str = "",
    ) -> MergeResult:
        """Take in a parcel whose sender was verified; `state` other than taken only records it.

        A bundle that went in before changes nothing. Raises `BundleError` (see
        `quipu.store.merging.merge`); then the transaction must not be committed.
        """
        ledger = self._live()
        self._hand = None  # what is put from now on arrives later
        reception = Reception(manifest, file_name, received_at, state, reason, file_sha256)
        if self.knows_bundle(manifest):
            return MergeResult(0, len(parcel.revisions), 0, 0)
        if state not in receipts.TAKEN:
            result = MergeResult(0, 0, len(parcel.revisions), 0)
            receipts.record_bundle(ledger, ledger.last_arrival() + 1, parcel, reception, result)
            return result
        result, arrival = merging.merge(ledger, self._folder, parcel)
        receipts.take_word(ledger, parcel, reception, self.info.office)
        receipts.record_bundle(ledger, arrival, parcel, reception, result)
        return result

    def _live(self) -> Ledger:
        if not self._open:
            raise RuntimeError("the transaction has ended")
        return self._ledger

    def _take_hand(self) -> Hand:
        """Begin to write: a session if this run has none yet, and this gesture's group."""
        if self._hand is None:
            if self.pen is None:
                self.pen = Pen(self._new_session())
            self._group = self._group or self.pen.n + 1
            self._hand = Hand(
                pen=self.pen,
                first=self.pen.n + 1,
                group=self._group,
                arrival=self._ledger.last_arrival() + 1,
                at=instants.parse(instants.whole_seconds(self._clock())),
                author=self._ledger.terms.take([self._author])[self._author],
            )
        return self._hand

    def _new_session(self) -> int:
        nonce = self._randomness(NONCE_BYTES).hex()
        device = self.info.device
        name = session_id(device.key, nonce)
        if self._ledger.peers.known_session(name) is not None:
            raise RuntimeError("the source of randomness repeats itself")
        return self._ledger.peers.add_session(SessionInfo(name, nonce, device.id))
