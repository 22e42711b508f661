"""Lines of a heading that follow the plan's state: printed while it is a draft, then gone."""

from dataclasses import replace
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.value import PUBLISHED, Value
from quipu.files.text import read_text
from quipu.forms.definition import Form, Heading
from quipu.forms.document import View
from quipu.forms.draw_words import printed_state
from quipu.forms.language import mistakes
from quipu.forms.recognise import recognise
from tests.forms.drawing import drawn, form, own
from tests.forms.programme_tables import ABOVE, FORMS, HEAD
from tests.forms.sample_plan import PLAN, sample
from tests.forms.test_language import changed

WORDS = "PRESENTACIÓN PRELIMINAR"
STATES = {WORDS: ("draft", "review"), "PLAN CERRADO": ("closed",)}
LINES = ("{institution}", "{state}", "[{state} ]PLAN {year}")


def staged() -> Form:
    return form(heading=Heading(lines=LINES, state=STATES))


def plan(*said: tuple[str, Value]) -> Facts:
    known = [
        (Address(item, *key), value)
        for item in sample().items()
        for key, value in sample().entries(item).items()
    ]
    entries = [(Address(PLAN, name), value) for name, value in said]
    return Facts([*known, *own("a", text="Sembrar"), *entries])


@pytest.mark.parametrize(
    ("state", "lines"),
    [
        ("draft", (WORDS, f"{WORDS} PLAN 2024")),
        ("review", (WORDS, f"{WORDS} PLAN 2024")),
        ("approved", ("PLAN 2024",)),
        ("", ("PLAN 2024",)),
        ("closed", ("PLAN CERRADO", "PLAN CERRADO PLAN 2024")),
    ],
)
def test_the_lines_follow_the_state(state: str, lines: tuple[str, ...]) -> None:
    document = drawn(plan(("state", state or None)), using=[staged()])
    assert document.lines[1:] == lines


@pytest.mark.parametrize(
    ("said", "view", "words"),
    [
        ((("state", "approved"), ("state" + PUBLISHED, WORDS)), "published", WORDS),
        ((("state", "approved"), ("state" + PUBLISHED, WORDS)), "plan", ""),
        ((("state", "draft"),), "published", ""),
        ((("title" + PUBLISHED, "Presentación preliminar plan 2024"),), "published", WORDS),
    ],
)
def test_the_signed_document_keeps_the_words_that_it_printed(
    said: tuple[tuple[str, Value], ...], view: View, words: str
) -> None:
    assert printed_state(staged().heading, plan(*said), PLAN, view) == words


@pytest.mark.parametrize(
    ("line", "title", "state"),
    [
        (
            "Presentación preliminar: PROGRAMA DE TRABAJO GESTIÓN TERRITORIAL - AÑO 2010",
            "PROGRAMA DE TRABAJO GESTIÓN TERRITORIAL - AÑO 2010",
            WORDS,
        ),
        (
            "PROGRAMA DE TRABAJO GESTIÓN TERRITORIAL - AÑO 2010",
            "PROGRAMA DE TRABAJO GESTIÓN TERRITORIAL - AÑO 2010",
            None,
        ),
    ],
)
def test_words_of_a_state_are_read(line: str, title: str, state: str | None) -> None:
    row = "| Pagos | Pagar bien. | N° de a N° de b | Diseño. Cierre | Actas | 2,2 | Caja |"
    above = "\n".join(f"| {one.strip()} |" for one in (*ABOVE.strip().split("\n"), HEAD))
    found = recognise(read_text(f"{line}\n\n{above}\n{row}", "programa.txt"), FORMS, year=None)
    assert (found.header.get("title"), found.header.get("state"), found.year) == (
        title,
        state,
        2010,
    )


def test_a_line_of_words_alone_is_of_the_letterhead_too() -> None:
    lined = [
        replace(
            one,
            heading=replace(
                one.heading,
                lines=("{state}", "PROGRAMA DE TRABAJO GESTIÓN TERRITORIAL - AÑO {year}"),
            ),
        )
        for one in FORMS
    ]
    assert lined[0].heading.read_lines[0] == WORDS
    above = "\n".join(f"| {one.strip()} |" for one in (*ABOVE.strip().split("\n"), HEAD))
    row = "| Pagos | Pagar bien. | N° de a N° de b | Diseño. Cierre | Actas | 2,2 | Caja |"
    text = f"{WORDS}\n\nPrograma de Trabajo Gestión Territorial - Año 2010\n\n{above}\n{row}"
    found = recognise(read_text(text, "programa.txt"), lined, year=None)
    assert found.header["state"] == WORDS
    assert found.header["title"] == "Programa de Trabajo Gestión Territorial - Año 2010"


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('"PLAN {year}"]', '"PLAN {year}", "{state}"]', "missing-key", "heading.state"),
        (
            'area = "PLAN',
            'state = { "BORRADOR" = ["draft"] }\narea = "PLAN',
            "state-needless",
            "heading.state",
        ),
        ('area = "PLAN', 'state = "draft"\narea = "PLAN', "wrong-type", "heading.state"),
        (
            'area = "PLAN',
            'state = { "BORRADOR" = [] }\narea = "PLAN',
            "wrong-type",
            "heading.state.BORRADOR",
        ),
    ],
)
def test_mistakes_name_the_key(tmp_path: Path, old: str, new: str, code: str, key: str) -> None:
    file = tmp_path / "casa" / "formato.toml"
    file.parent.mkdir()
    file.write_text(changed(old, new), encoding="utf-8")
    assert (code, key) in {(one.code, one.key) for one in mistakes(file)}
