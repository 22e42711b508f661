"""The life of a plan: proposed, observed, approved by its act, in force, reprogrammed, closed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.approval import Standing, plan_digest, plan_standing
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.plan_states import (
    WITH_ACT,
    WITH_REASON,
    PlanState,
    PlanStep,
    next_plan_state,
    plan_state,
    steps_from,
)
from quipu.domain.roles import check_role
from quipu.operations.finding import find_plan
from quipu.operations.gesture import Entry, centre_only, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import Outcome
from quipu.operations.reports import demand_words


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act: its kind ("Resolución de Alcaldía"), number and day."""

    kind: str
    number: str
    day: date | None


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """Where a plan stands.

    `edition` is 1, and one more for each reprogramming. `approval` tells whether the plan still
    says what its act approved; `None` in an office, which holds only a part of it. `steps` are
    those that the centre may take next.
    """

    plan: str
    name: str
    year: str
    state: PlanState
    edition: int
    act: Act | None
    approved_at: str
    approval: Standing | None
    steps: tuple[PlanStep, ...]


def plan_standings(
    house: House, *, plan: str = "", period: str = "", facts: Facts | None = None
) -> PlanStanding:
    """Tell where a plan stands; raises `InputError` `plan-unknown` or `plan-missing`."""
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan, period=period)
    state = plan_state(known, item)
    year = known.number(item, "year")
    return PlanStanding(
        item,
        known.text(item, "name"),
        str(year if year is not None else ""),
        state,
        edition(known, item),
        _act(known, item),
        known.text(item, "approved_at"),
        plan_standing(known, item) if house.role == "centre" else None,
        steps_from(state) if house.role == "centre" else (),
    )


def edition(facts: Facts, plan: str) -> int:
    """Give which edition of a plan is the present one: 1 until it is reprogrammed."""
    return int(facts.number(plan, "edition") or 1)


def _act(facts: Facts, plan: str) -> Act | None:
    kind, number = facts.text(plan, "act_kind"), facts.text(plan, "act_number")
    if not (kind or number):
        return None
    try:
        day = date.fromisoformat(facts.text(plan, "act_date"))
    except ValueError:
        day = None
    return Act(kind, number, day)


def take_step(
    house: House,
    *,
    step: PlanStep,
    act: Act | None = None,
    reason: str = "",
    plan: str = "",
    author: str,
    role: str = "",
) -> Outcome:
    """Move a plan on to its next state, at the centre.

    Approving and reprogramming name the legal act, whose kind is the method's usual one for `""`,
    and keep the digest of what is approved: an edit afterwards shows. Raises `InputError`
    `plan-state.<state>` (plan, step), `act-missing`, `reason-missing`, or as `check_role`.
    """
    centre_only(house)
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    rules = method_of(house, facts, item).states
    check_role(role, step, rules.roles)
    why = demand_words(reason, "reason-missing") if step in WITH_REASON else reason.strip()
    state, now = plan_state(facts, item), edition(facts, item)
    after = next_plan_state(state, step, edition=now, plan=facts.text(item, "name"))
    entries: list[Entry] = [(Address(item, "state"), after)]
    if step in WITH_ACT:
        entries += approval_entries(house, facts, item, act, rules.acts)
    if step == "reprogram":
        entries.append((Address(item, "edition"), Decimal(now + 1)))
    if (state, step) == ("approved", "reopen"):
        entries.append((Address(item, "approved"), None))
    return write(house, entries, facts=facts, author=author, reason=why or None)


def approval_entries(
    house: House, facts: Facts, plan: str, act: Act | None, usual: tuple[str, ...]
) -> list[Entry]:
    """Give what an approval writes: the act, and the digest of what it approves.

    Raises `InputError("act-missing")`.
    """
    if act is None or not (act.kind.strip() or act.number.strip()) or act.day is None:
        raise InputError("act-missing")
    kind = act.kind.strip() or (usual[0] if usual else "")
    return [
        (Address(plan, "act_kind"), kind or None),
        (Address(plan, "act_number"), act.number.strip() or None),
        (Address(plan, "act_date"), act.day.isoformat()),
        (Address(plan, "approved"), plan_digest(facts, plan)),
        (Address(plan, "approved_at"), house.clock().isoformat(timespec="seconds")),
    ]
