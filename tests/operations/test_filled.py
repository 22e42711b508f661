from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.operations import filled
from quipu.operations.entering import enter
from quipu.operations.filled import enter_from_workbook
from quipu.operations.finding import find_unit
from quipu.operations.house import House
from quipu.operations.printing import print_document
from quipu.operations.running import Cancelled
from quipu.operations.workspaces import open_house
from tests.operations.plans import JULY, NORTH, OFFICE, SOUTH, admit, load, row_of


def exported(house: House, *, period: str = JULY, unit: str = NORTH) -> Path:
    file = house.folder / "avance.xlsx"
    print_document(house, form="sv-integracion", unit=unit, period=period, file=file)
    return file


def fill(file: Path, house: House, values: dict[tuple[str, str], object]) -> None:
    """Type values into the editable cells, as a person in a spreadsheet would."""
    from quipu.files.reader import read_file

    stamp = read_file(file).stamp
    assert stamp is not None
    book = openpyxl.load_workbook(file)
    for name, tab in stamp.sheets.items():
        for place, address in tab.cells.items():
            key = (house.facts().text(address.item, "code"), address.field)
            if key in values:
                book[name][place].value = values[key]
    book.save(file)


def said(house: House, code: str, field: str = "executed", period: str = JULY) -> object:
    facts = house.facts()
    return facts.value(row_of(house, NORTH, code), field, period, find_unit(facts, NORTH))


def test_a_filled_workbook_is_one_gesture(office: House) -> None:
    file = exported(office)
    fill(
        file,
        office,
        {
            ("1.1", "executed"): 1100,
            ("1.2", "executed"): "1,2",
            ("1.3", "executed"): "50%",
            ("1.4", "executed"): "uno",
        },
    )
    outcome = enter_from_workbook(office, file=file, author="Beto")
    assert said(office, "1.1") == 1100
    assert said(office, "1.3") == Decimal("0.5")
    assert [(one.check, one.code) for one in outcome.problems] == [
        ("malformed-number", "1.2"),
        ("malformed-number", "1.4"),
    ]
    assert all("!" in one.where for one in outcome.problems)
    assert said(office, "1.4") is None
    assert outcome.changed == 2
    again = enter_from_workbook(office, file=file, author="Beto")
    assert (again.changed, len(again.problems)) == (0, 2)


def test_unchanged_cells_store_nothing_and_blank_ones_blank_nothing(office: House) -> None:
    enter(office, unit=NORTH, activity="1.1", period=JULY, value="7", note="ya", author="Beto")
    file = exported(office)
    assert enter_from_workbook(office, file=file, author="Beto").changed == 0
    enter(office, unit=NORTH, activity="1.2", period=JULY, value="3", author="Beto")
    outcome = enter_from_workbook(office, file=file, author="Beto")
    assert outcome.changed == 0
    assert [(one.check, one.severity, one.code) for one in outcome.problems] == [
        ("blank-kept", "info", "1.2")
    ]
    assert said(office, "1.2") == 3


def test_a_formula_without_a_value_is_told(office: House) -> None:
    file = exported(office)
    fill(file, office, {("1.1", "executed"): "=VLOOKUP(1,A1:B2,2)", ("1.2", "executed"): "=1+2"})
    outcome = enter_from_workbook(office, file=file, author="Beto")
    assert [(one.check, one.variant) for one in outcome.problems] == [
        ("formula-uncomputed", "typed")
    ]
    assert said(office, "1.2") == 3


def test_what_may_not_be_written_is_told(centre: House) -> None:
    load(centre)
    admit(centre, centre.folder.parent, "Norte", NORTH)
    joined = admit(centre, centre.folder.parent, "Sur", SOUTH, OFFICE)
    # Of the whole institution: some rows are this office's, others it has never seen.
    file = exported(centre, unit="")
    fill(file, centre, {("1.1", "executed"): 5})
    with open_house(folder=joined.folder, write=True) as other:
        outcome = enter_from_workbook(other, file=file, author="Beto")
    assert outcome.changed == 0
    assert {one.check for one in outcome.problems} == {"row-unknown"}


def test_other_files_are_no_filled_workbooks(office: House, tmp_path: Path) -> None:
    plain = tmp_path / "libro.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "Actividad"  # type: ignore[index]
    book.save(plain)
    with pytest.raises(InputError, match="stamp-missing"):
        enter_from_workbook(office, file=plain, author="Beto")
    with pytest.raises(InputError, match="file-missing"):
        enter_from_workbook(office, file=tmp_path / "nowhere.xlsx", author="Beto")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"dataset": "another"}, "stamp-other-data"),
        ({"plan": "another"}, "stamp-other-plan"),
        ({"period": "2025-07"}, "stamp-other-period"),
        ({"digest": "0"}, "stamp-other-form"),
        ({"version": "0"}, "stamp-other-form"),
    ],
)
def test_the_stamp_must_be_ours(
    office: House, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], code: str
) -> None:
    file = exported(office)
    read = filled.read_file

    def stamped(path: Path) -> object:
        raw = read(path)
        assert raw.stamp is not None
        stamp = replace(raw.stamp, **changes)
        if "period" in changes:
            tabs = {
                name: replace(
                    tab,
                    cells={
                        place: Address(address.item, address.field, "2025-07", address.unit)
                        for place, address in tab.cells.items()
                    },
                )
                for name, tab in stamp.sheets.items()
            }
            stamp = replace(stamp, sheets=tabs)
        return replace(raw, stamp=stamp)

    monkeypatch.setattr(filled, "read_file", stamped)
    with pytest.raises(InputError) as caught:
        enter_from_workbook(office, file=file, author="Beto")
    assert caught.value.code == code


def test_lost_rows_are_told(office: House, monkeypatch: pytest.MonkeyPatch) -> None:
    file = exported(office)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for one in row:
            if one.value == "Señalizar los cruces":
                one.value = "Otra cosa"
    book.save(file)
    outcome = enter_from_workbook(office, file=file, author="Beto")
    assert [one.check for one in outcome.problems] == ["rows-lost"]


def test_a_cancelled_reading_stores_nothing(office: House) -> None:
    file = exported(office)
    fill(file, office, {("1.1", "executed"): 5})
    with pytest.raises(Cancelled):
        enter_from_workbook(office, file=file, author="Beto", cancelled=lambda: True)
    assert said(office, "1.1") is None


def test_a_cell_that_nobody_touched_does_not_undo_what_is_younger(office: House) -> None:
    def say(value: str, activity: str) -> None:
        enter(office, unit=NORTH, activity=activity, period=JULY, value=value, author="Beto")

    row, other = row_of(office, NORTH, "1.1"), row_of(office, NORTH, "1.2")
    say("1,500", "1.1")
    say("3", "1.2")
    file = exported(office)
    say("1,700", "1.1")
    say("4", "1.2")
    fill(file, office, {("1.2", "executed"): 5})
    outcome = enter_from_workbook(office, file=file, author="Caro")
    assert [(change.address.item, change.after) for change in outcome.changes] == [(other, 5)]
    assert outcome.problems == ()
    place = Address(row, "executed", JULY, find_unit(office.facts(), NORTH))
    assert office.facts().value(*place) == 1700


def test_a_workbook_of_another_office_is_refused(centre: House, office: House) -> None:
    file = exported(centre, unit=SOUTH)
    fill(file, centre, {("2.1", "executed"): 5})
    with pytest.raises(InputError, match="stamp-other-rows"):
        enter_from_workbook(office, file=file, author="Beto")
    assert enter_from_workbook(centre, file=file, author="Ana").changed == 1
