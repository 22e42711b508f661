"""The life of a plan and of a report: states, acts, roles, approvals tied to their content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.forms.document import Text
from quipu.forms.method import Method
from quipu.forms.method_states import StateRules
from quipu.operations.editing import assign_unit
from quipu.operations.entering import CellText, change_cells, enter
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.marks import with_marks
from quipu.operations.merging import merge_bundles
from quipu.operations.methods import demand_role, method_of, sound_methods
from quipu.operations.permission import may_change
from quipu.operations.plan_cycle import Act, plan_standings, take_step
from quipu.operations.printing import document
from quipu.operations.reports import accept, consolidate, return_report, review, submit, unreviewed
from quipu.operations.status import status, voided
from quipu.operations.verifying import verify
from quipu.operations.workspaces import open_house
from tests.operations.plans import JULY, NORTH, SOUTH, WHOLE, admit, load, row_of

ACT = Act("Resolución", "12-2024", date(2024, 7, 29))
ASK = {"unit": NORTH, "period": JULY, "author": "Ana"}


def with_rules(house: House, rules: StateRules) -> House:
    known = house.methods["sv-integracion"]
    return replace(house, methods={**house.methods, known.id: replace(known, states=rules)})


def code_of(caught: pytest.ExceptionInfo[InputError]) -> str:
    return caught.value.code


def test_a_plan_goes_from_approved_to_closed_and_opens_with_a_reason(centre: House) -> None:
    load(centre)
    first = plan_standings(centre)
    assert (first.state, first.edition, first.act, first.approval) == ("approved", 1, None, "none")
    take_step(centre, step="approve", act=ACT, author="Ana")
    take_step(centre, step="enact", author="Ana")
    found = plan_standings(centre)
    assert (found.state, found.act, found.approval) == ("in-force", ACT, "holds")
    take_step(centre, step="reprogram", act=replace(ACT, number="15"), author="Ana")
    found = plan_standings(centre)
    assert (found.state, found.edition) == ("reprogrammed", 2)
    take_step(centre, step="close", author="Ana")
    with pytest.raises(InputError, match="reason-missing"):
        take_step(centre, step="reopen", author="Ana")
    take_step(centre, step="reopen", reason="Falta un informe", author="Ana")
    assert plan_standings(centre).state == "reprogrammed"
    plan = find_plan(centre.facts())
    said = [entry.revision.reason for entry in centre.workspace.history(plan, field="state")]
    assert "Falta un informe" in said


def test_an_edit_after_the_approval_shows_on_paper_and_goes_away(centre: House) -> None:
    load(centre)
    take_step(centre, step="approve", act=ACT, author="Ana")
    cell = Address(row_of(centre, NORTH, "1.1"), "target", JULY)
    change_cells(centre, cells=[CellText(cell, "999")], author="Ana")
    assert plan_standings(centre).approval == "modified"
    printed = document(centre, form="sv-integracion")
    assert "Resolución 12-2024" in printed.blocks[0].text  # type: ignore[union-attr]
    change_cells(centre, cells=[CellText(cell, "1,200")], author="Ana")
    assert plan_standings(centre).approval == "holds"
    first = document(centre, form="sv-integracion").blocks[0]
    assert not (isinstance(first, Text) and first.role == "note")


def test_an_approval_taken_back_is_none(centre: House) -> None:
    load(centre)
    take_step(centre, step="approve", act=ACT, author="Ana")
    take_step(centre, step="reopen", reason="Error en la meta", author="Ana")
    found = plan_standings(centre)
    assert (found.state, found.approval) == ("observed", "none")
    take_step(centre, step="propose", author="Ana")
    take_step(centre, step="observe", reason="Corrija 1.2", author="Ana")
    assert plan_standings(centre).state == "observed"


@pytest.mark.parametrize(
    "act", [None, Act("", "", date(2024, 7, 29)), Act("Resolución", "12", None)]
)
def test_an_approval_names_its_act(centre: House, act: Act | None) -> None:
    load(centre)
    with pytest.raises(InputError, match="act-missing"):
        take_step(centre, step="approve", act=act, author="Ana")


def test_the_usual_act_is_the_methods(centre: House) -> None:
    load(centre)
    take_step(centre, step="approve", act=Act("", "7", date(2024, 7, 1)), author="Ana")
    found = plan_standings(centre).act
    assert found is not None
    assert found.kind == "Autorización de distribución"
    bare = with_rules(centre, StateRules())
    take_step(bare, step="approve", act=Act("", "8", date(2024, 7, 1)), author="Ana")
    again = plan_standings(centre).act
    assert again is not None
    assert (again.kind, again.number) == ("", "8")


def test_an_unreadable_day_of_an_act_is_no_day(centre: House) -> None:
    load(centre)
    plan = find_plan(centre.facts())
    facts = centre.facts().with_changes(
        [(Address(plan, "act_number"), "7"), (Address(plan, "act_date"), "ayer")]
    )
    assert plan_standings(centre, facts=facts).act == Act("", "7", None)


def test_offices_do_not_move_the_plan_and_see_no_whole_approval(office: House) -> None:
    with pytest.raises(WorkspaceError, match="centre-only"):
        take_step(office, step="close", author="Luis")
    found = plan_standings(office)
    assert (found.approval, found.steps) == (None, ())


def test_a_role_takes_only_its_steps(centre: House) -> None:
    load(centre)
    with pytest.raises(InputError, match="role-may-not"):
        take_step(centre, step="approve", act=ACT, author="Ana", role="clerk")
    take_step(centre, step="approve", act=ACT, author="Ana", role="authority")
    submit(centre, **ASK)
    with pytest.raises(InputError, match="role-may-not"):
        accept(centre, **ASK, role="clerk")
    accept(centre, **ASK, role="planner")
    with pytest.raises(InputError, match="role-may-not"):
        return_report(centre, **ASK, reason="Falta", role="head")
    return_report(centre, **ASK, reason="Falta", role="authority")


def test_a_closed_plan_takes_nothing_more(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.1")
    unit = find_unit(centre.facts(), NORTH)
    take_step(centre, step="close", author="Ana")
    facts = centre.facts()
    assert may_change(centre, facts, Address(row, "target", JULY)) == "plan-closed"
    assert may_change(centre, facts, Address(row, "executed", JULY, unit)) == "plan-closed"


def test_an_acceptance_is_void_once_the_report_changes(centre: House) -> None:
    load(centre)
    enter(centre, unit=NORTH, activity="1.1", period=JULY, value="10", author="Ana")
    submit(centre, **ASK)
    accept(centre, **ASK)
    with pytest.raises(InputError, match=r"report-state\.accepted"):
        accept(centre, **ASK)
    assert voided(centre) == []
    enter(centre, unit=NORTH, activity="1.1", period=JULY, value="11", author="Ana")
    unit = find_unit(centre.facts(), NORTH)
    assert voided(centre) == [(unit, JULY)]
    for period in (JULY, "2024-Q3"):
        drawn = document(centre, form="sv-integracion", unit=NORTH, period=period)
        assert NORTH in drawn.blocks[0].text  # type: ignore[union-attr]
    accept(centre, **ASK)
    assert voided(centre) == []
    enter(centre, unit=NORTH, activity="1.1", period=JULY, value="12", author="Ana")
    return_report(centre, **ASK, reason="Explique")
    assert voided(centre) == []


def test_nothing_drawn_has_no_note(centre: House) -> None:
    load(centre)
    take_step(centre, step="approve", act=ACT, author="Ana")
    cell = Address(row_of(centre, NORTH, "1.1"), "target", JULY)
    change_cells(centre, cells=[CellText(cell, "999")], author="Ana")
    empty = replace(document(centre, form="sv-integracion"), blocks=())
    facts = centre.facts()
    assert with_marks(centre, facts, empty, find_plan(facts), view="plan") == empty


def test_a_required_review_comes_before_the_report(centre: House) -> None:
    load(centre)
    strict = with_rules(centre, StateRules(review="required"))
    with pytest.raises(InputError) as caught:
        submit(strict, **ASK)
    assert (code_of(caught), caught.value.params) == (
        "review-missing",
        {"unit": NORTH, "period": JULY},
    )
    with pytest.raises(InputError, match="role-may-not"):
        review(strict, **ASK, role="clerk")
    review(strict, **ASK)
    enter(strict, unit=NORTH, activity="1.1", period=JULY, value="10", author="Ana")
    assert unreviewed(strict, unit=NORTH, period=JULY)
    with pytest.raises(InputError, match="review-missing"):
        submit(strict, **ASK)
    review(strict, **ASK)
    submit(strict, **ASK)
    assert not unreviewed(strict, unit=NORTH, period=JULY)
    accept(strict, **ASK)
    with pytest.raises(InputError, match=r"report-state\.accepted"):
        review(strict, **ASK)
    consolidate(strict, **ASK)


def test_a_report_that_was_asked_a_review_says_that_it_has_none(centre: House) -> None:
    load(centre)
    asking = with_rules(centre, StateRules(review="asked"))
    assign_unit(centre, unit=NORTH, office="", author="Ana")
    submit(asking, **ASK)
    assert unreviewed(asking, unit=NORTH, period=JULY)
    submit(asking, unit=SOUTH, period=JULY, author="Ana", role="head")
    assert not unreviewed(asking, unit=SOUTH, period=JULY)


def test_status_names_reports_without_review_and_void_ones(office: House) -> None:
    asking = with_rules(office, StateRules(review="asked"))
    submit(asking, **ASK)
    (found,) = status(asking, period=JULY)
    assert found.periods[JULY].unreviewed == (NORTH,)
    assert found.periods[JULY].voided == ()


def test_a_plan_without_a_method_follows_the_usual_one(centre: House) -> None:
    load(centre)
    bare = replace(centre, methods={})
    submit(bare, **ASK)
    assert Method().states.review == "none"
    assert not unreviewed(bare, unit=NORTH, period=JULY)


def test_a_method_that_is_not_the_plans_own_any_more_is_told(centre: House) -> None:
    load(centre)
    plan = find_plan(centre.facts())
    pinned = centre.facts().text(plan, "method")
    assert pinned.startswith("sv-integracion 1 ")
    assert verify(path=centre.folder).ok
    for text, check in (("sv-integracion 1 abc", "form-changed"), ("gone 1 abc", "form-gone")):
        write(centre, [(Address(plan, "method"), text)], facts=centre.facts(), author="Ana")
        found = [(one.check, one.where) for one in verify(path=centre.folder).problems]
        assert found == [(check, f"{text.split(' ')[0]}/method")]


def test_who_may_enter_is_a_rule_of_the_method(centre: House) -> None:
    load(centre)
    demand_role(centre, "", "enter")
    demand_role(centre, "clerk", "enter", period=JULY)
    with pytest.raises(InputError, match="role-may-not"):
        demand_role(centre, "authority", "enter")


def test_a_plan_finds_its_method_by_its_forms_too(centre: House) -> None:
    load(centre)
    plan = find_plan(centre.facts())
    facts = centre.facts()
    assert method_of(centre, facts, plan).id == "sv-integracion"
    unpinned = facts.with_changes([(Address(plan, "method"), None)])
    assert method_of(centre, unpinned, plan).id == "sv-integracion"
    unread = unpinned.with_changes([(Address(plan, "form_version"), None)])
    assert method_of(centre, unread, plan) == Method()


def test_a_workspace_has_methods_of_its_own(centre: House) -> None:
    folder = centre.folder / "forms" / "propia"
    folder.mkdir(parents=True)
    (folder / "method.toml").write_text('version = "2"\ninstitution = "Propia"\n', "utf-8")
    known, refused = sound_methods(centre.folder)
    assert (known["propia"].version, refused) == ("2", ())
    (folder / "method.toml").write_text("color = 1\n", "utf-8")
    known, refused = sound_methods(centre.folder)
    assert "propia" not in known
    assert [one.code for one in refused] == ["form-invalid"]
    with open_house(folder=centre.folder) as house:
        assert [one.code for one in house.notices] == ["form-skipped"]


def test_a_plan_that_is_loaded_as_a_draft_is_open_to_its_offices(centre: House) -> None:
    load_plan(
        centre,
        text=WHOLE,
        name="plan.tsv",
        form="sv-integracion",
        year=2024,
        draft=True,
        author="Ana",
    )
    joined = admit(centre, centre.folder.parent, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True) as office:
        cell = Address(row_of(office, NORTH, "1.1"), "target", JULY)
        assert may_change(office, office.facts(), cell) == ""
        plan = find_plan(centre.facts())
        for step in ("propose", "observe"):
            take_step(centre, step=step, reason="Corrija", author="Ana")
        assert centre.facts().text(plan, "state") == "observed"
        take_step(centre, step="propose", author="Ana")
        to_office = centre.folder.parent / "down.quipu"
        export_bundle(centre, to="Norte", file=to_office)
        merge_bundles(office, files=[to_office])
        assert may_change(office, office.facts(), cell) == "plan-not-yours"
    take_step(centre, step="approve", act=ACT, author="Ana")
    assert plan_standings(centre).state == "approved"
    # A plan that is known keeps its state, whatever a later load says.
    load_plan(
        centre,
        text=WHOLE,
        name="plan.tsv",
        form="sv-integracion",
        year=2024,
        draft=True,
        author="Ana",
    )
    assert plan_standings(centre).state == "approved"
