"""Values as two integers and a text: the kind, the number, and the body of longer ones."""

import re
import unicodedata
from decimal import Context, Decimal, Inexact
from typing import NamedTuple

from quipu.domain.value import Blob, Unread, Value, plain

BLANK, NUMBER, FLAG, TEXT, LONG_NUMBER, BLOB, UNREAD = range(7)

FIRST_WITH_BODY = TEXT
"""Values of this kind and above have their body in the table `text`, and its row as `num`."""

TEXT_BYTES = 16 * 1024
UNREAD_BYTES = 64 * 1024
_SCALE = 6
_WHOLE_DIGITS = 12
"""Numbers of up to so many digits before the point fit 64 bits as millionths."""

LARGEST = 10 ** (_WHOLE_DIGITS + _SCALE)
"""Millionths of a number that has one digit too many."""

_DIGITS = 1000
_EXACT = Context(prec=60, Emin=-10_000, Emax=10_000, traps=[Inexact])
_BLOB = re.compile(r"([0-9a-f]{64}) (\d+) (.*)", re.DOTALL)


class Stored(NamedTuple):
    """A value as the tables keep it; `body` is `None` where the number says everything."""

    kind: int
    num: int
    body: str | None


class UnfitValue(ValueError):
    """A value that the memory cannot keep; `code` is the error's code, `params` its places."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def encode(value: Value) -> Stored:
    """Give a value's stored form; raises `UnfitValue` for what cannot be kept exactly."""
    if value is None:
        return Stored(BLANK, 0, None)
    if isinstance(value, bool):
        return Stored(FLAG, int(value), None)
    if isinstance(value, str):
        return Stored(TEXT, 0, clean(value))
    if isinstance(value, Unread):
        return Stored(UNREAD, 0, _checked(value.raw, UNREAD_BYTES))
    return _blob(value) if isinstance(value, Blob) else _number(value)


def decode(kind: int, num: int, body: str | None) -> Value:
    """Give the value of a stored form; raises `ValueError` for what no version wrote."""
    if kind == BLANK:
        return None
    if kind == NUMBER:
        whole, rest = divmod(num, 10**_SCALE)
        return Decimal(num).scaleb(-_SCALE).normalize() if rest else Decimal(whole)
    if kind == FLAG:
        return bool(num)
    if body is None:
        raise ValueError(f"a value of kind {kind} has lost its text {num}")
    if kind == TEXT:
        return body
    if kind == LONG_NUMBER:
        return Decimal(body)
    if kind == UNREAD:
        return Unread(body)
    found = _BLOB.fullmatch(body)
    if kind != BLOB or found is None:
        raise ValueError(f"no value is of kind {kind}: {body[:80]}")
    return Blob(found[1], int(found[2]), found[3])


def clean(text: str) -> str:
    """Give a text as it is kept: NFC, at most 16 KiB, no half characters and no NUL."""
    return _checked(text if text.isascii() else unicodedata.normalize("NFC", text))


def _checked(text: str, limit: int = TEXT_BYTES) -> str:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise UnfitValue("text-invalid", text=ascii(text[:40])) from None
    if "\0" in text:
        raise UnfitValue("text-invalid", text=ascii(text[:40]))
    if size > limit:
        raise UnfitValue("text-too-long", text=text[:40], bytes=size, limit=limit)
    return text


def _number(value: Decimal) -> Stored:
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        raise UnfitValue("number-unfit", number=str(value)[:40])
    if value.adjusted() < _WHOLE_DIGITS:
        try:
            millionths = int(_EXACT.scaleb(value, _SCALE).to_integral_exact(context=_EXACT))
        except Inexact:
            pass  # it has more decimals, or more digits, than millionths tell
        else:
            return Stored(NUMBER, millionths, None)
    text = plain(value)
    if len(text) > _DIGITS:
        raise UnfitValue("number-unfit", number=text[:40])
    return Stored(LONG_NUMBER, 0, text)


def _blob(blob: Blob) -> Stored:
    body = f"{blob.sha256} {blob.size} {clean(blob.name)}"
    if not _BLOB.fullmatch(body):
        raise UnfitValue("attachment-unfit", name=blob.name)
    return Stored(BLOB, 0, clean(body))
