"""What a whole document declares: the sections of a plan's book, in order, around its tables.

These values are made from `forms/<institution>/<document>.toml` with `kind = "document"` by
`quipu.forms.template_language`; the keys are described in `forms/README.md`.
"""

from dataclasses import dataclass
from typing import Literal

from quipu.domain.identity import derive_id
from quipu.domain.period import PeriodKind
from quipu.forms.definition import Heading, NumberStyle, Page, Signature, Translated

SectionKind = Literal[
    "cover",
    "signatures",
    "contents",
    "text",
    "list",
    "values",
    "swot",
    "tables",
    "review",
    "coverage",
    "progress",
    "evaluation",
    "sums",
    "programmes",
    "recommendations",
    "budget",
    "changes",
]


_HEADING = Heading()
_PAGE = Page(landscape=False, margin=20.0, font_size=9.0)


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One list of a section of four (FODA): its key, its title, and other words for it."""

    key: str
    title: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document.

    `key` names its text in the data and never changes; `title` is what is printed over it, "" for
    nothing, and `headings` are other words for it that readers meet. `level` 2 is a section within
    the one before. `lines` are those of a cover. `forms` are the tables of `tables`, and with
    `rows` the form whose rows of that level a list shows while nobody wrote its text; `marked`
    keeps those that are marked in the plan's year. `depth` says how deep contents go. `parts` are
    the lists of a `swot`, strengths first. `field` is the plan's number that the text tells (the
    year's budget). `new_page` begins a page. `shows` are the groups that an evaluation sets side by
    side: `unit`, `area`, `office`, or levels of the plan.
    """

    key: str
    kind: SectionKind
    title: str = ""
    headings: tuple[str, ...] = ()
    level: int = 1
    new_page: bool = False
    lines: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    rows: str = ""
    marked: bool = False
    depth: int = 2
    field: str = ""
    parts: tuple[SectionPart, ...] = ()
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A document of an institution: its sections, its page, its heading and its signatures.

    `id` is `<institution folder>/<file>`. Plans of `family` are printed with it. `page` is that
    of the texts; tables stand on the pages of their own forms. One with `periods` is of a period
    of such a kind (an evaluation), and its texts are those of that period.
    """

    id: str
    version: str
    digest: str
    title: Translated
    institution: str
    family: str
    sections: tuple[Section, ...]
    language: str = "es"
    heading: Heading = _HEADING
    page: Page = _PAGE
    signatures: tuple[Signature, ...] = ()
    periods: tuple[PeriodKind, ...] = ()
    numbers: NumberStyle = "1,234.5"

    @property
    def folder(self) -> str:
        """The institution's folder, in which the forms of its tables are too."""
        return self.id.rpartition("/")[0]

    def form_ids(self, section: Section) -> tuple[str, ...]:
        """Give the ids of the forms that a section names."""
        return tuple(f"{self.folder}/{name}" for name in section.forms)


def section_id(plan: str, key: str, period: str = "") -> str:
    """Give the item that keeps a section's title and text; `swot/strengths` is a part's key.

    Texts of an evaluation are those of its period, and each period has its own.
    """
    return derive_id("section", plan, f"{key}@{period}" if period else key)


def section_keys(section: Section) -> tuple[str, ...]:
    """Give the keys of a section's texts: its own, then those of its parts."""
    return (section.key, *(f"{section.key}/{part.key}" for part in section.parts))
