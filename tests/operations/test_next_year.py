"""Next year's plan: begun at the centre as one gesture, proposed upon by the offices."""

from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.entering import enter
from quipu.operations.evaluating import evaluate
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_plan
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.next_year import next_year, read_codes
from quipu.operations.undoing import undo
from tests.operations.plans import NORTH, round_trip, row_of
from tests.operations.test_programmes import TEXT


def test_the_office_proposes_in_the_plan_of_the_next_year(
    office: House, centre: House, tmp_path: Path
) -> None:
    origin = row_of(centre, NORTH, "1.1")
    done = next_year(centre, year=2025, codes={"1.1": "7.1"}, author="Ana")
    facts = centre.facts()
    (copy,) = (item for item in facts.items() if facts.text(item, "origin") == origin)
    assert facts.text(copy, "code") == "7.1"
    assert facts.periods(copy, "target") == {}
    assert (facts.text(done.plan, "state"), done.unused) == ("draft", ())
    assert find_plan(facts, plan="2025") == done.plan
    # Its one-off documents stay with their year.
    assert [facts.text(item, "code") for item in done.dropped] == ["1.3"]
    round_trip(office, centre, tmp_path)
    say = {"unit": NORTH, "activity": "7.1", "field": "target", "period": "2025-03"}
    enter(office, value="40", **say, author="Beto")
    export_bundle(office, file=tmp_path / "proposal.quipu")
    merge_bundles(centre, files=[tmp_path / "proposal.quipu"])
    assert centre.facts().number(copy, "target", "2025-03") == 40
    with pytest.raises(WorkspaceError, match="centre-only"):
        next_year(office, year=2026, author="Beto")


def test_it_is_one_gesture_and_there_is_one_plan_a_year(office: House, centre: House) -> None:
    done = next_year(centre, year=2025, targets="copy", keep_one_off=True, author="Ana")
    assert done.dropped == ()
    facts = centre.facts()
    copies = [item for item in facts.items() if facts.text(item, "origin")]
    assert {value for item in copies for value in facts.periods(item, "target").values()}
    with pytest.raises(InputError, match="plan-exists"):
        next_year(centre, year=2025, author="Ana")
    with pytest.raises(InputError, match="plan-exists"):
        next_year(centre, plan="2024", year=2024, author="Ana")
    with pytest.raises(InputError, match="year-odd"):
        next_year(centre, year=25, author="Ana")
    assert done.outcome.gesture is not None
    undo(centre, gesture=done.outcome.gesture, author="Ana")
    assert centre.facts().of_kind("plan") == [find_plan(centre.facts())]
    assert next_year(centre, plan="2024", year=2025, author="Ana").rows


def test_a_weighted_programme_keeps_its_activities_and_weights(centre: House) -> None:
    load_plan(centre, text=TEXT, name="programa.psv", form="cl-ips", year=2010, author="Ana")
    (before,) = evaluate(centre, period="2010").programmes
    done = next_year(centre, year=2011, author="Ana")
    (after,) = evaluate(centre, period="2011").programmes
    assert done.dropped == ()
    assert (after.weight, after.needed) == (before.weight, before.needed)
    pinned = centre.facts().text(done.plan, "form_version")
    assert pinned == centre.facts().text(done.origin, "form_version")


def test_a_table_of_codes_is_read_by_comma_semicolon_or_tab(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_text('1.1;2.1\n\n1.2\t2.2\n"1.3","2,3"\n', "utf-8")
    assert read_codes(file) == {"1.1": "2.1", "1.2": "2.2", "1.3": "2,3"}
    for line in ("1.1", "1.1,", "1,2,3", "1,2\n1,3"):
        file.write_text(line, "utf-8")
        with pytest.raises(InputError, match="codes-line"):
            read_codes(file)
    with pytest.raises(InputError, match="file-missing"):
        read_codes(tmp_path / "none.csv")
