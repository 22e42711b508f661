"""A whole document drawn: its template, its texts, its tables, and the lists that checks make."""

from collections.abc import Sequence

from quipu.domain.facts import Facts
from quipu.domain.needs import budgets, needs
from quipu.forms.document import Document, Sheet, View
from quipu.forms.draw import DrawRequest
from quipu.forms.draw_budget import budget_sheets
from quipu.forms.draw_document import draw_document
from quipu.forms.draw_lists import change_sheets, coverage_sheets, review_sheets
from quipu.forms.draw_words import Paper
from quipu.forms.template import Template
from quipu.operations.changed import changed_lines
from quipu.operations.covering import coverage
from quipu.operations.evaluated import evaluated_sheets
from quipu.operations.finding import find_plan
from quipu.operations.house import House
from quipu.operations.reviewing import review
from quipu.operations.sections import document_period
from quipu.words import Words


def book(
    house: House,
    template: Template,
    *,
    facts: Facts,
    as_published: bool = False,
    plan: str = "",
    period: str = "",
    units: Sequence[str] = (),
) -> Document:
    """Draw a whole document of a plan, one with periods of some units (ids) or of all.

    Raises `plan-missing`, `plan-unknown`, `form-unknown` or `document-period` (document, kinds).
    """
    when = document_period(template, period)
    item = book_plan(facts, template, plan)
    words = Words.load(template.language)

    def paper(key: str, /, **params: object) -> str:
        return words.text(f"paper.{key}", **params)

    sheets = _lists(house, template, facts, item, words, paper)
    if when:
        sheets |= evaluated_sheets(house, template, facts, item, when, units, paper)
    view: View = "published" if as_published else "plan"
    request = DrawRequest(item, view, when, tuple(units) if when else (), house.dataset)
    return draw_document(template, house.forms, facts, request, paper, sheets=sheets)


def _lists(
    house: House, template: Template, facts: Facts, item: str, words: Words, paper: Paper
) -> dict[str, tuple[Sheet, ...]]:
    """Give the sheets of the lists that a document has, by the key or the kind of its section."""
    kinds = {section.kind for section in template.sections}
    sheets: dict[str, tuple[Sheet, ...]] = {}
    if "review" in kinds:
        sheets["review"] = review_sheets(review(house, facts, item, words), paper)
    if "coverage" in kinds:
        sheets["coverage"] = coverage_sheets(coverage(house, plan=item, facts=facts), paper)
    sheets |= {
        section.key: budget_sheets(needs(facts, item), budgets(facts, item), facts, paper,
                                   template.numbers)
        for section in template.sections if section.kind == "budget"
    }  # fmt: skip
    if "changes" in kinds:
        drawn = change_sheets(changed_lines(house, facts, item, template.language, paper), paper)
        sheets |= {one.key: drawn for one in template.sections if one.kind == "changes"}
    return sheets


def book_plan(facts: Facts, template: Template, plan: str = "") -> str:
    """Give the plan that a document is of: the one named, else the last of its family."""
    own = [item for item in facts.of_kind("plan") if facts.text(item, "form") == template.family]
    last = max(own, key=lambda item: facts.number(item, "year") or 0, default="")
    return find_plan(facts, plan=plan or last)
