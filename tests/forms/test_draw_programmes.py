"""Weighted programmes drawn: as published, as worked, as a report; and the published ones whole."""

from decimal import Decimal
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.row import Row
from quipu.domain.value import PUBLISHED, Value
from quipu.files.pdf import write_pdf
from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.files.workbook import write_workbook
from quipu.forms.document import Cell, Document, Text, View
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from tests.forms.programme_tables import BY_ID, FORMS, TOGETHER, published, said, shape, table
from tests.forms.sample_plan import paper
from tests.forms.test_rows import stored
from tests.forms.written import as_text, write_letter
from tests.golden.rendering import check_golden

SMALL = (
    "<u>Pagos</u> Bonos | Pagar bien. | N° de a N° de b | Diseño. Cierre | Actas | 1,2 | Caja",
    " | Pagar antes. | Puntualidad | Ejecución del plan | Informes | 1 | Caja",
    "<u>Avisos</u> | Avisar. | | | | | ",
)


def facts_of(rows: tuple[Row, ...], *more: tuple[Address, Value]) -> Facts:
    facts = stored(rows, BY_ID)
    named: list[tuple[Address, Value]] = [
        (Address("plan", "year"), Decimal(2010)),
        (Address("inst", "name"), "Instituto de Previsión Social"),
        (Address("plan", "state"), "draft"),
        (Address("plan", "state" + PUBLISHED), "PRESENTACIÓN PRELIMINAR"),
    ]
    kept = [
        (Address(item, *key), value)
        for item in facts.items()
        for key, value in facts.entries(item).items()
    ]
    newer = {address for address, _ in more}
    return Facts([*(entry for entry in kept if entry[0] not in newer), *named, *more])


def drawn(rows: tuple[Row, ...], view: View, *more: tuple[Address, Value]) -> Document:
    period = "2010" if view == "progress" else ""
    return draw(FORMS, facts_of(rows, *more), DrawRequest("plan", view, period), paper)


def cells(document: Document) -> list[Cell]:
    return [cell for sheet in document.sheets for row in sheet.rows for cell in row.cells if cell]


def one(document: Document, text: str) -> Cell:
    (found,) = [cell for cell in cells(document) if cell.text == text]
    return found


@pytest.mark.parametrize("view", ["plan", "published", "progress"])
def test_the_sheet_is_the_one_that_was_found_right(view: View) -> None:
    check_golden(f"programme-{view}", drawn(table(*SMALL).rows, view))


def test_an_indicator_is_a_fraction_and_a_product_is_underlined() -> None:
    for view in ("plan", "published"):
        document = drawn(table(*SMALL).rows, view)
        cell = one(document, "N° de a\nN° de b")
        assert cell.fraction == ("N° de a", "N° de b")
        assert [run.underline for run in cell.runs] == [True, False]
        product = one(document, "Pagos\nBonos")
        assert [(run.text, run.underline) for run in product.runs] == [
            ("Pagos", True),
            ("\nBonos", False),
        ]
        assert not product.editable
        assert one(document, "Puntualidad").fraction is None
        assert one(document, "Avisos").editable is (view == "plan")


def test_activities_of_one_objective_stand_in_one_box() -> None:
    document = drawn(table(*SMALL).rows, "plan")
    assert one(document, "Diseño.").rules == (True, False)
    assert one(document, "Cierre").rules == (False, True)
    assert one(document, "Ejecución del plan").rules == (True, True)


def test_labels_stand_above_the_table_with_their_notes() -> None:
    document = drawn(table(*SMALL).rows, "plan")
    (sheet,) = document.sheets
    above = [cell.text for row in sheet.rows[: sheet.header_rows] for cell in row.cells if cell]
    assert above[:4] == [
        "OBJETIVO N°1: LA INSTITUCION FORMULA EL (LOS) PROGRAMA(S) DE TRABAJO 2010",
        "Actividad III. 1.1: Programa de Trabajo",
        "INSTITUCIÓN / REGIÓN ² = Región Norte",
        "Ponderación Programa de Trabajo (%) ³ =",
    ]
    assert above[6] == "Indicador ⁶"
    assert (sheet.title, sheet.name) == ("", "III.1.1 Programa de Trabajo de")
    notes = [block.text for block in document.blocks if isinstance(block, Text)]
    assert notes[0] == "Notas:"
    assert notes[1] == "¹ Identificar la institución."
    assert len(notes) == 11


def test_a_programme_without_lines_above_has_its_own_name() -> None:
    document = drawn(table(*SMALL, above="").rows, "plan")
    texts = [cell.text for cell in cells(document)]
    assert "III.1.1 Programa de Trabajo de Gestión Territorial" in texts
    assert "INSTITUCIÓN / REGIÓN ² = programa" in texts
    assert "Ponderación Programa de Trabajo (%) ³ =" in texts


def test_edited_values_are_drawn_anew() -> None:
    rows = table(
        *SMALL,
        above="Actividad III. 1.1: P | | |\nPonderación Programa de Trabajo (%) ³ = 2,2% | | |\n",
    ).rows
    weight = (Address("row 0", "weight"), Decimal("0.03"))
    kept = one(drawn(rows, "published", weight), "Ponderación Programa de Trabajo (%) ³ = 2,2%")
    assert one(drawn(rows, "plan", weight), "Ponderación Programa de Trabajo (%) ³ = 3%")
    assert not kept.editable
    assert one(drawn(rows, "plan"), "Ponderación Programa de Trabajo (%) ³ = 2,2%")
    bare = (Address("row 0", "weight"), None)
    assert one(drawn(rows, "plan", bare), "Ponderación Programa de Trabajo (%) ³ =")


def test_weights_of_activities_are_drawn_beside_them() -> None:
    reading = table(
        "<u>Pagos</u> | Pagar bien. | N° de a N° de b | Diseño | Actas | 0,7 | Caja",
        " | | | Ejecución | Actas | 0,7 | Banco",
        " | | | Evaluación | Actas | 0,8 | ",
    )
    document = drawn(reading.rows, "published")
    weights = [cell for cell in cells(document) if cell.text in ("0,7", "0,8")]
    assert [(cell.text, cell.down) for cell in weights] == [("0,7", 1), ("0,7", 1), ("0,8", 1)]


def test_fixed_objectives_keep_the_numbers_of_their_notes() -> None:
    reading = said(
        "Objetivo | Actividades comprometidas ²⁶ | Medio de verificación ²⁷ | "
        "Ponderación actividad(%) ²⁸ | Unidad Responsable ²⁹\n"
        "Entregar³⁰ | Envío de cartas. Visita | Actas | 2,2 | Caja\n"
    )
    for view in ("plan", "published"):
        assert one(drawn(reading.rows, view), "Entregar³⁰")
    other = (Address("row 0", "text"), "Dar")
    assert one(drawn(reading.rows, "plan", other), "Dar")


def test_values_below_their_labels_may_be_typed() -> None:
    rows = said(
        "Actividad III.1.2: Programa de Complementariedad | | |\n"
        "Principal problema a resolver | Territorio(s) en el/los que opera | x |\n"
        "1.- Pobreza | 1.- Valle | |\n"
        "Productos subproductos ¹⁷ | Objetivos Específicos ¹⁸ | Indicador ¹⁹ | Actividades "
        "comprometidas | Medio de verificación | Ponderación actividad(%) | Unidad Responsable\n"
        "Pagos | 1.- Pagar | N° de a / N° de b | Diseño. Cierre | Actas | 2,2 | Caja"
    ).rows
    assert rows[0].form == TOGETHER
    cell = one(drawn(rows, "plan"), "1.- Pobreza")
    assert (cell.address, cell.editable) == (Address("row 0", "problem"), True)
    assert not one(drawn(rows, "published"), "1.- Pobreza").editable


@pytest.mark.parametrize(
    "filled",
    [
        {},
        {"problem": "Pobreza"},
        {"territory": "Valle"},
        {"institutions": "Caja"},
        {"problem": "Pobreza", "institutions": "Caja"},
    ],
)
@pytest.mark.parametrize("view", ["plan", "published"])
def test_labels_without_a_value_below_are_read_as_blank(
    filled: dict[str, str], view: View, tmp_path: Path
) -> None:
    """Neither the next label nor the heading of the table is the value of a blank label."""
    rows = said(
        "Actividad III.1.2: Programa de Complementariedad | | |\n"
        "Ponderación Programa de Trabajo (%)12 = 2,2% | | |\n"
        "Productos subproductos ¹⁷ | Objetivos Específicos ¹⁸ | Indicador ¹⁹ | Actividades "
        "comprometidas | Medio de verificación | Ponderación actividad(%) | Unidad Responsable\n"
        "Pagos | 1.- Pagar | N° de a / N° de b | Diseño. Cierre | Actas | 2,2 | Caja"
    ).rows
    assert (rows[0].form, rows[0].fields) == (TOGETHER, {"weight": "2,2%"})
    more: list[tuple[Address, Value]] = [
        (Address("row 0", name + part), text)
        for name, text in filled.items()
        for part in ("", PUBLISHED)
    ]
    document = drawn(rows, view, *more)
    book, letter = tmp_path / "programa.xlsx", tmp_path / "programa.docx"
    write_workbook(document, book)
    write_letter(document, letter)
    for raw in (read_file(book), read_file(letter), read_text(as_text(document), "programa.tsv")):
        again = recognise(raw, FORMS, year=2010).rows
        assert again[0].fields == {"weight": "2,2%", **filled}
        assert shape(again) == shape(rows)


# ------------------------------------------------------------------------- the published document
@pytest.fixture(scope="module")
def reading(sources: Path) -> Reading:
    return recognise(published(sources), FORMS, year=2010)


def test_the_published_programmes_are_drawn_as_they_are(reading: Reading) -> None:
    check_golden("programmes-published", drawn(reading.rows, "published"))


@pytest.mark.parametrize("view", ["plan", "published"])
def test_what_was_printed_is_read_back_the_same(
    reading: Reading, view: View, tmp_path: Path
) -> None:
    path = tmp_path / "programas.xlsx"
    write_workbook(drawn(reading.rows, view), path)
    again = recognise(read_file(path), FORMS, year=2010)
    assert shape(again.rows) == shape(reading.rows)
    assert [row.fields for row in again.rows] == [row.fields for row in reading.rows]
    assert [one.check for one in again.problems] == [one.check for one in reading.problems]


def test_the_paper_has_notes_and_all_weights(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "programas.pdf"
    assert write_pdf(drawn(reading.rows, "published"), path, fonts=settings.fonts_dir()) == 5
