"""The report of a period: what it says and lacks, copied from the last, counted, proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import FINDINGS, Answer, Call
from quipu.cli.reading import located
from quipu.cli.tables import table
from quipu.domain.errors import InputError
from quipu.domain.value import value_text

if TYPE_CHECKING:
    from quipu.domain.counted import Count
    from quipu.domain.facts import Facts
    from quipu.domain.period_report import ReportedRow
    from quipu.domain.value import Value
    from quipu.operations.evidence import EvidenceIndex, Verified
    from quipu.operations.period_reports import Reported


def report(call: Call) -> Answer:
    """`quipu report DIR --unit U --period P [-o FILE]`: what is there and what is missing."""
    from quipu.operations.period_reports import period_report
    from quipu.operations.report_papers import print_report

    given = call.given
    unit, period = given.text("unit"), given.text("period")
    with call.house() as house:
        facts = house.facts()
        found = period_report(
            house, unit=unit, period=period, language=call.words.lang, facts=facts
        )
        file = given.maybe_path("output")
        if file is not None:
            print_report(house, unit=unit, period=period, file=file)
    data = _json(call, found, facts) | {"file": str(file) if file is not None else None}
    return Answer(data, _lines(call, found), FINDINGS if found.report.missing else 0)


def copy(call: Call) -> Answer:
    """`quipu report copy DIR --unit U --period P`: texts from the period before, one gesture."""
    from quipu.operations.period_reports import copy_report

    given = call.given
    with call.house(write=True) as house:
        outcome = copy_report(
            house,
            unit=given.text("unit"),
            period=given.text("period"),
            since=given.text("since"),
            only=given.texts("field"),
            activity=given.text("activity"),
            author=call.author,
        )
    data = {
        "done": True,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
        "cells": [list(change.address) for change in outcome.changes],
    }
    return Answer(data, [call.words.plural("say.report-copied", outcome.changed)])


def people(call: Call) -> Answer:
    """`quipu people DIR --unit U --period P`: how many people or others, in all or of a group."""
    from quipu.operations.counting import Group, count

    given = call.given
    group = None
    if given.has("of"):
        by, equals, name = given.text("of").partition("=")
        if not equals:
            raise InputError("count-of", value=given.text("of"))
        group = Group(by, name)
    what = given.text("count") or "people"
    with call.house(write=True) as house:
        outcome = count(
            house,
            unit=given.text("unit"),
            period=given.text("period"),
            what=what,
            number=given.text("number"),
            group=group,
            activity=given.text("activity"),
            author=call.author,
        )
    data = {
        "done": True,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }
    return Answer(data, [call.words.text("say.counted", number=given.text("number"), what=what)])


def evidence(call: Call) -> Answer:
    """`quipu evidence DIR [-o FILE]`: the index of means of verification."""
    from quipu.operations.evidence import evidence_index
    from quipu.operations.report_papers import print_evidence

    given = call.given
    units, period = given.texts("unit"), given.text("period")
    with call.house() as house:
        found = evidence_index(house, units=units, period=period)
        file = given.maybe_path("output")
        if file is not None:
            print_evidence(house, file=file, units=units, period=period)
    data = {
        "files": [_file(one) for one in found.lines],
        "bytes": found.bytes,
        "limit": found.most,
        "over": [{"unit": unit, "period": when} for unit, when in found.over],
        "file": str(file) if file is not None else None,
    }
    return Answer(data, _evidence_lines(call, found), FINDINGS if found.over else 0)


def add_evidence(call: Call) -> Answer:
    """`quipu evidence add DIR FILE… --unit U --period P`: more files that prove an activity."""
    from quipu.operations.evidence import add_evidence as add

    given = call.given
    with call.house(write=True) as house:
        outcome = add(
            house,
            unit=given.text("unit"),
            activity=given.text("activity"),
            period=given.text("period"),
            files=[Path(file) for file in given.texts("proofs")],
            author=call.author,
        )
    data = {
        "done": True,
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }
    return Answer(data, [call.words.plural("say.evidence-added", outcome.changed)])


def _json(call: Call, found: Reported, facts: Facts) -> plain.Json:
    own = found.report
    return {
        "unit": found.unit,
        "period": own.period,
        "state": found.state,
        "accepted": found.accepted,
        "incomplete": found.incomplete or None,
        "asked": [
            {
                "field": one.code,
                "of": one.of,
                "title": one.title.get(call.words.lang, one.code),
                "required": one.required,
            }
            for one in found.asked.fields
        ],
        "activities": [_row(one) for one in own.rows],
        "texts": _texts(own.said),
        "counts": [_count(one, own.plan, facts) for one in own.counts],
        "evidence_bytes": own.bytes,
        "evidence_limit": found.asked.evidence_bytes,
        "missing": plain.problems(call.words, own.missing),
        "complete": not any(one.severity == "error" for one in own.missing),
    }


def _row(one: ReportedRow) -> plain.Json:
    own = one.progress
    return {
        "item": one.item,
        "code": one.code,
        "activity": one.text,
        "programmed": plain.number(own.programmed),
        "executed": plain.number(own.executed),
        "percent": plain.number(own.percent),
        "rating": own.rating,
        "received": plain.number(one.received),
        "attended": plain.number(one.attended),
        "said": _texts(one.said),
    }


def _texts(said: Mapping[str, tuple[Value, ...]]) -> dict[str, str | None]:
    return {
        code: "\n".join(filter(None, map(value_text, values))) or None
        for code, values in said.items()
    }


def _count(one: Count, plan: str, facts: Facts) -> plain.Json:
    return {
        "count": one.counted.what,
        "activity": facts.text(one.item, "code") or one.item if one.item != plan else None,
        "by": one.counted.by or None,
        "group": one.counted.group or None,
        "period": one.period,
        "number": plain.number(one.number),
    }


def _lines(call: Call, found: Reported) -> Iterator[str]:
    words, own = call.words, found.report
    state = words.text(f"state.{found.state}")
    yield words.text("say.report", unit=found.unit, period=own.period, state=state)
    rows = [
        [
            one.code,
            plain.number(one.progress.programmed) or "",
            plain.number(one.progress.executed) or "",
            _percent(call, one),
            ", ".join(code for code, values in one.said.items() if values),
            one.text,
        ]
        for one in own.rows
    ]
    names = ("code", "programmed", "executed", "percent", "said", "text")
    yield from table([words.text(f"head.{name}") for name in names], rows, right=(1, 2, 3))
    if not own.missing:
        yield words.text("say.report-complete")
        return
    yield words.plural("say.report-missing", len(own.missing))
    for one in own.missing:
        yield f"  {located(words, one)}"


def _percent(call: Call, one: ReportedRow) -> str:
    if not one.progress.period.applies:
        return call.words.text("say.not-applicable")
    return plain.number(one.progress.percent) or ""


def _file(one: Verified) -> plain.Json:
    attached = one.attached
    return {
        "unit": one.unit,
        "period": one.period,
        "item": one.item,
        "code": one.code or None,
        "activity": one.activity or None,
        "asked": one.asked or None,
        "file": attached.file.name if attached is not None else None,
        "bytes": attached.file.size if attached is not None else None,
        "sha256": attached.file.sha256 if attached is not None else None,
        "author": attached.author if attached is not None else None,
        "at": attached.at if attached is not None else None,
        "here": attached.here if attached is not None else None,
    }


def _evidence_lines(call: Call, found: EvidenceIndex) -> Iterator[str]:
    words = call.words
    rows = []
    for one in found.lines:
        file = one.attached.file if one.attached is not None else None
        rows.append(
            [
                one.unit,
                one.period,
                one.code or one.activity,
                file.name if file is not None else words.text("say.evidence-none"),
                file.size if file is not None else "",
                file.sha256[:12] if file is not None else "",
            ]
        )
    names = ("unit", "period", "code", "file", "bytes", "sha256")
    yield from table([words.text(f"head.{name}") for name in names], rows, right=(4,))
    yield words.text("say.evidence-bytes", bytes=found.bytes)
    for unit, period in found.over:
        yield words.text("say.evidence-over", unit=unit, period=period, most=found.most)
