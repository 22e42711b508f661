"""Beginning: a centre's workspace, an office admitted, an office's workspace."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.operations.enrolment import Enrolled
    from quipu.operations.house import House

CODE_VARIABLE = "QUIPU_CODE"


def new(call: Call) -> Answer:
    """`quipu new DIR --institution NAME`: a centre's workspace."""
    from quipu.operations.workspaces import new_centre

    institution = call.given.text("institution")
    created = new_centre(folder=call.given.path("dir"), institution=institution, author=call.author)
    data = {
        "done": True,
        "folder": str(created.folder),
        "institution": institution,
        "dataset": created.dataset,
        "device": created.device,
    }
    said = call.words.text("say.new", institution=institution, folder=created.folder)
    return Answer(data, [said])


def enrol(call: Call) -> Answer:
    """`quipu enrol DIR --office NAME --unit U… -o FILE`, or `--planner NAME`: admit a computer."""
    given = call.given
    if given.has("office") == given.has("planner"):
        raise InputError("enrol-choice")
    for_planner, for_office = ("with-root",), ("unit", "role", "no-code")
    for name in for_office if given.has("planner") else for_planner:
        if given.has(name):
            raise InputError("enrol-option", option=f"--{name}")
    # --role is here what the office's computer may do, not what the person acts as.
    with call.house(write=True, role="") as house:
        enrolled = _planner(call, house) if given.has("planner") else _office(call, house)
    data = {
        "office": enrolled.name,
        "office_id": enrolled.office,
        "units": list(enrolled.units),
        "device": enrolled.device,
        "file": str(enrolled.file),
        "code": enrolled.code,
    }
    lines = [call.words.text("say.enrolled", office=enrolled.name, file=enrolled.file)]
    if enrolled.code is not None:
        lines.append(call.words.text("say.enrolled-code", code=enrolled.code))
    return Answer(data, lines)


def _office(call: Call, house: House) -> Enrolled:
    from quipu.operations.enrolment import enrol as enrol_office

    given = call.given
    return enrol_office(
        house,
        office=given.text("office"),
        units=given.texts("unit"),
        file=given.path("output"),
        author=call.author,
        with_code=not given.flag("no-code"),
        role=given.text("role") or "office",
        until=given.text("until"),
    )


def _planner(call: Call, house: House) -> Enrolled:
    from quipu.operations.planners import enrol_planner

    given = call.given
    return enrol_planner(
        house,
        name=given.text("planner"),
        file=given.path("output"),
        author=call.author,
        with_root=given.flag("with-root"),
        until=given.text("until"),
    )


def join(call: Call) -> Answer:
    """`quipu join DIR FILE`: an office's workspace of an enrolment file."""
    from quipu.operations.enrolment import join as join_office

    given = call.given
    code = typed_code(call)
    joined = join_office(
        folder=given.path("dir"), file=given.path("file"), code=code, author=call.author
    )
    data = {
        "office": joined.name,
        "office_id": joined.office,
        "units": list(joined.units),
        "device": joined.device,
        "file": str(given.path("file")),
        "code": None,
        "folder": str(joined.folder),
    }
    units = ", ".join(joined.units)
    key = "say.joined" if joined.office else "say.joined-centre"
    said = call.words.text(key, office=joined.name, folder=joined.folder, units=units)
    return Answer(data, [said])


def typed_code(call: Call) -> str | None:
    """Give the code that opens an enrolment file: `--code`, else the variable; or none."""
    return call.given.maybe("code") or os.environ.get(CODE_VARIABLE) or None
