"""Recommendations of evaluations: listed, made, answered, closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.facts import Facts
    from quipu.domain.recommendations import Recommendation
    from quipu.operations.outcome import Outcome


def listed(call: Call) -> Answer:
    """`quipu recommendations DIR`: what was recommended to whom, and what became of it."""
    from quipu.operations.recommending import recommendations

    given = call.given
    with call.house() as house:
        facts = house.facts()
        found = recommendations(
            house,
            units=given.texts("unit"),
            period=given.text("period"),
            open_only=given.flag("open"),
        )
    data = {"recommendations": [_entry(one, facts) for one in found]}
    return Answer(data, _lines(call, found, facts))


def recommend(call: Call) -> Answer:
    """`quipu recommend DIR --unit U --period P --text T`: recommend something to a unit."""
    from quipu.operations.recommending import recommend as make

    given = call.given
    with call.house(write=True) as house:
        outcome = make(
            house,
            unit=given.text("unit"),
            period=given.text("period"),
            text=given.text("text"),
            due=_day(given.text("due")),
            activity=given.text("activity"),
            author=call.author,
        )
        number = house.facts().number(outcome.created[0], "order")
    data = _done(outcome) | {"item": outcome.created[0], "number": plain.number(number)}
    return Answer(data, [call.words.text("say.recommended", number=data["number"])])


def answer(call: Call) -> Answer:
    """`quipu recommendations answer DIR`: what the unit did about it."""
    from quipu.operations.recommending import answer as say

    given = call.given
    number = given.text("recommendation")
    with call.house(write=True) as house:
        outcome = say(
            house,
            recommendation=number,
            text=given.text("text"),
            done=given.flag("finished"),
            author=call.author,
        )
    return Answer(_done(outcome), [call.words.text("say.answered", number=number)])


def close(call: Call) -> Answer:
    """`quipu recommendations close DIR`: close it at the centre, or `--reopen` it."""
    from quipu.operations.recommending import close as shut

    given = call.given
    number, reopen = given.text("recommendation"), given.flag("reopen")
    with call.house(write=True) as house:
        outcome = shut(
            house,
            recommendation=number,
            note=given.text("note"),
            reopen=reopen,
            author=call.author,
        )
    key = "reopened" if reopen else "closed"
    return Answer(_done(outcome), [call.words.text(f"say.recommendation-{key}", number=number)])


def _done(outcome: Outcome) -> plain.Json:
    return {
        "done": True,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("date-malformed", value=text) from None


def _entry(one: Recommendation, facts: Facts) -> plain.Json:
    return {
        "item": one.item,
        "number": plain.number(facts.number(one.item, "order")),
        "unit": facts.text(one.unit, "name"),
        "period": one.period,
        "text": one.text,
        "activity": facts.text(one.activity, "code") or facts.text(one.activity, "text") or None,
        "due": one.due.isoformat() if one.due is not None else None,
        "state": one.state,
        "late": one.late,
        "answer": one.answer or None,
        "answered_by": one.answered_by or None,
        "answered_at": one.answered_at or None,
        "note": one.note or None,
    }


def _lines(call: Call, found: list[Recommendation], facts: Facts) -> Iterator[str]:
    words = call.words
    names = ("number", "unit", "period", "due", "state", "answer", "recommendation")
    rows = [
        [
            plain.number(facts.number(one.item, "order")) or "",
            facts.text(one.unit, "name"),
            one.period,
            one.due.isoformat() if one.due is not None else "",
            _state(call, one),
            one.answer,
            one.text,
        ]
        for one in found
    ]
    yield from table([words.text(f"head.{name}") for name in names], rows)
    yield words.plural("say.recommendations", len(found))


def _state(call: Call, one: Recommendation) -> str:
    state = call.words.text(f"recommendation.{one.state}")
    return f"{state}, {call.words.text('say.late')}" if one.late else state
