"""A table as a file holds it, before any form has looked at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from quipu.forms.document import Stamp


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell: its text as a person sees it, and the number behind it where the file has one.

    A percentage's `number` is its fraction and `percent` is true. `formula` is the text of a
    formula that had no saved value; `computed` says that Quipu worked its value out (sums and
    plain arithmetic only), else text and number are blank. `rich` is the text with `<u>…</u>`
    around what is underlined in it, `""` where nothing is.
    """

    text: str = ""
    number: Decimal | None = None
    percent: bool = False
    formula: str = ""
    computed: bool = False
    rich: str = ""


Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, from 0, inclusive."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid of cells, ragged rows allowed, from one sheet or one stretch of text.

    `name` is the sheet's name or the file's; `place` says where a cell is as a person would
    (`Compras!A18` for a sheet, `001_adn.tsv:7` for a line of text), rows and columns from 0.
    """

    name: str
    rows: tuple[tuple[RawCell, ...], ...]
    place: Callable[[int, int], str]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class RawFile:
    """All tables of a file, and the stamp of a workbook that Quipu wrote."""

    name: str
    tables: tuple[RawTable, ...]
    stamp: Stamp | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
