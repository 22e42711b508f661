"""The catalogue of fields: every field has a code that never changes its meaning.

A field is named by its code in the ledger, in bundles and in forms. A code unknown to this
version is kept and forwarded; it is read once a newer version knows it.
"""

from dataclasses import dataclass
from typing import Literal

from quipu.domain.value import PUBLISHED

FieldType = Literal["text", "number", "flag", "item", "date", "blob"]
FieldGroup = Literal["registry", "plan", "progress", "report", "review"]

DECISION = "decision."
"""Prefix of the fields that keep a person's decision on a finding: `decision.total-mismatch`."""

DUE = "due."
"""Prefix of the fields that keep a plan's own day for a task of its calendar: `due.follow-up`."""

COUNTED = "counted."
"""Prefix of the fields in which a report counts people and other things, apart (S1-12, S1-22)."""

EVIDENCE = "evidence"
"""The field of the file that proves what was reported; further ones are `evidence/2` and on."""


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of fact: its code, the type of its value, and who answers for it.

    `steward` is the side whose value is shown while heads dispute. `periodic` fields live at an
    address with a period; `per_unit` fields at one with a reporting unit.
    """

    code: str
    type: FieldType
    group: FieldGroup
    steward: Literal["centre", "office"] = "centre"
    periodic: bool = False
    per_unit: bool = False


def _fields(group: FieldGroup, type_: FieldType, *codes: str) -> list[Field]:
    return [Field(code, type_, group) for code in codes]


def _progress(code: str, type_: FieldType) -> Field:
    return Field(code, type_, "progress", "office", periodic=True, per_unit=True)


def _answers(*codes: str) -> list[Field]:
    return [Field(code, "text", "report", "office", per_unit=True) for code in codes]


def by_code(fields: list[Field]) -> dict[str, Field]:
    """Give fields by their codes; raises `ValueError` where a code stands twice."""
    found = {field.code: field for field in fields}
    if len(found) < len(fields):
        raise ValueError("a code stands for two fields")
    return found


CATALOGUE: dict[str, Field] = by_code(
    [
        *_fields(
            "registry",
            "text",
            "kind",
            "name",
            "title",
            "alias",
            "abbreviation",
            "place",
            "role",
            "admitted",
            "revoked",
            "forked",
        ),
        # Pairs of names that a person said are not one unit's, one a line.
        *_fields("registry", "text", "apart"),
        *_fields("registry", "item", "parent", "unit", "office", "plan", "institution"),
        # What an item was copied from: a row of the year before, a unit that was divided.
        *_fields("registry", "item", "origin"),
        # Units that began or ended with a period, and whose a row was before one.
        *_fields("registry", "text", "since", "ended"),
        *_fields("registry", "item", "merged_into"),
        Field("former_unit", "item", "registry", periodic=True),
        *_fields("registry", "number", "order", "year", "until", "silent_days", "revocations"),
        *_fields("registry", "flag", "deleted"),
        *_fields("registry", "text", "seen", "method", "sealing", "audits"),
        *_fields("plan", "text", "form", "form_version", "document_code", "version", "area"),
        *_fields("plan", "text", "code", "text", "process", "product", "unit_of_measure"),
        *_fields("plan", "text", "verification", "lead", "support", "inputs", "duration"),
        *_fields("plan", "text", "indicator", "formula", "threshold", "reason", "measure"),
        *_fields("plan", "text", "territory", "problem", "institutions", "strategy", "priority"),
        *_fields("plan", "text", "instance", "subproducts"),
        *_fields("plan", "text", "goal", "activities", "note", "state", "where"),
        *_fields("plan", "text", "prepared_by", "reviewed_by"),
        *_fields("plan", "text", "authorised_by", "critical_element", "heading", "extra"),
        *_fields("plan", "date", "date", "start"),
        *_fields("plan", "item", "linked"),
        # Ids of the rows whose outputs a row needs, one a line.
        *_fields("plan", "text", "requires"),
        *_fields("plan", "number", "weight", "total", "baseline", "budget", "quantity"),
        *_fields("plan", "number", "price"),
        # The place of a strategic action in the order of priority (ruta estratégica, S3-16).
        *_fields("plan", "number", "rank"),
        Field("needed", "number", "plan", periodic=True),
        Field("ceiling", "number", "review", per_unit=True),
        Field("target", "number", "plan", periodic=True),
        Field("cost", "number", "plan", periodic=True),
        Field("due", "date", "plan", periodic=True),
        _progress("executed", "number"),
        _progress("executed_second", "number"),
        _progress("numerator", "number"),
        _progress("denominator", "number"),
        _progress("spent", "number"),
        _progress("narrative", "text"),
        _progress("difficulty", "text"),
        _progress("measures_taken", "text"),
        _progress("favourable", "text"),
        _progress("recommendation", "text"),
        _progress("results", "text"),
        _progress("risks", "text"),
        _progress("lessons", "text"),
        _progress("evidence", "blob"),
        Field("observation", "text", "review", "centre", periodic=True, per_unit=True),
        *_fields("review", "text", "refusal", "bundle"),
        Field("refuses", "text", "review", "centre", periodic=True, per_unit=True),
        # What the centre writes to offices: observations, requests, notices; and approvals.
        *_fields("review", "item", "about"),
        *_fields("review", "text", "about_field", "about_period", "said", "said_by", "said_at"),
        *_fields("review", "flag", "resolved", "closed"),
        *_fields("review", "date", "due_on", "act_date"),
        *_fields("review", "text", "act_kind", "act_number", "approved", "approved_at"),
        *_fields("review", "number", "edition"),
        *_fields("review", "text", "cause", "before", "after"),
        Field("asked", "flag", "review", per_unit=True),
        Field("accepted", "text", "review", periodic=True, per_unit=True),
        Field("opened", "text", "review", periodic=True, per_unit=True),
        # What an office answers.
        *_answers("answer", "answered_by", "answered_at", "read_by", "read_at", "follow_up"),
        Field("head_review", "text", "report", "office", periodic=True, per_unit=True),
        Field("report", "text", "report", "centre", periodic=True, per_unit=True),
        Field("submitted_at", "text", "report", "office", periodic=True, per_unit=True),
        # Why a report was submitted although something that the form requires is missing.
        Field("incomplete", "text", "report", "office", periodic=True, per_unit=True),
    ]
)


def find(code: str) -> Field | None:
    """Give the catalogue's field for a code, else its published twin, a decision, a task's day."""
    if code.startswith(DECISION):
        return Field(code, "text", "review", periodic=True)
    if code.startswith(DUE):
        return Field(code, "date", "review", periodic=True)
    if code != EVIDENCE and is_evidence(code):
        return _progress(code, "blob")
    if code.startswith(COUNTED):
        return _progress(code, "number")
    base = code.removesuffix(PUBLISHED)
    known = CATALOGUE.get(base)
    if known is None or base == code:
        return known
    return Field(code, "text", known.group, known.steward, known.periodic, known.per_unit)


def is_evidence(code: str) -> bool:
    """Tell whether a field keeps a file that proves something."""
    return code == EVIDENCE or code.startswith(f"{EVIDENCE}/")


def steward(code: str) -> Literal["centre", "office"]:
    """Tell whose value is shown in a dispute; the centre's for a field that is not known here."""
    known = find(code)
    return known.steward if known is not None else "centre"
