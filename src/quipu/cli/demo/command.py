"""`quipu demo DIR`: builds the demonstration and says what happened."""

from __future__ import annotations

from pathlib import Path

from quipu.cli.call import Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError


def demo(call: Call) -> Answer:
    """A centre and three offices in a folder, and the whole main job between them."""
    from quipu.cli.demo.story import Story

    folder = call.given.path("dir")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("demo-folder-used", folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    story = Story(folder, call.words)
    for step in story.tell():
        call.watch(f"{call.words.text(f'demo.{step.name}')}: {step.result}")
    steps = [[call.words.text(f"demo.{step.name}"), step.result] for step in story.steps]
    data = {
        "done": True,
        "folder": str(folder),
        "centre": str(story.centre),
        "offices": [str(story.workspace(office)) for office in story.institution.offices],
        "files": [str(file) for file in story.files],
        "steps": [{"step": name, "result": result} for name, result in steps],
    }
    heads = [call.words.text(f"head.{name}") for name in ("step", "result")]
    lines = [*table(heads, steps), "", call.words.text("say.demo", folder=folder)]
    pictures = folder / "pantallas"

    def show() -> None:
        _show(call, story.centre, pictures)

    return Answer(data, lines, then=show if call.given.flag("show") else None)


def _show(call: Call, centre: Path, pictures: Path) -> None:
    made = call.show(centre, pictures)
    if made:
        call.tell(call.words.plural("say.pictures", len(made), folder=pictures))
