"""Reorganising units at the centre: what is refused, and what comes along with a row."""

from __future__ import annotations

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.finding import find_plan, find_unit, plan_rows
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.reorganising import Part, divide_unit, merge_units
from quipu.operations.undoing import undo
from tests.operations.plans import NORTH, OFFICE, SOUTH, load
from tests.operations.test_huamanga_plan import UNIT
from tests.operations.test_huamanga_plan import load as load_poi

SINCE = "2024-08"


def rows(house: House, unit: str) -> list[str]:
    facts = house.facts()
    found = plan_rows(facts, find_plan(facts), find_unit(facts, unit))
    return [facts.text(row, "code") for row in found]


def test_a_unit_goes_on_in_another_that_keeps_its_place(centre: House) -> None:
    load(centre)
    done = merge_units(centre, units=[NORTH], into=SOUTH, since=SINCE, author="Ana")
    assert rows(centre, SOUTH) == ["2.1", "2.2", "", "1.1", "1.2", "1.3", "1.4"]
    assert (len(done.moved), len(done.ended)) == (4, 1)
    facts = centre.facts()
    assert facts.text(find_unit(facts, SOUTH), "alias") == NORTH
    # Its own name still finds the unit as it was; nothing more goes to it.
    assert find_unit(facts, NORTH) == done.ended[0]
    with pytest.raises(InputError, match="unit-ended"):
        merge_units(centre, units=[OFFICE], into=NORTH, since=SINCE, author="Ana")
    assert done.outcome.gesture is not None
    undo(centre, gesture=done.outcome.gesture, author="Ana")
    assert rows(centre, NORTH) == ["1.1", "1.2", "1.3", "1.4"]


def test_rows_of_one_unit_go_to_several(centre: House) -> None:
    load(centre)
    parts = [Part("Puentes", ("1.3",)), Part(SOUTH, ("1.1", "1.2", "1.4"))]
    done = divide_unit(centre, unit=NORTH, parts=parts, since=SINCE, author="Ana")
    assert (rows(centre, "Puentes"), len(done.ended)) == (["1.3"], 1)
    facts = centre.facts()
    assert facts.text(find_unit(facts, "Puentes"), "origin") == done.ended[0]
    (notice,) = facts.of_kind("notice")
    assert "1.3 Reparar los puentes menores → Puentes" in facts.text(notice, "said")
    assert len(facts.reporters(notice, "asked", "")) == 3


def test_what_a_row_hangs_from_is_found_again_or_copied(centre: House) -> None:
    load_poi(centre, "programacion")
    for number, row in enumerate(("1", "3")):
        part = Part("Museos", (row,))
        since = f"2017-0{number + 2}"
        divide_unit(centre, unit=UNIT, parts=[part], since=since, author="Ana")
    # The objective was there the second time; the second action came along.
    assert rows(centre, "Museos") == ["OEI.1", "AEI.1.1", "1", "AEI.1.2", "3"]
    done = divide_unit(centre, unit=UNIT, parts=[Part("Museos", ("OEI.1",))], since="2017-05",
                       author="Ana")  # fmt: skip
    assert len(done.ended) == 1


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([], "nothing-to-move"),
        ([Part(SOUTH, ())], "nothing-to-move"),
        ([Part(NORTH, ("1.1",))], "nothing-to-move"),
        ([Part(" ", ("1.1",))], "name-missing"),
        ([Part(SOUTH, ("9.9",))], "activity-unknown"),
        ([Part(SOUTH, ("1.1",)), Part(OFFICE, ("1.1",))], "row-moved-twice"),
    ],
)
def test_parts_that_are_none_are_refused(centre: House, parts: list[Part], code: str) -> None:
    load(centre)
    with pytest.raises(InputError, match=code):
        divide_unit(centre, unit=NORTH, parts=parts, since=SINCE, author="Ana")
    assert rows(centre, NORTH) == ["1.1", "1.2", "1.3", "1.4"]


def test_merges_that_are_none_are_refused(centre: House, office: House) -> None:
    for units, since, code in (
        ([], SINCE, "nothing-to-move"),
        ([SOUTH], SINCE, "nothing-to-move"),
        ([NORTH], "agosto", "period-unreadable"),
    ):
        with pytest.raises(InputError, match=code):
            merge_units(centre, units=units, into=SOUTH, since=since, author="Ana")
    with pytest.raises(WorkspaceError, match="centre-only"):
        merge_units(office, units=[NORTH], into=SOUTH, since=SINCE, author="Ana")


def test_plans_that_are_over_stay_as_they_are(centre: House) -> None:
    load(centre)
    done = merge_units(centre, units=[NORTH], into=SOUTH, since="2025-01", author="Ana")
    assert (done.moved, len(done.ended)) == ((), 1)
    facts = centre.facts()
    write(centre, [(Address(find_plan(facts), "state"), "closed")], facts=facts, author="Ana")
    with pytest.raises(InputError, match="activity-unknown"):
        divide_unit(centre, unit=SOUTH, parts=[Part(OFFICE, ("2.1",))], since=SINCE, author="Ana")
    assert rows(centre, SOUTH) == ["2.1", "2.2", ""]
