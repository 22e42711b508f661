"""Numbers as official documents print them, read and written by the form's own style.

The style belongs to the form or file, never to the computer (X-1). Nothing is repaired here: what
does not fit the style is malformed, and what could be meant in two ways says so (S1-15, S2-09).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.value import plain
from quipu.forms.definition import NumberStyle

_SPACES = re.compile(r"\s+")
_CURRENCY = re.compile(r"(?:US\$|\$|S/\.?|₡|B/\.?|Q\.?)")
_DASHES = frozenset({"-", "–", "—", "−"})
_SHAPES: dict[NumberStyle, re.Pattern[str]] = {
    "1,234.5": re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"),
    "1.234,5": re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"),
}
_LIKE_GROUPED: dict[NumberStyle, re.Pattern[str]] = {
    "1,234.5": re.compile(r"[1-9]\d{0,2}\.\d{3}"),
    "1.234,5": re.compile(r"[1-9]\d{0,2},\d{3}"),
}
_MARKS: dict[NumberStyle, tuple[str, str]] = {"1,234.5": (",", "."), "1.234,5": (".", ",")}


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a printed text says as a number.

    `value` is `None` for a blank text, a dash and a malformed one; a percentage's is its fraction
    and `percent` is true. `malformed` says that the text is there but is no number in the style
    (`21,00`). `ambiguous` says that it is one, but would be another in the other style
    (`10.000` where the dot marks decimals): a person should look. `grouped` says that it was
    written with a mark for the thousands.
    """

    value: Decimal | None
    percent: bool = False
    malformed: bool = False
    ambiguous: bool = False
    grouped: bool = False


def read_number(text: str, style: NumberStyle) -> NumberReading:
    """Read a number, a percentage or an amount of money as the style writes them."""
    rest = _SPACES.sub("", text)
    if not rest or rest in _DASHES:
        return NumberReading(None)
    rest, negative = _without_sign(rest)
    percent = rest.endswith("%")
    rest = rest.removesuffix("%")
    money = _CURRENCY.match(rest)
    if money is not None:
        rest = rest[money.end() :]
    if _SHAPES[style].fullmatch(rest) is None or not rest.isascii():
        return NumberReading(None, percent, malformed=True)
    group, point = _MARKS[style]
    value = Decimal(rest.replace(group, "").replace(point, "."))
    if percent:
        value = _shifted(value, -2)
    ambiguous = _LIKE_GROUPED[style].fullmatch(rest) is not None
    grouped = group in rest
    # Not `-value`, which rounds to the context's precision.
    value = value.copy_negate() if negative else value
    return NumberReading(value, percent, False, ambiguous, grouped)


def regrouped(text: str, style: NumberStyle) -> Decimal | None:
    """Read a number whose thousands are marked only here and there: `30000,000` (S2-09).

    `None` for a text that is anything else, a number of the style too.
    """
    group = re.escape(_MARKS[style][0])
    rest = _CURRENCY.sub("", _SPACES.sub("", text))
    if re.fullmatch(rf"[1-9]\d*(?:{group}\d{{3}})+", rest) is None or not rest.isascii():
        return None
    if _SHAPES[style].fullmatch(rest) is not None:
        return None
    return Decimal(rest.replace(_MARKS[style][0], ""))


def write_number(
    number: Decimal, style: NumberStyle, *, percent: bool = False, grouping: bool = True
) -> str:
    """Write a number in the style, without needless zeros; a percentage from its fraction."""
    text = plain(_shifted(number, 2) if percent else number)
    sign = "-" if text.startswith("-") else ""
    whole, _, decimals = text.removeprefix("-").partition(".")
    group, point = _MARKS[style]
    if grouping:
        whole = _grouped(whole, group)
    return sign + whole + (point + decimals if decimals else "") + ("%" if percent else "")


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1], True
    if text[0] in _DASHES:
        return text[1:], True
    return text.removeprefix("+"), False


def _grouped(whole: str, mark: str) -> str:
    first = len(whole) % 3 or 3
    parts = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    return mark.join(parts)


def _shifted(number: Decimal, places: int) -> Decimal:
    # Not `scaleb`, which rounds to the context's precision: numbers here are exact, however long.
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(number)
    return Decimal((sign, digits, exponent + places))
