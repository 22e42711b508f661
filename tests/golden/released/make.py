"""Makes the files that a released version leaves behind, which every later version must read.

Run once for each release, with a version that is not there yet:
`QUIPU_HOME=$(mktemp -d) python -m tests.golden.released.make`. Its keys belong to no institution.
"""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

from quipu import __version__, settings
from quipu.operations.dumping import dump
from quipu.operations.enrolment import enrol, join
from quipu.operations.entering import enter
from quipu.operations.exporting import Limits, export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.safekeeping import backup
from quipu.operations.workspaces import new_centre, open_house
from tests.operations.plans import FORM, INSTITUTION, NORTH, SOUTH, load, ticking

HERE = Path(__file__).parent


def make(target: Path, work: Path) -> None:
    """Make a centre with a plan and an office that reports, and what goes between them."""
    target.mkdir()
    clock = ticking()
    centre, north = work / "centro", work / "norte"
    new_centre(folder=centre, institution=INSTITUTION, author="Ana", clock=clock)
    shutil.copytree(settings.forms_dir() / FORM, centre / "forms" / FORM)
    with open_house(folder=centre, write=True, clock=clock) as house:
        load(house)
        for name, unit in (("Norte", NORTH), ("Sur", SOUTH)):
            file = target / f"{name.lower()}-alta.quipu"
            enrol(house, office=name, units=[unit], file=file, author="Ana", with_code=False)
        join(folder=north, file=target / "norte-alta.quipu", author="Beto", clock=clock)
        shutil.copytree(settings.forms_dir() / FORM, north / "forms" / FORM)
        with open_house(folder=north, write=True, clock=clock) as office:
            _exchange(house, office, work, target)
            (target / "norte.txt").write_text(_dumped(office), encoding="utf-8")
        (target / "centro.txt").write_text(_dumped(house), encoding="utf-8")
        backup(house, file=target / "copia.zip")
    for folder in (centre, north, settings.keys_dir()):
        _zip(folder, target / f"{folder.name}.zip")


def _exchange(house: House, office: House, work: Path, target: Path) -> None:
    """One bundle up and one down that were merged; then one each way that were not yet."""
    note = work / "acta.txt"
    note.write_text("Acta de recepción\n" * 400, encoding="utf-8")
    say = {"unit": NORTH, "period": "2024-07", "author": "Beto"}
    enter(office, activity="1.1", value="1,150", note="Llovió", evidence=note, **say)
    export_bundle(office, file=work / "up.quipu")
    merge_bundles(house, files=[work / "up.quipu"])
    export_bundle(house, to="Norte", file=work / "down.quipu")
    merge_bundles(office, files=[work / "down.quipu"])
    enter(house, activity="1.2", value="2", **say | {"author": "Ana"})
    enter(office, activity="1.2", value="3", **say)
    enter(office, activity="1.3", value="0.5", evidence=note, **say)
    export_bundle(office, file=target / "norte-2.quipu")
    export_bundle(office, file=target / "norte-3.quipu", full=True, limits=Limits(part_size=5000))
    export_bundle(house, to="Norte", file=target / "centro-2.quipu")


def _dumped(house: House) -> str:
    return "".join("\t".join(map(str, line)) + "\n" for line in dump(house))


def _zip(folder: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "quipu.lock":
                archive.write(path, path.relative_to(folder).as_posix())


if __name__ == "__main__":
    import tempfile

    if settings.home() is None:
        sys.exit("QUIPU_HOME must name a folder of its own")
    with tempfile.TemporaryDirectory() as scratch:
        make(HERE / __version__, Path(scratch))
