"""The way of a report: the head's look, the centre's answer (accept, return, consolidate)."""

from __future__ import annotations

from quipu.cli.call import Answer, Call
from quipu.operations.outcome import Outcome


def accept(call: Call) -> Answer:
    """`quipu accept DIR --unit U --period P`: the report is good."""
    from quipu.operations.reports import accept as accept_report

    unit, period = _report(call)
    with call.house(write=True) as house:
        outcome = accept_report(house, unit=unit, period=period, author=call.author, role=call.role)
    return _answer(call, outcome, "accepted")


def give_back(call: Call) -> Answer:
    """`quipu return DIR --unit U --period P --reason T`: the report must be corrected."""
    from quipu.operations.reports import return_report

    unit, period = _report(call)
    reason = call.given.text("reason")
    with call.house(write=True) as house:
        outcome = return_report(
            house, unit=unit, period=period, reason=reason, author=call.author, role=call.role
        )
    return _answer(call, outcome, "returned")


def consolidate(call: Call) -> Answer:
    """`quipu consolidate DIR --unit U --period P`: the report goes into the institution's."""
    from quipu.operations.reports import consolidate as consolidate_report

    unit, period = _report(call)
    with call.house(write=True) as house:
        outcome = consolidate_report(
            house, unit=unit, period=period, author=call.author, role=call.role
        )
    return _answer(call, outcome, "consolidated")


def look(call: Call) -> Answer:
    """`quipu review DIR --unit U --period P`: the head of unit has looked at the report."""
    from quipu.operations.reports import review

    unit, period = _report(call)
    with call.house(write=True) as house:
        outcome = review(
            house, unit=unit, period=period, author=call.author, role=call.role or "head"
        )
    data = {"done": True, "unit": unit, "period": period, "changed": outcome.changed}
    return Answer(data, [call.words.text("say.reviewed", unit=unit, period=period)])


def _report(call: Call) -> tuple[str, str]:
    return call.given.text("unit"), call.given.text("period")


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
