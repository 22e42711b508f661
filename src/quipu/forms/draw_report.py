"""The report of a period and the index of means of verification as documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quipu.forms.document import Block, Document, Sheet, Signatures, Text
from quipu.forms.draw_cycle import PaperHead, paper_document
from quipu.forms.draw_lists import list_row, list_sheets
from quipu.forms.draw_words import Paper, printed_date

_ADVANCE = (
    *(("code", 14), ("activity", 96), ("measure", 34)),
    *(("programmed", 22), ("executed", 22), ("percent", 20)),
)
_TOLD = (("row", 60), ("field", 44), ("text", 150))
_COUNTED = (("what", 60), ("row", 80), ("by", 44), ("group", 60), ("number", 24))
_LACKING = (("row", 40), ("lacks", 214))
_EVIDENCE = (
    *(("unit", 48), ("period", 20), ("activity", 66), ("asked", 48), ("file", 50)),
    *(("bytes", 20), ("sha256", 32), ("by", 28), ("at", 25), ("here", 22)),
)
_PRIORITY = (("rank", 16), ("action", 96), ("measure", 34), ("target", 24), ("activities", 110))
_SHORT = 12
"""Digits of a SHA-256 that an index prints: enough to know a file by."""


@dataclass(frozen=True, slots=True)
class AdvanceLine:
    """An activity's advance in words."""

    item: str
    code: str
    activity: str
    measure: str
    programmed: str
    executed: str
    percent: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What a report says in a field of an activity (`row` in words)."""

    item: str
    row: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A number of people or of anything else counted, of a group by a criterion or of all."""

    item: str
    what: str
    row: str
    by: str
    group: str
    number: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A file, or the lack of one, in the index of means of verification; `at` is a day (ISO)."""

    item: str
    unit: str
    period: str
    activity: str
    asked: str
    file: str
    bytes: str
    sha256: str
    by: str
    at: str
    here: str


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """A strategic action in the order of priority, with the activities that serve it, in words."""

    item: str
    rank: str
    action: str
    measure: str
    target: str
    activities: str


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """All that the printed report of a period says, in words.

    `texts` are titles with paragraphs of the report as a whole; `lacks` pairs of a row and what
    it lacks; `incomplete` the reason for which it went like that.
    """

    state: str
    advance: Sequence[AdvanceLine]
    told: Sequence[ToldLine]
    counted: Sequence[CountedLine]
    texts: Sequence[tuple[str, str]]
    evidence: Sequence[EvidenceLine]
    lacks: Sequence[tuple[str, str]]
    incomplete: str
    signatures: Sequence[str]


def report_document(head: PaperHead, said: ReportPaper, paper: Paper) -> Document:
    """Draw a unit's report of a period."""
    told = [list_row(one.item, one.row, one.field, one.text) for one in said.told]
    counted = [
        list_row(one.item, one.what, one.row, one.by, one.group, one.number) for one in said.counted
    ]
    lacks = [list_row("", row, what) for row, what in said.lacks]
    blocks: tuple[Block, ...] = (
        Text(said.state, "note"),
        *(_headed(_advance(said.advance, paper)) or (Text(paper("report-nothing")),)),
        *_headed(list_sheets("told", _TOLD, told, paper)),
        *_headed(list_sheets("counted", _COUNTED, counted, paper)),
        *(part for title, text in said.texts for part in _section(title, text)),
        *_headed(_evidence(said.evidence, paper)),
        *_headed(list_sheets("lacking", _LACKING, lacks, paper)),
        *((Text(paper("report-incomplete", reason=said.incomplete)),) if said.incomplete else ()),
        *((Signatures(tuple((who, ("",)) for who in said.signatures)),) if said.signatures else ()),
    )
    return paper_document(head, blocks, paper)


def evidence_document(
    head: PaperHead, lines: Sequence[EvidenceLine], told: Sequence[str], paper: Paper
) -> Document:
    """Draw the index of means of verification, with sentences on it below."""
    sheets = _evidence(lines, paper) or (Text(paper("evidence-none")),)
    return paper_document(head, (*sheets, *(Text(one) for one in told)), paper)


def priority_document(head: PaperHead, lines: Sequence[PriorityLine], paper: Paper) -> Document:
    """Draw the strategic actions of a plan by priority."""
    rows = [
        list_row(one.item, one.rank, one.action, one.measure, one.target, one.activities)
        for one in lines
    ]
    sheets = list_sheets("priority", _PRIORITY, rows, paper) or (Text(paper("priority-none")),)
    return paper_document(head, sheets, paper)


def _headed(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """Put a list's title above it as a heading, so that short lists share a page."""
    return tuple(
        block
        for sheet in sheets
        for block in (Text(sheet.title, "heading"), replace(sheet, title=""))
    )


def _section(title: str, text: str) -> tuple[Text, ...]:
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    return (Text(title, "heading"), *(Text(part) for part in parts))


def _advance(lines: Sequence[AdvanceLine], paper: Paper) -> tuple[Sheet, ...]:
    rows = [
        list_row(
            one.item, one.code, one.activity, one.measure, one.programmed, one.executed, one.percent
        )
        for one in lines
    ]  # fmt: skip
    return list_sheets("advance", _ADVANCE, rows, paper)


def _evidence(lines: Sequence[EvidenceLine], paper: Paper) -> tuple[Sheet, ...]:
    rows = [
        list_row(
            one.item, one.unit, one.period, one.activity, one.asked, one.file, one.bytes,
            one.sha256[:_SHORT], one.by, printed_date(one.at), one.here,
        )
        for one in lines
    ]  # fmt: skip
    return list_sheets("evidence", _EVIDENCE, rows, paper)
