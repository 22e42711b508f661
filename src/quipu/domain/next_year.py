"""A plan copied to another year: new items that remember their origin, codes mapped (X-7).

What carries over is how the work is described: texts, units of measure, verification, leads,
weights. What was said of one year does not: progress, decisions, what a document printed, dates.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.outline import plan_rows
from quipu.domain.period import Period
from quipu.domain.value import PUBLISHED, Value

Targets = Literal["empty", "copy"]
"""Whether the figures of the year are left for the units to propose, or copied."""

ONE_OFF = frozenset({"milestone", "share"})
"""Measures of what is delivered once; it is not promised again (X-2)."""

_FIGURES = frozenset({"target", "cost", "total", "budget", "needed", "quantity"})
_OF_ONE_YEAR = frozenset({"date", "start", "due", "deleted", "where", "seen", "note"})
_PLAN = frozenset({"kind", "form", "institution", "document_code", "title", "method"})
_SIGNED = frozenset({"prepared_by", "reviewed_by", "authorised_by"})
_WEIGHT = f"weight{PUBLISHED}"
"""How a weight is printed says what its number means: `2,2%` is 0.022, and 2.2 points."""
_LINKS = frozenset({"parent", "linked"})


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to be made: its id, name and year; `pins` are what it keeps of its forms."""

    item: str
    name: str
    year: int
    pins: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Copied:
    """What copying a plan writes: `rows` by origin, `dropped` origins, codes that fitted none."""

    entries: Mapping[Address, Value]
    rows: Mapping[str, str]
    dropped: tuple[str, ...]
    unused: tuple[str, ...]


def copy_plan(
    facts: Facts,
    plan: str,
    new: NewPlan,
    *,
    targets: Targets,
    codes: Mapping[str, str],
    dropped: Collection[str],
    new_item: Callable[[str], str],
) -> Copied:
    """Copy a plan's rows and sections; `new_item` gives the id of the copy of an item.

    `dropped` rows are left out, and what hangs from them hangs from what is above them. `codes`
    has new codes by old ones.
    """
    items = [item for rows in plan_rows(facts, plan).values() for item in rows]
    kept = {item: new_item(item) for item in items if item not in dropped}
    copier = _Copier(facts, plan, new, kept, targets, codes)
    entries: dict[Address, Value] = dict(copier.head())
    for item in kept:
        entries.update(copier.row(item))
    for item in _sections(facts, plan):
        entries.update(copier.section(item, new_item(item)))
    said = {facts.text(item, "code") for item in kept}
    left = tuple(item for item in items if item in dropped)
    return Copied(entries, kept, left, tuple(code for code in codes if code not in said))


def one_off_rows(facts: Facts, plan: str) -> list[str]:
    """Give the rows of a plan that promise something once, in the document's order."""
    return [
        item
        for rows in plan_rows(facts, plan).values()
        for item in rows
        if facts.text(item, "measure") in ONE_OFF
    ]


def _sections(facts: Facts, plan: str) -> Iterator[str]:
    """Give the texts of the plan itself; those of its evaluations stay with their year."""
    for item in facts.items():
        own = facts.text(item, "plan") == plan and facts.text(item, "kind") == "section"
        if own and not facts.flag(item, "deleted") and "@" not in facts.text(item, "name"):
            yield item


@dataclass(frozen=True, slots=True)
class _Copier:
    facts: Facts
    plan: str
    new: NewPlan
    items: Mapping[str, str]
    targets: Targets
    codes: Mapping[str, str]

    def head(self) -> Iterator[tuple[Address, Value]]:
        """Give the plan itself: a draft that remembers where it comes from."""
        new, old = self.new, self._year()
        for (field, period, unit), value in self.facts.entries(self.plan).items():
            if field in _PLAN | _SIGNED and not (period or unit):
                told = field == "title" and isinstance(value, str)
                yield Address(new.item, field), self._moved(str(value)) if told else value
        yield Address(new.item, "name"), new.name
        yield Address(new.item, "year"), Decimal(new.year)
        until = self.facts.number(self.plan, "until")
        if until is not None and old is not None:
            yield Address(new.item, "until"), until + (new.year - old)
        yield Address(new.item, "state"), "draft"
        yield Address(new.item, "origin"), self.plan
        for field, pin in new.pins.items():
            yield Address(new.item, field), pin

    def row(self, item: str) -> Iterator[tuple[Address, Value]]:
        """Give the copy of a row."""
        copy = self.items[item]
        yield Address(copy, "plan"), self.new.item
        yield Address(copy, "origin"), item
        for (field, period, unit), value in self.facts.entries(item).items():
            when = self._period(period)
            if not unit and when is not None and self._carries(field):
                told = self._value(item, field, value)
                if told is not None:
                    yield Address(copy, field, when), told

    def section(self, item: str, copy: str) -> Iterator[tuple[Address, Value]]:
        """Give the copy of a section's text and title."""
        yield Address(copy, "plan"), self.new.item
        yield Address(copy, "origin"), item
        for (field, period, unit), value in self.facts.entries(item).items():
            if not (period or unit) and field in ("kind", "name", "order", "title", "text"):
                yield Address(copy, field), value

    def _carries(self, field: str) -> bool:
        known = find(field)
        if known is None or field in _OF_ONE_YEAR:
            return False
        if field.endswith(PUBLISHED):
            return field == _WEIGHT
        if field in ("plan", "origin", "state") or known.group not in ("plan", "registry"):
            return False
        return field not in _FIGURES or self.targets == "copy"

    def _value(self, item: str, field: str, value: Value) -> Value:
        if field in _LINKS and isinstance(value, str):
            return self._link(value)
        if field == "requires" and isinstance(value, str):
            named = [self._link(one) for one in value.split("\n") if one]
            return "\n".join(one for one in named if one) or None
        if field == "code" and isinstance(value, str):
            return self.codes.get(value, value)
        return value

    def _link(self, item: str) -> str | None:
        """Give the copy of what a row hangs from; of a dropped row, of what that hangs from."""
        seen: set[str] = set()
        while self.facts.text(item, "plan") == self.plan and item not in self.items:
            if item in seen:
                return None
            seen.add(item)
            item = self.facts.text(item, "parent")
        return self.items.get(item, item) or None

    def _year(self) -> int | None:
        year = self.facts.number(self.plan, "year")
        return int(year) if year is not None else None

    def _moved(self, text: str) -> str:
        old = self._year()
        return text.replace(str(old), str(self.new.year)) if old is not None else text

    def _period(self, text: str) -> str | None:
        """Give the same period of the other year; `None` for one that cannot be read."""
        old = self._year()
        if not text or old is None:
            return text
        try:
            return str(Period.parse(text).later(self.new.year - old))
        except ValueError:
            return None
