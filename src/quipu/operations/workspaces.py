"""Beginning and opening a workspace, and knowing one that was moved or copied."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quipu.disk import flush_folder
from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.facts import Facts
from quipu.domain.parcel import DeviceInfo
from quipu.operations import identities
from quipu.operations.house import House, Notice
from quipu.operations.methods import sound_methods
from quipu.operations.reading import sound_forms
from quipu.operations.running import Clock, Randomness, now, randomness
from quipu.operations.scratch import sweep
from quipu.store.workspace import Workspace, WorkspaceInfo, create, open_workspace
from quipu.sync.certificates import certify_centre
from quipu.sync.codes import check_code

ROOT = "root"
"""The note of a workspace that keeps the public half of the institution's root key."""

Foreseen = Literal["", "copied", "restored", "elsewhere"]

RESTORED = "restored"
"""The note of a workspace that came from a backup and has not been written in since."""


@dataclass(frozen=True, slots=True)
class Created:
    """A workspace that was made: its folder, the id of its data, and this machine's device."""

    folder: Path
    dataset: str
    device: str


@dataclass(frozen=True, slots=True)
class KnownWorkspace:
    """A workspace that was made or opened on this machine and is still where it was."""

    folder: Path
    name: str
    role: Literal["centre", "office"]
    dataset: str


def new_centre(
    *,
    folder: Path,
    institution: str,
    author: str,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> Created:
    """Make a centre's workspace in a folder that is new or empty.

    The keys (the institution's root and this device's own, certified by it) are kept outside the
    workspace. Raises `InputError` `name-missing` or `folder-not-empty`, and `WorkspaceError`
    `workspace-exists`.
    """
    name = " ".join(institution.split())
    if not name:
        raise InputError("name-missing")
    check_empty(folder)  # before any key is made
    dataset, device = identities.new_uuid(randomness), identities.new_uuid(randomness)
    root, key = identities.new_signing_key(randomness), identities.new_signing_key(randomness)
    at = clock().isoformat(timespec="seconds")
    certificate = certify_centre(root, dataset=dataset, device=device, key=key.public, issued_at=at)
    info = WorkspaceInfo(
        dataset, "centre", "", DeviceInfo(device, "", key.public, (certificate,)), at
    )
    identities.keep(identities.root_name(dataset), root)
    identities.keep(device, key)
    with making(folder) as beside:
        create(beside, info)
        with (
            open_workspace(beside, write=True) as workspace,
            workspace.transaction(author, clock=clock, randomness=randomness) as transaction,
        ):
            transaction.set_meta(ROOT, root.public)
            transaction.put(Address(dataset, "kind"), "institution")
            transaction.put(Address(dataset, "name"), name)
    remember(folder)
    return Created(folder, dataset, device)


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Give a place beside a folder in which to make its workspace, which is there whole or not.

    The folder must be new or empty, see `check_empty`; an exception leaves it as it was. Raises
    `InputError("folder-not-written", folder, reason)` where nothing can be made.
    """
    check_empty(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise InputError("folder-not-written", folder=folder, reason=error.strerror) from error
    try:
        yield scratch / "workspace"
        if folder.exists():
            folder.rmdir()
        (scratch / "workspace").rename(folder)
        flush_folder(folder.parent)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def remember(folder: Path) -> None:
    """Write down where a workspace that was just made is."""
    with open_workspace(folder) as workspace:
        identities.remember(workspace, display_name(workspace))


def check_empty(folder: Path) -> None:
    """Raise unless a folder is new or empty: `workspace-exists`, or `folder-not-empty`."""
    if (folder / "quipu.db").exists():
        raise WorkspaceError("workspace-exists", folder=folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("folder-not-empty", folder=folder)


def open_house(
    *,
    folder: Path,
    write: bool = False,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> House:
    """Open a workspace, to read or to write.

    A copy of a workspace whose original is still there goes on under a device key of its own,
    certified by the original's, and says so in a notice; so does one that came from a backup.
    Without a key reading works (`key-missing` is then a notice). An office's workspace that came
    from another computer goes on under a key that waits for the centre to let it in; else opening
    to write without a key raises `WorkspaceError("key-missing")`. A form file that is no form is
    left out, with a notice `form-skipped`.
    """
    forms, refused = sound_forms(folder)
    methods, broken = sound_methods(folder)
    skipped = tuple(Notice("form-skipped", error.params) for error in (*refused, *broken))
    workspace = open_workspace(folder, write=write)
    try:
        if write:
            sweep(folder)
            notices = _identify(workspace, clock, randomness)
        else:
            notices = _look(workspace)
    except BaseException:
        workspace.close()
        raise
    return House(workspace, forms, (*notices, *skipped), write, clock, randomness, methods)


def foreseen(*, folder: Path) -> Foreseen:
    """Tell, before a workspace is opened to write, whether it would go on as another device.

    For the question that a person is asked first: `copied` and `restored` go on at once,
    `elsewhere` waits for the centre; nothing is lost in any of them. `""` asks nothing.
    """
    with open_workspace(folder) as workspace:
        if _from_elsewhere(workspace):
            return "elsewhere"
        if workspace.meta(RESTORED) == "yes":
            return "restored"
        record = identities.recall(workspace.info.device.id)
        copied = record is not None and identities.compare(workspace, record) == "copied"
        return "copied" if copied else ""


def _look(workspace: Workspace) -> tuple[Notice, ...]:
    if identities.has_key(workspace.info):
        return ()
    return (Notice("key-missing", {"folder": workspace.folder}),)


def _identify(workspace: Workspace, clock: Clock, randomness: Randomness) -> tuple[Notice, ...]:
    """Make sure of the device that a workspace will write as."""
    record = identities.recall(workspace.info.device.id)
    restored = workspace.meta(RESTORED) == "yes"
    if _from_elsewhere(workspace):
        return _go_on(workspace, clock, randomness)
    _check_key(workspace)
    found = identities.compare(workspace, record) if record is not None else "same"
    if restored or found == "copied":
        identities.adopt(workspace, clock=clock, randomness=randomness)
        with workspace.transaction("", clock=clock, randomness=randomness) as transaction:
            transaction.set_meta(RESTORED, "")
    if restored or found != "same" or record is None:
        identities.remember(workspace, display_name(workspace))
    if restored:
        return (Notice("workspace-restored", {"folder": workspace.folder}),)
    if found == "same" or record is None:
        return ()
    return (Notice(f"workspace-{found}", {"folder": workspace.folder, "former": record.folder}),)


def _from_elsewhere(workspace: Workspace) -> bool:
    """Tell whether an office's workspace was copied, or brought back, from another computer.

    A key that is gone where it was is another matter, and a centre comes back by its words.
    """
    info = workspace.info
    known_here = identities.recall(info.device.id) is not None
    restored = workspace.meta(RESTORED) == "yes"
    return info.role == "office" and not identities.has_key(info) and (restored or not known_here)


def _go_on(workspace: Workspace, clock: Clock, randomness: Randomness) -> tuple[Notice, ...]:
    """Go on under a key that the centre does not know yet: nothing is lost while it waits."""
    identities.adopt(workspace, clock=clock, randomness=randomness)
    with workspace.transaction("", clock=clock, randomness=randomness) as transaction:
        transaction.set_meta(RESTORED, "")
    identities.remember(workspace, display_name(workspace))
    check = check_code(workspace.info.device.key)
    return (Notice("workspace-elsewhere", {"folder": workspace.folder, "check": check}),)


def _check_key(workspace: Workspace) -> None:
    try:
        identities.signing_key(workspace.info)
    except WorkspaceError as error:
        raise WorkspaceError(error.code, **error.params, folder=workspace.folder) from error


def display_name(workspace: Workspace) -> str:
    """Give what a workspace is called in lists: the name of its office or institution."""
    info = workspace.info
    facts: Facts = workspace.facts({info.dataset, info.office} - {""})
    return facts.text(info.office, "name") or facts.text(info.dataset, "name")


def known_workspaces() -> list[KnownWorkspace]:
    """Give the workspaces that this machine's keys belong to and that can still be found."""
    return [
        KnownWorkspace(Path(record.folder), record.name, record.role, record.dataset)
        for record in identities.records()
        if identities.lives_at(Path(record.folder), record.device)
    ]
