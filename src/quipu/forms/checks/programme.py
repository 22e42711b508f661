"""What a weighted programme must have: weights that add up, activities enough, notes that exist."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.domain.value import plain
from quipu.domain.weights import to_relative
from quipu.forms.checks.info import Asked, Check, Numbered, Table, finding
from quipu.forms.definition import Form
from quipu.forms.numbers import read_number, write_number
from quipu.forms.recognise_words import plain_words, stems

_MARK = re.compile(r"(?m)^\s*(\d{1,2})\s?(?:\.-|[.)°])\s*")
_THRESHOLD = re.compile(
    r"\d\s*%|[≥>=<≤]\s*\d|\b(?:meta|umbral|valor|m[ií]nimo|al menos|igual)\b\D{0,20}\d",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\bnotas?\b(?:\s*n?[°º]?\s*)((?:\d{1,2}(?:\s*(?:,|y|a|-)\s*)?)+)", re.I)
_GROUPS: Mapping[str, frozenset[str]] = {
    name: stems(words)
    for name, words in (
        ("youth", "jóvenes joven juventud adolescentes estudiantes"),
        ("women", "mujer mujeres trabajadoras madres jefas"),
        ("elders", "adultos mayores ancianos senescentes"),
        ("children", "niños niñas infancia niñez"),
        ("families", "familias familiares hogares"),
        ("disabled", "discapacidad discapacitados"),
        ("indigenous", "indígenas originarios"),
    )
}
"""Whom a problem or an objective speaks of: the words of each group of people."""


def points(text: str, form: Form) -> list[Decimal]:
    """Give the weights that a cell prints, in points: `2,2%` is 2.2, `0,4 0,4` are two."""
    found: list[Decimal] = []
    for part in re.split(r"[\s;|]+(?!%)", text.strip()):
        reading = read_number(part, form.numbers)
        if reading.value is not None:
            found.append(reading.value * 100 if reading.percent else reading.value)
    return found


def _weighed(table: Table) -> list[Numbered]:
    """Give the rows that have a printed weight, the programme's own left away."""
    lines = _line_kinds(table.form)
    return [one for one in table.rows if one[1].fields.get("weight") and one[1].kind not in lines]


def _line_kinds(form: Form) -> set[str]:
    return {detail.level for detail in form.details}


def _programmes(table: Table) -> Iterator[tuple[Numbered | None, list[Numbered]]]:
    """Give each programme's row, `None` where no line names it, with its weighed rows."""
    kinds, rows = _line_kinds(table.form), dict(table.rows)
    groups: dict[int | None, list[Numbered]] = {}
    for numbered in _weighed(table):
        above = numbered[1].parent
        while above is not None and above in rows and rows[above].kind not in kinds:
            above = rows[above].parent
        groups.setdefault(above if above in rows else None, []).append(numbered)
    for top, weighed in groups.items():
        yield (None if top is None else (top, rows[top])), weighed


def weights_sum(table: Table, asked: Asked) -> Iterator[Problem]:
    """The weights do not add up to the programme's own, or to 100 where they are relative."""
    weights = table.form.weights
    if weights is None:
        return
    for top, weighed in _programmes(table):
        found = sum((one for _, row in weighed for one in _points(row, table.form)), Decimal(0))
        wanted = _wanted(top, table.form)
        if wanted is not None and found not in (wanted, 100):
            yield finding(
                asked,
                top or weighed[0],
                target="weight",
                variant=weights.base,
                value=_shown(found, table.form),
                sum=_shown(found, table.form),
                total=_shown(wanted, table.form),
                difference=_shown(abs(wanted - found), table.form),
            )


def _points(row: Row, form: Form) -> list[Decimal]:
    return points(row.fields["weight"], form)


def _wanted(top: Numbered | None, form: Form) -> Decimal | None:
    if form.weights is None or form.weights.base == "relative":
        return Decimal(100)
    own = points(top[1].fields.get("weight", ""), form) if top is not None else []
    return own[0] if own else form.weights.total


def weights_base(table: Table, asked: Asked) -> Iterator[Problem]:
    """The weights are points where notes ask for 100, or the other way about (S4-07)."""
    weights = table.form.weights
    for top, weighed in _programmes(table):
        listed = [one for _, row in weighed for one in _points(row, table.form)]
        found = sum(listed, Decimal(0))
        if weights is None or weights.base == "relative" or not found:
            continue
        relative = [_percent(one, table.form) for one in to_relative(listed, found)]
        yield finding(
            asked,
            top or weighed[0],
            target="weight",
            variant="relative" if found == 100 else "",
            value=_shown(found, table.form),
            sum=_shown(found, table.form),
            relative=" · ".join(relative),
        )


def _percent(share: Fraction, form: Form) -> str:
    return _shown(Decimal(round(share * 100)) / 100, form) + " %"


def _shown(number: Decimal, form: Form) -> str:
    return write_number(number.normalize() + 0, form.numbers)


def weight_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """An objective with activities has no weight; the second of two above it may be its own."""
    if table.form.column("weight") is None or not table.form.listed:
        return
    below = _below(table)
    before: Numbered | None = None
    for numbered in _objectives(table):
        index, row = numbered
        parts = below.get(index, [])
        own = row.fields.get("weight") or any(one.fields.get("weight") for _, one in parts)
        if parts and not own:
            said = before[1].published.get("weight", "") if before else ""
            above = points(said, table.form)
            proposal = plain(above[1]) if len(above) == 2 else None
            yield finding(
                asked,
                numbered,
                target="weight",
                variant="above" if proposal else "",
                proposal=proposal,
                above=said if proposal else "",
            )
        before = numbered


def _objectives(table: Table) -> list[Numbered]:
    """Give the rows of the level that activities hang from."""
    kind = table.form.levels[-2].kind
    return [numbered for numbered in table.rows if numbered[1].kind == kind]


def _below(table: Table) -> Mapping[int, list[Numbered]]:
    found: dict[int, list[Numbered]] = {}
    for numbered in table.rows:
        if numbered[1].parent is not None:
            found.setdefault(numbered[1].parent, []).append(numbered)
    return found


def two_values(table: Table, asked: Asked) -> Iterator[Problem]:
    """Two weights, or the same unit twice, stand in one cell: those of two objectives (S4-07)."""
    if not table.form.listed:
        return
    for numbered in table.rows:
        row = numbered[1]
        found = points(row.fields.get("weight", ""), table.form)
        if len(found) > 1:
            proposal = plain(found[0])
            value = row.published.get("weight", "")
            count = len(found)
            yield finding(
                asked,
                numbered,
                target="weight",
                variant="weight",
                value=value,
                proposal=proposal,
                sum=_shown(sum(found, Decimal(0)), table.form),
                count=count,
            )
        once = _said_twice(row.fields.get("lead", ""))
        if once:
            value = row.published.get("lead", "")
            yield finding(
                asked, numbered, target="lead", variant="lead", value=value, proposal=once
            )


def _said_twice(text: str) -> str:
    words = text.split()
    half = len(words) // 2
    same = bool(half) and len(words) % 2 == 0 and words[:half] == words[half:]
    return " ".join(words[:half]) if same else ""


def too_few_activities(table: Table, asked: Asked) -> Iterator[Problem]:
    """An objective has fewer activities than the form's notes demand (S4-05)."""
    least = asked.params.get("least", 2)
    below = _below(table)
    for numbered in _objectives(table) if table.form.listed else ():
        count = len(below.get(numbered[0], []))
        if isinstance(least, int) and count < least and not is_blank(numbered, below):
            yield finding(
                asked, numbered, variant="" if count else "none", least=least, count=count
            )


def is_blank(numbered: Numbered, below: Mapping[int, Sequence[Numbered]]) -> bool:
    """Tell whether only a printed label stands in a row, for use if there is something to say."""
    return not numbered[1].fields and not below.get(numbered[0])


def filled(check: Check) -> Check:
    """Make a check that leaves rows alone in which only their printed label stands (S4-01)."""

    def wrapped(table: Table, asked: Asked) -> Iterator[Problem]:
        below = _below(table) if table.form.listed else {}
        rows = dict(table.rows)
        for problem in check(table, asked):
            row = rows.get(-1 if problem.row is None else problem.row)
            blank = row is not None and is_blank((problem.row or 0, row), below)
            if not (table.form.listed and blank):
                yield problem

    return wrapped


def innermost(check: Check) -> Check:
    """Make a check that leaves outer rows alone where a table says them again for each block."""

    def wrapped(table: Table, asked: Asked) -> Iterator[Problem]:
        rows, inner = dict(table.rows), table.form.levels[-1].kind
        for problem in check(table, asked):
            row = rows.get(-1 if problem.row is None else problem.row)
            if not table.form.listed or row is None or row.kind == inner:
                yield problem

    return wrapped


def thresholds(table: Table, asked: Asked) -> Iterator[Problem]:
    """An indicator does not say the value from which its objective counts as met (S4-04)."""
    if not table.form.listed or table.form.column("indicator") is None:
        return
    below = _below(table)
    for numbered in _objectives(table):
        row = numbered[1]
        said = row.fields.get("threshold") or _THRESHOLD.search(row.fields.get("indicator", ""))
        if not said and not is_blank(numbered, below):
            value = row.published.get("indicator")
            yield finding(asked, numbered, target="indicator", variant="indicator", value=value)


def numbered_drift(table: Table, asked: Asked) -> Iterator[Problem]:
    """An objective speaks of other people, or of another thing, than the problem of its number."""
    if not table.form.listed or not any(one.field == "problem" for one in table.form.details):
        return
    rows = dict(table.rows)
    for numbered in _objectives(table):
        row = numbered[1]
        top = _top(row, rows, _line_kinds(table.form))
        number = re.match(r"\d{1,2}", row.code or row.text)
        problem = _items(top.fields.get("problem", "") if top else "").get(
            number.group() if number else ""
        )
        if problem is None:
            continue
        theirs, ours = _groups(problem), _groups(row.text)
        params = {"value": row.text, "problem": problem, "number": number and number.group()}
        if theirs and ours and not theirs & ours:
            yield _drift(asked, numbered, "group", params)
        elif not stems(problem) & stems(row.text):
            yield replace(_drift(asked, numbered, "words", params), severity="info")


def _drift(asked: Asked, numbered: Numbered, variant: str, params: Mapping[str, object]) -> Problem:
    made = finding(asked, numbered, target="text", variant=variant, value=str(params["value"]))
    return replace(made, params={**made.params, **params})


def _top(row: Row, rows: Mapping[int, Row], kinds: set[str]) -> Row | None:
    above = row.parent
    while above is not None and above in rows:
        if rows[above].kind in kinds:
            return rows[above]
        above = rows[above].parent
    return None


def _items(text: str) -> dict[str, str]:
    """Give the items of a numbered list by their numbers."""
    starts = list(_MARK.finditer(text))
    ends = [*(found.start() for found in starts[1:]), len(text)]
    return {
        found.group(1): text[found.end() : end].strip()
        for found, end in zip(starts, ends, strict=False)
    }


def _groups(text: str) -> set[str]:
    words = stems(plain_words(text))
    return {name for name, own in _GROUPS.items() if words & own}


def note_unknown(table: Table, asked: Asked) -> Iterator[Problem]:
    """A note sends the reader to a note that the form does not have (S4-02)."""
    notes = table.form.notes
    last = max((note.number for note in notes), default=0)
    for note in notes if table.rows else ():
        named = [
            int(n) for found in _REFERENCE.findall(note.text) for n in re.findall(r"\d+", found)
        ]
        beyond = [number for number in named if number > last]
        if beyond:
            first = table.rows[0]
            made = finding(
                asked,
                first,
                value=note.text,
                note=note.number,
                beyond=", ".join(map(str, beyond)),
                last=last,
            )
            yield replace(made, row=None, code="", item="")
