"""Requests with a day of their own, notices with receipts, and what is due on opening."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.facts import Facts
from quipu.domain.requests import Request
from quipu.operations.editing import add_office
from quipu.operations.entering import enter
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.observing import answer_observation, observe
from quipu.operations.reports import accept, return_report, submit
from quipu.operations.requesting import (
    answer_request,
    close_request,
    list_notices,
    list_requests,
    notify,
    read_notices,
    request,
)
from quipu.operations.tasks import Task, open_tasks
from quipu.operations.year_calendar import set_due, year_calendar
from tests.operations.plans import JULY, NORTH, OFFICE, SOUTH, load
from tests.operations.test_observing import carry

DUE = date(2024, 8, 20)
ASK = {"unit": NORTH, "period": JULY, "author": "Luis"}


def test_a_request_travels_is_answered_and_closed(centre: House, office: House) -> None:
    made = request(
        centre,
        title="Beneficiarios por municipio",
        text="Con anexo",
        due=DUE,
        units=[NORTH, SOUTH],
        period="2024-q3",
        author="Ana",
    )
    carry(centre, office, 1)
    (asked,) = list_requests(office)
    assert (asked.title, asked.text, asked.due, asked.period) == (
        "Beneficiarios por municipio",
        "Con anexo",
        DUE,
        "2024-Q3",
    )
    assert not asked.late(DUE)
    assert asked.late(DUE + timedelta(days=1))
    named = "Beneficiarios por municipio"
    answer_request(office, request=named, text="Adjunto", author="Luis")
    carry(office, centre, 1)
    north, south = sorted(list_requests(centre), key=lambda one: one.state)
    assert (north.state, north.answer, north.answered_by) == ("answered", "Adjunto", "Luis")
    assert (south.state, south.answer) == ("open", "")
    close_request(centre, request=made.created[0], author="Ana")
    assert {one.state for one in list_requests(centre)} == {"closed"}
    assert [one.late(date(2030, 1, 1)) for one in list_requests(centre)] == [False, False]
    with pytest.raises(InputError, match="request-closed"):
        answer_request(centre, request=made.created[0], text="Tarde", author="Ana")


def test_a_request_without_units_asks_all_of_the_plans(centre: House) -> None:
    load(centre)
    request(centre, title="Memoria", due=DUE, author="Ana")
    names = {centre.facts().text(one.unit, "name") for one in list_requests(centre)}
    assert names == {NORTH, SOUTH, OFFICE}
    answer_request(centre, request="Memoria", unit=NORTH, text="Por la unidad", author="Ana")
    assert sorted(one.state for one in list_requests(centre)) == ["answered", "open", "open"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "title-missing"),
        ({"title": "x", "period": "ayer"}, "period-unreadable"),
        ({"title": "x", "units": ["Nadie"]}, "unit-unknown"),
        ({"title": "x", "role": "clerk"}, "role-may-not"),
    ],
)
def test_what_cannot_be_asked(centre: House, given: dict[str, str], code: str) -> None:
    load(centre)
    with pytest.raises(InputError, match=code):
        request(centre, due=DUE, author="Ana", **given)  # type: ignore[arg-type]


def test_a_request_of_others_is_not_answered_here(centre: House, office: House) -> None:
    request(centre, title="Memoria", due=DUE, units=[NORTH], author="Ana")
    carry(centre, office, 1)
    with pytest.raises(InputError, match="unit-not-asked"):
        answer_request(office, request="Memoria", unit=SOUTH, text="x", author="Luis")
    with pytest.raises(InputError, match="request-unknown"):
        answer_request(office, request="Otra", text="x", author="Luis")
    with pytest.raises(WorkspaceError, match="centre-only"):
        close_request(office, request="Memoria", author="Luis")
    with pytest.raises(WorkspaceError, match="centre-only"):
        request(office, title="x", due=DUE, author="Luis")


def test_a_day_that_is_none_is_told_as_none() -> None:
    asked = Request("r", "u", "t", "", "", None, "open", "", "", "")
    assert not asked.late(DUE)
    facts = Facts(
        [
            (Address("r", "kind"), "request"),
            (Address("r", "plan"), "plan"),
            (Address("r", "due_on"), "ayer"),
            (Address("r", "asked", unit="u"), True),
        ]
    )
    from quipu.domain.requests import requests

    assert requests(facts, "plan") == [Request("r", "u", "", "", "", None, "open", "", "", "")]


def test_a_notice_is_read_once_by_each_unit(centre: House, office: House) -> None:
    notify(centre, title="Plan aprobado", text="Resolución 12", author="Ana")
    notify(centre, title="Solo al sur", units=[SOUTH], author="Ana")
    carry(centre, office, 1)
    (told,) = list_notices(office)
    assert (told.title, told.text, told.read_at) == ("Plan aprobado", "Resolución 12", "")
    assert read_notices(office, unit=NORTH, author="Luis").changed == 2
    assert read_notices(office, author="Otro").changed == 0
    carry(office, centre, 1)
    read = {one.read_by for one in list_notices(centre) if one.read_at}
    assert read == {"Luis"}
    assert sum(not one.read_at for one in list_notices(centre)) == 3
    with pytest.raises(WorkspaceError, match="office-only"):
        read_notices(centre, author="Ana")


def kinds(tasks: list[Task]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.unit, one.period) for one in tasks]


def test_what_is_due_in_an_office(centre: House, office: House) -> None:
    today = date(2024, 8, 5)
    submit(office, unit=NORTH, period="2024-06", author="Luis")
    for month in ("01", "02", "03", "04", "05"):
        submit(office, unit=NORTH, period=f"2024-{month}", author="Luis")
    carry(office, centre, 1)
    observe(centre, unit=NORTH, period="2024-06", activity="1.1", text="¿?", author="Ana")
    return_report(centre, unit=NORTH, period="2024-06", reason="Corrija", author="Ana")
    request(centre, title="Memoria", due=date(2024, 8, 1), units=[NORTH], author="Ana")
    notify(centre, title="Plan aprobado", author="Ana")
    carry(centre, office, 1)
    found = open_tasks(office, today=today)
    assert kinds(found) == [
        ("returned", NORTH, "2024-06"),
        ("request", NORTH, ""),
        ("report", NORTH, JULY),
        ("answer", NORTH, "2024-06"),
        ("answer", NORTH, "2024-06"),
        ("notice", NORTH, ""),
    ]
    assert [one.late for one in found[:3]] == [True, True, False]
    assert found[2].due == date(2024, 8, 10)
    for seen in ("answer", "notice"):
        assert [one.title for one in found if one.kind == seen]


def test_what_is_due_at_the_centre(centre: House) -> None:
    load(centre)
    add_office(centre, name="Norte", units=[NORTH], author="Ana")
    today = date(2024, 8, 5)
    assert ("report", SOUTH, JULY) in kinds(open_tasks(centre, today=today))
    assert ("report", NORTH, JULY) not in kinds(open_tasks(centre, today=today))
    facts = centre.facts()
    plan, unit = find_plan(facts), find_unit(facts, NORTH)
    said = (Address(plan, "report", JULY, unit), "submitted")
    write(centre, [said], facts=facts, author="Ana")
    assert ("judge", NORTH, JULY) in kinds(open_tasks(centre, today=today))
    accept(centre, **ASK)
    enter(centre, **ASK, activity="1.1", value="3")
    made = observe(centre, **ASK, activity="1.1", text="¿?")
    answer_observation(centre, observation=made.created[0], text="Sí", author="Ana")
    found = kinds(open_tasks(centre, today=today))
    assert ("void", NORTH, JULY) in found
    assert ("settle", NORTH, JULY) in found
    assert ("judge", NORTH, JULY) not in found
    late = open_tasks(centre, today=date(2024, 8, 31))
    assert [one.title for one in late if one.kind == "calendar"] == [
        "Informe de seguimiento del plan"
    ]
    english = open_tasks(centre, today=date(2024, 8, 31), lang="en")
    assert "Follow-up report of the plan" in {one.title for one in english}


def test_a_day_of_a_task_is_set_by_hand(centre: House) -> None:
    load(centre)
    set_due(centre, task="follow-up", period="2024-07", due=date(2024, 8, 22), author="Ana")
    days = {(one.task, one.period): one for one in year_calendar(centre)}
    found = days["follow-up", "2024-07"]
    assert (found.due, found.rule, found.fixed) == (date(2024, 8, 22), date(2024, 8, 10), True)
    with pytest.raises(InputError) as caught:
        set_due(centre, task="dance", period="2024-07", due=DUE, author="Ana")
    assert caught.value.params["known"] == "final-evaluation, follow-up, report"
    with pytest.raises(InputError, match="period-unknown"):
        set_due(centre, task="follow-up", period="2024-Q1", due=DUE, author="Ana")
    assert year_calendar(centre, year="2024") == year_calendar(centre)


def test_a_plan_without_a_year_has_no_calendar(centre: House, tmp_path: Path) -> None:
    facts = centre.facts()
    write(centre, [(Address("p", "kind"), "plan")], facts=facts, author="Ana")
    assert year_calendar(centre) == []
    assert open_tasks(centre) == []


def test_one_notice_of_several_is_read_alone(centre: House, office: House) -> None:
    for title in ("Plan aprobado", "Feriado"):
        notify(centre, title=title, units=[NORTH], author="Ana")
    carry(centre, office, 1)
    (holiday,) = [one for one in list_notices(office) if one.title == "Feriado"]
    assert read_notices(office, unit=NORTH, notice=holiday.item, author="Luis").changed == 2
    read = {one.title: bool(one.read_at) for one in list_notices(office)}
    assert read == {"Plan aprobado": False, "Feriado": True}
