"""A centre and its offices in one folder, on machines whose day is told: commands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from quipu.operations import running
from tests.cli.typing_line import Line

Cells = Sequence[tuple[str, ...]]


@dataclass
class Today:
    """The day that every machine shows; each look at its clock is a second later."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self, zone: tzinfo | None = None) -> datetime:
        self.at = datetime.fromtimestamp(self.at.timestamp() + 1, UTC)
        return self.at.astimezone(zone)

    def becomes(self, day: str) -> None:
        self.at = datetime.fromisoformat(f"{day}T09:00:00+00:00")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    """The day of all machines, which the test moves on."""
    found = Today()
    monkeypatch.setattr(running, "datetime", found)
    return found


@dataclass(frozen=True)
class Country:
    """A centre with an office for each unit, all in one folder."""

    line: Line
    folder: Path
    units: Mapping[str, str]
    parcels: list[Path] = field(default_factory=list)

    @property
    def centre(self) -> Path:
        return self.folder / "centre"

    def begin(self, institution: str, text: str, form: str, year: str, *options: str) -> None:
        """Load the plan and let every office in."""
        plan = self.folder / "plan.txt"
        plan.write_text(text, "utf-8")
        self.line.json("new", self.centre, "--institution", institution)
        of = ("--form", form, "--year", year, *options)
        assert self.line.say("load", self.centre, plan, *of).status < 2
        for office, unit in self.units.items():
            file = self.folder / f"{office}.enrol"
            named = ("--office", office, "--unit", unit, "-o", file, "--no-code")
            self.line.json("enrol", self.centre, *named)
            self.line.json("join", self.folder / office, file)

    def enter(self, office: str, period: str, cells: Cells) -> None:
        """Enter cells of a period, each an activity and the options that say its value."""
        for activity, *values in cells:
            of = ("--unit", self.units[office], "--activity", activity, "--period", period)
            self.line.json("enter", self.folder / office, *of, *values)

    def send(self, office: str) -> dict[str, object]:
        """Send what an office has, and give what the centre said of the bundle."""
        parcel = self._parcel(office)
        self.line.json("export", self.folder / office, "-o", parcel)
        (bundle,) = self.line.json("merge", self.centre, parcel)["bundles"]
        assert (bundle["state"], bundle["refused"]) == ("merged", 0)
        return dict(bundle)

    def up(self, office: str, period: str, cells: Cells) -> None:
        """Enter, submit and send a period of an office; the centre takes and accepts it."""
        self.hand_in(office, period, cells)
        self.line.json("accept", self.centre, *self.report(office, period))

    def hand_in(self, office: str, period: str, cells: Cells) -> None:
        """Enter, submit and send a period of an office."""
        self.enter(office, period, cells)
        self.line.json("submit", self.folder / office, *self.report(office, period))
        self.send(office)

    def report(self, office: str, period: str) -> tuple[str, ...]:
        return ("--unit", self.units[office], "--period", period)

    def down(self, *offices: str) -> None:
        """Bring offices (all, or these) what the centre has for them."""
        for office in offices or self.units:
            parcel = self._parcel(f"{office}-down")
            self.line.json("export", self.centre, "--to", office, "-o", parcel)
            (bundle,) = self.line.json("merge", self.folder / office, parcel)["bundles"]
            assert (bundle["state"], bundle["refused"]) == ("merged", 0)

    def _parcel(self, name: str) -> Path:
        self.parcels.append(self.folder / f"{name}-{len(self.parcels)}.quipu")
        return self.parcels[-1]

    def state(self, office: str, period: str) -> dict[str, object]:
        """Give how an office's report of a period stands at the centre."""
        found = self.line.json("status", self.centre, "--period", period)["offices"]
        return dict(next(one["periods"][period] for one in found if one["office"] == office))

    def same_everywhere(self) -> None:
        """Each office and the centre hold the same facts of its unit, byte for byte."""
        for office, unit in self.units.items():
            mine = self.line.say("dump", self.folder / office, "--unit", unit).out
            assert mine == self.line.say("dump", self.centre, "--unit", unit).out
            assert mine

    def printed(self, form: str, period: str, endings: Sequence[str] = ("xlsx", "pdf")) -> str:
        """Print a document of a period, last as a PDF; give the words on its pages."""
        for ending in endings:
            out = self.folder / f"{form.replace('/', '-')}-{period}.{ending}"
            self.line.json("print", self.centre, "--form", form, "--period", period, "-o", out)
            assert out.stat().st_size > 1000
        return text_of(out)


def text_of(file: Path) -> str:
    """Give the words of a PDF, with single spaces."""
    document = PdfDocument(file)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()
