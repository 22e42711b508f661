"""A workspace made again of bundles alone, where a disk was lost or a ledger damaged.

Revisions are a set, so bundles in any order make the same ledger. Nothing is judged anew: what the
centre refused it wrote down, and that travelled like any fact.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from quipu.disk import digest_of, flush_folder
from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.domain.parcel import DeviceInfo
from quipu.operations import identities
from quipu.operations.believing import trust_in
from quipu.operations.gaps import RECEIVED, Gap, gaps
from quipu.operations.gathering import Found, Skipped, gather, skipped
from quipu.operations.packing import ARCHIVE, keep_copy, take_blobs
from quipu.operations.reception import AUTHOR
from quipu.operations.revoking import refuse_revoked
from quipu.operations.running import Clock, Randomness, now, randomness
from quipu.operations.workspaces import ROOT, check_empty, making, open_house, remember
from quipu.store import attachments, dated, place
from quipu.store.workspace import Workspace, WorkspaceInfo, create, open_workspace
from quipu.sync.bundle import read_bundle
from quipu.sync.certificates import certify_centre
from quipu.sync.receiving import ReceivingKey, mailbox_key
from quipu.sync.recovery import root_of
from quipu.sync.trust import Trust

VERSIONS = 32
"""Versions of the mailbox that are tried on sealed bundles: none says which it was sealed to."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A workspace that was made of bundles, and what is not in it.

    `device` is the one that it writes as now. `bundles` and `revisions` went in. `last` is when the
    last bundle of each side's own computer was made, as that says, `""` where none is there: what
    it wrote afterwards is nowhere. `skipped` are the files that gave nothing, `missing` the bundles
    that later ones show to have existed. `replaced` names the backup of what stood there.
    """

    folder: Path
    dataset: str
    device: str
    bundles: int
    revisions: int
    last: str
    skipped: tuple[Skipped, ...]
    missing: tuple[Gap, ...]
    replaced: str = ""


def rebuild_centre(
    *,
    folder: Path,
    words: str,
    bundles: Path,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> Rebuilt:
    """Make a centre's workspace of the words of its root and a folder of bundles.

    The bundles are those of the lost workspace's `archive`, or files that were sent or received,
    sealed to the mailbox or not. Nothing is made unless one of them is the root's. Raises
    `InputError` as `recover` does, `folder-not-empty`, `bundles-missing` (folder).
    """
    check_empty(folder)
    root = root_of(words)
    with _opened(bundles, [mailbox_key(root, n) for n in range(1, VERSIONS + 1)]) as (found, left):
        dataset = _dataset(found, root.public, bundles)
        at = clock().isoformat(timespec="seconds")
        key, device = identities.new_signing_key(randomness), identities.new_uuid(randomness)
        certificate = certify_centre(
            root, dataset=dataset, device=device, key=key.public, issued_at=at
        )
        own = DeviceInfo(device, "", key.public, (certificate,))
        info = WorkspaceInfo(dataset, "centre", "", own, at)
        with making(folder) as beside:
            create(beside, info)
            told = _fill(beside, root.public, found, left, clock, randomness)
            identities.keep(device, key)
            if not identities.has_root(dataset):
                identities.keep(identities.root_name(dataset), root)
    remember(folder)
    return _finished(folder, told, clock)


def repair_from_archive(
    *, folder: Path, clock: Clock = now, randomness: Randomness = randomness
) -> Rebuilt:
    """Make a workspace's ledger again of the bundles in its archive; nothing is thrown away.

    It goes on under a device key of its own, as after any restoring: nobody knows what the damaged
    ledger had written last. What stood there becomes a dated backup. Raises `WorkspaceError`
    `repair-needs-backup` where this machine cannot tell whose workspace it was, `key-missing`,
    `workspace-busy`, and `InputError("bundles-missing", folder)`.
    """
    archive = folder / ARCHIVE
    with _opened(archive, []) as (found, left):
        info, root = _former(folder, found)
        with tempfile.TemporaryDirectory(prefix=".quipu-", dir=folder.parent) as within:
            beside = Path(within) / "workspace"
            create(beside, info)
            _take_attachments(folder, beside)
            told = _fill(beside, root, found, left, clock, randomness)
            with open_workspace(beside, write=True) as workspace:
                identities.adopt(workspace, clock=clock, randomness=randomness)
            for file in (beside / attachments.FOLDER).glob("*"):
                target = folder / attachments.FOLDER / file.name
                target.parent.mkdir(exist_ok=True)
                file.replace(target)
            name = dated.take_in(folder, beside, clock())
        kept = dated.bring_back(folder, name, clock(), notes={})
    remember(folder)
    done = _finished(folder, told, clock)
    return replace(done, replaced=kept.name if kept is not None else "")


@dataclass(frozen=True, slots=True)
class _Told:
    bundles: int
    revisions: int
    last: str
    skipped: tuple[Skipped, ...]


@contextmanager
def _opened(
    folder: Path, keys: Sequence[ReceivingKey]
) -> Iterator[tuple[list[Found], list[Skipped]]]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    if not files:
        raise InputError("bundles-missing", folder=folder)
    with tempfile.TemporaryDirectory() as within:
        try:
            yield gather(files, keys, Path(within))
        except OSError as error:
            code = "workspace-full" if place.is_full(error) else "workspace-disk"
            raise WorkspaceError(code, folder=folder, reason=error.strerror) from error


def _dataset(found: Sequence[Found], root: str, folder: Path) -> str:
    """Give the institution of the bundles whose certificates begin at a root."""
    named = [one.said.dataset for one in found if _issuer(one) == root]
    if not named:
        raise InputError("root-of-another" if found else "bundles-missing", folder=folder)
    return max(sorted(set(named)), key=named.count)


def _issuer(one: Found) -> str:
    return str(one.said.chain[0].get("issuer", "")) if one.said.chain else ""


def _former(folder: Path, found: Sequence[Found]) -> tuple[WorkspaceInfo, str]:
    """Give whose workspace a folder is, and its root: as it says, else as its own bundles say."""
    with contextlib.suppress(WorkspaceError), open_workspace(folder) as workspace:
        root = workspace.meta(ROOT)
        if root:
            return workspace.info, root
    here = [one for one in identities.records() if one.folder == str(folder.resolve())]
    for record in here:
        key = identities.key_of(record.device)
        for one in found:
            if (one.said.device, one.said.key) == (record.device, key.public):
                chain = tuple(one.said.chain)
                device = DeviceInfo(record.device, one.said.office, key.public, chain)
                office, at = one.said.office, one.said.made_at
                info = WorkspaceInfo(record.dataset, record.role, office, device, at)
                return info, _issuer(one)
    raise WorkspaceError("repair-needs-backup", folder=folder)


def _take_attachments(folder: Path, beside: Path) -> None:
    """Take along the attachments that are what their names say."""
    for file in (folder / attachments.FOLDER).glob("[0-9a-f]*"):
        if file.is_file() and digest_of(file) == file.name:
            shutil.copyfile(file, beside / attachments.FOLDER / file.name)


def _fill(
    folder: Path,
    root: str,
    found: Sequence[Found],
    left: Sequence[Skipped],
    clock: Clock,
    chance: Randomness,
) -> _Told:
    """Merge bundles into a new workspace; one that another must come before is tried again.

    The centre's come first: they tell when those of the offices were received.
    """
    waiting = sorted(found, key=lambda one: (one.said.office, one.said.made_at, one.manifest))
    bundles = revisions = 0
    refused: dict[str, Skipped] = {}
    with open_workspace(folder, write=True) as workspace:
        with workspace.transaction(AUTHOR, clock=clock, randomness=chance) as transaction:
            transaction.set_meta(ROOT, root)
        filler = _Filler(workspace, {}, clock, chance)
        progress = True
        while waiting and progress:
            again = []
            for one in waiting:
                try:
                    revisions += filler.take(one)
                    bundles += 1
                except BundleError as refusal:
                    again.append(one)
                    refused[one.manifest] = skipped(one.name, refusal)
            progress, waiting = len(again) < len(waiting), again
        last = max(
            (one.made_at for one in workspace.bundles() if one.office == workspace.info.office),
            default="",
        )
        if (folder / ARCHIVE).is_dir():
            flush_folder(folder / ARCHIVE)
    over = tuple(refused[one.manifest] for one in waiting)
    return _Told(bundles, revisions, last, (*left, *over))


@dataclass(frozen=True, slots=True)
class _Filler:
    """A new workspace that takes in bundles; `received`: when they had come, says the centre."""

    workspace: Workspace
    received: dict[str, str]
    clock: Clock
    chance: Randomness

    def take(self, one: Found) -> int:
        """Merge a bundle; gives how many revisions were new. Raises `BundleError`."""
        workspace = self.workspace
        bundle = read_bundle(one.path, trust=self._trust(one))
        own = workspace.info.device.id
        devices = tuple(device for device in bundle.parcel.devices if device.id != own)
        with workspace.transaction(AUTHOR, clock=self.clock, randomness=self.chance) as transaction:
            take_blobs(transaction, bundle)
            merged = transaction.merge(
                replace(bundle.parcel, devices=devices),
                manifest=one.manifest,
                file_name=one.name,
                received_at=self.received.get(one.manifest, one.said.made_at),
            )
        keep_copy(workspace.folder, one.path, one.manifest, flush=False)
        if not bundle.parcel.office:
            self.received.update(_moments(bundle.parcel.extra.get(RECEIVED)))
        return merged.new

    def _trust(self, one: Found) -> Trust:
        """Believe what the centre's root leads to, whoever it was for; what counts, facts tell."""
        return replace(trust_in(self.workspace, frozenset({one.said.audience})), revoked={})


def _moments(said: object) -> dict[str, str]:
    found = said if isinstance(said, Mapping) else {}
    return {str(key): value[:40] for key, value in found.items() if isinstance(value, str)}


def _finished(folder: Path, told: _Told, clock: Clock) -> Rebuilt:
    with open_house(folder=folder, write=True, clock=clock) as house:
        refuse_revoked(house)
        return Rebuilt(
            folder=folder,
            dataset=house.dataset,
            device=house.workspace.info.device.id,
            bundles=told.bundles,
            revisions=told.revisions,
            last=told.last,
            skipped=told.skipped,
            missing=tuple(gaps(house)),
        )
