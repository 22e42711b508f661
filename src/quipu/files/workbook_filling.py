"""A workbook of Quipu's own, filled in as an office would with a spreadsheet program."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl

from quipu.disk import replacing
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.files.reader import read_file


def fill_workbook(file: Path, typed: Mapping[Address, Decimal | str]) -> int:
    """Type values into the cells that show these addresses; give how many cells were typed into.

    Only the values change: the stamp still says what stood there when the workbook was exported.
    Raises `InputError("stamp-missing")` for a workbook that cannot be filled in.
    """
    stamp = read_file(file).stamp
    if stamp is None:
        raise InputError("stamp-missing", file=file.name)
    workbook = openpyxl.load_workbook(file, rich_text=True)
    count = 0
    for tab, places in stamp.sheets.items():
        for place, address in places.cells.items():
            if address in typed:
                workbook[tab][place].value = typed[address]
                count += 1
    with replacing(file) as target:
        workbook.save(target)
    return count
