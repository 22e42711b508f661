"""The side at the left: the institution's tree, and below it the other pages."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from quipu.ui import look
from quipu.ui.further import further_of
from quipu.ui.places import Place, place_words, places_of
from quipu.ui.snapshot import Plan
from quipu.ui.tree import Tree
from quipu.words import Words

PAGES = {
    "centre": ("sheet", "status", "bundles", "disputes", "institution", "rows", "texts"),
    "office": ("sheet", "status", "bundles", "disputes"),
}
"""The window's own pages by role; `further` has the others."""
_ICONS = {
    "sheet": "plan",
    "status": "status",
    "bundles": "merge",
    "disputes": "disputes",
    "institution": "new",
    "rows": "editors",
    "texts": "texts",
}


class Side(QFrame):
    """Tree and places; `page_chosen` carries a page's name, `plan_chosen` a plan's item."""

    page_chosen = Signal(str)
    plan_chosen = Signal(str)

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._words = words
        self.tree = Tree(words)
        self.plan = QComboBox()
        self.plan.setAccessibleName(words.text("ui.side.plan"))
        self.plan.setToolTip(words.text("ui.side.plan"))
        self.plan.activated.connect(lambda _: self.plan_chosen.emit(self.plan.currentData()))
        self.plan.hide()
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.pending = QLabel()
        self.pending.setObjectName("muted")
        self.pending.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(1)
        column.addWidget(self.plan)
        column.addWidget(self.tree, 1)
        column.addSpacing(6)
        icons = {name: _ICONS[name] for name in PAGES[role]}
        self.places = places_of(icons | {one.name: one.icon for one in further_of(role)})
        self._place_of = {page: place.name for place in self.places for page in place.pages}
        for place in self.places:
            column.addWidget(self._button(place))
        column.addWidget(self.pending)
        self.pending.hide()

    def _button(self, place: Place) -> QToolButton:
        button = QToolButton()
        button.setIcon(look.icon(place.icon))
        button.setText(place_words(self._words, place))
        pages = [self._words.text(f"ui.page.{page}") for page in place.pages]
        button.setToolTip(" · ".join(pages))
        button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.page_chosen.emit(place.pages[0]))
        self._group.addButton(button)
        self.buttons[place.name] = button
        return button

    def show_page(self, name: str) -> None:
        """Mark the place of a page as the one in view."""
        self.buttons[self._place_of[name]].setChecked(True)

    def show_plans(self, plans: Sequence[Plan], chosen: Plan | None) -> None:
        """Offer the plans when there are several."""
        self.plan.setVisible(len(plans) > 1)
        self.plan.clear()
        for plan in plans:
            year = str(plan.year) if plan.year and str(plan.year) not in plan.title else ""
            self.plan.addItem(" ".join(part for part in (plan.title, year) if part), plan.item)
        if chosen is not None:
            self.plan.setCurrentIndex(self.plan.findData(chosen.item))

    def show_disputes(self, count: int) -> None:
        """Say how many disputes are open."""
        text = self._words.text("ui.page.disputes")
        self.buttons["disputes"].setText(f"{text} ({count})" if count else text)

    def show_pending(self, count: int) -> None:
        """Say how much the other side has not acknowledged yet."""
        self.pending.setVisible(count > 0)
        self.pending.setText(self._words.plural("ui.side.pending", count))
