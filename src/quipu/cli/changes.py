"""Changes of a plan in force: made with a cause and an act, and listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import Answer, Call
from quipu.cli.tables import table
from quipu.cli.year import legal_act
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.changes import PlanChange
    from quipu.domain.facts import Facts
    from quipu.operations.reprogramming import CellChange

_COLUMNS = 5


def reprogram(call: Call) -> Answer:
    """`quipu reprogram DIR --cause C --reason T … --set FIELD:PERIOD=VALUE`: change the plan."""
    from quipu.operations.reprogramming import reprogram as change_plan

    given = call.given
    cells = [*_set(call), *(_read(given.path("from")) if given.has("from") else ())]
    with call.house(write=True) as house:
        done = change_plan(
            house,
            cause=given.text("cause"),
            reason=given.text("reason"),
            act=legal_act(call),
            changes=cells,
            plan=given.text("plan"),
            author=call.author,
            role=call.role,
        )
        facts = house.facts()
    data = {
        "done": True,
        "changed": done.outcome.changed,
        "revisions": [str(name) for name in done.outcome.revisions],
    } | _change(done.change, facts)
    said = call.words.text(
        "say.reprogrammed", edition=done.change.edition, n=len(done.change.lines)
    )
    return Answer(data, [*_lines(call, [done.change], facts), said])


def changes(call: Call) -> Answer:
    """`quipu changes DIR`: the changes of the plan; with `--causes` what a change may be for."""
    from quipu.operations.reprogramming import causes, changes_of

    with call.house() as house:
        if call.given.flag("causes"):
            listed = [
                {"cause": one.code, "kind": one.kind,
                 "title": one.title.get(call.words.lang, one.code)}
                for one in causes(house)
            ]  # fmt: skip
            lines = [f"{one['cause']}: {one['title']}" for one in listed]
            return Answer({"causes": listed}, lines)
        facts = house.facts()
        found = changes_of(house, facts=facts)
    data = {"changes": [_change(one, facts) for one in found]}
    return Answer(data, _lines(call, found, facts))


def _set(call: Call) -> Iterator[CellChange]:
    """Read `--set target:2017-03=5` of the one activity named."""
    from quipu.operations.reprogramming import CellChange

    given = call.given
    if given.texts("set") and not given.text("activity"):
        raise InputError("change-activity-missing")
    for text in given.texts("set"):
        place, equals, value = text.partition("=")
        field, _, period = place.partition(":")
        if not equals:
            raise InputError("change-unreadable", value=text)
        yield CellChange(given.text("unit"), given.text("activity"), field, period.strip(), value)


def _read(file: Path) -> Iterator[CellChange]:
    """Read a text with a cell in each line: unit, activity, field, period, value, with tabs."""
    from quipu.operations.gesture import read_bytes
    from quipu.operations.reprogramming import CellChange
    from quipu.operations.sections import typed_text

    text = typed_text(read_bytes(file), str(file))
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) != _COLUMNS:
                raise InputError("change-line", file=file, line=number)
            yield CellChange(*cells)


def _change(one: PlanChange, facts: Facts) -> plain.Json:
    return {
        "item": one.item,
        "edition": one.edition,
        "cause": one.cause,
        "reason": one.reason,
        "act": {"kind": one.act_kind or None, "number": one.act_number or None,
                "date": one.act_date or None},
        "by": one.by,
        "at": one.at,
        "lines": [
            {
                "unit": facts.text(line.unit, "name"),
                "code": facts.text(line.row, "code"),
                "activity": facts.text(line.row, "text"),
                "field": line.field,
                "period": line.period or None,
                "before": line.before or None,
                "after": line.after or None,
            }
            for line in one.lines
        ],
    }  # fmt: skip


def _lines(call: Call, found: list[PlanChange], facts: Facts) -> Iterator[str]:
    names = ("edition", "cause", "unit", "code", "field", "period", "before", "after")
    rows = [
        [
            change.edition,
            change.cause,
            facts.text(line.unit, "name"),
            facts.text(line.row, "code") or facts.text(line.row, "text"),
            line.field,
            line.period,
            line.before,
            line.after,
        ]
        for change in found
        for line in change.lines
    ]
    yield from table([call.words.text(f"head.{name}") for name in names], rows)
    yield call.words.plural("say.changes", len(found))
