"""The list of a plan's changes as its document prints it (S1-01, S3-12)."""

from collections.abc import Iterator

from quipu.domain.changes import ChangeLine, PlanChange, plan_changes
from quipu.domain.facts import Facts
from quipu.forms.draw_lists import ChangedLine
from quipu.forms.draw_words import Paper, period_words, printed_date
from quipu.operations.house import House
from quipu.operations.methods import method_of


def changed_lines(
    house: House, facts: Facts, plan: str, language: str, paper: Paper
) -> list[ChangedLine]:
    """Give every cell that was changed, edition by edition, with cause and act in words."""
    rules = method_of(house, facts, plan).changes
    titles = {one.code: one.title.get(language, one.code) for one in rules.causes}
    return [
        line
        for change in plan_changes(facts, plan)
        for line in _lines(change, facts, titles.get(change.cause, change.cause), paper)
    ]


def _lines(change: PlanChange, facts: Facts, cause: str, paper: Paper) -> Iterator[ChangedLine]:
    act = (f"{change.act_kind} {change.act_number}".strip(), printed_date(change.act_date))
    why = f"{cause}: {change.reason}" if change.reason else cause
    for line in change.lines:
        code, text = facts.text(line.row, "code"), facts.text(line.row, "text")
        yield ChangedLine(
            item=line.row,
            edition=str(change.edition),
            cause=why,
            act="\n".join(part for part in act if part),
            unit=facts.text(line.unit, "name"),
            row=f"{code} {text}".strip(),
            field=_place(line, paper),
            before=line.before,
            after=line.after,
            by="\n".join(part for part in (change.by, printed_date(change.at[:10])) if part),
        )


def _place(line: ChangeLine, paper: Paper) -> str:
    known = ("target", "total", "cost", "budget", "text", "weight", "lead", "indicator")
    field = paper(f"field-{line.field}") if line.field in known else line.field
    return f"{field}, {period_words(line.period, paper)}" if line.period else field
