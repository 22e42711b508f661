"""A bundle built from `FORMAT.md` alone, without any code of Quipu's, is read by Quipu."""

import base64
import hashlib
import io
import json
import re
import tomllib
import uuid
import zipfile
from decimal import Decimal
from pathlib import Path

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quipu.domain.address import Address
from quipu.domain.parcel import Acknowledgement
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Blob, Unread
from quipu.sync.bundle import read_bundle
from quipu.sync.trust import Trust

MANIFEST = b"application/vnd.quipu.manifest.v1+json"
CERTIFICATE = b"application/vnd.quipu.certificate.v1+json"
DATASET, OFFICE, UNIT, FIRST, SECOND = (str(uuid.UUID(int=number)) for number in range(1, 6))
ROOT, ONE_USE, DEVICE = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
WORDS = re.compile(r'`\w+`|"\w+"')
ROOT_FOLDER = Path(__file__).resolve().parents[2]
NONCE = bytes(range(16))


def plain_json(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def sign(key: Ed25519PrivateKey, kind: bytes, body: bytes) -> bytes:
    lengths = [str(len(part)).encode() for part in (kind, body)]
    return key.sign(b" ".join([b"DSSEv1", lengths[0], kind, lengths[1], body]))


def certificate(
    issuer: Ed25519PrivateKey, subject: Ed25519PrivateKey, kind: str, device: str
) -> dict[str, object]:
    statement: dict[str, object] = {
        "format": 1,
        "kind": kind,
        "dataset": DATASET,
        "key": public(subject).hex(),
        "issuer": public(issuer).hex(),
        "device": device,
        "office": OFFICE,
        "units": [UNIT],
        "issued_at": "2024-07-01T08:00:00Z",
        "not_after": None,
    }
    signature = sign(issuer, CERTIFICATE, plain_json(statement))
    return statement | {"signature": signature.hex()}


def packed(item: str) -> str:
    return base64.urlsafe_b64encode(uuid.UUID(item).bytes).decode()[:22]


SESSION = hashlib.sha256(public(DEVICE) + NONCE).hexdigest()[:32]
CHAIN = [
    certificate(ROOT, ONE_USE, "enrolment-key", ""),
    certificate(ONE_USE, DEVICE, "office-device", "pc-1"),
]
ELSEWHERE = "ab" * 16
EVIDENCE = b"lista de asistencia"
HEAD = {
    "revisions": 6,
    "devices": [{"id": "pc-1", "office": OFFICE, "key": public(DEVICE).hex(), "chain": CHAIN}],
    "sessions": [{"id": SESSION, "nonce": NONCE.hex(), "device": "pc-1"}],
    "have": {ELSEWHERE: 12, SESSION: 6},
    "words": {
        "sessions": [SESSION, ELSEWHERE],
        "items": [packed(FIRST), packed(SECOND)],
        "units": [UNIT],
        "fields": ["executed", "narrative"],
        "periods": ["2024-07", "2024-08"],
        "authors": ["Ana Ruiz"],
    },
}
BLOCKS = [
    {
        "count": 4,
        "item": [0, 1, -1, 0],
        "field": [0, 0, 1, 0],
        "period": [0, 0, 0, 1],
        "value": [1500000, ["n", "0.0000001"], "", None],
        "texts": ["Se formó a 12 docentes"],
        "base": [-1, 1, 1, 0],
        "base_n": [0, 7, 2, -8],
        "more_bases": [[2, 0, 2], [2, 1, 11]],
        "depth": [1, 2, 3, 2],
        "at": [1722513600, 60, "2024-08-01T09:00:00.5-06:00", 0],
        "gesture": [0, 1, 0, 1],
        "reasons": [[3, "error de digitación"]],
    },
    {
        "count": 2,
        "item": [1, 0],
        "period": [0, 1],
        "value": [["b", hashlib.sha256(EVIDENCE).hexdigest(), 19, "lista.pdf"], ["new", [1]]],
        "base": [-1, 1],
        "base_n": [0, 8],
        "at": [3600, 0],
    },
]


def built() -> bytes:
    plain = b"".join(plain_json(line) + b"\n" for line in [HEAD, *BLOCKS])
    ops = zstandard.ZstdCompressor().compress(plain)
    blob = hashlib.sha256(EVIDENCE).hexdigest()
    manifest = {
        "format": 1,
        "requires": ["ops/1", "zstd"],
        "min_reader": 1,
        "kind": "office",
        "dataset": DATASET,
        "audience": "centre",
        "office": OFFICE,
        "device": "pc-1",
        "key": public(DEVICE).hex(),
        "chain": CHAIN,
        "seq": 3,
        "prev": "cd" * 32,
        "made_at": "2024-08-02T10:00:00Z",
        "acks": [{"device": "centre-1", "seq": 2, "manifest": "ef" * 32}],
        "encryption": None,
        "relay": [],
        "app": "another program",
        "parts": [
            {
                "name": "ops.jsonl.zst",
                "bytes": len(ops),
                "sha256": hashlib.sha256(ops).hexdigest(),
                "plain_bytes": len(plain),
                "plain_sha256": hashlib.sha256(plain).hexdigest(),
                "rows": 6,
            },
            {"name": f"blobs/{blob}", "bytes": len(EVIDENCE), "sha256": blob},
        ],
    }
    body = plain_json(manifest)
    route = {"audience": "centre", "dataset": DATASET, "encryption": None, "format": 1}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("route.json", plain_json(route | {"kind": "bundle"}))
        archive.writestr("manifest.json", body)
        archive.writestr("manifest.sig", sign(DEVICE, MANIFEST, body))
        archive.writestr("ops.jsonl.zst", ops)
        archive.writestr(f"blobs/{blob}", EVIDENCE)
    return file.getvalue()


def name(n: int, session: str = SESSION) -> RevisionName:
    return RevisionName(session, n)


def test_a_bundle_built_from_the_description_is_read(tmp_path: Path) -> None:
    (tmp_path / "b.quipu").write_bytes(built())
    trust = Trust(DATASET, frozenset({"centre"}), public(ROOT).hex())
    found = read_bundle(tmp_path / "b.quipu", trust=trust)
    executed, at, who = "executed", "2024-08-01T12:01:00Z", "Ana Ruiz"
    july, august = "2024-07", "2024-08"
    three = (name(9, ELSEWHERE), name(2), name(11, ELSEWHERE))
    blob = Blob(hashlib.sha256(EVIDENCE).hexdigest(), 19, "lista.pdf")
    assert found.parcel.revisions == (
        Revision(
            name(1),
            Address(FIRST, executed, july, UNIT),
            Decimal("1.5"),
            (),
            1,
            "2024-08-01T12:00:00Z",
            who,
            group=1,
        ),
        Revision(
            name(2),
            Address(SECOND, executed, july, UNIT),
            Decimal("0.0000001"),
            (name(7, ELSEWHERE),),
            2,
            at,
            who,
            group=1,
        ),
        Revision(
            name(3),
            Address(FIRST, "narrative", july, UNIT),
            "Se formó a 12 docentes",
            three,
            3,
            "2024-08-01T09:00:00.5-06:00",
            who,
            group=3,
        ),
        Revision(
            name(4),
            Address(FIRST, executed, august, UNIT),
            None,
            (name(1),),
            2,
            at,
            who,
            "error de digitación",
            group=3,
        ),
        Revision(
            name(5),
            Address(SECOND, executed, july, UNIT),
            blob,
            (),
            1,
            "2024-08-01T13:01:00Z",
            who,
            group=5,
        ),
        Revision(
            name(6),
            Address(SECOND, executed, august, UNIT),
            Unread('["new",[1]]'),
            (name(9, ELSEWHERE),),
            1,
            "2024-08-01T13:01:00Z",
            who,
            group=6,
        ),
    )
    assert found.parcel.acknowledgements == (Acknowledgement("centre-1", 2, "ef" * 32),)
    assert (found.parcel.seq, found.parcel.prev) == (3, "cd" * 32)
    assert found.parcel.have == {ELSEWHERE: 12, SESSION: 6}
    assert found.parcel.extra == {"app": "another program"}
    assert found.sender.units == (UNIT,)
    copy = io.BytesIO()
    found.copy_blob(blob.sha256, copy)
    assert copy.getvalue() == EVIDENCE


def test_the_description_names_every_column_and_key() -> None:
    from quipu.sync import columns, limits, manifest

    text = (Path(columns.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")
    named = [
        *columns.Block.__struct_fields__,
        *columns.Dictionaries.__struct_fields__,
        *manifest.Manifest.__struct_fields__,
        *manifest.Part.__struct_fields__,
        *manifest.Relayed.__struct_fields__,
        "receive",
        "mailbox",
        "wanted",
        "sealing",
    ]
    assert [
        word for word in named if not {f"`{word}`", f'"{word}"'} & set(WORDS.findall(text))
    ] == []
    for limit in (limits.BLOCK, limits.REVISIONS, limits.MEMBERS):
        assert f"{limit:,}" in text
    for kib in (limits.SEAL_HEADER, limits.TEXT, limits.UNREAD):
        assert f"{kib // 1024} KiB" in text
    for mib in (limits.MANIFEST, limits.PLAIN, limits.WINDOW, limits.HEAD, limits.LINE):
        assert f"{mib // limits.MIB} MiB" in text


def test_the_description_ships_with_the_program() -> None:
    from importlib.resources import files

    text = files("quipu.sync").joinpath("FORMAT.md").read_text(encoding="utf-8")
    assert text.startswith("# The bundle format")
    settings = tomllib.loads((ROOT_FOLDER / "pyproject.toml").read_text(encoding="utf-8"))
    assert "sync/FORMAT.md" in settings["tool"]["setuptools"]["package-data"]["quipu"]
