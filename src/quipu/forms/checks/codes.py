"""Printed codes: missing, odd, with gaps, or repeated within one unit (S1-10)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.info import Asked, Numbered, Table, by_unit, finding
from quipu.forms.definition import Form, Level

_LAST_NUMBER = re.compile(r"(.*?)(\d+)(\D*)")
_NUMBERS = re.compile(r"\d+")
_OBJECTIVE = "objective"
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a code stands among its siblings: what precedes the last number, and the number."""

    stem: str
    number: int
    tail: str

    def text(self, number: int) -> str:
        return f"{self.stem}{number}{self.tail}"


def tidy_code(code: str, level: Level) -> str:
    """Give a code without stray marks at its ends when only then it has the level's shape."""
    if not level.code or re.fullmatch(level.code, code):
        return code
    bare = _EDGES.sub("", code)
    return bare if re.fullmatch(level.code, bare) else code


def _place(code: str) -> _Place | None:
    found = _LAST_NUMBER.fullmatch(code)
    return _Place(found.group(1), int(found.group(2)), found.group(3)) if found else None


def _level(form: Form, kind: str) -> Level | None:
    return next((level for level in form.levels if level.kind == kind), None)


def _coded(table: Table) -> Iterator[tuple[Level, tuple[Numbered, ...]]]:
    """Give the groups of rows whose level prints a code in this form, with that level."""
    for group in by_unit(table.rows):
        level = _level(table.form, group[0][1].kind)
        if level is not None and has_code(table.form, level):
            yield level, group


def has_code(form: Form, level: Level) -> bool:
    """Tell whether the form prints a code for rows of a level."""
    if level.split and level.code:
        return True
    return any(
        column.field == "code" and form.level(column.level) is level for column in form.columns
    )


def code_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row has no code where its form prints one; the next of its siblings' is proposed."""
    for level, group in _coded(table):
        codes = [tidy_code(row.code, level) for _, row in group]
        for position, numbered in enumerate(group):
            if codes[position]:
                continue
            before = _place(codes[position - 1]) if position else None
            proposal = before.text(before.number + 1) if before else None
            if proposal is None or proposal in codes:
                yield finding(asked, numbered, target="code", variant="unknown")
                continue
            codes[position] = proposal
            yield finding(asked, numbered, target="code", proposal=proposal)


def code_odd(table: Table, asked: Asked) -> Iterator[Problem]:
    """A code does not have its level's shape (`_1.10`)."""
    for level, group in _coded(table):
        for numbered in group:
            code = numbered[1].code
            if not code or not level.code or _has_shape(code, level, table.form):
                continue
            tidy = tidy_code(code, level)
            yield finding(
                asked,
                numbered,
                target="code",
                variant="" if tidy != code else "unknown",
                value=code,
                proposal=tidy if tidy != code else None,
            )


def _has_shape(code: str, level: Level, form: Form) -> bool:
    lines = (context.code for context in form.contexts if context.level == level.kind)
    return any(re.fullmatch(shape, code) for shape in (level.code, *lines) if shape)


def code_gap(table: Table, asked: Asked) -> Iterator[Problem]:
    """A number is left out between the codes of a unit, or before the first."""
    for level, group in _coded(table):
        last: _Place | None = None
        for numbered in group:
            here = _place(tidy_code(numbered[1].code, level))
            if here is None:
                if last is not None:
                    last = _Place(last.stem, last.number + 1, last.tail)
                continue
            expected = last.number + 1 if last is not None and last.stem == here.stem else 1
            missing = [here.text(number) for number in range(expected, here.number)]
            if 0 < len(missing) <= 20:
                yield finding(
                    asked,
                    numbered,
                    target="code",
                    variant="several" if len(missing) > 1 else "",
                    value=numbered[1].code,
                    missing=", ".join(missing),
                )
            last = here


def code_repeated(table: Table, asked: Asked) -> Iterator[Problem]:
    """Two rows of one unit have the same code.

    A code typed as a number has lost its last zero (1.10 became 1.1): where the row above says
    so, the zero is proposed.
    """
    for level, group in _coded(table):
        seen: dict[str, Numbered] = {}
        above: _Place | None = None
        for numbered in group:
            code = tidy_code(numbered[1].code, level)
            first = seen.setdefault(code, numbered) if code else numbered
            if first is not numbered:
                zero = above is not None and above.text(above.number + 1) == code + "0"
                yield finding(
                    asked,
                    numbered,
                    target="code",
                    variant="zero" if zero else "",
                    value=numbered[1].code,
                    proposal=code + "0" if zero else None,
                    first=first[1].text,
                )
                code = code + "0" if zero else code
            above = _place(code)


def code_under_wrong_parent(table: Table, asked: Asked) -> Iterator[Problem]:
    """A code's numbers do not begin with those of the row above: AO 1.2.1 under AE 2.2 (S2-06).

    Where the form asks for `objective-mismatch`, what stands under an objective is left to it.
    """
    apart = any(use.name == "objective-mismatch" for use in table.form.checks)
    taken = {_path(row.code) for _, row in table.rows}
    for numbered, above in _astray(table):
        if apart and above.kind == _OBJECTIVE:
            continue
        proposal = _as_part_of(numbered[1], above)
        free = proposal if _path(proposal) not in taken else None
        yield finding(
            asked,
            numbered,
            target="code",
            value=numbered[1].code,
            proposal=free or None,
            above=above.code.rstrip("."),
        )


def objective_mismatch(table: Table, asked: Asked) -> Iterator[Problem]:
    """An action is printed under another objective than its code says: AE.2.1 under OE.1."""
    objectives = {
        _path(row.code)[:1]: row.code
        for _, row in table.whole.rows
        if row.kind == _OBJECTIVE and _is_own(row, table.form)
    }
    for numbered, above in _astray(table):
        if above.kind == _OBJECTIVE:
            own = objectives.get(_path(numbered[1].code)[:1], "")
            yield finding(
                asked,
                numbered,
                target="code",
                variant="" if own else "unknown",
                value=numbered[1].code,
                above=above.code.rstrip("."),
                own=own.rstrip("."),
            )


def _is_own(row: Row, form: Form) -> bool:
    """Tell whether a row's code has its level's own shape: not an objective of another plan."""
    level = _level(form, row.kind)
    return level is not None and re.fullmatch(level.code or ".*", row.code) is not None


def _astray(table: Table) -> Iterator[tuple[Numbered, Row]]:
    """Give the rows whose code does not go on from that of the row above them.

    A code with no more numbers than the one above (AO AI 1 under OE.4) goes on from none.
    """
    for numbered in table.rows:
        row = numbered[1]
        above = table.whole.rows[row.parent][1] if row.parent is not None else None
        if above is None or not row.code or not above.code:
            continue
        ours, theirs = _path(row.code), _path(above.code)
        if theirs and len(ours) > len(theirs) and ours[: len(theirs)] != theirs:
            yield numbered, above


def _path(code: str) -> tuple[str, ...]:
    return tuple(_NUMBERS.findall(code))


def _as_part_of(row: Row, above: Row) -> str:
    """Write a row's code as if it went on from that of the row above it."""
    ours, theirs = _path(row.code), _path(above.code)
    wanted = iter((*theirs, *ours[len(theirs) :]))
    return _NUMBERS.sub(lambda _: next(wanted), row.code)
