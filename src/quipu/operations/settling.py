"""Settling disputes: one by a person's choice, or many by a rule, as one gesture."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.value import Value
from quipu.operations.cells import UnreadableText
from quipu.operations.deletions import deletion, restoring
from quipu.operations.disputes import Dispute, Head, disputes, unit_of
from quipu.operations.gesture import Entry, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.permission import may_change, read_typed

Rule = Literal["office", "centre", "latest-per-author"]
RULES: tuple[Rule, ...] = ("office", "centre", "latest-per-author")


@dataclass(frozen=True, slots=True)
class Settled:
    """What a rule settled: one gesture, how many disputes it ended, and how many it left open."""

    outcome: Outcome
    settled: int
    left: int


def settle(
    house: House,
    *,
    dispute: str,
    head: str | None = None,
    value: str | None = None,
    note: str = "",
    author: str,
) -> Outcome:
    """Settle a dispute by one of its heads or by a third value (`""` blanks it).

    Of a row that was deleted and written in at once, the deletion's head deletes it for good, any
    other brings it back. Raises `InputError` `dispute-unknown`, `head-unknown`, `settle-choice`
    (neither or both given), `malformed-number` and the like, and the codes of `may_change` where
    an office may not write there.
    """
    known = {one.id: one for one in disputes(house)}
    if dispute not in known:
        raise InputError("dispute-unknown", dispute=dispute)
    found, facts = known[dispute], house.facts()
    if (head is None) == (value is None):
        raise InputError("settle-choice")
    chosen = next((one for one in found.heads if one.revision == head), None)
    if head is not None and chosen is None:
        raise InputError("head-unknown", revision=head)
    _permitted(house, facts, found)
    if found.edited:
        entries = _of_row(house, facts, found, chosen, value)
    elif chosen is not None:
        entries = [(found.address, chosen.value)]
    else:
        entries = [(found.address, _third_value(house, facts, found.address, value or ""))]
    return write(house, entries, facts=facts, author=author, reason=note or None)


def settle_all(
    house: House,
    *,
    rule: Rule,
    units: Collection[str] = (),
    field: str = "",
    note: str = "",
    author: str,
) -> Settled:
    """Settle by a rule all open disputes (of some units, of a field) that it decides.

    `office` and `centre` take what that side said last; `latest-per-author` takes the latest where
    all values are one person's. What the rule does not decide, and what this workspace may not
    write, stays open. Raises `InputError("rule-unknown", rule, known)`.
    """
    if rule not in _CHOOSERS:
        raise InputError("rule-unknown", rule=rule, known=", ".join(RULES))
    facts = house.facts()
    found = [one for one in disputes(house, units=units) if not field or one.address.field == field]
    entries: list[Entry] = []
    settled = 0
    for one in found:
        chosen = _CHOOSERS[rule](one)
        if chosen is None or _refusal(house, facts, one):
            continue
        settled += 1
        entries += (
            _of_row(house, facts, one, chosen, None)
            if one.edited
            else [(one.address, chosen.value)]
        )
    outcome = write(house, entries, facts=facts, author=author, reason=note or f"rule: {rule}")
    return Settled(outcome, settled, len(found) - settled)


def _of_side(dispute: Dispute, *, office: bool) -> Head | None:
    own = [head for head in dispute.heads if bool(head.office) == office]
    return max(own, key=_when, default=None)


def _latest_per_author(dispute: Dispute) -> Head | None:
    people = {(head.author, head.office) for head in dispute.heads}
    return max(dispute.heads, key=_when) if len(people) == 1 else None


def _when(head: Head) -> tuple[str, str]:
    return head.at, head.revision


_CHOOSERS: dict[str, Callable[[Dispute], Head | None]] = {
    "office": lambda dispute: _of_side(dispute, office=True),
    "centre": lambda dispute: _of_side(dispute, office=False),
    "latest-per-author": _latest_per_author,
}


def _of_row(
    house: House, facts: Facts, dispute: Dispute, chosen: Head | None, value: str | None
) -> list[Entry]:
    """Delete a row again, now knowing what was written in it, or bring it back."""
    if chosen is not None:
        gone = chosen.value is True and all(
            chosen.revision != past.revision
            for past in dispute.history
            if past.address in dispute.edited
        )
    else:
        gone = _third_value(house, facts, dispute.address, value or "") is True
    item = dispute.address.item
    return deletion(house, item) if gone else restoring(item)


def _permitted(house: House, facts: Facts, dispute: Dispute) -> None:
    refusal = _refusal(house, facts, dispute)
    if refusal:
        raise InputError(
            refusal,
            field=dispute.address.field,
            period=dispute.address.period,
            unit=dispute.unit,
            row=dispute.code,
        )


def _refusal(house: House, facts: Facts, dispute: Dispute) -> str:
    """The centre decides everything; an office what it may write anyhow."""
    return "" if house.role == "centre" else may_change(house, facts, dispute.address)


def _third_value(house: House, facts: Facts, address: Address, text: str) -> Value:
    try:
        return read_typed(house, facts, address, text)
    except UnreadableText as mistake:
        places: dict[str, object] = {"field": address.field, "period": address.period}
        row = facts.text(address.item, "code")
        unit = facts.text(unit_of(facts, address), "name")
        raise InputError(
            mistake.code, value=text, row=row, unit=unit, **places, **mistake.params
        ) from None
