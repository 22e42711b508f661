"""A whole document: cover, contents, sections of text, tables with their dividers, signatures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.value import PUBLISHED
from quipu.forms.definition import Form, Page
from quipu.forms.document import (
    Block,
    Contents,
    Document,
    PageBreak,
    Run,
    Sheet,
    Signatures,
    Text,
)
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.draw_sections import item_lines, swot_sheet
from quipu.forms.draw_words import Paper, fill_title, period_words, printed_date, printed_state
from quipu.forms.recognise_words import plain_words
from quipu.forms.section_text import paragraphs
from quipu.forms.template import Section, Template, section_id


@dataclass(frozen=True)
class Book:
    """What the drawing of a document looks at.

    `sheets` are the tables of sections that no form draws (review, coverage), by kind.
    """

    template: Template
    forms: Mapping[str, Form]
    facts: Facts
    request: DrawRequest
    paper: Paper
    sheets: Mapping[str, Sequence[Sheet]]

    def plan_text(self, field: str) -> str:
        """Give a text of the plan as this view prints it."""
        return self.fact(self.request.plan, field, printed_date)

    def fact(self, item: str, field: str, shape: Callable[[str], str] = str) -> str:
        """Give a text of an item: as published in that view, else its working value."""
        published = self.facts.text(item, field + PUBLISHED)
        if self.request.view == "published" and published:
            return published
        return shape(self.facts.text(item, field))

    def section_item(self, key: str) -> str:
        """Give the item of a section's texts, in a document of a period those of that period."""
        return section_id(self.request.plan, key, self.request.period)

    def table_request(self, section: Section) -> DrawRequest:
        """Give what a section's tables show: the whole plan, or how far it is in the period."""
        if section.kind == "progress":
            return replace(self.request, view="progress")
        return replace(self.request, units=(), period="")

    @property
    def places(self) -> dict[str, str]:
        """What the places in titles and lines stand for."""
        plan, facts = self.request.plan, self.facts
        name = facts.text(facts.text(plan, "institution"), "name") or self.template.institution
        year = facts.number(plan, "year")
        own = [form.years for form in self.forms.values()
               if form.id.rpartition("/")[0] == self.template.folder and form.years]  # fmt: skip
        span = f"{own[0][0]}-{own[0][1]}" if own else ""
        period = self.request.period
        return {
            "period": period_words(period, self.paper) if period else "",
            "institution": name.upper() if self.template.heading.capitals else name,
            "year": str(int(year)) if year is not None else "",
            "years": span or (str(int(year)) if year is not None else ""),
            "state": printed_state(self.template.heading, facts, plan, self.request.view),
            **{field: self.plan_text(field) for field in ("date", "version", "document_code")},
        }


def draw_document(
    template: Template,
    forms: Mapping[str, Form],
    facts: Facts,
    request: DrawRequest,
    paper: Paper,
    *,
    sheets: Mapping[str, Sequence[Sheet]] | None = None,
) -> Document:
    """Draw a plan's whole document through its template.

    Texts stand on the template's page, tables on those of their forms. Raises
    `InputError("plan-unknown")`, and `InputError("form-unknown")` for tables of a form that is
    not there.
    """
    if request.plan not in facts:
        raise InputError("plan-unknown", plan=request.plan)
    book = Book(template, forms, facts, request, paper, sheets or {})
    places = book.places
    return Document(
        title=facts.text(request.plan, "title") or template.title.get(template.language, ""),
        language=template.language,
        numbers=template.numbers,
        page=template.page,
        lines=tuple(filter(None, (fill_title(one, **places) for one in template.heading.lines))),
        box=tuple((line.label, book.plan_text(line.field)) for line in template.heading.box),
        blocks=tuple(_without_empty_pages(_blocks(book), template.page)),
        page_words=paper("page-of", page="{page}", pages="{pages}"),
        footer=paper(
            f"footer-{'progress' if request.period else request.view}",
            title=facts.text(request.plan, "title") or template.title.get(template.language, ""),
            period=places["period"],
        ),
    )


def _blocks(book: Book) -> Iterator[Block]:
    for section in book.template.sections:
        match section.kind:
            case "cover":
                yield from _cover(section, book)
            case "signatures":
                yield signatures(book)
            case "contents":
                yield PageBreak(book.template.page)
                yield Contents(_title(section, book), section.depth)
                yield PageBreak(book.template.page)
            case "tables" | "progress":
                yield from _tables(section, book)
            case "review" | "coverage":
                yield from _supplied(section, book)
            case "evaluation" | "sums" | "programmes" | "recommendations" | "budget" | "changes":
                yield from _evaluated(section, book)
            case _:
                yield from _text_section(section, book)


def _title(section: Section, book: Book) -> str:
    written = book.fact(book.section_item(section.key), "title")
    return written or fill_title(section.title, **book.places)


def _cover(section: Section, book: Book) -> Iterator[Block]:
    own = book.fact(book.section_item(section.key), "text").splitlines()
    lines = [fill_title(line, **book.places) for line in own or section.lines]
    title = plain_words(fill_title(section.title, **book.places))
    for line in filter(None, lines):
        yield Text(line, "cover" if plain_words(line) == title else "cover-line")
    if book.template.signatures:
        yield signatures(book)


def signatures(book: Book) -> Signatures:
    """Give the block of signatures with the names that the plan knows."""
    entries = [
        (one.label, tuple(book.plan_text(one.field).splitlines()))
        for one in book.template.signatures
    ]
    return Signatures(tuple(entries))


def _head(section: Section, book: Book) -> Iterator[Block]:
    title = _title(section, book)
    if title:
        yield Text(title, "section" if section.level == 1 else "heading")


def _text_section(section: Section, book: Book) -> Iterator[Block]:
    item = book.section_item(section.key)
    text = book.fact(item, "text")
    listed = item_lines(section, book.template, book.facts, book.request.plan) if not text else ""
    below: list[Block] = list(text_blocks(text or listed, section, item if text else ""))
    if section.kind == "swot":
        below += swot_sheet(section, book.request.plan, book.fact, book.places)
    if not below and not _title(section, book):
        return
    yield PageBreak(book.template.page) if section.new_page else _Same(book.template.page)
    yield from _head(section, book)
    yield from below


def text_blocks(text: str, section: Section, item: str) -> Iterator[Text]:
    """Give the paragraphs of a section's text; `item` is where it is kept, "" for nowhere."""
    address = Address(item, "text") if item else None
    for paragraph in paragraphs(text, names=section.kind == "values"):
        runs = paragraph.runs
        marker = paragraph.marker or ("•" if section.kind == "list" and not _lone(text) else "")
        if marker and not paragraph.marker and _is_prose(paragraph.text):
            marker = ""
        if marker:
            runs = (Run(f"{marker} "), *runs)
        words = "".join(run.text for run in runs)
        yield Text(words, "paragraph", runs, marker, address)


def _lone(text: str) -> bool:
    return len(list(paragraphs(text))) == 1


def _is_prose(text: str) -> bool:
    return text.endswith((".", ":"))


def _tables(section: Section, book: Book) -> Iterator[Block]:
    names = book.template.form_ids(section)
    missing = [name for name in names if name not in book.forms]
    if missing:
        raise InputError("form-unknown", form=missing[0], known=", ".join(sorted(book.forms)))
    forms = [book.forms[name] for name in names]
    drawn = draw(forms, book.facts, book.table_request(section), book.paper)
    blocks = [block for block in drawn.blocks if not isinstance(block, Signatures)]
    while blocks and isinstance(blocks[-1], PageBreak):
        blocks.pop()
    item = book.section_item(section.key)
    intro = list(text_blocks(book.fact(item, "text"), section, item))
    if intro:
        yield PageBreak(book.template.page) if section.new_page else _Same(book.template.page)
        yield from _head(section, book)
        yield from intro
        yield PageBreak(drawn.page)
    elif blocks:
        yield PageBreak(drawn.page)
        yield from _head(section, book)
    else:
        yield _Same(book.template.page)
        yield from _head(section, book)
    title = plain_words(_title(section, book))
    for block in blocks:
        if isinstance(block, Sheet) and plain_words(block.title) == title:
            yield replace(block, title="")
        else:
            yield block


def _supplied(section: Section, book: Book) -> Iterator[Block]:
    page = replace(book.template.page, landscape=True, margin=12.0, font_size=7.0)
    yield PageBreak(page)
    yield from _head(section, book)
    item = book.section_item(section.key)
    yield from text_blocks(book.fact(item, "text"), section, item)
    sheets = book.sheets.get(section.kind, ())
    yield from sheets
    if not sheets:
        yield Text(book.paper(f"{section.kind}-none"))


def _evaluated(section: Section, book: Book) -> Iterator[Block]:
    sheets = book.sheets.get(section.key, ())
    yield PageBreak(book.template.page) if section.new_page else _Same(book.template.page)
    yield from _head(section, book)
    item = book.section_item(section.key)
    yield from text_blocks(book.fact(item, "text"), section, item)
    yield from sheets
    if not sheets:
        yield Text(book.paper(f"{section.kind}-none"))


class _Same(PageBreak):
    """Begins a page only where the paper differs from that of the block before."""

    __slots__ = ()


def _without_empty_pages(blocks: Iterator[Block], page: Page) -> Iterator[Block]:
    """Leave out the breaks that would change nothing: those of the same paper."""
    for block in blocks:
        if isinstance(block, _Same):
            if block.page is not None and block.page != page:
                page = block.page
                yield PageBreak(page)
            continue
        if isinstance(block, PageBreak) and block.page is not None:
            page = block.page
        yield block
