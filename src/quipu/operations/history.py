"""What was said at an address before: every value with who said it, where and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.fields import find, steward
from quipu.domain.revision import RevisionName
from quipu.domain.value import Value
from quipu.operations.calendars import plan_period, row_period
from quipu.operations.clocks import clock_flag
from quipu.operations.finding import find_plan, find_row, find_unit, plan_rows
from quipu.operations.house import House
from quipu.store.entries import HistoryEntry


@dataclass(frozen=True, slots=True)
class Past:
    """One revision as a person reads it.

    `revision` and `replaces` are names as text, `office` a name (`""` the centre), `at` the time
    that the author's machine claimed, `bundle` the manifest it came with (`None`: made here).
    `refused` is the code of why it does not count, `""` where it does. `act` is `correction` where
    the centre wrote over an office's value, `settlement` where it ended a dispute. `clock` is
    `ahead` or `behind` where the time cannot be.
    """

    revision: str
    address: Address
    value: Value
    author: str
    office: str
    at: str
    replaces: tuple[str, ...]
    bundle: str | None
    reason: str | None
    refused: str = ""
    act: str = ""
    clock: str = ""


def cell_history(house: House, *, address: Address) -> list[Past]:
    """Give all that was ever said at an address, oldest first."""
    item, field, period, unit = address
    entries = house.workspace.history(item, field=field, period=period, unit=unit)
    return _told(house.facts(_offices(entries)), entries, _received(house))


def cell_histories(house: House, *, addresses: Iterable[Address]) -> dict[Address, list[Past]]:
    """Give all that was ever said at many addresses, each oldest first; reads each item once."""
    wanted: dict[str, set[Address]] = {}
    for address in addresses:
        wanted.setdefault(address.item, set()).add(address)
    found: dict[Address, list[HistoryEntry]] = {
        address: [] for group in wanted.values() for address in group
    }
    for item in wanted:
        for entry in house.workspace.history(item):
            if entry.revision.address in found:
                found[entry.revision.address].append(entry)
    names = house.facts({one for entries in found.values() for one in _offices(entries)})
    came = _received(house)
    return {address: _told(names, entries, came) for address, entries in found.items()}


def history(
    house: House,
    *,
    unit: str = "",
    activity: str = "",
    field: str = "",
    period: str = "",
    plan: str = "",
) -> list[Past]:
    """Give the revisions of an activity, of a unit's report and rows, or of the plan itself.

    `field` and `period` narrow it. The order is by the time claimed, and at one address what was
    replaced comes before what replaced it.
    """
    facts = house.facts()
    known = find_plan(facts, plan=plan, period=period)
    reporter = find_unit(facts, unit) if unit else ""
    if activity:
        items = [find_row(facts, plan=known, unit=reporter, text=activity)]
        when = row_period(house.forms, facts, items[0], period) if period else ""
    else:
        items = [known, *(plan_rows(facts, known, reporter) if reporter else ())]
        when = plan_period(house.forms, facts, known, period) if period else ""
    found = [
        entry
        for item in items
        for entry in house.workspace.history(item, field=field or None, period=when or None)
        if not reporter or _concerns(entry.revision.address, known, reporter)
    ]
    return _told(facts, found, _received(house))


def words_of(past: Past, by_name: Mapping[str, Past]) -> Past:
    """Give whose words a revision says again: those that stood before a decision it takes back.

    `by_name` is all that was said at the address. A side that changes its mind says its own words.
    """
    office_keeps = steward(past.address.field) == "office"
    while True:
        above = [by_name[name] for name in past.replaces if name in by_name]
        before = [by_name[name] for one in above for name in one.replaces if name in by_name]
        decided = len({one.revision for one in before}) > 1
        same = [
            one
            for one in before
            if _same(one.value, past.value) and (decided or one.office != past.office)
        ]
        if not same:
            return past
        past = max(same, key=lambda one: (bool(one.office) == office_keeps, one.revision))


def _same(one: Value, other: Value) -> bool:
    return one == other and type(one) is type(other)


def _concerns(address: Address, plan: str, unit: str) -> bool:
    # Of the plan itself only what is said of the unit's reports; of a row also the plan's cells.
    return address.unit == unit or (address.item != plan and not address.unit)


def _received(house: House) -> dict[str, str]:
    """Give when each bundle was received, by its manifest."""
    return {one.manifest: one.received_at for one in house.workspace.bundles()}


def _told(facts: Facts, entries: Sequence[HistoryEntry], came: Mapping[str, str]) -> list[Past]:
    # A clock that went back must not put what was replaced after what replaced it.
    latest: dict[Address, str] = {}
    timed: list[tuple[str, int, HistoryEntry]] = []
    for entry in sorted(entries, key=lambda one: one.revision.depth):
        address, depth = entry.revision.address, entry.revision.depth
        latest[address] = max(latest.get(address, ""), entry.revision.at)
        timed.append((latest[address], depth, entry))
    by_name = {entry.revision.name: entry for entry in entries}
    return [
        _past(facts, entry, by_name, came) for _, _, entry in sorted(timed, key=lambda one: one[:2])
    ]


def _act(entry: HistoryEntry, by_name: Mapping[RevisionName, HistoryEntry]) -> str:
    """Tell what a revision of the centre did to what offices said of their own progress."""
    known = find(entry.revision.address.field)
    before = [by_name[name] for name in entry.revision.replaces if name in by_name]
    said = {(type(one.revision.value), one.revision.value) for one in before}
    if len(said) > 1:
        return "settlement"
    reported = known is not None and known.group == "progress"
    over = any(one.office and one.revision.value != entry.revision.value for one in before)
    return "correction" if reported and over and not entry.office else ""


def _past(
    facts: Facts,
    entry: HistoryEntry,
    by_name: Mapping[RevisionName, HistoryEntry],
    came: Mapping[str, str],
) -> Past:
    revision = entry.revision
    received = came.get(entry.bundle or "", "")
    return Past(
        revision=str(revision.name),
        address=revision.address,
        value=revision.value,
        author=revision.author,
        office=facts.text(entry.office, "name"),
        at=revision.at,
        replaces=tuple(str(name) for name in revision.replaces),
        bundle=entry.bundle,
        reason=revision.reason,
        refused=entry.refused,
        act=_act(entry, by_name),
        clock=clock_flag(revision.at, after="", before=received),
    )


def _offices(entries: Sequence[HistoryEntry]) -> set[str]:
    return {entry.office for entry in entries if entry.office}
