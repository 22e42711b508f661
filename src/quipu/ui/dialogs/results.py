"""What became of the bundles that were merged, file by file."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations.merging import BundleResult, Merged, with_enclosed
from quipu.operations.sentences import code_sentence
from quipu.ui import look
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


class MergeResults(QDialog):
    """A line per file: from whom, what happened, how much was new; and the disputes left open."""

    def __init__(self, words: Words, merged: Merged, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(words.text("ui.merge.title"))
        self.resize(880, 360)
        self.model: RecordsModel[BundleResult] = RecordsModel(self._columns())
        self.model.show_records(tuple(with_enclosed(merged.bundles)))
        page = QVBoxLayout(self)
        head = QLabel(self._headline())
        head.setObjectName("subtitle")
        page.addWidget(head)
        view = RecordsView(self.model)
        view.setAccessibleName(words.text("ui.merge.title"))
        page.addWidget(view, 1)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        page.addWidget(self.detail)
        view.chosen.connect(self._show_detail)
        self._show_first(view)
        row = QHBoxLayout()
        row.addStretch(1)
        self.disputes = QPushButton(words.plural("ui.merge.disputes", merged.disputes_open))
        self.disputes.setVisible(merged.disputes_open > 0)
        close = QPushButton(words.text("ui.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(self.disputes)
        row.addWidget(close)
        page.addLayout(row)

    def _show_first(self, view: RecordsView) -> None:
        """Begin at the first file that did not go in whole."""
        states = [one.state for one in self.model.records]
        troubled = (n for n, state in enumerate(states) if state in _TROUBLED)
        view.selectRow(next(troubled, 0))

    def _show_detail(self, row: int) -> None:
        self.detail.setText(self._reason(self.model.records[row]))

    def _sender(self, one: BundleResult) -> str:
        """Say who sent a bundle; of one that cannot be read, or not yet, nobody knows."""
        if not one.sender and one.state in ("refused", "kept", "waiting", "carried"):
            return "—"
        return one.sender or self._words.text("ui.centre")

    def _headline(self) -> str:
        bundles = self.model.records
        went_in = sum(one.state in ("merged", "partly") for one in bundles)
        new = sum(one.new for one in bundles)
        return self._words.text("ui.merge.summary", done=went_in, all=len(bundles), new=new)

    def _columns(self) -> list[Shown[BundleResult]]:
        text = self._words.text
        return [
            Shown("", lambda one: "", 26, lambda one: look.icon(_ICONS[one.state])),
            Shown(text("ui.merge.file"), lambda one: one.file.name, 170),
            Shown(text("ui.merge.from"), self._sender, 140),
            Shown(text("ui.merge.state"), lambda one: text(f"ui.merge.{one.state}"), 100),
            Shown(text("ui.merge.new"), lambda one: f"{one.new} / {one.revisions}", 96),
            Shown(text("ui.merge.why"), self._reason),
        ]

    def _reason(self, one: BundleResult) -> str:
        parts = [code_sentence(self._words, one.reason, one.params)] if one.reason else []
        for name in ("refused", "missing", "disputes"):
            count = getattr(one, name)
            if count:
                parts.append(self._words.plural(f"ui.merge.count.{name}", count))
        return " ".join(parts)
