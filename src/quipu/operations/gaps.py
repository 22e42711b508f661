"""Bundles that never came: known by the numbers of later ones, asked for, and sent again.

A manifest's `gaps` asks a device of the receiver for the bundles of its that are missing here.
Whatever they carried is in what was acknowledged since, or travels with every further bundle
until it is: the next one says with `again` that nothing of them is missing. `received` tells when
the receiver's bundles came.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from quipu.domain.parcel import Acknowledgement
from quipu.operations.house import House
from quipu.store.entries import CENTRE, BundleEntry

GAPS, AGAIN, RECEIVED = "gaps", "again", "received"

MOST = 200
"""Numbers that one bundle asks for, and that one answers."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The numbers of a device's bundles that did not come; `office` is an item, or `""`."""

    office: str
    device: str
    numbers: tuple[int, ...]


def gaps(house: House) -> list[Gap]:
    """Give what is missing and from whom, by the numbers of what came later and replaced nothing.

    What the sender has sent again since is missing no more. Another planner counts for each
    device of the centre by itself; what this one joined with stands in no such row. An office's
    computer began with a bundle that had everything, and misses nothing of before.
    """
    own = set(house.workspace.line()) if house.role == "centre" else set()
    came: dict[tuple[str, str, str], set[int]] = {}
    again: dict[str, set[int]] = {}
    entries = house.workspace.bundles()
    if entries and house.role == "office":
        again[entries[0].device] = set(range(1, entries[0].seq))
    for entry in entries:
        between_planners = house.role == "centre" and not entry.office
        mine = entry.audience in own if between_planners else _is_for(house, entry)
        if mine:
            came.setdefault((entry.office, entry.device, entry.audience), set()).add(entry.seq)
            again.setdefault(entry.device, set()).update(numbers_in(said(entry).get(AGAIN)))
    found = []
    for (office, device, _), numbers in sorted(came.items()):
        missing = set(range(1, max(numbers))) - numbers - again[device]
        if missing:
            found.append(Gap(office, device, tuple(sorted(missing))))
    return found


def asked_again(house: House, audience: str) -> tuple[int, ...]:
    """Give the numbers of this device's bundles that an audience says it never received."""
    heard = [entry for entry in house.workspace.bundles() if audience in _places(house, entry)]
    return asked_of(house, heard[-1]) if heard else ()


def asked_of(house: House, entry: BundleEntry) -> tuple[int, ...]:
    """Give the numbers of this device's bundles that a received bundle asks for."""
    asked = said(entry).get(GAPS)
    mine = asked.get(house.workspace.info.device.id) if isinstance(asked, dict) else None
    places = _places(house, entry)
    sent = {one.seq for one in house.workspace.sent() if one.audience in places}
    return tuple(sorted(sent & set(numbers_in(mine))))


def _is_for(house: House, entry: BundleEntry) -> bool:
    return entry.audience == (house.office or CENTRE)


def _places(house: House, entry: BundleEntry) -> tuple[str, ...]:
    """Give as which audience the sender of a bundle is written to from here."""
    if house.role == "centre" and not entry.office:
        return (entry.device,)
    return (entry.office or CENTRE,)


def words_on_deliveries(
    house: House,
    audience: str,
    acknowledgements: Iterable[Acknowledgement],
    again: Collection[int],
) -> dict[str, object]:
    """Give what the next bundle's manifest says of deliveries, where there is anything to say."""
    office = "" if audience == CENTRE else audience
    asked = {
        gap.device: list(gap.numbers[:MOST])
        for gap in gaps(house)
        if gap.device == audience or (gap.office == office and (house.office or gap.office))
    }
    came = {entry.manifest: entry.received_at for entry in house.workspace.bundles()}
    told = {one.manifest: came[one.manifest] for one in acknowledgements if one.manifest in came}
    words: dict[str, object] = {GAPS: asked, AGAIN: sorted(again)[:MOST], RECEIVED: told}
    return {key: value for key, value in words.items() if value}


def said(entry: BundleEntry) -> Mapping[str, object]:
    """Give the further words of a received manifest; what is no object says nothing."""
    found = json.loads(entry.extra)
    return found if isinstance(found, dict) else {}


def numbers_in(value: object) -> list[int]:
    """Give the numbers of a list that came from elsewhere; whatever else is in it is left out."""
    listed = value if isinstance(value, list) else []
    return [one for one in listed if type(one) is int and 0 < one < 2**53][:MOST]
