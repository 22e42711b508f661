"""What several tests of bundles begin with."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.sync.world import BRANCH


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound bundle of the office."""
    file = tmp_path / "norte.quipu"
    BRANCH.write(file, BRANCH.parcel([BRANCH.revision(1, Decimal(5)), BRANCH.revision(2, "a")]))
    return file
