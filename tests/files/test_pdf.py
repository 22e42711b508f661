from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from quipu import settings
from quipu.domain.errors import InputError
from quipu.files.pdf import write_pdf
from quipu.forms.definition import Page
from quipu.forms.document import Bars, Block, Cell, Contents, PageBreak, Run, SheetRow, Text
from tests.files.documents import DIVIDER, MONTHS, SIGNATURES, WORDS, document, sheet


def printed(tmp_path: Path, *blocks: Block) -> list[str]:
    """The text of each page of a printed document."""
    path = tmp_path / "out.pdf"
    count = write_pdf(document(*blocks), path, fonts=settings.fonts_dir())
    with pypdfium2.PdfDocument(path) as pdf:
        assert len(pdf) == count
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_head_foot_title_and_header_stand_on_every_page(tmp_path: Path) -> None:
    pages = printed(tmp_path, sheet(60))
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert "INSTITUTO DE RIEGO" in text
        assert "PAT-01" in text
        assert "29/07/24" in text
        assert f"Página {number} de {len(pages)}" in text
        assert "PROGRAMA PROGRAMA" in text
        assert "Programación 2024" in text
        assert "Total meta" in text


def test_every_row_is_printed_once_and_in_order(tmp_path: Path) -> None:
    text = "\n".join(printed(tmp_path, sheet(60)))
    codes = [line.split()[0] for line in text.splitlines() if line.startswith("1.")]
    assert [code for code in codes if code != "1,500"] == [f"1.{n + 1}" for n in range(60)]


def test_a_row_longer_than_a_page_breaks_and_loses_no_word(tmp_path: Path) -> None:
    pages = printed(tmp_path, sheet(1, words=150))
    assert len(pages) > 2
    assert "\n".join(pages).count("oficina") == 150
    assert "\n".join(pages).count("10,500") == 1


def test_a_merged_cell_is_repeated_where_a_page_begins(tmp_path: Path) -> None:
    pages = printed(tmp_path, sheet(40, words=3, merged=40))
    assert len(pages) > 1
    assert all("Texto común" in page for page in pages)


def test_a_merged_cell_over_a_broken_row_covers_both_parts(tmp_path: Path) -> None:
    pages = printed(tmp_path, sheet(4, words=60, merged=4))
    assert all("Texto común" in page for page in pages)
    assert "\n".join(pages).count("oficina") == 240


def test_a_merged_text_taller_than_its_rows_is_printed_whole(tmp_path: Path) -> None:
    first, second, *body = sheet(2, merged=2).rows
    cells = (*body[0].cells[:2], Cell(WORDS * 6, down=2), *body[0].cells[3:])
    tall = sheet(2, merged=2)
    object.__setattr__(tall, "rows", (first, second, SheetRow("row", cells), body[1]))
    assert "\n".join(printed(tmp_path, tall)).count("anexos") == 8


def test_a_group_row_never_stands_last_on_a_page(tmp_path: Path) -> None:
    plain = sheet(200)
    group = SheetRow("group", (Cell("Perspectiva", "group", across=16), *(None,) * 15))
    rows = [*plain.rows[:2]]
    for row in plain.rows[2:]:
        rows += [group, row]
    object.__setattr__(plain, "rows", tuple(rows))
    pages = printed(tmp_path, plain)
    assert len(pages) > 5
    for page in pages:
        body = page[: page.index("Con los valores")].split()
        assert body[-1] != "Perspectiva"


def test_contents_give_the_page_of_each_part(tmp_path: Path) -> None:
    pages = printed(
        tmp_path, Text("Plan", "title"), Contents("Contenido"), DIVIDER, sheet(3), SIGNATURES
    )
    where = next(n for n, page in enumerate(pages, 1) if "Elaborar el informe" in page)
    line = next(line for line in pages[0].splitlines() if "PROGRAMA PROGRAMA" in line)
    assert line.split()[-1] == str(where)
    assert "Dirección General" in pages[-1]


def test_long_contents_take_several_pages(tmp_path: Path) -> None:
    parts = [Text(f"Capítulo {n} " + "muy largo " * 40, "subtitle") for n in range(90)]
    pages = printed(tmp_path, Contents("Contenido"), *parts)
    assert "…" in pages[0]
    assert "Capítulo 89" in pages[2]


def test_texts_charts_and_page_breaks(tmp_path: Path) -> None:
    pages = printed(
        tmp_path,
        Text(WORDS * 90),
        PageBreak(),
        PageBreak(),
        Text("Nota", "note"),
        Bars("Calendario", MONTHS, (("Evaluación anual", (3, 12)),)),
    )
    assert "Calendario" in pages[-1]
    assert "Evaluación anual" in pages[-1]
    assert all(page.strip() for page in pages)


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_pdf(document(sheet(5), SIGNATURES), tmp_path / name, fonts=settings.fonts_dir())
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_only_embedded_fonts_are_named(tmp_path: Path) -> None:
    write_pdf(document(sheet(5)), tmp_path / "a.pdf", fonts=settings.fonts_dir())
    content = (tmp_path / "a.pdf").read_bytes()
    assert b"/FontFile2" in content
    assert b"/Helvetica" not in content


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot-write"):
        write_pdf(document(), tmp_path / "none" / "a.pdf", fonts=settings.fonts_dir())


def test_a_sheet_begins_a_new_page_when_its_first_row_does_not_fit(tmp_path: Path) -> None:
    pages = printed(tmp_path, *[Text(WORDS * 3)] * 16, sheet(3))
    assert "Programación 2024" not in pages[0]
    assert "Programación 2024" in pages[1]


def test_a_merged_label_is_whole_on_each_of_its_pages(tmp_path: Path) -> None:
    label = "Transversalizar el enfoque de género en toda la institución regional"
    for rows in range(20, 40):
        plain = sheet(rows, merged=2)
        object.__setattr__(
            plain,
            "rows",
            tuple(
                SheetRow(
                    row.kind,
                    tuple(
                        Cell(label, down=2) if cell and cell.down == 2 and index > 1 else cell
                        for cell in row.cells
                    ),
                )
                for index, row in enumerate(plain.rows)
            ),
        )
        for page in printed(tmp_path, plain):
            words = " ".join(page.split())
            assert words.count("Transversalizar") == words.count(label) > 0


def test_a_book_of_sections_turns_its_paper(tmp_path: Path) -> None:
    wide, tall = Page(landscape=True), Page(landscape=False)
    path = tmp_path / "book.pdf"
    blocks: list[Block] = [
        Text("INSTITUTO", "cover-line"),
        Text("PLAN 2024", "cover"),
        SIGNATURES,
        PageBreak(tall),
        Contents("Contenido", 1),
        PageBreak(tall),
        Text("PREFACIO", "section"),
        Text("• " + WORDS * 3, runs=(Run("• "), Run(WORDS * 3)), marker="•"),
        Text("Visión", "heading"),
        PageBreak(wide),
        Text("TABLAS", "section"),
        sheet(2),
    ]
    start = replace(document(*blocks), page=tall)
    assert write_pdf(start, path, fonts=settings.fonts_dir()) == 4
    with pypdfium2.PdfDocument(path) as pdf:
        sizes = [page.get_size() for page in pdf]
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert [width > height for width, height in sizes] == [False, False, False, True]
    lines = [line.split() for line in texts[1].splitlines() if line.startswith(("PREF", "TAB"))]
    assert [(line[0], line[-1]) for line in lines] == [("PREFACIO", "3"), ("TABLAS", "4")]
    assert "Visión" not in texts[1]
    assert texts[2].count("oficina") == 3
    assert "Elaborado por:" in texts[0]
