"""Every word of the window is in both catalogues, and codes and values read as people say them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from quipu.domain.errors import InputError
from quipu.domain.plan_states import PLAN_STATES
from quipu.domain.problem import Problem
from quipu.domain.roles import ROLES
from quipu.domain.value import Blob
from quipu.operations.running import Cancelled
from quipu.operations.sentences import problem_sentence
from quipu.ui import menus, plan_keeping, side
from quipu.ui.further import FURTHER
from quipu.ui.pages import (
    board,
    changes,
    coming,
    due,
    evaluation,
    letters,
    needs,
    observed,
    plan,
    recommendations,
    report,
    row_editor,
    status,
    tree_editor,
    year,
)
from quipu.ui.panels import evidence, findings
from quipu.ui.qt_words import KEYS, QtWords
from quipu.ui.sheet import chooser
from quipu.ui.speech import (
    error_sentence,
    field_name,
    moment,
    period_name,
    quiet_name,
    refusal_sentence,
    short_period,
    value_words,
)
from quipu.words import LANGUAGES, Words

UI = Path(__file__).resolve().parents[2] / "src" / "quipu" / "ui"
KEY = re.compile(r"(ui|window)\.[a-z0-9.-]+")


def written_out() -> Iterator[str]:
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and KEY.fullmatch(text) and not text.endswith((".", ".json")):
                yield text


def put_together() -> Iterator[str]:
    entries = [entry for some in menus.MENUS.values() for entry in some if entry.name]
    yield from (f"ui.action.{entry.name}" for entry in entries)
    yield from (f"ui.bar.{entry.name}" for entry in entries if entry.bar)
    yield from (f"ui.menu.{name}" for name in menus.MENUS)
    yield from (f"ui.page.{name}" for pages in side.PAGES.values() for name in pages)
    yield from (f"ui.page.{one.name}" for one in FURTHER)
    yield from listings()
    yield from of_the_cycle()
    yield from (f"ui.task.{kind}" for kind in due.KINDS)
    yield from (f"ui.tasks.count.{kind}" for kind in due.KINDS)
    yield from (f"ui.calendar.{who}" for who in ("office", "centre"))
    yield from (f"ui.letters.{state}" for state in ("open", "answered", "closed"))
    yield from (f"ui.state.{state}" for state in status.STATES)
    yield from (f"ui.board.tab.{name}" for name in board.TABS)
    yield from (f"ui.board.kind.{name}" for name in ("office", "area", "unit"))
    yield from (f"ui.editor.do.{name}" for name in tree_editor.ACTIONS)
    yield from (f"ui.rows.{name}" for name in row_editor.ACTIONS)
    for verb in chooser.VERBS:
        yield from (f"ui.report.{verb}", f"ui.report.{verb}.done")
    for verb in {verb for some in report.VERBS.values() for verb in some}:
        yield from (f"ui.period-report.do.{verb}", f"ui.period-report.do.{verb}.tip")
        if verb != "observe":
            yield f"ui.period-report.{verb}.done"
    for view in chooser.VIEWS:
        yield from (f"ui.view.{view}", f"ui.view.{view}.tip")
    yield from (f"ui.plan.{name}{tip}" for name in tree_editor.PLAN_ACTIONS for tip in ("", ".tip"))
    fields = (*plan_keeping.LINES, *plan_keeping.SIGNATURES)
    yield from (f"ui.plan.{name.replace('_', '-')}" for name in fields)
    yield from (f"ui.decide.{name}" for name in findings.ACTIONS)
    yield from (f"ui.decide.{name}.do" for name in findings.ACTIONS)
    yield from (f"ui.findings.{name}{tip}" for name in findings.ACTIONS for tip in ("", ".tip"))
    yield from (f"ui.severity.{name}" for name in ("error", "warning", "info"))
    yield from (f"ui.evidence.{name}{tip}" for name in evidence.ACTIONS for tip in ("", ".tip"))
    yield from (f"ui.month.{month:02}" for month in range(1, 13))
    yield from (f"ui.quarter.{quarter}" for quarter in range(1, 5))
    yield from (f"ui.merge.{state}" for state in ("merged", "already", "partly", "refused"))
    yield from (f"ui.merge.count.{name}" for name in ("refused", "missing", "disputes"))
    yield from (f"ui.decision.{name}" for name in ("accepted", "kept", "edited"))
    for role in ("centre", "office"):
        yield from (f"ui.start.{role}", f"ui.welcome.{role}.title", f"ui.welcome.{role}.text")
    for why in ("cell", "published", "closed", "plan", "workspace", "observed"):
        yield f"ui.blocked.{why}"
    for name in ("join", "new", "open"):
        yield from (f"ui.start.{name}", f"ui.start.{name}.text")


def of_the_cycle() -> Iterator[str]:
    """Give the words of a plan's states, steps, ratings and recommendations."""
    yield from (f"ui.plan-state.{state}" for state in PLAN_STATES)
    yield from (f"ui.role.{role}" for role in ROLES)
    for step in (*plan.STEPS, *plan.MORE):
        yield from (f"ui.plan-state.do.{step}", f"ui.plan-state.do.{step}.tip")
    yield from (f"ui.rating.{rating}" for rating in evaluation.RATINGS)
    yield from (f"ui.evaluation.{scope}" for scope in evaluation.SCOPES)
    yield from (f"ui.coming.targets.{name}" for name in coming.TARGETS)
    for name in ("plan", "year", "targets", "codes"):
        yield from (f"ui.coming.{name}", f"ui.coming.{name}.tip")
    for name in ("yes", "no", "rule.count", "rule.weight", "for.count", "for.weight"):
        yield f"ui.programmes.{name}"
    yield from (f"ui.needs.{kind}" for kind in ("goods", "services"))
    for state in ("open", "started", "done", "closed"):
        yield f"ui.recommendations.{state}"


def listings() -> Iterator[str]:
    """Give the words of lists and of their buttons."""
    for key, names in (
        ("ui.plan-state.history", ()),
        ("ui.changes.draft", changes.DRAFT),
        ("ui.changes.log", changes.LOG),
        ("ui.recommendations", [one for some in recommendations.ACTIONS.values() for one in some]),
        ("ui.evaluation-texts", ("write",)),
        ("ui.coming.units", coming.ACTIONS),
        ("ui.needs", needs.ACTIONS),
        ("ui.needs.budgets", ("ceiling",)),
        ("ui.needs.costs", ()),
        ("ui.observed", [one for some in observed.ACTIONS.values() for one in some]),
        ("ui.period-report.missing", ("go",)),
        ("ui.period-report.texts", ("write",)),
        ("ui.tasks", ("open",)),
        ("ui.calendar", year.ACTIONS),
        ("ui.letters.requests", [one for some in letters.ASKED.values() for one in some]),
        ("ui.letters.notices", [one for some in letters.TOLD.values() for one in some]),
    ):
        yield f"{key}.empty"
        yield from (f"{key}.do.{name}{tip}" for name in names for tip in ("", ".tip"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_there(lang: str) -> None:
    words = Words.load(lang)
    keys = {*written_out(), *put_together()}
    assert len(keys) > 200
    # The key of a list only begins its words.
    missing = [key for key in keys if not (words.has(key) or words.has(f"{key}.empty"))]
    assert sorted(missing) == []


def test_qts_own_dialogs_speak_the_language(words: Words, qapp: QApplication) -> None:
    lacking = QtWords(words)
    assert not lacking.isEmpty()
    qapp.installTranslator(lacking)
    try:
        said = [qapp.translate("QFileDialog", source) for source in KEYS]
    finally:
        qapp.removeTranslator(lacking)
    assert said[:2] == ["&Buscar en:", "&Tipo de archivos:"]
    assert all(said)
    assert lacking.translate("QFileDialog", "&Open") is None


def test_errors_are_sentences(words: Words) -> None:
    missing = error_sentence(words, InputError("file-missing", file="plan.xlsx"))
    assert missing.startswith("No existe el archivo plan.xlsx")
    assert error_sentence(words, InputError("no-such-code", row=7)) == "no-such-code (row: 7)"
    assert error_sentence(words, InputError("file-missing")) == "file-missing"
    assert "KeyError" in error_sentence(words, KeyError("x"))
    assert "cancelled" not in error_sentence(words, Cancelled())


def test_refusals_and_problems_are_sentences(words: Words) -> None:
    refused = Problem("malformed-number", "error", "0", value="12o")
    assert refusal_sentence(words, refused).startswith("«12o» no es un número.")
    other = Problem("no-such-check", "error", "0")
    assert refusal_sentence(words, other) == "no-such-check"
    assert problem_sentence(words, Problem("verification-missing", "error", "A1")).endswith(".")


def test_periods_are_called_as_people_do(words: Words) -> None:
    assert period_name(words, "2024-07") == "julio 2024"
    assert period_name(words, "2024-Q3") == "3.er trimestre 2024"
    assert period_name(words, "2024-S1") == "1.er semestre 2024"
    assert (period_name(words, "2024"), period_name(words, "x")) == ("2024", "x")
    assert [short_period(words, p) for p in ("2024-07", "2024-Q3", "2024", "x")] == [
        "jul", "Q3", "2024", "x",
    ]  # fmt: skip


def test_values_are_read_as_people_do(words: Words) -> None:
    said = [value_words(value) for value in (None, "", True, False, Decimal("1.50"), "a")]
    assert said == ["—", "—", "✕", "—", "1.5", "a"]
    assert value_words(Blob("ab", 3, "acta.pdf")) == "acta.pdf"
    assert moment("2024-07-29T10:42:00+00:00").startswith("29/07/2024") or moment("x") == "x"
    assert moment("hace poco") == "hace poco"
    assert (field_name(words, "unit_of_measure"), field_name(words, "zz")) == (
        "Unidad de medida", "zz",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "quiet"),
    [
        ("PROGRAMA ADN DE LA POBREZA", "Programa ADN de la Pobreza"),
        ("GERENCIA DE TI", "Gerencia de TI"),
        ("OFICINA DE SAN LUIS", "Oficina de San Luis"),
        ("UNIDAD (UPTE)\nDE ESTUDIOS", "Unidad (Upte) de Estudios"),
        ("Oficina Norte", "Oficina Norte"),
        ("", ""),
    ],
)
def test_names_in_capitals_are_quietened(printed: str, quiet: str) -> None:
    assert quiet_name(printed) == quiet
