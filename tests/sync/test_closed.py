"""Enrolment files closed with a code: nothing is read without it, nothing changed passes."""

import json
import random
import time
import zipfile
from pathlib import Path

import pytest

from quipu.domain.errors import BundleError, InputError
from quipu.sync import closed as closing
from quipu.sync.bundle import read_bundle
from quipu.sync.certificates import Terms
from quipu.sync.codes import same_code
from quipu.sync.container import CLOSED_BODY, CLOSED_SEAL, ROUTE
from quipu.sync.enrolment import admit, read_enrolment
from quipu.sync.sealed import CODE_COST, WrongSecret, unclose
from quipu.words import LANGUAGES, Words
from tests.sync.enrolling import enrolment_file, first_parcel
from tests.sync.forge import members, zipped
from tests.sync.world import AT, AT_OFFICE, DATASET, OFFICE, key

CODE = "A3CD-9KMN-PQRT-WXY4"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sound enrolment file closed with a code."""
    path = tmp_path_factory.mktemp("closed") / "entrada.quipu"
    enrolment_file(path, CODE)
    return path.read_bytes()


def refusal(path: Path, content: bytes, code: str | None = CODE) -> str:
    """The code by which it is refused; its sentence exists in both languages."""
    path.write_bytes(content)
    with pytest.raises(BundleError) as refused:
        read_enrolment(path, code)
    for language in LANGUAGES:
        sentence = Words.load(language).text(f"error.{refused.value.code}", **refused.value.params)
        assert path.name in sentence
    return refused.value.code


def test_the_code_opens_it_however_it_is_typed(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entrada.quipu"
    path.write_bytes(content)
    found = read_enrolment(path, CODE.lower().replace("-", " "))
    assert (found.office, found.office_name) == (OFFICE, "Oficina Norte")
    assert found.first.parcel == first_parcel()
    assert admit(found, device="pc", key=key("pc").public, issued_at=AT).office == OFFICE


def test_without_its_code_it_is_not_read(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entrada.quipu"
    for none in (None, "", " - "):
        assert refusal(path, content, none) == "enrolment-code-missing"
    for wrong in ("A3CD-9KMN-PQRT-WXY3", "x", "A3CD"):
        assert refusal(path, content, wrong) == "enrolment-code-wrong"


def test_the_outside_shows_only_where_it_goes(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entrada.quipu"
    path.write_bytes(content)
    found = members(path)
    assert set(found) == {"route.json", "seal.json", "body.closed"}
    assert json.loads(found["route.json"]) == {
        "audience": OFFICE,
        "dataset": DATASET,
        "encryption": "code",
        "format": 1,
        "kind": "enrolment",
    }
    assert json.loads(found["seal.json"])["n"] == CODE_COST
    for word in (b"Norte", b"Integraci", b"Formar", b"secret", CODE.encode()):
        assert word not in content


def test_it_is_no_bundle(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entrada.quipu"
    path.write_bytes(content)
    with pytest.raises(BundleError, match="bundle-is-an-enrolment"):
        read_bundle(path, trust=AT_OFFICE)


def test_every_changed_bit_is_refused_or_harmless(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entrada.quipu"
    wanted = first_parcel()
    rng = random.Random(5)
    head = range(8 * 400)
    bits = {*rng.sample(head, 60), *rng.sample(range(8 * len(content)), 60)}
    # The end, where the directory is.
    bits |= set(rng.sample(range(8 * (len(content) - 300), 8 * len(content)), 60))
    for bit in bits:
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        try:
            found = read_enrolment(path, CODE)
        except BundleError as error:
            assert error.params["file"] == path.name
        else:
            assert found.first.parcel == wanted


def test_every_single_bit_is_refused_or_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed at the least cost, so that all bits can be tried; the cost is no part of the form."""
    monkeypatch.setattr(closing, "CODE_COST", 2)
    path = tmp_path / "entrada.quipu"
    enrolment_file(path, CODE)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        inside = archive.getinfo(CLOSED_BODY).file_size
        told, about = json.loads(archive.read(CLOSED_SEAL)), archive.read(ROUTE)
        body = archive.read(CLOSED_BODY)
    start = content.index(body)
    wanted, harmless = closing.closed_content(path, CODE), 0
    for place in (*range(start), *range(start + inside, len(content))):
        for bit in range(8):
            path.write_bytes(flipped(content, place, bit))
            try:
                assert closing.closed_content(path, CODE) == wanted
            except BundleError as error:
                assert error.params["file"] == path.name
            else:
                harmless += 1
    assert 0 < harmless < 2000
    about = b"quipu enrolment 1\0" + about
    assert unclose(told, body, same_code(CODE), about=about)
    for place in range(inside):  # what is within the seal: without the file around it
        for bit in range(8):
            with pytest.raises(WrongSecret):
                unclose(told, flipped(body, place, bit), same_code(CODE), about=about)


def flipped(content: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1 << bit
    return bytes(changed)


@pytest.mark.parametrize(
    "change", [{"n": 2**24, "r": 64}, {"n": 2**22}, {"p": 10**9}, {"kdf": "x"}, {"salt": "00"}]
)
def test_a_seal_that_asks_for_gigabytes_is_refused_at_once(
    content: bytes, tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "entrada.quipu"
    path.write_bytes(content)
    found = members(path)
    seal = json.dumps(json.loads(found["seal.json"]) | change).encode()
    begun = time.perf_counter()
    assert refusal(path, zipped(found | {"seal.json": seal})) == "bundle-damaged"
    assert time.perf_counter() - begun < 1


def test_what_is_no_seal_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entrada.quipu"
    path.write_bytes(content)
    found = members(path)
    for seal in (b"", b"[]", b"[" * 9_000, b"\xff"):
        assert refusal(path, zipped(found | {"seal.json": seal})) == "bundle-damaged"
    assert refusal(path, zipped(found | {"seal.json": b" " * 20_000})) == "bundle-too-large"
    assert refusal(path, zipped(found | {"extra": b""})) == "bundle-damaged"
    route = found["route.json"].replace(b'"code"', b'"cods"')
    assert refusal(path, zipped(found | {"route.json": route})) == "enrolment-code-wrong"
    other = json.loads(found["route.json"]) | {"audience": DATASET}
    assert refusal(path, zipped(found | {"route.json": json.dumps(other).encode()}))


def test_closing_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file-not-written"):
        enrolment_file(tmp_path / "none" / "entrada.quipu", CODE)
    assert list(tmp_path.iterdir()) == []


def test_an_office_joins_on_the_terms_of_its_file(tmp_path: Path) -> None:
    terms = Terms("relay", not_before="2024-01-01", not_after="2024-12-31")
    enrolment_file(tmp_path / "a.quipu", CODE, terms)
    found = read_enrolment(tmp_path / "a.quipu", CODE)
    assert (found.role, found.terms) == ("relay", terms)
    chain = admit(found, device="pc", key=key("pc").public, issued_at=AT).chain
    assert chain[-1]["role"] == "relay"
