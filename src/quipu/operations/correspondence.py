"""How the exchange stands: with every office at the centre, with the centre in an office."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quipu.domain.facts import Facts
from quipu.domain.scope import scopes
from quipu.operations.clocks import moment_of
from quipu.operations.gaps import gaps
from quipu.operations.house import House
from quipu.operations.packing import items_for
from quipu.operations.planners import planners
from quipu.operations.running import CancelCheck, Progress, step
from quipu.operations.warnings import silent_days
from quipu.store.entries import CENTRE, BundleEntry, SentEntry

AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Correspondent:
    """One with whom bundles are exchanged.

    `audience` is the office's item, a planner's device, or `"centre"` in an office; `name` is `""`
    for the centre. `last_*` tell of the last bundle that came (0, `""`: none), `sent_*` of the
    last that was written for it; `acknowledged` is when the newest acknowledged one was. `missing`
    are numbers that never came, `refused` counts what it wrote that does not count. `days` are
    those since its last bundle was made (`None`: never heard), `silent` whether they are too many.
    """

    audience: str
    name: str
    units: tuple[str, ...] = ()
    last_sequence: int = 0
    last_received: str = ""
    last_made: str = ""
    missing: tuple[int, ...] = ()
    refused: int = 0
    sent_sequence: int = 0
    sent_at: str = ""
    acknowledged_sequence: int = 0
    acknowledged: str = ""
    days: int | None = None
    silent: bool = False


def correspondents(house: House) -> list[Correspondent]:
    """Give with whom bundles are exchanged here and how it stands, in the order of names."""
    return sorted(_all(house), key=lambda one: (one.name.casefold(), one.audience))


def pending_by_audience(
    house: House,
    *,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> dict[str, int]:
    """Count for everyone what has not been acknowledged."""
    if house.role == "office":
        return {CENTRE: house.workspace.pending(CENTRE, None)}
    facts = house.facts()
    offices = facts.of_kind("office")
    items = scopes(facts, offices)
    found = {one.device: house.workspace.pending(one.device, None) for one in planners(house)}
    for index, office in enumerate(offices):
        step(progress, cancelled, index, len(offices))
        audits = facts.text(office, "role") == AUDITOR
        mine = items_for(house, office) if audits else items[office]
        found[office] = house.workspace.pending(office, mine)
    step(progress, None, len(offices), len(offices))
    return found


def unit_names(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Give the names of the units of each office."""
    found: dict[str, list[str]] = {}
    for unit in facts.of_kind("unit"):
        found.setdefault(facts.text(unit, "office"), []).append(facts.text(unit, "name"))
    return {office: tuple(names) for office, names in found.items() if office}


def _all(house: House) -> Iterator[Correspondent]:
    facts, entries, sent = house.facts(), house.workspace.bundles(), house.workspace.sent()
    books = _Books(house, facts, entries, sent)
    if house.role == "office":
        yield books.of(CENTRE, "", [one for one in entries if not one.office])
        return
    units = unit_names(facts)
    for office in facts.of_kind("office"):
        came = [one for one in entries if one.office == office]
        yield books.of(office, facts.text(office, "name"), came, units.get(office, ()))
    for planner in planners(house):
        came = [one for one in entries if one.device == planner.device]
        yield books.of(planner.device, planner.name, came)


class _Books:
    """What was received, sent and refused, from which each line of correspondence is read."""

    def __init__(
        self,
        house: House,
        facts: Facts,
        entries: Sequence[BundleEntry],
        sent: Sequence[SentEntry],
    ) -> None:
        self._now = house.clock()
        self._sent = sent
        self._limit = silent_days(facts, house.dataset)
        self._missing: dict[str, list[int]] = {}
        devices = {entry.device: entry.office for entry in entries}
        for gap in gaps(house):
            place = devices[gap.device] or (CENTRE if house.role == "office" else gap.device)
            self._missing.setdefault(place, []).extend(gap.numbers)
        self._refused = Counter(entry.office or CENTRE for entry in house.workspace.refused())
        self._mine = house.office

    def of(
        self, audience: str, name: str, came: Sequence[BundleEntry], units: tuple[str, ...] = ()
    ) -> Correspondent:
        """Give how it stands with one: what came of it, oldest first, and what it was sent."""
        last = came[-1] if came else None
        sent = [one for one in self._sent if one.audience == audience]
        heard = [one for one in sent if one.acknowledged]
        made = moment_of(last.made_at) if last is not None else None
        days = None if made is None else max((self._now - made).days, 0)
        refused = self._refused[self._mine if audience == CENTRE else audience]
        return Correspondent(
            audience=audience,
            name=name,
            units=units,
            last_sequence=last.seq if last is not None else 0,
            last_received=last.received_at if last is not None else "",
            last_made=last.made_at if last is not None else "",
            missing=tuple(sorted(self._missing.get(audience, ()))),
            refused=refused,
            sent_sequence=sent[-1].seq if sent else 0,
            sent_at=sent[-1].at if sent else "",
            acknowledged_sequence=heard[-1].seq if heard else 0,
            acknowledged=heard[-1].acknowledged if heard else "",
            days=days,
            silent=days is not None and days > self._limit,
        )
