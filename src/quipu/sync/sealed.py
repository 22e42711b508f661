"""Bytes closed with a secret that a person knows: scrypt makes the key, ChaCha20-Poly1305 closes.

How the key is made stands beside what is closed, and is bounded when it is read: a file may not
ask a machine for gigabytes or for hours.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from msgspec import Meta

from quipu.sync.canonical import canonical

Randomness = Callable[[int], bytes]

CODE_COST = 2**15
"""For codes that a machine drew: 32 MiB, a tenth of a second."""

PASSPHRASE_COST = 2**16
"""For what a person chose: 64 MiB, two tenths of a second."""

MEMORY = 256 * 1024 * 1024
"""Bytes that making a key may take."""

WORK = 2**22
"""How much work making a key may be: cost times blocks times passes."""

_BLOCKS, _KEY, _SALT, _NONCE = 8, 32, 16, 12


class WrongSecret(Exception):
    """The secret does not open it, or what is closed was changed."""


class SealError(Exception):
    """What stands beside is no way to make a key, or one that asks for too much; says why."""


class _Told(msgspec.Struct, frozen=True):
    """How the key is made and used."""

    kdf: Literal["scrypt"]
    n: Annotated[int, Meta(ge=2, le=2**24)]
    r: Annotated[int, Meta(ge=1, le=64)]
    p: Annotated[int, Meta(ge=1, le=16)]
    salt: Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{2}){8,64}\Z")]
    cipher: Literal["chacha20-poly1305"]
    nonce: Annotated[str, Meta(pattern=r"\A[0-9a-f]{24}\Z")]


def close(
    plain: bytes, secret: str, *, about: bytes, cost: int, randomness: Randomness
) -> tuple[dict[str, object], bytes]:
    """Close bytes with a secret; gives how the key is made, and the closed bytes.

    `about` says what they are and for whom; who opens must say the same.
    """
    told: dict[str, object] = {
        "kdf": "scrypt",
        "n": cost,
        "r": _BLOCKS,
        "p": 1,
        "salt": randomness(_SALT).hex(),
        "cipher": "chacha20-poly1305",
        "nonce": randomness(_NONCE).hex(),
    }
    read = _read(told)
    box = ChaCha20Poly1305(_key(read, secret)).encrypt(
        bytes.fromhex(read.nonce), plain, _bound(told, about)
    )
    return told, box


def unclose(told: Mapping[str, object], box: bytes, secret: str, *, about: bytes) -> bytes:
    """Open what `close` closed; raises `WrongSecret` or, before any work is done, `SealError`."""
    read = _read(told)
    cipher = ChaCha20Poly1305(_key(read, secret))
    try:
        return cipher.decrypt(bytes.fromhex(read.nonce), box, _bound(told, about))
    except InvalidTag:
        raise WrongSecret from None


def close_small(
    plain: bytes, secret: str, *, about: bytes, cost: int, randomness: Randomness
) -> dict[str, object]:
    """Close a few bytes; gives one object with everything in it."""
    told, box = close(plain, secret, about=about, cost=cost, randomness=randomness)
    return {**told, "box": box.hex()}


def unclose_small(closed: object, secret: str, *, about: bytes) -> bytes:
    """Open what `close_small` closed; raises `WrongSecret` or `SealError`."""
    if not isinstance(closed, Mapping) or not isinstance(closed.get("box"), str):
        raise SealError("no box")
    told = {key: value for key, value in closed.items() if key != "box"}
    try:
        box = bytes.fromhex(closed["box"])
    except ValueError as error:
        raise SealError("box") from error
    return unclose(told, box, secret, about=about)


def _read(told: Mapping[str, object]) -> _Told:
    try:
        read = msgspec.convert(dict(told), _Told)
    except msgspec.ValidationError as error:
        raise SealError(str(error)) from None
    if read.n & (read.n - 1):
        raise SealError(f"cost {read.n}")
    if 128 * read.n * read.r > MEMORY or read.n * read.r * read.p > WORK:
        raise SealError(f"asks for too much: {read.n} {read.r} {read.p}")
    return read


def _key(read: _Told, secret: str) -> bytes:
    salt = bytes.fromhex(read.salt)
    return Scrypt(salt=salt, length=_KEY, n=read.n, r=read.r, p=read.p).derive(secret.encode())


def _bound(told: Mapping[str, object], about: bytes) -> bytes:
    """Give what is vouched for beside the closed bytes: no word of it can be changed."""
    return about + b"\0" + canonical(dict(told))
