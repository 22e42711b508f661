"""The method of an institution: the rules of its planning cycle, as data beside its forms.

`forms/<institution>/method.toml` has a part for each kind of rule; every part is a module of its
own with its keys, its mistakes and its dataclass. What a file does not say has a sensible default,
and an institution without a file has only defaults.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quipu.domain.deadlines import DeadlineRule
from quipu.domain.formulation import TemplateRow
from quipu.domain.progress import USUAL, Rules
from quipu.domain.report_rules import ReportRules
from quipu.forms import (
    method_calendar,
    method_changes,
    method_evaluation,
    method_formulation,
    method_report,
    method_states,
)
from quipu.forms.language_keys import Key
from quipu.forms.language_values import Fault, Table, table_faults
from quipu.forms.method_changes import ChangeRules
from quipu.forms.method_states import StateRules

FILE = "method.toml"
"""The name of every method file."""


@dataclass(frozen=True, slots=True)
class Method:
    """The rules of an institution; `id` is its folder of forms, `digest` the file's SHA-256."""

    id: str = ""
    version: str = ""
    digest: str = ""
    institution: str = ""
    calendar: tuple[DeadlineRule, ...] = ()
    states: StateRules = field(default_factory=StateRules)
    evaluation: Rules = USUAL
    changes: ChangeRules = field(default_factory=ChangeRules)
    report: ReportRules = method_report.USUAL
    rows: tuple[TemplateRow, ...] = ()


METHOD = (
    Key("version", "text", required=True),
    Key("institution", "text", required=True),
    method_calendar.KEY,
    method_states.KEY,
    method_states.ROLES_KEY,
    method_evaluation.KEY,
    method_changes.KEY,
    method_report.KEY,
    method_formulation.KEY,
)
"""All keys of a method file, from its top."""


def is_method(path: Path) -> bool:
    """Tell whether a file of a folder of forms is its method."""
    return path.name == FILE


def method_faults(content: Table) -> Iterator[Fault]:
    """Give every mistake of a method's content."""
    faults = list(table_faults(content, METHOD, ()))
    yield from faults
    if not faults:
        known: dict[str, Any] = dict(content)
        yield from method_calendar.faults(known.get("calendar", {}))
        yield from method_states.faults(known.get("states", {}), known.get("roles", {}))
        yield from method_evaluation.faults(known.get("evaluation", {}))
        yield from method_changes.faults(known.get("changes", {}))
        yield from method_report.faults(known.get("reporting", {}))


def build_method(content: Table, *, name: str, digest: str) -> Method:
    """Make the method that a file without mistakes declares; `name` becomes its id."""
    known: Mapping[str, Any] = dict(content)
    return Method(
        id=name,
        version=known["version"],
        digest=digest,
        institution=known["institution"],
        calendar=method_calendar.build(known.get("calendar", {})),
        states=method_states.build(known.get("states", {}), known.get("roles", {})),
        evaluation=method_evaluation.build(known.get("evaluation", {})),
        changes=method_changes.build(known.get("changes", {})),
        report=method_report.build(known.get("reporting", {})),
        rows=method_formulation.build(known.get("formulation", {})),
    )
