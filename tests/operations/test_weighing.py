"""Weights of programmes as points and percent, and the nation's total over its regions (S4)."""

from decimal import Decimal

import pytest

from quipu.domain.errors import InputError
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.weighing import share_over_regions, weights
from tests.operations.test_programmes import FORM, TEXT

D = Decimal


def load(house: House, text: str) -> None:
    load_plan(house, text=text, name="programa.psv", form=FORM, year=2010, author="Ana")


def nation(*, weight: str = "2,2%") -> str:
    """Give the programme of 15 regions."""
    tables = [
        TEXT.replace("Región Norte", f"Región {at}").replace("1,1 1,1", "1,1")
        for at in range(1, 16)
    ]
    return "\n\n".join(tables).replace("2,2%", weight)


def test_rows_are_shown_in_points_and_in_percent(centre: House) -> None:
    rows = ("0,5", "0,5", "0,4", "0,4", "0,4")
    head = TEXT.partition("| <u>Pagos")[0]
    lines = [f"| <u>P{at}</u> | Obj {at}. | | Uno. Dos | Actas | {weight} | Caja |"
             for at, weight in enumerate(rows)]  # fmt: skip
    load(centre, head + "\n".join(lines))
    (found,) = weights(centre)
    assert (found.base, found.weight, found.total, found.balanced) == (
        "absolute",
        D("2.2"),
        D("2.2"),
        True,
    )
    percents = [f"{float(row.relative or 0):.2f}" for row in found.rows]
    assert percents == ["22.73", "22.73", "18.18", "18.18", "18.18"]
    assert [part.weight for part in found.rows[0].parts] == [D("0.25")] * 2


def test_rows_that_do_not_add_up_are_told(centre: House) -> None:
    load(centre, TEXT.replace("1,1 1,1", "1,1"))
    (found,) = weights(centre, units=["Región Norte"])
    assert (found.total, found.wanted, found.balanced) == (D("1.1"), D("2.2"), False)
    assert (found.rows[1].weight, found.rows[1].relative) == (None, 0)


def test_the_nations_total_goes_to_its_regions_with_a_named_recipient_of_the_rest(
    centre: House,
) -> None:
    load(centre, nation())
    found = share_over_regions(centre, rest="región 13", store=True, author="Ana")
    given = {one.name: one.weight for one in found.shares}
    assert (given.pop("Región 13"), set(given.values()), found.rest) == (
        D("7.6"),
        {D("6.6")},
        "Región 13",
    )
    assert found.outcome.changed == 15
    facts = centre.facts()
    stored = {one.unit: one.weight for one in weights(centre)}
    assert {facts.text(unit, "name"): weight for unit, weight in stored.items()} == {
        **given,
        "Región 13": D("7.6"),
    }


def test_a_weight_printed_in_points_is_stored_in_points(centre: House) -> None:
    load(centre, nation(weight="2,2"))
    share_over_regions(centre, rest="Región 1", programme="III.1.1", store=True, author="Ana")
    assert {one.weight for one in weights(centre)} == {D("6.6"), D("7.6")}


def test_a_share_needs_regions_steps_and_a_recipient(centre: House) -> None:
    load(centre, nation())
    for code, asked in {
        "rest-unknown": {"rest": "Región 99"},
        "weights-step": {"rest": "Región 1", "step": D(0)},
        "programme-choice": {"rest": "Región 1", "store": True, "programme": "otro"},
    }.items():
        with pytest.raises(InputError) as caught:
            share_over_regions(centre, **asked)  # type: ignore[arg-type]
        assert caught.value.code == code


def test_without_programmes_regions_must_be_named(centre: House) -> None:
    from tests.operations.plans import NORTH, SOUTH
    from tests.operations.plans import load as load_roads

    load_roads(centre)
    with pytest.raises(InputError) as caught:
        share_over_regions(centre, rest=NORTH)
    assert caught.value.code == "weights-no-regions"
    found = share_over_regions(centre, rest=NORTH, parts=[NORTH, SOUTH], total=D("6.7"))
    assert [one.weight for one in found.shares] == [D("3.4"), D("3.3")]
    assert weights(centre) == []
