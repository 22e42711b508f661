"""Files that come and go: plans, filled workbooks, bundles, prints."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from quipu.operations.exporting import Exported, export_all, export_bundle
from quipu.operations.filled import enter_from_workbook
from quipu.operations.loading import Loaded, store_reading
from quipu.operations.merging import Merged, merge_bundles
from quipu.operations.outcome import Outcome
from quipu.operations.printing import Printed, print_document
from quipu.operations.reading import Looked, look_at
from quipu.operations.sections import available_templates
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.dialogs.load import LoadDialog, Source, form_choices
from quipu.ui.dialogs.results import MergeResults
from quipu.ui.snapshot import Node
from quipu.ui.speech import error_sentence, period_name
from quipu.ui.stage import Stage

BUNDLES = "Quipu (*.quipu)"


class Exchange:
    """What the window does with files; each verb asks what it must and works behind the window."""

    def __init__(self, stage: Stage, show_disputes: Callable[[], None]) -> None:
        self._stage = stage
        self._words = stage.words
        self._show_disputes = show_disputes

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

    # ------------------------------------------------------------------ bundles
    def export(self) -> None:
        """Write the bundle for the other side; the centre chooses an office or all of them."""
        seen = self._stage.seen()
        if seen is None:
            return
        if seen.role == "office":
            name = f"{seen.office_name or 'quipu'} {date.today().isoformat()}.quipu"
            title = self._words.text("ui.action.export")
            path, _ = QFileDialog.getSaveFileName(self._stage.window, title, name, BUNDLES)
            if path:
                self.export_to(Path(path), "")
            return
        offices = [(item, seen.name(item)) for item in seen.facts.of_kind("office")]
        if not offices:
            self._stage.notice.say("warning", self._words.text("ui.export.no-offices"))
            return
        everyone = ("", self._words.text("ui.export.all"))
        questions = [
            Question("to", "ui.export.to", "choice", options=[everyone, *offices]),
            Question("folder", "ui.export.folder", "folder", str(Path.home())),
        ]
        Ask(
            self._words, self._words.text("ui.action.export"), questions,
            done=self._words.text("ui.export.write"), parent=self._stage.window,
        ).when_accepted(self._export_answered)  # fmt: skip

    def _export_answered(self, ask: Said) -> None:
        seen, to = self._stage.seen(), ask.answer("to")
        if to and seen is not None:
            self.export_to(ask.path("folder") / f"{seen.name(to)}.quipu", to)
        else:
            self._export_all(ask.path("folder"))

    def export_to(self, file: Path, to: str) -> None:
        """Write one bundle."""
        target = file if file.suffix else file.with_suffix(".quipu")

        def done(made: Exported) -> None:
            said = self._words.text(
                "ui.export.done", file=target.name, revisions=made.revisions, sequence=made.sequence
            )
            self._stage.written(said, target)

        self._stage.desk.write(
            lambda house, watch: export_bundle(
                house, file=target, to=to, progress=watch.progress, cancelled=watch.cancelled
            ),
            done,
            title=self._words.text("ui.export.working"),
        )

    def _export_all(self, folder: Path) -> None:
        def done(made: tuple[Exported, ...]) -> None:
            said = self._words.plural("ui.export.all-done", len(made))
            self._stage.written(said, folder / "quipu")

        self._stage.desk.write(
            lambda house, watch: export_all(
                house, folder=folder, progress=watch.progress, cancelled=watch.cancelled
            ),
            done,
            title=self._words.text("ui.export.working"),
        )

    def merge(self) -> None:
        """Merge the bundles that a person chooses."""
        title = self._words.text("ui.action.merge")
        paths, _ = QFileDialog.getOpenFileNames(self._stage.window, title, "", BUNDLES)
        if paths:
            self.merge_files([Path(path) for path in paths])

    def merge_files(self, files: list[Path]) -> None:
        """Merge bundles and show what became of each."""

        def done(merged: Merged) -> None:
            results = MergeResults(self._words, merged, self._stage.window)
            results.disputes.clicked.connect(results.accept)
            results.disputes.clicked.connect(self._show_disputes)
            results.open()

        self._stage.desk.write(
            lambda house, watch: merge_bundles(
                house, files=files, progress=watch.progress, cancelled=watch.cancelled
            ),
            done,
            title=self._words.text("ui.merge.working"),
        )

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
