"""Indicators that are fractions: numerator over denominator, however a document flattens them."""

import re

from quipu.forms.recognise_words import clean

_UNDERLINED = re.compile(r"<u>(.*?)</u>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"</?p\b[^>]*>|<br\s*/?>|[\r\n\v]+", re.IGNORECASE)
_OPENING = re.compile(
    r"(?<!\S)(?:N\s?[°ºo]\.?|Nro\.?|Número|Cantidad|Total|Suma|Monto)(?=\s)", re.I
)
_SLASH = re.compile(r"\s+[/÷]\s+")
_OVER = " / "


def halves(text: str) -> tuple[str, str] | None:
    """Give the numerator and the denominator of an indicator, `None` where it is no fraction.

    The numerator ends with what is underlined, or where the words it begins with are said again
    ("N° de … N° de …"), or at a line's end, or at the middle one of several slashes (S4-04).
    """
    marked = list(_UNDERLINED.finditer(text))
    if marked:
        found = _cut(text, marked[-1].end())
        if found is not None:
            return found
    plain = _BREAK.sub("\n", text)
    openings = list(_OPENING.finditer(plain))
    if len(openings) > 1 and openings[0].start() == len(plain) - len(plain.lstrip()):
        found = _cut(plain, openings[len(openings) // 2].start())
        if found is not None:
            return found
    lines = [line for line in plain.split("\n") if line.strip()]
    if len(lines) == 2:
        return clean(lines[0]), clean(lines[1])
    slashes = list(_SLASH.finditer(plain))
    if len(slashes) % 2:
        middle = slashes[len(slashes) // 2]
        return clean(plain[: middle.start()]), clean(plain[middle.end() :])
    return None


def one_line(text: str) -> str:
    """Give an indicator as one text: `numerator / denominator`, or as it is when no fraction."""
    found = halves(text)
    return _OVER.join(found) if found is not None else clean(text)


def _cut(text: str, at: int) -> tuple[str, str] | None:
    above, below = clean(text[:at]).rstrip(" /÷"), clean(text[at:]).lstrip(" /÷")
    return (above, below) if above and below else None
