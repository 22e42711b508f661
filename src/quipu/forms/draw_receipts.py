"""The proof of deliveries: bundles with their dates, numbers and check codes."""

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
    ("office", 40),
    ("sequence", 14),
    ("sealed", 30),
    ("received", 30),
    ("revisions", 16),
    ("code", 46),
)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A bundle as the proof prints it; times are ISO 8601, `received_at` `""` while unknown."""

    way: str
    office: str
    sequence: int
    sealed_at: str
    received_at: str
    revisions: int
    code: str


def draw_receipts(
    lines: Sequence[ReceiptLine],
    *,
    institution: str,
    own: str,
    day: str,
    language: str,
    paper: Paper,
) -> Document:
    """Draw the proof of a day (ISO) for the office or centre `own`: what it sent, what it got."""
    title = paper("receipts-title")
    blocks: list[Block] = [Text(title, "title"), Text(paper("receipts-intro", own=own))]
    for way in dict.fromkeys(line.way for line in lines):
        blocks.append(_sheet(way, [line for line in lines if line.way == way], paper))
    blocks.append(Signatures(((paper("receipts-sign"), ("",)),)))
    return Document(
        title=title,
        language=language,
        numbers="1,234.5",
        page=Page(),
        lines=(institution, title),
        box=((paper("conciliation-day"), printed_date(day)),),
        blocks=tuple(blocks),
        page_words=paper("page-of", page="{page}", pages="{pages}"),
        footer=title,
    )


def _sheet(way: str, lines: Sequence[ReceiptLine], paper: Paper) -> Sheet:
    heads = tuple(Cell(paper(f"receipts-{column}"), "header") for column, _ in _COLUMNS)
    rows = tuple(
        SheetRow(
            "row",
            tuple(
                Cell(text)
                for text in (
                    line.office,
                    str(line.sequence),
                    _moment(line.sealed_at),
                    _moment(line.received_at) or paper("receipts-pending"),
                    str(line.revisions),
                    line.code,
                )
            ),
        )
        for line in lines
    )
    return Sheet(
        name=paper(f"receipts-{way}"),
        title=paper(f"receipts-{way}-title"),
        columns=tuple(SheetColumn(width) for _, width in _COLUMNS),
        rows=(SheetRow("header", heads), *rows),
    )


def _moment(at: str) -> str:
    """Write a moment (ISO 8601, UTC) as day and time, with the time's zone."""
    if not at:
        return ""
    return f"{printed_date(at[:10])} {at[11:16]} UTC"
