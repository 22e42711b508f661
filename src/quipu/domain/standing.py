"""What the centre decided about a device: let in, revoked, or to go on as two; facts like others.

The item is the device's id, of kind `device`. `admitted` is the certificate by which the centre
let in a device that its own certificates do not; `revoked` names the bundles of a revoked device
that stand and, by session, the last of its revisions that counts; `reason` says why;
`revocations` counts how often a planner's device was revoked; `forked` names the bundles with which
a copy of the device left its chain. Every office and every planner hears of it, and what counts
follows from it alone, whatever came first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.value import Value

KIND = "device"
ADMITTED, REVOKED, REASON = "admitted", "revoked", "reason"
REVOCATIONS, FORKED = "revocations", "forked"
REFUSED = "device-revoked"
"""The code of the centre's refusal of what a revoked device sent later."""

_NOTHING = "-"
_NAME = 64
_MOST = 100
_OFTEN = 99


@dataclass(frozen=True, slots=True)
class Arrived:
    """A bundle that came: its name (SHA-256), its device, its number there, the one before."""

    manifest: str
    device: str
    audience: str
    seq: int
    prev: str


def ends(stand: Iterable[Arrived]) -> list[str]:
    """Give the names of the last of each row of bundles: what they follow stands with them."""
    known = list(stand)
    followed = {one.prev for one in known}
    return [one.manifest for one in known if one.manifest not in followed][-_MOST:]


def revocation(
    device: str, *, office: str, last: Iterable[str], upto: Mapping[str, int], reason: str
) -> list[tuple[Address, Value]]:
    """Give the facts that revoke a device: its `last` good bundles, as `ends` gives them.

    `upto` has, by session, the number of its last revision that counts.
    """
    told = [*sorted(last), *(f"{name}:{n}" for name, n in sorted(upto.items())[:_MOST])]
    said: Mapping[str, Value] = {
        "kind": KIND,
        "office": office or None,
        REVOKED: " ".join(told) or _NOTHING,
        REASON: reason,
    }
    return [(Address(device, field), value) for field, value in said.items()]


def again(facts: Facts, device: str) -> Decimal:
    """Give how often a planner's device is revoked once it is revoked now."""
    before = facts.number(device, REVOCATIONS) or Decimal(0)
    return before if before and facts.text(device, REVOKED) else before + 1


def mailbox_version(facts: Facts, planners: Iterable[str]) -> int:
    """Give the version of the centre's mailbox that none of its revoked devices was given.

    Each revocation of a planner's device moves it on by one, so that two planners who revoke at
    the same time end at a version that neither of the revoked was told.
    """
    version = 1
    for device in planners:
        times = facts.number(device, REVOCATIONS) or Decimal(0)
        least = 1 if facts.text(device, REVOKED) else 0
        version += max(least, min(int(times), _OFTEN))
    return version


def standing(facts: Facts, device: str, arrived: Iterable[Arrived]) -> frozenset[str] | None:
    """Give the names of a revoked device's bundles that stand; `None` for one that is not revoked.

    They are those that the revocation names, and, one after the other, those that a standing one
    says it follows: a bundle that was lost on the way may still come.
    """
    said = facts.text(device, REVOKED)
    if not said:
        return None
    found = {name for name in said.split() if len(name) == _NAME}
    before = {one.manifest: one.prev for one in arrived if one.prev}
    waiting = list(found)
    while waiting:
        prev = before.get(waiting.pop(), "")
        if prev and prev not in found:
            found.add(prev)
            waiting.append(prev)
    return frozenset(found)


def counted(said: str) -> dict[str, int]:
    """Give, by session, the last revision that counts as a field `revoked` says; of others none."""
    found = {}
    for word in said.split():
        session, colon, n = word.partition(":")
        if colon and n.isdecimal():
            found[session] = int(n[:12])
    return found


def forked(arrived: Iterable[Arrived]) -> dict[str, tuple[str, ...]]:
    """Give the devices that told two stories, with the bundles by which a copy left their chain.

    One number for two bundles, or two after the same: a device does not, unless its whole disk
    was copied. Which of two goes on as the device follows from all that came, in whatever order.
    """
    found: dict[str, list[str]] = {}
    apart: set[str] = set()
    taken: dict[tuple[str, str, str], str] = {}
    once = {one.manifest: one for one in arrived}
    for one in sorted(once.values(), key=lambda each: (each.seq, each.manifest)):
        if one.prev in apart:
            apart.add(one.manifest)
            continue
        places = [(one.device, one.audience, f"#{one.seq}")]
        places += [(one.device, one.audience, one.prev)] if one.prev else []
        if any(place in taken for place in places):
            apart.add(one.manifest)
            found.setdefault(one.device, []).append(one.manifest)
        else:
            taken.update(dict.fromkeys(places, one.manifest))
    return {device: tuple(names) for device, names in found.items()}


def parting(
    device: str, *, office: str, names: Iterable[str], before: Value
) -> list[tuple[Address, Value]]:
    """Give the facts by which the copy that wrote these bundles takes an identity of its own.

    `before` is what was said until now.
    """
    told = " ".join(sorted(names)[:_MOST])
    if told == (before or ""):
        return []
    said: Mapping[str, Value] = {"kind": KIND, "office": office or None, FORKED: told}
    return [(Address(device, field), value) for field, value in said.items()]
