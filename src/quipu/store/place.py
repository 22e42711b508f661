"""Where a workspace lies: whether that place keeps what is written, and has room for it."""

import errno
import shutil
import sys
from pathlib import Path

from quipu.domain.errors import WorkspaceError

MOUNTS = Path("/proc/mounts")
SHARED = frozenset(
    [
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.rclone",
        "fuse.sshfs",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    ]
)
"""Systems whose locks and memory maps are not those of one machine; SQLite loses data on them."""

_TO_READ = 64 * 1024

RESERVE = 4 * 1024 * 1024
"""Bytes that stay free on a disk beyond what is asked for."""

_FULL = frozenset(
    number
    for name in ("ENOSPC", "EDQUOT", "EFBIG")
    if (number := getattr(errno, name, None)) is not None
)
_REMOTE_DRIVE = 4


def share_of(folder: Path, *, mounts: Path = MOUNTS) -> str | None:
    """Give the kind of network share that a folder lies on, `None` on a disk of this machine.

    The folder need not exist yet.
    """
    path = folder.absolute()
    if sys.platform == "win32":
        return _windows_share(path)
    return _mounted_share(path.resolve(), mounts)


def demand_own_disk(folder: Path, *, mounts: Path = MOUNTS) -> None:
    """Raise `WorkspaceError("workspace-on-share")` for a folder on a network share."""
    system = share_of(folder, mounts=mounts)
    if system is not None:
        raise WorkspaceError("workspace-on-share", folder=folder, system=system)


def demand_room(folder: Path, size: int) -> None:
    """Raise `WorkspaceError("workspace-full")` where a disk has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if free < size + RESERVE:
        reason = f"{free} < {size + RESERVE}"
        raise WorkspaceError("workspace-full", folder=folder, reason=reason)


def is_filled(folder: Path) -> bool:
    """Tell whether a disk has not even room for the small files that reading takes."""
    try:
        return shutil.disk_usage(folder).free < _TO_READ
    except OSError:
        return False


def is_full(error: OSError) -> bool:
    """Tell whether the system refused to write because there is no more room."""
    return error.errno in _FULL


def _mounted_share(path: Path, mounts: Path) -> str | None:
    """Find the mount that a path lies in: the longest, and of equal ones the last, holds."""
    found, length = "", -1
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None  # a system without this list; nothing speaks for a share
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(_unescaped(parts[1]))
        if path.is_relative_to(point) and len(point.parts) >= length:
            found, length = parts[2], len(point.parts)
    return found if found in SHARED else None


def _unescaped(text: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text


def _windows_share(path: Path) -> str | None:
    if path.drive.startswith("\\\\"):
        return "UNC"
    import ctypes

    kind = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)  # type: ignore[attr-defined, unused-ignore]
    return path.drive if kind == _REMOTE_DRIVE else None
