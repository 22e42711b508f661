"""Carrying bundles of others, as a regional office does for its sub-offices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.cli.call import DONE, FINDINGS, NOT_DONE, Answer, Call
from quipu.domain.errors import InputError
from quipu.operations.sentences import code_sentence

if TYPE_CHECKING:
    from quipu.operations.relaying import Carried, Taken


def relay(call: Call) -> Answer:
    """`quipu relay DIR [F…]`: carry bundles of others to the centre; `--out`: hand theirs on."""
    from quipu.operations.relaying import carried, hand_out, take

    given = call.given
    files, again = given.paths("files"), given.flag("again")
    if again and not given.has("out"):
        raise InputError("relay-choice")
    writes = bool(files) or given.has("out")
    with call.house(write=writes) as house:
        taken = take(house, files=files) if files else ()
        handed = hand_out(house, folder=given.path("out"), again=again) if given.has("out") else ()
        left = carried(house.workspace)
    data = {
        "done": True,
        "taken": [_taken(call, one) for one in taken],
        "handed": [str(file) for file in handed],
        "outbox": [outbox(one) for one in left],
    }
    refused = sum(one.state == "refused" for one in taken)
    if taken and refused == len(taken):
        for one in taken:
            call.tell(_reason(call, one) or "")
        return Answer(data, (), NOT_DONE)
    waits = any(one.state in ("refused", "waiting") for one in taken)
    return Answer(data, _lines(call, taken, handed, left), FINDINGS if waits else DONE)


def outbox(one: Carried) -> dict[str, object]:
    """Give a carried bundle as commands tell it."""
    return {
        "file": one.file,
        "to": one.audience,
        "bytes": one.bytes,
        "taken_at": one.taken_at,
        "enclosed": len(one.manifests),
        "handed": one.handed,
        "sha256": one.sha256,
    }


def outbox_lines(call: Call, left: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Say what is carried: what the centre has not received, and what must be handed on."""
    for one in left:
        if one["handed"]:
            continue
        key = "say.relay-up" if one["to"] == "centre" else "say.relay-down"
        yield call.words.text(key, file=one["file"], at=one["taken_at"], times=one["enclosed"])


def _taken(call: Call, one: Taken) -> dict[str, object]:
    return {
        "file": str(one.file),
        "state": one.state,
        "to": one.audience or None,
        "reason": _reason(call, one),
        "code": one.reason or None,
    }


def _reason(call: Call, one: Taken) -> str | None:
    return code_sentence(call.words, one.reason, one.params or {}) if one.reason else None


def _lines(
    call: Call, taken: Sequence[Taken], handed: Sequence[Path], left: Sequence[Carried]
) -> Iterator[str]:
    words = call.words
    for one in taken:
        said = _reason(call, one) or words.text(f"say.relay-{one.state}")
        yield f"{one.file.name}: {said}"
    for file in handed:
        yield words.text("say.relay-handed", file=file)
    yield from outbox_lines(call, [outbox(one) for one in left])
    if not (taken or handed or left):
        yield words.text("say.relay-none")
