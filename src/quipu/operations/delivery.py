"""Bundles that travel in parts: written as parts, and gathered in the inbox until all are there."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from quipu.disk import flush_folder, replacing
from quipu.domain.errors import BundleError
from quipu.operations.scratch import INBOX, scratch
from quipu.store import place
from quipu.sync.parts import PartRead, join_parts, read_part, write_parts

_SETS = "parts-"
GATHERED = f"{_SETS}*"
"""The folders of an inbox in which parts wait for the others, as a pattern."""

_WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file that came is: a bundle at `path`, or part of one that is not whole yet.

    `waiting` are the parameters of the sentence that says which parts are missing; none where the
    bundle was made whole in this sitting already.
    """

    path: Path | None
    waiting: Mapping[str, object]
    gathered: str = ""


class Deliveries:
    """The files of one sitting, with the parts that earlier ones left in the inbox."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, list[int]] = {}
        self._done: set[str] = set()

    def arrive(self, copy: Path, number: int) -> Arrival:
        """Take one file of the sitting, its `number`; a part is kept until all are there.

        Raises `BundleError` for a damaged part, or `parts-do-not-fit` for parts that are all
        there and make no bundle (they are then dropped), and `WorkspaceError("workspace-full")`.
        """
        part = read_part(copy)
        if part is None:
            return Arrival(copy, {})
        gathered = f"{_SETS}{part.bundle}-{part.of}"
        if gathered in self._done:
            return Arrival(None, {}, gathered)
        folder = self._folder / INBOX / gathered
        self._seen.setdefault(gathered, []).append(number)
        _keep(folder, copy, part)
        missing = [n for n in range(1, part.of + 1) if not (folder / str(n)).is_file()]
        if missing:
            told = {"of": part.of, "have": part.of - len(missing), "missing": _listed(missing)}
            return Arrival(None, told, gathered)
        try:
            contents = [folder / str(n) for n in range(1, part.of + 1)]
            join_parts(contents, folder / _WHOLE, bundle=part.bundle, file=copy.name)
        except BundleError:
            shutil.rmtree(folder)
            raise
        return Arrival(folder / _WHOLE, {}, gathered)

    def forget(self, arrival: Arrival) -> None:
        """Drop the parts of a bundle that was merged or refused."""
        if arrival.gathered:
            self._done.add(arrival.gathered)
            shutil.rmtree(self._folder / INBOX / arrival.gathered)

    def superseded(self) -> set[int]:
        """Give the numbers of files after which another part of the same bundle came."""
        return {number for numbers in self._seen.values() for number in numbers[:-1]}


@contextmanager
def outgoing_file(folder: Path, file: Path, *, inside: bool) -> Iterator[Path]:
    """Give where a bundle is to be written: at its place, or inside until it is sealed or cut."""
    if not inside:
        yield file
        return
    with scratch(folder) as within:
        yield within / file.name


def delivered(whole: Path, file: Path, part_size: int | None) -> tuple[Path, ...]:
    """Give the files that a person sends on, cutting the bundle where that was asked for."""
    return (file,) if part_size is None else write_parts(whole, file, part_size)


def _keep(folder: Path, copy: Path, part: PartRead) -> None:
    """Keep a part's content under its number; nothing of the file's own name is used."""
    if copy.stat().st_size - part.start > part.bytes:
        raise BundleError("bundle-damaged", file=copy.name, part=f"{part.part}/{part.of}")
    place.demand_room(folder.parent, 2 * part.bytes)
    folder.mkdir(exist_ok=True)
    with copy.open("rb") as source, replacing(folder / str(part.part)) as kept:
        source.seek(part.start)
        shutil.copyfileobj(source, kept)
    flush_folder(folder.parent)


def _listed(numbers: list[int]) -> str:
    """Give numbers as a person lists them, the runs among them short: `2, 5–9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(str(end) for end in run) for run in runs)
