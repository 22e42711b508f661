"""The way of a unit's period report: reviewed, submitted, returned, accepted, consolidated."""

from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.approval import Standing, report_digest, report_standing, review_standing
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.observations import open_cells, written
from quipu.domain.period_report import period_report
from quipu.domain.roles import Act, check_role
from quipu.domain.workflow import (
    CLOSED,
    Side,
    State,
    Step,
    needs_reason,
    next_state,
    report_state,
)
from quipu.forms.method import Method
from quipu.operations.calendars import plan_period
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.gesture import Entry, centre_only, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import NOTHING, Outcome
from quipu.operations.refusals import reopening


@dataclass(frozen=True, slots=True)
class _Report:
    """A unit's report of a period of a plan, all by id."""

    plan: str
    unit: str
    period: str

    def at(self, field: str) -> Address:
        """Give the address of one of the report's own fields."""
        return Address(self.plan, field, self.period, self.unit)

    def name(self, facts: Facts) -> str:
        """Give the unit's name."""
        return facts.text(self.unit, "name")

    def state(self, facts: Facts) -> State:
        """Give the report's state."""
        return report_state(facts, self.plan, self.unit, self.period)

    def review(self, facts: Facts) -> Standing:
        """Tell whether the head's review still holds."""
        return review_standing(facts, self.plan, self.unit, self.period)


def submit(
    house: House,
    *,
    unit: str,
    period: str,
    plan: str = "",
    anyway: str = "",
    author: str,
    role: str = "",
) -> Outcome:
    """Say that a unit's report of a period is complete, or goes as it is `anyway` for a reason.

    An office submits for its own units, the centre for units that no office answers for. A
    report that is submitted already stays as it is. Where the head of unit submits, that is also
    the head's review. Raises `InputError` `unit-not-yours` (unit), `report-state.<state>`,
    `review-missing` (unit, period) where the method requires one, `report-incomplete` (unit,
    period, missing) where it requires what the report lacks, `report-not-anyway` where it allows
    no reason, or as `check_role`.
    """
    facts = house.facts()
    report = _own_report(house, facts, unit, period, plan)
    method = method_of(house, facts, report.plan)
    rules = method.states
    check_role(role, "submit", rules.roles)
    if report.state(facts) == "submitted":
        return NOTHING
    reason = _as_it_is(facts, report, method, anyway)
    office = facts.text(report.unit, "office")
    side: Side = "centre" if house.role == "centre" and office else "office"
    entries = [_step(facts, report, "submit", side)]
    if role == "head":
        entries.append(_reviewed(facts, report))
    elif rules.review == "required" and report.review(facts) != "holds":
        raise InputError("review-missing", unit=report.name(facts), period=report.period)
    entries.append((report.at("submitted_at"), house.clock().isoformat(timespec="seconds")))
    entries.append((report.at("incomplete"), reason))
    return write(house, entries, facts=facts, author=author, reason=reason)


def _as_it_is(facts: Facts, report: _Report, method: Method, anyway: str) -> str | None:
    """Give why a report goes with something missing, `None` where nothing is or nobody said."""
    found = period_report(
        facts,
        report.plan,
        report.unit,
        report.period,
        asked=method.report,
        rules=method.evaluation,
    )
    lacks = [one for one in found.missing if one.severity == "error"]
    if not lacks:
        return None
    reason = anyway.strip()
    if method.report.missing == "refuse":
        where = {"unit": report.name(facts), "period": report.period, "missing": len(lacks)}
        if reason and not method.report.anyway:
            raise InputError("report-not-anyway", **where)
        if not reason:
            raise InputError("report-incomplete", **where)
    return reason or None


def review(
    house: House, *, unit: str, period: str, plan: str = "", author: str, role: str = "head"
) -> Outcome:
    """Say that the head of unit has looked at a report, before it is submitted (S3-01).

    What is changed afterwards must be looked at again. Raises as `submit`.
    """
    facts = house.facts()
    report = _own_report(house, facts, unit, period, plan)
    check_role(role, "review", method_of(house, facts, report.plan).states.roles)
    state = report.state(facts)
    if state in CLOSED:
        raise InputError(
            f"report-state.{state}", unit=report.name(facts), period=report.period, step="review"
        )
    return write(house, [_reviewed(facts, report)], facts=facts, author=author)


def unreviewed(house: House, *, unit: str, period: str, plan: str = "") -> bool:
    """Tell whether the method asks for the head's review of a report, and it has none that holds.

    What was changed since the head looked counts as not looked at.
    """
    facts = house.facts()
    report = _report(house, facts, unit, period, plan)
    asked = method_of(house, facts, report.plan).states.review != "none"
    return asked and report.review(facts) != "holds"


def accept(
    house: House, *, unit: str, period: str, plan: str = "", author: str, role: str = ""
) -> Outcome:
    """Accept a submitted report, at the centre, as it is now.

    The acceptance is tied to what the report says. One that was changed since may be accepted
    again.
    """
    return _judge(house, "accept", unit, period, plan, author, role)


def return_report(
    house: House,
    *,
    unit: str,
    period: str,
    reason: str,
    plan: str = "",
    author: str,
    role: str = "",
) -> Outcome:
    """Give a submitted or accepted report back for correction, with the reason, at the centre.

    Where cells of it are observed and not resolved, the office may change only these.
    """
    words = demand_words(reason, "reason-missing")
    return _judge(house, "return", unit, period, plan, author, role, words)


def consolidate(
    house: House, *, unit: str, period: str, plan: str = "", author: str, role: str = ""
) -> Outcome:
    """Take an accepted report into the institution's, at the centre."""
    return _judge(house, "consolidate", unit, period, plan, author, role)


def _report(house: House, facts: Facts, unit: str, period: str, plan: str) -> _Report:
    item = find_plan(facts, plan=plan, period=period)
    return _Report(item, find_unit(facts, unit), plan_period(house.forms, facts, item, period))


def _own_report(house: House, facts: Facts, unit: str, period: str, plan: str) -> _Report:
    report = _report(house, facts, unit, period, plan)
    if house.role == "office" and facts.text(report.unit, "office") != house.office:
        raise InputError("unit-not-yours", unit=report.name(facts))
    return report


def _reviewed(facts: Facts, report: _Report) -> Entry:
    digest = report_digest(facts, report.plan, report.unit, report.period)
    return (report.at("head_review"), digest)


def _judge(
    house: House,
    step: Step,
    unit: str,
    period: str,
    plan: str,
    author: str,
    role: str,
    reason: str = "",
) -> Outcome:
    centre_only(house)
    facts = house.facts()
    report = _report(house, facts, unit, period, plan)
    state = report.state(facts)
    act: Act = "reopen" if needs_reason(state, step) else _ACTS[step]
    check_role(role, act, method_of(house, facts, report.plan).states.roles)
    known = (facts, report.plan, report.unit, report.period)
    entries: list[Entry] = []
    if not (step == "accept" and state in CLOSED and report_standing(*known) == "modified"):
        entries.append(_step(facts, report, step, "centre"))
    if step == "accept":
        entries.append((report.at("accepted"), report_digest(*known)))
    if step == "return":
        entries += [
            (report.at("observation"), reason),
            (report.at("accepted"), None),
            (report.at("opened"), written(open_cells(*known))),
            *reopening(house, facts, plan=report.plan, unit=report.unit, period=report.period),
        ]
    return write(house, entries, facts=facts, author=author, reason=reason or None)


_ACTS: dict[Step, Act] = {
    "submit": "submit",
    "accept": "accept",
    "return": "return",
    "consolidate": "consolidate",
}


def _step(facts: Facts, report: _Report, step: Step, side: Side) -> Entry:
    name = report.name(facts)
    after = next_state(report.state(facts), step, by=side, unit=name, period=report.period)
    return (report.at("report"), after)


def demand_words(text: str, missing: str) -> str:
    """Give a person's words without the blanks around them; raises `InputError` of that code."""
    words = text.strip()
    if not words:
        raise InputError(missing)
    return words
