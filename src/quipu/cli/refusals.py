"""What does not count, with its reason; and letting it count again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quipu.cli.call import DONE, FINDINGS, Answer, Call
from quipu.cli.sentences import figure
from quipu.cli.tables import table
from quipu.domain.value import value_text
from quipu.operations.sentences import sentence

if TYPE_CHECKING:
    from quipu.operations.refusals import NotCounted


def refused(call: Call) -> Answer:
    """`quipu refused DIR [--unit U]`: what was received or written and does not count, and why."""
    from quipu.operations.refusals import not_counted

    with call.house() as house:
        found = not_counted(house, units=call.given.texts("unit"))
    data = {"refused": [_one(call, one) for one in found]}
    return Answer(data, _lines(call, found), FINDINGS if found else DONE)


def lift(call: Call) -> Answer:
    """`quipu refused lift DIR --refusal ID --reason T`: what the centre refused counts again."""
    from quipu.operations.refusals import lift as let_count

    given = call.given
    with call.house(write=True) as house:
        outcome = let_count(
            house, refusal=given.text("refusal"), reason=given.text("reason"), author=call.author
        )
    data = {"done": True, "refusal": given.text("refusal"), "changed": outcome.changed}
    return Answer(data, [call.words.text("say.lifted")])


def why(call: Call, code: str) -> str:
    """Give the sentence of why something does not count."""
    return sentence(call.words, f"refusal.{code}", code, {})


def _one(call: Call, one: NotCounted) -> dict[str, object]:
    return {
        "revision": one.revision,
        "reason": one.reason,
        "message": why(call, one.reason),
        "refusal": one.refusal or None,
        "unit": one.unit,
        "code": one.code,
        "activity": one.activity,
        "item": one.address.item,
        "field": one.address.field,
        "period": one.address.period,
        "value": value_text(one.value),
        "author": one.author,
        "office": one.office,
        "at": one.at,
        "bundle": one.bundle,
    }


def _lines(call: Call, found: Sequence[NotCounted]) -> Iterator[str]:
    words = call.words
    names = ("office", "unit", "code", "field", "period", "value", "author", "at", "reason")
    rows = [
        [
            one.office or words.text("say.centre"),
            one.unit,
            one.code or one.activity,
            one.address.field,
            one.address.period,
            figure(one.value),
            one.author,
            one.at,
            why(call, one.reason),
        ]
        for one in found
    ]
    if rows:
        yield from table([words.text(f"head.{name}") for name in names], rows)
    for refusal in sorted({one.refusal for one in found} - {""}):
        yield words.text("say.refusal", refusal=refusal)
    yield words.plural("say.not-counted", len(found))
