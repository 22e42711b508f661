"""Lists about a plan as sheets of a document: the review of its findings, its coverage."""

from collections.abc import Sequence
from dataclasses import dataclass

from quipu.forms.document import Cell, Sheet, SheetColumn, SheetRow
from quipu.forms.draw_words import Paper, printed_date

_REVIEW = (
    ("number", 7),
    ("unit", 34),
    ("row", 26),
    ("place", 26),
    ("printed", 18),
    ("proposal", 18),
    ("reason", 62),
    ("decision", 18),
    ("author", 20),
    ("note", 30),
)
_RECOMMENDATIONS = (
    ("number", 10),
    ("unit", 40),
    ("text", 80),
    ("period", 20),
    ("due", 20),
    ("answer", 60),
    ("state", 24),
)
_CHANGES = (
    ("edition", 12),
    ("cause", 48),
    ("act", 34),
    ("unit", 34),
    ("row", 50),
    ("field", 30),
    ("before", 22),
    ("after", 22),
    ("by", 26),
)
_ACTIONS = (("action", 60), ("lead", 34), ("unit", 34), ("activities", 80))
_LOOSE = (("unit", 60), ("code", 14), ("activity", 120))


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A finding as the annex prints it; `at` is the day of the decision (ISO)."""

    item: str
    place: str
    unit: str
    row: str
    severity: str
    printed: str
    proposal: str
    reason: str
    decision: str
    author: str
    at: str
    note: str


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation as an evaluation prints it; `due` is a day (ISO), `state` in words."""

    item: str
    number: str
    unit: str
    text: str
    period: str
    due: str
    answer: str
    state: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A cell that a reprogramming changed, as the list of changes prints it; `field` in words."""

    item: str
    edition: str
    cause: str
    act: str
    unit: str
    row: str
    field: str
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class CoveredLine:
    """A strategic action, or an activity, of the coverage report.

    `unit` is the unit proposed for the action's `lead`, or the activity's own.
    """

    item: str
    code: str
    text: str
    lead: str
    unit: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageLines:
    """All strategic actions with what serves them, and the activities that serve none."""

    actions: tuple[CoveredLine, ...]
    loose: tuple[CoveredLine, ...]

    @property
    def uncovered(self) -> tuple[CoveredLine, ...]:
        """The strategic actions without an activity."""
        return tuple(one for one in self.actions if not one.activities)


def review_sheets(lines: Sequence[ReviewLine], paper: Paper) -> tuple[Sheet, ...]:
    """Give the sheet of findings: place, printed text, proposal, reason, decision; or nothing."""
    rows = []
    for number, line in enumerate(lines, start=1):
        decision = line.decision or paper("review-open")
        who = "\n".join(part for part in (line.author, printed_date(line.at)) if part)
        reason = f"{line.severity}: {line.reason}" if line.severity else line.reason
        rows.append(
            list_row(
                line.item, str(number), line.unit, line.row, line.place, line.printed,
                line.proposal, reason, decision, who, line.note,
            )
        )  # fmt: skip
    return list_sheets("review", _REVIEW, rows, paper)


def recommendation_sheets(lines: Sequence[RecommendationLine], paper: Paper) -> tuple[Sheet, ...]:
    """Give the sheet of recommendations with their answers and states; or nothing."""
    rows = [
        list_row(
            line.item, line.number, line.unit, line.text, line.period, printed_date(line.due),
            line.answer, line.state,
        )
        for line in lines
    ]  # fmt: skip
    return list_sheets("recommendations", _RECOMMENDATIONS, rows, paper)


def change_sheets(lines: Sequence[ChangedLine], paper: Paper) -> tuple[Sheet, ...]:
    """Give the sheet of a plan's changes, cell by cell, before and after; or nothing (S1-01)."""
    rows = [
        list_row(
            line.item, line.edition, line.cause, line.act, line.unit, line.row, line.field,
            line.before, line.after, line.by,
        )
        for line in lines
    ]  # fmt: skip
    return list_sheets("changes", _CHANGES, rows, paper)


def coverage_sheets(found: CoverageLines, paper: Paper) -> tuple[Sheet, ...]:
    """Give the sheets of the coverage report: actions with activities, activities without one."""
    actions = [
        list_row(
            one.item,
            f"{one.code} {one.text}".strip(),
            one.lead,
            one.unit,
            "\n".join(one.activities) or paper("coverage-no-activity"),
        )
        for one in found.actions
    ]
    loose = [list_row(one.item, one.unit, one.code, one.text) for one in found.loose]
    return (
        *list_sheets("coverage-actions", _ACTIONS, actions, paper),
        *list_sheets("coverage-loose", _LOOSE, loose, paper),
    )


def list_row(item: str, *texts: str) -> SheetRow:
    """Give a row of a list: its item (or `""`) and the text of each column."""
    return SheetRow("row", tuple(Cell(text) for text in texts), item=item)


def list_sheets(
    name: str, columns: Sequence[tuple[str, float]], rows: Sequence[SheetRow], paper: Paper
) -> tuple[Sheet, ...]:
    """Give a list as one sheet, or nothing where it has no rows.

    `columns` are keys and widths; the words are the paper's `<name>-<column>`, `<name>-name` and
    `<name>-title`.
    """
    if not rows:
        return ()
    heads = tuple(Cell(paper(f"{name}-{column}"), "header") for column, _ in columns)
    sheet = Sheet(
        paper(f"{name}-name"),
        paper(f"{name}-title"),
        tuple(SheetColumn(width) for _, width in columns),
        (SheetRow("header", heads), *rows),
    )
    return (sheet,)
