"""Whether a printed page still says what the plan says, and which rows changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from quipu import settings
from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.operations.finding import unit_name
from quipu.operations.house import House
from quipu.operations.printing import document

if TYPE_CHECKING:
    from quipu.files.pdf_checks import PageCheck

PageState = Literal["same", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class PageVerified:
    """A printed page against the plan of now: `gone` where the document has fewer pages."""

    number: int
    code: str
    state: PageState


@dataclass(frozen=True, slots=True)
class PaperVerified:
    """A printed document against the plan of now, and what changed, as problems."""

    form: str
    pages: tuple[PageVerified, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether every page still says what the plan says."""
        return all(page.state == "same" for page in self.pages)


def verify_paper(house: House, *, file: Path) -> PaperVerified:
    """Compare a PDF that Quipu printed with the facts of now, page by page.

    The document is drawn again as it was asked for. A page whose code differs has changed; rows
    that were changed, deleted or added are named. A page may differ without a changed row: in its
    head, its texts, or because rows moved to it. Raises `InputError` `pdf-without-checks`, and
    those of printing where its form, plan or units are no longer there.
    """
    from quipu.files.pdf import checks_of
    from quipu.files.pdf_checks import read_checks

    printed = read_checks(file)
    asked = printed.origin
    drawn = document(
        house,
        form=asked.get("form", ""),
        units=asked.get("units", "").split(),
        period=asked.get("period", ""),
        as_published=asked.get("view") == "published",
        plan=asked.get("plan", ""),
    )
    now = checks_of(drawn, fonts=settings.fonts_dir())
    codes = [page.code for page in now.pages]
    pages = tuple(
        PageVerified(page.number, page.code, _state(page.number, page.code, codes))
        for page in printed.pages
    )
    problems = [
        *(_page_problem(page) for page in pages if page.state != "same"),
        *_row_problems(house.facts(), _rows(printed.pages), _rows(now.pages)),
    ]
    return PaperVerified(asked.get("form", ""), pages, tuple(problems))


def verify_page(
    house: House,
    *,
    code: str,
    form: str,
    unit: str = "",
    period: str = "",
    as_published: bool = False,
) -> PaperVerified:
    """Look for a page of a code in a document drawn from the facts of now.

    The document must be asked for as it was printed. The page is `same` where one has the code,
    else `changed`. Raises as printing does.
    """
    from quipu.files.pdf import checks_of
    from quipu.files.pdf_checks import same_code

    drawn = document(house, form=form, unit=unit, period=period, as_published=as_published)
    now = checks_of(drawn, fonts=settings.fonts_dir())
    found = next((page for page in now.pages if same_code(page.code, code)), None)
    if found is not None:
        return PaperVerified(form, (PageVerified(found.number, found.code, "same"),), ())
    typed = code.strip().upper()
    problem = Problem(
        "page-changed", "warning", "", variant="unknown", params={"code": typed, "form": form}
    )
    return PaperVerified(form, (PageVerified(0, typed, "changed"),), (problem,))


def _state(number: int, code: str, codes: Sequence[str]) -> PageState:
    if number > len(codes):
        return "gone"
    return "same" if codes[number - 1] == code else "changed"


def _rows(pages: Sequence[PageCheck]) -> dict[str, str]:
    return {item: rest for page in pages for item, rest in page.rows.items()}


def _row_problems(
    facts: Facts, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Problem]:
    """Name the rows that went, changed and came, in the order of the document."""
    for item, rest in before.items():
        if item not in after:
            yield _row_problem(facts, "row-gone", item)
        elif after[item] != rest:
            yield _row_problem(facts, "row-changed", item)
    for item in after:
        if item not in before:
            yield _row_problem(facts, "row-new", item)


def _page_problem(page: PageVerified) -> Problem:
    from quipu.files.pdf_checks import shown

    params = {"page": page.number, "code": shown(page.code)}
    variant = "gone" if page.state == "gone" else ""
    return Problem("page-changed", "warning", "", params=params, variant=variant)


def _row_problem(facts: Facts, change: str, item: str) -> Problem:
    text = facts.text(item, "text")
    return Problem(
        "page-changed", "warning", facts.text(item, "where"), unit_name(facts, item),
        facts.text(item, "code"), item=item, variant=change, params={"text": text},
    )  # fmt: skip
