"""What a command is called with and what it answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.cli.syntax import Given
from quipu.domain.errors import InputError
from quipu.words import Words

if TYPE_CHECKING:
    from quipu.operations.house import House
    from quipu.operations.running import Progress

DONE = 0
"""The command did what was asked."""
FINDINGS = 1
"""Done, with findings, refusals or disputes."""
NOT_DONE = 2
"""Nothing was done."""


Show = Callable[[Path, Path], Sequence[Path]]
"""Shows a workspace in a window, or writes pictures of its pages to a folder and gives them."""


def _show_nothing(workspace: Path, pictures: Path) -> Sequence[Path]:
    return ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers: one JSON object, the same for people as lines, an exit status.

    A value of `data` that is an iterator is written as a list, one entry at a time. `then` is done
    after everything was said.
    """

    data: Mapping[str, object]
    lines: Iterable[str] = ()
    status: int = DONE
    then: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A command's call: what was typed, the words to answer with, and the way to the other face."""

    given: Given
    words: Words
    show: Show = _show_nothing

    @property
    def author(self) -> str:
        """Who acts: `--as`, else the name that the person has on this machine.

        Raises `InputError("author-missing")` where the machine knows none.
        """
        named = self.given.text("as").strip()
        if named:
            return named
        import getpass

        try:
            return getpass.getuser()
        except (OSError, ImportError, KeyError) as error:
            raise InputError("author-missing") from error

    @property
    def role(self) -> str:
        """As what the person acts (`--role`), `""` where none was said."""
        return self.given.text("role")

    @property
    def progress(self) -> Progress | None:
        """A counter on stderr while a person watches, else nothing."""
        return _show_progress if sys.stderr.isatty() else None

    @contextmanager
    def house(self, *, write: bool = False, role: str | None = None) -> Iterator[House]:
        """Open the workspace named by the place `dir`, and tell its notices on stderr.

        `role` is given by commands whose `--role` means something else than who acts. Raises
        `InputError("auditor-reads")` where an auditor would write.
        """
        from quipu.operations.workspaces import open_house

        if write and (self.role if role is None else role) == "auditor":
            raise InputError("auditor-reads")
        with open_house(folder=self.given.path("dir"), write=write) as house:
            for notice in house.notices:
                self.tell(self.words.text(f"notice.{notice.code}", **notice.params))
            yield house

    def watch(self, sentence: str) -> None:
        """Tell how far a long command is, while a person watches."""
        if sys.stderr.isatty():
            self.tell(sentence)

    def tell(self, sentence: str) -> None:
        """Say something on stderr that is no part of the answer."""
        print(f"quipu: {sentence}", file=sys.stderr)


def _show_progress(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    print(f"\r{done}/{total}", end=end, file=sys.stderr, flush=True)
