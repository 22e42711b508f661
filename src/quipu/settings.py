"""Where things live on this machine, and where the log goes."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

APP = "quipu"
HOME_VARIABLE = "QUIPU_HOME"
LANGUAGE_VARIABLE = "QUIPU_LANG"
PASSPHRASE_VARIABLE = "QUIPU_PASSPHRASE"
KEYRING_VARIABLE = "QUIPU_KEYRING"

_LOG_BYTES = 1_000_000
_LOG_COPIES = 3
_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def home() -> Path | None:
    """The folder that holds everything of a portable copy, or None on an ordinary machine."""
    named = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(named).expanduser().absolute() if named else None


def data_dir() -> Path:
    """The folder of this person's own data: the list of workspaces, drafts, preferences."""
    portable = home()
    return portable / "data" if portable else platformdirs.user_data_path(APP, appauthor=False)


def keys_dir() -> Path:
    """The folder of this machine's keys, outside every workspace, so that a copy carries none."""
    portable = home()
    if portable:
        return portable / "keys"
    return platformdirs.user_data_path(APP, appauthor=False) / "keys"


def logs_dir() -> Path:
    """The folder of the log files."""
    portable = home()
    return portable / "logs" if portable else platformdirs.user_log_path(APP, appauthor=False)


def program_dir() -> Path:
    """The folder beside which `resources` and `forms` lie: the checkout, or the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def resources_dir() -> Path:
    """The folder of icons, fonts and catalogues of words."""
    return program_dir() / "resources"


def fonts_dir() -> Path:
    """The folder of the fonts that window and paper share."""
    return resources_dir() / "fonts"


def forms_dir() -> Path:
    """The folder of the official formats that came with the program."""
    return program_dir() / "forms"


def language() -> str:
    """The language that this person asked for, as the machine names it; Spanish if nobody asked."""
    for variable in (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        tag = os.environ.get(variable, "").strip()
        if tag and tag.split(".")[0] not in {"C", "POSIX"}:
            return tag
    return "es"


def passphrase() -> str | None:
    """The passphrase that opens this person's keys, as the variable gives it, or None."""
    return os.environ.get(PASSPHRASE_VARIABLE) or None


def keyring_wanted() -> bool:
    """Whether keys may rest in the system's keyring; those of a portable copy go with it."""
    return home() is None and os.environ.get(KEYRING_VARIABLE, "").strip().lower() != "off"


def start_log(folder: Path | None = None, *, level: int = logging.INFO) -> Path:
    """Send the program's log to a rotating file and nothing to the console; return the file.

    Where the file cannot be written there is no log, and everything else works.
    """
    target = (folder or logs_dir()) / f"{APP}.log"
    writer: logging.Handler = logging.NullHandler()
    if _may_write(target):
        writer = RotatingFileHandler(
            target, maxBytes=_LOG_BYTES, backupCount=_LOG_COPIES, encoding="utf-8", delay=True
        )
    writer.setFormatter(logging.Formatter(_LOG_FORMAT))
    logger = logging.getLogger(APP)
    stop_log()
    logger.addHandler(writer)
    logger.setLevel(level)
    # Without this, warnings would also reach the console by the root logger's last resort.
    logger.propagate = False
    return target


def _may_write(file: Path) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(file if file.exists() else file.parent, os.W_OK)


def stop_log() -> None:
    """Close the program's log files."""
    logger = logging.getLogger(APP)
    for writer in tuple(logger.handlers):
        logger.removeHandler(writer)
        writer.close()
