"""What is written into a workbook's cell, so that the same text is seen and read again."""

import re
from collections.abc import Sequence
from decimal import Decimal

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from quipu.files.formats import exact, number_format
from quipu.forms.document import Cell, Run

MAX_CHARACTERS = 32_767
GENERAL = "General"
TEXT = "@"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHAPE = re.compile(r"-?[\d,]*\d(?:\.(\d+))?( ?%)?")
_FORMULA_STARTS = ("=", "+", "-", "@")


def clean(text: str) -> str:
    """Give a text without what no cell can hold; a longer one than fits ends in an ellipsis."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _LONE_SURROGATE.sub("\ufffd", _UNPRINTABLE.sub(" ", text))
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def stored(text: str) -> str:
    """Give a clean text as the file keeps it: `_x0041_` would be read as a letter."""
    return _ESCAPE.sub("_x005F_", text)


def fits(text: str) -> bool:
    """Tell whether a text can stand in a cell whole."""
    return len(text) <= MAX_CHARACTERS


def starts_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take a typed text for a formula."""
    return text.startswith(_FORMULA_STARTS)


def format_for(cell: Cell) -> str | None:
    """Give the number format in which the cell's number shows exactly its text, else `None`.

    Without one the text itself is written: a signed document is shown as it was signed. A number
    with marks of the style `1.234,5` stays text, because Excel shows marks by the PC's settings
    and other readers by none.
    """
    if cell.number is None:
        return None
    found = _SHAPE.fullmatch(cell.text)
    if found is None:
        return None
    decimals, percent = found.groups()
    whole = "#,##0" if "," in cell.text else "0"
    code = whole + (f".{'0' * len(decimals)}" if decimals else "") + (percent or "")
    try:
        # A spreadsheet keeps 15 digits of a number.
        kept = exact(repr(float(cell.number)))
    except (ArithmeticError, ValueError):
        return None
    return code if number_format(code).show(kept) == cell.text else None


def written_number(number: Decimal) -> int | float:
    """Give a number as openpyxl writes it without loss."""
    return int(number) if number == number.to_integral_value() else float(number)


def rich(runs: Sequence[Run], *, font: str, size: float) -> CellRichText:
    """Give runs of text in their styles."""
    blocks = [
        TextBlock(
            InlineFont(
                rFont=font,
                sz=size,
                b=run.bold or None,
                i=run.italic or None,
                u="single" if run.underline else None,
                vertAlign="superscript" if run.superscript else None,
            ),
            stored(clean(run.text)),
        )
        for run in runs
        if run.text
    ]
    return CellRichText(blocks)
