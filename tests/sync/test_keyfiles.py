"""Keys at rest: in files that one person reads, under a passphrase, or in a keyring."""

import stat
import sys
from pathlib import Path

import keyring
import msgspec
import pytest

from quipu.domain.errors import WorkspaceError
from quipu.sync import rings
from quipu.sync.canonical import canonical
from quipu.sync.keyfiles import Rest, change_rest, key_file, load_key, save_key, where
from quipu.sync.keys import new_key
from quipu.words import LANGUAGES, Words


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
        {"public": "00" * 32},
        {"secret": "00"},
        {"secret": "no hex"},
        {"secret": None},
    ],
)
def test_a_damaged_key_is_not_used(tmp_path: Path, change: dict[str, object]) -> None:
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


# ---------------------------------------------------------------- under a passphrase

OPEN = Rest("correcto caballo")


def refused(folder: Path, rest: Rest) -> str:
    """The code by which a key is not given; its sentence exists in both languages."""
    with pytest.raises(WorkspaceError) as caught:
        load_key(folder, "device-1", rest)
    for language in LANGUAGES:
        assert Words.load(language).text(f"error.{caught.value.code}", **caught.value.params)
    return caught.value.code


def test_a_key_under_a_passphrase_opens_with_it_alone(tmp_path: Path) -> None:
    own = new_key()
    path = save_key(tmp_path, "device-1", own, OPEN)
    assert load_key(tmp_path, "device-1", OPEN).secret() == own.secret()
    assert own.secret() not in path.read_text(encoding="utf-8")
    assert where(tmp_path, "device-1") == "passphrase"
    assert refused(tmp_path, Rest()) == "key-closed"
    assert refused(tmp_path, Rest("Correcto caballo")) == "passphrase-wrong"
    assert "caballo" not in repr(OPEN)


@pytest.mark.parametrize("change", [{"n": 2**30}, {"box": "00"}, {"kdf": "x"}, {"p": 10**6}])
def test_a_key_file_that_lies_of_its_seal_is_not_used(
    tmp_path: Path, change: dict[str, object]
) -> None:
    path = save_key(tmp_path, "device-1", new_key(), OPEN)
    said = msgspec.json.decode(path.read_bytes())
    path.write_bytes(canonical(said | {"sealed": said["sealed"] | change}))
    assert refused(tmp_path, OPEN) in {"key-damaged", "passphrase-wrong"}


def test_a_closed_key_is_no_other_key_s(tmp_path: Path) -> None:
    path = save_key(tmp_path, "device-1", new_key(), OPEN)
    said = msgspec.json.decode(path.read_bytes())
    path.write_bytes(canonical(said | {"public": new_key().public}))
    assert refused(tmp_path, OPEN) == "passphrase-wrong"


def test_a_passphrase_is_set_changed_and_taken_away(tmp_path: Path) -> None:
    own, other = new_key(), Rest("otra contraseña")
    path = save_key(tmp_path, "device-1", own)
    for before, after in ((Rest(), OPEN), (OPEN, other), (other, Rest())):
        change_rest(tmp_path, "device-1", before=before, after=after)
        assert load_key(tmp_path, "device-1", after).secret() == own.secret()
        if sys.platform != "win32":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert where(tmp_path, "device-1") == "file"
    with pytest.raises(WorkspaceError, match="passphrase-wrong"):
        change_rest(tmp_path, "device-1", before=Rest(), after=OPEN)
        change_rest(tmp_path, "device-1", before=other, after=Rest())
    assert load_key(tmp_path, "device-1", OPEN).secret() == own.secret()
    assert [file.name for file in tmp_path.iterdir()] == ["device-1.key"]


def test_a_change_that_cannot_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = new_key()
    save_key(tmp_path, "device-1", own)

    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(WorkspaceError, match="key-not-written"):
            change_rest(tmp_path, "device-1", before=Rest(), after=OPEN)
    assert load_key(tmp_path, "device-1").secret() == own.secret()
    assert [file.name for file in tmp_path.iterdir()] == ["device-1.key"]


def test_where_a_key_rests_is_told_without_opening_it(tmp_path: Path) -> None:
    assert where(tmp_path, "device-1") is None
    key_file(tmp_path, "device-1").write_bytes(b"[")
    assert where(tmp_path, "device-1") is None


# ---------------------------------------------------------------- in a keyring


class Locker:
    """A keyring of the test's own; one that is `broken` fails at everything."""

    priority = 5.0

    def __init__(self, *, broken: bool = False, forgetful: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = broken
        self.forgetful = forgetful

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise RuntimeError("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise RuntimeError("locked")
        if not self.forgetful:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_key_rests_in_the_keyring_and_its_file_says_so(tmp_path: Path) -> None:
    own, locker = new_key(), Locker()
    rest = Rest(ring=lambda: locker)
    path = save_key(tmp_path, "device-1", own, rest)
    assert locker.kept == {("quipu", "device-1"): own.secret()}
    assert own.secret() not in path.read_text(encoding="utf-8")
    assert where(tmp_path, "device-1") == "keyring"
    assert load_key(tmp_path, "device-1", rest).secret() == own.secret()
    assert refused(tmp_path, Rest()) == "keyring-silent"
    assert refused(tmp_path, Rest(ring=lambda: Locker(broken=True))) == "keyring-silent"
    assert refused(tmp_path, Rest(ring=Locker)) == "keyring-silent"
    locker.kept["quipu", "device-1"] = new_key().secret()
    assert refused(tmp_path, rest) == "key-damaged"


def test_where_a_key_rests_is_decided_once(tmp_path: Path) -> None:
    own, locker = new_key(), Locker()
    save_key(tmp_path, "device-1", own)
    assert load_key(tmp_path, "device-1", Rest(ring=lambda: locker)).secret() == own.secret()
    assert locker.kept == {}


@pytest.mark.parametrize("ring", [Locker(broken=True), Locker(forgetful=True)])
def test_a_keyring_that_does_not_keep_is_not_relied_on(tmp_path: Path, ring: Locker) -> None:
    own = new_key()
    save_key(tmp_path, "device-1", own, Rest(ring=lambda: ring))
    assert where(tmp_path, "device-1") == "file"
    assert load_key(tmp_path, "device-1").secret() == own.secret()


def test_a_key_leaves_the_keyring_when_it_comes_under_a_passphrase(tmp_path: Path) -> None:
    own, locker = new_key(), Locker()
    rest, closed = Rest(ring=lambda: locker), Rest("contraseña", lambda: locker)
    save_key(tmp_path, "device-1", own, rest)
    change_rest(tmp_path, "device-1", before=rest, after=closed)
    assert (locker.kept, where(tmp_path, "device-1")) == ({}, "passphrase")
    change_rest(tmp_path, "device-1", before=closed, after=rest)
    assert len(locker.kept) == 1
    assert load_key(tmp_path, "device-1", rest).secret() == own.secret()


@pytest.mark.parametrize(
    ("module", "priority", "found"),
    [
        ("keyring.backends.SecretService", 5.0, True),
        ("keyring.backends.Windows", 5, True),
        ("keyring.backends.macOS.api", 5, True),
        ("keyring.backends.chainer", 0.0, False),
        ("keyring.backends.fail", 0, False),
        ("keyring.backends.null", -1, False),
        ("keyrings.alt.file", 5, False),
    ],
)
def test_only_a_keyring_that_keeps_a_secret_is_used(
    monkeypatch: pytest.MonkeyPatch, module: str, priority: float, found: bool
) -> None:
    backend = type("Backend", (Locker,), {"__module__": module, "priority": priority})()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    assert (rings.system_ring() is backend) is found


def test_a_keyring_that_does_not_even_start_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> float:
        raise RuntimeError("no session bus")

    told = {"__module__": "keyring.backends.kwallet", "priority": property(broken)}
    monkeypatch.setattr(keyring, "get_keyring", type("Backend", (Locker,), told))
    assert rings.system_ring() is None
