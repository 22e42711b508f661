"""The papers of the cycle where something is in their way, or nothing is to be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.operations.cycle_papers import paper_words, plan_language, print_calendar, task_words
from quipu.operations.finding import find_plan
from quipu.operations.handover import hand_over, write_sums
from quipu.operations.house import House
from quipu.operations.publishing import publish
from quipu.operations.tasks import Task
from quipu.operations.workspaces import open_house
from tests.operations.plans import load


def test_a_folder_that_cannot_be_made_is_told(centre: House, tmp_path: Path) -> None:
    load(centre)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    inside = tmp_path / "file" / "folder"
    with pytest.raises(InputError, match="folder-not-written"):
        hand_over(centre, to="Otra", folder=inside, author="Ana")
    with pytest.raises(InputError, match="folder-not-written"):
        publish(centre, folder=inside)
    with pytest.raises(InputError, match="name-missing"):
        hand_over(centre, to=" ", folder=tmp_path / "new", author="Ana")


def test_a_calendar_is_a_pdf_or_a_workbook(centre: House, tmp_path: Path) -> None:
    load(centre)
    assert print_calendar(centre, file=tmp_path / "c.xlsx").sheets == 1
    assert print_calendar(centre, file=tmp_path / "c.pdf").pages == 1
    with pytest.raises(InputError, match="output-unknown"):
        print_calendar(centre, file=tmp_path / "c.doc")


def test_papers_speak_the_plans_language(centre: House) -> None:
    load(centre)
    facts = centre.facts()
    plan = find_plan(facts)
    assert plan_language(centre, facts, plan) == "es"
    english = {name: replace(form, language="en") for name, form in centre.forms.items()}
    assert plan_language(replace(centre, forms=english), facts, plan) == "en"
    unread = facts.with_changes([(Address(plan, "form_version"), None)])
    assert plan_language(replace(centre, forms=english), unread, plan) == "es"
    late = Task("report", "U", "2024-07", late=True)
    assert task_words(late, paper_words("en")) == "Report to submit (late)"


def test_who_only_reads_hands_over_what_there_is(centre: House, tmp_path: Path) -> None:
    load(centre)
    folder = centre.folder
    centre.close()
    with open_house(folder=folder) as reading:
        done = hand_over(reading, to="Otra", folder=tmp_path / "out", author="Ana")
    assert "unsent" not in {task.kind for task in done.tasks}
    assert sorted(file.name for file in done.files) == [
        "SHA256SUMS.txt",
        "copia-sellada.zip",
        "entrega-de-cargo.pdf",
    ]
    sums = write_sums(tmp_path / "out", ("copia-sellada.zip",)).read_text(encoding="utf-8")
    assert sums == f"{done.sealed.sha256}  copia-sellada.zip\n"
