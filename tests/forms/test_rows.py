from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.row import Row
from quipu.domain.value import Value
from quipu.forms.checks import run_checks
from quipu.forms.definition import Form
from quipu.forms.rows import row_values, rows_from_facts
from tests.forms.raw_tables import (
    ACTIONS,
    ADVICE,
    BY_ID,
    CHANGES,
    HEAD,
    MONTHS,
    PROGRAMME,
    activity,
    programme,
    read,
    table,
)

Entries = list[tuple[Address, Value]]


def stored(rows: Sequence[Row], forms: dict[str, Form] | None = None) -> Facts:
    """Rows as a centre stores them, units and areas in the order of the rows."""
    known = BY_ID if forms is None else forms
    entries: Entries = [
        (Address("plan", "kind"), "plan"),
        (Address("plan", "institution"), "inst"),
        (Address("inst", "kind"), "institution"),
    ]
    for at, row in enumerate(rows):
        number = Decimal(at + 1)
        if row.area:
            entries += _named(f"area {row.area}", "area", row.area, "inst", number)
        if row.unit:
            above = f"area {row.area}" if row.area else "inst"
            entries += _named(f"unit {row.unit}", "unit", row.unit, above, number)
        entries += _row(row, f"row {at}", number, known)
    first: dict[Address, Value] = {}
    for address, value in entries:
        first.setdefault(address, value)
    return Facts(first.items())


def _named(item: str, kind: str, name: str, parent: str, order: Decimal) -> Entries:
    said = {"kind": kind, "name": name, "parent": parent, "order": order}
    return [(Address(item, field), value) for field, value in said.items()]


def _row(row: Row, item: str, order: Decimal, forms: dict[str, Form]) -> Entries:
    said: dict[str, Value] = {"kind": row.kind, "plan": "plan", "form": row.form, "order": order}
    if row.unit:
        said["unit"] = f"unit {row.unit}"
    if row.parent is not None:
        said["parent"] = f"row {row.parent}"
    values = row_values(row, forms[row.form])
    return [
        *((Address(item, field), value) for field, value in said.items()),
        *((Address(item, field, period), value) for (field, period), value in values.items()),
    ]


def again(rows: Sequence[Row]) -> list[Row]:
    return [replace(row, item="") for row in rows_from_facts(stored(rows), "plan", BY_ID)]


DOCUMENT = [
    table(
        "PLAN ANUAL DE TRABAJO 2024 OBRAS\n"
        + programme(
            activity("1.1", "Contar", ago="21,00", sep="400", total="2,500"),
            activity("_1.2", "Medir", jun="50%", jul="50%", total="1"),
            activity("1.4", "Vigilar", oct="1", nov="1", dic="1", total="1", extra="4"),
            activity("", "Contar", ene="-", total=""),
        ),
        name="A",
    ),
    table(programme(activity("1", "Otra", ene="1700", total="1,700"), title="UNIDAD B"), name="B"),
    table(
        f"UNIDADES ASESORAS\nUnidad Organizativa | {HEAD.replace('N°', 'Proceso')}\n"
        + f"Prensa | {activity('Radio', 'Hablar', verification='', ene='1', total='1')}",
        name="C",
    ),
    table(
        "Objetivo Estratégico | Acción Estratégica | 2024 | 2025 | Cantidad | "
        "Indicadores de Productos | Responsable\n"
        "OE 1.1 Unir | AE 1.1.1 Diseñar | x | | 1 | Modelo | Dirección\n"
        " | AE 1.1.2 Probar | | x | 10% | Plan | UNIDAD B",
        name="D",
    ),
    table("Descripción | Responsable | Fecha | Versión\nCreación | Ana | 01/07/24 | 01", name="E"),
]


def test_rows_go_into_facts_and_come_back() -> None:
    rows = read(*DOCUMENT).rows
    assert {row.form for row in rows} == {PROGRAMME, ADVICE, ACTIONS, CHANGES}
    assert again(rows) == list(rows)


def test_the_same_findings_come_from_read_and_from_stored_rows() -> None:
    rows = read(*DOCUMENT).rows
    header = {"date": "2024-07-29", "version": "01"}
    checks = run_checks(rows, BY_ID, header=header)
    assert len({problem.check for problem in checks}) > 9
    assert run_checks(again(rows), BY_ID, header=header) == checks


def test_every_printed_cell_has_a_published_twin() -> None:
    (row,) = read(programme(activity("1.1", "Contar", ago="21,00", total="2,100"))).rows
    values = row_values(row, BY_ID[PROGRAMME])
    assert values["target.published", "2024-08"] == "21,00"
    assert ("target", "2024-08") not in values
    assert values["total", ""] == Decimal(2100)
    assert values["total.published", ""] == "2,100"
    assert values["code.published", ""] == values["code", ""] == "1.1"
    assert values["where", ""] == "Hoja1!A4"
    assert values["measure", ""] == "count"


def test_dates_and_numbers_of_other_columns_are_stored_as_what_they_are() -> None:
    form = BY_ID[CHANGES]
    row = Row(form.id, "change", fields={"date": "1/7/24", "weight": "2.5", "note": "a"})
    values = row_values(row, form)
    assert values["date", ""] == "2024-07-01"
    assert values["weight", ""] == Decimal("2.5")
    odd = replace(row, fields={"date": "julio"}, published={"date": "julio"})
    assert row_values(odd, form)["date", ""] == "julio"
    assert again([odd]) == [odd]


def test_working_values_go_before_published_ones() -> None:
    (row,) = read(programme(activity("1.1", "Contar", jul="x1", ago="21,00", total="2,100"))).rows
    facts = stored([replace(row, fields={**row.fields, "weight": "2"})]).with_changes(
        [
            (Address("row 0", "target", "2024-08"), Decimal(2100)),
            (Address("row 0", "product"), "Otro"),
            (Address("row 0", "executed", "2024-08", "unit"), Decimal(5)),
            (Address("row 0", "decision.malformed-number", "2024-08"), "accepted"),
        ]
    )
    (now,) = rows_from_facts(facts, "plan", BY_ID)
    assert now.targets == {"2024-07": None, "2024-08": Decimal(2100)}
    assert now.published["2024-08"] == "21,00"
    assert now.fields["product"] == "Otro"
    assert now.fields["weight"] == "2"
    assert set(now.fields) == {"product", "weight", "unit_of_measure", "verification"}


def test_a_number_that_nobody_could_read_stays_as_printed() -> None:
    row = Row(CHANGES, "change", fields={"weight": "6,6,%"}, published={"weight": "6,6,%"})
    assert again([row]) == [row]


def test_rows_of_some_units_and_of_unknown_forms() -> None:
    facts = stored(read(*DOCUMENT).rows)
    some = rows_from_facts(facts, "plan", BY_ID, units={"unit UNIDAD B"})
    assert [row.unit for row in some] == ["UNIDAD B"]
    whole = rows_from_facts(facts, "plan", BY_ID, units={""})
    assert {row.form for row in whole} == {ACTIONS, CHANGES}
    known = {PROGRAMME: BY_ID[PROGRAMME]}
    assert {row.form for row in rows_from_facts(facts, "plan", known)} == {PROGRAMME}
    assert rows_from_facts(facts, "otro", BY_ID) == []


def test_units_outside_the_institution_come_after_the_others() -> None:
    facts = stored(read(*DOCUMENT).rows).with_changes(
        [(Address("unit UNIDAD B", "parent"), None), (Address("unit Prensa", "parent"), None)]
    )
    units = [row.unit for row in rows_from_facts(facts, "plan", BY_ID)]
    assert list(dict.fromkeys(units)) == ["UNIDAD DE CAMINOS", "Prensa", "UNIDAD B", ""]


def test_periods_that_are_none_come_first() -> None:
    facts = stored([Row(PROGRAMME, "activity", text="x")]).with_changes(
        [
            (Address("row 0", "target", "2024-02"), Decimal(1)),
            (Address("row 0", "target", "más tarde"), Decimal(2)),
        ]
    )
    (row,) = rows_from_facts(facts, "plan", BY_ID)
    assert list(row.targets) == ["más tarde", "2024-02"]


# ---------------------------------------------------------------- random tables

WORD = st.text("abcdefghijklmnñopqrstuvwxyzáéíóú", min_size=3, max_size=9)
WORDS = st.lists(WORD, min_size=2, max_size=5).map(lambda words: " ".join(words).capitalize())
FIGURE = st.sampled_from(["1", "2", "1,100", "50%", "12 %", "21,00", "0.5", "1700", ""])


@st.composite
def lines(draw: st.DrawFn) -> list[list[str]]:
    count = draw(st.integers(1, 6))
    made = []
    for number in range(1, count + 1):
        figures = draw(st.lists(FIGURE, min_size=12, max_size=12))
        texts = [draw(WORDS) for _ in range(4)]
        total = draw(FIGURE) or "1"
        made.append([f"1.{number}", *texts, *figures, total])
    return made


def laid_out(
    made: Sequence[Sequence[str]],
    *,
    order: Sequence[int] = tuple(range(18)),
    left: int = 0,
    breaks: Sequence[int] = (),
    blanks: Sequence[int] = (),
) -> str:
    def line(texts: Sequence[str]) -> str:
        return " | ".join(["", *[""] * left, *(texts[at] for at in order)][1:])

    head = line(HEAD.split(" | "))
    found = ["UNIDAD DE CAMINOS", "", head]
    for at, texts in enumerate(made):
        found += [""] if at in blanks else []
        found += ["", "UNIDAD DE CAMINOS", head] if at in breaks else []
        found.append(line(texts))
    return "\n".join(found)


def said(row: Row) -> Row:
    return replace(row, where="")


@settings(max_examples=40)
@given(
    made=lines(),
    order=st.permutations(range(18)),
    left=st.integers(0, 2),
    breaks=st.sets(st.integers(1, 5)),
    blanks=st.sets(st.integers(1, 5)),
)
def test_a_table_is_recognised_however_it_is_laid_out(
    made: list[list[str]], order: list[int], left: int, breaks: set[int], blanks: set[int]
) -> None:
    straight = read(laid_out(made))
    turned = read(
        laid_out(made, order=order, left=left, breaks=sorted(breaks), blanks=sorted(blanks))
    )
    assert [row.code for row in straight.rows] == [line[0] for line in made]
    assert [said(row) for row in turned.rows] == [said(row) for row in straight.rows]
    assert [problem.check for problem in turned.problems] == [
        problem.check for problem in straight.problems
    ]


@settings(max_examples=40)
@given(made=lines())
def test_random_rows_go_into_facts_and_come_back(made: list[list[str]]) -> None:
    rows = read(laid_out(made)).rows
    assert again(rows) == list(rows)
    assert len(MONTHS) == 12
