"""The states of a plan, from draft to closed, and the steps between them (X-7, S3-19)."""

from collections.abc import Mapping
from typing import Literal, get_args

from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.workflow import CLOSED, report_state

PlanState = Literal["draft", "review", "observed", "approved", "in-force", "reprogrammed", "closed"]
PlanStep = Literal["propose", "observe", "approve", "enact", "reprogram", "close", "reopen"]

PLAN_STATES: tuple[PlanState, ...] = get_args(PlanState)
PLAN_STEPS: tuple[PlanStep, ...] = get_args(PlanStep)

OPEN: frozenset[PlanState] = frozenset({"draft", "observed"})
"""States in which offices may still propose and correct rows of their units."""

_STEPS: Mapping[PlanStep, Mapping[PlanState, PlanState]] = {
    "propose": {"draft": "review", "observed": "review"},
    "observe": {"review": "observed"},
    # A plan that was read from a published document is approved, and gets its act afterwards.
    "approve": {
        "draft": "approved",
        "review": "approved",
        "observed": "approved",
        "approved": "approved",
    },
    "enact": {"approved": "in-force"},
    "reprogram": {
        "approved": "reprogrammed",
        "in-force": "reprogrammed",
        "reprogrammed": "reprogrammed",
    },
    "close": {"approved": "closed", "in-force": "closed", "reprogrammed": "closed"},
    "reopen": {"closed": "in-force", "approved": "observed", "review": "draft"},
}

WITH_REASON: frozenset[PlanStep] = frozenset({"observe", "reopen"})
"""Steps that are taken with a written reason, which stays in the history."""

WITH_ACT: frozenset[PlanStep] = frozenset({"approve", "reprogram"})
"""Steps that a legal act stands behind: its kind, number and date (S3-19)."""


def plan_state(facts: Facts, plan: str) -> PlanState:
    """Give a plan's state; one without a state, or with a word not known here, is approved."""
    written = facts.text(plan, "state")
    return next((state for state in PLAN_STATES if state == written), "approved")


def next_plan_state(
    state: PlanState, step: PlanStep, *, edition: int = 1, plan: str = ""
) -> PlanState:
    """Give the state that a step leads to.

    `edition` is 1 until the plan is reprogrammed, so that a closed plan opens again as what it
    was. `plan` only names it in the sentence. Raises `InputError` `plan-state.<state>`.
    """
    after = _STEPS[step].get(state)
    if after is None:
        raise InputError(f"plan-state.{state}", plan=plan, step=step)
    return "reprogrammed" if (state, step) == ("closed", "reopen") and edition > 1 else after


def steps_from(state: PlanState) -> tuple[PlanStep, ...]:
    """Give the steps that may be taken from a state, in the order of a plan's life."""
    return tuple(step for step in PLAN_STEPS if state in _STEPS[step])


def offices_may_propose(facts: Facts, plan: str) -> bool:
    """Tell whether offices may write the plan's rows of their units now."""
    return plan_state(facts, plan) in OPEN


def takes_progress(facts: Facts, plan: str, unit: str, period: str) -> bool:
    """Tell whether a unit's office may write progress of a period now.

    It may not once the plan is closed, or once its report of the period is accepted. Raises
    `ValueError` where `period` is no period's text.
    """
    if plan_state(facts, plan) == "closed":
        return False
    return report_state(facts, plan, unit, period) not in CLOSED
