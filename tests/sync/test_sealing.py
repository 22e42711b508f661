"""Sealed bundles: opened by their receiver alone, and refused or the same after any change."""

from __future__ import annotations

import os
import zipfile
from decimal import Decimal
from pathlib import Path

import pyrage
import pytest

from quipu.domain.errors import BundleError, InputError
from quipu.sync.bundle import read_bundle
from quipu.sync.canonical import canonical
from quipu.sync.container import open_container
from quipu.sync.limits import SEAL_HEADER
from quipu.sync.receiving import ReceivingKey, device_key, mailbox_key, recipient
from quipu.sync.sealing import route_of, seal, sealed_body, unseal, usable
from tests.sync.forge import members, zipped
from tests.sync.world import AT_CENTRE, BRANCH, DATASET, OFFICE, OFFICE_KEY, ROOT

BOX, OTHER = mailbox_key(ROOT, 1), device_key(OFFICE_KEY)
ROUTE = {
    "audience": "centre", "dataset": DATASET, "encryption": "age", "format": 1, "kind": "bundle",
}  # fmt: skip


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    file = tmp_path / "signed.quipu"
    BRANCH.write(file, BRANCH.parcel([BRANCH.revision(1, Decimal(5)), BRANCH.revision(2, "a")]))
    return file


@pytest.fixture
def sealed(signed: Path, tmp_path: Path) -> Path:
    file = tmp_path / "n.quipu"
    seal(signed, file, dataset=DATASET, audience="centre", keys=[BOX.public])
    return file


def opened(file: Path, *keys: ReceivingKey) -> bytes:
    target = file.with_name("opened")
    target.unlink(missing_ok=True)
    unseal(file, target, keys=keys or [BOX])
    return target.read_bytes()


def refused(content: bytes, folder: Path, *keys: ReceivingKey) -> str:
    file = folder / "x.quipu"
    file.write_bytes(content)
    with pytest.raises(BundleError) as caught:
        opened(file, *keys)
    assert caught.value.params["file"] == "x.quipu"
    return caught.value.code


def with_body(body: bytes, route: dict[str, object] = ROUTE) -> bytes:
    return zipped({"route.json": canonical(route), "body.age": body})


def to_box(data: bytes, *keys: ReceivingKey) -> bytes:
    to = [pyrage.x25519.Recipient.from_str(recipient(key.public)) for key in keys or [BOX]]
    sealed: bytes = pyrage.encrypt(data, to)
    return sealed


def test_the_receiver_opens_what_was_signed(signed: Path, sealed: Path) -> None:
    assert opened(sealed) == signed.read_bytes()
    assert opened(sealed, OTHER, BOX) == signed.read_bytes()
    assert set(members(sealed)) == {"route.json", "body.age"}
    route = route_of(sealed)
    assert route is not None
    assert (route.dataset, route.audience) == (DATASET, "centre")
    assert route_of(signed) is None


def test_anybody_else_does_not(sealed: Path, tmp_path: Path) -> None:
    assert refused(sealed.read_bytes(), tmp_path, OTHER) == "bundle-sealed-to-others"
    with pytest.raises(BundleError, match="bundle-encrypted"):
        read_bundle(sealed, trust=AT_CENTRE)
    # Nothing of what is inside shows.
    assert BRANCH.info.id.encode() not in sealed.read_bytes()


def test_several_receivers_open_each_with_its_own_key(signed: Path, tmp_path: Path) -> None:
    file = tmp_path / "n.quipu"
    keys = [BOX.public, OTHER.public]
    seal(signed, file, dataset=DATASET, audience="centre", keys=keys)
    assert opened(file, BOX) == opened(file, OTHER) == signed.read_bytes()


def test_its_body_names_it(signed: Path, tmp_path: Path) -> None:
    file = tmp_path / "n.quipu"
    body = seal(signed, file, dataset=DATASET, audience="centre", keys=[BOX.public])
    assert sealed_body(file) == body
    with open_container(file, sealed=True) as container:
        assert container.sizes.keys() == {"route.json", "body.age"}


EVERY = pytest.param(1, marks=pytest.mark.stress)


@pytest.mark.parametrize("step", [41, EVERY])
def test_every_flipped_bit_is_refused_or_harmless(
    signed: Path, sealed: Path, tmp_path: Path, step: int
) -> None:
    whole, content = sealed.read_bytes(), signed.read_bytes()
    file, codes = tmp_path / "x.quipu", set()
    for bit in range(0, 8 * len(whole), step):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        file.write_bytes(changed)
        try:
            assert opened(file) == content, bit
        except BundleError as error:
            codes.add(error.code)
    assert "bundle-damaged" in codes


def test_every_truncation_is_refused(sealed: Path, tmp_path: Path) -> None:
    whole = sealed.read_bytes()
    for length in (*range(0, len(whole), 41), len(whole) - 1):
        refused(whole[:length], tmp_path)
    body = members(sealed)["body.age"]
    for length in range(0, len(body), 29):
        assert refused(with_body(body[:length]), tmp_path) in (
            "bundle-damaged",
            "bundle-sealed-to-others",
        )


def test_the_outside_must_say_where_the_inside_goes(sealed: Path, tmp_path: Path) -> None:
    body = members(sealed)["body.age"]
    assert refused(with_body(body, ROUTE | {"audience": OFFICE}), tmp_path) == "bundle-damaged"
    assert refused(with_body(body, ROUTE | {"format": 2}), tmp_path) == "bundle-too-new"
    assert refused(with_body(body, ROUTE | {"encryption": "x"}), tmp_path) == "bundle-too-new"
    assert refused(with_body(body, ROUTE | {"more": 1}), tmp_path) == "bundle-damaged"
    assert refused(with_body(body, {"format": 1}), tmp_path) == "bundle-too-new"
    assert refused(with_body(body, ROUTE | {"audience": "x"}), tmp_path) == "bundle-damaged"


def test_a_seal_within_a_seal_is_no_bundle(sealed: Path, tmp_path: Path) -> None:
    assert refused(with_body(to_box(sealed.read_bytes())), tmp_path) == "bundle-encrypted"
    assert refused(with_body(to_box(b"hola")), tmp_path) == "bundle-not-a-bundle"


def test_other_members_beside_a_body_are_refused(sealed: Path, signed: Path) -> None:
    both = zipped(members(signed) | members(sealed))
    assert refused(both, sealed.parent) == "bundle-damaged"
    assert refused(signed.read_bytes(), sealed.parent) == "bundle-damaged"


def test_a_header_that_age_would_chew_on_is_not_given_to_it(tmp_path: Path) -> None:
    many = [ReceivingKey(os.urandom(32)) for _ in range(200)]
    body = to_box(b"hola", *many)
    assert body.index(b"\n--- ") > SEAL_HEADER
    assert refused(with_body(body), tmp_path) == "bundle-too-large"
    endless = b"age-encryption.org/v1\n-> X25519 " + b"a" * 2_000_000
    assert refused(with_body(endless), tmp_path) == "bundle-too-large"
    assert refused(with_body(b"age-encryption.org/v2\n"), tmp_path) == "bundle-damaged"


@pytest.mark.parametrize("point", [bytes(32), b"\x01" + bytes(31)])
def test_nothing_is_sealed_to_a_point_that_everybody_opens(point: bytes) -> None:
    assert usable(BOX.public)
    assert not usable(point.hex())
    assert not usable("00")
    assert not usable(None)


def test_a_stick_that_fails_keeps_the_old_file(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"dataset": DATASET, "audience": "centre"}
    with pytest.raises(InputError, match="file-not-written"):
        seal(signed, tmp_path / "no" / "n.quipu", keys=[BOX.public], **told)
    file = tmp_path / "n.quipu"
    file.write_bytes(b"the old one")

    def spoilt(_: object) -> None:
        beside = next(tmp_path.glob(".n.quipu.*"))
        data = bytearray(beside.read_bytes())
        data[300] ^= 1
        beside.write_bytes(data)

    def cut(_: object) -> None:
        beside = next(tmp_path.glob(".n.quipu.*"))
        beside.write_bytes(beside.read_bytes()[:-1])

    for accident in (spoilt, cut):
        monkeypatch.setattr("quipu.sync.sealing.forget", accident)
        with pytest.raises(InputError, match="file-not-verified"):
            seal(signed, file, keys=[BOX.public], **told)
    monkeypatch.setattr("quipu.sync.sealing._LARGEST", 10)
    with pytest.raises(BundleError, match="bundle-too-large"):
        seal(signed, file, keys=[BOX.public], **told)
    assert file.read_bytes() == b"the old one"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["n.quipu", "signed.quipu"]


def test_a_disk_that_fills_while_opening_says_so(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("quipu.sync.sealing._Pipe._put", full)
    with pytest.raises(OSError, match="No space left") as caught:
        unseal(sealed, tmp_path / "o", keys=[BOX])
    assert caught.value.errno == 28


def test_the_same_members_in_another_archive_open_too(sealed: Path, signed: Path) -> None:
    other = sealed.with_name("other.quipu")
    with zipfile.ZipFile(other, "w") as archive:
        for name, data in members(sealed).items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data)
    assert opened(other) == signed.read_bytes()
