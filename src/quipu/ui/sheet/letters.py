"""Texts broken into lines as they stand in a cell, kept because the same ones are drawn again."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from quipu.forms.document import Run
from quipu.ui import look

PAD = 4
"""Pixels between a cell's line and its text."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A text in lines: the layout, its height in pixels, and whether lines were left out."""

    layout: QTextLayout
    height: float
    cut: bool


@lru_cache(maxsize=64)
def metrics(bold: bool, zoom: float) -> QFontMetricsF:
    """Give the measures of the letters of a sheet."""
    return QFontMetricsF(look.grid_font(bold=bold, zoom=zoom))


@lru_cache(maxsize=6000)
def broken(
    text: str,
    runs: tuple[Run, ...],
    width: int,
    align: Qt.AlignmentFlag,
    bold: bool,
    zoom: float,
    lines: int,
) -> Broken:
    """Break a text into at most `lines` lines of `width` pixels (0: as many as it takes)."""
    font = look.grid_font(bold=bold, zoom=zoom)
    layout = _layout(text, runs, font, align)
    height, kept, cut = _break(layout, max(width, 8), lines)
    if cut:
        text = _shortened(text, kept, QFontMetricsF(font), max(width, 8))
        layout = _layout(text, (), font, align)
        height, _, _ = _break(layout, max(width, 8), lines)
    return Broken(layout, height, cut)


def _layout(text: str, runs: tuple[Run, ...], font: QFont, align: Qt.AlignmentFlag) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    if runs:
        layout.setFormats(_formats(runs))
    return layout


def _formats(runs: tuple[Run, ...]) -> list[QTextLayout.FormatRange]:
    ranges, start = [], 0
    for run in runs:
        style = QTextCharFormat()
        style.setFontUnderline(run.underline)
        style.setFontItalic(run.italic)
        if run.bold:
            style.setFontWeight(QFont.Weight.Bold)
        if run.superscript:
            style.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, len(run.text), style
        ranges.append(part)
        start += len(run.text)
    return ranges


def _break(layout: QTextLayout, width: int, lines: int) -> tuple[float, tuple[int, int], bool]:
    """Lay out lines; give the height, where the last line starts and ends, and if text is left."""
    layout.beginLayout()
    height, count, last = 0.0, 0, (0, 0)
    while lines == 0 or count < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
        last = (line.textStart(), line.textStart() + line.textLength())
        count += 1
    layout.endLayout()
    return height, last, bool(lines) and last[1] < len(layout.text())


def _shortened(text: str, last: tuple[int, int], measures: QFontMetricsF, width: int) -> str:
    line = " ".join(text[last[0] :].split())
    return text[: last[0]] + measures.elidedText(line, Qt.TextElideMode.ElideRight, width)


def draw(painter: QPainter, broken_text: Broken, rect: QRectF, ink: QColor) -> None:
    """Draw a broken text in a rectangle, in the middle of its height, cut at its borders."""
    painter.setPen(ink)
    top = rect.top() + max(0.0, (rect.height() - broken_text.height) / 2)
    broken_text.layout.draw(painter, QPointF(rect.left(), top))
