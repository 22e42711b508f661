"""Marks that texts of tables carry: `<u>…</u>`, and remains of `<p>`, `<br>`, `<sup>`, `<b>`.

Readers give a cell's text without marks, for recognition and working values, and beside it the
text with `<u>…</u>`, which is kept as published (S0-06, S4-02); drawn, it becomes styled runs.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from quipu.forms.document import Cell, Run
from quipu.forms.raw import RawCell

_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_RAISED_LETTERS = {"o": "º", "a": "ª"}
_SUPERSCRIPT = re.compile(r"<sup\b[^<>]*>([^<>]*)</sup\s*>", re.IGNORECASE)
_UNDERLINE = re.compile(r"<(/?)u(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"\s*(?:</?(?:p|br|div|li)(?:\s[^<>]*)?/?>\s*)+", re.IGNORECASE)
_OTHER = re.compile(
    r"</?(?:b|i|em|strong|span|font|sub|sup|small|ul|ol|s|del|ins|o:p)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def raised(text: str) -> str:
    """Give a superscript in the letters that Unicode has for it, else as it is: `4` is `⁴`."""
    up = text.translate(_RAISED)
    if any(letter.isascii() and not letter.isspace() and letter != "," for letter in up):
        return _RAISED_LETTERS.get(text, text)
    return up


def tidied(text: str) -> str:
    """Give a text with no marks but `<u>…</u>`: paragraphs are lines, superscripts are digits."""
    if "<" not in text:
        return text
    text = _SUPERSCRIPT.sub(lambda found: raised(found[1]), text)
    broken = _BREAK.sub("\n", _OTHER.sub("", text))
    return broken.strip("\n") if broken != text else text


def bare(text: str) -> str:
    """Give a text without any marks."""
    return _UNDERLINE.sub("", tidied(text)) if "<" in text else text


def marked_cell(text: str) -> RawCell:
    """Give the cell of a text that may have marks.

    Its `rich` keeps the text as it came, `""` where nothing marks it.
    """
    if "<" not in text:
        return RawCell(text)
    plain = bare(text)
    return RawCell(plain, rich=text if plain != text and plain.strip() else "")


def runs(text: str) -> tuple[Run, ...]:
    """Give the runs of a text with marks, none for a text without underlined letters."""
    found = tuple(run for run in _runs(tidied(text)) if run.text)
    return found if any(run.underline for run in found) else ()


def _runs(text: str) -> Iterator[Run]:
    underlined = False
    at = 0
    for mark in _UNDERLINE.finditer(text):
        yield Run(text[at : mark.start()], underline=underlined)
        underlined, at = not mark[1], mark.end()
    yield Run(text[at:], underline=underlined)


def shown(cell: Cell) -> Cell:
    """Give a cell whose text has marks as it is drawn: its words, and its runs where styled."""
    if "<" not in cell.text:
        return cell
    return replace(cell, text=bare(cell.text), runs=runs(cell.text))
