"""The centre's board: states, compliance, sums, what waits, and the facts under each figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.asking import office_json, past_json
from quipu.cli.call import Answer, Call
from quipu.cli.disputes import dispute_json
from quipu.cli.evaluation import node_json, summary_json
from quipu.cli.observations import thread_json
from quipu.cli.paper import printed_answer
from quipu.cli.sentences import figure, percent
from quipu.cli.tables import table
from quipu.domain.value import value_text

if TYPE_CHECKING:
    from quipu.domain.evaluation import MonthlySum
    from quipu.domain.facts import Facts
    from quipu.domain.rollup import Group
    from quipu.operations.board import Board
    from quipu.operations.board_facts import Known
    from quipu.operations.evidence import Attached
    from quipu.store.entries import BundleEntry


def board(call: Call) -> Answer:
    """`quipu board DIR`: how everybody stands; `--facts KEY` opens a figure, `-o` prints it."""
    from quipu.operations.board import board as centre_board

    given = call.given
    if given.has("facts"):
        return _facts(call)
    if given.has("output"):
        return _printed(call)
    with call.house() as house:
        facts = house.facts()
        found = centre_board(house, period=given.text("period"), facts=facts)
    return Answer(_board(found, facts), _lines(call, found, facts))


def _printed(call: Call) -> Answer:
    from quipu.operations.board_paper import print_board

    with call.house() as house:
        file = call.given.path("output")
        printed = print_board(house, file=file, period=call.given.text("period"))
    return printed_answer(call, printed)


def _facts(call: Call) -> Answer:
    from quipu.operations.board_facts import facts_under

    key = call.given.text("facts")
    with call.house() as house:
        found = facts_under(house, key=key, period=call.given.text("period"))
    return Answer({"key": key, "facts": [_known(one) for one in found]}, _fact_lines(call, found))


def _board(found: Board, facts: Facts) -> plain.Json:
    own = found.evaluation
    return {
        "plan": found.plan,
        "period": found.period,
        "periods": list(found.periods),
        "offices": [_office(found, at) for at in range(len(found.offices))],
        "sums": [_sum(one, found.sum_periods) for one in found.sums],
        "by_office": [_group("office", one, facts) for one in own.offices],
        "areas": [_group("area", one, facts) for one in own.areas],
        "units": [_group("unit", one, facts) for one in own.units],
        "nodes": [{"key": f"node:{one.item}"} | node_json(one, facts) for one in own.nodes],
        "whole": summary_json(own.whole),
        "disputes": [{"key": f"dispute:{one.id}"} | dispute_json(one) for one in found.disputes],
        "observations": [
            {"key": f"observation:{one.thread.messages[0].item}"} | thread_json(one)
            for one in found.observations
        ],
    }


def _office(found: Board, at: int) -> plain.Json:
    one = found.offices[at]
    told = office_json(one)
    states = told["periods"]
    assert isinstance(states, dict)
    kept = {when: {"key": f"report:{one.office}:{when}"} | states[when] for when in found.periods}
    return told | {"key": f"office:{one.office}", "periods": kept}


def _sum(one: MonthlySum, periods: tuple[str, ...]) -> plain.Json:
    return {
        "unit_of_measure": one.unit_of_measure,
        "periods": [
            {
                "key": f"sum:{one.unit_of_measure}:{when}",
                "period": when,
                "rows": part.rows,
                "programmed": plain.number(part.programmed),
                "executed": plain.number(part.executed),
                "percent": plain.number(part.percent),
            }
            for when, part in zip(periods, one.months, strict=True)
        ],
    }


def _group(kind: str, one: Group, facts: Facts) -> plain.Json:
    named = {"key": f"{kind}:{one.item}", kind: facts.text(one.item, "name")}
    return named | summary_json(one.summary)


def _known(one: Known) -> plain.Json:
    address = one.address
    return {
        "item": address.item,
        "field": address.field,
        "period": address.period or None,
        "reporter": address.unit or None,
        "unit": one.unit,
        "code": one.code,
        "activity": one.activity,
        "value": value_text(one.value),
        "revisions": [past_json(past) for past in one.past],
        "bundles": [_bundle(entry) for entry in one.bundles.values()],
        "evidence": [_proof(proof) for proof in one.proofs],
    }


def _bundle(entry: BundleEntry) -> plain.Json:
    return {
        "bundle": entry.manifest,
        "file": entry.file_name,
        "sequence": entry.seq,
        "made_at": entry.made_at,
        "received_at": entry.received_at,
    }


def _proof(one: Attached) -> plain.Json:
    return {
        "name": one.file.name,
        "sha256": one.file.sha256,
        "author": one.author,
        "office": one.office,
        "at": one.at,
        "current": one.current,
        "here": one.here,
    }


def _lines(call: Call, found: Board, facts: Facts) -> Iterator[str]:
    words = call.words
    yield words.text("say.board", period=found.period)
    heads = [words.text("head.office"), *found.periods, words.text("head.missing")]
    rows = [
        [
            one.name,
            *(
                words.text(f"state.{one.periods[when].state}")
                + (f" ({words.text('say.late')})" if one.periods[when].late else "")
                for when in found.periods
            ),
            ", ".join(map(str, one.missing)),
        ]
        for one in found.offices
    ]
    yield from table(heads, rows)
    yield from _group_lines(call, found, facts)
    yield from _sum_lines(call, found)
    yield words.plural("say.board-disputes", len(found.disputes))
    yield words.plural("say.board-observations", len(found.observations))


def _group_lines(call: Call, found: Board, facts: Facts) -> Iterator[str]:
    names = ("unit", "due-rows", "reported", "met", "percent", "to-date", "year")
    own = found.evaluation
    rows = [
        [
            facts.text(one.item, "name")
            or f"{facts.text(one.item, 'code')} {facts.text(one.item, 'text')}".strip(),
            one.summary.due,
            one.summary.reported,
            one.summary.met,
            percent(one.summary.percent),
            percent(one.summary.to_date),
            percent(one.summary.year),
        ]
        for one in (*own.areas, *own.units, *own.nodes)
    ]
    yield from table([call.words.text(f"head.{name}") for name in names], rows, right=range(1, 7))


def _sum_lines(call: Call, found: Board) -> Iterator[str]:
    heads = [call.words.text("head.measure"), *found.sum_periods]
    rows = [
        [one.unit_of_measure, *(f"{figure(a.executed)}/{figure(a.programmed)}" for a in one.months)]
        for one in found.sums
    ]
    yield from table(heads, rows, right=range(1, len(heads)))


def _fact_lines(call: Call, found: list[Known]) -> Iterator[str]:
    words = call.words
    names = ("unit", "code", "field", "period", "value", "author", "office", "at", "from", "text")
    rows = [
        [
            one.unit,
            one.code,
            one.address.field,
            one.address.period,
            figure(past.value),
            past.author,
            past.office or words.text("say.centre"),
            past.at,
            one.bundles[past.bundle].file_name
            if past.bundle is not None and past.bundle in one.bundles
            else "",
            ", ".join(proof.file.name for proof in one.proofs),
        ]
        for one in found
        for past in one.past
    ]
    yield from table([words.text(f"head.{name}") for name in names], rows)
    yield words.plural("say.board-facts", len(found))
