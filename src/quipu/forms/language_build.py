"""From the content of a sound form file to the values that it declares."""

import re
from decimal import Decimal
from typing import Any

from quipu.forms.definition import (
    BoxLine,
    CheckUse,
    Column,
    Context,
    Detail,
    Form,
    Heading,
    Legend,
    Level,
    Note,
    Page,
    Passing,
    Report,
    ReportColumn,
    Signature,
    Weights,
)
from quipu.forms.language_values import Table
from quipu.forms.language_whole import unit_title

_SAME_NOTE = re.compile(r"[IÍ]dem nota (?:N[°º.]? ?)?(\d+)\.?", re.IGNORECASE)


def build_form(content: Table, *, name: str, digest: str) -> Form:
    """Make the form that a file without mistakes declares; `name` becomes its id."""
    known: dict[str, Any] = dict(content)
    first, last = known.get("years", (0, 0))
    return Form(
        id=name,
        version=known["version"],
        digest=digest,
        title=dict(known["title"]),
        institution=known["institution"],
        family=known["family"],
        levels=tuple(_level(entry) for entry in known["level"]),
        columns=tuple(_column(entry, known) for entry in known["column"]),
        order=known.get("order", 0),
        language=known.get("language", "es"),
        numbers=known.get("numbers", "1,234.5"),
        zero=known.get("zero", "blank"),
        unit=known.get("unit", "title"),
        heading=_heading(known.get("heading", {}), known.get("unit", "title")),
        page=Page(**known.get("page", {})),
        signatures=tuple(Signature(**entry) for entry in known.get("signature", ())),
        checks=tuple(_check(check, use) for check, use in known.get("checks", {}).items()),
        report=_report(known.get("report")),
        spellings=_spellings(known.get("spellings", {})),
        years=(first, last) if "years" in known else None,
        owners=tuple(known.get("owners", ())),
        contexts=tuple(Context(**one) for one in known.get("context", ()) if "field" not in one),
        details=tuple(Detail(**one) for one in known.get("context", ()) if "field" in one),
        notes=tuple(Note(**one) for one in known.get("note", ())),
        weights=_weights(known.get("weights")),
        passing=_passing(known.get("pass")),
        cascade=known.get("cascade", False),
        legend=Legend(tuple(known.get("legend", {}).get("lines", ()))),
    )


def _level(entry: dict[str, Any]) -> Level:
    return Level(**{**entry, "words": tuple(entry.get("words", ()))})


def _column(entry: dict[str, Any], form: dict[str, Any]) -> Column:
    header, values = tuple(entry.get("header", ())), tuple(entry.get("values", ()))
    help_ = entry.get("help") or _noted(entry.get("note"), form)
    return Column(**{**entry, "header": header, "values": values, "help": help_})


def _noted(number: int | None, form: dict[str, Any]) -> dict[str, str]:
    """Give the note that a heading bears as its help, in the form's language.

    A note that only points at another ("Ídem nota N° 4") gives that one's text (S4-02).
    """
    notes = {one["number"]: one["text"] for one in form.get("note", ())}
    text = notes.pop(number, "")
    while (same := _SAME_NOTE.fullmatch(text.strip())) is not None:
        text = notes.pop(int(same[1]), "")
    return {form.get("language", "es"): text} if text else {}


def _weights(entry: dict[str, Any] | None) -> Weights | None:
    if entry is None:
        return None
    total = entry.get("total")
    return Weights(entry["base"], Decimal(str(total)) if total is not None else None)


def _passing(entry: dict[str, Any] | None) -> Passing | None:
    return Passing(Decimal(str(entry["share"])), entry["by"]) if entry is not None else None


def _heading(entry: dict[str, Any], unit: str) -> Heading:
    box = tuple(BoxLine(**line) for line in entry.get("box", ()))
    return Heading(
        **{
            "unit": unit_title(unit),
            **entry,
            "lines": tuple(entry.get("lines", ())),
            "box": box,
            "state": states_of(entry),
        }
    )


def states_of(heading: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Give the words of a heading that depend on the plan's state, with their states."""
    return {words: tuple(states) for words, states in heading.get("state", {}).items()}


def _check(name: str, use: Any) -> CheckUse:
    if not isinstance(use, dict):
        return CheckUse(name, None if use is True else use)
    severity = use.get("severity", True)
    params = {key: value for key, value in use.items() if key != "severity"}
    return CheckUse(name, None if severity is True else severity, params)


def _report(entry: dict[str, Any] | None) -> Report:
    if entry is None:
        return Report()
    columns = tuple(ReportColumn(**column) for column in entry["column"])
    period = entry.get("period")
    return Report(
        keeps=tuple(entry["keeps"]),
        columns=columns,
        title=entry["title"],
        period=period,
        levels=tuple(entry.get("levels", ())),
        years=entry.get("years", 1),
    )


def _spellings(entry: dict[str, list[str]]) -> dict[str, str]:
    return {
        spelling.lower(): name for name, variants in entry.items() for spelling in (name, *variants)
    }
