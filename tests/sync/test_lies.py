"""Truly signed bundles whose content is not what it should be."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import zstandard

from quipu.domain.parcel import DeviceInfo
from quipu.sync.canonical import canonical
from quipu.sync.limits import MIB
from quipu.sync.trust import Trust
from tests.sync.forge import OPS, Json, lines, members, plain_ops, resigned, with_ops, zipped
from tests.sync.refusing import refusal
from tests.sync.world import (
    AT_CENTRE,
    BRANCH,
    CENTRE,
    DATASET,
    OFFICE,
    ONE_USE,
    ROOT,
    key,
    office_certificate,
    side,
)

# ---------------------------------------------------------------- whose revisions


def changed_head(path: Path, change: Callable[[Json], None]) -> bytes:
    told = plain_ops(path)
    change(told[0])
    return with_ops(path, BRANCH.key, lines(told))


def device(info: DeviceInfo, **more: object) -> Json:
    told = {"id": info.id, "office": info.office, "key": info.key, "chain": list(info.chain)}
    return told | more


def session(device: str) -> Json:
    return {"id": "ab" * 16, "nonce": "00" * 16, "device": device}


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
    lies = {1000: "bundle-lies", 512 * MIB: "bundle-too-large", MIB: "bundle-lies"}
    for size, code in lies.items():

        def change(said: Json, size: int = size) -> None:
            said["parts"] = [told | {"plain_bytes": size}]

        assert refusal(resigned(path, BRANCH.key, change, {OPS: packed})) == code


def test_a_window_that_is_too_large_is_refused(path: Path) -> None:
    plain = lines(plain_ops(path))
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    stream = zstandard.ZstdCompressor(compression_params=wide).compressobj()
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
