"""Marks that texts of tables carry."""

from dataclasses import replace
from decimal import Decimal

import pytest

from quipu.forms.document import Cell, Run
from quipu.forms.markup import bare, marked_cell, raised, runs, shown, tidied
from quipu.forms.raw import RawCell

from .raw_tables import PROGRAMME, activity, programme, raw, read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gerencia", "Gerencia"),
        ("<u>Sub.G. Desarrollo</u> GRs", "Sub.G. Desarrollo GRs"),
        ("<p>Uno.</p> <p>Dos.</p>", "Uno.\nDos."),
        ("Uno<br/>Dos<BR>Tres", "Uno\nDos\nTres"),
        ("Productos <sup>4</sup>", "Productos ⁴"),
        ("<b>Con</b> <span style='x'>otras</span>", "Con otras"),
        ("menos de 5 <10 y > 3", "menos de 5 <10 y > 3"),
        ("a <usted> b", "a <usted> b"),
        ("<u>sin cerrar", "sin cerrar"),
    ],
)
def test_words_without_marks(text: str, words: str) -> None:
    assert bare(text) == words
    assert marked_cell(text) == RawCell(words, rich="" if words == text else text)


@pytest.mark.parametrize(
    ("text", "up"), [("12", "¹²"), ("(3)", "⁽³⁾"), ("er", "er"), ("o", "º"), ("1, 2", "¹, ²")]
)
def test_superscripts(text: str, up: str) -> None:
    assert raised(text) == up


def test_marks_alone_are_a_blank_cell() -> None:
    assert marked_cell("<u> </u>").rich == ""
    assert tidied("<p></p>") == ""


def test_underlined_words_become_runs() -> None:
    assert runs("<u>A. <b>Uno</b></u> y <U>dos</U>") == (
        Run("A. Uno", underline=True),
        Run(" y "),
        Run("dos", underline=True),
    )
    assert runs("<p>Uno</p>") == runs("Uno") == runs("<u></u>uno") == ()
    cell = Cell("<p><u>Lead</u></p>otra", align="left")
    assert shown(cell).text == "Lead\notra"
    assert "".join(run.text for run in shown(cell).runs) == "Lead\notra"
    assert shown(Cell("1 < 2")) == Cell("1 < 2")


def test_a_cell_with_marks_works_without_and_is_published_with_them() -> None:
    row = activity("1.1", "Abrir zanjas", measure="Metro", jun="5", total="5")
    table = programme(row)
    plain = raw(table).tables[0]
    marked = {
        "Abrir zanjas": "<u>Abrir</u> zanjas",
        "Metro": "<p>Metro</p>",
        "5": "<u>5</u>",
        "1.1": "<b>1.1</b>",
    }
    rows = tuple(
        tuple(marked_cell(marked.get(cell.text, cell.text)) for cell in line) for line in plain.rows
    )
    (found,) = read(replace(plain, rows=rows)).rows
    assert (found.form, found.code, found.text) == (PROGRAMME, "1.1", "Abrir zanjas")
    assert found.targets == {"2024-06": Decimal(5)}
    assert found.fields["unit_of_measure"] == "Metro"
    assert found.published["text"] == "<u>Abrir</u> zanjas"
