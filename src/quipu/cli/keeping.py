"""Keeping what was done: check, back up, bring back."""

from __future__ import annotations

from quipu.cli import plain
from quipu.cli.call import DONE, FINDINGS, Answer, Call
from quipu.cli.reading import located


def verify(call: Call) -> Answer:
    """`quipu verify FILE|DIR`: whether a bundle or a workspace is whole."""
    from quipu.operations.safekeeping import verify as verify_path

    path = call.given.path("path")
    found = verify_path(path=path)
    data = {"ok": found.ok, "problems": plain.problems(call.words, found.problems)}
    lines = [located(call.words, problem) for problem in found.problems]
    if found.ok:
        lines.append(call.words.text("say.verified", path=path))
    return Answer(data, lines, DONE if found.ok else FINDINGS)


def backup(call: Call) -> Answer:
    """`quipu backup DIR -o FILE`: the whole workspace, without any key, in one file."""
    from quipu.operations.safekeeping import backup as back_up

    with call.house() as house:
        made = back_up(house, file=call.given.path("output"))
    data = {"done": True, "file": str(made.file), "bytes": made.bytes}
    return Answer(data, [call.words.text("say.backed-up", file=made.file)])


def restore(call: Call) -> Answer:
    """`quipu restore FILE DIR`: a workspace of a backup."""
    from quipu.operations.safekeeping import restore as bring_back

    restored = bring_back(file=call.given.path("file"), folder=call.given.path("dir"))
    data = {"done": True, "folder": str(restored.folder), "dataset": restored.dataset}
    return Answer(data, [call.words.text("say.restored", folder=restored.folder)])
