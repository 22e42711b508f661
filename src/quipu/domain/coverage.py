"""Which activities of a plan serve which strategic actions, and what serves or is served by none.

Nothing in the published plan links the two (S1-08): the link is a fact of the activity, `linked`,
that people put where they know it.
"""

from dataclasses import dataclass

from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows, unit_places

ACTION, ACTIVITY = "action", "activity"


@dataclass(frozen=True, slots=True)
class Covered:
    """A strategic action and the activities that are linked to it, in the document's order."""

    action: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A plan's strategic actions with their activities, and the activities without one."""

    actions: tuple[Covered, ...]
    loose: tuple[str, ...]

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The strategic actions that no activity serves."""
        return tuple(one.action for one in self.actions if not one.activities)


def link_of(facts: Facts, activity: str) -> str:
    """Give the strategic action of an activity: the one linked, else the one it hangs from."""
    own = facts.text(activity, "linked")
    if own in facts and not facts.flag(own, "deleted"):
        return own
    above = (item for item in facts.ancestors(activity) if facts.text(item, "kind") == ACTION)
    return next(above, "")


def coverage(facts: Facts, plan: str) -> Coverage:
    """Give what serves what in a plan, in the document's order."""
    rows = plan_rows(facts, plan)
    named = [place.unit for place in unit_places(facts, facts.text(plan, "institution"))]
    units = [*named, *sorted(set(rows) - set(named))]
    ordered = [item for unit in units for item in rows.get(unit, ())]
    actions = [item for item in ordered if facts.text(item, "kind") == ACTION]
    served: dict[str, list[str]] = {action: [] for action in actions}
    loose: list[str] = []
    for item in ordered:
        if facts.text(item, "kind") == ACTIVITY:
            served.get(link_of(facts, item), loose).append(item)
    return Coverage(tuple(Covered(one, tuple(served[one])) for one in actions), tuple(loose))
