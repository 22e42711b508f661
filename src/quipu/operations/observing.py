"""Observations on cells and reports: written at the centre, answered in the office, resolved."""

from dataclasses import dataclass

from quipu.domain import fields, observations
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.observations import Place, Thread, threads, written
from quipu.domain.roles import check_role
from quipu.domain.workflow import report_state
from quipu.operations.calendars import plan_period, row_period
from quipu.operations.finding import find_plan, find_row, find_unit, office_units
from quipu.operations.gesture import Entry, centre_only, new_id, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import Outcome
from quipu.operations.reports import demand_words


@dataclass(frozen=True, slots=True)
class Observed:
    """A thread of observations as a person reads it.

    `address` is the cell to open, of the plan where the whole report is meant. `code` and
    `activity` are the row's, `""` for a report.
    """

    thread: Thread
    address: Address
    unit: str
    code: str
    activity: str


def observe(
    house: House,
    *,
    unit: str,
    period: str = "",
    text: str,
    activity: str = "",
    field: str = "",
    plan: str = "",
    author: str,
    role: str = "",
) -> Outcome:
    """Put the reviewer's words on a cell, on an activity's period, or on the whole report.

    A period is needed except for a field of the plan. On a report that was returned for single
    cells, the new cell is open too. Raises `InputError` `text-missing`, `field-unknown` (field),
    `period-missing` (field), `activity-missing`, or as `check_role`.
    """
    centre_only(house)
    words = demand_words(text, "text-missing")
    facts = house.facts()
    known = find_plan(facts, plan=plan, period=period)
    check_role(role, "observe", method_of(house, facts, known).states.roles)
    place = _place(house, facts, known, find_unit(facts, unit), activity, period, field)
    item = new_id(house)
    entries = [
        *_message(item, known, place),
        (Address(item, "said"), words),
        (Address(item, "said_by"), author),
        (Address(item, "said_at"), house.clock().isoformat(timespec="seconds")),
    ]
    if place.period and not (place.item == known and place.field):
        # Older versions of the program show only this.
        entries.append((Address(place.item, "observation", place.period, place.unit), words))
    if place.period:
        entries += _opened_too(facts, known, place)
    return write(house, entries, facts=facts, author=author, created=(item,))


def _message(item: str, plan: str, place: Place) -> list[Entry]:
    return [
        (Address(item, "kind"), observations.KIND),
        (Address(item, "plan"), plan),
        (Address(item, "unit"), place.unit),
        (Address(item, "about"), place.item),
        (Address(item, "about_period"), place.period or None),
        (Address(item, "about_field"), place.field or None),
    ]


def _place(
    house: House, facts: Facts, plan: str, unit: str, activity: str, period: str, field: str
) -> Place:
    known = fields.find(field) if field else None
    if field and known is None:
        raise InputError("field-unknown", field=field)
    if not activity:
        if known is not None and not (known.group == "progress" and known.type == "text"):
            raise InputError("activity-missing")
        return Place(plan, unit, plan_period(house.forms, facts, plan, period), field)
    row = find_row(facts, plan=plan, unit=unit, text=activity)
    if not period:
        if known is None or known.periodic:
            raise InputError("period-missing", field=field or "executed")
        return Place(row, unit, "", field)
    return Place(row, unit, row_period(house.forms, facts, row, period), field)


def _opened_too(facts: Facts, plan: str, place: Place) -> list[Entry]:
    """Open a cell in a report that was returned for single cells."""
    if report_state(facts, plan, place.unit, place.period) != "returned":
        return []
    cells = observations.opened(facts, plan, place.unit, place.period)
    whole = place.item == plan and not place.field
    if cells is None or whole or place in cells:
        return []
    address = Address(plan, "opened", place.period, place.unit)
    return [(address, written([*cells, place]))]


def answer_observation(
    house: House, *, observation: str, text: str, author: str, role: str = ""
) -> Outcome:
    """Answer an observation in the office of its unit; a second answer replaces the first.

    Raises `InputError` `observation-unknown` (observation), `text-missing`, `unit-not-yours`.
    """
    words = demand_words(text, "text-missing")
    facts = house.facts()
    item = _find(facts, observation)
    unit = facts.text(item, "unit")
    if house.role == "office" and facts.text(unit, "office") != house.office:
        raise InputError("unit-not-yours", unit=facts.text(unit, "name"))
    check_role(role, "answer", method_of(house, facts, facts.text(item, "plan")).states.roles)
    return write(
        house, answer_entries(house, item, unit, words, author), facts=facts, author=author
    )


def answer_entries(house: House, item: str, unit: str, words: str, author: str) -> list[Entry]:
    """Give what a unit answers to an observation or a request of the centre."""
    return [
        (Address(item, "answer", unit=unit), words),
        (Address(item, "answered_by", unit=unit), author),
        (Address(item, "answered_at", unit=unit), house.clock().isoformat(timespec="seconds")),
    ]


def resolve(house: House, *, observation: str, author: str, role: str = "") -> Outcome:
    """Say at the centre that an observation is settled."""
    centre_only(house)
    facts = house.facts()
    item = _find(facts, observation)
    plan, unit = facts.text(item, "plan"), facts.text(item, "unit")
    check_role(role, "observe", method_of(house, facts, plan).states.roles)
    entries: list[Entry] = [(Address(item, "resolved"), True)]
    old = Address(facts.text(item, "about"), "observation", facts.text(item, "about_period"), unit)
    if old.period and facts.text(*old) == facts.text(item, "said"):
        entries.append((old, None))
    return write(house, entries, facts=facts, author=author)


def _find(facts: Facts, observation: str) -> str:
    item = observation.strip()
    if facts.text(item, "kind") != observations.KIND or facts.flag(item, "deleted"):
        raise InputError("observation-unknown", observation=observation)
    return item


def list_observations(
    house: House, *, plan: str = "", only_open: bool = False, facts: Facts | None = None
) -> list[Observed]:
    """Give the observations of a plan in order, in an office those of its own units.

    The first that is open is where the bundle opens.
    """
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan)
    own = None if house.role == "centre" else set(office_units(known, house.office))
    return [
        _told(known, item, thread)
        for thread in threads(known, item)
        if (own is None or thread.place.unit in own) and (thread.open or not only_open)
    ]


def _told(facts: Facts, plan: str, thread: Thread) -> Observed:
    place = thread.place
    of_row = place.item != plan
    return Observed(
        thread,
        Address(place.item, place.field or ("executed" if of_row else "observation"), *_at(place)),
        facts.text(place.unit, "name"),
        facts.text(place.item, "code") if of_row else "",
        facts.text(place.item, "text") if of_row else "",
    )


def _at(place: Place) -> tuple[str, str]:
    known = fields.find(place.field or "executed")
    per_unit = known is not None and known.per_unit
    return place.period, place.unit if per_unit else ""
