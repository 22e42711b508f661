"""The states of a plan and its reports, between a centre and three offices, by commands alone."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from quipu.cli.demo.source import institution
from quipu.cli.demo.workbook import write_plan
from tests.cli.typing_line import Line

PLANNER = ("--as", "Planificación", "--role", "planner")
PERIOD = "2025-02"
ACT = ("--act", "Resolución", "--number", "12-2025", "--date", "2025-01-15")


class Country:
    """A centre and its offices in a folder, and the line on which their people type."""

    def __init__(self, folder: Path, line: Line) -> None:
        self.folder, self.line = folder, line
        self.centre = folder / "centre"
        self.offices = {office.folder: office for office in institution().offices}
        self.count = 0

    def found(self) -> None:
        """Make the centre with its plan, and admit the offices."""
        plan = self.folder / "plan.xlsx"
        write_plan(institution(), plan)
        self.line.json("new", self.centre, "--institution", "Instituto de Riego", *PLANNER)
        form = ("--form", "sv-integracion", "--year", "2025")
        self.line.json("load", self.centre, plan, *form, *PLANNER, status=1)
        for name, office in self.offices.items():
            file = self.folder / f"{name}.enrol"
            units = [part for unit in office.units for part in ("--unit", unit)]
            named = ("--office", office.name, *units, "-o", file, "--no-code")
            self.line.json("enrol", self.centre, *named, "--as", "Planificación")
            self.line.json("join", self.folder / name, file, "--as", office.name)

    def unit(self, name: str) -> str:
        return self.offices[name].units[0]

    def up(self, name: str) -> None:
        """An office sends what it has, and the centre takes it in."""
        self.count += 1
        file = self.folder / f"{name}-{self.count}.quipu"
        self.line.json("export", self.folder / name, "-o", file, "--as", name)
        (bundle,) = self.line.json("merge", self.centre, file)["bundles"]
        assert (bundle["state"], bundle["refused"]) == ("merged", 0)

    def down(self, *names: str) -> None:
        """The centre answers, and the offices take it in."""
        for name in names or self.offices:
            self.count += 1
            file = self.folder / f"down-{self.count}.quipu"
            to = ("--to", self.offices[name].name)
            self.line.json("export", self.centre, *to, "-o", file, *PLANNER)
            self.line.json("merge", self.folder / name, file)

    def report(self, name: str) -> tuple[object, ...]:
        return ("--unit", self.unit(name), "--period", PERIOD)

    def state(self, name: str) -> dict[str, object]:
        offices = self.line.json("status", self.centre, "--period", PERIOD)["offices"]
        mine = next(one for one in offices if one["office"] == self.offices[name].name)
        return dict(mine["periods"][PERIOD])


@pytest.fixture
def country(
    tmp_path: Path, quipu_home: Path, capfd: pytest.CaptureFixture[str]
) -> Iterator[Country]:
    found = Country(tmp_path, Line(capfd))
    found.found()
    yield found


def test_a_plan_and_its_reports_go_their_way(country: Country) -> None:
    line, centre = country.line, country.centre
    # The plan is approved with its act, put in force, and the units are told.
    assert line.json("plan-state", centre)["state"] == "approved"
    assert "act" in line.refused("approve", centre, *PLANNER)
    approved = line.json("approve", centre, *ACT, *PLANNER)
    assert approved["done"]
    assert approved["act"] == {"kind": "Resolución", "number": "12-2025", "date": "2025-01-15"}
    assert approved["modified_since_approval"] is False
    assert line.json("plan-state", centre, "--step", "enact", *PLANNER)["state"] == "in-force"
    line.json(
        "notice", centre, "--title", "Plan aprobado", "--text", "Resolución 12-2025", *PLANNER
    )
    country.down()
    for name in country.offices:
        office = country.folder / name
        assert "12-2025" in line.say("plan-state", office).out
        (told, *_) = line.json("notices", office)["notices"]
        assert (told["title"], told["read_at"]) == ("Plan aprobado", None)
        assert line.json("read-notice", office, "--as", name)["done"]
        country.up(name)
    assert all(one["read_by"] for one in line.json("notices", centre)["notices"] if one["read_at"])
    told = line.json("notices", centre)["notices"]
    units = {unit for office in country.offices.values() for unit in office.units}
    assert {one["unit"] for one in told if one["read_at"]} == units
    _report_and_correct(country)
    _change_and_close(country)


def _report_and_correct(country: Country) -> None:
    line, centre, office = country.line, country.centre, country.folder / "valle-alto"
    report = country.report("valle-alto")
    assert country.state("valle-alto")["state"] == "none"
    for code in ("1.2", "1.3"):
        cell = (*report, "--activity", code)
        line.json("enter", office, *cell, "--executed", "5", "--as", "Luis", "--role", "clerk")
    refused = line.refused(
        "enter", office, *report, "--activity", "1.2", "-n", "1", "--role", "auditor"
    )
    assert "audita" in refused
    line.json("review", office, *report, "--as", "Jefa")
    line.json("submit", office, *report, "--as", "Luis")
    country.up("valle-alto")
    # The centre asks about one cell, and returns the report: only that cell is open.
    seen = ("--activity", "1.2", "--field", "executed", "--text", "¿Cinco hectáreas?")
    line.json("observe", centre, *report, *seen, *PLANNER)
    line.json("return", centre, *report, "--reason", "Una celda", *PLANNER)
    country.down("valle-alto")
    found = line.json("observations", office, "--open")["observations"]
    first = found[0]
    assert (first["code"], first["field"], first["period"]) == ("1.2", "executed", PERIOD)
    assert "observada" in line.refused(
        "enter", office, *report, "--activity", "1.3", "-n", "6", "--as", "Luis"
    )
    line.json("enter", office, *report, "--activity", "1.2", "-n", "7", "--as", "Luis")
    named = ("--observation", first["messages"][0]["observation"])
    line.json("observations answer", office, *named, "--text", "Eran siete", "--as", "Luis")
    line.json("submit", office, *report, "--as", "Luis")
    country.up("valle-alto")
    waiting = line.json("due", centre)["due"]
    assert {"judge", "settle"} <= {one["kind"] for one in waiting}
    (thread,) = [
        one for one in line.json("observations", centre)["observations"] if one["code"] == "1.2"
    ]
    assert thread["messages"][0]["answer"] == "Eran siete"
    line.json("observations resolve", centre, *named, *PLANNER)
    line.json("accept", centre, *report, *PLANNER)
    line.json("consolidate", centre, *report, *PLANNER)
    country.down("valle-alto")
    assert line.json("observations", office, "--open")["observations"][:1] != [thread]
    assert "aceptado" in line.refused(
        "enter", office, *report, "--activity", "1.2", "-n", "9", "--as", "Luis"
    )


def _change_and_close(country: Country) -> None:
    line, centre = country.line, country.centre
    report = country.report("valle-alto")
    # A change of what was accepted is seen, and one of the plan that was approved.
    assert country.state("valle-alto")["modified_since_acceptance"] == []
    line.json("enter", centre, *report, "--activity", "1.2", "-n", "8", *PLANNER)
    assert country.state("valle-alto")["modified_since_acceptance"] == [country.unit("valle-alto")]
    assert "modificado" in line.say("status", centre).out
    paper = country.folder / "avance.pdf"
    form = ("--form", "sv-integracion")
    line.json("print", centre, *form, *report, "-o", paper)
    assert "MODIFICADO DESPUÉS DE ACEPTADO" in text_of(paper)
    target = ("--field", "target", "--value", "99")
    line.json("enter", centre, *report, "--activity", "1.2", *target, *PLANNER)
    assert line.json("plan-state", centre)["modified_since_approval"]
    marked, clean = country.folder / "plan.pdf", country.folder / "limpio.pdf"
    line.json("print", centre, *form, "-o", marked)
    line.json("print", centre, *form, "--clean", "-o", clean)
    assert "MODIFICADO DESPUÉS DE APROBADO" in text_of(marked)
    assert "MODIFICADO" not in text_of(clean)
    again = ("--step", "reprogram", "--number", "15-2025", "--date", "2025-03-01")
    changed = line.json("plan-state", centre, *again, *PLANNER)
    assert (changed["state"], changed["edition"]) == ("reprogrammed", 2)
    assert changed["modified_since_approval"] is False
    line.json("plan-state", centre, "--step", "close", *PLANNER)
    country.down("valle-bajo")
    office, later = country.folder / "valle-bajo", country.report("valle-bajo")
    closed = line.refused("enter", office, *later, "--activity", "3.1", "-n", "1", "--as", "Ana")
    assert "cerrado" in closed
    assert "motivo" in line.refused("plan-state", centre, "--step", "reopen", *PLANNER)
    why = ("--step", "reopen", "--reason", "Falta un informe")
    assert line.json("plan-state", centre, *why, *PLANNER)["state"] == "reprogrammed"


def text_of(file: Path) -> str:
    document = PdfDocument(file)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def test_the_calendar_the_requests_and_what_is_due(country: Country) -> None:
    line, centre, office = country.line, country.centre, country.folder / "valle-medio"
    unit = country.unit("valle-medio")
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    task = ("--task", "final-evaluation", "--period", "2025")
    line.json("due", centre, *task, "--date", tomorrow, *PLANNER)
    line.json("due", centre, "--period", PERIOD, "--date", yesterday, *PLANNER)
    asked = ("--title", "Beneficiarios por municipio", "--due", tomorrow, "--unit", unit)
    made = line.json("request", centre, *asked, "--period", "2025-Q1", *PLANNER)
    paper = country.folder / "calendario.pdf"
    found = line.json("calendar", centre, "--year", "2025", "-o", paper)
    by_hand = {one["task"]: one["due"] for one in found["deadlines"] if one["by_hand"]}
    assert by_hand == {"final-evaluation": tomorrow, "report": yesterday}
    assert [one["unit"] for one in found["requests"]] == [unit]
    assert "Beneficiarios por municipio" in text_of(paper)
    assert "calendar" in {one["kind"] for one in line.json("due", centre)["due"]}
    assert "--period" in line.refused("due", centre, "--date", tomorrow)
    country.down("valle-medio")
    waiting = line.json("status", office)["due"]
    assert ("request", unit) in {(one["kind"], one["unit"]) for one in waiting}
    late = {(one["period"], one["late"]) for one in waiting if one["kind"] == "report"}
    assert (PERIOD, True) in late
    assert "Solicitud por responder" in line.say("due", office).out
    answer = ("--request", made["request"], "--text", "Adjunto", "--as", "Rosa")
    line.json("request answer", office, *answer)
    for one in country.offices["valle-medio"].units:
        line.json("submit", office, "--unit", one, "--period", PERIOD, "--as", "Rosa")
    country.up("valle-medio")
    (one,) = line.json("requests", centre)["requests"]
    assert (one["state"], one["answer"], one["late"]) == ("answered", "Adjunto", False)
    line.json("request close", centre, "--request", made["request"], *PLANNER)
    assert "Beneficiarios" in line.say("requests", centre).out
    delivered = country.state("valle-medio")
    today = date.today().isoformat()
    assert (delivered["due"], delivered["sealed"]) == (yesterday, today)
    assert (delivered["late_sealed"], delivered["late_received"]) == (1, 1)


def test_a_plan_is_published_and_a_post_handed_over(country: Country) -> None:
    line, centre, office = country.line, country.centre, country.folder / "valle-alto"
    line.json("submit", office, *country.report("valle-alto"), "--as", "Luis")
    country.up("valle-alto")
    portal = country.folder / "portal"
    said = line.json("publish", centre, "-o", portal)
    names = sorted(Path(file).name for file in said["files"])
    assert names == [
        "SHA256SUMS.txt",
        "plan-sv-integracion-2025.pdf",
        "plan-sv-integracion-2025.xlsx",
    ]
    with zipfile.ZipFile(portal / "plan-sv-integracion-2025.xlsx") as book:
        inside = b"".join(book.read(name) for name in book.namelist())
    plan = line.json("plan-state", centre)["plan"]
    assert plan
    row = next(
        fact[0]
        for fact in line.json("dump", centre)["facts"]
        if fact[1] == "code" and fact[3] == "1.2"
    )
    assert row.encode() not in inside
    assert "sin un acto" in line.say("publish", centre, "-o", portal).out
    line.json("approve", centre, *ACT, *PLANNER)
    assert "Nota" not in line.say("publish", centre, "-o", portal).out
    given = country.folder / "entrega"
    done = line.json("handover", centre, "--to", "Jefatura entrante", "-o", given, *PLANNER)
    kinds = {one["kind"] for one in done["tasks"]}
    assert {"judge", "problem"} <= kinds
    sheet = text_of(given / "entrega-de-cargo.pdf")
    assert "Jefatura entrante" in sheet
    assert "Informe enviado por revisar" in sheet
    assert done["sha256"] == hashlib.sha256((given / "copia-sellada.zip").read_bytes()).hexdigest()
    assert done["sha256"] in (given / "SHA256SUMS.txt").read_text(encoding="utf-8")
    assert "ya hay" in line.refused("handover", centre, "--to", "Otra", "-o", given, *PLANNER)
    line.json("restore", given / "copia-sellada.zip", country.folder / "again")
    assert line.json("verify", country.folder / "again")["ok"]
    assert line.json("handover", office, "--to", "Otra", "-o", country.folder / "mine")["tasks"]
