"""Sealed bundles: a signed bundle as it is, encrypted with age to those who receive it.

Outside a sealed bundle stands only where it goes. Sealing keeps others from reading; who wrote it
is known by the signature within alone.
"""

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from quipu.disk import forget, replacing
from quipu.domain.errors import BundleError, InputError
from quipu.sync import manifest as manifests
from quipu.sync.container import BROKEN, ROUTE, SEALED_BODY, Container, member, open_container
from quipu.sync.limits import SEAL_HEADER
from quipu.sync.manifest import Route
from quipu.sync.receiving import ReceivingKey, recipient

AGE = "age"
"""How a body is encrypted, as `route.json` names it."""

_VERSION = b"age-encryption.org/v1\n"
_END = b"\n--- "
_LARGEST = 2**31 - 2**21
"""Bytes of the largest bundle whose sealed body a container without ZIP64 holds."""

_NOBODY = "No matching keys"
_LONGEST_BOX = 10_000


def seal(source: Path, target: Path, *, dataset: str, audience: str, keys: Sequence[str]) -> str:
    """Seal a bundle to receiving keys (hex), and read back from the disk what was written.

    Gives the SHA-256 of its body, by which the sender, who cannot open it, knows it again. Raises
    `InputError` `file-not-written` (file, reason) or `file-not-verified` (file, found), and
    `BundleError("bundle-too-large")`.
    """
    outside = manifests.route("", dataset, audience, AGE)
    to = [pyrage.x25519.Recipient.from_str(recipient(key)) for key in keys]
    if source.stat().st_size > _LARGEST:
        raise BundleError("bundle-too-large", file=target.name, part=SEALED_BODY)
    try:
        with source.open("rb") as inner, replacing(target) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
                archive.writestr(member(ROUTE, len(outside)), outside)
                with archive.open(member(SEALED_BODY, 0), "w") as body:
                    pipe = _Pipe(body)
                    with pipe.watched():
                        pyrage.encrypt_io(inner, pipe, to)
            file.flush()
            os.fsync(file.fileno())
            forget(file)
            if sealed_body(Path(file.name)) != pipe.digest():
                raise InputError("file-not-verified", file=target.name, found="bundle-damaged")
    except BundleError as error:
        raise InputError("file-not-verified", file=target.name, found=error.code) from error
    except (OSError, pyrage.EncryptError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("file-not-written", file=target.name, reason=reason) from error
    return pipe.digest()


def route_of(path: Path) -> Route | None:
    """Give where a sealed bundle goes, as its outside says; `None` for any other file.

    Raises as `open_container` does, and `BundleError` `bundle-damaged` or `bundle-too-new`.
    """
    with open_container(path, sealed=True, closed=True) as container:
        return _route(container) if SEALED_BODY in container.sizes else None


def outside(path: Path) -> Route:
    """Give where a bundle goes as its outside says, sealed or not: nobody has judged that yet.

    Raises as `route_of` does.
    """
    with open_container(path, sealed=True) as container:
        if SEALED_BODY in container.sizes:
            return _route(container)
        return _read_route(container, None)


def dataset_of(path: Path) -> str:
    """Give whose data a file carries, as its outside says in any version; `""` where it does not.

    Raises as `open_container` does.
    """
    with open_container(path, sealed=True, closed=True) as container:
        return manifests.dataset_of(container.read(ROUTE, 10_000))


def sealed_body(path: Path) -> str:
    """Give the SHA-256 of a sealed bundle's body."""
    found = hashlib.sha256()
    with open_container(path, sealed=True) as container:
        _route(container)
        for piece in container.pieces(SEALED_BODY):
            found.update(piece)
    return found.hexdigest()


def unseal(path: Path, target: Path, *, keys: Sequence[ReceivingKey]) -> None:
    """Open a sealed bundle with the first key that fits, into a new file, piece by piece.

    What comes of it is as untrusted as any bundle. Raises `BundleError`: `bundle-sealed-to-others`
    where no key fits, `bundle-damaged`, `bundle-too-new`, and those of `open_container`; and
    `OSError` as the disk of `target` does.
    """
    with open_container(path, sealed=True) as container:
        outside = _route(container)
        _check_header(container)
        with target.open("xb") as file:
            _decrypt(container, _Pipe(file), keys)
        _check_inside(container, target, outside)


def _decrypt(container: Container, pipe: "_Pipe", keys: Sequence[ReceivingKey]) -> None:
    identities = [_identity(key) for key in keys]
    with container.reading(SEALED_BODY) as body, pipe.watched():
        try:
            pyrage.decrypt_io(body, pipe, identities)
        except pyrage.DecryptError as error:
            code = "sealed-to-others" if str(error).startswith(_NOBODY) else "damaged"
            raise container.refusal(f"bundle-{code}", part=SEALED_BODY) from error
        except BaseException as error:
            if pipe.failed is not None or not _of_age(error):
                raise
            raise container.refusal("bundle-damaged", part=SEALED_BODY) from error


def seal_secret(secret: str, key: str) -> str:
    """Seal a few secret bytes (hex) to a receiving key (hex); gives them in hex."""
    to = [pyrage.x25519.Recipient.from_str(recipient(key))]
    return bytes(pyrage.encrypt(bytes.fromhex(secret), to)).hex()


def unseal_secret(box: str, keys: Sequence[ReceivingKey]) -> str | None:
    """Give the 32 secret bytes (hex) that `seal_secret` sealed; `None` where no key opens them."""
    if not keys or len(box) > _LONGEST_BOX:
        return None
    try:
        found = pyrage.decrypt(bytes.fromhex(box), [_identity(key) for key in keys])
    except (ValueError, pyrage.DecryptError):
        return None
    return bytes(found).hex() if len(found) == 32 else None


def usable(public: object) -> bool:
    """Tell whether something is a public key (hex) to which anything can be sealed."""
    if not isinstance(public, str) or _KEY.fullmatch(public) is None:
        return False
    try:
        _PROBE.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    except ValueError:  # a point of low order, which gives everybody the same secret
        return False
    return True


_KEY = re.compile(r"[0-9a-f]{64}")
_PROBE = X25519PrivateKey.from_private_bytes(bytes(range(32)))


class _Pipe:
    """Passes bytes on to a file; remembers their hash, and what the file said went wrong."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.failed: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write bytes; gives how many."""
        try:
            self._put(data)
        except OSError as error:
            self.failed = error
            raise
        self._hash.update(data)
        return len(data)

    def _put(self, data: bytes) -> None:
        self._file.write(data)

    def flush(self) -> None:
        """Do nothing: the file is flushed by whoever opened it."""

    def digest(self) -> str:
        """Give the SHA-256 of what was written."""
        return self._hash.hexdigest()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Let the file's own error through: age tells another one, or at the end none at all."""
        try:
            yield
        except BaseException:
            if self.failed is not None:
                raise self.failed from None
            raise
        if self.failed is not None:
            raise self.failed


def _route(container: Container) -> Route:
    if SEALED_BODY not in container.sizes:
        raise container.refusal("bundle-damaged", part=SEALED_BODY)
    return _read_route(container, AGE)


def _read_route(container: Container, encryption: str | None) -> Route:
    body = container.read(ROUTE, 10_000)
    try:
        found = manifests.check_route(body, encryption)
    except manifests.NewerFormat as error:
        raise container.refusal("bundle-too-new", needs=error.needs) from None
    except manifests.ManifestError as error:
        raise container.refusal("bundle-damaged", part=ROUTE) from error
    if body == manifests.route("enrolment", found.dataset, found.audience, encryption):
        raise container.refusal("bundle-is-an-enrolment")
    if body != manifests.route("", found.dataset, found.audience, encryption):
        raise container.refusal("bundle-damaged", part=ROUTE)
    return found


def _check_header(container: Container) -> None:
    """Make sure that the body's header is no longer than age can take in within a blink."""
    head = next(container.pieces(SEALED_BODY), b"")[:SEAL_HEADER]
    if not head.startswith(_VERSION):
        raise container.refusal("bundle-damaged", part=SEALED_BODY)
    if _END not in head:
        code = "bundle-too-large" if len(head) == SEAL_HEADER else "bundle-damaged"
        raise container.refusal(code, part=SEALED_BODY)


def _check_inside(container: Container, inner: Path, outside: Route) -> None:
    """Make sure that the outside says where the bundle within goes."""
    expected = manifests.route("", outside.dataset, outside.audience)
    try:
        with open_container(inner) as opened:
            found = opened.read(ROUTE, 10_000)
    except BundleError as error:
        raise BundleError(error.code, **{**error.params, "file": container.file}) from error
    if found != expected:
        raise container.refusal("bundle-damaged", part=ROUTE)


def _identity(key: ReceivingKey) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(key.identity())


def _of_age(error: BaseException) -> bool:
    """Tell whether age says that a body is no sound one: it has no error of its own for that."""
    return isinstance(error, BROKEN) or type(error).__name__ == "PanicException"
