"""Counting people and participations in a report, told apart as its form asks (S1-12, S1-25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.counted import LONGEST, Counted, read_counted
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.report_rules import Criterion, ReportRules
from quipu.domain.value import Value
from quipu.operations.calendars import plan_period, row_period
from quipu.operations.cells import UnreadableText
from quipu.operations.finding import find_plan, find_row, find_unit, fold
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import Outcome
from quipu.operations.permission import may_change, read_typed


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a number is of: a criterion of the form (its code or name), and one of its groups."""

    by: str
    name: str


def count(
    house: House,
    *,
    unit: str,
    period: str,
    what: str,
    number: str,
    group: Group | None = None,
    activity: str = "",
    plan: str = "",
    author: str,
) -> Outcome:
    """Say how many a unit counted in a period, of its whole report or of an activity.

    `what` is a count that the form asks for (`people`, `participations`); `number` `""` blanks it.
    Raises `InputError` `count-unknown` (what, known), `criterion-unknown` (by, known),
    `group-unknown` (group, known), `group-too-long`, `count-negative`, `malformed-number`, or the
    code of `may_change`.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    whose = find_unit(facts, unit)
    row = find_row(facts, plan=item, unit=whose, text=activity) if activity else item
    asked = method_of(house, facts, item).report
    counted = _counted(facts, asked, what, group, (item, whose))
    if len(counted.field.encode()) > LONGEST:
        raise InputError("group-too-long", group=counted.group)
    find_period = row_period if activity else plan_period
    address = Address(row, counted.field, find_period(house.forms, facts, row, period), whose)
    return write(
        house, [(address, _number(house, facts, address, number))], facts=facts, author=author
    )


def _number(house: House, facts: Facts, address: Address, text: str) -> Value:
    """Read a number that may be written at an address."""
    row, field, period, unit = address
    places = {
        "field": field,
        "period": period,
        "row": facts.text(row, "code"),
        "unit": facts.text(unit, "name"),
    }
    why = may_change(house, facts, address)
    if why:
        raise InputError(why, **places)
    try:
        value = read_typed(house, facts, address, text)
    except UnreadableText as mistake:
        raise InputError(mistake.code, value=text, **places) from None
    if isinstance(value, Decimal) and value < 0:
        raise InputError("count-negative", value=text)
    return value


def _counted(
    facts: Facts, asked: ReportRules, what: str, group: Group | None, place: tuple[str, str]
) -> Counted:
    known = asked.count(what)
    if known is None:
        raise InputError("count-unknown", what=what, known=_list(one.code for one in asked.counts))
    if group is None:
        return Counted(what)
    wanted = fold(group.by)
    criteria = [one for by in known.by if (one := asked.criterion(by)) is not None]
    for one in criteria:
        if wanted in map(fold, (one.code, *one.title.values())):
            return Counted(what, one.code, _group(facts, one, group.name, place))
    raise InputError("criterion-unknown", by=group.by, known=_list(one.code for one in criteria))


def _group(facts: Facts, criterion: Criterion, name: str, place: tuple[str, str]) -> str:
    """Give a group by its one spelling: the form's, else the one that the unit used before."""
    wanted = fold(name)
    if not wanted:
        raise InputError("group-unknown", group=name, known=_list(criterion.groups))
    for known in criterion.groups:
        if fold(known) == wanted:
            return known
    if criterion.groups:
        raise InputError("group-unknown", group=name, known=_list(criterion.groups))
    plan, unit = place
    used = (
        one.group
        for item in facts.items()
        if item == plan or facts.text(item, "plan") == plan
        for field, _, reporter in facts.entries(item)
        if reporter == unit and (one := read_counted(field)) and one.by == criterion.code
    )
    return next((one for one in used if fold(one) == wanted), " ".join(name.split()))


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
