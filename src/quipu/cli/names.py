"""Other names of a unit: what is proposed, what a person confirms or takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call

if TYPE_CHECKING:
    from quipu.operations.outcome import Outcome


def aliases(call: Call) -> Answer:
    """`quipu aliases DIR`: the proposals; with `--unit`, one confirmed, rejected or taken away."""
    given = call.given
    if given.text("unit"):
        done = _decided(call)
        said = call.words.text("say.alias", changed=done.changed)
        data = {"done": True, "changed": done.changed, "created": list(done.created)}
        return Answer(data, [said])
    return _proposed(call)


def _decided(call: Call) -> Outcome:
    from quipu.domain.errors import InputError
    from quipu.operations.aliases import confirm_alias, forget_alias, reject_alias

    given = call.given
    unit, name, former = given.text("unit"), given.text("add"), given.text("remove")
    other = given.text("reject")
    if sum(map(bool, (name, former, other))) != 1:
        raise InputError("alias-choice")
    with call.house(write=True) as house:
        if name:
            return confirm_alias(house, unit=unit, alias=name, author=call.author)
        if other:
            return reject_alias(house, name=unit, alias=other, author=call.author)
        return forget_alias(house, unit=unit, alias=former, author=call.author)


def _proposed(call: Call) -> Answer:
    from quipu.operations.aliases import propose_aliases

    with call.house() as house:
        found = propose_aliases(house)
    entries = [
        {
            "unit": one.unit or None,
            "name": one.name,
            "alias": one.alias,
            "likeness": str(one.likeness),
            "count": one.count,
        }
        for one in found
    ]
    lines = [
        call.words.text("say.alias-proposed", name=one.name, alias=one.alias, count=one.count)
        for one in found
    ]
    return Answer({"proposals": entries}, lines or [call.words.text("say.alias-none")])
