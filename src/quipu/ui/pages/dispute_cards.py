"""One dispute: its values on cards beside each other, with all that speaks for each."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.disputes import Dispute, Head
from quipu.operations.history import Past
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.speech import field_name, moment, quiet_name, value_words
from quipu.words import Words

_MOST_HISTORY = 200


class DisputeCards(QWidget):
    """`settled`, `go_to` and `file_wanted` are as the page's."""

    settled = Signal(object, str, object, str)
    go_to = Signal(object)
    file_wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._first: QPushButton | None = None
        self.note = QLineEdit()
        self.note.setPlaceholderText(words.text("ui.disputes.note"))
        self.history: RecordsModel[Past] = RecordsModel(self._columns())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 0, 4, 0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.hide()

    def show_dispute(self, dispute: Dispute, what: str, period: str) -> None:
        """Show a dispute, of which the cell is called `what`."""
        heading, where = QLabel(what), QLabel()
        heading.setObjectName("subtitle")
        heading.setWordWrap(True)
        where.setObjectName("muted")
        where.setText(" · ".join(part for part in (quiet_name(dispute.unit), period) if part))
        self._column.addWidget(heading)
        self._column.addWidget(where)
        if dispute.base and not dispute.edited:
            before = " · ".join(value_words(value) for value in dispute.base)
            self._column.addWidget(QLabel(self._words.text("ui.disputes.before", value=before)))
        beside = QHBoxLayout()
        for head in dispute.heads:
            beside.addWidget(self._card(dispute, head), 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(beside)
        if not dispute.edited:
            self._column.addLayout(self._third(dispute))
        self.note.show()
        self._column.addWidget(self.note)
        self._add_history(dispute)

    def focus(self) -> None:
        """Go to the first choice with the keyboard."""
        if self._first is not None:
            self._first.setFocus()

    # ------------------------------------------------------------------ one side
    def _card(self, dispute: Dispute, head: Head) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inner = QVBoxLayout(card)
        value = QLabel(self._value(dispute, head))
        value.setObjectName("title" if len(value.text()) < 40 else "")
        value.setWordWrap(True)
        inner.addWidget(value)
        office = quiet_name(head.office) or self._words.text("ui.centre")
        lines = [f"{head.author} · {office}", moment(head.at)]
        if head.reason:
            lines.append(self._words.text("ui.disputes.reason", reason=head.reason))
        for line in lines:
            label = QLabel(line)
            label.setWordWrap(True)
            inner.addWidget(label)
        for file in head.evidence:
            button = QPushButton(look.icon("clip"), file.file.name)
            button.setToolTip(self._words.text("ui.disputes.open"))
            button.setEnabled(file.here)
            button.clicked.connect(lambda _=False, one=file: self.file_wanted.emit(one.file))
            inner.addWidget(button)
        inner.addSpacing(6)
        inner.addWidget(self._choose(dispute, head))
        return card

    def _value(self, dispute: Dispute, head: Head) -> str:
        if not dispute.edited:
            return value_words(head.value)
        edit = self._edit(dispute, head)
        if edit is None:
            return self._words.text("ui.disputes.row-deleted")
        field = field_name(self._words, edit.address.field)
        return f"{field}: {value_words(head.value)}"

    @staticmethod
    def _edit(dispute: Dispute, head: Head) -> Past | None:
        """Give what a head wrote in a row that another deleted, `None` for the deletion."""
        return next(
            (
                past
                for past in dispute.history
                if past.revision == head.revision and past.address in dispute.edited
            ),
            None,
        )

    def _choose(self, dispute: Dispute, head: Head) -> QPushButton:
        key = "ui.disputes.choose"
        if dispute.edited:
            gone = self._edit(dispute, head) is None
            key = "ui.disputes.keep-deleted" if gone else "ui.disputes.bring-back"
        choose = QPushButton(self._words.text(key))
        choose.setToolTip(self._words.text("ui.disputes.choose.tip"))
        choose.clicked.connect(
            lambda: self.settled.emit(dispute, head.revision, None, self.note.text().strip())
        )
        self._first = self._first or choose
        return choose

    def _third(self, dispute: Dispute) -> QHBoxLayout:
        line = QLineEdit()
        line.setPlaceholderText(self._words.text("ui.disputes.other"))
        put = QPushButton(self._words.text("ui.disputes.put"))
        put.setEnabled(False)
        line.textChanged.connect(lambda text: put.setEnabled(bool(text.strip())))
        line.returnPressed.connect(put.click)
        put.clicked.connect(
            lambda: self.settled.emit(dispute, "", line.text().strip(), self.note.text().strip())
        )
        other = QHBoxLayout()
        other.addWidget(line, 1)
        other.addWidget(put)
        return other

    # ------------------------------------------------------------------ the history
    def _columns(self) -> list[Shown[Past]]:
        text = self._words.text
        return [
            Shown(text("ui.disputes.at"), lambda one: moment(one.at), 124),
            Shown(text("ui.disputes.who"), self._who, 170),
            Shown(text("ui.disputes.value"), lambda one: value_words(one.value), 90),
            Shown(text("ui.disputes.about"), self._about),
        ]

    def _who(self, one: Past) -> str:
        office = quiet_name(one.office) or self._words.text("ui.centre")
        return f"{one.author} · {office}"

    def _about(self, one: Past) -> str:
        said = [self._words.text(f"ui.disputes.act.{one.act}")] if one.act else []
        return ". ".join([*said, one.reason] if one.reason else said)

    def _add_history(self, dispute: Dispute) -> None:
        row = QHBoxLayout()
        title = QLabel(self._words.text("ui.disputes.history"))
        title.setObjectName("subtitle")
        look_ = QPushButton(self._words.text("ui.disputes.look"))
        look_.clicked.connect(lambda: self.go_to.emit(dispute.address))
        row.addWidget(title, 1)
        row.addWidget(look_)
        self._column.addSpacing(6)
        self._column.addLayout(row)
        view = RecordsView(self.history)
        view.setAccessibleName(title.text())
        newest = sorted(dispute.history, key=lambda one: one.at, reverse=True)
        self.history.show_records(newest[:_MOST_HISTORY])
        view.setMinimumHeight(150)
        self._column.addWidget(view, 1)
