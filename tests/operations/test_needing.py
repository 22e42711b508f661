"""The schedule of needs of Huamanga: entered, printed, read back, and turned into costs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, QuipuError
from quipu.operations.evaluating import evaluate
from quipu.operations.exporting import export_bundle
from quipu.operations.findings import findings
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.needing import Wanted, add_need, apply_costs, needs, set_ceiling
from quipu.operations.printing import document, print_document
from quipu.operations.reading import read_plan
from quipu.operations.workspaces import open_house
from tests.operations.plans import admit, row_of, ticking
from tests.operations.test_evaluated import texts
from tests.operations.test_huamanga_plan import UNIT
from tests.operations.test_huamanga_plan import load as load_poi

D = Decimal
FORM = "pe-huamanga/cuadro-necesidades"
PAPER = Wanted("goods", "Papel bond", D("32.50"), {"2017-03": D(10), "2017-06": D(4)}, "Millar")
ROOM = Wanted("services", "Alquiler de local", D(150), {"2017-01": D(2)})


def want(house: House, activity: str, wanted: Wanted) -> int:
    return add_need(house, unit=UNIT, activity=activity, wanted=wanted, author="Ana").changed


@pytest.fixture
def poi(centre: House) -> House:
    """A plan with two needs."""
    load_poi(centre, "programacion")
    want(centre, "1", PAPER)
    want(centre, "2", ROOM)
    return centre


def test_needs_make_the_cost_of_activities_and_units(poi: House) -> None:
    found = needs(poi)
    one, two = row_of(poi, UNIT, "1"), row_of(poi, UNIT, "2")
    # 10 x 32.50 and 4 x 32.50; 2 x 150.
    assert found.costs == {
        one: {"2017-03": D(325), "2017-06": D(130)},
        two: {"2017-01": D(300)},
    }
    (budget,) = found.budgets
    assert (budget.goods, budget.services, budget.total) == (D(455), D(300), D(755))
    # The activities' own costs before: 3,000.50 and 500 of months, 800 of the year (8OO unread).
    assert budget.activities == D("4300.50")
    applied = apply_costs(poi, author="Ana")
    assert applied.budgets[0].activities == D(1555)  # and 800 of activity 3, not valued
    facts = poi.facts()
    assert facts.number(one, "budget") == D(455)
    assert facts.periods(two, "cost") == {"2017-01": D(300)}
    money = evaluate(poi, period="2017-Q1").whole
    assert money.budgeted == D(625)
    assert apply_costs(poi, units=[UNIT], author="Ana").outcome.changed == 0


def test_a_need_is_changed_by_its_words(poi: House) -> None:
    more = replace(PAPER, text="PAPEL  bond", price=D(30), months={"2017-06": D(6)})
    assert want(poi, "1", more)
    paper = needs(poi).needs[0]
    assert (paper.quantity, paper.price, paper.amount) == (D(16), D(30), D(480))
    assert paper.months == {"2017-03": D(10), "2017-06": D(6)}
    assert want(poi, "2", PAPER)
    assert [one.text for one in needs(poi).needs] == ["PAPEL  bond", "Papel bond", ROOM.text]


def test_ceilings_are_compared(poi: House) -> None:
    set_ceiling(poi, unit=UNIT, amount=D(700), author="Ana")
    (budget,) = needs(poi, units=[UNIT]).budgets
    assert (budget.ceiling, budget.over) == (D(700), D("3600.50"))
    set_ceiling(poi, unit=UNIT, amount=D(5000), author="Ana")
    assert needs(poi).budgets[0].over == 0
    set_ceiling(poi, unit=UNIT, amount=None, author="Ana")
    assert needs(poi).budgets[0].ceiling is None
    with pytest.raises(InputError) as caught:
        set_ceiling(poi, unit=UNIT, amount=D(-1), author="Ana")
    assert caught.value.code == "ceiling-negative"


def test_the_schedule_prints_and_reads_back(poi: House, tmp_path: Path) -> None:
    file = tmp_path / "cuadro.xlsx"
    print_document(poi, form=FORM, file=file)
    lines = texts(document(poi, form=FORM).sheets[0])
    assert [line[-1] for line in lines if line[0] in ("Bienes", "Servicios", "Total")] == [
        "455", "300", "755",
    ]  # fmt: skip
    read = read_plan(file=file, form=FORM, year=2017)
    assert not read.problems
    paper = next(row for row in read.rows if row.text == "Papel bond")
    assert paper.amounts == {"needed:2017-03": D(10), "needed:2017-06": D(4)}
    assert (paper.fields["price"], paper.fields["activities"]) == ("32.50", "1")


def test_a_schedule_is_read_from_a_workbook(centre: House, poi: House, tmp_path: Path) -> None:
    file = tmp_path / "cuadro.tsv"
    months = "\t".join(["Ene", "Feb", "Mar", "Abr", "May", "Jun",
                        "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"])  # fmt: skip
    blank = "\t" * 11
    file.write_text(
        f"CUADRO DE NECESIDADES DE LA UNIDAD ORGÁNICA: OFICINA DE SISTEMAS\n"
        f"Código\tDetalle de bienes o servicios\tN° de actividad\tUnidad de medida\t{months}"
        f"\tCantidad\tPrecio unitario S/.\tCosto S/.\n"
        f"\tBienes\n"
        f"2.3.1\tTóner\t7\tUnidad\t3{blank}\t3\t100\t300\n"
        f"2.3.1\tCable\t\tMetro\t2{blank}\t5\t10\t40\n",
        "utf-8",
    )
    loaded = load_plan(centre, file=file, form=FORM, year=2017, author="Ana")
    checks = [one.problem.target for one in findings(centre) if one.problem.check == "need-amount"]
    assert sorted(checks) == ["budget", "quantity"]
    assert loaded.stored
    toner, cable = [one for one in needs(centre).needs if one.text in ("Tóner", "Cable")]
    # Activity 7 is none of that unit: the need counts for the unit and for no activity.
    assert (toner.amount, toner.activity, cable.amount) == (D(300), "", D(40))


def test_the_summary_of_each_unit_is_worked_out(poi: House) -> None:
    want(poi, "2", replace(PAPER, months={"2017-02": D(1)}))
    set_ceiling(poi, unit=UNIT, amount=D(700), author="Ana")
    (sheet,) = document(poi, form="pe-huamanga/resumen-presupuesto").sheets
    assert texts(sheet)[1:] == [
        ["Bienes", "", "487.50"],
        ["", "Papel bond", "487.50"],
        ["Servicios", "", "300"],
        ["", "Alquiler de local", "300"],
        ["Total", "", "787.50"],
        ["Techo presupuestal", "", "700"],
        ["Exceso sobre el techo", "", "87.50"],
    ]


def test_needs_without_price_or_month_cost_what_is_written(poi: House) -> None:
    item = needs(poi).needs[0].item
    plain = [(Address(item, field), None) for field in ("price", "quantity", "linked", "budget")]
    write(poi, plain, facts=poi.facts(), author="Ana")
    paper = needs(poi).needs[0]
    assert (paper.amount, paper.quantity) == (None, D(14))
    assert paper.activity == row_of(poi, UNIT, "1")
    write(poi, [(Address(item, "price"), D(2))], facts=poi.facts(), author="Ana")
    assert needs(poi).needs[0].amount == D(28)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("text-missing", replace(PAPER, text=" ")),
        ("need-quantity", replace(PAPER, months={})),
        ("need-quantity", replace(PAPER, price=D(-1))),
        ("need-quantity", replace(PAPER, months={"2017-03": D(-1)})),
        ("period-unknown", replace(PAPER, months={"2017-Q1": D(1)})),
    ],
)
def test_what_cannot_be_needed_is_refused(poi: House, code: str, wanted: Wanted) -> None:
    with pytest.raises(InputError) as caught:
        want(poi, "1", wanted)
    assert caught.value.code == code


def test_a_plan_without_such_a_form_has_no_needs(centre: House) -> None:
    from tests.operations.plans import NORTH, load

    load(centre)
    with pytest.raises(InputError) as caught:
        add_need(centre, unit=NORTH, activity="1.1", wanted=PAPER, author="Ana")
    assert caught.value.code == "needs-no-form"


def test_offices_enter_needs_of_their_units_while_the_plan_is_a_draft(
    poi: House, tmp_path: Path
) -> None:
    other = "OFICINA DE SISTEMAS"
    text = f"CUADRO DE NECESIDADES DE LA UNIDAD ORGÁNICA: {other}\n" + "\t".join(
        ["Código", "Detalle de bienes o servicios", "N° de actividad", "Unidad de medida",
         "ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC",
         "Cantidad",
         "Precio unitario S/.", "Costo S/."]
    ) + "\n2.3\tCable\t\tMetro\t2" + "\t" * 12 + "2\t10\t20\n"  # fmt: skip
    load_plan(poi, text=text, name="c.tsv", form=FORM, year=2017, author="Ana")
    facts = poi.facts()
    joined = admit(poi, tmp_path, "Turismo", UNIT)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        with pytest.raises(QuipuError) as caught:
            want(office, "1", PAPER)
        assert caught.value.code == "plan-not-yours"
        draft = (Address(facts.of_kind("plan")[0], "state"), "draft")
        write(poi, [draft], facts=facts, author="Ana")
        export_bundle(poi, file=tmp_path / "down.quipu", to="Turismo")
        merge_bundles(office, files=[tmp_path / "down.quipu"])
        assert want(office, "1", replace(PAPER, price=D(33)))
        with pytest.raises(QuipuError) as caught:
            add_need(office, unit=other, activity="1", wanted=PAPER, author="Beto")
        assert caught.value.code == "unit-not-yours"
