"""A centre's workspace that is open for writing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.support import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "centre")
    yield made
    made.close()
