"""A whole document drawn: its template, its texts, its tables, and the lists that checks make."""

from quipu.domain.facts import Facts
from quipu.forms.document import Document, Sheet
from quipu.forms.draw import DrawRequest
from quipu.forms.draw_document import draw_document
from quipu.forms.draw_lists import coverage_sheets, review_sheets
from quipu.forms.template import Template
from quipu.operations.covering import coverage
from quipu.operations.finding import find_plan
from quipu.operations.house import House
from quipu.operations.reviewing import review
from quipu.words import Words


def book(
    house: House, template: Template, *, facts: Facts, as_published: bool = False, plan: str = ""
) -> Document:
    """Draw a whole document of a plan; raises `plan-missing`, `plan-unknown` or `form-unknown`.

    Without a plan named it is the last one of the template's family.
    """
    item = find_plan(facts, plan=plan or _last_of(facts, template.family))
    words = Words.load(template.language)

    def paper(key: str, /, **params: object) -> str:
        return words.text(f"paper.{key}", **params)

    kinds = {section.kind for section in template.sections}
    sheets: dict[str, tuple[Sheet, ...]] = {}
    if "review" in kinds:
        sheets["review"] = review_sheets(review(house, facts, item, words), paper)
    if "coverage" in kinds:
        sheets["coverage"] = coverage_sheets(coverage(house, plan=item, facts=facts), paper)
    request = DrawRequest(item, "published" if as_published else "plan", dataset=house.dataset)
    return draw_document(template, house.forms, facts, request, paper, sheets=sheets)


def _last_of(facts: Facts, family: str) -> str:
    own = [plan for plan in facts.of_kind("plan") if facts.text(plan, "form") == family]
    return max(own, key=lambda plan: facts.number(plan, "year") or 0, default="")
