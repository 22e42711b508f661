"""The centre's board on paper: states of offices, compliance, sums, and what waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from quipu.domain.period import Period
from quipu.forms.definition import Page
from quipu.forms.document import Block, Cell, Document, Sheet, SheetColumn, SheetRow, Text
from quipu.forms.draw_lists import list_row, list_sheets
from quipu.forms.draw_words import Paper, short_period

_DISPUTES = (("unit", 50), ("row", 70), ("field", 30), ("period", 24), ("values", 90))
_OBSERVATIONS = (("unit", 50), ("row", 70), ("period", 24), ("text", 70), ("answer", 50))


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office on the board: the words of each period's state, and what is missing of it."""

    office: str
    states: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class DisputedLine:
    """An open dispute in words: whose, of what, and the values that were said."""

    unit: str
    row: str
    field: str
    period: str
    values: str


@dataclass(frozen=True, slots=True)
class ObservedLine:
    """An open observation in words, with the office's answer."""

    unit: str
    row: str
    period: str
    text: str
    answer: str


def office_sheets(
    lines: Sequence[OfficeLine], periods: Sequence[str], paper: Paper
) -> tuple[Sheet, ...]:
    """Give the sheet of offices by periods; or nothing."""
    if not lines:
        return ()
    heads = [short_period(Period.parse(one), paper) for one in periods]
    words = [paper("board-office"), *heads, paper("board-missing")]
    rows = [
        SheetRow(
            "row",
            (
                Cell(one.office),
                *(Cell(state, align="center") for state in one.states),
                Cell(one.missing, align="center"),
            ),
        )
        for one in lines
    ]
    sheet = Sheet(
        paper("board-states-name"),
        paper("board-states-title"),
        (SheetColumn(60), *(SheetColumn(24, "center") for _ in heads), SheetColumn(28, "center")),
        (SheetRow("header", tuple(Cell(word, "header", align="center") for word in words)), *rows),
    )
    return (sheet,)


def waiting_sheets(
    disputed: Sequence[DisputedLine], observed: Sequence[ObservedLine], paper: Paper
) -> tuple[Sheet, ...]:
    """Give the lists of open disputes and of open observations; those without lines are absent."""
    of_values = [
        list_row("", one.unit, one.row, one.field, one.period, one.values) for one in disputed
    ]
    of_words = [
        list_row("", one.unit, one.row, one.period, one.text, one.answer) for one in observed
    ]
    return (
        *list_sheets("board-disputes", _DISPUTES, of_values, paper),
        *list_sheets("board-observations", _OBSERVATIONS, of_words, paper),
    )


def board_document(
    lines: Sequence[str], sheets: Sequence[Sheet], language: str, paper: Paper
) -> Document:
    """Give the board as a document; `lines` stand above it: institution, plan, period."""
    title = paper("board-title")
    blocks: tuple[Block, ...] = tuple(sheets) or (Text(paper("board-nothing")),)
    return Document(
        title=title,
        language=language,
        numbers="1,234.5",
        page=Page(landscape=True, font_size=7.5),
        lines=(*lines, title),
        box=(),
        blocks=blocks,
        page_words=paper("page-of", page="{page}", pages="{pages}"),
        footer=title,
    )
