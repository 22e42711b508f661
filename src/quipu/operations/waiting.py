"""Sound bundles of devices that the centre must let in first: kept until it did."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quipu.disk import replacing
from quipu.domain.errors import BundleError, WorkspaceError
from quipu.operations.house import House
from quipu.sync.certificates import Certified

FOLDER = "waiting"
_NOTE = "device.json"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A device that waits: its key, office and role, the device it copies, when it came last.

    `files` are its bundles, in the order they came.
    """

    device: str
    key: str
    office: str
    role: str
    name: str
    units: tuple[str, ...]
    not_before: str
    not_after: str
    copy_of: str
    came_at: str
    files: tuple[Path, ...] = ()


def hold(house: House, bundle: Path, refusal: BundleError) -> None:
    """Keep a bundle whose device waits, with what its certificates say of it."""
    sender = refusal.params["sender"]
    assert isinstance(sender, Certified)
    folder = house.folder / FOLDER / sender.device
    note = {
        "device": sender.device,
        "key": sender.key,
        "office": sender.office,
        "role": sender.role,
        "name": sender.name,
        "units": list(sender.units),
        "not_before": sender.not_before,
        "not_after": sender.not_after,
        "copy_of": sender.line[-2] if len(sender.line) > 1 else "",
        "came_at": house.clock().isoformat(timespec="seconds"),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with bundle.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
            number = f"{len(_files(folder)) + 1:04}"
            if not any(file.name.endswith(digest) for file in _files(folder)):
                source.seek(0)
                with replacing(folder / f"{number}-{digest}") as copy:
                    shutil.copyfileobj(source, copy)
        with replacing(folder / _NOTE) as file:
            file.write(json.dumps(note, ensure_ascii=False).encode())
    except OSError as error:
        raise WorkspaceError("workspace-disk", folder=folder, reason=error.strerror) from error


def waiting(folder: Path) -> list[Waiting]:
    """Give the devices that wait in a workspace, by their ids."""
    return list(_waiting(folder))


def _waiting(folder: Path) -> Iterator[Waiting]:
    for note in sorted((folder / FOLDER).glob(f"*/{_NOTE}")):
        try:
            said = json.loads(note.read_bytes())
            said["units"] = tuple(said["units"])
            yield Waiting(**said, files=tuple(_files(note.parent)))
        except (OSError, ValueError, TypeError, KeyError):
            continue  # half written before a power cut: the office's next bundle says it again


def let_go(folder: Path, device: str) -> None:
    """Forget what was kept of a device: its bundles went in, or it shall never come in."""
    shutil.rmtree(folder / FOLDER / device, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("[0-9]*-*") if file.is_file())
