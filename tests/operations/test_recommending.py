"""Recommendations go to their units, come back with an answer, and are closed at the centre."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.recommendations import recommendations as of_plan
from quipu.operations.finding import find_plan
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.printing import document
from quipu.operations.recommending import answer, close, recommend, recommendations
from tests.operations.plans import NORTH, OFFICE, load, round_trip, row_of

TODAY = date(2024, 8, 20)
SEGUIMIENTO = "sv-integracion/evaluacion-seguimiento"


def make(house: House, unit: str = NORTH, period: str = "2024-07", **more: object) -> str:
    outcome = recommend(
        house, unit=unit, period=period, text=" Comprar antes de las lluvias. ", author="Ana",
        **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return outcome.created[0]


def states(house: House) -> list[tuple[str, bool]]:
    return [(one.state, one.late) for one in recommendations(house, today=TODAY)]


def test_a_recommendation_is_late_until_the_unit_says_it_is_done(centre: House) -> None:
    load(centre)
    make(centre, OFFICE, due=date(2024, 8, 15), activity="1")
    make(centre, OFFICE, "2024-Q1")
    assert states(centre) == [("open", False), ("open", True)]
    second, first = recommendations(centre, today=TODAY)
    assert (first.text, first.activity) == (
        "Comprar antes de las lluvias.",
        row_of(centre, OFFICE, "1"),
    )
    answer(centre, recommendation="1", text="Licitación publicada.", author="Beto")
    assert states(centre)[1] == ("started", True)
    answer(centre, recommendation=first.item, text="Comprado.", done=True, author="Beto")
    assert states(centre)[1] == ("done", False)
    done = recommendations(centre, today=TODAY)[1]
    assert (done.answer, done.answered_by) == ("Comprado.", "Beto")
    close(centre, recommendation="1", note="Verificado.", author="Ana")
    assert states(centre)[1] == ("closed", False)
    assert [one.item for one in recommendations(centre, open_only=True)] == [second.item]
    with pytest.raises(InputError) as caught:
        answer(centre, recommendation="1", text="Algo más.", author="Beto")
    assert caught.value.code == "recommendation-closed"
    close(centre, recommendation="1", reopen=True, author="Ana")
    assert states(centre)[1] == ("done", False)


def test_recommendations_are_chosen_by_unit_and_evaluation(centre: House) -> None:
    load(centre)
    first, second = make(centre), make(centre, OFFICE, "2024-Q3")
    assert [one.item for one in recommendations(centre, units=[NORTH])] == [first]
    assert [one.item for one in recommendations(centre, period="2024-q3")] == [second]


def test_an_office_receives_answers_and_sends_back(
    office: House, centre: House, tmp_path: Path
) -> None:
    make(centre)
    make(centre, OFFICE)
    round_trip(office, centre, tmp_path)
    (own,) = recommendations(office)
    answer(office, recommendation=own.item, text="En eso estamos.", author="Beto")
    with pytest.raises(WorkspaceError):
        close(office, recommendation=own.item, author="Beto")
    with pytest.raises(WorkspaceError):
        make(office)
    round_trip(office, centre, tmp_path)
    north = next(one for one in recommendations(centre) if one.item == own.item)
    assert (north.state, north.answer, north.answered_by) == ("started", "En eso estamos.", "Beto")
    with pytest.raises(InputError) as caught:
        answer(centre, recommendation=own.item, text="Por ellos.", author="Ana")
    assert caught.value.code == "unit-not-yours"


def test_what_cannot_be_recommended_is_refused(centre: House) -> None:
    load(centre)
    for code, refused in {
        "text-missing": lambda: recommend(
            centre, unit=NORTH, period="2024-07", text=" ", author="Ana"
        ),
        "period-unreadable": lambda: make(centre, period="ayer"),
        "recommendation-unknown": lambda: close(centre, recommendation="9", author="Ana"),
    }.items():
        with pytest.raises(InputError) as caught:
            refused()
        assert caught.value.code == code
    item = make(centre)
    with pytest.raises(InputError) as caught:
        answer(centre, recommendation=item, text="", author="Ana")
    assert caught.value.code == "text-missing"
    with pytest.raises(InputError) as caught:
        close(centre, recommendation="7", author="Ana")
    assert caught.value.code == "recommendation-unknown"


def test_evaluations_print_those_up_to_their_period(centre: House) -> None:
    load(centre)
    make(centre, due=date(2024, 8, 1))
    make(centre, OFFICE, "2024-09", due=date(2024, 12, 1))
    july = document(centre, form=SEGUIMIENTO, period="2024-07").sheets[1]
    row = [cell.text for cell in july.rows[1].cells if cell]
    assert row == [
        "1", NORTH, "Comprar antes de las lluvias.", "2024-07", "01/08/2024", "",
        "Abierta, vencida",
    ]  # fmt: skip
    assert len(july.rows) == 2
    september = document(centre, form=SEGUIMIENTO, period="2024-09")
    assert len(september.sheets[1].rows) == 3
    alone = document(centre, form=SEGUIMIENTO, period="2024-09", unit=OFFICE)
    assert [len(sheet.rows) for sheet in alone.sheets[1:2]] == [2]


def test_what_this_version_does_not_understand_is_passed_over(centre: House) -> None:
    load(centre)
    item = make(centre)
    facts = centre.facts()
    odd = [(Address(item, "due_on"), "pronto"), (Address(item, "follow_up"), "x")]
    write(centre, odd, facts=facts, author="Ana")
    (found,) = recommendations(centre, today=TODAY)
    assert (found.due, found.state, found.late) == (None, "open", False)
    write(centre, [(Address(item, "about_period"), "2024-W3")], facts=centre.facts(), author="Ana")
    now = centre.facts()
    assert of_plan(now, find_plan(now), TODAY) == []
