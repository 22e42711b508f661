"""The window of an open workspace: the tree, the sheet, the panels, the other pages."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from quipu.domain.address import Address
from quipu.operations import exporting
from quipu.operations import status as reporting
from quipu.operations.disputes import Dispute
from quipu.operations.findings import Finding
from quipu.operations.house import Notice as Told
from quipu.operations.outcome import Outcome
from quipu.operations.status import OfficeStatus
from quipu.ui import snapshot
from quipu.ui.bundles import Bundles
from quipu.ui.desk import Desk
from quipu.ui.dialogs.leaving import ask_to_wait
from quipu.ui.disputing import Disputing
from quipu.ui.evidence import Evidence
from quipu.ui.exchange import Exchange
from quipu.ui.further import further_of
from quipu.ui.going import Going
from quipu.ui.handing import Handing
from quipu.ui.keeping import Keeping
from quipu.ui.memory import Memory
from quipu.ui.menus import Menus
from quipu.ui.notice import Notice
from quipu.ui.observations import CellObservations
from quipu.ui.pages.row_editor import RowEditor
from quipu.ui.pages.status import StatusPage
from quipu.ui.pages.texts import TextsPage
from quipu.ui.pages.tree_editor import TreeEditor
from quipu.ui.panels.cell import CellPanel
from quipu.ui.panels.evidence import EvidencePanel
from quipu.ui.panels.findings import FindingsPanel
from quipu.ui.places import Places
from quipu.ui.plan_keeping import PlanKeeping
from quipu.ui.progress import BottomLine
from quipu.ui.sheet.page import SheetPage
from quipu.ui.sheets import Sheets
from quipu.ui.side import Side
from quipu.ui.snapshot import Overview
from quipu.ui.speech import error_sentence
from quipu.ui.stage import Stage
from quipu.ui.texts import TextKeeping
from quipu.ui.unlock import ask_passphrase, is_closed
from quipu.ui.welcome import Welcome
from quipu.ui.window_acts import acts_of
from quipu.words import Words

_FINDINGS_AFTER_MS = 350


class Window(QMainWindow):
    """Everything that a person does with one workspace.

    `language_wanted` carries a language, `start_wanted` asks for the start page; whoever opened
    the window builds the next one. `shown` tells that the first overview is in view.
    """

    language_wanted = Signal(str)
    name_wanted = Signal(str)
    start_wanted = Signal()
    shown = Signal()
    gone = Signal()

    def __init__(self, folder: Path, memory: Memory, words: Words) -> None:
        super().__init__()
        self.words, self.memory = words, memory
        self.desk = Desk(folder, memory.name, self)
        self.seen: Overview | None = None
        self.role = snapshot.role_of(folder)
        self.kept_place = ""
        self._plan = ""
        self._closing = False
        self._first = True
        self.notice = Notice(words)
        self.going = Going(self)
        self.stage = Stage(
            words, self.desk, self.notice, self, lambda: self.seen, self.going, self.role
        )
        self._make_parts()
        self._arrange()
        self._connect()
        self.resize(1366, 728)
        self.setWindowTitle(words.text("window.title"))
        self.desk.begin(self._begun)

    # ------------------------------------------------------------------ building
    def _make_parts(self) -> None:
        words, role = self.words, self.role
        self.side = Side(words, role)
        self.page = SheetPage(words, role)
        self.welcome = Welcome(words, role)
        self.cell_panel, self.findings_panel = CellPanel(words), FindingsPanel(words, role)
        self.status_page = StatusPage(words)
        self.tree_editor, self.row_editor = TreeEditor(words), RowEditor(words)
        self.exchange = Exchange(self.stage)
        self.disputing, self.bundles = Disputing(self.stage), Bundles(self.stage)
        self.disputes_page = self.disputing.page
        self.sheets = Sheets(self.stage, self.page, self.cell_panel, self.findings_panel)
        self.evidence = Evidence(self.stage, self.sheets, EvidencePanel(words))
        self.handing = Handing(self.stage)
        self.observations = CellObservations(self.stage, self.sheets)
        self.keeping = Keeping(self.stage, self.tree_editor, self.row_editor, self.going.open_row)
        self.plan_keeping = PlanKeeping(self.stage, self.tree_editor)
        self.texts = TextKeeping(self.stage, TextsPage(words))
        self.further = {one.name: one.make(self.stage) for one in further_of(role)}
        self.bottom = BottomLine(words, self.desk)
        self.menus = Menus(words, self, role, acts_of(self))

    def _arrange(self) -> None:
        self.panels = QTabWidget()
        self.panels.setDocumentMode(True)
        self.panels.addTab(self.cell_panel, self.words.text("ui.panel.cell"))
        self.panels.addTab(self.findings_panel, self.words.text("ui.panel.findings"))
        self.panels.addTab(self.evidence.panel, self.words.text("ui.panel.evidence"))
        self.panels.addTab(self.observations.panel, self.words.text("ui.panel.observations"))
        self.work = QSplitter(Qt.Orientation.Vertical)
        self.work.addWidget(self.page)
        self.work.addWidget(self.panels)
        self.work.setSizes([450, 178])
        self.work.setStretchFactor(0, 1)
        by_name: dict[str, QWidget] = {
            "sheet": self.work,
            "status": self.status_page,
            "bundles": self.bundles.make_page(self.role),
            "disputes": self.disputes_page,
            "institution": self.tree_editor,
            "rows": self.row_editor,
            "texts": self.texts.page,
            "welcome": self.welcome,
            **{name: kept.page for name, kept in self.further.items()},
        }
        self.pages = Places(self.words, self.side.places, by_name)
        middle = QWidget()
        middle.setObjectName("desk")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.side)
        self.across.addWidget(middle)
        self.across.setSizes([262, 1104])
        self.across.setStretchFactor(1, 1)
        self.setCentralWidget(self.across)
        self.setStatusBar(self.bottom)

    def _connect(self) -> None:
        self.desk.changed.connect(self._changed)
        self.desk.trouble.connect(self.stage.complain)
        self.desk.history_changed.connect(self._history_changed)
        self.desk.idle.connect(self._idle)
        self.side.tree.opened.connect(self.going.open_node)
        self.side.page_chosen.connect(self.show_page)
        self.pages.turned.connect(self.show_page)
        self.side.plan_chosen.connect(self.choose_plan)
        self.sheets.period_changed.connect(lambda _: self._show_tree())
        self.findings_panel.go_to.connect(self._go_to_finding)
        self.observations.counted.connect(self._show_observed)
        self.findings_panel.closed_wanted.connect(lambda _: self._ask_findings())
        self.disputing.found.connect(self._show_disputes)
        self.status_page.refresh_wanted.connect(self.ask_status)
        self.status_page.opened.connect(self.going.open_office)
        self.welcome.load_wanted.connect(self.exchange.load)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_FINDINGS_AFTER_MS)
        self._later.timeout.connect(self._ask_findings)
        self._history_changed(False, False)

    def _begun(self) -> None:
        if is_closed(self.desk.read_only):
            ask_passphrase(self.stage, lambda: self.desk.begin(self._begun), self._only_look)
        else:
            self._only_look()

    def _only_look(self) -> None:
        if self.desk.read_only is not None:
            self.menus.only_read()
            sentence = error_sentence(self.words, self.desk.read_only)
            self.notice.say("warning", self.words.text("ui.only-read", reason=sentence))
        else:
            # Only the house that writes knows that it goes on as another computer's.
            self.desk.ask_writer(lambda house, _: house.notices, self._show_notices, key="notices")
        self.refresh()

    def keep_place(self, key: str) -> None:
        """Begin at the node of a key (or, in a window that ends, hand it on)."""
        self.kept_place = key

    # ------------------------------------------------------------------ keeping true
    def choose_plan(self, plan: str) -> None:
        """Show another plan of the workspace, by its item."""
        self._plan = plan
        self.refresh()

    def refresh(self) -> None:
        """Look at the workspace again."""
        plan = self._plan
        self.desk.read(lambda house, _: snapshot.take(house, plan=plan), self._look, key="overview")
        self._later.start()

    def _look(self, seen: Overview) -> None:
        self.seen = seen
        place = seen.office_name or self.words.text("ui.centre")
        self.setWindowTitle(f"{seen.institution} — {place} — {self.words.text('window.title')}")
        self.bottom.show_who(self.desk.author, place)
        periods = snapshot.periods(seen)
        if self.sheets.period not in periods:
            self.sheets.period = snapshot.usual_period(seen, periods)
        self.page.chooser.offer_periods(periods, self.sheets.period)
        self.side.show_plans(seen.reporting, seen.plan)
        self._show_tree()
        self.sheets.renew(self.side.tree.current())
        self.tree_editor.show_overview(seen)
        self.row_editor.show_overview(seen)
        self.texts.refresh()
        self.observations.refresh()
        for kept in self.further.values():
            kept.refresh()
        self.sheets.show_state()
        self._show_notices(seen.notices if self._first else ())
        self.disputing.refresh()
        self.bundles.refresh()
        if seen.role == "office" and self.desk.read_only is None:
            self.desk.ask_writer(
                lambda house, _: exporting.pending(house), self.side.show_pending, key="pending"
            )
        if self._first:
            self._first_look()
        elif self.pages.currentWidget() is self.welcome:
            self.show_page("sheet")

    def _first_look(self) -> None:
        self._first = False
        self.side.tree.go_to(self.kept_place)
        self.show_page("sheet")
        self.shown.emit()

    def _show_notices(self, notices: Sequence[Told]) -> None:
        for notice in notices:
            key = f"ui.notice.{notice.code}"
            if self.words.has(key):
                self.notice.say("warning", self.words.text(key, **notice.params))

    def _show_tree(self) -> None:
        if self.seen is None:
            return
        nodes = snapshot.nodes(self.seen, self.sheets.period, self.sheets.found)
        self.side.tree.show_nodes(nodes)

    def _changed(self, outcome: Outcome) -> None:
        if outcome.changed:
            now = datetime.now().strftime("%H:%M")
            self.bottom.show_saved(self.words.text("ui.saved", time=now))
        if self.page.isVisible():
            self.sheets.draw()
            self.sheets.ask_again()
        self.refresh()
        if self.status_page.isVisible():
            self.ask_status()

    def _history_changed(self, undo: bool, redo: bool) -> None:
        self.menus.actions["undo"].setEnabled(undo)
        self.menus.actions["redo"].setEnabled(redo)

    def _ask_findings(self) -> None:
        closed = self.findings_panel.closed.isChecked()
        self.desk.read(
            lambda house, _: snapshot.take_findings(house, closed=closed),
            self._show_findings,
            key="findings",
        )

    def _show_findings(self, both: tuple[list[Finding], list[Finding] | None]) -> None:
        if self.seen is None:
            return
        found, decided = both
        self.sheets.show_findings(found, decided, self.seen)
        title = self.words.text("ui.panel.findings")
        self.panels.setTabText(1, f"{title} ({len(found)})" if found else title)
        self._show_tree()

    def _show_observed(self, count: int) -> None:
        title = self.words.text("ui.panel.observations")
        at = self.panels.indexOf(self.observations.panel)
        self.panels.setTabText(at, f"{title} ({count})" if count else title)

    def _show_disputes(self, found: list[Dispute]) -> None:
        self.side.show_disputes(len(found))
        self.sheets.show_disputes(found)

    def ask_status(self) -> None:
        """Ask how the offices' reports stand, for the page of reports."""
        seen = self.seen
        if seen is None or seen.plan is None:
            self.status_page.show_offices([], [])
            return
        plan, year = seen.plan.item, snapshot.periods(seen)
        self.desk.read(
            lambda house, _: reporting.status(house, plan=plan),
            lambda offices: self._show_status(offices, year),
            key="status",
        )

    def _show_status(self, offices: list[OfficeStatus], year: list[str]) -> None:
        used = {period for one in offices for period in one.periods}
        known = [period for period in year if period in used]
        self.status_page.show_offices(offices, known or sorted(used))

    @property
    def settled(self) -> bool:
        """Whether nothing runs or waits behind the window."""
        waiting = self._later.isActive() or self.sheets.waiting or self.evidence.waiting
        return not (waiting or self.desk.busy)

    # ------------------------------------------------------------------ going about
    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self.going.show_page(name)

    def go_to(self, address: Address, *, keyboard: bool = True) -> None:
        """Show the cell of an address, wherever it is."""
        self.going.go_to(address, keyboard=keyboard)

    def _go_to_finding(self, found: Finding, keyboard: bool) -> None:
        self.going.go_to(found.address, keyboard=keyboard)

    # ------------------------------------------------------------------ leaving
    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what is being written; the person may also stop it."""
        self.texts.page.save()
        if self.desk.long_writing and not self._closing:
            event.ignore()
            self._ask_to_wait()
            return
        self.desk.close()
        event.accept()
        self.gone.emit()

    def _ask_to_wait(self) -> None:
        def leave(stop: bool) -> None:
            self._closing = True
            if stop:
                self.desk.cancel()
            self._idle()

        ask_to_wait(self, self.words, leave)

    def _idle(self) -> None:
        if self._closing and not self.desk.long_writing:
            QTimer.singleShot(0, self.close)
