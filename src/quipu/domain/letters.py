"""Texts as they are compared: what counts as the same letters."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")


def bare(text: str) -> str:
    """Give a text in one case and without accents: `Año` becomes `ano`."""
    small = text.casefold()
    return small if small.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", small))


def level(text: str) -> str:
    """Give a text in one case and with single spaces, its accents kept: ids are made of it."""
    return " ".join(text.casefold().split())
