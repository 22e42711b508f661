"""What is typed in a report's lists of figures goes into the workspace (S1-12, S1-19, S1-25)."""

from collections.abc import Callable

from quipu.operations.counting import Group, count
from quipu.operations.entering import Demand, enter
from quipu.operations.period_reports import Reported
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Doing
from quipu.ui.pages.report import ReportPage
from quipu.ui.pages.report_figures import CountLine, DemandLine, criteria, named
from quipu.ui.stage import Stage


class ReportFigures(Doing):
    """Stores what was counted and what was demanded; `found` gives the report in view."""

    def __init__(
        self, stage: Stage, page: ReportPage, found: Callable[[], Reported | None]
    ) -> None:
        super().__init__(stage)
        self._found = found
        page.counts.typed.connect(self._count)
        page.counts.added.connect(self._ask_group)
        page.demands.typed.connect(self._demand)

    def _count(self, one: CountLine, _: str, text: str) -> None:
        group = Group(one.counted.by, one.counted.group) if one.counted.by else None
        self._store(one.counted.what, group, text)

    def _store(self, what: str, group: Group | None, text: str) -> None:
        found = self._found()
        if found is None:
            return
        own = found.report
        self.write(
            lambda house, author: count(
                house, unit=own.unit, period=own.period, what=what, number=text, group=group,
                plan=own.plan, author=author,
            ),
            self.stage.words.text("ui.counts.stored"),
        )  # fmt: skip

    def _ask_group(self) -> None:
        found, words = self._found(), self.stage.words
        if found is None:
            return
        options = [
            (f"{asked.code}\n{one.code}", f"{named(asked, words)} · {named(one, words)}")
            for asked in found.asked.counts
            for one in criteria(found, asked)
            if not one.groups
        ]

        def store(said: Said) -> None:
            what, _, by = said.answer("by").partition("\n")
            self._store(what, Group(by, said.answer("name")), said.answer("number"))

        self.question(
            words.text("ui.counts.add"),
            [
                Question("by", "ui.counts.by", "choice", options=options),
                Question("name", "ui.counts.name"),
                Question("number", "ui.counts.number"),
            ],
            store,
        )

    def _demand(self, one: DemandLine, name: str, text: str) -> None:
        found = self._found()
        if found is None:
            return
        own = found.report
        said = Demand(text, None) if name == "received" else Demand(None, text)
        self.write(
            lambda house, author: enter(
                house, unit=own.unit, activity=one.item, period=own.period, value=said,
                author=author,
            ),
            self.stage.words.text("ui.demands.stored"),
        )  # fmt: skip
