"""Files that come and go: plans, filled workbooks, prints; `bundles` has what is exchanged."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from quipu.operations.filled import enter_from_workbook
from quipu.operations.loading import Loaded, store_reading
from quipu.operations.outcome import Outcome
from quipu.operations.printing import Printed, print_document
from quipu.operations.reading import Looked, look_at
from quipu.operations.sections import available_templates
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.dialogs.load import LoadDialog, Source, form_choices
from quipu.ui.snapshot import Node
from quipu.ui.speech import error_sentence, period_name
from quipu.ui.stage import Stage


class Exchange:
    """What the window does with files; each verb asks what it must and works behind the window."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._words = stage.words

    # ------------------------------------------------------------------ the plan comes in
    def load(self) -> LoadDialog | None:
        """Open the dialog that reads a document and stores it as the plan."""
        seen = self._stage.seen()
        if seen is None:
            return None
        # What comes is mostly more of the plan in view; its year the document says itself.
        form = self._institution_forms() if seen.plan is not None else ""
        dialog = LoadDialog(self._words, seen.forms, form=form, parent=self._stage.window)
        dialog.read_wanted.connect(lambda source: self._read(dialog, source))
        dialog.store_wanted.connect(lambda source: self._store(dialog, source))
        dialog.open()
        return dialog

    def _read(self, dialog: LoadDialog, source: Source) -> None:
        dialog.summary.setText(self._words.text("ui.load.reading"))

        def show(looked: Looked) -> None:
            refusal = looked.refusal
            said = error_sentence(self._words, refusal) if refusal is not None else ""
            dialog.show_looked(looked, said)

        self._stage.desk.read(
            lambda house, watch: look_at(
                file=source.file, text=source.text, name=self._words.text("ui.load.pasted"),
                form=source.form, year=source.year, corrections=source.corrections,
                folder=house.folder, progress=watch.progress, cancelled=watch.cancelled,
            ),
            show,
            key="read-plan",
            title=self._words.text("ui.load.reading"),
            failed=lambda error: dialog.show_refusal(error_sentence(self._words, error)),
        )  # fmt: skip

    def _store(self, dialog: LoadDialog, source: Source) -> None:
        reading, year = dialog.reading, source.year
        if reading is None:
            return

        def done(loaded: Loaded) -> None:
            dialog.accept()
            said = self._words.text(
                "ui.load.done",
                rows=len(loaded.reading.rows),
                stored=loaded.stored,
                problems=len(loaded.problems),
            )
            self._stage.notice.say("done", said)

        self._stage.desk.write(
            lambda house, watch: store_reading(
                house, reading, year=year, author=self._stage.desk.author,
                progress=watch.progress, cancelled=watch.cancelled,
            ),
            done,
            title=self._words.text("ui.load.storing"),
            failed=lambda error: dialog.show_refusal(error_sentence(self._words, error)),
        )  # fmt: skip

    def fill(self) -> None:
        """Take in a workbook that Quipu printed for a period and somebody filled in."""
        pattern = self._words.text("ui.fill.pattern")
        title = self._words.text("ui.action.fill")
        path, _ = QFileDialog.getOpenFileName(self._stage.window, title, "", pattern)
        if path:
            self.fill_from(Path(path))

    def fill_from(self, file: Path) -> None:
        """Take in a filled workbook."""

        def done(outcome: Outcome) -> None:
            said = self._words.text(
                "ui.fill.done", changed=outcome.changed, problems=len(outcome.problems)
            )
            self._stage.notice.say("warning" if outcome.problems else "done", said)

        self._stage.desk.write(
            lambda house, watch: enter_from_workbook(
                house, file=file, author=self._stage.desk.author,
                progress=watch.progress, cancelled=watch.cancelled,
            ),
            done,
            title=self._words.text("ui.fill.working"),
        )  # fmt: skip

    # ------------------------------------------------------------------ prints
    def print(self, node: Node | None, view: str, period: str) -> Ask | None:
        """Ask what to print, beginning with what is on the screen."""
        seen = self._stage.seen()
        if seen is None or seen.plan is None:
            self._stage.notice.say("warning", self._words.text("ui.print.no-plan"))
            return None
        ask = Ask(
            self._words, self._words.text("ui.action.print"),
            self._print_questions(node, view, period),
            done=self._words.text("ui.print.write"), parent=self._stage.window,
        )  # fmt: skip
        ask.when_accepted(lambda asked: self._print_answered(asked, node, period))
        return ask

    def _print_questions(self, node: Node | None, view: str, period: str) -> list[Question]:
        text = self._words.text
        whole = ("", text("ui.print.everything"))
        here = [("here", " ".join(node.name.split()))] if node is not None and node.form else []
        named = period_name(self._words, period)
        views = [
            ("plan", text("ui.print.plan")),
            ("published", text("ui.print.published")),
            ("progress", text("ui.print.progress", period=named)),
        ]
        return [
            Question("what", "ui.print.what", "choice", view, views),
            Question(
                "whose", "ui.print.whose", "choice", "here", [*here, whole, *self._documents()]
            ),
            Question(
                "kind", "ui.print.kind", "choice", "pdf",
                [("pdf", text("ui.print.pdf")), ("xlsx", text("ui.print.xlsx"))],
            ),
            Question("folder", "ui.print.folder", "folder", str(Path.home())),
        ]  # fmt: skip

    def _print_answered(self, ask: Said, node: Node | None, period: str) -> None:
        seen, what = self._stage.seen(), ask.answer("what")
        if seen is None or seen.plan is None:
            return
        whose = ask.answer("whose")
        if "/" in whose:
            self._print_whole(ask, whose, seen.plan.item)
            return
        here = node if whose == "here" else None
        name = " ".join((here.name if here else seen.institution).split())[:60]
        tail = period if what == "progress" else self._words.text(f"ui.view.{what}")
        file = ask.path("folder") / f"{_safe(name)} {tail}.{ask.answer('kind')}"
        form = here.form if here else self._institution_forms()
        self._print(
            file, form, here.item if here else "", period if what == "progress" else "",
            what == "published", here.plan if here else seen.plan.item,
        )  # fmt: skip

    def _print_whole(self, ask: Said, document: str, plan: str) -> None:
        """Print a whole document, with its texts; it has no period of its own."""
        what = ask.answer("what")
        name = dict(self._documents()).get(document, document)
        file = ask.path("folder") / f"{_safe(name)[:80]}.{ask.answer('kind')}"
        self._print(file, document, "", "", what == "published", plan)

    def _documents(self) -> list[tuple[str, str]]:
        """Give the documents of the institution's plan: the book, the review, the coverage."""
        folder = self._institution_forms()
        return [
            (one.id, one.title.get(self._words.lang) or next(iter(one.title.values())))
            for one in available_templates(self._stage.desk.folder).values()
            if one.folder == folder
        ]

    def _institution_forms(self) -> str:
        seen = self._stage.seen()
        rows = seen.facts.of_kind("activity", "action", "objective") if seen is not None else []
        used = [seen.facts.text(row, "form") for row in rows] if seen is not None else []
        forms = [form for form in used if form] or [value for value, _ in self._choices()]
        return forms[0].partition("/")[0]

    def _choices(self) -> list[tuple[str, str]]:
        seen = self._stage.seen()
        return form_choices(seen.forms, self._words.lang) if seen is not None else []

    def _print(
        self, file: Path, form: str, unit: str, period: str, published: bool, plan: str
    ) -> None:
        def done(printed: Printed) -> None:
            if printed.pages is not None:
                said = self._words.plural("ui.print.pages", printed.pages, file=file.name)
            else:
                said = self._words.plural("ui.print.sheets", printed.sheets or 0, file=file.name)
            self._stage.written(said, file)

        self._stage.desk.read(
            lambda house, watch: print_document(
                house, form=form, unit=unit, period=period, as_published=published, file=file,
                plan=plan, progress=watch.progress, cancelled=watch.cancelled,
            ),
            done,
            title=self._words.text("ui.print.working"),
        )  # fmt: skip


def _safe(name: str) -> str:
    """Give a name without the signs that file systems keep for themselves."""
    return "".join(sign if sign not in '<>:"/\\|?*' else "-" for sign in name).strip(" .")
