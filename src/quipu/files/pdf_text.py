"""Words on paper: the embedded fonts, and text broken into lines of a width."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from quipu.forms.document import Run

FAMILY = "LiberationSans"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = re.compile(f"([{_RAISED}]+)")
_LOWERED = str.maketrans(_RAISED, "0123456789")
LEADING = 1.18
"""Distance between two lines, as a multiple of the letter height."""

_FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}


def register_fonts(folder: Path) -> None:
    """Make the four faces of Liberation Sans known to reportlab, from a folder of TTF files."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for suffix, face in _FACES.items():
        if FAMILY + suffix not in known:
            path = folder / f"LiberationSans-{face}.ttf"
            pdfmetrics.registerFont(TTFont(FAMILY + suffix, str(path)))


def face(*, bold: bool = False, italic: bool = False) -> str:
    """Give the name of a registered face."""
    style = ("Bold" if bold else "") + ("Italic" if italic else "")
    return f"{FAMILY}-{style}" if style else FAMILY


@lru_cache(maxsize=200_000)
def width_of(text: str, font: str, size: float) -> float:
    """Give the width of a text in points; words recur so much that their widths are kept."""
    return float(pdfmetrics.stringWidth(text, font, size))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in one face, at `x` points from the line's start."""

    text: str
    font: str
    size: float
    x: float
    rise: float
    underline: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of wrapped text and its width in points."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    run: Run
    breaks: bool  # a line break in the text stands before it
    glued: bool  # no space between it and the word before


def wrap(runs: Sequence[Run], width: float, size: float) -> list[Line]:
    """Break styled text into lines of at most `width` points; a longer word is cut.

    Line breaks in the text are kept. The result has at least one line.
    """
    lines: list[Line] = []
    pieces: list[Piece] = []
    x = 0.0
    for word in _words(runs, width, size):
        font, own, rise = _look(word.run, size)
        gap = 0.0 if word.glued or not pieces else width_of(" ", font, own)
        length = width_of(word.text, font, own)
        if word.breaks or (pieces and x + gap + length > width + 0.01):
            lines.append(Line(tuple(pieces), x))
            pieces, x, gap = [], 0.0, 0.0
        if word.text:
            text = f" {word.text}" if gap and word.run.underline else word.text
            start = x if text is not word.text else x + gap
            pieces.append(Piece(text, font, own, start, rise, word.run.underline))
            x += gap + length
    lines.append(Line(tuple(pieces), x))
    return lines


def _look(run: Run, size: float) -> tuple[str, float, float]:
    own = size * 0.68 if run.superscript else size
    return face(bold=run.bold, italic=run.italic), own, size * 0.32 if run.superscript else 0.0


def _raised(runs: Sequence[Run]) -> Iterator[Run]:
    """Give runs with raised digits (`⁴`) as raised runs of ordinary ones, which all look alike."""
    for run in runs:
        for part in _DIGITS.split(run.text):
            if part and part[0] in _RAISED:
                yield replace(run, text=part.translate(_LOWERED), superscript=True)
            elif part:
                yield replace(run, text=part)


def _words(runs: Sequence[Run], width: float, size: float) -> Iterator[_Word]:
    glued = True
    for run in _raised(runs):
        font, own, _ = _look(run, size)
        for index, paragraph in enumerate(run.text.split("\n")):
            words = paragraph.split()
            if index:
                yield _Word("", run, breaks=True, glued=True)
                glued = True
            if paragraph[:1].isspace():
                glued = False
            for word in words:
                for part in _cut(word, font, own, width):
                    yield _Word(part, run, breaks=False, glued=glued)
                    glued = True
                glued = False
            if words and not paragraph[-1].isspace():
                glued = True


def _cut(word: str, font: str, size: float, width: float) -> Iterator[str]:
    while len(word) > 1 and width_of(word, font, size) > width:
        keep = len(word) - 1
        while keep > 1 and width_of(word[:keep], font, size) > width:
            keep -= 1
        yield word[:keep]
        word = word[keep:]
    yield word


def draw_line(canvas: Canvas, line: Line, x: float, baseline: float) -> None:
    """Write one line with its start at `x` and its baseline at `baseline`, in points."""
    for piece in line.pieces:
        canvas.setFont(piece.font, piece.size)
        canvas.drawString(x + piece.x, baseline + piece.rise, piece.text)
        if piece.underline:
            end = x + piece.x + width_of(piece.text, piece.font, piece.size)
            canvas.setLineWidth(0.5)
            canvas.line(x + piece.x, baseline - 1.2, end, baseline - 1.2)
