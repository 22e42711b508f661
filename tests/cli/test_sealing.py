"""Sealing as a person turns it on and off."""

from __future__ import annotations

from pathlib import Path

from tests.cli.typing_line import Line


def test_sealing_is_on_until_the_centre_turns_it_off(line: Line, country: Path) -> None:
    centre, office = country / "centre", country / "alto"
    assert line.json("sealing", centre)["sealing"] == "on"
    up = line.json("export", office, "-o", country / "up.quipu")
    assert (up["sealed"], up["bundles"][0]["unsealed"]) == (True, None)
    # The centre has not heard of the office's computer.
    said = line.say("export", centre, "--to", "alto", "-o", country / "d.quipu")
    assert "d.quipu" in said.err
    line.json("merge", centre, country / "up.quipu")
    assert line.json("export", centre, "--to", "alto", "-o", country / "down.quipu")["sealed"]
    off = line.json("sealing", centre, "off", "--as", "Ana")
    assert off == {"done": True, "sealing": "off", "changed": 1}
    assert line.json("status", centre)["sealing"] == "off"
    assert "quipu sealing" in line.say("status", centre).out
    made = line.json("export", centre, "--to", "alto", "-o", country / "off.quipu")
    assert (made["sealed"], made["bundles"][0]["unsealed"]) == (False, "off")
    assert "tal vez" in line.refused("sealing", centre, "tal vez")
    line.refused("sealing", office, "off", "--as", "Beto")
    assert line.json("sealing", centre, "on", "--as", "Ana")["sealing"] == "on"


def test_a_bundle_for_another_computer_is_one_sentence(line: Line, country: Path) -> None:
    line.json("export", country / "alto", "-o", country / "up.quipu")
    assert "up.quipu" in line.refused("merge", country / "bajo", country / "up.quipu")
