from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.forms.corrections import Correction
from quipu.operations.editing import add_unit, delete_unit, move_unit, rename
from quipu.operations.entering import CellText, change_cells
from quipu.operations.finding import find_plan, find_unit, plan_rows, plan_units, unit_tree
from quipu.operations.findings import decide
from quipu.operations.house import House
from quipu.operations.loading import Loaded, load_plan
from quipu.operations.reading import look_at, read_plan
from quipu.operations.rows import delete_row
from quipu.operations.running import Cancelled
from quipu.operations.workspaces import open_house
from tests.operations.plans import (
    FORM,
    NORTH,
    NORTH_ROWS,
    OFFICE,
    OFFICE_ROWS,
    SOUTH,
    SOUTH_ROWS,
    WHOLE,
    YEAR,
    Activity,
    load,
    row_of,
    table,
)


def checks(loaded: Loaded) -> Counter[str]:
    own = {"join-ambiguous", "row-deleted", "row-vanished", "working-kept"}
    return Counter(problem.check for problem in loaded.problems if problem.check in own)


def texts(house: House, unit: str) -> list[str]:
    facts = house.facts()
    rows = plan_rows(facts, find_plan(facts), find_unit(facts, unit))
    return [facts.text(row, "text") for row in rows]


def edited(rows: tuple[Activity, ...], code: str, **changes: object) -> tuple[Activity, ...]:
    return tuple(replace(row, **changes) if row.code == code else row for row in rows)  # type: ignore[arg-type]


def test_the_first_time_everything_is_stored(centre: House) -> None:
    loaded = load(centre)
    assert loaded.already == 0
    assert loaded.stored == loaded.outcome.changed > 100
    assert loaded.vanished == ()
    facts = centre.facts()
    plan = find_plan(facts)
    assert plan == loaded.plan
    assert facts.number(plan, "year") == 2024
    assert [facts.text(unit, "name") for unit in plan_units(facts, plan)] == [NORTH, SOUTH, OFFICE]
    assert [(area.name, len(area.children)) for area in unit_tree(facts)] == [
        ("DIRECCIÓN DE OBRAS", 2),
        ("DIRECCIÓN ADMINISTRATIVA", 1),
    ]
    row = row_of(centre, NORTH, "1.1")
    assert facts.number(row, "target", "2024-07") == 1200
    assert facts.text(row, "target.published", "2024-07") == "1,200"
    assert {problem.check for problem in loaded.problems} >= {"malformed-number", "total-missing"}


def test_the_same_document_again_stores_nothing(centre: House) -> None:
    first = load(centre)
    again = load(centre)
    assert (again.stored, again.already) == (0, first.stored)
    assert again.outcome.gesture is None
    assert not checks(again)
    assert (
        sum(load(centre, text).stored for text in (table(NORTH, NORTH_ROWS, area=""), WHOLE)) == 0
    )


def test_tables_one_by_one_and_the_whole_afterwards(centre: House) -> None:
    load(centre, table(SOUTH, SOUTH_ROWS, area=""))
    assert [node.name for node in unit_tree(centre.facts())] == [SOUTH]
    loaded = load(centre)
    assert not loaded.vanished
    facts = centre.facts()
    # The unit that came first stands where the document has it, under its area.
    assert [facts.text(unit, "name") for unit in plan_units(facts, loaded.plan)] == [
        NORTH,
        SOUTH,
        OFFICE,
    ]
    assert load(centre).stored == 0


def test_what_changed_in_the_document_is_stored_both_ways(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.1")
    rows = edited(NORTH_ROWS, "1.1", months={7: "1,300", 8: "800", 10: "400"})
    loaded = load(centre, table(NORTH, rows))
    facts = centre.facts()
    assert facts.number(row, "target", "2024-07") == 1300
    assert facts.text(row, "target.published", "2024-07") == "1,300"
    assert facts.value(row, "target", "2024-09") is None
    assert facts.value(row, "target.published", "2024-09") is None
    assert facts.number(row, "target", "2024-10") == 400
    assert loaded.stored == 6
    assert not checks(loaded)


def test_what_a_person_wrote_stays_and_is_told(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.1")
    cell = CellText(Address(row, "target", "2024-07"), "1,250")
    change_cells(centre, cells=[cell], author="Ana")
    rows = edited(NORTH_ROWS, "1.1", months={7: "1,300", 8: "850", 9: "500"})
    loaded = load(centre, table(NORTH, rows))
    facts = centre.facts()
    assert facts.number(row, "target", "2024-07") == 1250
    assert facts.text(row, "target.published", "2024-07") == "1,300"
    assert facts.number(row, "target", "2024-08") == 850
    [kept] = [problem for problem in loaded.problems if problem.check == "working-kept"]
    assert (kept.target, kept.value, kept.proposal) == ("2024-07", "1,300", "1300")
    # Nothing about it is new the next time.
    assert load(centre, table(NORTH, rows)).stored == 0


def test_what_a_person_decided_stays(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.4")
    decide(centre, item=row, check="total-missing", action="keep", note="así se firmó", author="A")
    rows = edited(NORTH_ROWS, "1.4", total="4", evidence="Informe firmado")
    loaded = load(centre, table(NORTH, rows))
    facts = centre.facts()
    assert facts.value(row, "total") is None
    assert facts.text(row, "total.published") == "4"
    assert facts.text(row, "verification") == "Informe firmado"
    assert checks(loaded) == {"working-kept": 1}


def test_a_value_changed_by_loading_is_nobodys_own(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.1")
    for figure in ("1,300", "1300", "1,400"):
        rows = edited(NORTH_ROWS, "1.1", months={7: figure, 8: "800", 9: "500"})
        assert not checks(load(centre, table(NORTH, rows)))
    assert centre.facts().number(row, "target", "2024-07") == 1400


def test_rows_that_vanished_are_told_and_stay(centre: House) -> None:
    load(centre)
    gone = row_of(centre, NORTH, "1.3")
    loaded = load(centre, table(NORTH, (*NORTH_ROWS[:2], *NORTH_ROWS[3:])))
    assert loaded.vanished == (gone,)
    assert checks(loaded) == {"row-vanished": 1}
    assert row_of(centre, NORTH, "1.3") == gone


def test_a_new_row_stands_where_the_document_has_it(centre: House) -> None:
    load(centre)
    new = Activity("1.5", "Limpiar las cunetas", {7: "5"}, "5")
    load(centre, table(NORTH, (NORTH_ROWS[0], new, *NORTH_ROWS[1:])))
    expected = [NORTH_ROWS[0].text, new.text, *(row.text for row in NORTH_ROWS[1:])]
    assert texts(centre, NORTH) == expected


def test_identical_rows_stay_two(centre: House) -> None:
    twice = (*NORTH_ROWS, NORTH_ROWS[0])
    load(centre, table(NORTH, twice))
    assert texts(centre, NORTH).count(NORTH_ROWS[0].text) == 2
    assert load(centre, table(NORTH, twice)).stored == 0


def test_a_row_that_may_be_several_is_not_stored(centre: House) -> None:
    alike = [Activity("", "Visitar la obra", {7: str(n)}, str(n)) for n in (1, 2, 3)]
    load(centre, table(NORTH, alike))
    before = len(texts(centre, NORTH))
    loaded = load(centre, table(NORTH, alike[:2]))
    found = checks(loaded)
    assert found["join-ambiguous"] in (1, 2)
    assert len(texts(centre, NORTH)) == before


def test_a_row_that_a_person_deleted_stays_deleted(centre: House) -> None:
    load(centre)
    delete_row(centre, row=row_of(centre, NORTH, "1.3"), author="Ana")
    loaded = load(centre)
    assert loaded.stored == 0
    assert checks(loaded) == {"row-deleted": 1}
    assert len(texts(centre, NORTH)) == 3


def test_a_unit_that_was_renamed_or_moved_is_still_the_same(centre: House) -> None:
    load(centre)
    unit = find_unit(centre.facts(), NORTH)
    rename(centre, item=unit, name="Caminos Norte", author="Ana")
    move_unit(centre, unit=unit, parent="DIRECCIÓN ADMINISTRATIVA", author="Ana")
    assert load(centre).stored == 0
    assert find_unit(centre.facts(), "caminos norte") == unit
    # The document puts it under another area now; the person's word stays.
    load(centre, table(NORTH, NORTH_ROWS, area="DIRECCIÓN DE PUENTES"))
    parent = centre.facts().text(unit, "parent")
    assert centre.facts().text(parent, "name") == "DIRECCIÓN ADMINISTRATIVA"


def test_a_unit_follows_the_document_where_nobody_moved_it(centre: House) -> None:
    load(centre)
    load(centre, table(NORTH, NORTH_ROWS, area="DIRECCIÓN DE PUENTES"))
    facts = centre.facts()
    assert facts.text(facts.text(find_unit(facts, NORTH), "parent"), "name") == (
        "DIRECCIÓN DE PUENTES"
    )


def test_units_known_by_name_or_alias_are_found(centre: House) -> None:
    made = add_unit(centre, name="Unidad de caminos del Norte", author="Ana").created[0]
    other = add_unit(centre, name="Sur", author="Ana").created[0]
    change = Address(other, "alias")
    with centre.workspace.transaction(
        "Ana", clock=centre.clock, randomness=centre.randomness
    ) as transaction:
        transaction.put(change, SOUTH)
    load(centre)
    assert find_unit(centre.facts(), NORTH) == made
    assert find_unit(centre.facts(), SOUTH) == other
    assert load(centre).stored == 0


def test_a_deleted_unit_comes_back_with_its_document(centre: House) -> None:
    made = add_unit(centre, name=NORTH, author="Ana").created[0]
    delete_unit(centre, unit=made, author="Ana")
    load(centre)
    assert find_unit(centre.facts(), NORTH) == made


def test_plans_of_two_years_are_two(centre: House) -> None:
    load(centre)
    load_plan(
        centre, text=table(NORTH, NORTH_ROWS, year=2025), name="p", form=FORM, year=2025, author="A"
    )
    facts = centre.facts()
    assert len(facts.of_kind("plan")) == 2
    assert find_plan(facts, period="2024-07") != find_plan(facts, period="2025-07")
    assert find_plan(facts) == find_plan(facts, plan="2025")
    with pytest.raises(InputError, match="plan-unknown"):
        find_plan(facts, plan="2031")


def test_a_document_without_a_year_asks_for_it(centre: House) -> None:
    with pytest.raises(InputError, match="year"):
        load_plan(centre, text=table(NORTH, NORTH_ROWS, area=""), name="p", form=FORM, author="A")
    assert centre.facts().of_kind("plan") == []


def test_a_cancelled_load_stores_nothing(centre: House) -> None:
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        load_plan(
            centre,
            text=WHOLE,
            name="p",
            form=FORM,
            year=2024,
            author="A",
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: len(seen) > 3,
        )
    assert seen[0] == (0, 9)
    assert centre.facts().of_kind("plan") == []


def test_loading_is_the_centres_and_needs_a_writer(centre: House) -> None:
    with (
        open_house(folder=centre.folder) as reader,
        pytest.raises(WorkspaceError, match="read-only"),
    ):
        load(reader)
    with pytest.raises(InputError, match="source-choice"):
        load_plan(centre, form=FORM, author="A")


def test_order_within_a_table_counts_from_one(centre: House) -> None:
    load(centre, table(OFFICE, OFFICE_ROWS))
    facts = centre.facts()
    rows = plan_rows(facts, find_plan(facts), find_unit(facts, OFFICE))
    assert [facts.number(row, "order") for row in rows] == [Decimal(1), Decimal(2)]


def test_a_document_is_looked_at_before_it_is_loaded() -> None:
    seen = look_at(text=WHOLE, name="pegado", year=YEAR)
    assert (seen.form, len(seen.headings), seen.refusal) == (FORM, 3, None)
    assert seen.reading == read_plan(text=WHOLE, name="pegado", form=FORM, year=YEAR)
    strange = look_at(text="Cosa\tPrecio\nPan\t2\n", name="pegado", year=YEAR)
    assert strange.reading is None
    assert strange.refusal is not None
    assert [one.form for one in strange.headings] == [""]
    none = [Correction(one.table, one.first, one.last, "") for one in seen.headings]
    without = look_at(text=WHOLE, name="pegado", form=FORM, year=YEAR, corrections=none)
    assert (without.reading, len(without.headings)) == (None, 3)
    with pytest.raises(InputError, match="source-choice"):
        look_at(name="pegado")
