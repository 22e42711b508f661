"""Taking in bundles: each verified whole, then merged in one transaction, then archived."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Literal

from quipu.disk import digest_of, flush_folder
from quipu.domain.columns import columns_of
from quipu.domain.errors import BundleError, InputError, QuipuError, WorkspaceError
from quipu.domain.parcel import DeviceInfo, Parcel
from quipu.operations import reception, waiting
from quipu.operations.backups import back_up_first
from quipu.operations.believing import admitted_key, of_others, trust_of
from quipu.operations.delivery import Deliveries
from quipu.operations.disputes import count_disputes
from quipu.operations.forks import note_forks, part_ways
from quipu.operations.gaps import asked_of
from quipu.operations.gesture import writable
from quipu.operations.house import House
from quipu.operations.mailbox import take_boxes
from quipu.operations.newer import keep_newer, kept_newer
from quipu.operations.packing import ARCHIVE, is_kept, keep_copy, take_blobs
from quipu.operations.relaying import DEEPEST, each_enclosed, keep
from quipu.operations.revoking import refuse_revoked
from quipu.operations.running import CancelCheck, Progress, step
from quipu.operations.scratch import scratch
from quipu.operations.sealing import opened, opening_keys
from quipu.store import place
from quipu.sync.bundle import BundleRead, read_bundle
from quipu.sync.receiving import ReceivingKey
from quipu.sync.trust import WAITING, Trust

BundleState = Literal["merged", "already", "partly", "refused", "kept", "waiting", "carried"]


@dataclass(frozen=True, slots=True)
class BundleResult:
    """What became of one file.

    `sender` is the office's name (`""` the centre's). `revisions` counts what it carries, `new`
    what was not known, `refused` what its office may not write, `missing` attachments still to
    come, `disputes` addresses that it left disputed. `reason` is the code of a refusal, with the
    `params` of its sentence. A part of a bundle is `waiting` for the parts that the reason names,
    or `kept` where another part of it came after. `enclosed` is what became of the bundles of
    others that it brought along: one that is for another office is `carried` until handed on.
    `asked` are the numbers of this computer's bundles that the sender says never came.
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
    enclosed: tuple[BundleResult, ...] = ()
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of all files, in the order given, and how many disputes are open now.

    `parted`: this workspace was one of two that wrote as one device, and now has its own.
    """

    bundles: tuple[BundleResult, ...]
    disputes_open: int
    parted: bool = False


def with_enclosed(bundles: Iterable[BundleResult]) -> Iterator[BundleResult]:
    """Give bundles, each followed by those that it enclosed."""
    for one in bundles:
        yield one
        yield from with_enclosed(one.enclosed)


def merge_bundles(
    house: House,
    *,
    files: Sequence[Path],
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Merged:
    """Merge files one after the other; one that is refused does not hold up the rest.

    Parts of a bundle may come in any order and in several sittings. A cancelled merge keeps the
    files that went in and raises `Cancelled`. Bundles that were too new when they came are kept,
    and merged here once the program was updated; they follow the others.
    """
    writable(house)
    back_up_first(house)
    results = []
    with _sitting(house) as sitting:
        updated = _updated(sitting)
        for index, file in enumerate(files):
            step(progress, cancelled, index, len(files))
            try:
                with _taken_in(sitting, file) as copy:
                    results.append(_arrived(sitting, copy, index, file))
            except (BundleError, InputError) as refusal:
                results.append(_refused(file, refusal))
        results += _let_in(sitting)
    step(progress, None, len(files), len(files))
    refuse_revoked(house)
    note_forks(house, reception.AUTHOR)
    kept = sitting.deliveries.superseded()
    bundles = (
        BundleResult(one.file, "", "kept") if index in kept and one.state == "waiting" else one
        for index, one in enumerate(results)
    )
    return Merged((*bundles, *updated), count_disputes(house), part_ways(house))


def _updated(sitting: _Sitting) -> list[BundleResult]:
    """Merge the bundles that were too new when they came, and no longer are."""
    results = []
    for one in kept_newer(sitting.house.folder):
        try:
            result = replace(_take(sitting, one.path, one.name), file=Path(one.name))
        except BundleError as refusal:
            if refusal.code == "bundle-too-new":
                continue
            params = {**refusal.params, "file": one.name}
            result = BundleResult(Path(one.name), "", "refused", reason=refusal.code, params=params)
        one.forget()
        results.append(result)
    return results


def merge_waiting(house: House) -> list[BundleResult]:
    """Merge the bundles of devices that waited and have been let in since, here or elsewhere."""
    with _sitting(house) as sitting:
        return _let_in(sitting)


def _let_in(sitting: _Sitting) -> list[BundleResult]:
    house = sitting.house
    results = []
    for one in waiting.waiting(house.folder):
        if admitted_key(house.workspace, one.device) != one.key:
            continue
        for file in one.files:
            try:
                results.append(_take(sitting, file, f"{one.device}.quipu"))
            except BundleError as refusal:
                results.append(_refused(file, refusal))
        waiting.let_go(house.folder, one.device)
    return results


def _refused(file: Path, refusal: QuipuError) -> BundleResult:
    params = {**refusal.params, "file": file.name}
    return BundleResult(file, "", "refused", reason=refusal.code, params=params)


@dataclass(frozen=True, slots=True)
class _Sitting:
    """What all files of one merge share, so that none costs more when there are many.

    `devices` are those that `trust` knows; those that a bundle brought are added. `keys` open
    what came sealed; `look_again` has them looked for anew.
    """

    house: House
    inbox: Path
    deliveries: Deliveries
    trust: Trust
    devices: dict[str, DeviceInfo]
    keys: Callable[[], list[ReceivingKey]]
    look_again: Callable[[], None]

    def name(self, office: str) -> str:
        """Give the name of an office, `""` for the centre."""
        return self.house.facts({office}).text(office, "name") if office else ""

    def learn(self, parcel: Parcel) -> None:
        """Know the devices that a merged bundle brought as the workspace knows them now."""
        brought = [one.id for one in parcel.devices if self.devices.get(one.id) != one]
        if brought:
            self.devices.update({one.id: one for one in self.house.workspace.devices(brought)})


@contextmanager
def _sitting(house: House) -> Iterator[_Sitting]:
    """Begin to take in files; in the end, what was archived is flushed to the disk."""
    trust = trust_of(house)
    devices = dict(trust.devices)
    with scratch(house.folder) as inbox:
        try:
            trusting = replace(trust, devices=devices)
            keys = cache(partial(opening_keys, house.workspace))
            deliveries = Deliveries(house.folder)
            yield _Sitting(house, inbox, deliveries, trusting, devices, keys, keys.cache_clear)
        finally:
            if (house.folder / ARCHIVE).is_dir():
                flush_folder(house.folder / ARCHIVE)


@contextmanager
def _taken_in(sitting: _Sitting, file: Path) -> Iterator[Path]:
    """Copy a file into the workspace, so that nobody changes it, or pulls it out, meanwhile."""
    folder = sitting.inbox
    if file.is_file():
        # Its copy here, its copy in the archive, and what it makes the database grow by.
        place.demand_room(folder, 3 * file.stat().st_size)
    copy = folder / file.name
    try:
        try:
            shutil.copyfile(file, copy)
        except (FileNotFoundError, IsADirectoryError):
            raise InputError("file-missing", file=file) from None
        except OSError as error:
            if place.is_full(error):
                reason = error.strerror
                raise WorkspaceError("workspace-full", folder=folder, reason=reason) from error
            raise InputError("file-unreadable", file=file, reason=error.strerror) from error
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _arrived(sitting: _Sitting, copy: Path, index: int, file: Path) -> BundleResult:
    """Merge a file that is a bundle, or makes one with the parts that came before."""
    deliveries = sitting.deliveries
    arrival = deliveries.arrive(copy, index)
    if arrival.path is None and not arrival.waiting:
        return BundleResult(file, "", "kept")
    if arrival.path is None:
        told = {**arrival.waiting, "file": file.name}
        return BundleResult(file, "", "waiting", reason="parts-missing", params=told)
    try:
        result = _take(sitting, arrival.path, file.name)
    except BundleError as refusal:
        if refusal.code == "bundle-too-new":
            keep_newer(sitting.house, arrival.path, file.name)
        deliveries.forget(arrival)
        raise
    deliveries.forget(arrival)
    return replace(result, file=file)


def _take(sitting: _Sitting, file: Path, name: str, depth: int = 1) -> BundleResult:
    """Merge a bundle, sealed or not; `depth` counts the bundles around it, and itself.

    One whose device must be let in first is kept, and waits.
    """
    digest = digest_of(file)
    known = _known(sitting, digest)
    if known is not None:
        return replace(known, file=file)
    try:
        with opened(file, sitting.trust, sitting.keys, sitting.inbox) as inner:
            return _merge(sitting, _Copy(inner, name, digest), depth)
    except BundleError as refusal:
        if refusal.code not in WAITING:
            raise
        waiting.hold(sitting.house, file, refusal)
        told = {"file": name, "device": refusal.params["device"]}
        return BundleResult(file, "", "waiting", reason=refusal.code, params=told)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A bundle's file as it was signed, what it was called, and the SHA-256 of how it came."""

    file: Path
    name: str
    sha256: str


def _known(sitting: _Sitting, digest: str) -> BundleResult | None:
    """Tell of a file that was merged and archived already, byte for byte; nothing in it is read.

    `None` where there is more to do, or to look for.
    """
    house = sitting.house
    entry = house.workspace.received_as(digest)
    if entry is None or not is_kept(house.folder, entry.manifest) or house.workspace.wanted_blobs():
        return None
    return BundleResult(Path(), sitting.name(entry.office), "already", revisions=entry.revisions)


def _merge(sitting: _Sitting, copy: _Copy, depth: int) -> BundleResult:
    bundle = read_bundle(copy.file, trust=sitting.trust)
    if bundle.enclosed:
        if depth > DEEPEST:
            raise BundleError("relay-too-deep", file=copy.name)
        copy = replace(copy, sha256="")  # what is inside may be to do again
    result = _merge_read(sitting, bundle, copy)
    return replace(result, enclosed=_enclosed(sitting, bundle, depth))


def _enclosed(sitting: _Sitting, bundle: BundleRead, depth: int) -> tuple[BundleResult, ...]:
    """Merge the bundles of others inside one; what is wrong with one does not hold up the rest."""

    def merge(file: Path, name: str) -> BundleResult:
        try:
            return replace(_take(sitting, file, name, depth + 1), file=Path(name))
        except (BundleError, InputError) as refusal:
            if refusal.code == "bundle-too-new":
                keep_newer(sitting.house, file, name)
            params = {**refusal.params, "file": name}
            return BundleResult(Path(name), "", "refused", reason=refusal.code, params=params)

    def kept(file: Path, name: str) -> BundleResult:
        keep(sitting.house, file, name)
        return BundleResult(Path(name), "", "carried")

    return tuple(each_enclosed(sitting.house, bundle, merge=merge, kept=kept))


def _merge_read(sitting: _Sitting, bundle: BundleRead, copy: _Copy) -> BundleResult:
    house, file = sitting.house, copy.file
    parcel, manifest = bundle.parcel, bundle.manifest_sha256
    workspace = house.workspace
    if workspace.knows_bundle(manifest):
        keep_copy(house.folder, file, manifest)
        return _result(sitting, bundle, BundleResult(file, "", "already"))
    if house.role == "centre" and not parcel.office and take_boxes(workspace, parcel.extra):
        sitting.look_again()
    with workspace.transaction(
        reception.AUTHOR, clock=house.clock, randomness=house.randomness
    ) as transaction:
        take_blobs(transaction, bundle)
        now = house.clock()
        desk = reception.look(house, transaction, parcel, now)
        merged = transaction.merge(
            of_others(house, parcel),
            manifest=manifest,
            file_name=copy.name,
            received_at=now.isoformat(timespec="seconds"),
            file_sha256=copy.sha256,
            state="merged",
        )
        late = reception.refuse(transaction, parcel, desk, manifest) if desk is not None else 0
    sitting.learn(parcel)
    keep_copy(house.folder, file, manifest, flush=False)
    result = BundleResult(
        file, "", "merged", new=merged.new, refused=merged.refused + late, disputes=merged.disputes
    )
    return _result(sitting, bundle, result)


def _result(sitting: _Sitting, bundle: BundleRead, result: BundleResult) -> BundleResult:
    parcel, workspace = bundle.parcel, sitting.house.workspace
    spoken_of = {blob.sha256 for blob in columns_of(parcel.revisions).blobs()}
    missing = sum(workspace.blob_path(blob) is None for blob in spoken_of)
    partly = result.state == "merged" and (result.refused or missing)
    entry = workspace.received(bundle.manifest_sha256)
    return replace(
        result,
        asked=asked_of(sitting.house, entry) if entry is not None else (),
        sender=sitting.name(parcel.office),
        revisions=len(parcel.revisions),
        missing=missing,
        state="partly" if partly else result.state,
    )
