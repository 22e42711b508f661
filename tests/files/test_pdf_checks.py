import base64
import zlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from quipu import settings
from quipu.domain.errors import InputError
from quipu.files.pdf import checks_of, write_pdf
from quipu.files.pdf_checks import code_of, read_checks, same_code, shown
from quipu.forms.document import Block, Cell, Document, SheetRow, Text
from tests.files.documents import SIGNATURES, document, sheet

FONTS = settings.fonts_dir()
ORIGIN = {"form": "casa/plan", "plan": "p"}


def asked(*blocks: Block, **origin: str) -> Document:
    return replace(document(*blocks), origin=ORIGIN | origin)


def codes(drawn: Document) -> list[str]:
    return [page.code for page in checks_of(drawn, fonts=FONTS).pages]


def test_a_printed_file_brings_its_codes_and_shows_them(tmp_path: Path) -> None:
    drawn = asked(Text("Hola"), sheet(60), SIGNATURES)
    path = tmp_path / "a.pdf"
    write_pdf(drawn, path, fonts=FONTS)
    found = read_checks(path)
    assert found == checks_of(drawn, fonts=FONTS)
    assert found.origin == ORIGIN
    assert len({page.code for page in found.pages}) == len(found.pages) > 2
    rows = [item for page in found.pages for item in page.rows]
    assert rows == [f"item-{n}" for n in range(60)]
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert all(shown(page.code) in text for page, text in zip(found.pages, texts, strict=True))


def test_without_an_origin_there_are_no_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(document(sheet(2)), path, fonts=FONTS)
    with pytest.raises(InputError, match="pdf-without-checks"):
        read_checks(path)


def test_one_changed_word_changes_its_own_page_only() -> None:
    before, after = sheet(60), sheet(60)
    cells = list(after.rows[-1].cells)
    cells[1] = Cell("Elaborar el informe mensual de actividades con otros anexos")
    changed = replace(after, rows=(*after.rows[:-1], SheetRow("row", tuple(cells), "item-59")))
    one, other = codes(asked(before)), codes(asked(changed))
    assert one[:-1] == other[:-1]
    assert one[-1] != other[-1]


def test_what_was_asked_for_and_the_head_count_too() -> None:
    drawn = asked(Text("Hola"))
    assert codes(drawn) == codes(asked(Text("Hola")))
    assert codes(drawn) != codes(asked(Text("Hola"), period="2024-07"))
    assert codes(drawn) != codes(replace(drawn, box=(("Código", "PAT-02"),)))
    assert codes(asked(SIGNATURES)) != codes(replace(asked(), blocks=()))


def test_codes_are_typed_as_people_read_them() -> None:
    code = code_of(["a"])
    assert len(code) == 8
    assert not set(code) & set("ILOU")
    assert same_code(f" {shown(code).lower()} ", code)
    assert same_code("O1IL", "0111")
    assert not same_code("", "")


def packed(content: bytes) -> bytes:
    return b"/Keywords (quipu-1:" + base64.urlsafe_b64encode(content) + b")"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"/Keywords (plan)",
        b"/Keywords (quipu-1:a)",
        packed(b"nothing"),
        packed(zlib.compress(b"{}")),
        packed(zlib.compress(b'{"origin": 1, "pages": []}')),
        packed(zlib.compress(b'{"origin": {}, "pages": [["A", 1]]}')),
        packed(zlib.compress(b" " * 9 * 2**20)),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(InputError, match="pdf-without-checks"):
        read_checks(path)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file-missing"):
        read_checks(tmp_path / "none.pdf")
    with pytest.raises(InputError, match="file-unreadable"):
        read_checks(tmp_path)
