"""Old workbooks are read like new ones, formats and merges included."""

import struct
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine

from quipu.domain.errors import InputError
from quipu.files.biff import packed_number
from quipu.files.reader import read_file
from quipu.forms.raw import RawCell, RawTable

from .books import cell
from .containers import BOF, EOF, container, old_book, records

BOOK = Path(__file__).with_name("data") / "libro.xls"


def read(tmp_path: Path, content: bytes) -> RawTable:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    (table,) = read_file(path).tables
    return table


def code(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_file(path)
    return caught.value.code


def test_texts_formats_and_merges_of_a_real_book() -> None:
    table, hidden, long = read_file(BOOK).tables
    assert [one.name for one in (table, hidden, long)] == ["Compras", "Oculta", "Larga"]
    assert table.merges == ((0, 0, 0, 3), (6, 0, 7, 0))
    assert cell(table, "A4") == RawCell("1.10")
    assert cell(table, "B4").text == "Comprar «sillas» ½ año"
    assert cell(table, "C4") == RawCell("12%", Decimal("0.12"), percent=True)
    assert cell(table, "D4") == RawCell("1,100", Decimal(1100))
    assert cell(table, "A5") == RawCell("1.20", Decimal("1.2"))
    assert cell(table, "B5").text == "  Dos\nlíneas "
    assert cell(table, "D5").number == 1100
    assert cell(table, "B6") == RawCell("29/07/2024")
    assert cell(table, "C6").text == "VERDADERO"
    assert (cell(table, "B7").text, cell(table, "C7").text) == ("#DIV/0!", "ab")
    assert cell(table, "D7").number == Decimal("1234567.891")
    assert cell(table, "B8").text == "Uno dos"
    assert cell(hidden, "A2").text == "日本"
    assert len(long.rows) == 399


def test_another_reader_finds_the_same_numbers_and_texts() -> None:
    with python_calamine.CalamineWorkbook.from_path(BOOK) as other:
        for table in read_file(BOOK).tables:
            sheet = other.get_sheet_by_name(table.name)
            left = (sheet.start or (0, 0))[1]
            for row, values in enumerate(sheet.iter_rows()):
                for column, value in enumerate(values, start=left):
                    found = table.rows[row][column] if column < len(table.rows[row]) else RawCell()
                    if isinstance(value, float):
                        assert found.number is not None
                        assert float(found.number) == value
                    elif isinstance(value, str) and not found.text.startswith("#"):
                        assert found.text == value


def test_unusual_records(tmp_path: Path) -> None:
    chart = [BOF, (0x204, struct.pack("<HHHHB", 0, 0, 0, 1, 0) + b"x"), EOF]
    table = read(
        tmp_path,
        old_book(
            (0x204, struct.pack("<HHHHB", 0, 0, 0, 3, 0) + "año".encode("latin-1")),
            (0x203, struct.pack("<HHHd", 0, 1, 99, 2.5)),
            *chart,
            (0xBD, struct.pack("<HHHIHIH", 1, 1, 0, 5 << 2 | 2, 0, 150 << 2 | 3, 2)),
            (0x205, struct.pack("<HHHBB", 2, 0, 0, 0x2A, 1)),
            (0x205, struct.pack("<HHHBB", 2, 1, 0, 0x99, 1)),
            (0x205, struct.pack("<HHHBB", 2, 2, 0, 0, 0)),
            (0x06, struct.pack("<HHHBxBxxxH", 3, 0, 0, 1, 1, 0xFFFF)),
            (0x06, struct.pack("<HHHBxBxxxH", 3, 1, 0, 2, 0x17, 0xFFFF)),
            (0x06, struct.pack("<HHHBxBxxxH", 3, 2, 0, 3, 0, 0xFFFF)),
            (0x06, struct.pack("<HHHBxBxxxH", 3, 3, 0, 0, 0, 0xFFFF)),
            (0x207, struct.pack("<HB", 2, 0) + b"si"),
            (0x207, struct.pack("<HB", 2, 0) + b"no"),
            (0x203, struct.pack("<HHHd", 3, 4, 0, 7)),
            shared=((0x22, b"\1\0"), (0x41E, struct.pack("<HHB", 164, 2, 0) + b"0%")),
        ),
    )
    texts = [[one.text for one in row] for row in table.rows]
    assert texts[:2] == [["año", "2.5"], ["", "5", "1.5"]]
    assert texts[2:] == [["#N/A", "#?", "FALSO"], ["VERDADERO", "#REF!", "", "no", "7"]]


@pytest.mark.parametrize(
    ("packed", "number"),
    [(5 << 2 | 2, "5"), ((1 << 32) - 4 | 2, "-1"), (150 << 2 | 3, "1.5"), (0x3FF00000, "1")],
)
def test_short_numbers(packed: int, number: str) -> None:
    assert packed_number(packed) == Decimal(number)


def test_texts_may_be_cut_by_records(tmp_path: Path) -> None:
    wide = "señal".encode("utf-16-le")
    shared = (
        (0xFC, struct.pack("<II", 3, 3) + struct.pack("<HB", 5, 0) + "se".encode("latin-1")),
        (0x3C, b"\x01" + "ñal".encode("utf-16-le") + struct.pack("<HBH", 5, 8 | 1, 1) + wide),
        (0x3C, bytes(4) + struct.pack("<HBI", 2, 4, 3) + b"ok" + b"xyz"),
    )
    cells = [(0xFD, struct.pack("<HHHI", row, 0, 0, row)) for row in range(3)]
    table = read(tmp_path, old_book(*cells, shared=shared))
    assert [row[0].text for row in table.rows] == ["señal", "señal", "ok"]


def test_protected_books_say_so(tmp_path: Path) -> None:
    modern = container({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})
    assert code(tmp_path, modern) == "file-protected"
    old = container({"Workbook": records(BOF, (0x2F, bytes(6)), EOF)})
    assert code(tmp_path, old) == "file-protected"


def test_other_old_documents_are_no_tables(tmp_path: Path) -> None:
    assert code(tmp_path, container({"WordDocument": b"x"})) == "file-other-document"
    assert code(tmp_path, container({"Book": b"x"})) == "file-binary-workbook"
    older = container({"Workbook": records((0x809, struct.pack("<HH", 0x500, 5)), EOF)})
    assert code(tmp_path, older) == "file-binary-workbook"


@pytest.mark.parametrize(
    "cells",
    [
        ((0xFD, struct.pack("<HHHI", 0, 0, 0, 9)),),
        ((0x203, b"\0"),),
        ((0x203, struct.pack("<HHHd", 0, 0, 0, float("nan"))),),
    ],
)
def test_broken_records_are_damage(tmp_path: Path, cells: tuple[tuple[int, bytes], ...]) -> None:
    assert code(tmp_path, old_book(*cells)) == "file-damaged"


@pytest.mark.parametrize("shared", [b"", struct.pack("<IIHB", 1, 1, 9, 1) + b"x"])
def test_broken_texts_are_damage(tmp_path: Path, shared: bytes) -> None:
    assert code(tmp_path, old_book(shared=((0xFC, shared),))) == "file-damaged"


def test_a_book_cut_anywhere_ends_in_one_sentence(tmp_path: Path) -> None:
    content = BOOK.read_bytes()
    for size in (8, 40, 512, 600, 5_000, 40_000, len(content) - 600):
        assert code(tmp_path, content[:size]) in ("file-cut-short", "file-damaged"), size


def test_a_book_with_any_byte_changed_never_breaks_the_program(tmp_path: Path) -> None:
    content = old_book(
        (0xFD, struct.pack("<HHHI", 0, 0, 0, 0)),
        (0xE5, struct.pack("<HHHHH", 1, 0, 1, 0, 1)),
        shared=((0xFC, struct.pack("<IIHB", 1, 1, 2, 0) + b"ok"),),
    )
    path = tmp_path / "a.xls"
    for at in [*range(24, 90), *range(512, 540), *range(1024, 1110), *range(5100, len(content), 7)]:
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        try:
            assert read_file(path).tables
        except InputError as error:
            assert error.code.startswith("file-")
