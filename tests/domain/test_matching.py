from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.alignment import LIMIT, align, gaps
from quipu.domain.matching import Match, match_rows
from quipu.domain.row import Row


def row(code: str, text: str, *, item: str = "", parent: int | None = None, **more: str) -> Row:
    place = {"form": "f", "kind": "activity", "unit": "U", **more}
    return Row(code=code, text=text, item=item, parent=parent, **place)


def known(*rows: Row) -> list[Row]:
    """The rows as stored: with an id each."""
    return [replace(entry, item=f"k{number}") for number, entry in enumerate(rows)]


def found(new: Sequence[Row], old: Sequence[Row]) -> list[tuple[str, str]]:
    return [(match.item, match.by) for match in match_rows(new, old)]


PLAN = (row("1", "Formar"), row("2", "Evaluar"), row("3", "Informar"))


def test_the_same_rows_are_found_by_code() -> None:
    assert found(PLAN, known(*PLAN)) == [("k0", "code"), ("k1", "code"), ("k2", "code")]


def test_the_stamped_id_goes_before_everything() -> None:
    stamped = [row("9", "Otra cosa", item="k1"), row("2", "Evaluar")]
    assert found(stamped, known(*PLAN)) == [("k1", "id"), ("", "new")]


def test_an_id_that_stands_twice_or_is_unknown_is_no_id() -> None:
    stamped = [row("1", "Formar", item="k1"), row("2", "Evaluar", item="k1")]
    assert found(stamped, known(*PLAN)) == [("k0", "code"), ("k1", "code")]
    assert found([row("3", "Informar", item="elsewhere")], known(*PLAN)) == [("k2", "code")]


def test_a_changed_text_is_found_by_its_code() -> None:
    assert found([row("2", "Medir resultados")], known(*PLAN)) == [("k1", "code")]


def test_a_changed_code_is_found_by_its_text() -> None:
    assert found([row("2.1", " EVALUAR ")], known(*PLAN)) == [("k1", "text")]


def test_a_row_inserted_above_renumbers_but_moves_nothing() -> None:
    new = [row("1", "Nueva"), row("2", "Formar"), row("3", "Evaluar"), row("4", "Informar")]
    assert found(new, known(*PLAN)) == [
        ("", "new"),
        ("k0", "text"),
        ("k1", "text"),
        ("k2", "text"),
    ]


def test_codes_restart_in_every_unit_and_form() -> None:
    old = known(row("1", "A", unit="Norte"), row("1", "B", unit="Sur"), row("1", "C", form="g"))
    new = [
        row("1", "B2", unit="Sur"),
        row("1", "A2", unit="norte"),
        row("1", "C2", form="g"),
        row("1", "A", form="h", unit="Norte"),
    ]
    assert [item for item, _ in found(new, old)] == ["k1", "k0", "k2", ""]


def test_codes_restart_under_every_parent() -> None:
    tree = [
        row("I", "Uno", kind="objective"),
        row("1", "Preparar", parent=0),
        row("II", "Dos", kind="objective"),
        row("1", "Preparar", parent=2),
    ]
    changed = [tree[2], row("1", "Preparar!", parent=0), tree[0], row("1", "Preparar?", parent=2)]
    assert [item for item, _ in found(changed, known(*tree))] == ["k2", "k3", "k0", "k1"]


def test_below_a_new_parent_a_row_is_still_found_by_its_text() -> None:
    tree = [row("I", "Uno", kind="objective"), row("1", "Preparar", parent=0)]
    moved = [
        row("II", "Algo muy distinto", kind="objective"),
        row("1", "Preparar", parent=0),
        row("2", "Desconocida", parent=0),
    ]
    assert found(moved, known(*tree)) == [("", "new"), ("k1", "text"), ("", "new")]


def test_two_identical_rows_stay_two() -> None:
    twins = [row("", "Informe mensual"), row("", "Reunión"), row("", "Informe mensual")]
    assert found(twins, known(*twins)) == [("k0", "order"), ("k1", "text"), ("k2", "order")]


def test_of_identical_rows_the_place_tells_which_one_vanished() -> None:
    old = known(row("", "A"), row("", "Igual"), row("", "B"), row("", "Igual"), row("", "C"))
    new = [row("", "A"), row("", "B"), row("", "Igual"), row("", "C")]
    assert [item for item, _ in found(new, old)] == ["k0", "k2", "k3", "k4"]


def test_where_nothing_tells_identical_rows_apart_a_person_decides() -> None:
    old = known(row("", "Igual"), row("", "Igual"))
    assert match_rows([row("", "Igual")], old) == [Match(0, "", "ambiguous", ("k0", "k1"))]


def test_a_new_twin_is_the_second_one() -> None:
    new = [row("", "Igual"), row("", "Igual")]
    assert found(new, known(row("", "Igual"))) == [("k0", "order"), ("", "new")]


def test_a_corrected_text_without_code_is_found_by_likeness() -> None:
    old = known(row("", "A"), row("", "Elaborar el informe mensual de actividades"), row("", "C"))
    new = [row("", "A"), row("", "Elaborar informe mensual de las actividades"), row("", "C")]
    assert found(new, old)[1] == ("k1", "order")
    other = [row("", "A"), row("", "Comprar tres vehículos"), row("", "C")]
    assert found(other, old)[1] == ("", "new")


def test_two_that_are_equally_alike_are_left_to_a_person() -> None:
    old = known(row("", "Informe de enero uno"), row("", "Informe de enero dos"))
    match = match_rows([row("", "Informe de enero")], old)[0]
    assert (match.by, match.candidates) == ("ambiguous", ("k0", "k1"))
    unstamped = [replace(entry, item="") for entry in old]
    halves = match_rows(unstamped, known(row("", "Informe de enero")))
    assert [(half.by, half.candidates) for half in halves] == [("ambiguous", ("k0",))] * 2


def test_moved_rows_do_not_hide_what_stands_between_the_others() -> None:
    texts = ["a", "b", "c", "Registrar las visitas", "d", "e"]
    old = known(*(row("", text) for text in texts))
    new = [row("", text) for text in ["e", "a", "b", "c", "Registrar visitas", "d"]]
    assert [item for item, _ in found(new, old)] == ["k5", "k0", "k1", "k2", "k3", "k4"]


def test_rows_hanging_in_a_circle_do_not_hang_the_search() -> None:
    loop = [row("1", "A", parent=1), row("2", "B", parent=0)]
    assert len(match_rows(loop, known(*loop))) == 2


def test_nothing_matches_nothing() -> None:
    assert match_rows([], known(*PLAN)) == []
    assert found(PLAN, []) == [("", "new")] * 3


def test_long_runs_of_strange_texts_are_not_compared_each_with_each() -> None:
    many = [("", f"texto parecido número {number}") for number in range(LIMIT + 1)]
    assert align([("", "texto parecido")], many).pairs == {}
    assert align([], many).pairs == {}
    assert list(gaps([], [], {})) == []


def test_blank_rows_are_not_alike() -> None:
    assert align([("1", "")], [("2", "")]).pairs == {}
    assert align([("1", "")], [("1", "")]).pairs == {0: 0}


def test_likeness_keeps_the_order() -> None:
    ours = [("", "visitar centros del norte"), ("", "comprar papel para oficina")]
    theirs = [("", "comprar papel para oficinas"), ("", "visitar centros del nortes")]
    assert len(align(ours, theirs).pairs) == 1
    assert align(ours, theirs[::-1]).pairs == {0: 0, 1: 1}
    assert align([ours[0], ("", "zz"), ours[1]], theirs[::-1]).pairs == {0: 0, 2: 1}


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["", "Formar", "Evaluar", "Informar", "Informar bien"]),
        unit=st.sampled_from(["U", "V"]),
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(ROWS, ROWS)
def test_a_stored_row_is_given_once_and_the_result_is_always_the_same(
    new: list[Row], old: list[Row]
) -> None:
    stored = known(*old)
    matches = match_rows(new, stored)
    assert [match.row for match in matches] == list(range(len(new)))
    taken = [match.item for match in matches if match.item]
    assert len(set(taken)) == len(taken)
    assert all(match.candidates for match in matches if match.by == "ambiguous")
    assert match_rows(new, stored) == matches


@settings(max_examples=60)
@given(ROWS)
def test_an_unchanged_document_is_matched_whole_and_in_order(rows: list[Row]) -> None:
    assert [match.item for match in match_rows(rows, known(*rows))] == [
        f"k{number}" for number in range(len(rows))
    ]


@pytest.mark.parametrize("count", [3000])
def test_large_documents_are_quick(count: int) -> None:
    rows = [row(f"{number % 700}", f"Actividad número {number % 2500}") for number in range(count)]
    matches = match_rows(rows, known(*rows))
    assert [match.item for match in matches] == [f"k{number}" for number in range(count)]
