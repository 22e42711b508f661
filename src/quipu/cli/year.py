"""The plan's year: its states and approval, its calendar, and what is due now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from quipu.cli.call import Answer, Call
from quipu.cli.letters import request_json, typed_day
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.deadlines import Deadline
    from quipu.domain.plan_states import PlanStep
    from quipu.operations.plan_cycle import Act, PlanStanding
    from quipu.operations.tasks import Task


def plan_state(call: Call) -> Answer:
    """`quipu plan-state DIR [--step S]`: where the plan stands, or its next step."""
    from quipu.operations.plan_cycle import plan_standings, take_step

    given = call.given
    step = given.text("step")
    if not step:
        with call.house() as house:
            found = plan_standings(house, plan=given.text("plan"))
        return Answer(standing_json(found), _standing_lines(call, found))
    with call.house(write=True) as house:
        outcome = take_step(
            house,
            step=cast("PlanStep", step),
            act=legal_act(call),
            reason=given.text("reason"),
            plan=given.text("plan"),
            author=call.author,
            role=call.role,
        )
        found = plan_standings(house, plan=given.text("plan"))
    data = {"done": True, "changed": outcome.changed, **standing_json(found)}
    return Answer(data, _standing_lines(call, found))


def approve(call: Call) -> Answer:
    """`quipu approve DIR --act A --number N --date D`: the plan is approved by its act."""
    from quipu.operations.plan_cycle import plan_standings, take_step

    plan = call.given.text("plan")
    with call.house(write=True) as house:
        outcome = take_step(
            house,
            step="approve",
            act=legal_act(call),
            plan=plan,
            author=call.author,
            role=call.role,
        )
        found = plan_standings(house, plan=plan)
    data = {"done": True, "changed": outcome.changed, **standing_json(found)}
    return Answer(data, _standing_lines(call, found))


def legal_act(call: Call) -> Act:
    """Give the act that `--act`, `--number` and `--date` say."""
    from quipu.operations.plan_cycle import Act as LegalAct

    given = call.given
    return LegalAct(given.text("act"), given.text("number"), typed_day(call, "date"))


def standing_json(found: PlanStanding) -> dict[str, object]:
    """Give where a plan stands, as `plan-state` and `status` write it."""
    act = found.act
    return {
        "plan": found.name,
        "year": found.year or None,
        "state": found.state,
        "edition": found.edition,
        "act": None
        if act is None
        else {
            "kind": act.kind or None,
            "number": act.number or None,
            "date": act.day.isoformat() if act.day is not None else None,
        },
        "approved_at": found.approved_at or None,
        "modified_since_approval": None if found.approval is None else found.approval == "modified",
        "steps": list(found.steps),
    }


def _standing_lines(call: Call, found: PlanStanding) -> Iterator[str]:
    words = call.words
    state = words.text(f"plan-state.{found.state}", edition=found.edition)
    yield words.text("say.plan-state", plan=found.name, state=state)
    if found.act is not None:
        day = found.act.day.isoformat() if found.act.day is not None else ""
        named = " ".join(part for part in (found.act.kind, found.act.number) if part)
        yield words.text("say.plan-act", act=named, day=day)
    if found.approval == "modified":
        yield words.text("say.plan-modified")


def calendar(call: Call) -> Answer:
    """`quipu calendar DIR`: every day of the plan's year, by the rules and by hand."""
    from quipu.operations.requesting import list_requests
    from quipu.operations.year_calendar import year_calendar

    file, year = call.given.maybe_path("output"), call.given.text("year")
    with call.house() as house:
        facts = house.facts()
        days = year_calendar(house, year=year, facts=facts)
        asked = list_requests(house, plan=year, facts=facts)
        printed = None
        if file is not None:
            from quipu.operations.cycle_papers import print_calendar

            printed = print_calendar(house, file=file, plan=year)
        today = house.clock().astimezone().date()
    data = {
        "deadlines": [_deadline(call, one) for one in days],
        "requests": [request_json(one, facts, today) for one in asked],
        "file": None if printed is None else str(printed.file),
    }
    return Answer(data, _calendar_lines(call, days))


def _title(call: Call, one: Deadline) -> str:
    return one.title.get(call.words.lang) or next(
        iter(one.title.values()), call.words.text("task.report")
    )


def _deadline(call: Call, one: Deadline) -> dict[str, object]:
    return {
        "task": one.task,
        "title": _title(call, one),
        "period": one.period,
        "due": one.due.isoformat(),
        "rule": one.rule.isoformat(),
        "by_hand": one.fixed,
        "who": one.who,
    }


def _calendar_lines(call: Call, days: list[Deadline]) -> Iterator[str]:
    words = call.words
    rows = [
        [
            one.due.isoformat(),
            one.period,
            words.text(f"say.who-{one.who}"),
            words.text("say.by-hand") if one.fixed else "",
            f"{_title(call, one)} ({one.task})",
        ]
        for one in days
    ]
    names = ("due", "period", "who", "rule", "task")
    yield from table([words.text(f"head.{name}") for name in names], rows)
    yield words.plural("say.deadlines", len(days))


def due(call: Call) -> Answer:
    """`quipu due DIR`: what waits now; with `--period`, sets the day of a task."""
    given = call.given
    if given.has("period"):
        return _set_due(call)
    for name in ("date", "task"):
        if given.has(name):
            raise InputError("usage-option-missing", option="--period", command="due")
    from quipu.operations.tasks import open_tasks

    with call.house() as house:
        found = open_tasks(house, lang=call.words.lang)
    return Answer({"due": tasks_json(found)}, task_lines(call, found))


def _set_due(call: Call) -> Answer:
    from quipu.domain.deadlines import REPORT
    from quipu.operations.year_calendar import set_due

    period, day = call.given.text("period"), typed_day(call, "date")
    task = call.given.text("task") or REPORT
    with call.house(write=True) as house:
        outcome = set_due(house, period=period, due=day, task=task, author=call.author)
    data = {
        "done": True,
        "period": period,
        "task": task,
        "due": None if day is None else day.isoformat(),
        "changed": outcome.changed,
    }
    if day is None:
        return Answer(data, [call.words.text("say.due-by-rule", period=period)])
    return Answer(data, [call.words.text("say.due", period=period, day=day.isoformat())])


def tasks_json(found: list[Task]) -> list[dict[str, object]]:
    """Give what waits, as `due` and `status` write it."""
    return [
        {
            "kind": one.kind,
            "unit": one.unit or None,
            "period": one.period or None,
            "due": one.due.isoformat() if one.due is not None else None,
            "late": one.late,
            "title": one.title or None,
            "item": one.item or None,
        }
        for one in found
    ]


def task_lines(call: Call, found: list[Task]) -> Iterator[str]:
    """Give what waits as a table."""
    words = call.words
    rows = [
        [
            one.due.isoformat() if one.due is not None else "",
            words.text("say.late") if one.late else "",
            one.unit,
            one.period,
            words.text(f"task.{one.kind}") + (f": {one.title}" if one.title else ""),
        ]
        for one in found
    ]
    names = ("due", "late", "unit", "period", "task")
    yield from table([words.text(f"head.{name}") for name in names], rows)
    yield words.plural("say.tasks", len(found))
