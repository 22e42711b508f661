"""The findings of the checks on the stored plan, and what a person decides of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.fields import DECISION
from quipu.domain.problem import Problem
from quipu.domain.value import Value
from quipu.forms.checks import run_checks
from quipu.forms.rows import rows_from_facts
from quipu.operations.calendars import row_periods
from quipu.operations.cells import UnreadableText
from quipu.operations.finding import find_plan, find_unit, unit_name
from quipu.operations.gesture import Entry, centre_only, write
from quipu.operations.house import House
from quipu.operations.other_plans import other_rows, plan_year
from quipu.operations.outcome import Outcome
from quipu.operations.permission import read_typed

Action = Literal["accept", "keep", "edit"]

_WORDS: Mapping[Action, str] = {"accept": "accepted", "keep": "kept", "edit": "edited"}
_HEADER = ("document_code", "version", "date", "title")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding on the stored plan.

    `address` is the cell to jump to, its field `""` where the finding is about the whole row.
    `decision` is `accepted`, `kept` or `edited` once a person has decided, with their `note`; who
    it was (`author`) and when (`at`, as in the ledger).
    """

    problem: Problem
    item: str
    address: Address
    decision: str | None = None
    note: str = ""
    author: str = ""
    at: str = ""


def findings(
    house: House, *, plan: str = "", units: Collection[str] = (), closed: bool = False
) -> list[Finding]:
    """Check the stored plan again, of some units or of all.

    Findings that a person decided are left out, or are the only ones given with `closed`.
    """
    facts = house.facts()
    if not plan and not facts.of_kind("plan"):
        return []
    item = find_plan(facts, plan=plan)
    wanted = {facts.text(find_unit(facts, unit), "name") for unit in units}
    found = _all_findings(house, facts, item)
    kept = [
        finding
        for finding in found
        if (finding.decision is not None) == closed
        and (not wanted or finding.problem.unit in wanted)
    ]
    return [_signed(house, finding) for finding in kept] if closed else kept


def corrected_findings(house: House, *, plan: str) -> list[Finding]:
    """Give what was decided and is found no more, for its value was corrected.

    Of such a problem only its check, its place and the text as published are known.
    """
    facts = house.facts()
    found = _all_findings(house, facts, plan)
    known = {_decided_at(one.item, one.problem.check, one.problem.target) for one in found}
    gone: list[Finding] = []
    for address, said in facts:
        item, check = address.item, address.field.removeprefix(DECISION)
        decided = check != address.field and said is not None and address not in known
        if not decided or plan not in (item, facts.text(item, "plan")):
            continue
        published = facts.text(item, "target.published", address.period) if address.period else ""
        problem = Problem(
            check, "info", facts.text(item, "where"), unit_name(facts, item),
            facts.text(item, "code"), target=address.period, value=published or None, item=item,
        )  # fmt: skip
        decision, note = _decision(facts, problem)
        gone.append(_signed(house, Finding(problem, item, _cell(problem), decision, note)))
    return gone


def _signed(house: House, finding: Finding) -> Finding:
    """Tell who decided a finding, and when."""
    place = _decided_at(finding.item, finding.problem.check, finding.problem.target)
    said = house.workspace.history(place.item, field=place.field, period=place.period)
    last = max((entry.revision for entry in said), key=lambda one: (one.depth, one.at))
    return replace(finding, author=last.author, at=last.at)


def _all_findings(house: House, facts: Facts, plan: str) -> Iterable[Finding]:
    # All rows, whatever the units asked for: some checks compare tables with each other.
    rows = rows_from_facts(facts, plan, house.forms)
    header = {field: facts.text(plan, field) for field in _HEADER if facts.text(plan, field)}
    others = other_rows(house, facts, plan, rows)
    year = plan_year(facts, plan)
    for problem in run_checks(rows, house.forms, header=header, others=others, year=year):
        item = rows[problem.row].item if problem.row is not None else plan
        placed = replace(problem, item=item)
        decision, note = _decision(facts, placed)
        yield Finding(placed, item, _cell(placed), decision, note)


def _cell(problem: Problem) -> Address:
    """Give the cell that a finding is about, the row's own address where it is about no cell."""
    if not problem.target:
        return Address(problem.item, "")
    if fields.find(problem.target) is not None:
        return Address(problem.item, problem.target)
    name, colon, period = problem.target.partition(":")
    if colon:
        return Address(problem.item, name, period)
    return Address(problem.item, "target", problem.target)


def _decided_at(item: str, check: str, target: str) -> Address:
    period = target if target and fields.find(target) is None else ""
    return Address(item, DECISION + check, period)


def _decision(facts: Facts, problem: Problem) -> tuple[str | None, str]:
    place = _decided_at(problem.item, problem.check, problem.target)
    word, _, note = facts.text(place.item, place.field, place.period).partition(" ")
    return (word or None), note


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides of one finding.

    `accept` writes the finding's proposal as the working value, `edit` writes `value`, `keep`
    leaves the value as it is. `target` tells findings of one check on one row apart.
    """

    item: str
    check: str
    action: Action
    target: str = ""
    value: str | None = None


def decide(
    house: House,
    *,
    item: str,
    check: str,
    action: Action,
    target: str = "",
    value: str | None = None,
    note: str = "",
    author: str,
) -> Outcome:
    """Decide a finding of a row, or of the plan itself; else as `decide_all`."""
    decision = Decision(item, check, action, target, value)
    return decide_all(house, decisions=[decision], note=note, author=author)


def decide_all(
    house: House, *, decisions: Sequence[Decision], note: str = "", author: str
) -> Outcome:
    """Decide several findings as one gesture, all with one note.

    The published text never changes. Raises `InputError` `finding-unknown`, `proposal-missing`,
    `value-missing`, `cell-missing` or `malformed-number` and the like; then nothing was stored.
    """
    centre_only(house)
    facts = house.facts()
    known: dict[str, list[Finding]] = {}
    entries: list[Entry] = []
    for decision in decisions:
        is_plan = facts.text(decision.item, "kind") == "plan"
        plan = decision.item if is_plan else facts.text(decision.item, "plan")
        if plan and plan not in known:
            known[plan] = list(_all_findings(house, facts, plan))
        finding = _meant(known.get(plan, ()), decision)
        entries += _working_values(house, facts, finding, decision.action, decision.value)
        words = f"{_WORDS[decision.action]} {note.strip()}".strip()
        place = _decided_at(decision.item, decision.check, finding.problem.target)
        entries.append((place, words))
    return write(house, entries, facts=facts, author=author, reason=note.strip() or None)


def _meant(found: Iterable[Finding], decision: Decision) -> Finding:
    for finding in found:
        same = (finding.item, finding.problem.check) == (decision.item, decision.check)
        if same and decision.target in ("", finding.problem.target):
            return finding
    raise InputError("finding-unknown", check=decision.check, item=decision.item)


def _working_values(
    house: House, facts: Facts, finding: Finding, action: Action, value: str | None
) -> list[Entry]:
    problem = finding.problem
    if action == "keep":
        return []
    if action == "edit" and value is None:
        raise InputError("value-missing")
    if action == "accept" and problem.proposal is None:
        raise InputError("proposal-missing", check=problem.check, row=problem.code)
    if not finding.address.field:
        raise InputError("cell-missing", check=problem.check, row=problem.code)
    text = problem.proposal if action == "accept" else value
    beside = _beside(problem) if action == "accept" else []
    if finding.address in (address for address, _ in beside):
        # What is shown to the person is not what is stored: codes for ids.
        return beside
    entries: list[Entry] = [(finding.address, _read(house, facts, finding, text or ""))]
    if action == "accept":
        entries.extend(_moved_back(house, facts, problem))
    return [*entries, *beside]


def _beside(problem: Problem) -> list[Entry]:
    """Give what goes with a proposal: the number and kind of measure of a threshold (S4-11)."""
    also = problem.params.get("also")
    if not isinstance(also, Mapping):
        return []
    return [
        (Address(problem.item, field), Decimal(text) if _is_number(field) else text)
        for field, text in also.items()
    ]


def _read(house: House, facts: Facts, finding: Finding, text: str) -> Value:
    if text == finding.problem.proposal and _is_number(finding.address.field):
        # A proposal is plain, whatever the form's own style.
        return Decimal(text)
    try:
        return read_typed(house, facts, finding.address, text)
    except UnreadableText as mistake:
        field, period = finding.address.field, finding.address.period
        places: dict[str, object] = {"field": field, "period": period}
        row, unit = finding.problem.code, finding.problem.unit
        raise InputError(
            mistake.code, value=text, row=row, unit=unit, **places, **mistake.params
        ) from None


def _is_number(field: str) -> bool:
    known = fields.find(field)
    return known is not None and known.type == "number"


def _moved_back(house: House, facts: Facts, problem: Problem) -> list[Entry]:
    """Give every target of a row that was printed one column too far to the right (S1-16)."""
    meant = problem.params.get("targets")
    if not isinstance(meant, Mapping):
        return []
    return [
        (
            Address(problem.item, "target", period),
            Decimal(meant[period]) if period in meant else None,
        )
        for period in row_periods(house.forms, facts, problem.item)
    ]
