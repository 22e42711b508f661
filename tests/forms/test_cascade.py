"""How a cascade is read: codes, what goes on, lists, headings, and what nobody can decide."""

from quipu.forms.reading import Reading
from quipu.forms.recognise_cells import tidy_mark
from tests.forms.cmi_tables import HEAD, line, read, said, scorecard, tree

FIRST = line(
    "1.1 Vías seguras.",
    "1.1.1 Número de vías.",
    "1.1.1.1 Al menos 20 vías.",
    "1.1.1.1.1 Señalizar.",
    "1) Medir. 2) Pintar.",
    "<u>Obras</u> ASIS",
    "Un año",
    "Pintura",
)


def checks(reading: Reading) -> set[str]:
    return {name for name, _, _ in said(reading)}


def test_codes_are_understood_however_they_are_spelled() -> None:
    reading = scorecard(
        line(
            "1.1. Vías.",
            "1.1.1.Número de vías.",
            "1.1.1. 1. Al menos 20.",
            "1.1.1.1.1",
            "1) Medir.",
        ),
        line("", "", "1 . 1 . 1 . 2 Más del 80 %.", "1.1.1.2.10 Pintar.", "Pintar todo."),
    )
    assert tree(reading) == [
        "1.1 Vías.",
        ".1.1.1 Número de vías.",
        "..1.1.1.1 Al menos 20.",
        "...1.1.1.1.1",
        "....1 Medir.",
        "..1.1.1.2 Más del 80 %.",
        "...1.1.1.2.10 Pintar.",
        "....Pintar todo.",
    ]
    assert tidy_mark("4.2.1. 1.") == "4.2.1.1"


def test_two_codes_in_a_cell_are_two_items_and_a_code_that_is_spoken_of_is_none() -> None:
    reading = scorecard(
        line(
            "1.1 Vías según 1.2 y el 3.4.",
            "1.1.1 Grado de vías. 1.1.2 Tasa de vías.",
            "1.1.1.1 Diez.",
            "1.1.1.1.1 Pintar.",
            "Pintar.",
        ),
    )
    assert tree(reading, "objective", "indicator", "goal") == [
        "1.1 Vías según 1.2 y el 3.4.",
        ".1.1.1 Grado de vías.",
        "..1.1.1.1 Diez.",
        ".1.1.2 Tasa de vías.",
    ]
    assert ("targets-missing.indicator", "1.1.2", "") in said(reading)


def test_headings_of_full_width_known_and_new() -> None:
    reading = scorecard(
        "Perspectiva del Vecino",
        "Calles",
        FIRST,
        "Parques",
        line("1.2 Parques.", "1.2.1 X.", "1.2.1.1 20 parques.", "1.2.1.1.1 Y.", "1) Z."),
        "Perspectiva de la Caja",
        line("2.1 Caja.", "2.1.1 X.", "2.1.1.1 20 soles.", "2.1.1.1.1 Y.", "1) Z."),
        "Mercados y ferias",
        line("3.1 Ferias.", "3.1.1 X.", "3.1.1.1 20 ferias.", "3.1.1.1.1 Y.", "1) Z."),
        "Talleres",
    )
    assert tree(reading, "perspective", "process", "objective") == [
        "Perspectiva del Vecino",
        ".Calles",
        "..1.1 Vías seguras.",
        ".Parques",
        "..1.2 Parques.",
        "Perspectiva de la Caja",
        ".2.1 Caja.",
        "Mercados y ferias",
        ".3.1 Ferias.",
        "Talleres",
    ]


def test_headings_inside_the_list() -> None:
    reading = scorecard(
        line("1.1 A.", "1.1.1 B.", "1.1.1.1 20.", "1.1.1.1.1 C.", "Apoyo Técnico 1) Medir."),
        line("", "", "", "1.1.1.1.2 D.", "<p>1) Pintar.</p> <p>Capital Humano</p>"),
        line("1.2 E.", "1.2.1 F.", "1.2.1.1 20.", "1.2.1.1.1 G.", "1) Dar."),
    )
    assert tree(reading, "process", "objective", "activity") == [
        "Apoyo Técnico",
        ".1.1 A.",
        ".....1 Medir.",
        ".....1 Pintar.",
        "Capital Humano",
        ".1.2 E.",
        ".....1 Dar.",
    ]
    assert [one for one in said(reading) if one[0] == "heading-in-cell"] == [
        ("heading-in-cell", "1.1.1.1.1", "Apoyo Técnico"),
        ("heading-in-cell", "1.1.1.1.2", "Capital Humano"),
    ]


def test_a_row_without_codes_goes_on_in_every_column() -> None:
    reading = scorecard(
        line(
            "1.1 Vías", "1.1.1 Número", "1.1.1.1 Al", "1.1.1.1.1", "1) Medir", "<u>Obras</u>", "Un"
        ),
        "",
        "\t".join(HEAD),
        line(
            "seguras.", "de vías.", "menos 20 vías.", "Pintar", "todo. 2) Ir.", "ASIS", "año", "Cal"
        ),
    )
    assert tree(reading) == [
        "1.1 Vías seguras.",
        ".1.1.1 Número de vías.",
        "..1.1.1.1 Al menos 20 vías.",
        "...1.1.1.1.1 Pintar",
        "....1 Medir todo.",
        "....2 Ir.",
    ]
    fields = reading.rows[3].fields
    assert fields == {"lead": "Obras", "support": "ASIS", "duration": "Un año", "inputs": "Cal"}
    assert reading.rows[3].published["lead"] == "<u>Obras</u> ASIS"


def test_a_tail_before_a_code_is_of_the_item_before() -> None:
    reading = scorecard(
        FIRST,
        line("", "", "", "1.1.1.1.2 Abrir con enfoque de", "1) Ir."),
        line("", "", "1.1.1.2 20 más.", "derechos. 1.1.1.2.1 Cerrar.", "1) Ver."),
    )
    assert tree(reading, "initiative")[1:] == [
        "...1.1.1.1.2 Abrir con enfoque de derechos.",
        "...1.1.1.2.1 Cerrar.",
    ]
    assert reading.rows[-2].published["text"] == "derechos. 1.1.1.2.1 Cerrar."


def test_a_text_without_code_in_a_new_row_is_doubted_only_where_both_may_be() -> None:
    reading = scorecard(
        FIRST,
        line(
            "Parques limpios.", "1.2.1 Tasa de parques", "1.2.1.1 20.", "1.2.1.1.1 Podar.", "1) Ir."
        ),
        line("", "Cantidad de árboles.", "1.2.2.1 30.", "1.2.2.1.1 Regar.", "1) Dar."),
        line("", "y flores.", "1.2.3.1 30.", "1.2.3.1.1 Ver.", "1) Dar."),
    )
    assert tree(reading, "objective", "indicator") == [
        "1.1 Vías seguras.",
        ".1.1.1 Número de vías.",
        "Parques limpios.",
        ".1.2.1 Tasa de parques",
        ".Cantidad de árboles.",
        ".y flores.",
    ]
    doubts = [one for one in said(reading) if one[0].startswith("join")]
    assert doubts == [("join-ambiguous.sentence", "1.2.1", "Cantidad de árboles.")]
    assert {("code-missing", ""), ("code-missing.unknown", "")} & {
        (name, code) for name, code, _ in said(reading)
    }


def test_a_tail_that_does_not_fit_is_doubted() -> None:
    reading = scorecard(
        FIRST,
        line("", "", "", "Nota aparte. 1.1.1.1.2 Abrir.", "1) Ir."),
    )
    assert ("join-ambiguous.sentence", "1.1.1.1.1", "Nota aparte.") in said(reading)
    assert tree(reading, "initiative")[0] == "...1.1.1.1.1 Señalizar. Nota aparte."


def test_lists_that_began_on_the_page_before() -> None:
    reading = scorecard(
        line("1.1 A.", "1.1.1 B.", "1.1.1.1 20.", "1.1.1.1.1 C.", "1) Medir. 2) Pintar las"),
        line("", "", "", "1.1.1.1.2 D.", "calles. 3) Secar. 1) Ver."),
        line("", "", "", "1.1.1.1.3 E.", "5) Barrer. 1) Ir."),
        line("", "", "", "1.1.1.1.4 F.", "cosas. Fin."),
    )
    assert tree(reading, "initiative", "activity") == [
        "...1.1.1.1.1 C.",
        "....1 Medir.",
        "....2 Pintar las calles.",
        "....3 Secar.",
        "...1.1.1.1.2 D.",
        "....1 Ver.",
        "....5 Barrer.",
        "...1.1.1.1.3 E.",
        "....1 Ir.",
        "...1.1.1.1.4 F.",
        "....cosas. Fin.",
    ]
    doubts = {
        (one.variant, one.params["kept"], one.params["other"])
        for one in reading.problems
        if one.check == "join-ambiguous"
    }
    assert doubts == {
        ("numbers", "1.1.1.1.2", "1.1.1.1.3"),
        ("fragment", "1.1.1.1.4", "1.1.1.1.3"),
    }
    own = {
        row.code: row.published.get("activities")
        for row in reading.rows
        if row.kind == "initiative"
    }
    assert own == {
        "1.1.1.1.1": "1) Medir. 2) Pintar las",
        "1.1.1.1.2": "calles. 3) Secar. 1) Ver.",
        "1.1.1.1.3": "5) Barrer. 1) Ir.",
        "1.1.1.1.4": None,
    }


def test_a_list_beside_the_wrong_initiative_is_doubted() -> None:
    reading = scorecard(
        line(
            "1.1 A.",
            "1.1.1 B.",
            "1.1.1.1 20.",
            "1.1.1.1.1 C.",
            "",
            "<u>Obras</u>",
            "Un año",
        ),
        line("", "", "", "1.1.1.1.2 D.", "1) Ver. 2) Ir."),
    )
    assert {"activities-missing", "join-ambiguous.block", "lead-missing"} <= checks(reading)


def test_rows_that_name_no_initiative() -> None:
    reading = scorecard(
        line("", "", "", "", "Ir."),
        line("1.1 A.", "1.1.1 B.", "1.1.1.1 20.", "", "1) Ver.", "<u>Obras</u>"),
        line("", "", "", "", "1) Otra lista.", "<u>Riego</u>"),
        line("", "", "", "", "2) Sigue."),
    )
    assert tree(reading, "initiative", "activity") == [
        "",
        ".Ir.",
        "...",
        "....1 Ver.",
        "...",
        "....1 Otra lista.",
        "....2 Sigue.",
    ]


def test_cells_that_are_repeated_in_every_row_are_one_item() -> None:
    again = FIRST.split("\t")
    again[3:5] = ["1.1.1.1.2 Pintar.", "1) Ir."]
    reading = scorecard(FIRST, "\t".join(again))
    assert tree(reading, "objective", "goal", "initiative") == [
        "1.1 Vías seguras.",
        "..1.1.1.1 Al menos 20 vías.",
        "...1.1.1.1.1 Señalizar.",
        "...1.1.1.1.2 Pintar.",
    ]


def test_a_row_for_each_activity_that_repeats_all_others() -> None:
    rows = [FIRST.split("\t") for _ in range(3)]
    for number, row in enumerate(rows, 1):
        row[4] = f"{number}) Ir {number} veces."
    reading = scorecard(*("\t".join(row) for row in rows))
    assert tree(reading)[3:] == [
        "...1.1.1.1.1 Señalizar.",
        "....1 Ir 1 veces.",
        "....2 Ir 2 veces.",
        "....3 Ir 3 veces.",
    ]
    assert reading.rows[3].fields["duration"] == "Un año"
    assert reading.rows[3].published["lead"] == "<u>Obras</u> ASIS"


def test_a_heading_after_a_gap_is_known_by_its_words() -> None:
    rows = (FIRST, "", "Perspectiva de la Caja", "", line("2.1 B.", "2.1.1 C.", "2.1.1.1 9."))
    assert tree(scorecard(*rows), "perspective", "objective")[1:] == [
        "Perspectiva de la Caja",
        ".2.1 B.",
    ]


def test_cells_under_no_heading_are_kept() -> None:
    reading = scorecard(FIRST + "\tVisto bueno")
    assert reading.rows[3].published["extra"] == "Visto bueno"


def test_lines_that_are_no_rows() -> None:
    reading = scorecard(FIRST, "", "Plan estratégico, página 3", "", "7", "\t".join("12345678"))
    assert len(reading.rows) == 6


def test_a_scorecard_without_headings_reads_too() -> None:
    assert tree(read("\n".join(["\t".join(HEAD), FIRST])), "goal") == [
        "..1.1.1.1 Al menos 20 vías."
    ]
