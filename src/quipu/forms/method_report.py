"""The report of a method: what the report of a period asks for, and what it must not lack."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, get_args

from quipu.domain.fields import CATALOGUE
from quipu.domain.report_rules import (
    AskedCount,
    AskedField,
    Criterion,
    ReportRules,
    Required,
    Whole,
)
from quipu.forms.language_keys import Key
from quipu.forms.language_values import Fault

FIELD = (
    Key("field", "field", required=True),
    Key("title", "translated", required=True),
    Key("of", "choice", choices=get_args(Whole)),
    Key("required", "choice", choices=get_args(Required)),
)

COUNT = (
    Key("count", "text", required=True),
    Key("title", "translated", required=True),
    Key("required", "yes-no"),
    Key("by", "texts"),
)

CRITERION = (
    Key("code", "text", required=True),
    Key("title", "translated", required=True),
    Key("groups", "texts"),
)

REPORT = (
    Key("title", "translated"),
    Key("below", "number"),
    Key("missing", "choice", choices=("tell", "refuse")),
    Key("anyway", "yes-no"),
    Key("evidence_bytes", "whole"),
    Key("signatures", "texts"),
    Key("field", "tables", keys=FIELD),
    Key("count", "tables", keys=COUNT),
    Key("criterion", "tables", keys=CRITERION),
)

KEY = Key("reporting", "table", keys=REPORT)
"""The part of a method file that this module reads."""

USUAL = ReportRules(
    title={"es": "Informe del período", "en": "Report of the period"},
    fields=(
        AskedField("narrative", {"es": "Informe de lo hecho", "en": "What was done"}),
        AskedField("difficulty", {"es": "Dificultades", "en": "Difficulties"}),
        AskedField("measures_taken", {"es": "Medidas tomadas", "en": "Measures taken"}),
        AskedField("favourable", {"es": "Factores favorables", "en": "What helped"}),
        AskedField("evidence", {"es": "Medio de verificación", "en": "Means of verification"}),
        AskedField("results", {"es": "Resultados obtenidos", "en": "Results"}, "report"),
        AskedField("risks", {"es": "Riesgos identificados", "en": "Risks"}, "report"),
        AskedField("lessons", {"es": "Lecciones aprendidas", "en": "Lessons learnt"}, "report"),
        AskedField("recommendation", {"es": "Recomendaciones", "en": "Recommendations"}, "report"),
    ),
    counts=(
        AskedCount("people", {"es": "Personas (únicas)", "en": "People (each once)"}),
        AskedCount("participations", {"es": "Participaciones", "en": "Participations"}),
    ),
    criteria=(),
)
"""What is asked for where an institution says nothing else: all may be told, nothing must."""


def faults(part: Mapping[str, Any]) -> Iterator[Fault]:
    """Give fields that no unit reports, what stands twice, and criteria that are not declared."""
    for at, one in enumerate(part.get("field", ())):
        if CATALOGUE[one["field"]].group != "progress":
            yield Fault(
                ("reporting", "field", at, "field"), "field-not-reported", {"word": one["field"]}
            )
    yield from _repeated(part)
    criteria = [one["code"] for one in part.get("criterion", ())]
    for at, one in enumerate(part.get("count", ())):
        for place, by in enumerate(one.get("by", ())):
            if by not in criteria:
                near = next(iter(get_close_matches(by, criteria, 1)), "")
                where = ("reporting", "count", at, "by", place)
                yield Fault(where, "unknown-criterion", {"word": by, "near": near})


def _repeated(part: Mapping[str, Any]) -> Iterator[Fault]:
    keyed = {"field": ("field", "of"), "count": ("count",), "criterion": ("code",)}
    for name, keys in keyed.items():
        seen: set[tuple[str, ...]] = set()
        for at, one in enumerate(part.get(name, ())):
            place = tuple(one.get(key, "activity") for key in keys)
            if place in seen:
                yield Fault(("reporting", name, at, keys[0]), "repeated-entry", {"word": place[0]})
            seen.add(place)


def build(part: Mapping[str, Any]) -> ReportRules:
    """Make the rules that the part declares; what it leaves out is as usual."""
    fields = tuple(
        AskedField(
            one["field"],
            dict(one["title"]),
            one.get("of", "activity"),
            one.get("required", "never"),
        )
        for one in part.get("field", ())
    )
    counts = tuple(
        AskedCount(
            one["count"], dict(one["title"]), one.get("required", False), tuple(one.get("by", ()))
        )
        for one in part.get("count", ())
    )
    criteria = tuple(
        Criterion(one["code"], dict(one["title"]), tuple(one.get("groups", ())))
        for one in part.get("criterion", ())
    )
    return ReportRules(
        title=dict(part.get("title", USUAL.title)),
        fields=fields or USUAL.fields,
        counts=counts or USUAL.counts,
        criteria=criteria,
        below=Decimal(str(part["below"])) if "below" in part else USUAL.below,
        missing=part.get("missing", USUAL.missing),
        anyway=part.get("anyway", USUAL.anyway),
        evidence_bytes=part.get("evidence_bytes"),
        signatures=tuple(part.get("signatures", ())),
    )
