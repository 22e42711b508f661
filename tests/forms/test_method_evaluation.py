"""How an institution evaluates, as its method says it."""

from decimal import Decimal
from typing import Any

import pytest

from quipu.domain.progress import USUAL, Rules
from quipu.forms import method_changes
from quipu.forms.method_evaluation import build, faults


def test_what_a_method_leaves_out_is_as_usual() -> None:
    assert build({}) == USUAL
    part = {"met": 0.85, "partly": 0.6, "cap": 1.2, "unreported": "zero", "by": "mean"}
    assert build(part) == Rules(
        met=Decimal("0.85"), partly=Decimal("0.6"), cap=Decimal("1.2"), unreported="zero", by="mean"
    )
    assert list(faults(part)) == []


@pytest.mark.parametrize(
    ("part", "key", "code"),
    [
        ({"met": 90}, "met", "not-a-share"),
        ({"partly": 0}, "partly", "not-a-share"),
        ({"partly": 0.95}, "partly", "thresholds-crossed"),
        ({"met": 0.5}, "met", "thresholds-crossed"),
        ({"cap": 0.5}, "cap", "cap-too-low"),
    ],
)
def test_thresholds_must_make_sense(part: dict[str, Any], key: str, code: str) -> None:
    assert [(fault.path, fault.code) for fault in faults(part)] == [(("evaluation", key), code)]


def test_causes_have_one_code_each() -> None:
    cause = {"code": "norma", "title": {"es": "Norma"}, "kind": "budget"}
    rules = method_changes.build({"cause": [cause], "framed": False})
    assert (rules.framed, rules.cause("norma"), rules.cause("otra")) == (
        False,
        method_changes.Cause("norma", {"es": "Norma"}, "budget"),
        None,
    )
    assert method_changes.build({}) == method_changes.ChangeRules()
    found = list(method_changes.faults({"cause": [cause, cause]}))
    assert [(fault.path, fault.code) for fault in found] == [
        (("changes", "cause", 1, "code"), "repeated-cause")
    ]
