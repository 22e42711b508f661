"""What is kept can be checked against the ledger, rebuilt from it, and copied whole."""

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.exc import IntegrityError

from quipu.domain.address import Address
from quipu.domain.errors import WorkspaceError
from quipu.store import migrations, opening
from quipu.store.tables import metadata
from quipu.store.workspace import open_workspace
from tests.store.support import Desk

NAME = Address("row-1", "name")
EVIDENCE = Address("row-1", "evidence", "2024-07", "u")


def checks(desk: Desk) -> list[str]:
    return [problem.check for problem in desk.ws.verify()]


NEXT = max(migrations.STEPS) + 1


def tamper(desk: Desk, *statements: str) -> None:
    desk.close()
    with sqlite3.connect(desk.folder / "quipu.db") as raw:
        for statement in statements:
            raw.executescript(statement)
    raw.close()
    desk.ws = open_workspace(desk.folder, write=True)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    with desk.writing() as writer:
        writer.put(NAME, "nombre")
        writer.put(NAME, "otro")
        writer.put_many((Address(f"row-{n}", "total"), Decimal(n)) for n in range(20))
        writer.put(EVIDENCE, writer.attach(b"acta", "acta.pdf"))
    return desk


def test_a_sound_workspace_has_nothing_wrong(kept: Desk) -> None:
    assert kept.ws.verify() == ()
    with open_workspace(kept.folder) as reader:
        assert reader.verify() == ()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE fact SET num = num + 1 WHERE reg = (SELECT max(reg) FROM fact WHERE kind = 1)",
        "UPDATE fact SET kind = 0, num = 0 WHERE reg = (SELECT min(reg) FROM fact)",
        "UPDATE fact SET shown = shown - 1 WHERE reg = (SELECT min(reg) FROM fact)",
        "INSERT INTO multi SELECT min(reg), 2, 1 FROM fact",
    ],
)
def test_what_shows_something_else_than_the_ledger_is_found(kept: Desk, damage: str) -> None:
    whole = list(kept.ws.all_facts())
    tamper(kept, damage)
    assert checks(kept) == ["projection-differs"]
    assert kept.ws.rebuild() == 1
    assert kept.ws.verify() == ()
    assert list(kept.ws.all_facts()) == whole


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM text WHERE no = 1",
        "UPDATE session SET top = 1",
        "UPDATE session SET device = NULL",
        "DROP TRIGGER spot_never_delete; DELETE FROM spot WHERE no = 1",
        "DELETE FROM term WHERE no = (SELECT min(reg) >> 28 FROM fact)",
        "DELETE FROM span WHERE arrival = 1",
    ],
)
def test_what_the_ledger_lost_is_found(kept: Desk, damage: str) -> None:
    tamper(kept, damage)
    assert "ledger-incomplete" in checks(kept)


def test_where_arrivals_lie_is_read_again(kept: Desk) -> None:
    tamper(kept, "DELETE FROM span WHERE arrival = 1")
    kept.ws.rebuild()
    assert kept.ws.verify() == ()


def test_a_broken_reference_is_found(kept: Desk) -> None:
    tamper(kept, "PRAGMA foreign_keys = OFF", "UPDATE session SET device = 99")
    assert checks(kept) == ["database-damaged"]


def test_broken_pages_are_found(kept: Desk) -> None:
    kept.close()
    path = kept.folder / "quipu.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 6000] = b"\xff" * 6000
    path.write_bytes(bytes(content))
    try:
        with open_workspace(kept.folder) as reader:
            found = [problem.check for problem in reader.verify()]
    except WorkspaceError as error:
        found = [error.code]
    assert set(found) <= {"database-damaged", "workspace-damaged"}
    assert found


def test_attachments_are_checked_against_their_hashes(kept: Desk) -> None:
    (path,) = (kept.folder / "attachments").iterdir()
    path.write_bytes(b"otra cosa")
    assert checks(kept) == ["attachment-differs"]
    path.unlink()
    assert checks(kept) == ["attachment-missing"]


def test_a_backup_is_a_whole_workspace(kept: Desk, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    with kept.writing() as writer:
        writer.put(NAME, "sin confirmar")
        kept.ws.backup(target)
    with open_workspace(target, write=True) as copy:
        assert copy.reading(NAME).value == "otro", "what was not committed is not in it"
        assert copy.verify() == ()
        assert copy.info == kept.ws.info
    with pytest.raises(WorkspaceError) as refused:
        kept.ws.backup(target)
    assert refused.value.code == "workspace-exists"


def test_a_reader_cannot_rebuild(kept: Desk) -> None:
    with open_workspace(kept.folder) as reader, pytest.raises(WorkspaceError) as refused:
        reader.rebuild()
    assert refused.value.code == "workspace-readonly"


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE op SET depth = 7",
        "DELETE FROM op",
        "DELETE FROM op_base",
        "UPDATE bundle SET state = 'x'",
        "DELETE FROM bundle",
        "UPDATE fact SET reg = 7",
        "UPDATE spot SET unit = 7",
        "DELETE FROM spot",
        "DELETE FROM fact",
    ],
)
def test_the_ledger_is_only_added_to(kept: Desk, deed: str) -> None:
    kept.close()
    with opening.connect(kept.folder / "quipu.db", write=True) as run:
        with run.begin():
            columns = ", ".join("1" for _ in metadata.tables["bundle"].c)
            run.exec_driver_sql(f"INSERT INTO bundle VALUES ({columns})")
            run.exec_driver_sql("INSERT INTO op_base VALUES (1, 1, 1)")
        with pytest.raises(IntegrityError, match="only added to"), run.begin():
            run.exec_driver_sql(deed)


def described(column: ReflectedColumn) -> tuple[str, str, bool]:
    return column["name"], str(column["type"]), column["nullable"] and not column["primary_key"]


def test_the_tables_are_as_the_migrations_made_them(tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    with made.connect() as run:
        migrations.apply(run)
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    metadata.create_all(declared)
    first, second = inspect(made), inspect(declared)
    assert sorted(first.get_table_names()) == sorted(second.get_table_names())
    for table in metadata.tables:
        for tell in ("get_indexes", "get_pk_constraint", "get_foreign_keys"):
            told = [
                sorted(map(repr, found) if isinstance(found, list) else [repr(found)])
                for found in (getattr(first, tell)(table), getattr(second, tell)(table))
            ]
            assert told[0] == told[1]
        one, other = first.get_columns(table), second.get_columns(table)
        assert [described(column) for column in one] == [described(column) for column in other]
        uniques = [
            sorted(tuple(u["column_names"]) for u in told.get_unique_constraints(table))
            for told in (first, second)
        ]
        assert uniques[0] == uniques[1]
    made.dispose()
    declared.dispose()


def test_an_older_workspace_is_backed_up_and_brought_up_to_date(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def second(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE further (n INTEGER)")  # type: ignore[attr-defined]

    kept.close()
    monkeypatch.setattr(opening, "SCHEMA", NEXT)
    steps = {**migrations.STEPS, NEXT: second}
    monkeypatch.setattr(migrations.apply, "__kwdefaults__", {"steps": steps})
    with open_workspace(kept.folder) as reader:
        assert reader.reading(NAME).value == "otro"
    assert opening.check_version(kept.folder) == NEXT
    monkeypatch.setattr(opening, "SCHEMA", NEXT - 1)
    with sqlite3.connect(kept.folder / f"quipu-{NEXT - 1}.db") as raw:
        assert raw.execute("SELECT version FROM schema_version").fetchall() == [(NEXT - 1,)]
    raw.close()


def test_a_migration_that_fails_leaves_everything_as_it_was(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE further (n INTEGER)")  # type: ignore[attr-defined]
        raise LookupError

    kept.close()
    monkeypatch.setattr(opening, "SCHEMA", NEXT)
    steps = {**migrations.STEPS, NEXT: broken}
    monkeypatch.setattr(migrations.apply, "__kwdefaults__", {"steps": steps})
    with pytest.raises(LookupError):
        open_workspace(kept.folder, write=True)
    monkeypatch.setattr(opening, "SCHEMA", NEXT - 1)
    kept.ws = open_workspace(kept.folder, write=True)
    assert kept.ws.verify() == ()
