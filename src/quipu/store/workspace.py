"""A workspace: a folder with its database, open for reading or as the one writer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import select

from quipu.domain.address import Address
from quipu.domain.errors import WorkspaceError
from quipu.domain.facts import Facts
from quipu.domain.merge import Reading
from quipu.domain.parcel import DeviceInfo
from quipu.domain.problem import Problem
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value
from quipu.store import (
    announced,
    attachments,
    ended,
    information,
    opening,
    outgoing,
    place,
    reading,
    receipts,
    safekeeping,
    working,
)
from quipu.store.entries import BundleEntry, HistoryEntry, SentEntry, WorkspaceInfo
from quipu.store.ledger import Ledger
from quipu.store.lock import WriterLock
from quipu.store.tables import meta
from quipu.store.transaction import Transaction
from quipu.store.writing import Pen

__all__ = ["Workspace", "WorkspaceInfo", "create", "open_workspace"]


def create(folder: Path, info: WorkspaceInfo) -> None:
    """Make a workspace in a folder, which is made too; the database appears whole or not at all.

    Raises `WorkspaceError`: `workspace-exists`, `workspace-readonly`, `workspace-busy`,
    `workspace-on-share` (system) on a network share.
    """
    from quipu.store import migrations

    path = folder / opening.DATABASE
    if path.exists():
        raise WorkspaceError("workspace-exists", folder=folder)
    place.demand_own_disk(folder)
    try:
        (folder / attachments.FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError("workspace-readonly", folder=folder) from error
    lock = WriterLock(folder)
    try:
        beside = path.with_name(f".{path.name}.new")
        for leftover in folder.glob(f"{beside.name}*"):
            leftover.unlink()
        with opening.translated(folder), opening.connect(beside, write=True, new=True) as run:
            migrations.apply(run)
            with run.begin():
                information.write(Ledger(run), info)
            opening.settle(run)
        opening.put_in_place(beside, path)
    finally:
        lock.release()


def open_workspace(folder: Path, *, write: bool = False) -> Workspace:
    """Open a workspace; as its one writer, or to read, which is always possible.

    Raises `WorkspaceError`: `workspace-missing`, `workspace-newer`, `workspace-damaged`,
    `workspace-readonly`, `workspace-disk`, and `workspace-busy` at once when it has a writer.
    On a network share it can only be read: `workspace-on-share` (system).
    """
    version = opening.check_version(folder)
    if write and not opening.writable(folder):
        raise WorkspaceError("workspace-readonly", folder=folder)
    if write:
        place.demand_own_disk(folder)
    outdated = version < opening.SCHEMA
    lock = WriterLock(folder) if write or outdated else None
    try:
        if outdated:
            _migrate(folder, version)
        if lock is not None and not write:
            lock.release()
            lock = None
        return Workspace(folder, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _migrate(folder: Path, version: int) -> None:
    from quipu.store import migrations

    path = folder / opening.DATABASE
    place.demand_own_disk(folder)
    place.demand_room(folder, 2 * path.stat().st_size)
    safekeeping.copy_database(folder, folder / f"quipu-{version}.db")
    with opening.translated(folder), opening.connect(path, write=True) as run:
        migrations.apply(run)
        with run.begin():
            for statement in working.TABLES:
                run.exec_driver_sql(statement)
            safekeeping.rebuild(Ledger(run))


class Workspace:
    """An open workspace; its readings are of what is committed, or of the transaction within.

    One thread at a time: another that reads or writes waits. To read beside a long transaction,
    open the folder a second time.
    """

    def __init__(self, folder: Path, lock: WriterLock | None) -> None:
        self.folder = folder
        self._lock = lock
        self._gate = threading.RLock()
        self._pen: Pen | None = None
        with opening.doubting(folder), opening.translated(folder):
            path = folder / opening.DATABASE
            self._connection = opening.connect(path, write=lock is not None)
            try:
                self._ledger = Ledger(self._connection)
                with self._connection.begin():
                    for statement in working.TABLES:
                        self._connection.exec_driver_sql(statement)
                with self._reading() as ledger:
                    self.info = information.read(ledger, folder)
            except BaseException:
                self._connection.close()
                raise

    @property
    def writes(self) -> bool:
        """Whether this is the workspace's writer."""
        return self._lock is not None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close it, with everything in the one file, so that a copied folder is whole.

        A second time does nothing.
        """
        with self._gate:
            if not self._connection.closed:
                try:
                    self._connection.rollback()
                    if self._lock is not None:
                        opening.settle(self._connection)
                finally:
                    self._connection.close()
                    self._connection.engine.dispose()
            if self._lock is not None:
                self._lock.release()

    @contextmanager
    def _reading(self) -> Iterator[Ledger]:
        with self._gate, opening.doubting(self.folder), opening.translated(self.folder):
            if self._connection.in_transaction():
                yield self._ledger
                return
            self._connection.info["begin"] = opening.READING
            with self._connection.begin():
                yield self._ledger

    def facts(self, items: Collection[str] | None = None) -> Facts:
        """Give what is true now of these items, or of all."""
        with self._reading() as ledger:
            return reading.facts(ledger, items)

    def all_facts(self) -> Iterator[tuple[Address, Value]]:
        """Give all committed facts by item, field, period and unit, one after another.

        Reads one state from its beginning to its end, whatever is written meanwhile.
        """
        path = self.folder / opening.DATABASE
        with (
            opening.doubting(self.folder),
            opening.translated(self.folder),
            opening.connect(path, write=False) as connection,
        ):
            yield from reading.sorted_facts(connection)

    def history(
        self,
        item: str,
        field: str | None = None,
        period: str | None = None,
        unit: str | None = None,
    ) -> list[HistoryEntry]:
        """Give an item's revisions, by field, period and unit, then in the order of their depth."""
        with self._reading() as ledger:
            return reading.history(ledger, item, field, period, unit)

    def group(self, name: RevisionName) -> list[Revision]:
        """Give all revisions of the gesture that a revision belongs to; none when it is unknown."""
        with self._reading() as ledger:
            return reading.group(ledger, name)

    def reading(self, address: Address) -> Reading:
        """Give an address's value with all its heads."""
        with self._reading() as ledger:
            return reading.reading(ledger, address)

    def disputes(self) -> list[tuple[Address, Reading]]:
        """Give the addresses whose heads differ, with those heads."""
        with self._reading() as ledger:
            return reading.disputes(ledger)

    def refused(self) -> list[HistoryEntry]:
        """Give the revisions here that do not count, with why."""
        with self._reading() as ledger:
            return reading.refused(ledger)

    def decided(self) -> list[Address]:
        """Give the addresses at which one revision replaced several, or the centre an office's."""
        with self._reading() as ledger:
            return reading.decided(ledger)

    def meta(self, key: str) -> str | None:
        """Give a note of this workspace about itself, which travels to nobody."""
        with self._reading() as ledger:
            return ledger.connection.scalar(select(meta.c.value).where(meta.c.key == key))

    def notes(self, beginning: str) -> dict[str, str]:
        """Give the notes of this workspace about itself whose keys begin so, by those keys."""
        with self._reading() as ledger:
            query = select(meta.c.key, meta.c.value).where(
                meta.c.key.startswith(beginning, autoescape=True)
            )
            return {row.key: row.value for row in ledger.connection.execute(query)}

    def line(self) -> list[str]:
        """Give the ids of all devices that this workspace has written as, the present one last."""
        with self._reading() as ledger:
            return information.line(ledger)

    def revocation(self, device: str) -> str:
        """Give what those who may say so say of the revocation of a planner's device."""
        with self._reading() as ledger:
            return ended.word_on(ledger, device)

    def announced(self, office: str, word: str) -> list[tuple[str, object]]:
        """Give what an office's devices (`""`: the centre's) said under a key, the latest first."""
        with self._reading() as ledger:
            return announced.announced(ledger, office, word)

    def count_disputes(self, but: Collection[str] = ()) -> int:
        """Count the addresses whose heads differ, but those of some fields."""
        with self._reading() as ledger:
            return reading.count_disputes(ledger, but)

    def items_saying(self, field: str) -> list[str]:
        """Give the items at which a field that has no period and no unit says something."""
        with self._reading() as ledger:
            return reading.items_saying(ledger, field)

    def devices(self, names: Collection[str] | None = None) -> list[DeviceInfo]:
        """Give the devices with these ids, or all that are known, in the order they became so."""
        with self._reading() as ledger:
            return ledger.peers.devices(names)

    def bundles(self) -> list[BundleEntry]:
        """Give all bundles received, in the order they came."""
        with self._reading() as ledger:
            return receipts.bundles(ledger)

    def sent(self) -> list[SentEntry]:
        """Give all bundles written here, in their order."""
        with self._reading() as ledger:
            return receipts.sent_bundles(ledger)

    def received(self, manifest: str) -> BundleEntry | None:
        """Give the bundle of a manifest, where its revisions went in before."""
        with self._reading() as ledger:
            return receipts.received(ledger, manifest)

    def received_as(self, file_sha256: str) -> BundleEntry | None:
        """Give the bundle that came in a file with this SHA-256, where its revisions went in."""
        with self._reading() as ledger:
            return receipts.received_as(ledger, file_sha256)

    def knows_bundle(self, manifest: str) -> bool:
        """Tell whether a bundle's revisions went in before."""
        with self._reading() as ledger:
            return receipts.knows_bundle(ledger, manifest)

    def tops(self, device: str) -> dict[str, int]:
        """Give the greatest number held of a device's sessions, by their ids."""
        with self._reading() as ledger:
            return ledger.peers.tops(device)

    def brought(self, manifest: str) -> list[RevisionName]:
        """Give the names of the revisions that a bundle was the first to bring."""
        with self._reading() as ledger:
            return receipts.brought(ledger, manifest)

    def missing(self, device: str) -> list[int]:
        """Give the numbers of a device's bundles for this workspace that did not come."""
        with self._reading() as ledger:
            return receipts.missing(ledger, receipts.audience_of(self.info.office), device)

    def pending(self, audience: str, items: Collection[str] | None) -> int:
        """Count the revisions that an audience has not acknowledged, of these items or of all."""
        with self._reading() as ledger:
            return outgoing.choose_pending(ledger, self.info, audience, items)

    def blob_path(self, sha256: str) -> Path | None:
        """Give where an attachment lies, `None` while it has not come."""
        path = attachments.path_of(self.folder, sha256)
        return path if path.is_file() else None

    def wanted_blobs(self) -> list[str]:
        """Give the SHA-256 of the attachments that have not come."""
        with self._reading() as ledger:
            return attachments.wanted(ledger)

    def verify(self) -> tuple[Problem, ...]:
        """Compare everything kept with what it must be; gives what is wrong."""
        with self._reading() as ledger:
            return safekeeping.verify(ledger, self.folder)

    def backup(self, target: Path) -> None:
        """Copy the workspace, also while it is written in, to a folder that is new or empty.

        Raises `WorkspaceError("workspace-exists")` when there is something in it.
        """
        safekeeping.backup(self.folder, target)

    def rebuild(self) -> int:
        """Read every register from the ledger again; gives how many showed something else."""
        with opening.doubting(self.folder), self._writing():
            return safekeeping.rebuild(self._ledger)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._lock is None:
            raise WorkspaceError("workspace-readonly", folder=self.folder)
        with self._gate, opening.translated(self.folder):
            if self._connection.in_transaction():
                raise RuntimeError("a transaction is already open in this thread")
            self._connection.info["begin"] = opening.WRITING
            try:
                with self._connection.begin():
                    yield
            except BaseException:
                self._pen = None  # its numbers were taken back, and must not be used again
                self._ledger.forget()
                raise

    @contextmanager
    def transaction(
        self,
        author: str,
        *,
        clock: Callable[[], datetime],
        randomness: Callable[[int], bytes],
    ) -> Iterator[Transaction]:
        """Write: everything of the block, or on any exception nothing of it.

        Raises `WorkspaceError("workspace-readonly")` when this is not the workspace's writer.
        """
        with self._writing():
            writer = Transaction(
                self._ledger,
                self.folder,
                self.info,
                self._pen,
                author=author,
                clock=clock,
                randomness=randomness,
            )
            try:
                yield writer
            finally:
                writer.end()
        self._pen, self.info = writer.pen, writer.info
