"""The tray of bundles: what would become of chosen files, and then what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.merging import BundleResult, Merged
from quipu.operations.preview import Preview
from quipu.ui import look
from quipu.ui.pages.tray_words import (
    describe,
    describe_result,
    reason_words,
    result_reason,
    sender_words,
)
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.words import Words

_ICONS = {
    "merged": "done",
    "already": "info",
    "partly": "warning",
    "refused": "error",
    "kept": "info",
    "waiting": "warning",
    "carried": "info",
}
_TROUBLED = ("refused", "partly", "waiting")
_WORTH = ("merged", "partly", "already", "waiting", "kept", "carried")
"""What may be given to the merging: a part that waits is kept, a computer that waits is noted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a file that was chosen, or one inside it; `seen` is the look at it beforehand."""

    result: BundleResult
    seen: Preview | None = None
    inner: bool = False


class Tray(QWidget):
    """Files that were chosen: looked at first, then merged.

    `merge_wanted` carries the files to merge, `carry_wanted` those of others to take along (in an
    office), `page_wanted` the page to go on at (`disputes`,
    `refused`); `closed` tells that the tray is put away.
    """

    merge_wanted = Signal(object)
    carry_wanted = Signal(object)
    page_wanted = Signal(str)
    closed = Signal()

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._role = words, role
        self._seen: dict[Path, Preview] = {}
        self.model: RecordsModel[Line] = RecordsModel(self._columns("preview"))
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(words.text("ui.tray.files"))
        self.view.chosen.connect(self._show_detail)
        self.headline, self.detail = QLabel(), QTextBrowser()
        self.headline.setObjectName("subtitle")
        self.headline.setWordWrap(True)
        self.detail.setAccessibleName(words.text("ui.tray.detail"))
        self.merge = self._button("ui.tray.merge")
        self.merge.setObjectName("main")
        self.carry = self._button("ui.tray.carry")
        self.disputes = self._button("ui.tray.disputes")
        self.refused = self._button("ui.tray.refused")
        self.leave = self._button("ui.tray.leave")
        self._arrange()
        self.merge.clicked.connect(lambda: self.merge_wanted.emit(self.worth()))
        self.carry.clicked.connect(lambda: self.carry_wanted.emit(self.of_others()))
        self.leave.clicked.connect(self.closed)
        self.disputes.clicked.connect(lambda: self.page_wanted.emit("disputes"))
        self.refused.clicked.connect(lambda: self.page_wanted.emit("refused"))

    def _button(self, key: str) -> QPushButton:
        button = QPushButton(self._words.text(key))
        button.setToolTip(self._words.text(f"{key}.tip"))
        return button

    def _arrange(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.view)
        parts.addWidget(self.detail)
        parts.setSizes([260, 190])
        row = QHBoxLayout()
        row.addWidget(self.merge)
        row.addWidget(self.carry)
        row.addWidget(self.disputes)
        row.addWidget(self.refused)
        row.addStretch(1)
        row.addWidget(self.leave)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 6, 0, 0)
        page.addWidget(self.headline)
        page.addWidget(parts, 1)
        page.addLayout(row)

    def _columns(self, stage: str) -> list[Shown[Line]]:
        text = self._words.text

        def state(one: Line) -> str:
            return text(f"ui.{stage}.{one.result.state}")

        return [
            Shown("", lambda one: "", 28, _icon),
            Shown(text("ui.merge.file"), _file_words, 190),
            Shown(text("ui.merge.from"), lambda one: sender_words(self._words, one.result), 206),
            Shown(text("ui.merge.number"), _number, 44),
            Shown(text(f"ui.tray.state.{stage}"), state, 140, ground=_ground),
            Shown(text("ui.merge.new"), _new_words, 104),
            Shown(text("ui.merge.why"), lambda one: result_reason(self._words, one.result)),
        ]

    # ------------------------------------------------------------------ what is shown
    def show_working(self, key: str) -> None:
        """Say that files are being looked at or merged."""
        self.headline.setText(self._words.text(key))
        for button in (self.merge, self.carry, self.disputes, self.refused):
            button.setVisible(False)

    def show_previews(self, previews: Sequence[Preview]) -> None:
        """Show what would become of files; nothing has been merged yet."""
        self.model.show_records(tuple(_seen_lines(previews)), self._columns("preview"))
        self._seen = {one.result.file: one for one in previews}
        worth, all_ = len(self.worth()), len(previews)
        new = sum(one.result.new for one in self.model.records)
        key = "ui.tray.look" if worth else "ui.tray.look-none"
        self.headline.setText(self._words.text(key, worth=worth, all=all_, new=new))
        self.merge.setText(self._words.plural("ui.tray.merge-count", worth))
        self.merge.setVisible(bool(worth))
        self.carry.setText(self._words.plural("ui.tray.carry-count", len(self.of_others())))
        self.carry.setVisible(bool(self.of_others()))
        self.disputes.setVisible(False)
        self.refused.setVisible(False)
        self.leave.setText(self._words.text("ui.tray.leave"))
        self._begin()
        (self.merge if worth else self.leave).setFocus()

    def show_results(self, merged: Merged) -> None:
        """Show what became of files."""
        lines = tuple(_result_lines(merged.bundles, self._seen))
        self.model.show_records(lines, self._columns("merge"))
        results = [one.result for one in self.model.records]
        went_in = sum(one.state in ("merged", "partly") for one in results)
        new, refused = (sum(getattr(one, name) for one in results) for name in ("new", "refused"))
        self.headline.setText(
            self._words.text("ui.merge.summary", done=went_in, all=len(results), new=new)
        )
        self.merge.setVisible(False)
        self.carry.setVisible(False)
        self.disputes.setText(self._words.plural("ui.merge.disputes", merged.disputes_open))
        self.disputes.setVisible(merged.disputes_open > 0)
        self.refused.setText(self._words.plural("ui.tray.refused-count", refused))
        self.refused.setVisible(refused > 0)
        self.leave.setText(self._words.text("ui.tray.done"))
        self._begin()
        self.leave.setFocus()

    def worth(self) -> list[Path]:
        """Give the files of which merging makes something."""
        files = [
            one.result.file
            for one in self.model.records
            if not one.inner and one.result.state in _WORTH
        ]
        return list(dict.fromkeys(files))

    def of_others(self) -> list[Path]:
        """Give the files that an office may take along for others."""
        if self._role != "office":
            return []
        lines = (one.result for one in self.model.records if not one.inner)
        return [one.file for one in lines if one.reason == "bundle-for-someone-else"]

    def _begin(self) -> None:
        """Begin at the first file that does not go in whole."""
        states = [one.result.state for one in self.model.records]
        troubled = (row for row, state in enumerate(states) if state in _TROUBLED)
        self.view.selectRow(next(troubled, 0))

    def _show_detail(self, row: int) -> None:
        if not 0 <= row < len(self.model.records):
            self.detail.clear()
            return
        one = self.model.records[row]
        if one.seen is None:
            lines = reason_words(self._words, one.result)
        elif one.seen.result is one.result:
            lines = describe(self._words, one.seen)
        else:
            lines = describe_result(self._words, one.result, one.seen)
        self.detail.setHtml("".join(f"<p style='margin:2px 0'>{line}</p>" for line in lines))


def _seen_lines(previews: Iterable[Preview], inner: bool = False) -> Iterable[Line]:
    for one in previews:
        yield Line(one.result, one, inner)
        yield from _seen_lines(one.enclosed, True)


def _result_lines(
    results: Iterable[BundleResult], seen: Mapping[Path, Preview], inner: bool = False
) -> Iterable[Line]:
    for one in results:
        before = seen.get(one.file)
        within = {inside.result.file: inside for inside in before.enclosed} if before else {}
        yield Line(one, before, inner)
        yield from _result_lines(one.enclosed, within, True)


def _icon(one: Line) -> QIcon:
    disputed = one.result.disputes and one.result.state == "merged"
    return look.icon("disputes" if disputed else _ICONS[one.result.state])


def _file_words(one: Line) -> str:
    return f"    {one.result.file.name}" if one.inner else one.result.file.name


def _number(one: Line) -> str:
    return str(one.seen.sequence) if one.seen is not None and one.seen.sequence else ""


def _new_words(one: Line) -> str:
    result = one.result
    return f"{result.new} / {result.revisions}" if result.revisions else ""


def _ground(one: Line) -> QColor | None:
    return look.REFUSED_FILL if one.result.state == "refused" else None
