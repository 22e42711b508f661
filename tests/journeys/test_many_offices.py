"""Thirty offices, every bundle in random orders, some lost and some repeated: the same facts."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from benchmarks.material import FORM, YEAR, plan_text
from quipu.operations.dumping import dump
from quipu.operations.enrolment import enrol, join
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_plan, find_unit, plan_rows
from quipu.operations.loading import load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.workspaces import new_centre, open_house

OFFICES, BUNDLES, ENTRIES, ORDERS = 30, 3, 5, 6


@pytest.mark.stress
def test_thirty_offices_converge(tmp_path: Path, quipu_home: Path) -> None:
    chance = random.Random(1951)
    centre, kept = tmp_path / "centre", tmp_path / "kept"
    new_centre(folder=centre, institution="Instituto", author="Ana")
    names = [f"OFICINA {number:03}" for number in range(1, OFFICES + 1)]
    with open_house(folder=centre, write=True) as house:
        text = plan_text(OFFICES, ENTRIES)
        load_plan(house, text=text, name="plan.tsv", form=FORM, year=YEAR, author="Ana")
        for name in names:
            file = tmp_path / f"{name}.enrol"
            enrol(house, office=name, units=[name], file=file, author="Ana", with_code=False)
    files = [file for name in names for file in work(tmp_path, name, chance)]
    shutil.copytree(centre, kept)
    seen = set()
    for _ in range(ORDERS):
        shutil.rmtree(centre)
        shutil.copytree(kept, centre)
        # The last bundle of an office makes up for those that were lost.
        order = [file for file in files if file.stem.endswith("3") or chance.random() < 0.6]
        order += chance.sample(files, OFFICES)
        chance.shuffle(order)
        with open_house(folder=centre, write=True) as house:
            merged = merge_bundles(house, files=order)
            assert {one.state for one in merged.bundles} <= {"merged", "already"}
            seen.add(tuple(dump(house)))
    assert len(seen) == 1


def work(folder: Path, name: str, chance: random.Random) -> list[Path]:
    """Join, and send bundles after a few figures each; later ones correct earlier ones."""
    join(folder=folder / name, file=folder / f"{name}.enrol", author=name)
    files = []
    for number in range(1, BUNDLES + 1):
        with open_house(folder=folder / name, write=True) as house:
            facts = house.facts()
            rows = plan_rows(facts, find_plan(facts), find_unit(facts, name))
            for _ in range(ENTRIES):
                period = f"{YEAR}-{chance.randint(1, 12):02}"
                value = str(chance.randint(0, 99))
                row = chance.choice(rows)
                enter(house, unit=name, activity=row, period=period, value=value, author=name)
            files.append(folder / f"{name}-{number}.quipu")
            export_bundle(house, file=files[-1])
    return files
