"""Whether the parts of a form fit each other, once each is sound by itself."""

import re
from collections.abc import Iterator
from typing import Any

from quipu.domain.fields import CATALOGUE
from quipu.forms.language_lines import KeyPath
from quipu.forms.language_values import Fault, Table

_PER_YEAR = {"month": 12, "quarter": 4, "semester": 2}


def whole_faults(content: Table) -> Iterator[Fault]:
    """Give the mistakes that show only when levels, columns, headings and report are compared."""
    known: dict[str, Any] = dict(content)
    yield from _level_faults(known["level"])
    yield from _cascade_faults(known)
    yield from _context_faults(known)
    yield from _column_faults(known)
    yield from _unit_faults(known)
    heading = known.get("heading", {})
    yield from state_faults(heading, heading.get("lines", []))
    yield from _report_faults(known)


def _level_faults(levels: list[dict[str, Any]]) -> Iterator[Fault]:
    kinds: set[str] = set()
    for at, level in enumerate(levels):
        if level["kind"] in kinds:
            yield Fault(("level", at, "kind"), "repeated-level", {"word": level["kind"]})
        kinds.add(level["kind"])
        if level.get("split") and not level.get("code"):
            yield Fault(("level", at, "split"), "split-without-code", {"word": level["kind"]})
        under = level.get("under", "")
        if under and under not in {other["kind"] for other in levels[:at]}:
            yield Fault(("level", at, "under"), "unknown-level", {"word": under})


def _cascade_faults(form: dict[str, Any]) -> Iterator[Fault]:
    """Find a cascade that has no coded level with a column of its own over its list."""
    if not form.get("cascade"):
        return
    columns = {column.get("level", "") for column in form["column"] if column["field"] == "text"}
    coded = [level for level in form["level"] if level.get("split") and level["kind"] in columns]
    if not form["level"][-1].get("list") or not coded:
        yield Fault(("cascade",), "cascade-incomplete")


def _context_faults(form: dict[str, Any]) -> Iterator[Fault]:
    """Find contexts of no outer level, and patterns whose places are not at the end, in order."""
    outer = {level["kind"] for level in form["level"][:-1]}
    for at, context in enumerate(form.get("context", ())):
        if context["level"] not in outer:
            yield Fault(("context", at, "level"), "unknown-level", {"word": context["level"]})
        if "field" in context:
            yield from _detail_faults(context, ("context", at))
        elif re.search(r"^[^{}]*(\{code\}[^{}\w]*)?\{text\}$", context["pattern"]) is None:
            yield Fault(("context", at, "pattern"), "bad-pattern", {"why": context["pattern"]})


def _detail_faults(detail: dict[str, Any], path: KeyPath) -> Iterator[Fault]:
    """Find labels whose value would be said twice, or nowhere."""
    values = detail["pattern"].count("{value}")
    if values != (0 if detail.get("below") else 1) or "{text}" in detail["pattern"]:
        yield Fault((*path, "pattern"), "bad-pattern", {"why": detail["pattern"]})


def _column_faults(form: dict[str, Any]) -> Iterator[Fault]:
    kinds = [level["kind"] for level in form["level"]]
    seen: set[tuple[str, str]] = set()
    for at, column in enumerate(form["column"]):
        path: KeyPath = ("column", at)
        level = column.get("level", "")
        if level and level not in kinds:
            yield Fault((*path, "level"), "unknown-level", {"word": level})
        key = (column["field"], level or kinds[-1])
        if key in seen:
            yield Fault((*path, "field"), "repeated-column", {"word": column["field"]})
        seen.add(key)
        yield from _period_faults(column, path, form)
    if ("text", kinds[-1]) not in seen:
        yield Fault(("column",), "text-column-missing", {"word": kinds[-1]})


def _period_faults(column: dict[str, Any], path: KeyPath, form: dict[str, Any]) -> Iterator[Fault]:
    periods, header = column.get("periods"), column.get("header", [])
    if CATALOGUE[column["field"]].periodic != (periods is not None):
        code = "periods-needless" if periods else "periods-missing"
        yield Fault((*path, "periods" if periods else "field"), code, {"word": column["field"]})
    elif periods is None:
        if not header:
            yield Fault((*path, "header"), "missing-key")
        if column.get("group"):
            yield Fault((*path, "group"), "group-without-periods")
    elif header:
        first, last = form.get("years", (0, 0))
        wanted = _PER_YEAR.get(periods, 1) * (last - first + 1 if periods != "span" else 1)
        if len(header) != wanted:
            yield Fault((*path, "header"), "header-count", {"wanted": wanted, "n": len(header)})


def _unit_faults(form: dict[str, Any]) -> Iterator[Fault]:
    source = form.get("unit", "title")
    pattern = form.get("heading", {}).get("unit", unit_title(source))
    has_column = any(column["field"] == "unit" for column in form["column"])
    if source == "column" and not has_column:
        yield Fault(("unit",), "unit-column-missing")
    if source != "column" and has_column:
        yield Fault(("unit",), "unit-column-unused")
    if source == "rows":
        yield from _owner_faults(form)
    elif ("{unit}" in pattern) != (source == "title"):
        code = "unit-place-missing" if source == "title" else "unit-place-needless"
        yield Fault(("heading", "unit"), code)


def unit_title(source: str) -> str:
    """Give the title over a table that names none: the unit, where it is the title's to say."""
    return "{unit}" if source == "title" else ""


def state_faults(heading: dict[str, Any], lines: list[str]) -> Iterator[Fault]:
    """Find `{state}` in lines of a heading that says no words for it, and words for no line."""
    placed = any("{state}" in line for line in lines)
    if placed and not heading.get("state"):
        yield Fault(("heading", "state"), "missing-key")
    elif heading.get("state") and not placed:
        yield Fault(("heading", "state"), "state-needless")


def _owner_faults(form: dict[str, Any]) -> Iterator[Fault]:
    fields = {column["field"] for column in form["column"]}
    if not form.get("owners"):
        yield Fault(("owners",), "missing-key")
    for at, name in enumerate(form.get("owners", ())):
        if name not in fields:
            yield Fault(("owners", at), "unknown-column", {"word": name})


def _report_faults(form: dict[str, Any]) -> Iterator[Fault]:
    shown = {column.get("level", "") for column in form["column"] if column["field"] == "text"}
    for at, name in enumerate(form.get("report", {}).get("levels", ())):
        if name not in shown:
            yield Fault(("report", "levels", at), "unknown-level", {"word": name})
    fields = {column["field"] for column in form["column"]}
    for at, name in enumerate(form.get("report", {}).get("keeps", ())):
        if name not in fields:
            yield Fault(("report", "keeps", at), "unknown-column", {"word": name})
        elif CATALOGUE[name].periodic:
            yield Fault(("report", "keeps", at), "periods-needless", {"word": name})
