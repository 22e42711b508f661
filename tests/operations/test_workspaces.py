import shutil
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.editing import add_area
from quipu.operations.house import House
from quipu.operations.workspaces import known_workspaces, new_centre, open_house
from quipu.sync.certificates import verify_chain


def made(folder: Path, name: str = "Instituto de Caminos") -> Path:
    new_centre(folder=folder, institution=name, author="Ana")
    return folder


def test_a_new_centre_has_its_institution_and_a_certified_device(
    quipu_home: Path, tmp_path: Path
) -> None:
    folder = made(tmp_path / "c")
    with open_house(folder=folder, write=True) as house:
        assert house.role == "centre"
        assert house.office == ""
        assert house.notices == ()
        assert house.facts().text(house.dataset, "name") == "Instituto de Caminos"
        info = house.workspace.info
        root = house.workspace.meta("root") or ""
        assert verify_chain(root, info.device.chain, dataset=house.dataset).device == info.device.id


def test_keys_lie_outside_the_workspace(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    assert not list(folder.rglob("*.key"))
    assert len(list(settings.keys_dir().glob("*.key"))) == 2


def test_a_workspace_is_made_whole_or_not_at_all(
    quipu_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, *, write: bool = False) -> None:
        raise WorkspaceError("workspace-full", folder=folder)

    folder = tmp_path / "c"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr("quipu.operations.workspaces.open_workspace", full)
        with pytest.raises(WorkspaceError, match="workspace-full"):
            made(folder)
    assert [path.name for path in tmp_path.iterdir() if path != quipu_home] == ["c"]
    assert list(folder.iterdir()) == []
    made(folder)
    assert [known.folder for known in known_workspaces()] == [folder]
    assert [path.name for path in tmp_path.iterdir() if path != quipu_home] == ["c"]


def test_a_centre_needs_a_name_and_an_empty_folder(quipu_home: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name-missing"):
        made(tmp_path / "c", "  ")
    made(tmp_path / "c")
    with pytest.raises(WorkspaceError, match="workspace-exists"):
        made(tmp_path / "c")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "notes.txt").touch()
    with pytest.raises(InputError, match="folder-not-empty"):
        made(tmp_path / "d")


def device_of(folder: Path) -> str:
    with open_house(folder=folder) as house:
        return house.workspace.info.device.id


def test_a_copy_goes_on_under_its_own_key(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    before = device_of(folder)
    shutil.copytree(folder, tmp_path / "copy")
    with open_house(folder=tmp_path / "copy", write=True) as house:
        assert [notice.code for notice in house.notices] == ["workspace-copied"]
        device = house.workspace.info.device
        assert device.id != before
        root = house.workspace.meta("root") or ""
        assert verify_chain(root, device.chain, dataset=house.dataset).side == "centre"
        assert add_area(house, name="Centro", author="Ana").changed
    with open_house(folder=tmp_path / "copy", write=True) as house:
        assert house.notices == ()
    with open_house(folder=folder, write=True) as house:
        assert house.notices == ()
        assert house.workspace.info.device.id == before


def test_a_copy_is_certified_by_the_former_device_where_the_root_is_away(
    quipu_home: Path, tmp_path: Path
) -> None:
    folder = made(tmp_path / "c")
    for key in settings.keys_dir().glob("root-*.key"):
        key.unlink()
    shutil.copytree(folder, tmp_path / "copy")
    with open_house(folder=tmp_path / "copy", write=True) as house:
        chain = house.workspace.info.device.chain
        root = house.workspace.meta("root") or ""
        assert len(chain) == 2
        assert verify_chain(root, chain, dataset=house.dataset).side == "centre"


def test_copies_of_copies_end_somewhere(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c0")
    for key in settings.keys_dir().glob("root-*.key"):
        key.unlink()
    for number in range(1, 8):
        shutil.copytree(folder, tmp_path / f"c{number}")
        folder = tmp_path / f"c{number}"
        open_house(folder=folder, write=True).close()
    shutil.copytree(folder, tmp_path / "last")
    with pytest.raises(WorkspaceError, match="copies-too-many"):
        open_house(folder=tmp_path / "last", write=True)
    open_house(folder=tmp_path / "last").close()


def test_a_moved_workspace_is_known_again(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    before = device_of(folder)
    folder.rename(tmp_path / "moved")
    with open_house(folder=tmp_path / "moved", write=True) as house:
        assert [notice.code for notice in house.notices] == ["workspace-moved"]
        assert house.workspace.info.device.id == before
    # The folder at the old place is now the copy, whichever of the two is older.
    shutil.copytree(tmp_path / "moved", folder)
    with open_house(folder=folder, write=True) as house:
        assert [notice.code for notice in house.notices] == ["workspace-copied"]


def test_a_copy_whose_original_is_gone_was_moved(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    before = device_of(folder)
    shutil.copytree(folder, tmp_path / "stick")
    shutil.rmtree(folder)
    with open_house(folder=tmp_path / "stick", write=True) as house:
        assert house.workspace.info.device.id == before
        assert [notice.code for notice in house.notices] == ["workspace-moved"]


def test_without_its_key_a_workspace_is_only_read(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    shutil.rmtree(settings.keys_dir())
    with open_house(folder=folder) as house:
        assert [notice.code for notice in house.notices] == ["key-missing"]
        assert not house.writable
        with pytest.raises(WorkspaceError, match="read-only"):
            add_area(house, name="Centro", author="Ana")
    with pytest.raises(WorkspaceError, match="key-missing") as caught:
        open_house(folder=folder, write=True)
    assert caught.value.params["folder"] == folder


def test_a_lost_record_is_written_again(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    for record in (settings.keys_dir() / "workspaces").iterdir():
        record.write_text("{", encoding="utf-8")
    with open_house(folder=folder, write=True) as house:
        assert house.notices == ()
    assert [known.folder for known in known_workspaces()] == [folder.resolve()]


def test_known_workspaces_are_those_still_there(quipu_home: Path, tmp_path: Path) -> None:
    assert known_workspaces() == []
    here = made(tmp_path / "b", "Instituto B")
    made(tmp_path / "a", "Instituto A")
    shutil.rmtree(tmp_path / "a")
    assert [(one.name, one.folder, one.role) for one in known_workspaces()] == [
        ("Instituto B", here.resolve(), "centre")
    ]


def test_reading_needs_no_writer_and_a_second_writer_waits(centre: House) -> None:
    with open_house(folder=centre.folder) as reader:
        assert reader.facts().text(reader.dataset, "kind") == "institution"
    with pytest.raises(WorkspaceError, match="workspace-busy"):
        open_house(folder=centre.folder, write=True)


def test_a_broken_form_is_told_and_stops_nothing(quipu_home: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    (folder / "forms" / "casa").mkdir(parents=True)
    (folder / "forms" / "casa" / "rota.toml").write_text("version = \n", encoding="utf-8")
    for write in (False, True):
        with open_house(folder=folder, write=write) as house:
            assert [notice.code for notice in house.notices] == ["form-skipped"]
            assert house.notices[0].params["line"] == 1
            assert "sv-integracion/pat-programa" in house.forms
