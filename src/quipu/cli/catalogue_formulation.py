"""The commands of the plan's formulation; a part of the catalogue."""

from __future__ import annotations

from quipu.cli import formulation
from quipu.cli.catalogue_evaluation import Spec
from quipu.cli.syntax import Option, Place

_DIR = Place("dir")
_OUTPUT = Option("output", "file", short="o", words="option.print-output")

SPECS: tuple[Spec, ...] = (
    ("rows", formulation.rows, _DIR),
    (
        "propose",
        formulation.propose,
        _DIR,
        Option("unit", "name", short="u", required=True),
        Option("text", "text", words="option.propose-text"),
        Option("code", "code", words="option.propose-code"),
        Option("set", "change", many=True),
        Option("like", "activity", words="option.propose-like"),
        Option("under", "activity", words="option.propose-under"),
        Option("form", "form", words="option.propose-form"),
        Option("activity", "activity", short="a", words="option.propose-activity"),
        Option("remove", kind="flag", words="option.propose-remove"),
    ),
    (
        "proposals",
        formulation.proposals,
        _DIR,
        Option("unit", "name", short="u", many=True),
    ),
    (
        "units-of-measure",
        formulation.measures,
        _DIR,
        Option("merge", "name", words="option.measure-merge"),
        Option("into", "name", words="option.measure-into"),
    ),
    (
        "priority",
        formulation.priority,
        _DIR,
        Option("order", "action", many=True, words="option.priority-order"),
        _OUTPUT,
    ),
)
