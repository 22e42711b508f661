"""The evaluation of the balanced scorecard: entered by year, drawn and printed (S0-09)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.forms.document import Sheet
from quipu.operations.editing import add_unit
from quipu.operations.entering import enter
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.printing import document, print_document

HEAD = (
    "Objetivo Estratégico | Indicadores | Meta | Iniciativas Estratégicas | Actividades | "
    "Responsable | Periodo de ejecución | Insumos"
)
REST = "1) Uno | <u>ASIS</u> | Seis meses | Papel |"
TEXT = f"""
| {HEAD} |
| Perspectiva del Usuario | | | | | | | |
| 1.1 Atender | 1.1.1 Personas | 1.1.1.1 Al menos 463 personas | 1.1.1.1.1 Ir | {REST}
| | | 1.1.1.2 Cincuenta mil familias y 25% de comunidades | 1.1.1.2.1 Dar | {REST}
| | 1.1.2 Trámites | 1.1.2.1 Reducir en un 50% los trámites | 1.1.2.1.1 Ver | {REST}
| 1.2 Aplicar | 1.2.1 Grado | 1.2.1.1 En dos años, el 100% | 1.2.1.1.1 Oír | {REST}
"""


@pytest.fixture
def plan(centre: House) -> House:
    load_plan(centre, text=TEXT, name="cmi", form="cr-imas", year=2007, author="Ana")
    add_unit(centre, name="ASIS", author="Ana")
    return centre


def tell(house: House, code: str, period: str, value: str, field: str = "executed") -> None:
    enter(house, unit="ASIS", activity=code, period=period, value=value, field=field, author="Ana")


def sheet(house: House, period: str = "2008") -> Sheet:
    (found,) = document(house, form="cr-imas/cmi", period=period).sheets
    return found


def texts(one: Sheet) -> list[list[str]]:
    body = one.rows[one.header_rows :]
    return [[cell.text if cell is not None else "^" for cell in row.cells] for row in body]


def test_targets_stand_beside_what_was_done_of_them(plan: House, tmp_path: Path) -> None:
    tell(plan, "1.1.1.1", "2007", "300")
    tell(plan, "1.1.1.1", "2008", "163")
    tell(plan, "1.1.1.2", "2008", "40000")
    tell(plan, "1.1.1.2", "2008", "0,25", "executed_second")
    tell(plan, "1.2.1.1", "2008", "0,5")
    tell(plan, "1.2.1.1", "2008", "Faltó dinero", "narrative")
    drawn = sheet(plan)
    group, *rows = texts(drawn)
    assert group[0] == "Perspectiva del Usuario"
    assert rows[0] == [
        "1.1 Atender", "1.1.1 Personas", "1.1.1.1 Al menos 463 personas", "≥ 463 personas", "", "",
        "463", "100%", "Cumplida", "",
    ]  # fmt: skip
    assert rows[1][:2] == ["^", "^"]
    assert rows[1][3:9] == [
        "50000 familias\n25% comunidades", "", "", "40.000\n25%", "80%\n100%", "En curso\nCumplida",
    ]  # fmt: skip
    assert rows[2][:2] == ["^", "1.1.2 Trámites"]
    assert rows[2][3:9] == ["-50% trámites", "", "", "", "", "Falta el valor de partida"]
    assert rows[3][5:] == ["31/12/2008", "50%", "50%", "Vencida", "Faltó dinero"]
    assert [cell.down for cell in drawn.rows[2].cells if cell][:2] == [3, 2]
    for name in ("evaluacion.pdf", "evaluacion.xlsx"):
        printed = print_document(plan, form="cr-imas/cmi", period="2008", file=tmp_path / name)
        assert printed.rows == 4


def test_a_reduction_is_measured_from_where_it_began(plan: House) -> None:
    facts = plan.facts()
    (target,) = [one for one in facts.items() if facts.text(one, "code") == "1.1.2.1"]
    write(plan, [(Address(target, "baseline"), Decimal(200))], facts=facts, author="Ana")
    tell(plan, "1.1.2.1", "2008", "150")
    assert texts(sheet(plan))[3][3:9] == ["-50% trámites", "200", "", "150", "50%", "En curso"]


def test_it_is_reported_in_the_years_of_the_plan(plan: House) -> None:
    tell(plan, "1.1.1.1", "2011", "1")
    with pytest.raises(InputError, match="period"):
        tell(plan, "1.1.1.1", "2012", "1")
    assert texts(sheet(plan, "2010"))[1][6] == ""
