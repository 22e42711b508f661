"""Money: needs of activities, their costs, budgets of units and their ceilings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from quipu.cli import plain
from quipu.cli.call import FINDINGS, Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.facts import Facts
    from quipu.domain.needs import Need, UnitBudget
    from quipu.operations.needing import NeedsReport


def needs(call: Call) -> Answer:
    """`quipu needs DIR`: goods and services by activity and month; `--apply` values activities."""
    from quipu.operations.needing import apply_costs
    from quipu.operations.needing import needs as report

    given, apply = call.given, call.given.flag("apply")
    units = given.texts("unit")
    with call.house(write=apply) as house:
        if apply:
            found = apply_costs(house, units=units, author=call.author)
        else:
            found = report(house, units=units)
        facts = house.facts()
    data = {
        "needs": [_need(one, facts) for one in found.needs],
        "activities": [
            {
                "item": activity,
                "code": facts.text(activity, "code"),
                "unit": facts.text(facts.text(activity, "unit"), "name"),
                "months": {period: plain.number(amount) for period, amount in months.items()},
                "amount": plain.number(sum(months.values(), Decimal(0))),
            }
            for activity, months in found.costs.items()
        ],
        "units": [_budget(one, facts) for one in found.budgets],
        "changed": found.outcome.changed,
    }
    over = any(one.over for one in found.budgets)
    return Answer(data, _lines(call, found, facts), FINDINGS if over else 0)


def need(call: Call) -> Answer:
    """`quipu need DIR --unit U --activity A --text T …`: what an activity needs in some months."""
    from quipu.operations.needing import Wanted, add_need

    given = call.given
    kind: Literal["goods", "services"] = "services" if given.flag("service") else "goods"
    wanted = Wanted(
        kind=kind,
        text=given.text("text"),
        price=amount(given.text("price")),
        months=_months(given.texts("month")),
        unit_of_measure=given.text("measure"),
        code=given.text("code"),
    )
    with call.house(write=True) as house:
        outcome = add_need(
            house,
            unit=given.text("unit"),
            activity=given.text("activity"),
            wanted=wanted,
            author=call.author,
        )
    data = {
        "done": True,
        "changed": outcome.changed,
        "item": outcome.created[-1] if outcome.created else None,
        "revisions": [str(name) for name in outcome.revisions],
    }
    return Answer(data, [call.words.text("say.need", text=given.text("text"))])


def ceiling(call: Call) -> Answer:
    """`quipu ceiling DIR --unit U --amount N`: the most that a unit may spend in the year."""
    from quipu.operations.needing import set_ceiling

    given = call.given
    text = given.text("amount")
    with call.house(write=True) as house:
        outcome = set_ceiling(
            house,
            unit=given.text("unit"),
            amount=amount(text) if text else None,
            author=call.author,
        )
    data = {
        "done": True,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }
    key = "set" if text else "gone"
    return Answer(
        data, [call.words.text(f"say.ceiling-{key}", unit=given.text("unit"), amount=text)]
    )


def amount(text: str) -> Decimal:
    """Read an amount of the command line; raises `InputError("weights-number", value)`."""
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        raise InputError("weights-number", value=text) from None


def _months(texts: tuple[str, ...]) -> dict[str, Decimal]:
    """Read quantities by month: `2017-03=5`."""
    found: dict[str, Decimal] = {}
    for text in texts:
        period, equals, quantity = text.partition("=")
        if not equals:
            raise InputError("need-month", value=text)
        found[period.strip()] = amount(quantity.strip())
    return found


def _need(one: Need, facts: Facts) -> plain.Json:
    return {
        "item": one.item,
        "unit": facts.text(one.unit, "name"),
        "kind": one.category,
        "code": one.code,
        "text": one.text,
        "activity": facts.text(one.activity, "code") or None,
        "unit_of_measure": one.unit_of_measure,
        "months": {period: plain.number(value) for period, value in one.months.items()},
        "quantity": plain.number(one.quantity),
        "price": plain.number(one.price),
        "amount": plain.number(one.amount),
    }


def _budget(one: UnitBudget, facts: Facts) -> plain.Json:
    return {
        "unit": facts.text(one.unit, "name"),
        "goods": plain.number(one.goods),
        "services": plain.number(one.services),
        "total": plain.number(one.total),
        "activities": plain.number(one.activities),
        "ceiling": plain.number(one.ceiling),
        "over": plain.number(one.over),
    }


def _lines(call: Call, found: NeedsReport, facts: Facts) -> Iterator[str]:
    words = call.words
    names = ("unit", "goods", "services", "total", "activities-cost", "ceiling", "over")
    rows = [list(_budget(one, facts).values()) for one in found.budgets]
    shown = [["" if cell is None else cell for cell in row] for row in rows]
    yield from table([words.text(f"head.{name}") for name in names], shown, right=range(1, 7))
    yield words.plural("say.needs", len(found.needs))
    if found.outcome.changed:
        yield words.text("say.costs-applied", n=len(found.costs))
