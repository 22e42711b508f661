"""A process that works in a workspace and is killed: at a named step, or when somebody says so.

`python -m tests.operations.dying` reads one JSON object per line, forks for each, and answers with
one line: whether the child was killed, and what it acknowledged before. Forking from a process
that has loaded everything makes a child cost milliseconds.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

STEPS = {
    "save": (
        "quipu.store.transaction:Transaction.attach",
        "quipu.disk:flush_folder",
        "quipu.store.writing:put",
        "quipu.store.transaction:Transaction.put",
        "quipu.store.transaction:Transaction.end",
        "quipu.store.opening:settle",
    ),
    "export": (
        "quipu.operations.exporting:pack_for",
        "quipu.operations.exporting:write_bundle",
        "quipu.sync.signed:_write_part",
        "quipu.sync.signed:forget",
        "quipu.operations.exporting:seal",
        "quipu.sync.sealing:forget",
        "quipu.operations.exporting:delivered",
        "quipu.operations.exporting:keep_copy",
        "quipu.store.transaction:Transaction.record_sent",
        "quipu.store.transaction:Transaction.end",
    ),
    "merge": (
        "quipu.operations.merging:back_up_first",
        "quipu.store.safekeeping:copy_database",
        "quipu.sync.sealing:unseal",
        "quipu.operations.merging:read_bundle",
        "quipu.operations.merging:take_blobs",
        "quipu.store.merging:_add",
        "quipu.store.receipts:take_word",
        "quipu.store.receipts:record_bundle",
        "quipu.store.transaction:Transaction.end",
        "quipu.operations.merging:keep_copy",
    ),
    "parts": (
        "quipu.operations.delivery:_keep",
        "quipu.operations.delivery:join_parts",
        "quipu.operations.delivery:Deliveries.forget",
    ),
    "carry": (
        "quipu.operations.relaying:tidy",
        "quipu.operations.relaying:outside",
        "quipu.operations.relaying:_note",
        "quipu.store.transaction:Transaction.end",
    ),
    "carried": (
        "quipu.operations.merging:each_enclosed",
        "quipu.operations.relaying:_for_others",
        "quipu.store.transaction:Transaction.end",
    ),
    "backup": (
        "quipu.store.safekeeping:copy_database",
        "quipu.store.opening:put_in_place",
        "quipu.operations.safekeeping:_pack",
    ),
    "back": (
        "quipu.store.dated:_demand_sound",
        "quipu.store.dated:_keep_replaced",
        "quipu.store.dated:_write_notes",
        "quipu.store.opening:put_in_place",
    ),
    "migrate": (
        "quipu.store.safekeeping:copy_database",
        "quipu.store.migrations:version",
        "quipu.store.opening:settle",
    ),
}
"""The functions that make up each verb; a child dies before or after one of them."""


def save(order: dict, told: Callable[[object], None]) -> None:
    from quipu.operations.entering import enter
    from quipu.operations.workspaces import open_house
    from tests.operations.plans import NORTH

    folder = Path(order["folder"])
    with open_house(folder=folder, write=True) as house:
        for value in range(order.get("from", 1), order.get("from", 1) + order.get("times", 1)):
            file = folder.parent / "acta.txt"
            file.write_text(f"acta {value}", encoding="utf-8")
            enter(
                house, unit=NORTH, activity="1.1", period="2024-07", value=str(value),
                evidence=file, author="Beto",
            )  # fmt: skip
            told(value)


def export(order: dict, told: Callable[[object], None]) -> None:
    from quipu.operations.exporting import export_bundle
    from quipu.operations.workspaces import open_house

    with open_house(folder=Path(order["folder"]), write=True) as house:
        for number in range(order.get("times", 1)):
            export_bundle(house, file=Path(f"{order['file']}{number}"))
            told(number)


def merge(order: dict, told: Callable[[object], None]) -> None:
    from quipu.operations.merging import merge_bundles
    from quipu.operations.workspaces import open_house

    with open_house(folder=Path(order["folder"]), write=True) as house:
        merged = merge_bundles(house, files=[Path(file) for file in order["files"]])
        told([one.state for one in merged.bundles])


def carry(order: dict, told: Callable[[object], None]) -> None:
    from quipu.operations.relaying import take
    from quipu.operations.workspaces import open_house

    with open_house(folder=Path(order["folder"]), write=True) as house:
        taken = take(house, files=[Path(file) for file in order["files"]])
        told([one.state for one in taken])


def backup(order: dict, told: Callable[[object], None]) -> None:
    from quipu.operations.safekeeping import backup as back_up
    from quipu.operations.workspaces import open_house

    with open_house(folder=Path(order["folder"])) as house:
        back_up(house, file=Path(order["file"]))
        told("made")


def back(order: dict, told: Callable[[object], None]) -> None:
    from quipu.operations.backups import bring_back

    bring_back(folder=Path(order["folder"]), name=order["name"])
    told("back")


def migrate(order: dict, told: Callable[[object], None]) -> None:
    from quipu.store.workspace import open_workspace

    next_version()
    with open_workspace(Path(order["folder"]), write=True):
        told("opened")


def next_version() -> None:
    """Make this process a program with one more step of migration."""
    from quipu.store import migrations, opening

    opening.SCHEMA = max(migrations.STEPS) + 1
    migrations.STEPS[opening.SCHEMA] = lambda run: run.exec_driver_sql(  # type: ignore[index]
        "CREATE TABLE later (no INTEGER)"
    )


VERBS = {
    "save": save,
    "export": export,
    "merge": merge,
    "parts": merge,
    "carried": merge,
    "carry": carry,
    "backup": backup,
    "back": back,
    "migrate": migrate,
}


def die_at(step: str, when: str) -> None:
    """Have this process killed `before` or `after` a function, the first time that it is called."""
    module, _, path = step.partition(":")
    owner: object = importlib.import_module(module)
    *outer, name = path.split(".")
    for one in outer:
        owner = getattr(owner, one)
    original = getattr(owner, name)

    def dying(*args: object, **kwargs: object) -> object:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, dying)


def child(order: dict, pipe: int) -> None:
    """Do what is ordered; each thing acknowledged is one line in the pipe."""

    def told(what: object) -> None:
        os.write(pipe, json.dumps(what).encode() + b"\n")

    os.environ["QUIPU_HOME"] = order["home"]
    if "step" in order:
        die_at(order["step"], order["when"])
    VERBS[order["verb"]](order, told)


def run(order: dict) -> dict:
    """Fork, wait for the end (or kill after `seconds`), and tell what came of it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        status = 1
        try:
            child(order, writing)
            status = 0
        except BaseException as error:
            print(repr(error), file=sys.stderr)
        finally:
            os._exit(status)
    os.close(writing)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reading, "rb") as pipe:
        told = [json.loads(line) for line in pipe.read().splitlines()]
    return {"killed": os.WIFSIGNALED(status), "status": status, "told": told}


def main() -> None:
    """Serve orders until the input ends."""
    for steps in STEPS.values():
        for step in steps:
            importlib.import_module(step.partition(":")[0])
    import quipu.forms.checks
    import quipu.operations.entering
    import quipu.operations.workspaces  # noqa: F401
    import tests.operations.plans  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
