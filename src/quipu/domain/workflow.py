"""The states of a unit's report for a period, and who may move it from which to which."""

from collections.abc import Iterable
from typing import Literal, cast

from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.period import Period

State = Literal["none", "started", "submitted", "returned", "accepted", "consolidated"]
Step = Literal["submit", "return", "accept", "consolidate"]
Side = Literal["centre", "office"]

STATES: tuple[State, ...] = (
    "none",
    "started",
    "returned",
    "submitted",
    "accepted",
    "consolidated",
)
"""All states, the least advanced first."""

CLOSED: frozenset[State] = frozenset({"accepted", "consolidated"})
"""States in which a unit's progress of the period is no longer changed by its office."""

_STEPS: dict[tuple[Side, Step], tuple[frozenset[State], State]] = {
    ("office", "submit"): (frozenset({"none", "started", "returned"}), "submitted"),
    ("centre", "return"): (frozenset({"submitted", "accepted", "consolidated"}), "returned"),
    ("centre", "accept"): (frozenset({"submitted"}), "accepted"),
    ("centre", "consolidate"): (frozenset({"accepted"}), "consolidated"),
}


def report_state(facts: Facts, plan: str, unit: str, period: str) -> State:
    """Give the state of a unit's report: as written, else `started` once it has any progress."""
    written = _written(facts.text(plan, "report", period, unit))
    if written is not None:
        return written
    whole = Period.parse(period)
    return "started" if any(whole.contains(part) for part in _begun(facts, plan, unit)) else "none"


def report_states(facts: Facts, plan: str, periods: Iterable[str]) -> dict[tuple[str, str], State]:
    """Give the state of every unit's report by unit and period; absent ones are `none`.

    Reads the snapshot once, however many units and periods there are.
    """
    wanted = {period: Period.parse(period) for period in periods}
    found: dict[tuple[str, str], State] = {}
    within: dict[str, list[str]] = {}
    for unit, part in _progress(facts, plan):
        if part not in within:
            inner = Period.parse(part)
            within[part] = [name for name, whole in wanted.items() if whole.contains(inner)]
        found.update({(unit, name): "started" for name in within[part]})
    for (field, period, unit), value in facts.entries(plan).items():
        written = _written(value) if field == "report" and period in wanted else None
        if written is not None:
            found[unit, period] = written
    return found


def next_state(state: State, step: Step, *, by: Side, unit: str = "", period: str = "") -> State:
    """Give the state that a step leads to.

    An office submits; the centre returns, accepts and consolidates, and reopens what it had
    accepted (`needs_reason`). For a unit that no office answers for, the centre reports itself
    and submits as `by="office"`. `unit` and `period` only name the report in the sentence. Raises
    `InputError` `report-state.<state>` where this side may not take the step from here.
    """
    allowed = _STEPS.get((by, step))
    if allowed is None or state not in allowed[0]:
        raise InputError(f"report-state.{state}", unit=unit, period=period, step=step)
    return allowed[1]


def needs_reason(state: State, step: Step) -> bool:
    """Tell whether a step reopens a closed period, which the centre does with a written reason."""
    return step == "return" and state in CLOSED


def combined_state(states: Iterable[State]) -> State:
    """Give several units' reports one state: the least advanced, never `none` once begun."""
    found = sorted(set(states), key=STATES.index)
    if not found:
        return "none"
    return "started" if found[0] == "none" and len(found) > 1 else found[0]


def _written(value: object) -> State | None:
    """Read a stored state; `None` for a blank or for a word that this version does not know."""
    known = isinstance(value, str) and value in STATES and value not in {"none", "started"}
    return cast(State, value) if known else None


def _begun(facts: Facts, plan: str, unit: str) -> set[Period]:
    """Give the periods in which a unit has any progress on a plan's rows."""
    return {Period.parse(period) for who, period in _progress(facts, plan) if who == unit}


def _progress(facts: Facts, plan: str) -> set[tuple[str, str]]:
    """Give unit and period wherever a unit told anything of a plan's rows, or of its report."""
    found = set()
    for item in facts.items():
        if item != plan and (facts.text(item, "plan") != plan or facts.flag(item, "deleted")):
            continue
        for field, period, unit in facts.entries(item):
            if period and unit and (unit, period) not in found and _is_progress(field):
                found.add((unit, period))
    return {(unit, period) for unit, period in found if _is_period(period)}


def _is_progress(field: str) -> bool:
    known = find(field)
    return known is not None and known.group == "progress"


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
