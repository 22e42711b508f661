"""The match of a table's columns with a form's: as understood, and as a person corrects it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from quipu.domain.period import Period
from quipu.forms.corrections import Correction, HeadingFound, spread
from quipu.forms.definition import Column, Form
from quipu.forms.recognise_columns import Slot
from quipu.ui.speech import field_name, period_name
from quipu.words import Words


class MatchEditor(QWidget):
    """One heading's form and columns; `changed` carries all corrections made so far."""

    changed = Signal(object)

    def __init__(
        self, words: Words, forms: Mapping[str, Form], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._forms = words, forms
        self._all: Sequence[HeadingFound] = ()
        self._now: HeadingFound | None = None
        self._year = date.today().year
        self._touched = -1
        self.said: dict[tuple[int, int], Correction] = {}
        self.form = QComboBox()
        self.form.activated.connect(lambda _: self._form_chosen())
        self.alike = QCheckBox()
        self.alike.setChecked(True)
        self.lack = QLabel()
        self.lack.setWordWrap(True)
        self.lack.setStyleSheet("color: #a3271c;")
        self.columns = QTableWidget(0, 3)
        self.columns.setHorizontalHeaderLabels(
            [words.text(f"ui.match.{name}") for name in ("file", "sample", "form")]
        )
        self.columns.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.columns.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.columns.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.columns.verticalHeader().hide()
        heading = self.columns.horizontalHeader()
        heading.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        heading.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.columns.setColumnWidth(2, 210)
        line = QFormLayout()
        line.addRow(words.text("ui.match.is"), self.form)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addLayout(line)
        page.addWidget(self.alike)
        page.addWidget(self.columns, 1)
        page.addWidget(self.lack)

    # ------------------------------------------------------------------ what is shown
    def show_heading(
        self, shown: HeadingFound | None, every: Sequence[HeadingFound], year: int | None
    ) -> None:
        """Show a heading of a file; `every` are all of the file."""
        same = self._now is not None and shown is not None and _place(self._now) == _place(shown)
        focus = self._touched if same else -1
        self._now, self._all, self._year = shown, every, year or self._year
        self.setEnabled(shown is not None)
        self.columns.setRowCount(0)
        self.lack.setText("")
        if shown is None:
            self.form.clear()
            return
        self._offer_forms(shown)
        count = len(spread(Correction(0, 0, 1, ""), every, shown)) - 1
        self.alike.setVisible(count > 0)
        self.alike.setText(self._words.plural("ui.match.alike", count))
        form = self._forms.get(shown.form)
        self.columns.setVisible(form is not None)
        if form is not None:
            self._fill(shown, form, focus)
        if shown.missing:
            names = ", ".join(f"«{_title(self._words, one)}»" for one in shown.missing)
            self.lack.setText(self._words.text("ui.match.missing", columns=names))

    def _offer_forms(self, shown: HeadingFound) -> None:
        self.form.clear()
        self.form.addItem(self._words.text("ui.match.no-table"), "")
        near = {one.form.partition("/")[0] for one in self._all if one.form}
        for form in sorted(
            self._forms.values(), key=lambda one: (one.id.partition("/")[0], one.order)
        ):
            if not near or form.id.partition("/")[0] in near:
                title = form.title.get(self._words.lang, next(iter(form.title.values()), form.id))
                self.form.addItem(title, form.id)
        self.form.setCurrentIndex(max(self.form.findData(shown.form), 0))

    def _fill(self, shown: HeadingFound, form: Form, focus: int) -> None:
        choices = self._choices(form, shown)
        self.columns.setRowCount(len(shown.columns))
        for row, column in enumerate(shown.columns):
            # The lowest heading says most: "Ene · Programación 2024".
            named = " · ".join(reversed(column.text.split(" · "))) or "—"
            for at, text in enumerate((named, column.sample)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.columns.setItem(row, at, item)
            box = QComboBox()
            box.setAccessibleName(column.text)
            for said, _ in choices:
                box.addItem(said)
            at = next((n for n, (_, slot) in enumerate(choices) if slot == column.slot), 0)
            box.setCurrentIndex(at)
            box.activated.connect(
                lambda number, place=column.at: self._column_chosen(place, choices[number][1])
            )
            self.columns.setCellWidget(row, 2, box)
            if column.at == focus:
                box.setFocus()

    def _choices(self, form: Form, shown: HeadingFound) -> list[tuple[str, Slot | None]]:
        """Give what a column of the file may be: nothing, or each column and period of a form."""
        found: list[Slot] = []
        for column in form.columns:
            match column.periods:
                case None:
                    found.append(Slot(column))
                case "month" | "quarter" | "semester":
                    parts = {"month": 12, "quarter": 4, "semester": 2}[column.periods]
                    found += [Slot(column, index) for index in range(1, parts + 1)]
                case _:
                    pass  # years are what the heading says
        found += [
            one.slot for one in shown.columns if one.slot is not None and one.slot not in found
        ]
        nothing: tuple[str, Slot | None] = (self._words.text("ui.match.nothing"), None)
        return [nothing, *((self._slot_name(form, slot), slot) for slot in found)]

    def _slot_name(self, form: Form, slot: Slot) -> str:
        title, kind = _title(self._words, slot.column), slot.column.periods
        if kind is None:
            return title
        if kind in ("month", "quarter", "semester"):
            period = Period(self._year, kind, slot.index, self._year)
            name = period_name(self._words, str(period))
        else:
            name = str(slot.year or "")
        several = sum(one.periods is not None for one in form.columns) > 1
        return f"{title} · {name}" if several or not name else name

    # ------------------------------------------------------------------ what a person says
    def forget(self) -> None:
        """Forget all corrections: another document is looked at."""
        self.said.clear()
        self._now = None

    def _form_chosen(self) -> None:
        now = self._now
        if now is not None and self.form.currentData() != now.form:
            self._touched = -1
            self._say(now, Correction(0, 0, 1, str(self.form.currentData())))

    def _column_chosen(self, at: int, slot: Slot | None) -> None:
        now = self._now
        if now is None:
            return
        before = self.said.get(_place(now))
        columns = dict(before.columns) if before is not None and before.form == now.form else {}
        self._touched = at
        self._say(now, Correction(0, 0, 1, now.form, {**columns, at: slot}))

    def _say(self, now: HeadingFound, said: Correction) -> None:
        own = replace(said, table=now.table, first=now.first, last=now.last)
        every = spread(own, self._all, now) if self.alike.isChecked() else [own]
        self.said.update({(one.table, one.first): one for one in every})
        self.changed.emit(tuple(self.said.values()))


def _place(shown: HeadingFound) -> tuple[int, int]:
    return shown.table, shown.first


def _title(words: Words, column: Column) -> str:
    named = next((text for text in column.header if text), "")
    if column.periods is not None:
        named = column.group.replace("{year}", "").strip()
    return " ".join(named.split()) or field_name(words, column.field)
