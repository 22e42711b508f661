from decimal import Decimal

import pytest

from quipu.domain.errors import InputError
from quipu.forms.document import SheetStamp, Stamp
from quipu.forms.raw import RawFile
from quipu.forms.recognise import recognise
from tests.forms.raw_tables import (
    ACTIONS,
    ADVICE,
    BY_ID,
    CHANGES,
    FORMS,
    HEAD,
    MONTHS,
    PROCESS,
    PROGRAMME,
    activity,
    found,
    programme,
    raw,
    read,
    table,
)

ONE = activity("1.1", "Visitar caminos", jul="1", ago="1", total="2")


def test_a_table_gives_its_rows_as_they_are_printed() -> None:
    reading = read(programme(activity("1.1", "Contar", jul="1,100", ago=" 12 % ", total="1,100")))
    (row,) = reading.rows
    assert (row.form, row.kind, row.unit) == (PROGRAMME, "activity", "UNIDAD DE CAMINOS")
    assert (row.code, row.text) == ("1.1", "Contar")
    assert row.fields == {
        "product": "Resultado de Contar",
        "unit_of_measure": "Documento",
        "verification": "Informe",
    }
    assert row.targets == {"2024-07": Decimal(1100), "2024-08": Decimal("0.12")}
    assert row.total == Decimal(1100)
    assert row.published == {
        "code": "1.1",
        "text": "Contar",
        "product": "Resultado de Contar",
        "unit_of_measure": "Documento",
        "verification": "Informe",
        "2024-07": "1,100",
        "2024-08": "12 %",
        "total": "1,100",
    }
    assert row.where == "Hoja1!A4"
    (found_table,) = reading.tables
    assert (found_table.where, found_table.rows) == ("Hoja1!A3", 1)


def test_a_malformed_figure_is_kept_and_read_as_nothing() -> None:
    reading = read(programme(activity("1.1", "Contar", jul="21,00", ago="-", total="2,100")))
    (row,) = reading.rows
    assert row.targets == {"2024-07": None}
    assert row.published["2024-07"] == "21,00"
    assert row.published["2024-08"] == "-"


def test_a_file_without_tables_of_the_form_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read("Portada\n\nUna tabla | de | otra cosa\n1 | 2 | 3")
    assert caught.value.code == "no-table-of-form"
    assert caught.value.params == {"file": "plan.xlsx", "form": "sv-integracion"}
    with pytest.raises(InputError) as caught:
        read("Nada", forms=[BY_ID[PROGRAMME]])
    assert caught.value.params["form"] == PROGRAMME


def test_a_heading_without_rows_is_no_table() -> None:
    with pytest.raises(InputError, match="no-table-of-form"):
        read(programme())


def test_sheets_without_table_are_passed_in_silence() -> None:
    cover = table("DIRECCIÓN DE INTEGRACIÓN\n\nINTRODUCCIÓN | 3\nALCANCE | 4", name="Portada")
    reading = read(cover, programme(ONE), table("Notas varias", name="Notas"))
    assert len(reading.rows) == 1
    assert found(reading, "warning") == []


def test_the_form_that_fits_best_is_chosen_for_each_table() -> None:
    head = HEAD.replace("N°", "Proceso")
    advice = "Unidad Organizativa | " + head
    reading = read(
        table(programme(ONE), name="A"),
        table(f"UNIDAD DE CONTRATOS\n{head}\n{ONE.replace('1.1', 'Contratos', 1)}", name="B"),
        table(f"{advice}\nAuditoría | {ONE.replace('1.1', 'Control', 1)}", name="C"),
        table(
            "Descripción | Responsable | Fecha | Versión\nCreación | Ana | 1/7/2024 | 01", name="D"
        ),
    )
    assert [row.form for row in reading.rows] == [PROGRAMME, PROCESS, ADVICE, CHANGES]
    assert [row.unit for row in reading.rows] == [
        "UNIDAD DE CAMINOS",
        "UNIDAD DE CONTRATOS",
        "Auditoría",
        "",
    ]
    assert reading.rows[3].fields == {"lead": "Ana", "date": "1/7/2024", "version": "01"}


def test_a_shifted_row_is_read_as_it_is_printed() -> None:
    line = activity("1", "Vigilar", oct="1", nov="1", dic="1", total="1", extra="4")
    reading = read(programme(line))
    (row,) = reading.rows
    assert row.targets == {f"2024-{month}": Decimal(1) for month in (10, 11, 12)}
    assert row.total == Decimal(1)
    assert row.published["extra"] == "4"
    assert found(reading, "error") == [("row-shifted", "total", "4")]
    assert ("extra-cell", "extra", None) not in found(reading)


def test_the_place_of_a_problem_is_its_cell() -> None:
    reading = read(programme(activity("1", "Contar", ago="21,00", dic="400", total="2,500")))
    (problem,) = (problem for problem in reading.problems if problem.check == "malformed-number")
    assert problem.where == "Hoja1!M4"
    assert problem.params["others"] == "400"


def test_objectives_stand_once_above_their_actions() -> None:
    head = (
        "Objetivo Estratégico | Acción Estratégica | 2024 | 2025 | Cantidad | "
        "Indicadores de Productos | Responsable"
    )
    reading = read(
        f"""Anexo 1
{head}
OE 1.1 Unir | AE 1.1.1 Diseñar | X | | 1 | Modelo | Dirección
 | AE 1.1.2 Probar | | ■ | 10% | Plan | Dirección

{head}
OE 1.1 Unir | AE 1.1.3 Seguir | | | 5 | Lugares | Dirección
OE 1.2 Otro | Sin código | | | 5 | Lugares | Dirección"""
    )
    assert [(row.kind, row.code, row.text, row.parent) for row in reading.rows] == [
        ("objective", "OE 1.1", "Unir", None),
        ("action", "AE 1.1.1", "Diseñar", 0),
        ("action", "AE 1.1.2", "Probar", 0),
        ("action", "AE 1.1.3", "Seguir", 0),
        ("objective", "OE 1.2", "Otro", None),
        ("action", "", "Sin código", 4),
    ]
    assert reading.rows[0].published == {"text": "OE 1.1 Unir"}
    assert reading.rows[1].targets == {"2024": Decimal(1)}
    assert reading.rows[2].targets == {"2025": Decimal(1)}
    assert reading.rows[2].total == Decimal("0.1")
    assert [(item.form, item.rows) for item in reading.tables] == [(ACTIONS, 4)]


def test_the_year_comes_from_the_titles_the_months_or_the_names() -> None:
    titled = "PLAN ANUAL DE TRABAJO 2023\n" + programme(ONE)
    assert read(titled, year=None).year == 2023
    dated = programme(ONE).replace("| Jul |", "| jul-22 |")
    assert read(dated, year=None).rows[0].targets == {
        "2022-07": Decimal(1),
        "2022-08": Decimal(1),
    }
    assert read(table(programme(ONE), name="PAT 2021"), year=None).year == 2021
    with pytest.raises(InputError) as caught:
        read(programme(ONE), year=None)
    assert (caught.value.code, caught.value.params) == ("year-needed", {"file": "plan.xlsx"})


def test_a_table_without_months_needs_no_year() -> None:
    text = "Descripción | Responsable | Fecha | Versión\nCreación | Ana | 01/07/2024 | 01"
    assert read(text, year=None).year is None


def test_another_year_in_the_titles_is_said_once() -> None:
    titled = "PLAN ANUAL DE TRABAJO 2023\n" + programme(ONE)
    reading = read(titled, year=2024)
    (problem,) = (problem for problem in reading.problems if problem.check == "year-differs")
    assert (problem.severity, problem.where, problem.params["named"]) == ("info", "Hoja1!A1", 2023)
    assert list(reading.rows[0].targets) == ["2024-07", "2024-08"]


def test_the_documents_box_title_and_signatures_are_kept() -> None:
    text = "\n".join(
        [
            "DIRECCIÓN DE INTEGRACIÓN | | Código | PAT-9",
            "PLAN ANUAL DE TRABAJO 2024 | | Versión: 02 |",
            "DIRECCIÓN DE INTEGRACIÓN | | Fecha: | 29/07/24",
            programme(ONE),
            "",
            "Elaborado por: | | Revisado por:",
            "Ana | | Luis",
            "Unidad A | | Unidad B",
            "",
            "Otra cosa | | más",
        ]
    )
    reading = read(text)
    assert reading.header == {
        "document_code": "PAT-9",
        "version": "02",
        "date": "29/07/24",
        "title": "PLAN ANUAL DE TRABAJO 2024",
        "prepared_by": "Ana\nUnidad A",
        "reviewed_by": "Luis\nUnidad B",
    }
    assert len(reading.rows) == 1


def test_items_come_from_the_stamp_of_our_own_workbook() -> None:
    stamp = Stamp(
        "f", "1", "d", "set", "plan", "plan", "", {"Hoja1": SheetStamp({4: "item-4"}, {})}
    )
    made = raw(programme(ONE, ONE.replace("1.1", "1.2", 1)))
    reading = recognise(RawFile(made.name, made.tables, stamp), FORMS, year=2024)
    assert [row.item for row in reading.rows] == ["item-4", ""]


def test_months_are_found_in_every_position() -> None:
    assert len(MONTHS) == 12
    every = dict.fromkeys((name.lower() for name in MONTHS), "1")
    reading = read(programme(activity("1", "Todo el año", total="12", **every)))
    assert list(reading.rows[0].targets) == [f"2024-{month:02}" for month in range(1, 13)]
    assert found(reading, "error") == []


def test_rows_with_dashes_for_blanks_are_read() -> None:
    dashes = dict.fromkeys((month.lower() for month in MONTHS[1:]), "-")
    reading = read(programme(activity("1.1", "Medir", ene="2", total="2", **dashes)))
    assert [(row.code, row.total) for row in reading.rows] == [("1.1", 2)]
    assert found(reading, "error") + found(reading, "warning") == []


def test_an_absent_column_is_missing_once() -> None:
    head = " | ".join(("Actividad", "Producto", "Unidad de medida", "Medio", *MONTHS, "Total"))
    rows = [f"Medir {at} | Mapa | Documento | Acta | 1" + " |" * 12 + " 1" for at in range(4)]
    reading = read("\n".join(["UNIDAD DE CAMINOS", "", head, *rows]))
    assert len(reading.rows) == 4
    assert [one for one in found(reading) if "missing" in one[0]] == [
        ("column-missing", "code", None)
    ]


def test_words_over_months_are_no_unit() -> None:
    over = " |" * 5 + " CALENDARIZACIÓN"
    reading = read("\n".join([over, HEAD, activity("1.1", "Medir", ene="1", total="1")]))
    assert [row.unit for row in reading.rows] == ["Hoja1"]
