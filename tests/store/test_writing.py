"""What a person writes: one value or many, what stores nothing, and who wrote it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.value import Blob, Value
from quipu.store.workspace import open_workspace
from tests.store.support import Desk

ROW, OTHER, UNIT = "row-1", "row-2", "unit-1"
EXECUTED = Address(ROW, "executed", "2024-07", UNIT)
NOTE = Address(ROW, "narrative", "2024-07", UNIT)


def put(desk: Desk, address: Address, value: Value, author: str = "Ana") -> object:
    with desk.writing(author) as writer:
        return writer.put(address, value)


def test_a_value_is_read_where_it_was_put(desk: Desk) -> None:
    put(desk, EXECUTED, Decimal("1.50"))
    put(desk, NOTE, "Se capacitó a 40 personas")
    facts = desk.ws.facts()
    assert facts.number(ROW, "executed", "2024-07", UNIT) == Decimal("1.5")
    assert facts.text(ROW, "narrative", "2024-07", UNIT) == "Se capacitó a 40 personas"
    assert desk.ws.facts([OTHER]).entries(ROW) == {}
    assert desk.ws.facts([ROW]).entries(ROW) == facts.entries(ROW)


@pytest.mark.parametrize("value", [Decimal(3), "tres", True, False, Blob("ab" * 32, 3, "acta.pdf")])
def test_an_equal_value_stores_nothing(desk: Desk, value: Value) -> None:
    assert put(desk, EXECUTED, value) is not None
    assert put(desk, EXECUTED, value) is None
    assert len(desk.ws.history(ROW)) == 1


def test_true_is_not_one(desk: Desk) -> None:
    put(desk, EXECUTED, Decimal(1))
    assert put(desk, EXECUTED, True) is not None


def test_blank_at_a_blank_address_stores_nothing(desk: Desk) -> None:
    assert put(desk, EXECUTED, None) is None
    put(desk, EXECUTED, Decimal(1))
    assert put(desk, EXECUTED, None) is not None
    assert put(desk, EXECUTED, None) is None
    assert desk.ws.facts().value(*EXECUTED) is None
    assert desk.ws.reading(EXECUTED).value is None


def test_history_names_what_was_replaced(desk: Desk) -> None:
    for number in (1, 2, 3):
        put(desk, EXECUTED, Decimal(number), author=f"autor {number}")
    first, second, third = (entry.revision for entry in desk.ws.history(*EXECUTED[:2]))
    assert (first.value, second.value, third.value) == (Decimal(1), Decimal(2), Decimal(3))
    assert (first.replaces, second.replaces, third.replaces) == ((), (first.name,), (second.name,))
    assert (first.depth, second.depth, third.depth) == (1, 2, 3)
    assert (first.author, third.author) == ("autor 1", "autor 3")
    assert (first.at, second.at) == ("2024-07-01T08:00:00Z", "2024-07-01T08:01:00Z")
    assert {entry.bundle for entry in desk.ws.history(ROW)} == {None}
    assert {entry.device for entry in desk.ws.history(ROW)} == {"centre-pc"}


def test_history_is_asked_by_field_period_and_unit(desk: Desk) -> None:
    with desk.writing() as writer:
        writer.put(EXECUTED, Decimal(1))
        writer.put(EXECUTED._replace(period="2024-08"), Decimal(2))
        writer.put(EXECUTED._replace(unit="unit-2"), Decimal(3))
        writer.put(NOTE, "x")

    def values(*asked: str | None) -> list[Value]:
        return [entry.revision.value for entry in desk.ws.history(ROW, *asked)]

    assert values() == [Decimal(1), Decimal(3), Decimal(2), "x"]
    assert values("executed") == [Decimal(1), Decimal(3), Decimal(2)]
    assert values("executed", "2024-07") == [Decimal(1), Decimal(3)]
    assert values("executed", "2024-07", "unit-2") == [Decimal(3)]
    assert values(None, None, "") == []
    assert values("unheard-of") == []
    assert desk.ws.history("nobody") == []


def test_a_reason_is_kept(desk: Desk) -> None:
    with desk.writing() as writer:
        writer.put(EXECUTED, Decimal(2), reason="acta corregida")
        assert [one.reason for one in writer.revisions] == ["acta corregida"]


def test_one_gesture_is_one_group(desk: Desk) -> None:
    put(desk, NOTE, "antes")
    with desk.writing() as writer:
        first = writer.put(EXECUTED, Decimal(1))
        writer.put_many([(NOTE, "después"), (Address(ROW, "name"), "fila")])
        made = writer.revisions
    assert first is not None
    assert [one.group for one in made] == [first.n] * 3
    assert desk.ws.group(made[2].name) == made
    assert desk.ws.group(first._replace(session="00" * 16)) == []
    assert desk.ws.group(first._replace(n=99)) == []


def test_an_exception_takes_everything_back(desk: Desk) -> None:
    put(desk, EXECUTED, Decimal(1))
    with pytest.raises(LookupError), desk.writing() as writer:
        writer.put(EXECUTED, Decimal(2))
        writer.put(Address(OTHER, "name"), "nueva")
        raise LookupError
    assert desk.ws.reading(EXECUTED).value == Decimal(1)
    assert OTHER not in desk.ws.facts()
    assert put(desk, Address(OTHER, "name"), "otra vez") is not None


def test_numbers_taken_back_are_never_used_again(desk: Desk) -> None:
    put(desk, EXECUTED, Decimal(1))
    with pytest.raises(LookupError), desk.writing() as writer:
        lost = writer.put(EXECUTED, Decimal(2))
        raise LookupError
    assert put(desk, EXECUTED, Decimal(3)) != lost
    assert len({entry.revision.name.session for entry in desk.ws.history(ROW)}) == 2


def test_a_session_is_of_one_run_and_one_device(desk: Desk) -> None:
    put(desk, EXECUTED, Decimal(1))
    put(desk, EXECUTED, Decimal(2))
    desk.reopen()
    put(desk, EXECUTED, Decimal(3))
    first, second, third = (entry.revision.name for entry in desk.ws.history(ROW))
    assert (first.session, second.session) == (second.session, first.session)
    assert third.session != first.session
    assert (first.n, second.n, third.n) == (1, 2, 1)


def test_many_values_are_written_as_one_by_one(desk: Desk) -> None:
    entries: list[tuple[Address, Value]] = [
        (EXECUTED, Decimal("0.1")),
        (NOTE, "texto"),
        (Address(ROW, "deleted"), True),
        (Address(OTHER, "name"), None),
        (Address(OTHER, "total"), Decimal(10) ** 20),
    ]
    with desk.writing() as writer:
        assert writer.put_many(entries) == 4
        assert [one.name.n for one in writer.revisions] == [1, 2, 3, 4]
        assert writer.names == tuple(one.name for one in writer.revisions)
    with desk.writing() as writer:
        assert writer.put_many(entries) == 0
        assert writer.revisions == []
        assert writer.names == ()
    changed = [(EXECUTED, Decimal(2)), (NOTE, "texto"), (Address(ROW, "deleted"), None)]
    with desk.writing() as writer:
        assert writer.put_many([*changed, (Address(OTHER, "name"), "otra")]) == 3
        replaced = [(one.name.n, len(one.replaces), one.depth) for one in writer.revisions]
    assert replaced == [(5, 1, 2), (6, 1, 2), (7, 0, 1)]
    assert dict(desk.ws.facts()) == {
        EXECUTED: Decimal(2),
        NOTE: "texto",
        Address(OTHER, "name"): "otra",
        Address(OTHER, "total"): Decimal(10) ** 20,
    }


def test_an_address_given_twice_takes_the_last_value(desk: Desk) -> None:
    with desk.writing() as writer:
        assert writer.put_many([(NOTE, "uno"), (NOTE, "dos")]) == 1
    assert desk.ws.reading(NOTE).value == "dos"
    with desk.writing() as writer:
        assert writer.put_many([]) == 0


def test_facts_come_sorted_for_a_dump(desk: Desk) -> None:
    with desk.writing() as writer:
        writer.put_many(
            [
                (Address("b", "name"), "ñandú"),
                (Address("a", "target", "2024-02"), Decimal(2)),
                (Address("a", "target", "2024-01", "u2"), Decimal(1)),
                (Address("a", "target", "2024-01", "u1"), Decimal(0)),
                (Address("a", "Zona"), "x"),
                (Address("á", "name"), "x"),
            ]
        )
        writer.put(Address("b", "name"), None)
    found = [address for address, _ in desk.ws.all_facts()]
    assert found == sorted(found)
    assert len(found) == 5


@pytest.mark.parametrize("value", ["x" * 20_000, Decimal("NaN")])
def test_what_cannot_be_kept_is_the_givers_mistake(desk: Desk, value: Value) -> None:
    with pytest.raises(InputError) as refused, desk.writing() as writer:
        writer.put(EXECUTED, value)
    assert refused.value.params["field"] == "executed"
    assert desk.ws.history(ROW) == []


def test_a_reader_does_not_write(desk: Desk) -> None:
    with (
        open_workspace(desk.folder) as reader,
        pytest.raises(WorkspaceError) as refused,
        reader.transaction("Ana", clock=desk.clock, randomness=desk.randomness),
    ):
        pytest.fail("a reader began a transaction")
    assert refused.value.code == "workspace-readonly"


def test_a_transaction_ends_with_its_block(desk: Desk) -> None:
    with desk.writing() as writer, pytest.raises(RuntimeError), desk.writing():
        pytest.fail("two transactions at once")
    with pytest.raises(RuntimeError):
        writer.put(EXECUTED, Decimal(1))


def test_notes_of_the_workspace_stay_its_own(desk: Desk) -> None:
    assert desk.ws.meta("theme") is None
    with desk.writing() as writer:
        writer.set_meta("theme", "claro")
        writer.set_meta("theme", "oscuro")
    assert desk.ws.meta("theme") == "oscuro"
    assert list(desk.ws.all_facts()) == []


def test_a_randomness_that_repeats_itself_is_noticed(desk: Desk) -> None:
    def fixed(size: int) -> bytes:
        return b"\7" * size

    def now() -> datetime:
        return datetime(2024, 7, 1, tzinfo=UTC)

    with desk.ws.transaction("Ana", clock=now, randomness=fixed) as writer:
        writer.put(NOTE, "uno")
    desk.reopen()
    with (
        pytest.raises(RuntimeError, match="randomness"),
        desk.ws.transaction("Ana", clock=now, randomness=fixed) as writer,
    ):
        writer.put(NOTE, "dos")
