"""Damaged and hostile files end in one sentence, soon and in little memory."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files import grid, reader
from quipu.files.reader import read_file
from quipu.words import LANGUAGES, Words

from .books import book, raw_book

# Measuring coverage slows the parser's callbacks down.
SECONDS = 2 if sys.gettrace() is None else 10


def zero(path: Path) -> None:
    path.touch()


def cut(path: Path) -> None:
    book(path, {"A1": "a" * 500})
    path.write_bytes(path.read_bytes()[:-300])


def flipped(path: Path) -> None:
    book(path, {"A1": "a" * 500})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    content[at : at + 40] = bytes(40)
    path.write_bytes(bytes(content))


def plain_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("foto.txt", "hola")


def empty_zip(path: Path) -> None:
    zipfile.ZipFile(path, "w").close()


def word(path: Path) -> None:
    rels = (
        "<Relationships><Relationship Id='a' Type='u/officeDocument' "
        "Target='word/document.xml'/></Relationships>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", rels)
        archive.writestr("word/document.xml", "<document/>")


def binary_book(path: Path) -> None:
    rels = (
        "<Relationships><Relationship Id='a' Type='u/officeDocument' "
        "Target='xl/workbook.bin'/></Relationships>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", rels)
        archive.writestr("xl/workbook.bin", b"\x83\x01")


def bomb(path: Path) -> None:
    raw_book(path, "<sheetData/>")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b"0" * (60 * 2**20))


def many_parts(path: Path) -> None:
    raw_book(path, "<sheetData/>", **{f"x/{n}": "" for n in range(10_001)})


def entities(path: Path) -> None:
    raw_book(
        path,
        "",
        **{
            "xl/sheet1.xml": "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'>]><worksheet><sheetData><row>"
            "<c t='inlineStr'><is><t>&a;</t></is></c></row></sheetData></worksheet>"
        },
    )


def encrypted_zip(path: Path) -> None:
    raw_book(path, "<sheetData/>")
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 1)
    path.write_bytes(bytes(content))


def missing_part(path: Path) -> None:
    raw_book(
        path,
        "",
        **{
            "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='rId1' "
            "Type='u/worksheet' Target='nada.xml'/></Relationships>"
        },
    )


def no_encoding(path: Path) -> None:
    raw_book(path, "", **{"xl/sheet1.xml": "<?xml version='1.0' encoding='UTF-6'?><worksheet/>"})


def no_style(path: Path) -> None:
    rels = (
        "<Relationships><Relationship Id='rId1' Type='u/worksheet' Target='sheet1.xml'/>"
        "<Relationship Id='rId2' Type='u/styles' Target='styles.xml'/></Relationships>"
    )
    styles = "<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"
    parts = {"xl/_rels/workbook.xml.rels": rels, "xl/styles.xml": styles}
    raw_book(path, "<sheetData/>", **parts)


def far_columns(path: Path) -> None:
    rows = "".join(f"<row r='{n}'><c r='XFD{n}'><v>1</v></c></row>" for n in range(1, 400))
    raw_book(path, f"<sheetData>{rows}</sheetData>")


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def no_cells(path: Path) -> None:
    raw_book(path, "<sheetData><row r='1'><c r='A1' s='0'/></row></sheetData>")


def merges(path: Path) -> None:
    many = "<mergeCell ref='A1:B2'/>" * 200_001
    raw_book(path, f"<mergeCells>{many}</mergeCells>")


CASES: list[tuple[Callable[[Path], None], str]] = [
    (zero, "file-empty"),
    (cut, "file-cut-short"),
    (flipped, "file-damaged"),
    (plain_zip, "file-not-table"),
    (empty_zip, "file-not-table"),
    (word, "file-empty"),
    (binary_book, "file-binary-workbook"),
    (bomb, "file-too-large-inside"),
    (many_parts, "file-too-large-inside"),
    (entities, "file-damaged"),
    (encrypted_zip, "file-protected"),
    (missing_part, "file-damaged"),
    (no_encoding, "file-damaged"),
    (no_style, "file-damaged"),
    (far_columns, "file-too-large-inside"),
    (picture, "file-not-table"),
    (no_cells, "file-empty"),
    (merges, "file-too-large-inside"),
]


@pytest.mark.parametrize(("make", "code"), CASES, ids=[make.__name__ for make, _ in CASES])
def test_every_bad_file_has_its_sentence(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "plan.xlsx"
    make(path)
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert time.process_time() - start < SECONDS
    assert caught.value.code == code
    for language in LANGUAGES:
        sentence = Words.load(language).text(f"error.{code}", **caught.value.params)
        assert "plan.xlsx" in sentence


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    renamed = book(tmp_path / "plan.xlsx", {"A1": "a"}).rename(tmp_path / "plan.csv")
    assert read_file(renamed).tables[0].name == "Compras"
    text = tmp_path / "tabla.xlsx"
    text.write_text("a\tb\n", encoding="utf-8")
    assert len(read_file(text).tables[0].rows[0]) == 2


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tubo")
    for path, code in (
        (tmp_path / "nada.xlsx", "file-missing"),
        (tmp_path, "file-is-folder"),
        (tmp_path / "tubo", "file-not-table"),
        (tmp_path / ("x" * 300), "file-unreadable"),
    ):
        with pytest.raises(InputError) as caught:
            read_file(path)
        assert caught.value.code == code


def test_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "plan.xlsx", {"A1": "a"})

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == "file-no-permission"


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with path.open("wb") as file:
        file.truncate(reader.MAX_FILE + 1)
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == "file-too-large"
    assert caught.value.params["limit"] == 64


def test_a_book_with_any_stretch_lost_never_breaks_the_program(tmp_path: Path) -> None:
    content = book(tmp_path / "a.xlsx", {"A1": "a" * 90, "B2": 0.5, "C3": "=A1"}).read_bytes()
    path = tmp_path / "b.xlsx"
    for at in range(0, len(content), 97):
        path.write_bytes(content[:at] + content[at + 23 :])
        try:
            read_file(path)
        except InputError as error:
            assert error.code.startswith("file-")


_MEASURED = """
import re, sys
from pathlib import Path
from quipu.domain.errors import InputError
from quipu.files.reader import read_file
try:
    read_file(Path(sys.argv[1]))
except InputError:
    pass
# The usage that the system counts begins with that of the process that began this one.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in the unit of Linux")
@pytest.mark.parametrize("make", [bomb, merges, far_columns], ids=lambda make: make.__name__)
def test_hostile_files_take_little_memory(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "plan.xlsx"
    make(path)
    run = subprocess.run(
        [sys.executable, "-c", _MEASURED, path], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 300


def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    row = (
        "<row r='{0}'><c r='A{0}' t='inlineStr'><is><t>1.{0}</t></is></c>"
        "<c r='R{0}'><v>{0}</v></c></row>"
    )
    rows = "".join(row.format(n) for n in range(1, 100_001))
    path = raw_book(tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>")
    (table,) = read_file(path).tables
    assert len(table.rows) == 100_000
    assert table.rows[99_999][17].number == 100_000


def test_more_cells_than_a_plan_can_have_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid.Allowance.__init__, "__defaults__", (10, 1000))
    path = book(tmp_path / "a.xlsx", {f"A{n}": n for n in range(1, 12)})
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == "file-too-large-inside"
