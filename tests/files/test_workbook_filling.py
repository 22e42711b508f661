"""A workbook filled in by hand: what was typed is there, and what stood there is still known."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.files.workbook import write_workbook
from quipu.files.workbook_filling import fill_workbook
from tests.files.test_stamp import open_sheet, stamped


def test_only_the_cells_asked_for_are_typed_into(tmp_path: Path) -> None:
    file = tmp_path / "marzo.xlsx"
    write_workbook(stamped(open_sheet(5)), file)
    stamp = read_file(file).stamp
    assert stamp is not None
    (tab, places), *_ = stamp.sheets.items()
    (place, address), *others = places.cells.items()
    assert fill_workbook(file, {address: Decimal("12.5")}) == 1
    filled = openpyxl.load_workbook(file)[tab]
    assert filled[place].value == 12.5
    again = read_file(file).stamp
    assert again == stamp
    assert others


def test_a_workbook_without_a_stamp_is_not_filled_in(tmp_path: Path) -> None:
    file = tmp_path / "otro.xlsx"
    plain = openpyxl.Workbook()
    plain.active["A1"] = "algo"
    plain.save(file)
    with pytest.raises(InputError, match="stamp"):
        fill_workbook(file, {})
