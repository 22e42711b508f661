"""The keys of weighted programmes: labels above a table, notes, weights, the rule to pass."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.forms.definition import Detail, Note, Passing, Weights
from quipu.forms.language import load_form, mistakes

SOUND = """\
version = "1"
title = { es = "Programa" }
institution = "Servicio"
family = "programa"
unit = "none"

[heading]
unit = "Tabla"

[weights]
base = "absolute"
total = 2.2

[pass]
share = 0.9
by = "weight"

[[level]]
kind = "programme"
title = { es = "Programa" }

[[level]]
kind = "activity"
title = { es = "Actividad" }
list = true

[[context]]
level = "programme"
pattern = "Programa: {text}"

[[context]]
level = "programme"
field = "weight"
pattern = "Ponderación =[ {value}]"
note = 1

[[context]]
level = "programme"
field = "problem"
pattern = "Problema {year}"
below = true
beside = true

[[column]]
field = "text"
header = ["Actividad"]
note = 2

[[column]]
field = "lead"
header = ["Unidad"]
note = 1
help = { es = "La que responde." }

[[note]]
number = 1
text = "En puntos."

[[note]]
number = 2
text = "Al menos dos."
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "programa.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_programme_says_what_is_weighed_and_what_passes(write: Callable[[str], Path]) -> None:
    path = write(SOUND)
    form = load_form(path, root=path.parent)
    assert form.listed
    assert form.weights == Weights("absolute", Decimal("2.2"))
    assert form.passing == Passing(Decimal("0.9"), "weight")
    assert form.notes == (Note(1, "En puntos."), Note(2, "Al menos dos."))
    assert [context.pattern for context in form.contexts] == ["Programa: {text}"]
    assert form.details == (
        Detail("Ponderación =[ {value}]", "programme", "weight", 1),
        Detail("Problema {year}", "programme", "problem", 0, beside=True, below=True),
    )
    assert [column.help for column in form.columns] == [
        {"es": "Al menos dos."},
        {"es": "La que responde."},
    ]


def test_a_form_without_them_has_none(write: Callable[[str], Path]) -> None:
    start, end = SOUND.index("[weights]"), SOUND.index("[[level]]")
    path = write(SOUND[:start] + SOUND[end:])
    form = load_form(path, root=path.parent)
    assert (form.weights, form.passing) == (None, None)


@pytest.mark.parametrize(
    ("old", "new", "key", "code"),
    [
        ('"Ponderación =[ {value}]"', '"Ponderación"', "context[2].pattern", "bad-pattern"),
        ('"Ponderación =[ {value}]"', '"{text} {value}"', "context[2].pattern", "bad-pattern"),
        ('"Problema {year}"', '"Problema {value}"', "context[3].pattern", "bad-pattern"),
        ('base = "absolute"', 'base = "points"', "weights.base", "not-a-choice"),
        ('by = "weight"', 'by = "sum"', "pass.by", "not-a-choice"),
        ("share = 0.9\n", "", "pass.share", "missing-key"),
        ('field = "weight"', 'field = "wait"', "context[2].field", "unknown-field"),
        ("number = 2\n", "", "note[2].number", "missing-key"),
    ],
)
def test_mistakes_are_named(
    write: Callable[[str], Path], old: str, new: str, key: str, code: str
) -> None:
    assert old in SOUND
    found = mistakes(write(SOUND.replace(old, new, 1)))
    assert [(one.key, one.code) for one in found] == [(key, code)]
