"""The review of a plan as a list: every finding, and who decided what of it, when and why."""

from decimal import Decimal

from quipu.domain.facts import Facts
from quipu.domain.value import PUBLISHED, plain
from quipu.forms.draw_lists import ReviewLine
from quipu.operations.findings import Finding, corrected_findings, findings
from quipu.operations.house import House
from quipu.operations.sentences import problem_sentence
from quipu.words import Words


def review(house: House, facts: Facts, plan: str, words: Words) -> list[ReviewLine]:
    """Give every finding of a plan: those that wait for a person first, then what was decided.

    What a decision corrected is found no more; it is listed from the decision.
    """
    waiting = findings(house, plan=plan)
    decided = findings(house, plan=plan, closed=True)
    found = [_line(facts, finding, words) for finding in (*waiting, *decided)]
    gone = corrected_findings(house, plan=plan)
    return [*found, *(_line(facts, finding, words, mended=True) for finding in gone)]


def _line(facts: Facts, finding: Finding, words: Words, *, mended: bool = False) -> ReviewLine:
    problem, item, cell = finding.problem, finding.item, finding.address
    check = problem.check
    now = facts.value(item, cell.field, cell.period) if mended else None
    return ReviewLine(
        item=item,
        place=problem.where,
        unit=problem.unit,
        row=problem.code or facts.text(item, "text"),
        severity="" if mended else words.text(f"severity.{problem.severity}"),
        printed=problem.value or facts.text(item, cell.field + PUBLISHED, cell.period),
        proposal=plain(now) if isinstance(now, Decimal) else problem.proposal or "",
        reason=words.text("paper.review-mended", check=check)
        if mended
        else problem_sentence(words, problem),
        decision=words.text(f"decision.{finding.decision}") if finding.decision else "",
        author=finding.author,
        at=finding.at[:10],
        note=finding.note,
    )
