"""Disputes: both sides, settling one or many, and the sheet that both sides sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from quipu.cli.call import DONE, FINDINGS, Answer, Call
from quipu.cli.paper import printed_answer
from quipu.cli.sentences import figure
from quipu.domain.errors import InputError
from quipu.domain.value import value_text

if TYPE_CHECKING:
    from quipu.operations.disputes import Dispute, Head
    from quipu.operations.history import Past
    from quipu.operations.settling import Rule

Json = dict[str, object]


def disputes(call: Call) -> Answer:
    """`quipu disputes DIR`: the addresses at which people said different things."""
    from quipu.operations.disputes import disputes as open_disputes

    with call.house() as house:
        found = open_disputes(house, units=call.given.texts("unit"))
    data = {"disputes": [dispute_json(one) for one in found]}
    return Answer(data, _dispute_lines(call, found), FINDINGS if found else DONE)


def settle(call: Call) -> Answer:
    """`quipu settle DIR --dispute ID`: one of the heads holds, or a third value; or many by a rule.

    `--all --rule R` settles all that the rule decides, as one gesture.
    """
    given = call.given
    if given.flag("all"):
        return _settle_all(call)
    if not given.has("dispute") or given.has("head") == given.has("value") or given.has("rule"):
        raise InputError("settle-choice")
    from quipu.operations.settling import settle as settle_dispute

    with call.house(write=True) as house:
        outcome = settle_dispute(
            house,
            dispute=given.text("dispute"),
            head=given.maybe("head"),
            value=given.maybe("value"),
            note=given.text("note"),
            author=call.author,
        )
    data = {
        "done": True,
        "dispute": given.text("dispute"),
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }
    return Answer(data, [call.words.text("say.settled")])


def _settle_all(call: Call) -> Answer:
    from quipu.operations.settling import settle_all

    given = call.given
    if not given.has("rule") or any(given.has(name) for name in ("dispute", "head", "value")):
        raise InputError("settle-all-choice")
    with call.house(write=True) as house:
        done = settle_all(
            house,
            rule=cast("Rule", given.text("rule")),
            units=given.texts("unit"),
            field=given.text("field"),
            note=given.text("note"),
            author=call.author,
        )
    data = {
        "done": True,
        "rule": given.text("rule"),
        "settled": done.settled,
        "left": done.left,
        "changed": done.outcome.changed,
        "gesture": None if done.outcome.gesture is None else str(done.outcome.gesture),
        "revisions": [str(name) for name in done.outcome.revisions],
    }
    said = call.words.text("say.settled-all", settled=done.settled, left=done.left)
    return Answer(data, [said], FINDINGS if done.left else DONE)


def conciliation(call: Call) -> Answer:
    """`quipu conciliation DIR -o OUT`: the sheet of disputes, open and settled, to be signed."""
    from quipu.operations.conciliation import print_conciliation

    given = call.given
    with call.house() as house:
        printed = print_conciliation(
            house,
            file=given.path("output"),
            units=given.texts("unit"),
            dispute=given.text("dispute"),
            only_open=given.flag("open"),
            words=call.words,
        )
    return printed_answer(call, printed)


def dispute_json(one: Dispute) -> Json:
    """Give a dispute as the contract writes it."""
    return {
        "id": one.id,
        "kind": "deleted-and-edited" if one.edited else "values",
        "unit": one.unit,
        "code": one.code,
        "activity": one.activity,
        "field": one.address.field,
        "period": one.address.period,
        "item": one.address.item,
        "shown": value_text(one.shown),
        "base": [value_text(value) for value in one.base],
        "heads": [_head(head) for head in one.heads],
        "history": [_past(past) for past in one.history],
    }


def _head(head: Head) -> Json:
    return {
        "revision": head.revision,
        "value": value_text(head.value),
        "author": head.author,
        "office": head.office,
        "at": head.at,
        "bundle": head.bundle,
        "reason": head.reason,
        "again_by": head.again_by or None,
        "evidence": [
            {"name": one.file.name, "sha256": one.file.sha256, "here": one.here, "at": one.at}
            for one in head.evidence
        ],
    }


def _past(past: Past) -> Json:
    return {
        "revision": past.revision,
        "field": past.address.field,
        "period": past.address.period,
        "value": value_text(past.value),
        "author": past.author,
        "office": past.office,
        "at": past.at,
        "replaces": list(past.replaces),
        "bundle": past.bundle,
        "reason": past.reason,
    }


def _dispute_lines(call: Call, found: Sequence[Dispute]) -> Iterator[str]:
    words = call.words
    for one in found:
        place = (one.unit, one.code or one.activity, one.address.field, one.address.period)
        yield f"{one.id}  {' · '.join(part for part in place if part)}"
        if one.edited:
            yield "    " + words.text("say.deleted-and-edited")
        for head in one.heads:
            who = head.office or words.text("say.centre")
            said = (figure(head.value), head.author, who, head.at, head.revision)
            files = ", ".join(file.file.name for file in head.evidence)
            again = words.text("say.again-by", author=head.again_by) if head.again_by else ""
            yield "    " + "  ".join(part for part in (*said, files, again) if part)
        if one.base and not one.edited:
            before = ", ".join(figure(value) or "–" for value in one.base)
            yield "    " + words.text("say.before", value=before)
    yield words.plural("say.disputes-open", len(found))
