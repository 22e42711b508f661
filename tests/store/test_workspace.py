"""Making, opening, closing and copying a workspace; one writer, any number of readers."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import WorkspaceError
from quipu.store import migrations, opening
from quipu.store.workspace import create, open_workspace
from tests.store.support import Desk, device, info

NAME = Address("row-1", "name")


def code_of(folder: Path, *, write: bool = False) -> str:
    with pytest.raises(WorkspaceError) as refused:
        open_workspace(folder, write=write).close()
    return refused.value.code


def test_a_workspace_remembers_whose_it_is(tmp_path: Path) -> None:
    made = info("pc-1", "office-1")
    create(tmp_path / "deep" / "ws", made)
    with open_workspace(tmp_path / "deep" / "ws") as ws:
        assert ws.info == made
        assert not ws.writes
        assert ws.devices() == [made.device]
    assert code_exists(tmp_path / "deep" / "ws") == "workspace-exists"


def code_exists(folder: Path) -> str:
    with pytest.raises(WorkspaceError) as refused:
        create(folder, info())
    return refused.value.code


def test_a_folder_without_one_is_said_so(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "workspace-missing"
    assert code_of(tmp_path / "nowhere", write=True) == "workspace-missing"


@pytest.mark.parametrize("content", [b"", b"this is no database at all, but long enough" * 40])
def test_what_is_no_workspace_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "quipu.db").write_bytes(content)
    assert code_of(tmp_path) == "workspace-damaged"


def test_a_database_without_its_owner_is_damaged(desk: Desk) -> None:
    desk.close()
    with sqlite3.connect(desk.folder / "quipu.db") as raw:
        raw.execute("DELETE FROM meta WHERE key = 'workspace.dataset'")
    raw.close()
    assert code_of(desk.folder) == "workspace-damaged"
    with sqlite3.connect(desk.folder / "quipu.db") as raw:
        raw.execute("DELETE FROM schema_version")
    raw.close()
    assert code_of(desk.folder) == "workspace-damaged"


def test_a_newer_workspace_is_refused(desk: Desk) -> None:
    desk.close()
    with sqlite3.connect(desk.folder / "quipu.db") as raw:
        raw.execute("UPDATE schema_version SET version = version + 1")
    raw.close()
    assert code_of(desk.folder) == "workspace-newer"
    assert code_of(desk.folder, write=True) == "workspace-newer"


def test_there_is_one_writer(desk: Desk) -> None:
    assert code_of(desk.folder, write=True) == "workspace-busy"
    with open_workspace(desk.folder) as reader, desk.writing() as writer:
        writer.put(NAME, "nombre")
        assert reader.reading(NAME).value is None
        assert desk.ws.reading(NAME).value == "nombre"
    with open_workspace(desk.folder) as reader:
        assert reader.reading(NAME).value == "nombre"
    desk.close()
    desk.close()
    open_workspace(desk.folder, write=True).close()


def test_another_process_is_told_at_once(desk: Desk) -> None:
    script = """
        import sys
        from pathlib import Path
        from quipu.domain.errors import WorkspaceError
        from quipu.store.workspace import open_workspace
        open_workspace(Path(sys.argv[1])).close()
        try:
            open_workspace(Path(sys.argv[1]), write=True)
        except WorkspaceError as error:
            print(error.code)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(desk.folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout == "workspace-busy\n"


def test_a_read_only_folder_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.writing() as writer:
        writer.put(NAME, "nombre")
    desk.close()
    monkeypatch.setattr(opening, "writable", lambda folder: False)
    assert code_of(desk.folder, write=True) == "workspace-readonly"
    with open_workspace(desk.folder) as reader:
        assert reader.reading(NAME).value == "nombre"
    assert not (desk.folder / "quipu.db-shm").exists()


def test_a_closed_workspace_is_one_file(desk: Desk, tmp_path: Path) -> None:
    with desk.writing() as writer:
        writer.put(NAME, "nombre")
    desk.close()
    assert {path.name for path in desk.folder.iterdir()} == {
        "attachments",
        "quipu.db",
        "quipu.lock",
    }
    shutil.copytree(desk.folder, tmp_path / "copy")
    with open_workspace(tmp_path / "copy") as copy:
        assert copy.reading(NAME).value == "nombre"


def test_a_copied_workspace_goes_on_as_another_device(desk: Desk) -> None:
    with desk.writing() as writer:
        first = writer.put(NAME, "antes")
    with desk.writing() as writer:
        writer.adopt_device(device("centre-pc-2"))
        second = writer.put(NAME, "después")
        with pytest.raises(RuntimeError):
            writer.adopt_device(device("centre-pc-3"))
    assert first is not None
    assert second is not None
    assert first.session != second.session
    assert desk.ws.info.device == device("centre-pc-2")
    assert [entry.device for entry in desk.ws.history("row-1")] == ["centre-pc", "centre-pc-2"]
    desk.reopen()
    assert desk.ws.info.device == device("centre-pc-2")


def test_an_adoption_can_be_taken_back(desk: Desk) -> None:
    with pytest.raises(LookupError), desk.writing() as writer:
        writer.adopt_device(device("centre-pc-2"))
        raise LookupError
    assert desk.ws.info.device == device("centre-pc")
    assert desk.ws.devices() == [device("centre-pc")]


KILLED = """
    import os, signal, sys
    from decimal import Decimal
    from pathlib import Path
    from quipu.domain.address import Address
    from tests.store.support import Clock, Randomness
    from quipu.store.workspace import open_workspace

    with open_workspace(Path(sys.argv[1]), write=True) as ws:
        for turn in range(3):
            with ws.transaction("Ana", clock=Clock(), randomness=Randomness("child")) as writer:
                writer.put_many(
                    (Address(f"row-{n}", "total"), Decimal(turn + 1)) for n in range(2000)
                )
                if turn == 2:
                    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_killed_transaction_is_absent(desk: Desk) -> None:
    desk.close()
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(desk.folder)]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr
    desk.ws = open_workspace(desk.folder, write=True)
    assert {value for _, value in desk.ws.all_facts()} == {Decimal(2)}
    assert len(list(desk.ws.all_facts())) == 2000
    with desk.writing() as writer:
        assert writer.put(Address("row-1", "total"), Decimal(9)) is not None


def test_a_half_made_workspace_is_made_again(tmp_path: Path) -> None:
    (tmp_path / ".quipu.db.new").write_bytes(b"half")
    (tmp_path / ".quipu.db.new-wal").write_bytes(b"half")
    create(tmp_path, info())
    open_workspace(tmp_path).close()
    assert not list(tmp_path.glob(".quipu.db*"))


def test_the_newest_migration_is_the_version_that_opening_knows() -> None:
    assert max(migrations.STEPS) == opening.SCHEMA
    assert sorted(migrations.STEPS) == list(range(1, opening.SCHEMA + 1))
