from decimal import Decimal
from itertools import product

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.value import Value
from quipu.domain.workflow import (
    STATES,
    Side,
    State,
    Step,
    combined_state,
    needs_reason,
    next_state,
    report_state,
    report_states,
)
from tests.domain.world import facts

ALLOWED: dict[tuple[State, Side, Step], State] = {
    ("none", "office", "submit"): "submitted",
    ("started", "office", "submit"): "submitted",
    ("returned", "office", "submit"): "submitted",
    ("submitted", "centre", "return"): "returned",
    ("accepted", "centre", "return"): "returned",
    ("consolidated", "centre", "return"): "returned",
    ("submitted", "centre", "accept"): "accepted",
    ("accepted", "centre", "consolidate"): "consolidated",
}
SIDES: tuple[Side, ...] = ("office", "centre")
STEPS: tuple[Step, ...] = ("submit", "return", "accept", "consolidate")


@pytest.mark.parametrize(("state", "side", "step"), [*product(STATES, SIDES, STEPS)])
def test_who_may_go_from_where_to_where(state: State, side: Side, step: Step) -> None:
    wanted = ALLOWED.get((state, side, step))
    if wanted is not None:
        assert next_state(state, step, by=side) == wanted
        return
    with pytest.raises(InputError) as refused:
        next_state(state, step, by=side, unit="Norte", period="2024-07")
    assert refused.value.code == f"report-state.{state}"
    assert refused.value.params == {"unit": "Norte", "period": "2024-07", "step": step}


def test_reopening_needs_a_reason() -> None:
    assert not needs_reason("submitted", "return")
    assert needs_reason("accepted", "return")
    assert needs_reason("consolidated", "return")
    assert not needs_reason("accepted", "consolidate")


def report(state: str, period: str = "2024-07", unit: str = "norte") -> tuple[Address, Value]:
    return Address("plan", "report", period, unit), state


def progress(period: str, field: str = "executed", item: str = "task-n") -> tuple[Address, Value]:
    return Address(item, field, period, "norte"), Decimal(0)


def test_a_report_is_what_was_written() -> None:
    told = facts(report("accepted"), progress("2024-07"))
    assert report_state(told, "plan", "norte", "2024-07") == "accepted"


@pytest.mark.parametrize("word", ["archived", "none", "started"])
def test_a_word_that_is_no_written_state_says_nothing(word: str) -> None:
    assert report_state(facts(report(word)), "plan", "norte", "2024-07") == "none"


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (progress("2024-07"), "started"),
        (progress("2024-07", "narrative"), "started"),
        (progress("2024-08"), "none"),
        (progress("2024-07", "unheard-of"), "none"),
        (progress("2024-07", "target"), "none"),
        (progress("July"), "none"),
        (progress("2024-07", item="gone-n"), "none"),
        (progress("2024-07", item="strange"), "none"),
        ((Address("task-n", "executed", "2024-07", "sur"), Decimal(1)), "none"),
    ],
)
def test_a_report_is_started_by_progress_of_its_unit_and_period(
    entry: tuple[Address, Value], state: State
) -> None:
    assert report_state(facts(entry), "plan", "norte", "2024-07") == state
    states = report_states(facts(entry), "plan", ["2024-07"])
    assert states.get(("norte", "2024-07"), "none") == state


def test_a_quarter_is_started_by_one_of_its_months() -> None:
    told = facts(progress("2024-07"), report("submitted", "2024-Q3", "sur"))
    assert report_state(told, "plan", "norte", "2024-Q3") == "started"
    assert report_states(told, "plan", ["2024-Q3", "2024-Q4"]) == {
        ("norte", "2024-Q3"): "started",
        ("sur", "2024-Q3"): "submitted",
    }


def test_all_states_at_once_leave_out_other_periods_and_strange_words() -> None:
    told = facts(report("accepted"), report("archived", "2024-08"), report("returned", "2024-09"))
    assert report_states(told, "plan", ["2024-07", "2024-08"]) == {("norte", "2024-07"): "accepted"}


@pytest.mark.parametrize(
    ("states", "together"),
    [
        ([], "none"),
        (["none", "none"], "none"),
        (["none", "accepted"], "started"),
        (["submitted", "returned"], "returned"),
        (["consolidated", "accepted"], "accepted"),
    ],
)
def test_several_reports_together_are_as_far_as_the_last(
    states: list[State], together: State
) -> None:
    assert combined_state(states) == together
