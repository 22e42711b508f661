"""The report of a period and the index of means of verification, written as PDF or workbook."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from quipu.domain.facts import Facts
from quipu.domain.period_report import ReportedRow
from quipu.domain.problem import Problem
from quipu.domain.value import Value, plain
from quipu.forms.definition import Form
from quipu.forms.draw_cycle import PaperHead
from quipu.forms.draw_report import (
    AdvanceLine,
    CountedLine,
    EvidenceLine,
    ReportPaper,
    ToldLine,
    evidence_document,
    report_document,
)
from quipu.forms.draw_words import Paper, period_words
from quipu.forms.numbers import write_number
from quipu.operations.cycle_papers import paper_words, plan_language
from quipu.operations.evidence import EvidenceIndex, Verified, evidence_index
from quipu.operations.finding import find_plan
from quipu.operations.house import House
from quipu.operations.period_reports import Reported, period_report
from quipu.operations.printing import Printed, write_document
from quipu.operations.sentences import problem_sentence
from quipu.words import Words


def print_report(house: House, *, unit: str, period: str, file: Path, plan: str = "") -> Printed:
    """Write a unit's report of a period with all that it says and what it lacks.

    Raises as `period_report`, and `output-unknown` (file) for another ending than PDF or XLSX.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    language = plan_language(house, facts, item)
    paper = paper_words(language)
    found = period_report(
        house, unit=unit, period=period, plan=item, language=language, facts=facts
    )
    index = evidence_index(house, units=[found.report.unit], period=found.report.period, plan=item)
    desk = _Desk(house, facts, found, language, paper)
    title = found.asked.title.get(language) or paper("report-title")
    when = period_words(found.report.period, paper)
    head = PaperHead(
        f"{title} – {when}",
        (facts.text(house.dataset, "name"), facts.text(item, "title") or facts.text(item, "name"),
         found.unit),
        language,
    )  # fmt: skip
    drawn = report_document(head, desk.said(index), paper)
    return write_document(drawn, file, len(found.report.rows))


def print_evidence(
    house: House, *, file: Path, units: Collection[str] = (), period: str = "", plan: str = ""
) -> Printed:
    """Write the index of means of verification of some units' reports; raises as `print_report`."""
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    language = plan_language(house, facts, item)
    paper = paper_words(language)
    index = evidence_index(house, units=units, period=period, plan=item)
    name = facts.text(item, "title") or facts.text(item, "name")
    head = PaperHead(paper("evidence-title"), (facts.text(house.dataset, "name"), name), language)
    drawn = evidence_document(head, _evidence(index, paper), [*_budget(index, paper)], paper)
    return write_document(drawn, file, len(index.lines))


def _budget(index: EvidenceIndex, paper: Paper) -> Iterator[str]:
    yield paper("evidence-sum", bytes=index.bytes)
    for unit, period in index.over:
        when = period_words(period, paper)
        yield paper("evidence-over", unit=unit, period=when, most=index.most)


def _evidence(index: EvidenceIndex, paper: Paper) -> list[EvidenceLine]:
    return [_evidence_line(one, paper) for one in index.lines]


def _evidence_line(one: Verified, paper: Paper) -> EvidenceLine:
    attached = one.attached
    activity = f"{one.code} {one.activity}".strip() or paper("report-whole")
    here = "evidence-missing"
    if attached is not None:
        here = "evidence-present" if attached.here else "evidence-away"
    return EvidenceLine(
        one.item,
        one.unit,
        period_words(one.period, paper),
        activity,
        one.asked,
        attached.file.name if attached is not None else "",
        str(attached.file.size) if attached is not None else "",
        attached.file.sha256 if attached is not None else "",
        attached.author if attached is not None else "",
        attached.at[:10] if attached is not None else "",
        paper(here),
    )


class _Desk:
    """Puts a report into the words of paper."""

    def __init__(
        self, house: House, facts: Facts, found: Reported, language: str, paper: Paper
    ) -> None:
        self.house, self.facts, self.found = house, facts, found
        self.language, self.paper = language, paper

    def said(self, index: EvidenceIndex) -> ReportPaper:
        """Give all that the paper says."""
        found, paper = self.found, self.paper
        words = Words.load(self.language)
        state = paper("report-state", state=paper(f"report-{found.state}"))
        return ReportPaper(
            state=state,
            advance=[self._advance(row) for row in found.report.rows],
            told=list(self._told()),
            counted=list(self._counted()),
            texts=[
                (self._name(one.title, one.code), text)
                for one in found.asked.of("report")
                if (text := _text(found.report.said[one.code]))
            ],
            evidence=_evidence(index, paper),
            lacks=[(self._row(one), problem_sentence(words, one)) for one in found.report.missing],
            incomplete=found.incomplete,
            signatures=found.asked.signatures,
        )

    def _name(self, title: Mapping[str, str], code: str) -> str:
        return title.get(self.language, code)

    def _row(self, one: Problem) -> str:
        return self.paper("report-whole") if one.item == self.found.report.plan else one.code

    def _advance(self, row: ReportedRow) -> AdvanceLine:
        facts, own = self.facts, row.progress
        form = self.house.forms.get(facts.text(row.item, "form"))
        executed = self._number(form, own.executed, rate=own.measure == "rate")
        if row.received is not None:
            executed = self.paper(
                "report-demand",
                attended=plain(row.attended or Decimal(0)),
                received=plain(row.received),
            )
        if not own.period.applies:
            percent = self.paper("not-applicable")
        else:
            percent = self._number(form, own.percent, rate=True)
        return AdvanceLine(
            row.item,
            row.code,
            row.text,
            facts.text(row.item, "unit_of_measure"),
            self._number(form, own.programmed, rate=own.measure in ("rate", "spread")),
            executed,
            percent,
        )

    def _number(self, form: Form | None, number: Decimal | None, *, rate: bool) -> str:
        if number is None:
            return ""
        style = form.numbers if form is not None else "1,234.5"
        return write_number(number, style, percent=rate)

    def _told(self) -> Iterator[ToldLine]:
        for row in self.found.report.rows:
            for one in self.found.asked.of("activity"):
                text = _text(row.said[one.code])
                if text:
                    name = self._name(one.title, one.code)
                    yield ToldLine(row.item, f"{row.code} {row.text}".strip(), name, text)

    def _counted(self) -> Iterator[CountedLine]:
        facts, asked, report = self.facts, self.found.asked, self.found.report
        for one in report.counts:
            what, by = asked.count(one.counted.what), asked.criterion(one.counted.by)
            row = facts.text(one.item, "code") or facts.text(one.item, "text")
            yield CountedLine(
                one.item,
                self._name(what.title, what.code) if what is not None else one.counted.what,
                self.paper("report-whole") if one.item == report.plan else row,
                self._name(by.title, by.code) if by is not None else one.counted.by,
                one.counted.group or self.paper("report-all"),
                plain(one.number),
            )


def _text(values: tuple[Value, ...]) -> str:
    return "\n".join(
        plain(value) if isinstance(value, Decimal) else value
        for value in values
        if isinstance(value, str | Decimal)
    )
