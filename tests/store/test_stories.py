"""The SQL merge says what the reference says, whatever arrives, how often and in which order."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from quipu.domain import merge
from quipu.domain.facts import Facts
from quipu.domain.revision import Revision, RevisionName
from quipu.store.workspace import Workspace, create, open_workspace
from tests.store.stories import ADDRESSES, Story, parcel, side, stories
from tests.store.support import Clock, Randomness, info


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "ws"
    create(folder, info("pc-capital"))
    return folder


@contextmanager
def fresh(template: Path) -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(template, Path(place) / "ws")
        with open_workspace(Path(place) / "ws", write=True) as ws:
            yield ws


def take(ws: Workspace, revisions: Sequence[Revision], seq: int) -> int:
    with ws.transaction("", clock=Clock(), randomness=Randomness("x")) as writer:
        result = writer.merge(
            parcel(revisions, seq),
            manifest=f"{seq:064x}",
            file_name=f"{seq}.quipu",
            received_at="2024-07-03T08:00:00Z",
        )
    assert result.new + result.known == len(revisions)
    return result.new


@cache
def side_of(session: str) -> merge.Side:
    return side(session)


def check(ws: Workspace, known: dict[RevisionName, Revision]) -> None:
    disputed = []
    for address in ADDRESSES:
        expected = merge.read(
            address, [one for one in known.values() if one.address == address], side_of
        )
        found = ws.reading(address)
        assert {head.name for head in found.heads} == {head.name for head in expected.heads}
        assert (found.value, found.disputed) == (expected.value, expected.disputed)
        assert ws.facts().value(*address[:2], *address[2:]) == expected.value
        if expected.disputed:
            disputed.append(address)
    assert sorted(disputed) == [address for address, _ in ws.disputes()]
    assert ws.verify() == ()


def play(ws: Workspace, story: Story, deliveries: Sequence[Sequence[int]]) -> Facts:
    known: dict[RevisionName, Revision] = {}
    for seq, places in enumerate(deliveries, start=1):
        carried = {one.name: one for one in (story.revisions[place] for place in places)}
        new = take(ws, list(carried.values()), seq)
        assert new == len(carried.keys() - known.keys())
        known |= carried
        check(ws, known)
    return Facts(ws.all_facts())


@settings(max_examples=40)
@given(story=stories())
def test_any_order_says_what_the_reference_says(template: Path, story: Story) -> None:
    with fresh(template) as first, fresh(template) as second:
        one = play(first, story, story.deliveries)
        other = play(second, story, list(reversed(story.deliveries)))
        assert list(one) == list(other)
        assert first.rebuild() == 0


@settings(max_examples=15)
@given(story=stories())
def test_one_at_a_time_says_what_all_at_once_says(template: Path, story: Story) -> None:
    last = list(range(len(story.revisions)))
    with fresh(template) as first, fresh(template) as second:
        one = play(first, story, [last])
        other = play(second, story, [[place] for place in reversed(last)])
        assert list(one) == list(other)


@settings(max_examples=20)
@given(story=stories())
def test_a_settlement_replaces_all_heads(template: Path, story: Story) -> None:
    with fresh(template) as ws:
        take(ws, list(story.revisions), 1)
        heads = {address: ws.reading(address).heads for address in ADDRESSES}
        disputed = {address for address, _ in ws.disputes()}
        with ws.transaction("", clock=Clock(), randomness=Randomness("y")) as writer:
            singly = {address: writer.put(address, "resuelto") for address in ADDRESSES[:2]}
            writer.put_many([(ADDRESSES[2], "resuelto")])
            made = {one.address: one for one in writer.revisions}
        assert all(singly.values())
        assert disputed <= made.keys()
        for address in ADDRESSES:
            revision = made[address]
            assert set(revision.replaces) == {head.name for head in heads[address]}
            known = [entry.revision.depth for entry in ws.history(*address)]
            assert revision.depth == max(known)
            assert ws.reading(address).heads == (revision,)
        assert ws.disputes() == []
        assert ws.verify() == ()
