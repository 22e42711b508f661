from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.forms.language import load_forms, load_sound_forms, load_templates, mistakes
from quipu.forms.template import section_keys
from quipu.forms.template_language import is_document
from quipu.settings import forms_dir
from tests.forms.documents_of_sections import TEMPLATE, template


def codes(folder: Path, toml: str) -> list[tuple[str, str]]:
    path = folder / "casa" / "libro.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(toml, encoding="utf-8")
    return [(one.key, one.code) for one in mistakes(path)]


def test_a_document_is_read_with_its_defaults(tmp_path: Path) -> None:
    found = template(tmp_path)
    assert (found.id, found.folder, found.family) == ("casa/libro", "casa", "pat")
    assert not found.page.landscape
    assert found.heading.capitals
    swot = next(section for section in found.sections if section.key == "swot")
    assert section_keys(swot)[:2] == ("swot", "swot/strengths")
    actions = next(section for section in found.sections if section.rows)
    assert found.form_ids(actions) == ("casa/acciones-estrategicas",)
    wide = template(tmp_path, TEMPLATE.replace("[heading]", "[page]\nmargin = 9\n[heading]", 1))
    assert (wide.page.margin, wide.page.landscape) == (9, False)


def test_forms_and_documents_are_told_apart(tmp_path: Path) -> None:
    assert is_document("kind = 'document' # a book\n[a]\n")
    assert not is_document('[[level]]\nkind = "document"\n')
    assert not is_document('title = "document"\n')
    template(tmp_path)
    assert load_forms(tmp_path) == {}
    assert load_sound_forms(tmp_path) == ({}, ())
    assert list(load_templates(tmp_path)) == ["casa/libro"]


def test_the_shipped_documents_are_sound() -> None:
    found = load_templates(forms_dir())
    assert {"sv-integracion/documento", "cr-imas/documento", "pe-huamanga/documento"} <= set(found)
    forms = load_forms(forms_dir())
    for one in found.values():
        for section in one.sections:
            assert set(one.form_ids(section)) <= set(forms), (one.id, section.key)
            own = [forms[name] for name in one.form_ids(section)]
            assert {form.family for form in own} <= {one.family}
            assert not section.rows or section.rows in {level.kind for level in own[0].levels}


@pytest.mark.parametrize(
    ("before", "after", "mistake"),
    [
        ('key = "law"', 'key = "preface"', ("section[5].key", "repeated-section")),
        ('title = "Prefacio"', 'titel = "Prefacio"', ("section[4].titel", "unknown-key")),
        ('kind = "contents"', 'kind = "index"', ("section[2].kind", "not-a-choice")),
        ("level = 2", "level = 3", ("section[6].level", "not-a-choice")),
        ('PLAN {year}"]', 'PLAN {unit}"]', ("heading.lines", "unknown-place")),
        ('forms = ["control-de-cambios"]', "", ("section[11].forms", "missing-key")),
        (
            '[[section.part]]\nkey = "threats"\ntitle = "Amenazas"',
            "",
            ("section[7].part", "swot-parts"),
        ),
        (
            'forms = ["acciones-estrategicas"]\nrows',
            'forms = ["a", "b"]\nrows',
            ("section[8].rows", "rows-of-one-form"),
        ),
    ],
)
def test_mistakes_are_told_with_their_key(
    tmp_path: Path, before: str, after: str, mistake: tuple[str, str]
) -> None:
    assert mistake in codes(tmp_path, TEMPLATE.replace(before, after, 1))


def test_forms_that_are_not_in_the_folder_are_named(tmp_path: Path) -> None:
    assert codes(tmp_path, TEMPLATE) == []
    (tmp_path / "casa" / "pat-programa.toml").write_text("", encoding="utf-8")
    found = codes(tmp_path, TEMPLATE)
    assert {code for _, code in found} == {"unknown-form"}
    assert ("section[10].forms[2]", "unknown-form") in found
    assert ("section[10].forms[1]", "unknown-form") not in found


def test_a_broken_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="form-invalid"):
        template(tmp_path, TEMPLATE.replace('family = "pat"', ""))
