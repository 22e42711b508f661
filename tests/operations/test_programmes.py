"""Weighted programmes as offices and centre use them: decided, filled, printed, judged (S4)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from quipu.domain.address import Address
from quipu.domain.weights import ProgrammeResult
from quipu.operations.entering import enter
from quipu.operations.evaluating import evaluate
from quipu.operations.exporting import export_bundle
from quipu.operations.filled import enter_from_workbook
from quipu.operations.findings import decide
from quipu.operations.findings import findings as find_all
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.permission import read_for
from quipu.operations.printing import print_document
from quipu.operations.reading import read_plan
from quipu.operations.workspaces import open_house
from tests.forms.programme_tables import BY_ID, HEAD, TERRITORIAL, shape
from tests.operations.plans import admit, ticking

REGION = "Región Norte"
FORM = "cl-ips"
TEXT = f"""
| Actividad III. 1.1: Programa de Trabajo | | |
| INSTITUCIÓN / REGIÓN ² = {REGION} | Ponderación Programa de Trabajo (%) ³ = 2,2% | |
| {HEAD} |
| <u>Pagos</u> Bonos | Pagar. | N° de a N° de b | Diseño. Cierre | Actas | 1,1 1,1 | Caja |
| | Avisar. | N° de a N° de b | Ejecución. Firma | Actas | | Caja |
"""


def load(house: House) -> None:
    load_plan(house, text=TEXT, name="programa.psv", form=FORM, year=2010, author="Ana")


def item(house: House, text: str) -> str:
    facts = house.facts()
    (found,) = [one for one in facts.items() if facts.text(one, "text") == text]
    return found


def judged(house: House) -> ProgrammeResult:
    (found,) = evaluate(house, period="2010").programmes
    return found


def test_a_preliminary_plan_says_so_until_it_is_approved(centre: House, tmp_path: Path) -> None:
    title = "PRESENTACIÓN PRELIMINAR PROGRAMA DE TRABAJO GESTIÓN TERRITORIAL - AÑO 2010"
    load_plan(centre, text=f"{title}\n{TEXT}", name="p.psv", form=FORM, author="Ana")
    (plan,) = centre.facts().of_kind("plan")
    assert centre.facts().text(plan, "state") == "draft"

    def heading(*, as_published: bool = False) -> str:
        file = tmp_path / "programa.xlsx"
        print_document(centre, form=FORM, file=file, as_published=as_published)
        sheet = openpyxl.load_workbook(file).worksheets[0]
        return " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row)

    assert title in heading()
    facts = centre.facts()
    write(centre, [(Address(plan, "state"), "approved")], facts=facts, author="Ana")
    assert "PRELIMINAR" not in heading()
    assert title.partition("PROGRAMA")[2] in heading()
    assert title in heading(as_published=True)
    again = load_plan(centre, text=f"{title}\n{TEXT}", name="p.psv", form=FORM, author="Ana")
    assert again.stored == 0
    assert centre.facts().text(plan, "state") == "approved"


def test_a_printed_workbook_that_nobody_touched_changes_nothing(
    centre: House, tmp_path: Path
) -> None:
    load(centre)
    file = tmp_path / "programa.xlsx"
    print_document(centre, form=FORM, file=file)
    assert enter_from_workbook(centre, file=file, author="Ana").changed == 0
    printed = read_plan(file=file, form=FORM, year=2010)
    source = read_plan(text=TEXT, name="programa.psv", form=FORM, year=2010)
    assert shape(printed.rows) == shape(source.rows)


def test_two_weights_in_a_cell_are_decided_one_by_one(centre: House) -> None:
    load(centre)
    open_ = {(one.problem.check, one.problem.item) for one in find_all(centre)}
    pay, tell = item(centre, "Pagar."), item(centre, "Avisar.")
    assert {("two-values-in-cell", pay), ("weight-missing", tell)} <= open_
    for check, row in (("two-values-in-cell", pay), ("weight-missing", tell)):
        decide(centre, item=row, check=check, action="accept", target="weight", author="Ana")
    facts = centre.facts()
    assert [facts.number(one, "weight") for one in (pay, tell)] == [Decimal("1.1")] * 2
    assert facts.text(pay, "weight.published") == "1,1 1,1"
    left = {one.problem.check for one in find_all(centre) if not one.decision}
    assert not left & {"two-values-in-cell", "weight-missing", "weights-sum"}


def test_an_office_reports_and_the_centre_judges(centre: House, tmp_path: Path) -> None:
    load(centre)
    assert judged(centre).needed == ("Diseño.", "Cierre", "Ejecución.", "Firma")
    joined = admit(centre, tmp_path, "Norte", REGION)
    parcel = tmp_path / "norte.quipu"
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        for name in ("Diseño.", "Cierre", "Ejecución."):
            enter(office, unit=REGION, activity=name, period="2010", value="1", author="Beto")
        export_bundle(office, file=parcel)
    merge_bundles(centre, files=[parcel])
    found = judged(centre)
    assert found.standing.by_count == Decimal("0.75")
    assert not found.standing.approved
    assert found.needed == ("Firma",)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        enter(office, unit=REGION, activity="Firma", period="2010", value="1", author="Beto")
        assert judged(office).standing.approved
    assert evaluate(centre, period="2010", units=[REGION]).programmes == (found,)


@pytest.mark.parametrize("text", ["a hechas / b", "a hechas\nb"])
def test_a_fraction_is_typed_on_one_line_or_two(text: str) -> None:
    form = BY_ID[TERRITORIAL]
    assert read_for(form, "indicator", text) == "a hechas / b"
    assert read_for(form, "indicator", "") is None


HIDDEN = TEXT.replace("| Avisar. |", "| Avisar a más de 1.000 familias. |")


@pytest.mark.parametrize(
    ("executed", "rating"), [("1000", "partly"), ("1000,5", "exceeded"), ("500", "low")]
)
def test_a_target_in_an_objectives_words_is_evaluated_once_accepted(
    centre: House, executed: str, rating: str
) -> None:
    load_plan(centre, text=HIDDEN, name="programa.psv", form=FORM, year=2010, author="Ana")
    objective = item(centre, "Avisar a más de 1.000 familias.")
    (asked,) = [one for one in find_all(centre) if one.problem.check == "target-in-text"]
    assert (asked.item, asked.problem.proposal) == (objective, "> 1000 familias")
    decide(centre, item=objective, check="target-in-text", action="accept", author="Ana")
    facts = centre.facts()
    kept = [facts.value(objective, name) for name in ("threshold", "total", "measure")]
    assert kept == ["> 1000 familias", Decimal(1000), "minimum"]
    enter(centre, unit=REGION, activity=objective, period="2010", value=executed, author="Ana")
    (judged_row,) = [one for one in evaluate(centre, period="2010").rows if one.item == objective]
    assert (judged_row.progress.programmed, judged_row.progress.rating) == (Decimal(1000), rating)
    assert not [one for one in find_all(centre) if one.problem.check == "target-in-text"]
    load_plan(centre, text=HIDDEN, name="programa.psv", form=FORM, year=2010, author="Ana")
    assert centre.facts().number(objective, "total") == 1000
