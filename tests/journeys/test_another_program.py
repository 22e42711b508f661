"""A program written from `FORMAT.md` alone takes part: it joins, reports, and hears the answer."""

from __future__ import annotations

import ast
import hashlib
import sys
from pathlib import Path

import pytest

from quipu.operations.disputes import disputes
from quipu.operations.dumping import dump
from quipu.operations.enrolment import enrol
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.merging import merge_bundles
from quipu.operations.safekeeping import verify
from quipu.operations.workspaces import new_centre, open_house
from tests.journeys import another_program
from tests.journeys.another_program import Office
from tests.operations.plans import INSTITUTION, JULY, NORTH, load, row_of

ACTA = b"acta de recepcion"


def test_it_knows_nothing_of_quipu() -> None:
    """It imports the standard library and what any language has: ZIP, signatures, zstd, age."""
    tree = ast.parse(Path(another_program.__file__).read_text(encoding="utf-8"))
    imported = {
        (node.module or "").partition(".")[0] if isinstance(node, ast.ImportFrom) else name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert {name.partition(".")[0] for name in imported} - sys.stdlib_module_names == {
        "cryptography", "pyrage", "zstandard",
    }  # fmt: skip


@pytest.mark.parametrize("with_code", [True, False])
def test_it_takes_part(tmp_path: Path, quipu_home: Path, with_code: bool) -> None:
    new_centre(folder=tmp_path / "centre", institution=INSTITUTION, author="Ana")
    with open_house(folder=tmp_path / "centre", write=True) as centre:
        load(centre)
        made = enrol(
            centre, office="Norte", units=[NORTH], file=tmp_path / "alta.quipu", author="Ana",
            with_code=with_code,
        )  # fmt: skip
        assert (made.code is None) != with_code
        office = Office(tmp_path / "alta.quipu", made.code)
        [unit] = office.units
        assert office.units[unit] == NORTH
        row = row_of(centre, NORTH, "1.1")
        assert office.facts[(row, "text", "", "")] == "Conservar los caminos de tierra"
        assert office.facts[(row, "target", JULY, "")] == 1_200_000_000
        # It reports: sealed to the centre's mailbox, with evidence.
        executed = (row, "executed", JULY, unit)
        evidence = ["b", hashlib.sha256(ACTA).hexdigest(), len(ACTA), "acta.txt"]
        file = tmp_path / "uno.quipu"
        office.bundle(
            file,
            [
                (*executed, 1_150_500_000),
                (row, "narrative", JULY, unit, "Llovió dos semanas"),
                (row, "evidence", JULY, unit, evidence),
            ],
            [ACTA],
        )
        [one] = merge_bundles(centre, files=[file]).bundles
        assert (one.state, one.sender, one.new, one.missing) == ("merged", "Norte", 3, 0)
        facts = {tuple(line[:3]): line[3] for line in dump(centre, unit=NORTH)}
        assert facts[(row, "executed", JULY)] == "1150.5"
        assert facts[(row, "narrative", JULY)] == "Llovió dos semanas"
        # The centre corrects; the program hears of it, sealed to its own device.
        enter(centre, unit=NORTH, activity="1.1", period=JULY, value="1150", author="Ana")
        down = export_bundle(centre, to="Norte", file=tmp_path / "down.quipu")
        assert down.unsealed == ""
        office.read(down.files[0])
        assert office.facts[executed] == 1_150_000_000
        assert office.acks[0]["seq"] == down.sequence
        # It replaces what it heard of: no dispute; and an open bundle is merged as well.
        office.bundle(tmp_path / "dos.quipu", [(*executed, 1_160_000_000)], seal=False)
        [one] = merge_bundles(centre, files=[tmp_path / "dos.quipu"]).bundles
        assert (one.state, one.new) == ("merged", 1)
        facts = {tuple(line[:3]): line[3] for line in dump(centre, unit=NORTH)}
        assert facts[(row, "executed", JULY)] == "1160"
        assert disputes(centre) == []
        assert centre.workspace.pending(office.office, {row}) == 0
    assert verify(path=tmp_path / "centre").problems == ()
