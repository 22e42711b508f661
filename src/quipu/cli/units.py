"""Units that are merged, divided or moved, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.domain.facts import Facts
    from quipu.operations.reorganising import Part, Reorganised

_FIELDS = ("since", "ended")


def units(call: Call) -> Answer:
    """`quipu units DIR`: the institution's units, since when, until when, and in what they went."""
    with call.house() as house:
        facts = house.facts()
    found = [
        {
            "unit": facts.text(unit, "name"),
            "unit_id": unit,
            "office": facts.text(facts.text(unit, "office"), "name"),
            "aliases": [one for one in facts.text(unit, "alias").split("\n") if one],
            **{field: facts.text(unit, field) or None for field in _FIELDS},
            "merged_into": facts.text(facts.text(unit, "merged_into"), "name") or None,
            "origin": facts.text(facts.text(unit, "origin"), "name") or None,
        }
        for unit in facts.of_kind("unit")
    ]
    names = ("unit", "office", "since", "ended", "merged_into")
    heads = [call.words.text(f"head.{name.replace('_', '-')}") for name in names]
    return Answer({"units": found}, table(heads, [[one[n] or "" for n in names] for one in found]))


def merge(call: Call) -> Answer:
    """`quipu units merge DIR --unit A --unit B --into C --since P`: several become one."""
    from quipu.operations.reorganising import merge_units

    given = call.given
    with call.house(write=True) as house:
        done = merge_units(
            house,
            units=given.texts("unit"),
            into=given.text("into"),
            since=given.text("since"),
            author=call.author,
        )
        facts = house.facts()
    return _answer(call, done, facts)


def split(call: Call) -> Answer:
    """`quipu units split DIR --unit A --part 'NAME=1;2' --since P`: one becomes several."""
    from quipu.operations.reorganising import divide_unit

    given = call.given
    parts = [_part(text) for text in given.texts("part")]
    with call.house(write=True) as house:
        done = divide_unit(
            house,
            unit=given.text("unit"),
            parts=parts,
            since=given.text("since"),
            author=call.author,
        )
        facts = house.facts()
    return _answer(call, done, facts)


def move(call: Call) -> Answer:
    """`quipu units move DIR --unit A`: rows to another unit, or the unit to another office."""
    from quipu.operations.editing import assign_unit
    from quipu.operations.reorganising import Part, divide_unit

    given = call.given
    to_unit = given.has("to") and given.has("since") and bool(given.texts("activity"))
    if given.has("to-office") == to_unit:
        raise InputError("move-choice")
    with call.house(write=True) as house:
        if not to_unit:
            office, unit = given.text("to-office"), given.text("unit")
            outcome = assign_unit(house, unit=unit, office=office, author=call.author)
            data = {"done": True, "changed": outcome.changed}
            return Answer(data, [call.words.text("say.unit-assigned", unit=unit, office=office)])
        parts = [Part(given.text("to"), given.texts("activity"))]
        done = divide_unit(
            house,
            unit=given.text("unit"),
            parts=parts,
            since=given.text("since"),
            author=call.author,
        )
        facts = house.facts()
    return _answer(call, done, facts)


def _part(text: str) -> Part:
    from quipu.operations.reorganising import Part

    name, equals, rows = text.partition("=")
    named = tuple(row.strip() for row in rows.split(";") if row.strip())
    if not (equals and name.strip() and named):
        raise InputError("part-unreadable", text=text)
    return Part(name.strip(), named)


def _answer(call: Call, done: Reorganised, facts: Facts) -> Answer:
    names = [facts.text(unit, "name") for unit in done.into]
    ended = [facts.text(unit, "name") for unit in done.ended]
    data = {
        "done": True,
        "into": names,
        "ended": ended,
        "moved": [
            {
                "item": row,
                "code": facts.text(row, "code"),
                "activity": facts.text(row, "text"),
                "unit": facts.text(facts.text(row, "unit"), "name"),
            }
            for row in done.moved
        ],
        "changed": done.outcome.changed,
        "gesture": str(done.outcome.gesture),
    }
    lines = [call.words.text("say.rows-moved", n=len(done.moved), units=", ".join(names))]
    if ended:
        lines.append(call.words.text("say.units-ended", units=", ".join(ended)))
    return Answer(data, lines)
