"""The language of whole documents: reads `forms/<institution>/<document>.toml` of that kind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from quipu.forms.definition import BoxLine, Heading, NumberStyle, Signature
from quipu.forms.language_build import states_of
from quipu.forms.language_keys import BOX_LINE, PAGE, PERIOD_KINDS, SIGNATURE, Key
from quipu.forms.language_values import Fault, Table, table_faults
from quipu.forms.language_whole import state_faults
from quipu.forms.template import Section, SectionKind, SectionPart, Template

COVER_PLACES = frozenset(
    {"institution", "year", "years", "date", "version", "document_code", "period"}
)
LINE_PLACES = COVER_PLACES | {"state"}
DEEPEST = 2
OF_A_PERIOD = frozenset({"progress", "evaluation", "sums", "programmes", "recommendations"})
"""Kinds of sections that only a document of a period can have."""

_IS_DOCUMENT = re.compile(r"""^kind\s*=\s*(["'])document\1\s*(#.*)?$""", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^\s*\[", re.MULTILINE)

PART = (
    Key("key", "text", required=True),
    Key("title", "title-pattern", required=True, places=COVER_PLACES),
    Key("headings", "texts"),
)

SECTION = (
    Key("key", "text", required=True),
    Key("kind", "choice", required=True, choices=get_args(SectionKind)),
    Key("title", "title-pattern", places=COVER_PLACES),
    Key("headings", "texts"),
    Key("level", "whole"),
    Key("new_page", "yes-no"),
    Key("lines", "texts", places=LINE_PLACES),
    Key("forms", "texts"),
    Key("rows", "text"),
    Key("marked", "yes-no"),
    Key("depth", "whole"),
    Key("field", "field"),
    Key("part", "tables", keys=PART),
    Key("shows", "texts"),
)

DOCUMENT_HEADING = (
    Key("lines", "texts", places=LINE_PLACES),
    Key("state", "states"),
    Key("capitals", "yes-no"),
    Key("box", "tables", keys=BOX_LINE),
)

DOCUMENT = (
    Key("kind", "choice", required=True, choices=("document",)),
    Key("version", "text", required=True),
    Key("title", "translated", required=True),
    Key("institution", "text", required=True),
    Key("family", "text", required=True),
    Key("language", "choice", choices=("es", "en")),
    Key("numbers", "choice", choices=get_args(NumberStyle)),
    Key("periods", "texts"),
    Key("heading", "table", keys=DOCUMENT_HEADING),
    Key("page", "table", keys=PAGE),
    Key("section", "tables", required=True, keys=SECTION),
    Key("signature", "tables", keys=SIGNATURE),
)
"""All keys of a document file, from its top."""


def is_document(text: str) -> bool:
    """Tell whether the text of a TOML file declares a document rather than a form."""
    first = _FIRST_TABLE.search(text)
    return _IS_DOCUMENT.search(text[: first.start()] if first else text) is not None


def template_faults(content: Table, folder: Path) -> Iterator[Fault]:
    """Give every mistake of a document's content; `folder` is where its forms should be."""
    faults = list(table_faults(content, DOCUMENT, ()))
    yield from faults
    if not faults:
        yield from _whole_faults(dict(content), folder)


def _whole_faults(known: dict[str, Any], folder: Path) -> Iterator[Fault]:
    heading = known.get("heading", {})
    lines = [line for section in known["section"] for line in section.get("lines", ())]
    yield from state_faults(heading, [*heading.get("lines", ()), *lines])
    for at, kind in enumerate(known.get("periods", ())):
        if kind not in PERIOD_KINDS:
            choices = ", ".join(PERIOD_KINDS)
            yield Fault(("periods", at), "not-a-choice", {"word": kind, "choices": choices})
    seen: set[str] = set()
    names = {path.stem for path in folder.glob("*.toml")}
    for at, section in enumerate(known["section"]):
        if section["key"] in seen:
            yield Fault(("section", at, "key"), "repeated-section", {"word": section["key"]})
        seen.add(section["key"])
        yield from _section_faults(section, at)
        if section["kind"] in OF_A_PERIOD and not known.get("periods"):
            yield Fault(("section", at, "kind"), "section-without-period")
        for place, name in enumerate(section.get("forms", ())):
            # A workspace may have a document of its own over the program's forms.
            if len(names) > 1 and name not in names:
                yield Fault(("section", at, "forms", place), "unknown-form", {"word": name})


def _section_faults(section: dict[str, Any], at: int) -> Iterator[Fault]:
    kind = section["kind"]
    if kind in ("tables", "progress") and not section.get("forms"):
        yield Fault(("section", at, "forms"), "missing-key")
    if kind == "evaluation" and not section.get("shows"):
        yield Fault(("section", at, "shows"), "missing-key")
    if kind == "swot" and len(section.get("part", ())) != 4:
        yield Fault(("section", at, "part"), "swot-parts", {"n": len(section.get("part", ()))})
    if section.get("rows") and len(section.get("forms", ())) != 1:
        yield Fault(("section", at, "rows"), "rows-of-one-form")
    for key in ("level", "depth"):
        if not 1 <= section.get(key, 1) <= DEEPEST:
            yield Fault(("section", at, key), "not-a-choice", {"word": "", "choices": "1, 2"})


def build_template(content: Table, *, name: str, digest: str) -> Template:
    """Make the document that a file without mistakes declares; `name` becomes its id."""
    known: dict[str, Any] = dict(content)
    heading = known.get("heading", {})
    default = Template("", "", "", {}, "", "", ())
    return Template(
        id=name,
        version=known["version"],
        digest=digest,
        title=dict(known["title"]),
        institution=known["institution"],
        family=known["family"],
        sections=tuple(_section(entry) for entry in known["section"]),
        language=known.get("language", "es"),
        numbers=known.get("numbers", default.numbers),
        periods=tuple(known.get("periods", ())),
        heading=Heading(
            lines=tuple(heading.get("lines", ())),
            box=tuple(BoxLine(**line) for line in heading.get("box", ())),
            capitals=heading.get("capitals", False),
            state=states_of(heading),
        ),
        page=replace(default.page, **known.get("page", {})),
        signatures=tuple(Signature(**entry) for entry in known.get("signature", ())),
    )


def _section(entry: dict[str, Any]) -> Section:
    texts = {key: tuple(entry.get(key, ())) for key in ("headings", "lines", "forms", "shows")}
    parts = tuple(
        SectionPart(part["key"], part["title"], tuple(part.get("headings", ())))
        for part in entry.get("part", ())
    )
    rest = {key: value for key, value in entry.items() if key != "part"}
    return Section(**{**rest, **texts, "parts": parts})
