"""Word documents for tests: made with python-docx, or from the XML of their body."""

import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table

from quipu.files.reader import read_file
from quipu.forms.raw import RawTable

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships">{}</Relationships>'
)
_ONE = '<Relationship Id="{}" Type="http://x/relationships/{}" Target="{}"/>'


def saved(path: Path, document: Document) -> list[RawTable]:
    """Save a document and read it again."""
    document.save(str(path))
    return list(read_file(path).tables)


def letter(path: Path, body: str, **parts: str) -> Path:
    """Write a document whose body is given as XML; `parts` are others by kind of relation."""
    related = "".join(_ONE.format(kind, kind, f"{kind}.xml") for kind in parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        main = _ONE.format("a", "officeDocument", "word/document.xml")
        archive.writestr("_rels/.rels", _RELS.format(main))
        archive.writestr("word/_rels/document.xml.rels", _RELS.format(related))
        whole = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", whole)
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", content.replace("<w:root", f"<w:root {_W}", 1))
    return path


def p(*texts: str, props: str = "") -> str:
    """A paragraph of runs; a text that begins with `<` stands as it is."""
    runs = (
        text if text.startswith("<") else f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"
        for text in texts
    )
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{''.join(runs)}</w:p>"


def tc(*paragraphs: str, props: str = "") -> str:
    """A cell of paragraphs, or of one text."""
    inside = "".join(one if one.startswith("<") else p(one) for one in paragraphs)
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """A row of cells, or of texts."""
    inside = "".join(one if one.startswith("<") else tc(one) for one in cells)
    return f"<w:tr><w:trPr>{props}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str, grid: str = "") -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def read(path: Path, body: str, **parts: str) -> list[RawTable]:
    """Write a document and read it."""
    return list(read_file(letter(path, body, **parts)).tables)


def words(table: RawTable) -> list[list[str]]:
    """The texts of a table, row by row."""
    return [[cell.text for cell in row] for row in table.rows]


def fill(table: Table, rows: list[list[str]]) -> Table:
    """Write texts into a table's cells."""
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def new() -> Document:
    """An empty document."""
    return docx.Document()
