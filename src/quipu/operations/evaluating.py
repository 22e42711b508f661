"""What was achieved in a period against what was planned."""

from collections.abc import Collection
from dataclasses import replace

from quipu.domain import evaluation
from quipu.domain.errors import InputError
from quipu.domain.evaluation import Evaluation
from quipu.domain.period import Period
from quipu.forms.standings import standings
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.house import House


def evaluate(
    house: House, *, period: str, plan: str = "", units: Collection[str] = ()
) -> Evaluation:
    """Evaluate the plan's rows in a period, of some units or of all.

    Raises `InputError("period-unreadable", period)`.
    """
    try:
        when = str(Period.parse(period.upper()))
    except ValueError:
        raise InputError("period-unreadable", period=period) from None
    facts = house.facts()
    wanted = [find_unit(facts, unit) for unit in units]
    item = find_plan(facts, plan=plan, period=when)
    found = evaluation.evaluate(facts, item, when, units=wanted or None)
    judged = standings(facts, item, house.forms, when)
    shown = tuple(one for one in judged if not wanted or one.unit in wanted)
    return replace(found, programmes=shown)
