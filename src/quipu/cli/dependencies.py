"""What an initiative needs of others: listed with what is late, linked, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quipu.cli.call import FINDINGS, Answer, Call
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.dependencies import Step
    from quipu.operations.depending import Dependency


def requires(call: Call) -> Answer:
    """`quipu requires DIR`: the links and the likely ones; with options, one made or taken away."""
    given = call.given
    if not given.text("activity"):
        if given.has("of") or given.has("remove"):
            raise InputError("dependency-choice")
        return _listed(call)
    from quipu.operations.depending import require, unrequire

    if given.has("of") is given.has("remove"):
        raise InputError("dependency-choice")
    verb = require if given.has("of") else unrequire
    other = given.text("of") or given.text("remove")
    with call.house(write=True) as house:
        done = verb(house, activity=given.text("activity"), of=other, author=call.author)
    data = {
        "done": True,
        "changed": done.changed,
        "revisions": [str(name) for name in done.revisions],
    }
    said = "say.requires" if given.has("of") else "say.requires-no-more"
    return Answer(data, [call.words.text(said, activity=given.text("activity"), other=other)])


def _listed(call: Call) -> Answer:
    from quipu.operations.depending import dependencies

    with call.house() as house:
        found = dependencies(house)
    entries = [
        {
            "activity": _step(one.step),
            "of": _step(one.other),
            "linked": one.linked,
            "late": one.late or None,
        }
        for one in found
    ]
    lines = [_line(call, one) for one in found]
    late = any(one.late for one in found)
    answer = {"dependencies": entries}
    return Answer(answer, lines or [call.words.text("say.requires-none")], FINDINGS if late else 0)


def _step(step: Step) -> dict[str, object]:
    ends = step.ends
    return {
        "item": step.item,
        "code": step.code,
        "text": step.text,
        "start": step.start or None,
        "end": ends.isoformat() if ends is not None else None,
    }


def _line(call: Call, one: Dependency) -> str:
    key = "linked" if one.linked else "likely"
    state = call.words.text(f"dependency.{one.late or key}")
    step, other = (part.code or part.text for part in (one.step, one.other))
    return call.words.text(
        "say.dependency", step=step, other=other, text=one.other.text, state=state
    )
