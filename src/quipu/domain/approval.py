"""What was approved, tied to its content: any edit afterwards shows (S3-19).

An approval keeps the SHA-256 of a canonical dump of what it approved: the rows of a plan without
their progress, or a unit's report of a period. Whether it still holds is worked out from the facts.
"""

import hashlib
import json
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.period import Period
from quipu.domain.value import Value, value_text

Standing = Literal["none", "holds", "modified"]
"""Whether there is an approval, and whether its content still stands."""

Report = tuple[str, str]
"""A unit and the period of its report."""

_NO_CONTENT = frozenset(
    {
        *("state", "due", "where", "form_version", "method", "seen", "order"),
        *("report", "submitted_at", "incomplete"),
    }
)
"""Fields of the workflow and of keeping, which say nothing of a plan or a report."""

_REVIEWED = frozenset({"head_review", "answer", "answered_at", "answered_by", "read_at", "read_by"})


def plan_digest(facts: Facts, plan: str) -> str:
    """Give the SHA-256 of a plan's content: its own fields, its rows' and its sections'."""
    items = [plan, *(item for item in facts.items() if _belongs(facts, item, plan))]
    return _digest(
        (Address(item, field, period, unit), value)
        for item in items
        for (field, period, unit), value in facts.entries(item).items()
        if not unit and field not in _NO_CONTENT and _group(field) in ("plan", "registry")
    )


def _belongs(facts: Facts, item: str, plan: str) -> bool:
    of_plan = facts.text(item, "plan") == plan and not facts.flag(item, "deleted")
    return of_plan and (bool(facts.text(item, "form")) or _is_own_section(facts, item))


def _is_own_section(facts: Facts, item: str) -> bool:
    """Tell a section of the plan from the texts of an evaluation (`key@period`)."""
    return facts.text(item, "kind") == "section" and "@" not in facts.text(item, "name")


def report_digest(facts: Facts, plan: str, unit: str, period: str) -> str:
    """Give the SHA-256 of a unit's report: its progress on the plan's rows within the period."""
    return report_digests(facts, plan, [(unit, period)])[unit, period]


def report_digests(facts: Facts, plan: str, reports: Iterable[Report]) -> dict[Report, str]:
    """Give the SHA-256 of many reports (unit and period); reads the snapshot once."""
    said: dict[Report, list[tuple[Address, Value]]] = {report: [] for report in reports}
    periods: dict[str, list[tuple[str, Period]]] = {}
    for unit, period in said:
        periods.setdefault(unit, []).append((period, Period.parse(period)))
    for address, value in _reported(facts, plan, periods):
        for period, whole in periods[address.unit]:
            if _within(address.period, whole):
                said[address.unit, period].append((address, value))
    return {report: _digest(entries) for report, entries in said.items()}


def _reported(facts: Facts, plan: str, units: Container[str]) -> Iterator[tuple[Address, Value]]:
    for item in facts.items():
        own = item == plan
        if not own and (facts.text(item, "plan") != plan or facts.flag(item, "deleted")):
            continue
        for (field, period, reporter), value in facts.entries(item).items():
            if reporter in units and period and _says(field, own=own):
                yield Address(item, field, period, reporter), value


def _says(field: str, *, own: bool) -> bool:
    """Tell whether a field is what a report says: progress, or the report's own on the plan."""
    group = _group(field)
    said = group == "progress" or (own and group == "report")
    return said and field not in _NO_CONTENT | _REVIEWED


@cache
def _within(period: str, whole: Period) -> bool:
    try:
        return whole.contains(Period.parse(period))
    except ValueError:
        return False


def _group(field: str) -> str:
    known = find(field)
    return known.group if known is not None else ""


def _digest(entries: Iterable[tuple[Address, Value]]) -> str:
    lines = sorted(
        [*address, "n" if isinstance(value, Decimal) else "t", value_text(value)]
        for address, value in entries
    )
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plan_standing(facts: Facts, plan: str) -> Standing:
    """Tell whether a plan still says what its act approved; needs all of its rows."""
    approved = facts.text(plan, "approved")
    if not approved:
        return "none"
    return "holds" if approved == plan_digest(facts, plan) else "modified"


def report_standing(facts: Facts, plan: str, unit: str, period: str) -> Standing:
    """Tell whether a unit's report still says what was accepted."""
    return _still(facts, plan, unit, period, "accepted")


def review_standing(facts: Facts, plan: str, unit: str, period: str) -> Standing:
    """Tell whether a unit's report still says what its head of unit looked at."""
    return _still(facts, plan, unit, period, "head_review")


def modified_reports(facts: Facts, plan: str, reports: Iterable[Report]) -> set[Report]:
    """Give those of some reports that say something else than what was accepted."""
    return _standings(facts, plan, reports, "accepted", "modified")


def reviewed_reports(facts: Facts, plan: str, reports: Iterable[Report]) -> set[Report]:
    """Give those of some reports that still say what their heads of unit looked at."""
    return _standings(facts, plan, reports, "head_review", "holds")


def _standings(
    facts: Facts, plan: str, reports: Iterable[Report], field: str, wanted: Standing
) -> set[Report]:
    kept = {
        (unit, period): digest
        for unit, period in reports
        if (digest := facts.text(plan, field, period, unit))
    }
    now = report_digests(facts, plan, kept)
    return {
        report for report, digest in kept.items() if (digest == now[report]) == (wanted == "holds")
    }


def _still(facts: Facts, plan: str, unit: str, period: str, field: str) -> Standing:
    if not facts.text(plan, field, period, unit):
        return "none"
    holds = _standings(facts, plan, [(unit, period)], field, "holds")
    return "holds" if holds else "modified"
