"""The texts of an evaluation: those that its official format asks for, written for each period."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QComboBox

from quipu.domain.period import Period
from quipu.operations.house import House
from quipu.operations.sections import (
    SectionText,
    available_templates,
    sections,
    set_section_text,
)
from quipu.ui.dialogs.ask import Question
from quipu.ui.evaluation import OfPeriod, plan_folder
from quipu.ui.pages.evaluation import PeriodPage
from quipu.ui.pages.listing import Do, Listing
from quipu.ui.records import Shown
from quipu.ui.stage import Stage
from quipu.words import Words

_WRITTEN: Final = frozenset({"text", "list", "values", "swot"})
"""Sections that a person writes; the others are drawn from facts."""


@dataclass(frozen=True, slots=True)
class EvaluationTexts:
    """The texts of a document of a period; no document where the institution has none for it."""

    document: str = ""
    texts: tuple[SectionText, ...] = ()


class EvaluationTextsPage(PeriodPage):
    """The parts of an evaluation that a person writes."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, "evaluation-texts")
        self.document = QComboBox()
        self.document.setMinimumContentsLength(30)
        self.document.setAccessibleName(words.text("ui.evaluation.document"))
        self.document.activated.connect(lambda _: self.picked.emit())
        self.top.addWidget(self.document)
        text = words.text
        columns: list[Shown[SectionText]] = [
            Shown(text("ui.period-report.field"), self._title, 380),
            Shown(
                text("ui.period-report.said"), lambda one: " ".join(one.text.split()),
                tip=lambda one: one.text,
            ),
        ]  # fmt: skip
        self.list = Listing(words, "ui.evaluation-texts", columns, [Do("write", main=True)])
        self.column.addWidget(self.list, 1)

    def _title(self, one: SectionText) -> str:
        return one.title or self.words.text("ui.evaluation-texts.untitled")

    def offer_documents(self, documents: list[tuple[str, str]]) -> None:
        """Offer the documents of a period's kind; the chosen one stays where it can."""
        chosen = self.document.currentData()
        self.document.clear()
        for value, said in documents:
            self.document.addItem(said, value)
        self.document.setCurrentIndex(max(self.document.findData(chosen), 0))


class EvaluationTextKeeping(OfPeriod):
    """Keeps the texts of an evaluation true, and stores what is written."""

    page: EvaluationTextsPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, EvaluationTextsPage(stage.words), "evaluation-texts")
        self._shown = EvaluationTexts()
        self.page.list.wanted.connect(lambda _, one: self._write(one))

    def take(self, house: House, plan: str) -> EvaluationTexts:
        """Give the texts of the chosen document and period."""
        document = str(self.page.document.currentData() or "")
        if not document:
            return EvaluationTexts()
        found = sections(house, document=document, plan=plan, period=self.period)
        return EvaluationTexts(document, tuple(one for one in found if one.kind in _WRITTEN))

    def before(self) -> None:
        """Offer the documents that the chosen period may have."""
        kind, lang = Period.parse(self.period).kind, self.stage.words.lang
        folder = plan_folder(self.stage)
        self.page.offer_documents(
            [
                (one.id, one.title.get(lang) or next(iter(one.title.values())))
                for one in available_templates(self.stage.desk.folder).values()
                if one.folder == folder and kind in one.periods
            ]
        )

    def show(self, taken: EvaluationTexts | None) -> None:
        """Show the texts; only the centre writes them."""
        self._shown = taken if taken is not None else EvaluationTexts()
        closed = self.read_only or self.stage.role != "centre"
        self.page.list.show_records(self._shown.texts, read_only=closed)

    def _write(self, one: SectionText) -> None:
        document, period, plan = self._shown.document, self.period, self.stage.plan
        words = self.stage.words
        self.question(
            one.title or words.text("ui.evaluation-texts.untitled"),
            [Question("text", "ui.period-report.said", "text", one.text, needed=False)],
            lambda said: self.write(
                lambda house, author: set_section_text(
                    house, document=document, section=one.key, text=said.answer("text"),
                    plan=plan, period=period, author=author,
                ),
                words.text("ui.period-report.stored"),
            ),
        )  # fmt: skip
