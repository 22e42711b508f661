"""Which device a workspace writes as, and what this machine remembers of its workspaces.

Keys and records lie outside every workspace, so that a copied folder carries neither: the record
says where the workspace of a device was, and by that a moved folder is told from a copied one.
"""

import json
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from quipu import settings
from quipu.disk import replacing
from quipu.domain.errors import WorkspaceError
from quipu.domain.parcel import DeviceInfo
from quipu.operations.running import Clock, Randomness
from quipu.operations.unlocking import rest
from quipu.store.workspace import Workspace, WorkspaceInfo, open_workspace
from quipu.sync.certificates import LONGEST_CHAIN, Certificate, certify_centre, certify_copy
from quipu.sync.keyfiles import key_file, load_key, save_key
from quipu.sync.keys import SigningKey

Found = Literal["same", "moved", "copied"]


@dataclass(frozen=True, slots=True)
class Record:
    """Where the workspace of a device was last seen on this machine.

    `disk` and `place` are the numbers of the folder's disk and of the folder on it, by which it
    is known again under another name.
    """

    device: str
    folder: str
    disk: int
    place: int
    dataset: str
    role: Literal["centre", "office"]
    name: str


def new_signing_key(randomness: Randomness) -> SigningKey:
    """Make a key of random bytes."""
    return SigningKey.from_secret(randomness(32).hex())


def new_uuid(randomness: Randomness) -> str:
    """Make the id of a device or of a dataset."""
    return str(uuid.UUID(bytes=randomness(16), version=4))


def root_name(dataset: str) -> str:
    """Give the name under which an institution's root key is kept."""
    return f"root-{dataset}"


def signing_key(info: WorkspaceInfo) -> SigningKey:
    """Give this machine's key of a workspace's device; raises `WorkspaceError("key-missing")`."""
    return key_of(info.device.id)


def key_of(device: str) -> SigningKey:
    """Give this machine's key of a device; raises `WorkspaceError("key-missing")`."""
    return load_key(settings.keys_dir(), device, rest())


def maybe_key(device: str) -> SigningKey | None:
    """Give this machine's key of a device, `None` where it is not to be had."""
    try:
        return key_of(device)
    except WorkspaceError:
        return None


def mailbox_name(dataset: str, version: int) -> str:
    """Give the name under which a version of the mailbox's secret is kept."""
    return f"mailbox-{dataset}-{version}"


def mailbox_names(dataset: str) -> list[str]:
    """Give the names of the mailbox's secrets that this machine keeps by themselves."""
    return sorted(file.stem for file in settings.keys_dir().glob(f"mailbox-{dataset}-*.key"))


def keep(name: str, key: SigningKey) -> None:
    """Keep a new key on this machine, as its keys rest."""
    save_key(settings.keys_dir(), name, key, rest())


def has_key(info: WorkspaceInfo) -> bool:
    """Tell whether this machine has the key of a workspace's device."""
    return key_file(settings.keys_dir(), info.device.id).is_file()


def root_key(dataset: str) -> SigningKey:
    """Give the institution's root key; raises `WorkspaceError("key-missing")`."""
    return key_of(root_name(dataset))


def remember(workspace: Workspace, name: str) -> None:
    """Write down where the workspace of a device is now."""
    info, folder = workspace.info, workspace.folder.resolve()
    stat = folder.stat()
    record = Record(
        device=info.device.id,
        folder=str(folder),
        disk=stat.st_dev,
        place=stat.st_ino,
        dataset=info.dataset,
        role=info.role,
        name=name,
    )
    target = _records() / f"{info.device.id}.json"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(target) as file:
        file.write(json.dumps(asdict(record), ensure_ascii=False).encode())


def recall(device: str) -> Record | None:
    """Give what is remembered of a device's workspace; a damaged record is as none."""
    return _read(_records() / f"{device}.json")


def records() -> list[Record]:
    """Give all that this machine remembers, by name."""
    found = [_read(file) for file in _records().glob("*.json")]
    return sorted((record for record in found if record), key=lambda one: (one.name, one.folder))


def _records() -> Path:
    return settings.keys_dir() / "workspaces"


def _read(file: Path) -> Record | None:
    try:
        return Record(**json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def compare(workspace: Workspace, record: Record) -> Found:
    """Tell whether a workspace is where it was, was moved here, or is a copy of one still there."""
    folder = workspace.folder.resolve()
    if str(folder) == record.folder:
        return "same"
    stat = folder.stat()
    if (stat.st_dev, stat.st_ino) == (record.disk, record.place):
        return "moved"
    return "copied" if lives_at(Path(record.folder), record.device) else "moved"


def lives_at(folder: Path, device: str) -> bool:
    """Tell whether the workspace of a device is in a folder."""
    try:
        with open_workspace(folder) as workspace:
            return workspace.info.device.id == device
    except (WorkspaceError, OSError):
        return False


def adopt(workspace: Workspace, *, clock: Clock, randomness: Randomness) -> None:
    """Let a copied or restored workspace go on under a device key of its own.

    The root certifies it where this machine has the root, else the former device does. A copy
    that came from another computer has neither: it vouches for itself, and waits until the centre
    lets it in. Raises `WorkspaceError` `copies-too-many` where the chain would grow too long.
    """
    info = workspace.info
    key = new_signing_key(randomness)
    device = new_uuid(randomness)
    chain = _chain(info, device, key, clock().isoformat(timespec="seconds"))
    if len(chain) > LONGEST_CHAIN:
        raise WorkspaceError("copies-too-many", folder=workspace.folder)
    keep(device, key)
    with workspace.transaction("", clock=clock, randomness=randomness) as transaction:
        transaction.adopt_device(DeviceInfo(device, info.office, key.public, chain))


def _chain(
    info: WorkspaceInfo, device: str, key: SigningKey, issued_at: str
) -> tuple[Certificate, ...]:
    if info.role == "centre" and has_root(info.dataset):
        root = root_key(info.dataset)
        certificate = certify_centre(
            root, dataset=info.dataset, device=device, key=key.public, issued_at=issued_at
        )
        return (certificate,)
    issuer = signing_key(info) if has_key(info) else key
    last = info.device.chain[-1]
    copy = certify_copy(issuer, last, device=device, key=key.public, issued_at=issued_at)
    return (*info.device.chain, copy)


def has_root(dataset: str) -> bool:
    """Tell whether this machine has an institution's root key."""
    return key_file(settings.keys_dir(), root_name(dataset)).is_file()
