"""What a column means, as the window says it over the heading."""

import tomllib
from pathlib import Path

import pytest

from quipu import settings
from quipu.forms.language import load_form

ROOT = settings.forms_dir()
WHOLE = (ROOT / "cl-ips" / "gestion-territorial.toml").read_text(encoding="utf-8")


def helps(text: str, folder: Path) -> dict[str, str]:
    """The help of each column of a form, in Spanish."""
    file = folder / "x" / "y.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    form = load_form(file, root=folder)
    return {column.field: column.help.get("es", "") for column in form.columns}


def test_the_note_of_a_heading_is_its_help(tmp_path: Path) -> None:
    note = next(one for one in tomllib.loads(WHOLE)["note"] if one["number"] == 8)
    assert helps(WHOLE, tmp_path)["verification"] == note["text"]


@pytest.mark.parametrize("wording", ["Ídem nota N° 8", "Idem nota 8."])
def test_a_note_that_points_at_another_gives_that_ones_text(tmp_path: Path, wording: str) -> None:
    last = next(one for one in tomllib.loads(WHOLE)["note"] if one["number"] == 10)
    pointing = WHOLE.replace(last["text"], wording, 1)
    assert helps(pointing, tmp_path)["lead"] == helps(WHOLE, tmp_path)["verification"]


def test_notes_that_point_in_a_circle_say_nothing(tmp_path: Path) -> None:
    text = next(one for one in tomllib.loads(WHOLE)["note"] if one["number"] == 8)["text"]
    assert helps(WHOLE.replace(text, "Ídem nota N° 8", 1), tmp_path)["verification"] == ""
