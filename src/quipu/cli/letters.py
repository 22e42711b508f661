"""What the centre asks of units and lets them know: requests, notices, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.facts import Facts
    from quipu.domain.requests import Notice, Request


def typed_day(call: Call, name: str) -> date | None:
    """Give a day that was typed, `None` where none was; raises `date-malformed` (value)."""
    typed = call.given.text(name)
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InputError("date-malformed", value=typed) from error


def request(call: Call) -> Answer:
    """`quipu request DIR --title T --due DATE`: ask units for something by a day."""
    from quipu.operations.requesting import request as ask

    given, day = call.given, typed_day(call, "due")
    assert day is not None
    with call.house(write=True) as house:
        outcome = ask(
            house,
            title=given.text("title"),
            due=day,
            units=given.texts("unit"),
            text=given.text("text"),
            period=given.text("period"),
            author=call.author,
            role=call.role,
        )
    item = outcome.created[0]
    data = {"done": True, "request": item, "due": day.isoformat(), "changed": outcome.changed}
    said = call.words.text("say.requested", title=given.text("title"), day=day.isoformat())
    return Answer(data, [said])


def requests(call: Call) -> Answer:
    """`quipu requests DIR`: what was asked of whom, by when, and what was answered."""
    from quipu.operations.requesting import list_requests

    with call.house() as house:
        facts = house.facts()
        found = list_requests(house, facts=facts)
        today = house.clock().astimezone().date()
    data = {"requests": [request_json(one, facts, today) for one in found]}
    return Answer(data, _request_lines(call, found, facts, today))


def answer(call: Call) -> Answer:
    """`quipu request answer DIR --request ID --text T`: the office's answer."""
    from quipu.operations.requesting import answer_request

    given = call.given
    with call.house(write=True) as house:
        outcome = answer_request(
            house,
            request=given.text("request"),
            unit=given.text("unit"),
            text=given.text("text"),
            author=call.author,
            role=call.role,
        )
    data = {"done": True, "request": given.text("request"), "changed": outcome.changed}
    return Answer(data, [call.words.text("say.answer-noted")])


def close(call: Call) -> Answer:
    """`quipu request close DIR --request ID`: nothing more is awaited."""
    from quipu.operations.requesting import close_request

    named = call.given.text("request")
    with call.house(write=True) as house:
        outcome = close_request(house, request=named, author=call.author, role=call.role)
    data = {"done": True, "request": named, "changed": outcome.changed}
    return Answer(data, [call.words.text("say.request-closed")])


def notice(call: Call) -> Answer:
    """`quipu notice DIR --title T`: let the units know, mostly of the approved plan."""
    from quipu.operations.requesting import notify

    given = call.given
    with call.house(write=True) as house:
        outcome = notify(
            house,
            title=given.text("title"),
            text=given.text("text"),
            units=given.texts("unit"),
            author=call.author,
            role=call.role,
        )
    data = {"done": True, "notice": outcome.created[0], "changed": outcome.changed}
    return Answer(data, [call.words.text("say.notified", title=given.text("title"))])


def notices(call: Call) -> Answer:
    """`quipu notices DIR`: what the units were told, and which of them have read it."""
    from quipu.operations.requesting import list_notices

    with call.house() as house:
        facts = house.facts()
        found = list_notices(house, facts=facts)
    return Answer({"notices": _notices(found, facts)}, _notice_lines(call, found, facts))


def read_notice(call: Call) -> Answer:
    """`quipu read-notice DIR [--unit U]`: the office has read its notices."""
    from quipu.operations.requesting import list_notices, read_notices

    with call.house(write=True) as house:
        facts = house.facts()
        found = [one for one in list_notices(house, facts=facts) if not one.read_at]
        outcome = read_notices(house, unit=call.given.text("unit"), author=call.author)
    data = {"done": True, "read": _notices(found, facts), "changed": outcome.changed}
    lines = [f"{one.title}: {one.text}" if one.text else one.title for one in found]
    return Answer(data, [*lines, call.words.plural("say.notices-read", outcome.changed // 2)])


def request_json(one: Request, facts: Facts, today: date) -> dict[str, object]:
    """Give a request of a unit, as `requests` and `calendar` write it."""
    return {
        "request": one.item,
        "title": one.title,
        "text": one.text or None,
        "unit": facts.text(one.unit, "name"),
        "period": one.period or None,
        "due": one.due.isoformat() if one.due is not None else None,
        "state": one.state,
        "late": one.late(today),
        "answer": one.answer or None,
        "answered_by": one.answered_by or None,
        "answered_at": one.answered_at or None,
    }


def _request_lines(call: Call, found: list[Request], facts: Facts, today: date) -> Iterator[str]:
    words = call.words
    rows = [
        [
            one.due.isoformat() if one.due is not None else "",
            facts.text(one.unit, "name"),
            one.title,
            words.text(f"say.request-{one.state}"),
            words.text("say.late") if one.late(today) else "",
            one.answer,
        ]
        for one in found
    ]
    names = ("due", "unit", "request", "state", "late", "answer")
    yield from table([words.text(f"head.{name}") for name in names], rows)
    yield words.plural("say.requests", len(found))


def _notices(found: list[Notice], facts: Facts) -> list[dict[str, object]]:
    return [
        {
            "notice": one.item,
            "title": one.title,
            "text": one.text or None,
            "at": one.at,
            "unit": facts.text(one.unit, "name"),
            "read_by": one.read_by or None,
            "read_at": one.read_at or None,
        }
        for one in found
    ]


def _notice_lines(call: Call, found: list[Notice], facts: Facts) -> Iterator[str]:
    words = call.words
    rows = [[one.title, facts.text(one.unit, "name"), one.read_by, one.read_at] for one in found]
    names = ("notice", "unit", "read-by", "read-at")
    yield from table([words.text(f"head.{name}") for name in names], rows)
    unread = sum(not one.read_at for one in found)
    yield words.plural("say.notices", len(found), unread=unread)
