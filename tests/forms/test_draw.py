from dataclasses import replace
from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.forms.definition import Column, Heading, Level, Report, ReportColumn
from quipu.forms.document import Cell, PageBreak, Sheet, Signatures
from quipu.forms.draw import DrawRequest, draw, stamp_of
from tests.forms.drawing import body, cell, drawn, form, own, sheet
from tests.forms.sample_plan import (
    PLAN,
    advice_rows,
    forms,
    institution_rows,
    item,
    paper,
    registry,
    row,
    sample,
    unit_rows,
)

D = Decimal


def test_every_printed_fact_has_its_address_and_may_be_changed_in_the_plan() -> None:
    roads = sheet(drawn(), "UNIDAD DE CAMINOS")
    june = cell(roads, 0, "target", "2024-06")
    assert june.address == Address("survey", "target", "2024-06")
    assert (june.text, june.number, june.editable) == ("1,400", D(1400), True)
    assert cell(roads, 0, "text").address == Address("survey", "text")
    assert [one.item for one in body(roads)] == ["survey", "fuel"]
    assert roads.unit == "roads"
    assert all(one.item == "" for one in roads.rows[: roads.header_rows])


def test_nothing_published_may_be_changed_and_all_of_it_stays() -> None:
    document = drawn(view="published")
    for one in document.sheets:
        assert not any(cell.editable for row in one.rows for cell in row.cells if cell)
    roads = sheet(document, "UNIDAD DE CAMINOS")
    wrong = cell(roads, 0, "target", "2024-08")
    assert (wrong.text, wrong.number, wrong.style) == ("21,00", None, "number")
    assert cell(roads, 0, "target", "2024-09").text == "1700"
    assert cell(roads, 1, "target", "2024-11").number == D("0.5")
    assert cell(roads, 1, "target", "2024-11").style == "percent"
    assert cell(sheet(document, "UNIDAD DE CONTRATOS"), 1, "total").text == ""
    shifted = sheet(document, "PLAN ANUAL DE TRABAJO DE UNIDADES ASESORAS")
    assert shifted.columns[-1].field == "extra"
    assert body(shifted)[0].cells[-1] == Cell("2", "number", D(2))
    assert [row.cells[-1] for row in shifted.rows[:2]] == [Cell(style="header", down=2), None]


def test_a_working_figure_that_nobody_could_read_stays_in_sight() -> None:
    roads = sheet(drawn(), "UNIDAD DE CAMINOS")
    wrong = cell(roads, 0, "target", "2024-08")
    assert (wrong.text, wrong.number, wrong.editable) == ("21,00", None, True)
    decided = sample((Address("survey", "target", "2024-08"), D(2100)))
    assert cell(sheet(drawn(decided), "UNIDAD DE CAMINOS"), 0, "target", "2024-08").text == "2,100"


def test_a_row_that_was_never_published_is_left_out_of_the_published_plan() -> None:
    added = row("added", form="pat-programa", unit="roads", order=9)
    facts = sample(*added, (Address("added", "text"), "Nueva"))
    assert [one.item for one in body(sheet(drawn(facts), "UNIDAD DE CAMINOS"))][-1] == "added"
    published = sheet(drawn(facts, "published"), "UNIDAD DE CAMINOS")
    assert [one.item for one in body(published)] == ["survey", "fuel"]


def test_a_merged_text_is_printed_over_all_rows_though_one_cell_held_it() -> None:
    blank = (Address("minutes", "process.published"), None)
    deals = sheet(drawn(sample(blank), "published"), "UNIDAD DE CONTRATOS")
    assert cell(deals, 0, "process").down == 2
    other = (Address("minutes", "process"), "Actas")
    deals = sheet(drawn(sample(blank, other), "published"), "UNIDAD DE CONTRATOS")
    assert (cell(deals, 0, "process").down, cell(deals, 1, "process").text) == (1, "")


def test_a_merge_ends_where_the_column_to_its_left_does() -> None:
    advice = sheet(drawn(), "PLAN ANUAL DE TRABAJO DE UNIDADES ASESORAS")
    assert (cell(advice, 0, "unit").down, cell(advice, 0, "process").down) == (2, 2)
    assert body(advice)[1].cells[:2] == (None, None)
    assert (cell(advice, 2, "unit").text, cell(advice, 2, "process").down) == ("Prensa", 1)
    assert not cell(advice, 0, "process").editable
    assert cell(advice, 2, "process").editable


def test_a_unit_that_was_published_by_another_name_is_printed_so() -> None:
    facts = sample((Address("publish", "unit.published"), "Oficina de Prensa"))
    advice = sheet(drawn(facts, "published"), "PLAN ANUAL DE TRABAJO DE UNIDADES ASESORAS")
    assert cell(advice, 2, "unit").text == "Oficina de Prensa"
    assert cell(advice, 0, "unit").text == "Auditoría"


def test_units_of_one_area_share_a_sheet_and_of_two_areas_do_not() -> None:
    facts = sample(
        *row("north audit", form="pat-asesoras", unit="deals", texts={"text": "Revisar"})
    )
    titles = [one.title for one in drawn(facts).sheets]
    assert titles[2:4] == [
        "PLAN ANUAL DE TRABAJO DE OFICINAS",
        "PLAN ANUAL DE TRABAJO DE UNIDADES ASESORAS",
    ]


def test_rows_of_a_unit_outside_the_tree_are_still_printed() -> None:
    facts = sample(
        *item("far", kind="unit", name="UNIDAD LEJANA"),
        *row("far row", form="pat-programa", unit="far", texts={"text": "Viajar"}),
    )
    far = sheet(drawn(facts), "UNIDAD LEJANA")
    assert (far.area, far.unit) == ("", "far")


def test_some_units_are_printed_without_the_institutions_own_sheets() -> None:
    assert [one.title for one in drawn(units=("deals",)).sheets] == ["UNIDAD DE CONTRATOS"]
    assert drawn(units=("nobody",)).sheets == ()
    assert drawn(units=("nobody",)).page == forms()["sv-integracion/pat-programa"].page


def test_marks_of_years_are_shaded_and_lettered() -> None:
    annex = sheet(drawn(), "Anexo 1. Acciones Estratégicas anualizadas")
    marked = cell(annex, 0, "target", "2024")
    assert (marked.text, marked.filled, marked.values) == ("X", True, ("", "X"))
    blank = cell(annex, 0, "target", "2025")
    assert (blank.text, blank.filled, blank.editable) == ("", False, True)
    published = sheet(drawn(view="published"), annex.title)
    assert cell(published, 0, "target", "2024").filled
    assert not cell(published, 0, "target", "2025").filled


def test_a_level_beside_another_covers_its_rows_and_stands_alone_without_any() -> None:
    annex = sheet(drawn(), "Anexo 1. Acciones Estratégicas anualizadas")
    first, second, alone = body(annex)
    assert (first.item, second.item, alone.item) == ("bridge", "traffic", "alone")
    objective = first.cells[0]
    assert objective is not None
    assert (objective.text, objective.down) == ("OE 1.1 Unir los pueblos", 2)
    assert objective.address == Address("goal", "text")
    assert second.cells[0] is None
    assert alone.cells[1:] == tuple(Cell(align=one.align) for one in annex.columns[1:])


def test_levels_that_share_their_columns_have_rows_of_their_own() -> None:
    levels = (
        Level("action", {"es": "AE"}, row_code="AE.*"),
        Level("activity", {"es": "AO"}, row_code="AO.*"),
    )
    facts = sample(
        *own("ae", kind="action", text="Mejorar", order=D(1)),
        *own("ao", text="Medir", parent="ae", total=D(4)),
    )
    one = sheet(drawn(facts, using=[form(levels=levels)]), "UNIDAD DE CAMINOS")
    assert [[cell.text if cell else "" for cell in row.cells] for row in body(one)] == [
        ["Mejorar", ""],
        ["Medir", "4"],
    ]


def test_zero_is_printed_as_the_form_says_and_blank_never_is_zero() -> None:
    facts = sample(*own("a", text="A", total=D(0)), *own("b", text="B"))
    for style, printed in (("blank", ""), ("zero", "0")):
        one = sheet(drawn(facts, using=[form(zero=style)]), "UNIDAD DE CAMINOS")
        assert [cell(one, at, "total").text for at in (0, 1)] == [printed, ""]
        assert [cell(one, at, "total").number for at in (0, 1)] == [D(0), None]


def test_numbers_follow_the_forms_style() -> None:
    facts = sample(*own("a", text="A", total=D("1234.5")))
    one = sheet(drawn(facts, using=[form(numbers="1.234,5")]), "UNIDAD DE CAMINOS")
    assert cell(one, 0, "total").text == "1.234,5"


@pytest.mark.parametrize(
    ("measure", "published", "total", "target"),
    [
        ("spread", "", "100%", "50%"),
        ("share", "", "1", "50%"),
        ("count", "", "1", "0.5"),
        ("count", "50%", "1", "50%"),
        ("spread", "0.5", "100%", "0.5"),
    ],
)
def test_percentages_are_printed_as_they_were_or_by_the_measure(
    measure: str, published: str, total: str, target: str
) -> None:
    using = form(columns=(*form().columns, Column("target", periods="quarter")))
    facts = sample(
        *own("a", text="A", total=D(1), measure=measure),
        (Address("a", "target", "2024-Q2"), D("0.5")),
        (Address("a", "target.published", "2024-Q2"), published),
    )
    one = sheet(drawn(facts, using=[using]), "UNIDAD DE CAMINOS")
    assert cell(one, 0, "total").text == total
    assert cell(one, 0, "target", "2024-Q2").text == target


def test_periods_without_headings_of_their_own_have_their_usual_names() -> None:
    columns = (
        Column("text", ("Actividad",)),
        Column("target", periods="semester"),
        Column("cost", periods="month"),
    )
    one = sheet(drawn(sample(*own("a")), using=[form(columns=columns)]), "UNIDAD DE CAMINOS")
    words = [cell.text for cell in one.rows[0].cells if cell]
    assert words[:5] == ["Actividad", "Ene-Jun", "Jul-Dic", "Ene", "Feb"]
    assert one.header_rows == 1


def test_a_span_of_years_has_one_column() -> None:
    columns = (Column("text", ("Actividad",)), Column("target", periods="span"))
    using = form(columns=columns, years=(2007, 2011))
    one = sheet(drawn(sample(*own("a")), using=[using]), "UNIDAD DE CAMINOS")
    assert [column.period for column in one.columns] == ["", "2007/2011"]
    assert [cell.text for cell in one.rows[0].cells if cell] == ["Actividad", "2007-2011"]


def test_dates_of_the_ledger_are_printed_as_forms_write_them() -> None:
    log = sheet(drawn(), "CONTROL DE CAMBIOS")
    assert cell(log, 0, "date").text == "01/07/2024"
    later = sample((Address("first", "date"), "julio"))
    assert cell(sheet(drawn(later), "CONTROL DE CAMBIOS"), 0, "date").text == "julio"


def test_a_column_of_few_texts_offers_them() -> None:
    columns = (*form().columns, Column("priority", ("Prioridad",), values=("Alta", "Baja")))
    one = sheet(drawn(sample(*own("a")), using=[form(columns=columns)]), "UNIDAD DE CAMINOS")
    assert cell(one, 0, "priority").values == ("Alta", "Baja")


def test_an_unknown_plan_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        draw(list(forms().values()), sample(), DrawRequest("nothing"), paper)
    assert caught.value.code == "plan-unknown"


def test_the_stamp_pins_what_was_drawn() -> None:
    every = list(forms().values())
    request = DrawRequest(PLAN, "progress", "2024-07", ("roads",), "data")
    one = stamp_of(every[:1], request)
    assert (one.form, one.version, one.digest) == (every[0].id, every[0].version, every[0].digest)
    assert (one.dataset, one.plan, one.view, one.period) == ("data", PLAN, "progress", "2024-07")
    several = stamp_of(every, request)
    assert (several.form, several.version) == ("sv-integracion", "1,1,1,1,1")
    assert several == stamp_of(every[::-1], request)
    other = [replace(every[0], digest="other"), *every[1:]]
    assert stamp_of(other, request).digest != several.digest
    assert drawn(view="progress", period="2024-07").stamp == several


def test_titles_fall_back_on_the_forms_own() -> None:
    bare = [entry for entry in registry() if entry[0] != Address(PLAN, "title")]
    facts = Facts([*bare, *unit_rows(), *advice_rows(), *institution_rows(), *own("a")])
    assert drawn(facts, using=[form()]).title == "Formato"
    assert drawn(facts, using=[form(title={"en": "Form"})]).title == ""
    report = Report(("text",), (ReportColumn("executed", "Ejecutado"),))
    document = drawn(facts, "progress", "2024-Q2", using=[form(report=report)])
    assert document.title == "Formato"


def test_an_area_without_a_pattern_is_its_name_and_signatures_may_be_none() -> None:
    document = drawn(sample(*own("a")), using=[form(heading=Heading(unit="{unit} {year}"))])
    assert document.sheets[0].area == "OFICINAS"
    assert document.sheets[0].title == "UNIDAD DE CAMINOS 2024"
    assert isinstance(document.blocks[-1], Sheet)


def test_signatures_close_a_signed_sheet_or_stand_on_their_own_page() -> None:
    every = list(forms().values())
    whole = drawn(using=every).blocks
    assert isinstance(whole[-1], Signatures)
    assert isinstance(whole[-2], Sheet)
    unsigned = drawn(using=[*every[:-1], replace(every[-1], signatures=())]).blocks
    assert isinstance(unsigned[-1], Signatures)
    assert isinstance(unsigned[-2], PageBreak)


def test_a_plan_without_a_year_is_drawn_all_the_same() -> None:
    bare = [entry for entry in registry() if entry[0] != Address(PLAN, "year")]
    document = drawn(Facts([*bare, *own("a", text="A")]), using=[form()])
    assert body(document.sheets[0])[0].item == "a"
