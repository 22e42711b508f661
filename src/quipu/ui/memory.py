"""What the window remembers of a person on this machine: language, name, recent workspaces."""

import getpass
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from quipu import settings
from quipu.words import known_language

_FILE = "window.json"
_RECENT = 8


@dataclass(frozen=True, slots=True)
class Memory:
    """A person's choices; `recent` are folders, newest first. `geometry` is Qt's, in hex."""

    language: str = ""
    author: str = ""
    recent: tuple[str, ...] = ()
    geometry: str = ""

    @property
    def words_language(self) -> str:
        """The language chosen here, else the machine's."""
        return known_language(self.language or settings.language())

    @property
    def name(self) -> str:
        """The name that revisions carry: the one given, else the machine's account."""
        return self.author or _account()

    def opened(self, folder: Path) -> "Memory":
        """Give a memory in which this folder is the most recent."""
        path = str(folder.absolute())
        return replace(self, recent=(path, *(old for old in self.recent if old != path))[:_RECENT])


def recall() -> Memory:
    """Read the memory; a missing or broken file is an empty one, for nothing in it is data."""
    try:
        kept = json.loads((settings.data_dir() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Memory()
    return _memory(kept) if isinstance(kept, dict) else Memory()


def _memory(kept: Mapping[str, object]) -> Memory:
    def text(name: str) -> str:
        value = kept.get(name)
        return value if isinstance(value, str) else ""

    recent = kept.get("recent")
    folders = tuple(str(folder) for folder in recent) if isinstance(recent, list) else ()
    return Memory(text("language"), text("author"), folders, text("geometry"))


def keep(memory: Memory) -> None:
    """Write the memory beside the old one and put it in its place."""
    file = settings.data_dir() / _FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(asdict(memory), ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(file)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # A machine without accounts or names for them.
        return os.environ.get("COMPUTERNAME", "?")
