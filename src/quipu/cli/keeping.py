"""Keeping what was done: check, back up, bring back."""

from __future__ import annotations

from pathlib import Path

from quipu.cli import plain
from quipu.cli.call import DONE, FINDINGS, Answer, Call
from quipu.cli.offices import typed_code
from quipu.cli.reading import located
from quipu.cli.tables import table
from quipu.domain.errors import InputError


def verify(call: Call) -> Answer:
    """`quipu verify FILE|DIR`: whether a bundle or a workspace is whole; or a printed page true."""
    from quipu.operations.safekeeping import verify as verify_path

    path = call.given.path("path")
    if call.given.has("dir") or call.given.has("page"):
        return _verify_paper(call, path)
    found = verify_path(path=path, code=typed_code(call))
    data = {"ok": found.ok, "problems": plain.problems(call.words, found.problems)}
    lines = [located(call.words, problem) for problem in found.problems]
    if found.ok:
        lines.append(call.words.text("say.verified", path=path))
    return Answer(data, lines, DONE if found.ok else FINDINGS)


def _verify_paper(call: Call, path: Path) -> Answer:
    """Compare a PDF (`FILE.pdf DIR`), or one page by its code (`DIR --page CODE --form F`)."""
    from quipu.operations.paper_checks import verify_page, verify_paper
    from quipu.operations.workspaces import open_house

    given = call.given
    by_file = given.has("dir")
    if by_file == given.has("page") or (given.has("page") and not given.has("form")):
        raise InputError("verify-paper-choice")
    with open_house(folder=given.path("dir") if by_file else path) as house:
        found = (
            verify_paper(house, file=path)
            if by_file
            else verify_page(
                house,
                code=given.text("page"),
                form=given.text("form"),
                unit=given.text("unit"),
                period=given.text("period"),
                as_published=given.flag("as-published"),
            )
        )
    pages = [{"page": one.number, "code": one.code, "state": one.state} for one in found.pages]
    problems = plain.problems(call.words, found.problems)
    data = {"ok": found.ok, "form": found.form, "pages": pages, "problems": problems}
    lines = [located(call.words, problem) for problem in found.problems]
    if found.ok:
        lines.append(call.words.text("say.paper-true", n=len(pages)))
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


def backups(call: Call) -> Answer:
    """`quipu backups DIR`: the dated backups that the workspace made of itself."""
    from quipu.operations.backups import backups as dated_backups

    found = dated_backups(folder=call.given.path("dir"))
    rows = [[one.name, one.made_at.isoformat(timespec="minutes"), one.bytes] for one in found]
    data = {
        "backups": [
            {
                "name": one.name,
                "made_at": one.made_at.isoformat(),
                "bytes": one.bytes,
                "replaced": one.replaced,
            }
            for one in found
        ]
    }
    heads = [call.words.text(key) for key in ("head.name", "head.made-at", "head.bytes")]
    lines = table(heads, rows, right=[2]) if rows else [call.words.text("say.no-backups")]
    return Answer(data, lines)


def bring_back(call: Call) -> Answer:
    """`quipu backups restore DIR BACKUP`: the workspace as it was then."""
    from quipu.operations.backups import bring_back as put_back

    done = put_back(folder=call.given.path("dir"), name=call.given.text("backup"))
    said = {"folder": done.folder, "name": done.name, "replaced": done.replaced}
    data = {"done": True, **{key: str(value) for key, value in said.items()}}
    return Answer(data, [call.words.text("say.brought-back", **said)])


def repair(call: Call) -> Answer:
    """`quipu repair DIR`: what is shown from the ledger, attachments from the archive.

    With `--from-archive` the ledger itself, of all bundles that were sent and received.
    """
    from quipu.operations.repairing import repair as put_right

    if call.given.flag("from-archive"):
        from quipu.cli.keys import rebuilt
        from quipu.operations.rebuilding import repair_from_archive

        return rebuilt(call, repair_from_archive(folder=call.given.path("dir")))
    done = put_right(folder=call.given.path("dir"))
    found = {
        "addresses": done.addresses,
        "attachments": done.attachments,
        "bundles": done.bundles,
    }
    problems = plain.problems(call.words, done.problems)
    data = {"done": True, **found, "problems": problems}
    lines = [call.words.text("say.repaired", folder=done.folder, **found)]
    lines += [located(call.words, problem) for problem in done.problems]
    return Answer(data, lines, FINDINGS if done.problems else DONE)


def handover(call: Call) -> Answer:
    """`quipu handover DIR --to NAME -o FOLDER`: open tasks, a sealed copy, a sheet to sign."""
    from quipu.cli.year import task_lines, tasks_json
    from quipu.operations.handover import hand_over

    given = call.given
    with call.house(write=True) as house:
        done = hand_over(
            house,
            to=given.text("to"),
            folder=given.path("output"),
            author=call.author,
            lang=call.words.lang,
        )
    data = {
        "done": True,
        "to": given.text("to"),
        "files": [str(file) for file in done.files],
        "sha256": done.sealed.sha256,
        "tasks": tasks_json(list(done.tasks)),
    }
    said = call.words.text("say.handed-over", folder=done.folder, to=given.text("to"))
    return Answer(data, [*task_lines(call, list(done.tasks)), said])


def publish(call: Call) -> Answer:
    """`quipu publish DIR -o FOLDER`: the plan for the transparency portal, without marks."""
    from quipu.cli.year import standing_json
    from quipu.operations.publishing import publish as write_published

    with call.house() as house:
        done = write_published(house, folder=call.given.path("output"))
    files = [str(file) for file in done.files]
    data = {"done": True, "files": files, "plan": standing_json(done.standing)}
    lines = [*files]
    if done.standing.approval != "holds":
        lines.append(call.words.text(f"say.published-{done.standing.approval or 'none'}"))
    return Answer(data, lines)
