"""Formulating the plan: rows proposed and gathered, units of measure, priorities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import FINDINGS, Answer, Call
from quipu.cli.reading import findings_status, located
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.facts import Facts
    from quipu.domain.formulation import Proposal
    from quipu.operations.measuring import MeasureName
    from quipu.operations.outcome import Outcome
    from quipu.operations.proposing import Gathered


def rows(call: Call) -> Answer:
    """`quipu rows DIR`: the rows that a unit may begin from."""
    from quipu.operations.proposing import template_rows

    with call.house() as house:
        facts = house.facts()
        found = template_rows(house, facts=facts)
    entries = [
        {
            "number": number,
            "text": one.text,
            "fields": dict(one.fields),
            "each": plain.number(one.each),
            "units": [facts.text(unit, "name") for unit in one.units],
        }
        for number, one in enumerate(found, start=1)
    ]
    shown = [
        (number, one.fields.get("unit_of_measure", ""), len(one.units) or "", one.text)
        for number, one in enumerate(found, start=1)
    ]
    names = ("number", "measure", "units", "text")
    lines = table([call.words.text(f"head.{name}") for name in names], shown, right=(0, 2))
    return Answer({"rows": entries}, list(lines) or [call.words.text("say.rows-none")])


def propose(call: Call) -> Answer:
    """`quipu propose DIR --unit U …`: a row of the plan proposed, changed or taken back."""
    from quipu.operations.proposing import change_proposal, read_set, withdraw
    from quipu.operations.proposing import propose as add

    given = call.given
    unit, activity = given.text("unit"), given.text("activity")
    cells = dict(map(read_set, given.texts("set")))
    for name in ("text", "code"):
        if given.has(name):
            cells[name, ""] = given.text(name)
    if given.flag("remove") and not activity:
        raise InputError("usage-option-missing", option="--activity", command="propose")
    with call.house(write=True) as house:
        if given.flag("remove"):
            outcome = withdraw(house, unit=unit, activity=activity, author=call.author)
        elif activity:
            outcome = change_proposal(
                house, unit=unit, activity=activity, cells=cells, author=call.author
            )
        else:
            outcome = add(
                house,
                unit=unit,
                cells=cells,
                like=given.text("like"),
                form=given.text("form"),
                under=given.text("under"),
                author=call.author,
            )
    return _proposed(call, outcome)


def _proposed(call: Call, outcome: Outcome) -> Answer:
    data = {
        "done": True,
        "item": outcome.created[0] if outcome.created else None,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
        "problems": plain.problems(call.words, outcome.problems),
    }
    lines = [located(call.words, one) for one in outcome.problems]
    lines.append(call.words.plural("say.proposed", outcome.changed))
    return Answer(data, lines, FINDINGS if outcome.problems else 0)


def proposals(call: Call) -> Answer:
    """`quipu proposals DIR`: what units propose, with what does not fit."""
    from quipu.operations.proposing import gather

    with call.house() as house:
        facts = house.facts()
        found = gather(house, units=call.given.texts("unit"), facts=facts)
    data = {
        "state": found.state,
        "units": [_proposal(call, one, facts) for one in found.proposals],
    }
    status = findings_status(problem for one in found.proposals for problem in one.findings)
    return Answer(data, _proposal_lines(call, found, facts), status)


def _proposal(call: Call, one: Proposal, facts: Facts) -> plain.Json:
    from quipu.domain.needs import activities_cost

    return {
        "unit": facts.text(one.unit, "name"),
        "activities": [
            {
                "item": item,
                "code": facts.text(item, "code"),
                "activity": facts.text(item, "text"),
                "indicator": facts.text(item, "indicator") or None,
                "unit_of_measure": facts.text(item, "unit_of_measure") or None,
                "total": plain.number(facts.number(item, "total")),
                "cost": plain.number(activities_cost(facts, [item])),
            }
            for item in one.activities
        ],
        "cost": plain.number(one.cost),
        "ceiling": plain.number(one.ceiling),
        "findings": plain.problems(call.words, one.findings),
    }


def _proposal_lines(call: Call, found: Gathered, facts: Facts) -> Iterator[str]:
    words = call.words
    shown = [
        (
            facts.text(one.unit, "name"),
            len(one.activities),
            plain.number(one.cost),
            plain.number(one.ceiling) or "",
            len(one.findings),
        )
        for one in found.proposals
    ]
    names = ("unit", "activities", "activities-cost", "ceiling", "remarks")
    yield from table([words.text(f"head.{name}") for name in names], shown, right=range(1, 5))
    for one in found.proposals:
        for problem in one.findings:
            severity = words.text(f"severity.{problem.severity}")
            yield f"{severity}: {located(words, problem)}"


def measures(call: Call) -> Answer:
    """`quipu units-of-measure DIR [--merge A --into B]`: how they are written, or written alike."""
    from quipu.operations.measuring import measure_names, merge_measures

    given = call.given
    if given.has("merge") is not given.has("into"):
        raise InputError("measure-choice")
    if given.has("merge"):
        text, into = given.text("merge"), given.text("into")
        with call.house(write=True) as house:
            outcome = merge_measures(house, text=text, into=into, author=call.author)
        data: plain.Json = {
            "done": True,
            "changed": outcome.changed,
            "revisions": [str(name) for name in outcome.revisions],
        }
        said = call.words.plural("say.measures-merged", outcome.changed, text=text, into=into)
        return Answer(data, [said])
    with call.house() as house:
        found = measure_names(house)
    return Answer({"units_of_measure": [_measure(one) for one in found]}, _measures(call, found))


def _measure(one: MeasureName) -> plain.Json:
    return {
        "text": one.text,
        "name": one.name,
        "rows": one.rows,
        "units": one.units,
        "published": list(one.published),
    }


def _measures(call: Call, found: list[MeasureName]) -> Iterator[str]:
    names = ("rows", "units", "called", "measure")
    shown = [(one.rows, one.units, one.name, one.text) for one in found]
    yield from table([call.words.text(f"head.{name}") for name in names], shown, right=(0, 1))


def priority(call: Call) -> Answer:
    """`quipu priority DIR [--order A B …] [-o FILE]`: strategic actions by priority."""
    from quipu.operations.priorities import print_priorities, priorities, set_priorities

    given = call.given
    order, file = given.texts("order"), given.maybe_path("output")
    changed = 0
    with call.house(write=bool(order)) as house:
        if order:
            changed = set_priorities(house, order=order, author=call.author).changed
        facts = house.facts()
        found = priorities(house, facts=facts)
        if file is not None:
            print_priorities(house, file=file)
    data = {
        "done": True,
        "changed": changed,
        "file": str(file) if file is not None else None,
        "actions": [
            {
                "item": one.item,
                "rank": one.rank,
                "code": one.code,
                "text": one.text,
                "activities": list(one.activities),
            }
            for one in found
        ],
    }
    shown = [(one.rank or "", one.code, len(one.activities), one.text) for one in found]
    names = ("rank", "code", "activities", "text")
    heads = [call.words.text(f"head.{name}") for name in names]
    lines = list(table(heads, shown, right=(0, 2)))
    return Answer(data, lines or [call.words.text("say.priority-none")])
