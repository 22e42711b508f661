"""What strangers, liars and accidents send, each refused with the code of its sentence."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from quipu.domain.parcel import DeviceInfo
from quipu.sync.bundle import read_bundle
from quipu.sync.limits import MIB
from quipu.sync.trust import Trust
from tests.sync.forge import OPS, Json, members, resigned, zipped
from tests.sync.refusing import refusal
from tests.sync.world import (
    AT_CENTRE,
    AT_OFFICE,
    BRANCH,
    CENTRE,
    DATASET,
    OFFICE,
    ONE_USE,
    ROOT,
    Side,
    key,
    office_certificate,
    side,
    uid,
)

# ---------------------------------------------------------------- the outside


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(None, path=tmp_path / "none.quipu") == "file-missing"
    assert refusal(None, path=tmp_path) == "bundle-unreadable"


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_other_files_are_no_bundles(content: bytes) -> None:
    assert refusal(content) == "bundle-not-a-bundle"


def test_another_archive_is_no_bundle(path: Path) -> None:
    assert refusal(zipped({"xl/workbook.xml": b"<a/>"})) == "bundle-not-a-bundle"
    # Also one whose end is not as ours: written by another program.
    book = zipped({"[Content_Types].xml": b"<a/>"})
    assert refusal(book[:-2] + b"\x01\x00" + b"x") == "bundle-not-a-bundle"
    found = members(path)
    del found["manifest.sig"]
    assert refusal(zipped(found)) == "bundle-not-a-bundle"


def test_a_stranger_in_the_container_is_refused(path: Path) -> None:
    for name in ("extra", "../../etc/passwd", "/absolute", "C:\\windows", "blobs/" + "ab" * 32):
        assert refusal(zipped(members(path) | {name: b"x"})) == "bundle-damaged"


def test_a_missing_part_is_refused(path: Path) -> None:
    found = members(path)
    del found[OPS]
    assert refusal(zipped(found)) == "bundle-damaged"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in [*members(path).items(), (OPS, b"x")]:
            archive.writestr(zipfile.ZipInfo(name), data)
    assert refusal(file.getvalue()) == "bundle-damaged"


def test_a_packed_member_is_refused(path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members(path).items():
            archive.writestr(name, data)
    assert refusal(file.getvalue()) == "bundle-damaged"


def test_a_large_archive_format_is_refused(path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members(path).items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(data)
    content = file.getvalue()
    end, locator = content[-22:], b"PK\x06\x07" + bytes(16)
    assert refusal(content[:-22] + locator + end) == "bundle-damaged"
    directory = int.from_bytes(end[12:16], "little") + 20
    longer = end[:12] + directory.to_bytes(4, "little") + end[16:]
    assert refusal(content[:-22] + locator + longer) == "bundle-damaged"


def test_a_member_that_lies_about_its_size_is_refused(path: Path) -> None:
    content = path.read_bytes()
    for size in (0xFFFF_FFFE, 0x7FFF_FFFF, 10_000_000):
        lie = bytearray(content)
        start = content.rindex(b"PK\x01\x02")
        lie[start + 20 : start + 28] = size.to_bytes(4, "little") * 2
        assert refusal(bytes(lie)) in {"bundle-lies", "bundle-damaged"}


def test_a_directory_with_too_many_members_is_refused() -> None:
    assert refusal(zipped({f"{n}": b"" for n in range(5000)})) == "bundle-too-large"


def test_a_manifest_that_is_too_large_is_refused(path: Path) -> None:
    found = members(path) | {"manifest.json": b" " * (MIB + 1)}
    assert refusal(zipped(found)) == "bundle-too-large"


def test_an_encrypted_bundle_is_kept_for_a_newer_version(path: Path) -> None:
    route = members(path)["route.json"]
    assert refusal(zipped({"route.json": route, "body.age": b"age"})) == "bundle-encrypted"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"format":1', b"[" * 500_000, b"\xff"])
def test_a_manifest_that_is_none_is_refused(path: Path, body: bytes) -> None:
    assert refusal(zipped(members(path) | {"manifest.json": body})) == "bundle-damaged"
    assert refusal(zipped(members(path) | {"route.json": body[:9_000]})) == "bundle-damaged"


# ---------------------------------------------------------------- versions


@pytest.mark.parametrize(
    "news",
    [
        {"format": 2},
        {"min_reader": 2},
        {"requires": ["ops/1", "zstd", "relay/2"]},
        {"kind": "blobs"},
    ],
)
def test_what_must_be_understood_and_is_not_asks_for_an_update(path: Path, news: Json) -> None:
    assert refusal(resigned(path, BRANCH.key, lambda said: said.update(news))) == "bundle-too-new"


def test_an_outside_of_a_newer_version_asks_for_an_update(path: Path) -> None:
    outsides: list[Json] = [{"format": 2}, {"encryption": "age"}]
    for news in outsides:
        newer = resigned(
            path, BRANCH.key, lambda _: None, route=lambda said, n=news: said.update(n)
        )
        assert refusal(newer) == "bundle-too-new"


def test_parts_and_keys_of_a_newer_version_are_let_be(path: Path) -> None:
    note = b"something new"

    def change(said: Json) -> None:
        told = {"name": "notes.txt", "bytes": len(note), "colour": "red"}
        assert isinstance(said["parts"], list)
        said["parts"].append(told | {"sha256": hashlib.sha256(note).hexdigest()})
        said["weather"] = {"rain": [True]}

    newer = resigned(path, BRANCH.key, change, {"notes.txt": note})
    found = read_bundle(path, trust=AT_CENTRE, content=newer)
    assert found.parcel.extra == {"weather": {"rain": [True]}}
    assert found.parcel.revisions == read_bundle(path, trust=AT_CENTRE).parcel.revisions


def test_an_enrolment_is_no_bundle(path: Path) -> None:
    wrong = resigned(path, BRANCH.key, lambda said: said.update(kind="enrolment"))
    assert refusal(wrong) == "bundle-is-an-enrolment"


# ---------------------------------------------------------------- from whom, for whom


def test_the_outside_must_say_what_is_signed(path: Path) -> None:
    wrong = resigned(
        path, BRANCH.key, lambda _: None, route=lambda said: said.update(audience=OFFICE)
    )
    assert refusal(wrong) == "bundle-damaged"


def test_another_institutions_bundle_is_refused(path: Path) -> None:
    other = Trust(uid("other"), AT_CENTRE.audiences, ROOT.public)
    assert refusal(path.read_bytes(), other) == "bundle-foreign"


def test_a_bundle_for_someone_else_is_refused(path: Path) -> None:
    assert refusal(path.read_bytes(), AT_OFFICE) == "bundle-for-someone-else"


def test_a_copy_still_reads_what_is_addressed_to_its_original(path: Path) -> None:
    both = Trust(DATASET, frozenset({"centre", OFFICE}), ROOT.public)
    assert read_bundle(path, trust=both).sender.device == "office-1"


def test_a_changed_manifest_is_refused_by_its_signature(path: Path) -> None:
    found = members(path)
    found["manifest.json"] = found["manifest.json"].replace(b'"seq":1', b'"seq":2')
    assert refusal(zipped(found)) == "bundle-bad-signature"


@pytest.mark.parametrize("signature", [b"", b"\0" * 64, b"x" * 65])
def test_a_forged_signature_is_refused(path: Path, signature: bytes) -> None:
    assert refusal(zipped(members(path) | {"manifest.sig": signature})) == "bundle-bad-signature"


def test_a_stranger_with_a_key_of_his_own_is_refused(path: Path) -> None:
    stranger = key("stranger")
    itself = resigned(path, stranger, lambda said: said.update(key=stranger.public))
    assert refusal(itself) == "bundle-unknown-device"
    chain = [dict(BRANCH.info.chain[0]), office_certificate(stranger, "office-1", stranger)]
    forged = resigned(path, stranger, lambda said: said.update(key=stranger.public, chain=chain))
    assert refusal(forged) == "bundle-unknown-device"
    nobody = resigned(path, BRANCH.key, lambda said: said.update(chain=[]))
    assert refusal(nobody) == "bundle-unknown-device"


def test_another_root_knows_nobody(path: Path) -> None:
    other = Trust(DATASET, AT_CENTRE.audiences, key("other root").public)
    assert refusal(path.read_bytes(), other) == "bundle-unknown-device"


def test_a_device_known_with_another_key_is_refused(path: Path) -> None:
    known = DeviceInfo("office-1", OFFICE, key("before").public)
    trust = Trust(DATASET, AT_CENTRE.audiences, ROOT.public, {"office-1": known})
    assert refusal(path.read_bytes(), trust) == "bundle-unknown-device"


def test_an_office_cannot_speak_as_the_centre(path: Path) -> None:
    wrong = resigned(path, BRANCH.key, lambda said: said.update(kind="centre"))
    assert refusal(wrong) == "bundle-lies"
    wrong = resigned(path, BRANCH.key, lambda said: said.update(kind="centre", office=""))
    assert refusal(wrong) == "bundle-unknown-device"


def test_after_revocation_only_what_stands_is_read(path: Path) -> None:
    name = read_bundle(path, trust=AT_CENTRE).manifest_sha256
    gone = Trust(DATASET, AT_CENTRE.audiences, ROOT.public, revoked={"office-1": {"ab" * 32}})
    assert refusal(path.read_bytes(), gone) == "bundle-revoked-device"
    stands = Trust(DATASET, AT_CENTRE.audiences, ROOT.public, revoked={"office-1": {name}})
    assert read_bundle(path, trust=stands).manifest_sha256 == name


def copy_of_branch() -> Side:
    """A copy of the office's workspace, admitted by its original."""
    own = key("copy")
    chain = (*BRANCH.info.chain, office_certificate(BRANCH.key, "copy-1", own))
    return side("copy-1", OFFICE, own, chain)


def test_a_second_computer_with_the_same_enrolment_waits(path: Path, tmp_path: Path) -> None:
    own = key("second")
    second = side(
        "office-2",
        OFFICE,
        own,
        (BRANCH.info.chain[0], office_certificate(ONE_USE, "office-2", own)),
    )
    known = {"office-1": BRANCH.info, "centre-1": CENTRE.info, "bare": DeviceInfo("bare", "", "")}
    trust = Trust(DATASET, AT_CENTRE.audiences, ROOT.public, known)
    second.write(tmp_path / "2.quipu", second.parcel())
    assert refusal((tmp_path / "2.quipu").read_bytes(), trust) == "bundle-second-device"
    admitted = Trust(DATASET, AT_CENTRE.audiences, ROOT.public, known | {"office-2": second.info})
    assert read_bundle(tmp_path / "2.quipu", trust=admitted).sender.device == "office-2"
    assert read_bundle(path, trust=trust).sender.device == "office-1"


def test_a_copy_admitted_by_its_original_carries_on_for_both(tmp_path: Path) -> None:
    copy = copy_of_branch()
    known = {"office-1": BRANCH.info}
    trust = Trust(DATASET, AT_CENTRE.audiences, ROOT.public, known)
    parcel = copy.parcel(
        [copy.revision(1, "a"), BRANCH.revision(1, "b")],
        sessions=(copy.session, BRANCH.session),
        devices=(copy.info, BRANCH.info),
    )
    copy.write(tmp_path / "c.quipu", parcel)
    assert read_bundle(tmp_path / "c.quipu", trust=trust).parcel == parcel
