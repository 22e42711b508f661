"""A plan in force is changed: with a cause, its act, and what every cell said before (S3-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.changes import CHANGE, LINE, PlanChange, plan_changes
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.needs import budgets
from quipu.domain.plan_states import next_plan_state, plan_state
from quipu.domain.roles import check_role
from quipu.domain.value import Value, plain, value_text
from quipu.forms.method_changes import Cause, ChangeRules
from quipu.operations.calendars import row_period
from quipu.operations.cells import UnreadableText
from quipu.operations.finding import find_plan, find_row, find_unit
from quipu.operations.gesture import Entry, centre_only, new_id, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import Outcome
from quipu.operations.permission import may_change, read_typed
from quipu.operations.plan_cycle import Act, approval_entries, edition
from quipu.operations.reports import demand_words

_SUMS = {"target": "total", "cost": "budget"}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell to change, as a person names it: whose row, which one, field, period, new text."""

    unit: str
    activity: str
    field: str
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class Reprogrammed:
    """What a reprogramming did: the change, and the outcome of its writing."""

    change: PlanChange
    outcome: Outcome


def reprogram(
    house: House,
    *,
    cause: str,
    reason: str,
    act: Act | None,
    changes: Sequence[CellChange],
    plan: str = "",
    author: str,
    role: str = "",
) -> Reprogrammed:
    """Change cells of a plan in force for a cause, by an act, at the centre, as a new edition.

    The sum of a row follows its months where it was their sum before. All or nothing. Raises
    `InputError` `cause-unknown`, `cause-missing`, `reason-missing`, `changes-missing`,
    `act-missing`, `plan-state.<state>`, `ceiling-exceeded`, `frame-exceeded`, or as cells do.
    """
    centre_only(house)
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    method = method_of(house, facts, item)
    check_role(role, "reprogram", method.states.roles)
    known = _cause(method.changes, cause, house)
    why = demand_words(reason, "reason-missing")
    after = next_plan_state(plan_state(facts, item), "reprogram", plan=facts.text(item, "name"))
    cells = _with_sums(facts, _cells(house, facts, item, changes))
    if not cells:
        raise InputError("changes-missing")
    changed = facts.with_changes(cells.items())
    if method.changes.framed:
        _hold(facts, changed, item, known)
    entries: list[Entry] = [
        *cells.items(),
        (Address(item, "state"), after),
        (Address(item, "edition"), Decimal(edition(facts, item) + 1)),
        *approval_entries(house, changed, item, act, method.states.acts),
    ]
    said = _told(house, facts, item, (known.code if known else cause.strip(), why), cells, author)
    return _written(house, facts, item, [*entries, *said], author, why)


def _written(
    house: House, facts: Facts, plan: str, entries: list[Entry], author: str, why: str
) -> Reprogrammed:
    """Write the gesture, the act kept in the change too; give the change as it stands then."""
    change = next(at.item for at, value in entries if (at.field, value) == ("kind", CHANGE))
    act = {address.field: value for address, value in entries if address.item == plan}
    kept = [
        (Address(change, field), act.get(field)) for field in ("act_kind", "act_number", "act_date")
    ]
    whole = [*entries, *kept]
    outcome = write(house, whole, facts=facts, author=author, reason=why, created=(change,))
    found = plan_changes(facts.with_changes(whole), plan)
    return Reprogrammed(next(one for one in found if one.item == change), outcome)


def changes_of(house: House, *, plan: str = "", facts: Facts | None = None) -> list[PlanChange]:
    """List a plan's changes, the oldest first."""
    known = facts if facts is not None else house.facts()
    return plan_changes(known, find_plan(known, plan=plan))


def causes(house: House, *, plan: str = "") -> tuple[Cause, ...]:
    """Give the causes for which a plan may be changed; none where any words will do."""
    facts = house.facts()
    return method_of(house, facts, find_plan(facts, plan=plan)).changes.causes


def _cause(rules: ChangeRules, code: str, house: House) -> Cause | None:
    if not rules.causes:
        demand_words(code, "cause-missing")
        return None
    found = rules.cause(code.strip())
    if found is None:
        known = ", ".join(one.code for one in rules.causes)
        raise InputError("cause-unknown", cause=code, known=known)
    return found


def _cells(
    house: House, facts: Facts, plan: str, changes: Sequence[CellChange]
) -> dict[Address, Value]:
    """Read the cells; those that say the same as before are no change."""
    found: dict[Address, Value] = {}
    for one in changes:
        unit = find_unit(facts, one.unit) if one.unit else ""
        row = find_row(facts, plan=plan, unit=unit, text=one.activity)
        known = find(one.field)
        if known is None or known.group != "plan":
            raise InputError("field-fixed" if known else "field-unknown", field=one.field)
        if known.periodic and not one.period:
            raise InputError("period-missing", field=one.field)
        when = row_period(house.forms, facts, row, one.period) if known.periodic else ""
        address = Address(row, one.field, when)
        places = {"field": one.field, "period": when, "unit": one.unit, "row": one.activity}
        refusal = may_change(house, facts, address)
        if refusal:
            raise InputError(refusal, **places)
        try:
            value = read_typed(house, facts, address, one.text)
        except UnreadableText as mistake:
            raise InputError(
                mistake.code, **{**places, "value": one.text, **mistake.params}
            ) from None
        if value != facts.value(*address):
            found[address] = value
    return found


def _with_sums(facts: Facts, cells: dict[Address, Value]) -> dict[Address, Value]:
    """Let the year's figure of a row follow its months where it was their sum before."""
    found = dict(cells)
    after = facts.with_changes(cells.items())
    for row, field in {(address.item, address.field) for address in cells if address.period}:
        total = Address(row, _SUMS.get(field, ""))
        if not total.field or total in cells:
            continue
        before = _sum(facts, row, field)
        if before is not None and facts.number(*total) == before:
            found[total] = _sum(after, row, field)
    return found


def _sum(facts: Facts, row: str, field: str) -> Decimal | None:
    values = [one for one in facts.periods(row, field).values() if isinstance(one, Decimal)]
    return sum(values, Decimal(0)) if values else None


def _hold(before: Facts, after: Facts, plan: str, cause: Cause | None) -> None:
    """Refuse a change that costs more than a unit's ceiling, or than the plan did (S3-12)."""
    then = {one.unit: one for one in budgets(before, plan)}
    now = budgets(after, plan)
    for one in now:
        old = then.get(one.unit)
        grown = old is None or one.total > old.total or one.activities > old.activities
        if one.over and one.ceiling is not None and grown:
            raise InputError(
                "ceiling-exceeded",
                unit=before.text(one.unit, "name"),
                ceiling=plain(one.ceiling),
                total=plain(one.ceiling + one.over),
                difference=plain(one.over),
            )
    if cause is not None and cause.kind == "budget":
        return
    old_sum = sum((one.activities for one in then.values()), Decimal(0))
    new_sum = sum((one.activities for one in now), Decimal(0))
    if old_sum and new_sum > old_sum:
        raise InputError(
            "frame-exceeded",
            before=plain(old_sum),
            after=plain(new_sum),
            difference=plain(new_sum - old_sum),
        )


def _told(
    house: House,
    facts: Facts,
    plan: str,
    why: tuple[str, str],
    cells: dict[Address, Value],
    author: str,
) -> list[Entry]:
    """Give the items that tell a change: itself first, then every cell, before and after."""
    change = new_id(house)
    now = edition(facts, plan) + 1
    items: list[tuple[str, dict[str, Value]]] = [
        (change, {
            "kind": CHANGE, "plan": plan, "order": Decimal(now), "edition": Decimal(now),
            "cause": why[0], "text": why[1], "said_by": author,
            "said_at": house.clock().isoformat(timespec="seconds"),
        })
    ]  # fmt: skip
    for number, (address, value) in enumerate(sorted(cells.items(), key=lambda one: one[0]), 1):
        items.append((new_id(house), {
            "kind": LINE, "plan": plan, "parent": change, "order": Decimal(number),
            "unit": facts.text(address.item, "unit") or None, "about": address.item,
            "about_field": address.field, "about_period": address.period or None,
            "before": value_text(facts.value(*address)), "after": value_text(value),
        }))  # fmt: skip
    return [(Address(item, field), value) for item, said in items for field, value in said.items()]
