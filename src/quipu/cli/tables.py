"""Short tables for people: columns as wide as they must be, long texts cut but for the last."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

WIDEST = 60


def table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()
) -> Iterator[str]:
    """Give a table's lines: heads, a rule, rows; nothing at all where there are no rows.

    `right` are the columns set to the right, counted from 0.
    """
    last = len(heads) - 1
    cells = [
        [_flat(str(cell), whole=place == last) for place, cell in enumerate(row)] for row in rows
    ]
    if not cells:
        return
    columns = list(zip(heads, *cells, strict=True))
    widths = [max(map(width, column)) for column in columns]
    to_right = frozenset(right)
    for line in [list(heads), ["─" * size for size in widths], *cells]:
        padded = (
            _pad(cell, size, right=place in to_right)
            for place, (cell, size) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join(padded).rstrip()


def width(text: str) -> int:
    """Count the places that a text takes on a terminal."""
    return sum(0 if unicodedata.combining(letter) else 2 if _wide(letter) else 1 for letter in text)


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _flat(text: str, *, whole: bool) -> str:
    flat = " ".join(text.split())
    return flat if whole or len(flat) <= WIDEST else flat[: WIDEST - 1].rstrip() + "…"


def _pad(text: str, size: int, *, right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if right else text + space
