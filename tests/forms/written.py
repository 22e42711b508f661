"""Drawn documents written as Word documents and as text, for reading them again."""

import csv
import io
from pathlib import Path

import docx

from quipu.forms.document import Cell, Document, Sheet, SheetRow


def write_letter(document: Document, path: Path) -> None:
    """Write the sheets of a document as tables of a Word document, titles as paragraphs."""
    letter = docx.Document()
    for line in document.lines:
        letter.add_paragraph(line)
    for sheet in document.sheets:
        for line in titles(sheet):
            letter.add_heading(line, 2)
        _write_table(letter, sheet)
    letter.save(str(path))


def titles(sheet: Sheet) -> list[str]:
    """The lines over a sheet."""
    return [line for line in (sheet.area, *sheet.title.split("\n")) if line]


def _write_table(letter: docx.document.Document, sheet: Sheet) -> None:
    table = letter.add_table(len(sheet.rows), len(sheet.columns))
    # Asking for one cell lays out the whole table each time.
    cells = table._cells
    across = len(sheet.columns)
    for at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row.cells):
            if cell is None:
                continue
            first = cells[at * across + column]
            if cell.across > 1 or cell.down > 1:
                last = (at + cell.down - 1) * across + column + cell.across - 1
                first = first.merge(cells[last])
            paragraph = first.paragraphs[0]
            for run in cell.runs:
                paragraph.add_run(run.text).underline = run.underline
            if not cell.runs:
                paragraph.add_run(cell.text)


def as_text(document: Document) -> str:
    """Give the sheets of a document as tab-separated text."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    for line in document.lines:
        writer.writerow([line])
    for sheet in document.sheets:
        writer.writerow([])
        for line in titles(sheet):
            writer.writerow([line])
        for row in sheet.rows:
            writer.writerow(_texts(row))
    return stream.getvalue()


def _texts(row: SheetRow) -> list[str]:
    return [_text(cell) if cell is not None else "" for cell in row.cells]


def _text(cell: Cell) -> str:
    if not cell.runs:
        return cell.text
    return "".join(f"<u>{run.text}</u>" if run.underline else run.text for run in cell.runs)
