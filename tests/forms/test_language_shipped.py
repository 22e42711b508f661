from collections.abc import Iterator
from dataclasses import replace

import pytest

from quipu.domain.errors import InputError
from quipu.forms.definition import Form
from quipu.forms.language import choose, load_forms, mistakes
from quipu.forms.language_keys import FORM, Key
from quipu.forms.method import METHOD
from quipu.forms.template_language import DOCUMENT
from quipu.settings import forms_dir


@pytest.fixture(scope="module")
def shipped() -> dict[str, Form]:
    return load_forms(forms_dir())


def test_the_shipped_forms_load(shipped: dict[str, Form]) -> None:
    assert [name for name in shipped if name.startswith("sv-integracion/")] == [
        "sv-integracion/pat-programa",
        "sv-integracion/pat-proceso",
        "sv-integracion/pat-asesoras",
        "sv-integracion/acciones-estrategicas",
        "sv-integracion/control-de-cambios",
    ]
    for path in sorted(forms_dir().rglob("*.toml")):
        assert mistakes(path) == []
    plan = choose(shipped, "sv-integracion")
    assert {form.family for form in plan} == {"pat"}
    assert shipped["sv-integracion/acciones-estrategicas"].years == (2024, 2029)


def test_persons_and_attendances_are_different_units_of_measure(shipped: dict[str, Form]) -> None:
    spellings = shipped["sv-integracion/pat-programa"].spellings
    assert spellings["personas"] != spellings["participaciones"]
    assert spellings["documentos"] == spellings["documento"]


def test_a_form_or_a_whole_institution_is_chosen(shipped: dict[str, Form]) -> None:
    (one,) = choose(shipped, "sv-integracion/pat-proceso")
    assert one.id == "sv-integracion/pat-proceso"
    whole = choose(shipped, "sv-integracion/")
    assert [form.order for form in whole] == sorted(form.order for form in whole)
    assert {form.id.partition("/")[0] for form in whole} == {"sv-integracion"}
    other = replace(one, id="zz/later", order=-1)
    assert choose({other.id: other, **shipped}, "sv-integracion")[0].order == 1


@pytest.mark.parametrize("name", ["", "nowhere", "sv-integracion/none"])
def test_an_unknown_name_is_told_with_those_there_are(shipped: dict[str, Form], name: str) -> None:
    with pytest.raises(InputError) as caught:
        choose(shipped, name)
    assert caught.value.code == "form-unknown"
    known = str(caught.value.params["known"]).split(", ")
    assert known.index("sv-integracion") < known.index("sv-integracion/acciones-estrategicas")


def key_names(keys: tuple[Key, ...], above: str = "") -> Iterator[str]:
    for key in keys:
        yield above + key.name
        yield from key_names(key.keys, f"{above}{key.name}.")


def test_every_key_of_the_language_is_described() -> None:
    lines = (forms_dir() / "README.md").read_text(encoding="utf-8").splitlines()
    described = [one.split("`")[1] for one in lines if one.startswith("| `")]
    assert sorted(described) == sorted({*key_names(FORM), *key_names(DOCUMENT), *key_names(METHOD)})
