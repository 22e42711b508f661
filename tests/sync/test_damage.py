"""A changed byte changes nothing: it is refused, or what is read is the same."""

import hashlib
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.errors import BundleError
from quipu.domain.revision import RevisionName
from quipu.sync.bundle import BundleRead, read_bundle
from quipu.sync.enrolment import read_enrolment
from tests.sync.enrolling import enrolment_file
from tests.sync.world import AT_CENTRE, BRANCH, CENTRE

FILE = Path("norte.quipu")
EVIDENCE = b"lista de asistencia"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small bundle with a little of everything."""
    folder = tmp_path_factory.mktemp("bundle")
    blob = folder / "blob"
    blob.write_bytes(EVIDENCE)
    name = hashlib.sha256(EVIDENCE).hexdigest()
    replaced = (RevisionName(BRANCH.session.id, 1), RevisionName(CENTRE.session.id, 3))
    revisions = [
        BRANCH.revision(1, Decimal("0.5")),
        BRANCH.revision(2, "ñandú", reason="corrección"),
        BRANCH.revision(3, None, replaces=replaced),
    ]
    BRANCH.write(folder / FILE, BRANCH.parcel(revisions, blobs=(name,)), **{name: blob})
    return (folder / FILE).read_bytes()


def read(content: bytes) -> BundleRead:
    return read_bundle(FILE, trust=AT_CENTRE, content=content)


def is_refused(content: bytes, wanted: BundleRead) -> bool:
    """Read changed bytes: refused, or read as the very same; anything else fails."""
    try:
        found = read(content)
    except BundleError as refusal:
        assert refusal.params["file"] == FILE.name
        return True
    assert (found.parcel, found.blobs) == (wanted.parcel, wanted.blobs)
    assert found.manifest_sha256 == wanted.manifest_sha256
    return False


def test_every_flipped_bit_is_refused_or_changes_nothing(original: bytes) -> None:
    wanted = read(original)
    refused = 0
    for place in range(len(original)):
        for bit in range(8):
            changed = bytearray(original)
            changed[place] ^= 1 << bit
            refused += is_refused(bytes(changed), wanted)
    assert refused > 0.8 * len(original) * 8


def test_every_truncation_is_refused(original: bytes) -> None:
    codes = set()
    for length in range(len(original)):
        with pytest.raises(BundleError) as refused:
            read(original[:length])
        codes.add(refused.value.code)
    assert codes == {"bundle-not-a-bundle", "bundle-cut-short", "bundle-damaged"}


@pytest.mark.parametrize("more", [b"\0", b"PK\x05\x06", b"x" * 30, b"PK\x05\x06" + bytes(18)])
def test_bytes_after_the_end_are_refused(original: bytes, more: bytes) -> None:
    assert is_refused(original + more, read(original))
    assert is_refused(more + original, read(original))


MUTATIONS: list[Callable[[random.Random, bytearray], None]] = [
    lambda rng, data: data.__setitem__(rng.randrange(len(data)), rng.randrange(256)),
    lambda rng, data: data.__delitem__(rng.randrange(len(data))),
    lambda rng, data: data.insert(rng.randrange(len(data)), rng.randrange(256)),
    lambda rng, data: data.__delitem__(slice(rng.randrange(len(data)), rng.randrange(len(data)))),
    lambda rng, data: data.extend(data[rng.randrange(len(data)) :]),
    lambda rng, data: data.__setitem__(
        slice(at := rng.randrange(len(data)), at + 4),
        rng.choice([b"\xff" * 4, bytes(4), b"PK\1\2"]),
    ),
    lambda rng, data: data.__setitem__(
        slice(at := rng.randrange(len(data)), at), data[: rng.randrange(60)]
    ),
]


def mutated(rng: random.Random, original: bytes) -> bytes:
    data = bytearray(original)
    for _ in range(rng.randint(1, 4)):
        if data:
            rng.choice(MUTATIONS)(rng, data)
    return bytes(data)


@pytest.mark.parametrize("seed", range(10))
def test_mutated_bundles_are_refused_or_change_nothing(original: bytes, seed: int) -> None:
    rng = random.Random(seed)
    wanted = read(original)
    for _ in range(60):
        is_refused(mutated(rng, original), wanted)


@pytest.mark.stress
def test_many_mutated_bundles_are_refused_or_change_nothing(original: bytes) -> None:
    rng = random.Random(2024)
    wanted = read(original)
    for _ in range(100_000):
        is_refused(mutated(rng, original), wanted)


def test_mutated_enrolments_are_refused_or_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "entrada.quipu"
    enrolment_file(path)
    original = path.read_bytes()
    wanted = read_enrolment(path)
    rng = random.Random(7)
    for _ in range(200):
        path.write_bytes(mutated(rng, original))
        try:
            found = read_enrolment(path)
        except BundleError as refusal:
            assert refusal.params["file"] == path.name
        else:
            assert found.first.parcel == wanted.first.parcel
            assert (found.units, found.root) == (wanted.units, wanted.root)
            assert found.one_use.public == wanted.one_use.public
