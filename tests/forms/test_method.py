"""The method files of institutions: read, judged, and those that are shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.deadlines import deadlines, report_rule, rule_day
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.forms.language import (
    load_forms,
    load_method,
    load_sound_forms,
    load_sound_methods,
    load_templates,
    mistakes,
)
from quipu.forms.method import Method

ROOT = settings.forms_dir()
HEAD = 'version = "1"\ninstitution = "Instituto"\n'
RULE = '[[calendar.deadline]]\ntask = "{task}"\ntitle = {{ es = "Tarea" }}\nanchor = "{anchor}"\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "casa" / "method.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def told(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    return [(one.line, one.key, one.code) for one in mistakes(write(folder, text))]


def test_every_institution_has_a_method() -> None:
    methods, refused = load_sound_methods(ROOT)
    assert refused == ()
    assert set(methods) == {path.parent.name for path in ROOT.glob("*/*.toml")}
    assert all(method.digest and report_rule(method.calendar) for method in methods.values())


def test_a_method_is_no_form_and_no_document() -> None:
    known = load_forms(ROOT), load_templates(ROOT), load_sound_forms(ROOT)[0]
    assert not any(name.endswith("/method") for names in known for name in names)


def test_huamanga_has_the_days_of_its_directive() -> None:
    rules = load_sound_methods(ROOT)[0]["pe-huamanga"].calendar
    quarters = [f"2017-Q{n}" for n in range(1, 5)]
    found = deadlines(Facts(), "plan", 2017, quarters, rules)
    by_task = {(one.task, one.period): one.due for one in found}
    assert by_task["proposal", "2017"] == date(2016, 3, 30)
    assert [by_task["report", quarter] for quarter in quarters] == [
        date(2017, 4, 10),
        date(2017, 7, 10),
        date(2017, 10, 10),
        date(2018, 1, 10),
    ]
    assert by_task["follow-up", "2017-02"] == date(2017, 2, 28)
    assert by_task["annual-evaluation", "2017"] == date(2017, 12, 31)
    assert found == sorted(found, key=lambda one: one.due)


def test_what_a_method_does_not_say_is_usual(tmp_path: Path) -> None:
    method = load_method(write(tmp_path, ""), root=tmp_path)
    usual = Method()
    assert (method.id, method.calendar, method.states) == ("casa", (), usual.states)
    assert rule_day(report_rule(method.calendar), "2024-07") == date(2024, 8, 10)


def test_states_and_roles_are_read(tmp_path: Path) -> None:
    text = '[states]\nreview = "required"\nacts = ["Acta"]\n[roles]\naccept = ["budget"]\n'
    states = load_method(write(tmp_path, text), root=tmp_path).states
    assert (states.review, states.acts) == ("required", ("Acta",))
    assert states.roles == {"accept": frozenset({"budget"})}


@pytest.mark.parametrize(
    ("text", "line", "key", "code"),
    [
        ("color = 1\n", 3, "color", "unknown-key"),
        ("[calendar]\n", 3, "calendar.deadline", "missing-key"),
        (RULE.format(task="A b", anchor="year-end"), 4, "calendar.deadline[1].task", "not-a-code"),
        (
            RULE.format(task="plan", anchor="year-end") * 2,
            8,
            "calendar.deadline[2].task",
            "repeated-task",
        ),
        (RULE.format(task="plan", anchor="noon"), 6, "calendar.deadline[1].anchor", "not-a-choice"),
        (
            RULE.format(task="plan", anchor="fixed") + "day = 1\n",
            3,
            "calendar.deadline[1].month",
            "missing-key",
        ),
        (
            RULE.format(task="plan", anchor="fixed") + "day = 31\nmonth = 4\n",
            7,
            "calendar.deadline[1].day",
            "out-of-range",
        ),
        (
            RULE.format(task="plan", anchor="fixed") + "day = 1\nmonth = 13\n",
            8,
            "calendar.deadline[1].month",
            "out-of-range",
        ),
        (
            RULE.format(task="plan", anchor="fixed") + "day = 1\nmonth = 3\nyears = -9\n",
            9,
            "calendar.deadline[1].years",
            "out-of-range",
        ),
        (
            RULE.format(task="plan", anchor="year-end") + "days = -1\n",
            7,
            "calendar.deadline[1].days",
            "out-of-range",
        ),
        (
            RULE.format(task="plan", anchor="year-end") + "day = 3\n",
            7,
            "calendar.deadline[1].day",
            "key-not-here",
        ),
        ('[states]\nreview = "never"\n', 4, "states.review", "not-a-choice"),
        ('[roles]\ndance = ["clerk"]\n', 4, "roles.dance", "unknown-key"),
        ('[roles]\nsubmit = ["clark"]\n', 4, "roles.submit[1]", "unknown-role"),
        ('[roles]\nsubmit = ["auditor"]\n', 4, "roles.submit[1]", "unknown-role"),
    ],
)
def test_a_mistake_has_its_line_and_key(
    tmp_path: Path, text: str, line: int, key: str, code: str
) -> None:
    assert (line, key, code) in told(tmp_path, text)


def test_a_broken_method_takes_no_other_away(tmp_path: Path) -> None:
    write(tmp_path, "color = 1\n")
    (tmp_path / "otra").mkdir()
    good = tmp_path / "otra" / "method.toml"
    good.write_text(HEAD, encoding="utf-8")
    found, refused = load_sound_methods(tmp_path)
    assert list(found) == ["otra"]
    assert [one.params["key"] for one in refused] == ["color"]
    with pytest.raises(InputError, match="form-invalid"):
        load_method(tmp_path / "casa" / "method.toml", root=tmp_path)
