"""The texts of the plan's document: listed for their page, and stored as they are typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject

from quipu.domain.facts import Facts
from quipu.forms.template import Template
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.sections import (
    SectionText,
    available_templates,
    sections,
    set_section_text,
)
from quipu.ui.pages.texts import TextsPage
from quipu.ui.stage import Stage

_WITHOUT_TEXT: Final = ("contents", "signatures", "review", "coverage")
"""What is drawn from the rest of the document, whatever a person writes."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the page shows: the document's id (`""` for none), its texts, and of which plan."""

    plan: str
    document: str = ""
    sections: tuple[SectionText, ...] = ()


class TextKeeping(QObject):
    """Keeps the page of texts true, and carries out what it wants."""

    def __init__(self, stage: Stage, page: TextsPage) -> None:
        super().__init__(stage.window)
        self._stage, self._words, self.page = stage, stage.words, page
        self._texts = Texts("")
        self._storing = 0
        page.written.connect(self._store)
        page.shown.connect(self.refresh)

    def refresh(self) -> None:
        """Look at the texts of the chosen plan again, while their page is in view."""
        if not self.page.isVisible():
            return
        seen = self._stage.seen()
        plan = seen.plan.item if seen is not None and seen.plan is not None else ""
        self._stage.desk.read(lambda house, _: take(house, plan), self._show, key="texts")

    def _show(self, texts: Texts) -> None:
        if self._storing:
            # It was read before what is being stored; the change asks again.
            return
        if texts.plan != self._texts.plan:
            # What is typed belongs to the plan that was in view.
            self.page.save()
        self._texts = texts
        empty = "ui.texts.no-document" if texts.plan else "ui.plan.none"
        self.page.show_sections(
            texts.sections,
            empty=self._words.text(empty),
            read_only=self._stage.desk.read_only is not None,
        )

    def _store(self, key: str, text: str) -> None:
        document, plan, author = self._texts.document, self._texts.plan, self._stage.desk.author
        self._storing += 1

        def done(_: Outcome) -> None:
            self._storing -= 1

        def failed(error: Exception) -> None:
            self._storing -= 1
            self._stage.complain(error)
            self.page.give_back(key, text)

        self._stage.desk.write(
            lambda house, _: set_section_text(
                house, document=document, section=key, text=text, plan=plan, author=author
            ),
            done,
            failed=failed,
        )


def take(house: House, plan: str) -> Texts:
    """Give the texts of a plan's document that a person writes."""
    facts = house.facts()
    template = _template(house, facts, plan) if plan else None
    if template is None:
        return Texts(plan)
    listed = sections(house, document=template.id, plan=plan)
    year = facts.number(plan, "year")
    says = {"{year}": f"{year or ''}", "{institution}": facts.text(house.dataset, "name")}
    own = tuple(_named(one, says) for one in listed if one.kind not in _WITHOUT_TEXT)
    return Texts(plan, template.id, own)


def _named(section: SectionText, says: Mapping[str, str]) -> SectionText:
    title = section.title
    for hole, word in says.items():
        title = title.replace(hole, word)
    return replace(section, title=title)


def _template(house: House, facts: Facts, plan: str) -> Template | None:
    """Give the document of a plan's family, of the institution whose forms its rows are in."""
    rows = facts.of_kind("activity", "action", "objective")
    used = [facts.text(row, "form") for row in rows if facts.text(row, "plan") == plan]
    folders = {form.partition("/")[0] for form in used}
    found = [
        (sum(section.kind not in _WITHOUT_TEXT for section in template.sections), template)
        for template in available_templates(house.folder).values()
        if (not folders or template.folder in folders)
        and template.family == facts.text(plan, "form")
        and not template.periods
    ]
    # Evaluations have texts of each period; of the others the book has the most to write.
    written = max(found, key=lambda one: one[0], default=None)
    return written[1] if written is not None and written[0] else None
