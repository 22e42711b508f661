"""The keys for rows of several levels in one table, lines above it, and units known from rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from quipu.forms.definition import Context, Form
from quipu.forms.language import load_form, mistakes

SOUND = """\
version = "1"
title = { es = "Plan operativo" }
institution = "Instituto"
family = "poa"
unit = "rows"
owners = ["area", "lead"]

[[level]]
kind = "objective"
title = { es = "Objetivo" }
code = 'OE\\.\\d+\\.?'

[[level]]
kind = "action"
title = { es = "Acción" }
code = 'AE(\\.\\d+)+\\.?'
split = true
row_code = 'AE\\.'
group = true

[[level]]
kind = "heading"
title = { es = "Apartado" }
heading = 'Acciones proyectadas .*'
under = "objective"
group = true

[[level]]
kind = "activity"
title = { es = "Actividad" }
row_code = 'AO'

[[context]]
level = "objective"
pattern = "{code} {text}"

[[context]]
level = "objective"
pattern = "Objetivo: {code} {text}"
code = '\\d+\\.'

[legend]
lines = ["OBJETIVO (OE)", "EJE (E)"]

[[column]]
field = "text"
header = ["Acción"]

[[column]]
field = "lead"
header = ["Líder"]

[[column]]
field = "area"
header = ["Área"]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "poa.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def load(path: Path) -> Form:
    return load_form(path, root=path.parent)


def test_a_form_of_several_levels_in_one_table(write: Callable[[str], Path]) -> None:
    form = load(write(SOUND))
    assert form.ranked
    assert (form.unit, form.owners, form.heading.unit) == ("rows", ("area", "lead"), "")
    heading = form.level("heading")
    assert (heading.heading, heading.under, heading.group) == (
        "Acciones proyectadas .*",
        "objective",
        True,
    )
    assert form.contexts[1] == Context("Objetivo: {code} {text}", "objective", r"\d+\.")
    assert form.legend.lines == ("OBJETIVO (OE)", "EJE (E)")


def test_a_title_may_still_stand_over_the_table(write: Callable[[str], Path]) -> None:
    form = load(write(SOUND.replace("[legend]", '[heading]\nunit = "{unit}"\n\n[legend]')))
    assert form.heading.unit == "{unit}"


CASCADE = """\
version = "1"
title = { es = "Cuadro de mando" }
institution = "Instituto"
family = "cmi"
unit = "none"
cascade = true

[heading]
unit = "Plan"

[[level]]
kind = "goal"
title = { es = "Meta" }
code = '\\d\\.\\d'
split = true
words = ["Metas de salud"]

[[level]]
kind = "activity"
title = { es = "Actividad" }
list = true

[[column]]
field = "text"
level = "goal"
header = ["Meta"]
style = "goal"

[[column]]
field = "text"
header = ["Actividades"]
"""


def test_a_cascade_of_levels_beside_each_other(write: Callable[[str], Path]) -> None:
    form = load(write(CASCADE))
    assert form.cascade
    assert form.level("goal").words == ("Metas de salud",)
    assert form.level("").list
    assert form.columns[0].style == "goal"


@pytest.mark.parametrize("lost", ["list = true", "split = true"])
def test_a_cascade_needs_a_list_and_a_coded_level(write: Callable[[str], Path], lost: str) -> None:
    found = mistakes(write(CASCADE.replace(lost, "")))
    assert "cascade-incomplete" in {one.code for one in found}


def test_a_form_of_one_level_is_not_ranked(write: Callable[[str], Path]) -> None:
    text = SOUND.replace("row_code = ", "code = ").replace("heading = 'Acc", "code = 'Acc")
    text = text.replace("code = 'AE(\\.\\d+)+\\.?'\n", "")
    assert not load(write(text)).ranked


ONE_MISTAKE = [
    ('owners = ["area", "lead"]\n', "", "missing-key", "owners"),
    ('owners = ["area", "lead"]', 'owners = ["support"]', "unknown-column", "owners[1]"),
    ('under = "objective"', 'under = "activity"', "unknown-level", "level[3].under"),
    (
        'level = "objective"\npattern = "{code} {text}"',
        'level = "activity"\npattern = "{code} {text}"',
        "unknown-level",
        "context[1].level",
    ),
    ('"Objetivo: {code} {text}"', '"{text}: {code}"', "bad-pattern", "context[2].pattern"),
    ('"Objetivo: {code} {text}"', '"Objetivo: {unit}"', "unknown-place", "context[2].pattern"),
    ('lines = ["OBJETIVO (OE)", "EJE (E)"]', "", "missing-key", "legend.lines"),
]


@pytest.mark.parametrize(("old", "new", "code", "key"), ONE_MISTAKE)
def test_a_mistake_names_its_key(
    write: Callable[[str], Path], old: str, new: str, code: str, key: str
) -> None:
    assert old in SOUND
    found = mistakes(write(SOUND.replace(old, new, 1)))
    assert (code, key) in [(one.code, one.key) for one in found]
