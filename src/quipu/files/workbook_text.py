"""The blocks of a document that are no tables: texts, contents and signatures."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from quipu.files.workbook_canvas import Canvas
from quipu.files.workbook_page import head_rows, inner_width, set_page
from quipu.files.workbook_styles import FONT, Look, Looks
from quipu.files.workbook_values import rich
from quipu.forms.document import Contents, Document, Signatures, Text

_LOOKS = {
    "title": Look(bold=True, size=18, across="center", border=""),
    "subtitle": Look(bold=True, size=12, border=""),
    "divider": Look(bold=True, size=16, across="center", border=""),
    "paragraph": Look(size=10, border=""),
    "note": Look(italic=True, size=8, border=""),
    "cover": Look(bold=True, size=22, across="center", border=""),
    "cover-line": Look(bold=True, size=14, across="center", border=""),
    "section": Look(bold=True, size=13, border=""),
    "heading": Look(bold=True, size=11, border=""),
}
_PLAIN = Look(border="")
_CENTRED = Look(across="center", border="")
_LABEL = Look(bold=True, across="center", border="")
_SIGNED = Look(border="rule")
_ROOM_TO_SIGN = 36.0
_TEXT_COLUMNS = 6
_SIDE_BY_SIDE = 4


def write_text_tab(
    blocks: Sequence[Text | Contents | Signatures],
    document: Document,
    tab: Worksheet,
    looks: Looks,
    names: Sequence[str],
) -> None:
    """Write a tab of texts; contents list the tabs (`names`), each a link to its tab."""
    width = inner_width(document.page) / _TEXT_COLUMNS * 0.7
    canvas = Canvas(tab, looks, [width] * _TEXT_COLUMNS)
    for column in range(_TEXT_COLUMNS):
        tab.column_dimensions["ABCDEF"[column]].width = width
    row = head_rows(canvas, document, _TEXT_COLUMNS) + 1
    for block in blocks:
        match block:
            case Text():
                row = write_text(canvas, block, row)
            case Contents():
                row = _write_contents(canvas, block, row, names)
            case Signatures():
                row = write_signatures(canvas, block, row)
    set_page(tab, document, 0, row, _TEXT_COLUMNS)


def write_text(canvas: Canvas, text: Text, row: int) -> int:
    """Write a paragraph over all columns; give the next free row, one left empty between."""
    look = _LOOKS[text.role]
    canvas.band(row, 0, len(canvas.widths), text.text, look)
    if text.runs:
        value = rich(text.runs, font=FONT, size=look.size)
        canvas.put(row, 0, text.text, look, value)
    return row + 2


def _write_contents(canvas: Canvas, contents: Contents, row: int, names: Sequence[str]) -> int:
    row = write_text(canvas, Text(contents.title, "subtitle"), row)
    for name in names:
        canvas.band(row, 0, len(canvas.widths), name, _PLAIN)
        quoted = name.replace("'", "''")
        canvas.sheet.cell(row + 1, 1).hyperlink = f"#'{quoted}'!A1"
        row += 1
    return row + 1


def write_signatures(canvas: Canvas, signatures: Signatures, row: int) -> int:
    """Write the signatures side by side, each with a rule to sign on; give the next free row."""
    entries = signatures.entries
    per_band = min(len(entries), max(len(canvas.widths) // 2, 1), _SIDE_BY_SIDE)
    for first in range(0, len(entries), per_band or 1):
        band = entries[first : first + per_band]
        shares = canvas.shares(per_band)
        for (label, lines), (column, room) in zip(band, shares, strict=False):
            # A gap at the right keeps the rules apart.
            across = max(room - 1, 1)
            canvas.band(row, column, across, label, _LABEL)
            canvas.put(row + 1, column, "", _SIGNED)
            canvas.join(row + 1, column, 1, across, _SIGNED)
            canvas.fix_height(row + 1, _ROOM_TO_SIGN)
            for index, line in enumerate(lines):
                canvas.band(row + 2 + index, column, across, line, _CENTRED)
        row += max(len(lines) for _, lines in band) + 3
    return row
