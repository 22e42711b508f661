"""Reading a document of somebody's: what the forms understand of it; nothing is stored."""

from pathlib import Path

from quipu import settings
from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.forms.definition import Form
from quipu.forms.language import choose, load_sound_forms
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.operations.running import CancelCheck, Progress, step

_STEPS = 2


def available_forms(folder: Path | None = None) -> dict[str, Form]:
    """Give the forms by id: those that came with the program, and a workspace's own over them."""
    return sound_forms(folder)[0]


def sound_forms(folder: Path | None = None) -> tuple[dict[str, Form], tuple[InputError, ...]]:
    """Give the available forms, and the refusals (`form-invalid`) of broken files among them."""
    known, refused = load_sound_forms(settings.forms_dir())
    own = folder / "forms" if folder is not None else None
    if own is not None and own.is_dir():
        more, others = load_sound_forms(own)
        return known | more, (*refused, *others)
    return known, refused


def read_plan(
    *,
    file: Path | None = None,
    text: str | None = None,
    name: str = "",
    form: str,
    year: int | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Reading:
    """Read a file, or a table pasted as text, through a form or an institution's forms.

    `name` is what a pasted text is called in places and messages; `folder` a workspace whose own
    forms count too. Raises `InputError` for a file that cannot be read and for unknown forms.
    """
    forms = choose(available_forms(folder), form)
    step(progress, cancelled, 0, _STEPS)
    if (file is None) == (text is None):
        raise InputError("source-choice")
    raw = read_file(file) if file is not None else read_text(text or "", name)
    step(progress, cancelled, 1, _STEPS)
    reading = recognise(raw, forms, year=year)
    step(progress, cancelled, _STEPS, _STEPS)
    return reading
