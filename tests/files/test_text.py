"""Tables written as text, whatever separates their cells."""

from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files import text as module
from quipu.files.reader import read_file
from quipu.files.text import decode, read_text
from quipu.forms.raw import RawFile


def words(file: RawFile) -> list[list[str]]:
    (table,) = file.tables
    return [[cell.text for cell in row] for row in table.rows]


def test_tabs_separate_cells_and_blank_lines_stay() -> None:
    file = read_text("TÍTULO\n\nN°\tActividad\tEne\n1.1\tComprar\t\n\t\t1\n\n", "a.tsv")
    assert words(file) == [
        ["TÍTULO"],
        [],
        ["N°", "Actividad", "Ene"],
        ["1.1", "Comprar"],
        ["", "", "1"],
    ]
    assert file.tables[0].place(3, 2) == "a.tsv:4"
    assert file.tables[0].place(99, 0) == "a.tsv:100"


def test_a_block_of_a_spreadsheet_may_hold_quotes_and_lines() -> None:
    file = read_text('a\t"uno\ndos ""tres"""\tb\n"suelta" palabra\tc\nd\te\n', "pegado")
    assert words(file) == [["a", 'uno\ndos "tres"', "b"], ['"suelta" palabra', "c"], ["d", "e"]]
    assert file.tables[0].place(1, 0) == "pegado:3"


def test_a_stray_quote_swallows_no_cells() -> None:
    assert words(read_text('"abierta\tuno\ndos\t"otra\n', "t")) == [
        ['"abierta', "uno"],
        ["dos", '"otra'],
    ]


@pytest.mark.parametrize("mark", [",", ";"])
def test_separated_values(mark: str) -> None:
    text = 'N°,Actividad,Ene\n1,"Comprar, vender y\nentregar",2\n2,Guardar,"1;5"\n'
    if mark == ";":
        text = text.replace(",", "\0").replace(";", ",").replace("\0", ";")
    rows = words(read_text(text, "a.csv"))
    assert [len(row) for row in rows] == [3, 3, 3]
    assert rows[1][1].endswith("vender y\nentregar")


def test_excel_may_name_the_separator() -> None:
    file = read_text("sep=;\na;b\n1;2\n", "a.csv")
    assert words(file) == [["a", "b"], ["1", "2"]]
    assert file.tables[0].place(0, 0) == "a.csv:2"


def test_semicolons_win_over_decimal_commas() -> None:
    assert words(read_text("Peso;Meta\n0,5;1,2\n0,4;2,2\n", "a"))[1] == ["0,5", "1,2"]


def test_a_pipe_table_has_no_rule() -> None:
    text = "Tabla III.1.1\n\n| Producto | Peso |\n|---|:--:|\n| Uno \\| dos | 0,5 |\n| | 0,4 |\n"
    file = read_text(text, "a.psv")
    assert words(file) == [
        ["Tabla III.1.1"],
        [],
        ["Producto", "Peso"],
        ["Uno | dos", "0,5"],
        ["", "0,4"],
    ]
    assert file.tables[0].place(3, 0) == "a.psv:5"


def test_bare_pipes_separate_too() -> None:
    assert words(read_text("a|b|c\n1|2|3\n", "a.psv")) == [["a", "b", "c"], ["1", "2", "3"]]


@pytest.mark.parametrize(
    "text",
    [
        "Prefacio\n\nEste plan, como otros, se hizo así.\nEs breve; y claro.\n",
        "Una línea, sola\n",
        "Uno, dos\ny tres, cuatro, cinco\nfin\n",
    ],
)
def test_prose_is_rows_of_one_cell(text: str) -> None:
    assert words(read_text(text, "a.txt")) == [
        [line] if line else [] for line in text.rstrip("\n").split("\n")
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_letters_are_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("Año\tMañana\r\n1\t2\r\n".encode(encoding))
    assert words(read_file(path)) == [["Año", "Mañana"], ["1", "2"]]


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\nendobj\n",
        bytes(range(256)) * 4,
        b"\xff\xfe\x00",
        b"caf\x81",
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, "x")
    assert caught.value.code == "file-not-table"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{\\rtf1\\ansi plan}", "file-other-document"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "file-binary-workbook",
        ),
    ],
)
def test_documents_that_are_written_as_text_are_named(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, "x")
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff\n"])
def test_nothing_is_empty(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(text, "x")
    assert caught.value.code == "file-empty"


def test_endless_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TEXT", 10)
    with pytest.raises(InputError) as caught:
        read_text("a\tb\n" * 9, "x")
    assert caught.value.code == "file-too-large"


def test_the_published_tables_keep_every_cell(sources: Path) -> None:
    for path in sorted((sources / "inputs").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").split("\n")
        (table,) = read_file(path).tables
        for number, row in enumerate(table.rows):
            cells = [cell.strip() for cell in lines[number].rstrip("\t ").split("\t")]
            said = [(cell.rich or cell.text).strip() for cell in row]
            assert said == (cells if any(cells) else [])
            assert table.place(number, 0) == f"{path.name}:{number + 1}"


def test_the_published_pipe_tables_have_seven_columns(sources: Path) -> None:
    for path in sorted((sources / "inputs").glob("004_*.psv")):
        (table,) = read_file(path).tables
        assert max(map(len, table.rows)) == (5 if "iii_2" in path.name else 7)
        assert not any(cell.text.startswith("--") for row in table.rows for cell in row)


@pytest.mark.parametrize("mark", [";", ","])
def test_titles_without_separators_may_stand_over_a_table(mark: str) -> None:
    row = mark.join("abcdefgh")
    text = "\n".join(["Uno", "Dos", "Tres", "Cuatro", "Cinco", row, row])
    (table,) = read_text(text, "a.csv").tables
    assert len(table.rows[0]) == 1
    assert len(table.rows[5]) == 8


def test_commas_of_prose_make_no_columns() -> None:
    prose = ["Se hizo, se vio, se dijo.", "Otra vez, y otra, y otra.", "Fin", "Nada", "Más"]
    (table,) = read_text("\n".join(prose), "a.txt").tables
    assert {len(row) for row in table.rows} == {1}


@pytest.mark.parametrize(
    "text", ["a\n" * (module.MAX_LINES + 1), ("\t" * 999 + "a\n") * 5100], ids=["lines", "cells"]
)
def test_more_than_a_plan_can_be_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(text, "a.tsv")
    assert caught.value.code == "file-too-large-inside"
