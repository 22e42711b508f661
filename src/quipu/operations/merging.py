"""Taking in bundles: each verified whole, then merged in one transaction, then archived."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.domain.value import Blob
from quipu.operations.gesture import writable
from quipu.operations.house import House
from quipu.operations.packing import INBOX, keep_copy, take_blobs
from quipu.operations.running import CancelCheck, Progress, step
from quipu.operations.workspaces import ROOT
from quipu.store.entries import CENTRE
from quipu.sync.bundle import BundleRead, read_bundle
from quipu.sync.trust import Trust

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
    writable(house)
    results = []
    for index, file in enumerate(files):
        step(progress, cancelled, index, len(files))
        try:
            with _taken_in(house, file) as copy:
                results.append(replace(_merge(house, copy, file.name), file=file))
        except (BundleError, InputError) as refusal:
            params = {**refusal.params, "file": file.name}
            results.append(BundleResult(file, "", "refused", reason=refusal.code, params=params))
    step(progress, None, len(files), len(files))
    return Merged(tuple(results), len(house.workspace.disputes()))


def trust_of(house: House) -> Trust:
    """Give whom this workspace believes."""
    workspace = house.workspace
    root = workspace.meta(ROOT)
    if root is None:
        raise WorkspaceError("workspace-damaged", folder=house.folder, reason=ROOT)
    return Trust(
        dataset=house.dataset,
        audiences=frozenset({house.office or CENTRE}),
        root=root,
        devices={device.id: device for device in workspace.devices()},
    )


@contextmanager
def _taken_in(house: House, file: Path) -> Iterator[Path]:
    """Copy a file into the workspace, so that nobody changes it, or pulls it out, meanwhile."""
    inbox = house.folder / INBOX
    try:
        inbox.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=inbox))
    except OSError as error:
        raise WorkspaceError("workspace-disk", folder=inbox, reason=error.strerror) from error
    try:
        copy = folder / file.name
        try:
            shutil.copyfile(file, copy)
        except (FileNotFoundError, IsADirectoryError):
            raise InputError("file-missing", file=file) from None
        except OSError as error:
            raise InputError("file-unreadable", file=file, reason=error.strerror) from error
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _merge(house: House, file: Path, name: str) -> BundleResult:
    bundle = read_bundle(file, trust=trust_of(house))
    parcel, manifest = bundle.parcel, bundle.manifest_sha256
    workspace = house.workspace
    if workspace.knows_bundle(manifest):
        keep_copy(house.folder, file, manifest)
        return _result(house, bundle, BundleResult(file, "", "already"))
    with workspace.transaction("", clock=house.clock, randomness=house.randomness) as transaction:
        take_blobs(transaction, bundle)
        merged = transaction.merge(
            parcel,
            manifest=manifest,
            file_name=name,
            received_at=house.clock().isoformat(timespec="seconds"),
            state="merged",
        )
    keep_copy(house.folder, file, manifest)
    result = BundleResult(
        file, "", "merged", new=merged.new, refused=merged.refused, disputes=merged.disputes
    )
    return _result(house, bundle, result)


def _result(house: House, bundle: BundleRead, result: BundleResult) -> BundleResult:
    parcel = bundle.parcel
    spoken_of = {
        revision.value.sha256 for revision in parcel.revisions if isinstance(revision.value, Blob)
    }
    missing = sum(house.workspace.blob_path(blob) is None for blob in spoken_of)
    facts = house.facts({parcel.office} - {""})
    partly = result.state == "merged" and (result.refused or missing)
    return replace(
        result,
        sender=facts.text(parcel.office, "name"),
        revisions=len(parcel.revisions),
        missing=missing,
        state="partly" if partly else result.state,
    )
