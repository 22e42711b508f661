"""The commands of a period's report; a part of the catalogue."""

from __future__ import annotations

from quipu.cli import period_report
from quipu.cli.catalogue_evaluation import Spec
from quipu.cli.syntax import Option, Place

_DIR = Place("dir")
_UNIT = Option("unit", "name", short="u", required=True)
_PERIOD = Option("period", "period", short="p", required=True)
_ACTIVITY = Option("activity", "activity", short="a")
_OUTPUT = Option("output", "file", short="o", words="option.print-output")

SPECS: tuple[Spec, ...] = (
    ("report", period_report.report, _DIR, _UNIT, _PERIOD, _OUTPUT),
    (
        "report copy",
        period_report.copy,
        _DIR,
        _UNIT,
        _PERIOD,
        Option("since", "period", words="option.copy-since"),
        Option("field", "field", many=True, words="option.copy-field"),
        _ACTIVITY,
    ),
    (
        "people",
        period_report.people,
        _DIR,
        _UNIT,
        _PERIOD,
        Option("number", "number", short="n", required=True, words="option.count-number"),
        Option("count", "name", words="option.count-what"),
        Option("of", "name", words="option.count-of"),
        _ACTIVITY,
    ),
    (
        "evidence",
        period_report.evidence,
        _DIR,
        Option("unit", "name", short="u", many=True),
        Option("period", "period", short="p"),
        _OUTPUT,
    ),
    (
        "evidence add",
        period_report.add_evidence,
        _DIR,
        Place("proofs", many=True),
        _UNIT,
        _PERIOD,
        _ACTIVITY,
    ),
)
