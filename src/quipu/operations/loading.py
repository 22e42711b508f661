"""Loading a document as the plan: the first time everything, again only what changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.domain.problem import Problem
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.running import CancelCheck, Progress

if TYPE_CHECKING:
    from quipu.forms.reading import Reading


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a document did.

    `stored` counts the facts that were written and `already` those that were there before.
    `vanished` are the items of rows that the document no longer has; nothing deletes them.
    `problems` are the reading's and those of loading (`join-ambiguous`, `working-kept`,
    `row-vanished`).
    """

    reading: Reading
    plan: str
    stored: int
    already: int
    vanished: tuple[str, ...]
    problems: tuple[Problem, ...]
    outcome: Outcome


def load_plan(
    house: House,
    *,
    file: Path | None = None,
    text: str | None = None,
    name: str = "",
    form: str,
    year: int | None = None,
    author: str,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Loaded:
    """Read a document and store it as the plan of its year, at the centre.

    Published texts and working values are kept side by side. Loading the same file again stores
    nothing; an edited one stores what changed, and never over what a person decided.
    """
    raise NotImplementedError
