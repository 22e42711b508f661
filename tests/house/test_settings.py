"""Everything of a portable copy stays in its folder, and the log stays off the console."""

import logging
from pathlib import Path

import pytest

from quipu import settings


def test_a_portable_copy_keeps_everything_together(quipu_home: Path) -> None:
    assert settings.home() == quipu_home
    folders = (settings.data_dir(), settings.keys_dir(), settings.logs_dir())
    assert folders == (quipu_home / "data", quipu_home / "keys", quipu_home / "logs")


def test_an_ordinary_machine_has_its_own_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIPU_HOME")
    assert settings.home() is None
    assert settings.keys_dir() == settings.data_dir() / "keys"
    assert settings.logs_dir().is_absolute()


def test_resources_lie_beside_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (settings.fonts_dir() / "LiberationSans-Regular.ttf").is_file()
    assert settings.forms_dir().name == "forms"
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert settings.resources_dir() == tmp_path / "resources"


@pytest.mark.parametrize(
    ("asked", "machine", "expected"),
    [("en", "es_PE.UTF-8", "en"), ("", "es_PE.UTF-8", "es_PE.UTF-8"), ("", "C.UTF-8", "es")],
)
def test_the_language_is_asked_or_the_machines_or_spanish(
    monkeypatch: pytest.MonkeyPatch, asked: str, machine: str, expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUIPU_LANG", asked)
    monkeypatch.setenv("LANG", machine)
    assert settings.language() == expected


def test_without_a_place_for_the_log_there_is_none(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "busy").write_text("a file", encoding="utf-8")
    try:
        settings.start_log(tmp_path / "busy" / "logs")
        logging.getLogger("quipu.store").warning("nobody hears")
    finally:
        settings.stop_log()
    assert capfd.readouterr() == ("", "")


def test_the_log_goes_to_its_file_only(quipu_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = settings.start_log()
    try:
        settings.start_log()  # a second start replaces the first
        logging.getLogger("quipu.store").warning("abierto ñ")
    finally:
        settings.stop_log()
    assert path == quipu_home / "logs" / "quipu.log"
    assert path.read_text(encoding="utf-8").count("abierto ñ") == 1
    assert capfd.readouterr() == ("", "")
