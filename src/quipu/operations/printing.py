"""The official format on the screen, on paper and as a workbook to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quipu.forms.document import Document
from quipu.operations.house import House
from quipu.operations.running import CancelCheck, Progress


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that was written: pages of a PDF, or sheets of a workbook, and rows of the plan."""

    file: Path
    pages: int | None
    sheets: int | None
    rows: int


def document(
    house: House,
    *,
    form: str,
    unit: str = "",
    period: str = "",
    as_published: bool = False,
    plan: str = "",
) -> Document:
    """Draw a form or an institution's whole document: the plan, or with a period its progress."""
    raise NotImplementedError


def print_document(
    house: House,
    *,
    form: str,
    unit: str = "",
    period: str = "",
    as_published: bool = False,
    file: Path,
    plan: str = "",
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Printed:
    """Draw and write a PDF or a workbook, by the ending of the file's name.

    A workbook of a period is one to fill in: stamped, and read back by `filled`. Raises
    `InputError("output-unknown", file)` for another ending.
    """
    raise NotImplementedError
