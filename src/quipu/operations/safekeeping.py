"""Keeping a workspace safe: back it up in one file, and bring it back."""

import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quipu.disk import replacing
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations import identities
from quipu.operations.house import House
from quipu.operations.running import now, randomness
from quipu.operations.verifying import Verification, verify
from quipu.operations.workspaces import RESTORED, check_empty, display_name, making
from quipu.store.workspace import Workspace, open_workspace

__all__ = ["BackupMade", "Restored", "Verification", "backup", "restore", "verify"]

_LABEL = "quipu-backup.json"
_FORMAT = 1
_BROKEN = (zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError, zlib.error, OSError)


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup file and its size."""

    file: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A workspace that came back from a backup."""

    folder: Path
    dataset: str


def backup(house: House, *, file: Path) -> BackupMade:
    """Write the whole workspace, without any key, to one file; others may go on writing in it.

    Raises `InputError("file-not-written", file, reason)`.
    """
    label = {
        "format": _FORMAT,
        "dataset": house.dataset,
        "name": display_name(house.workspace),
        "made_at": house.clock().isoformat(timespec="seconds"),
    }
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "workspace"
        house.workspace.backup(copy)
        try:
            with replacing(file) as target:
                _pack(copy, label, target)
        except OSError as error:
            raise InputError("file-not-written", file=file, reason=error.strerror) from error
    return BackupMade(file, file.stat().st_size)


def _pack(folder: Path, label: dict[str, object], target: BinaryIO) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_LABEL, json.dumps(label, ensure_ascii=False))
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())


def restore(*, file: Path, folder: Path) -> Restored:
    """Make a workspace of a backup, in a folder that is new or empty.

    The workspace goes on under a device key of its own, from the first time that it is opened to
    write: the lost one may have sent what this one does not know. Raises `InputError`
    `file-missing`, `backup-not-one`, `backup-damaged`, `folder-not-empty`, and `WorkspaceError`.
    """
    check_empty(folder)
    with _opened(file) as archive, making(folder) as beside:
        _unpack(archive, beside, file)
        with open_workspace(beside, write=True) as workspace:
            _mark(workspace)
    with open_workspace(folder) as workspace:
        found = Restored(folder, workspace.info.dataset)
        if identities.recall(workspace.info.device.id) is None:
            identities.remember(workspace, display_name(workspace))
    return found


def _mark(workspace: Workspace) -> None:
    with workspace.transaction("", clock=now, randomness=randomness) as transaction:
        transaction.set_meta(RESTORED, "yes")


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    if not file.is_file():
        raise InputError("file-missing", file=file)
    try:
        archive = zipfile.ZipFile(file)
        label = json.loads(archive.read(_LABEL))
        known = label["format"] == _FORMAT
    except _BROKEN as error:
        raise InputError("backup-not-one", file=file) from error
    if not known:
        raise InputError("backup-newer", file=file)
    with archive:
        yield archive


def _unpack(archive: zipfile.ZipFile, folder: Path, file: Path) -> None:
    """Write the members beside each other under names of our own; nothing else is extracted."""
    (folder / "attachments").mkdir(parents=True)
    try:
        for entry in archive.infolist():
            if entry.filename == _LABEL:
                continue
            with archive.open(entry) as source, _target(folder, entry.filename).open("xb") as copy:
                shutil.copyfileobj(source, copy)
        with open_workspace(folder):
            return
    except (*_BROKEN, WorkspaceError) as error:
        raise InputError("backup-damaged", file=file) from error


def _target(folder: Path, name: str) -> Path:
    if name == "quipu.db":
        return folder / name
    kind, _, sha256 = name.partition("/")
    if kind != "attachments" or len(sha256) != 64 or not sha256.isalnum():
        raise ValueError(name)
    return folder / kind / sha256
