"""Damaged and hostile documents and pages end in one sentence, soon and in little memory."""

import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.words import LANGUAGES, Words

from .containers import container
from .letters import letter, p, tbl, tc, tr
from .test_hostile import _MEASURED, SECONDS


def bomb(path: Path) -> None:
    letter(path, tbl(tr("a")))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bmp", b"0" * (60 * 2**20))


def body_bomb(path: Path) -> None:
    letter(path, "<w:p/>" * 4_000_000)


def entities(path: Path) -> None:
    letter(path, p("a"), styles="<!DOCTYPE w [<!ENTITY a 'aaaa'>]><w:root>&a;</w:root>")


def many_rows(path: Path) -> None:
    rows = (tr(str(random.random()), str(n), "c") for n in range(100_000))
    letter(path, tbl(*rows))


def many_styles(path: Path) -> None:
    marks = "".join(f"<w:style w:styleId='s{random.random()}'/>" for _ in range(420_000))
    letter(path, p("a"), styles=f"<w:root>{marks}</w:root>")


def deep(path: Path) -> None:
    letter(path, "<w:tbl><w:tr><w:tc>" * 5000)


def wide(path: Path) -> None:
    cell = tc("a", props="<w:gridSpan w:val='16384'/>")
    letter(path, tbl(tr(*[cell] * 300), tr(*["b"] * 9)) + "<w:x>")


def cut(path: Path) -> None:
    letter(path, tbl(tr("a" * 500)))
    path.write_bytes(path.read_bytes()[:-200])


def locked(path: Path) -> None:
    path.write_bytes(container({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}))


def old(path: Path) -> None:
    path.write_bytes(container({"WordDocument": b"x"}))


def rich_text(path: Path) -> None:
    path.write_bytes(b"{\\rtf1\\ansi plan}")


def page(path: Path) -> None:
    rows = "".join(f"<tr><td>{n}<td>{random.random()}<td>c" for n in range(100_000))
    path.write_text(f"<html><table>{rows}</table>", encoding="utf-8")


def page_of_spans(path: Path) -> None:
    path.write_text("<table>" + "<td rowspan=60000 colspan=1000>a" * 100_000, encoding="utf-8")


CASES: list[tuple[Callable[[Path], None], str]] = [
    (bomb, "file-too-large-inside"),
    (body_bomb, "file-too-large-inside"),
    (entities, "file-damaged"),
    (many_rows, "file-too-large-inside"),
    (many_styles, "file-too-large-inside"),
    (deep, "file-damaged"),
    (wide, "file-damaged"),
    (cut, "file-cut-short"),
    (locked, "file-protected"),
    (old, "file-other-document"),
    (rich_text, "file-other-document"),
    (page, "file-too-large-inside"),
    (page_of_spans, "file-too-large-inside"),
]


@pytest.mark.parametrize(("make", "code"), CASES, ids=[make.__name__ for make, _ in CASES])
def test_every_bad_document_has_its_sentence(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "plan.docx"
    make(path)
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert time.process_time() - start < SECONDS
    assert caught.value.code == code
    for language in LANGUAGES:
        sentence = Words.load(language).text(f"error.{code}", **caught.value.params)
        assert "plan.docx" in sentence


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in the unit of Linux")
@pytest.mark.parametrize(
    "make", [many_rows, many_styles, page, page_of_spans], ids=lambda make: make.__name__
)
def test_hostile_documents_take_little_memory(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "plan.docx"
    make(path)
    run = subprocess.run(
        [sys.executable, "-c", _MEASURED, path], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 300


def test_a_document_with_any_stretch_lost_never_breaks_the_program(tmp_path: Path) -> None:
    content = letter(tmp_path / "a.docx", p("T") + tbl(tr("a", "b"), tr("c"))).read_bytes()
    path = tmp_path / "b.docx"
    for at in range(0, len(content), 37):
        path.write_bytes(content[:at] + content[at + 23 :])
        try:
            read_file(path)
        except InputError as error:
            assert error.code.startswith("file-")
