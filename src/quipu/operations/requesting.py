"""What the centre asks of units by a day, what it lets them know, and what they answer."""

from collections.abc import Collection
from datetime import date

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.requests import NOTICE, REQUEST, Notice, Request, asked_units, notices, requests
from quipu.domain.roles import Act, check_role
from quipu.operations.finding import find_plan, find_unit, office_units, plan_units
from quipu.operations.gesture import Entry, centre_only, new_id, office_only, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.observing import answer_entries
from quipu.operations.outcome import NOTHING, Outcome
from quipu.operations.reports import demand_words


def request(
    house: House,
    *,
    title: str,
    due: date,
    units: Collection[str] = (),
    text: str = "",
    period: str = "",
    plan: str = "",
    author: str,
    role: str = "",
) -> Outcome:
    """Ask units for something by a day (S1-22); without units, all of the plan's.

    Raises `InputError` `title-missing`, `unit-unknown`, `period-unreadable` (period), or as
    `check_role`.
    """
    facts = house.facts()
    known = _may(house, facts, "request", plan, period, role)
    entries = _letter(house, facts, known, REQUEST, title, text, units, author)
    item = entries[0][0].item
    entries.append((Address(item, "due_on"), due.isoformat()))
    if period:
        entries.append((Address(item, "about_period"), _readable(period)))
    return write(house, entries, facts=facts, author=author, created=(item,))


def notify(
    house: House,
    *,
    title: str,
    text: str = "",
    units: Collection[str] = (),
    plan: str = "",
    author: str,
    role: str = "",
) -> Outcome:
    """Let units know of something, mostly that the plan is approved (S3-19); each says it read it.

    Raises as `request`.
    """
    facts = house.facts()
    known = _may(house, facts, "notice", plan, "", role)
    entries = _letter(house, facts, known, NOTICE, title, text, units, author)
    return write(house, entries, facts=facts, author=author, created=(entries[0][0].item,))


def _may(house: House, facts: Facts, act: Act, plan: str, period: str, role: str) -> str:
    centre_only(house)
    known = find_plan(facts, plan=plan, period=period)
    check_role(role, act, method_of(house, facts, known).states.roles)
    return known


def _readable(period: str) -> str:
    try:
        return str(Period.parse(period.strip().upper()))
    except ValueError:
        raise InputError("period-unreadable", period=period) from None


def _letter(
    house: House,
    facts: Facts,
    plan: str,
    kind: str,
    title: str,
    text: str,
    units: Collection[str],
    author: str,
) -> list[Entry]:
    asked = [find_unit(facts, name) for name in units] or plan_units(facts, plan)
    return _entries(house, plan, kind, (title, text), asked, author)


def notice_entries(
    house: House, *, plan: str, title: str, text: str, units: Collection[str], author: str
) -> list[Entry]:
    """Give what a notice to units (ids, new ones too) writes; raises `title-missing`."""
    return _entries(house, plan, NOTICE, (title, text), units, author)


def _entries(
    house: House,
    plan: str,
    kind: str,
    said: tuple[str, str],
    asked: Collection[str],
    author: str,
) -> list[Entry]:
    title, text = said
    words = demand_words(title, "title-missing")
    item = new_id(house)
    return [
        (Address(item, "kind"), kind),
        (Address(item, "plan"), plan),
        (Address(item, "title"), words),
        (Address(item, "said"), text.strip() or None),
        (Address(item, "said_by"), author),
        (Address(item, "said_at"), house.clock().isoformat(timespec="seconds")),
        *((Address(item, "asked", unit=unit), True) for unit in dict.fromkeys(asked)),
    ]


def answer_request(
    house: House, *, request: str, unit: str = "", text: str, author: str, role: str = ""
) -> Outcome:
    """Answer a request for a unit, or for all units of this office that it asks.

    Raises `InputError` `request-unknown` (request), `request-closed` (title), `text-missing`,
    `unit-not-asked` (unit), or as `check_role`.
    """
    words = demand_words(text, "text-missing")
    facts = house.facts()
    item = _find(facts, request, REQUEST, "request-unknown")
    check_role(role, "answer", method_of(house, facts, facts.text(item, "plan")).states.roles)
    if facts.flag(item, "closed"):
        raise InputError("request-closed", title=facts.text(item, "title"))
    entries = [
        entry
        for one in _answering(house, facts, item, unit)
        for entry in answer_entries(house, item, one, words, author)
    ]
    return write(house, entries, facts=facts, author=author)


def _answering(house: House, facts: Facts, item: str, unit: str) -> list[str]:
    asked = asked_units(facts, item)
    mine = asked if house.role == "centre" else office_units(facts, house.office)
    found = [one for one in mine if one in asked and unit in ("", one, facts.text(one, "name"))]
    if not found:
        raise InputError("unit-not-asked", unit=unit or facts.text(house.office, "name"))
    return found


def close_request(house: House, *, request: str, author: str, role: str = "") -> Outcome:
    """Say at the centre that nothing more is awaited of a request."""
    facts = house.facts()
    item = _find(facts, request, REQUEST, "request-unknown")
    _may(house, facts, "request", facts.text(item, "plan"), "", role)
    return write(house, [(Address(item, "closed"), True)], facts=facts, author=author)


def _find(facts: Facts, text: str, kind: str, unknown: str) -> str:
    """Give the request or notice of an id or title, the newest where several have it."""
    wanted = text.strip()
    found = [item for item in facts.of_kind(kind) if wanted in (item, facts.text(item, "title"))]
    if not found:
        raise InputError(unknown, **{kind: text})
    return max(found, key=lambda item: (facts.text(item, "said_at"), item))


def list_requests(house: House, *, plan: str = "", facts: Facts | None = None) -> list[Request]:
    """Give the requests by day and unit, in an office those of its own units."""
    known = facts if facts is not None else house.facts()
    return requests(known, find_plan(known, plan=plan), _own(house, known))


def list_notices(house: House, *, plan: str = "", facts: Facts | None = None) -> list[Notice]:
    """Give the notices by unit with who read them, in an office those of its own units."""
    known = facts if facts is not None else house.facts()
    return notices(known, find_plan(known, plan=plan), _own(house, known))


def _own(house: House, facts: Facts) -> list[str] | None:
    return None if house.role == "centre" else office_units(facts, house.office)


def read_notices(
    house: House, *, unit: str = "", notice: str = "", plan: str = "", author: str
) -> Outcome:
    """Say in an office that its notices were read: of one unit or of all its own (S3-19).

    `notice` is one notice, by its id; without it all were read. One that was read already keeps
    its first reader. Raises `WorkspaceError("office-only")`.
    """
    office_only(house)
    facts = house.facts()
    wanted = find_unit(facts, unit) if unit else ""
    now = house.clock().isoformat(timespec="seconds")
    unread = [
        one
        for one in list_notices(house, plan=plan, facts=facts)
        if not one.read_at and wanted in ("", one.unit) and notice in ("", one.item)
    ]
    entries: list[Entry] = []
    for one in unread:
        entries.append((Address(one.item, "read_by", unit=one.unit), author))
        entries.append((Address(one.item, "read_at", unit=one.unit), now))
    return write(house, entries, facts=facts, author=author) if entries else NOTHING
