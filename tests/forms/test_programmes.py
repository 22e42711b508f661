"""Weighted programmes in small tables: what goes on, what begins, what is shared (S4)."""

import pytest

from quipu.domain.row import Row
from quipu.files.text import read_text
from quipu.forms.fractions import halves, one_line
from quipu.forms.recognise import recognise
from quipu.forms.recognise_details import marks_in, without_marks
from quipu.forms.recognise_lists import led
from quipu.forms.recognise_pieces import items_of, opening_words
from tests.forms.programme_tables import FORMS, HEAD, TERRITORIAL, TOGETHER, said, shape, table

NONE: frozenset[str] = frozenset()


def outline(rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    """Kind, text and the text of the row above."""
    return [
        (row.kind, row.text, rows[row.parent].text if row.parent is not None else "")
        for row in rows
        if row.kind != "programme"
    ]


def test_what_is_blank_goes_on_with_the_row_above() -> None:
    reading = table(
        "<u>Pagos</u> Bonos | Pagar bien. | N° de a / N° de b | Diseño del plan | Acta | 1,2 | C",
        " | Pagar antes. | N° de c / N° de d | Ejecución del plan | Informes | 1 | Caja",
        " | | | Evaluación del plan | Fotos | | ",
    )
    assert outline(reading.rows) == [
        ("product", "Pagos", "Programa de Trabajo"),
        ("objective", "Pagar bien.", "Pagos"),
        ("activity", "Diseño del plan", "Pagar bien."),
        ("objective", "Pagar antes.", "Pagos"),
        ("activity", "Ejecución del plan", "Pagar antes."),
        ("activity", "Evaluación del plan", "Pagar antes."),
    ]
    assert reading.rows[1].fields == {"subproducts": "Bonos"}
    assert reading.rows[4].fields["verification"] == "Informes\nFotos"
    assert reading.rows[2].unit == "Región Norte"
    assert reading.rows[2].fields["indicator"] == "N° de a / N° de b"


def test_sub_products_go_on_over_a_page() -> None:
    reading = table(
        "<u>Pagos</u> | Pagar bien y a | N° de a / N° de b | Diseño del plan | Actas | 2,2 | Caja",
        "",
        "Bonos | tiempo a todos. | | Ejecución del plan | | | ",
        "Pensiones | | | | | | ",
    )
    product, objective = reading.rows[1:3]
    assert (product.text, product.fields) == ("Pagos", {"subproducts": "Bonos\nPensiones"})
    assert product.published["text"] == "<u>Pagos</u>\nBonos\nPensiones"
    assert objective.text == "Pagar bien y a tiempo a todos."
    assert [row.text for row in reading.rows[3:]] == ["Diseño del plan", "Ejecución del plan"]


def test_without_underlining_each_cell_is_a_product() -> None:
    reading = table(
        "Pagos | Pagar bien. | N° de a / N° de b | Diseño del plan. Cierre | Actas | 1,2 | Caja",
        "Avisos | Avisar. | N° de a / N° de b | Envío de cartas. Visita | Actas | 1 | Caja",
    )
    assert [row.text for row in reading.rows if row.kind == "product"] == ["Pagos", "Avisos"]
    assert [row.text for row in reading.rows if row.kind == "activity"] == [
        "Diseño del plan.",
        "Cierre",
        "Envío de cartas.",
        "Visita",
    ]


def test_rows_that_weigh_apart_give_their_weights_to_their_activities() -> None:
    reading = table(
        "<u>Pagos</u> | Pagar bien. | N° de a / N° de b | Diseño | Actas | 1,2 | Caja",
        " | | | Ejecución | Fotos | 0,6 | Banco",
        " | | | Evaluación | Informes | 0,4 | ",
    )
    assert shape(reading.rows)[2:] == [
        ("objective", "", "Pagar bien.", ""),
        ("activity", "", "Diseño", "1,2"),
        ("activity", "", "Ejecución", "0,6"),
        ("activity", "", "Evaluación", "0,4"),
    ]
    assert reading.rows[4].fields == {"verification": "Fotos", "weight": "0,6", "lead": "Banco"}
    checks = {problem.check for problem in reading.problems}
    assert not checks & {"weights-sum", "weight-missing", "two-values-in-cell"}


def test_an_objective_that_is_only_a_label_has_no_findings() -> None:
    reading = said(
        "Objetivo | Actividades comprometidas ²⁶ | Medio de verificación ²⁷ | "
        "Ponderación actividad(%) ²⁸ | Unidad Responsable ²⁹\n"
        "Entregar³⁰ | Envío de cartas. Visita | Actas | 2,2 | Caja\n"
        "Otros objetivos³³ | | | | "
    )
    assert outline(reading.rows)[-1] == ("objective", "Otros objetivos", "")
    assert {problem.check for problem in reading.problems} <= {
        "note-unknown",
        "unit-from-sheet",
        "weights-base",
    }


def test_prose_totals_and_notes_are_no_rows() -> None:
    reading = table(
        "<u>Pagos</u> | Pagar bien. | N° de a / N° de b | Diseño. Cierre | Actas | 2,2 | Caja",
        " | Total | | | | 2,2 | ",
        "Nota: los pagos son mensuales | | | | | | ",
        "",
        "¹ | Identificar la institución. | | | | | ",
    )
    assert len(reading.rows) == 5


def test_values_may_stand_beside_or_below_their_labels() -> None:
    reading = said(
        "Actividad III.1.2: Programa de Complementariedad | | |\n"
        "INSTITUCIÓN / REGIÓN11 = | Región Sur | |\n"
        "Ponderación Programa de Trabajo (%)12 = | 2,2% | |\n"
        "Principal problema a resolver el año 201014 | Territorio(s) en el/los que opera15 | x |\n"
        "1.- Pobreza 2.- Frío | 1.- Valle | |\n"
        + HEAD.replace("Productos o subproductos ⁴", "Productos subproductos")
        + "\nPagos | 1.- Pagar a los pobres | N° de a / N° de b | Diseño. Cierre | Actas | 2,2 | C"
    )
    (found,) = reading.tables
    assert (found.form, found.unit) == (TOGETHER, "Región Sur")
    top = reading.rows[0]
    assert (top.code, top.text) == ("III.1.2", "Programa de Complementariedad")
    assert top.fields == {
        "weight": "2,2%",
        "problem": "1.- Pobreza 2.- Frío",
        "territory": "1.- Valle",
    }


def test_a_repeated_page_goes_on_with_the_programme() -> None:
    line = "<u>Pagos</u> | Pagar {}. | N° de a / N° de b | Diseño. Cierre | Actas | 1,1 | Caja"
    above = "Actividad III. 1.1: Programa de Trabajo | | |\n"
    weight = "Ponderación Programa de Trabajo (%) ³ = 2,2% | | |\n"
    first = f"{above}{HEAD}\n{line.format('bien')}\n\n"
    reading = said(f"{first}{above}{weight}{HEAD}\n{line.format('antes')}")
    assert [row.kind for row in reading.rows].count("programme") == 1
    assert reading.rows[0].fields == {"weight": "2,2%"}
    other = said(f"{first}{above.replace('1.1', '1.1 b')}{HEAD}\n{line.format('antes')}")
    assert [row.kind for row in other.rows].count("programme") == 1


def test_notes_of_the_heading_tell_the_form() -> None:
    line = "Pagos | Pagar | N° de a / N° de b | Diseño. Cierre | Actas | 2,2 | Caja"
    numbers = dict(zip(["⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "¹⁰"], range(17, 24), strict=True))
    head = HEAD
    for mark, number in sorted(numbers.items(), reverse=True):
        head = head.replace(f" {mark} ", f"{number} ").removesuffix(f" {mark}")
    assert said(f"{HEAD}\n{line}").tables[0].form == TERRITORIAL
    assert said(f"{head}\n{line}").tables[0].form == TOGETHER
    named = recognise(
        read_text(f"| {head} |\n| {line} |".replace("17", "").replace("18", ""), "x"),
        FORMS,
        year=2010,
    )
    assert named.tables[0].form == TOGETHER


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("N° de a <u>hechas</u> N° de a previstas", ("N° de a hechas", "N° de a previstas")),
        (
            "N° de a / b hechas N° de a / b previstas",
            ("N° de a / b hechas", "N° de a / b previstas"),
        ),
        ("N° de a / b hechas / N° de a / b", ("N° de a / b hechas", "N° de a / b")),
        ("Hechas\nPrevistas", ("Hechas", "Previstas")),
        ("Hechas / previstas", ("Hechas", "previstas")),
        ("Total de hechas Total de previstas", ("Total de hechas", "Total de previstas")),
        ("<u>Todo</u>", None),
        ("Satisfacción de los usuarios", None),
        ("Reuniones / actas / firmas", None),
        ("", None),
    ],
)
def test_indicators_are_fractions(text: str, found: tuple[str, str] | None) -> None:
    assert halves(text) == found
    assert one_line(text) == (
        " / ".join(found) if found else text.replace("<u>", "").replace("</u>", "")
    )


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Diseño del Plan Ejecución del Plan", ["Diseño del Plan", "Ejecución del Plan"]),
        ("Mesa con Coordinación Regional", ["Mesa con Coordinación Regional"]),
        ("Aplicación (y Evaluación) del Plan", ["Aplicación (y Evaluación) del Plan"]),
        ("Taller con I. Municipalidad de Pica", ["Taller con I. Municipalidad de Pica"]),
        ("1) Reunir 2) Firmar", ["1) Reunir", "2) Firmar"]),
        ("<p>Reunir a</p> <p>todos</p> <p>Firmar</p>", ["Reunir a todos", "Firmar"]),
        ("• Reunir\n• Firmar", ["Reunir", "Firmar"]),
        ("Encuentro de todos Encuentro final", ["Encuentro de todos", "Encuentro final"]),
        ("", []),
    ],
)
def test_a_cell_holds_several_activities(text: str, items: list[str]) -> None:
    known = opening_words(["Encuentro anual. Cierre", "DAF", ""])
    assert items_of(text, known) == items


def test_only_words_that_open_something_open_items() -> None:
    assert opening_words(["Encuentro anual. Cierre de mesa", "ESU", "a b"]) == {
        "Encuentro",
        "Cierre",
    }
    assert items_of("Mesa de Valle Encuentro", NONE) == ["Mesa de Valle Encuentro"]


def test_numbers_of_notes_are_no_part_of_labels() -> None:
    assert without_marks("REGIÓN ¹¹ = Norte") == "REGIÓN = Norte"
    assert without_marks("REGIÓN11 = Norte") == "REGIÓN = Norte"
    assert without_marks("Trabajo (%) 12 = 2,2%") == "Trabajo (%) = 2,2%"
    assert marks_in("Indicador ⁶") == [6]
    assert marks_in("Indicador 19") == [19]
    assert marks_in("Ponderación (%)22") == [22]
    assert marks_in("Indicador") == []


def test_what_is_underlined_leads() -> None:
    assert led("<u>Pagos</u> <u>varios</u> Bonos") == ("Pagos varios", "Bonos")
    assert led("Pagos\nBonos") == ("Pagos", "Bonos")
    assert led("Bonos", whole=True) == ("", "Bonos")
