"""What was achieved in a period against what was planned."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from quipu.operations.house import House

if TYPE_CHECKING:
    from quipu.domain.evaluation import Evaluation


def evaluate(
    house: House, *, period: str, plan: str = "", units: Collection[str] = ()
) -> Evaluation:
    """Evaluate the plan's rows in a period, of some units or of all."""
    raise NotImplementedError
