"""The review of a plan as a list: every finding, and who decided what of it, when and why."""

from collections.abc import Mapping
from decimal import Decimal

from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.domain.value import PUBLISHED, plain
from quipu.forms.draw_lists import ReviewLine
from quipu.operations.findings import Finding, corrected_findings, findings
from quipu.operations.house import House
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
        else problem_words(words, problem),
        decision=words.text(f"decision.{finding.decision}") if finding.decision else "",
        author=finding.author,
        at=finding.at[:10],
        note=finding.note,
    )


def problem_words(words: Words, problem: Problem) -> str:
    """Give a finding's sentence in the language of the paper."""
    key = f"problem.{problem.check}"
    if problem.variant and words.has(f"{key}.{problem.variant}"):
        key += f".{problem.variant}"
    known: Mapping[str, object] = {
        "value": problem.value,
        "proposal": problem.proposal,
        **problem.params,
    }
    said = {name: _param(value) for name, value in known.items()}
    return words.text(key, **said) if words.has(key) else problem.check


def _param(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(_param(part)) for part in value)
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else value
