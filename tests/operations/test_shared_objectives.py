"""A plan whose units stand under the institution's objectives: loaded, sent, reported, decided."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_plan, find_row, find_unit, plan_rows
from quipu.operations.findings import decide, findings
from quipu.operations.house import House
from quipu.operations.loading import Loaded, load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.workspaces import open_house
from tests.operations.plans import admit, row_of, ticking

HEAD = "CÓDIGO\tACCIÓN OPERATIVA\tUNIDAD LÍDER\tÁREA RESPONSABLE\tMETA ANUAL\tT1\tT2\tT3\tT4"
TEXT = f"""\
OE.1. Ampliar los servicios.

{HEAD}
AE.1.1.1. Prestar más.\t\tPréstamos
AO.1.1.1.1.\tVisitar.\tPréstamos\t\t30000,000\t7500,000\t7500,000\t7500,000\t7500,000
AE.1.1.2. Asegurar más.\t\tSeguros
AO.1.1.2.1\tVender.\tSeguros\tVentas\t2\t0\t1\t0.5\t0.5

OE.2. Administrar.

{HEAD}
AE.2.1.1. Cobrar.\t\tPréstamos
AO.2.1.1.1.\tLlamar.\tPréstamos\t\t4\t1\t1\t1\t1
"""


def load(house: House, text: str = TEXT) -> Loaded:
    return load_plan(
        house, text=text, name="poa.tsv", form="sv-caja-mutual", year=2018, author="Ana"
    )


def test_objectives_are_shared_and_rows_belong_to_units(centre: House) -> None:
    first = load(centre)
    assert load(centre).stored == 0
    assert first.stored == load(centre).already
    facts = centre.facts()
    plan = find_plan(facts)
    rows = plan_rows(facts, plan, find_unit(facts, "Préstamos"))
    assert [facts.text(row, "code") for row in rows] == [
        "AE.1.1.1.",
        "AO.1.1.1.1.",
        "AE.2.1.1.",
        "AO.2.1.1.1.",
    ]
    assert [facts.text(row, "code") for row in plan_rows(facts, plan, "")] == ["OE.1.", "OE.2."]
    assert facts.text(row_of(centre, "Seguros", "AO.1.1.2.1"), "area") == "Ventas"


@pytest.mark.parametrize("code", ["AO.1.1.1.1.", "AO.1.1.1.1", "ao.1.1.1.1"])
def test_a_code_is_found_with_or_without_its_final_dot(centre: House, code: str) -> None:
    load(centre)
    assert centre.facts().text(row_of(centre, "Préstamos", code), "text") == "Visitar."


def test_a_dot_alone_is_no_code(centre: House) -> None:
    load(centre)
    facts = centre.facts()
    unit = find_unit(facts, "Préstamos")
    with pytest.raises(InputError, match="activity-unknown"):
        find_row(facts, plan=find_plan(facts), unit=unit, text=" . ")


def test_a_broken_number_is_decided_cell_by_cell(centre: House) -> None:
    load(centre)
    for target in ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4", "total"):
        item = row_of(centre, "Préstamos", "AO.1.1.1.1")
        decide(
            centre,
            item=item,
            check="malformed-number",
            action="accept",
            target=target,
            author="Ana",
        )
    row, facts = row_of(centre, "Préstamos", "AO.1.1.1.1"), centre.facts()
    assert facts.number(row, "total") == Decimal(30000000)
    assert facts.text(row, "total.published") == "30000,000"
    assert facts.number(row, "target", "2018-Q4") == Decimal(7500000)
    assert findings(centre) == []


def test_an_office_reports_below_objectives_and_both_sides_agree(
    centre: House, tmp_path: Path
) -> None:
    load(centre)
    admit(centre, tmp_path, "prestamos", "Préstamos")
    file = tmp_path / "informe.quipu"
    with open_house(folder=tmp_path / "prestamos", write=True, clock=ticking()) as office:
        enter(
            office,
            unit="Préstamos",
            activity="AO.2.1.1.1",
            period="2018-Q1",
            value="0.5",
            author="Beto",
        )
        export_bundle(office, file=file)
        below = list(dump(office, unit="Préstamos"))
    merge_bundles(centre, files=[file])
    assert list(dump(centre, unit="Préstamos")) == below
    assert any("OE.2." in str(fact) for fact in below)
    assert not any("AE.1.1.2." in str(fact) for fact in below)
