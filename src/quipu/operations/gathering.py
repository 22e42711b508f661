"""Looking through a folder for the bundles of one institution, whatever the files are called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quipu.domain.errors import BundleError, QuipuError
from quipu.operations.delivery import Deliveries
from quipu.operations.relaying import DEEPEST
from quipu.operations.scratch import INBOX
from quipu.sync.container import Container, open_container
from quipu.sync.enrolment import FIRST
from quipu.sync.enrolment import KIND as ENROLMENT
from quipu.sync.manifest import Manifest
from quipu.sync.receiving import ReceivingKey
from quipu.sync.sealing import route_of, unseal
from quipu.sync.signed import open_signed


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is a bundle, whose words nobody has judged yet: where it lies opened, its name.

    `manifest` is the SHA-256 of what is signed.
    """

    path: Path
    name: str
    said: Manifest
    manifest: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be used, with the code of the reason and what its sentence names."""

    name: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)


def skipped(name: str, refusal: QuipuError) -> Skipped:
    """Give a file as one that was refused."""
    return Skipped(name, refusal.code, {**refusal.params, "file": name})


def gather(
    files: Sequence[Path], keys: Sequence[ReceivingKey], within: Path
) -> tuple[list[Found], list[Skipped]]:
    """Look into files; sealed ones are opened with `keys` into the folder `within`.

    Parts of one bundle are put together, and bundles inside others are taken out. Each bundle is
    given once, however often it is there. Enrolment files that are open give the bundle in them.
    """
    (within / INBOX).mkdir(exist_ok=True)
    deliveries = Deliveries(within)
    found: dict[str, Found] = {}
    left: list[Skipped] = []
    waiting: dict[str, Skipped] = {}
    for number, file in enumerate(files):
        try:
            arrival = deliveries.arrive(file, number)
            if arrival.path is None:
                params = {**arrival.waiting, "file": file.name}
                waiting[arrival.gathered] = Skipped(file.name, "parts-missing", params)
                continue
            waiting.pop(arrival.gathered, None)
            look = _Look(keys, within, found, left)
            look.into(arrival.path, file.name, 1)
        except BundleError as refusal:
            left.append(skipped(file.name, refusal))
    return list(found.values()), left + list(waiting.values())


@dataclass(frozen=True, slots=True)
class _Look:
    keys: Sequence[ReceivingKey]
    within: Path
    found: dict[str, Found]
    left: list[Skipped]

    def into(self, file: Path, name: str, depth: int) -> None:
        """Note a bundle and those inside it; raises `BundleError` for what is none."""
        if depth > DEEPEST:
            raise BundleError("relay-too-deep", file=name)
        path = file
        if route_of(file) is not None:
            path = self._place()
            unseal(file, path, keys=self.keys)
        with open_container(path) as container:
            opened = open_signed(container)
            said = opened.manifest.said
            inside = list(self._taken_out(container, said))
        if said.kind == ENROLMENT:
            self._all_into(inside, depth)
            return
        one = Found(path, name, said, opened.manifest.sha256)
        self.found.setdefault(one.manifest, one)
        self._all_into(inside, depth)

    def _all_into(self, inside: Sequence[tuple[str, Path]], depth: int) -> None:
        for called, enclosed in inside:
            try:
                self.into(enclosed, called, depth + 1)
            except BundleError as refusal:
                self.left.append(skipped(called, refusal))

    def _taken_out(self, container: Container, said: Manifest) -> Iterator[tuple[str, Path]]:
        """Take out the bundles of others; of an enrolment file that no code closes, the first."""
        parts = [(relayed.part, relayed.file) for relayed in said.relay]
        if said.kind == ENROLMENT:
            parts = [(FIRST, container.file)]
        for part, file in parts:
            if part in container.sizes:
                path = self._place()
                with path.open("xb") as target:
                    for piece in container.pieces(part):
                        target.write(piece)
                yield file, path

    def _place(self) -> Path:
        return self.within / f"{len(list(self.within.iterdir())):06}"
