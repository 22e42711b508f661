"""An office's work: entering what was done, submitting a period, taking a gesture back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import FINDINGS, Answer, Call
from quipu.cli.reading import located
from quipu.domain.errors import InputError
from quipu.domain.revision import RevisionName

if TYPE_CHECKING:
    from quipu.operations.entering import Demand
    from quipu.operations.house import House
    from quipu.operations.outcome import Outcome


def enter(call: Call) -> Answer:
    """`quipu enter DIR`: one cell of progress, or a filled workbook with `--from`."""
    from quipu.operations.methods import demand_role

    with call.house(write=True) as house:
        demand_role(house, call.role, "enter", period=call.given.text("period"))
        outcome = _filled(call, house) if call.given.has("from") else _cell(call, house)
    data = {
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
        "problems": plain.problems(call.words, outcome.problems),
    }
    return Answer(data, _lines(call, outcome), FINDINGS if outcome.problems else 0)


def submit(call: Call) -> Answer:
    """`quipu submit DIR --unit U --period P`: a unit's report is complete."""
    from quipu.operations.period_reports import period_report
    from quipu.operations.reports import submit as submit_report
    from quipu.operations.reports import unreviewed

    given = call.given
    unit, period = given.text("unit"), given.text("period")
    with call.house(write=True) as house:
        outcome = submit_report(
            house,
            unit=unit,
            period=period,
            anyway=given.text("anyway"),
            author=call.author,
            role=call.role,
        )
        missing = unreviewed(house, unit=unit, period=period)
        report = period_report(house, unit=unit, period=period, language=call.words.lang).report
    data = {
        "done": True,
        "unit": unit,
        "period": period,
        "state": "submitted",
        "changed": outcome.changed,
        "reviewed": not missing,
        "missing": plain.problems(call.words, report.missing),
    }
    lines = [call.words.text("say.submitted", unit=unit, period=period)]
    if report.missing:
        lines.append(call.words.plural("say.report-missing", len(report.missing)))
    if missing:
        lines.append(call.words.text("say.unreviewed", unit=unit, period=period))
    return Answer(data, lines)


def undo(call: Call) -> Answer:
    """`quipu undo DIR REVISION`: take back the gesture that a revision began."""
    from quipu.operations.undoing import undo as undo_gesture

    typed = call.given.text("revision")
    try:
        gesture = RevisionName.parse(typed)
    except ValueError as error:
        raise InputError("gesture-unknown", gesture=typed) from error
    with call.house(write=True) as house:
        outcome = undo_gesture(house, gesture=gesture, author=call.author)
    data = {
        "done": True,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }
    return Answer(data, [call.words.plural("say.undone", outcome.changed)])


_ALONE = (
    *("unit", "activity", "period", "executed", "received", "attended"),
    *("field", "value", "note", "evidence", "reason"),
)
"""Options of one cell, which a filled workbook has no use for."""


def _filled(call: Call, house: House) -> Outcome:
    from quipu.operations.filled import enter_from_workbook

    for name in _ALONE:
        if call.given.has(name):
            raise InputError("enter-from-alone", option=f"--{name}")
    file = call.given.path("from")
    return enter_from_workbook(house, file=file, author=call.author, progress=call.progress)


def _cell(call: Call, house: House) -> Outcome:
    from quipu.operations.entering import enter as enter_cell

    given = call.given
    if not given.has("unit"):
        raise InputError("usage-option-missing", option="--unit", command="enter")
    value = _value(call)
    if value is None and not given.has("note") and not given.has("evidence"):
        raise InputError("enter-nothing")
    # Without an activity, words and files are the report's as a whole.
    figure = any(given.has(name) for name in ("executed", "received", "attended"))
    if figure and not given.has("activity"):
        raise InputError("usage-option-missing", option="--activity", command="enter")
    return enter_cell(
        house,
        unit=given.text("unit"),
        activity=given.text("activity"),
        period=given.text("period"),
        value=value,
        field=given.maybe("field") or "executed",
        note=given.maybe("note"),
        evidence=given.maybe_path("evidence"),
        reason=given.maybe("reason"),
        author=call.author,
    )


def _value(call: Call) -> str | Demand | None:
    """Give what is entered: a figure, a field's text, or a demand received and attended."""
    from quipu.operations.entering import Demand as Met

    given = call.given
    demand = given.has("received") or given.has("attended")
    if given.has("executed") + demand + (given.has("value") or given.has("field")) > 1:
        raise InputError("enter-choice")
    if given.has("value") != given.has("field"):
        raise InputError("enter-field-and-value")
    if demand:
        return Met(given.maybe("received"), given.maybe("attended"))
    return given.maybe("executed") if given.has("executed") else given.maybe("value")


def _lines(call: Call, outcome: Outcome) -> Iterator[str]:
    for problem in outcome.problems:
        yield f"{call.words.text(f'severity.{problem.severity}')}: {located(call.words, problem)}"
    yield call.words.plural("say.entered", outcome.changed)
