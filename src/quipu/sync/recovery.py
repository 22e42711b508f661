"""The root key outside a computer: as words on paper for the safe, or in a file under a passphrase.

The words are BIP39's: 24 of 2,048, the last with a check of the others. Whoever has them has the
institution's root, and with it the mailbox that follows from it.
"""

import secrets
import unicodedata
from pathlib import Path

import msgspec

from quipu.disk import replacing
from quipu.domain.errors import InputError
from quipu.sync.canonical import canonical
from quipu.sync.keys import SigningKey
from quipu.sync.sealed import PASSPHRASE_COST, SealError, WrongSecret, close_small, unclose_small

WORDS = 24
LANGUAGES = {"es": "spanish", "en": "english"}

_KIND = "quipu-root"
_ABOUT = b"quipu root 1\0"
_LARGEST = 10_000
_BYTES = 32


class _RootFile(msgspec.Struct, frozen=True):
    format: int
    kind: str
    dataset: str
    public: str
    sealed: dict[str, object]


def words_of(root: SigningKey, language: str) -> tuple[str, ...]:
    """Give the words of a root key, in `es` or `en`."""
    from mnemonic import Mnemonic

    said = Mnemonic(LANGUAGES[language]).to_mnemonic(bytes.fromhex(root.secret()))
    return tuple(unicodedata.normalize("NFC", word) for word in said.split())


def root_of(typed: str) -> SigningKey:
    """Give the root key of its words, in whichever language; accents and capitals are forgiven.

    Raises `InputError` `words-count` (n), `word-unknown` (word, place, near), `words-wrong`.
    """
    given = typed.replace(",", " ").split()
    given = [word for word in given if not word.strip(".").isdecimal()]
    if len(given) != WORDS:
        raise InputError("words-count", n=len(given), needed=WORDS)
    numbers = min((_numbers(given, name) for name in LANGUAGES.values()), key=_unknown)
    for place, (number, word) in enumerate(zip(numbers, given, strict=True), start=1):
        if number is None:
            raise InputError("word-unknown", word=word, place=place)
    whole = 0
    for number in numbers:
        assert number is not None
        whole = whole << 11 | number
    seed = (whole >> 8).to_bytes(_BYTES)
    if _check(seed) != whole & 0xFF:
        raise InputError("words-wrong")
    return SigningKey.from_secret(seed.hex())


def write_root(path: Path, root: SigningKey, dataset: str, passphrase: str) -> None:
    """Write a copy of the root key, closed with a passphrase, and read it back.

    Raises `InputError("file-not-written", file, reason)`.
    """
    sealed = close_small(
        bytes.fromhex(root.secret()),
        passphrase,
        about=_about(dataset, root.public),
        cost=PASSPHRASE_COST,
        randomness=secrets.token_bytes,
    )
    said = {"format": 1, "kind": _KIND, "dataset": dataset, "public": root.public}
    try:
        with replacing(path) as file:
            file.write(canonical({**said, "sealed": sealed}))
    except OSError as error:
        raise InputError("file-not-written", file=path, reason=error.strerror) from error
    read_root(path, passphrase)


def read_root(path: Path, passphrase: str) -> SigningKey:
    """Read a copy of a root key.

    Raises `InputError` `file-missing`, `root-file-not-one`, `root-file-closed` (file).
    """
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST)
    except OSError as error:
        raise InputError("file-missing", file=path) from error
    try:
        read = msgspec.json.decode(body, type=_RootFile)
        if (read.format, read.kind) != (1, _KIND):
            raise InputError("root-file-not-one", file=path)
        about = _about(read.dataset, read.public)
        secret = unclose_small(read.sealed, passphrase, about=about)
        key = SigningKey.from_secret(secret.hex())
    except (ValueError, RecursionError, SealError):
        raise InputError("root-file-not-one", file=path) from None
    except WrongSecret:
        raise InputError("root-file-closed", file=path) from None
    if key.public != read.public:
        raise InputError("root-file-not-one", file=path)
    return key


def _about(dataset: str, public: str) -> bytes:
    return _ABOUT + f"{dataset} {public}".encode()


def _check(seed: bytes) -> int:
    import hashlib

    return hashlib.sha256(seed).digest()[0]


def _numbers(given: list[str], name: str) -> list[int | None]:
    from mnemonic import Mnemonic

    known = {_plain(word): number for number, word in enumerate(Mnemonic(name).wordlist)}
    return [known.get(_plain(word)) for word in given]


def _unknown(numbers: list[int | None]) -> int:
    return numbers.count(None)


def _plain(word: str) -> str:
    """Give a word without accents and capitals; in both lists that tells all words apart."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
