"""Observations on cells: threads between centre and office, and what a return opens."""

from __future__ import annotations

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.observations import Place, opened
from quipu.domain.workflow import report_state
from quipu.operations.editing import add_office, assign_unit
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.observing import answer_observation, list_observations, observe, resolve
from quipu.operations.permission import may_change
from quipu.operations.reports import return_report, submit
from tests.operations.plans import JULY, NORTH, SOUTH, load, row_of

ASK = {"unit": NORTH, "period": JULY}


def carry(sender: House, receiver: House, number: int) -> None:
    """Send all that is new from one workspace to another."""
    to = "Norte" if sender.role == "centre" else ""
    file = receiver.folder.parent / f"{sender.role}-{number}.quipu"
    export_bundle(sender, to=to, file=file)
    (result,) = merge_bundles(receiver, files=[file]).bundles
    assert (result.state, result.refused) == ("merged", 0)


def test_only_the_observed_cells_are_open_after_a_return(centre: House, office: House) -> None:
    for code in ("1.1", "1.2", "1.4"):
        enter(office, **ASK, activity=code, value="1", author="Luis")
    submit(office, **ASK, author="Luis")
    carry(office, centre, 1)
    observe(centre, **ASK, activity="1.1", field="executed", text="¿Seguro?", author="Ana")
    observe(centre, **ASK, activity="1.4", text="Falta el informe", author="Ana")
    return_report(centre, **ASK, reason="Dos celdas", author="Ana")
    carry(centre, office, 1)
    facts, unit = office.facts(), find_unit(office.facts(), NORTH)

    def why(code: str, field: str, period: str = JULY) -> str:
        return may_change(office, facts, Address(row_of(office, NORTH, code), field, period, unit))

    assert why("1.1", "executed") == ""
    assert why("1.1", "narrative") == "cell-not-observed"
    assert why("1.2", "executed") == "cell-not-observed"
    assert (why("1.4", "executed"), why("1.4", "evidence")) == ("", "")
    assert why("1.2", "executed", "2024-08") == ""
    first, second, whole = list_observations(office, only_open=True)
    assert whole.thread.messages[0].text == "Dos celdas"
    assert first.address == Address(row_of(office, NORTH, "1.1"), "executed", JULY, unit)
    assert (first.code, second.code, first.unit) == ("1.1", "1.4", NORTH)
    with pytest.raises(InputError, match="cell-not-observed"):
        enter(office, **ASK, activity="1.2", value="2", author="Luis")


def test_a_correction_and_an_answer_travel_back_and_the_thread_stays(
    centre: House, office: House
) -> None:
    enter(office, **ASK, activity="1.1", value="1", author="Luis")
    submit(office, **ASK, author="Luis")
    carry(office, centre, 1)
    observe(centre, **ASK, activity="1.1", field="executed", text="¿Seguro?", author="Ana")
    return_report(centre, **ASK, reason="Una celda", author="Ana")
    carry(centre, office, 1)
    (seen,) = (one for one in list_observations(office) if one.code)
    enter(office, **ASK, activity="1.1", value="2", author="Luis")
    item = seen.thread.messages[0].item
    answer_observation(office, observation=item, text="Corregido", author="Luis")
    submit(office, **ASK, author="Luis")
    carry(office, centre, 2)
    (seen,) = (one for one in list_observations(centre) if one.code)
    (message,) = seen.thread.messages
    assert (message.text, message.by, message.answer, message.answered_by) == (
        "¿Seguro?",
        "Ana",
        "Corregido",
        "Luis",
    )
    assert seen.thread.open
    assert not seen.thread.waiting
    observe(centre, **ASK, activity="1.1", field="executed", text="Falta el acta", author="Ana")
    resolve(centre, observation=item, author="Ana")
    (seen,) = (one for one in list_observations(centre) if one.code)
    assert [one.text for one in seen.thread.messages] == ["¿Seguro?", "Falta el acta"]
    assert [one.resolved for one in seen.thread.messages] == [True, False]
    assert seen.thread.waiting


def test_a_settled_thread_is_closed_and_its_old_words_go(centre: House) -> None:
    load(centre)
    made = observe(centre, **ASK, activity="1.1", text="¿Seguro?", author="Ana")
    row, unit = row_of(centre, NORTH, "1.1"), find_unit(centre.facts(), NORTH)
    assert centre.facts().text(row, "observation", JULY, unit) == "¿Seguro?"
    resolve(centre, observation=made.created[0], author="Ana")
    assert centre.facts().text(row, "observation", JULY, unit) == ""
    assert list_observations(centre, only_open=True) == []
    (seen,) = list_observations(centre)
    assert not seen.thread.open


def test_a_whole_report_is_open_when_no_cell_is_observed(centre: House, office: House) -> None:
    submit(office, **ASK, author="Luis")
    carry(office, centre, 1)
    observe(centre, **ASK, text="Falta firmar", author="Ana")
    return_report(centre, **ASK, reason="Firme", author="Ana")
    carry(centre, office, 1)
    enter(office, **ASK, activity="1.2", value="2", author="Luis")
    (seen,) = list_observations(office)
    assert [one.text for one in seen.thread.messages] == ["Firme", "Falta firmar"]
    assert seen.address.field == "observation"


def test_an_observation_after_the_return_opens_its_cell_too(centre: House) -> None:
    load(centre)
    submit(centre, **ASK, author="Ana")
    observe(centre, **ASK, activity="1.1", text="Uno", author="Ana")
    return_report(centre, **ASK, reason="Corrija", author="Ana")
    observe(centre, **ASK, activity="1.2", text="Dos", author="Ana")
    observe(centre, **ASK, activity="1.2", text="Otra vez", author="Ana")
    facts = centre.facts()
    plan, unit = find_plan(facts), find_unit(facts, NORTH)
    assert report_state(facts, plan, unit, JULY) == "returned"
    rows = [row_of(centre, NORTH, code) for code in ("1.1", "1.2")]
    assert opened(facts, plan, unit, JULY) == [Place(row, unit, JULY, "") for row in rows]
    observe(centre, **ASK, text="Todo", author="Ana")
    assert opened(centre.facts(), plan, unit, JULY) == [Place(row, unit, JULY, "") for row in rows]


def test_the_field_of_an_older_version_is_a_thread(centre: House) -> None:
    load(centre)
    facts = centre.facts()
    row, unit = row_of(centre, NORTH, "1.1"), find_unit(facts, NORTH)
    old = (Address(row, "observation", JULY, unit), "Como antes")
    write(centre, [old], facts=facts, author="Ana")
    (seen,) = list_observations(centre)
    assert (seen.thread.messages[0].item, seen.thread.messages[0].text) == ("", "Como antes")
    submit(centre, **ASK, author="Ana")
    return_report(centre, **ASK, reason="Corrija", author="Ana")
    plan = find_plan(centre.facts())
    assert opened(centre.facts(), plan, unit, JULY) == [Place(row, unit, JULY, "")]


def test_a_field_of_the_plan_is_observed_without_a_period(centre: House) -> None:
    load(centre)
    observe(centre, unit=NORTH, activity="1.1", field="product", text="¿Cuál?", author="Ana")
    (seen,) = list_observations(centre)
    assert seen.address == Address(row_of(centre, NORTH, "1.1"), "product", "", "")
    submit(centre, **ASK, author="Ana")
    return_report(centre, **ASK, reason="Corrija", author="Ana")
    unit = find_unit(centre.facts(), NORTH)
    assert opened(centre.facts(), find_plan(centre.facts()), unit, JULY) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"period": JULY, "text": " "}, "text-missing"),
        ({"period": JULY, "text": "x", "field": "executed"}, "activity-missing"),
        ({"period": JULY, "text": "x", "activity": "1.1", "field": "dance"}, "field-unknown"),
        ({"text": "x", "activity": "1.1"}, "period-missing"),
        ({"text": "x", "activity": "1.1", "field": "executed"}, "period-missing"),
        ({"period": JULY, "text": "x", "role": "clerk"}, "role-may-not"),
    ],
)
def test_what_cannot_be_observed(centre: House, given: dict[str, str], code: str) -> None:
    load(centre)
    with pytest.raises(InputError, match=code):
        observe(centre, unit=NORTH, author="Ana", **given)


def test_observations_are_the_centres_and_answers_the_units_own(
    centre: House, office: House
) -> None:
    with pytest.raises(WorkspaceError, match="centre-only"):
        observe(office, **ASK, text="x", author="Luis")
    mine = observe(centre, **ASK, text="Norte", author="Ana").created[0]
    other = observe(centre, unit=SOUTH, period=JULY, text="Sur", author="Ana").created[0]
    carry(centre, office, 1)
    assert [one.unit for one in list_observations(office)] == [NORTH]
    with pytest.raises(InputError, match="observation-unknown"):
        answer_observation(office, observation=other, text="No es mía", author="Luis")
    with pytest.raises(InputError, match="text-missing"):
        answer_observation(office, observation=mine, text="", author="Luis")
    with pytest.raises(WorkspaceError, match="centre-only"):
        resolve(office, observation=mine, author="Luis")
    answer_observation(centre, observation=other, text="Por la unidad", author="Ana")
    add_office(centre, name="Otra", author="Ana")
    assign_unit(centre, unit=NORTH, office="Otra", author="Ana")
    carry(centre, office, 2)
    with pytest.raises(InputError, match="unit-not-yours"):
        answer_observation(office, observation=mine, text="Ya no", author="Luis")


def test_the_reason_of_a_return_is_settled_by_the_next_report(centre: House) -> None:
    load(centre)
    facts = centre.facts()
    row, unit = row_of(centre, NORTH, "1.1"), find_unit(facts, NORTH)
    odd = (Address(row, "observation", "ayer", unit), "De otra época")
    write(centre, [odd], facts=facts, author="Ana")
    submit(centre, **ASK, author="Ana")
    return_report(centre, **ASK, reason="Corrija", author="Ana")

    def open_texts() -> set[str]:
        found = list_observations(centre, only_open=True)
        return {message.text for one in found for message in one.thread.messages}

    assert open_texts() == {"De otra época", "Corrija"}
    submit(centre, **ASK, author="Ana")
    assert open_texts() == {"De otra época"}
