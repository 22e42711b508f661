"""How a command line is read: places, options, and what a person typed for them.

Options may stand anywhere, an option that takes several values takes them all at once or one by
one, and every mistake is an `InputError` whose sentence is in the catalogues, which the standard
library's parser has only in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.cli.call import Answer, Call

Kind = Literal["text", "number", "flag"]
Typed = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What is given by its place on the line; `many` takes all that is left, at least one."""

    name: str
    many: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """What is given by name: `--unit NAME`, also `-u NAME` with a `short` letter.

    `value` names the kind of value in help (`value.<value>`); `words` is the key of its help,
    `option.<name>` where it is `""`. `choices` are the only values allowed, where there are any.
    """

    name: str
    value: str = "text"
    short: str = ""
    kind: Kind = "text"
    required: bool = False
    many: bool = False
    words: str = ""
    choices: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return f"--{self.name}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name of one word or two, what it runs, its places and options."""

    name: str
    run: Callable[[Call], Answer]
    places: tuple[Place, ...] = ()
    options: tuple[Option, ...] = ()

    def option(self, typed: str) -> Option | None:
        """Give the option of this name (`--unit`) or letter (`-o`), `None` where there is none."""
        for option in self.options:
            if typed == option.flag or (option.short and typed == f"-{option.short}"):
                return option
        return None


@dataclass(frozen=True, slots=True)
class Given:
    """What a person typed, by the names of places and options; absent names were not typed."""

    values: Mapping[str, Typed] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether it was typed."""
        return name in self.values

    def maybe(self, name: str) -> str | None:
        """Give a text, `None` where it was not typed."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def text(self, name: str) -> str:
        """Give a text, `""` where it was not typed."""
        return self.maybe(name) or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give all values of what may be given several times."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def number(self, name: str) -> int | None:
        """Give a whole number, `None` where it was not typed."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool:
        """Tell whether a flag was typed."""
        return self.values.get(name) is True

    def path(self, name: str) -> Path:
        """Give a path that the command cannot do without."""
        return Path(self.text(name)).expanduser()

    def maybe_path(self, name: str) -> Path | None:
        """Give a path, `None` where it was not typed."""
        typed = self.maybe(name)
        return None if typed is None else Path(typed).expanduser()

    def paths(self, name: str) -> tuple[Path, ...]:
        """Give all paths of what may be given several times."""
        return tuple(Path(text).expanduser() for text in self.texts(name))


def parse(command: Command, tokens: Sequence[str]) -> Given:
    """Read what follows the command's name; raises `InputError` with a `usage-…` code."""
    reader = _Reader(command)
    reader.read(list(tokens))
    return Given(reader.finish())


class _Reader:
    """One pass over the tokens; `loose` are values that an option took and a place may need."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.values: dict[str, Typed] = {}
        self.places: list[str] = []
        self.loose: list[tuple[str, str]] = []

    def read(self, tokens: list[str]) -> None:
        while tokens:
            token = tokens.pop(0)
            if token == "--":
                self.places.extend(tokens)
                return
            if _looks_like_option(token):
                self._option(token, tokens)
            else:
                self.places.append(token)

    def _option(self, token: str, tokens: list[str]) -> None:
        name, _, value = token.partition("=") if token.startswith("--") else _letter(token)
        option = self.command.option(name)
        if option is None:
            raise self._error("usage-option-unknown", option=name)
        if option.kind == "flag":
            if value:
                raise self._error("usage-option-flag", option=option.flag)
            self.values[option.name] = True
            return
        if not value:
            if not tokens or self._is_known(tokens[0]):
                raise self._error("usage-option-value", option=option.flag)
            value = tokens.pop(0)
        self._put(option, value)
        while option.many and tokens and not _looks_like_option(tokens[0]):
            self.loose.append((option.name, tokens.pop(0)))

    def _put(self, option: Option, value: str) -> None:
        if option.many:
            self.values[option.name] = (*self._many(option.name), value)
        elif option.name in self.values:
            raise self._error("usage-option-twice", option=option.flag)
        elif option.choices and value not in option.choices:
            choices = ", ".join(option.choices)
            raise self._error("usage-choice", option=option.flag, value=value, choices=choices)
        elif option.kind == "number":
            if not (value.isascii() and value.isdecimal()):
                raise self._error("usage-number", option=option.flag, value=value)
            self.values[option.name] = int(value)
        else:
            self.values[option.name] = value

    def finish(self) -> dict[str, Typed]:
        """Give the values by name, once all tokens were read."""
        needed = sum(not place.optional for place in self.command.places)
        while self.loose and len(self.places) < needed:
            self.places.append(self.loose.pop()[1])
        for name, value in self.loose:
            self.values[name] = (*self._many(name), value)
        self._fill_places()
        for option in self.command.options:
            if option.required and option.name not in self.values:
                raise self._error("usage-option-missing", option=option.flag)
        return self.values

    def _fill_places(self) -> None:
        left = list(self.places)
        for place in self.command.places:
            if not left:
                if place.optional:
                    continue
                raise self._error("usage-place-missing", place=place.name)
            if place.many:
                self.values[place.name] = tuple(left)
                left = []
            else:
                self.values[place.name] = left.pop(0)
        if left:
            raise self._error("usage-too-much", word=left[0])

    def _many(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def _is_known(self, token: str) -> bool:
        name = token.partition("=")[0]
        return _looks_like_option(token) and self.command.option(name) is not None

    def _error(self, code: str, **params: object) -> InputError:
        return InputError(code, command=self.command.name, **params)


def _looks_like_option(token: str) -> bool:
    if token.startswith("--"):
        return " " not in token.partition("=")[0]
    return len(token) > 1 and token[0] == "-" and token[1].isalpha()


def _letter(token: str) -> tuple[str, str, str]:
    """Split `-oFILE` into its letter and its value."""
    return token[:2], "", token[2:].removeprefix("=")
