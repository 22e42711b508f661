"""The plan of Huamanga as offices and centre use it: printed, read back, filled by quarters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.deadlines import due_date
from quipu.domain.errors import InputError
from quipu.domain.row import Row
from quipu.forms.document import Document, Sheet
from quipu.forms.reading import Reading
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.filled import enter_from_workbook
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.findings import decide
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.printing import document, print_document
from quipu.operations.reading import read_plan
from quipu.operations.reports import submit
from quipu.operations.status import status
from quipu.operations.workspaces import open_house
from tests.forms.test_huamanga import (
    BUDGET,
    OBJECTIVES,
    ROWS,
    arrows,
    calendar,
    programming,
)
from tests.operations.plans import admit, row_of, ticking
from tests.operations.test_example_form import fill

UNIT = "SUBGERENCIA DE TURISMO"
FORM = "pe-huamanga"
QUARTER = "2017-Q1"


def tabbed(text: str) -> str:
    return "\n".join("\t".join(cell.strip() for cell in one.split("|")) for one in text.split("\n"))


TABLES = {
    "objetivos": OBJECTIVES,
    "programacion": programming(*ROWS),
    "presupuesto": BUDGET,
    "formulacion": calendar(
        "CRONOGRAMA DE FORMULACIÓN DEL PLAN OPERATIVO INSTITUCIONAL - AÑO ANTERIOR",
        arrows("Cuadro de necesidades", 1),
        arrows("Aprobación del POI", 13),
    ),
    "evaluacion": calendar(
        "CRONOGRAMA DE EVALUACIÓN Y SEGUIMIENTO DEL PLAN OPERATIVO INSTITUCIONAL - AÑO ACTUAL",
        arrows("Seguimiento mensual", *range(1, 14)),
        arrows("Evaluación anual", 11, 12),
    ),
}


def load(house: House, *names: str) -> None:
    for name in names or TABLES:
        text = tabbed(TABLES[name])
        load_plan(house, text=text, name=f"{name}.tsv", form=FORM, year=2017, author="Ana")


def said(row: Row) -> tuple[object, ...]:
    return (row.kind, row.code, row.text, dict(row.fields), dict(row.targets), dict(row.amounts))


def back(house: House, folder: Path, *, as_published: bool, form: str = FORM) -> Reading:
    file = folder / "poi.xlsx"
    print_document(house, form=form, as_published=as_published, file=file)
    return read_plan(file=file, form=form, year=2017)


@pytest.mark.parametrize("name", TABLES)
def test_what_was_published_reads_back_cell_by_cell(
    centre: House, tmp_path: Path, name: str
) -> None:
    load(centre, name)
    source = read_plan(text=tabbed(TABLES[name]), name=f"{name}.tsv", form=FORM, year=2017)
    printed = back(centre, tmp_path, as_published=True)
    assert [said(row) for row in printed.rows] == [said(row) for row in source.rows]
    assert [dict(row.published) for row in printed.rows] == [
        dict(row.published) for row in source.rows
    ]
    assert [(one.check, one.target, one.proposal) for one in printed.problems] == [
        (one.check, one.target, one.proposal) for one in source.problems
    ]


@pytest.mark.parametrize("name", TABLES)
def test_the_working_plan_reads_back_too(centre: House, tmp_path: Path, name: str) -> None:
    load(centre, name)
    source = read_plan(text=tabbed(TABLES[name]), name=f"{name}.tsv", form=FORM, year=2017)
    printed = back(centre, tmp_path, as_published=False)
    for after, before in zip(printed.rows, source.rows, strict=True):
        assert (after.kind, after.code, after.text) == (before.kind, before.code, before.text)
        assert after.targets == before.targets
        assert after.amounts == before.amounts


def test_the_document_has_a_paper_for_each_form(centre: House, tmp_path: Path) -> None:
    load(centre)
    drawn = document(centre, form=FORM)
    assert [sheet.form.rpartition("/")[2] for sheet in drawn.sheets] == [
        "programacion",
        "presupuesto",
        "objetivos",
        "calendario-formulacion",
        "calendario-evaluacion",
    ]
    assert drawn.page.size == "a3"
    pages = print_document(centre, form=FORM, file=tmp_path / "poi.pdf").pages
    assert pages is not None
    assert pages >= 5


def cells(drawn: Document, form: str) -> list[list[str]]:
    (sheet,) = (one for one in drawn.sheets if one.form == f"{FORM}/{form}")
    return [texts(sheet, row) for row in range(sheet.header_rows, len(sheet.rows))]


def texts(sheet: Sheet, row: int) -> list[str]:
    return [cell.text if cell is not None else "" for cell in sheet.rows[row].cells]


def test_sums_numbers_and_arrows_are_drawn(centre: House) -> None:
    load(centre)
    drawn = document(centre, form=FORM)
    budget = [(row[0], row[-1]) for row in cells(drawn, "presupuesto")]
    assert budget[0] == ("Bienes", "1,700.50")
    # The published total says 2,400.50: the working one is the sum.
    assert budget[-1] == ("Total", "2,500.50")
    assert cells(drawn, "objetivos")[0][:2] == ["1", "1. Lograr más."]
    assert cells(drawn, "calendario-evaluacion")[1][11:13] == ["→", "→"]
    published = document(centre, form=FORM, as_published=True)
    assert cells(published, "presupuesto")[-1][-1] == "2,400.50"


def test_the_mark_after_december_is_moved_when_accepted(centre: House) -> None:
    load(centre)
    facts = centre.facts()
    rows = [item for item in facts.items() if facts.text(item, "text") == "Aprobación del POI"]
    decide(centre, item=rows[0], check="row-shifted", action="accept", author="Ana")
    assert centre.facts().number(rows[0], "target", "2017-12") == 1


def test_offices_report_by_quarters_and_of_money(centre: House, tmp_path: Path) -> None:
    load(centre)
    joined = admit(centre, tmp_path, "Turismo", UNIT)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        say = {"unit": UNIT, "activity": "1", "period": QUARTER, "author": "Beto"}
        enter(office, value="1", **say)
        enter(office, field="spent", value="1,200", **say)
        enter(office, field="favourable", value="Apoyo de todos", **say)
        enter(office, field="recommendation", value="Empezar antes", **say)
        with pytest.raises(InputError, match="period-unknown"):
            enter(office, unit=UNIT, activity="1", period="2017-S1", value="1", author="Beto")
        submit(office, unit=UNIT, period=QUARTER, author="Beto")
        export_bundle(office, file=tmp_path / "t.quipu")
        merge_bundles(centre, files=[tmp_path / "t.quipu"])
        assert list(dump(office, unit=UNIT)) == list(dump(centre, unit=UNIT))
    drawn = document(centre, form=f"{FORM}/programacion", period=QUARTER)
    row = cells(drawn, "programacion")[2]
    assert row[4:] == [
        *("4", "2", "2", "1", "50%", "1,500", "1,200", "80%"),
        *("Apoyo de todos", "", "", "Empezar antes"),
    ]
    half = document(centre, form=f"{FORM}/programacion", period="2017-S1")
    assert cells(half, "programacion")[2][8:12] == ["25%", "3,000.50", "1,200", "40%"]
    assert cells(half, "programacion")[3][5:8] == ["1", "1", ""]
    (turismo,) = status(centre, period=QUARTER)
    assert turismo.periods[QUARTER].state == "submitted"
    assert due_date(centre.facts(), find_plan(centre.facts()), QUARTER) == date(2017, 4, 10)


def test_a_workbook_of_the_quarter_is_filled_in(centre: House, tmp_path: Path) -> None:
    load(centre)
    filled = fill(centre, tmp_path, {"1": 2}, form=FORM, unit=UNIT, period=QUARTER)
    assert enter_from_workbook(centre, file=filled, author="Ana").changed == 1
    facts = centre.facts()
    item = row_of(centre, UNIT, "1")
    assert facts.number(item, "executed", QUARTER, find_unit(facts, UNIT)) == Decimal(2)
