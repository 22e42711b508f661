"""The strategic actions by priority (ruta estratégica, S3-16): ordered, listed, printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.coverage import ACTION, coverage
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.value import plain
from quipu.forms.draw_cycle import PaperHead
from quipu.forms.draw_report import PriorityLine, priority_document
from quipu.operations.cycle_papers import paper_words, plan_language
from quipu.operations.finding import find_plan, find_rows
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.printing import Printed, write_document


@dataclass(frozen=True, slots=True)
class Priority:
    """A strategic action in its place; `rank` is `None` for one that nobody ordered yet."""

    item: str
    code: str
    text: str
    rank: int | None
    activities: tuple[str, ...]


def priorities(house: House, *, plan: str = "", facts: Facts | None = None) -> list[Priority]:
    """Give a plan's strategic actions by priority; those without a place follow in their order."""
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan)
    found = [
        Priority(
            one.action,
            known.text(one.action, "code"),
            known.text(one.action, "text"),
            _rank(known, one.action),
            one.activities,
        )
        for one in coverage(known, item).actions
    ]
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0))


def _rank(facts: Facts, item: str) -> int | None:
    rank = facts.number(item, "rank")
    return int(rank) if rank is not None else None


def set_priorities(house: House, *, order: Sequence[str], plan: str = "", author: str) -> Outcome:
    """Put strategic actions in order, the first first, as one gesture at the centre.

    Those not named lose their place. Raises `InputError` `action-unknown-here` (action),
    `activity-ambiguous` or `priority-twice` (action).
    """
    centre_only(house)
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    ranks: dict[str, int] = {}
    for name in order:
        row = _action(facts, item, name)
        if row in ranks:
            raise InputError("priority-twice", action=name)
        ranks[row] = len(ranks) + 1
    entries = [
        (Address(one.item, "rank"), Decimal(ranks[one.item]) if one.item in ranks else None)
        for one in priorities(house, plan=item, facts=facts)
    ]
    return write(house, entries, facts=facts, author=author)


def _action(facts: Facts, plan: str, name: str) -> str:
    rows = find_rows(facts, plan=plan, unit="", text=name)
    found = [row for row in rows if facts.text(row, "kind") == ACTION]
    if not found:
        raise InputError("action-unknown-here", action=name)
    if len(found) > 1:
        raise InputError("activity-ambiguous", activity=name, unit="", items=tuple(found))
    return found[0]


def print_priorities(house: House, *, file: Path, plan: str = "") -> Printed:
    """Write the strategic actions in their order, with the activities that serve each."""
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    language = plan_language(house, facts, item)
    paper = paper_words(language)
    lines = [
        PriorityLine(
            one.item,
            str(one.rank) if one.rank is not None else "",
            f"{one.code} {one.text}".strip(),
            facts.text(one.item, "unit_of_measure"),
            plain(total) if (total := facts.number(one.item, "total")) is not None else "",
            "\n".join(_activity(facts, row) for row in one.activities),
        )
        for one in priorities(house, plan=item, facts=facts)
    ]
    name = facts.text(item, "title") or facts.text(item, "name")
    head = PaperHead(paper("priority-title"), (facts.text(house.dataset, "name"), name), language)
    return write_document(priority_document(head, lines, paper), file, len(lines))


def _activity(facts: Facts, row: str) -> str:
    unit = facts.text(facts.text(row, "unit"), "name")
    text = f"{facts.text(row, 'code')} {facts.text(row, 'text')}".strip()
    return f"{text} ({unit})" if unit else text
