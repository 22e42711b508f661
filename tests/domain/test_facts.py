from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.value import Value

ROW = "row"
ENTRIES: list[tuple[Address, Value]] = [
    (Address(ROW, "text"), "Formar"),
    (Address(ROW, "total"), Decimal(3)),
    (Address(ROW, "deleted"), False),
    (Address(ROW, "note"), None),
    (Address(ROW, "target", "2024-02"), Decimal(2)),
    (Address(ROW, "target", "2024-01"), Decimal(1)),
    (Address(ROW, "executed", "2024-01", "norte"), Decimal(1)),
    (Address(ROW, "executed", "2024-01", "sur"), Decimal(4)),
    (Address(ROW, "executed", "2024-02", "norte"), Decimal(5)),
]


def tree() -> Facts:
    """An area with units in another order than their names, one of them deleted."""
    entries: list[tuple[Address, Value]] = []
    told = [("area", "area", "", 1), ("b", "unit", "area", 2), ("c", "unit", "area", 1)]
    told += [("gone", "unit", "area", 3), ("a", "unit", "b", 9)]
    for item, kind, parent, order in told:
        entries += [
            (Address(item, "kind"), kind),
            (Address(item, "parent"), parent or None),
            (Address(item, "order"), Decimal(order)),
            (Address(item, "name"), item.upper()),
        ]
    return Facts([*entries, (Address("gone", "deleted"), True), (Address("z", "kind"), "unit")])


def test_blank_facts_are_absent() -> None:
    facts = Facts([*ENTRIES, (Address("blank", "text"), None)])
    assert ROW in facts
    assert "blank" not in facts
    assert list(facts.items()) == [ROW]
    assert dict(facts) == {address: value for address, value in ENTRIES if value is not None}
    assert facts.value(ROW, "note") is None
    assert facts.value("nowhere", "text") is None


def test_a_value_is_read_as_what_it_is_or_not_at_all() -> None:
    facts = Facts(ENTRIES)
    assert (facts.text(ROW, "text"), facts.text(ROW, "total")) == ("Formar", "")
    assert (facts.number(ROW, "total"), facts.number(ROW, "text")) == (Decimal(3), None)
    assert not facts.flag(ROW, "deleted")
    assert not facts.flag(ROW, "total")
    assert facts.value(ROW, "executed", "2024-01", "sur") == Decimal(4)


def test_facts_of_an_item_by_period_and_by_reporter() -> None:
    facts = Facts(ENTRIES)
    assert list(facts.periods(ROW, "target").items()) == [
        ("2024-01", Decimal(1)),
        ("2024-02", Decimal(2)),
    ]
    assert facts.periods(ROW, "executed", "norte") == {
        "2024-01": Decimal(1),
        "2024-02": Decimal(5),
    }
    assert facts.periods("nowhere", "target") == {}
    assert facts.reporters(ROW, "executed", "2024-01") == {"norte": Decimal(1), "sur": Decimal(4)}
    assert facts.reporters("nowhere", "executed", "2024-01") == {}
    assert len(facts.entries(ROW)) == 8
    assert facts.entries("nowhere") == {}


def test_changes_make_a_new_snapshot() -> None:
    facts = Facts(ENTRIES)
    later = facts.with_changes([(Address(ROW, "text"), None), (Address(ROW, "total"), Decimal(4))])
    assert (later.text(ROW, "text"), later.number(ROW, "total")) == ("", Decimal(4))
    assert (facts.text(ROW, "text"), facts.number(ROW, "total")) == ("Formar", Decimal(3))


def test_items_stand_in_their_order_and_deleted_ones_nowhere() -> None:
    facts = tree()
    assert facts.of_kind("unit") == ["c", "b", "a", "z"]
    assert facts.of_kind("unit", "area") == ["area", "c", "b", "a", "z"]
    assert facts.children("area") == ["c", "b"]
    assert facts.children("area") == ["c", "b"]
    assert facts.children("nowhere") == []


def test_ancestors_are_found_nearest_first_and_a_loop_ends() -> None:
    facts = tree()
    assert facts.ancestors("a") == ["b", "area"]
    assert facts.ancestors("area") == []
    loop = facts.with_changes([(Address("area", "parent"), "a")])
    assert loop.ancestors("a") == ["b", "area"]
    tail = Facts(
        [
            (Address("x", "parent"), "y"),
            (Address("y", "parent"), "w"),
            (Address("w", "parent"), "y"),
        ]
    )
    assert tail.ancestors("x") == ["y", "w"]
