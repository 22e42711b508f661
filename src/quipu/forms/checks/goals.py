"""What is wrong with targets in words, indicators and numbers beside the text (S3-21, S3-22)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from quipu.domain.goal import read_goals, threshold_text
from quipu.domain.problem import Problem
from quipu.forms.checks.info import Asked, Check, Table, finding
from quipu.forms.checks.texts import missing_field
from quipu.forms.definition import Column
from quipu.forms.recognise_texts import numbered, without_number

_YEAR = r"(?:19|20)\d\d\b"
_BARE_PAIR = re.compile(rf"(?<![\d.,%])(?!{_YEAR})(\d+)\s+(?=\d)(?!{_YEAR})")
_BEGINNING = re.compile(rf"(?<=\S)\s+(?=\d)(?!{_YEAR})")

LEVEL = frozenset({"level"})
"""The parameter that says whose rows a check is about."""


def of_level(check: Check) -> Check:
    """Make a check that finds only in rows of the level that the form names, where it names one."""

    def found(table: Table, asked: Asked) -> Iterator[Problem]:
        wanted = asked.params.get("level", "")
        for problem in check(table, asked):
            if not wanted or table.whole.rows[problem.row or 0][1].kind == wanted:
                yield problem

    return found


indicator_missing = of_level(missing_field("indicator"))
goal_missing = of_level(missing_field("goal"))


def two_targets(table: Table, asked: Asked) -> Iterator[Problem]:
    """A cell of targets asks for two things: `100% al 2018 1 al año como mínimo` (S3-22).

    Two numbers with no word between them may also be one target badly typed: `10 2 por año`.
    """
    for column in _goal_columns(table):
        for numbered_row in table.rows:
            text = numbered_row[1].fields.get(column.field, "")
            goals = read_goals(text)
            if len(goals) < 2:
                continue
            pair = _BARE_PAIR.search(text)
            parts = _parts(text)
            yield finding(
                asked,
                numbered_row,
                target=column.field,
                variant="unclear" if pair else "target",
                value=text,
                proposal=None if pair or len(parts) != len(goals) else "; ".join(parts),
                short=_short(parts) if len(parts) == len(goals) else threshold_text(goals),
                first=pair.group(1) if pair else "",
                rest=text[pair.end() :].strip(" .") if pair else "",
            )


def _goal_columns(table: Table) -> list[Column]:
    own = ("", table.form.levels[-1].kind)
    return [
        column
        for column in table.form.columns
        if column.style == "goal" and column.level in own and column.field != "text"
    ]


def _parts(text: str) -> list[str]:
    """Give the targets of a cell, each beginning at its number."""
    places = [0, *(found.end() for found in _BEGINNING.finditer(text)), len(text)]
    parts = (text[first:last].strip(" ;,/") for first, last in pairwise(places))
    return [part.removesuffix(" y").rstrip(" ,") for part in parts]


def _short(parts: list[str]) -> str:
    return " + ".join(threshold_text(read_goals(part)) for part in parts)


def code_in_text(table: Table, asked: Asked) -> Iterator[Problem]:
    """The number stands twice (S3-21), said once a table; where the two differ, of each row."""
    twice = []
    for entry in table.rows:
        row = entry[1]
        if not numbered(table.form, row.kind):
            continue
        pattern = table.form.level(row.kind).code
        other, _ = without_number("", row.text, pattern)
        if row.code and other:
            yield finding(
                Asked(asked.name, "warning", asked.params),
                entry,
                target="code",
                variant="differs",
                value=row.code,
                proposal=other,
            )
        elif row.published.get("code") and row.published.get("text", "") != row.text:
            twice.append(entry)
    if twice:
        example = twice[0][1]
        yield finding(
            asked,
            twice[0],
            target="code",
            value=f"{example.published['code']} | {example.published['text']}",
            rows=len(twice),
        )
