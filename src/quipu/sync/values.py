"""Values as JSON: typed, exact and bounded, and those of newer versions kept as they came."""

import re
import unicodedata
from decimal import Decimal

import msgspec

from quipu.domain.columns import Cell
from quipu.domain.value import Blob, Unread, Value, millionths_of, plain, sound_texts
from quipu.sync.canonical import canonical
from quipu.sync.limits import COUNTER, TEXT, UNREAD

NEXT_TEXT = ""
"""Stands in the column of values for the next one in the column of texts."""

_LARGEST = 2**63 - 1
_DIGITS = 1000
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def encode_value(value: Cell, texts: list[str]) -> object:
    """Give a cell's JSON; a text goes to the column of texts and leaves its mark.

    Raises `ValueError` for what no reader would take: a text that is too long or not NFC, a
    number without end.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            texts.append(_checked(value))
            return NEXT_TEXT
        case Decimal():
            return _encode_number(value)
        case Blob():
            return ["b", value.sha256, value.size, _checked(value.name)]
        case Unread():
            return msgspec.json.decode(value.raw)


def read_values(column: list[object], texts: list[str]) -> list[Cell]:
    """Give the cells of a column; raises `ValueError` for one that no version writes."""
    if not sound_texts(texts, TEXT):
        for one in texts:
            _checked(one)
    following = iter(texts)
    cells: list[Cell] = []
    for entry in column:
        if type(entry) is int:
            cells.append(entry)
        elif entry == NEXT_TEXT:
            text = next(following, None)
            if text is None:
                raise ValueError("missing text")
            cells.append(text)
        elif entry is None or isinstance(entry, bool):
            cells.append(entry)
        else:
            cells.append(_read_tagged(entry))
    if next(following, None) is not None:
        raise ValueError("more texts than values")
    numbers = [entry for entry in column if type(entry) is int]
    if numbers and not (min(numbers) >= -_LARGEST and max(numbers) <= _LARGEST):
        raise ValueError("number out of range")
    return cells


def _checked(text: str) -> str:
    if "\0" in text:
        raise ValueError("text with a NUL")
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise ValueError("text that is not NFC")
    if len(text.encode()) > TEXT:
        raise ValueError("text too long")
    return text


def _encode_number(value: Decimal) -> object:
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        raise ValueError(f"number that cannot be written: {value}")
    short = millionths_of(value)
    return ["n", plain(value)] if short is None else short


def _read_tagged(entry: object) -> Value:
    """Read `["n", number]` and `["b", sha256, size, name]`; anything else is kept unread."""
    match entry:
        case ["n", str() as text]:
            return _long_number(text)
        case ["b", str() as sha256, int() as size, str() as name]:
            if not _SHA256.fullmatch(sha256) or type(size) is not int or not 0 <= size <= COUNTER:
                raise ValueError("attachment")
            return Blob(sha256, size, _checked(name))
        case [str() as tag, *_] if tag not in {"n", "b"}:
            raw = canonical(entry).decode()
            if len(raw) > UNREAD:
                raise ValueError("value too long")
            return Unread(raw)
        case _:
            raise ValueError("value of no kind")


def _long_number(text: str) -> Decimal:
    if len(text) > _DIGITS or _PLAIN_NUMBER.fullmatch(text) is None:
        raise ValueError("number")
    number = Decimal(text)
    if isinstance(_encode_number(number), int):
        raise ValueError("number in the long form that fits the short one")
    return number
