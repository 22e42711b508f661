"""Files that mean harm, given to `quipu merge` in a process with little memory and little time.

Each ends in one sentence and exit status 2, and the workspace says the same as before, to the byte.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest
import zstandard

from quipu.__main__ import main
from quipu.operations import identities
from quipu.operations.dumping import dump
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.scratch import INBOX
from quipu.operations.sealing import opening_keys
from quipu.operations.workspaces import new_centre, open_house
from quipu.sync.canonical import canonical
from quipu.sync.keys import SigningKey
from quipu.sync.receiving import ReceivingKey, recipient
from tests.operations.plans import INSTITUTION, NORTH, admit, load, say
from tests.sync.forge import Json, lines, members, plain_ops, resigned, with_ops, zipped

if sys.platform == "win32":
    pytest.skip("limits of processes are of other systems", allow_module_level=True)

import resource

MIB = 1024 * 1024
MEMORY = 400 * MIB
"""Bytes that the process may take beyond what it has when it begins."""

SECONDS = 20


@dataclass(frozen=True)
class Ground:
    """A centre, a sound bundle of its office in the open, and what is needed to make others."""

    folder: Path
    sound: Path
    key: SigningKey
    box: ReceivingKey
    other: Path
    dataset: str

    def sealed(self, body: bytes, **told: object) -> bytes:
        """A sealed container with any body."""
        route = {
            "audience": "centre", "dataset": self.dataset, "encryption": "age", "format": 1,
            "kind": "bundle",
        }  # fmt: skip
        return zipped({"route.json": canonical(route | told), "body.age": body})

    def encrypted(self, data: bytes, receivers: int = 1) -> bytes:
        """Something encrypted to the centre's mailbox, and to others."""
        keys = [self.box, *(ReceivingKey(os.urandom(32)) for _ in range(receivers - 1))]
        to = [pyrage.x25519.Recipient.from_str(recipient(key.public)) for key in keys]
        body: bytes = pyrage.encrypt(data, to)
        return body


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIPU_HOME", str(folder / "home"))
        patch.setenv("QUIPU_LANG", "es")
        for name in ("centre", "elsewhere"):
            new_centre(folder=folder / name, institution=INSTITUTION, author="Ana")
        with open_house(folder=folder / "elsewhere", write=True) as house:
            load(house)
            far = admit(house, folder / "far", "Norte", NORTH)
        with open_house(folder=far.folder, write=True) as house:
            other = export_bundle(house, file=folder / "other.quipu").files[0]
        with open_house(folder=folder / "centre", write=True) as centre:
            load(centre)
            joined = admit(centre, folder, "Norte", NORTH)
            box = opening_keys(centre.workspace)[0]
            with open_house(folder=joined.folder, write=True) as office:
                say(office, "5")
                export_bundle(office, file=folder / "n.quipu")
                key = identities.signing_key(office.workspace.info)
                archive = office.folder / "archive"
                sound = archive / office.workspace.sent()[-1].manifest
        yield Ground(folder, sound, key, box, other, centre.dataset)


def state(house: House) -> tuple[list[object], list[object]]:
    return list(dump(house)), list(house.workspace.bundles())


def merged(ground: Ground, file: Path) -> tuple[int, str, int]:
    """Merge in a child of this process; gives its status, what it said, its peak in bytes."""
    said = ground.folder / "said"
    pid = os.fork()
    if pid == 0:
        status = 99
        try:
            sys.stdout = sys.stderr = said.open("w", encoding="utf-8")
            size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            status = main(["merge", str(ground.folder / "centre"), str(file)])
            sys.stdout.flush()
        finally:
            os._exit(status)
    _, status, used = os.wait4(pid, 0)
    assert os.WIFEXITED(status), f"killed by signal {os.WTERMSIG(status)}"
    return os.WEXITSTATUS(status), said.read_text(encoding="utf-8"), used.ru_maxrss * 1024


# ---------------------------------------------------------------- what is given to it


def foreign(ground: Ground) -> bytes:
    return ground.other.read_bytes()


def for_someone_else(ground: Ground) -> bytes:
    return resigned(ground.sound, ground.key, lambda said: said.update(audience=ground.dataset))


def a_changed_byte(ground: Ground) -> bytes:
    content = bytearray(ground.sound.read_bytes())
    content[len(content) // 2] ^= 1
    return bytes(content)


def a_changed_byte_in_a_seal(ground: Ground) -> bytes:
    content = bytearray(ground.sealed(ground.encrypted(ground.sound.read_bytes())))
    content[len(content) // 2] ^= 1
    return bytes(content)


def cut_short(ground: Ground) -> bytes:
    return ground.sound.read_bytes()[:-40]


def a_lying_size(ground: Ground) -> bytes:
    def change(said: Json) -> None:
        said["parts"][0]["plain_bytes"] = 2**40  # type: ignore[index]

    return resigned(ground.sound, ground.key, change)


def a_lying_count(ground: Ground) -> bytes:
    def change(said: Json) -> None:
        said["parts"][0]["rows"] = 1_000_000  # type: ignore[index]

    return resigned(ground.sound, ground.key, change)


def a_path_in_a_name(ground: Ground) -> bytes:
    found = members(ground.sound)
    return zipped(found | {"blobs/../../../../tmp/quipu-was-here": b"x"})


def a_path_in_a_signed_name(ground: Ground) -> bytes:
    name = "blobs/../../evil"

    def change(said: Json) -> None:
        said["parts"].append({"name": name, "bytes": 1, "sha256": "2d" * 32})  # type: ignore[attr-defined]

    return resigned(ground.sound, ground.key, change, {name: b"x"})


def a_zip_bomb(ground: Ground) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members(ground.sound).items():
            archive.writestr(name, data)
        with archive.open("blobs/bomb", "w") as bomb:
            for _ in range(300):
                bomb.write(bytes(MIB))
    return file.getvalue()


def a_zstd_bomb(ground: Ground) -> bytes:
    packer = zstandard.ZstdCompressor(level=19).compressobj()
    packed = b"".join(packer.compress(bytes(MIB)) for _ in range(512)) + packer.flush()

    def change(said: Json) -> None:
        said["parts"][0] |= {  # type: ignore[index]
            "bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest(),
            "plain_bytes": MIB,
        }  # fmt: skip

    return resigned(ground.sound, ground.key, change, {"ops.jsonl.zst": packed})


def a_million_entries(ground: Ground) -> bytes:
    """A directory that says so: each entry is as small as one can be."""
    file = io.BytesIO()
    file.write(zipped({"route.json": b"{}"})[:-22])
    begin = file.tell()
    entry = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
    )
    file.write((entry + b"x") * 1_000_000)
    length = file.tell() - begin
    file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, length, begin, 0))
    return file.getvalue()


def a_million_entries_and_a_small_count(ground: Ground) -> bytes:
    content = bytearray(a_million_entries(ground))
    struct.pack_into("<2H", content, len(content) - 14, 3, 3)
    return bytes(content)


def many_members(ground: Ground) -> bytes:
    return zipped(members(ground.sound) | {f"blobs/{n}": b"" for n in range(5000)})


def deep_json(ground: Ground) -> bytes:
    found = members(ground.sound)
    return zipped(found | {"manifest.json": b'{"a":' + b"[" * 900_000})


def deep_json_in_a_route(ground: Ground) -> bytes:
    return zipped(members(ground.sound) | {"route.json": b"[" * 9_999})


def deep_json_in_a_letter(ground: Ground) -> bytes:
    head, *_ = plain_ops(ground.sound)
    plain = lines([head]) + b'{"count":1,"value":[' + b"[" * 900_000 + b"\n"
    return with_ops(ground.sound, ground.key, plain)


def numbers_without_end(ground: Ground) -> bytes:
    head, block = plain_ops(ground.sound)
    plain = lines([head]) + canonical(block).replace(b'"count":1', b'"count":1' + b"0" * 900_000)
    return with_ops(ground.sound, ground.key, plain + b"\n")


def a_huge_age_header(ground: Ground) -> bytes:
    return ground.sealed(b"age-encryption.org/v1\n-> X25519 " + b"a" * (8 * MIB))


def an_age_header_of_a_thousand_receivers(ground: Ground) -> bytes:
    return ground.sealed(ground.encrypted(b"hola", 1000))


def a_passphrase_that_costs_an_hour(ground: Ground) -> bytes:
    stanza = b"-> scrypt bBjlhJVYZeE4aqUdmtRHfw 40\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n"
    check = b"--- fgMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA\n"
    return ground.sealed(b"age-encryption.org/v1\n" + stanza + check + bytes(100))


def a_bomb_in_a_seal(ground: Ground) -> bytes:
    return ground.sealed(ground.encrypted(a_zip_bomb(ground)))


def a_seal_in_a_seal(ground: Ground) -> bytes:
    body = ground.sound.read_bytes()
    for _ in range(3):
        body = ground.sealed(ground.encrypted(body))
    return body


def sealed_to_another(ground: Ground) -> bytes:
    key = ReceivingKey(bytes(range(32)))
    to = pyrage.x25519.Recipient.from_str(recipient(key.public))
    return ground.sealed(pyrage.encrypt(ground.sound.read_bytes(), [to]))


def an_outside_that_lies(ground: Ground) -> bytes:
    inner = resigned(ground.sound, ground.key, lambda said: said.update(audience=ground.dataset))
    return ground.sealed(ground.encrypted(inner))


def a_billion_laughs(ground: Ground) -> bytes:
    return b"<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>"


def zeros(ground: Ground) -> bytes:
    return bytes(5 * MIB)


def an_empty_file(ground: Ground) -> bytes:
    return b""


def an_overlap(ground: Ground) -> bytes:
    """Two members that are the same bytes of the file."""
    content = zipped({"route.json": b"{}", "manifest.json": b"{}"})
    return content.replace(struct.pack("<L", content.index(b"PK\x03\x04", 4)), struct.pack("<L", 0))


def a_part_of_the_world(ground: Ground) -> bytes:
    told = {
        "bundle": "ab" * 32, "bytes": 4 * 1024**3, "part": 1, "of": 999,
        "sha256": "cd" * 32,
    }  # fmt: skip
    return b"QUIPU-PART 1\n" + canonical(told) + b"\n" + b"x"


def a_wrong_crc(ground: Ground) -> bytes:
    content = bytearray(ground.sound.read_bytes())
    at = content.index(b"PK\x01\x02") + 16
    struct.pack_into("<L", content, at, zlib.crc32(b"other"))
    return bytes(content)


ATTACKS: list[Callable[[Ground], bytes]] = [
    foreign, for_someone_else, a_changed_byte, a_changed_byte_in_a_seal, cut_short, a_lying_size,
    a_lying_count, a_path_in_a_name, a_path_in_a_signed_name, a_zip_bomb, a_zstd_bomb,
    a_million_entries, a_million_entries_and_a_small_count, many_members, deep_json,
    deep_json_in_a_route, deep_json_in_a_letter, numbers_without_end, a_huge_age_header,
    an_age_header_of_a_thousand_receivers, a_passphrase_that_costs_an_hour, a_bomb_in_a_seal,
    a_seal_in_a_seal, sealed_to_another, an_outside_that_lies, a_billion_laughs, zeros,
    an_empty_file, an_overlap, a_part_of_the_world, a_wrong_crc,
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_it_ends_in_one_sentence(ground: Ground, attack: Callable[[Ground], bytes]) -> None:
    file = ground.folder / "hostil.quipu"
    file.write_bytes(attack(ground))
    with open_house(folder=ground.folder / "centre") as house:
        before = state(house)
    status, said, _ = merged(ground, file)
    assert status == 2, said
    assert said.startswith("quipu: ")
    assert said.count("\n") == 1, said
    assert "hostil.quipu" in said
    assert "quipu.log" not in said  # that would be a mistake of ours
    with open_house(folder=ground.folder / "centre") as house:
        assert state(house) == before
    assert list((ground.folder / "centre" / INBOX).iterdir()) == []
    assert not Path("/tmp/quipu-was-here").exists()


def test_the_same_bundle_again_is_no_news(ground: Ground) -> None:
    """After all of it the sound one goes in; sent again, and sealed, it changes nothing."""
    file = ground.folder / "n2.quipu"
    file.write_bytes(ground.sound.read_bytes())
    status, said, peak = merged(ground, file)
    assert status < 2, said
    assert peak < 600 * MIB
    with open_house(folder=ground.folder / "centre") as house:
        before = state(house)
    for content in (ground.sound.read_bytes(), ground.sealed(ground.encrypted(file.read_bytes()))):
        file.write_bytes(content)
        assert merged(ground, file)[0] == 0
        with open_house(folder=ground.folder / "centre") as house:
            assert state(house) == before


@pytest.mark.parametrize(
    ("size", "memory"), [(96, 64), pytest.param(400, 64, marks=pytest.mark.stress)]
)
def test_a_large_attachment_takes_little_memory(ground: Ground, size: int, memory: int) -> None:
    """Evidence, sealed, in a process that has not got as much memory (in MiB)."""
    evidence = os.urandom(MIB) * size
    name = hashlib.sha256(evidence).hexdigest()
    part = {"name": f"blobs/{name}", "bytes": len(evidence), "sha256": name}

    def change(said: Json) -> None:
        said["parts"].append(part)  # type: ignore[attr-defined]

    plain = ground.folder / "plain.quipu"
    plain.write_bytes(resigned(ground.sound, ground.key, change, {f"blobs/{name}": evidence}))
    file = ground.folder / "grande.quipu"
    file.write_bytes(ground.sealed(ground.encrypted(plain.read_bytes())))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[__name__], "MEMORY", memory * MIB)
        status, said, _ = merged(ground, file)
    assert status < 2, said
    assert (ground.folder / "centre" / "attachments" / name).stat().st_size == size * MIB
