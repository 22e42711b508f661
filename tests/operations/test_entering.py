from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.value import Blob
from quipu.operations.entering import CellText, attach, change_cells, enter, may_change
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.history import cell_history, history
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.observing import observe
from quipu.operations.reports import (
    accept,
    consolidate,
    return_report,
    submit,
)
from quipu.operations.status import status, unit_status
from quipu.operations.undoing import redo, undo
from quipu.operations.workspaces import open_house
from quipu.operations.year_calendar import set_due
from tests.operations.plans import (
    FORM,
    NORTH,
    NORTH_ROWS,
    OFFICE,
    SOUTH,
    admit,
    load,
    row_of,
    table,
    ticking,
)

JULY = "2024-07"


@pytest.fixture
def office(centre: House) -> Iterator[House]:
    load(centre)
    joined = admit(centre, centre.folder.parent, "Sur", SOUTH, OFFICE)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as house:
        yield house


def cell(house: House, unit: str, code: str, field: str = "executed") -> Address:
    return Address(row_of(house, unit, code), field, JULY, find_unit(house.facts(), unit))


def test_one_value_with_its_note_and_evidence(office: House, tmp_path: Path) -> None:
    acta = tmp_path / "acta.pdf"
    acta.write_bytes(b"%PDF acta")
    outcome = enter(
        office,
        unit=SOUTH,
        activity="2.1",
        period=JULY,
        value="1,000",
        note="con lluvia",
        evidence=acta,
        author="Beto",
    )
    place = cell(office, SOUTH, "2.1")
    facts = office.facts()
    assert outcome.changed == 3
    assert facts.number(*place) == 1000
    assert facts.text(place.item, "narrative", JULY, place.unit) == "con lluvia"
    blob = facts.value(place.item, "evidence", JULY, place.unit)
    assert isinstance(blob, Blob)
    assert (blob.name, blob.size) == ("acta.pdf", 9)
    kept = office.workspace.blob_path(blob.sha256)
    assert kept is not None
    assert kept.read_bytes() == b"%PDF acta"
    # The same again changes nothing.
    again = enter(office, unit=SOUTH, activity="2.1", period=JULY, value="1000", author="Beto")
    assert (again.changed, again.gesture) == (0, None)


def test_activities_are_named_by_code_text_or_id(office: House) -> None:
    item = row_of(office, SOUTH, "2.1")
    for name in (item, "2.1", "conservar los caminos de tierra"):
        outcome = enter(
            office, unit="unidad de caminos del sur", activity=name, period=JULY, value="7",
            author="Beto",
        )  # fmt: skip
        assert {change.address.item for change in outcome.changes} <= {item}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"activity": "9.9"}, "activity-unknown"),
        ({"activity": "1.1"}, "activity-unknown"),  # of another unit
        ({"unit": "Biblioteca"}, "unit-unknown"),
        ({"unit": "UNIDAD DE CAMINOS DEL SURR"}, "unit-unknown-near"),
        ({"unit": NORTH}, "activity-unknown"),  # whose rows are not here
        ({"period": "2024-13"}, "period-unknown"),
        ({"period": "2023-07"}, "period-unknown"),
        ({"period": "2024-Q3"}, "period-unknown"),
        ({"value": "21,00"}, "malformed-number"),
        ({"value": None}, "value-missing"),
        ({"field": "nothing"}, "field-unknown"),
        ({"field": "target"}, "plan-not-yours"),
        ({"field": "report", "value": "accepted"}, "field-fixed"),
    ],
)
def test_what_cannot_be_entered(office: House, given: dict[str, str], code: str) -> None:
    said: dict[str, str] = {"unit": SOUTH, "activity": "2.1", "period": JULY, "value": "1"} | given
    before = list(office.workspace.all_facts())
    with pytest.raises(InputError) as caught:
        enter(office, author="Beto", **said)
    assert caught.value.code == code
    assert list(office.workspace.all_facts()) == before


def test_one_name_for_two_rows_is_asked_back(centre: House) -> None:
    from tests.operations.plans import NORTH_ROWS, table

    load(centre, table(NORTH, (*NORTH_ROWS, NORTH_ROWS[0])))
    with pytest.raises(InputError, match="activity-ambiguous") as caught:
        enter(centre, unit=NORTH, activity="1.1", period=JULY, value="1", author="Ana")
    _, second = caught.value.params["items"]  # type: ignore[misc]
    done = enter(centre, unit=NORTH, activity=second, period=JULY, value="1", author="Ana")
    assert done.items == {second}


def test_evidence_that_cannot_be_read(office: House, tmp_path: Path) -> None:
    ask = {"unit": SOUTH, "activity": "2.1", "period": JULY, "author": "Beto"}
    with pytest.raises(InputError, match="file-missing"):
        enter(office, evidence=tmp_path / "nowhere", **ask)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="file-unreadable"):
        enter(office, evidence=tmp_path, **ask)  # type: ignore[arg-type]
    note = tmp_path / "nota.txt"
    note.touch()
    place = cell(office, SOUTH, "2.1", "evidence")
    assert attach(office, address=place, file=note, author="Beto").changed == 1
    with pytest.raises(InputError, match="field-not-file"):
        attach(office, address=place._replace(field="executed"), file=note, author="Beto")
    elsewhere = place._replace(period="2025-07")
    with pytest.raises(InputError, match="period-not-planned"):
        attach(office, address=elsewhere, file=note, author="Beto")
    typed = change_cells(office, cells=[CellText(place, "nota.txt")], author="Beto")
    assert [problem.check for problem in typed.problems] == ["field-not-typed"]
    assert change_cells(office, cells=[CellText(place, "")], author="Beto").changed == 1


def test_a_paste_takes_what_it_can_and_tells_the_rest(office: House) -> None:
    good, other = cell(office, SOUTH, "2.1"), cell(office, OFFICE, "1")
    outcome = change_cells(
        office,
        cells=[
            CellText(good, "5", "B2"),
            CellText(other, "muchas", "B3"),
            CellText(good._replace(period="2025-01"), "5", "B4"),
            CellText(good._replace(field="target", unit=""), "5", "B5"),
            CellText(good._replace(unit=other.unit), "5", "B6"),
            CellText(good._replace(item="nothing"), "5", "B7"),
            CellText(good._replace(field="narrative"), "á" * 9000, "B8"),
        ],
        author="Beto",
    )
    assert [(one.where, one.check, one.variant) for one in outcome.problems] == [
        ("B3", "malformed-number", "typed"),
        ("B4", "period-not-planned", ""),
        ("B5", "plan-not-yours", ""),
        ("B6", "unit-not-reporting", ""),
        ("B7", "row-unknown", ""),
        ("B8", "text-too-long", ""),
    ]
    assert [change.address for change in outcome.changes] == [good]
    assert outcome.items == {good.item}
    nothing = change_cells(office, cells=[CellText(other, "muchas")], author="Beto")
    assert (nothing.changed, len(nothing.problems)) == (0, 1)
    assert change_cells(office, cells=[], author="Beto").problems == ()


def test_the_centre_changes_cells_of_the_plan(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.1")
    done = change_cells(
        centre,
        cells=[
            CellText(Address(row, "target", "2024-10"), "1,000"),
            CellText(Address(row, "product"), "Camino limpio"),
            CellText(Address(row, "target.published", "2024-10"), "x"),
            CellText(Address(row, "target", "2024"), "x"),
            CellText(Address(row, "form"), "x"),
            CellText(Address(find_plan(centre.facts()), "version"), "02"),
        ],
        author="Ana",
        reason="acuerdo 12",
    )
    assert done.changed == 3
    assert [one.check for one in done.problems] == [
        "field-fixed",
        "period-not-planned",
        "field-fixed",
    ]
    [first, second] = cell_history(centre, address=Address(row, "product"))
    assert (first.reason, second.reason) == (None, "acuerdo 12")
    assert second.replaces == (first.revision,)


def test_a_heading_given_a_target_counts(centre: House) -> None:
    from tests.operations.plans import Activity, table

    load(centre, table(NORTH, [Activity("1.1", "Caminos", {}), Activity("1.2", "Otra", {7: "1"})]))
    row = row_of(centre, NORTH, "1.1")
    assert centre.facts().text(row, "measure") == "heading"
    change_cells(centre, cells=[CellText(Address(row, "target", JULY), "3")], author="Ana")
    assert centre.facts().text(row, "measure") == "count"


def test_an_office_proposes_while_the_plan_is_a_draft(centre: House) -> None:
    load(centre)
    plan = find_plan(centre.facts())
    with centre.workspace.transaction(
        "Ana", clock=centre.clock, randomness=centre.randomness
    ) as transaction:
        transaction.put(Address(plan, "state"), "draft")
    joined = admit(centre, centre.folder.parent, "Sur", SOUTH)
    with open_house(folder=joined.folder, write=True) as office:
        facts = office.facts()
        row = row_of(office, SOUTH, "2.1")
        assert may_change(office, facts, Address(row, "target", JULY)) == ""
        assert may_change(office, facts, Address(plan, "version")) == "plan-not-yours"


def test_a_reader_may_change_nothing(office: House) -> None:
    place = cell(office, SOUTH, "2.1")
    with open_house(folder=office.folder) as reader:
        assert may_change(reader, reader.facts(), place) == "read-only"
        outcome = change_cells(reader, cells=[CellText(place, "1")], author="Beto")
        assert [problem.check for problem in outcome.problems] == ["read-only"]


def test_a_unit_of_another_office_is_not_written(office: House) -> None:
    place = cell(office, SOUTH, "2.1")
    facts = office.facts().with_changes([(Address(place.unit, "office"), "another")])
    assert may_change(office, facts, place) == "unit-not-yours"


def test_the_way_of_a_report(centre: House) -> None:
    load(centre)
    ask = {"unit": NORTH, "period": JULY, "author": "Ana"}
    with pytest.raises(InputError, match=r"report-state\.none"):
        accept(centre, **ask)
    # No office answers for this unit, so that the centre reports itself.
    assert submit(centre, **ask).changed == 2
    assert submit(centre, **ask).changed == 0
    with pytest.raises(InputError, match="reason-missing"):
        return_report(centre, reason=" ", **ask)
    return_report(centre, reason="Falta el acta", **ask)
    submit(centre, **ask)
    accept(centre, **ask)
    with pytest.raises(InputError, match=r"report-state\.accepted"):
        submit(centre, **ask)
    consolidate(centre, **ask)
    unit = find_unit(centre.facts(), NORTH)
    assert unit_status(centre)[unit, JULY] == "consolidated"
    assert unit_status(centre)[unit, "2024-08"] == "none"
    told = [(past.address.field, past.value) for past in history(centre, unit=NORTH, period=JULY)]
    states = [value for field, value in told if field == "report"]
    assert states == ["submitted", "returned", "submitted", "accepted", "consolidated"]


def test_the_centre_does_not_submit_for_an_office(centre: House) -> None:
    load(centre)
    admit(centre, centre.folder.parent, "Norte", NORTH)
    with pytest.raises(InputError, match="report-state"):
        submit(centre, unit=NORTH, period=JULY, author="Ana")


def test_an_office_submits_its_own_and_judges_nothing(office: House) -> None:
    assert submit(office, unit=SOUTH, period=JULY, author="Beto").changed == 2
    with pytest.raises(InputError, match="unit-not-yours"):
        submit(office, unit=NORTH, period=JULY, author="Beto")
    with pytest.raises(WorkspaceError, match="centre-only"):
        accept(office, unit=SOUTH, period=JULY, author="Beto")
    with pytest.raises(InputError, match="period-unknown"):
        submit(office, unit=SOUTH, period="2025-07", author="Beto")
    [mine] = status(office, today=date(2024, 8, 11))
    assert mine.units == (SOUTH, OFFICE)
    # The other unit of the office has not begun.
    assert mine.periods[JULY].state == "started"
    assert mine.periods[JULY].late
    submit(office, unit=OFFICE, period=JULY, author="Beto")
    [mine] = status(office, today=date(2024, 8, 11))
    assert (mine.periods[JULY].state, mine.periods[JULY].late) == ("submitted", False)
    assert not mine.periods["2024-08"].late


def test_an_accepted_period_is_closed_to_its_office(office: House) -> None:
    place = cell(office, SOUTH, "2.1")
    plan = find_plan(office.facts())
    facts = office.facts().with_changes([(Address(plan, "report", JULY, place.unit), "accepted")])
    assert may_change(office, facts, place) == "period-closed"
    assert may_change(office, facts, place._replace(period="2024-08")) == ""


def test_observations_stand_on_the_cell_or_the_report(centre: House) -> None:
    load(centre)
    ask = {"unit": NORTH, "period": JULY, "author": "Ana"}
    observe(centre, text="Explique la diferencia", activity="1.1", **ask)
    observe(centre, text="Falta firmar", **ask)
    facts, unit = centre.facts(), find_unit(centre.facts(), NORTH)
    row = row_of(centre, NORTH, "1.1")
    assert facts.text(row, "observation", JULY, unit) == "Explique la diferencia"
    assert facts.text(find_plan(facts), "observation", JULY, unit) == "Falta firmar"
    with pytest.raises(InputError, match="text-missing"):
        observe(centre, text="", **ask)


def test_due_dates_are_set_and_taken_back(centre: House) -> None:
    load(centre)
    admit(centre, centre.folder.parent, "Norte", NORTH)

    def due() -> date:
        return status(centre, period=JULY)[0].periods[JULY].due

    assert due() == date(2024, 8, 10)
    set_due(centre, period=JULY, due=date(2024, 8, 20), author="Ana")
    assert due() == date(2024, 8, 20)
    set_due(centre, period=JULY, due=None, author="Ana")
    assert due() == date(2024, 8, 10)


def test_history_keeps_its_order_whatever_the_clock_said(centre: House, tmp_path: Path) -> None:
    load(centre)
    joined = admit(centre, tmp_path, "Norte", NORTH)
    for year, value in ((2024, "1"), (2099, "2"), (1999, "3")):
        clock = ticking(datetime(year, 1, 1, tzinfo=UTC))
        with open_house(folder=joined.folder, write=True, clock=clock) as office:
            enter(office, unit=NORTH, activity="1.1", period=JULY, value=value, author="Beto")
    with open_house(folder=joined.folder) as office:
        told = history(office, unit=NORTH, activity="1.1", field="executed")
    assert [past.value for past in told] == [1, 2, 3]
    assert [past.at[:4] for past in told] == ["2024", "2099", "1999"]


def test_history_of_an_activity_a_unit_and_the_plan(office: House) -> None:
    for value in ("5", "6"):
        enter(office, unit=SOUTH, activity="2.1", period=JULY, value=value, author="Beto")
    told = history(office, unit=SOUTH, activity="2.1", field="executed")
    assert [(past.value, past.author, past.office, past.bundle) for past in told] == [
        (5, "Beto", "Sur", None),
        (6, "Beto", "Sur", None),
    ]
    assert told[1].replaces == (told[0].revision,)
    by_id = history(office, activity=told[0].address.item, field="target", period=JULY)
    assert [(past.office, past.bundle is None) for past in by_id] == [("", False)]
    whole = history(office, unit=SOUTH)
    assert {past.address.unit for past in whole} == {"", told[0].address.unit}
    assert all(past.address.field != "title" for past in whole)
    assert any(past.address.field == "year" for past in history(office))
    place = told[0].address
    assert [past.value for past in cell_history(office, address=place)] == [5, 6]


def test_undo_of_a_gesture_of_several_cells(office: House) -> None:
    places = [cell(office, SOUTH, "2.1"), cell(office, SOUTH, "2.2")]
    enter(office, unit=SOUTH, activity="2.1", period=JULY, value="3", author="Beto")
    pasted = change_cells(office, cells=[CellText(place, "9") for place in places], author="Beto")
    assert pasted.gesture is not None
    undone = undo(office, gesture=pasted.gesture, author="Beto")
    assert [office.facts().value(*place) for place in places] == [3, None]
    assert undone.gesture is not None
    redo(office, gesture=undone.gesture, author="Beto")
    assert [office.facts().value(*place) for place in places] == [9, 9]
    with pytest.raises(InputError, match="gesture-unknown"):
        undo(office, gesture=pasted.gesture._replace(n=999), author="Beto")


def test_the_id_of_an_activity_tells_its_plan(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.1")
    later = table(NORTH, NORTH_ROWS, year=2025)
    load_plan(centre, text=later, name="p.tsv", form=FORM, year=2025, author="Ana")
    enter(centre, unit=NORTH, activity=row, field="product", value="Otro", author="Ana")
    enter(centre, unit=NORTH, activity="1.1", field="product", value="Nuevo", author="Ana")
    facts = centre.facts()
    products = [
        facts.text(one, "product")
        for one in facts.of_kind("activity")
        if facts.text(one, "code") == "1.1"
    ]
    assert sorted(products) == ["Nuevo", "Otro"]
    assert facts.text(row, "product") == "Otro"
