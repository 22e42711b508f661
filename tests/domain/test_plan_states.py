import itertools

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.plan_states import (
    PLAN_STATES,
    PLAN_STEPS,
    next_plan_state,
    offices_may_propose,
    plan_state,
    steps_from,
    takes_progress,
)

TABLE = {
    ("draft", "propose"): "review",
    ("observed", "propose"): "review",
    ("review", "observe"): "observed",
    ("draft", "approve"): "approved",
    ("review", "approve"): "approved",
    ("observed", "approve"): "approved",
    ("approved", "approve"): "approved",
    ("approved", "enact"): "in-force",
    ("approved", "reprogram"): "reprogrammed",
    ("in-force", "reprogram"): "reprogrammed",
    ("reprogrammed", "reprogram"): "reprogrammed",
    ("approved", "close"): "closed",
    ("in-force", "close"): "closed",
    ("reprogrammed", "close"): "closed",
    ("closed", "reopen"): "in-force",
    ("approved", "reopen"): "observed",
    ("review", "reopen"): "draft",
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(PLAN_STATES, PLAN_STEPS)))
def test_the_table_of_steps_is_closed(state, step) -> None:  # type: ignore[no-untyped-def]
    if (state, step) in TABLE:
        assert next_plan_state(state, step) == TABLE[state, step]
        assert step in steps_from(state)
    else:
        assert step not in steps_from(state)
        with pytest.raises(InputError) as caught:
            next_plan_state(state, step, plan="PAT")
        assert caught.value.code == f"plan-state.{state}"
        assert caught.value.params == {"plan": "PAT", "step": step}


def test_a_reprogrammed_plan_opens_again_as_one() -> None:
    assert next_plan_state("closed", "reopen", edition=2) == "reprogrammed"


@pytest.mark.parametrize("written", ["", "dancing"])
def test_a_plan_without_a_known_state_is_approved(written: str) -> None:
    facts = Facts([(Address("plan", "state"), written)])
    assert plan_state(facts, "plan") == "approved"
    assert not offices_may_propose(facts, "plan")


@pytest.mark.parametrize("state", PLAN_STATES)
def test_offices_propose_in_a_draft_and_where_it_is_observed(state: str) -> None:
    facts = Facts([(Address("plan", "state"), state)])
    assert offices_may_propose(facts, "plan") == (state in ("draft", "observed"))


def test_progress_ends_with_the_plan_and_with_its_report() -> None:
    open_plan = [(Address("plan", "state"), "in-force")]
    accepted = (Address("plan", "report", "2024-07", "norte"), "accepted")
    assert takes_progress(Facts(open_plan), "plan", "norte", "2024-07")
    assert not takes_progress(Facts([*open_plan, accepted]), "plan", "norte", "2024-07")
    assert takes_progress(Facts([*open_plan, accepted]), "plan", "norte", "2024-08")
    closed = Facts([(Address("plan", "state"), "closed")])
    assert not takes_progress(closed, "plan", "norte", "2024-07")
