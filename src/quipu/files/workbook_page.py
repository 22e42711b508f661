"""The paper of a tab: size, margins, repeated rows, head and foot."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from quipu.files.formulas import column_letters
from quipu.files.workbook_canvas import Canvas
from quipu.files.workbook_styles import SIZE, Look
from quipu.forms.definition import Page
from quipu.forms.document import Document, SheetColumn

_PAPERS = {"letter": 1, "legal": 5, "a3": 8, "a4": 9, "oficio": 14}
_SIDES = {
    "letter": (216, 279),
    "legal": (216, 356),
    "oficio": (216, 330),
    "a4": (210, 297),
    "a3": (297, 420),
}
_UNIT = 1.77
"""Millimetres of a unit of column width."""
_INCH = 25.4
_FOOT_LIMIT = 200
_TITLE = Look(bold=True, across="center", down="center", border="")
_BOX = Look(down="center")
# Units of width for the box of a controlled document: its labels, its texts.
_BOX_LABEL, _BOX_TEXT = 9.0, 13.0


def inner_width(page: Page) -> float:
    """Give the room between the margins in units of column width, for letters of the screen."""
    sides = _SIDES[page.size]
    paper = sides[1] if page.landscape else sides[0]
    return (paper - 2 * page.margin) / _UNIT * SIZE / page.font_size


def unit_widths(columns: Sequence[SheetColumn], page: Page) -> list[float]:
    """Share the paper's width among the columns by their weights; none becomes unusable."""
    total = sum(column.width for column in columns) or 1.0
    room = inner_width(page)
    return [min(max(column.width / total * room, 3.5), 120.0) for column in columns]


def head_rows(canvas: Canvas, document: Document, width: int) -> int:
    """Write the lines and the box of a controlled document; give the next free row."""
    lines, box = document.lines, document.box
    text_at = _reach(canvas.widths, width, _BOX_TEXT)
    label_at = _reach(canvas.widths, text_at, _BOX_LABEL)
    beside = bool(box) and label_at > 0
    for row, line in enumerate(lines):
        canvas.band(row, 0, label_at if beside else width, line, _TITLE)
    if not beside:
        for row, (label, text) in enumerate(box, start=len(lines)):
            canvas.band(row, 0, width, f"{label} {text}", _BOX)
        return len(lines) + len(box)
    for row, (label, text) in enumerate(box):
        canvas.band(row, label_at, text_at - label_at, label, _BOX)
        canvas.band(row, text_at, width - text_at, text, _BOX)
    return max(len(lines), len(box))


def _reach(widths: Sequence[float], end: int, wanted: float) -> int:
    """Give the column from which those before `end` are wide enough together; 0 when none is."""
    column = end
    while column > 0 and sum(widths[column:end]) < wanted:
        column -= 1
    return column


def set_page(tab: Worksheet, document: Document, repeated: int, rows: int, columns: int) -> None:
    """Set paper, margins, foot, the rows that repeat, the printed area and the frozen heading."""
    page = document.page
    tab.page_setup.orientation = "landscape" if page.landscape else "portrait"
    tab.page_setup.paperSize = _PAPERS[page.size]
    tab.page_setup.fitToWidth = 1
    tab.page_setup.fitToHeight = 0
    if tab.sheet_properties.pageSetUpPr is not None:
        tab.sheet_properties.pageSetUpPr.fitToPage = True
    margin = page.margin / _INCH
    margins = tab.page_margins
    margins.left = margins.right = margins.top = margin
    # The foot stands between the table and the edge.
    margins.bottom = margin + 0.25
    margins.header = margins.footer = max(margin - 0.1, 0.15)
    tab.print_options.horizontalCentered = True
    _set_foot(tab, document)
    tab.print_area = f"A1:{column_letters(columns - 1)}{rows}"
    if repeated:
        tab.print_title_rows = f"1:{repeated}"
        tab.freeze_panes = f"A{repeated + 1}"


def _set_foot(tab: Worksheet, document: Document) -> None:
    words = document.page_words.replace("&", "&&").format(page="&P", pages="&N")
    left = document.footer[:_FOOT_LIMIT].replace("&", "&&")
    foot = tab.oddFooter
    if foot is None:
        raise AssertionError("openpyxl gives every sheet a foot")
    for item, text in ((foot.center, words), (foot.left, left)):
        if text:
            item.text = text
            item.size = 8
