"""A document as an XLSX workbook: the official sheet to read, print, or fill in and send back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from quipu.disk import replacing
from quipu.domain.errors import InputError
from quipu.files.stamp import LISTS_TAB, STAMP_TAB, TabPlaces, TextAt, stamp_texts
from quipu.files.workbook_sheet import WrittenSheet, add_lists, write_sheet
from quipu.files.workbook_styles import FONT, SIZE, Looks
from quipu.files.workbook_text import write_signatures, write_text, write_text_tab
from quipu.forms.definition import Page
from quipu.forms.document import (
    Bars,
    Block,
    Cell,
    Contents,
    Document,
    PageBreak,
    Sheet,
    SheetColumn,
    SheetRow,
    Signatures,
    Stamp,
    Text,
)

_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# "History" is Excel's own.
_TAKEN = frozenset({STAMP_TAB, LISTS_TAB, "history"})


@dataclass(slots=True)
class _Tab:
    """What one tab will hold: a sheet with what follows it, or texts alone."""

    sheet: Sheet | None = None
    blocks: list[Text | Contents | Signatures] = field(default_factory=list)
    name: str = ""
    page: Page | None = None


def write_workbook(document: Document, path: Path) -> int:
    """Write a document to an .xlsx file and give the number of its tabs.

    Editable cells are open and all others locked, without a password; a document with a stamp can
    be filled in and read back. The file is whole or not there. Raises
    `InputError("cannot-write")` when the place cannot be written.
    """
    tabs = _named(_tabs(_headed(document.blocks), document.page))
    workbook = _built(document, tabs)
    try:
        with replacing(path) as file:
            workbook.save(whole := io.BytesIO())  # a full disk would leave its archive half open
            file.write(whole.getbuffer())
    except OSError as error:
        raise InputError("cannot-write", file=str(path), why=error.strerror or "") from error
    return len(tabs)


def _built(document: Document, tabs: Sequence[_Tab]) -> Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = document.title
    workbook.properties.creator = "Quipu"
    _set_letters(workbook)
    looks = Looks()
    names = [tab.name for tab in tabs if tab.sheet is not None]
    written: list[tuple[Worksheet, WrittenSheet]] = []
    for tab in tabs:
        worksheet: Worksheet = workbook.create_sheet(tab.name)
        worksheet.sheet_view.showGridLines = False
        own = replace(document, page=tab.page or document.page)
        if tab.sheet is None:
            write_text_tab(tab.blocks, own, worksheet, looks, names)
            continue
        sheet = write_sheet(replace(tab.sheet, name=tab.name), own, worksheet, looks)
        _write_below(sheet, tab.blocks)
        written.append((worksheet, sheet))
    _add_lists(workbook, written)
    if document.stamp is not None:
        places = [(sheet.places, sheet.canvas.text_at) for _, sheet in written]
        _add_stamp(workbook, document.stamp, places)
    return workbook


def _set_letters(workbook: Workbook) -> None:
    """Make our letters the workbook's own: columns are measured in the widths of their digits."""
    letters = Font(name=FONT, size=SIZE, family=2)
    workbook._fonts = IndexedList([letters])  # type: ignore[attr-defined]  # has no public door
    normal = workbook._named_styles["Normal"]  # type: ignore[attr-defined]
    normal.font = letters
    normal.bind(workbook)


def _write_below(sheet: WrittenSheet, blocks: Sequence[Block]) -> None:
    row = sheet.last_row + 2
    canvas = sheet.canvas
    for block in blocks:
        match block:
            case Text():
                row = write_text(canvas, block, row)
            case Signatures():
                row = write_signatures(canvas, block, row + 1)
    if blocks:
        area = f"A1:{canvas.sheet.cell(row, len(canvas.widths)).coordinate}"
        canvas.sheet.print_area = area


def _add_lists(workbook: Workbook, written: Sequence[tuple[Worksheet, WrittenSheet]]) -> None:
    if any(sheet.lists for _, sheet in written):
        source: Worksheet = workbook.create_sheet(LISTS_TAB)
        source.sheet_state = "veryHidden"
        for worksheet, sheet in written:
            add_lists(worksheet, sheet.lists, source)


def _add_stamp(
    workbook: Workbook, stamp: Stamp, places: Sequence[tuple[TabPlaces, TextAt]]
) -> None:
    hidden: Worksheet = workbook.create_sheet(STAMP_TAB)
    hidden.sheet_state = "veryHidden"
    for row, text in enumerate(stamp_texts(stamp, places), start=1):
        hidden.cell(row, 1, text).data_type = "s"


def _tabs(blocks: Sequence[Block], page: Page) -> list[_Tab]:
    """Share the blocks out among tabs.

    A sheet has a tab of its own, with the notes and signatures that follow it on the same page. A
    divider that only says the area of the sheet after it stands there anyway. Other texts share a
    tab until a page break or a sheet.
    """
    tabs: list[_Tab] = []
    fresh = True
    for index, block in enumerate(blocks):
        match block:
            case PageBreak():
                fresh, page = True, block.page or page
            case Sheet() | Bars():
                tabs.append(_Tab(block if isinstance(block, Sheet) else _bars_as_sheet(block)))
                fresh = False
            case Text(role="title" | "subtitle" | "divider" | "section") | Contents():
                if _says_area(blocks, index):
                    continue
                if fresh or tabs[-1].sheet is not None:
                    tabs.append(_Tab())
                tabs[-1].blocks.append(block)
                fresh = False
            case Text() | Signatures():
                if fresh and not (isinstance(block, Signatures) and tabs):
                    tabs.append(_Tab())
                tabs[-1].blocks.append(block)
                fresh = False
        for tab in tabs[-1:]:
            tab.page = tab.page or page
    return tabs or [_Tab()]


def _headed(blocks: Sequence[Block]) -> list[Block]:
    """Put a section's title that stands right over a sheet onto the sheet: it has its own tab."""
    headed: list[Block] = []
    for block in blocks:
        above = headed[-1] if headed else None
        if isinstance(block, Sheet) and isinstance(above, Text) and above.role == "section":
            headed.pop()
            title, area = (
                (block.title, block.area or above.text) if block.title else (above.text, "")
            )
            headed.append(replace(block, title=title, area=area))
        else:
            headed.append(block)
    return headed


def _says_area(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    after = next((other for other in blocks[index:] if isinstance(other, Sheet)), None)
    return isinstance(block, Text) and after is not None and block.text == after.area


def _named(tabs: list[_Tab]) -> list[_Tab]:
    """Name every tab: short, unique whatever the case, without what spreadsheets forbid."""
    taken = set(_TAKEN)
    for tab in tabs:
        titles = (
            block.title if isinstance(block, Contents) else block.text
            for block in tab.blocks
            if isinstance(block, Text | Contents)
        )
        first = next(titles, "")
        wanted = tab.sheet.name if tab.sheet is not None else first
        base = " ".join(wanted.translate(_FORBIDDEN).split())[:_LONGEST_NAME].strip("' ") or "-"
        name, count = base, 1
        while name.casefold() in taken:
            count += 1
            name = f"{base[: _LONGEST_NAME - len(str(count)) - 1].strip()} {count}"
        taken.add(name.casefold())
        tab.name = name
    return tabs


def _bars_as_sheet(bars: Bars) -> Sheet:
    header = ("", *bars.columns)
    rows = [
        SheetRow(
            "row",
            (
                Cell(label),
                *(
                    Cell("■" if month in marked else "", "flag", filled=month in marked)
                    for month in range(1, len(bars.columns) + 1)
                ),
            ),
        )
        for label, marked in bars.rows
    ]
    head = SheetRow("header", tuple(Cell(text, "header") for text in header))
    columns = (SheetColumn(6), *(SheetColumn(1, "center") for _ in bars.columns))
    return Sheet(bars.title, bars.title, columns, (head, *rows))
