"""What was achieved in a period against what was planned."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from quipu.domain import evaluation
from quipu.domain.errors import InputError
from quipu.domain.evaluation import Evaluation, MonthlySum
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.progress import Rules
from quipu.domain.reorganised import as_of
from quipu.domain.rollup import same_words
from quipu.forms.standings import row_weights, standings
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.house import House
from quipu.operations.methods import method_of


def evaluate(
    house: House,
    *,
    period: str,
    plan: str = "",
    units: Collection[str] = (),
    facts: Facts | None = None,
) -> Evaluation:
    """Evaluate the plan's rows in a period, of some units or of all.

    Raises `InputError("period-unreadable", period)`.
    """
    try:
        when = str(Period.parse(period.upper()))
    except ValueError:
        raise InputError("period-unreadable", period=period) from None
    known = as_of(facts if facts is not None else house.facts(), when)
    wanted = [find_unit(known, unit) for unit in units]
    item = find_plan(known, plan=plan, period=when)
    found = evaluation.evaluate(
        known,
        item,
        when,
        units=wanted or None,
        rules=rules_of(house, known, item),
        unit_of_measure=_names(house, known),
        weights=row_weights(known, item, house.forms),
    )
    judged = standings(known, item, house.forms, when)
    shown = tuple(one for one in judged if not wanted or one.unit in wanted)
    return replace(found, programmes=shown)


def period_sums(
    house: House, facts: Facts, plan: str, periods: Sequence[str]
) -> tuple[MonthlySum, ...]:
    """Add up what all units did in each of some periods, each unit of measure apart."""
    rules = rules_of(house, facts, plan)
    return evaluation.period_sums(
        facts, plan, periods, rules=rules, unit_of_measure=_names(house, facts)
    )


def rules_of(house: House, facts: Facts, plan: str) -> Rules:
    """Give the rules by which a plan is evaluated: those of its institution's method."""
    return method_of(house, facts, plan).evaluation


def _names(house: House, facts: Facts) -> Callable[[str], str]:
    """Give how a row's unit of measure is called, with its form's spellings (S1-12)."""

    def name(item: str) -> str:
        words = same_words(facts.text(item, "unit_of_measure"))
        form = house.forms.get(facts.text(item, "form"))
        known = form.spellings.get(words, "") if form is not None else ""
        return known or words

    return name
