"""The write door: one gesture of a person is one transaction, and gives one outcome."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.domain.revision import RevisionName
from quipu.domain.value import Value
from quipu.operations.house import House
from quipu.operations.outcome import Change, Outcome
from quipu.store.transaction import Transaction

Entry = tuple[Address, Value]
"""What an address shall say; `None` blanks it."""


def write(
    house: House,
    entries: Iterable[Entry],
    *,
    facts: Facts,
    author: str,
    reason: str | None = None,
    files: Mapping[Address, Path] | None = None,
    created: tuple[str, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Outcome:
    """Write a gesture; `facts` is what was true before, for the outcome's account of it.

    `files` are attached at their addresses in the same gesture. Addresses that already say what
    they shall are left alone. Raises `WorkspaceError`
    `read-only` where the workspace was opened only to read.
    """
    writable(house)
    contents = [(address, file.name, read_bytes(file)) for address, file in (files or {}).items()]
    with house.workspace.transaction(
        author, clock=house.clock, randomness=house.randomness
    ) as transaction:
        blobs = [(address, transaction.attach(data, name)) for address, name, data in contents]
        done = put_all(transaction, (*entries, *blobs), facts=facts, reason=reason)
    return replace(done, created=created, problems=problems)


def put_all(
    transaction: Transaction, entries: Iterable[Entry], *, facts: Facts, reason: str | None = None
) -> Outcome:
    """Write entries one by one in a transaction that is open; gives what that changed."""
    changes: list[Change] = []
    names: list[RevisionName] = []
    for address, value in entries:
        name = transaction.put(address, value, reason=reason)
        if name is not None:
            changes.append(Change(address, facts.value(*address), value))
            names.append(name)
    gesture = names[0] if names else None
    return Outcome(tuple(changes), gesture=gesture, revisions=tuple(names))


def write_many(
    house: House,
    entries: Mapping[Address, Value],
    *,
    facts: Facts,
    author: str,
    created: tuple[str, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Outcome:
    """Write a gesture of thousands of facts; else as `write`."""
    writable(house)
    changes = tuple(
        Change(address, before, value)
        for address, value in entries.items()
        if (before := facts.value(*address)) != value
    )
    with house.workspace.transaction(
        author, clock=house.clock, randomness=house.randomness
    ) as transaction:
        transaction.put_many(entries.items())
        names = transaction.names
    return Outcome(changes, created, problems, names[0] if names else None, names)


def read_bytes(file: Path) -> bytes:
    """Read a file that a person named; raises `InputError` `file-missing` or `file-unreadable`."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise InputError("file-missing", file=file) from None
    except OSError as error:
        raise InputError("file-unreadable", file=file, reason=error.strerror) from error


@contextmanager
def writing(house: House, author: str) -> Iterator[Transaction]:
    """Write in a house: everything of the block, or on any exception nothing of it."""
    workspace = house.workspace
    with workspace.transaction(
        author, clock=house.clock, randomness=house.randomness
    ) as transaction:
        yield transaction


def writable(house: House) -> None:
    """Raise `WorkspaceError("read-only")` where nothing can be written."""
    if not house.writable:
        raise WorkspaceError("read-only", folder=house.folder)


def centre_only(house: House) -> None:
    """Raise `WorkspaceError("centre-only")` in an office's workspace."""
    if house.role != "centre":
        raise WorkspaceError("centre-only")


def office_only(house: House) -> None:
    """Raise `WorkspaceError("office-only")` in the centre's workspace."""
    if house.role != "office":
        raise WorkspaceError("office-only")


def new_id(house: House) -> str:
    """Give the id of a new item."""
    return str(uuid.UUID(bytes=house.randomness(16), version=4))
