"""Documents as readable text, and their comparison with the sheets that were found right.

`QUIPU_GOLDEN=write` writes the sheets anew: look at what changed before committing it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from quipu.forms.document import Cell, Document, PageBreak, Sheet, Signatures, Text

FOLDER = Path(__file__).resolve().parent


def check_golden(name: str, document: Document) -> None:
    """Compare a document with its golden sheet, or write that where the switch asks for it."""
    path = FOLDER / f"{name}.txt"
    text = render(document)
    if os.environ.get("QUIPU_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def render(document: Document) -> str:
    """Write a document as text: `[…]` may be typed into, `#` is shaded, `·` is covered."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"title: {document.title}"
    page = document.page
    side = "landscape" if page.landscape else "portrait"
    yield f"page: {page.size} {side}, {document.numbers}, {document.page_words}"
    for line in document.lines:
        yield f"line: {line}"
    for label, value in document.box:
        yield f"box: {label} = {value}"
    for block in document.blocks:
        match block:
            case PageBreak():
                yield "---- page"
            case Text():
                yield f"{block.role}: {block.text}"
            case Sheet():
                yield from _sheet(block)
            case Signatures():
                yield from (f"signature: {label} {list(names)}" for label, names in block.entries)
            case _:
                yield f"block: {block}"
    yield f"footer: {document.footer}"


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"sheet: {sheet.title} ({sheet.name}; {sheet.form}; unit {sheet.unit or '-'})"
    yield f"  area: {sheet.area or '-'}"
    for at, row in enumerate(sheet.rows):
        kind = "  head" if at < sheet.header_rows else "  row "
        yield f"{kind} | " + " | ".join(_cell(cell) for cell in row.cells) + " |"


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "·"
    text = cell.text.replace("\n", " / ")
    text = f"#{text}" if cell.filled else text
    text = f"[{text}]" if cell.editable else text
    cover = f" ({cell.across}x{cell.down})" if (cell.across, cell.down) != (1, 1) else ""
    return text + cover
