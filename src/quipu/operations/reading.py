"""Reading a document of somebody's: what the forms understand of it; nothing is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quipu import settings
from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.forms.corrections import Correction, HeadingFound
from quipu.forms.definition import Form
from quipu.forms.language import choose, load_sound_forms
from quipu.forms.reading import Reading
from quipu.forms.recognise import headings_in, recognise
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
    known: Mapping[str, Form] | None = None,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Reading:
    """Read a file, or a table pasted as text, through a form or an institution's forms.

    `name` is what a pasted text is called in places and messages; `known` are the forms to choose
    from, those of the program unless given. Raises `InputError` for a file that cannot be read and
    for unknown forms.
    """
    forms = choose(available_forms() if known is None else known, form)
    step(progress, cancelled, 0, _STEPS)
    if (file is None) == (text is None):
        raise InputError("source-choice")
    raw = read_file(file) if file is not None else read_text(text or "", name)
    step(progress, cancelled, 1, _STEPS)
    reading = recognise(raw, forms, year=year)
    step(progress, cancelled, _STEPS, _STEPS)
    return reading


@dataclass(frozen=True, slots=True)
class Looked:
    """A document as a person looks at it before it is loaded.

    `form` is the form or institution it was read by, `headings` all that look like tables,
    `reading` what was understood, or `refusal` why nothing could be.
    """

    form: str
    headings: tuple[HeadingFound, ...]
    reading: Reading | None
    refusal: InputError | None = None


def look_at(
    *,
    file: Path | None = None,
    text: str | None = None,
    name: str = "",
    form: str = "",
    year: int | None = None,
    corrections: Sequence[Correction] = (),
    folder: Path | None = None,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Looked:
    """Read as `read_plan`, with a person's corrections; what is no table is shown too.

    Without `form` the institution is taken whose forms fit most of the headings.
    """
    known = available_forms(folder)
    step(progress, cancelled, 0, _STEPS)
    if (file is None) == (text is None):
        raise InputError("source-choice")
    raw = read_file(file) if file is not None else read_text(text or "", name)
    step(progress, cancelled, 1, _STEPS)
    wanted = form or _likeliest(headings_in(raw, tuple(known.values())), corrections)
    forms = choose(known, wanted) if wanted else tuple(known.values())
    shown = headings_in(raw, forms, corrections)
    try:
        reading = recognise(raw, forms, year=year, corrections=corrections)
    except InputError as error:
        return Looked(wanted, shown, None, error)
    step(progress, cancelled, _STEPS, _STEPS)
    return Looked(wanted, shown, reading)


def _likeliest(found: Sequence[HeadingFound], said: Sequence[Correction]) -> str:
    """Give the institution whose forms most headings are of; what a person says counts first."""
    named = [one.form for one in said if one.form] or [one.form for one in found if one.form]
    counts = Counter(name.partition("/")[0] for name in named)
    return counts.most_common(1)[0][0] if counts else ""
