"""The centre's board written as PDF or workbook."""

from collections.abc import Sequence
from pathlib import Path

from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.value import value_text
from quipu.forms.draw_board import (
    DisputedLine,
    ObservedLine,
    OfficeLine,
    board_document,
    office_sheets,
    waiting_sheets,
)
from quipu.forms.draw_evaluation import Drawer, evaluation_sheets, sum_sheets
from quipu.forms.draw_words import Paper, period_words
from quipu.operations.board import Board, board
from quipu.operations.conciliation import field_words
from quipu.operations.cycle_papers import paper_words, plan_language
from quipu.operations.disputes import Dispute
from quipu.operations.house import House
from quipu.operations.observing import Observed
from quipu.operations.printing import Printed, write_document
from quipu.operations.status import OfficeStatus, PeriodStatus
from quipu.words import Words


def print_board(house: House, *, file: Path, period: str = "", plan: str = "") -> Printed:
    """Write the board of a plan; raises as `board.board` and `output-unknown` (file)."""
    facts = house.facts()
    found = board(house, period=period, plan=plan, facts=facts)
    language = plan_language(house, facts, found.plan)
    words, paper = Words.load(language), paper_words(language)
    drawer = Drawer(facts, paper, "1,234.5", level_titles(house, facts, found.plan, language))
    sheets = (
        *office_sheets(
            [_office_line(one, found.periods, paper) for one in found.offices],
            found.periods,
            paper,
        ),
        *evaluation_sheets(found.evaluation, _shown(found, facts), drawer),
        *sum_sheets(found.sums, found.sum_periods, drawer),
        *waiting_sheets(
            [_disputed(one, words, paper) for one in found.disputes],
            [_observed(one, paper) for one in found.observations],
            paper,
        ),
    )
    heads = (
        facts.text(house.dataset, "name"),
        facts.text(found.plan, "title") or facts.text(found.plan, "name"),
        period_words(found.period, paper),
    )
    return write_document(board_document(heads, sheets, language, paper), file)


def level_titles(house: House, facts: Facts, plan: str, language: str) -> dict[str, str]:
    """Give what a plan's forms call their levels, by kind."""
    named = {line.partition(" ")[0] for line in facts.text(plan, "form_version").splitlines()}
    return {
        level.kind: level.title.get(language, level.kind)
        for name, form in house.forms.items()
        if name in named
        for level in form.levels
    }


def _shown(found: Board, facts: Facts) -> list[str]:
    """Give the kinds of groups of the page: offices, areas, units, and the plan's own levels."""
    levels = [one.kind for one in found.evaluation.nodes]
    return ["office", "area", "unit", *dict.fromkeys(levels)]


def _office_line(one: OfficeStatus, periods: Sequence[str], paper: Paper) -> OfficeLine:
    states = tuple(_state(one.periods[when], paper) for when in periods)
    return OfficeLine(one.name, states, ", ".join(map(str, one.missing)))


def _state(one: PeriodStatus, paper: Paper) -> str:
    words = paper(f"board-state-{one.state}")
    return f"{words}\n({paper('board-late')})" if one.late else words


def _disputed(one: Dispute, words: Words, paper: Paper) -> DisputedLine:
    values = [
        f"{value_text(head.value) or '—'} ({head.office or paper('board-centre')}, {head.author})"
        for head in one.heads
    ]
    return DisputedLine(
        one.unit,
        f"{one.code} {one.activity}".strip(),
        field_words(one.address.field, words),
        _when(one.address.period, paper),
        "\n".join(values),
    )


def _observed(one: Observed, paper: Paper) -> ObservedLine:
    messages = one.thread.messages
    return ObservedLine(
        one.unit,
        f"{one.code} {one.activity}".strip(),
        _when(one.thread.place.period, paper),
        "\n".join(message.text for message in messages),
        "\n".join(message.answer for message in messages if message.answer),
    )


def _when(period: str, paper: Paper) -> str:
    try:
        Period.parse(period)
    except ValueError:
        return period
    return period_words(period, paper)
