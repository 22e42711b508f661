import pytest

from quipu.domain.errors import InputError
from quipu.operations.editing import (
    add_area,
    add_office,
    add_unit,
    assign_unit,
    delete_unit,
    move_unit,
    rename,
)
from quipu.operations.finding import UnitNode, find_unit, office_units, unit_tree
from quipu.operations.house import House
from quipu.operations.undoing import can_undo, redo, undo


def area(house: House, name: str) -> str:
    return add_area(house, name=name, author="Ana").created[0]


def unit(house: House, name: str, parent: str = "") -> str:
    return add_unit(house, name=name, parent=parent, author="Ana").created[0]


def outline(nodes: list[UnitNode] | tuple[UnitNode, ...]) -> list[object]:
    return [(node.name, outline(node.children)) if node.children else node.name for node in nodes]


def tree(house: House) -> list[object]:
    return outline(unit_tree(house.facts()))


def test_areas_and_units_stand_in_the_order_they_were_made(centre: House) -> None:
    works = area(centre, "Obras")
    unit(centre, "Puentes", works)
    unit(centre, "Caminos  Rurales", "obras")
    unit(centre, "Dirección")
    assert tree(centre) == [("Obras", ["Puentes", "Caminos Rurales"]), "Dirección"]


def test_names_are_given_once(centre: House) -> None:
    unit(centre, "Puentes")
    with pytest.raises(InputError, match="name-taken"):
        unit(centre, "  PUENTES ")
    with pytest.raises(InputError, match="name-missing"):
        area(centre, " ")


def test_a_unit_of_a_former_name_gets_an_id_of_its_own(centre: House) -> None:
    first = unit(centre, "Puentes")
    rename(centre, item=first, name="Puentes y Túneles", author="Ana")
    second = unit(centre, "Puentes")
    assert first != second
    assert find_unit(centre.facts(), "puentes y tuneles") == first
    with pytest.raises(InputError, match="item-unknown"):
        rename(centre, item="nothing", name="x", author="Ana")


def test_a_move_writes_one_place(centre: House) -> None:
    works = area(centre, "Obras")
    bridges, roads, tunnels = (unit(centre, name, works) for name in ("Puentes", "Vías", "Túneles"))
    outcome = move_unit(centre, unit=tunnels, parent=works, before=roads, author="Ana")
    assert outcome.changed == 1
    assert tree(centre) == [("Obras", ["Puentes", "Túneles", "Vías"])]
    move_unit(centre, unit=bridges, parent="", author="Ana")
    assert tree(centre) == [("Obras", ["Túneles", "Vías"]), "Puentes"]
    move_unit(centre, unit=bridges, parent=works, before=tunnels, author="Ana")
    assert tree(centre) == [("Obras", ["Puentes", "Túneles", "Vías"])]


def test_many_moves_to_one_place_make_room_again(centre: House) -> None:
    names = ["A", "B", "C"]
    items = [unit(centre, name) for name in names]
    changed = set()
    for turn in range(40):
        move_unit(centre, unit=items[turn % 2], parent="", before=items[2], author="Ana")
        changed.add(tree(centre)[-1])
    assert changed == {"C"}
    assert sorted(map(str, tree(centre))) == names


def test_nothing_hangs_below_itself(centre: House) -> None:
    works = area(centre, "Obras")
    inner = unit(centre, "Puentes", works)
    for parent in (works, inner):
        with pytest.raises(InputError, match="unit-inside-itself"):
            move_unit(centre, unit=works, parent=parent, author="Ana")


def test_only_what_is_empty_is_deleted(centre: House) -> None:
    works = area(centre, "Obras")
    bridges = unit(centre, "Puentes", works)
    with pytest.raises(InputError, match="unit-not-empty"):
        delete_unit(centre, unit=works, author="Ana")
    delete_unit(centre, unit=bridges, author="Ana")
    delete_unit(centre, unit="Obras", author="Ana")
    assert tree(centre) == []


def test_a_unit_has_one_office(centre: House) -> None:
    bridges, roads = unit(centre, "Puentes"), unit(centre, "Vías")
    north = add_office(centre, name="Norte", units=["puentes"], author="Ana").created[0]
    with pytest.raises(InputError, match="unit-taken") as caught:
        add_office(centre, name="Sur", units=[bridges], author="Ana")
    assert caught.value.params == {"unit": "Puentes", "office": "Norte"}
    again = add_office(centre, name="norte", units=[roads], author="Ana")
    assert again.created == ()
    assert office_units(centre.facts(), north) == [bridges, roads]
    south = add_office(centre, name="Sur", author="Ana").created[0]
    assign_unit(centre, unit="Vías", office="Sur", author="Ana")
    assert office_units(centre.facts(), south) == [roads]
    assign_unit(centre, unit=roads, office="", author="Ana")
    assert office_units(centre.facts(), south) == []


def test_unknown_units_are_named_with_those_like_them(centre: House) -> None:
    with pytest.raises(InputError) as caught:
        find_unit(centre.facts(), "Puente")
    assert caught.value.code == "unit-unknown"
    unit(centre, "Puentes")
    with pytest.raises(InputError) as caught:
        find_unit(centre.facts(), "Puente")
    assert caught.value.code == "unit-unknown-near"
    assert caught.value.params == {"unit": "Puente", "near": "Puentes"}


def test_undo_takes_a_gesture_back_and_redo_does_it_again(centre: House) -> None:
    made = add_unit(centre, name="Puentes", author="Ana")
    assert made.gesture is not None
    undone = undo(centre, gesture=made.gesture, author="Ana")
    assert tree(centre) == []
    assert undone.gesture is not None
    assert not can_undo(centre, gesture=made.gesture)
    again = redo(centre, gesture=undone.gesture, author="Ana")
    assert tree(centre) == ["Puentes"]
    rename(centre, item=made.created[0], name="Vías", author="Ana")
    assert again.gesture is not None
    with pytest.raises(InputError, match="undo-changed-since"):
        undo(centre, gesture=again.gesture, author="Ana")
    assert tree(centre) == ["Vías"]
