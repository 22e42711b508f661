"""The whole main job on the published plan, through commands alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from quipu.__main__ import main
from quipu.cli.demo.filling import write_filled
from quipu.cli.demo.source import Entry
from tests.cli.typing_line import Line

FORM = ("--form", "sv-integracion", "--year", "2024")
ADN = "PROGRAMA ADN DE LA POBREZA Y DE LA CULTURA DE LA INTEGRACIÓN"
FORMATIVO = "PROGRAMA PROCESO FORMATIVO"
CONTRATOS = "UNIDAD DE ADMINISTRACIÓN DE CONTRATOS"
AUDITORIA = "Unidad de Auditoría Interna"
GENERO = "Unidad de Género"
OFFICES = {"norte": (ADN, FORMATIVO), "sede": (CONTRATOS,), "asesoras": (AUDITORIA, GENERO)}
SAID = {
    "norte": [(ADN, "1.4", "2024-07", "24,350"), (ADN, "1.8", "2024-07", "1")],
    "sede": [(CONTRATOS, "Gestionar reclamos por incumplimientos.", "2024-08", "20%")],
    "asesoras": [],
}


def run(*words: object) -> None:
    assert main([str(word) for word in words]) < 2


@dataclass(frozen=True)
class Journey:
    """A centre and its offices, each with two bundles on the way."""

    folder: Path
    bundles: Sequence[Path]

    @property
    def centre(self) -> Path:
        return self.folder / "centre"


@pytest.fixture(scope="module")
def begun(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    folder = tmp_path_factory.mktemp("journey")
    centre = folder / "centre"
    run("new", centre, "--institution", "Dirección de Integración", "--as", "GPE")
    run("load", centre, sources / "inputs" / "001_pat.xlsx", *FORM, "--as", "GPE")
    for office, units in OFFICES.items():
        file = folder / f"{office}.enrol"
        named = ("--office", office, "--unit", *units, "-o", file, "--no-code")
        run("enrol", centre, *named, "--as", "GPE")
        run("join", folder / office, file, "--as", office)
    bundles = [send(folder, office, number) for office in OFFICES for number in (1, 2)]
    return Journey(folder, bundles)


def send(folder: Path, office: str, number: int) -> Path:
    """Enter something, submit it, and export it: figures first, then a filled workbook."""
    place, unit = folder / office, OFFICES[office][0]
    if number == 1:
        for where, activity, period, value in SAID[office]:
            cell = ("--unit", where, "--activity", activity, "--period", period)
            run("enter", place, *cell, "--executed", value, "--as", office)
        run("submit", place, "--unit", unit, "--period", "2024-07", "--as", office)
    elif office == "norte":
        file = folder / "agosto.xlsx"
        typed = [
            Entry(unit, "1.4", "2024-08", "25,010", "", in_workbook=True),
            Entry(unit, "1.8", "2024-08", "1", "Entregado a tiempo", in_workbook=True),
        ]
        form = "sv-integracion"
        write_filled(place, form=form, unit=unit, period="2024-08", entries=typed, file=file)
        run("enter", place, "--from", file, "--as", office)
    else:
        run("submit", place, "--unit", unit, "--period", "2024-08", "--as", office)
    file = folder / f"{office}-{number}.quipu"
    run("export", place, "-o", file)
    return file


@pytest.fixture
def journey(begun: Journey, tmp_path: Path) -> Iterator[Journey]:
    """The journey for this test alone; afterwards every workspace is as it was."""
    kept = tmp_path / "kept"
    shutil.copytree(begun.folder, kept)
    yield begun
    shutil.rmtree(begun.folder)
    shutil.copytree(kept, begun.folder)


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


def test_the_published_plan_is_understood_whole(line: Line, sources: Path) -> None:
    read = line.json("read", sources / "inputs" / "001_pat.xlsx", *FORM, status=1)
    activities = [row for row in read["rows"] if row["kind"] == "activity"]
    assert len(activities) == 189
    assert len({row["unit"] for row in activities}) == 28
    assert len([row for row in read["rows"] if row["kind"] == "action"]) == 21
    assert len([row for row in read["rows"] if row["kind"] == "change"]) == 1


def test_any_order_any_number_of_times_the_same_bytes(line: Line, journey: Journey) -> None:
    dumps = set()
    kept = journey.folder / "kept"
    shutil.copytree(journey.centre, kept)
    forward, backward = list(journey.bundles), list(reversed(journey.bundles))
    mixed = [*forward[1::2], *forward[0::2]]
    for order in ([forward], [backward], [mixed, mixed], [backward[:3], forward]):
        shutil.rmtree(journey.centre)
        shutil.copytree(kept, journey.centre)
        for sitting in order:
            merged = line.json("merge", journey.centre, *sitting)
            assert {one["state"] for one in merged["bundles"]} <= {"merged", "already"}
        dumps.add(line.say("dump", journey.centre, "--json").out)
    assert len(dumps) == 1


def test_after_a_full_round_trip_office_and_centre_agree(
    line: Line, journey: Journey, tmp_path: Path
) -> None:
    line.json("merge", journey.centre, *journey.bundles)
    report = ("--unit", ADN, "--period", "2024-07")
    line.json("accept", journey.centre, *report, "--as", "GPE")
    sent = line.json("export", journey.centre, "--all", "-o", tmp_path / "out")
    files = {Path(file).stem: file for file in sent["files"]}
    for office, units in OFFICES.items():
        line.json("merge", journey.folder / office, files[office])
        for unit in units:
            here = line.say("dump", journey.folder / office, "--unit", unit, "--json")
            there = line.say("dump", journey.centre, "--unit", unit, "--json")
            assert here.out == there.out
        after = line.json("export", journey.folder / office, "-o", tmp_path / "after.quipu")
        assert after["pending"] == 0


def test_what_was_entered_is_evaluated_and_shown(line: Line, journey: Journey) -> None:
    line.json("merge", journey.centre, *journey.bundles)
    rows = line.json("evaluate", journey.centre, "--period", "2024-Q3")["rows"]
    course = next(row for row in rows if (row["unit"], row["code"]) == (ADN, "1.4"))
    assert (course["programmed"], course["executed"]) == ("75000", "49360")
    claims = next(row for row in rows if row["activity"].startswith("Gestionar reclamos"))
    assert (claims["measure"], claims["executed"]) == ("spread", "0.2")
    offices = {one["office"]: one for one in line.json("status", journey.centre)["offices"]}
    assert offices.keys() == OFFICES.keys()
    assert offices["sede"]["periods"]["2024-07"]["state"] == "submitted"
    assert offices["norte"]["last_sequence"] == 2


def test_the_published_plan_prints_back_the_same(
    line: Line, journey: Journey, sources: Path, tmp_path: Path
) -> None:
    paper, book = tmp_path / "pat.pdf", tmp_path / "pat.xlsx"
    printed = ("print", journey.centre, "--form", "sv-integracion", "--as-published", "-o")
    assert line.json(*printed, paper)["pages"] >= 28
    line.json(*printed, book)
    keys = ("unit", "kind", "code", "text", "fields", "targets", "total", "published", "parent")
    first, again = (
        [[row[key] for key in keys] for row in line.json("read", file, *FORM, status=1)["rows"]]
        for file in (sources / "inputs" / "001_pat.xlsx", book)
    )
    assert again == first


def test_a_finding_of_the_published_plan_is_decided(line: Line, journey: Journey) -> None:
    cell = ("--unit", FORMATIVO, "--activity", "7.6", "--check", "malformed-number")
    decided = line.json("decide", journey.centre, *cell, "--accept", "--target", "2024-08")
    facts = {(item, field, period): value for item, field, period, value in
             line.json("dump", journey.centre, "--unit", FORMATIVO)["facts"]}  # fmt: skip
    assert facts[(decided["item"], "target", "2024-08")] == "2100"
    assert facts[(decided["item"], "target.published", "2024-08")] == "21,00"
