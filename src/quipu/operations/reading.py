"""Reading a document of somebody's: what the forms understand of it; nothing is stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quipu.forms.definition import Form
from quipu.operations.running import CancelCheck, Progress

if TYPE_CHECKING:
    from quipu.forms.reading import Reading


def available_forms(folder: Path | None = None) -> dict[str, Form]:
    """Give the forms by id: those that came with the program, and a workspace's own over them."""
    raise NotImplementedError


def read_plan(
    *,
    file: Path | None = None,
    text: str | None = None,
    name: str = "",
    form: str,
    year: int | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Reading:
    """Read a file, or a table pasted as text, through a form or an institution's forms.

    `name` is what a pasted text is called in places and messages; `folder` a workspace whose own
    forms count too. Raises `InputError` for a file that cannot be read and for unknown forms.
    """
    raise NotImplementedError
