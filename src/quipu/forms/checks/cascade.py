"""What a balanced scorecard's levels say of each other: codes, targets, leads (S0-06 to S0-15)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quipu.domain.duration import read_duration
from quipu.domain.goal import Goal, read_goals, threshold_text
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.info import Asked, Check, Numbered, Table, finding
from quipu.forms.checks.texts import missing_field
from quipu.forms.definition import Form, Level

_COUNTS = re.compile(r"\W*(n[uú]mero|cantidad|total|n[°º.])\b", re.IGNORECASE)
_SHARES = re.compile(r"\W*(el\s+)?(porcentaje|proporci[oó]n|tasa|[ií]ndice|%)", re.IGNORECASE)
_GRADES = re.compile(r"\W*(el\s+)?(grado|nivel)\b", re.IGNORECASE)
_LINKS = frozenset(
    [
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "y",
        "e",
        "o",
        "en",
        "con",
        "para",
        "por",
        "que",
        "a",
        "al",
        "un",
        "una",
        "su",
        "sus",
    ]
)
"""Words with which no text ends."""


def both(first: Check, second: Check) -> Check:
    """Make the check that finds what two checks of one name find."""

    def check(table: Table, asked: Asked) -> Iterator[Problem]:
        yield from first(table, asked)
        yield from second(table, asked)

    return check


def _levels(form: Form) -> list[Level]:
    return [level for level in form.levels if level.split] if form.cascade else []


def _below(table: Table) -> Mapping[int, list[Numbered]]:
    """Give the rows that hang from each row, by its index."""
    found: dict[int, list[Numbered]] = {}
    for numbered in table.rows:
        parent = numbered[1].parent
        if parent is not None:
            found.setdefault(parent, []).append(numbered)
    return found


def goal_kind(form: Form) -> str:
    """Give the level whose column holds targets in words, `""` when there is none."""
    goals = (column.level for column in form.columns if column.style == "goal")
    return next(goals, "")


def fragments(table: Table, asked: Asked) -> Iterator[Problem]:
    """Only one end of a text is printed: the other was lost with a page (S0-14, S0-15)."""
    coded = {level.kind for level in _levels(table.form)}
    for numbered in table.rows:
        row = numbered[1]
        whole = row.kind in coded or (coded and not row.code)
        if whole and row.text[:1].islower():
            yield finding(asked, numbered, target="text", variant="fragment", value=row.text)
        if whole and row.text.rpartition(" ")[2] in _LINKS:
            end = " ".join(row.text.split()[-6:])
            yield finding(asked, numbered, target="text", variant="cut", value=end)


def codes_across(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row has the code of a row of another level, one number too long or short (S0-12)."""
    levels = {level.kind: level for level in _levels(table.form)}
    first: dict[str, Numbered] = {}
    taken = {row.code for _, row in table.rows if row.code}
    below = _below(table)
    for numbered in table.rows:
        row = numbered[1]
        if row.kind not in levels or not row.code:
            continue
        other = first.setdefault(row.code, numbered)
        if other[1].kind == row.kind:
            continue
        wrong = [one for one in (other, numbered) if not _fits(one[1].code, levels[one[1].kind])]
        for one in wrong or [numbered]:
            proposal = _proper(one, levels[one[1].kind], below.get(one[0], ()), table, taken)
            kind = (numbered if one is other else other)[1].kind
            yield finding(
                asked,
                one,
                target="code",
                variant="level" if proposal else "level-unknown",
                value=row.code,
                proposal=proposal,
                level=levels[kind].title.get(table.form.language, kind),
            )


def _fits(code: str, level: Level) -> bool:
    return re.fullmatch(level.code, code) is not None


def _proper(
    numbered: Numbered, level: Level, below: Sequence[Numbered], table: Table, taken: set[str]
) -> str | None:
    """Give the code that a row should have: a shorter one, or what its children's begin with."""
    code = numbered[1].code
    parts = code.split(".")
    candidates = [".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    for _, child in below:
        theirs = child.code.split(".")
        candidates += [".".join(theirs[:count]) for count in range(len(theirs) - 1, 0, -1)]
    candidates.append(f"{code}.1")
    return next((one for one in candidates if one not in taken and _fits(one, level)), None)


def goals_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """An indicator has no target (S0-11)."""
    kinds = [level.kind for level in _levels(table.form)]
    goal = goal_kind(table.form)
    if goal not in kinds[1:]:
        return
    above = kinds[kinds.index(goal) - 1]
    below = _below(table)
    for numbered in table.rows:
        children = below.get(numbered[0], ())
        if numbered[1].kind == above and all(row.kind != goal for _, row in children):
            yield finding(asked, numbered, variant="indicator")


def activities_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """An initiative has no activity."""
    below = _below(table)
    for level in _levels(table.form)[-1:]:
        for numbered in table.rows:
            if numbered[1].kind == level.kind and numbered[0] not in below:
                yield finding(asked, numbered, target="activities")


def lead_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row names no lead; where units are printed, none of them is underlined (S0-06)."""
    for problem in missing_field("lead")(table, asked):
        row = table.whole.rows[problem.row or 0][1]
        units = row.fields.get("support", "")
        styled = any(column.style == "lead" for column in table.form.columns)
        if units and styled:
            words = {**problem.params, "value": units}
            yield replace(problem, variant="unmarked", value=units, params=words)
        else:
            yield problem


def _goals(table: Table) -> Iterator[tuple[Numbered, tuple[Goal, ...]]]:
    goal = goal_kind(table.form)
    for numbered in table.rows:
        if goal and numbered[1].kind == goal and numbered[1].text:
            yield numbered, read_goals(numbered[1].text)


def thresholds(table: Table, asked: Asked) -> Iterator[Problem]:
    """A target names no amount, a change no baseline, a grade no scale (S0-09, S0-10)."""
    lower = Asked(asked.name, "info", asked.params)
    for numbered, goals in _goals(table):
        row = numbered[1]
        if not goals:
            yield finding(asked, numbered, target="text", value=row.text)
        elif any(goal.needs_baseline for goal in goals) and not row.fields.get("baseline"):
            short = threshold_text(goals)
            yield finding(
                lower, numbered, target="baseline", variant="baseline", value=row.text, short=short
            )
        if (above := _above(row, table)) is not None and _GRADES.match(above[1].text):
            yield finding(
                lower,
                above,
                target="text",
                variant="scale",
                value=above[1].text,
            )


def _above(row: Row, table: Table) -> Numbered | None:
    return table.whole.rows[row.parent] if row.parent is not None else None


def measures_differ(table: Table, asked: Asked) -> Iterator[Problem]:
    """An indicator counts and its target is a percentage, or the other way round (S0-10)."""
    for numbered, goals in _goals(table):
        above = _above(numbered[1], table)
        if above is None or not goals:
            continue
        text = above[1].text
        percents = [goal.percent for goal in goals]
        if (_COUNTS.match(text) and all(percents)) or (_SHARES.match(text) and not any(percents)):
            yield finding(
                asked,
                numbered,
                target="text",
                variant="indicator",
                value=threshold_text(goals),
                indicator=text,
                indicator_code=above[1].code,
            )


def two_values(table: Table, asked: Asked) -> Iterator[Problem]:
    """A target asks for two things at once: `Cincuenta mil familias y 25% de comunidades`."""
    for numbered, goals in _goals(table):
        if len(goals) > 1:
            short = threshold_text(goals)
            value = numbered[1].text
            yield finding(asked, numbered, target="text", variant="goal", value=value, short=short)


def duration_unread(table: Table, asked: Asked) -> Iterator[Problem]:
    """A time in words cannot be read: no dates follow from it."""
    styled = {column.field for column in table.form.columns if column.style == "duration"}
    for numbered in table.rows:
        for name in styled:
            text = numbered[1].fields.get(name, "")
            if text and read_duration(text) is None:
                yield finding(asked, numbered, target=name, value=text)
