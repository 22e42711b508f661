"""The main job, command by command, as a centre and its offices would type it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from quipu.cli.call import NOT_DONE
from quipu.cli.demo import source
from quipu.cli.demo.filling import write_filled
from quipu.cli.demo.source import DemoOffice, Institution
from quipu.cli.demo.workbook import write_plan
from quipu.cli.sentences import error_sentence
from quipu.domain.errors import InputError, QuipuError
from quipu.operations.running import now
from quipu.words import Words

_PLANNER = "Planificación"
_MONTHS = ("01", "02", "03")


@dataclass(frozen=True, slots=True)
class Step:
    """What happened in one step: the key of its name, and what came of it in words."""

    name: str
    result: str


@dataclass(slots=True)
class Story:
    """A demonstration that is being told, in a folder, with what has happened so far.

    `ids` are the offices' ids by name.
    """

    folder: Path
    words: Words
    institution: Institution = field(default_factory=source.institution)
    steps: list[Step] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def centre(self) -> Path:
        """The centre's workspace."""
        return self.folder / "sede"

    @property
    def post(self) -> Path:
        """Where the files lie that travel between centre and offices."""
        return self.folder / "correo"

    @property
    def papers(self) -> Path:
        """Where the printed documents lie."""
        return self.folder / "impresos"

    def tell(self) -> Iterator[Step]:
        """Go through the whole main job, and give each step when it is done."""
        for place in (self.post, self.papers):
            place.mkdir(parents=True)
        for act in _ACTS:
            told = len(self.steps)
            act(self)
            yield from self.steps[told:]

    def run(self, *line: object) -> Mapping[str, object]:
        """Run a command as a person would and give its answer; raises when nothing was done."""
        from quipu.cli.line import run

        typed = [str(part) for part in line]
        try:
            answer = run(typed, self.words)
        except QuipuError as error:
            reason = error_sentence(self.words, error)
            raise InputError("demo-step", step=shlex.join(typed), reason=reason) from error
        if answer.status == NOT_DONE:
            reason = " ".join(answer.lines)
            raise InputError("demo-step", step=shlex.join(typed), reason=reason)
        return answer.data

    def note(self, name: str, /, **params: object) -> None:
        """Write down what a step did."""
        self.steps.append(Step(name, self.words.text(f"demo-result.{name}", **params)))

    def workspace(self, office: DemoOffice) -> Path:
        """An office's workspace."""
        return self.folder / office.folder

    def month(self, number: str) -> str:
        """A month of the plan's year."""
        return f"{self.institution.year}-{number}"


def _plan(story: Story) -> None:
    institution, centre = story.institution, story.centre
    file = story.folder / "plan-anual.xlsx"
    tabs = write_plan(institution, file)
    story.files.append(file)
    story.note("workbook", file=file.name, tabs=tabs)
    asked = ("--form", institution.form, "--year", institution.year)
    story.run("new", centre, "--institution", institution.name, "--as", _PLANNER)
    first = story.run("load", centre, file, *asked, "--as", _PLANNER)
    again = story.run("load", centre, file, *asked, "--as", _PLANNER)
    rows, problems = _list(first["rows"]), _list(first["problems"])
    graver = [problem for problem in problems if problem["severity"] != "info"]
    story.note("load", rows=len(rows), problems=len(graver), again=again["stored"])
    decided = 0
    for problem in _list(story.run("problems", centre)["problems"]):
        action = _ACTIONS.get(str(problem["check"]))
        if action is None or (action == "--accept" and problem["proposal"] is None):
            continue
        named = ("--activity", problem["item"], "--check", problem["check"])
        target = ("--target", problem["target"]) if problem["target"] else ()
        story.run("decide", centre, *named, *target, action, "--as", _PLANNER)
        decided += 1
    story.note("decide", decided=decided)


_ACTIONS = {"malformed-number": "--accept", "total-missing": "--accept", "over-hundred": "--keep"}


def _offices(story: Story) -> None:
    for office in story.institution.offices:
        file = story.post / f"alta-{office.folder}.quipu"
        units = [part for unit in office.units for part in ("--unit", unit)]
        named = ("--office", office.name, *units)
        made = story.run("enrol", story.centre, *named, "-o", file, "--as", _PLANNER)
        story.ids[office.name] = str(made["office_id"])
        code = ("--code", made["code"]) if made["code"] else ()
        story.run("join", story.workspace(office), file, *code, "--as", office.name)
    story.note("offices", offices=len(story.institution.offices))


def _calendar(story: Story) -> None:
    """As if today were the day on which the first quarter is due: the rest comes month by month."""
    today = now().date()
    for month in range(1, 13):
        wait = timedelta(days=30 * max(month - len(_MONTHS), 0))
        period = ("--period", story.month(f"{month:02}"))
        story.run("due", story.centre, *period, "--date", today + wait, "--as", _PLANNER)
    story.note("calendar", day=today)


def _quarter(story: Story) -> None:
    cells = sum(_enter(story, office) for office in story.institution.offices)
    reports = 0
    for office in story.institution.offices:
        for unit in office.units:
            for month in _MONTHS[:2]:
                _report(story, "submit", unit, month, office)
                reports += 1
    story.note("enter", cells=cells)
    story.note("submit", reports=reports)


def _enter(story: Story, office: DemoOffice) -> int:
    cells = 0
    for entry in source.entries():
        if entry.unit in office.units and not entry.in_workbook:
            place = ("--unit", entry.unit, "--activity", entry.activity, "--period", entry.period)
            note = ("--note", entry.note) if entry.note else ()
            said = ("--executed", entry.executed, *note, "--as", office.name)
            cells += _count(story.run("enter", story.workspace(office), *place, *said)["changed"])
    return cells + sum(_fill(story, office, unit) for unit in office.units)


def _fill(story: Story, office: DemoOffice, unit: str) -> int:
    typed = [one for one in source.entries() if one.unit == unit and one.in_workbook]
    if not typed:
        return 0
    period, workspace = typed[0].period, story.workspace(office)
    named = ("--form", story.institution.form, "--unit", unit, "--period", period)
    blank = story.papers / f"{office.folder}-{period}-por-llenar.xlsx"
    filled = story.papers / f"{office.folder}-{period}-llenado.xlsx"
    story.run("print", workspace, *named, "-o", blank)
    write_filled(
        workspace,
        form=story.institution.form,
        unit=unit,
        period=period,
        entries=typed,
        file=filled,
    )
    story.files += [blank, filled]
    entered = story.run("enter", workspace, "--from", filled, "--as", office.name)
    story.note("fill", unit=unit, cells=entered["changed"])
    return _count(entered["changed"])


def _exchange(story: Story) -> None:
    files = [_bundle(story, office, 1) for office in story.institution.offices]
    # The last comes first, and one comes twice: neither order nor repetition matters.
    merged = story.run("merge", story.centre, *reversed(files), files[0])
    bundles = _list(merged["bundles"])
    states = [str(bundle["state"]) for bundle in bundles]
    story.note(
        "merge",
        files=len(states),
        merged=states.count("merged"),
        already=states.count("already"),
        revisions=sum(_count(bundle["new"]) for bundle in bundles),
    )


def _dispute(story: Story) -> None:
    """The office and the centre correct one figure, neither knowing of the other."""
    office = story.institution.offices[0]
    unit, month = office.units[0], story.month("03")
    cell = ("--unit", unit, "--activity", "1.2", "--period", month)
    story.run("enter", story.workspace(office), *cell, "--executed", "10,450", "--as", office.name)
    story.run("enter", story.centre, *cell, "--executed", "10,500", "--as", _PLANNER)
    for one in story.institution.offices:
        for name in one.units:
            _report(story, "submit", name, "03", one)
    files = [_bundle(story, one, 2) for one in story.institution.offices]
    merged = story.run("merge", story.centre, *files)
    opened = merged["disputes_open"]
    for dispute in _list(story.run("disputes", story.centre)["disputes"]):
        heads = _list(dispute["heads"])
        held = next(head for head in heads if head["office"] == office.name)
        chosen = ("--dispute", dispute["id"], "--head", held["revision"])
        story.run("settle", story.centre, *chosen, "--note", "Partes diarios.", "--as", _PLANNER)
    left = len(_list(story.run("disputes", story.centre)["disputes"]))
    story.note("dispute", opened=opened, left=left)


def _answer(story: Story) -> None:
    accepted = 0
    returned = story.institution.offices[0].units[1]
    for office in story.institution.offices:
        for unit in office.units:
            for month in _MONTHS:
                if (unit, month) != (returned, "03"):
                    _report(story, "accept", unit, month)
                    accepted += 1
    why = "Falta el acta de entrega de las parcelas."
    where = ("--unit", returned, "--period", story.month("03"))
    seen = ("--activity", "4.2", "--text", why, "--as", _PLANNER)
    story.run("observe", story.centre, *where, *seen)
    story.run("return", story.centre, *where, "--reason", why, "--as", _PLANNER)
    story.note("review", accepted=accepted)
    sent = story.run("export", story.centre, "--all", "-o", story.post / "de-la-sede")
    bundles = {str(bundle["to"]): bundle for bundle in _list(sent["bundles"])}
    for office in story.institution.offices:
        files = _texts(bundles[story.ids[office.name]]["files"])
        story.run("merge", story.workspace(office), *files)
    story.note("answer", files=len(bundles))


def _results(story: Story) -> None:
    quarter = f"{story.institution.year}-Q1"
    offices = _list(story.run("status", story.centre)["offices"])
    states = [str(one["state"]) for office in offices for one in _map(office["periods"]).values()]
    story.note("status", offices=len(offices), accepted=states.count("accepted"))
    found = story.run("evaluate", story.centre, "--period", quarter)
    reported = [row for row in _list(found["rows"]) if row["executed"] is not None]
    story.note("evaluate", rows=len(reported), period=quarter)
    unit = story.institution.offices[0].units[0]
    for name, asked in (
        ("plan.pdf", ()),
        ("plan.xlsx", ()),
        ("plan-como-se-publico.pdf", ("--as-published",)),
        ("avance-trimestre-1.pdf", ("--period", quarter)),
        ("valle-alto-marzo.pdf", ("--period", story.month("03"), "--unit", unit)),
    ):
        file = story.papers / name
        wanted = ("--form", story.institution.form, *asked)
        printed = story.run("print", story.centre, *wanted, "-o", file)
        story.files.append(file)
        size = printed.get("pages") or printed.get("sheets")
        story.note("print", file=f"{story.papers.name}/{name}", size=size, rows=printed["rows"])


def _proof(story: Story) -> None:
    """Each office and the centre say the same of each unit, byte by byte."""
    same = 0
    for office in story.institution.offices:
        for unit in office.units:
            here = _facts(story.run("dump", story.workspace(office), "--unit", unit))
            there = _facts(story.run("dump", story.centre, "--unit", unit))
            if here != there:
                raise InputError("demo-differs", unit=unit)
            same += 1
    whole = story.run("verify", story.centre)
    if not whole["ok"]:
        raise InputError("demo-not-whole", folder=story.centre)
    story.note("proof", units=same)


def _report(
    story: Story, command: str, unit: str, month: str, office: DemoOffice | None = None
) -> None:
    workspace = story.centre if office is None else story.workspace(office)
    author = _PLANNER if office is None else office.name
    period = story.month(month)
    story.run(command, workspace, "--unit", unit, "--period", period, "--as", author)


def _bundle(story: Story, office: DemoOffice, number: int) -> Path:
    file = story.post / f"{office.folder}-{number}.quipu"
    story.run("export", story.workspace(office), "-o", file)
    return file


def _facts(data: Mapping[str, object]) -> list[object]:
    facts = data["facts"]
    assert isinstance(facts, Iterator)
    return list(facts)


def _list(value: object) -> list[Mapping[str, object]]:
    assert isinstance(value, list)
    return value


def _map(value: object) -> Mapping[str, Mapping[str, object]]:
    assert isinstance(value, dict)
    return value


def _texts(value: object) -> Sequence[str]:
    assert isinstance(value, list)
    return value


def _count(value: object) -> int:
    assert isinstance(value, int)
    return value


_ACTS = (
    _plan,
    _offices,
    _calendar,
    _quarter,
    _exchange,
    _dispute,
    _answer,
    _results,
    _proof,
)
"""What the story is made of, in its order."""
