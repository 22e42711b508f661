"""Disputes: how they are settled, and opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.operations.disputes import disputes, settle
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.undoing import can_undo, redo, undo
from tests.operations.plans import (
    NORTH,
    SOUTH,
    say,
)


def disputed(office: House, centre: House, folder: Path) -> str:
    say(office, "5")
    say(centre, "6")
    export_bundle(office, file=folder / "d.quipu")
    merge_bundles(centre, files=[folder / "d.quipu"])
    [dispute] = disputes(centre)
    return dispute.id


def test_a_dispute_is_settled_by_a_third_value(
    office: House, centre: House, tmp_path: Path
) -> None:
    dispute = disputed(office, centre, tmp_path)
    assert disputes(centre, units=[SOUTH]) == []
    assert [one.id for one in disputes(centre, units=[NORTH])] == [dispute]
    outcome = settle(centre, dispute=dispute, value="1,000", note="acta 3", author="Ana")
    assert [change.after for change in outcome.changes] == [1000]
    assert disputes(centre) == []


def test_undoing_a_settlement_opens_the_dispute_again(
    office: House, centre: House, tmp_path: Path
) -> None:
    dispute = disputed(office, centre, tmp_path)
    [before] = disputes(centre)
    settled = settle(centre, dispute=dispute, value="7", author="Ana")
    assert settled.gesture is not None
    undone = undo(centre, gesture=settled.gesture, author="Ana")
    [again] = disputes(centre)
    assert (again.id, again.shown) == (before.id, before.shown)
    assert [head.value for head in again.heads] == [head.value for head in before.heads]
    assert [change.after for change in undone.changes] == [before.shown]
    assert len(undone.revisions) == 2
    assert centre.workspace.verify() == ()
    # The office sees the dispute too, whatever it has seen of the settlement.
    export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
    merge_bundles(office, files=[tmp_path / "down.quipu"])
    assert [one.shown for one in disputes(office)] == [before.shown]
    # Undoing the undo settles it as before, and then it can be undone once more.
    assert undone.gesture is not None
    redone = redo(centre, gesture=undone.gesture, author="Ana")
    assert disputes(centre) == []
    assert [change.after for change in redone.changes] == [7]
    assert redone.gesture is not None
    assert can_undo(centre, gesture=redone.gesture)
    with pytest.raises(InputError, match="undo-changed-since"):
        undo(centre, gesture=settled.gesture, author="Ana")


def test_a_dispute_is_blanked(office: House, centre: House, tmp_path: Path) -> None:
    dispute = disputed(office, centre, tmp_path)
    outcome = settle(centre, dispute=dispute, value="", author="Ana")
    assert [change.after for change in outcome.changes] == [None]
    assert disputes(centre) == []


def test_what_settles_nothing(office: House, centre: House, tmp_path: Path) -> None:
    dispute = disputed(office, centre, tmp_path)
    for given, code in (
        ({}, "settle-choice"),
        ({"head": "x", "value": "1"}, "settle-choice"),
        ({"head": "x"}, "head-unknown"),
        ({"value": "mucho"}, "malformed-number"),
    ):
        with pytest.raises(InputError) as caught:
            settle(centre, dispute=dispute, author="Ana", **given)
        assert caught.value.code == code
    with pytest.raises(InputError, match="dispute-unknown"):
        settle(centre, dispute="none", value="1", author="Ana")
    assert len(disputes(centre)) == 1
