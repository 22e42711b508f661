"""Evaluations as documents: their sheets, their texts by period, on paper and as a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.forms.document import Document, Sheet, Text
from quipu.operations.entering import enter
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.printing import document, print_document
from quipu.operations.sections import sections, set_section_text
from tests.operations.plans import JULY, NORTH, SOUTH, load
from tests.operations.test_huamanga_plan import UNIT
from tests.operations.test_huamanga_plan import load as load_poi
from tests.operations.test_programmes import FORM, REGION, TEXT

POI = "pe-huamanga/evaluacion"
TOGETHER = "sv-integracion/evaluacion-consolidada"


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row.cells] for row in sheet.rows]


def words(found: Document) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Text)]


def report(house: House, activity: str, period: str, **fields: str) -> None:
    for field, value in fields.items():
        enter(
            house, unit=UNIT, activity=activity, period=period, field=field, value=value,
            author="Ana",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "programmed", "percent", "money"),
    [
        # Activity 1: 2 in March, 2 in June, 1,500 and 1,500.50; activity 2: 1 in January, 200+300.
        ("2017-Q1", ["2", "2", "1", "50%", "75%"], "75%", ["2,000", "1,750", "87.5%"]),
        ("2017-S1", ["2", "2", "1", "50%", "62.5%"], "62.5%", ["3,500.5", "1,750", "50%"]),
        ("2017", ["3", "2", "1", "33.3%", "62.5%"], "62.5%", ["3,500.5", "1,750", "50%"]),
    ],
)
def test_the_poi_is_evaluated_by_quarter_half_year_and_year(
    centre: House, period: str, programmed: list[str], percent: str, money: list[str]
) -> None:
    load_poi(centre, "programacion")
    report(centre, "1", "2017-Q1", executed="1", spent="1500")
    report(centre, "2", "2017-Q1", executed="1", spent="250", difficulty="Lluvias.")
    found = document(centre, form=POI, period=period)
    summary, detail = found.sheets
    lines = {line[0]: line[1:] for line in texts(summary)}
    assert lines[UNIT][1:6] == programmed
    assert lines["Total"][-3:] == money
    assert lines["AEI.1.1 Medir."][4:6] == ["50%", percent]
    assert "Por: Acción estratégica institucional (AEI)" in lines
    assert any("Lluvias." in cell for line in texts(detail) for cell in line)
    assert "7. RECOMENDACIONES Y SU SEGUIMIENTO" in words(found)


def test_texts_are_those_of_one_period(centre: House) -> None:
    load_poi(centre, "programacion")
    key = "evaluacion-analisis"
    set_section_text(
        centre, document=POI, section=key, period="2017-q1", text="Va bien.", author="Ana"
    )
    first, second = (
        {one.key: one.text for one in sections(centre, document=POI, period=period)}
        for period in ("2017-Q1", "2017-Q2")
    )
    assert (first[key], second[key]) == ("Va bien.", "")
    assert "Va bien." in words(document(centre, form=POI, period="2017-Q1"))
    assert "Va bien." not in words(document(centre, form=POI, period="2017-S1"))


@pytest.mark.parametrize("period", ["", "2017-03", "marzo"])
def test_an_evaluation_says_which_periods_it_is_of(centre: House, period: str) -> None:
    load_poi(centre, "programacion")
    with pytest.raises(InputError) as caught:
        document(centre, form=POI, period=period)
    assert caught.value.code == "document-period"
    assert caught.value.params["kinds"] == "2024-Q3, 2024-S1, 2024"


def test_the_programmes_say_what_a_failure_costs(centre: House, tmp_path: Path) -> None:
    plan = TEXT.replace("1,1 1,1", "1,1").replace("Actas | |", "Actas | 1,1 |")
    load_plan(centre, text=plan, name="programa.psv", form=FORM, year=2010, author="Ana")
    for activity in ("Diseño.", "Cierre", "Ejecución."):
        enter(centre, unit=REGION, activity=activity, period="2010", value="1", author="Ana")
    found = document(centre, form="cl-ips/evaluacion", period="2010")
    programme = found.sheets[0]
    lines = texts(programme)
    assert programme.title == f"Programa de Trabajo: {REGION}"
    assert ["", "Firma", "0,55", "No", "75%", "75%", "No"] in lines
    assert ["", "Si falla toda la fila", "1,1", "No", "50%", "50%", "No"] in lines
    verdict = {line[0]: line[1] for line in lines}
    assert verdict["Cumplido por número de actividades"] == "75%"
    assert verdict["Regla para aprobar"] == "al menos 90% de las actividades"
    assert (verdict["¿Se aprueba?"], verdict["Ponderación que suma el servicio"]) == ("No", "0")
    assert verdict["Falta, por número de actividades"] == verdict["Falta, por ponderación"]
    enter(centre, unit=REGION, activity="Firma", period="2010", value="1", author="Ana")
    passed = {line[0]: line[1] for line in texts(
        document(centre, form="cl-ips/evaluacion", period="2010").sheets[0])}  # fmt: skip
    assert (passed["¿Se aprueba?"], passed["Ponderación que suma el servicio"]) == ("Sí", "2,2")
    assert "Falta, por ponderación" not in passed
    file = tmp_path / "ips.pdf"
    printed = print_document(centre, form="cl-ips/evaluacion", period="2010", file=file)
    assert (printed.pages, file.read_bytes()[:5]) == (2, b"%PDF-")


def test_the_centre_consolidates_units_areas_and_months(centre: House, tmp_path: Path) -> None:
    load(centre)
    enter(centre, unit=NORTH, activity="1.1", period=JULY, value="1200", author="Ana")
    enter(centre, unit=SOUTH, activity="2.1", period=JULY, value="450", author="Ana")
    summary, sums = document(centre, form=TOGETHER, period="2024-07").sheets
    lines = {line[0]: line[1:] for line in texts(summary)}
    # North: 1,200 of 1,200 of three due rows; South: 450 of 900 of two due rows.
    assert lines[NORTH][:6] == ["4", "3", "1", "1", "33.3%", "100%"]
    assert lines["DIRECCIÓN DE OBRAS"][5] == "75%"
    months = texts(sums)
    kilometres = next(at for at, line in enumerate(months) if line[0] == "kilómetros")
    # 1,200 + 900 kilometres in July; the second line says what was done of them.
    assert months[kilometres][8] == "2,100"
    assert months[kilometres + 1][8] == "1,650"
    file = tmp_path / "consolidada.xlsx"
    print_document(centre, form=TOGETHER, period="2024-07", file=file)
    assert "2,100" in str(read_file(file)) or "2100" in str(read_file(file))


def test_an_evaluation_of_one_unit_leaves_the_others_out(centre: House) -> None:
    load(centre)
    form = "sv-integracion/evaluacion-seguimiento"
    found = document(centre, form=form, unit=NORTH, period=JULY)
    named = {line[0] for sheet in found.sheets for line in texts(sheet)}
    assert NORTH in named
    assert SOUTH not in named


def test_a_plan_without_what_a_section_shows_says_so(centre: House) -> None:
    load(centre)
    assert "No hay recomendaciones." in words(document(centre, form=TOGETHER, period="2024"))
    load_plan(centre, text=TEXT, name="p.psv", form=FORM, year=2010, author="Ana")
    assert document(centre, form="cl-ips/evaluacion", period="2010-Q1").sheets
