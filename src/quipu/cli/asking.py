"""What a workspace knows: reports, the past of a value, all facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call
from quipu.cli.devices import asking_lines, device_json, unusual
from quipu.cli.receipts import warning_json, warning_sentence
from quipu.cli.relay import outbox, outbox_lines
from quipu.cli.sentences import figure
from quipu.cli.tables import table
from quipu.cli.year import standing_json, tasks_json
from quipu.domain.value import value_text

if TYPE_CHECKING:
    from quipu.operations.history import Past
    from quipu.operations.status import OfficeStatus, PeriodStatus


def status(call: Call) -> Answer:
    """`quipu status DIR`: office by period, what came and what is late."""
    from quipu.operations.newer import kept_newer
    from quipu.operations.plan_cycle import plan_standings
    from quipu.operations.relaying import carried
    from quipu.operations.sealing import sealing_on
    from quipu.operations.status import status as office_status
    from quipu.operations.tasks import open_tasks
    from quipu.operations.warnings import pending_of, warnings

    with call.house() as house:
        facts, period = house.facts(), call.given.text("period")
        found = office_status(house, period=period, facts=facts)
        left = [outbox(one) for one in carried(house.workspace)]
        newer = [one.name for one in kept_newer(house.folder)]
        sealed = "on" if sealing_on(facts, house.dataset) else "off"
        plan = plan_standings(house, period=period, facts=facts)
        waiting = open_tasks(house, plan=plan.plan, lang=call.words.lang, facts=facts)
        warned, pending, odd = warnings(house), pending_of(house), unusual(house)
    data = {
        "offices": [office_json(one) for one in found],
        "sealing": sealed,
        "plan": standing_json(plan),
        "due": tasks_json(waiting),
        "relay": left,
        "newer": newer,
        "warnings": [warning_json(call, one) for one in warned],
        "pending": pending,
        "devices": [device_json(one) for one in odd],
    }
    lines = chain(
        _status_lines(call, found, sealed),
        outbox_lines(call, left),
        (warning_sentence(call, one) for one in warned),
        asking_lines(call, odd),
    )
    if newer:
        lines = chain(lines, [call.words.text("say.newer", files=", ".join(newer))])
    return Answer(data, lines)


def history(call: Call) -> Answer:
    """`quipu history DIR`: every value that was said, with who said it."""
    from quipu.operations.history import history as past_of

    given = call.given
    with call.house() as house:
        found = past_of(
            house,
            unit=given.text("unit"),
            activity=given.text("activity"),
            field=given.text("field"),
            period=given.text("period"),
        )
    return Answer({"revisions": [past_json(one) for one in found]}, _history_lines(call, found))


def dump(call: Call) -> Answer:
    """`quipu dump DIR`: every fact, sorted; the same facts give the same bytes."""
    facts = _facts(call)
    # The workspace is opened before the answer begins, so that a mistake leaves nothing half said.
    facts = chain(list(islice(facts, 1)), facts)
    return Answer({"facts": facts}, ("\t".join(map(_field, one)) for one in facts))


def _facts(call: Call) -> Iterator[list[str | None]]:
    from quipu.operations.dumping import dump as dump_facts

    with call.house() as house:
        for line in dump_facts(house, unit=call.given.text("unit")):
            yield list(line)


def _field(value: str | None) -> str:
    text = value or ""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def office_json(one: OfficeStatus) -> dict[str, object]:
    """Give an office with its periods as the contract writes it."""
    return {
        "office": one.name,
        "office_id": one.office,
        "units": list(one.units),
        "last_sequence": one.last_sequence,
        "missing": list(one.missing),
        "refused": one.refused,
        "periods": {
            period: {
                "state": known.state,
                "late": known.late,
                "due": known.due.isoformat(),
                "received": known.received,
                "sealed": _day(known.delivery.sealed),
                "late_sealed": known.delivery.late_sealed,
                "late_received": known.delivery.late_received,
                "modified_since_acceptance": list(known.voided),
                "unreviewed": list(known.unreviewed),
            }
            for period, known in one.periods.items()
        },
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _remarks(call: Call, known: PeriodStatus) -> str:
    said = []
    if known.voided:
        said.append(call.words.text("say.void", units=", ".join(known.voided)))
    if known.unreviewed:
        said.append(call.words.text("say.not-reviewed", units=", ".join(known.unreviewed)))
    return "; ".join(said)


def _status_lines(call: Call, found: list[OfficeStatus], sealed: str) -> Iterator[str]:
    words = call.words
    names = ("office", "period", "state", "due", "received", "late", "remarks", "missing")
    rows = [
        [
            one.name,
            period,
            words.text(f"state.{known.state}"),
            known.due.isoformat(),
            known.received or "",
            words.text("say.late") if known.late else "",
            _remarks(call, known),
            ", ".join(map(str, one.missing)),
        ]
        for one in found
        for period, known in one.periods.items()
    ]
    yield from table([words.text(f"head.{name}") for name in names], rows)
    for one in found:
        if one.refused:
            yield words.text("say.office-refused", office=one.name, n=one.refused)
    yield words.plural("say.offices", len(found))
    if sealed == "off":
        yield words.text("say.sealing-off")


def past_json(one: Past) -> dict[str, object]:
    """Give a revision as the contract writes it."""
    return {
        "revision": one.revision,
        "field": one.address.field,
        "period": one.address.period,
        "value": value_text(one.value),
        "author": one.author,
        "office": one.office,
        "at": one.at,
        "replaces": list(one.replaces),
        "bundle": one.bundle,
        "item": one.address.item,
        "reason": one.reason,
        "refused": one.refused or None,
        "act": one.act or None,
        "clock": one.clock or None,
    }


def _history_lines(call: Call, found: list[Past]) -> Iterator[str]:
    words = call.words
    names = ("at", "author", "office", "field", "period", "value", "reason")
    rows = [
        [
            one.at,
            one.author,
            one.office or words.text("say.centre"),
            one.address.field,
            one.address.period,
            figure(one.value),
            one.reason or "",
        ]
        for one in found
    ]
    yield from table([words.text(f"head.{name}") for name in names], rows)
    yield words.plural("say.revisions", len(found))
