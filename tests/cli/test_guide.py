"""Help is complete in both languages, and mistakes of typing end with one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quipu.__main__ import _show as show
from quipu.__main__ import main
from quipu.cli import guide
from quipu.cli.catalogue import COMMANDS
from quipu.cli.syntax import Command
from quipu.words import LANGUAGES, Words
from tests.cli.typing_line import Line

QUIPU = Path(sys.executable).with_name("quipu")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_its_page(command: Command, lang: str, line: Line) -> None:
    said = line.say(*command.name.split(), "--help", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    assert f"quipu {command.name}" in said.out.splitlines()[0]
    for option in command.options:
        assert option.flag in said.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_lists_every_command(lang: str, line: Line) -> None:
    pages = [line.say(*words, "--lang", lang) for words in (["--help"], ["help"], ["-h"])]
    assert len({page.out for page in pages}) == 1
    assert all(f"  {command.name} " in pages[0].out for command in COMMANDS)


def test_usage_shows_places_and_what_must_be_given() -> None:
    usage = {command.name: guide.usage(Words.load("en"), command) for command in COMMANDS}
    assert usage["enrol"] == (
        "quipu enrol DIR [--office NAME] [--planner NAME] [--unit NAME…] --output FILE"
        " [--role office|relay|auditor] [--until DATE] [--no-code] [--with-root]"
    )
    assert usage["merge"] == "quipu merge DIR FILE… [--look]"
    assert usage["status"] == "quipu status DIR [--period PERIOD]"


def test_the_version_is_the_packages(line: Line) -> None:
    assert line.say("--version").out.startswith("quipu 0.")
    assert line.json("--version")["version"][0].isdigit()
    assert line.json("forms", "--help")["help"].startswith("Uso: quipu forms")


@pytest.mark.parametrize(
    ("words", "spanish", "english"),
    [
        (["--json"], "Falta la orden", "The command is missing"),
        (["raed"], "¿Quiso decir «read»?", "Did you mean “read”?"),
        (["zzzz"], "No hay una orden «zzzz»", "There is no command “zzzz”"),
        (["dump"], "A dump le falta CARPETA", "dump needs DIR"),
        (["dump", "d", "--some"], "no tiene la opción --some", "has no option --some"),
        (["dump", "d", "--unit"], "--unit de dump le falta el valor", "--unit of dump needs"),
        (["read", "f"], "A read le falta la opción --form", "read needs the option --form"),
        (["forms", "now"], "«now» sobra en forms", "“now” is too much for forms"),
    ],
)
def test_mistakes_of_typing_are_told_in_both_languages(
    words: list[str], spanish: str, english: str, line: Line
) -> None:
    for lang, sentence in (("es", spanish), ("en", english)):
        said = line.say("--lang", lang, *words)
        assert said.status == 2
        assert sentence in said.err
        assert said.err.count("\n") == 1


def test_a_mistake_is_one_object_too(line: Line) -> None:
    data = line.json("--lang=en", "raed", status=2)
    assert data["error"] == "usage-command-near"
    assert data["near"] == "read"
    assert data["message"].startswith("There is no command “raed”")


def test_a_fault_of_ours_is_one_sentence_with_the_log(
    line: Line, monkeypatch: pytest.MonkeyPatch, quipu_home: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("se rompió")

    monkeypatch.setattr("quipu.operations.reading.available_forms", broken)
    sentence = line.refused("forms")
    log = quipu_home / "logs" / "quipu.log"
    assert "se rompió" in sentence
    assert str(log) in sentence
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_an_interruption_is_no_traceback(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quipu.operations.reading.available_forms", interrupted)
    assert line.refused("forms") == "Interrumpido; no se cambió nada."


def test_the_program_itself_answers(quipu_home: Path) -> None:
    named = subprocess.run([QUIPU, "forms", "--json"], capture_output=True, check=False)
    module = [sys.executable, "-m", "quipu", "--json", "forms"]
    by_module = subprocess.run(module, capture_output=True, check=False)
    assert (named.returncode, named.stderr) == (0, b"")
    assert named.stdout == by_module.stdout
    assert "Dirección de Integración" in named.stdout.decode("utf-8")


def test_output_is_utf8_whatever_the_machine_says(quipu_home: Path) -> None:
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "QUIPU_LANG": "es"}
    run = subprocess.run([QUIPU, "raed"], capture_output=True, env=plain, check=False)
    assert run.returncode == 2
    assert "«read»" in run.stderr.decode("utf-8")


def test_commands_are_spanish_unless_asked_otherwise(quipu_home: Path) -> None:
    english = {**os.environ, "LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8"}
    english.pop("QUIPU_LANG", None)
    for option, said in (([], "¿Quiso decir"), (["--lang", "en"], "Did you mean")):
        run = subprocess.run(
            [QUIPU, "raed", *option], capture_output=True, env=english, check=False
        )
        assert said in run.stderr.decode("utf-8")


def test_who_stops_reading_ends_the_program_quietly(quipu_home: Path) -> None:
    run = subprocess.run(
        f"'{QUIPU}' forms --json | true",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert run.stderr == b""


def test_a_window_needs_a_screen(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([]) == 2
    assert "quipu --help" in capfd.readouterr().err


def test_where_there_is_a_screen_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr("quipu.ui.app.main", lambda argv: opened.append(argv) or 0)
    monkeypatch.setattr("quipu.ui.app.open_window", lambda folder: opened.append(folder) or 0)
    assert main([]) == 0
    assert show(Path("sede"), Path("pantallas")) == ()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr("quipu.ui.app.take_pages", lambda *places: [places[1] / "1.png"])
    assert show(Path("sede"), Path("pantallas")) == [Path("pantallas/1.png")]
    assert opened == [[], Path("sede")]
