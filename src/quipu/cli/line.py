"""The command line from end to end: find the command, run it, say its answer or what is wrong."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from quipu import __version__
from quipu.cli import guide
from quipu.cli.call import DONE, NOT_DONE, Answer, Call, Show
from quipu.cli.catalogue import BY_NAME
from quipu.cli.sentences import error_sentence
from quipu.cli.syntax import Command, parse
from quipu.domain.errors import InputError, QuipuError
from quipu.settings import LANGUAGE_VARIABLE, language, start_log, stop_log
from quipu.words import LANGUAGES, Words

_BEFORE = ("--lang", "--as")
"""Options with a value that may stand before the command's name."""


def main(argv: Sequence[str], *, show: Show) -> int:
    """Run a command line and give its exit status; what goes wrong is one sentence on stderr.

    `show` is the way to the window, which this room does not know.
    """
    _write_utf8()
    tokens = list(argv)
    words, as_json = Words.load(_asked_language(tokens)), "--json" in tokens
    log = start_log()
    try:
        return _say(run(tokens, words, show=show), as_json=as_json)
    except QuipuError as error:
        return _refuse(words, error, as_json=as_json)
    except KeyboardInterrupt:
        return _refuse(words, QuipuError("interrupted"), as_json=as_json)
    except BrokenPipeError:
        # Whoever reads our output has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        import logging

        logging.getLogger("quipu.cli").exception("a command failed")
        reason = str(error) or type(error).__name__
        return _refuse(words, QuipuError("unexpected", reason=reason, log=log), as_json=as_json)
    finally:
        stop_log()


def refuse(error: QuipuError) -> int:
    """Say why the program cannot start, in the language of this machine."""
    _write_utf8()
    return _refuse(Words.load(language()), error, as_json=False)


def run(argv: Sequence[str], words: Words, *, show: Show | None = None) -> Answer:
    """Run a command line and give its answer; raises `QuipuError` when nothing was done."""
    tokens = list(argv)
    command = _take_command(tokens)
    if command is None or any(token in ("--help", "-h") for token in tokens):
        if command is None and "--version" in tokens:
            return Answer({"version": __version__}, [f"quipu {__version__}"])
        page = list(guide.overview(words) if command is None else guide.page(words, command))
        return Answer({"help": "\n".join(page)}, page)
    given = parse(command, tokens)
    return command.run(Call(given, words) if show is None else Call(given, words, show))


def _take_command(tokens: list[str]) -> Command | None:
    """Take the command's name out of the tokens; `None` where only help can be given."""
    place = 0
    while place < len(tokens) and tokens[place].startswith("-"):
        place += 2 if tokens[place] in _BEFORE else 1
    if place >= len(tokens):
        asked = {"--help", "-h", "--version"} & set(tokens)
        if not asked:
            raise InputError("usage-command-missing")
        return None
    name = tokens.pop(place)
    if place < len(tokens) and f"{name} {tokens[place]}" in BY_NAME:
        name = f"{name} {tokens.pop(place)}"
    if name in BY_NAME:
        return BY_NAME[name]
    if name == "help":
        tokens.append("--help")
        return _take_command(tokens)
    raise _unknown(name)


def _unknown(name: str) -> InputError:
    import difflib

    near = difflib.get_close_matches(name, BY_NAME, n=1)
    if near:
        return InputError("usage-command-near", command=name, near=near[0])
    return InputError("usage-command-unknown", command=name)


def _asked_language(tokens: Sequence[str]) -> str:
    for place, token in enumerate(tokens):
        asked = tokens[place + 1] if token == "--lang" and place + 1 < len(tokens) else ""
        asked = token.removeprefix("--lang=") if token.startswith("--lang=") else asked
        if asked in LANGUAGES:
            return asked
    return os.environ.get(LANGUAGE_VARIABLE, "").strip() or LANGUAGES[0]


def _say(answer: Answer, *, as_json: bool) -> int:
    pieces = _json_pieces(answer) if as_json else (f"{line}\n" for line in answer.lines)
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()
    if answer.then is not None:
        answer.then()
    return answer.status


def _json_pieces(answer: Answer) -> Iterator[str]:
    opening = "{"
    for name, value in answer.data.items():
        yield f"{opening}{_json(name)}: "
        opening = ", "
        if isinstance(value, Iterator):
            yield from _json_list(value)
        else:
            yield _json(value)
    yield "}\n" if answer.data else "{}\n"


def _json_list(entries: Iterable[object]) -> Iterator[str]:
    opening = "["
    for entry in entries:
        yield f"{opening}\n{_json(entry)}"
        opening = ","
    yield "[]" if opening == "[" else "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refuse(words: Words, error: QuipuError, *, as_json: bool) -> int:
    sentence = error_sentence(words, error)
    print(f"quipu: {sentence}", file=sys.stderr)
    if as_json:
        params = {name: _plain(value) for name, value in error.params.items()}
        print(_json({"error": error.code, "message": sentence, **params}))
    return NOT_DONE


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return str(value)


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
