from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.scope import office_items, office_units, shown_to_unit, unit_items
from tests.domain.world import facts, institution

SHARED = {"dataset", "plan", "north-area", "south-area", "norte", "sur", "sede"}
ROWS_OF_NORTH = {"activity-n", "task-n", "gone-n", "group", "strategy", "objective"}


def test_an_office_sees_its_units_rows_and_what_hangs_above_them() -> None:
    assert office_items(facts(), "office-n") == SHARED | {"office-n"} | ROWS_OF_NORTH


def test_an_office_does_not_see_the_rows_of_others() -> None:
    seen = office_items(facts(), "office-s")
    assert seen == SHARED | {"office-s", "activity-s"}


def test_an_office_without_units_sees_no_rows() -> None:
    assert office_items(facts(), "office-x") == SHARED | {"office-x"}
    assert office_units(facts(), "office-x") == []
    assert office_units(facts(), "office-n") == ["norte"]


def test_the_plan_of_a_unit_is_the_same_at_its_office_and_at_the_centre() -> None:
    seen = office_items(facts(), "office-n")
    at_office = Facts(entry for entry in institution() if entry[0].item in seen)
    wanted = {"dataset", "plan", "norte", "north-area", "office-n"} | ROWS_OF_NORTH
    assert unit_items(facts(), "norte") == wanted
    assert unit_items(at_office, "norte") == wanted


def test_a_unit_without_an_office_has_a_plan_too() -> None:
    assert unit_items(facts(), "sede") == {"dataset", "plan", "sede", "south-area"}


def test_rows_that_hang_in_a_circle_are_found_once() -> None:
    loop = [(Address("activity-s", "parent"), "other"), (Address("other", "parent"), "activity-s")]
    assert {"activity-s", "other"} <= unit_items(facts(*loop), "sur")


def test_what_other_units_report_is_not_shown() -> None:
    assert shown_to_unit(Address("row", "target", "2024-01"), "norte")
    assert shown_to_unit(Address("row", "executed", "2024-01", "norte"), "norte")
    assert not shown_to_unit(Address("row", "executed", "2024-01", "sur"), "norte")
