"""Bundles out and in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.cli.call import DONE, FINDINGS, NOT_DONE, Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError
from quipu.operations.sentences import code_sentence

if TYPE_CHECKING:
    from quipu.cli.syntax import Given
    from quipu.operations.exporting import Exported, Limits
    from quipu.operations.merging import BundleResult, Merged
    from quipu.operations.preview import Preview


def export(call: Call) -> Answer:
    """`quipu export DIR -o FILE`: what the other side lacks, or with `--all` for every office."""
    from quipu.operations.exporting import export_all, export_bundle

    given = call.given
    limits = _limits(given)
    full, everyone = given.flag("full"), given.flag("all")
    if everyone and (given.has("to") or given.has("with")):
        raise InputError("export-choice")
    names: dict[str, str] = {}
    with call.house(write=True) as house:
        if everyone:
            folder = given.path("output")
            made = export_all(
                house, folder=folder, full=full, limits=limits, progress=call.progress
            )
            offices = house.facts({one.audience for one in made})
            names = {one.audience: offices.text(one.audience, "name") for one in made}
        else:
            file, to = given.path("output"), given.text("to")
            one = export_bundle(
                house,
                file=file,
                to=to,
                full=full,
                limits=limits,
                along=given.texts("with"),
                progress=call.progress,
            )
            made = (one,)
    for one in made:
        if one.unsealed == "unknown":
            call.tell(call.words.text("say.unsealed", file=one.files[0].name))
        elif one.unsealed == "revoked":
            call.tell(call.words.text("say.none-for-revoked", office=names[one.audience]))
    return Answer(_exported(made), _export_lines(call, made))


def _limits(given: Given) -> Limits:
    from quipu.operations.exporting import Limits

    limits = Limits()
    if given.has("part-size"):
        limits = replace(limits, part_size=given.number("part-size"))
    if given.has("attachments"):
        limits = replace(limits, budget=given.number("attachments") or 0)
    return limits


def merge(call: Call) -> Answer:
    """`quipu merge DIR FILE…`: take bundles in, in any order, any number of times."""
    from quipu.operations.merging import merge_bundles

    if call.given.flag("look"):
        return _look(call)
    with call.house(write=True) as house:
        files = call.given.paths("files")
        merged = merge_bundles(house, files=files, progress=call.progress)
        ours = "centre"
    bundles = [_bundle(call, one, ours) for one in merged.bundles]
    data = {
        "bundles": bundles,
        "disputes_open": merged.disputes_open,
        "identity": "new" if merged.parted else "same",
    }
    if merged.parted:
        call.tell(call.words.text("notice.workspace-parted"))
    status = _merge_status(merged)
    if status == NOT_DONE:
        return _not_done(call, data, bundles)
    return Answer(data, _merge_lines(call, bundles, merged.disputes_open), status)


def _not_done(
    call: Call, data: Mapping[str, object], bundles: Iterable[Mapping[str, object]]
) -> Answer:
    """Say of each bundle why it cannot go in, where none can."""
    for one in bundles:
        call.tell(str(one["reason"]))
    return Answer(data, (), NOT_DONE)


def _look(call: Call) -> Answer:
    """`--look`: what merging would do; nothing is merged."""
    from quipu.operations.merging import Merged
    from quipu.operations.preview import preview_bundles

    with call.house(write=True) as house:
        seen = preview_bundles(house, files=call.given.paths("files"), progress=call.progress)
    bundles = [_seen(call, one) for one in seen]
    status = _merge_status(Merged(tuple(one.result for one in seen), 0))
    if status == NOT_DONE:
        return _not_done(call, {"bundles": bundles}, bundles)
    lines = [*_table(call, list(_listed(bundles))), call.words.text("say.looked")]
    return Answer({"bundles": bundles}, lines, status)


def _seen(call: Call, one: Preview) -> dict[str, object]:
    return {
        **_bundle(call, one.result, "centre"),
        "sequence": one.sequence or None,
        "made_at": one.made_at or None,
        "missing_before": list(one.missing_before),
        "attachments": one.attachments,
        "contents": [asdict(content) for content in one.contents],
        "refusals": dict(one.refusals),
        "would_dispute": [
            {
                "unit": clash.unit,
                "code": clash.code,
                "activity": clash.activity,
                "field": clash.address.field,
                "period": clash.address.period,
            }
            for clash in one.clashes
        ],
        "enclosed": [_seen(call, inner) for inner in one.enclosed],
    }


def _exported(made: Sequence[Exported]) -> dict[str, object]:
    data: dict[str, object] = {
        "files": [str(file) for one in made for file in one.files],
        "bytes": sum(one.bytes for one in made),
        "sequence": made[0].sequence if len(made) == 1 else None,
        "revisions": sum(one.revisions for one in made),
        "attachments": sum(one.attachments for one in made),
        "pending": sum(one.pending for one in made),
        "put_off": sum(one.put_off for one in made),
        "sealed": all(not one.unsealed for one in made),
    }
    data["bundles"] = [
        {
            "to": one.audience,
            "files": [str(file) for file in one.files],
            "bytes": one.bytes,
            "sequence": one.sequence,
            "revisions": one.revisions,
            "attachments": one.attachments,
            "pending": one.pending,
            "put_off": one.put_off,
            "sealed": not one.unsealed,
            "unsealed": one.unsealed or None,
            "enclosed": list(one.enclosed),
        }
        for one in made
    ]
    return data


def _export_lines(call: Call, made: Sequence[Exported]) -> Iterator[str]:
    for one in made:
        for file in one.files:
            size = f"{one.bytes / 1024:.1f}"
            yield call.words.text(
                "say.exported", file=file, sequence=one.sequence, revisions=one.revisions, size=size
            )
        if one.enclosed:
            yield call.words.plural("say.enclosed", len(one.enclosed))
        if one.put_off:
            yield call.words.text("say.put-off", n=one.put_off)
    if not made:
        yield call.words.text("say.no-offices")


def _bundle(call: Call, one: BundleResult, ours: str | None) -> dict[str, object]:
    unknown = one.state in ("refused", "kept", "waiting", "carried")
    sender = one.sender or (None if unknown else ours)
    reason = code_sentence(call.words, one.reason, one.params) if one.reason else None
    return {
        "file": str(one.file),
        "from": sender,
        "state": one.state,
        "revisions": one.revisions,
        "new": one.new,
        "refused": one.refused,
        "missing": one.missing,
        "disputes": one.disputes,
        "reason": reason,
        "code": one.reason or None,
        "asked": list(one.asked),
        "enclosed": [_bundle(call, inner, ours) for inner in one.enclosed],
    }


def _merge_status(merged: Merged) -> int:
    from quipu.operations.merging import with_enclosed

    if all(one.state == "refused" for one in merged.bundles):
        return NOT_DONE
    marred = any(
        one.state in ("refused", "partly", "waiting") or one.refused or one.missing or one.disputes
        for one in with_enclosed(merged.bundles)
    )
    return FINDINGS if marred or merged.disputes_open else DONE


def _state(one: Mapping[str, object]) -> str:
    """Give the key of the word for what became of a bundle; a device that waits has its own."""
    from quipu.sync.trust import WAITING

    return "bundle.to-admit" if one["code"] in WAITING else f"bundle.{one['state']}"


def _listed(
    bundles: Iterable[Mapping[str, object]], within: str = ""
) -> Iterator[dict[str, object]]:
    """Give bundles and those inside them, each under its file's name with the file around it."""
    for one in bundles:
        name = within + Path(str(one["file"])).name
        yield {**one, "file": name}
        inner = one["enclosed"]
        assert isinstance(inner, list)
        yield from _listed(inner, f"{name} › ")


def _merge_lines(
    call: Call, bundles: Sequence[Mapping[str, object]], disputes_open: int
) -> Iterator[str]:
    yield from _table(call, list(_listed(bundles)))
    yield call.words.plural("say.disputes-open", disputes_open)


def _table(call: Call, listed: Sequence[Mapping[str, object]]) -> Iterator[str]:
    words = call.words
    names = ("file", "from", "state", "revisions", "new", "refused", "missing", "disputes")
    rows = [
        [
            one["file"],
            words.text("say.centre") if one["from"] == "centre" else one["from"] or "",
            words.text(_state(one)),
            *(one[name] for name in names[3:]),
        ]
        for one in listed
    ]
    yield from table([words.text(f"head.{name}") for name in names], rows, right=range(3, 8))
    for one in listed:
        if one["reason"]:
            yield f"{one['file']}: {one['reason']}"
        if one["asked"]:
            yield words.text("say.asked-again", numbers=str(one["asked"]).strip("[]"))
