from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.safekeeping import backup, restore, verify
from quipu.operations.workspaces import open_house
from tests.operations.plans import NORTH, admit, load, ticking


def with_evidence(house: House, folder: Path) -> Path:
    note = folder / "acta.txt"
    note.write_text("acta", encoding="utf-8")
    enter(house, unit=NORTH, activity="1.1", period="2024-07", value="5", evidence=note, author="B")
    return note


def test_a_backup_brings_everything_back(centre: House, tmp_path: Path) -> None:
    load(centre)
    with_evidence(centre, tmp_path)
    made = backup(centre, file=tmp_path / "copia.zip")
    assert made.bytes == made.file.stat().st_size
    expected = list(dump(centre))
    device = centre.workspace.info.device.id
    restored = restore(file=made.file, folder=tmp_path / "otra" / "centro")
    assert restored.dataset == centre.dataset
    assert verify(path=restored.folder).ok
    with open_house(folder=restored.folder, write=True) as again:
        assert list(dump(again)) == expected
        assert [notice.code for notice in again.notices] == ["workspace-restored"]
        assert again.workspace.info.device.id != device
        evidence = [value for _, field, _, value in dump(again) if field == "evidence"]
        assert len(evidence) == 1
    with open_house(folder=restored.folder, write=True) as again:
        assert again.notices == ()


def test_a_backup_holds_no_key(centre: House, tmp_path: Path) -> None:
    file = backup(centre, file=tmp_path / "copia.zip").file
    secrets = [json.loads(key.read_bytes())["secret"] for key in settings.keys_dir().glob("*.key")]
    assert len(secrets) == 2
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            assert not any(secret.encode() in archive.read(name) for secret in secrets)


def test_an_office_that_lost_its_folder_goes_on(centre: House, tmp_path: Path) -> None:
    load(centre)
    joined = admit(centre, tmp_path, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        enter(office, unit=NORTH, activity="1.1", period="2024-07", value="5", author="Beto")
        made = backup(office, file=tmp_path / "copia.zip")
        enter(office, unit=NORTH, activity="1.2", period="2024-07", value="6", author="Beto")
        export_bundle(office, file=tmp_path / "n1.quipu")
    merge_bundles(centre, files=[tmp_path / "n1.quipu"])
    shutil.rmtree(joined.folder)
    restore(file=made.file, folder=joined.folder)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        export_bundle(office, file=tmp_path / "n2.quipu")
        [result] = merge_bundles(centre, files=[tmp_path / "n2.quipu"]).bundles
        assert result.state == "merged"
        # What it had sent and lost comes back from the centre.
        export_bundle(centre, to="Norte", file=tmp_path / "c1.quipu")
        merge_bundles(office, files=[tmp_path / "c1.quipu"])
        assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))


@pytest.mark.parametrize("name", ["../quipu.db", "attachments/../x", "archive/1", "attachments/1"])
def test_a_backup_writes_under_no_name_but_its_own(
    centre: House, tmp_path: Path, name: str
) -> None:
    file = backup(centre, file=tmp_path / "copia.zip").file
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(InputError, match="backup-damaged"):
        restore(file=file, folder=tmp_path / "otra")
    assert not (tmp_path / "otra").exists()


def test_what_is_no_backup(centre: House, tmp_path: Path) -> None:
    target = tmp_path / "otra"
    with pytest.raises(InputError, match="file-missing"):
        restore(file=tmp_path / "nowhere", folder=target)
    text = tmp_path / "texto.txt"
    text.write_text("hola", encoding="utf-8")
    with pytest.raises(InputError, match="backup-not-one"):
        restore(file=text, folder=target)
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(newer, "w") as archive:
        archive.writestr("quipu-backup.json", json.dumps({"format": 99}))
    with pytest.raises(InputError, match="backup-newer"):
        restore(file=newer, folder=target)
    file = backup(centre, file=tmp_path / "copia.zip").file
    with pytest.raises(WorkspaceError, match="workspace-exists"):
        restore(file=file, folder=centre.folder)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="backup-not-one"):
        restore(file=file, folder=target)
    file.write_bytes(whole)
    (tmp_path / "plano").touch()
    with pytest.raises(InputError, match="folder-not-written"):
        restore(file=file, folder=tmp_path / "plano" / "otra")


def test_a_backup_that_cannot_be_written(centre: House, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file-not-written"):
        backup(centre, file=tmp_path / "nowhere" / "copia.zip")


def test_files_and_folders_are_verified(centre: House, tmp_path: Path) -> None:
    load(centre)
    joined = admit(centre, tmp_path, "Norte", NORTH)
    assert verify(path=tmp_path / "Norte-alta.quipu").ok
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        with_evidence(office, tmp_path)
        bundle = tmp_path / "n1.quipu"
        export_bundle(office, file=bundle)
    assert verify(path=bundle).ok
    merge_bundles(centre, files=[bundle])
    assert verify(path=centre.folder).ok
    assert verify(path=joined.folder).ok
    with pytest.raises(InputError, match="file-missing"):
        verify(path=tmp_path / "nowhere")
    with pytest.raises(WorkspaceError, match="workspace-missing"):
        verify(path=tmp_path)


def test_damage_is_found(centre: House, tmp_path: Path) -> None:
    load(centre)
    joined = admit(centre, tmp_path, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as office:
        with_evidence(office, tmp_path)
        bundle = tmp_path / "n1.quipu"
        export_bundle(office, file=bundle)
    merge_bundles(centre, files=[bundle])
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    bundle.write_bytes(content)
    found = verify(path=bundle)
    assert not found.ok
    assert [one.check for one in found.problems] == ["not-whole"]
    archived = sorted((centre.folder / "archive").iterdir())
    archived[0].write_bytes(archived[1].read_bytes())
    found = verify(path=centre.folder)
    assert [one.params["reason"] for one in found.problems] == ["bundle-renamed"]
    archived[0].write_bytes(b"x")
    assert [one.check for one in verify(path=centre.folder).problems] == ["not-whole"]
    centre.close()
    (centre.folder / "quipu.db").write_bytes(b"no database")
    assert [one.check for one in verify(path=centre.folder).problems] == ["not-whole"]
