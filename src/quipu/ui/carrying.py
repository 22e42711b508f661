"""Bundles of others in an office: taken along to the centre, handed on to their offices."""

from pathlib import Path

from quipu.operations.relaying import Taken, hand_out, take
from quipu.operations.sentences import code_sentence
from quipu.ui.dialogs.ask import Ask, Question
from quipu.ui.stage import Stage


def carry(stage: Stage, files: list[Path]) -> None:
    """Take bundles of others along; each that cannot be taken says why."""

    def done(taken: tuple[Taken, ...]) -> None:
        refused = [one for one in taken if one.state == "refused"]
        went = len(taken) - len(refused)
        said = [stage.words.plural("ui.carry.done", went)] if went else []
        said += [code_sentence(stage.words, one.reason, one.params or {}) for one in refused]
        stage.notice.say("warning" if refused else "done", " ".join(said))

    stage.desk.write(
        lambda house, _: take(house, files=files), done, title=stage.words.text("ui.carry.working")
    )


def ask_hand_out(stage: Stage) -> None:
    """Ask into which folder the bundles for other offices are written."""
    text = stage.words.text

    def write(folder: Path) -> None:
        stage.desk.write(
            lambda house, _: hand_out(house, folder=folder),
            lambda files: stage.written(
                stage.words.plural("ui.carry.handed", len(files)), folder / "quipu"
            ),
            title=text("ui.carry.working"),
        )

    Ask(
        stage.words,
        text("ui.traffic.hand-out").rstrip("…"),
        [Question("folder", "ui.export.folder", "folder", str(Path.home()))],
        explain=text("ui.carry.explain"),
        done=text("ui.carry.write"),
        parent=stage.window,
    ).when_accepted(lambda said: write(said.path("folder")))
