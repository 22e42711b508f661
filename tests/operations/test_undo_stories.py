"""Random stories of writing, undoing and redoing, against a model of a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.revision import RevisionName
from quipu.operations.entering import CellText, change_cells
from quipu.operations.finding import find_unit
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.undoing import can_undo, undo
from quipu.operations.workspaces import new_centre, open_house
from tests.operations.plans import NORTH, NORTH_ROWS, load, row_of, table

WRITES = st.dictionaries(st.integers(0, 3), st.sampled_from(["", "1", "2"]), min_size=1)
STORY = st.lists(st.one_of(WRITES, st.integers(0, 7)), max_size=12)


@dataclass
class Model:
    """What each cell says, and which gesture wrote it last; what each gesture found and left."""

    values: dict[int, str] = field(default_factory=dict)
    writer: dict[int, int] = field(default_factory=dict)
    gestures: list[tuple[RevisionName, dict[int, str]]] = field(default_factory=list)

    def wrote(self, outcome: Outcome, texts: dict[int, str]) -> None:
        before = {
            cell: self.values.get(cell, "")
            for cell, text in texts.items()
            if self.values.get(cell, "") != text
        }
        assert outcome.changed == len(before)
        self.values.update(texts)
        if outcome.gesture is not None:
            self.gestures.append((outcome.gesture, before))
            self.writer.update(dict.fromkeys(before, len(self.gestures) - 1))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("stories") / "centre"
    new_centre(folder=folder, institution="Instituto de Caminos", author="Ana")
    with open_house(folder=folder, write=True) as centre:
        load(centre, table(NORTH, NORTH_ROWS))
        yield centre


@settings(max_examples=40)
@given(story=STORY, month=st.integers(1, 12))
def test_undo_takes_back_what_nobody_wrote_over(
    house: House, story: list[dict[int, str] | int], month: int
) -> None:
    unit = find_unit(house.facts(), NORTH)
    period = f"2024-{month:02}"
    rows = [row_of(house, NORTH, row.code) for row in NORTH_ROWS]
    cells = [Address(row, "executed", period, unit) for row in rows]
    change_cells(house, cells=[CellText(cell, "") for cell in cells], author="Ana")
    model = Model()
    for turn in story:
        if isinstance(turn, dict):
            texts = [CellText(cells[cell], text) for cell, text in turn.items()]
            model.wrote(change_cells(house, cells=texts, author="Ana"), turn)
        elif turn < len(model.gestures):
            take_back(house, model, turn)
        facts = house.facts()
        for cell, address in enumerate(cells):
            said = model.values.get(cell, "")
            assert facts.value(*address) == (Decimal(said) if said else None)


def take_back(house: House, model: Model, turn: int) -> None:
    gesture, before = model.gestures[turn]
    free = all(model.writer[cell] == turn for cell in before)
    assert can_undo(house, gesture=gesture) == free
    if free:
        model.wrote(undo(house, gesture=gesture, author="Ana"), before)
    else:
        with pytest.raises(InputError, match="undo-changed-since"):
            undo(house, gesture=gesture, author="Ana")
