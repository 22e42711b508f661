"""Who has reported what: office by period."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from quipu.domain.approval import Report, modified_reports, reviewed_reports
from quipu.domain.deadlines import Delivery, day_of, delivery, due_date, is_late, report_rule
from quipu.domain.facts import Facts
from quipu.domain.reorganised import owes
from quipu.domain.workflow import CLOSED, State, combined_state, report_states
from quipu.forms.method import Method
from quipu.operations.calendars import plan_period, plan_periods
from quipu.operations.finding import find_plan, office_units, plan_units
from quipu.operations.gaps import Gap, gaps
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.store.entries import BundleEntry

_HANDED_IN = frozenset({"submitted", "accepted", "consolidated"})


@dataclass(frozen=True, slots=True)
class PeriodStatus:
    """An office's state in a period: the least advanced of its units'.

    `due` is the day by which the report was due and `received` when a bundle brought it here;
    `delivery` has the days of both its clocks (S3-04). `voided` are the units whose report was
    changed after it was accepted, `unreviewed` those that handed in without their head's review
    where the method asks for one.
    """

    state: State
    late: bool
    due: date
    received: str | None
    delivery: Delivery
    voided: tuple[str, ...] = ()
    unreviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeStatus:
    """An office: its units' names, the last bundle's number, numbers that never came, periods.

    At the centre the numbers are those of the bundles received from it, in its own workspace
    those of the bundles it made. `refused` counts what it wrote that does not count.
    """

    office: str
    name: str
    units: tuple[str, ...]
    last_sequence: int
    missing: tuple[int, ...]
    periods: Mapping[str, PeriodStatus]
    refused: int = 0


def status(
    house: House,
    *,
    period: str = "",
    plan: str = "",
    today: date | None = None,
    facts: Facts | None = None,
) -> list[OfficeStatus]:
    """Give the state of every office (an office: its own) for one period or all of the plan's.

    `facts` is a snapshot of what is true now, where the caller has one.
    """
    facts = facts if facts is not None else house.facts()
    item = find_plan(facts, plan=plan, period=period)
    if period:
        periods = [plan_period(house.forms, facts, item, period)]
    else:
        periods = plan_periods(house.forms, facts, item)
    day = today or house.clock().astimezone().date()
    method = method_of(house, facts, item)
    came = {entry.manifest: entry for entry in house.workspace.bundles()}
    states = report_states(facts, item, periods)
    refused = Counter(entry.office for entry in house.workspace.refused())
    sent = [report for report, state in states.items() if state == "submitted"]
    asked = sent if method.states.review != "none" else []
    unreviewed = frozenset(asked) - reviewed_reports(facts, item, asked)
    void = frozenset(_void(facts, item, states))
    known = (refused, void, unreviewed, gaps(house))
    matrix = _Matrix(house, facts, item, states, day, method, came, *known)
    offices = [house.office] if house.role == "office" else facts.of_kind("office")
    return [matrix.office(office, periods) for office in offices]


def unit_status(house: House, *, plan: str = "", facts: Facts | None = None) -> dict[Report, State]:
    """Give the state of each unit's report by unit and period; those without progress too."""
    facts = facts if facts is not None else house.facts()
    item = find_plan(facts, plan=plan)
    periods = plan_periods(house.forms, facts, item)
    known = report_states(facts, item, periods)
    units = plan_units(facts, item)
    return {
        (unit, when): known.get((unit, when), "none")
        for unit in units
        for when in periods
        if owes(facts, unit, when)
    }


def voided(house: House, *, plan: str = "", facts: Facts | None = None) -> list[Report]:
    """Give unit and period of the reports that were changed after they were accepted."""
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan)
    states = report_states(known, item, plan_periods(house.forms, known, item))
    return sorted(_void(known, item, states))


def _void(facts: Facts, plan: str, states: Mapping[Report, State]) -> set[Report]:
    closed = [report for report, state in states.items() if state in CLOSED]
    return modified_reports(facts, plan, closed)


@dataclass(frozen=True, slots=True)
class _Matrix:
    """What the state of all offices is worked out from."""

    house: House
    facts: Facts
    plan: str
    states: Mapping[tuple[str, str], State]
    today: date
    method: Method
    came: Mapping[str, BundleEntry]
    refused: Mapping[str, int]
    void: Set[Report]
    unreviewed: Set[Report]
    gaps: Sequence[Gap]

    def office(self, office: str, periods: Sequence[str]) -> OfficeStatus:
        """Give one office's row."""
        units = office_units(self.facts, office)
        last, missing = self._sequence(office)
        return OfficeStatus(
            office=office,
            name=self.facts.text(office, "name"),
            units=tuple(self.facts.text(unit, "name") for unit in units),
            last_sequence=last,
            missing=missing,
            periods={when: self._period(units, when) for when in periods},
            refused=self.refused.get(office, 0),
        )

    def _period(self, units: Sequence[str], period: str) -> PeriodStatus:
        units = [unit for unit in units if owes(self.facts, unit, period)]
        state = combined_state(self.states.get((unit, period), "none") for unit in units)
        due = due_date(self.facts, self.plan, period, report_rule(self.method.calendar))
        in_hand = state in _HANDED_IN
        done = self._handed_in(units, period) if in_hand else None
        bundle = self._brought(units, period) if in_hand else None
        received = bundle.received_at if bundle is not None else None
        sealed = bundle.made_at if bundle is not None else ""
        return PeriodStatus(
            state,
            is_late(due, done, self.today),
            due,
            received,
            delivery(due, sealed=sealed, received=received or ""),
            self._named(units, period, self.void),
            self._named(units, period, self.unreviewed),
        )

    def _named(self, units: Sequence[str], period: str, among: Set[Report]) -> tuple[str, ...]:
        return tuple(self.facts.text(unit, "name") for unit in units if (unit, period) in among)

    def _handed_in(self, units: Sequence[str], period: str) -> date | None:
        """Give the day on which the last of the units handed in, as its own machine claims."""
        days = []
        for unit in units:
            moment = self.facts.text(self.plan, "submitted_at", period, unit)
            try:
                days.append(day_of(moment))
            except ValueError:
                continue
        return max(days, default=None)

    def _brought(self, units: Sequence[str], period: str) -> BundleEntry | None:
        """Give the bundle that brought the last of the units' reports here."""
        found = [
            self.came[entry.bundle]
            for unit in units
            for entry in self.house.workspace.history(
                self.plan, field="submitted_at", period=period, unit=unit
            )
            if entry.bundle is not None and entry.bundle in self.came
        ]
        return max(found, key=lambda bundle: bundle.received_at, default=None)

    def _sequence(self, office: str) -> tuple[int, tuple[int, ...]]:
        """Give the last number of the computer heard of last, and the numbers that never came."""
        workspace = self.house.workspace
        if self.house.role == "office":
            return max((sent.seq for sent in workspace.sent()), default=0), ()
        devices = [device.id for device in workspace.devices() if device.office == office]
        missing = {number for gap in self.gaps if gap.office == office for number in gap.numbers}
        heard = [entry for entry in workspace.bundles() if entry.device in devices]
        if not heard:
            return 0, tuple(sorted(missing))
        last = max(entry.seq for entry in heard if entry.device == heard[-1].device)
        return last, tuple(sorted(missing))
