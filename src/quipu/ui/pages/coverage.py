"""The page of coverage: actions and what serves them, activities that serve none, and the link."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from quipu.forms.draw_lists import CoveredLine
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import quiet_name
from quipu.words import Words


@dataclass(frozen=True, slots=True)
class Served:
    """An activity that serves an action: ids, its words, and whether a person linked it."""

    activity: str
    action: str
    label: str
    linked: bool


class CoveragePage(QWidget):
    """Actions above with what serves the chosen one beside them, loose activities below.

    `linked` carries an activity and an action, `unlinked` an activity; `shown` tells that the
    page came into view.
    """

    linked = Signal(str, str)
    unlinked = Signal(str)
    shown = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._actions: tuple[CoveredLine, ...] = ()
        self._served: tuple[Served, ...] = ()
        self._read_only = False
        self._make_lists()
        text = words.text
        self.bare = QCheckBox(text("ui.coverage.bare"))
        self.link = QPushButton(text("ui.coverage.link"))
        self.link.setObjectName("main")
        self.unlink = QPushButton(text("ui.coverage.unlink"))
        self.counted = QLabel()
        self.counted.setObjectName("muted")
        self.empty = empty_label(text("ui.coverage.none"))
        self._arrange()
        self._connect()
        self.show_coverage((), (), ())

    def _make_lists(self) -> None:
        text = self._words.text
        self.action_rows: RecordsModel[CoveredLine] = RecordsModel(
            [
                Shown(text("ui.coverage.action"), lambda one: f"{one.code} {one.text}".strip()),
                Shown(text("ui.coverage.lead"), lambda one: one.lead, 150),
                Shown(text("ui.coverage.count"), lambda one: str(len(one.activities)), 84),
            ]
        )
        self.served_rows: RecordsModel[Served] = RecordsModel(
            [Shown(text("ui.coverage.served"), lambda one: one.label)]
        )
        self.loose_rows: RecordsModel[CoveredLine] = RecordsModel(
            [
                Shown(text("ui.coverage.unit"), lambda one: quiet_name(one.unit), 330),
                Shown(text("ui.coverage.activity"), lambda one: f"{one.code} {one.text}".strip()),
            ]
        )
        self.action_view, self.served_view, self.loose_view = (
            RecordsView(self.action_rows),
            RecordsView(self.served_rows),
            RecordsView(self.loose_rows),
        )
        self.action_view.setAccessibleName(text("ui.coverage.action"))
        self.served_view.setAccessibleName(text("ui.coverage.served"))
        self.loose_view.setAccessibleName(text("ui.coverage.loose"))

    def _arrange(self) -> None:
        title = QLabel(self._words.text("ui.page.coverage"))
        title.setObjectName("title")
        explain = QLabel(self._words.text("ui.coverage.explain"))
        explain.setObjectName("muted")
        explain.setWordWrap(True)
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(_column((self.bare, self.action_view)))
        above.addWidget(_column((self.served_view,), (self.unlink,)))
        above.setSizes([690, 370])
        loose = QLabel(self._words.text("ui.coverage.loose"))
        loose.setObjectName("subtitle")
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(above)
        self.parts.addWidget(_column((loose, self.loose_view), (self.link, self.counted)))
        self.parts.setSizes([300, 260])
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(title)
        page.addWidget(explain)
        page.addWidget(self.parts, 1)
        page.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.bare.toggled.connect(lambda _: self._show_actions())
        self.action_view.chosen.connect(lambda _: self._show_served())
        self.served_view.chosen.connect(lambda _: self._enable())
        self.loose_view.chosen.connect(lambda _: self._enable())
        self.loose_view.opened.connect(lambda _: self.link.click())
        self.link.clicked.connect(self._link)
        self.unlink.clicked.connect(self._unlink)

    # ------------------------------------------------------------------ what is shown
    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page came into view."""
        super().showEvent(event)
        self.shown.emit()

    def show_coverage(
        self,
        actions: Sequence[CoveredLine],
        served: Sequence[Served],
        loose: Sequence[CoveredLine],
        *,
        read_only: bool = False,
    ) -> None:
        """Show what serves what; what was chosen stays chosen where it still is."""
        self._actions, self._served = tuple(actions), tuple(served)
        self._read_only = read_only
        self.parts.setVisible(bool(actions))
        self.empty.setVisible(not actions)
        row = self.loose_view.currentIndex().row()
        self.loose_rows.show_records(loose)
        if loose:
            self.loose_view.selectRow(min(max(row, 0), len(loose) - 1))
        bare = sum(not one.activities for one in actions)
        self.counted.setText(
            self._words.text("ui.coverage.counted", bare=bare, of=len(actions), loose=len(loose))
        )
        self._show_actions()

    def _show_actions(self) -> None:
        kept = self.action()
        bare = self.bare.isChecked()
        listed = [one for one in self._actions if not (bare and one.activities)]
        self.action_rows.show_records(listed)
        items = [one.item for one in listed]
        at = items.index(kept.item) if kept is not None and kept.item in items else 0
        if listed:
            self.action_view.selectRow(at)
        else:
            self._show_served()

    def _show_served(self) -> None:
        action = self.action()
        own = [one for one in self._served if action is not None and one.action == action.item]
        self.served_rows.show_records(own)
        if own:
            self.served_view.selectRow(0)
        self._enable()

    def action(self) -> CoveredLine | None:
        """Give the chosen strategic action."""
        row = self.action_view.currentIndex().row()
        return self.action_rows.records[row] if 0 <= row < len(self.action_rows.records) else None

    def _chosen_served(self) -> Served | None:
        row = self.served_view.currentIndex().row()
        return self.served_rows.records[row] if 0 <= row < len(self.served_rows.records) else None

    def _chosen_loose(self) -> CoveredLine | None:
        row = self.loose_view.currentIndex().row()
        return self.loose_rows.records[row] if 0 <= row < len(self.loose_rows.records) else None

    def _enable(self) -> None:
        served = self._chosen_served()
        both = self.action() is not None and self._chosen_loose() is not None
        self.link.setEnabled(both and not self._read_only)
        self.unlink.setEnabled(served is not None and served.linked and not self._read_only)

    # ------------------------------------------------------------------ what is wanted
    def _link(self) -> None:
        action, activity = self.action(), self._chosen_loose()
        if action is not None and activity is not None:
            self.linked.emit(activity.item, action.item)

    def _unlink(self) -> None:
        served = self._chosen_served()
        if served is not None:
            self.unlinked.emit(served.activity)


def _column(parts: Sequence[QWidget], row: Sequence[QWidget] = ()) -> QWidget:
    """Put parts below each other, and a row of buttons and words under them."""
    column = QWidget()
    inner = QVBoxLayout(column)
    inner.setContentsMargins(0, 4, 0, 0)
    for part in parts:
        inner.addWidget(part, 1 if isinstance(part, RecordsView) else 0)
    below = QHBoxLayout()
    for part in row:
        below.addWidget(part)
    below.addStretch(1)
    inner.addLayout(below)
    return column
