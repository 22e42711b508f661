"""What strangers, liars and accidents send, each refused with the code of its sentence."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import zstandard

from quipu.domain.errors import BundleError
from quipu.domain.parcel import DeviceInfo
from quipu.sync.bundle import read_bundle
from quipu.sync.canonical import canonical
from quipu.sync.limits import MIB
from quipu.sync.trust import Trust
from quipu.words import LANGUAGES, Words
from tests.sync.forge import OPS, Json, lines, members, plain_ops, resigned, with_ops, zipped
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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound bundle of the office."""
    file = tmp_path / "norte.quipu"
    BRANCH.write(file, BRANCH.parcel([BRANCH.revision(1, Decimal(5)), BRANCH.revision(2, "a")]))
    return file


def refusal(content: bytes | None, trust: Trust = AT_CENTRE, path: Path = Path("b.quipu")) -> str:
    """The code by which a file is refused; its sentence exists in both languages."""
    with pytest.raises(BundleError) as refused:
        read_bundle(path, trust=trust, content=content)
    assert refused.value.params["file"] == path.name
    for language in LANGUAGES:
        words = Words.load(language).text(f"error.{refused.value.code}", **refused.value.params)
        assert path.name in words
    return refused.value.code


# ---------------------------------------------------------------- the outside


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(None, path=tmp_path / "none.quipu") == "file-missing"
    assert refusal(None, path=tmp_path) == "bundle-unreadable"


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_other_files_are_no_bundles(content: bytes) -> None:
    assert refusal(content) == "bundle-not-a-bundle"


def test_another_archive_is_no_bundle(path: Path) -> None:
    assert refusal(zipped({"xl/workbook.xml": b"<a/>"})) == "bundle-not-a-bundle"
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
        {"requires": ["ops/1", "zstd", "relay/1"]},
        {"kind": "blobs"},
    ],
)
def test_what_must_be_understood_and_is_not_asks_for_an_update(path: Path, news: Json) -> None:
    assert refusal(resigned(path, BRANCH.key, lambda said: said.update(news))) == "bundle-too-new"


def test_an_outside_of_a_newer_version_asks_for_an_update(path: Path) -> None:
    for news in ({"format": 2}, {"encryption": "age"}):
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
    return side(
        "copy-1", OFFICE, own, (*BRANCH.info.chain, office_certificate(BRANCH.key, "copy-1", own))
    )


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


# ---------------------------------------------------------------- whose revisions


def changed_head(path: Path, change: Callable[[Json], None]) -> bytes:
    told = plain_ops(path)
    change(told[0])
    return with_ops(path, BRANCH.key, lines(told))


def device(info: DeviceInfo, **more: object) -> Json:
    told = {"id": info.id, "office": info.office, "key": info.key, "chain": list(info.chain)}
    return told | more


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sessions": []}, "bundle-lies"),
        (
            {"sessions": [{"id": "ab" * 16, "nonce": "00" * 16, "device": "office-1"}]},
            "bundle-lies",
        ),
        (
            {"sessions": [{"id": "ab" * 16, "nonce": "00" * 16, "device": "nobody"}]},
            "bundle-unknown-device",
        ),
        (
            {
                "sessions": [{"id": "ab" * 16, "nonce": "00" * 16, "device": "centre-1"}],
                "devices": [device(CENTRE.info)],
            },
            "bundle-lies",
        ),
        ({"devices": [device(CENTRE.info, chain=[])]}, "bundle-unknown-device"),
        ({"devices": [device(CENTRE.info, office=OFFICE)]}, "bundle-unknown-device"),
        ({"devices": [device(BRANCH.info, key="ab" * 32)]}, "bundle-unknown-device"),
    ],
)
def test_sessions_belong_to_certified_devices(path: Path, change: Json, code: str) -> None:
    assert refusal(changed_head(path, lambda head: head.update(change))) == code


def test_a_device_has_one_key(path: Path) -> None:
    own = key("second")
    twin = side(
        "office-1",
        OFFICE,
        own,
        (BRANCH.info.chain[0], office_certificate(ONE_USE, "office-1", own)),
    )
    lie = changed_head(path, lambda head: head.update(devices=[device(twin.info)]))
    assert refusal(lie) == "bundle-lies"
    known = Trust(DATASET, AT_CENTRE.audiences, ROOT.public, {"office-1": BRANCH.info})
    assert refusal(lie, known) == "bundle-unknown-device"


# ---------------------------------------------------------------- the parts


def test_swapped_parts_are_refused(path: Path, tmp_path: Path) -> None:
    BRANCH.write(tmp_path / "2.quipu", BRANCH.parcel([BRANCH.revision(1, Decimal(6))]))
    other = members(tmp_path / "2.quipu")
    found = members(path)
    assert refusal(zipped(found | {OPS: other[OPS]})) == "bundle-damaged"
    assert refusal(zipped(found | {OPS: found[OPS][:-1] + b"x"})) == "bundle-damaged"
    assert (
        refusal(zipped(found | {"manifest.sig": other["manifest.sig"]})) == "bundle-bad-signature"
    )


def test_a_bomb_put_in_place_of_a_part_is_refused(path: Path) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(512 * MIB))
    assert refusal(zipped(members(path) | {OPS: bomb})) == "bundle-damaged"


def test_a_signed_bomb_is_refused(path: Path) -> None:
    packed = zstandard.ZstdCompressor(level=19).compress(bytes(512 * MIB))
    told: Json = {"name": OPS, "bytes": len(packed), "rows": 1}
    told |= {"sha256": hashlib.sha256(packed).hexdigest(), "plain_sha256": "ab" * 32}
    for size, code in ((1000, "bundle-lies"), (512 * MIB, "bundle-too-large"), (4 * MIB, "")):

        def change(said: Json, size: int = size) -> None:
            said["parts"] = [told | {"plain_bytes": size}]

        found = refusal(resigned(path, BRANCH.key, change, {OPS: packed}))
        assert found == (code or "bundle-lies")


def test_a_window_that_is_too_large_is_refused(path: Path) -> None:
    plain = lines(plain_ops(path))
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    packed = zstandard.ZstdCompressor(compression_params=wide, write_content_size=False)
    stream = packed.compressobj()
    body = stream.compress(plain) + stream.flush()
    told: Json = {"name": OPS, "bytes": len(body), "rows": 2, "plain_bytes": len(plain)}
    told |= {"sha256": hashlib.sha256(body).hexdigest()}
    told |= {"plain_sha256": hashlib.sha256(plain).hexdigest()}
    wrong = resigned(path, BRANCH.key, lambda said: said.update(parts=[told]), {OPS: body})
    assert refusal(wrong) == "bundle-lies"


@pytest.mark.parametrize(
    "lie",
    [
        {"rows": 3},
        {"plain_bytes": 10},
        {"plain_sha256": "ab" * 32},
        {"plain_bytes": None},
        {"rows": None},
    ],
)
def test_a_manifest_that_lies_about_its_revisions_is_refused(path: Path, lie: Json) -> None:
    wrong = with_ops(path, BRANCH.key, lines(plain_ops(path)), **lie)
    assert refusal(wrong) == "bundle-lies"


@pytest.mark.parametrize("lie", [{"bytes": 5}, {"sha256": "ab" * 32}])
def test_a_manifest_that_lies_about_a_part_is_refused(path: Path, lie: Json) -> None:
    assert refusal(with_ops(path, BRANCH.key, lines(plain_ops(path)), **lie)) == "bundle-damaged"


def test_a_part_that_stands_twice_or_a_wrong_attachment_is_refused(path: Path) -> None:
    def twice(said: Json) -> None:
        assert isinstance(said["parts"], list)
        said["parts"] *= 2

    assert refusal(resigned(path, BRANCH.key, twice)) == "bundle-lies"
    assert (
        refusal(resigned(path, BRANCH.key, lambda said: said.update(parts=[]))) == "bundle-damaged"
    )

    def wrong(said: Json) -> None:
        assert isinstance(said["parts"], list)
        sha256 = hashlib.sha256(b"x").hexdigest()
        said["parts"].append({"name": "blobs/" + "ab" * 32, "bytes": 1, "sha256": sha256})

    lie = resigned(path, BRANCH.key, wrong, {"blobs/" + "ab" * 32: b"x"})
    assert refusal(lie) == "bundle-lies"


def test_a_bundle_without_revisions_part_is_refused(path: Path) -> None:
    found = members(path)
    body = found.pop(OPS)

    def change(said: Json) -> None:
        sha256 = hashlib.sha256(body).hexdigest()
        said["parts"] = [{"name": "other", "bytes": len(body), "sha256": sha256}]

    path.write_bytes(zipped(found))
    assert refusal(resigned(path, BRANCH.key, change, {"other": body})) == "bundle-lies"


# ---------------------------------------------------------------- the revisions

REVISIONS: list[tuple[int, Json]] = [
    (1, {"n": [1, 0]}),
    (1, {"n": 0}),
    (1, {"n": -1}),
    (1, {"n": 2**53}),
    (1, {"n": [1]}),
    (1, {"count": 3}),
    (1, {"count": 0}),
    (1, {"count": 10_001}),
    (1, {"value": [1]}),
    (1, {"value": [1, 1.5]}),
    (1, {"value": [1, {}]}),
    (1, {"value": [1, []]}),
    (1, {"value": [1, "text"]}),
    (1, {"value": [1, ""], "texts": []}),
    (1, {"value": [1, ""], "texts": ["a", "b"]}),
    (1, {"value": [1, ""], "texts": ["x" * 16385]}),
    (1, {"value": [1, ""], "texts": ["ñ" * 16000]}),
    (1, {"value": [1, ""], "texts": ["e\u0301"]}),
    (1, {"value": [1, 2**63]}),
    (1, {"value": [1, 2**200]}),
    (1, {"value": [["n", "1"], 1], "texts": []}),
    (1, {"value": [["n", "1e400"], 1], "texts": []}),
    (1, {"value": [["n", "1" * 2000], 1], "texts": []}),
    (1, {"value": [["n", 1], 1], "texts": []}),
    (1, {"value": [["b", "ab" * 32, True, "a"], 1], "texts": []}),
    (1, {"value": [["b", "ab" * 32, -1, "a"], 1], "texts": []}),
    (1, {"value": [["b", "../etc", 1, "a"], 1], "texts": []}),
    (1, {"value": [["z", "x" * 70_000], 1], "texts": []}),
    (1, {"at": [0]}),
    (1, {"at": [0, 2**53 - 1]}),
    (1, {"at": [0, "x" * 41]}),
    (1, {"item": 1}),
    (1, {"item": -1}),
    (1, {"field": 1}),
    (1, {"field": -1}),
    (1, {"session": 1}),
    (1, {"author": [0, 9]}),
    (1, {"depth": -1}),
    (1, {"depth": 2**53}),
    (1, {"gesture": 3}),
    (1, {"base": -2}),
    (1, {"base": 5}),
    (1, {"base": 0, "base_n": 0}),
    (1, {"base": 0, "base_n": 1, "more_bases": [[0, 0, 1]]}),
    (1, {"base": 0, "base_n": 1, "more_bases": [[9, 0, 2]]}),
    (1, {"more_bases": [[0, 0, 1]]}),
    (1, {"reasons": [[7, "a"]]}),
    (1, {"reasons": [[0, "a"], [0, "b"]]}),
    (1, {"reasons": [[0, None]]}),
    (0, {"revisions": 1}),
    (0, {"revisions": 3}),
    (0, {"revisions": 2_000_000}),
    (0, {"have": {"x": 1}}),
    (0, {"have": {"ab" * 16: 0}}),
    (0, {"words": {}}),
]


@pytest.mark.parametrize(("line", "change"), REVISIONS, ids=[str(one)[:60] for one in REVISIONS])
def test_revisions_that_no_writer_makes_are_refused(path: Path, line: int, change: Json) -> None:
    told = plain_ops(path)
    told[line].update(change)
    assert refusal(with_ops(path, BRANCH.key, lines(told))) == "bundle-lies"


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("items", ["row-1"]),
        ("items", ["not a uuid, 22 letter"]),
        ("units", ["norte"]),
        ("sessions", ["ab"]),
        ("fields", ["with space"]),
        ("fields", ["x" * 101]),
        ("periods", ["2024\n"]),
        ("authors", ["a\0b"]),
    ],
)
def test_words_of_another_shape_are_refused(path: Path, word: str, wrong: list[str]) -> None:
    told = plain_ops(path)
    words = told[0]["words"]
    assert isinstance(words, dict)
    words[word] = wrong
    assert refusal(with_ops(path, BRANCH.key, lines(told))) == "bundle-lies"


def test_a_revision_said_twice_in_two_blocks_is_refused(path: Path) -> None:
    head, block = plain_ops(path)
    again = block | {"n": [-1, 1]}
    plain = lines([head | {"revisions": 4}, block, again])
    assert refusal(with_ops(path, BRANCH.key, plain)) == "bundle-lies"


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\n",
        b"[" * 200_000 + b"\n",
        b'{"revisions":' + b"[" * 200_000 + b"\n",
        b"\xff\xfe\n",
    ],
)
def test_revisions_that_are_no_lines_of_json_are_refused(path: Path, plain: bytes) -> None:
    assert refusal(with_ops(path, BRANCH.key, plain)) == "bundle-lies"


def test_deep_values_and_endless_lines_are_refused(path: Path) -> None:
    head, block = plain_ops(path)
    deep = canonical(block).replace(b'"value":[', b'"value":[' + b'["z",' * 50_000)
    assert refusal(with_ops(path, BRANCH.key, lines([head]) + deep + b"\n")) == "bundle-lies"
    endless = lines([head]) + canonical(block) + b" " * (5 * MIB) + b"\n"
    assert refusal(with_ops(path, BRANCH.key, endless)) in {"bundle-lies", "bundle-too-large"}
    unended = lines([head, block])[:-1]
    assert refusal(with_ops(path, BRANCH.key, unended)) == "bundle-lies"


def test_more_blocks_than_said_are_not_read_to_the_end(path: Path) -> None:
    head, block = plain_ops(path)
    many = lines([head] + [json.loads(json.dumps(block)) for _ in range(50)])
    assert refusal(with_ops(path, BRANCH.key, many)) == "bundle-lies"
