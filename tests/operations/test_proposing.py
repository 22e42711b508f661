"""Rows proposed in a draft, units of measure written alike, actions put in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.covering import link_activity
from quipu.operations.editing import add_unit
from quipu.operations.finding import find_plan
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.measuring import measure_names, merge_measures
from quipu.operations.priorities import print_priorities, priorities, set_priorities
from quipu.operations.proposing import (
    change_proposal,
    gather,
    propose,
    read_set,
    template_rows,
    withdraw,
)
from quipu.operations.rows import move_row
from quipu.operations.undoing import undo
from tests.operations.plans import NORTH, OFFICE, SOUTH, WHOLE, load, round_trip, row_of
from tests.operations.test_covering import ANNEX

MONTHLY = "Elaborar informe mensual de actividades realizadas"


def become(house: House, state: str) -> None:
    facts = house.facts()
    write(house, [(Address(find_plan(facts), "state"), state)], facts=facts, author="Ana")


@pytest.fixture
def drafting(office: House, centre: House, tmp_path: Path) -> House:
    """The office of the north, whose plan is a draft."""
    become(centre, "draft")
    round_trip(office, centre, tmp_path)
    return office


def test_rows_to_begin_from_are_the_methods_and_those_that_units_share(centre: House) -> None:
    load(centre)
    found = template_rows(centre)
    assert [one.text for one in found[:2]] == [MONTHLY, "Evaluar resultados del Programa"]
    shared = {one.text: len(one.units) for one in found[2:]}
    assert shared == {"Conservar los caminos de tierra": 2, "Atender las emergencias": 2}


def test_an_office_proposes_changes_and_withdraws_and_the_centre_sees_it(
    drafting: House, centre: House, tmp_path: Path
) -> None:
    made = propose(
        drafting, unit=NORTH, like="1", cells={("code", ""): "1.5"}, author="Beto"
    ).created[0]  # fmt: skip
    facts = drafting.facts()
    assert (facts.text(made, "text"), facts.text(made, "unit_of_measure")) == (
        MONTHLY, "Documento",
    )  # fmt: skip
    assert (facts.number(made, "target", "2024-12"), facts.number(made, "total")) == (1, 12)
    change_proposal(
        drafting, unit=NORTH, activity="1.5", cells={("target", "2024-12"): ""}, author="Beto"
    )  # fmt: skip
    move_row(drafting, row=made, before=row_of(drafting, NORTH, "1.1"), author="Beto")
    gone = row_of(drafting, NORTH, "1.4")
    withdraw(drafting, unit=NORTH, activity="1.4", author="Beto")
    round_trip(drafting, centre, tmp_path)
    above = centre.facts()
    assert (above.text(made, "code"), above.number(made, "target", "2024-12")) == ("1.5", None)
    assert above.flag(gone, "deleted")
    own = gather(drafting)
    assert ([one.unit for one in own.proposals], own.state) == ([above.text(made, "unit")], "draft")
    checks = [one.check for one in gather(centre, units=[NORTH]).proposals[0].findings]
    assert "proposal-months-differ" in checks
    assert len(gather(centre).proposals) == 3


def test_an_office_proposes_only_for_its_units_and_only_in_a_draft(
    office: House, centre: House, tmp_path: Path
) -> None:
    cells = {("text", ""): "Nueva"}
    with pytest.raises(WorkspaceError) as approved:
        propose(office, unit=NORTH, cells=cells, author="Beto")
    assert approved.value.code == "plan-not-yours"
    become(centre, "draft")
    round_trip(office, centre, tmp_path)
    with pytest.raises(InputError) as other:
        propose(office, unit=SOUTH, form="sv-integracion/pat-programa", cells=cells, author="Beto")
    assert other.value.code == "unit-not-yours"


def test_nothing_is_proposed_in_a_closed_plan(centre: House) -> None:
    load(centre)
    become(centre, "closed")
    with pytest.raises(WorkspaceError) as caught:
        propose(centre, unit=NORTH, cells={("text", ""): "Nueva"}, author="Ana")
    assert caught.value.code == "plan-closed"


@pytest.mark.parametrize(
    ("like", "cells", "code"),
    [
        ("99", {}, "template-unknown"),
        ("", {}, "text-missing"),
        ("", {("text", ""): "  "}, "text-missing"),
    ],
)
def test_what_cannot_be_proposed_is_refused(
    centre: House, like: str, cells: dict[tuple[str, str], str], code: str
) -> None:
    load(centre)
    with pytest.raises(InputError) as caught:
        propose(centre, unit=NORTH, like=like, cells=cells, author="Ana")
    assert caught.value.code == code


def test_a_unit_without_rows_takes_the_form_of_most_others(centre: House) -> None:
    load(centre)
    add_unit(centre, name="UNIDAD NUEVA", author="Ana")
    made = propose(
        centre, unit="UNIDAD NUEVA", like=MONTHLY.upper(), cells={}, author="Ana"
    ).created[0]
    assert centre.facts().text(made, "form").startswith("sv-integracion/")


def test_cells_are_read_as_typed() -> None:
    assert read_set("target:2024-q1=5") == (("target", "2024-Q1"), "5")
    assert read_set("text=A=B") == (("text", ""), "A=B")
    for bad in ("text", "nada=1"):
        with pytest.raises(InputError):
            read_set(bad)


def test_units_of_measure_are_listed_and_written_alike_in_one_gesture(centre: House) -> None:
    load(centre)
    rows = {one.text: one.rows for one in measure_names(centre)}
    assert (rows["Informe"], rows["Señales"]) == (3, 1)
    outcome = merge_measures(centre, text="señales", into="Informe", author="Ana")
    facts, row = centre.facts(), row_of(centre, NORTH, "1.2")
    assert (outcome.changed, facts.text(row, "unit_of_measure")) == (1, "Informe")
    # The signed document still says what it said.
    assert facts.text(row, "unit_of_measure.published") == "Señales"
    (merged,) = [one for one in measure_names(centre) if one.text == "Informe"]
    assert (merged.rows, merged.published) == (4, ("Señales",))
    assert outcome.gesture is not None
    undo(centre, gesture=outcome.gesture, author="Ana")
    assert centre.facts().text(row, "unit_of_measure") == "Señales"


def test_what_must_not_be_merged_is_not(centre: House) -> None:
    load(centre)
    row = row_of(centre, OFFICE, "1")
    write(
        centre, [(Address(row, "unit_of_measure"), "Participaciones")], facts=centre.facts(),
        author="Ana",
    )  # fmt: skip
    for text, into, code in (
        ("Participaciones", "personas", "measures-apart"),
        ("Señales", " ", "measure-same"),
        ("Señales", "Señales", "measure-same"),
        ("Toneladas", "Informe", "measure-unknown"),
    ):
        with pytest.raises(InputError) as caught:
            merge_measures(centre, text=text, into=into, author="Ana")
        assert caught.value.code == code


@pytest.fixture
def planned(centre: House) -> House:
    load(centre, WHOLE + ANNEX)
    return centre


def test_actions_are_put_in_order_and_printed(planned: House, tmp_path: Path) -> None:
    assert [one.rank for one in priorities(planned)] == [None, None]
    set_priorities(planned, order=["AE 1.1.2", "AE 1.1.1"], author="Ana")
    assert [one.code for one in priorities(planned)] == ["AE 1.1.2", "AE 1.1.1"]
    link_activity(planned, unit=NORTH, activity="1.1", to="AE 1.1.1", author="Ana")
    assert print_priorities(planned, file=tmp_path / "ruta.xlsx").rows == 2
    set_priorities(planned, order=["AE 1.1.1"], author="Ana")
    assert [one.rank for one in priorities(planned)] == [1, None]


def test_a_plan_without_actions_has_a_page_that_says_so(centre: House, tmp_path: Path) -> None:
    load(centre)
    assert print_priorities(centre, file=tmp_path / "ruta.pdf").pages == 1


def test_an_order_names_actions_once(planned: House) -> None:
    for order, code in (
        (("AE 1.1.1", "AE 1.1.1"), "priority-twice"),
        (("1.1",), "action-unknown-here"),
    ):
        with pytest.raises(InputError) as caught:
            set_priorities(planned, order=order, author="Ana")
        assert caught.value.code == code
