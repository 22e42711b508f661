"""A region as a person at the keyboard runs it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.typing_line import Line


def test_a_region_carries_up_and_down(line: Line, country: Path) -> None:
    """`alto` carries for `bajo`."""
    centre, region, sub = country / "centre", country / "alto", country / "bajo"
    assert line.json("relay", region)["outbox"] == []
    assert line.say("relay", region).out
    up = country / "bajo-1.quipu"
    line.json("export", sub, "-o", up)
    taken = line.json("relay", region, up)
    assert taken["taken"][0] | {"file": ""} == {
        "file": "", "state": "kept", "to": "centre", "reason": None, "code": None,
    }  # fmt: skip
    assert "bajo-1.quipu" in line.say("relay", region, up).out
    [waiting] = line.json("status", region)["relay"]
    assert (waiting["file"], waiting["to"], waiting["enclosed"]) == ("bajo-1.quipu", "centre", 0)
    assert "bajo-1.quipu" in line.say("status", region).out
    made = line.json("export", region, "-o", country / "alto-1.quipu")
    assert made["bundles"][0]["enclosed"] == ["bajo-1.quipu"]
    [merged] = line.json("merge", centre, country / "alto-1.quipu")["bundles"]
    [inner] = merged["enclosed"]
    assert (inner["file"], inner["from"], inner["state"]) == ("bajo-1.quipu", "bajo", "merged")
    assert "alto-1.quipu › bajo-1.quipu" in line.say("merge", centre, country / "alto-1.quipu").out
    down = country / "down.quipu"
    said = line.say("export", centre, "--to", "alto", "--with", "bajo", "-o", down)
    assert len(said.out.splitlines()) == 2
    [merged] = line.json("merge", region, down)["bundles"]
    assert [one["state"] for one in merged["enclosed"]] == ["carried"]
    assert "bajo.quipu" in line.say("status", region).out
    assert "bajo.quipu" in line.say("merge", region, down).out
    assert "bajo.quipu" in line.say("relay", region, "--out", country / "out").out
    handed = line.json("relay", region, "--out", country / "out", "--again")["handed"]
    assert [Path(file).name for file in handed] == ["bajo.quipu"]
    assert line.json("merge", sub, *handed)["bundles"][0]["state"] == "merged"
    assert line.json("status", region)["relay"][0]["handed"]
    assert "bajo.quipu" not in line.say("status", region).out


def test_what_relay_refuses(line: Line, country: Path) -> None:
    region = country / "alto"
    assert "nada.quipu" in line.refused("relay", region, country / "nada.quipu")
    line.refused("relay", region, "--again")
    line.refused("relay", country / "centre", country / "nada.quipu")
    line.refused("export", country / "centre", "--all", "--with", "bajo", "-o", country / "f")
    line.refused(
        "export", country / "centre", "--to", "alto", "--with", "alto", "-o", country / "f"
    )
    up = country / "u.quipu"
    line.json("export", country / "bajo", "-o", up)
    both = line.json("relay", region, up, country / "nada.quipu", status=1)
    assert [one["state"] for one in both["taken"]] == ["kept", "refused"]
    assert line.say("relay", region, up, country / "nada.quipu").status == 1
