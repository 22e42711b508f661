"""What Quipu understands: the official formats it knows, and a document read through them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import FINDINGS, Answer, Call
from quipu.cli.sentences import mistake_sentence
from quipu.cli.tables import table
from quipu.domain.errors import InputError
from quipu.domain.problem import Problem, Severity
from quipu.operations.sentences import problem_sentence
from quipu.words import Words

if TYPE_CHECKING:
    from quipu.forms.definition import Column, Form
    from quipu.forms.reading import Reading

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def read(call: Call) -> Answer:
    """`quipu read FILE`: what the importer understands of a file; stores nothing."""
    from quipu.operations.reading import available_forms, read_plan

    given = call.given
    file, text = source(call)
    known = available_forms()
    reading = read_plan(
        file=file,
        text=text,
        name="-",
        form=given.text("form"),
        year=given.number("year"),
        known=known,
        progress=call.progress,
    )
    data = reading_json(call.words, reading, reading.problems, known)
    lines = [*table_lines(call.words, reading), *problem_lines(call.words, reading.problems)]
    return Answer(data, lines, findings_status(reading.problems))


def forms(call: Call) -> Answer:
    """`quipu forms`: the official formats."""
    from quipu.operations.reading import available_forms

    found = [form_json(form, call.words.lang) for form in _in_order(available_forms())]
    heads = [call.words.text(f"head.{name}") for name in ("form", "title", "institution")]
    rows = [[form["id"], form["title"], form["institution"]] for form in found]
    return Answer({"forms": found}, table(heads, rows))


def forms_check(call: Call) -> Answer:
    """`quipu forms check FILE.toml`: every mistake of a form file (or a folder's), by line."""
    from quipu.forms.language import mistakes

    file = call.given.path("file")
    if not file.exists():
        raise InputError("file-missing", file=file)
    files = sorted(file.rglob("*.toml")) if file.is_dir() else [file]
    found = [
        {
            "file": mistake.file,
            "line": mistake.line,
            "key": mistake.key,
            "message": mistake_sentence(call.words, mistake),
        }
        for one in files
        for mistake in mistakes(one)
    ]
    data = {"done": not found, "file": str(file), "mistakes": found}
    lines = []
    for one in found:
        parts = (f"{one['file']}:{one['line'] or 1}", one["key"], one["message"])
        lines.append(": ".join(str(part) for part in parts if part))
    if not found:
        lines = [call.words.text("say.form-good", file=file)]
    return Answer(data, lines, FINDINGS if found else 0)


def source(call: Call) -> tuple[Path | None, str | None]:
    """Give the file to read, or for `-` the text that is typed, pasted or piped in."""
    if call.given.text("file") == "-":
        return None, sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    return call.given.path("file"), None


def reading_json(
    words: Words, reading: Reading, problems: Iterable[Problem], forms: Mapping[str, Form]
) -> dict[str, object]:
    """Give a reading as the contract writes it."""
    tables = [
        {"where": found.where, "form": found.form, "unit": found.unit, "rows": found.rows}
        for found in reading.tables
    ]
    return {
        "tables": tables,
        "rows": plain.rows(reading.rows, forms),
        "problems": plain.problems(words, problems),
        "year": reading.year,
        "header": dict(reading.header),
    }


def form_json(form: Form, lang: str) -> dict[str, object]:
    """Give a form with its levels and one entry per printed column."""
    return {
        "id": form.id,
        "title": form.title.get(lang) or next(iter(form.title.values()), form.id),
        "institution": form.institution,
        "version": form.version,
        "rows": [level.kind for level in form.levels],
        "columns": [entry for column in form.columns for entry in _columns(column, form)],
    }


def table_lines(words: Words, reading: Reading) -> Iterator[str]:
    """Give the tables that were found, and how many rows they have."""
    heads = [words.text(f"head.{name}") for name in ("place", "form", "unit", "rows")]
    rows = [[found.where, found.form, found.unit, found.rows] for found in reading.tables]
    yield from table(heads, rows, right=[3])
    tables = words.plural("say.tables", len(reading.tables))
    yield words.text("say.read", rows=words.plural("say.rows", len(reading.rows)), tables=tables)


def problem_lines(words: Words, problems: Sequence[Problem]) -> Iterator[str]:
    """Give the findings, the gravest first, and how many there are of each severity."""
    count = Counter(problem.severity for problem in problems)
    for severity in SEVERITIES:
        for problem in problems:
            if problem.severity == severity:
                yield f"{words.text(f'severity.{severity}')}: {located(words, problem)}"
    shown = (f"{words.text(f'severity.{name}')} {count[name]}" for name in SEVERITIES)
    yield words.text("say.findings", count=len(problems), parts=", ".join(shown))


def located(words: Words, problem: Problem) -> str:
    """Give a finding's sentence after its place, with the proposal where there is one."""
    place = " · ".join(part for part in (problem.where, problem.unit, problem.code) if part)
    sentence = problem_sentence(words, problem)
    if problem.proposal is not None:
        sentence += " " + words.text("say.proposal", value=problem.proposal)
    return f"{place}: {sentence}" if place else sentence


def findings_status(problems: Iterable[Problem]) -> int:
    """Give 1 where something should be corrected; mere information leaves 0."""
    return FINDINGS if any(problem.severity != "info" for problem in problems) else 0


def _in_order(forms: Mapping[str, Form]) -> list[Form]:
    return sorted(
        forms.values(), key=lambda form: (form.id.rpartition("/")[0], form.order, form.id)
    )


def _columns(column: Column, form: Form) -> Iterator[dict[str, object]]:
    from quipu.domain.period import Period

    if column.periods is None:
        yield {"field": column.field, "header": column.header[0], "period": None}
        return
    first, last = form.years or (0, 0)
    if column.periods == "year":
        for year in range(first, last + 1):
            yield {"field": column.field, "header": str(year), "period": str(year)}
        return
    # The plan's year is not known here: a period is its part of the text after the year.
    for index, period in enumerate(Period.of_year(2000).parts(column.periods)):
        header = column.header[index] if index < len(column.header) else str(period)[5:]
        yield {"field": column.field, "header": header, "period": str(period)[5:]}
