from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.store import dated, opening, place, safekeeping
from quipu.store.workspace import open_workspace
from tests.store.support import DATASET, Desk

NOON = datetime(2024, 8, 5, 12, 0, tzinfo=UTC)
NAME = Address(DATASET, "name")


def say(desk: Desk, text: str) -> None:
    with desk.writing() as writer:
        writer.put(NAME, text)


def said(folder: Path) -> object:
    with open_workspace(folder) as workspace:
        return workspace.facts().value(*NAME)


def test_at_most_one_copy_an_hour(desk: Desk) -> None:
    assert dated.copies(desk.folder) == []
    first = dated.copy_now(desk.folder, NOON)
    assert first is not None
    assert (first.name, first.made_at) == ("2024-08-05T120000Z.db", NOON)
    assert first.bytes > 0
    assert dated.copy_now(desk.folder, NOON + timedelta(minutes=59)) is None
    assert dated.copy_now(desk.folder, NOON + timedelta(minutes=60)) is not None
    # A clock that went back does not stop the copies.
    assert dated.copy_now(desk.folder, NOON - timedelta(days=3)) is not None
    assert len(dated.copies(desk.folder)) == 3


def test_days_and_weeks_are_kept(desk: Desk) -> None:
    last = 24 * 35
    for hours in (*range(0, last - 48, 24), *range(last - 48, last, 6)):
        dated.copy_now(desk.folder, NOON + timedelta(hours=hours))
    kept = [one.made_at for one in dated.copies(desk.folder)]
    assert kept == sorted(kept, reverse=True)
    assert len(kept) <= dated.LATEST + dated.DAYS + dated.WEEKS
    assert len({one.date() for one in kept}) == dated.DAYS + dated.WEEKS - 2
    assert len({one.isocalendar()[:2] for one in kept}) == dated.WEEKS
    [latest, *_] = kept
    assert latest == NOON + timedelta(hours=last - 6)


def test_other_files_are_no_copies(desk: Desk) -> None:
    made = dated.copy_now(desk.folder, NOON)
    backups = desk.folder / dated.FOLDER
    for name in ("mine.db", "2024-13-05T120000Z.db", ".2024-08-01T120000Z.db.part"):
        (backups / name).write_bytes(b"x")
    assert dated.copies(desk.folder) == [made]
    dated.copy_now(desk.folder, NOON + timedelta(hours=2))
    assert (backups / "mine.db").exists()
    assert not (backups / ".2024-08-01T120000Z.db.part").exists()


def test_bringing_back_keeps_what_was_replaced(desk: Desk) -> None:
    say(desk, "antes")
    made = dated.copy_now(desk.folder, NOON)
    assert made is not None
    say(desk, "después")
    later = NOON + timedelta(minutes=5)
    with pytest.raises(WorkspaceError, match="workspace-busy"):
        dated.bring_back(desk.folder, made.name, later, notes={})
    desk.close()
    replaced = dated.bring_back(desk.folder, made.name, later, notes={"restored": "yes"})
    assert replaced is not None
    assert replaced.replaced
    assert said(desk.folder) == "antes"
    with open_workspace(desk.folder) as workspace:
        assert workspace.meta("restored") == "yes"
        assert workspace.verify() == ()
    # A copy of what was replaced is no reason to make no other.
    assert dated.copy_now(desk.folder, NOON + timedelta(minutes=61)) is not None
    dated.bring_back(desk.folder, replaced.name, later + timedelta(hours=2), notes={})
    assert said(desk.folder) == "después"


def test_a_copy_that_cannot_be_read_replaces_nothing(desk: Desk) -> None:
    say(desk, "antes")
    made = dated.copy_now(desk.folder, NOON)
    assert made is not None
    desk.close()
    with pytest.raises(InputError, match="copy-unknown"):
        dated.bring_back(desk.folder, "../quipu.db", NOON, notes={})
    path = desk.folder / dated.FOLDER / made.name
    whole = path.read_bytes()
    for content in (b"no database", whole[: len(whole) // 2], whole[:4096] + bytes(len(whole))):
        path.write_bytes(content)
        with pytest.raises(InputError, match="copy-damaged"):
            dated.bring_back(desk.folder, made.name, NOON, notes={})
    assert said(desk.folder) == "antes"


def test_a_damaged_database_is_kept_too(desk: Desk) -> None:
    say(desk, "antes")
    made = dated.copy_now(desk.folder, NOON)
    assert made is not None
    desk.close()
    database = desk.folder / opening.DATABASE
    database.write_bytes(b"ruina" * 2000)
    replaced = dated.bring_back(desk.folder, made.name, NOON + timedelta(hours=1), notes={})
    assert replaced is not None
    assert said(desk.folder) == "antes"
    assert (desk.folder / dated.FOLDER / replaced.name).read_bytes() == b"ruina" * 2000
    # Also where there is none at all.
    database.unlink()
    assert dated.bring_back(desk.folder, made.name, NOON, notes={}) is None
    assert said(desk.folder) == "antes"


def test_without_room_no_copy_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(desk.folder)._replace(free=place.RESERVE)
    monkeypatch.setattr(place.shutil, "disk_usage", lambda folder: usage)
    assert dated.copy_now(desk.folder, NOON) is None
    monkeypatch.undo()

    def failing(code: str) -> None:
        def copy(folder: Path, target: Path) -> None:
            target.with_name(f".{target.name}.part").write_bytes(b"half")
            raise WorkspaceError(code, folder=folder)

        monkeypatch.setattr(safekeeping, "copy_database", copy)

    failing("workspace-full")
    assert dated.copy_now(desk.folder, NOON) is None
    assert list((desk.folder / dated.FOLDER).iterdir()) == []
    failing("workspace-disk")
    with pytest.raises(WorkspaceError, match="workspace-disk"):
        dated.copy_now(desk.folder, NOON)
    desk.close()
    monkeypatch.undo()
    made = dated.copy_now(desk.folder, NOON)
    assert made is not None
    failing("workspace-disk")
    with pytest.raises(WorkspaceError, match="workspace-disk"):
        dated.bring_back(desk.folder, made.name, NOON, notes={})
