"""A program of somebody else's, written from `FORMAT.md` alone: nothing of Quipu is imported.

It joins an institution with an enrolment file, writes bundles (sealed or not) and reads those of
the centre. Standard library, `cryptography`, `zstandard`, and age by `pyrage`.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import uuid
import zipfile
from pathlib import Path

import pyrage
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

Json = dict[str, object]
MANIFEST = b"application/vnd.quipu.manifest.v1+json"
CERTIFICATE = b"application/vnd.quipu.certificate.v1+json"
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def plain_json(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def envelope(kind: bytes, body: bytes) -> bytes:
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def bech32(prefix: str, data: bytes) -> str:
    """BIP 173, from its text."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    told = [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]
    check = 1
    for value in [*told, *values, *[0] * 6]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> bit & 1 else 0
    check ^= 1
    values += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return prefix + "1" + "".join(LETTERS[value] for value in values)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def container(contents: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return file.getvalue()


def signed_words(found: dict[str, bytes]) -> Json:
    """The manifest of a container, once its signature and parts were verified."""
    said: Json = json.loads(found["manifest.json"])
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(said["key"])))
    key.verify(found["manifest.sig"], envelope(MANIFEST, found["manifest.json"]))
    for part in said["parts"]:  # type: ignore[attr-defined]
        assert sha256(found[part["name"]]) == part["sha256"]
        assert len(found[part["name"]]) == part["bytes"]
    return said


def uncoded(content: bytes, code: str) -> bytes:
    """What an enrolment file holds that is closed with a code."""
    found = members(content)
    seal = json.loads(found["seal.json"])
    way = Scrypt(salt=bytes.fromhex(seal["salt"]), length=32, n=seal["n"], r=seal["r"], p=seal["p"])
    secret = code.upper()
    for letter in " -._":
        secret = secret.replace(letter, "")
    about = b"quipu enrolment 1\0" + found["route.json"] + b"\0" + found["seal.json"]
    cipher = ChaCha20Poly1305(way.derive(secret.encode()))
    return cipher.decrypt(bytes.fromhex(seal["nonce"]), found["body.closed"], about)


class Office:
    """An office's computer with this program on it."""

    def __init__(self, enrolment: Path, code: str | None) -> None:
        content = enrolment.read_bytes()
        found = members(content if code is None else uncoded(content, code))
        self.said = signed_words(found)
        told: Json = self.said["enrolment"]  # type: ignore[assignment]
        self.office: str = told["office"]["id"]  # type: ignore[index]
        self.units = {one["id"]: one["name"] for one in told["units"]}  # type: ignore[attr-defined]
        self.key = Ed25519PrivateKey.generate()
        self.device = str(uuid.uuid4())
        one_use = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(str(told["secret"])))
        above: Json = told["certificate"]  # type: ignore[assignment]
        statement = {name: value for name, value in above.items() if name != "signature"}
        statement |= {
            "kind": "office-device",
            "device": self.device,
            "key": public(self.key),
            "issuer": public(one_use),
            "issued_at": "2024-08-01T12:00:00Z",
        }
        signature = one_use.sign(envelope(CERTIFICATE, plain_json(statement)))
        self.chain = [above, statement | {"signature": signature.hex()}]
        self.nonce = os.urandom(16)
        raw = self.key.public_key().public_bytes_raw()
        self.session = hashlib.sha256(raw + self.nonce).hexdigest()[:32]
        self.n = 0
        self.seq, self.prev = 0, ""
        self.acks: list[Json] = []
        self.facts: dict[tuple[str, str, str, str], object] = {}
        self.names: dict[tuple[str, str, str, str], tuple[str, int]] = {}
        self.mailbox: Json = {}
        self.take(found["first.quipu"])

    def receiving(self) -> bytes:
        """The secret with which this device receives."""
        way = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"quipu receiving key 1")
        return way.derive(self.key.private_bytes_raw())

    def read(self, file: Path) -> None:
        """Take in a bundle of the centre's, sealed or not."""
        content = file.read_bytes()
        found = members(content)
        if "body.age" in found:
            outside = json.loads(found["route.json"])
            assert (outside["encryption"], outside["audience"]) == ("age", self.office)
            identity = bech32("age-secret-key-", self.receiving()).upper()
            content = pyrage.decrypt(found["body.age"], [pyrage.x25519.Identity.from_str(identity)])
        self.take(content)

    def take(self, content: bytes) -> None:
        """Take in a signed bundle: its facts, and what its manifest announces."""
        found = members(content)
        said = signed_words(found)
        assert said["audience"] == self.office
        self.mailbox = said.get("mailbox", self.mailbox)  # type: ignore[assignment]
        seq, name = said["seq"], sha256(found["manifest.json"])
        self.acks = [{"device": said["device"], "seq": seq, "manifest": name}]
        plain = zstandard.ZstdDecompressor().decompress(found["ops.jsonl.zst"])
        head, *blocks = [json.loads(line) for line in plain.splitlines()]
        words, last = head["words"], dict[int, int]()
        item, base_n = 0, 0
        for block in blocks:
            count = block["count"]

            def column(
                name: str, left_out: int = 0, block: Json = block, count: int = count
            ) -> list[int]:
                told = block.get(name, left_out)
                return [told] * count if isinstance(told, int) else told  # type: ignore[return-value]

            texts = iter(block.get("texts", []))
            places = zip(
                *(column(name) for name in ("session", "item", "field", "period", "unit")),
                column("n", 1), column("base", -1), column("base_n"), block["value"], strict=True,
            )  # fmt: skip
            for session, step, field, period, unit, n, base, more, value in places:
                item += step
                last[session] = last.get(session, 0) + n
                base_n += more if base >= 0 else 0
                packed = words["items"][item]
                address = (
                    str(uuid.UUID(bytes=base64.urlsafe_b64decode(packed + "=="))),
                    words["fields"][field], words["periods"][period], words["units"][unit],
                )  # fmt: skip
                self.facts[address] = next(texts) if value == "" else value
                self.names[address] = (words["sessions"][session], last[session])

    def bundle(
        self,
        file: Path,
        facts: list[tuple[str, str, str, str, object]],
        blobs: list[bytes] = [],  # noqa: B006
        seal: bool = True,
    ) -> None:
        """Write a bundle that says these facts: item, field, period, unit, value."""
        items = sorted({one[0] for one in facts})
        fields, periods, units = (sorted({one[at] for one in facts}) for at in (1, 2, 3))
        heads = [self.names.get(one[:4]) for one in facts]
        sessions = list(dict.fromkeys([self.session, *(head[0] for head in heads if head)]))
        values, texts = [], []
        for *_, value in facts:
            if isinstance(value, str):
                texts.append(value)
            values.append("" if isinstance(value, str) else value)
        places = [items.index(one[0]) for one in facts]
        numbers, before = [], 0
        for head in heads:
            numbers.append(head[1] - before if head else 0)
            before = head[1] if head else before
        plain = {
            "revisions": len(facts),
            "devices": [
                {
                    "id": self.device, "office": self.office, "key": public(self.key),
                    "chain": self.chain,
                }
            ],
            "sessions": [
                {"id": self.session, "nonce": self.nonce.hex(), "device": self.device}
            ],
            "have": {},
            "words": {
                "sessions": sessions,
                "items": [
                    base64.urlsafe_b64encode(uuid.UUID(item).bytes).decode()[:22] for item in items
                ],
                "units": units, "fields": fields, "periods": periods, "authors": ["Rosa"],
            },
        }  # fmt: skip
        block = {
            "count": len(facts),
            "n": [self.n + 1, *[1] * (len(facts) - 1)],
            "item": [place - before for place, before in zip(places, [0, *places], strict=False)],
            "field": [fields.index(one[1]) for one in facts],
            "period": [periods.index(one[2]) for one in facts],
            "unit": [units.index(one[3]) for one in facts],
            "value": values,
            "texts": texts,
            "base": [sessions.index(head[0]) if head else -1 for head in heads],
            "base_n": numbers,
            "depth": [2 if head else 1 for head in heads],
            "at": [1722513600, *[0] * (len(facts) - 1)],
            "gesture": list(range(len(facts))),
        }
        for n, one in enumerate(facts, start=self.n + 1):
            self.names[one[:4]] = (self.session, n)
        self.n += len(facts)
        letter = plain_json(plain) + b"\n" + plain_json(block) + b"\n"
        self._write(file, letter, len(facts), blobs, seal=seal)

    def _write(
        self, file: Path, letter: bytes, rows: int, blobs: list[bytes], *, seal: bool
    ) -> None:
        packed = zstandard.ZstdCompressor().compress(letter)
        parts = {"ops.jsonl.zst": packed} | {f"blobs/{sha256(blob)}": blob for blob in blobs}
        told: list[Json] = [
            {"name": name, "bytes": len(data), "sha256": sha256(data)}
            for name, data in parts.items()
        ]
        told[0] |= {"plain_bytes": len(letter), "plain_sha256": sha256(letter), "rows": rows}
        self.seq += 1
        receiving = X25519PrivateKey.from_private_bytes(self.receiving())
        manifest = {
            "format": 1, "requires": ["ops/1", "zstd"], "min_reader": 1, "kind": "office",
            "dataset": self.said["dataset"], "audience": "centre", "office": self.office,
            "device": self.device, "key": public(self.key), "chain": self.chain,
            "seq": self.seq, "prev": self.prev, "made_at": "2024-08-01T12:00:00Z",
            "acks": self.acks, "encryption": None, "relay": [], "parts": told,
            "receive": receiving.public_key().public_bytes_raw().hex(),
        }  # fmt: skip
        body = plain_json(manifest)
        self.prev = sha256(body)
        route = {
            "audience": "centre", "dataset": self.said["dataset"], "encryption": None,
            "format": 1, "kind": "bundle",
        }  # fmt: skip
        content = container(
            {
                "route.json": plain_json(route),
                "manifest.json": body,
                "manifest.sig": self.key.sign(envelope(MANIFEST, body)),
            }
            | parts
        )
        if seal:
            to = bech32("age", bytes.fromhex(str(self.mailbox["key"])))
            sealed = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(to)])
            outside = plain_json(route | {"encryption": "age"})
            content = container({"route.json": outside, "body.age": sealed})
        file.write_bytes(content)
