"""Who has reported what: office by period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quipu.domain.deadlines import DeadlineRule, day_of, due_date, is_late, report_rule
from quipu.domain.facts import Facts
from quipu.domain.workflow import State, combined_state, report_states
from quipu.operations.calendars import plan_period, plan_periods
from quipu.operations.finding import find_plan, office_units, plan_units
from quipu.operations.house import House
from quipu.operations.methods import method_of

_HANDED_IN = frozenset({"submitted", "accepted", "consolidated"})


@dataclass(frozen=True, slots=True)
class PeriodStatus:
    """An office's state in a period: the least advanced of its units'.

    `due` is the day by which the report was due and `received` when a bundle brought it here.
    """

    state: State
    late: bool
    due: date
    received: str | None


@dataclass(frozen=True, slots=True)
class OfficeStatus:
    """An office: its units' names, the last bundle's number, numbers that never came, periods.

    At the centre the numbers are those of the bundles received from it, in its own workspace
    those of the bundles it made.
    """

    office: str
    name: str
    units: tuple[str, ...]
    last_sequence: int
    missing: tuple[int, ...]
    periods: Mapping[str, PeriodStatus]


def status(
    house: House, *, period: str = "", plan: str = "", today: date | None = None
) -> list[OfficeStatus]:
    """Give the state of every office (an office: its own) for one period or all of the plan's."""
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    if period:
        periods = [plan_period(house.forms, facts, item, period)]
    else:
        periods = plan_periods(house.forms, facts, item)
    day = today or house.clock().astimezone().date()
    rule = report_rule(method_of(house, facts, item).calendar)
    matrix = _Matrix(house, facts, item, report_states(facts, item, periods), day, rule)
    offices = [house.office] if house.role == "office" else facts.of_kind("office")
    return [matrix.office(office, periods) for office in offices]


def unit_status(house: House, *, plan: str = "") -> dict[tuple[str, str], State]:
    """Give the state of each unit's report by unit and period; those without progress too."""
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    periods = plan_periods(house.forms, facts, item)
    known = report_states(facts, item, periods)
    units = plan_units(facts, item)
    return {(unit, when): known.get((unit, when), "none") for unit in units for when in periods}


@dataclass(frozen=True, slots=True)
class _Matrix:
    """What the state of all offices is worked out from."""

    house: House
    facts: Facts
    plan: str
    states: Mapping[tuple[str, str], State]
    today: date
    rule: DeadlineRule

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
        )

    def _period(self, units: Sequence[str], period: str) -> PeriodStatus:
        state = combined_state(self.states.get((unit, period), "none") for unit in units)
        due = due_date(self.facts, self.plan, period, self.rule)
        done = self._handed_in(units, period) if state in _HANDED_IN else None
        received = self._received(units, period) if state in _HANDED_IN else None
        return PeriodStatus(state, is_late(due, done, self.today), due, received)

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

    def _received(self, units: Sequence[str], period: str) -> str | None:
        """Give when the bundle came that brought the last of the units' reports."""
        came = {entry.manifest: entry.received_at for entry in self.house.workspace.bundles()}
        found = [
            came[entry.bundle]
            for unit in units
            for entry in self.house.workspace.history(
                self.plan, field="submitted_at", period=period, unit=unit
            )
            if entry.bundle in came
        ]
        return max(found, default=None)

    def _sequence(self, office: str) -> tuple[int, tuple[int, ...]]:
        """Give the last number of the computer heard of last, and the numbers that never came."""
        workspace = self.house.workspace
        if self.house.role == "office":
            return max((sent.seq for sent in workspace.sent()), default=0), ()
        devices = [device.id for device in workspace.devices() if device.office == office]
        missing = {number for device in devices for number in workspace.missing(device)}
        heard = [entry for entry in workspace.bundles() if entry.device in devices]
        if not heard:
            return 0, tuple(sorted(missing))
        last = max(entry.seq for entry in heard if entry.device == heard[-1].device)
        return last, tuple(sorted(missing))
