"""Links of an initiative to those whose outputs it needs (S0-08): listed, made, taken away."""

from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.dependencies import Lateness, Step, lateness, likely, linked_ids, makes_circle
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.operations.finding import find_plan, find_rows, rows_of
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import NOTHING, Outcome

_FIELD = "requires"


@dataclass(frozen=True, slots=True)
class Dependency:
    """That a step needs another: `linked` by a person, else likely.

    `late` says whether the other comes too late, or has no dates.
    """

    step: Step
    other: Step
    linked: bool
    late: Lateness


def dependencies(house: House, *, plan: str = "") -> list[Dependency]:
    """Give the links of a plan and those that are likely, in the order of its rows."""
    facts = house.facts()
    steps = _steps(house, facts, find_plan(facts, plan=plan))
    proposed = likely(tuple(steps.values()))
    found: list[Dependency] = []
    for item, step in steps.items():
        linked = [steps[one] for one in step.requires if one in steps]
        found += [Dependency(step, one, True, lateness(step, one)) for one in linked]
        found += [Dependency(step, steps[one], False, "") for one in proposed.get(item, ())]
    return found


def require(house: House, *, activity: str, of: str, plan: str = "", author: str) -> Outcome:
    """Say that an initiative (`activity`) needs what another (`of`) makes, at the centre.

    Both by id, code or whole text. Raises `InputError` `activity-unknown`,
    `activity-ambiguous`, `dependency-kind` for rows without inputs, `dependency-circle`.
    """
    return _changed(house, activity=activity, of=of, plan=plan, author=author, linked=True)


def unrequire(house: House, *, activity: str, of: str, plan: str = "", author: str) -> Outcome:
    """Take such a link away; raises as `require` does."""
    return _changed(house, activity=activity, of=of, plan=plan, author=author, linked=False)


def _changed(
    house: House, *, activity: str, of: str, plan: str, author: str, linked: bool
) -> Outcome:
    centre_only(house)
    facts = house.facts()
    where = find_plan(facts, plan=plan)
    steps = _steps(house, facts, where)
    item, other = (_step(facts, where, steps, text) for text in (activity, of))
    known = steps[item].requires
    if linked is (other in known):
        return NOTHING
    if linked and makes_circle(steps, item, other):
        raise InputError("dependency-circle", row=activity, other=of)
    kept = [*known, other] if linked else [one for one in known if one != other]
    entry = (Address(item, _FIELD), "\n".join(kept) or None)
    return write(house, [entry], facts=facts, author=author)


def _step(facts: Facts, plan: str, steps: dict[str, Step], text: str) -> str:
    found = find_rows(facts, plan=plan, unit="", text=text)
    if not found:
        raise InputError("activity-unknown", activity=text, unit="")
    own = [item for item in found if item in steps]
    if not own:
        raise InputError("dependency-kind", row=text)
    if len(own) > 1:
        raise InputError("activity-ambiguous", activity=text, unit="", items=tuple(own))
    return own[0]


def _steps(house: House, facts: Facts, plan: str) -> dict[str, Step]:
    """Give the rows of a plan that have inputs, by id, in their order."""
    found: dict[str, Step] = {}
    for item in rows_of(facts, plan):
        form = house.forms.get(facts.text(item, "form"))
        column = form.column("inputs") if form is not None else None
        if form is None or column is None:
            continue
        if facts.text(item, "kind") == form.level(column.level).kind:
            text = {name: facts.text(item, name) for name in _TEXTS}
            found[item] = Step(item, **text, requires=linked_ids(facts.text(item, _FIELD)))
    return found


_TEXTS = ("code", "text", "inputs", "duration", "start")
