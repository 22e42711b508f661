"""The keys of a centre or an office: where they rest, the words for the safe, and the way back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from quipu import settings
from quipu.cli.call import DONE, FINDINGS, Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError
from quipu.operations.sentences import code_sentence

if TYPE_CHECKING:
    from quipu.operations.rebuilding import Rebuilt
    from quipu.operations.securing import Recovered

NEW_VARIABLE = "QUIPU_NEW_PASSPHRASE"
_ACROSS = 4
_LARGEST = 10_000


def keys(call: Call) -> Answer:
    """`quipu keys DIR`: which keys of a workspace this computer has, and how they rest."""
    from quipu.operations.securing import keys_here

    with call.house() as house:
        found = keys_here(house)
    words = call.words
    rows = [[one.name, words.text(f"rest.{one.rest or 'damaged'}")] for one in found]
    data = {"keys": [{"name": one.name, "rest": one.rest} for one in found]}
    lines = table([words.text("head.key"), words.text("head.rest")], rows)
    return Answer(data, lines if rows else [words.text("say.no-keys")])


def passphrase(call: Call) -> Answer:
    """`quipu keys passphrase DIR`: put the keys under a passphrase, or under none (`--remove`)."""
    from quipu.operations.securing import set_passphrase

    given = call.given
    if given.flag("remove") and given.has("from"):
        raise InputError("passphrase-choice")
    new = None if given.flag("remove") else _new_passphrase(call)
    names = set_passphrase(folder=given.path("dir"), passphrase=new)
    data = {"done": True, "keys": list(names), "closed": new is not None}
    key = "say.passphrase-set" if new is not None else "say.passphrase-removed"
    return Answer(data, [call.words.text(key, n=len(names))])


def words(call: Call) -> Answer:
    """`quipu keys words DIR`: the 24 words of the root key for the safe, also as a page."""
    from quipu.operations.recovery_page import print_words
    from quipu.operations.securing import recovery_words

    language = call.words.lang
    file = call.given.maybe_path("output")
    with call.house() as house:
        found = recovery_words(house, language=language)
        pages = print_words(house, words=found, language=language, file=file) if file else None
    data = {
        "words": list(found),
        "language": language,
        "file": str(file) if file else None,
        "pages": pages,
    }
    numbered = [f"{number:>2} {word:<12}" for number, word in enumerate(found, start=1)]
    rows = range(0, len(numbered), _ACROSS)
    lines = ["  ".join(numbered[start : start + _ACROSS]).rstrip() for start in rows]
    lines.append(call.words.text("say.words"))
    if file:
        lines.append(call.words.text("say.words-printed", file=file))
    return Answer(data, lines)


def recover(call: Call) -> Answer:
    """`quipu keys recover DIR --words …|--from FILE [--bundles FOLDER]`: the centre again."""
    from quipu.operations.securing import recover as bring_back

    given = call.given
    if given.has("words") == given.has("from"):
        raise InputError("recover-choice")
    typed = " ".join(given.texts("words")) or _read(given.path("from"))
    if given.has("bundles"):
        from quipu.operations.rebuilding import rebuild_centre

        bundles = given.path("bundles")
        return rebuilt(call, rebuild_centre(folder=given.path("dir"), words=typed, bundles=bundles))
    return _recovered(call, bring_back(folder=given.path("dir"), words=typed))


def rebuilt(call: Call, done: Rebuilt) -> Answer:
    """Answer what was made of bundles, and what cannot be."""
    words = call.words
    left = [
        {"file": one.name, "reason": code_sentence(words, one.reason, one.params)}
        for one in done.skipped
    ]
    missing = [
        {"device": one.device, "office_id": one.office, "numbers": list(one.numbers)}
        for one in done.missing
    ]
    data = {
        "done": True,
        "folder": str(done.folder),
        "dataset": done.dataset,
        "device": done.device,
        "new_device": True,
        "bundles": done.bundles,
        "revisions": done.revisions,
        "last": done.last or None,
        "skipped": left,
        "missing": missing,
        "replaced": done.replaced or None,
    }
    told = {"folder": done.folder, "bundles": done.bundles, "revisions": done.revisions}
    lines = [words.text("say.rebuilt", device=done.device, **told)]
    if done.replaced:
        lines.append(words.text("say.rebuilt-replaced", name=done.replaced))
    lines.append(words.text("say.rebuilt-last" if done.last else "say.rebuilt-none", at=done.last))
    for gap in done.missing:
        numbers = ", ".join(map(str, gap.numbers))
        lines.append(words.text("say.rebuilt-missing", device=gap.device, numbers=numbers))
    lines += [f"{one['file']}: {one['reason']}" for one in left]
    return Answer(data, lines, FINDINGS if left or missing else DONE)


def export(call: Call) -> Answer:
    """`quipu keys export DIR -o FILE`: a copy of the root key under a passphrase."""
    from quipu.operations.securing import export_root

    file = call.given.path("output")
    with call.house() as house:
        secret = os.environ.get(NEW_VARIABLE) or settings.passphrase()
        export_root(house, file=file, passphrase=secret)
    data = {"done": True, "file": str(file)}
    return Answer(data, [call.words.text("say.root-exported", file=file)])


def take(call: Call) -> Answer:
    """`quipu keys import DIR FILE`: take a copy of the root key on this computer."""
    from quipu.operations.securing import import_root

    given = call.given
    done = import_root(
        folder=given.path("dir"), file=given.path("file"), passphrase=settings.passphrase()
    )
    return _recovered(call, done)


def _recovered(call: Call, done: Recovered) -> Answer:
    data = {
        "done": True,
        "folder": str(done.folder),
        "dataset": done.dataset,
        "device": done.device,
        "new_device": done.new_device,
    }
    key = "say.recovered-new" if done.new_device else "say.recovered"
    return Answer(data, [call.words.text(key, folder=done.folder, device=done.device)])


def _new_passphrase(call: Call) -> str:
    """Give the passphrase that is to hold from now on; it is never typed on the line."""
    if call.given.has("from"):
        return _read(call.given.path("from")).rstrip("\r\n")
    found = os.environ.get(NEW_VARIABLE)
    if not found:
        raise InputError("new-passphrase-missing", variable=NEW_VARIABLE)
    return found


def _read(file: Path) -> str:
    from quipu.operations.gesture import read_bytes

    try:
        return read_bytes(file)[:_LARGEST].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("text-not-utf8", file=file) from error
