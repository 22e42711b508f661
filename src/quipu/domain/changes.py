"""Changes of a plan in force: each with its cause and act, and what every cell said before (S3-12).

A change is an item of the plan; every cell that it changed is an item below it, of the unit whose
row it was, so that offices receive what concerns them. What the approval said is worked out from
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.value import Value

CHANGE = "change"
LINE = "change-line"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A cell that was changed: a row's field, in a period or in none; texts, `""` for blank."""

    row: str
    unit: str
    field: str
    period: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A reprogramming: which edition it made, why, by which act, who wrote it down and when."""

    item: str
    edition: int
    cause: str
    reason: str
    act_kind: str
    act_number: str
    act_date: str
    by: str
    at: str
    lines: tuple[ChangeLine, ...]


def plan_changes(facts: Facts, plan: str) -> list[PlanChange]:
    """Give a plan's changes in the order of their editions."""
    found = [
        PlanChange(
            item=item,
            edition=int(facts.number(item, "edition") or 1),
            cause=facts.text(item, "cause"),
            reason=facts.text(item, "text"),
            act_kind=facts.text(item, "act_kind"),
            act_number=facts.text(item, "act_number"),
            act_date=facts.text(item, "act_date"),
            by=facts.text(item, "said_by"),
            at=facts.text(item, "said_at"),
            lines=tuple(_lines(facts, item)),
        )
        for item in facts.of_kind(CHANGE)
        if facts.text(item, "plan") == plan
    ]
    return sorted(found, key=lambda one: (one.edition, one.at, one.item))


def _lines(facts: Facts, change: str) -> Iterable[ChangeLine]:
    for line in facts.children(change):
        if facts.text(line, "kind") == LINE:
            yield ChangeLine(
                row=facts.text(line, "about"),
                unit=facts.text(line, "unit"),
                field=facts.text(line, "about_field"),
                period=facts.text(line, "about_period"),
                before=facts.text(line, "before"),
                after=facts.text(line, "after"),
            )


def original_values(facts: Facts, plan: str) -> dict[Address, Value]:
    """Give what each changed cell said when the plan was approved: before its first change."""
    found: dict[Address, Value] = {}
    for change in plan_changes(facts, plan):
        for line in change.lines:
            address = Address(line.row, line.field, line.period)
            found.setdefault(address, _value(line.field, line.before))
    return found


def original_row(facts: Facts, row: str, originals: dict[Address, Value]) -> Facts:
    """Give a row's own facts as they were approved."""
    own = {Address(row, *key): value for key, value in facts.entries(row).items()}
    own.update({address: value for address, value in originals.items() if address.item == row})
    return Facts(own.items())


def _value(field: str, text: str) -> Value:
    known = find(field)
    if not text or known is None or known.type != "number":
        return text or None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
