"""What a coverage-guided fuzzer is let loose on: `python -m tests.fuzz.target KIND -runs=N`.

Each kind is a reader of untrusted bytes. A reader may refuse with its own error or read; anything
else, a crash, a hang, memory without end, or a fact that no one signed, ends the process.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["quipu.sync", "quipu.domain"]):
    from quipu.domain.errors import BundleError
    from quipu.sync.bundle import read_bundle
    from quipu.sync.canonical import sha256
    from quipu.sync.certificates import ChainError, verify_chain
    from quipu.sync.columns import Block, Dictionaries
    from quipu.sync.enrolment import read_enrolment
    from quipu.sync.letter import LetterError, read_letter, write_letter
    from quipu.sync.manifest import ManifestError, NewerFormat, check_route, read_manifest
    from quipu.sync.parts import read_part
    from quipu.sync.receiving import mailbox_key
    from quipu.sync.sealing import route_of, seal, unseal
    from tests.sync import world
    from tests.sync.enrolling import enrolment_file

import msgspec

from tests.sync.forge import members

FILE = Path("b.quipu")
SCRATCH = Path(tempfile.mkdtemp(prefix="quipu-fuzz-"))
PARCEL = world.BRANCH.parcel(
    [world.BRANCH.revision(1, Decimal("1.5")), world.BRANCH.revision(2, "ñandú", reason="porque")]
)
BOX = mailbox_key(world.ROOT, 1)


def _written() -> bytes:
    world.BRANCH.write(SCRATCH / FILE, PARCEL)
    return (SCRATCH / FILE).read_bytes()


SOUND = _written()


def bundle(data: bytes) -> None:
    try:
        found = read_bundle(FILE, trust=world.AT_CENTRE, content=data)
    except BundleError:
        return
    assert found.parcel.revisions == PARCEL.revisions, "a fact that nobody signed"


def sealed(data: bytes) -> None:
    file, inner = SCRATCH / "s.quipu", SCRATCH / "inner"
    file.write_bytes(data)
    inner.unlink(missing_ok=True)
    try:
        if route_of(file) is not None:
            unseal(file, inner, keys=[BOX])
    except BundleError:
        return


def letter(data: bytes) -> None:
    try:
        found = read_letter(data)
    except LetterError:
        return
    for revision in found.revisions:
        assert revision.name.n > 0
    again = read_letter(data)
    assert tuple(again.revisions) == tuple(found.revisions)


def columns(data: bytes) -> None:
    """Columns of every shape in an otherwise sound letter."""
    given = atheris.FuzzedDataProvider(data)
    head, block = (msgspec.json.decode(line) for line in write_letter(PARCEL).splitlines())
    for _ in range(given.ConsumeIntInRange(1, 4)):
        name = COLUMNS[given.ConsumeIntInRange(0, len(COLUMNS) - 1)]
        told = head["words"] if name in head["words"] else block
        told[name] = _anything(given, 3)
    letter(msgspec.json.encode(head) + b"\n" + msgspec.json.encode(block) + b"\n")


COLUMNS = (*Block.__struct_fields__, *Dictionaries.__struct_fields__)


def _anything(given: atheris.FuzzedDataProvider, depth: int) -> object:
    kind = given.ConsumeIntInRange(0, 7 if depth else 5)
    if kind < 3:
        return (given.ConsumeIntInRange(-3, 3), given.ConsumeInt(8), 2**53 + kind)[kind]
    if kind < 6:
        return (given.ConsumeUnicodeNoSurrogates(40), None, bool(depth % 2))[kind - 3]
    return [_anything(given, depth - 1) for _ in range(given.ConsumeIntInRange(0, 4))]


def manifest(data: bytes) -> None:
    for read in (lambda: read_manifest(data, sha256(data)), lambda: check_route(data)):
        try:
            read()
        except (ManifestError, NewerFormat):
            continue


def chain(data: bytes) -> None:
    try:
        told = msgspec.json.decode(data, type=list[dict[str, object]])
    except (ValueError, RecursionError):
        return
    try:
        verify_chain(world.ROOT.public, told, dataset=world.DATASET)
    except ChainError:
        return
    assert told == [dict(one) for one in world.OFFICE_CHAIN], "a certificate that nobody signed"


def enrolment(data: bytes) -> None:
    file = SCRATCH / "e.quipu"
    file.write_bytes(data)
    try:
        found = read_enrolment(file)
    except BundleError:
        return
    assert found.root == world.ROOT.public


def part(data: bytes) -> None:
    file = SCRATCH / "p.quipu"
    file.write_bytes(data)
    try:
        read_part(file)
    except BundleError:
        return


KINDS: dict[str, Callable[[bytes], None]] = {
    "bundle": bundle,
    "sealed": sealed,
    "letter": letter,
    "columns": columns,
    "manifest": manifest,
    "chain": chain,
    "enrolment": enrolment,
    "part": part,
}


def seeds(kind: str) -> list[bytes]:
    """Sound inputs of a kind, for the fuzzer to begin with."""
    if kind == "letter":
        return [write_letter(PARCEL), write_letter(world.CENTRE.parcel())]
    if kind in ("manifest", "chain"):
        found = members(SCRATCH / FILE)
        told = msgspec.json.decode(found["manifest.json"])
        return [found["manifest.json"], found["route.json"], msgspec.json.encode(told["chain"])]
    if kind == "enrolment":
        enrolment_file(SCRATCH / "seed.quipu")
        return [(SCRATCH / "seed.quipu").read_bytes()]
    if kind == "sealed":
        told = {"dataset": world.DATASET, "audience": "centre", "keys": [BOX.public]}
        seal(SCRATCH / FILE, SCRATCH / "seed.quipu", **told)
        return [(SCRATCH / "seed.quipu").read_bytes()]
    if kind == "part":
        head = {
            "bundle": sha256(SOUND), "bytes": len(SOUND), "part": 1, "of": 2,
            "sha256": sha256(SOUND[:50]),
        }  # fmt: skip
        return [b"QUIPU-PART 1\n" + msgspec.json.encode(head) + b"\n" + SOUND[:50]]
    return [SOUND]


def main() -> None:
    """Fuzz one kind; the rest of the line is for the fuzzer."""
    kind, *rest = sys.argv[1:]
    corpus = SCRATCH / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds(kind)):
        (corpus / str(number)).write_bytes(seed)
    limits = ("-timeout=20", "-rss_limit_mb=1024", f"-artifact_prefix={SCRATCH}/")
    atheris.Setup([sys.argv[0], str(corpus), *limits, *rest], KINDS[kind])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
