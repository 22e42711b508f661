"""The sheets of an evaluation's document: groups side by side, sums by month, programmes."""

from collections.abc import Sequence
from functools import cached_property

from quipu.domain.evaluation import Evaluation
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.recommendations import Recommendation, recommendations
from quipu.forms.document import Sheet
from quipu.forms.draw_evaluation import Drawer, evaluation_sheets, programme_sheets, sum_sheets
from quipu.forms.draw_lists import RecommendationLine, recommendation_sheets
from quipu.forms.draw_words import Paper
from quipu.forms.template import Section, Template
from quipu.operations.evaluating import evaluate, period_sums
from quipu.operations.house import House


def evaluated_sheets(
    house: House,
    template: Template,
    facts: Facts,
    plan: str,
    period: str,
    units: Sequence[str],
    paper: Paper,
) -> dict[str, tuple[Sheet, ...]]:
    """Give the sheets of a document's sections by key, of some units (ids) or of all."""
    titles = {
        level.kind: level.title.get(template.language, level.kind)
        for form in house.forms.values()
        if form.id.rpartition("/")[0] == template.folder
        for level in form.levels
    }
    drawer = Drawer(facts, paper, template.numbers, titles)
    desk = _Desk(house, facts, plan, period, tuple(units), drawer)
    return {section.key: desk.sheets(section) for section in template.sections}


class _Desk:
    """One evaluation, made when the first section asks for it."""

    def __init__(
        self,
        house: House,
        facts: Facts,
        plan: str,
        period: str,
        units: tuple[str, ...],
        drawer: Drawer,
    ) -> None:
        self.house, self.facts, self.plan, self.period = house, facts, plan, period
        self.units, self.drawer = units, drawer

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate(
            self.house, period=self.period, plan=self.plan, units=self.units, facts=self.facts
        )

    def sheets(self, section: Section) -> tuple[Sheet, ...]:
        """Give a section's sheets; none for sections of texts and tables."""
        match section.kind:
            case "evaluation":
                return evaluation_sheets(self.evaluation, section.shows, self.drawer)
            case "programmes":
                return programme_sheets(self.evaluation.programmes, self.drawer)
            case "sums":
                year = Period.of_year(Period.parse(self.period).year)
                months = [str(month) for month in year.parts("month")]
                found = period_sums(self.house, self.facts, self.plan, months)
                return sum_sheets(found, months, self.drawer)
            case "recommendations":
                return recommendation_sheets(self._recommendations(), self.drawer.paper)
        return ()

    def _recommendations(self) -> list[RecommendationLine]:
        """Give those of evaluations up to this one, of the units that it is of."""
        today = self.house.clock().astimezone().date()
        last = Period.parse(self.period).last_day
        return [
            self._line(one)
            for one in recommendations(self.facts, self.plan, today)
            if Period.parse(one.period).first_day <= last
            and (not self.units or one.unit in self.units)
        ]

    def _line(self, one: Recommendation) -> RecommendationLine:
        facts, paper = self.facts, self.drawer.paper
        number = facts.number(one.item, "order")
        state = paper(f"recommendation-{one.state}")
        parts = (one.answer, one.answered_by, one.answered_at[:10])
        return RecommendationLine(
            item=one.item,
            number=str(int(number)) if number is not None else "",
            unit=facts.text(one.unit, "name"),
            text=one.text,
            period=one.period,
            due=one.due.isoformat() if one.due is not None else "",
            answer="\n".join(part for part in parts if part),
            state=paper("recommendation-late", state=state) if one.late else state,
        )
