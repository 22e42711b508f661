"""What does not count at the centre: refused on arrival, told back, and let count again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.value import Value
from quipu.operations.disputes import disputes
from quipu.operations.dumping import dump
from quipu.operations.editing import add_office, assign_unit
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_unit
from quipu.operations.history import cell_history
from quipu.operations.house import House
from quipu.operations.merging import BundleResult, merge_bundles
from quipu.operations.refusals import lift, not_counted
from quipu.operations.reports import accept, return_report, submit
from quipu.operations.status import status
from tests.operations.plans import JULY, NORTH, SOUTH, round_trip, row_of, say


def forge(house: House, *said: tuple[Address, Value]) -> None:
    """Write what an office's own program would not let a person write."""
    with house.workspace.transaction(
        "Mala", clock=house.clock, randomness=house.randomness
    ) as transaction:
        for address, value in said:
            transaction.put(address, value)


def sent(office: House, centre: House, name: str = "up") -> BundleResult:
    file = centre.folder.parent / f"{name}.quipu"
    export_bundle(office, file=file)
    [result] = merge_bundles(centre, files=[file]).bundles
    return result


def executed(house: House, code: str = "1.1") -> Address:
    return Address(row_of(house, NORTH, code), "executed", JULY, find_unit(house.facts(), NORTH))


def accepted_july(office: House, centre: House, folder: Path) -> None:
    say(office, "5")
    submit(office, unit=NORTH, period=JULY, author="Beto")
    round_trip(office, centre, folder)
    accept(centre, unit=NORTH, period=JULY, author="Ana")


def test_what_comes_after_the_period_was_closed_is_refused_and_told_back(
    office: House, centre: House, tmp_path: Path
) -> None:
    accepted_july(office, centre, tmp_path)
    say(office, "7")  # the office has not heard of it
    result = sent(office, centre)
    assert (result.state, result.new, result.refused) == ("partly", 1, 1)
    address = executed(centre)
    assert centre.facts().value(*address) == 5
    assert disputes(centre) == []
    [one] = not_counted(centre)
    assert (one.reason, one.value, one.author, one.office) == ("period-closed", 7, "Beto", "Norte")
    assert (one.unit, one.code, one.address) == (NORTH, "1.1", address)
    assert one.bundle == centre.workspace.bundles()[-1].manifest
    assert not_counted(centre, units=[SOUTH]) == []
    assert [past.refused for past in cell_history(centre, address=address)] == ["", "period-closed"]
    [state] = status(centre, period=JULY)
    assert state.refused == 1
    # The office hears of it, and shows what counts.
    assert office.facts().value(*address) == 7
    export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
    merge_bundles(office, files=[tmp_path / "down.quipu"])
    assert office.facts().value(*address) == 5
    [told] = not_counted(office)
    assert (told.revision, told.reason, told.refusal) == (one.revision, one.reason, one.refusal)
    assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))
    for house in (office, centre):
        assert house.workspace.verify() == ()


def test_reopening_the_period_lets_it_count_again(
    office: House, centre: House, tmp_path: Path
) -> None:
    accepted_july(office, centre, tmp_path)
    say(office, "7")
    say(office, "8", "1.2")
    assert sent(office, centre).refused == 2
    return_report(centre, unit=NORTH, period=JULY, reason="Faltaba el acta.", author="Ana")
    assert centre.facts().value(*executed(centre)) == 7
    assert not_counted(centre) == []
    assert disputes(centre) == []
    round_trip(office, centre, tmp_path)
    assert office.facts().value(*executed(office)) == 7
    assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))
    assert centre.workspace.verify() == ()


def test_one_refusal_is_lifted_with_a_reason(office: House, centre: House, tmp_path: Path) -> None:
    accepted_july(office, centre, tmp_path)
    say(office, "7")
    sent(office, centre)
    [one] = not_counted(centre)
    for wrong, code in ((" ", "reason-missing"), ("Sí.", "refusal-unknown")):
        with pytest.raises(InputError, match=code):
            lift(centre, refusal=row_of(centre, NORTH, "1.1"), reason=wrong, author="Ana")
    with pytest.raises(WorkspaceError, match="centre-only"):
        lift(office, refusal=one.refusal, reason="Sí.", author="Beto")
    lift(centre, refusal=one.refusal, reason="El acta llegó tarde.", author="Ana")
    assert not_counted(centre) == []
    assert centre.facts().value(*executed(centre)) == 7
    with pytest.raises(InputError, match="refusal-unknown"):
        lift(centre, refusal=one.refusal, reason="Otra vez.", author="Ana")


def test_what_a_certificate_does_not_let_counts_nowhere(
    office: House, centre: House, tmp_path: Path
) -> None:
    south = find_unit(centre.facts(), SOUTH)
    row = row_of(centre, SOUTH, "2.1")
    plan = centre.facts().text(row, "plan")
    forge(
        office,
        (Address(row, "executed", JULY, south), "99"),
        (Address(plan, "report", JULY, find_unit(centre.facts(), NORTH)), "accepted"),
        (Address(south, "office"), office.office),
        (Address(centre.dataset, "name"), "Otro"),
    )
    say(office, "5")
    # The office's own workspace judges as everybody does.
    assert len(not_counted(office)) == 4
    assert office.facts().text(centre.dataset, "name") == "Instituto de Caminos"
    result = sent(office, centre)
    assert (result.state, result.refused) == ("partly", 4)
    assert centre.facts().value(*executed(centre)) == 5
    assert centre.facts().value(row, "executed", JULY, south) is None
    assert {one.reason for one in not_counted(centre)} == {"unit-not-yours", "field-not-yours"}
    assert {one.refusal for one in not_counted(centre)} == {""}
    assert disputes(centre) == []
    for house in (office, centre):
        assert house.workspace.verify() == ()


def test_plan_fields_of_an_office_are_refused_but_in_a_draft(
    office: House, centre: House, tmp_path: Path
) -> None:
    row = row_of(centre, NORTH, "1.1")
    target = Address(row, "target", JULY)
    before = centre.facts().value(*target)
    forge(office, (target, "999"))
    assert sent(office, centre).refused == 1
    assert centre.facts().value(*target) == before
    assert [one.reason for one in not_counted(centre)] == ["plan-approved"]
    plan = centre.facts().text(row, "plan")
    forge(centre, (Address(plan, "state"), "draft"))
    forge(office, (Address(row, "text"), "Otro nombre"))
    # What was refused stays so, as often as it comes.
    more = sent(office, centre, "more")
    assert (more.new, more.refused) == (1, 1)
    assert centre.facts().value(*target) == before
    assert centre.facts().text(row, "text") == "Otro nombre"


def test_a_unit_that_went_to_another_office(office: House, centre: House, tmp_path: Path) -> None:
    add_office(centre, name="Este", author="Ana")
    assign_unit(centre, unit=NORTH, office="Este", author="Ana")
    say(office, "5")
    assert sent(office, centre).refused == 1
    assert [one.reason for one in not_counted(centre)] == ["unit-moved"]


def test_a_unit_that_the_centre_gave_later_counts(
    office: House, centre: House, tmp_path: Path
) -> None:
    south = find_unit(centre.facts(), SOUTH)
    address = Address(row_of(centre, SOUTH, "2.1"), "executed", JULY, south)
    forge(office, (address, "4"))
    assert sent(office, centre).refused == 1
    assign_unit(centre, unit=SOUTH, office="Norte", author="Ana")
    assert centre.facts().value(*address) == "4"
    assert not_counted(centre) == []
    assert centre.workspace.verify() == ()
    export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
    merge_bundles(office, files=[tmp_path / "down.quipu"])
    assert not_counted(office) == []
    assert office.facts().value(*address) == "4"


def test_rebuilding_judges_as_merging_did(office: House, centre: House, tmp_path: Path) -> None:
    accepted_july(office, centre, tmp_path)
    say(office, "7")
    forge(office, (Address(centre.dataset, "name"), "Otro"))
    sent(office, centre)
    before = [(one.revision, one.reason) for one in not_counted(centre)]
    assert len(before) == 2
    assert centre.workspace.rebuild() == 0
    assert [(one.revision, one.reason) for one in not_counted(centre)] == before
    assert centre.workspace.verify() == ()
    with centre.workspace._writing():
        centre.workspace._ledger.connection.exec_driver_sql("DELETE FROM refused")
    assert {one.check for one in centre.workspace.verify()} == {"projection-differs"}
    assert centre.workspace.rebuild() > 0
    assert centre.workspace.verify() == ()


def test_a_copy_of_the_centre_that_merges_in_another_order_ends_alike(
    office: House, centre: House, tmp_path: Path
) -> None:
    from quipu.operations.workspaces import open_house
    from tests.operations.plans import ticking

    accepted_july(office, centre, tmp_path)
    files = []
    for number, value in enumerate(("7", "8")):
        say(office, value)
        forge(office, (Address(centre.dataset, "name"), f"Otro {value}"))
        files.append(tmp_path / f"{number}.quipu")
        export_bundle(office, file=files[-1])
    centre.close()
    shutil.copytree(centre.folder, tmp_path / "copia")
    dumps, lists = [], []
    for folder, order in ((centre.folder, files), (tmp_path / "copia", files[::-1])):
        with open_house(folder=folder, write=True, clock=ticking()) as house:
            merge_bundles(house, files=order)
            dumps.append(list(dump(house)))
            found = [replace(one, refusal="", bundle=None) for one in not_counted(house)]
            lists.append(found)
            assert house.workspace.verify() == ()
    assert dumps[0] == dumps[1]
    assert lists[0] == lists[1]
    assert len(lists[0]) == 4
