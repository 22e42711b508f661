"""Bundles out and in: chosen or dropped on the window, looked at, merged, written, proved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from quipu.operations.correspondence import Correspondent, correspondents, pending_by_audience
from quipu.operations.exporting import Exported, Limits, export_all, export_bundle, file_name
from quipu.operations.house import House
from quipu.operations.merging import Merged, merge_bundles
from quipu.operations.planners import planners
from quipu.operations.preview import Preview, preview_bundles
from quipu.operations.printing import Printed
from quipu.operations.receipts import Receipt, print_receipts, receipts
from quipu.operations.relaying import Carried, carried
from quipu.operations.warnings import DAYS, Warning, set_silence, silent_days, warnings
from quipu.ui.carrying import ask_hand_out, carry
from quipu.ui.computing import Computing
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.pages.bundles import BundlesPage
from quipu.ui.refusing import Refusing
from quipu.ui.speech import quiet_name
from quipu.ui.stage import Stage

_REFUSED = "ui.bundles.refused"
BUNDLES = "Quipu (*.quipu)"
PART_SIZES = ("", "2000000", "5000000", "10000000", "20000000")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class _Seen:
    """How the exchange stands: with whom, what to heed, what came and went, what is carried."""

    lines: list[Correspondent]
    warnings: list[Warning]
    receipts: list[Receipt]
    carried: list[Carried]
    silent_days: int


class Bundles(QObject):
    """Keeps the page of bundles true, and does what is done with bundles."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage, self._words, self._desk = stage, stage.words, stage.desk
        self._role, self._silent = "", DAYS

    def make_page(self, role: str) -> BundlesPage:
        """Make the page, and listen to it and to what is dropped on the window."""
        self._role = role
        page = self.page = BundlesPage(self._words, role)
        page.shown.connect(self.refresh)
        page.traffic.wanted.connect(self._wanted)
        page.tray.merge_wanted.connect(self.merge_files)
        page.tray.carry_wanted.connect(self._carry)
        page.tray.closed.connect(lambda: page.show_tray(open_=False))
        page.tray.page_wanted.connect(self._go_on)
        page.deliveries.print_wanted.connect(self.ask_proof)
        self._add_parts(page, role)
        self._stage.window.setAcceptDrops(True)
        self._stage.window.installEventFilter(self)
        return page

    def _add_parts(self, page: BundlesPage, role: str) -> None:
        self.refusing = Refusing(self._stage, role)
        page.add_tab(self.refusing.panel, _REFUSED)
        self.refusing.counted.connect(
            lambda count: page.name_tab(self.refusing.panel, _REFUSED, count)
        )
        self.computing = Computing(self._stage, role)
        own = self.computing.panel or self.computing.own
        page.add_tab(own, "ui.bundles.computers" if role == "centre" else "ui.bundles.own")

    # ------------------------------------------------------------------ keeping true
    def refresh(self) -> None:
        """Look at the exchange again, while its page is in view."""
        if not self.page.isVisible():
            return
        self._desk.read(lambda house, _: _take(house), self._show, key="bundles")
        self.refusing.refresh()
        self.computing.refresh()
        self._desk.read(
            lambda house, watch: pending_by_audience(house, cancelled=watch.cancelled),
            self.page.traffic.show_pending,
            key="pending-all",
        )

    def _show(self, seen: _Seen) -> None:
        lines, warned, came, carried = seen.lines, seen.warnings, seen.receipts, seen.carried
        self._silent = seen.silent_days
        read_only = self._desk.read_only is not None
        self.page.traffic.show_traffic(lines, warned, read_only=read_only)
        self.page.deliveries.show_deliveries(came)
        if self._role == "office":
            self.page.traffic.show_carried(carried)

    def _wanted(self, action: str, audience: str) -> None:
        if action == "merge":
            self.merge()
        elif action == "export-all":
            self.ask_export("")
        elif action == "hand-out":
            ask_hand_out(self._stage)
        elif action == "silence":
            self.ask_silence()
        else:
            self.ask_export(audience)

    def ask_silence(self) -> None:
        """Ask after how many days without a bundle people are warned."""
        text = self._words.text

        def keep(said: Said) -> None:
            typed, author = said.answer("days"), self._desk.author
            days = int(typed) if typed.isdecimal() else 0
            self._desk.write(
                lambda house, _: set_silence(house, days=days, author=author),
                lambda _: self._stage.notice.say("done", text("ui.silence.done", days=days)),
            )

        Ask(
            self._words, text("ui.traffic.silence").rstrip("…"),
            [Question("days", "ui.silence.days", value=str(self._silent))],
            explain=text("ui.silence.explain"), parent=self._stage.window,
        ).when_accepted(keep)  # fmt: skip

    def _carry(self, files: list[Path]) -> None:
        carry(self._stage, files)
        self.page.show_tray(open_=False)

    def _go_on(self, name: str) -> None:
        self.page.show_tray(open_=False)
        if name == "refused":
            self.page.tabs.setCurrentWidget(self.refusing.panel)
        else:
            self._stage.show_page(name)

    # ------------------------------------------------------------------ bundles come in
    def merge(self) -> None:
        """Ask for the bundles to merge, and look at them first."""
        title = self._words.text("ui.action.merge")
        paths, _ = QFileDialog.getOpenFileNames(self._stage.window, title, "", BUNDLES)
        if paths:
            self.look_at([Path(path) for path in paths])

    def look_at(self, files: list[Path]) -> None:
        """Show what would become of files before anything is merged."""
        if self._desk.read_only is not None:
            self._stage.complain(self._desk.read_only)
            return
        tray = self.page.tray
        self._stage.show_page("bundles")
        self.page.show_tray(open_=True)
        tray.model.show_records(())
        tray.show_working("ui.tray.looking")

        def failed(error: Exception) -> None:
            self.page.show_tray(open_=False)
            self._stage.complain(error)

        self._desk.ask_writer(
            lambda house, watch: preview_bundles(
                house, files=files, progress=watch.progress, cancelled=watch.cancelled
            ),
            self._show_previews,
            title=self._words.text("ui.tray.looking"),
            failed=failed,
        )

    def _show_previews(self, previews: tuple[Preview, ...]) -> None:
        self.page.tray.show_previews(previews)

    def merge_files(self, files: list[Path]) -> None:
        """Merge bundles and show what became of each; stopped, what went in stays."""
        tray = self.page.tray
        tray.show_working("ui.merge.working")

        def done(merged: Merged) -> None:
            tray.show_results(merged)
            if merged.parted:
                self._stage.notice.say("warning", self._words.text("notice.workspace-parted"))

        def failed(error: Exception) -> None:
            self._stage.complain(error)
            # Those that went in before it stopped are seen to be there.
            self.look_at(files)

        self._desk.write(
            lambda house, watch: merge_bundles(
                house, files=files, progress=watch.progress, cancelled=watch.cancelled
            ),
            done,
            title=self._words.text("ui.merge.working"),
            failed=failed,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take bundles that are dropped on the window."""
        if isinstance(event, QDragEnterEvent) and _bundles_in(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            files = _bundles_in(event)
            if files:
                event.acceptProposedAction()
                self.look_at(files)
                return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ bundles go out
    def export(self) -> None:
        """Write the bundle for the other side; the centre chooses for whom, or for everyone."""
        self._ask_whom("")

    def ask_export(self, audience: str) -> None:
        """Ask where to write the bundle for one, or for everyone (`""`)."""
        self._ask_whom(audience)

    def _ask_whom(self, audience: str) -> None:
        seen = self._stage.seen()
        if seen is None:
            return
        if seen.role == "office":
            self._ask_office(f"{seen.office_name or 'quipu'} {date.today().isoformat()}")
            return
        offices = [(item, seen.name(item)) for item in seen.facts.of_kind("office")]

        def ask(others: list[tuple[str, str]]) -> None:
            if not offices and not others:
                self._stage.notice.say("warning", self._words.text("ui.export.no-offices"))
                return
            self._ask_centre(audience, [*offices, *others])

        self._desk.read(lambda house, _: _planner_names(house), ask, key="export-whom")

    def _ask_office(self, name: str) -> None:
        file = Question(
            "file",
            "ui.export.file",
            "save",
            str(Path.home() / f"{file_name(name, set())}.quipu"),
            pattern=BUNDLES,
        )
        self._ask([file], lambda said: self._export_answered(said, said.path("file"), ""))

    def _ask_centre(self, audience: str, known: list[tuple[str, str]]) -> None:
        names = dict(known)
        everyone = ("", self._words.text("ui.export.all"))
        options = [everyone, *((item, quiet_name(name)) for item, name in known)]
        questions = [
            Question("to", "ui.export.to", "choice", audience, options),
            Question("folder", "ui.export.folder", "folder", str(Path.home())),
        ]

        def answered(said: Said) -> None:
            to, folder = said.answer("to"), said.path("folder")
            if to:
                name = file_name(names[to] or self._words.text("ui.centre"), set())
                self._export_answered(said, folder / f"{name}.quipu", to)
            else:
                self._export_all(said, folder)

        self._ask(questions, answered)

    def _ask(self, questions: list[Question], answered: Callable[[Said], None]) -> None:
        sizes = [(size, self._size_words(size)) for size in PART_SIZES]
        more = [
            Question("parts", "ui.export.parts", "choice", "", sizes),
            Question("full", "ui.export.full", "flag"),
        ]
        Ask(
            self._words, self._words.text("ui.action.export"), [*questions, *more],
            explain=self._words.text("ui.export.explain"),
            done=self._words.text("ui.export.write"), parent=self._stage.window,
        ).when_accepted(answered)  # fmt: skip

    def _size_words(self, size: str) -> str:
        if not size:
            return self._words.text("ui.export.whole")
        return self._words.text("ui.export.pieces", n=int(size) // _MILLION)

    def _export_answered(self, said: Said, file: Path, to: str) -> None:
        target = file if file.suffix else file.with_suffix(".quipu")
        full, limits = _choices(said)
        self._desk.write(
            lambda house, watch: export_bundle(
                house, file=target, to=to, full=full, limits=limits,
                progress=watch.progress, cancelled=watch.cancelled,
            ),
            lambda made: self._written(made, target),
            title=self._words.text("ui.export.working"),
        )  # fmt: skip

    def _written(self, made: Exported, target: Path) -> None:
        text = self._words.text
        said = [
            text(
                "ui.export.done", file=target.name, revisions=made.revisions, sequence=made.sequence
            )
        ]
        if len(made.files) > 1:
            said.append(text("ui.export.done-parts", n=len(made.files)))
        if made.put_off:
            said.append(self._words.plural("ui.export.put-off", made.put_off))
        if made.unsealed == "unknown":
            said.append(text("ui.export.unsealed"))
        self._stage.written(" ".join(said), made.files[0])
        self.refresh()

    def _export_all(self, said: Said, folder: Path) -> None:
        full, limits = _choices(said)

        def done(made: tuple[Exported, ...]) -> None:
            words = self._words.plural("ui.export.all-done", len(made))
            self._stage.written(words, folder / "quipu")
            self.refresh()

        self._desk.write(
            lambda house, watch: export_all(
                house, folder=folder, full=full, limits=limits,
                progress=watch.progress, cancelled=watch.cancelled,
            ),
            done,
            title=self._words.text("ui.export.working"),
        )  # fmt: skip

    # ------------------------------------------------------------------ the proof of delivery
    def ask_proof(self) -> None:
        """Ask for whom to print the proof of deliveries, and where."""
        text = self._words.text
        everyone = ("", text("ui.export.all"))
        seen = self._stage.seen()
        offices = seen.facts.of_kind("office") if seen is not None else []
        named = [(item, quiet_name(seen.name(item))) for item in offices if seen is not None]
        whose = Question("office", "ui.deliveries.whose", "choice", "", [everyone, *named])
        file = Question(
            "file",
            "ui.export.file",
            "save",
            str(Path.home() / f"{text('ui.deliveries.file')}.pdf"),
            pattern="PDF (*.pdf)",
        )
        Ask(
            self._words, text("ui.deliveries.print").rstrip("…"),
            [whose, file] if self._role == "centre" else [file],
            done=text("ui.print.write"), parent=self._stage.window,
        ).when_accepted(self._print)  # fmt: skip

    def _print(self, said: Said) -> None:
        file = said.path("file")
        office = said.answers.get("office", "")

        def done(printed: Printed) -> None:
            words = self._words.plural("ui.print.pages", printed.pages or 0, file=file.name)
            self._stage.written(words, file)

        self._desk.read(
            lambda house, _: print_receipts(house, file=file, office=office, words=self._words),
            done,
            title=self._words.text("ui.print.working"),
        )


def _take(house: House) -> _Seen:
    return _Seen(
        correspondents(house),
        warnings(house),
        receipts(house),
        carried(house.workspace) if house.role == "office" else [],
        silent_days(house.facts({house.dataset}), house.dataset),
    )


def _planner_names(house: House) -> list[tuple[str, str]]:
    return [(one.device, one.name) for one in planners(house)]


def _choices(said: Said) -> tuple[bool, Limits]:
    size = said.answer("parts")
    return said.answer("full") == "true", Limits(part_size=int(size) if size else None)


def _bundles_in(event: QDropEvent) -> list[Path]:
    """Give the files that are dragged, where all of them may be bundles."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files if files and all(one.suffix.lower() == ".quipu" for one in files) else []
