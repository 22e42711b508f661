from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.value import Blob
from quipu.operations.entering import attach
from quipu.operations.evidence import all_evidence, attach_beside, evidence, save_copy
from quipu.operations.house import House
from tests.operations.plans import NORTH, load, row_of


@pytest.fixture
def place(centre: House) -> Address:
    load(centre)
    row = row_of(centre, NORTH, "1.1")
    return Address(row, "evidence", "2024-08", centre.facts().text(row, "unit"))


def test_files_are_listed_newest_first_and_copied(
    centre: House, place: Address, tmp_path: Path
) -> None:
    for name in ("uno.txt", "dos.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        attach(centre, address=place, file=tmp_path / name, author="Ana")
    found = evidence(centre, address=place)
    assert [(one.file.name, one.current, one.here) for one in found] == [
        ("dos.txt", True, True),
        ("uno.txt", False, True),
    ]
    assert {one.author for one in found} == {"Ana"}
    copy = save_copy(centre, attached=found[1].file, file=tmp_path / "copia.txt")
    assert copy.read_text(encoding="utf-8") == "uno.txt"


def test_what_cannot_be_copied_is_said(centre: House, place: Address, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="evidence-not-here"):
        save_copy(centre, attached=Blob("0" * 64, 1, "acta.pdf"), file=tmp_path / "x.pdf")
    (tmp_path / "uno.txt").write_text("uno", encoding="utf-8")
    attach(centre, address=place, file=tmp_path / "uno.txt", author="Ana")
    [found] = evidence(centre, address=place)
    with pytest.raises(InputError, match="file-not-written"):
        save_copy(centre, attached=found.file, file=tmp_path / "no" / "x.txt")


def test_files_beside_the_first_are_listed_with_their_places(
    centre: House, place: Address, tmp_path: Path
) -> None:
    assert all_evidence(centre, address=place) == []
    files = [tmp_path / f"{n}.txt" for n in range(4)]
    for file in files:
        file.write_text(file.name, encoding="utf-8")
    attach_beside(centre, address=place, files=files[:1], author="Ana")
    attach_beside(centre, address=place, files=files[1:3], author="Ana")
    # A gap that another computer's merge may leave hides nothing behind it.
    attach(centre, address=place._replace(field="evidence/5"), file=files[3], author="Ana")
    found = all_evidence(centre, address=place)
    assert [(one.file.name, one.field) for one in found] == [
        ("0.txt", "evidence"), ("1.txt", "evidence/2"), ("2.txt", "evidence/3"),
        ("3.txt", "evidence/5"),
    ]  # fmt: skip
