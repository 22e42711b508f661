"""Programmes judged by what was reported: by count and by weight, and what is still needed."""

from dataclasses import replace
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.row import Row
from quipu.domain.value import Value
from quipu.domain.weights import ProgrammeResult
from quipu.forms.definition import Passing, Weights
from quipu.forms.standings import standings
from tests.forms.programme_tables import BY_ID, TERRITORIAL, table
from tests.forms.test_draw_programmes import facts_of

ABOVE = "Actividad III. 1.1: Programa | | |\nPonderación Programa de Trabajo (%) ³ = 2,2% | | |\n"
ROWS = (
    "<u>Pagos</u> | Pagar. | N° de a / N° de b | Diseño. Cierre | Actas | 1,1 0,1 | Caja",
    " | Avisar. | N° de a / N° de b | Ejecución. Firma | Actas | 1 | Caja",
)


def judged(
    rows: tuple[Row, ...],
    *done: str,
    more: tuple[tuple[Address, Value], ...] = (),
    **changes: object,
) -> ProgrammeResult:
    """The one programme of some rows, with the named activities reported as done in March."""
    items = {row.text: f"row {at}" for at, row in enumerate(rows)}
    unit = f"unit {rows[-1].unit}"
    reports: list[tuple[Address, Value]] = [
        (Address(items[name], "executed", "2010-03", unit), Decimal(1)) for name in done
    ]
    facts: Facts = facts_of(rows, *reports, *more)
    forms = {**BY_ID, TERRITORIAL: replace(BY_ID[TERRITORIAL], **changes)}  # type: ignore[arg-type]
    (found,) = standings(facts, "plan", forms, "2010")
    return found


def test_a_programme_is_judged_both_ways() -> None:
    found = judged(table(*ROWS, above=ABOVE).rows, "Diseño.", "Cierre", "Firma")
    assert (found.name, found.weight, found.item) == ("Programa", Decimal("2.2"), "row 0")
    assert found.standing.by_count is not None
    assert found.standing.by_weight is not None
    assert (float(found.standing.by_count), round(float(found.standing.by_weight), 3)) == (
        0.75,
        0.773,
    )
    assert not found.standing.approved
    assert found.needed == ("Ejecución.",)
    whole = judged(table(*ROWS, above=ABOVE).rows, "Diseño.", "Cierre", "Ejecución.", "Firma")
    assert (whole.standing.approved, whole.standing.earned) == (True, Decimal("2.2"))


def test_the_form_says_what_counts() -> None:
    rows = table(*ROWS, above=ABOVE).rows
    lenient = Passing(Decimal("0.75"), "count")
    assert judged(rows, "Diseño.", "Cierre", "Firma", passing=lenient).standing.approved
    weighed = Passing(Decimal("0.78"), "weight")
    assert not judged(rows, "Diseño.", "Cierre", "Firma", passing=weighed).standing.approved


def test_a_programme_without_lines_above_has_the_forms_weight() -> None:
    rows = table(*ROWS, above="").rows
    found = judged(rows)
    assert (found.name, found.item) == ("III.1.1 Programa de Trabajo de Gestión Territorial", "")
    assert found.weight == Decimal("2.2")
    assert judged(rows, weights=None).weight is None
    assert judged(rows, weights=Weights("absolute")).weight is None


def test_forms_without_a_rule_are_not_judged() -> None:
    rows = table(*ROWS).rows
    form = replace(BY_ID[TERRITORIAL], passing=None)
    assert standings(facts_of(rows), "plan", {form.id: form}, "2010") == []
    assert standings(facts_of(rows), "plan", {}, "2010") == []


def test_a_weight_that_was_decided_counts() -> None:
    rows = table(*ROWS, above=ABOVE).rows
    at = next(at for at, row in enumerate(rows) if row.text == "Pagar.")
    decided = ((Address(f"row {at}", "weight"), Decimal("3")),)
    found = judged(rows, "Diseño.", "Cierre", more=decided)
    assert found.standing.by_weight is not None
    assert float(found.standing.by_weight) == 0.75
