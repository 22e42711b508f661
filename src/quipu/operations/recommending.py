"""Recommendations made, answered by their units, and closed at the centre."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.recommendations import KIND, Recommendation
from quipu.domain.recommendations import recommendations as of_plan
from quipu.domain.value import Value
from quipu.operations.finding import find_plan, find_row, find_unit
from quipu.operations.gesture import Entry, centre_only, new_id, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome


def recommendations(
    house: House,
    *,
    units: Collection[str] = (),
    period: str = "",
    open_only: bool = False,
    plan: str = "",
    today: date | None = None,
) -> list[Recommendation]:
    """List a plan's recommendations, of some units, of one evaluation, or those not closed yet."""
    facts = house.facts()
    when = _period(period) if period else ""
    wanted = {find_unit(facts, unit) for unit in units}
    day = today or house.clock().astimezone().date()
    return [
        one
        for one in of_plan(facts, find_plan(facts, plan=plan, period=when), day)
        if (not wanted or one.unit in wanted)
        and (not when or one.period == when)
        and not (open_only and one.state == "closed")
    ]


def recommend(
    house: House,
    *,
    unit: str,
    period: str,
    text: str,
    due: date | None = None,
    activity: str = "",
    plan: str = "",
    author: str,
) -> Outcome:
    """Make a recommendation to a unit from the evaluation of a period, at the centre.

    Raises `InputError` `text-missing`, `period-unreadable`, or as `find_unit` and `find_row` do.
    """
    centre_only(house)
    if not text.strip():
        raise InputError("text-missing")
    when = _period(period)
    facts = house.facts()
    owner = find_unit(facts, unit)
    where = find_plan(facts, plan=plan, period=when)
    about = find_row(facts, plan=where, unit=owner, text=activity) if activity else None
    item = new_id(house)
    order = 1 + max((facts.number(one, "order") or Decimal(0) for one in facts.of_kind(KIND)),
                    default=Decimal(0))  # fmt: skip
    said: dict[str, Value] = {
        "kind": KIND,
        "plan": where,
        "unit": owner,
        "order": order,
        "text": text.strip(),
        "about_period": when,
        "about": about,
        "due_on": due.isoformat() if due is not None else None,
    }
    entries: list[Entry] = [(Address(item, field), value) for field, value in said.items()]
    return write(house, entries, facts=facts, author=author, created=(item,))


def answer(
    house: House, *, recommendation: str, text: str, done: bool = False, author: str
) -> Outcome:
    """Say what a unit did about a recommendation, and whether that was all.

    An office answers for its own units, the centre for those that no office answers for. Raises
    `InputError` `recommendation-unknown`, `recommendation-closed`, `unit-not-yours` or
    `text-missing`.
    """
    if not text.strip():
        raise InputError("text-missing")
    facts = house.facts()
    item = _find(facts, recommendation)
    unit = facts.text(item, "unit")
    if facts.text(unit, "office") != (house.office if house.role == "office" else ""):
        raise InputError("unit-not-yours", unit=facts.text(unit, "name"))
    if facts.flag(item, "closed"):
        raise InputError("recommendation-closed")
    said = {
        "answer": text.strip(),
        "answered_by": author,
        "answered_at": house.clock().isoformat(timespec="seconds"),
        "follow_up": "done" if done else "started",
    }
    entries: list[Entry] = [
        (Address(item, field, "", unit), value) for field, value in said.items()
    ]
    return write(house, entries, facts=facts, author=author)


def close(
    house: House, *, recommendation: str, note: str = "", reopen: bool = False, author: str
) -> Outcome:
    """Close a recommendation at the centre, or open it again, saying why."""
    centre_only(house)
    facts = house.facts()
    item = _find(facts, recommendation)
    entries: list[Entry] = [
        (Address(item, "closed"), None if reopen else True),
        (Address(item, "note"), note.strip() or None),
    ]
    return write(house, entries, facts=facts, author=author, reason=note.strip() or None)


def _find(facts: Facts, text: str) -> str:
    """Give the recommendation of an id, or of its number among all of them."""
    known = facts.of_kind(KIND)
    if text in known:
        return text
    for item in known:
        number = facts.number(item, "order")
        if number is not None and str(int(number)) == text.strip():
            return item
    raise InputError("recommendation-unknown", recommendation=text)


def _period(text: str) -> str:
    try:
        return str(Period.parse(text.upper()))
    except ValueError:
        raise InputError("period-unreadable", period=text) from None
