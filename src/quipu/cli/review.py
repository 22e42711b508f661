"""The centre's answer to a report: accept, return, consolidate, observe; and when it is due."""

from __future__ import annotations

from datetime import date

from quipu.cli.call import Answer, Call
from quipu.domain.errors import InputError
from quipu.operations.outcome import Outcome


def accept(call: Call) -> Answer:
    """`quipu accept DIR --unit U --period P`: the report is good."""
    from quipu.operations.reports import accept as accept_report

    unit, period = _report(call)
    with call.house(write=True) as house:
        outcome = accept_report(house, unit=unit, period=period, author=call.author)
    return _answer(call, outcome, "accepted")


def give_back(call: Call) -> Answer:
    """`quipu return DIR --unit U --period P --reason T`: the report must be corrected."""
    from quipu.operations.reports import return_report

    unit, period = _report(call)
    reason = call.given.text("reason")
    with call.house(write=True) as house:
        outcome = return_report(house, unit=unit, period=period, reason=reason, author=call.author)
    return _answer(call, outcome, "returned")


def consolidate(call: Call) -> Answer:
    """`quipu consolidate DIR --unit U --period P`: the report goes into the institution's."""
    from quipu.operations.reports import consolidate as consolidate_report

    unit, period = _report(call)
    with call.house(write=True) as house:
        outcome = consolidate_report(house, unit=unit, period=period, author=call.author)
    return _answer(call, outcome, "consolidated")


def observe(call: Call) -> Answer:
    """`quipu observe DIR`: the reviewer's words on an activity's period or on the report."""
    from quipu.operations.reports import observe as observe_report

    unit, period = _report(call)
    with call.house(write=True) as house:
        outcome = observe_report(
            house,
            unit=unit,
            period=period,
            text=call.given.text("text"),
            activity=call.given.text("activity"),
            author=call.author,
        )
    data = {"done": True, "unit": unit, "period": period, "changed": outcome.changed}
    return Answer(data, [call.words.text("say.observed", unit=unit, period=period)])


def due(call: Call) -> Answer:
    """`quipu due DIR --period P --date D`: the day by which reports are due."""
    from quipu.operations.reports import set_due

    period, day = call.given.text("period"), _day(call)
    with call.house(write=True) as house:
        outcome = set_due(house, period=period, due=day, author=call.author)
    data = {
        "done": True,
        "period": period,
        "due": None if day is None else day.isoformat(),
        "changed": outcome.changed,
    }
    if day is None:
        return Answer(data, [call.words.text("say.due-by-rule", period=period)])
    return Answer(data, [call.words.text("say.due", period=period, day=day.isoformat())])


def _report(call: Call) -> tuple[str, str]:
    return call.given.text("unit"), call.given.text("period")


def _day(call: Call) -> date | None:
    typed = call.given.text("date")
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InputError("date-malformed", value=typed) from error


def _answer(call: Call, outcome: Outcome, state: str) -> Answer:
    unit, period = _report(call)
    data = {
        "done": True,
        "unit": unit,
        "period": period,
        "state": state,
        "changed": outcome.changed,
    }
    words = call.words
    said = words.text("say.report", unit=unit, period=period, state=words.text(f"state.{state}"))
    return Answer(data, [said])
