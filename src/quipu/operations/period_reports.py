"""The report of a period as its unit works on it: what it says and lacks, taken from the last."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.approval import Standing, report_standing
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.period_report import PeriodReport
from quipu.domain.period_report import period_report as gather
from quipu.domain.report_rules import ReportRules
from quipu.domain.workflow import State, report_state
from quipu.operations.calendars import plan_period, plan_periods, reported_periods
from quipu.operations.finding import find_plan, find_row, find_unit, plan_rows
from quipu.operations.gesture import Entry, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import NOTHING, Outcome
from quipu.operations.permission import may_change


@dataclass(frozen=True, slots=True)
class Reported:
    """A unit's report of a period: its content, what was asked for, and where it stands.

    `incomplete` is the reason for which it was submitted with something missing.
    """

    report: PeriodReport
    asked: ReportRules
    unit: str
    state: State
    accepted: Standing
    incomplete: str


def period_report(
    house: House,
    *,
    unit: str,
    period: str,
    plan: str = "",
    language: str = "es",
    facts: Facts | None = None,
    rows: Mapping[str, list[str]] | None = None,
) -> Reported:
    """Give a unit's report of a period with what it lacks; `language` is that of its findings.

    `facts` and `rows` (the plan's by unit) are for who reads many reports.
    Raises `InputError` `unit-unknown`, `plan-unknown`, `plan-missing` or `period-unknown`.
    """
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan, period=period)
    whose = find_unit(known, unit)
    when = plan_period(house.forms, known, item, period)
    method = method_of(house, known, item)
    report = gather(
        known,
        item,
        whose,
        when,
        asked=method.report,
        rules=method.evaluation,
        language=language,
        rows=rows,
    )
    return Reported(
        report,
        method.report,
        known.text(whose, "name"),
        report_state(known, item, whose, when),
        report_standing(known, item, whose, when),
        known.text(item, "incomplete", when, whose),
    )


def copy_report(
    house: House,
    *,
    unit: str,
    period: str,
    since: str = "",
    only: Collection[str] = (),
    activity: str = "",
    plan: str = "",
    author: str,
) -> Outcome:
    """Take what a unit said in another period over into a report, as one gesture.

    `since` is the period to copy from, the one before for `""`. Copied are the texts that the
    form asks for, or `only` these fields, of one activity and not of the whole report where one
    is named; never files, and never over what is said already. Raises `InputError`
    `period-first` (period), `copy-field` (field), `unit-not-yours`, or as `enter` where nothing of
    the report may be written.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    whose = find_unit(facts, unit)
    when = plan_period(house.forms, facts, item, period)
    asked = method_of(house, facts, item).report
    codes = _copied(asked, only)
    own = [*plan_rows(facts, item, whose), *plan_rows(facts, item, ""), item]
    if activity:
        own = [find_row(facts, plan=item, unit=whose, text=activity)]
    wanted = [
        entry
        for row in own
        if (before := _before(house, facts, row, when, since, whole=row == item))
        for entry in _taken_over(facts, (row, before, whose), codes, when)
    ]
    entries = [entry for entry in wanted if not may_change(house, facts, entry[0])]
    if wanted and not entries:
        why = may_change(house, facts, wanted[0][0])
        raise InputError(why, unit=facts.text(whose, "name"), period=when, field="", row="")
    return write(house, entries, facts=facts, author=author) if entries else NOTHING


def _taken_over(
    facts: Facts, place: tuple[str, str, str], codes: Collection[str], period: str
) -> Iterator[Entry]:
    """Give what a period takes over from another, where nothing is said yet."""
    row, before, unit = place
    for code in codes:
        value = facts.value(row, code, before, unit)
        target = Address(row, code, period, unit)
        if value is not None and facts.value(*target) is None:
            yield target, value


def _copied(asked: ReportRules, only: Collection[str]) -> list[str]:
    """Give the fields to copy: texts that are asked for, or those that were named."""
    for code in only:
        known = fields.find(code)
        if known is None or known.group != "progress" or known.type == "blob":
            raise InputError("copy-field", field=code)
    if only:
        return list(dict.fromkeys(only))
    texts = (one.code for one in asked.fields if _is_text(one.code))
    return list(dict.fromkeys(texts))


def _is_text(code: str) -> bool:
    known = fields.find(code)
    return known is not None and known.type == "text"


def _before(house: House, facts: Facts, row: str, period: str, since: str, *, whole: bool) -> str:
    """Give the period to copy from; `""` where a row is not reported in such periods."""
    known = (
        plan_periods(house.forms, facts, row)
        if whole
        else reported_periods(house.forms, facts, row)
    )
    if period not in known:
        return ""
    if since:
        wanted = since.strip().upper()
        return wanted if wanted in known and wanted != period else ""
    place = known.index(period)
    if whole and not place:
        raise InputError("period-first", period=period)
    return known[place - 1] if place else ""
