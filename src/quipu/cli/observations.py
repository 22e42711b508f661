"""Observations on cells and reports: written, listed, answered, settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call
from quipu.cli.tables import table

if TYPE_CHECKING:
    from quipu.domain.observations import Message
    from quipu.operations.observing import Observed


def observe(call: Call) -> Answer:
    """`quipu observe DIR`: the reviewer's words on a cell, an activity's period or a report."""
    from quipu.operations.observing import observe as observe_cell

    given = call.given
    unit, period = given.text("unit"), given.text("period")
    with call.house(write=True) as house:
        outcome = observe_cell(
            house,
            unit=unit,
            period=period,
            text=given.text("text"),
            activity=given.text("activity"),
            field=given.text("field"),
            author=call.author,
            role=call.role,
        )
    data = {
        "done": True,
        "unit": unit,
        "period": period,
        "observation": outcome.created[0],
        "changed": outcome.changed,
    }
    return Answer(data, [call.words.text("say.observed", unit=unit, period=period)])


def observations(call: Call) -> Answer:
    """`quipu observations DIR`: the threads in order; the first open one is where to begin."""
    from quipu.operations.observing import list_observations

    with call.house() as house:
        found = list_observations(house, only_open=call.given.flag("open"))
    data = {"observations": [thread_json(one) for one in found]}
    return Answer(data, _lines(call, found))


def answer(call: Call) -> Answer:
    """`quipu observations answer DIR --observation ID --text T`: the office's answer."""
    from quipu.operations.observing import answer_observation

    item = call.given.text("observation")
    with call.house(write=True) as house:
        outcome = answer_observation(
            house,
            observation=item,
            text=call.given.text("text"),
            author=call.author,
            role=call.role,
        )
    data = {"done": True, "observation": item, "changed": outcome.changed}
    return Answer(data, [call.words.text("say.answer-noted")])


def resolve(call: Call) -> Answer:
    """`quipu observations resolve DIR --observation ID`: the centre is content."""
    from quipu.operations.observing import resolve as settle

    item = call.given.text("observation")
    with call.house(write=True) as house:
        outcome = settle(house, observation=item, author=call.author, role=call.role)
    data = {"done": True, "observation": item, "changed": outcome.changed}
    return Answer(data, [call.words.text("say.resolved")])


def thread_json(one: Observed) -> dict[str, object]:
    """Give a thread of observations with its messages."""
    place = one.thread.place
    return {
        "unit": one.unit,
        "code": one.code,
        "activity": one.activity,
        "item": place.item,
        "field": place.field or None,
        "period": place.period or None,
        "open": one.thread.open,
        "waiting": one.thread.waiting,
        "address": list(one.address),
        "messages": [_message(message) for message in one.thread.messages],
    }


def _message(one: Message) -> dict[str, object]:
    return {
        "observation": one.item or None,
        "text": one.text,
        "author": one.by or None,
        "at": one.at or None,
        "answer": one.answer or None,
        "answered_by": one.answered_by or None,
        "answered_at": one.answered_at or None,
        "resolved": one.resolved,
    }


def _lines(call: Call, found: list[Observed]) -> Iterator[str]:
    words = call.words
    rows = [
        [
            one.unit,
            one.code or words.text("say.whole-report"),
            one.thread.place.period,
            one.thread.place.field,
            words.text(f"say.thread-{'open' if one.thread.open else 'resolved'}"),
            message.item,
            message.text + (f" → {message.answer}" if message.answer else ""),
        ]
        for one in found
        for message in one.thread.messages
    ]
    names = ("unit", "code", "period", "field", "state", "observation", "text")
    yield from table([words.text(f"head.{name}") for name in names], rows)
    waiting = sum(one.thread.open for one in found)
    yield words.plural("say.observations", len(found), open=waiting)
