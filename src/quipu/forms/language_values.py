"""Whether the values of a form file are what their keys ask for."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from string import Formatter

from quipu.domain import fields
from quipu.forms.checks import CHECKS
from quipu.forms.language_keys import COMPUTED, SEVERITIES, Key
from quipu.forms.language_lines import KeyPath

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake at a key, before its line is known: a code, and what fills its sentence."""

    path: KeyPath
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def table_faults(table: Table, keys: tuple[Key, ...], path: KeyPath) -> Iterator[Fault]:
    """Give every mistake of a table: unknown and missing keys, and values of the wrong kind."""
    known = {key.name: key for key in keys}
    for name, value in table.items():
        if name in known:
            yield from _value_faults(value, known[name], (*path, name))
        else:
            yield Fault((*path, name), "unknown-key", _near(name, known))
    for key in keys:
        if key.required and key.name not in table:
            yield Fault((*path, key.name), "missing-key")


def _value_faults(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if key.type == "table":
        if isinstance(value, dict):
            yield from table_faults(value, key.keys, path)
        else:
            yield _wrong_type(path, "table")
    elif key.type == "tables":
        if not isinstance(value, list) or not value:
            yield _wrong_type(path, "tables")
            return
        for at, entry in enumerate(value):
            if isinstance(entry, dict):
                yield from table_faults(entry, key.keys, (*path, at))
            else:
                yield _wrong_type((*path, at), "table")
    else:
        yield from _JUDGES[key.type](value, key, path)


def _wrong_type(path: KeyPath, wanted: str) -> Fault:
    return Fault(path, "wrong-type", {"wanted": wanted})


def _near(word: str, known: "Mapping[str, object] | frozenset[str]") -> dict[str, object]:
    return {"word": word, "near": next(iter(get_close_matches(word, sorted(known), 1)), "")}


def _text(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield _wrong_type(path, "text")


def _texts(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not _is_texts(value):
        yield _wrong_type(path, "texts")
    elif key.places:
        for entry in _entries(value):
            yield from _place_faults(entry, key, path)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _entries(value: object) -> list[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _translated(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, dict) or not value:
        yield _wrong_type(path, "translated")
        return
    for language, text in value.items():
        if language not in ("es", "en"):
            yield Fault((*path, language), "unknown-key", _near(language, {"es": 1, "en": 1}))
        else:
            yield from _text(text, key, (*path, language))


def _yes_no(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield _wrong_type(path, "yes-no")


def _whole(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield _wrong_type(path, "whole")


def _number(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield _wrong_type(path, "number")
    elif not 0 < value < float("inf"):
        yield Fault(path, "not-positive")


def _choice(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield _wrong_type(path, "text")
    elif value not in key.choices:
        yield Fault(path, "not-a-choice", {"word": value, "choices": ", ".join(key.choices)})


def _pattern(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield _wrong_type(path, "text")
        return
    try:
        re.compile(value)
    except re.error as mistake:
        yield Fault(path, "bad-pattern", {"why": mistake.msg})


def _field(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield _wrong_type(path, "text")
    elif value not in fields.CATALOGUE:
        yield Fault(path, "unknown-field", _near(value, fields.CATALOGUE))


def _fields(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not _is_texts(value):
        yield _wrong_type(path, "texts")
    else:
        for entry in _entries(value):
            yield from _field(entry, key, path)


def _shows(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield _wrong_type(path, "text")
        return
    shown = [code for code, known in fields.CATALOGUE.items() if known.group == "progress"]
    if value not in COMPUTED and value not in shown:
        yield Fault(path, "unknown-field", _near(value, frozenset({*COMPUTED, *shown})))


def _years(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    match value:
        case [int(first), int(last)] if 1900 <= first <= last <= 2200:
            return
        case _:
            yield _wrong_type(path, "years")


def _title_pattern(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if isinstance(value, str) and value.strip():
        yield from _place_faults(value, key, path)
    else:
        yield _wrong_type(path, "text")


def _place_faults(text: str, key: Key, path: KeyPath) -> Iterator[Fault]:
    try:
        places = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield Fault(path, "bad-pattern", {"why": text})
        return
    for name in places:
        if name not in key.places:
            yield Fault(path, "unknown-place", _near(name, key.places))
    if text.count("[") != text.count("]"):
        yield Fault(path, "bad-pattern", {"why": text})


def _checks(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield _wrong_type(path, "checks")
        return
    for name, use in value.items():
        where = (*path, name)
        if name not in CHECKS:
            yield Fault(where, "unknown-check", _near(name, CHECKS))
        elif isinstance(use, dict):
            yield from _severity_faults(use.get("severity", True), (*where, "severity"))
            known = CHECKS[name].params | {"severity"}
            for unknown in sorted(use.keys() - known):
                yield Fault((*where, unknown), "unknown-key", _near(unknown, known))
        else:
            yield from _severity_faults(use, where)


def _severity_faults(value: object, path: KeyPath) -> Iterator[Fault]:
    if value is not True and value not in SEVERITIES:
        word = value if isinstance(value, str) else str(value).lower()
        yield Fault(path, "not-a-choice", {"word": word, "choices": ", ".join(SEVERITIES)})


def _spellings(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield _wrong_type(path, "spellings")
        return
    seen: dict[str, str] = {}
    for name, variants in value.items():
        if not _is_texts(variants):
            yield _wrong_type((*path, name), "texts")
            continue
        for spelling in {name.lower(), *(entry.lower() for entry in _entries(variants))}:
            other = seen.setdefault(spelling, name)
            if other != name:
                params = {"word": spelling, "other": other}
                yield Fault((*path, name), "repeated-spelling", params)


def _states(value: object, key: Key, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(value, dict) or not value:
        yield _wrong_type(path, "states")
        return
    for words, states in value.items():
        if not _is_texts(states) or not _entries(states):
            yield _wrong_type((*path, words), "texts")


_JUDGES: dict[str, Callable[[object, Key, KeyPath], Iterator[Fault]]] = {
    "text": _text,
    "texts": _texts,
    "translated": _translated,
    "yes-no": _yes_no,
    "whole": _whole,
    "number": _number,
    "choice": _choice,
    "pattern": _pattern,
    "field": _field,
    "fields": _fields,
    "shows": _shows,
    "years": _years,
    "title-pattern": _title_pattern,
    "checks": _checks,
    "spellings": _spellings,
    "states": _states,
}
