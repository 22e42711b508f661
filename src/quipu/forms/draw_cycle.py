"""The papers of the planning cycle: the year's calendar, and what is handed over with a post."""

from collections.abc import Sequence
from dataclasses import dataclass

from quipu.forms.definition import Page
from quipu.forms.document import Block, Document, Signatures, Text
from quipu.forms.draw_lists import list_row, list_sheets
from quipu.forms.draw_words import Paper, printed_date

_CALENDAR = (("due", 22), ("period", 20), ("task", 90), ("who", 24), ("rule", 30))
_ASKED = (("due", 22), ("unit", 60), ("what", 80), ("state", 24))
_TASKS = (("number", 8), ("due", 22), ("unit", 54), ("period", 20), ("task", 96))
_FILES = (("file", 60), ("bytes", 24), ("sha256", 116))


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What stands above a paper: title, the institution and the plan, and its language."""

    title: str
    lines: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A day of the calendar in words; `rule` is the rule's own day where the plan says another."""

    due: str
    period: str
    task: str
    who: str
    rule: str


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A request for a unit in words."""

    due: str
    unit: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """An open task in words; `due` is a day (ISO) or `""`."""

    due: str
    unit: str
    period: str
    task: str


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file that is handed over, known by its content."""

    name: str
    bytes: int
    sha256: str


def calendar_document(
    head: PaperHead, days: Sequence[CalendarLine], asked: Sequence[AskedLine], paper: Paper
) -> Document:
    """Draw the calendar of a plan's year, with what the centre asks for besides."""
    rows = [
        list_row("", printed_date(one.due), one.period, one.task, one.who, printed_date(one.rule))
        for one in days
    ]
    more = [list_row("", printed_date(one.due), one.unit, one.title, one.state) for one in asked]
    blocks = (
        *list_sheets("calendar", _CALENDAR, rows, paper),
        *list_sheets("asked", _ASKED, more, paper),
    )
    return paper_document(head, blocks, paper)


def handover_document(
    head: PaperHead,
    *,
    said: Sequence[str],
    tasks: Sequence[TaskLine],
    files: Sequence[SealedFile],
    signatures: Sequence[tuple[str, str]],
    paper: Paper,
) -> Document:
    """Draw the sheet with which a post is handed over: open tasks, sealed files, signatures."""
    rows = [
        list_row("", str(number), printed_date(one.due), one.unit, one.period, one.task)
        for number, one in enumerate(tasks, start=1)
    ]
    sealed = [list_row("", one.name, str(one.bytes), one.sha256) for one in files]
    blocks: tuple[Block, ...] = (
        *(Text(line) for line in said),
        *(list_sheets("tasks", _TASKS, rows, paper) or (Text(paper("tasks-none")),)),
        *list_sheets("sealed", _FILES, sealed, paper),
        Signatures(tuple((label, (name,)) for label, name in signatures)),
    )
    return paper_document(head, blocks, paper)


def paper_document(head: PaperHead, blocks: tuple[Block, ...], paper: Paper) -> Document:
    """Give a paper of the cycle: its head, what it says, and numbered pages."""
    return Document(
        title=head.title,
        language=head.language,
        numbers="1,234.5",
        page=Page(font_size=8.0),
        lines=(*head.lines, head.title),
        box=(),
        blocks=blocks,
        page_words=paper("page-of", page="{page}", pages="{pages}"),
        footer=head.title,
    )
