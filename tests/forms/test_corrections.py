"""Corrections of headings: another form, other columns, no table at all; without them nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quipu.domain.errors import InputError
from quipu.files.text import read_text
from quipu.forms.corrections import Correction, HeadingFound, spread
from quipu.forms.definition import Column, Form
from quipu.forms.language import choose, load_forms
from quipu.forms.raw import RawFile
from quipu.forms.recognise import headings_in, recognise
from quipu.forms.recognise_columns import Slot
from quipu.settings import forms_dir
from tests.forms.raw_tables import FORMS
from tests.operations.plans import NORTH, NORTH_ROWS, SOUTH, SOUTH_ROWS, table

FORM = next(form for form in FORMS if form.id == "sv-integracion/pat-programa")
STRANGE = (
    table(NORTH, NORTH_ROWS)
    .replace("Producto Resultado", "Lo que queda")
    .replace("Unidad de medida", "Se cuenta en")
    .replace("Medio de verificación", "Se prueba con")
)


def slot(field: str, form: Form = FORM) -> Slot:
    known = {column.field: column for column in form.columns}
    return Slot(known.get(field) or Column(field))


def raw(text: str) -> RawFile:
    return read_text(text, "pegado")


def the_heading(text: str, corrections: tuple[Correction, ...] = ()) -> HeadingFound:
    [found] = headings_in(raw(text), [FORM], corrections)
    return found


def at(found: HeadingFound, words: str) -> int:
    return next(column.at for column in found.columns if column.text == words)


def test_headings_are_shown_as_they_are_read() -> None:
    found = the_heading(table(NORTH, NORTH_ROWS))
    assert (found.form, found.missing, found.where) == (FORM.id, (), "pegado:4")
    assert [column.text for column in found.columns][:2] == ["N°", "Actividad"]
    assert found.columns[1].sample == "Conservar los caminos de tierra"
    assert found.columns[1].slot == slot("text")


def test_columns_that_nobody_knows_are_named_by_a_person() -> None:
    seen = the_heading(STRANGE)
    assert seen.form == ""
    with pytest.raises(InputError, match="no-table-of-form"):
        recognise(raw(STRANGE), [FORM], year=2024)
    chosen = Correction(seen.table, seen.first, seen.last, FORM.id)
    begun = the_heading(STRANGE, (chosen,))
    assert begun.form == FORM.id
    assert {column.field for column in begun.missing} == {
        "product", "unit_of_measure", "verification",
    }  # fmt: skip
    columns = {
        at(begun, "Lo que queda"): slot("product"),
        at(begun, "Se cuenta en"): slot("unit_of_measure"),
        at(begun, "Se prueba con"): slot("verification"),
    }
    whole = Correction(seen.table, seen.first, seen.last, FORM.id, columns)
    reading = recognise(raw(STRANGE), [FORM], year=2024, corrections=[whole])
    plain = recognise(raw(table(NORTH, NORTH_ROWS)), [FORM], year=2024)
    assert reading.rows == plain.rows
    assert the_heading(STRANGE, (whole,)).missing == ()


def test_a_column_is_moved_and_another_left_out() -> None:
    text = table(NORTH, NORTH_ROWS)
    seen = the_heading(text)
    august = next(c.slot for c in seen.columns if c.text == "Ago")
    columns = {at(seen, "Jul"): august, at(seen, "Ago"): None}
    said = Correction(seen.table, seen.first, seen.last, seen.form, columns)
    row = recognise(raw(text), [FORM], year=2024, corrections=[said]).rows[0]
    assert row.targets.get("2024-08") == Decimal(1200)
    assert "2024-07" not in row.targets


def test_what_is_no_table_is_left_out_and_stays_in_view() -> None:
    text = table(NORTH, NORTH_ROWS) + table(SOUTH, SOUTH_ROWS)
    first, second = headings_in(raw(text), [FORM])
    said = Correction(first.table, first.first, first.last, "")
    reading = recognise(raw(text), [FORM], year=2024, corrections=[said])
    assert {row.unit for row in reading.rows} == {SOUTH}
    shown = headings_in(raw(text), [FORM], [said])
    assert [one.form for one in shown] == ["", FORM.id]
    assert shown[1] == second


def test_without_the_rows_own_text_there_is_no_table_yet() -> None:
    text = table(NORTH, NORTH_ROWS)
    seen = the_heading(text)
    said = Correction(seen.table, seen.first, seen.last, seen.form, {at(seen, "Actividad"): None})
    with pytest.raises(InputError, match="no-table-of-form"):
        recognise(raw(text), [FORM], year=2024, corrections=[said])
    assert [column.field for column in the_heading(text, (said,)).missing] == ["text"]


def test_a_column_may_come_from_the_form_as_it_was_read_before() -> None:
    text = table(NORTH, NORTH_ROWS)
    seen = the_heading(text)
    again = {form.id: form for form in choose(load_forms(forms_dir()), "sv-integracion")}[FORM.id]
    columns = {at(seen, "Producto Resultado"): slot("process_of_nobody", again)}
    said = Correction(seen.table, seen.first, seen.last, seen.form, columns)
    assert the_heading(text, (said,)).missing[0].field == "product"
    columns = {at(seen, "Producto Resultado"): slot("verification", again)}
    said = Correction(seen.table, seen.first, seen.last, seen.form, columns)
    row = recognise(raw(text), [FORM], year=2024, corrections=[said]).rows[0]
    assert row.fields["verification"] == "Camino en buen estado"


def test_places_outside_the_file_change_nothing() -> None:
    text = table(NORTH, NORTH_ROWS)
    plain = recognise(raw(text), [FORM], year=2024)
    for wrong in (Correction(7, 0, 1, FORM.id), Correction(0, 900, 901, FORM.id)):
        corrected = recognise(raw(text), [FORM], year=2024, corrections=[wrong])
        assert corrected.rows == plain.rows


def test_one_correction_serves_all_tables_with_the_same_heading() -> None:
    text = table(NORTH, NORTH_ROWS) + table(SOUTH, SOUTH_ROWS)
    shown = headings_in(raw(text), [FORM])
    said = Correction(0, shown[0].first, shown[0].last, shown[0].form, {3: None})
    both = spread(said, shown, shown[0])
    assert [(one.first, one.last) for one in both] == [(one.first, one.last) for one in shown]
    assert all(one.columns == {3: None} for one in both)
