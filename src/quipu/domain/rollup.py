"""Rows together: by unit, area, office and node; amounts only of one unit of measure (X-5)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quipu.domain.facts import Facts
from quipu.domain.figures import Amount, rounded
from quipu.domain.outline import plan_rows, unit_places
from quipu.domain.progress import FULFILLED, Progress, Rules

ADDING = frozenset({"count", "share", "money", "milestone", "minimum"})
"""Kinds of measure whose amounts add up over rows of one unit of measure; percentages never do."""

NO_AMOUNT = Amount()
"""Nothing was said."""

GROUPS = ("unit", "node", "area", "office")
"""The kinds of groups that an evaluation has."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """The evaluation of one row; `unit` is `""` for a row of the whole institution.

    `unit_of_measure` is what it counts, as it is compared with others, `adds` whether amounts of it
    may be added up; `weight` is its weight in points, `None` without one; `money` is what it was to
    cost in the period and what was spent.
    """

    item: str
    unit: str
    code: str
    activity: str
    progress: Progress
    unit_of_measure: str = ""
    adds: bool = False
    weight: Fraction | None = None
    money: Amount = NO_AMOUNT


@dataclass(frozen=True, slots=True)
class Sum:
    """What rows of one unit of measure come to together in the period."""

    unit_of_measure: str
    rows: int
    programmed: Decimal | None
    executed: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The executed part of what was programmed, as a fraction."""
        if not self.programmed or self.executed is None:
            return None
        return Amount(share=Fraction(self.executed) / Fraction(self.programmed)).percent


@dataclass(frozen=True, slots=True)
class Summary:
    """How several rows do together.

    `rows` are those with figures, `due` those of them with something programmed in the period that
    applies, `reported` with something reported, `met` that fulfilled it, `idle` those whose demand
    received nothing. `percent` is the mean of the rows' percentages, over-execution included,
    `capped` that of the capped ones, `to_date` and `year` those of the capped ones to date and of
    the year; `weighted` tells that they are weighed by the rows' weights. `sums` are the amounts,
    each of one unit of measure; `budgeted` and `spent` the money of all of them.
    """

    rows: int = 0
    due: int = 0
    reported: int = 0
    met: int = 0
    idle: int = 0
    percent: Decimal | None = None
    capped: Decimal | None = None
    to_date: Decimal | None = None
    year: Decimal | None = None
    weighted: bool = False
    sums: tuple[Sum, ...] = ()
    budgeted: Decimal | None = None
    spent: Decimal | None = None

    @property
    def fulfilled(self) -> Decimal | None:
        """The fulfilled part of what was due, as a fraction."""
        return Amount(share=Fraction(self.met, self.due)).percent if self.due else None

    @property
    def financial(self) -> Decimal | None:
        """The spent part of what was budgeted, as a fraction, over-spending included."""
        if not self.budgeted or self.spent is None:
            return None
        return Amount(share=Fraction(self.spent) / Fraction(self.budgeted)).percent


NOTHING = Summary()
"""The summary of no rows."""


@dataclass(frozen=True, slots=True)
class Group:
    """A unit, area, office or node of the plan, how its rows do together, and how it does itself.

    `own` is the node's own progress where it has figures of its own.
    """

    item: str
    kind: str
    summary: Summary
    own: Progress | None = None


def summary(results: Sequence[RowResult], rules: Rules) -> Summary:
    """Say how rows do together."""
    known = [one.progress for one in results]
    due = [one for one in known if one.period.programmed and one.period.applies]
    cap = Fraction(rules.cap)
    weighted = rules.by == "weight" and _all_weigh(results)

    def mean(share: Callable[[Progress], Fraction | None], amount: str) -> Decimal | None:
        return rounded(_mean(results, share, rules, weighted=weighted, amount=amount))

    return Summary(
        rows=sum(one.measure != "heading" for one in known),
        due=len(due),
        reported=sum(one.executed is not None for one in due),
        met=sum(one.rating in FULFILLED for one in due),
        idle=sum(one.rating == "not-applicable" for one in known),
        percent=mean(lambda one: one.period.share, "period"),
        capped=mean(lambda one: one.period.within(cap), "period"),
        to_date=mean(lambda one: one.to_date.within(cap), "to_date"),
        year=mean(lambda one: one.year.within(cap), "year"),
        weighted=weighted,
        sums=sums(results),
        budgeted=_sum(one.money.programmed for one in results),
        spent=_sum(one.money.executed for one in results),
    )


def _all_weigh(results: Iterable[RowResult]) -> bool:
    """Tell whether every row that has figures has a weight."""
    weights = [one.weight for one in results if one.progress.measure != "heading"]
    return any(weights) and all(weight is not None for weight in weights)


def _mean(
    results: Iterable[RowResult],
    share: Callable[[Progress], Fraction | None],
    rules: Rules,
    *,
    weighted: bool,
    amount: str,
) -> Fraction | None:
    total = weight = Fraction(0)
    for one in results:
        own = share(one.progress)
        of: Amount = getattr(one.progress, amount)
        if own is None and rules.unreported == "zero" and of.programmed and of.applies:
            own = Fraction(0)
        if own is not None:
            part = (one.weight or Fraction(0)) if weighted else Fraction(1)
            total += own * part
            weight += part
    return total / weight if weight else None


def sums(results: Iterable[RowResult]) -> tuple[Sum, ...]:
    """Add the period's amounts of rows that count the same thing, by its name."""
    return tuple(
        Sum(
            name,
            len(rows),
            _sum(one.progress.programmed for one in rows),
            _sum(one.progress.executed for one in rows),
        )
        for name, rows in sorted(same_measure(results).items())
    )


def same_measure(results: Iterable[RowResult]) -> dict[str, list[RowResult]]:
    """Give the rows whose amounts are added up, by what they count."""
    found: dict[str, list[RowResult]] = {}
    for one in results:
        if one.unit_of_measure and _adds(one):
            found.setdefault(one.unit_of_measure, []).append(one)
    return found


def _adds(one: RowResult) -> bool:
    own = one.progress
    return one.adds and (own.programmed is not None or own.executed is not None)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def same_words(text: str) -> str:
    """Give a name as it is compared with others: one case, single spaces."""
    return " ".join(text.casefold().split())


def groups_of(
    facts: Facts, plan: str, results: Sequence[RowResult], rules: Rules
) -> dict[str, tuple[Group, ...]]:
    """Give the units, nodes, areas and offices that rows belong to, in the document's order."""
    places = {one.unit: one.area for one in unit_places(facts, facts.text(plan, "institution"))}
    found: dict[str, dict[str, list[RowResult]]] = {kind: {} for kind in GROUPS}
    for one in results:
        if one.unit:
            found["unit"].setdefault(one.unit, []).append(one)
        for kind, item in (
            ("area", places.get(one.unit, "")),
            ("office", facts.text(one.unit, "office")),
            *(("node", node) for node in above(facts, one.item) if _counts(one)),
        ):
            if item:
                found[kind].setdefault(item, []).append(one)
    order = _order(facts, plan)
    own = {one.item: one.progress for one in results if one.progress.measure != "heading"}
    listed = {
        kind: tuple(
            Group(item, facts.text(item, "kind") or kind, summary(rows, rules), own.get(item))
            for item, rows in groups.items()
        )
        for kind, groups in found.items()
    }
    listed["node"] = tuple(
        sorted(listed["node"], key=lambda group: (order.get(group.item, len(order)), group.item))
    )
    return listed


def _counts(one: RowResult) -> bool:
    return one.progress.measure != "heading"


def above(facts: Facts, item: str) -> list[str]:
    """Give the rows that a row serves, nearest first: what it hangs from and is linked to."""
    found: list[str] = []
    waiting = [item]
    while waiting:
        for other in (facts.text(waiting[0], "parent"), facts.text(waiting[0], "linked")):
            if other and other != item and other not in found and facts.text(other, "form"):
                found.append(other)
                waiting.append(other)
        waiting.pop(0)
    return [other for other in found if not facts.flag(other, "deleted")]


def _order(facts: Facts, plan: str) -> dict[str, int]:
    """Number a plan's rows as they are read: those of the whole institution first."""
    rows = plan_rows(facts, plan)
    units = [place.unit for place in unit_places(facts, facts.text(plan, "institution"))]
    named = ["", *units, *sorted(set(rows) - {"", *units})]
    listed = [item for unit in named for item in rows.get(unit, ())]
    return {item: at for at, item in enumerate(listed)}
