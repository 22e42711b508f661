"""Evidence round the sheet: the files of the chosen activity and period, and their paper-clips."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from quipu.domain.address import Address
from quipu.domain.value import Blob
from quipu.operations.entering import CellText, change_cells
from quipu.operations.evidence import Attached, all_evidence, attach_beside, save_copy
from quipu.operations.outcome import Outcome
from quipu.operations.report_papers import print_evidence
from quipu.ui.attached import open_attached, plain_name
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.panels.evidence import EvidencePanel
from quipu.ui.sheets import Sheets
from quipu.ui.speech import error_sentence, period_name, refusal_sentence
from quipu.ui.stage import Stage

_ASK_AFTER_MS = 120


class Evidence(QObject):
    """Keeps the evidence panel true to the cell, and does what it wants."""

    def __init__(self, stage: Stage, sheets: Sheets, panel: EvidencePanel) -> None:
        super().__init__(stage.window)
        self._stage, self._words, self._desk = stage, stage.words, stage.desk
        self._sheets, self.panel = sheets, panel
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_ASK_AFTER_MS)
        self._asking.timeout.connect(self._ask)
        sheets.page.here.connect(lambda *_: self._asking.start())
        self._desk.changed.connect(lambda _: self._asking.start())
        panel.wanted.connect(self._wanted)
        panel.dropped.connect(lambda path: self.attach(Path(path)))

    @property
    def waiting(self) -> bool:
        """Whether the files of the current cell are still to be asked for."""
        return self._asking.isActive()

    @property
    def address(self) -> Address | None:
        """Where the evidence of the chosen activity and period is, `None` where none can be."""
        node, item = self._sheets.node, self._sheets.page.item()
        if self._sheets.view != "progress" or node is None or not item:
            return None
        return Address(item, "evidence", self._sheets.period, node.item)

    def _ask(self) -> None:
        address = self.address
        if address is None:
            self.panel.show_files("", (), writable=False, reason="ui.evidence.choose")
            return

        def show(files: list[Attached]) -> None:
            if address == self.address:
                why = self._sheets.why_closed
                reason = f"ui.blocked.{why}" if why else ""
                title = self._title(address)
                self.panel.show_files(title, files, writable=not why, reason=reason)

        self._desk.read(lambda house, _: all_evidence(house, address=address), show, key="evidence")

    def _title(self, address: Address) -> str:
        seen = self._stage.seen()
        if seen is None:
            return ""
        code, text = (seen.facts.text(address.item, name) for name in ("code", "text"))
        short = " ".join(text.split())
        short = f"{short[:70]}…" if len(short) > 70 else short
        period = period_name(self._words, address.period)
        return " · ".join(part for part in (code, short, period) if part)

    # ------------------------------------------------------------------ what a person does
    def _wanted(self, action: str, chosen: Attached | None) -> None:
        if action == "attach":
            self.ask_file()
        elif action == "index":
            self._ask_index()
        elif chosen is not None and action == "open":
            open_attached(self._stage, chosen.file)
        elif chosen is not None and action == "save":
            self._save(chosen.file)
        elif chosen is not None:
            self._remove(chosen.field)

    def ask_file(self) -> None:
        """Ask which file to attach to the chosen activity and period."""
        why = self._sheets.why_closed
        if self.address is None or why:
            key = "ui.evidence.choose" if self.address is None else f"ui.blocked.{why}"
            self._stage.notice.say("warning", self._words.text(key))
            return
        title = self._words.text("ui.evidence.title")
        path, _ = QFileDialog.getOpenFileName(self._stage.window, title, "")
        if path:
            self.attach(Path(path))

    def attach(self, file: Path) -> None:
        """Attach a file to the chosen activity and period, beside those that are there."""
        address, author = self.address, self._desk.author
        if address is None or self._sheets.why_closed:
            return
        said = self._words.text("ui.evidence.done", file=file.name, where=self._title(address))
        self._desk.write(
            lambda house, _: attach_beside(house, address=address, files=[file], author=author),
            lambda _: self._stage.notice.say("done", said),
            title=self._words.text("ui.evidence.working"),
        )

    def _remove(self, field: str) -> None:
        address, author = self.address, self._desk.author
        if address is None:
            return

        def done(outcome: Outcome) -> None:
            for problem in outcome.problems:
                self._stage.notice.say("error", refusal_sentence(self._words, problem))
            if not outcome.problems:
                said = self._words.text("ui.evidence.removed")
                self._stage.notice.say("done", said)

        blank = (CellText(address._replace(field=field), ""),)
        self._desk.write(lambda house, _: change_cells(house, cells=blank, author=author), done)

    def _ask_index(self) -> None:
        address = self.address
        if address is None:
            return
        period, unit, plan = address.period, address.unit, self._stage.plan
        words = self._words
        start = str(Path.home() / words.text("ui.evidence.index.file-name", period=period))

        def write(said: Said) -> None:
            file = said.path("file")
            self._desk.read(
                lambda house, _: print_evidence(
                    house, file=file, units=[unit], period=period, plan=plan
                ),
                lambda _: self._stage.written(words.text("ui.written", file=file.name), file),
                title=words.text("ui.print.working"),
                failed=self._failed,
            )

        Ask(
            words, words.text("ui.evidence.index").rstrip("…"),
            [Question("file", "ui.editor.file", "save", start, pattern="PDF (*.pdf)")],
            done=words.text("ui.print.write"), parent=self._stage.window,
        ).when_accepted(write)  # fmt: skip

    def _save(self, chosen: Blob) -> None:
        title = self._words.text("ui.evidence.save")
        path, _ = QFileDialog.getSaveFileName(self._stage.window, title, plain_name(chosen))
        if path:
            target = Path(path)
            said = self._words.text("ui.evidence.saved", file=target.name)
            self._desk.read(
                lambda house, _: save_copy(house, attached=chosen, file=target),
                lambda made: self._stage.written(said, made),
                failed=self._failed,
            )

    def _failed(self, error: Exception) -> None:
        self._stage.notice.say("error", error_sentence(self._words, error))
