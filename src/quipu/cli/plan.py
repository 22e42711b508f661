"""The centre's plan: load a document, look at its findings, decide them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quipu.cli import document, plain
from quipu.cli.call import Answer, Call
from quipu.cli.reading import (
    findings_status,
    located,
    problem_lines,
    reading_json,
    source,
    table_lines,
)
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.operations.findings import Action, Finding


def load(call: Call) -> Answer:
    """`quipu load DIR FILE`: read a document and store it as the plan."""
    from quipu.operations.loading import load_plan

    given = call.given
    if document.is_document(call):
        return document.load(call)
    file, text = source(call)
    with call.house(write=True) as house:
        loaded = load_plan(
            house,
            file=file,
            text=text,
            name="-",
            form=given.text("form"),
            year=given.number("year"),
            draft=given.flag("draft"),
            author=call.author,
            progress=call.progress,
        )
        forms = house.forms
    data = reading_json(call.words, loaded.reading, loaded.problems, forms) | {
        "stored": loaded.stored,
        "already": loaded.already,
        "plan": loaded.plan,
        "vanished": list(loaded.vanished),
    }
    said = call.words.text("say.loaded", stored=loaded.stored, already=loaded.already)
    lines = [
        *table_lines(call.words, loaded.reading),
        *problem_lines(call.words, loaded.problems),
        said,
    ]
    return Answer(data, lines, findings_status(loaded.problems))


def problems(call: Call) -> Answer:
    """`quipu problems DIR`: the open findings of the stored plan, or with `--closed` the others."""
    from quipu.operations.finding import find_unit
    from quipu.operations.findings import findings

    given = call.given
    with call.house() as house:
        units = [find_unit(house.facts(), name) for name in given.texts("unit")]
        found = findings(house, units=units, closed=given.flag("closed"))
    entries = [
        plain.problem(call.words, one.problem)
        | {"item": one.item, "decision": one.decision, "note": one.note}
        for one in found
    ]
    status = 0 if given.flag("closed") else findings_status(one.problem for one in found)
    return Answer({"problems": entries}, _finding_lines(call, found), status)


def decide(call: Call) -> Answer:
    """`quipu decide DIR`: accept a finding's proposal, keep what is published, or put a value."""
    from quipu.operations.finding import find_plan, find_row, find_unit
    from quipu.operations.findings import decide as decide_finding

    given = call.given
    action, value = _action(call)
    with call.house(write=True) as house:
        facts = house.facts()
        plan = find_plan(facts)
        unit = find_unit(facts, given.text("unit")) if given.has("unit") else ""
        item = find_row(facts, plan=plan, unit=unit, text=given.text("activity"))
        outcome = decide_finding(
            house,
            item=item,
            check=given.text("check"),
            action=action,
            target=given.text("target"),
            value=value,
            note=given.text("note"),
            author=call.author,
        )
    data = {
        "done": True,
        "item": item,
        "check": given.text("check"),
        "action": action,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }
    return Answer(data, [call.words.text("say.decided", check=given.text("check"))])


def _action(call: Call) -> tuple[Action, str | None]:
    chosen: list[tuple[Action, str | None]] = []
    if call.given.flag("accept"):
        chosen.append(("accept", None))
    if call.given.flag("keep"):
        chosen.append(("keep", None))
    if call.given.has("edit"):
        chosen.append(("edit", call.given.text("edit")))
    if len(chosen) != 1:
        raise InputError("decide-choice")
    return chosen[0]


def _finding_lines(call: Call, found: list[Finding]) -> Iterator[str]:
    for one in found:
        severity = call.words.text(f"severity.{one.problem.severity}")
        line = f"{severity}: {one.problem.check}: {located(call.words, one.problem)}"
        if one.decision is not None:
            said = call.words.text(f"decision.{one.decision}")
            line += f" [{': '.join(filter(None, (said, one.note)))}]"
        yield line
    yield call.words.plural("say.problems", len(found))
