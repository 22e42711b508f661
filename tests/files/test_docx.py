"""Tables of Word documents, as a person sees them who has accepted all changes."""

import zipfile
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files.docx_numbers import number_text
from quipu.files.reader import read_file

from .books import book
from .letters import fill, letter, new, p, read, saved, tbl, tc, tr, words


def test_paragraphs_stand_above_the_table_that_follows(tmp_path: Path) -> None:
    document = new()
    document.add_heading("UNIDAD DE COMPRAS", 1)
    fill(document.add_table(2, 2), [["N°", "Actividad"], ["1.1", "Comprar"]])
    document.add_paragraph("")
    document.add_paragraph("UNIDAD DE CAMINOS\nAño 2024\tpágina 3")
    fill(document.add_table(1, 2), [["2.1", "Caminar"]])
    document.add_paragraph("Elaborado por:")
    first, second, rest = saved(tmp_path / "plan.docx", document)
    assert words(first) == [["UNIDAD DE COMPRAS"], ["N°", "Actividad"], ["1.1", "Comprar"]]
    assert words(second) == [
        [],
        ["UNIDAD DE CAMINOS"],
        ["Año 2024", "página 3"],
        ["2.1", "Caminar"],
    ]
    assert words(rest) == [["Elaborado por:"]]
    assert first.place(0, 0) == "plan.docx, párrafo 1"
    assert first.place(2, 1) == "plan.docx, tabla 1, fila 2"
    assert second.place(3, 0) == "plan.docx, tabla 2, fila 1"
    assert first.name == "plan.docx"


def test_merged_cells_are_merges_and_said_once(tmp_path: Path) -> None:
    document = new()
    table = document.add_table(3, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "N°"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "Meses"
    for column in range(4):
        table.cell(2, column).text = str(column)
    (found,) = saved(tmp_path / "a.docx", document)
    assert words(found) == [["N°", "Meses"], [], ["0", "1", "2", "3"]]
    assert found.merges == ((0, 0, 1, 0), (0, 1, 0, 3))
    assert found.rows[2][1].number is None


def test_a_merge_over_everything_ends(tmp_path: Path) -> None:
    document = new()
    table = document.add_table(30, 20)
    table.cell(0, 0).merge(table.cell(29, 19)).text = "Todo"
    (found,) = saved(tmp_path / "a.docx", document)
    assert words(found) == [["Todo"]]
    body = tbl(
        tr(tc("a", props='<w:gridSpan w:val="9"/><w:hMerge w:val="restart"/>')),
        tr(tc("b"), tc("c", props="<w:hMerge/>"), tc("d")),
    )
    (found,) = read(tmp_path / "b.docx", body)
    assert words(found) == [["a"], ["b", "d"]]


def test_a_table_inside_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    document = new()
    outer = fill(document.add_table(2, 1), [["UNIDAD DE RIEGO"], ["Vea:"]])
    inner = fill(outer.cell(1, 0).add_table(2, 2), [["N°", "Actividad"], ["1", "Regar"]])
    fill(inner.cell(1, 1).add_table(2, 1), [["Uno"], ["Dos"]])
    outside, inside = saved(tmp_path / "plan.docx", document)
    assert words(outside) == [["UNIDAD DE RIEGO"], ["Vea:"]]
    assert words(inside) == [
        ["UNIDAD DE RIEGO"],
        ["Vea:"],
        ["N°", "Actividad"],
        ["1", "Regar\nUno\nDos"],
    ]
    assert inside.place(1, 0) == "plan.docx, tabla 1, fila 2"
    assert inside.place(3, 0) == "plan.docx, tabla 1, fila 2, tabla interior, fila 2"


def test_underlined_words_and_superscripts_are_kept(tmp_path: Path) -> None:
    document = new()
    paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    for text, style in (("Sub. G. ", "u"), (" ", ""), ("Financiera", "u"), (" y otra", "")):
        paragraph.add_run(text).underline = style == "u"
    for text in ("4", "er", "o"):
        paragraph.add_run(text).font.superscript = True
    cell = saved(tmp_path / "a.docx", document)[0].rows[0][0]
    assert cell.text == "Sub. G.  Financiera y otra⁴erº"
    assert cell.rich == "<u>Sub. G.  Financiera</u> y otra⁴erº"


def test_underlined_figures_and_blanks_are_no_marks(tmp_path: Path) -> None:
    document = new()
    table = document.add_table(1, 3)
    for column, text in enumerate(("1,500", "____  ", " a\nb ")):
        table.cell(0, column).paragraphs[0].add_run(text).underline = True
    row = saved(tmp_path / "a.docx", document)[0].rows[0]
    assert [(cell.text, cell.rich) for cell in row] == [
        ("1,500", ""),
        ("____", ""),
        ("a\nb", "<u>a</u>\n<u>b</u>"),
    ]


def run(inside: str, props: str = "") -> str:
    return f"<w:r><w:rPr>{props}</w:rPr>{inside}</w:r>"


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    deleted = "<w:del w:id='1'><w:r><w:delText>viejo</w:delText><w:t>!</w:t></w:r></w:del>"
    inserted = "<w:ins w:id='2'><w:r><w:t> nuevo</w:t></w:r></w:ins>"
    moved = "<w:moveFrom><w:r><w:t>de</w:t></w:r></w:moveFrom>"
    here = "<w:moveTo><w:r><w:t> a</w:t></w:r></w:moveTo>"
    mark = "<w:rPr><w:del w:id='3'/></w:rPr>"
    old = run("<w:t>c</w:t>", "<w:rPrChange><w:rPr><w:u w:val='single'/></w:rPr></w:rPrChange>")
    body = tbl(
        tr(tc(p("Texto", deleted, inserted, moved, here)), tc(p(old))),
        tr("fila quitada", props="<w:del w:id='4'/>"),
        tr(tc(p("une ", props=mark), p("esto"), p(deleted, props=mark)), tc("")),
        tr("x", tc("y", props="<w:cellDel w:id='5'/>"), "z"),
    )
    (table,) = read(tmp_path / "a.docx", p("abre ", props=mark) + body)
    assert words(table) == [
        ["abre"],
        ["Texto nuevo a", "c"],
        ["uneesto"],
        ["x", "z"],
    ]
    assert table.rows[1][1].rich == ""


def test_what_a_person_does_not_see_is_left_away(tmp_path: Path) -> None:
    hidden = run("<w:t>oculto</w:t>", "<w:vanish/>")
    holder = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("<w:t>Haga clic</w:t>")
        + "</w:sdtContent></w:sdt>"
    )
    filled = "<w:sdt><w:sdtPr/><w:sdtContent>" + run("<w:t>dicho</w:t>") + "</w:sdtContent></w:sdt>"
    box = (
        "<mc:AlternateContent><mc:Choice><w:txbxContent>"
        + p("TÍTULO")
        + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        + p("TÍTULO")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    field = run("<w:instrText>=SUM(ABOVE)</w:instrText>") + run("<w:t>7</w:t>")
    body = f"<w:p xmlns:mc='m'>{run(box)}</w:p>" + tbl(
        tr(tc(p(hidden, "visto")), tc(p(holder)), tc(p(filled)), tc(p(field)))
    )
    (table,) = read(tmp_path / "a.docx", body)
    assert words(table) == [["TÍTULO"], [], ["visto", "", "dicho", "7"]]


def test_breaks_tabs_signs_notes_and_fractions(tmp_path: Path) -> None:
    inside = (
        "<w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:br w:type='page'/><w:cr/>"
        "<w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t>"
    )
    marks = "<w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:char='F0B7'/>"
    note = "<w:t>Meta</w:t><w:footnoteReference w:id='2'/>"
    over = (
        "<m:f xmlns:m='m'><m:num><m:r><m:t>hechas</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>todas</m:t></m:r></m:den></m:f>"
    )
    body = tbl(tr(tc(p(run(inside))), tc(p(run(marks))), tc(p(run(note))), tc(p(over))))
    (table,) = read(tmp_path / "a.docx", body)
    assert words(table) == [["a\nb c\nd-e", "✓•", "Meta¹", "hechas / todas"]]


_NUMBERING = (
    "<w:root><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%1)'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>"
    "<w:lvlText w:val='%1.%2'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:isLgl/><w:start w:val='3'/><w:lvlText w:val='%1.%2.%3'/></w:lvl>"
    "</w:abstractNum><w:abstractNum w:abstractNumId='1'>"
    "<w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='x'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
    "<w:startOverride w:val='7'/></w:lvlOverride></w:num></w:root>"
)
_STYLES = (
    "<w:root><w:style w:styleId='Lista'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    "</w:style><w:style w:styleId='Otra'><w:basedOn w:val='Lista'/></w:style></w:root>"
)


def numbered(text: str, number: int, level: int = 0) -> str:
    props = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
    return p(*([text] if text else []), props=props)


def test_words_own_numbers_are_read(tmp_path: Path) -> None:
    body = tbl(
        tr(tc(numbered("uno", 1), numbered("dos", 1), numbered("a", 1, 1), numbered("b", 1, 1))),
        tr(tc(numbered("hondo", 1, 2), numbered("tres", 1), numbered("punto", 2))),
        tr(tc(numbered("", 3)), tc(p("estilo", props="<w:pStyle w:val='Otra'/>"))),
        tr(tc(numbered("nada", 0)), tc(numbered("lejos", 1, 12))),
    )
    (table,) = read(tmp_path / "a.docx", body, numbering=_NUMBERING, styles=_STYLES)
    assert words(table) == [
        ["1) uno\n2) dos\n2.a a\n2.b b"],
        ["2.2.3 hondo\n3) tres\n• punto"],
        ["7)", "8) estilo"],
        ["nada", "lejos"],
    ]


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (4, "decimal", "4"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "lowerRoman", "xiv"),
        (1994, "upperRoman", "MCMXCIV"),
        (5, "decimalZero", "05"),
        (2, "ordinal", "2.º"),
        (2, "none", ""),
        (0, "upperRoman", "0"),
    ],
)
def test_numbers_are_written_as_word_writes_them(number: int, kind: str, text: str) -> None:
    assert number_text(number, kind) == text


def test_headers_of_pages_come_first_and_once(tmp_path: Path) -> None:
    document = new()
    document.add_table(1, 1).cell(0, 0).text = "cuerpo"
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for header in (section.header, section.first_page_header):
        header.paragraphs[0].text = "INSTITUTO DE RIEGO"
        fill(header.add_table(1, 2, section.page_width), [["Código", "PAT-01"]])
    box, body = saved(tmp_path / "plan.docx", document)
    assert words(box) == [["INSTITUTO DE RIEGO"], ["Código", "PAT-01"]]
    assert box.place(1, 0) == "plan.docx, encabezado, fila 1"
    assert words(body) == [["cuerpo"]]


def test_columns_moved_by_hand_are_the_same_column(tmp_path: Path) -> None:
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in (1000, 100, 1500, 900))
    wide = "<w:gridSpan w:val='2'/>"
    body = tbl(
        tr(tc("Código"), tc("Texto", props=wide), tc("Total"), props=""),
        tr(tc("1", props=wide), "Hacer", "5"),
        tr("Nota", props="<w:gridBefore w:val='2'/>"),
        grid=grid,
    )
    (table,) = read(tmp_path / "a.docx", body)
    assert words(table) == [["Código", "Texto", "Total"], ["1", "Hacer", "5"], ["", "Nota"]]
    assert table.merges == ()
    cut_in_two = body.replace("</w:tbl>", tr("1", "x", "Hacer", "5") + "</w:tbl>")
    (table,) = read(tmp_path / "b.docx", cut_in_two)
    assert words(table)[-1] == ["1", "x", "Hacer", "5"]


def test_a_document_is_known_by_its_content(tmp_path: Path) -> None:
    document = new()
    document.add_table(1, 1).cell(0, 0).text = "a"
    document.save(str(tmp_path / "a.docx"))
    renamed = (tmp_path / "a.docx").rename(tmp_path / "plan.xlsx")
    assert words(read_file(renamed).tables[0]) == [["a"]]
    workbook = book(tmp_path / "b.xlsx", {"A1": "x"}).rename(tmp_path / "plan.docx")
    assert words(read_file(workbook).tables[0]) == [["x"]]


def test_nothing_outside_is_fetched(tmp_path: Path) -> None:
    path = letter(tmp_path / "a.docx", tbl(tr("a")))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "word/_rels/settings.xml.rels",
            "<Relationships><Relationship Id='a' Type='x/attachedTemplate' TargetMode='External' "
            "Target='http://127.0.0.1:9/x.dotm'/></Relationships>",
        )
    assert words(read_file(path).tables[0]) == [["a"]]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "file-empty"),
        ("<w:tbl>" * 200, "file-damaged"),
        ("<w:tbl><w:tr><w:tc><w:p>" * 101 + "</w:p></w:tc></w:tr></w:tbl>" * 101, "file-damaged"),
        ("<w:p>" * 101 + "</w:p>" * 101, "file-damaged"),
        (tbl(tr(tc("a", props="<w:gridSpan w:val='99999'/>"))), "file-damaged"),
        ("<w:tbl><w:tr>", "file-damaged"),
    ],
)
def test_bodies_that_no_word_has_written(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_file(letter(tmp_path / "a.docx", body))
    assert caught.value.code == code


def test_marks_outside_their_places_do_nothing(tmp_path: Path) -> None:
    body = (
        "<w:tr><w:tc/></w:tr><w:tc><w:gridSpan w:val='2'/></w:tc><w:t>suelto</w:t><w:vMerge/>"
        "<w:hMerge/><w:cellDel/><w:gridCol w:w='5'/><w:pStyle w:val='x'/><w:sdt/>" + p("a")
    )
    (table,) = read(tmp_path / "a.docx", body)
    assert words(table)[-1:] == [["a"]]
