"""The commands of computers and keys, as entries of the catalogue."""

from __future__ import annotations

from quipu.cli import devices, keys
from quipu.cli.commands import command as _command
from quipu.cli.syntax import Option, Place

_DIR = Place("dir")
_OUTPUT = Option("output", "file", short="o", required=True)

DEVICES = (
    _command("devices", devices.devices, _DIR),
    _command("admit", devices.admit, _DIR, Option("device", "device", required=True)),
    _command(
        "revoke",
        devices.revoke,
        _DIR,
        Option("device", "device", required=True),
        Option("after", "number", kind="number", words="option.revoke-after"),
        Option("reason", "text", required=True, words="option.revoke-reason"),
    ),
)

KEYS = (
    _command("keys", keys.keys, _DIR),
    _command(
        "keys passphrase",
        keys.passphrase,
        _DIR,
        Option("from", "file", words="option.passphrase-from"),
        Option("remove", kind="flag", words="option.passphrase-remove"),
    ),
    _command(
        "keys words",
        keys.words,
        _DIR,
        Option("output", "file", short="o", words="option.words-output"),
    ),
    _command(
        "keys recover",
        keys.recover,
        _DIR,
        Option("words", "text", many=True),
        Option("from", "file", words="option.recover-from"),
        Option("bundles", "folder", words="option.recover-bundles"),
    ),
    _command("keys export", keys.export, _DIR, _OUTPUT),
    _command("keys import", keys.take, _DIR, Place("file")),
)
