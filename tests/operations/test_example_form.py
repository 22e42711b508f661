"""The worked example of forms/README.md: one file of declarations, then everything works."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from quipu.domain.row import Row
from quipu.files.reader import read_file
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.evaluating import evaluate
from quipu.operations.exporting import export_bundle
from quipu.operations.filled import enter_from_workbook
from quipu.operations.findings import decide, findings
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.printing import print_document
from quipu.operations.reading import read_plan
from quipu.operations.workspaces import open_house
from tests.operations.plans import admit, row_of, ticking

UNIT = "OFICINA DEL NORTE"
TABLE = """\
PLAN SEMESTRAL 2026 DE OFICINA DEL NORTE

Eje\tObjetivo\tN°\tAcción\tPeso (%)\tUnidad de medida\tMetas 2026\t\tMeta anual\t\
Presupuesto S/.\tResponsable
\t\t\t\t\t\tI semestre\tII semestre\t\t\t
Eje 1 Personas\t1.1 Capacitar al personal\t1.1.1\tDar talleres de archivo\t40\tTaller\t6\t6\t12\t\
1,200.50\tArchivo
\t\t1.1.2\tPublicar un manual\t20\tDocumento\t0\t1\t1\t800\tArchivo
\t1.2 Atender mejor\t1.2.1\tMedir la satisfacción\t15\tDocumento\t1\t1\t3\t300\tAtención
Eje 2 Medios\t2.1 Renovar los equipos\t2.1.1\tComprar computadoras\t20\tEquipo\t0\t10\t10\t\
25,000\tSistemas
"""
# The same table as another office keeps it: other order, other words, what is merged repeated.
SHUFFLED = """\
Nombre de la oficina: OFICINA DEL NORTE

Responsable;Acciones;Nº;Meta Anual;METAS 2026;;Objetivo específico;PRESUPUESTO;Unidad de Medida;\
EJE;Ponderación
;;;;1er semestre;2do semestre;;;;;
Archivo;Dar talleres de archivo;1.1.1;12;6;6;1.1 Capacitar al personal;1,200.50;Taller;\
Eje 1 Personas;40
Archivo;Publicar un manual;1.1.2;1;0;1;1.1 Capacitar al personal;800;Documento;Eje 1 Personas;20
Atención;Medir la satisfacción;1.2.1;3;1;1;1.2 Atender mejor;300;Documento;Eje 1 Personas;15
Sistemas;Comprar computadoras;2.1.1;10;0;10;2.1 Renovar los equipos;25,000;Equipo;Eje 2 Medios;20
""".replace(";", "\t")


def load(house: House) -> None:
    load_plan(house, text=TABLE, name="plan.tsv", form="ejemplo", year=2026, author="Ana")


def said(row: Row) -> tuple[object, ...]:
    fields = {name: text for name, text in row.fields.items() if text}
    return (row.kind, row.code, row.text, row.unit, fields, dict(row.targets), row.total)


@pytest.mark.parametrize("text", [TABLE, SHUFFLED])
def test_a_table_is_read_as_drawn_and_shuffled(text: str) -> None:
    reading = read_plan(text=text, name="plan.tsv", form="ejemplo", year=2026)
    assert [said(row)[:4] for row in reading.rows] == [
        ("axis", "Eje 1", "Personas", UNIT),
        ("objective", "1.1", "Capacitar al personal", UNIT),
        ("action", "1.1.1", "Dar talleres de archivo", UNIT),
        ("action", "1.1.2", "Publicar un manual", UNIT),
        ("objective", "1.2", "Atender mejor", UNIT),
        ("action", "1.2.1", "Medir la satisfacción", UNIT),
        ("axis", "Eje 2", "Medios", UNIT),
        ("objective", "2.1", "Renovar los equipos", UNIT),
        ("action", "2.1.1", "Comprar computadoras", UNIT),
    ]
    first = reading.rows[2]
    assert first.fields["budget"] == "1,200.50"
    assert first.fields["weight"] == "40"
    assert first.targets == {"2026-S1": 6, "2026-S2": 6}
    above = [
        reading.rows[row.parent].code if row.parent is not None else "" for row in reading.rows
    ]
    assert above == ["", "Eje 1", "1.1", "1.1", "Eje 1", "1.2", "", "Eje 2", "2.1"]
    assert [(one.check, one.code, one.proposal) for one in reading.problems] == [
        ("weights-sum", "1.1.1", None),
        ("total-mismatch", "1.2.1", "2"),
    ]


def test_it_is_loaded_decided_and_shown(centre: House) -> None:
    load(centre)
    again = load_plan(centre, text=TABLE, name="b.tsv", form="ejemplo", year=2026, author="Ana")
    assert again.stored == 0
    item = row_of(centre, UNIT, "1.2.1")
    decide(centre, item=item, check="total-mismatch", action="accept", author="Ana")
    assert centre.facts().number(item, "total") == 2
    assert {one.problem.check for one in findings(centre)} == {"weights-sum"}


def test_it_is_filled_in_merged_and_printed(centre: House, tmp_path: Path) -> None:
    load(centre)
    joined = admit(centre, tmp_path, "Norte", UNIT)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        enter(office, unit=UNIT, activity="1.1.2", period="2026-S1", value="1", author="Beto")
        file = fill(office, tmp_path, {"1.1.1": 3})
        assert enter_from_workbook(office, file=file, author="Beto").changed == 1
        export_bundle(office, file=tmp_path / "n.quipu")
        merged = merge_bundles(centre, files=[tmp_path / "n.quipu"])
        assert [one.state for one in merged.bundles] == ["merged"]
        assert list(dump(office, unit=UNIT)) == list(dump(centre, unit=UNIT))
    evaluated = evaluate(centre, period="2026-S1")
    percents = {row.code: row.progress.percent for row in evaluated.rows if row.code[:3] == "1.1"}
    assert percents["1.1.1"] == Decimal("0.5")
    pdf = tmp_path / "avance.pdf"
    print_document(centre, form="ejemplo", period="2026-S1", file=pdf)
    with pypdfium2.PdfDocument(pdf) as pages:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    words = " ".join(text.split())
    assert re.search(r"Dar talleres de archivo Taller 12 6 3 50%", words)


def fill(
    house: House,
    folder: Path,
    values: dict[str, int],
    *,
    form: str = "ejemplo",
    unit: str = UNIT,
    period: str = "2026-S1",
) -> Path:
    """Export the report, type the executed amounts by code, and save it."""
    file = folder / "avance.xlsx"
    print_document(house, form=form, unit=unit, period=period, file=file)
    stamp = read_file(file).stamp
    assert stamp is not None
    book = openpyxl.load_workbook(file)
    for name, tab in stamp.sheets.items():
        for place, address in tab.cells.items():
            code = house.facts().text(address.item, "code")
            if address.field == "executed" and code in values:
                book[name][place].value = values[code]
    book.save(file)
    return file


@pytest.mark.parametrize("as_published", [False, True])
def test_what_is_printed_reads_back_the_same(
    centre: House, tmp_path: Path, as_published: bool
) -> None:
    load(centre)
    before = read_plan(text=TABLE, name="plan.tsv", form="ejemplo", year=2026)
    file = tmp_path / "plan.xlsx"
    print_document(centre, form="ejemplo", as_published=as_published, file=file)
    after = read_plan(file=file, form="ejemplo", year=2026)
    assert [said(row) for row in after.rows] == [said(row) for row in before.rows]
