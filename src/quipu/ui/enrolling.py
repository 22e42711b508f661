"""Letting a computer in: an office's, or a second planner's; its code is shown once."""

from collections.abc import Callable
from pathlib import Path

from quipu.operations.enrolment import Enrolled, enrol
from quipu.operations.planners import enrol_planner
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.dialogs.secrets import CodeDialog
from quipu.ui.speech import quiet_name
from quipu.ui.stage import Stage

ROLES = ("office", "relay", "auditor")


def ask_office(stage: Stage, item: str) -> None:
    """Ask what enrolling an office needs: one of an item, or a new one (`""`)."""
    seen, text = stage.seen(), stage.words.text
    if seen is None:
        return
    name = seen.name(item) if item else ""
    own = seen.units_of(item) if item else []
    free = [u for u in seen.facts.of_kind("unit") if not seen.facts.text(u, "office")]
    options = [(unit, seen.name(unit)) for unit in (*own, *free)]
    role = (seen.facts.text(item, "role") if item else "") or "office"
    questions = [
        Question("office", "ui.editor.office-name", value=name),
        Question("units", "ui.editor.units", "many", "\n".join(own), options, needed=False),
        Question("role", "ui.enrol.role", "choice", role, _roles(stage)),
        Question("until", "ui.enrol.until", needed=False),
        Question("in-person", "ui.enrol.in-person", "flag"),
        _file_question(stage, "ui.enrol.file-name"),
    ]
    Ask(
        stage.words, text("ui.editor.do.enrol").rstrip("…"), questions,
        explain=text("ui.enrol.explain"), done=text("ui.enrol.write"), parent=stage.window,
    ).when_accepted(lambda said: _office_answered(stage, said))  # fmt: skip


def _roles(stage: Stage) -> list[tuple[str, str]]:
    return [(role, stage.words.text(f"ui.enrol.role.{role}")) for role in ROLES]


def _file_question(stage: Stage, key: str) -> Question:
    path = str(Path.home() / stage.words.text(key))
    return Question("file", "ui.editor.file", "save", path, pattern="Quipu (*.quipu)")


def _office_answered(stage: Stage, said: Said) -> None:
    office, file = said.answer("office"), said.path("file")
    units = [line for line in said.answer("units").split("\n") if line]
    role, until = said.answer("role"), said.answer("until")
    coded, author = said.answer("in-person") != "true", stage.desk.author
    stage.desk.write(
        lambda house, _: enrol(
            house, office=office, units=units, file=file, author=author,
            with_code=coded, role=role, until=_iso(until),
        ),
        _shown(stage),
        title=stage.words.text("ui.enrol.working"),
    )  # fmt: skip


def ask_planner(stage: Stage) -> None:
    """Ask what a second planner's computer needs."""
    text = stage.words.text
    questions = [
        Question("name", "ui.planner.name"),
        Question("root", "ui.planner.with-root", "flag"),
        Question("until", "ui.enrol.until", needed=False),
        _file_question(stage, "ui.planner.file-name"),
    ]
    Ask(
        stage.words, text("ui.computers.planner").rstrip("…"), questions,
        explain=text("ui.planner.explain"), done=text("ui.enrol.write"), parent=stage.window,
    ).when_accepted(lambda said: _planner_answered(stage, said))  # fmt: skip


def _planner_answered(stage: Stage, said: Said) -> None:
    name, file, until = said.answer("name"), said.path("file"), said.answer("until")
    root, author = said.answer("root") == "true", stage.desk.author
    stage.desk.write(
        lambda house, _: enrol_planner(
            house, name=name, file=file, author=author, with_root=root, until=_iso(until)
        ),
        _shown(stage),
        title=stage.words.text("ui.enrol.working"),
    )


def _shown(stage: Stage) -> Callable[[Enrolled], None]:
    """Give what shows an enrolment: its code once, large; without one, where the file is."""

    def show(made: Enrolled) -> None:
        name = quiet_name(made.name)
        said = stage.words.text("ui.enrol.done", office=name, file=made.file.name)
        stage.written(said, made.file)
        if made.code is not None:
            dialog = CodeDialog(
                stage.words, name=name, file=made.file, code=made.code, parent=stage.window
            )
            dialog.open()

    return show


def _iso(day: str) -> str:
    """Give a day that was typed as people write it (31/12/2026) as ISO; any other text as it is."""
    parts = day.replace("-", "/").split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    return day
