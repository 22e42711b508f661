import stat
import sys
from pathlib import Path

import msgspec
import pytest

from quipu.domain.errors import WorkspaceError
from quipu.sync.canonical import canonical, envelope
from quipu.sync.keys import SigningKey, key_file, load_key, new_key, save_key, verifies


def test_a_key_signs_bodies_of_one_kind() -> None:
    own, other = new_key(), new_key()
    signature = own.sign(b"letter", b"body")
    assert verifies(own.public, signature, b"letter", b"body")
    assert not verifies(own.public, signature, b"lette", b"rbody")
    assert not verifies(own.public, signature, b"letter", b"body!")
    assert not verifies(other.public, signature, b"letter", b"body")
    assert not verifies("no hex", signature, b"letter", b"body")
    assert not verifies(own.public, b"", b"letter", b"body")


def test_kind_and_body_cannot_run_into_each_other() -> None:
    assert envelope(b"ab", b"c") == b"DSSEv1 2 ab 1 c"
    assert envelope(b"a", b"bc") == b"DSSEv1 1 a 2 bc"


def test_canonical_json_is_one_way_of_writing() -> None:
    assert (
        canonical({"b": [1, None, True], "a": "ñ\n/"}) == b'{"a":"\xc3\xb1\\n/","b":[1,null,true]}'
    )


def test_a_saved_key_comes_back_and_shows_nothing(tmp_path: Path) -> None:
    own = new_key()
    path = save_key(tmp_path / "keys", "device-1", own)
    assert load_key(tmp_path / "keys", "device-1").secret() == own.secret()
    assert own.secret() not in repr(own)
    assert own.public in repr(own)
    assert path == key_file(tmp_path / "keys", "device-1")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_this_user_can_read_a_key(tmp_path: Path) -> None:
    path = save_key(tmp_path / "keys", "device-1", new_key())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    own = new_key()
    save_key(tmp_path, "device-1", own)
    with pytest.raises(WorkspaceError, match="key-exists"):
        save_key(tmp_path, "device-1", new_key())
    assert load_key(tmp_path, "device-1").public == own.public


def test_a_key_that_cannot_be_saved_says_so(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")
    with pytest.raises(WorkspaceError) as refused:
        save_key(tmp_path / "keys" / "inner", "device-1", new_key())
    assert refused.value.code == "key-not-written"


def test_a_missing_key_says_which(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as refused:
        load_key(tmp_path, "device-1")
    assert refused.value.code == "key-missing"
    assert refused.value.params["device"] == "device-1"


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"sealed": {"kdf": "scrypt"}},
        {"public": "00" * 32},
        {"secret": "00"},
        {"secret": "no hex"},
        {"secret": None},
    ],
)
def test_a_damaged_or_sealed_key_is_not_used(tmp_path: Path, change: dict[str, object]) -> None:
    path = save_key(tmp_path, "device-1", new_key())
    path.write_bytes(canonical(msgspec.json.decode(path.read_bytes()) | change))
    with pytest.raises(WorkspaceError, match="key-damaged"):
        load_key(tmp_path, "device-1")


@pytest.mark.parametrize("content", [b"", b"[]", b"[" * 9000])
def test_a_file_that_is_no_key_is_not_used(tmp_path: Path, content: bytes) -> None:
    key_file(tmp_path, "device-1").write_bytes(content)
    with pytest.raises(WorkspaceError, match="key-damaged"):
        load_key(tmp_path, "device-1")


@pytest.mark.parametrize("name", ["", "../up", "a b", "x" * 65, "a.b"])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        key_file(tmp_path, name)


def test_a_secret_makes_the_same_key_again() -> None:
    own = new_key()
    assert SigningKey.from_secret(own.secret()).public == own.public
