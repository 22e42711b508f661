from collections.abc import Callable
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.forms.definition import CheckUse
from quipu.forms.language import load_form, load_sound_forms, mistakes
from quipu.settings import forms_dir

SOUND = """\
version = "1"
title = { es = "Plan", en = "Plan" }
institution = "Instituto"
family = "plan"

[heading]
lines = ["{institution}", "PLAN {year}"]
area = "PLAN {year} [DE ]{area}"

[[heading.box]]
label = "Código"
field = "document_code"

[page]
size = "a4"
landscape = false
margin = 10
font_size = 8.5

[[level]]
kind = "objective"
title = { es = "Objetivo" }
code = 'OE \\d+'
split = true

[[level]]
kind = "activity"
title = { es = "Actividad" }

[[column]]
field = "text"
level = "objective"
header = ["Objetivo"]
merge = true

[[column]]
field = "text"
header = ["Actividad", "Acción"]
width = 4

[[column]]
field = "target"
periods = "quarter"
group = "Metas {year}"
header = ["EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"]

[[column]]
field = "priority"
header = ["Prioridad"]
values = ["Alta", "Baja"]
required = false

[[signature]]
label = "Revisado por"
field = "reviewed_by"

[report]
title = "Avance de {period}"
keeps = ["text"]

[[report.column]]
shows = "executed"
header = "Ejecutado"

[checks]
malformed-number = true
code-gap = "info"
total-mismatch = { severity = "warning" }
total-missing = {}

[spellings]
"Documento" = ["Documentos"]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "mx" / "plan.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_sound_file_is_the_form_that_it_declares(
    write: Callable[[str], Path], tmp_path: Path
) -> None:
    path = write(SOUND)
    assert mistakes(path) == []
    form = load_form(path, root=tmp_path)
    assert (form.id, form.version, form.language, form.zero) == ("mx/plan", "1", "es", "blank")
    assert form.heading.box[0].field == "document_code"
    assert form.heading.unit == "{unit}"
    assert (form.page.size, form.page.landscape, form.page.font_size) == ("a4", False, 8.5)
    assert [level.kind for level in form.levels] == ["objective", "activity"]
    assert form.columns[1].header == ("Actividad", "Acción")
    assert form.columns[2].header[3] == "OCT-DIC"
    assert (form.columns[3].values, form.columns[3].required) == (("Alta", "Baja"), False)
    assert form.checks == (
        CheckUse("malformed-number"),
        CheckUse("code-gap", "info"),
        CheckUse("total-mismatch", "warning"),
        CheckUse("total-missing"),
    )
    assert form.spellings == {"documento": "Documento", "documentos": "Documento"}
    assert form.report.columns[0].shows == "executed"
    assert form.years is None
    assert len(form.digest) == 64


def test_a_field_of_two_levels_is_the_innermost_ones(
    write: Callable[[str], Path], tmp_path: Path
) -> None:
    form = load_form(write(SOUND), root=tmp_path)
    assert form.column("text") is form.columns[1]
    assert form.column("target") is form.columns[2]
    assert form.column("total") is None
    assert (form.level("").kind, form.level("objective").kind) == ("activity", "objective")
    with pytest.raises(KeyError):
        form.level("goal")


def test_the_digest_follows_the_content(write: Callable[[str], Path], tmp_path: Path) -> None:
    first = load_form(write(SOUND), root=tmp_path)
    second = load_form(write(SOUND.replace("width = 4", "width = 5")), root=tmp_path)
    assert first.digest != second.digest


def changed(old: str, new: str) -> str:
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new)


def line(text: str, words: str) -> int:
    return next(at for at, one in enumerate(text.splitlines(), 1) if words in one)


# What is changed in the sound file; then code, key and words of the line of the only mistake.
ONE_MISTAKE = [
    ("font_size = 8.5", "font_syze = 8.5", "unknown-key", "page.font_syze", "font_syze"),
    ("width = 4", "widht = 4", "unknown-key", "column[2].widht", "widht"),
    ('family = "plan"\n', "", "missing-key", "family", None),
    ('kind = "objective"\n', "", "missing-key", "level[1].kind", "[[level]]"),
    ('version = "1"', "version = 1", "wrong-type", "version", "version = 1"),
    ('version = "1"', 'version = " "', "wrong-type", "version", "version"),
    ('title = { es = "Plan", en = "Plan" }', 'title = "Plan"', "wrong-type", "title", "title ="),
    ('title = { es = "Plan", en = "Plan" }', "title = {}", "wrong-type", "title", "title ="),
    (
        'title = { es = "Plan", en = "Plan" }',
        'title = { fr = "Plan" }',
        "unknown-key",
        "title.fr",
        "title =",
    ),
    ('en = "Plan" }', "en = 3 }", "wrong-type", "title.en", "title ="),
    ("merge = true", 'merge = "yes"', "wrong-type", "column[1].merge", "merge"),
    ("width = 4", "width = true", "wrong-type", "column[2].width", "width = true"),
    ("width = 4", 'width = "4"', "wrong-type", "column[2].width", "width"),
    ("width = 4", "width = 0", "not-positive", "column[2].width", "width"),
    ("margin = 10", "margin = inf", "not-positive", "page.margin", "margin"),
    ('size = "a4"', 'size = "a5"', "not-a-choice", "page.size", "a5"),
    ('size = "a4"', "size = 4", "wrong-type", "page.size", "size"),
    ("code = 'OE \\d+'", "code = 'OE ('", "bad-pattern", "level[1].code", "OE ("),
    ("code = 'OE \\d+'", "code = 3", "wrong-type", "level[1].code", "code = 3"),
    ("code = 'OE \\d+'\n", "", "split-without-code", "level[1].split", "split"),
    ('field = "priority"', 'field = "priorty"', "unknown-field", "column[4].field", "priorty"),
    ('field = "priority"', "field = 1", "wrong-type", "column[4].field", "field = 1"),
    ('values = ["Alta", "Baja"]', "values = [1]", "wrong-type", "column[4].values", "values"),
    ('keeps = ["text"]', 'keeps = ["tekst"]', "unknown-field", "report.keeps", "keeps"),
    ('keeps = ["text"]', "keeps = 1", "wrong-type", "report.keeps", "keeps"),
    ('keeps = ["text"]', 'keeps = ["code"]', "unknown-column", "report.keeps[1]", "keeps"),
    ('keeps = ["text"]', 'keeps = ["target"]', "periods-needless", "report.keeps[1]", "keeps"),
    ('shows = "executed"', 'shows = "executd"', "unknown-field", "report.column[1].shows", "shows"),
    ('shows = "executed"', "shows = 1", "wrong-type", "report.column[1].shows", "shows"),
    ("{period}", "{perod}", "unknown-place", "report.title", "perod"),
    ("{period}", "{period", "bad-pattern", "report.title", "Avance"),
    ("[DE ]", "[DE ", "bad-pattern", "heading.area", "area"),
    ('area = "PLAN {year} [DE ]{area}"', "area = 1", "wrong-type", "heading.area", "area"),
    ('"PLAN {year}"]', '"PLAN {ano}"]', "unknown-place", "heading.lines", "lines"),
    ("code-gap", "code-hole", "unknown-check", "checks.code-hole", "code-hole"),
    ('"info"', '"danger"', "not-a-choice", "checks.code-gap", "danger"),
    ('"info"', "false", "not-a-choice", "checks.code-gap", "code-gap"),
    (
        '{ severity = "warning" }',
        '{ severity = "bad" }',
        "not-a-choice",
        "checks.total-mismatch.severity",
        "bad",
    ),
    (
        '{ severity = "warning" }',
        "{ tolerance = 3 }",
        "unknown-key",
        "checks.total-mismatch.tolerance",
        "tolerance",
    ),
    ('= ["Documentos"]', '= "Documentos"', "wrong-type", "spellings.Documento", "Documento"),
    (
        '"Documento" = ["Documentos"]',
        '"Documento" = ["Doc"]\n"Archivo" = ["doc"]',
        "repeated-spelling",
        "spellings.Archivo",
        "Archivo",
    ),
    ('level = "objective"', 'level = "goal"', "unknown-level", "column[1].level", "goal"),
    ('kind = "activity"', 'kind = "objective"', "repeated-level", "level[2].kind", None),
    ('field = "priority"', 'field = "text"', "repeated-column", "column[4].field", None),
    ('periods = "quarter"\n', "", "periods-missing", "column[3].field", 'field = "target"'),
    (
        'field = "priority"',
        'field = "priority"\nperiods = "month"',
        "periods-needless",
        "column[4].periods",
        '"month"',
    ),
    ('header = ["Prioridad"]\n', "", "missing-key", "column[4].header", None),
    (
        'header = ["Prioridad"]',
        'header = ["Prioridad"]\ngroup = "Todo"',
        "group-without-periods",
        "column[4].group",
        "Todo",
    ),
    (', "OCT-DIC"', "", "header-count", "column[3].header", "EN-MAR"),
    ('"quarter"', '"span"', "header-count", "column[3].header", "EN-MAR"),
    ('field = "text"\nheader', 'field = "product"\nheader', "text-column-missing", "column", None),
    ('family = "plan"', 'family = "plan"\nyears = [2024]', "wrong-type", "years", "years"),
    ('family = "plan"', 'family = "plan"\nyears = [2029, 2024]', "wrong-type", "years", "years"),
    ('family = "plan"', 'family = "plan"\norder = 1.5', "wrong-type", "order", "order"),
    ('family = "plan"', 'family = "plan"\nunit = "column"', "unit-column-missing", "unit", "unit"),
    (
        'field = "priority"',
        'field = "unit"',
        "unit-column-unused",
        "unit",
        None,
    ),
    (
        'area = "PLAN',
        'unit = "PLAN DE {area}"\narea = "PLAN',
        "unit-place-missing",
        "heading.unit",
        "PLAN DE",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "key", "words"),
    ONE_MISTAKE,
    ids=[f"{one[2]}-{one[3]}" for one in ONE_MISTAKE],
)
def test_a_mistake_names_its_key_and_line(
    write: Callable[[str], Path], old: str, new: str, code: str, key: str, words: str | None
) -> None:
    text = changed(old, new)
    found = mistakes(write(text))
    mistake = next(one for one in found if (one.code, one.key) == (code, key))
    if words is not None:
        assert mistake.line == line(text, words)


def test_a_unit_in_a_column_needs_no_place_in_the_title(write: Callable[[str], Path]) -> None:
    text = changed('family = "plan"', 'family = "plan"\nunit = "column"')
    text = text.replace('field = "priority"', 'field = "unit"')
    assert mistakes(write(text)) == []
    titled = text.replace("[heading]\n", '[heading]\nunit = "TODAS"\n')
    assert mistakes(write(titled)) == []
    wrong = text.replace("[heading]\n", '[heading]\nunit = "{unit}"\n')
    assert [one.code for one in mistakes(write(wrong))] == ["unit-place-needless"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("[page]\n", "[[page]]\n", "page"),
        ("[[signature]]\n", "[signature]\n", "signature"),
        ("[checks]\n", "[[checks]]\n", "checks"),
        ("[spellings]\n", "[[spellings]]\n", "spellings"),
        ('family = "plan"', 'family = "plan"\nsignature = [1]', "signature[1]"),
    ],
)
def test_a_table_is_not_several_tables(
    write: Callable[[str], Path], old: str, new: str, key: str
) -> None:
    text = changed(old, new)
    if "[1]" in new:
        text = text.replace("[[signature]]", "[[column]]").replace('label = "Revisado por"', "")
    assert ("wrong-type", key) in [(one.code, one.key) for one in mistakes(write(text))]


def test_all_mistakes_are_found_in_the_order_of_lines(write: Callable[[str], Path]) -> None:
    text = changed('size = "a4"', 'size = "a5"').replace("width = 4", "widht = 4")
    text = text.replace("[spellings]", "[spelings]").replace("code-gap", "code-hole")
    found = mistakes(write(text))
    assert [one.key for one in found] == [
        "page.size",
        "column[2].widht",
        "checks.code-hole",
        "spelings",
    ]
    assert [one.line for one in found] == sorted(one.line or 0 for one in found)
    assert found[1].params["near"] == "width"


def test_a_nested_table_in_an_array_has_its_line(write: Callable[[str], Path]) -> None:
    text = changed(
        '[[report.column]]\nshows = "executed"\nheader = "Ejecutado"',
        '[[report.column]]\nshows = "executed"\nheader = "Ejecutado"\n\n'
        '[[report.column]]\nshows = "percent"\nheder = "%"',
    )
    found = mistakes(write(text))
    assert [(one.key, one.line) for one in found if one.code == "unknown-key"] == [
        ("report.column[2].heder", line(text, "heder"))
    ]


def test_words_in_a_long_text_are_no_keys(write: Callable[[str], Path]) -> None:
    note = 'institution = """\nInstituto\nwidht = 3\n[page]\n"""'
    text = changed('institution = "Instituto"', note).replace("width = 4", "widht = 4")
    assert [one.line for one in mistakes(write(text))] == [
        max(at for at, one in enumerate(text.splitlines(), 1) if "widht" in one)
    ]


def test_a_table_within_an_array_of_tables_belongs_to_its_newest(
    write: Callable[[str], Path],
) -> None:
    text = changed('title = { es = "Actividad" }', '[level.title]\nes = "Actividad"\nxx = "?"')
    assert [(one.key, one.line) for one in mistakes(write(text))] == [
        ("level[2].title.xx", line(text, "xx ="))
    ]


@pytest.mark.parametrize(
    ("text", "at"), [('version = "1"\nfamily = = 2\n', 2), ('version = "1"\nfamily = [\n', 2)]
)
def test_what_is_no_toml_names_its_line(write: Callable[[str], Path], text: str, at: int) -> None:
    (mistake,) = mistakes(write(text))
    assert (mistake.code, mistake.line, mistake.key) == ("syntax", at, "")
    assert mistake.params["why"]


def test_a_missing_and_an_unreadable_file_are_mistakes(tmp_path: Path) -> None:
    (mistake,) = mistakes(tmp_path / "none.toml")
    assert (mistake.code, mistake.line) == ("file-missing", None)
    path = tmp_path / "latin.toml"
    path.write_bytes(b'version = "\xf3"')
    (mistake,) = mistakes(path)
    assert mistake.code == "unreadable"


def test_a_form_with_mistakes_does_not_load(write: Callable[[str], Path], tmp_path: Path) -> None:
    path = write(changed("margin = 10", "margin = -1").replace("width = 4", "widht = 4"))
    with pytest.raises(InputError) as caught:
        load_form(path, root=tmp_path)
    assert caught.value.code == "form-invalid"
    known = caught.value.params
    assert (known["file"], known["key"], known["why"]) == (str(path), "page.margin", "not-positive")
    assert (known["line"], known["count"]) == (line(SOUND, "margin"), 2)
    with pytest.raises(InputError) as caught:
        load_form(tmp_path / "none.toml", root=tmp_path)
    assert (caught.value.params["line"], caught.value.params["key"]) == (1, "-")
    path.write_text("version = = 1", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_form(path, root=tmp_path)
    assert caught.value.params["why"] == "syntax"


def test_a_broken_file_takes_no_other_form_away(tmp_path: Path) -> None:
    shipped = forms_dir() / "sv-integracion" / "pat-programa.toml"
    folder = tmp_path / "casa"
    folder.mkdir()
    (folder / "buena.toml").write_bytes(shipped.read_bytes())
    (folder / "rota.toml").write_text("[form\nfamily = 1\n", encoding="utf-8")
    forms, refused = load_sound_forms(tmp_path)
    assert list(forms) == ["casa/buena"]
    assert [(one.code, one.params["line"]) for one in refused] == [("form-invalid", 1)]


def test_a_file_that_cannot_be_opened_is_refused_like_a_broken_one(tmp_path: Path) -> None:
    (tmp_path / "carpeta.toml").mkdir()
    forms, refused = load_sound_forms(tmp_path)
    assert forms == {}
    assert refused[0].params["why"] == "unreadable"
