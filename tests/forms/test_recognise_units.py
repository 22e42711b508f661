import pytest

from quipu.forms.recognise_titles import Labels, Line, area_in, box_in, pattern, unit_in
from quipu.forms.recognise_units import follows
from tests.forms.raw_tables import (
    ADVICE,
    BY_ID,
    FORMS,
    HEAD,
    PROGRAMME,
    activity,
    found,
    programme,
    read,
    table,
)

ONE = activity("1.1", "Visitar caminos", jul="1", ago="1", total="2")
TWO = activity("1.2", "Reparar caminos", dic="4", total="4")
OWN = "Dirección de Integración"


def units(*tables: object) -> list[tuple[str, str]]:
    return [(row.area, row.unit) for row in read(*tables).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("GERENCIA DE CAMINOS", "GERENCIA DE CAMINOS"),
        ("**GERENCIA DE\\nCAMINOS**", "GERENCIA DE CAMINOS"),
        ("GERENCIA DE CAMINOS (continuación)", "GERENCIA DE CAMINOS"),
        ("Unidad: Caminos rurales", "Caminos rurales"),
        ("UNIDAD ORGANIZATIVA: | CAMINOS", "CAMINOS"),
        ("Dependencia: Caminos   Año: 2024", "Caminos"),
        ("GERENCIA DE CAMINOS\n(Programación mensual)", "GERENCIA DE CAMINOS"),
        ("GERENCIA DE CAMINOS\nMetas por mes", "GERENCIA DE CAMINOS"),
        ("CAMINOS\nMetas por mes", "CAMINOS"),
        ("Caminos y puentes", "Caminos y puentes"),
        ("DIRECCIÓN DE INTEGRACIÓN\nPLAN ANUAL DE TRABAJO 2024\nCAMINOS", "CAMINOS"),
        ("CAMINOS\nPLAN ANUAL DE TRABAJO 2024 SUBDIRECCIÓN DE OBRAS", "CAMINOS"),
        (" | | | | | Programación 2024", "Hoja1"),
        ("2024", "Hoja1"),
        ("Página 3 de 57", "Hoja1"),
    ],
)
def test_the_title_above_a_table_names_its_unit(above: str, unit: str) -> None:
    assert read(f"{above}\n{HEAD}\n{ONE}").rows[0].unit == unit


def test_a_sheet_without_title_is_named_by_the_sheet_and_says_so() -> None:
    reading = read(table(f"{HEAD}\n{ONE}\n\n{HEAD}\n{TWO}", name="Compras"))
    assert [row.unit for row in reading.rows] == ["Compras", "Compras"]
    assert found(reading, "info").count(("unit-from-sheet", "", None)) == 1
    text = read(table(f"{HEAD}\n{ONE}", name="001_compras.tsv"))
    assert text.rows[0].unit == "001_compras"


def test_the_letterhead_of_most_sheets_is_no_unit() -> None:
    def sheet(name: str) -> object:
        return table(f"MINISTERIO DE OBRAS\n{name}\nDIRECCIÓN REGIONAL\n{HEAD}\n{ONE}", name=name)

    names = ["GERENCIA A", "GERENCIA B", "GERENCIA C", "GERENCIA D"]
    assert [unit for _, unit in units(*(sheet(name) for name in names))] == names


def test_the_title_of_a_unit_on_many_sheets_stays_its_title() -> None:
    sheets = [
        table(
            f"GERENCIA A\n{HEAD}\n{activity(f'1.{at}', f'Paso {at}', ene='1', total='1')}",
            name=f"P{at}",
        )
        for at in range(1, 6)
    ]
    assert {unit for _, unit in units(*sheets)} == {"GERENCIA A"}


def test_tables_of_several_units_may_be_stacked() -> None:
    text = "\n\n".join(programme(ONE, TWO, title=f"UNIDAD {name}") for name in "ABC")
    reading = read(text)
    assert [row.unit for row in reading.rows] == ["UNIDAD A"] * 2 + ["UNIDAD B"] * 2 + [
        "UNIDAD C"
    ] * 2
    assert [(item.where, item.unit, item.rows) for item in reading.tables] == [
        ("Hoja1!A3", "UNIDAD A", 2),
        ("Hoja1!A9", "UNIDAD B", 2),
        ("Hoja1!A15", "UNIDAD C", 2),
    ]


def test_units_may_be_titles_between_the_rows_of_one_table() -> None:
    text = f"{HEAD}\nUNIDAD A\n{ONE}\n{TWO}\nNota: sin metas\nUnidad B\n{ONE}\nGERENCIA A.\n{TWO}"
    reading = read(text)
    assert [row.unit for row in reading.rows] == ["UNIDAD A", "UNIDAD A", "Unidad B", "Unidad B"]
    assert ("unit-from-sheet", "", None) not in found(reading)


def test_an_area_may_be_a_title_between_tables() -> None:
    text = "\n\n".join(
        [
            "PLAN ANUAL DE TRABAJO 2024 SUBDIRECCIÓN DE OBRAS",
            programme(ONE, title="UNIDAD A"),
            "PLAN ANUAL DE\nTRABAJO 2024\nSUBDIRECCIÓN\nADMINISTRATIVA",
            programme(ONE, title="UNIDAD B"),
        ]
    )
    assert units(text) == [
        ("SUBDIRECCIÓN DE OBRAS", "UNIDAD A"),
        ("SUBDIRECCIÓN ADMINISTRATIVA", "UNIDAD B"),
    ]


def test_a_divider_sheet_names_the_area_of_the_sheets_after_it() -> None:
    divider = table("PLAN ANUAL DE TRABAJO 2024 SUBDIRECCIÓN DE OBRAS", name="Divisor")
    contents = table("PLAN ANUAL DE TRABAJO 2024 OTRA ÁREA | 51", name="Índice")
    assert units(divider, contents, programme(ONE)) == [
        ("SUBDIRECCIÓN DE OBRAS", "UNIDAD DE CAMINOS")
    ]


def test_a_column_of_units_keeps_the_first_spelling() -> None:
    head = "Unidad Organizativa | " + HEAD.replace("N°", "Proceso")
    row = ONE.replace("1.1", "Control", 1)
    reading = read(
        f"PLANES ANUALES DE TRABAJO 2024 DE UNIDADES ASESORAS\n{head}\n"
        f"Unidad de Género | {row}\nUNIDAD DE GÉNERO | {row}"
    )
    assert [(row.form, row.area, row.unit) for row in reading.rows] == [
        (ADVICE, "UNIDADES ASESORAS", "Unidad de Género")
    ] * 2
    assert [item.unit for item in reading.tables] == [""]


@pytest.mark.parametrize("name", ["Compras (2)", "Compras 2", "Compras cont."])
def test_a_table_may_go_on_in_a_sheet_of_the_same_name(name: str) -> None:
    first = table(programme(ONE, title="GERENCIA DE COMPRAS"), name="Compras")
    again = activity("1.1", "Otra vez", ene="1", total="1")
    assert units(first, table(f"{HEAD}\n{again}", name=name))[1] == ("", "GERENCIA DE COMPRAS")


def test_a_table_goes_on_where_its_codes_do() -> None:
    first = table(programme(ONE, title="GERENCIA DE COMPRAS"), name="Compras")
    assert units(first, table(f"{HEAD}\n{TWO}", name="Hoja7"))[1][1] == "GERENCIA DE COMPRAS"
    assert units(first, table(f"{HEAD}\n{ONE}", name="Hoja7"))[1][1] == "Hoja7"


def test_a_table_may_go_on_in_a_sheet_without_heading() -> None:
    first = table(programme(ONE, title="GERENCIA DE COMPRAS"), name="Compras")
    reading = read(first, table(f" \n{TWO}", name="Hoja2"))
    assert [row.unit for row in reading.rows] == ["GERENCIA DE COMPRAS"] * 2
    assert [item.rows for item in reading.tables] == [2]
    assert reading.rows[1].where == "Hoja2!A2"


@pytest.mark.parametrize(
    "text",
    [
        "1.2 | Reparar caminos",
        "Una nota | que | no | sigue | nada | más",
        "1.2 | Leer | x | y | z | palabra | otra",
        "",
    ],
)
def test_a_sheet_that_does_not_fit_is_no_continuation(text: str) -> None:
    assert len(read(programme(ONE), table(text, name="Hoja2")).rows) == 1


def test_titles_are_compared_with_the_forms_patterns() -> None:
    known = pattern("PLANES ANUALES DE TRABAJO {year}[ DE] {area}", OWN)
    assert known.match("Plan anual de trabajo 2024: Unidades Asesoras") == {
        "year": "2024",
        "area": "Unidades Asesoras",
    }
    assert known.match("Plan anual de trabajo 2024") is None
    assert pattern("{institution}", OWN).match("DIRECCION DE INTEGRACION") == {}
    assert pattern("POA {unit} 2018", OWN).match("Poa: Caja 2018") == {"unit": "Caja"}
    with pytest.raises(ValueError, match="area"):
        pattern("{area} {area}", OWN)


def test_an_area_is_never_the_institution_itself() -> None:
    lines = [Line("PLAN ANUAL DE TRABAJO 2024", 0), Line("DIRECCIÓN DE INTEGRACIÓN", 1)]
    assert area_in(lines, FORMS) == ""
    apart = [Line("PLAN ANUAL DE TRABAJO 2024", 0), Line("OBRAS", 2)]
    assert area_in(apart, FORMS) == ""
    assert area_in([Line("PLAN ANUAL DE TRABAJO 2024 " + "OBRAS " * 40, 0)], FORMS) == ""


def test_the_unit_of_no_line_is_nothing() -> None:
    form = BY_ID[PROGRAMME]
    assert unit_in([], form, frozenset()) == ""
    assert unit_in([Line("CAMINOS", 0)], form, frozenset({"caminos"})) == ""
    prose = "Este texto explica el plan con todas sus palabras, desde el principio hasta el final, "
    prose += "y nada más."
    assert unit_in([Line(prose, 0), Line("*", 1), Line("x" * 200, 2)], form, frozenset()) == ""


def test_a_box_label_without_value_is_nothing() -> None:
    labels = Labels.of(FORMS)
    assert box_in(["Código", "PAT-1", "otro", "Versión"], labels) == (
        {"document_code": "PAT-1"},
        ["otro"],
    )
    assert box_in(["Código: PAT-1", "Versión:"], labels) == ({"document_code": "PAT-1"}, [])


def test_codes_follow_each_other() -> None:
    assert follows("1.8", "1.9")
    assert follows("1.9", "1.10")
    assert not follows("1.8", "2.9")
    assert not follows("", "1")
    assert not follows("1", "")


def test_a_sheet_of_another_form_has_no_code_to_go_on_from() -> None:
    first = table(programme(ONE, title="GERENCIA DE COMPRAS"), name="Compras")
    head = HEAD.replace("N°", "Proceso")
    second = table(f"{head}\nControl | {TWO.partition('|')[2]}", name="Hoja7")
    assert units(first, second)[1] == ("", "Hoja7")


def test_titles_between_the_rows_of_a_table_may_name_an_area() -> None:
    title = "PLAN ANUAL DE TRABAJO 2024 SUBDIRECCIÓN DE OBRAS"
    text = f"UNIDAD A\n{HEAD}\n{ONE}\n{title}\nUnidad: Puentes\n{TWO}"
    assert units(text) == [("", "UNIDAD A"), ("SUBDIRECCIÓN DE OBRAS", "Puentes")]


def test_lines_between_the_rows_of_a_table_of_units_change_no_unit() -> None:
    head = "Unidad Organizativa | " + HEAD.replace("N°", "Proceso")
    row = ONE.replace("1.1", "Control", 1)
    text = f"{head}\nPrensa | {row}\nUNIDAD B\nAuditoría | {row}"
    assert [unit for _, unit in units(text)] == ["Prensa", "Auditoría"]
