from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.forms.language import load_template
from quipu.forms.recognise_document import SectionsRead, read_sections
from quipu.settings import forms_dir
from tests.forms.documents_of_sections import TEMPLATE, TEXT, template


def read(folder: Path, text: str = TEXT, toml: str = TEMPLATE, **more: object) -> SectionsRead:
    raw = read_text(text, "libro.txt")
    return read_sections(raw, template(folder, toml), **more)  # type: ignore[arg-type]


def test_texts_go_to_the_sections_whose_titles_they_follow(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.year == 2024
    assert dict(found.texts) == {
        "motto": "Un camino une a todos.",
        "preface": "Primera frase que es larga y que el archivo corta en dos renglones sin motivo "
        "alguno.\n\nEva Mar\nDirectora",
        "law": "- Ley de Caminos\n- Ley $ de Obras",
        "values": "UNIDAD\n\nVamos juntos.",
        "swot": "Se miró todo.",
        "swot/strengths": "- **Gente:** mucha",
        "swot/weaknesses": "- Poca agua",
        "swot/threats": "- Lluvia",
        "money": "Son US$ 2.5 Millones para 2024",
        "plans": "Los planes de las unidades.",
    }
    assert found.titles["law"] == "1. Base legal"
    assert found.titles["swot"] == "Analisis de contexto 2024"


def test_heads_of_pages_and_words_of_pictures_are_left_out(tmp_path: Path) -> None:
    words = [words for _, words in read(tmp_path).left_out]
    assert words == ["INSTITUTO DE CAMINOS", "QX-77 |", "F"]
    assert read(tmp_path).left_out[0][0].startswith("libro.txt:")


def test_the_first_pages_tell_of_the_plan(tmp_path: Path) -> None:
    cover = read(tmp_path).cover
    assert cover.fields == {
        "document_code": "PAT-7",
        "prepared_by": "Lic. Ana Paz\nIng. Luis Sol\nPlanificación",
        "reviewed_by": "Dra. Eva Mar",
    }
    assert cover.lines == ("{institution}", "PLAN {year}", "2024-2029", "Julio 2024")
    plain = read(tmp_path, TEXT.replace("2024-2029\nJulio 2024\n", ""))
    assert plain.cover.lines == ()


def test_another_order_and_other_spellings_read_the_same(tmp_path: Path) -> None:
    turned = (
        "PRESUPUESTO 2024\n\nSon pocos.\n\n**Marco Normativo:**\n\nUna ley\n\n"
        "II. Prefacio\n\nHola.\n\nMarco normativos\n\nOtra ley\n"
    )
    assert dict(read(tmp_path, turned).texts) == {
        "money": "Son pocos.",
        "law": "Una ley\n\nOtra ley",
        "preface": "Hola.",
    }


def test_tables_and_titles_of_tables_end_a_text(tmp_path: Path) -> None:
    text = "Planes de trabajo\nHay tres.\nAnexo 1. Tabla\nNo es texto.\nPrefacio\nHola.\na\tb\tc\n"
    found = read(tmp_path, text, stops=["ANEXO 1. Tabla"])
    assert dict(found.texts) == {"plans": "Hay tres.", "preface": "Hola."}
    cut = read(tmp_path, "Planes de trabajo\nHay tres.\na\tb\tc\nNo.\n")
    assert dict(cut.texts) == {"plans": "Hay tres."}


def test_a_document_in_capitals_keeps_its_words(tmp_path: Path) -> None:
    found = read(tmp_path, "PREFACIO\n\nTODO ES GRANDE.\n", institution="Otro nombre")
    assert dict(found.texts) == {"preface": "TODO ES GRANDE."}


def test_contents_without_an_untitled_section_after_them(tmp_path: Path) -> None:
    toml = TEMPLATE.replace('key = "motto"\nkind = "text"', 'key = "motto"\nkind = "list"')
    found = read(tmp_path, "Contenido\nAlgo 4\nUn camino.\n\nPrefacio\nHola.\n", toml)
    assert dict(found.texts) == {"preface": "Hola."}


def test_a_file_without_any_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "Una carta.\n\nSaludos,\n")
    assert caught.value.code == "no-section-found"
    assert caught.value.params == {"file": "libro.txt", "form": "casa/libro"}


def test_the_published_plan_of_2024(sources: Path) -> None:
    root = forms_dir()
    form = load_template(root / "sv-integracion" / "documento.toml", root=root)
    [file] = (sources / "seeds").glob("001_*.txt")
    found = read_sections(
        read_file(file), form, stops=["Anexo 1. Acciones Estratégicas anualizadas"]
    )
    written = {
        "epigraph", "preface", "introduction", "terms", "objective", "scope", "rules", "vision",
        "mission", "values", "design", "swot", "swot/strengths", "swot/opportunities",
        "swot/weaknesses", "swot/threats", "objectives", "actions", "budget", "plans",
        "follow-up", "evaluation",
    }  # fmt: skip
    assert set(found.texts) == written
    assert found.year == 2024
    assert found.texts["rules"].count("\n- ") == 3
    assert found.texts["values"].startswith("Integración\n\nFomentamos")
    assert found.texts["values"].endswith("iniciativas.")
    assert found.texts["objectives"].endswith("como mecanismo de desarrollo social")
    assert found.texts["actions"].count("(AE ") == 7
    assert found.texts["budget"].endswith("es de $23.4 Millones")
    assert found.texts["preface"].endswith("Dirección de Integración")
    assert "lecciones aprendidas" in found.texts["follow-up"]
    assert found.cover.fields["document_code"] == "PAT-GPE-001"
    assert found.cover.fields["reviewed_by"].startswith("Lic. Fernando G...\nIng. Enrique P...")
    assert [words for _, words in found.left_out][3:] == ["F", "O", "D", "A"]
