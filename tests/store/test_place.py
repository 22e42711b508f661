from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

import pytest

from quipu.domain.errors import WorkspaceError
from quipu.store import opening, place
from quipu.store.workspace import create, open_workspace
from tests.store.support import Desk, info

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share {root}/red cifs rw 0 0
server:/x {root}/con\\040espacio nfs4 rw 0 0
/dev/sdb1 {root}/red/stick vfat rw 0 0
tmpfs {root}/twice tmpfs rw 0 0
server:/y {root}/twice nfs rw 0 0
broken
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    file = tmp_path / "mounts"
    file.write_text(MOUNTS.format(root=tmp_path), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("folder", "system"),
    [
        ("here", None),
        ("red", "cifs"),
        ("red/a/b", "cifs"),
        ("redder", None),
        ("red/stick/a", None),
        ("con espacio/a", "nfs4"),
        ("twice", "nfs"),
    ],
)
def test_a_share_is_known_by_its_mount(
    tmp_path: Path, mounts: Path, folder: str, system: str | None
) -> None:
    assert place.share_of(tmp_path / folder, mounts=mounts) == system


def test_a_system_without_a_list_of_mounts_has_no_known_share(tmp_path: Path) -> None:
    assert place.share_of(tmp_path, mounts=tmp_path / "none") is None
    assert place.share_of(tmp_path) is None


def test_windows_shares(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import ctypes
    from pathlib import PureWindowsPath
    from types import SimpleNamespace

    kinds = {"Z:\\": 4, "C:\\": 3}
    kernel = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=kinds.__getitem__))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    found = [place._windows_share(PureWindowsPath(path))  # type: ignore[arg-type]
             for path in ("\\\\server\\x\\plan", "Z:\\plan", "C:\\plan")]  # fmt: skip
    assert found == ["UNC", "Z:", None]


def test_a_workspace_on_a_share_is_only_read(
    tmp_path: Path, mounts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "red" / "centro"
    create(folder, info())
    monkeypatch.setattr(place.demand_own_disk, "__kwdefaults__", {"mounts": mounts})
    with open_workspace(folder) as workspace:
        assert workspace.verify() == ()
    for act in (
        lambda: open_workspace(folder, write=True),
        lambda: create(tmp_path / "red" / "otra", info()),
    ):
        with pytest.raises(WorkspaceError) as refused:
            act()
        assert refused.value.code == "workspace-on-share"
        assert refused.value.params["system"] == "cifs"
    assert not (tmp_path / "red" / "otra").exists()


def test_room_is_asked_for_before_it_is_needed(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    place.demand_room(tmp_path, 1)
    with pytest.raises(WorkspaceError, match="workspace-full"):
        place.demand_room(tmp_path, free)


def test_a_full_disk_is_told_apart_from_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="workspace-full"), opening.translated(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="broken"), opening.translated(tmp_path):
        raise OSError(errno.EIO, "broken")


def test_a_full_disk_takes_the_transaction_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quipu.store import attachments

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(attachments, "replacing", full)
    with pytest.raises(WorkspaceError, match="workspace-full"), desk.writing() as writer:
        writer.set_meta("a", "b")
        writer.attach(b"acta", "acta.txt")
    assert desk.ws.meta("a") is None


@pytest.mark.parametrize(("free", "code"), [(4096, "workspace-full"), (10**7, "workspace-disk")])
def test_reading_on_a_disk_without_any_room_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(place.shutil, "disk_usage", lambda folder: usage)
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    with pytest.raises(WorkspaceError, match=code), opening.translated(tmp_path):
        raise failed


def test_a_disk_that_is_gone_is_not_called_full(tmp_path: Path) -> None:
    assert not place.is_filled(tmp_path / "gone")
