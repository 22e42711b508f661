"""What a paper says of its own standing, and the paper without it, for publication (S3-19)."""

from dataclasses import replace

from quipu.domain.approval import plan_standing, report_standing
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.workflow import CLOSED
from quipu.forms.document import Block, Cell, Document, Sheet, SheetRow, Text, View
from quipu.operations.house import House
from quipu.words import Words


def with_marks(
    house: House, facts: Facts, drawn: Document, plan: str, *, view: View, period: str = ""
) -> Document:
    """Put a note before a document whose content is no longer what was approved or accepted.

    The published view shows what was signed, and an office holds only a part of the plan: neither
    has a note of the plan.
    """
    if not any(isinstance(block, Sheet | Text) for block in drawn.blocks):
        return drawn
    words = Words.load(drawn.language)
    said = []
    if view == "plan" and house.role == "centre" and plan_standing(facts, plan) == "modified":
        act = " ".join(facts.text(plan, name) for name in ("act_kind", "act_number")).strip()
        said.append(words.text("paper.modified-since-approval", act=act))
    if view == "progress":
        units = {sheet.unit for sheet in drawn.sheets if sheet.unit}
        void = sorted(facts.text(one, "name") for one in units if _void(facts, plan, one, period))
        if void:
            said.append(words.text("paper.modified-since-acceptance", units=", ".join(void)))
    notes = tuple(Text(one, "note") for one in said)
    return replace(drawn, blocks=(*notes, *drawn.blocks)) if notes else drawn


def _void(facts: Facts, plan: str, unit: str, period: str) -> bool:
    whole = Period.parse(period)
    return any(
        state in CLOSED
        and whole.contains(Period.parse(part))
        and report_standing(facts, plan, unit, part) == "modified"
        for part, state in facts.periods(plan, "report", unit).items()
    )


def without_marks(drawn: Document) -> Document:
    """Give a document as the public may have it: figures and words, no mark of the house.

    Notes of the house, the ids of rows and cells, open cells and check codes are left out.
    """
    blocks = tuple(
        _bare(block)
        for block in drawn.blocks
        if not (isinstance(block, Text) and block.role == "note" and _of_house(block, drawn))
    )
    return replace(drawn, blocks=blocks, stamp=None, origin={})


def _of_house(block: Text, drawn: Document) -> bool:
    """Tell whether a note is `with_marks`'s own: those of the form stand after the tables."""
    first = next((at for at, one in enumerate(drawn.blocks) if isinstance(one, Sheet)), 0)
    return block in drawn.blocks[:first] and block.address is None


def _bare(block: Block) -> Block:
    if isinstance(block, Text):
        return replace(block, address=None)
    if not isinstance(block, Sheet):
        return block
    return replace(block, unit="", rows=tuple(_bare_row(row) for row in block.rows))


def _bare_row(row: SheetRow) -> SheetRow:
    return replace(row, item=row.item and "-", cells=tuple(map(_bare_cell, row.cells)))


def _bare_cell(cell: Cell | None) -> Cell | None:
    return replace(cell, address=None, editable=False) if cell is not None else None
