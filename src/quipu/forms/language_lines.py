"""Where in a TOML file a key stands: the parser does not tell, so the text is scanned for it."""

import re

KeyPath = tuple[str | int, ...]
"""A key's way from the top: names, and places (from 0) in arrays of tables."""

_TABLE = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?")
_TABLES = re.compile(r"\s*\[\[([^\[\]]+)\]\]\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_.-]+|"[^"]*"|'[^']*')+)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_LONG_QUOTE = re.compile(r'"""|' + "'''")


def find_lines(text: str) -> dict[KeyPath, int]:
    """Give the line, from 1, of every table heading and key that stands at the start of a line."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    within_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        quotes = len(_LONG_QUOTE.findall(line))
        if within_text:
            within_text = quotes % 2 == 0
            continue
        heading = _TABLES.fullmatch(line)
        if heading is not None:
            name = _resolved(_parts(heading[1]), counts)
            counts[name] = counts.get(name, -1) + 1
            table = (*name, counts[name])
            lines.setdefault(name, number)
            lines[table] = number
            continue
        heading = _TABLE.fullmatch(line)
        if heading is not None:
            table = _resolved(_parts(heading[1]), counts)
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key is not None:
            lines.setdefault((*table, *_parts(key[1])), number)
        within_text = quotes % 2 == 1
    return lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """Give the line of a key, or of the nearest thing around it that has one."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


def key_text(path: KeyPath) -> str:
    """Write a key's way as a person would: `column[3].header`, counting from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def _parts(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _resolved(names: KeyPath, counts: dict[KeyPath, int]) -> KeyPath:
    """Put the newest place of each array of tables on the way into the path of a table in it."""
    path: KeyPath = ()
    for at, name in enumerate(names):
        path = (*path, name)
        if path in counts and at < len(names) - 1:
            path = (*path, counts[path])
    return path
