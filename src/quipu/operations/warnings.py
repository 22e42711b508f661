"""What a person should know of the exchange: old plans, silent offices, forks, wrong clocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.operations.clocks import clock_flag, moment_of
from quipu.operations.forks import open_forks
from quipu.operations.gaps import gaps
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.store.entries import CENTRE, BundleEntry

SILENCE = "silent_days"
"""The institution's field: after so many days without a bundle people are warned."""

DAYS = 30
"""Days of silence where the centre has set none."""


@dataclass(frozen=True, slots=True)
class Warning:
    """Something to look after; `warning.<code>` is its sentence, `office` a name."""

    code: str
    office: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def warnings(house: House) -> list[Warning]:
    """Give what is to be looked after in the exchange, the most serious first."""
    facts = house.facts()
    entries = house.workspace.bundles()
    found = [*_forks(house, facts, entries), *_missing(house, facts)]
    if house.role == "centre":
        found += _silent(house, facts, entries)
    else:
        found += _old_plan(house, facts, entries)
    return [*found, *_clocks(house, facts, entries)]


def set_silence(house: House, *, days: int, author: str) -> Outcome:
    """Set after how many days without a bundle people are warned, at the centre."""
    centre_only(house)
    if days < 1:
        raise InputError("days-malformed", value=days)
    facts = house.facts({house.dataset})
    entry = (Address(house.dataset, SILENCE), Decimal(days))
    return write(house, [entry], facts=facts, author=author)


def silent_days(facts: Facts, dataset: str) -> int:
    """Give after how many days without a bundle people are warned."""
    said = facts.number(dataset, SILENCE)
    return int(said) if said is not None and said >= 1 else DAYS


def _forks(house: House, facts: Facts, entries: list[BundleEntry]) -> Iterator[Warning]:
    """A device in two places, of which none has taken an identity of its own yet."""
    still = open_forks(house.workspace)
    last = {entry.device: entry for entry in entries}
    for device in sorted(still):
        entry = last[device]
        known = {"device": device[:8], "number": entry.seq}
        yield Warning("forked", facts.text(entry.office, "name"), known)


def _missing(house: House, facts: Facts) -> Iterator[Warning]:
    for gap in gaps(house):
        numbers = ", ".join(map(str, gap.numbers))
        yield Warning("gap", facts.text(gap.office, "name"), {"numbers": numbers})


def _silent(house: House, facts: Facts, entries: list[BundleEntry]) -> Iterator[Warning]:
    limit, now = silent_days(facts, house.dataset), house.clock()
    last = {entry.office: entry.received_at for entry in entries}
    for office in facts.of_kind("office"):
        if facts.text(office, "role") == "auditor":
            continue
        name = facts.text(office, "name")
        days = _days_since(last.get(office, ""), now)
        if days is None:
            yield Warning("never-heard", name)
        elif days > limit:
            yield Warning("silent", name, {"days": days})


def _old_plan(house: House, facts: Facts, entries: list[BundleEntry]) -> Iterator[Warning]:
    made = max((entry.made_at for entry in entries if not entry.office), default="")
    days = _days_since(made, house.clock())
    if days is not None and days > silent_days(facts, house.dataset):
        yield Warning("plan-old", params={"days": days})


def _clocks(house: House, facts: Facts, entries: list[BundleEntry]) -> Iterator[Warning]:
    """Tell of the computers whose last bundle was sealed at a time that cannot be."""
    last = {entry.device: entry for entry in entries}
    sent = house.workspace.sent() if house.role == "centre" else []
    for entry in last.values():
        seen = max(
            (
                one.at
                for one in sent
                if one.audience == entry.office and "" < one.acknowledged <= entry.received_at
            ),
            default="",
        )
        flag = clock_flag(entry.made_at, after=seen, before=entry.received_at)
        if flag:
            told = {"at": entry.made_at[:16].replace("T", " ")}
            yield Warning(f"clock-{flag}", facts.text(entry.office, "name"), told)


def _days_since(at: str, now: datetime) -> int | None:
    moment = moment_of(at)
    return None if moment is None else (now - moment).days


def pending_of(house: House) -> int | None:
    """Count what an office wrote that the centre has not acknowledged; `None` at the centre."""
    return house.workspace.pending(CENTRE, None) if house.role == "office" else None
