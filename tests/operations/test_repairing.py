"""Dated backups, the way back, repair, and what `verify` says of forms."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.value import Blob
from quipu.operations.backups import backups, bring_back
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.packing import ARCHIVE
from quipu.operations.repairing import repair
from quipu.operations.safekeeping import verify
from quipu.operations.workspaces import open_house
from tests.operations.plans import FORM, NORTH, admit, load, ticking

JULY = "2024-07"


@pytest.fixture
def office(centre: House) -> Iterator[House]:
    load(centre)
    joined = admit(centre, centre.folder.parent, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as house:
        yield house


def say(house: House, value: str, evidence: Path | None = None) -> None:
    enter(
        house, unit=NORTH, activity="1.1", period=JULY, value=value, evidence=evidence, author="B"
    )  # fmt: skip


def test_loading_and_merging_back_up_first(office: House, centre: House, tmp_path: Path) -> None:
    assert len(backups(folder=centre.folder)) == 1
    assert backups(folder=office.folder) == []
    say(office, "5")
    export_bundle(office, file=tmp_path / "1.quipu")
    before = list(dump(centre))
    merge_bundles(two_hours_later(centre), files=[tmp_path / "1.quipu"])
    [made, _] = backups(folder=centre.folder)
    after = list(dump(centre))
    assert before != after
    device = centre.workspace.info.device.id
    with pytest.raises(WorkspaceError, match="workspace-busy"):
        bring_back(folder=centre.folder, name=made.name)
    centre.close()
    done = bring_back(folder=centre.folder, name=made.name)
    assert (done.name, done.made_at) == (made.name, made.made_at)
    with open_house(folder=centre.folder, write=True) as house:
        assert [notice.code for notice in house.notices] == ["workspace-restored"]
        assert house.workspace.info.device.id != device
        assert list(dump(house)) == before
    # Forth again: nothing was thrown away.
    bring_back(folder=centre.folder, name=done.replaced)
    with open_house(folder=centre.folder) as house:
        assert list(dump(house)) == after
    (centre.folder / "quipu.db").unlink()
    assert bring_back(folder=centre.folder, name=made.name).replaced == ""
    with pytest.raises(InputError, match="copy-unknown"):
        bring_back(folder=centre.folder, name="x.db")
    with pytest.raises(WorkspaceError, match="workspace-missing"):
        backups(folder=tmp_path)


def two_hours_later(house: House) -> House:
    return replace(house, clock=lambda: house.clock() + timedelta(hours=2))


def test_repair_shows_what_the_ledger_says(office: House) -> None:
    say(office, "5")
    expected = list(dump(office))
    office.close()
    with closing(sqlite3.connect(office.folder / "quipu.db")) as raw, raw:
        raw.execute("UPDATE fact SET num = num + 1 WHERE reg IN (SELECT max(reg) FROM fact)")
        raw.execute("INSERT INTO multi SELECT min(reg), 2, 1 FROM fact")
    assert not verify(path=office.folder).ok
    done = repair(folder=office.folder)
    assert (done.addresses, done.attachments, done.problems) == (2, 0, ())
    assert len(backups(folder=office.folder)) == 1
    with open_house(folder=office.folder) as house:
        assert list(dump(house)) == expected
    assert repair(folder=office.folder).addresses == 0


def test_repair_merges_again_what_an_older_state_had_not(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    export_bundle(office, file=tmp_path / "1.quipu")
    merge_bundles(two_hours_later(centre), files=[tmp_path / "1.quipu"])
    expected = list(dump(centre))
    older = backups(folder=centre.folder)[0]
    centre.close()
    bring_back(folder=centre.folder, name=older.name)
    with open_house(folder=centre.folder) as house:
        assert list(dump(house)) != expected
    done = repair(folder=centre.folder)
    assert (done.bundles, done.problems) == (1, ())
    with open_house(folder=centre.folder) as house:
        assert list(dump(house)) == expected
    assert repair(folder=centre.folder).bundles == 0


def test_repair_takes_attachments_from_the_archive(
    office: House, centre: House, tmp_path: Path
) -> None:
    note = tmp_path / "acta.txt"
    note.write_text("acta", encoding="utf-8")
    say(office, "5", evidence=note)
    export_bundle(office, file=tmp_path / "1.quipu")
    merge_bundles(centre, files=[tmp_path / "1.quipu"])
    [blob] = [value.sha256 for _, value in centre.workspace.all_facts() if isinstance(value, Blob)]
    for house, harm in ((centre, Path.unlink), (office, lambda path: path.write_bytes(b"x"))):
        path = house.workspace.blob_path(blob)
        assert path is not None
        harm(path)
        folder = house.folder
        house.close()
        # A damaged bundle beside it heals nothing and is told.
        (folder / ARCHIVE / ("0" * 64)).write_bytes(b"rot")
        done = repair(folder=folder)
        assert done.attachments == 1
        assert [problem.check for problem in done.problems] == ["not-whole"]
        assert path.read_text(encoding="utf-8") == "acta"
        shutil.rmtree(folder / ARCHIVE)
        path.unlink()
        assert [one.check for one in repair(folder=folder).problems] == ["attachment-missing"]


def test_verify_compares_forms_with_what_plans_were_read_with(
    centre: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(centre)
    assert verify(path=centre.folder).ok
    centre.close()
    own = centre.folder / "forms"
    shutil.copytree(settings.forms_dir() / FORM, own / FORM)
    assert verify(path=centre.folder).ok
    for path in own.rglob("*.toml"):
        path.write_text(path.read_text("utf-8") + "# x\n", encoding="utf-8")
    checks = [one.check for one in verify(path=centre.folder).problems]
    assert set(checks) == {"form-changed"}
    monkeypatch.setattr("quipu.operations.verifying.available_forms", lambda folder: {})
    monkeypatch.setattr("quipu.operations.verifying.sound_methods", lambda folder: ({}, ()))
    assert {one.check for one in verify(path=centre.folder).problems} == {"form-gone"}
