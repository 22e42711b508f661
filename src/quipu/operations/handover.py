"""Handing over a post: what is open, a sealed copy of everything, and a sheet to sign."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from quipu.disk import replacing
from quipu.domain.errors import InputError
from quipu.forms.draw_cycle import SealedFile
from quipu.operations.cycle_papers import paper_words, plan_language, print_handover
from quipu.operations.disputes import disputes
from quipu.operations.exporting import pending
from quipu.operations.finding import find_plan
from quipu.operations.findings import findings
from quipu.operations.house import House
from quipu.operations.reports import demand_words
from quipu.operations.safekeeping import backup
from quipu.operations.tasks import Task, open_tasks

COPY = "copia-sellada.zip"
"""The sealed copy: a backup of the whole workspace, without any key."""

SUMS = "SHA256SUMS.txt"
"""The hashes of what is handed over, as `sha256sum -c` reads them."""

SHEET = "entrega-de-cargo.pdf"
"""The sheet that both sign."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was handed over: the files in their folder, and the tasks that are open."""

    folder: Path
    files: tuple[Path, ...]
    sealed: SealedFile
    tasks: tuple[Task, ...]


def hand_over(
    house: House, *, to: str, folder: Path, plan: str = "", author: str, lang: str = "es"
) -> HandedOver:
    """Write what a successor needs into a folder: sealed copy, its hash, sheet of open tasks.

    Raises `InputError` `name-missing`, `handover-exists` (folder) where one was written already,
    or `folder-not-written` (folder, reason).
    """
    successor = demand_words(to, "name-missing")
    if any((folder / name).exists() for name in (COPY, SUMS, SHEET)):
        raise InputError("handover-exists", folder=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("folder-not-written", folder=folder, reason=error.strerror) from error
    tasks = (*open_tasks(house, plan=plan, lang=lang), *left_open(house, plan=plan))
    made = backup(house, file=folder / COPY)
    sealed = SealedFile(COPY, made.bytes, sha256_of(made.file))
    print_handover(
        house,
        file=folder / SHEET,
        given_by=author,
        to=successor,
        tasks=tasks,
        files=[sealed],
        plan=plan,
    )
    write_sums(folder, (COPY, SHEET))
    files = (folder / COPY, folder / SHEET, folder / SUMS)
    return HandedOver(folder, files, sealed, tasks)


def left_open(house: House, *, plan: str = "") -> list[Task]:
    """Give what else waits: disputes, undecided problems, unacknowledged bundles, unsent work.

    Unsent work is only known where the house may write. Raises as `open_tasks`.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    paper = paper_words(plan_language(house, facts, item))
    found = [
        Task(
            "dispute",
            one.unit,
            one.address.period,
            title=one.code,
            item=one.address.item,
            address=one.address,
        )
        for one in disputes(house)
    ]  # fmt: skip
    undecided = findings(house, plan=item)
    if undecided:
        found.append(Task("problem", title=paper("task-count", n=len(undecided)), item=item))
    found += [
        Task("bundle", facts.text(one.audience, "name"), title=f"{one.seq} ({one.at[:10]})")
        for one in house.workspace.sent()
        if not one.acknowledged
    ]
    offices = facts.of_kind("office") if house.role == "centre" else [""]
    for office in offices:
        waiting = pending(house, to=office) if house.writable else 0
        if waiting:
            title = paper("task-count", n=waiting)
            found.append(Task("unsent", facts.text(office, "name"), title=title))
    return found


def sha256_of(file: Path) -> str:
    """Give the SHA-256 of a file's content, in hex."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_sums(folder: Path, names: tuple[str, ...]) -> Path:
    """Write the hashes of a folder's files, as `sha256sum -c` reads them."""
    lines = "".join(f"{sha256_of(folder / name)}  {name}\n" for name in names)
    with replacing(folder / SUMS) as target:
        target.write(lines.encode())
    return folder / SUMS
