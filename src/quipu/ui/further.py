"""The pages besides the sheet that keep themselves true; one more page is one more line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from quipu.ui.aliases import AliasKeeping
from quipu.ui.board import BoardKeeping
from quipu.ui.changes import ChangeKeeping
from quipu.ui.coming import ComingKeeping
from quipu.ui.coverage import CoverageKeeping
from quipu.ui.due import DueKeeping
from quipu.ui.evaluation import (
    EvaluationKeeping,
    ProgrammeKeeping,
    RecommendationKeeping,
)
from quipu.ui.evaluation_texts import EvaluationTextKeeping
from quipu.ui.letters import LetterKeeping
from quipu.ui.needs import NeedsKeeping
from quipu.ui.plan import PlanKeepingPage
from quipu.ui.report import ReportKeeping
from quipu.ui.stage import Stage
from quipu.ui.year import CalendarKeeping


class Keeping(Protocol):
    """Keeps a page true: `page` is what is shown, `refresh` looks at the workspace again."""

    @property
    def page(self) -> QWidget:
        """The page."""

    def refresh(self) -> None:
        """Show what is true now, if the page is in view."""


@dataclass(frozen=True, slots=True)
class Further:
    """A page: its name (`ui.page.<name>` are its words), its icon, whose it is, who keeps it."""

    name: str
    icon: str
    roles: tuple[str, ...]
    make: Callable[[Stage], Keeping]


FURTHER: tuple[Further, ...] = (
    Further("board", "board", ("centre",), BoardKeeping),
    Further("due", "due", ("centre", "office"), DueKeeping),
    Further("calendar", "status", ("centre", "office"), CalendarKeeping),
    Further("letters", "letters", ("centre", "office"), LetterKeeping),
    Further("report", "status", ("centre", "office"), ReportKeeping),
    Further("evaluation", "evaluation", ("centre", "office"), EvaluationKeeping),
    Further("programmes", "evaluation", ("centre", "office"), ProgrammeKeeping),
    Further("recommendations", "evaluation", ("centre", "office"), RecommendationKeeping),
    Further("evaluation-texts", "texts", ("centre", "office"), EvaluationTextKeeping),
    Further("plan", "approved", ("centre", "office"), PlanKeepingPage),
    Further("changes", "approved", ("centre", "office"), ChangeKeeping),
    Further("needs", "money", ("centre", "office"), NeedsKeeping),
    Further("aliases", "aliases", ("centre",), AliasKeeping),
    Further("coverage", "coverage", ("centre",), CoverageKeeping),
    Further("coming", "next", ("centre",), ComingKeeping),
)
"""The pages in the order of their buttons at the left, after those of the window itself."""


def further_of(role: str) -> list[Further]:
    """Give the pages that a centre's or an office's window has."""
    return [one for one in FURTHER if role in one.roles]
