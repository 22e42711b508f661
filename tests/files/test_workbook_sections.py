from dataclasses import replace
from pathlib import Path

import openpyxl

from quipu.files.workbook import write_workbook
from quipu.forms.definition import Page
from quipu.forms.document import Contents, PageBreak, Text
from tests.files.documents import document, sheet


def test_a_book_of_sections_has_a_tab_for_its_texts_and_titles_on_its_tables(
    tmp_path: Path,
) -> None:
    tall = Page(landscape=False)
    blocks = (
        Contents("Contenido"),
        PageBreak(tall),
        Text("PREFACIO", "section"),
        Text("Un camino."),
        PageBreak(Page()),
        Text("CONTROL DE CAMBIOS", "section"),
        replace(sheet(1), name="Cambios", title=""),
        PageBreak(tall),
        Text("ANEXOS", "section"),
        replace(sheet(1), name="Anexo", title="Anexo 1"),
    )
    path = tmp_path / "book.xlsx"
    assert write_workbook(replace(document(*blocks), page=tall), path) == 4
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Contenido", "PREFACIO", "Cambios", "Anexo"]
    assert [book[name].page_setup.orientation for name in book.sheetnames] == [
        "portrait", "portrait", "landscape", "portrait",
    ]  # fmt: skip
    texts = {
        name: [one.value for row in book[name] for one in row if one.value]
        for name in book.sheetnames
    }
    assert "CONTROL DE CAMBIOS" in texts["Cambios"]
    assert {"ANEXOS", "Anexo 1"} <= set(texts["Anexo"])
    assert "Un camino." in texts["PREFACIO"]
