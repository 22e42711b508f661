"""Types a command line and reads its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from quipu.__main__ import main


@dataclass(frozen=True)
class Said:
    """What a command said: exit status, stdout, stderr."""

    status: int
    out: str
    err: str


class Line:
    """A command line whose output is captured."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured

    def say(self, *words: object) -> Said:
        """Run a command, and give all that it said."""
        self._captured.readouterr()
        status = main([str(word) for word in words])
        out, err = self._captured.readouterr()
        return Said(status, out, err)

    def json(self, *words: object, status: int = 0) -> dict:
        """Run a command with `--json`, and give its one object."""
        said = self.say(*words, "--json")
        assert said.status == status, said
        assert said.out.endswith("}\n")
        data = json.loads(said.out)
        assert isinstance(data, dict)
        return data

    def refused(self, *words: object) -> str:
        """Run a command that does nothing, and give its one sentence."""
        said = self.say(*words)
        assert (said.status, said.out) == (2, ""), said
        assert said.err.startswith("quipu: ")
        assert said.err.count("\n") == 1, said.err
        return said.err.removeprefix("quipu: ").rstrip("\n")
