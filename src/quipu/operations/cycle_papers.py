"""The papers of the planning cycle, written as PDF or workbook: calendar, handing over."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from quipu.domain.deadlines import Deadline
from quipu.domain.facts import Facts
from quipu.forms.draw_cycle import (
    AskedLine,
    CalendarLine,
    PaperHead,
    SealedFile,
    TaskLine,
    calendar_document,
    handover_document,
)
from quipu.forms.draw_words import Paper, period_words
from quipu.operations.finding import find_plan
from quipu.operations.house import House
from quipu.operations.printing import Printed, write_document
from quipu.operations.requesting import list_requests
from quipu.operations.tasks import Task
from quipu.operations.year_calendar import year_calendar
from quipu.words import Words


def plan_language(house: House, facts: Facts, plan: str) -> str:
    """Give the language of a plan's papers: that of its forms, Spanish where it names none."""
    for line in facts.text(plan, "form_version").splitlines():
        form = house.forms.get(line.partition(" ")[0])
        if form is not None:
            return form.language
    return "es"


def paper_words(language: str) -> Paper:
    """Give the words of papers in a language."""
    words = Words.load(language)

    def paper(key: str, /, **params: object) -> str:
        return words.text(f"paper.{key}", **params)

    return paper


def print_calendar(house: House, *, file: Path, plan: str = "") -> Printed:
    """Write the calendar of a plan's year; raises `output-unknown` (file) for another ending."""
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    language = plan_language(house, facts, item)
    paper = paper_words(language)
    days = year_calendar(house, plan=item, facts=facts)
    asked = [
        AskedLine(
            _iso(one.due), facts.text(one.unit, "name"), one.title, paper(f"asked-{one.state}")
        )
        for one in list_requests(house, plan=item, facts=facts)
    ]
    head = _head(house, facts, item, paper("calendar-title"), language)
    lines = [_calendar_line(one, language, paper) for one in days]
    return write_document(calendar_document(head, lines, asked, paper), file)


def _calendar_line(one: Deadline, language: str, paper: Paper) -> CalendarLine:
    title = one.title.get(language) or next(iter(one.title.values()), paper("calendar-report"))
    rule = _iso(one.rule) if one.fixed and one.rule != one.due else ""
    when = period_words(one.period, paper)
    return CalendarLine(_iso(one.due), when, title, paper(f"calendar-{one.who}"), rule)


def print_handover(
    house: House,
    *,
    file: Path,
    given_by: str,
    to: str,
    tasks: Sequence[Task],
    files: Sequence[SealedFile],
    plan: str = "",
) -> Printed:
    """Write the sheet with which a post is handed over; raises as `print_calendar`."""
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    language = plan_language(house, facts, item)
    paper = paper_words(language)
    post = facts.text(house.office, "name") or facts.text(house.dataset, "name")
    today = house.clock().astimezone().date()
    lines = [
        TaskLine(_iso(one.due), one.unit, _when(one.period, paper), task_words(one, paper))
        for one in tasks
    ]
    drawn = handover_document(
        _head(house, facts, item, paper("handover-title"), language),
        said=[paper("handover-said", post=post, day=today.strftime("%d/%m/%Y"))],
        tasks=lines,
        files=files,
        signatures=[(paper("handover-gives"), given_by), (paper("handover-takes"), to)],
        paper=paper,
    )
    return write_document(drawn, file)


def task_words(one: Task, paper: Paper) -> str:
    """Give an open task in words."""
    late = f" ({paper('task-late')})" if one.late else ""
    title = f": {one.title}" if one.title else ""
    return f"{paper(f'task-{one.kind}')}{title}{late}"


def _head(house: House, facts: Facts, plan: str, title: str, language: str) -> PaperHead:
    name = facts.text(plan, "title") or facts.text(plan, "name")
    return PaperHead(title, (facts.text(house.dataset, "name"), name), language)


def _when(period: str, paper: Paper) -> str:
    return period_words(period, paper) if period else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
