"""The buttons at the left: each is a place with one page, or with several as tabs at its top."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from quipu.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A button: its name (that of a page, or `ui.place.<name>` are its words), icon and pages."""

    name: str
    icon: str
    pages: tuple[str, ...]


PLACES: tuple[Place, ...] = (
    Place("due", "due", ("due", "calendar", "letters")),
    Place("sheet", "plan", ("sheet",)),
    Place("status", "status", ("status", "report")),
    Place("bundles", "merge", ("bundles",)),
    Place("disputes", "disputes", ("disputes",)),
    Place(
        "evaluation",
        "evaluation",
        ("evaluation", "programmes", "recommendations", "evaluation-texts"),
    ),
    Place("plan", "approved", ("plan", "changes", "needs")),
    Place(
        "institution",
        "editors",
        ("institution", "rows", "texts", "coming", "aliases", "coverage"),
    ),
)
"""The places in the order of their buttons; a page that none names has a button at the end."""


def places_of(pages: Mapping[str, str]) -> list[Place]:
    """Give the places that a window has, of its pages with their icons.

    A place keeps the name of its first page here, so that its button shows that page.
    """
    found = []
    for place in PLACES:
        own = tuple(page for page in place.pages if page in pages)
        if own:
            found.append(replace(place, pages=own))
    named = {page for place in found for page in place.pages}
    return [*found, *(Place(page, pages[page], (page,)) for page in pages if page not in named)]


def place_words(words: Words, place: Place) -> str:
    """Give what a place's button says."""
    shared = f"ui.place.{place.name}"
    if len(place.pages) > 1 and words.has(shared):
        return words.text(shared)
    return words.text(f"ui.page.{place.pages[0]}")


class Places(QStackedWidget):
    """The pages of a window, those of one place as tabs; `turned` tells a tab chosen by hand."""

    turned = Signal(str)

    def __init__(
        self,
        words: Words,
        places: Collection[Place],
        pages: Mapping[str, QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._where: dict[str, tuple[QWidget, int]] = {}
        self.tabs: dict[str, QTabWidget] = {}
        for place in places:
            if len(place.pages) > 1:
                self._add_tabs(words, place, pages)
        for name, page in pages.items():
            if name not in self._where:
                self.addWidget(page)
                self._where[name] = (page, -1)

    def _add_tabs(self, words: Words, place: Place, pages: Mapping[str, QWidget]) -> None:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setObjectName("place")
        for number, name in enumerate(place.pages):
            tabs.addTab(pages[name], words.text(f"ui.page.{name}"))
            self._where[name] = (tabs, number)
        tabs.currentChanged.connect(lambda number: self.turned.emit(place.pages[number]))
        self.tabs[place.name] = tabs
        self.addWidget(tabs)

    def show_page(self, name: str) -> None:
        """Bring a page into view."""
        place, number = self._where[name]
        if isinstance(place, QTabWidget):
            place.blockSignals(True)
            place.setCurrentIndex(number)
            place.blockSignals(False)
        self.setCurrentWidget(place)

    def say_count(self, name: str, title: str) -> None:
        """Give a page's tab another title."""
        place, number = self._where[name]
        if isinstance(place, QTabWidget):
            place.setTabText(number, title)
