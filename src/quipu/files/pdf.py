"""A document on paper: PDF with embedded fonts, a head and a foot on every page, and bookmarks."""

from pathlib import Path
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from quipu.disk import replacing
from quipu.domain.errors import InputError
from quipu.files.pdf_checks import PaperChecks, packed, page_checks, shown
from quipu.files.pdf_layout import LaidPage, Layout, page_size
from quipu.files.pdf_text import FAMILY, face, register_fonts, width_of
from quipu.forms.document import Document

_HEAD_SIZE = 9.5
_BOX_SIZE = 7.5
_BOX_LINE = 12.0
_FOOT = 16.0
_FOOT_SIZE = 7.0


def write_pdf(document: Document, path: Path, *, fonts: Path) -> int:
    """Print a document to a PDF file and give the number of its pages.

    `fonts` is the folder with the Liberation Sans files. The same document gives the same bytes.
    Raises `InputError("cannot-write")` when the place cannot be written.
    """
    layout = _laid_out(document, fonts)
    try:
        with replacing(path) as file:
            _render(document, layout, file)
    except OSError as error:
        raise InputError("cannot-write", file=str(path), why=error.strerror or "") from error
    return len(layout.pages)


def checks_of(document: Document, *, fonts: Path) -> PaperChecks:
    """Give the checks that the pages of a document would have; it has an origin."""
    return page_checks(document, _laid_out(document, fonts).pages)


def _laid_out(document: Document, fonts: Path) -> Layout:
    register_fonts(fonts)
    layout = Layout(document, _head_height(document), _FOOT)
    layout.add_all()
    if not layout.pages[-1].drawings and len(layout.pages) > 1:
        layout.pages.pop()
    return layout


def _render(document: Document, layout: Layout, file: BinaryIO) -> None:
    canvas = Canvas(
        file,
        pagesize=page_size(document.page),
        invariant=1,
        initialFontName=FAMILY,  # type: ignore[arg-type]  # the stubs take it for a size
        pageCompression=1,
        lang=document.language,
    )
    canvas.setTitle(document.title)
    canvas.setSubject(" · ".join(document.lines))
    canvas.setCreator("Quipu")
    canvas.setAuthor(document.lines[0] if document.lines else "")
    checks = page_checks(document, layout.pages) if document.origin else None
    if checks is not None:
        canvas.setKeywords(packed(checks))
    level = -1
    for number, page in enumerate(layout.pages, start=1):
        for index, mark in enumerate(layout.marks):
            if mark.page == number:
                level = min(mark.level, level + 1)
                canvas.bookmarkPage(f"m{index}")
                canvas.addOutlineEntry(" ".join(mark.label.split()), f"m{index}", level)
        canvas.setPageSize((page.width, page.height))
        _draw_head(canvas, document, page)
        for drawing in page.drawings:
            drawing(canvas)
        words = document.page_words.format(page=number, pages=len(layout.pages))
        if checks is not None:
            words += f" · {shown(checks.pages[number - 1].code)}"
        _draw_foot(canvas, document, page, words)
        canvas.showPage()
    canvas.save()


def _head_height(document: Document) -> float:
    rows = max(len(document.lines) * _HEAD_SIZE * 1.35 + 6, len(document.box) * _BOX_LINE)
    return rows + 10 if document.lines or document.box else 0.0


def _box_widths(document: Document) -> tuple[float, float]:
    labels = [width_of(label, face(bold=True), _BOX_SIZE) for label, _ in document.box]
    texts = [width_of(text, FAMILY, _BOX_SIZE) for _, text in document.box]
    return max(labels, default=0.0) + 8, max([60.0, *texts]) + 8


def _draw_head(canvas: Canvas, document: Document, page: LaidPage) -> None:
    """Draw the controlled-document head: titles, and code, version and date at the right."""
    height = _head_height(document)
    if not height:
        return
    height -= 10
    top = page.height - page.margin
    left, right = page.margin, page.width - page.margin
    label_width, text_width = _box_widths(document) if document.box else (0.0, 0.0)
    box_left = right - label_width - text_width
    canvas.setLineWidth(0.6)
    canvas.rect(left, top - height, right - left, height)
    line = _HEAD_SIZE * 1.35
    y = top - (height - len(document.lines) * line) / 2
    for index, text in enumerate(document.lines):
        y -= line
        canvas.setFont(face(bold=index == 0), _HEAD_SIZE)
        canvas.drawCentredString((left + box_left) / 2, y + 3.5, text)
    step = height / max(1, len(document.box))
    for index, (label, text) in enumerate(document.box):
        y = top - (index + 1) * step
        canvas.rect(box_left, y, label_width, step)
        canvas.rect(box_left + label_width, y, text_width, step)
        baseline = y + (step - _BOX_SIZE) / 2 + 1.2
        canvas.setFont(face(bold=True), _BOX_SIZE)
        canvas.drawString(box_left + 4, baseline, label)
        canvas.setFont(FAMILY, _BOX_SIZE)
        canvas.drawString(box_left + label_width + 4, baseline, text)


def _draw_foot(canvas: Canvas, document: Document, page: LaidPage, words: str) -> None:
    y = page.margin
    canvas.setFont(FAMILY, _FOOT_SIZE)
    canvas.drawString(page.margin, y, document.footer)
    canvas.drawRightString(page.width - page.margin, y, words)
