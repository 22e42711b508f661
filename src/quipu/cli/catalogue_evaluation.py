"""The commands around evaluations: weights, money, recommendations; a part of the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from quipu.cli import board, changes, coming, money, recommendations, units, weights
from quipu.cli.call import Answer, Call
from quipu.cli.syntax import Option, Place

_DIR = Place("dir")
_UNITS = Option("unit", "name", short="u", many=True)
_ACTIVITY = Option("activity", "activity", short="a")
_NOTE = Option("note", "text")
_RECOMMENDATION = Option("recommendation", "number", short="r", required=True)

Spec = tuple[str, Callable[[Call], Answer], *tuple[Place | Option, ...]]
"""A command's name, what runs it, its places and options."""

SPECS: tuple[Spec, ...] = (
    (
        "board",
        board.board,
        _DIR,
        Option("period", "period", short="p", words="option.board-period"),
        Option("facts", "key", words="option.board-facts"),
        Option("output", "file", short="o", words="option.print-output"),
    ),
    (
        "next-year",
        coming.next_year,
        _DIR,
        Option("year", "year", kind="number", required=True, words="option.next-year"),
        Option("plan", "name", words="option.next-plan"),
        Option("targets", choices=("empty", "copy"), words="option.next-targets"),
        Option("map", "file", words="option.next-map"),
        Option("milestones", choices=("drop", "keep"), words="option.next-milestones"),
    ),
    (
        "reprogram",
        changes.reprogram,
        _DIR,
        Option("cause", "cause", required=True),
        Option("plan", "name", words="option.which-plan"),
        Option("reason", "text", required=True),
        Option("unit", "name", short="u"),
        _ACTIVITY,
        Option("set", "change", many=True),
        Option("from", "file", words="option.reprogram-from"),
        Option("act", "text"),
        Option("number", "text"),
        Option("date", "date", words="option.act-date"),
    ),
    ("changes", changes.changes, _DIR, Option("causes", kind="flag")),
    ("units", units.units, _DIR),
    (
        "units merge",
        units.merge,
        _DIR,
        Option("unit", "name", short="u", many=True, required=True, words="option.units-unit"),
        Option("into", "name", required=True, words="option.units-into"),
        Option("since", "period", required=True, words="option.units-since"),
    ),
    (
        "units split",
        units.split,
        _DIR,
        Option("unit", "name", short="u", required=True),
        Option("part", "part", many=True, required=True, words="option.units-part"),
        Option("since", "period", required=True, words="option.units-since"),
    ),
    (
        "units move",
        units.move,
        _DIR,
        Option("unit", "name", short="u", required=True),
        Option("activity", "activity", short="a", many=True, words="option.units-activity"),
        Option("to", "name", words="option.units-to"),
        Option("since", "period", words="option.units-since"),
        Option("to-office", "name", words="option.units-office"),
    ),
    (
        "weights",
        weights.weights,
        _DIR,
        _UNITS,
        Option("rest", "name", words="option.weights-rest"),
        Option("total", "number", words="option.weights-total"),
        Option("step", "number", words="option.weights-step"),
        Option("programme", "name", words="option.weights-programme"),
        Option("store", kind="flag", words="option.weights-store"),
    ),
    ("needs", money.needs, _DIR, _UNITS, Option("apply", kind="flag")),
    (
        "need",
        money.need,
        _DIR,
        Option("unit", "name", short="u", required=True),
        Option("activity", "activity", short="a", required=True),
        Option("text", "text", required=True, words="option.need-text"),
        Option("month", "period", short="m", required=True, many=True, words="option.need-month"),
        Option("price", "number", required=True, words="option.need-price"),
        Option("measure", "text", words="option.need-measure"),
        Option("code", "code", words="option.need-code"),
        Option("service", kind="flag", words="option.need-service"),
    ),
    (
        "ceiling",
        money.ceiling,
        _DIR,
        Option("unit", "name", short="u", required=True),
        Option("amount", "number", words="option.ceiling-amount"),
    ),
    (
        "recommendations",
        recommendations.listed,
        _DIR,
        _UNITS,
        Option("period", "period", short="p", words="option.recommend-period"),
        Option("open", kind="flag", words="option.recommend-open"),
    ),
    (
        "recommendations answer",
        recommendations.answer,
        _DIR,
        _RECOMMENDATION,
        Option("text", "text", required=True, words="option.recommend-text"),
        Option("finished", kind="flag", words="option.recommend-finished"),
    ),
    (
        "recommendations close",
        recommendations.close,
        _DIR,
        _RECOMMENDATION,
        _NOTE,
        Option("reopen", kind="flag", words="option.recommend-reopen"),
    ),
    (
        "recommend",
        recommendations.recommend,
        _DIR,
        Option("unit", "name", short="u", required=True),
        Option("period", "period", short="p", required=True, words="option.recommend-period"),
        Option("text", "text", required=True, words="option.recommend-text"),
        Option("due", "date", words="option.recommend-due"),
        _ACTIVITY,
    ),
)
