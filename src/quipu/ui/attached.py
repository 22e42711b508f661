"""Attached files opened from the window: a copy is looked at, and a program is never started."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from quipu.domain.value import Blob
from quipu.operations.evidence import save_copy
from quipu.ui.stage import Stage

_PAPERS = {".pdf", ".txt", ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".docx", ".doc", ".odt"}
_SLIDES = {".pptx", ".ppt", ".odp"}
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".mp3", ".mp4"}
_OPENED = frozenset(_PAPERS | _SLIDES | _PICTURES)
"""Endings of files that are looked at; a program that came as evidence is never started."""


def open_attached(stage: Stage, chosen: Blob) -> None:
    """Open a copy of an attached file with the program that this computer has for it."""
    name = plain_name(chosen)
    if Path(name).suffix.lower() not in _OPENED:
        stage.notice.say("warning", stage.words.text("ui.evidence.not-opened", file=name))
        return
    folder = Path(tempfile.mkdtemp(prefix="quipu-"))
    stage.desk.read(
        lambda house, _: save_copy(house, attached=chosen, file=folder / name),
        _look_at,
        failed=stage.complain,
    )


def plain_name(chosen: Blob) -> str:
    """Give a file's name without the folders that a stranger may have put before it."""
    name = chosen.name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign if sign.isprintable() and sign not in '<>:"|?*' else "-" for sign in name)
    return kept.strip(" .") or "archivo"


def _look_at(file: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
