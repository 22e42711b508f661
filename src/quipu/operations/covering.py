"""Links of activities to strategic actions, and the report of what they leave uncovered."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from quipu.domain import coverage as rules
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.forms.draw_lists import CoverageLines, CoveredLine
from quipu.forms.recognise_words import stems
from quipu.operations.finding import find_plan, find_row, find_rows, find_unit, plan_units
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome

_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that was made or taken away; `action` is `""` where it was taken away."""

    activity: str
    action: str
    outcome: Outcome


def link_activity(
    house: House, *, unit: str = "", activity: str, to: str, plan: str = "", author: str
) -> Linked:
    """Link an activity to the strategic action it serves (S1-08), at the centre.

    `to` is the action's code or text. Raises `InputError` `activity-unknown`,
    `activity-ambiguous`, `action-unknown` (action, known), `link-kind` for rows of other kinds.
    """
    centre_only(house)
    facts = house.facts()
    where = find_plan(facts, plan=plan)
    item = _activity(facts, where, unit, activity)
    action = _action(facts, where, to)
    done = write(house, [(Address(item, "linked"), action)], facts=facts, author=author)
    return Linked(item, action, done)


def unlink_activity(
    house: House, *, unit: str = "", activity: str, plan: str = "", author: str
) -> Linked:
    """Take an activity's link away; raises as `link_activity`."""
    centre_only(house)
    facts = house.facts()
    item = _activity(facts, find_plan(facts, plan=plan), unit, activity)
    done = write(house, [(Address(item, "linked"), None)], facts=facts, author=author)
    return Linked(item, "", done)


def _activity(facts: Facts, plan: str, unit: str, text: str) -> str:
    reporter = find_unit(facts, unit) if unit else ""
    item = find_row(facts, plan=plan, unit=reporter, text=text)
    if facts.text(item, "kind") != rules.ACTIVITY:
        raise InputError("link-kind", row=text)
    return item


def _action(facts: Facts, plan: str, text: str) -> str:
    found = [
        item
        for item in find_rows(facts, plan=plan, unit="", text=text)
        if facts.text(item, "kind") == rules.ACTION
    ]
    if len(found) == 1:
        return found[0]
    actions = [one.action for one in rules.coverage(facts, plan).actions]
    codes = [facts.text(item, "code") for item in actions]
    raise InputError("action-unknown", action=text, known=", ".join(filter(None, codes)))


def coverage(house: House, *, plan: str = "", facts: Facts | None = None) -> CoverageLines:
    """Give the report: each strategic action with its activities, and activities without one.

    Beside an action's responsible stands the unit that its name is most like: a proposal, for
    the names of the two lists differ (S1-07); nothing is stored of it.
    """
    known = facts if facts is not None else house.facts()
    where = find_plan(known, plan=plan)
    found = rules.coverage(known, where)
    units = {unit: known.text(unit, "name") for unit in plan_units(known, where)}
    owners = {*units.values(), *(known.text(area, "name") for area in known.of_kind("area"))}
    actions = [
        CoveredLine(
            item=one.action,
            code=known.text(one.action, "code"),
            text=known.text(one.action, "text"),
            lead=known.text(one.action, "lead"),
            unit=proposed_unit(known.text(one.action, "lead"), owners),
            activities=tuple(_label(known, item) for item in one.activities),
        )
        for one in found.actions
    ]
    loose = [
        CoveredLine(
            item=item,
            code=known.text(item, "code"),
            text=known.text(item, "text"),
            lead="",
            unit=units.get(known.text(item, "unit"), ""),
            activities=(),
        )
        for item in found.loose
    ]
    return CoverageLines(tuple(actions), tuple(loose))


def _label(facts: Facts, item: str) -> str:
    unit = facts.text(facts.text(item, "unit"), "name")
    words = f"{facts.text(item, 'code')} {facts.text(item, 'text')}".strip()
    return f"{unit}: {words}" if unit else words


def proposed_unit(lead: str, names: Iterable[str]) -> str:
    """Give the unit's or area's name that a responsible's name most likely means, `""` for none.

    The words that both have count, and those that they do not share weigh against; a name that
    is equally like two units proposes neither.
    """
    wanted = stems(lead)
    scored = sorted(((_likeness(wanted, lead, name), name) for name in names), reverse=True)
    if not wanted or not scored or scored[0][0] < _LIKELY:
        return ""
    if len(scored) > 1 and scored[0][0] - scored[1][0] < 0.01:
        return ""
    return scored[0][1]


def _likeness(wanted: frozenset[str], lead: str, name: str) -> float:
    words = stems(name)
    shared = wanted & words
    if not shared:
        return 0.0
    # What the shorter name says is nearly always all in the longer one.
    within = len(shared) / len(wanted)
    whole = SequenceMatcher(None, lead.casefold(), name.casefold()).ratio()
    return 0.75 * within * len(shared) / (len(shared) + 0.3) + 0.25 * whole
