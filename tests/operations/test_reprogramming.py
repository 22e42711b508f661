"""A plan in force is changed: cause, act, before and after, within the budget (S3-12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.changes import original_row, original_values
from quipu.domain.errors import InputError, QuipuError
from quipu.operations.entering import enter
from quipu.operations.finding import find_plan
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.needing import set_ceiling
from quipu.operations.plan_cycle import Act, plan_standings
from quipu.operations.printing import document
from quipu.operations.reprogramming import (
    CellChange,
    Reprogrammed,
    causes,
    changes_of,
    reprogram,
)
from quipu.operations.workspaces import open_house
from tests.operations.plans import NORTH, admit, load, round_trip, row_of, ticking
from tests.operations.test_evaluated import texts
from tests.operations.test_huamanga_plan import UNIT
from tests.operations.test_huamanga_plan import load as load_poi

D = Decimal
ACT = Act("Acuerdo de Concejo", "12-2017", date(2017, 5, 2))


def change(
    house: House, *cells: tuple[str, str, str, str], cause: str = "entorno", **more: object
) -> Reprogrammed:
    asked = {"reason": "Lluvias.", "act": ACT, "author": "Ana", **more}
    changes = [CellChange(UNIT, *cell) for cell in cells]
    return reprogram(house, cause=cause, changes=changes, **asked)  # type: ignore[arg-type]


@pytest.fixture
def poi(centre: House) -> House:
    load_poi(centre, "programacion")
    return centre


def test_a_change_keeps_what_every_cell_said(poi: House) -> None:
    done = change(poi, ("1", "target", "2017-06", "5"), ("2", "lead", "", "Otra unidad"))
    row = row_of(poi, UNIT, "1")
    lines = {(line.field, line.period): (line.before, line.after) for line in done.change.lines}
    # The year's target followed its months: 2 + 2 = 4, now 2 + 5 = 7.
    assert lines["target", "2017-06"] == ("2", "5")
    assert lines["total", ""] == ("4", "7")
    assert lines["lead", ""][1] == "Otra unidad"
    standing = plan_standings(poi)
    assert (standing.state, standing.edition, standing.approval) == ("reprogrammed", 2, "holds")
    (kept,) = changes_of(poi)
    assert (kept.cause, kept.reason, kept.act_number, kept.act_date, kept.by) == (
        "entorno",
        "Lluvias.",
        "12-2017",
        "2017-05-02",
        "Ana",
    )
    again = change(poi, ("1", "target", "2017-06", "6"))
    assert (again.change.edition, len(changes_of(poi))) == (3, 2)
    facts = poi.facts()
    originals = original_values(facts, find_plan(facts))
    assert originals[Address(row, "target", "2017-06")] == D(2)
    assert original_row(facts, row, originals).number(row, "total") == D(4)
    assert facts.number(row, "total") == D(8)


def test_original_modified_and_executed_stand_side_by_side(poi: House) -> None:
    change(poi, ("1", "target", "2017-06", "5"))
    enter(poi, unit=UNIT, activity="1", period="2017-Q2", value="4", author="Ana")
    sheet = document(poi, form="pe-huamanga/programacion", period="2017-Q2").sheets[0]
    heads = texts(sheet)[sheet.header_rows - 1]
    row = next(line for line in texts(sheet) if line[0] == "1")
    shown = dict(zip(heads, row, strict=True))
    assert [shown[name] for name in ("Meta original", "Meta modificada", "Meta ejecutada")] == [
        "2", "5", "4",
    ]  # fmt: skip
    assert shown["% físico"] == "80%"


def test_the_changes_print(poi: House) -> None:
    form = "pe-huamanga/cambios"
    assert document(poi, form=form).sheets == ()
    change(poi, ("1", "target", "2017-06", "5"))
    (sheet,) = document(poi, form=form).sheets
    line = texts(sheet)[1]
    assert line[0] == "2"
    assert line[1] == "Cambios en el entorno o eventos no previstos: Lluvias."
    assert line[2] == "Acuerdo de Concejo 12-2017\n02/05/2017"
    assert line[5:8] == ["Meta, junio de 2017", "2", "5"]


def test_a_unit_stays_within_its_ceiling(poi: House) -> None:
    # Activities cost 3,000.50 + 500 + 800 (of the year) = 4,300.50.
    set_ceiling(poi, unit=UNIT, amount=D(5000), author="Ana")
    with pytest.raises(InputError) as caught:
        change(poi, ("1", "cost", "2017-06", "2500"), cause="presupuesto")
    assert caught.value.code == "ceiling-exceeded"
    assert caught.value.params == {
        "unit": UNIT, "ceiling": "5000", "total": "5300", "difference": "300",
    }  # fmt: skip
    assert changes_of(poi) == []
    done = change(poi, ("1", "cost", "2017-06", "2200"), cause="presupuesto")
    assert {line.field: line.after for line in done.change.lines} == {
        "cost": "2200",
        "budget": "3700",
    }
    # One that is over already may come down, though not below its ceiling yet.
    set_ceiling(poi, unit=UNIT, amount=D(1000), author="Ana")
    assert change(poi, ("1", "cost", "2017-06", "2000"), cause="norma").outcome.changed


def test_other_causes_may_not_ask_for_more(poi: House) -> None:
    with pytest.raises(InputError) as caught:
        change(poi, ("1", "cost", "2017-06", "1600.50"))
    assert (caught.value.code, caught.value.params["difference"]) == ("frame-exceeded", "100")
    moved = change(poi, ("1", "cost", "2017-06", "1400.50"), ("2", "cost", "2017-01", "300"))
    assert moved.outcome.changed


@pytest.mark.parametrize(
    ("code", "cells", "more"),
    [
        ("cause-unknown", [("1", "target", "2017-06", "5")], {"cause": "porque sí"}),
        ("reason-missing", [("1", "target", "2017-06", "5")], {"reason": " "}),
        ("act-missing", [("1", "target", "2017-06", "5")], {"act": None}),
        ("changes-missing", [("1", "target", "2017-06", "2")], {}),
        ("changes-missing", [], {}),
        ("field-unknown", [("1", "meta", "", "2")], {}),
        ("field-fixed", [("1", "executed", "2017-Q2", "2")], {}),
        ("field-fixed", [("1", "form", "", "x")], {}),
        ("period-missing", [("1", "target", "", "2")], {}),
        ("malformed-number", [("1", "target", "2017-06", "dos")], {}),
    ],
)
def test_a_change_that_does_not_hold_is_refused_whole(
    poi: House, code: str, cells: list[tuple[str, str, str, str]], more: dict[str, object]
) -> None:
    with pytest.raises(InputError) as caught:
        change(poi, *cells, **more)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert changes_of(poi) == []


def test_a_draft_is_not_reprogrammed(poi: House) -> None:
    facts = poi.facts()
    write(poi, [(Address(find_plan(facts), "state"), "draft")], facts=facts, author="Ana")
    with pytest.raises(InputError) as caught:
        change(poi, ("1", "target", "2017-06", "5"))
    assert caught.value.code == "plan-state.draft"


def test_offices_receive_what_concerns_them(centre: House, tmp_path: Path) -> None:
    load(centre)
    joined = admit(centre, tmp_path, "Norte", NORTH)
    cell = CellChange(NORTH, "1.1", "target", "2024-07", "1000")
    done = reprogram(
        centre, cause="Sequía", reason="Menos lluvia.", act=ACT, changes=[cell], author="Ana"
    )
    assert causes(centre) == ()
    with pytest.raises(InputError) as caught:
        reprogram(centre, cause="", reason="x", act=ACT, changes=[cell], author="Ana")
    assert caught.value.code == "cause-missing"
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        round_trip(office, centre, tmp_path)
        (known,) = changes_of(office)
        assert known.lines == done.change.lines
        with pytest.raises(QuipuError):
            reprogram(office, cause="x", reason="x", act=ACT, changes=[cell], author="Beto")


def test_what_this_version_cannot_read_has_no_original(poi: House) -> None:
    change(poi, ("1", "target", "2017-06", "5"))
    facts = poi.facts()
    for item in facts.items():
        if facts.text(item, "kind") == "change-line":
            write(poi, [(Address(item, "before"), "dos")], facts=facts, author="Ana")
    now = poi.facts()
    assert set(original_values(now, find_plan(now)).values()) == {None}
