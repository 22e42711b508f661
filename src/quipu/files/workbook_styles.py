"""The looks of a workbook's cells: made once each, then shared."""

from copy import copy
from dataclasses import dataclass, field

from openpyxl.cell.cell import Cell as WrittenCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray

FONT = "Arial"
SIZE = 9.0
"""Points on the screen; fit-to-width brings them to the form's own size on paper."""

_GREY = PatternFill("solid", fgColor="D9D9D9")
_PALE = PatternFill("solid", fgColor="F2F2F2")
_OPEN = PatternFill("solid", fgColor="FFFBE6")
_THIN = Side("thin", color="808080")
_GRID = Border(_THIN, _THIN, _THIN, _THIN)
_RULE = Border(bottom=Side("thin", color="000000"))
_NONE = Border()


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks and behaves."""

    bold: bool = False
    italic: bool = False
    size: float = SIZE
    across: str = "left"
    down: str = "top"
    code: str = "General"
    fill: str = ""
    border: str = "grid"
    locked: bool = True
    quoted: bool = False


@dataclass(slots=True)
class Looks:
    """The looks already made for one workbook."""

    _made: dict[Look, StyleArray] = field(default_factory=dict)

    def put(self, cell: WrittenCell | MergedCell, look: Look) -> None:
        """Give a cell its look."""
        made = self._made.get(look)
        if made is None:
            _apply(cell, look)
            self._made[look] = copy(cell._style)  # type: ignore[union-attr]  # the stubs leave it away
        else:
            cell._style = copy(made)  # type: ignore[union-attr]


def _apply(cell: WrittenCell | MergedCell, look: Look) -> None:
    cell.font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic)
    cell.alignment = Alignment(horizontal=look.across, vertical=look.down, wrap_text=True)
    cell.border = {"grid": _GRID, "rule": _RULE}.get(look.border, _NONE)
    if look.fill:
        cell.fill = {"grey": _GREY, "pale": _PALE, "open": _OPEN}[look.fill]
    cell.number_format = look.code
    cell.protection = Protection(locked=look.locked)
    if look.quoted:
        cell.quotePrefix = True
