"""What comes next: the plan of another year, and units that are merged, divided or moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from quipu.cli.call import Answer, Call

if TYPE_CHECKING:
    from quipu.domain.facts import Facts
    from quipu.domain.next_year import Targets


def next_year(call: Call) -> Answer:
    """`quipu next-year DIR --year Y`: copy a plan to another year, as a draft."""
    from quipu.operations.next_year import next_year as copy_to
    from quipu.operations.next_year import read_codes

    given = call.given
    codes = read_codes(given.path("map")) if given.has("map") else {}
    with call.house(write=True) as house:
        done = copy_to(
            house,
            year=given.number("year") or 0,
            plan=given.text("plan"),
            targets=cast("Targets", given.text("targets") or "empty"),
            codes=codes,
            keep_one_off=given.text("milestones") == "keep",
            author=call.author,
        )
        facts = house.facts()
    dropped = [_row(facts, item) for item in done.dropped]
    data = {
        "done": True,
        "plan": done.plan,
        "name": facts.text(done.plan, "name"),
        "origin": done.origin,
        "rows": done.rows,
        "dropped": dropped,
        "unused": list(done.unused),
        "changed": done.outcome.changed,
        "gesture": str(done.outcome.gesture),
    }
    return Answer(data, _lines(call, data, dropped))


def _row(facts: Facts, item: str) -> dict[str, str]:
    return {
        "unit": facts.text(facts.text(item, "unit"), "name"),
        "code": facts.text(item, "code"),
        "activity": facts.text(item, "text"),
        "item": item,
    }


def _lines(call: Call, data: dict[str, object], dropped: list[dict[str, str]]) -> Iterator[str]:
    words = call.words
    yield words.text("say.next-year", plan=data["name"], rows=data["rows"])
    for one in dropped:
        said = " ".join(part for part in (one["code"], one["activity"]) if part)
        yield words.text("say.not-copied", unit=one["unit"], row=said)
    unused = data["unused"]
    if isinstance(unused, list) and unused:
        yield words.text("say.codes-unused", codes=", ".join(unused))
