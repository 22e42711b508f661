"""What the centre judges once, when an office's bundle arrives: what depends on the state then.

A cell is judged by what the centre knew before the bundle. What comes of it is written as a
refusal (`quipu.domain.refusal`), so that everybody who knows the refusal judges alike.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from quipu.domain.address import Address
from quipu.domain.columns import Columns
from quipu.domain.facts import Facts
from quipu.domain.fields import Field, find
from quipu.domain.judgement import BIRTH
from quipu.domain.parcel import DeviceInfo
from quipu.domain.period import Period
from quipu.domain.plan_states import offices_may_propose, plan_state
from quipu.domain.refusal import Refused
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.workflow import CLOSED

REPORTED = frozenset({"progress", "report"})
"""The groups of fields that a unit reports, at an address with a period."""


class Row(NamedTuple):
    """What decides who may speak of a row: its kind, its plan and its unit, `""` for none."""

    kind: str
    plan: str
    unit: str

    @staticmethod
    def of(facts: Facts, item: str) -> "Row":
        """Give what facts say of an item."""
        return Row(facts.text(item, "kind"), facts.text(item, "plan"), facts.text(item, "unit"))


_UNKNOWN = Row("", "", "")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the centre knows as a bundle of an office arrives.

    `before` and `after` hold at least the plans, the units and the rows in question, without the
    bundle and with it. `closed` has the closed periods of each plan by unit. `whole` is a code
    that refuses all of the bundle (`certificate-expired`, `device-revoked`), or `""`.
    """

    office: str
    before: Facts
    after: Facts
    closed: Mapping[str, Mapping[str, tuple[str, ...]]]
    whole: str = ""


def desk(office: str, before: Facts, after: Facts, *, whole: str = "") -> Desk:
    """Give the desk at which an office's bundle is judged."""
    plans = before.of_kind("plan")
    closed = {plan: closed_periods(before, plan) for plan in plans}
    return Desk(office, before, after, closed, whole)


def expired(device: DeviceInfo, day: date) -> bool:
    """Tell whether any of a device's certificates ended before a day; that day still counts."""
    ends = (str(one.get("not_after") or "")[:10] for one in device.chain)
    return any(end and end < day.isoformat() for end in ends)


def judge(address: Address, desk: Desk) -> str:
    """Give `""` where an office's revision counts, else the code that says why not.

    Codes: `certificate-expired`, `device-revoked`, `unit-moved`, `period-closed`, `row-unknown`,
    `row-not-yours`, `plan-approved`, `plan-closed`.
    """
    if desk.whole:
        return desk.whole
    known = find(address.field)
    if known is None:
        return ""
    if known.group in REPORTED:
        return _reported(address, desk)
    if known.group == "plan" or address.field in BIRTH:
        return _proposed(address.item, desk)
    return ""


def refusals(
    revisions: Iterable[Revision], desk: Desk, but: Collection[RevisionName] = ()
) -> list[Refused]:
    """Judge revisions that are new to the centre; those in `but` do not count anyhow."""
    found: dict[tuple[str, str, str], list[RevisionName]] = {}
    for revision in revisions:
        code = judge(revision.address, desk)
        if code and revision.name not in but:
            _, _, period, unit = revision.address
            found.setdefault((code, period, unit), []).append(revision.name)
    return [Refused(*key, tuple(names)) for key, names in sorted(found.items())]


def harmless(columns: Columns, desk: Desk, rows: Mapping[str, Row]) -> bool:
    """Tell at a glance whether nothing of a bundle can be refused; `False` means to look closely.

    `rows` says of the items what the centre knows; of `desk` only the plans and units are asked.
    Looks at each word and pair of words once, however many revisions there are.
    """
    words, before = columns.words, desk.before
    known = [find(words.fields[place]) for place in set(columns.field)]
    if desk.whole or not all(one is None or _is_plain(one) for one in known):
        return False
    holders = {before.text(words.units[place], "office") for place in set(columns.unit)}
    if not holders <= {"", desk.office}:
        return False
    plans: set[str] = set()
    for place, unit in _pairs(columns.item, columns.unit):
        item = words.items[place]
        kind, said, owner = rows.get(item, _UNKNOWN)
        plan = item if kind == "plan" else said
        if not plan or (plan != item and owner not in ("", words.units[unit])):
            return False
        plans.add(plan)
    if any(plan_state(before, plan) == "closed" for plan in plans):
        return False
    closed = [units for units in desk.closed.values() if units]
    return not any(
        is_within(words.periods[period], units.get(words.units[unit], ()))
        for units in closed
        for period, unit in _pairs(columns.period, columns.unit)
    )


def _pairs(places: Sequence[int], units: Sequence[int]) -> set[tuple[int, int]]:
    if len(set(units)) == 1:  # as in nearly every bundle; quicker than a pair for each revision
        return {(place, units[0]) for place in set(places)}
    return set(zip(places, units, strict=True))


def closed_periods(facts: Facts, plan: str) -> dict[str, tuple[str, ...]]:
    """Give the periods of a plan that are closed, by unit."""
    found: dict[str, list[str]] = {}
    for (field, period, unit), value in facts.entries(plan).items():
        if field == "report" and value in CLOSED:
            found.setdefault(unit, []).append(period)
    return {unit: tuple(sorted(periods)) for unit, periods in found.items()}


def is_within(period: str, wholes: Sequence[str]) -> bool:
    """Tell whether a period lies in one of some others; a malformed one lies nowhere."""
    if period in wholes:
        return True
    try:
        part = Period.parse(period)
        return any(Period.parse(whole).contains(part) for whole in wholes)
    except ValueError:
        return False


def _reported(address: Address, desk: Desk) -> str:
    item, field, period, unit = address
    before, after = desk.before, desk.after
    if before.text(unit, "office") not in ("", desk.office):
        return "unit-moved"
    if not _is_periodic(field):
        return ""  # the answer to what the centre wrote to the unit
    plan = item if after.text(item, "kind") == "plan" else after.text(item, "plan")
    if not plan:
        return "row-unknown"
    if item != plan and _owner(item, desk) not in ("", unit):
        return "row-not-yours"
    known = find(address.field)
    if known is not None and known.group == "progress" and plan_state(before, plan) == "closed":
        return "plan-closed"
    closed = desk.closed.get(plan, {}).get(unit, ())
    return "period-closed" if is_within(period, closed) else ""


def _is_plain(field: Field) -> bool:
    return field.group in REPORTED and field.periodic


def _is_periodic(code: str) -> bool:
    known = find(code)
    return known is not None and known.periodic


def _proposed(item: str, desk: Desk) -> str:
    """While its plan is open, an office may propose rows of its units and what they say."""
    owner = _owner(item, desk)
    holder = desk.before.text(owner, "office") if owner else ""
    if holder != desk.office:
        return "row-not-yours"
    plan = (desk.before if item in desk.before else desk.after).text(item, "plan")
    return "" if offices_may_propose(desk.before, plan) else "plan-approved"


def _owner(item: str, desk: Desk) -> str:
    """Give the unit of a row: as it was known, or as the bundle says of a row that it makes."""
    return (desk.before if item in desk.before else desk.after).text(item, "unit")
