"""What happens round the sheet: which one is drawn, what is typed, what is known of a cell."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QObject, QTimer, Signal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.fields import is_evidence
from quipu.domain.plan_states import offices_may_propose
from quipu.domain.workflow import CLOSED
from quipu.forms.document import Cell, Document
from quipu.forms.numbers import write_number
from quipu.operations import reports
from quipu.operations.disputes import Dispute
from quipu.operations.entering import CellText, change_cells
from quipu.operations.findings import Decision, Finding, decide_all
from quipu.operations.history import Past, cell_history
from quipu.operations.house import House
from quipu.operations.locking import only_observed
from quipu.operations.observing import observe
from quipu.operations.outcome import Outcome
from quipu.operations.printing import document
from quipu.operations.sentences import problem_sentence
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.panels.cell import CellPanel
from quipu.ui.panels.findings import FindingsPanel
from quipu.ui.sheet.model import Entry
from quipu.ui.sheet.page import SheetPage
from quipu.ui.snapshot import Node, Overview
from quipu.ui.speech import error_sentence, period_name, refusal_sentence
from quipu.ui.stage import Stage

_HISTORY_AFTER_MS = 120
_REASON_VERBS = frozenset({"return", "observe"})


class Sheets(QObject):
    """Keeps page, cell panel and findings panel true to the node, view and period chosen.

    `period_changed` says that another period was chosen.
    """

    period_changed = Signal(str)

    def __init__(
        self, stage: Stage, page: SheetPage, cell: CellPanel, findings: FindingsPanel
    ) -> None:
        super().__init__(stage.window)
        self._stage, self._words, self._desk = stage, stage.words, stage.desk
        self.page, self._cell, self._findings = page, cell, findings
        self.node: Node | None = None
        self.period = ""
        self._jump: Address | None = None
        self._jump_keyboard = True
        self._found: list[Finding] = []
        self._disputes: list[Dispute] = []
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_HISTORY_AFTER_MS)
        self._asking.timeout.connect(self._ask_history)
        page.help_of = self._help
        page.typed.connect(self._typed)
        page.here.connect(self._here)
        page.view.skipped.connect(self._skipped)
        page.chooser.view_chosen.connect(lambda _: self.draw())
        page.chooser.period_chosen.connect(self.choose_period)
        page.chooser.verb_chosen.connect(self._report)
        findings.decided.connect(self._decide)

    # ------------------------------------------------------------------ which sheet
    @property
    def view(self) -> str:
        """The view that the chosen node is drawn in: a form without reports shows its plan."""
        chosen = self.page.chooser.view
        reports_progress = self.node is not None and self.node.kind == "unit"
        return "plan" if chosen == "progress" and not reports_progress else chosen

    def open(self, node: Node) -> None:
        """Draw a node's sheet."""
        if not node.form and node.kind != "unit":
            return
        self.node = node
        self._findings.show_unit(node.item)
        self.draw()

    def renew(self, node: Node | None) -> None:
        """Draw again when the chosen node's plan or form is another than it was."""
        before = self.node
        if node is None or before is None or node.key != before.key:
            return
        self.node = node
        if (node.form, node.plan) != (before.form, before.plan):
            self.draw()

    def choose_period(self, period: str) -> None:
        """Draw the progress of another month or quarter."""
        self.period = period
        self.page.chooser.choose_period(period)
        self.period_changed.emit(period)
        if self.view == "progress":
            self.draw()

    def show_view(self, view: str) -> None:
        """Draw another view."""
        self.page.chooser.choose_view(view)
        self.draw()

    def draw(self) -> None:
        """Draw the chosen node again, as things are now."""
        node, view, period = self.node, self.view, self.period
        if node is None or not node.form:
            self.page.show_document(None)
            self.show_state()
            return
        self._desk.read(
            lambda house, _: _draw(house, node, view, period),
            lambda drawn: self._drawn(drawn[0], drawn[1], view),
            key="sheet",
        )

    def _drawn(self, drawn: Document, locked: bool, view: str) -> None:
        why = "observed" if locked else ""
        self.page.show_document(drawn, read_only=self._why_not(view), locked=why)
        self._mark()
        self._clip()
        self.show_state()
        if self._jump is not None:
            target, self._jump = self._jump, None
            self.page.go_to_address(target)
            if self._jump_keyboard:
                self.page.view.setFocus()

    def _why_not(self, view: str) -> str:
        """Say why typing makes no sense in a view, `""` where it does.

        The operations decide on each cell; this only spares useless typing.
        """
        seen, node = self._stage.seen(), self.node
        if self._desk.read_only is not None or seen is None or node is None:
            return "workspace"
        if view == "published":
            return "published"
        if seen.role == "centre":
            return ""
        if view == "plan":
            return "" if offices_may_propose(seen.facts, node.plan) else "plan"
        closed = seen.states.get((node.item, self.period), "none") in CLOSED
        return "closed" if closed else ""

    def _help(self, form: str, field: str) -> str:
        """Give the institution's definition of a column."""
        seen = self._stage.seen()
        known = seen.forms.get(form) if seen is not None else None
        column = known.column(field) if known is not None else None
        if column is None or not column.help:
            return ""
        return column.help.get(self._words.lang, next(iter(column.help.values())))

    @property
    def why_closed(self) -> str:
        """Why nothing can be reported in the view and period chosen, `""` where it can."""
        return self._why_not(self.view)

    def show_state(self) -> None:
        """Show how the report of the chosen unit and period stands."""
        seen, node = self._stage.seen(), self.node
        is_unit = node is not None and node.kind == "unit" and bool(node.form)
        state = "none"
        if seen is not None and node is not None:
            state = seen.states.get((node.item, self.period), "none")
        note = ""
        if seen is not None and node is not None and node.plan:
            note = seen.facts.text(node.plan, "observation", self.period, node.item)
        self._clip()
        writable = self._desk.read_only is None
        self.page.chooser.show_state(state, note, reports=is_unit, writable=writable)

    def jump(self, node: Node, address: Address, *, keyboard: bool = True) -> None:
        """Go to the cell of an address, in the view and period that show it.

        `keyboard` says whether the person goes on there, or only looks at it from a list.
        """
        if address.unit and address.period:
            self.choose_period(address.period)
            self.page.chooser.choose_view("progress")
        else:
            self.page.chooser.choose_view("plan")
        self._jump, self._jump_keyboard = address, keyboard
        self.open(node)

    # ------------------------------------------------------------------ what is typed
    def _typed(self, entries: tuple[Entry, ...]) -> None:
        cells = tuple(CellText(one.address, one.text, str(n)) for n, one in enumerate(entries))
        self._desk.write(
            lambda house, _: change_cells(house, cells=cells, author=self._desk.author),
            lambda outcome: self._stored(entries, outcome),
            failed=lambda error: self._not_stored(entries, error),
        )

    def _stored(self, entries: tuple[Entry, ...], outcome: Outcome) -> None:
        refused = {}
        for problem in outcome.problems:
            entry = entries[int(problem.where)]
            refused[entry.address] = (entry.text, refusal_sentence(self._words, problem))
        self.page.model.settle([one.address for one in entries if one.address not in refused])
        if refused:
            self.page.refuse(refused)
        if len(refused) > 1:
            self._stage.notice.say("error", self._words.plural("ui.refused.some", len(refused)))

    def _not_stored(self, entries: tuple[Entry, ...], error: Exception) -> None:
        sentence = error_sentence(self._words, error)
        self.page.refuse({one.address: (one.text, sentence) for one in entries})
        self._stage.complain(error)

    def _skipped(self, count: int) -> None:
        self._stage.notice.say("warning", self._words.plural("ui.paste.skipped", count))

    # ------------------------------------------------------------------ what is known of a cell
    def _here(self, cell: Cell | None, column: str) -> None:
        seen = self._stage.seen()
        item = self.page.item()
        code = ""
        if seen is not None and item:
            code = seen.facts.text(item, "code") or seen.facts.text(item, "text")[:40]
        self._cell.show_cell(cell, self.page.text(), column, code)
        self._asking.start()

    def _ask_history(self) -> None:
        cell = self.page.cell()
        if cell is None or cell.address is None:
            return
        address = cell.address

        def show(past: list[Past]) -> None:
            now = self.page.cell()
            if now is not None and now.address == address:
                self._cell.show_history(past, self._number_style(now))

        self._desk.read(lambda house, _: cell_history(house, address=address), show, key="history")

    @property
    def waiting(self) -> bool:
        """Whether the current cell's history is still to be asked for."""
        return self._asking.isActive()

    def _number_style(self, cell: Cell) -> Callable[[Decimal], str]:
        document = self.page.document
        style = document.numbers if document is not None else "1,234.5"
        percent = cell.style == "percent"
        return lambda number: write_number(number, style, percent=percent)

    def ask_again(self) -> None:
        """Ask for the current cell's history again."""
        self._asking.start()

    # ------------------------------------------------------------------ findings and disputes
    @property
    def found(self) -> list[Finding]:
        """What the checks found last."""
        return self._found

    def show_findings(
        self, found: list[Finding], decided: list[Finding] | None, seen: Overview
    ) -> None:
        """Show what the checks found on the cells and in the list; there `decided` if given."""
        self._found = found
        self._findings.show_findings(found if decided is None else decided, seen.facts)
        self._mark()

    def show_disputes(self, disputes: list[Dispute]) -> None:
        """Mark the cells of which two people said different things."""
        self._disputes = disputes
        self._mark()

    def _mark(self) -> None:
        marks: dict[Address, str] = {}
        for severity in ("info", "warning", "error"):
            for found in self._found:
                if found.problem.severity == severity:
                    marks[found.address] = severity
        marks.update({dispute.address: "dispute" for dispute in self._disputes})
        self.page.model.mark(marks)

    def _clip(self) -> None:
        """Put a paper-clip on the progress of what has evidence in the period in view."""
        seen, node = self._stage.seen(), self.node
        if seen is None or node is None or self.view != "progress":
            self.page.model.clip(())
            return
        places = [(row.item, self.period, node.item) for row in self.page.model.body if row.item]
        self.page.model.clip(
            [
                Address(item, "executed", period, unit)
                for item, period, unit in places
                if _has_evidence(seen.facts, item, period, unit)
            ]
        )

    def _decide(self, found: list[Finding], action: str) -> None:
        """Ask for the note (and the value), then decide; several at once are one gesture."""
        text = self._words.text
        first = found[0].problem
        questions = [Question("note", "ui.decide.note", needed=False)]
        if action == "edit":
            questions.insert(0, Question("value", "ui.decide.value", value=first.value or ""))
        explain = problem_sentence(self._words, first) if len(found) == 1 else ""
        ask = Ask(
            self._words, self._words.plural(f"ui.decide.{action}", len(found)), questions,
            explain=explain, done=text(f"ui.decide.{action}.do"), parent=self._stage.window,
        )  # fmt: skip
        ask.when_accepted(lambda said: self._write_decisions(found, action, said))

    def _write_decisions(self, found: list[Finding], action: str, said: Said) -> None:
        value = said.answer("value") if action == "edit" else None
        decisions = [
            Decision(one.item, one.problem.check, action, one.problem.target, value)  # type: ignore[arg-type]
            for one in found
        ]
        note, author = said.answer("note"), self._desk.author
        done = self._words.plural("ui.decide.done", len(found))
        self._desk.write(
            lambda house, _: decide_all(house, decisions=decisions, note=note, author=author),
            lambda _: self._stage.notice.say("done", done),
        )

    # ------------------------------------------------------------------ the report
    def _report(self, verb: str) -> None:
        node, period = self.node, self.period
        if node is None:
            return
        if verb not in _REASON_VERBS:
            self._write_report(verb, node, period, "")
            return
        title = self._words.text(f"ui.report.{verb}")
        reason = Question("reason", "ui.report.reason", "text")
        ask = Ask(self._words, title, [reason], parent=self._stage.window)
        ask.when_accepted(
            lambda said: self._write_report(verb, node, period, said.answer("reason"))
        )

    def _write_report(self, verb: str, node: Node, period: str, reason: str) -> None:
        named = {
            "unit": node.item,
            "period": period,
            "plan": node.plan,
            "author": self._desk.author,
        }
        verbs = {
            "submit": lambda house: reports.submit(house, **named),
            "accept": lambda house: reports.accept(house, **named),
            "return": lambda house: reports.return_report(house, reason=reason, **named),
            "consolidate": lambda house: reports.consolidate(house, **named),
            "observe": lambda house: observe(house, text=reason, **named),
        }
        said = self._words.text(
            f"ui.report.{verb}.done",
            period=period_name(self._words, period),
            unit=" ".join(node.name.split()),
        )
        self._desk.write(
            lambda house, _: verbs[verb](house), lambda _: self._stage.notice.say("done", said)
        )


def _draw(house: House, node: Node, view: str, period: str) -> tuple[Document, bool]:
    """Draw a node's sheet; in a returned report only the cells that were observed are open."""
    drawn = document(
        house, form=node.form, unit=node.item, period=period if view == "progress" else "",
        as_published=view == "published", plan=node.plan,
    )  # fmt: skip
    if view != "progress" or node.kind != "unit":
        return drawn, False
    return only_observed(house, drawn, plan=node.plan, unit=node.item, period=period)


def _has_evidence(facts: Facts, item: str, period: str, unit: str) -> bool:
    return any(
        is_evidence(field) and (at, by) == (period, unit) and value is not None
        for (field, at, by), value in facts.entries(item).items()
    )
