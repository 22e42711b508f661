"""Whether bundles are closed to all but their receivers."""

from __future__ import annotations

from quipu.cli.call import Answer, Call
from quipu.domain.errors import InputError

_ON, _OFF = "on", "off"


def sealing(call: Call) -> Answer:
    """`quipu sealing DIR [on|off]`: seal bundles to their receivers, or stop; else tell which."""
    from quipu.operations.sealing import sealing_on, turn_sealing

    asked = call.given.text("switch")
    if asked not in ("", _ON, _OFF):
        raise InputError("switch-unknown", value=asked)
    changed = 0
    with call.house(write=bool(asked)) as house:
        if asked:
            outcome = turn_sealing(house, on=asked == _ON, author=call.author)
            changed = outcome.changed
        now = sealing_on(house.facts({house.dataset}), house.dataset)
    said = _ON if now else _OFF
    data = {"done": True, "sealing": said, "changed": changed}
    return Answer(data, [call.words.text(f"say.sealing-{said}")])
