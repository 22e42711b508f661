"""The words of the root key on a page for an envelope in the safe."""

from collections.abc import Sequence
from pathlib import Path

from quipu import settings
from quipu.forms.definition import Page
from quipu.forms.document import Block, Cell, Document, Sheet, SheetColumn, SheetRow, Text
from quipu.operations.house import House
from quipu.words import Words

_ACROSS = 3
_PAGE = Page(landscape=False, margin=20.0, font_size=11.0)


def words_page(house: House, *, words: Sequence[str], language: str) -> Document:
    """Draw the page: what it is for, the words with their numbers, and how to use them."""
    said = Words.load(language)
    institution = house.facts({house.dataset}).text(house.dataset, "name")
    day = house.clock().astimezone().date().isoformat()
    blocks: tuple[Block, ...] = (
        Text(said.text("paper.words-title"), "title"),
        Text(said.text("paper.words-what", institution=institution)),
        _grid(words),
        Text(said.text("paper.words-keep")),
        Text(said.text("paper.words-use")),
        Text(said.text("paper.words-id", dataset=house.dataset), "note"),
    )
    return Document(
        title=said.text("paper.words-title"),
        language=language,
        numbers="1,234.5",
        page=_PAGE,
        lines=(institution,),
        box=((said.text("paper.words-day"), day),),
        blocks=blocks,
        page_words=said.text("paper.page-of", page="{page}", pages="{pages}"),
    )


def print_words(house: House, *, words: Sequence[str], language: str, file: Path) -> int:
    """Write the page as a PDF and give the number of its pages; raises `InputError`."""
    from quipu.files.pdf import write_pdf

    drawn = words_page(house, words=words, language=language)
    return write_pdf(drawn, file, fonts=settings.fonts_dir())


def _grid(words: Sequence[str]) -> Sheet:
    """Give the words in columns that are read downwards, each beside its number."""
    down = -(-len(words) // _ACROSS)
    rows = []
    for row in range(down):
        cells: list[Cell | None] = []
        for column in range(_ACROSS):
            place = column * down + row
            word = words[place] if place < len(words) else ""
            cells += [Cell(str(place + 1), "label", align="right"), Cell(word, align="left")]
        rows.append(SheetRow("row", tuple(cells)))
    columns = (SheetColumn(0.4, "right"), SheetColumn(2.0)) * _ACROSS
    return Sheet(name="24", title="", columns=columns, rows=tuple(rows), header_rows=0)
