"""Reorganising units at the centre: merged, divided, rows moved; their history stays (X-7)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.identity import derive_id
from quipu.domain.outline import plan_rows
from quipu.domain.period import Period
from quipu.domain.plan_states import plan_state
from quipu.domain.reorganised import ENDED, FORMER, INTO, SINCE
from quipu.operations.editing import item_entries, new_unit_id, siblings
from quipu.operations.finding import find_row, find_unit, fold
from quipu.operations.gesture import Entry, centre_only, write
from quipu.operations.house import House
from quipu.operations.ordering import after_all
from quipu.operations.outcome import Outcome
from quipu.operations.requesting import notice_entries

_NAMES = ("kind", "plan", "form", "code", "text")
"""What a row above is known by, in another unit's table."""


@dataclass(frozen=True, slots=True)
class Reorganised:
    """What a reorganisation did: units that received rows, units that ended, rows moved."""

    into: tuple[str, ...]
    ended: tuple[str, ...]
    moved: tuple[str, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Part:
    """Rows (codes, texts or ids) of a divided unit, and the unit, new or known, they go to."""

    unit: str
    rows: tuple[str, ...]


def merge_units(
    house: House, *, units: Collection[str], into: str, since: str, author: str
) -> Reorganised:
    """Make several units one from a period on; their names lead to it from then on.

    Rows of plans that go on past the period are the new unit's; what was reported before stays
    readable under the old names. `into` is one of the units, another, or a new one's name, which
    takes the first one's place and office. Raises `InputError` `unit-unknown`, `unit-ended`
    (unit), `period-unreadable` (period), `nothing-to-move`.
    """
    centre_only(house)
    facts, when = house.facts(), _period(since)
    old = [_going(facts, name) for name in dict.fromkeys(units)]
    if not old:
        raise InputError("nothing-to-move")
    target, entries = _target(house, facts, into, old[0], when)
    gone = [unit for unit in old if unit != target]
    if not gone:
        raise InputError("nothing-to-move")
    move = _Move(facts, when)
    for unit in gone:
        rows = _rows(facts, unit, when)
        entries += move.rows(rows, target)
        entries += [
            (Address(unit, ENDED), str(when)),
            (Address(unit, INTO), target),
        ]
    entries.append((Address(target, "alias"), _aliases(facts, target, gone)))
    return _done(house, facts, move, entries, (target,), tuple(gone), author)


def divide_unit(
    house: House, *, unit: str, parts: Sequence[Part], since: str, author: str
) -> Reorganised:
    """Give rows of a unit to others, new or known, from a period on.

    A unit that is left without rows ends there. What a row hangs from comes along, as a copy
    where other rows of the unit hang from it too. Raises as `merge_units`, and `activity-unknown`
    or `activity-ambiguous` for a row.
    """
    centre_only(house)
    facts, when = house.facts(), _period(since)
    old = _going(facts, unit)
    move = _Move(facts, when)
    entries: list[Entry] = []
    targets = []
    for part in parts:
        target, made = _target(house, facts, part.unit, old, when)
        rows = [_row(facts, old, text, when) for text in part.rows]
        if target == old or not rows:
            raise InputError("nothing-to-move")
        entries += made
        if made:
            entries.append((Address(target, "origin"), old))
        entries += move.with_above([_row_below(facts, one) for one in rows], old, target)
        targets.append(target)
    if not targets:
        raise InputError("nothing-to-move")
    left = set(_rows(facts, old, when)) - set(move.moved) - move.copied
    ended = () if left else (old,)
    entries += [(Address(one, ENDED), str(when)) for one in ended]
    return _done(house, facts, move, entries, tuple(dict.fromkeys(targets)), ended, author)


class _Move:
    """Rows on their way to other units, and the copies of what they hang from."""

    def __init__(self, facts: Facts, when: Period) -> None:
        self.facts, self.when = facts, when
        self.moved: dict[str, str] = {}
        self.copied: set[str] = set()
        self.plans: set[str] = set()
        self._last: dict[tuple[str, str], Decimal] = {}

    def rows(self, rows: Iterable[str], target: str) -> Iterator[Entry]:
        """Move rows as they hang from each other."""
        for row in rows:
            yield from self._row(row, target)

    def with_above(self, trees: Sequence[Sequence[str]], old: str, target: str) -> Iterator[Entry]:
        """Move rows with all below them, below what they hang from: found there, or copied."""
        for tree in trees:
            if tree[0] in self.moved:
                raise InputError("row-moved-twice", row=self.facts.text(tree[0], "text"))
            above = self.facts.text(tree[0], "parent")
            parent, copies = self._above(above, old, target)
            yield from copies
            if parent != above:
                yield Address(tree[0], "parent"), parent or None
            yield from self.rows(tree, target)

    def _row(self, row: str, target: str) -> Iterator[Entry]:
        facts = self.facts
        self.moved[row] = target
        self.plans.add(facts.text(row, "plan"))
        yield Address(row, "unit"), target
        yield Address(row, FORMER, str(self.when)), facts.text(row, "unit")
        yield Address(row, "order"), self._place(row, target)

    def _place(self, row: str, target: str) -> Decimal:
        table = (facts_form := self.facts.text(row, "form"), target)
        if table not in self._last:
            known = [
                item
                for item in self.facts.items()
                if self.facts.text(item, "unit") == target
                and self.facts.text(item, "form") == facts_form
            ]
            self._last[table] = after_all(self.facts, known) - 1
        self._last[table] += 1
        return self._last[table]

    def _above(self, item: str, old: str, target: str) -> tuple[str, list[Entry]]:
        """Give what stands for a row above in the target's table, and what makes it."""
        facts = self.facts
        if not item or facts.text(item, "unit") != old:
            return item, []
        upper, entries = self._above(facts.text(item, "parent"), old, target)
        self.copied.add(item)
        wanted = [facts.text(item, name) for name in _NAMES]
        for other in facts.items():
            own = facts.text(other, "unit") == target and not facts.flag(other, "deleted")
            if own and [facts.text(other, name) for name in _NAMES] == wanted:
                return other, entries
        copy = derive_id("row-above", item, target)
        made = {name: facts.value(item, name) for name in _NAMES}
        made |= {"unit": target, "parent": upper or None, "origin": item, "measure": "heading"}
        made[SINCE] = str(self.when)
        entries += [(Address(copy, name), value) for name, value in made.items()]
        entries.append((Address(copy, "order"), self._place(item, target)))
        return copy, entries


def _done(
    house: House,
    facts: Facts,
    move: _Move,
    entries: list[Entry],
    into: tuple[str, ...],
    ended: tuple[str, ...],
    author: str,
) -> Reorganised:
    """Write it all as one gesture, with a notice to the units that gave or received rows."""
    if not move.moved and not ended:
        raise InputError("nothing-to-move")
    known = dict(entries)
    told = facts.with_changes(known.items())
    givers = {facts.text(row, "unit") for row in move.moved} | set(ended)
    for plan in sorted(move.plans)[:1]:
        title = ", ".join(facts.text(unit, "name") for unit in sorted(givers))
        names = ", ".join(told.text(unit, "name") for unit in into)
        lines = [
            f"{told.text(row, 'code')} {told.text(row, 'text')} → {told.text(unit, 'name')}".strip()
            for row, unit in move.moved.items()
            if told.text(row, "measure") != "heading"
        ]
        units = sorted(givers | set(into))
        known.update(
            notice_entries(
                house, plan=plan, title=f"{title} → {names} ({move.when})",
                text="\n".join(lines), units=units, author=author,
            )
        )  # fmt: skip
    outcome = write(house, known.items(), facts=facts, author=author, created=into)
    return Reorganised(into, ended, tuple(move.moved), outcome)


def _period(text: str) -> Period:
    try:
        return Period.parse(text.strip().upper())
    except ValueError:
        raise InputError("period-unreadable", period=text) from None


def _going(facts: Facts, name: str) -> str:
    unit = find_unit(facts, name)
    if facts.text(unit, ENDED):
        raise InputError("unit-ended", unit=facts.text(unit, "name"))
    return unit


def _target(
    house: House, facts: Facts, name: str, first: str, when: Period
) -> tuple[str, list[Entry]]:
    """Give the unit of a name; a new one stands beside `first`, with the same office."""
    wanted = fold(name)
    for unit in facts.of_kind("unit"):
        if unit == name or fold(facts.text(unit, "name")) == wanted:
            return _going(facts, unit), []
    if not wanted:
        raise InputError("name-missing")
    item = new_unit_id(house, facts, name)
    above = facts.text(first, "parent")
    order = after_all(facts, siblings(facts, above))
    entries = list(item_entries(item, "unit", " ".join(name.split()), above, order))
    office = facts.text(first, "office")
    entries += [(Address(item, "office"), office or None), (Address(item, SINCE), str(when))]
    return item, entries


def _rows(facts: Facts, unit: str, when: Period) -> list[str]:
    """Give a unit's rows in plans that go on past a period's beginning and are not closed."""
    return [
        row
        for plan in facts.of_kind("plan")
        if _goes_on(facts, plan, when)
        for row in plan_rows(facts, plan).get(unit, ())
    ]


def _goes_on(facts: Facts, plan: str, when: Period) -> bool:
    last = facts.number(plan, "until") or facts.number(plan, "year")
    open_ = last is None or int(last) >= when.first_day.year
    return open_ and plan_state(facts, plan) != "closed"


def _row(facts: Facts, unit: str, text: str, when: Period) -> str:
    """Give the row of a unit meant, of the plan of the period's year before others."""
    plans = [plan for plan in facts.of_kind("plan") if _goes_on(facts, plan, when)]
    own = sorted(plans, key=lambda plan: facts.number(plan, "year") != when.first_day.year)
    for plan in own[:1]:
        row = find_row(facts, plan=plan, unit=unit, text=text)
        if facts.text(row, "unit") == unit:
            return row
    raise InputError("activity-unknown", activity=text, unit=facts.text(unit, "name"))


def _row_below(facts: Facts, row: str) -> list[str]:
    found = [row]
    for child in facts.children(row):
        if facts.text(child, "unit") == facts.text(row, "unit"):
            found += _row_below(facts, child)
    return found


def _aliases(facts: Facts, target: str, gone: Sequence[str]) -> str:
    names = facts.text(target, "alias").split("\n")
    for unit in gone:
        names += [facts.text(unit, "name"), *facts.text(unit, "alias").split("\n")]
    return "\n".join(dict.fromkeys(name for name in names if name))
