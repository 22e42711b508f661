"""What a Word document is made of while it is read: paragraphs, tables, cells."""

from collections.abc import Callable
from dataclasses import dataclass, field

from quipu.files.flow import Box, Words
from quipu.files.package import Attributes, local

Act = Callable[[Attributes], None]
NO = ("0", "false", "none", "off")
NOTHING: Attributes = {}
# In Wingdings: ticks and crosses, in boxes and without.
CHECK_MARKS = ("FB", "FC", "FD", "FE")
# What was there before a change, what has been taken away, and what is drawn in two ways.
PASSED_BY = frozenset(
    [
        "Fallback",
        "del",
        "delText",
        "delInstrText",
        "instrText",
        "moveFrom",
        "rt",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "tblGridChange",
        "tcPrChange",
        "trPrChange",
        "sectPrChange",
        "tblPrExChange",
        "numberingChange",
    ]
)


@dataclass(slots=True)
class Paragraph:
    """A paragraph while it is read: its words and what numbers it."""

    words: Words = field(default_factory=Words)
    number: str | None = None
    level: int | None = None
    style: str = ""
    open: bool = False
    """Its end has been deleted: the next paragraph goes on in it."""


@dataclass(slots=True)
class WordTable:
    """A table while it is read; `covering` has the cells that go on downwards, by column."""

    name: str
    rows: list[list[Box]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    covering: dict[int, Box] = field(default_factory=dict)
    row: list[Box] = field(default_factory=list)
    continuing: list[Box] = field(default_factory=list)
    column: int = 0
    deleted: bool = False
    inner: list[tuple["WordTable", int]] = field(default_factory=list)


@dataclass(slots=True)
class WordCell:
    """A cell while it is read."""

    texts: list[str] = field(default_factory=list)
    across: int = 1
    merged: str = ""
    """`restart` or `continue` down, `left` for one that the cell to its left covers."""
    deleted: bool = False


class Acts(dict[str, Act | None]):
    """What to do at an element's start or end, by its name with any prefix."""

    def __missing__(self, name: str) -> Act | None:
        act = self.get(local(name))
        self[name] = act
        return act


def value_of(attributes: Attributes, otherwise: str = "") -> str:
    """Give the `val` of a property, whatever its prefix."""
    found = attributes.get("w:val")
    if found is not None:
        return found
    return next((text for name, text in attributes.items() if local(name) == "val"), otherwise)
