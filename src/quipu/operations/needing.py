"""The schedule of needs (cuadro de necesidades): entered, listed, and turned into costs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.needs import (
    KIND,
    Category,
    Need,
    UnitBudget,
    activity_costs,
    budgets,
    category,
)
from quipu.domain.needs import needs as of_plan
from quipu.domain.rollup import same_words
from quipu.domain.value import Value
from quipu.operations.calendars import form_periods
from quipu.operations.finding import find_plan, find_row, find_unit, plan_rows
from quipu.operations.gesture import Entry, centre_only, new_id, write
from quipu.operations.house import House
from quipu.operations.ordering import after_all
from quipu.operations.outcome import NOTHING, Outcome
from quipu.operations.permission import demand_proposal

_HEADINGS = {"goods": "Bienes", "services": "Servicios"}
_LAST = Decimal(10**6)


@dataclass(frozen=True, slots=True)
class NeedsReport:
    """A plan's needs, what each activity's come to by month, and the budget of every unit."""

    needs: tuple[Need, ...]
    costs: Mapping[str, Mapping[str, Decimal]]
    budgets: tuple[UnitBudget, ...]
    outcome: Outcome = NOTHING


def needs(house: House, *, units: Collection[str] = (), plan: str = "") -> NeedsReport:
    """List the needs of some units or of all, with what they cost and the units' ceilings."""
    facts = house.facts()
    return _report(facts, find_plan(facts, plan=plan), units)


def _report(facts: Facts, plan: str, units: Collection[str]) -> NeedsReport:
    wanted = {find_unit(facts, unit) for unit in units}
    found = [one for one in of_plan(facts, plan) if not wanted or one.unit in wanted]
    shown = [one for one in budgets(facts, plan) if not wanted or one.unit in wanted]
    return NeedsReport(tuple(found), activity_costs(found), tuple(shown))


def apply_costs(
    house: House, *, units: Collection[str] = (), plan: str = "", author: str
) -> NeedsReport:
    """Value activities by their needs: each month's cost, and their sum as the year's (S3-10).

    Only activities that have needs with months and prices change. Raises as `add_need`.
    """
    facts = house.facts()
    where = find_plan(facts, plan=plan)
    found = _report(facts, where, units)
    entries: list[Entry] = []
    for activity, months in found.costs.items():
        demand_proposal(house, facts, where, facts.text(activity, "unit"))
        old = dict.fromkeys(facts.periods(activity, "cost"))
        for period, amount in {**old, **months}.items():
            entries.append((Address(activity, "cost", period), amount))
        entries.append((Address(activity, "budget"), sum(months.values(), Decimal(0))))
    outcome = write(house, entries, facts=facts, author=author)
    after = facts.with_changes(entries)
    listed = _report(after, where, units)
    return NeedsReport(listed.needs, listed.costs, listed.budgets, outcome)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an activity needs: a good or a service, its price, how many by month."""

    kind: Category
    text: str
    price: Decimal
    months: Mapping[str, Decimal]
    unit_of_measure: str = ""
    code: str = ""


def add_need(
    house: House, *, unit: str, activity: str, wanted: Wanted, plan: str = "", author: str
) -> Outcome:
    """Say that an activity needs so many of a good or service in some months; or change that.

    A need of the same activity with the same words is changed; its other months stay. Offices may
    do so for their units while the plan is a draft. Raises `InputError` `needs-no-form` (plan),
    `text-missing`, `need-quantity`, `period-unknown`, `unit-not-yours` or
    `WorkspaceError("plan-not-yours")`.
    """
    facts = house.facts()
    owner = find_unit(facts, unit)
    where = find_plan(facts, plan=plan, period=min(wanted.months, default=""))
    form = _form(house, facts, where)
    demand_proposal(house, facts, where, owner)
    _check(house, facts, where, form, wanted)
    row = find_row(facts, plan=where, unit=owner, text=activity)
    made: list[str] = []
    above, entries = _heading(house, facts, (where, form, owner), wanted.kind, made)
    item = _same(facts, where, row, wanted) or new_id(house)
    if item not in facts:
        made.append(item)
        entries += _born(item, (where, form, owner), KIND, _next_order(facts, above, made))
        entries.append((Address(item, "parent"), above))
    entries += _said(facts, item, row, wanted)
    return write(house, entries, facts=facts, author=author, created=tuple(made))


def _said(facts: Facts, item: str, activity: str, wanted: Wanted) -> list[Entry]:
    quantities: dict[str, Value] = {**facts.periods(item, "needed"), **wanted.months}
    total = sum((one for one in quantities.values() if isinstance(one, Decimal)), Decimal(0))
    said: dict[str, Value] = {
        "text": wanted.text.strip(),
        "code": wanted.code.strip() or None,
        "activities": facts.text(activity, "code") or None,
        "linked": activity,
        "unit_of_measure": wanted.unit_of_measure.strip() or None,
        "quantity": total,
        "price": wanted.price,
        "budget": total * wanted.price,
    }
    return [
        *((Address(item, field), value) for field, value in said.items()),
        *((Address(item, "needed", period), value) for period, value in wanted.months.items()),
    ]


def set_ceiling(
    house: House, *, unit: str, amount: Decimal | None, plan: str = "", author: str
) -> Outcome:
    """Set the most that a unit may spend in a plan's year, at the centre; `None` takes it back."""
    centre_only(house)
    if amount is not None and amount < 0:
        raise InputError("ceiling-negative", amount=amount)
    facts = house.facts()
    where, owner = find_plan(facts, plan=plan), find_unit(facts, unit)
    return write(
        house, [(Address(where, "ceiling", "", owner), amount)], facts=facts, author=author
    )


def _form(house: House, facts: Facts, plan: str) -> str:
    """Give the form of needs of a plan's institution: the one with rows of needs."""
    folders = {
        line.partition(" ")[0].rpartition("/")[0]
        for line in facts.text(plan, "form_version").splitlines()
    }
    for form in house.forms.values():
        if form.id.rpartition("/")[0] in folders and form.levels[-1].kind == KIND:
            return form.id
    raise InputError("needs-no-form", plan=facts.text(plan, "name"))


def _check(house: House, facts: Facts, plan: str, form: str, wanted: Wanted) -> None:
    if not wanted.text.strip():
        raise InputError("text-missing")
    if not wanted.months or min(wanted.price, *wanted.months.values()) < 0:
        raise InputError("need-quantity")
    known = form_periods(house.forms[form], facts.number(plan, "year"))
    for period in wanted.months:
        if period not in known:
            ends, name = f"{known[0]} … {known[-1]}", facts.text(plan, "name")
            raise InputError("period-unknown", period=period, plan=name, known=ends)


def _same(facts: Facts, plan: str, activity: str, wanted: Wanted) -> str:
    """Give the need that is being changed, `""` for a new one."""
    words = same_words(wanted.text)
    found = (
        one.item
        for one in of_plan(facts, plan)
        if (one.activity, one.category, same_words(one.text)) == (activity, wanted.kind, words)
    )
    return next(found, "")


def _heading(
    house: House, facts: Facts, place: tuple[str, str, str], kind: Category, made: list[str]
) -> tuple[str, list[Entry]]:
    """Give the row of goods or services of a unit, with what makes it where there is none yet."""
    plan, form, unit = place
    own = [row for row in plan_rows(facts, plan, unit) if facts.text(row, "form") == form]
    for row in own:
        if facts.text(row, "kind") == "category" and category(facts.text(row, "text")) == kind:
            return row, []
    entries: list[Entry] = []
    if not any(facts.text(row, "kind") == "total" for row in own):
        total = new_id(house)
        made.append(total)
        entries += _born(total, place, "total", _LAST)
        entries.append((Address(total, "text"), "Total"))
    item = new_id(house)
    made.append(item)
    entries += _born(item, place, "category", Decimal(1 if kind == "goods" else 2))
    entries.append((Address(item, "text"), _HEADINGS[kind]))
    return item, entries


def _born(item: str, place: tuple[str, str, str], kind: str, order: Decimal) -> list[Entry]:
    plan, form, unit = place
    said: dict[str, Value] = {
        "kind": kind,
        "plan": plan,
        "form": form,
        "unit": unit,
        "order": order,
        "measure": "heading",
    }
    return [(Address(item, field), value) for field, value in said.items()]


def _next_order(facts: Facts, above: str, made: list[str]) -> Decimal:
    if above in made:
        return Decimal(1)
    return after_all(facts, facts.children(above))
