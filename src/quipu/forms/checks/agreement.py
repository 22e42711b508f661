"""What another plan of the institution says of the same things: the multi-year plan (S4-10)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.info import Asked, Numbered, Table, finding
from quipu.forms.recognise_words import plain_words, stems

PARAMS = frozenset({"form", "level"})
_ALIKE = 0.6
_RELATED = 0.2
_LEVEL = "objective"


def objectives_agree(table: Table, asked: Asked) -> Iterator[Problem]:
    """An objective is none of the multi-year plan's, and one of those is nobody's (S4-10).

    They are compared by their words; of one that does not agree the most similar is proposed, or
    the one of the same code. Without the other plan nothing is said.
    """
    theirs = [row for row in table.whole.others if row.form == wanted_form(table, asked)]
    if not theirs:
        return
    level = asked.params.get("level", _LEVEL)
    ours = [entry for entry in table.rows if entry[1].kind == level and entry[1].text.strip()]
    known = {plain_words(row.text) for row in theirs}
    for entry in ours:
        if plain_words(entry[1].text) not in known:
            yield _differs(asked, entry, theirs)
    yield from _left_out(asked, table, theirs)


def wanted_form(table: Table, asked: Asked) -> str:
    """Give the id of the form whose rows a check compares with, in the table's own folder."""
    return f"{table.form.id.rpartition('/')[0]}/{asked.params.get('form', '')}"


def _differs(asked: Asked, entry: Numbered, theirs: Sequence[Row]) -> Problem:
    row = entry[1]
    near = _meant(row, theirs)
    variant = "unknown" if near is None else ""
    if near is not None and nearest(row.text, theirs) is None:
        variant = "code"
    return finding(
        asked,
        entry,
        target="text",
        variant=variant,
        value=row.text,
        proposal=near.text if near is not None else None,
        other=near.text if near is not None else "",
        other_code=near.code if near is not None else "",
    )


def _meant(row: Row, theirs: Sequence[Row]) -> Row | None:
    """Give the objective that a row means: the one most like it, else the one of its code."""
    near = nearest(row.text, theirs)
    return near or next((one for one in theirs if _same_code(row, one)), None)


def _same_code(row: Row, other: Row) -> bool:
    """Tell whether two rows have one code, and not only the number of two different lists."""
    code = plain_words(row.code)
    same = bool(code) and plain_words(other.code) == code
    return same and likeness(row.text, other.text) >= _RELATED


def nearest(text: str, rows: Sequence[Row]) -> Row | None:
    """Give the row whose text is most like another, `None` where none is like it."""
    scored = [(likeness(text, row.text), -at) for at, row in enumerate(rows)]
    score, place = max(scored, default=(0.0, 0))
    return rows[-place] if score >= _ALIKE else None


def likeness(one: str, other: str) -> float:
    """Tell how like two texts are, from 0 to 1: by their words, and by their letters in order."""
    ours, theirs = stems(one), stems(other)
    shared = len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0
    if shared < _ALIKE / 2:
        return shared
    letters = SequenceMatcher(None, plain_words(one), plain_words(other), autojunk=False).ratio()
    return max(shared, letters)


def _left_out(asked: Asked, table: Table, theirs: Sequence[Row]) -> Iterator[Problem]:
    """Say once of a plan which objectives of its year no table of it takes up."""
    level = asked.params.get("level", _LEVEL)
    whole = [entry for entry in table.whole.rows if entry[1].kind == level and entry[1].text]
    # Said with the first objective of the plan, by the table that has it.
    if not whole or whole[0] not in table.rows:
        return
    met = {plain_words(row.text) for _, row in whole}
    met |= {plain_words(near.text) for _, row in whole if (near := _meant(row, theirs))}
    year = table.whole.year
    absent = [
        row
        for row in theirs
        if plain_words(row.text) not in met and (not row.targets or not year or year in row.targets)
    ]
    if absent:
        said = "; ".join(f"{row.code} {row.text}".strip() for row in absent)
        made = finding(asked, whole[0], variant="absent", count=len(absent), absent=said)
        yield replace(made, severity="info")
