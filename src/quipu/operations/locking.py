"""The cells of a sheet that an office may not change now, shown as what they are: locked."""

from dataclasses import replace

from quipu.domain.observations import Place, is_observed, opened
from quipu.domain.workflow import report_state
from quipu.forms.document import Cell, Document, Sheet
from quipu.operations.house import House


def only_observed(
    house: House, drawn: Document, *, plan: str, unit: str, period: str
) -> tuple[Document, bool]:
    """Close the cells of a returned report that were not observed; tell whether any was.

    Only where the report was returned for single cells, and only in its office.
    """
    facts = house.facts()
    if house.role == "centre" or report_state(facts, plan, unit, period) != "returned":
        return drawn, False
    places = opened(facts, plan, unit, period)
    if places is None:
        return drawn, False
    blocks = tuple(
        _locked(block, places) if isinstance(block, Sheet) else block for block in drawn.blocks
    )
    return replace(drawn, blocks=blocks), True


def _locked(sheet: Sheet, places: list[Place]) -> Sheet:
    rows = tuple(
        replace(row, cells=tuple(_cell(cell, places) for cell in row.cells)) for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def _cell(cell: Cell | None, places: list[Place]) -> Cell | None:
    if cell is None or not cell.editable or cell.address is None:
        return cell
    return cell if is_observed(places, cell.address) else replace(cell, editable=False)
