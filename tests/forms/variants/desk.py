"""Tables as offices keep them: pages of cells, written as the files that people really send."""

import html
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter

from quipu.files.reader import read_file
from quipu.files.text import decode, read_text
from quipu.forms.markup import bare, runs
from quipu.forms.raw import RawFile

Value = str | Decimal
"""A text, `=…` a formula, or a number as a workbook stores it."""


@dataclass
class Page:
    """One sheet, or one stretch of a document: its rows of cells and its merged ranges."""

    name: str
    rows: list[list[Value]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        cells = self.rows[row]
        return shown(cells[column]) if column < len(cells) else ""


def shown(value: Value) -> str:
    return value if isinstance(value, str) else format(value, "f")


def _separated(pages: Sequence[Page], mark: str, end: str = "\n") -> str:
    lines = []
    for page in pages:
        for row in page.rows:
            cells = [shown(value) for value in row]
            lines.append(mark.join(_quoted(text, mark) for text in cells))
        lines.append("")
    return end.join(lines)


def _quoted(text: str, mark: str) -> str:
    if any(sign in text for sign in (mark, "\n", '"')):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_tsv(pages: Sequence[Page], path: Path) -> RawFile:
    return read_text(_separated(pages, "\t"), "plan.tsv")


def as_pasted(pages: Sequence[Page], path: Path) -> RawFile:
    """The clipboard of a workbook: tabs and the line ends of Windows."""
    return read_text(_separated(pages, "\t", "\r\n"), "plan")


def as_semicolons(pages: Sequence[Page], path: Path) -> RawFile:
    content = _separated(pages, ";", "\r\n").encode("cp1252", "replace")
    return read_text(decode(content, "plan.csv"), "plan.csv")


def as_commas(pages: Sequence[Page], path: Path) -> RawFile:
    content = _separated(pages, ",").encode("utf-8-sig")
    return read_text(decode(content, "plan.csv"), "plan.csv")


def as_unicode(pages: Sequence[Page], path: Path) -> RawFile:
    content = _separated(pages, "\t", "\r\n").encode("utf-16")
    return read_text(decode(content, "plan.txt"), "plan.txt")


def as_pipes(pages: Sequence[Page], path: Path) -> RawFile:
    lines = []
    for page in pages:
        for number, row in enumerate(page.rows):
            filled = [shown(value).replace("\n", "<br>") for value in row]
            if len([text for text in filled if text]) <= 1 and len(filled) <= 1:
                lines.append(filled[0] if filled else "")
                continue
            lines.append("| " + " | ".join(filled) + " |")
            if number and len([t for t in map(shown, page.rows[number - 1]) if t]) <= 1:
                lines.append("|---" * len(filled) + "|")
        lines.append("")
    return read_text("\n".join(lines), "plan.txt")


def _covered(page: Page) -> set[tuple[int, int]]:
    return {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def as_page(pages: Sequence[Page], path: Path) -> RawFile:
    """A page saved by an office program: one table a sheet, spans for merged cells."""
    parts = ["<html><head><meta charset='utf-8'></head><body>"]
    for page in pages:
        covered = _covered(page)
        spans = {(t, left): (b - t + 1, r - left + 1) for t, left, b, r in page.merges}
        parts.append("<table border=1>")
        for row in range(len(page.rows)):
            cells = []
            for column in range(page.width):
                if (row, column) in covered:
                    continue
                down, across = spans.get((row, column), (1, 1))
                text = html.escape(page.text(row, column)).replace("\n", "<br>")
                text = text.replace("&lt;u&gt;", "<u>").replace("&lt;/u&gt;", "</u>")
                cells.append(f"<td rowspan={down} colspan={across}>{text}</td>")
            parts.append("<tr>" + "".join(cells) + "</tr>")
        parts.append("</table><p>&nbsp;</p>")
    return read_text("".join(parts) + "</body></html>", "plan.htm")


def as_book(pages: Sequence[Page], path: Path) -> RawFile:
    """A workbook; formulas have no saved value."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name[:31].replace("/", "-"))
        for number, row in enumerate(page.rows, 1):
            for column, value in enumerate(row, 1):
                if value == "":
                    continue
                place = sheet.cell(number, column)
                place.value = _rich(value) if isinstance(value, str) else value
        for top, left, bottom, right in page.merges:
            first, last = get_column_letter(left + 1), get_column_letter(right + 1)
            sheet.merge_cells(f"{first}{top + 1}:{last}{bottom + 1}")
    book.save(path / "plan.xlsx")
    return read_file(path / "plan.xlsx")


def _rich(text: str) -> str | CellRichText:
    if "<u>" not in text:
        return text
    blocks = [
        TextBlock(InlineFont(u="single" if run.underline else None), run.text) for run in runs(text)
    ]
    return CellRichText(*blocks)


def as_letter(pages: Sequence[Page], path: Path) -> RawFile:
    """A document: rows of one text above a table are paragraphs, the rest is a table."""
    document = docx.Document()
    for page in pages:
        top = 0
        while top < len(page.rows) and _alone(page.rows[top]):
            document.add_paragraph("".join(map(shown, page.rows[top])))
            top += 1
        rows, wide = page.rows[top:], max(page.width, 1)
        table = document.add_table(len(rows), wide)
        covered = {(r - top, c) for r, c in _covered(page)}
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if shown(value) and (number, column) not in covered:
                    paragraph = table.cell(number, column).paragraphs[0]
                    text = shown(value)
                    for run in runs(text) or [None]:
                        made = paragraph.add_run(bare(text) if run is None else run.text)
                        made.underline = run is not None and run.underline
        for first, left, last, right in page.merges:
            if first >= top:
                table.cell(first - top, left).merge(table.cell(last - top, right))
        document.add_paragraph("")
    document.save(str(path / "plan.docx"))
    return read_file(path / "plan.docx")


def _alone(row: Sequence[Value]) -> bool:
    return len([value for value in row if shown(value)]) <= 1


_SPACES = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"'


def as_open_sheet(pages: Sequence[Page], path: Path) -> RawFile:
    """An OpenDocument sheet, numbers typed as numbers."""
    parts = [
        f"<office:document-content {_SPACES}><office:automatic-styles>"
        '<style:style style:name="T1"><style:text-properties style:text-underline-style="solid"/>'
        "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
    ]
    for page in pages:
        covered = _covered(page)
        spans = {(t, left): (b - t + 1, r - left + 1) for t, left, b, r in page.merges}
        parts.append(f'<table:table table:name="{escape(page.name)}">')
        for row in range(len(page.rows)):
            parts.append("<table:table-row>")
            for column in range(page.width):
                value = page.rows[row][column] if column < len(page.rows[row]) else ""
                if (row, column) in covered:
                    parts.append("<table:covered-table-cell/>")
                    continue
                parts.append(_open_cell(value, spans.get((row, column))))
            parts.append("</table:table-row>")
        parts.append("</table:table>")
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "".join(parts))
    (path / "plan.ods").write_bytes(stream.getvalue())
    return read_file(path / "plan.ods")


def _spans(line: str) -> str:
    text = escape(line)
    text = text.replace("&lt;u&gt;", '<text:span text:style-name="T1">')
    return text.replace("&lt;/u&gt;", "</text:span>")


def _open_cell(value: Value, span: tuple[int, int] | None) -> str:
    spans = ""
    if span is not None:
        spans = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if shown(value) == "":
        return f"<table:table-cell{spans}/>"
    kind = ' office:value-type="string"'
    if isinstance(value, Decimal):
        kind = f' office:value-type="float" office:value="{value}"'
    lines = "".join(f"<text:p>{_spans(line)}</text:p>" for line in shown(value).split("\n"))
    return f"<table:table-cell{kind}{spans}>{lines}</table:table-cell>"


WRITERS: dict[str, Callable[[Sequence[Page], Path], RawFile]] = {
    "tsv": as_tsv,
    "pasted": as_pasted,
    "semicolons": as_semicolons,
    "commas": as_commas,
    "utf-16": as_unicode,
    "pipes": as_pipes,
    "html": as_page,
    "xlsx": as_book,
    "docx": as_letter,
    "ods": as_open_sheet,
}
