from __future__ import annotations

from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.findings import (
    Decision,
    Finding,
    corrected_findings,
    decide,
    decide_all,
    findings,
)
from quipu.operations.house import House
from quipu.operations.undoing import undo
from quipu.operations.workspaces import open_house
from tests.operations.plans import NORTH, SOUTH, Activity, admit, load, row_of, table


def found(house: House, check: str, **options: object) -> list[Finding]:
    every = findings(house, **options)  # type: ignore[arg-type]
    return [finding for finding in every if finding.problem.check == check]


def test_stored_rows_give_the_findings_that_reading_gave(centre: House) -> None:
    assert findings(centre) == []
    loaded = load(centre)
    read = sorted((one.check, one.where, one.target) for one in loaded.reading.problems)
    stored = sorted(
        (one.problem.check, one.problem.where, one.problem.target) for one in findings(centre)
    )
    assert stored == read
    for finding in findings(centre):
        assert finding.item == finding.problem.item == finding.address.item


def test_findings_of_some_units(centre: House) -> None:
    load(centre)
    assert {one.problem.unit for one in findings(centre, units=[SOUTH])} == {SOUTH}


def test_accepting_writes_the_proposal_and_closes_the_finding(centre: House) -> None:
    load(centre)
    [finding] = found(centre, "malformed-number")
    assert finding.address.period == "2024-08"
    outcome = decide(
        centre, item=finding.item, check="malformed-number", action="accept", author="Ana"
    )
    facts = centre.facts()
    assert facts.number(finding.item, "target", "2024-08") == 21
    assert facts.text(finding.item, "target.published", "2024-08") == "21,00"
    assert outcome.changed == 2
    assert found(centre, "malformed-number") == []
    assert facts.text(finding.item, "decision.malformed-number", "2024-08") == "accepted"
    assert outcome.gesture is not None
    undo(centre, gesture=outcome.gesture, author="Ana")
    assert found(centre, "malformed-number") == [finding]


def test_keeping_leaves_the_value_with_a_note(centre: House) -> None:
    load(centre)
    [finding] = found(centre, "total-missing")
    note = "se firmó así"
    decide(centre, item=finding.item, check="total-missing", action="keep", note=note, author="Ana")
    assert centre.facts().value(finding.item, "total") is None
    [closed] = found(centre, "total-missing", closed=True)
    assert (closed.decision, closed.note) == ("kept", note)


def test_editing_writes_another_value(centre: House) -> None:
    load(centre)
    item = row_of(centre, SOUTH, "Evaluar los resultados")
    decide(centre, item=item, check="verification-missing", action="edit", value="Acta", author="A")
    assert centre.facts().text(item, "verification") == "Acta"
    row = row_of(centre, NORTH, "1.2")
    with pytest.raises(InputError, match="malformed-number") as caught:
        decide(
            centre,
            item=row,
            check="malformed-number",
            action="edit",
            target="2024-08",
            value="dos mil",
            author="A",
        )
    assert caught.value.params["row"] == "1.2"


def test_a_shifted_row_is_moved_back_whole(centre: House) -> None:
    shifted = Activity("1.1", "Medir los caminos", {10: "1", 11: "1", 12: "1"}, "1")
    text = table(NORTH, [shifted]).replace("\t1\n", "\t1\t4\n")
    load(centre, text)
    [finding] = found(centre, "row-shifted")
    decide(centre, item=finding.item, check="row-shifted", action="accept", author="Ana")
    facts = centre.facts()
    assert facts.number(finding.item, "total") == 4
    assert facts.periods(finding.item, "target") == {
        f"2024-{month:02}": Decimal(1) for month in (9, 10, 11, 12)
    }


def test_what_cannot_be_decided(centre: House) -> None:
    load(centre)
    item = row_of(centre, SOUTH, "Evaluar los resultados")
    ask = {"item": item, "author": "Ana"}
    with pytest.raises(InputError, match="finding-unknown"):
        decide(centre, check="row-shifted", action="keep", **ask)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="finding-unknown"):
        decide(centre, item="nothing", check="row-shifted", action="keep", author="Ana")
    with pytest.raises(InputError, match="value-missing"):
        decide(centre, check="verification-missing", action="edit", **ask)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="proposal-missing"):
        decide(centre, check="verification-missing", action="accept", **ask)  # type: ignore[arg-type]


def test_a_finding_of_no_cell_is_only_kept(centre: House) -> None:
    months = dict.fromkeys(range(1, 11), "10%")
    demand = Activity("1.1", "Atender avisos", months, "100%", "100% de los avisos atendidos")
    load(centre, table(NORTH, [demand]))
    [finding] = found(centre, "demand-spread")
    assert finding.address.field == ""
    with pytest.raises(InputError, match="cell-missing"):
        decide(
            centre, item=finding.item, check="demand-spread", action="edit", value="x", author="A"
        )
    decide(centre, item=finding.item, check="demand-spread", action="keep", author="Ana")
    assert found(centre, "demand-spread") == []


def test_deciding_is_the_centres(centre: House, tmp_path: object) -> None:
    load(centre)
    joined = admit(centre, centre.folder.parent, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True) as office:
        assert found(office, "malformed-number")
        item = row_of(office, NORTH, "1.2")
        with pytest.raises(WorkspaceError, match="centre-only"):
            decide(office, item=item, check="malformed-number", action="accept", author="Beto")
        assert Address(item, "") not in [one.address for one in findings(office)]


def test_several_findings_are_one_gesture_and_say_who_decided(centre: House) -> None:
    load(centre)
    open_before = findings(centre)
    [number] = found(centre, "malformed-number")
    [evidence] = found(centre, "verification-missing")
    decisions = [
        Decision(number.item, "malformed-number", "accept", number.problem.target),
        Decision(evidence.item, "verification-missing", "keep"),
    ]
    outcome = decide_all(centre, decisions=decisions, note="según el acta", author="Ana")
    decided = [
        *findings(centre, closed=True),
        *corrected_findings(centre, plan=centre.facts().of_kind("plan")[0]),
    ]
    assert {(one.decision, one.note, one.author) for one in decided} == {
        ("accepted", "según el acta", "Ana"),
        ("kept", "según el acta", "Ana"),
    }
    assert all(one.at for one in decided)
    assert outcome.gesture is not None
    undo(centre, gesture=outcome.gesture, author="Ana")
    assert findings(centre) == open_before


def test_of_several_decisions_a_wrong_one_stores_nothing(centre: House) -> None:
    load(centre)
    [number] = found(centre, "malformed-number")
    wrong = Decision(number.item, "row-shifted", "keep")
    right = Decision(number.item, "malformed-number", "keep", number.problem.target)
    with pytest.raises(InputError, match="finding-unknown"):
        decide_all(centre, decisions=[right, wrong], author="Ana")
    assert findings(centre, closed=True) == []
