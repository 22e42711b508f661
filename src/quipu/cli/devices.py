"""The computers of an institution: listed, let in, revoked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quipu.cli.call import DONE, FINDINGS, Answer, Call
from quipu.cli.tables import table
from quipu.operations.sentences import code_sentence

if TYPE_CHECKING:
    from quipu.operations.devices import Device
    from quipu.operations.house import House

_HEADS = ("device", "check", "office", "role", "state", "until", "last")


def devices(call: Call) -> Answer:
    """`quipu devices DIR`: every computer, its office and role, whether it may send."""
    from quipu.operations.devices import devices as all_devices

    with call.house() as house:
        found = all_devices(house)
    data = {"devices": [device_json(one) for one in found]}
    waits = any(one.state in ("waiting", "forked") for one in found)
    return Answer(data, _lines(call, found), FINDINGS if waits else DONE)


def admit(call: Call) -> Answer:
    """`quipu admit DIR --device ID`: let in a computer that waits, with all that it sent."""
    from quipu.operations.devices import admit as let_in

    with call.house(write=True) as house:
        done = let_in(house, device=call.given.text("device"), author=call.author)
    bundles = [
        {
            "file": one.file.name,
            "state": one.state,
            "revisions": one.revisions,
            "new": one.new,
            "reason": code_sentence(call.words, one.reason, one.params) if one.reason else None,
        }
        for one in done.bundles
    ]
    data = {"done": True, "device": done.device, "office_id": done.office, "bundles": bundles}
    new = sum(one.new for one in done.bundles)
    said = call.words.text("say.admitted", device=done.device, bundles=len(bundles), new=new)
    refused = [str(one["reason"]) for one in bundles if one["state"] == "refused"]
    return Answer(data, [said, *refused], FINDINGS if refused else DONE)


def revoke(call: Call) -> Answer:
    """`quipu revoke DIR --device ID --reason TEXT`: nothing more of a lost computer counts."""
    from quipu.operations.revoking import revoke as take_out

    given = call.given
    with call.house(write=True) as house:
        done = take_out(
            house,
            device=given.text("device"),
            after=given.number("after"),
            reason=given.text("reason"),
            author=call.author,
        )
    data = {
        "done": True,
        "device": done.device,
        "office_id": done.office,
        "stand": done.stand,
        "late": done.late,
        "mailbox": done.mailbox or None,
    }
    said = {"device": done.device, "stand": done.stand, "late": done.late}
    lines = [call.words.text("say.revoked", **said)]
    if done.mailbox:
        lines.append(call.words.text("say.mailbox-moved", version=done.mailbox))
    return Answer(data, lines)


def device_json(one: Device) -> dict[str, object]:
    """Give a computer as commands answer it."""
    return {
        "device": one.device,
        "office": one.name,
        "office_id": one.office,
        "role": one.role,
        "state": one.state,
        "check": one.check,
        "copy_of": one.copy_of or None,
        "until": one.until or None,
        "last_sequence": one.last_sequence,
        "last_received": one.last_received or None,
        "reason": one.reason or None,
        "own": one.own,
    }


def _lines(call: Call, found: Sequence[Device]) -> Iterator[str]:
    words = call.words
    rows = [
        [
            one.device,
            one.check,
            one.name or words.text("say.centre"),
            words.text(f"role.{one.role}"),
            words.text(f"device.{one.state}"),
            one.until,
            f"{one.last_sequence} · {one.last_received}" if one.last_received else "",
        ]
        for one in found
    ]
    yield from table([words.text(f"head.{name}") for name in _HEADS], rows)
    yield from asking_lines(call, found)


def asking_lines(call: Call, found: Sequence[Device]) -> Iterator[str]:
    """Give what somebody must do about computers: let one in, give one another enrolment."""
    for one in found:
        if one.state in ("waiting", "forked"):
            yield call.words.text(f"say.device-{one.state}", device=one.device)


def unusual(house: House) -> list[Device]:
    """Give the computers that may not send, or that somebody must look at."""
    from quipu.operations.devices import devices as all_devices

    return [one for one in all_devices(house) if one.state not in ("active", "copied")]
