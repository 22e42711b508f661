"""The kinds of value that a fact can have, and their plain text."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

PUBLISHED = ".published"
"""Suffix of the field that keeps a cell's text as the signed document prints it."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file kept by its content: SHA-256 in hex, size in bytes, and the name it came with."""

    sha256: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A value of a kind that a newer version wrote: kept and forwarded as it came.

    `raw` is its canonical JSON, as in a bundle's revisions.
    """

    raw: str


Value = Decimal | str | bool | Blob | Unread | None
"""What a fact can say; `None` is blank, which is not zero (X-3)."""


def plain(number: Decimal) -> str:
    """Give a number as a plain decimal with a dot and no needless zeros: `150000`, `0.1`."""
    if number == 0:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_PLACES = 6
_LARGEST = 2**63 - 1
_LETTERS = 19
"""Digits, and sign, of a number of millionths."""


def millionths_of(number: Decimal) -> int | None:
    """Give a number as whole millionths of up to 19 letters and 64 bits, `None` for any other."""
    if not number.is_finite() or (number and abs(number.adjusted()) > _LETTERS):
        return None
    whole, _, fraction = plain(number).partition(".")
    if len(whole) + _PLACES > _LETTERS or len(fraction) > _PLACES:
        return None
    found = int(whole + fraction.ljust(_PLACES, "0"))
    return found if abs(found) <= _LARGEST else None


def number_of(millionths: int) -> Decimal:
    """Give the number of so many millionths."""
    whole, rest = divmod(millionths, 10**_PLACES)
    return Decimal(millionths).scaleb(-_PLACES).normalize() if rest else Decimal(whole)


def sound_texts(texts: Sequence[str], limit: int) -> bool:
    """Tell whether all texts are NFC, of at most `limit` bytes, without NUL and half characters."""
    whole = "".join(texts)
    try:
        whole.encode()
    except UnicodeEncodeError:
        return False
    longest = max(map(len, texts), default=0)
    if 4 * longest > limit and any(len(text.encode()) > limit for text in texts):
        return False
    normal = partial(unicodedata.is_normalized, "NFC")
    return "\0" not in whole and (whole.isascii() or all(map(normal, texts)))


def value_text(value: Value) -> str | None:
    """Give a value as text for dumps and JSON: numbers plain, flags as words, blank as `None`."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case Blob():
            return f"sha256:{value.sha256} {value.size} {value.name}"
        case Unread():
            return value.raw
        case str():
            return value
