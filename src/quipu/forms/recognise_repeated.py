"""Periods whose headings leave more to tell: letters for months, and months printed twice.

`E F M A M J J A S O N D` names months only as a whole; a plan with a target and a cost for each
month prints every month twice, and the words over them tell which is which.
"""

from collections.abc import Mapping, Sequence

from quipu.forms.definition import Column
from quipu.forms.recognise_words import stems

_INITIALS = ("efmamjjasond", "jfmamjjasond")
"""The months' first letters, in Spanish and in English."""
_YEAR = 12


def month_letter(text: str) -> str:
    """Give a heading that is the first letter of a month, in small, `""` for any other."""
    letter = text.strip(" .\t\n").casefold()
    return letter if len(letter) == 1 and letter in _INITIALS[0] + _INITIALS[1] else ""


def lettered_months(pieces: Mapping[int, Sequence[str]]) -> list[dict[int, int]]:
    """Give each run of columns headed by the months' first letters: the month by column."""
    letters = [(at, month_letter(texts[-1])) for at, texts in sorted(pieces.items())]
    letters = [(at, letter) for at, letter in letters if letter]
    runs: list[dict[int, int]] = []
    start = 0
    while start + _YEAR <= len(letters):
        part = letters[start : start + _YEAR]
        if "".join(letter for _, letter in part) in _INITIALS:
            runs.append({at: month for month, (at, _) in enumerate(part, 1)})
            start += _YEAR
        else:
            start += 1
    return runs


def words_over(pieces: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Give the words that stand over each column of a heading of several rows.

    Where a file has lost its merged cells, the words stand over their first column only: the
    columns after it, which have no words of their own, share them.
    """
    over: dict[int, str] = {}
    last = ""
    for at in sorted(pieces):
        own = [text for text in pieces[at][:-1] if text]
        last = own[-1] if own else last
        over[at] = last
    return over


def alike_periods(column: Column, periodic: Sequence[Column], over: str) -> list[Column]:
    """Give the columns with periods like a column's, those whose group the words name first."""
    same = [other for other in periodic if other.periods == column.periods]
    said = stems(over)
    return sorted(same, key=lambda other: -len(said & stems(other.group)))
