"""Revisions that replace each other in a ring, which only a forger signs: the order has no say."""

from itertools import permutations
from pathlib import Path

import pytest

from quipu.domain import merge
from quipu.domain.revision import Revision, RevisionName
from quipu.store.workspace import create, open_workspace
from tests.store.stories import ADDRESSES, DEVICES, Replica, parcel, side
from tests.store.support import Clock, Randomness, info

HERE = ADDRESSES[0]
WRITERS = [Replica(device).session().id for device in DEVICES]


def one(place: int, *replaced: int, depth: int = 1) -> Revision:
    """The only revision of a writer, in the place of those of others."""
    names = [RevisionName(session, 1) for session in WRITERS]
    others = tuple(names[other] for other in replaced)
    return Revision(names[place], HERE, str(place), others, depth, "2024-07-01T08:00:00Z", "x")


RINGS = {
    "two": [one(0, 1), one(1, 0)],
    "three": [one(0, 1), one(1, 2), one(2, 0)],
    "three, ever deeper": [one(0, 2), one(1, 0, depth=2), one(2, 1, depth=3)],
    "two and one apart": [one(0, 1), one(1, 0), one(2)],
    "two and one that replaces": [one(0, 1), one(1, 0), one(2, 0, depth=2)],
    "two and one replaced by both": [one(0, 1, 2), one(1, 0, 2), one(2)],
}


@pytest.mark.parametrize("ring", RINGS.values(), ids=RINGS)
@pytest.mark.parametrize("together", [1, 2, 3])
def test_a_ring_reads_the_same_in_any_order(
    ring: list[Revision], together: int, tmp_path: Path
) -> None:
    expected = merge.read(HERE, ring, side)
    for turn, order in enumerate(permutations(ring)):
        create(tmp_path / str(turn), info("pc-capital"))
        with open_workspace(tmp_path / str(turn), write=True) as ws:
            for seq, start in enumerate(range(0, len(order), together), start=1):
                with ws.transaction("", clock=Clock(), randomness=Randomness("x")) as writer:
                    writer.merge(
                        parcel(order[start : start + together], seq),
                        manifest=f"{seq:064x}",
                        file_name="f",
                        received_at="2024-07-03T08:00:00Z",
                    )
            found = ws.reading(HERE)
            assert {head.name for head in found.heads} == {head.name for head in expected.heads}
            assert ws.facts().value(*HERE) == expected.value
            assert ws.verify() == ()
