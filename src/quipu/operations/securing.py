"""The keys of a centre or an office in their owner's hands: passphrase, words, copies, recovery."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quipu import settings
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.judgement import licence_of
from quipu.operations import identities
from quipu.operations.house import House
from quipu.operations.running import Clock, Randomness, now, randomness
from quipu.operations.unlocking import rest
from quipu.operations.workspaces import RESTORED, ROOT, display_name
from quipu.store.workspace import Workspace, open_workspace
from quipu.sync.keyfiles import Where, change_rest, key_file, where
from quipu.sync.keys import SigningKey
from quipu.sync.recovery import read_root, root_of, words_of, write_root

SHORTEST = 8
"""Letters of a passphrase."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """A key of a workspace that is on this machine, and how it rests; `None` for a damaged one."""

    name: str
    rest: Where | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """A centre's workspace that may admit again; `device` is the one that it writes as now."""

    folder: Path
    dataset: str
    device: str
    new_device: bool


def keys_here(house: House) -> tuple[KeyState, ...]:
    """Give the keys of a workspace that this machine has: its device's, and the centre's."""
    folder = settings.keys_dir()
    return tuple(KeyState(name, where(folder, name)) for name in _names(house.workspace))


def set_passphrase(*, folder: Path, passphrase: str | None) -> tuple[str, ...]:
    """Put the keys of a workspace under a passphrase, or under none; gives their names.

    Those under another passphrase are opened with the one that is in use (`unlocking`). Raises
    `InputError("passphrase-short", least)`, and `WorkspaceError` as loading a key does.
    """
    if passphrase is not None and len(passphrase) < SHORTEST:
        raise InputError("passphrase-short", least=SHORTEST)
    before = rest()
    after = replace(before, passphrase=passphrase)
    keys = settings.keys_dir()
    with open_workspace(folder) as workspace:
        names = _names(workspace)
    if not names:
        raise WorkspaceError("keys-not-here", folder=folder)
    for name in names:  # all are opened first: a wrong passphrase changes none of them
        identities.key_of(name)
    for name in names:
        change_rest(keys, name, before=before, after=after)
    return names


def recovery_words(house: House, *, language: str) -> tuple[str, ...]:
    """Give the words of the institution's root key, for the safe.

    Raises `WorkspaceError("key-missing")` where this machine has no root key.
    """
    return words_of(identities.root_key(house.dataset), language)


def export_root(house: House, *, file: Path, passphrase: str | None) -> None:
    """Write a copy of the root key under a passphrase, for a second planner or for the safe.

    Raises `InputError` `passphrase-missing`, `passphrase-short`, `file-not-written`, and
    `WorkspaceError("key-missing")`.
    """
    if passphrase is None:
        raise InputError("passphrase-missing")
    if len(passphrase) < SHORTEST:
        raise InputError("passphrase-short", least=SHORTEST)
    write_root(file, identities.root_key(house.dataset), house.dataset, passphrase)


def recover(
    *,
    folder: Path,
    words: str,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> Recovered:
    """Make a centre's workspace on this machine the centre again, by the words of its root.

    The workspace came from a backup, or was copied from the lost machine. The mailbox follows
    from the root. Raises `InputError` `words-count`, `word-unknown`, `words-wrong`,
    `root-of-another`, and `WorkspaceError` `centre-only`.
    """
    return _bring(folder, root_of(words), clock, randomness)


def import_root(
    *,
    folder: Path,
    file: Path,
    passphrase: str | None,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> Recovered:
    """Take a copy of the root key, as `recover` takes its words.

    Raises as `recover`, and `InputError` `passphrase-missing`, `root-file-not-one`,
    `root-file-closed`.
    """
    if passphrase is None:
        raise InputError("passphrase-missing")
    return _bring(folder, read_root(file, passphrase), clock, randomness)


def _bring(folder: Path, root: SigningKey, clock: Clock, chance: Randomness) -> Recovered:
    with open_workspace(folder, write=True) as workspace:
        info = workspace.info
        if info.role != "centre":
            raise WorkspaceError("centre-only")
        if root.public != workspace.meta(ROOT):
            raise InputError("root-of-another", folder=folder)
        if not identities.has_root(info.dataset):
            identities.keep(identities.root_name(info.dataset), root)
        restored = workspace.meta(RESTORED) == "yes"
        # Only a device that the root certified itself speaks for the root.
        new = restored or not identities.has_key(info) or not licence_of(info.device).rooted
        if new:
            identities.adopt(workspace, clock=clock, randomness=chance)
            with workspace.transaction("", clock=clock, randomness=chance) as transaction:
                transaction.set_meta(RESTORED, "")
            identities.remember(workspace, display_name(workspace))
        return Recovered(folder, info.dataset, workspace.info.device.id, new)


def _names(workspace: Workspace) -> tuple[str, ...]:
    info = workspace.info
    names: Sequence[str] = [info.device.id]
    if info.role == "centre":
        names = [*names, identities.root_name(info.dataset)]
        names += identities.mailbox_names(info.dataset)
    return tuple(name for name in names if key_file(settings.keys_dir(), name).is_file())
