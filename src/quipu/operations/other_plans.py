"""What other plans of the institution say of the same things: the multi-year plan (S4-10)."""

from collections.abc import Sequence

from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks import CROSS_PLAN, other_forms, run_checks
from quipu.forms.definition import Form
from quipu.forms.rows import rows_from_facts
from quipu.operations.house import House


def plan_year(facts: Facts, plan: str) -> str:
    """Give a plan's year as a period, `""` where it has none."""
    year = facts.number(plan, "year")
    return f"{int(year):04}" if year is not None else ""


def other_rows(house: House, facts: Facts, plan: str, rows: Sequence[Row]) -> list[Row]:
    """Give the rows of other plans with which the checks of these rows' forms compare them.

    Of several plans that have such rows the last one that began no later than this one counts.
    """
    used = {row.form for row in rows} & house.forms.keys()
    wanted = other_forms(house.forms[name] for name in used) & house.forms.keys()
    found: list[Row] = []
    for name in sorted(wanted):
        plans = [
            other
            for other in facts.of_kind("plan")
            if other != plan and facts.text(other, "form") == house.forms[name].family
        ]
        year = plan_year(facts, plan)
        plans.sort(key=lambda other: plan_year(facts, other))
        begun = [other for other in plans if plan_year(facts, other) <= year]
        if plans:
            chosen = begun[-1] if begun else plans[0]
            found += rows_from_facts(facts, chosen, {name: house.forms[name]})
    return found


def disagreements(house: House, plan: str) -> list[Problem]:
    """Give what does not agree between a plan that was just loaded and the others.

    Either its own objectives differ from another plan's, or those of other plans from its own.
    """
    facts = house.facts()
    family = facts.text(plan, "form")
    found: list[Problem] = []
    for one in facts.of_kind("plan"):
        asked = {house.forms[name].family for name in other_forms(_forms(house, facts, one))
                 if name in house.forms}  # fmt: skip
        if asked and (one == plan or family in asked):
            found += _checked(house, facts, one)
    return found


def _forms(house: House, facts: Facts, plan: str) -> list[Form]:
    """Give the forms that a plan pins, as far as they are known here."""
    names = (line.split(" ")[0] for line in facts.text(plan, "form_version").split("\n") if line)
    return [house.forms[name] for name in names if name in house.forms]


def _checked(house: House, facts: Facts, plan: str) -> list[Problem]:
    rows = rows_from_facts(facts, plan, house.forms)
    others = other_rows(house, facts, plan, rows)
    found = run_checks(rows, house.forms, others=others, year=plan_year(facts, plan))
    return [problem for problem in found if problem.check in CROSS_PLAN]
