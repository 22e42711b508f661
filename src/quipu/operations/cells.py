"""Text that a person typed becomes the value of a field, and a value text to be typed over."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from quipu.domain import fields
from quipu.domain.value import Value
from quipu.forms.definition import NumberStyle
from quipu.forms.numbers import read_number

MAX_TEXT = 16 * 1024
"""The greatest length of a text in bytes, as bundles carry it."""

_SHOWN = 40
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FLAGS = {"true": True, "1": True, "x": True, "sí": True, "si": True, "yes": True}


class UnreadableText(Exception):
    """A text that is no value of its field; `code` says which mistake it is, with its `params`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_cell(field: str, text: str, style: NumberStyle, *, mark: bool = False) -> Value:
    """Read what a person typed for a field; blank text is `None`.

    Numbers are read in the style, and else as plain decimals with a dot; in a cell for a `mark`
    anything else that was typed marks it, as 1. Raises `UnreadableText` `malformed-number`,
    `malformed-date`, `text-too-long` or `field-not-typed`.
    """
    known = fields.find(field)
    clean = unicodedata.normalize("NFC", text).strip()
    if not clean:
        return None
    match known.type if known is not None else "text":
        case "number":
            return _number(clean, style, mark=mark)
        case "date":
            return _date(clean)
        case "flag":
            return _FLAGS.get(clean.casefold())
        case "blob":
            raise UnreadableText("field-not-typed")
        case _:
            size = len(clean.encode())
            if size > MAX_TEXT:
                start = clean[:_SHOWN]
                raise UnreadableText("text-too-long", text=start, bytes=size, limit=MAX_TEXT)
            return clean


def _number(text: str, style: NumberStyle, *, mark: bool) -> Decimal:
    reading = read_number(text, style)
    if reading.value is not None and not reading.malformed:
        return reading.value
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if mark:
        return Decimal(1)
    raise UnreadableText("malformed-number")


def _date(text: str) -> str:
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            return date.fromisoformat(text).isoformat()
        day, month, year = map(int, found.groups())
        return date(year, month, day).isoformat()
    except ValueError:
        raise UnreadableText("malformed-date") from None
