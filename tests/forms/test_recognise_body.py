from decimal import Decimal

import pytest

from tests.forms.raw_tables import HEAD, activity, found, programme, read, table

ONE = activity("1.1", "Visitar caminos", jul="1", ago="1", total="2")
TWO = activity("1.2", "Reparar caminos", dic="4", total="4")


def texts(*rows: str) -> list[str]:
    return [row.text for row in read(programme(*rows)).rows]


def test_blank_rows_and_a_repeated_heading_do_not_end_a_table() -> None:
    assert texts(ONE, "", "", TWO) == ["Visitar caminos", "Reparar caminos"]
    assert texts(ONE, "", HEAD, TWO) == ["Visitar caminos", "Reparar caminos"]


@pytest.mark.parametrize(
    "below",
    [
        " | TOTAL | | | | " + " | ".join(["2"] * 12) + " | 24",
        "Total general | | | | | 1 | | 3",
        " | | | | | 1 | | | | | 2 | | | | | | | 3",
        "Nota: los meses en blanco no tienen meta.",
        " | Fuente: informes de las unidades",
        "* Meta sujeta a disponibilidad de recursos",
        "Elaborado por: | Ana | Revisado por: | Luis",
        " | Elaborado por: | | | Revisado por:\n | Ana Pérez | jefe | | Luis",
        "\nRiesgo | Efecto | Medida | Quién\nLluvia | Atraso | Reprogramar | Todos",
    ],
)
def test_totals_notes_and_signatures_are_no_rows(below: str) -> None:
    assert texts(ONE, below) == ["Visitar caminos"]


def test_rows_after_the_signatures_are_no_rows() -> None:
    assert texts(ONE, " | Elaborado por:", "", TWO) == ["Visitar caminos"]


def test_an_activity_named_after_totals_stays() -> None:
    assert texts(activity("7", "Total de visitas", ene="1", total="1")) == ["Total de visitas"]


def test_a_row_without_figures_is_a_row_when_it_adjoins() -> None:
    reading = read(programme(ONE, "1.2 | Reparar caminos", " | Pintar puentes"))
    assert [row.text for row in reading.rows][1:] == ["Reparar caminos", "Pintar puentes"]
    missing = [problem.row for problem in reading.problems if problem.check == "targets-missing"]
    assert missing == [1, 2]


def test_a_row_without_text_is_a_row_when_its_code_says_so() -> None:
    reading = read(programme(ONE, "1.2 | | Informe | Documento | | 1 | | | | | | | | | | | | 1"))
    assert [row.code for row in reading.rows] == ["1.1", "1.2"]
    assert ("text-missing", "text", None) in found(reading)


def test_a_row_without_code_or_text_needs_figures_and_words() -> None:
    reading = read(programme(ONE, " | | Informe | Documento | | 1 | | | | | | | | | | | | 1"))
    assert [row.fields.get("product") for row in reading.rows][1:] == ["Informe"]


def test_rows_after_a_gap_need_more_than_words() -> None:
    loose = " | Pintar puentes | Puentes | Documento | Foto"
    assert texts(ONE, "", loose) == ["Visitar caminos"]
    assert texts(ONE, "", loose + " | 1 | 1") == ["Visitar caminos", "Pintar puentes"]


def test_a_table_of_words_in_the_columns_of_figures_is_another_table() -> None:
    words = " | ".join(f"palabra {at}" for at in range(18))
    assert texts(ONE, words) == ["Visitar caminos"]


def test_formulas_without_value_are_said() -> None:
    line = activity("1.1", "Contar", jul="1", total="=SUM(F4:Q4)")
    reading = read(programme(line))
    (problem,) = (problem for problem in reading.problems if problem.check == "formula-uncomputed")
    assert (problem.where, problem.target, problem.row) == ("Hoja1!R4", "total", 0)
    assert reading.rows[0].total is None
    worked = read(programme(activity("1.1", "Contar", jul="1", total="=SUM(F4:Q4)→1")))
    assert worked.rows[0].total == Decimal(1)
    assert ("formula-computed", "total", None) in found(worked, "info")


def test_stray_cells_beside_the_table_are_said() -> None:
    reading = read(programme(ONE + " | ojo", TWO))
    assert found(reading, "warning") == [("extra-cell", "extra", None)]
    assert reading.rows[0].published["extra"] == "ojo"


def test_merged_texts_hold_for_all_the_rows_they_cover() -> None:
    head = "Unidad Organizativa | " + HEAD.replace("N°", "Proceso")
    rest = "Informe | Documento | Informe | 1" + " | " * 11 + " | 1"
    text = f"""UNIDADES ASESORAS
{head}
Auditoría | Control | Revisar | {rest}
 | | Probar | {rest}
 | Plan | Escribir | {rest}
Prensa | | Publicar | {rest}
 | Radio | Hablar | {rest}"""
    for merges in ([], [(2, 0, 4, 0), (2, 1, 3, 1), (5, 0, 6, 0)]):
        reading = read(table(text, merges=merges))
        assert [(row.unit, row.fields.get("process")) for row in reading.rows] == [
            ("Auditoría", "Control"),
            ("Auditoría", "Control"),
            ("Auditoría", "Plan"),
            ("Prensa", None),
            ("Prensa", "Radio"),
        ]
        assert reading.rows[1].published["process"] == "Control"
        assert reading.rows[1].published["unit"] == "Auditoría"


def test_a_merged_text_of_any_column_holds_below_but_figures_do_not() -> None:
    row = activity("1.2", "Reparar", verification="", dic="4")
    reading = read(table(programme(ONE, row), merges=[(3, 4, 4, 4), (3, 17, 4, 17)]))
    assert reading.rows[1].fields["verification"] == "Informe"
    assert reading.rows[1].total is None


def test_columns_may_stand_in_any_order_and_anywhere() -> None:
    head, row = HEAD.split(" | "), ONE.split(" | ")
    order = [17, 3, *range(16, 4, -1), 1, 4, 0, 2]
    lines = [" | ".join(["", "", *(line[at] for at in order)]) for line in (head, row)]
    reading = read("\n\n | | | UNIDAD DE CAMINOS\n\n" + "\n".join(lines))
    straight = read(programme(ONE))
    assert reading.rows[0].targets == straight.rows[0].targets
    assert reading.rows[0].fields == straight.rows[0].fields
    assert reading.rows[0].unit == "UNIDAD DE CAMINOS"
