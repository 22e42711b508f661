"""Commands run as a person runs them, in this process."""

from __future__ import annotations

import pytest

from tests.cli.typing_line import Line


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)
