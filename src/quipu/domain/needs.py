"""The goods and services that activities need: their cost by month, by activity and by unit.

A need is a row of the plan of kind `need` under `Bienes` or `Servicios` (S3-11, S3-14): so many in
each month at a price. What activities and units cost is worked out from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows, unit_places

KIND = "need"
ACTIVITY = "activity"

Category = Literal["goods", "services"]


@dataclass(frozen=True, slots=True)
class Need:
    """A good or service that an activity needs.

    `activity` is the row that needs it, `""` where its number names none. `months` has the
    quantities by period, `quantity` all of them; `amount` is what it costs in all, `None` where
    neither a price nor a cost is known.
    """

    item: str
    unit: str
    category: Category
    code: str
    text: str
    activity: str
    unit_of_measure: str
    months: Mapping[str, Decimal]
    quantity: Decimal | None
    price: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitBudget:
    """What a unit's needs come to, and the most that it may spend (`None`: nobody said).

    `activities` is what its activities cost by their own figures.
    """

    unit: str
    goods: Decimal
    services: Decimal
    activities: Decimal
    ceiling: Decimal | None

    @property
    def total(self) -> Decimal:
        """Goods and services together."""
        return self.goods + self.services

    @property
    def over(self) -> Decimal:
        """By how much the needs, or the activities, are over the ceiling; 0 where they are not."""
        if self.ceiling is None:
            return Decimal(0)
        return max(self.total - self.ceiling, self.activities - self.ceiling, Decimal(0))


def needs(facts: Facts, plan: str) -> list[Need]:
    """Give a plan's needs, unit by unit as they stand."""
    found: list[Need] = []
    rows = plan_rows(facts, plan)
    for unit in (one for one in _units(facts, plan) if one in rows):
        codes = {
            facts.text(row, "code").rstrip(". "): row
            for row in rows[unit]
            if facts.text(row, "kind") == ACTIVITY
        }
        found += [
            _need(facts, row, unit, codes) for row in rows[unit] if facts.text(row, "kind") == KIND
        ]
    return found


def _units(facts: Facts, plan: str) -> list[str]:
    return [place.unit for place in unit_places(facts, facts.text(plan, "institution"))]


def _need(facts: Facts, row: str, unit: str, codes: Mapping[str, str]) -> Need:
    months = {
        period: value
        for period, value in facts.periods(row, "needed").items()
        if isinstance(value, Decimal)
    }
    quantity = facts.number(row, "quantity")
    if quantity is None and months:
        quantity = sum(months.values(), Decimal(0))
    price = facts.number(row, "price")
    amount = facts.number(row, "budget")
    if amount is None and price is not None and quantity is not None:
        amount = price * quantity
    linked = facts.text(row, "linked")
    number = facts.text(row, "activities").strip().rstrip(".")
    return Need(
        item=row,
        unit=unit,
        category=category(facts.text(facts.text(row, "parent"), "text")),
        code=facts.text(row, "code"),
        text=facts.text(row, "text"),
        activity=linked or codes.get(number, ""),
        unit_of_measure=facts.text(row, "unit_of_measure"),
        months=months,
        quantity=quantity,
        price=price,
        amount=amount,
    )


def category(heading: str) -> Category:
    """Tell whether a heading is one of services; everything else is goods."""
    return "services" if heading.strip().casefold().startswith("serv") else "goods"


def activity_costs(found: Iterable[Need]) -> dict[str, dict[str, Decimal]]:
    """Give what each activity's needs cost by month (S3-10): quantity of the month at its price."""
    costs: dict[str, dict[str, Decimal]] = {}
    for one in found:
        if one.activity and one.price is not None:
            months = costs.setdefault(one.activity, {})
            for period, quantity in one.months.items():
                months[period] = months.get(period, Decimal(0)) + quantity * one.price
    return {activity: dict(sorted(months.items())) for activity, months in costs.items()}


def budgets(facts: Facts, plan: str) -> list[UnitBudget]:
    """Give the budget of every unit that has needs, costed activities, or a ceiling."""
    rows = plan_rows(facts, plan)
    found = needs(facts, plan)
    listed = []
    for unit in _units(facts, plan):
        own = [one for one in found if one.unit == unit]
        ceiling = facts.number(plan, "ceiling", unit=unit)
        spent = activities_cost(facts, rows.get(unit, ()))
        if own or spent or ceiling is not None:
            goods, services = (
                sum((one.amount or Decimal(0) for one in own if one.category == kind), Decimal(0))
                for kind in ("goods", "services")
            )
            listed.append(UnitBudget(unit, goods, services, spent, ceiling))
    return listed


def activities_cost(facts: Facts, rows: Iterable[str]) -> Decimal:
    """Give what activities among some rows cost in the year: their months, else their budget."""
    total = Decimal(0)
    for row in rows:
        if facts.text(row, "kind") == ACTIVITY:
            months = [value for value in facts.periods(row, "cost").values()
                      if isinstance(value, Decimal)]  # fmt: skip
            budget = facts.number(row, "budget") or Decimal(0)
            total += sum(months, Decimal(0)) if months else budget
    return total
