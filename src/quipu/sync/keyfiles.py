"""Where keys rest: in the system's keyring, or in files beside the workspaces, as they were made.

A file says where its secret is: in the file itself, which only this user can read; in it and
closed with a passphrase; or in the keyring. That is decided once, when the key is made.
"""

import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from quipu.disk import flush_folder
from quipu.domain.errors import WorkspaceError
from quipu.sync import rings
from quipu.sync.canonical import canonical
from quipu.sync.keys import SigningKey
from quipu.sync.rings import Ring
from quipu.sync.sealed import PASSPHRASE_COST, SealError, WrongSecret, close_small, unclose_small

_NAME = re.compile(r"[0-9A-Za-z-]{1,64}")
_LARGEST_FILE = 10_000
Where = Literal["file", "passphrase", "keyring"]
_ABOUT = b"quipu key 1\0"


def no_ring() -> Ring | None:
    """Give no keyring: keys rest in their files."""
    return None


@dataclass(frozen=True, slots=True)
class Rest:
    """How keys rest on this machine: under a passphrase where there is one, else in the keyring.

    `ring` finds the keyring when it is needed, since its library takes a while to load.
    """

    passphrase: str | None = field(default=None, repr=False)
    ring: Callable[[], Ring | None] = no_ring


PLAIN = Rest()
"""In a file that only this user can read, and nothing else."""


class _KeyFile(msgspec.Struct, frozen=True):
    """What a key file says; `secret` is blank where it rests elsewhere or closed."""

    format: int
    public: str
    secret: str
    sealed: object = None
    keyring: str | None = None


def key_file(folder: Path, name: str) -> Path:
    """Give the file in which the key of a device (or of a root) rests.

    Raises `ValueError` for a name that is more than letters, digits and hyphens.
    """
    if _NAME.fullmatch(name) is None:
        raise ValueError(name)
    return folder / f"{name}.key"


def save_key(folder: Path, name: str, key: SigningKey, rest: Rest = PLAIN) -> Path:
    """Save a key in a new file that only this user can read; gives the file.

    Raises `WorkspaceError` `key-exists` rather than write over a key, and `key-not-written`.
    """
    path = key_file(folder, name)
    if path.exists():
        raise WorkspaceError("key-exists", file=str(path))
    _write(path, _body(path, key, rest))
    return path


def load_key(folder: Path, name: str, rest: Rest = PLAIN) -> SigningKey:
    """Load a key.

    Raises `WorkspaceError` `key-missing`, `key-damaged`, `key-closed` for one under a passphrase
    that was not given, `passphrase-wrong`, `keyring-silent` (device, file).
    """
    path = key_file(folder, name)
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST_FILE)
    except OSError:
        raise WorkspaceError("key-missing", device=name, file=str(path)) from None
    try:
        read = msgspec.json.decode(body, type=_KeyFile)
        key = SigningKey.from_secret(_secret(read, name, path, rest))
    except (ValueError, RecursionError, SealError):
        raise WorkspaceError("key-damaged", device=name, file=str(path)) from None
    if read.format != 1 or read.public != key.public:
        raise WorkspaceError("key-damaged", device=name, file=str(path))
    return key


def change_rest(folder: Path, name: str, *, before: Rest, after: Rest) -> None:
    """Let a key rest otherwise; the file takes the place of the old one whole or not at all.

    Raises `WorkspaceError` as `load_key` and `save_key` do.
    """
    path = key_file(folder, name)
    key = load_key(folder, name, before)
    body = _body(path, key, after)
    _replace(path, body)
    if not _in_ring(body):
        rings.drop(before.ring(), name)


def where(folder: Path, name: str) -> Where | None:
    """Tell how a key rests, `None` for one that is not there or damaged."""
    try:
        body = key_file(folder, name).read_bytes()[:_LARGEST_FILE]
        read = msgspec.json.decode(body, type=_KeyFile)
    except (OSError, ValueError, RecursionError):
        return None
    if read.sealed is not None:
        return "passphrase"
    return "file" if read.keyring is None else "keyring"


def _secret(read: _KeyFile, name: str, path: Path, rest: Rest) -> str:
    if read.sealed is not None:
        if rest.passphrase is None:
            raise WorkspaceError("key-closed", device=name, file=str(path))
        try:
            about = _ABOUT + read.public.encode()
            return unclose_small(read.sealed, rest.passphrase, about=about).hex()
        except WrongSecret:
            raise WorkspaceError("passphrase-wrong", device=name, file=str(path)) from None
    if read.keyring is not None:
        found = rings.fetch(rest.ring(), name)
        if found is None:
            raise WorkspaceError("keyring-silent", device=name, file=str(path))
        return found
    return read.secret


def _body(path: Path, key: SigningKey, rest: Rest) -> bytes:
    said: dict[str, object] = {"format": 1, "public": key.public, "secret": "", "sealed": None}
    if rest.passphrase is not None:
        said["sealed"] = close_small(
            bytes.fromhex(key.secret()),
            rest.passphrase,
            about=_ABOUT + key.public.encode(),
            cost=PASSPHRASE_COST,
            randomness=secrets.token_bytes,
        )
        return canonical(said)
    ring = rest.ring()
    if ring is not None and rings.keep(ring, path.stem, key.secret()):
        return canonical(said | {"keyring": rings.SERVICE})
    return canonical(said | {"secret": key.secret()})


def _in_ring(body: bytes) -> bool:
    return msgspec.json.decode(body, type=_KeyFile).keyring is not None


def _replace(path: Path, body: bytes) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        _write(beside, body)
        beside.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        raise WorkspaceError("key-not-written", file=str(path), reason=error.strerror) from error
    finally:
        beside.unlink(missing_ok=True)


def _write(path: Path, body: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        flush_folder(path.parent)
    except FileExistsError:
        raise WorkspaceError("key-exists", file=str(path)) from None
    except OSError as error:
        raise WorkspaceError("key-not-written", file=str(path), reason=error.strerror) from error
