"""The help pages: what there is, and how one command is typed."""

from __future__ import annotations

from collections.abc import Iterator

from quipu.cli.catalogue import COMMANDS, COMMON
from quipu.cli.syntax import Command, Option, Place
from quipu.words import Words

_LEFT = 26


def overview(words: Words) -> Iterator[str]:
    """Give the page of all commands."""
    yield words.text("guide.usage", line=f"quipu [{words.text('guide.command')}]")
    yield ""
    yield words.text("guide.what")
    yield ""
    yield words.text("guide.commands")
    for command in COMMANDS:
        yield _entry(command.name, words.text(_command_key(command)))
    yield ""
    yield words.text("guide.more")


def page(words: Words, command: Command) -> Iterator[str]:
    """Give the page of one command."""
    yield words.text("guide.usage", line=usage(words, command))
    yield ""
    yield words.text(_command_key(command))
    yield ""
    for place in command.places:
        name = words.text(f"place.{place.name}")
        yield _entry(name, words.text(f"place-help.{place.name}"))
    for option in command.options:
        yield _entry(_typed(words, option), words.text(option.words or f"option.{option.name}"))


def usage(words: Words, command: Command) -> str:
    """Give how a command is typed, in one line; the options that all commands take left out."""
    parts = ["quipu", command.name, *(_place(words, place) for place in command.places)]
    for option in command.options:
        if option in COMMON:
            continue
        said = _typed(words, option).removeprefix(f"-{option.short}, ")
        if option.many:
            said += "…"
        parts.append(said if option.required else f"[{said}]")
    return " ".join(parts)


def _place(words: Words, place: Place) -> str:
    name = words.text(f"place.{place.name}") + ("…" if place.many else "")
    return f"[{name}]" if place.optional else name


def _typed(words: Words, option: Option) -> str:
    short = f"-{option.short}, " if option.short else ""
    if option.kind == "flag":
        return short + option.flag
    value = "|".join(option.choices) or words.text(f"value.{option.value}")
    return f"{short}{option.flag} {value}"


def _command_key(command: Command) -> str:
    return f"command.{command.name.replace(' ', '-')}"


def _entry(left: str, right: str) -> str:
    return f"  {left:<{_LEFT}}  {right}"
