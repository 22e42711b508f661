"""The conciliation sheet: disputes with both sides, what was decided, and who signs."""

from collections.abc import Sequence
from dataclasses import dataclass

from quipu.forms.definition import Page
from quipu.forms.document import (
    Block,
    Cell,
    Document,
    Sheet,
    SheetColumn,
    SheetRow,
    Signatures,
    Text,
)
from quipu.forms.draw_words import Paper, printed_date

_COLUMNS = (
    ("number", 6),
    ("where", 44),
    ("base", 18),
    ("office", 46),
    ("centre", 46),
    ("decision", 42),
)


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One side's value as printed, with who said it, when (ISO) and the files that prove it."""

    value: str
    author: str
    office: str
    at: str
    reason: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute of the sheet: its cell, what stood before, the sides, the decision if any.

    A `correction` is no dispute: the centre wrote over what an office said.
    """

    item: str
    unit: str
    row: str
    field: str
    period: str
    base: tuple[str, ...]
    offices: tuple[SaidLine, ...]
    centre: tuple[SaidLine, ...]
    decision: SaidLine | None
    correction: bool = False


def draw_conciliation(
    lines: Sequence[DisputeLine], *, institution: str, day: str, language: str, paper: Paper
) -> Document:
    """Draw the sheet of a day (ISO): what waits for a decision, was decided, or corrected."""
    blocks: list[Block] = [
        Text(paper("conciliation-title"), "title"),
        Text(paper("conciliation-intro", day=printed_date(day), institution=institution)),
    ]
    waiting = [line for line in lines if line.decision is None]
    decided = [line for line in lines if line.decision is not None and not line.correction]
    corrected = [line for line in lines if line.correction]
    for name, part in (("open", waiting), ("settled", decided), ("corrected", corrected)):
        if part:
            blocks.append(_sheet(name, part, paper))
    blocks.append(
        Signatures(
            tuple((paper(f"conciliation-sign-{who}"), ("",)) for who in ("office", "centre"))
        )
    )
    return Document(
        title=paper("conciliation-title"),
        language=language,
        numbers="1,234.5",
        page=Page(),
        lines=(institution, paper("conciliation-title")),
        box=((paper("conciliation-day"), printed_date(day)),),
        blocks=tuple(blocks),
        page_words=paper("page-of", page="{page}", pages="{pages}"),
        footer=paper("conciliation-title"),
    )


def _sheet(name: str, lines: Sequence[DisputeLine], paper: Paper) -> Sheet:
    heads = tuple(Cell(paper(f"conciliation-{column}"), "header") for column, _ in _COLUMNS)
    rows = tuple(_row(number, line, paper) for number, line in enumerate(lines, start=1))
    return Sheet(
        name=paper(f"conciliation-{name}-name"),
        title=paper(f"conciliation-{name}"),
        columns=tuple(SheetColumn(width) for _, width in _COLUMNS),
        rows=(SheetRow("header", heads), *rows),
    )


def _row(number: int, line: DisputeLine, paper: Paper) -> SheetRow:
    where = "\n".join(part for part in (line.unit, line.row, line.field, line.period) if part)
    nothing = paper("conciliation-blank")
    decision = (
        _said([line.decision], paper) if line.decision is not None else paper("conciliation-waits")
    )
    texts = (
        str(number),
        where,
        "\n".join(line.base) or nothing,
        _said(line.offices, paper) or nothing,
        _said(line.centre, paper) or nothing,
        decision,
    )
    return SheetRow("row", tuple(Cell(text) for text in texts), item=line.item)


def _said(said: Sequence[SaidLine], paper: Paper) -> str:
    return "\n".join(_side(one, paper) for one in said)


def _side(one: SaidLine, paper: Paper) -> str:
    who = ", ".join(part for part in (one.author, one.office) if part)
    parts = [one.value or paper("conciliation-blank"), who, printed_date(one.at[:10])]
    if one.reason:
        parts.append(paper("conciliation-why", reason=one.reason))
    if one.files:
        parts.append(paper("conciliation-files", files=", ".join(one.files)))
    return "\n".join(part for part in parts if part)
