"""Keys in their owner's hands: passphrase, words for the safe, and the centre brought back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations import identities, unlocking
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.recovery_page import print_words, words_page
from quipu.operations.safekeeping import backup, restore, verify
from quipu.operations.securing import (
    export_root,
    import_root,
    keys_here,
    recover,
    recovery_words,
    set_passphrase,
)
from quipu.operations.workspaces import open_house
from tests.operations.plans import say, ticking

PASSPHRASE = "correcto caballo"


@pytest.fixture(autouse=True)
def nobody_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIPU_PASSPHRASE", raising=False)
    unlocking.use_passphrase(None)


def rests(house: House) -> set[object]:
    return {one.rest for one in keys_here(house)}


def test_under_a_passphrase_nothing_is_written_without_it(
    centre: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = centre.folder
    assert len(keys_here(centre)) == 2
    assert rests(centre) == {"file"}
    centre.close()
    assert len(set_passphrase(folder=folder, passphrase=PASSPHRASE)) == 2
    with open_house(folder=folder) as house:  # reading asks for nothing
        assert rests(house) == {"passphrase"}
    with pytest.raises(WorkspaceError, match="key-closed"):
        open_house(folder=folder, write=True)
    monkeypatch.setenv("QUIPU_PASSPHRASE", "otra cosa")
    with pytest.raises(WorkspaceError, match="passphrase-wrong"):
        open_house(folder=folder, write=True)
    with pytest.raises(WorkspaceError, match="passphrase-wrong"):
        set_passphrase(folder=folder, passphrase=None)
    monkeypatch.setenv("QUIPU_PASSPHRASE", PASSPHRASE)
    with open_house(folder=folder, write=True) as house:
        assert identities.root_key(house.dataset).public == house.workspace.meta("root")
    monkeypatch.delenv("QUIPU_PASSPHRASE")
    unlocking.use_passphrase(PASSPHRASE)
    open_house(folder=folder, write=True).close()
    set_passphrase(folder=folder, passphrase=None)
    unlocking.use_passphrase(None)
    with open_house(folder=folder, write=True) as house:
        assert rests(house) == {"file"}


def test_a_key_made_while_a_passphrase_is_known_rests_under_it(
    office: House, tmp_path: Path
) -> None:
    folder = office.folder
    office.close()
    set_passphrase(folder=folder, passphrase=PASSPHRASE)
    unlocking.use_passphrase(PASSPHRASE)
    shutil.copytree(folder, tmp_path / "copia")
    with open_house(folder=tmp_path / "copia", write=True) as house:
        assert [one.code for one in house.notices] == ["workspace-copied"]
        assert rests(house) == {"passphrase"}


def test_a_passphrase_has_a_length_and_keys_to_hold(centre: House) -> None:
    with pytest.raises(InputError, match="passphrase-short"):
        set_passphrase(folder=centre.folder, passphrase="corta")
    with pytest.raises(InputError, match="passphrase-short"):
        export_root(centre, file=centre.folder / "r", passphrase="corta")
    with pytest.raises(InputError, match="passphrase-missing"):
        export_root(centre, file=centre.folder / "r", passphrase=None)
    folder = centre.folder
    centre.close()
    shutil.rmtree(settings.keys_dir())
    with pytest.raises(WorkspaceError, match="keys-not-here"):
        set_passphrase(folder=folder, passphrase=PASSPHRASE)


def test_the_words_are_printed_for_the_safe(centre: House, tmp_path: Path) -> None:
    words = recovery_words(centre, language="es")
    page = words_page(centre, words=words, language="es")
    cells = [cell.text for row in page.sheets[0].rows for cell in row.cells if cell]
    assert {f"{n}" for n in range(1, 25)} | set(words) == set(cells)
    # Read downwards, they stand in their order.
    assert [cells[1], cells[7]] == list(words[:2])
    assert centre.facts().text(centre.dataset, "name") in page.lines
    file = tmp_path / "palabras.pdf"
    assert print_words(centre, words=words, language="es", file=file) == 1
    assert file.read_bytes().startswith(b"%PDF")


def test_the_centre_comes_back_by_its_words_and_offices_go_on(
    centre: House, office: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(office, "10")
    export_bundle(office, file=tmp_path / "1.quipu")
    merge_bundles(centre, files=[tmp_path / "1.quipu"])
    export_bundle(centre, file=tmp_path / "d1.quipu", to="Norte")
    merge_bundles(office, files=[tmp_path / "d1.quipu"])
    words = " ".join(recovery_words(centre, language="es"))
    backup(centre, file=tmp_path / "c.zip")
    say(office, "11")
    export_bundle(office, file=tmp_path / "2.quipu")  # sealed to the mailbox
    former = centre.workspace.info.device.id
    # The centre's computer burns; there are a backup and an envelope in the safe.
    home = settings.keys_dir().parent
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "nueva"))
    folder = restore(file=tmp_path / "c.zip", folder=tmp_path / "sede").folder
    with pytest.raises(WorkspaceError, match="key-missing"):
        open_house(folder=folder, write=True)
    done = recover(folder=folder, words=words, clock=ticking())
    assert done.new_device
    assert done.device != former
    with open_house(folder=folder, write=True, clock=ticking()) as house:
        assert house.notices == ()
        [one] = merge_bundles(house, files=[tmp_path / "2.quipu"]).bundles
        assert one.state == "merged"
        export_bundle(house, file=tmp_path / "d2.quipu", to="Norte")
    again = recover(folder=folder, words=words)
    assert (again.device, again.new_device) == (done.device, False)
    assert verify(path=folder).ok
    monkeypatch.setenv("QUIPU_HOME", str(home))
    [one] = merge_bundles(office, files=[tmp_path / "d2.quipu"]).bundles
    assert one.state == "merged"


def test_a_copy_of_the_root_brings_the_centre_back_too(
    centre: House, office: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "raiz.quipu"
    export_root(centre, file=file, passphrase=PASSPHRASE)
    backup(centre, file=tmp_path / "c.zip")
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "nueva"))
    folder = restore(file=tmp_path / "c.zip", folder=tmp_path / "sede").folder
    with pytest.raises(InputError, match="passphrase-missing"):
        import_root(folder=folder, file=file, passphrase=None)
    with pytest.raises(InputError, match="root-file-closed"):
        import_root(folder=folder, file=file, passphrase="otra contraseña")
    assert import_root(folder=folder, file=file, passphrase=PASSPHRASE).new_device
    with open_house(folder=folder, write=True) as house:
        assert recovery_words(house, language="en")
    office.close()
    with pytest.raises(WorkspaceError, match="centre-only"):
        import_root(folder=office.folder, file=file, passphrase=PASSPHRASE)


def test_another_institution_s_words_change_nothing(centre: House, tmp_path: Path) -> None:
    from quipu.sync.recovery import words_of
    from tests.sync.world import ROOT

    folder = centre.folder
    centre.close()
    with pytest.raises(InputError, match="root-of-another"):
        recover(folder=folder, words=" ".join(words_of(ROOT, "es")))


def test_without_the_root_there_are_no_words(centre: House) -> None:
    for key in settings.keys_dir().glob("root-*.key"):
        key.unlink()
    with pytest.raises(WorkspaceError, match="key-missing"):
        recovery_words(centre, language="es")
