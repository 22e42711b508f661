"""Ed25519 keys of devices, and the files beside the workspace in which they rest."""

import os
import re
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quipu.disk import flush_folder
from quipu.domain.errors import WorkspaceError
from quipu.sync.canonical import canonical, envelope

_NAME = re.compile(r"[0-9A-Za-z-]{1,64}")
_LARGEST_FILE = 10_000


class SigningKey:
    """A private key that signs; its printed form never shows the secret."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()

    def __repr__(self) -> str:
        return f"SigningKey({self.public})"

    def sign(self, kind: bytes, body: bytes) -> bytes:
        """Sign a body as one of its kind; 64 bytes."""
        return self._private.sign(envelope(kind, body))

    def secret(self) -> str:
        """Give the 32 secret bytes in hex, for a key file or an enrolment file."""
        return self._private.private_bytes_raw().hex()

    @classmethod
    def from_secret(cls, secret: str) -> "SigningKey":
        """Make the key of 32 secret bytes in hex; raises `ValueError` for anything else."""
        return cls(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)))


def new_key() -> SigningKey:
    """Make a key with the machine's own randomness."""
    return SigningKey(Ed25519PrivateKey.generate())


def verifies(public: str, signature: bytes, kind: bytes, body: bytes) -> bool:
    """Tell whether a signature over a body of this kind was made with a public key (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            signature, envelope(kind, body)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


class _KeyFile(msgspec.Struct, frozen=True):
    """What a key file says; `sealed` is the place for a passphrase's cipher."""

    format: int
    public: str
    secret: str
    sealed: object = None


def key_file(folder: Path, name: str) -> Path:
    """Give the file in which the key of a device (or of a root) rests.

    Raises `ValueError` for a name that is more than letters, digits and hyphens.
    """
    if _NAME.fullmatch(name) is None:
        raise ValueError(name)
    return folder / f"{name}.key"


def save_key(folder: Path, name: str, key: SigningKey) -> Path:
    """Save a key in a new file that only this user can read; gives the file.

    Raises `WorkspaceError` `key-exists` rather than write over a key, and `key-not-written`.
    """
    path = key_file(folder, name)
    body = canonical({"format": 1, "public": key.public, "secret": key.secret(), "sealed": None})
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        flush_folder(folder)
    except FileExistsError:
        raise WorkspaceError("key-exists", file=str(path)) from None
    except OSError as error:
        raise WorkspaceError("key-not-written", file=str(path), reason=error.strerror) from error
    return path


def load_key(folder: Path, name: str) -> SigningKey:
    """Load a key; raises `WorkspaceError` `key-missing` or `key-damaged` (device, file)."""
    path = key_file(folder, name)
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST_FILE)
    except OSError:
        raise WorkspaceError("key-missing", device=name, file=str(path)) from None
    try:
        read = msgspec.json.decode(body, type=_KeyFile)
        key = SigningKey.from_secret(read.secret)
    except (ValueError, RecursionError):
        raise WorkspaceError("key-damaged", device=name, file=str(path)) from None
    if read.format != 1 or read.sealed is not None or read.public != key.public:
        raise WorkspaceError("key-damaged", device=name, file=str(path))
    return key
