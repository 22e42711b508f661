"""Tables in HTML: pasted from Word and Excel, saved pages, pages that call themselves .xls."""

import sys
import time
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files import flow, html
from quipu.files.html import is_html
from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.forms.raw import RawTable

from .letters import words

SECONDS = 2 if sys.gettrace() is None else 10

# As Excel puts it on the clipboard of Windows: the fragment begins inside the table.
EXCEL = """Version:1.0
StartHTML:0000000177
EndHTML:0000001580
StartFragment:0000000512
EndFragment:0000001544
SourceURL:file:///C:/plan.xlsx
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Excel 15">
<style>
<!--table {mso-displayed-decimal-separator:"\\."; } .xl65 {mso-number-format:"\\@";}-->
</style>
</head>
<body link="#0563C1">
<table border=0 cellpadding=0 cellspacing=0 width=256 style='border-collapse:collapse;width:192pt'>
<!--StartFragment-->
 <col width=64 span=4 style='width:48pt'>
 <tr height=20 style='height:15.0pt'>
  <td rowspan=2 height=40 class=xl65 width=64>N&deg;</td>
  <td colspan=2 class=xl66 width=128>Programaci&#243;n
  2024</td>
  <td rowspan=2 class=xl65>Total<br>
    meta</td>
 </tr>
 <tr height=20>
  <td height=20 class=xl65>Ene</td>
  <td class=xl65>Feb</td>
 </tr>
 <tr>
  <td class=xl65 x:str>1.10</td>
  <td align=right x:num="0.5">50%</td>
  <td align=right><span style='mso-spacerun:yes'>&nbsp;</span>1,500.00<span
  style='mso-spacerun:yes'>&nbsp;</span></td>
  <td></td>
 </tr>
<!--EndFragment-->
</table>
</body>
</html>
"""

# As Word does: paragraphs in cells, numbers of lists in spans that others ignore.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns="http://www.w3.org/TR/REC-html40"><head><title>plan</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; mso-pagination:widow-orphan;} --></style></head>
<body lang=ES style='tab-interval:35.4pt'>
<!--StartFragment-->
<p class=MsoNormal align=center><b>UNIDAD DE COMPRAS<o:p></o:p></b></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0'>
  <td width=100 valign=top><p class=MsoNormal>Productos <sup>4</sup><o:p></o:p></p></td>
  <td><p class=MsoNormal>Responsable</p></td>
 </tr>
 <tr style='mso-yfti-irow:1;mso-yfti-lastrow:yes'>
  <td><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
  style='mso-list:Ignore'>1)<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
  </span></span><![endif]>Definir
  el   marco.</p><p>2) Medir <del cite="mailto:x">poco</del><ins>mucho</ins>.</p></td>
  <td><p class=MsoNormal><u><span lang=ES>Sub.G. Desarrollo</span></u> <span
  style='text-decoration:underline'>Social</span><br>GRs</p>
  <table><tr><td>Enero</td><td>Febrero</td></tr></table></td>
 </tr>
</table>
<p style='display:none'>oculto</p><p>Nota: <span style="vertical-align:super">2</span> fin</p>
<!--EndFragment--></body></html>
"""


def tables(text: str, name: str = "pegado") -> list[RawTable]:
    return list(read_text(text, name).tables)


def test_a_table_pasted_from_excel() -> None:
    (table,) = tables(EXCEL)
    assert words(table) == [
        ["N°", "Programación 2024", "", "Total\nmeta"],
        ["", "Ene", "Feb"],
        ["1.10", "50%", "1,500.00"],
    ]
    assert table.merges == ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3))
    assert table.place(2, 0) == "pegado, tabla 1, fila 3"


def test_a_table_pasted_from_word() -> None:
    first, inner, rest = tables(WORD, "plan.htm")
    assert words(first) == [
        ["UNIDAD DE COMPRAS"],
        ["Productos ⁴", "Responsable"],
        ["1) Definir el marco.\n2) Medir mucho.", "Sub.G. Desarrollo Social\nGRs"],
    ]
    assert first.rows[2][1].rich == "<u>Sub.G. Desarrollo Social</u>\nGRs"
    assert words(inner)[-1] == ["Enero", "Febrero"]
    assert (
        inner.place(len(inner.rows) - 1, 0) == "plan.htm, tabla 1, fila 2, tabla interior, fila 1"
    )
    assert words(rest) == [["Nota: ² fin"]]


def test_the_middle_of_a_table_is_a_table() -> None:
    (table,) = tables("<!--StartFragment--><tr><td>a</td><td>b</td></tr><td>c<!--EndFragment-->")
    assert words(table) == [["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("<table><td>a<td>b<tr><td>c", [["a", "b"], ["c"]]),
        ("<table><tr><td>a</table></td><table><tr><td>b", [["a"]]),
        ("<table><tr><td><b><u>a</b></u></td><td>b</td></tr></table>", [["a", "b"]]),
        ("<table><tr><td><p>uno<p>dos</td></tr></table>", [["uno\ndos"]]),
        ("<table><tr><td width=\"5>a</td><td>x < y &lt; z & w</td></tr>", [["a", "x < y < z & w"]]),
        ("<table><TR><TD>5 &gt; 3&nbsp;<TH>b</TABLE></b></table>", [["5 > 3", "b"]]),
        ("<table><tr>suelto<td>a</td>suelto</tr></table>", [["a"]]),
        ("<table><tr><td>a<script>if (a<b) x()</script></td></tr></table>", [["a"]]),
        ("<table><tr><td/><td>b</td></tr></table>", [["", "b"]]),
        ("<table><tr><td>a<table><tr><td>b<tr><td>c</table></table>", [["a\nb\nc"]]),
        ("<table><tr><td>a</td><table><tr><td>b</td></tr></table>", [["a"]]),
        ("<table><tr><td>a<!-- sin fin </td><td>b", [["a"]]),
        ("<table><tr><td colspan=x rowspan=-1>a</td><td colspan=0>b", [["a", "b"]]),
        ("<table><tr><td>a</table><table></table><table><tr><td></td></tr></table>", [["a"]]),
        ("<table><tr><td>a<u></td><td>b</td></tr></table>", [["a", "b"]]),
        ("<table><tr><td>1<sup>er</sup> m<sup>2</sup><img src=x><hr></table>", [["1er m²"]]),
    ],
)  # fmt: skip
def test_broken_pages_are_read_as_a_browser_would(text: str, rows: list[list[str]]) -> None:
    first = tables(text)[0]
    assert words(first) == rows
    assert not any(cell.rich for row in first.rows for cell in row if cell.text == "b")


def test_rows_that_cells_above_cover() -> None:
    (table,) = tables(
        "<table><tr><td rowspan=3>a</td><td>b</td><td rowspan=0 colspan=2>c</td></tr>"
        "<tr><td>d</td></tr><tr><td>e</td></tr><tr><td>f</td><td>g</td></tr></table>"
    )
    assert words(table) == [["a", "b", "c"], ["", "d"], ["", "e"], ["f", "g"]]
    assert table.merges == ((0, 0, 2, 0), (0, 2, 3, 2))


@pytest.mark.parametrize(
    "text",
    [
        "<table>",
        "\n <!DOCTYPE html>\n<p>a",
        "<html>",
        "<META x>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>",
        "Version:0.9\r\nStartHTML:5",
        "<!--[if mso]>",
    ],
)
def test_what_is_a_page(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize("text", ["<u>Uno</u>\t2", "<p>a</p>|b", "a <table>", "", "Version: 3\t4"])
def test_what_is_no_page(text: str) -> None:
    assert not is_html(text)


def test_remains_of_marks_in_plain_text_stay_a_table() -> None:
    (table,) = tables("<u>Uno</u>\t<p>dos</p> <p>tres</p>\n")
    assert words(table) == [["Uno", "dos\ntres"]]
    assert [cell.rich for cell in table.rows[0]] == ["<u>Uno</u>", "<p>dos</p> <p>tres</p>"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_page_that_calls_itself_a_workbook(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.xls"
    path.write_bytes(EXCEL[EXCEL.index("<html") :].encode(encoding))
    (table,) = read_file(path).tables
    assert words(table)[2][0] == "1.10"


def code(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read_text(text, "plan.html")
    return caught.value.code


def test_pages_without_words_and_too_large_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code("<html><body><table><tr><td>&nbsp;</td></tr></table>") == "file-empty"
    assert code("<table><tr><td>" * 101) == "file-damaged"
    monkeypatch.setattr(flow, "MAX_CELLS", 10)
    assert code("<table>" + "<tr><td>a</td></tr>" * 11) == "file-too-large-inside"
    monkeypatch.setattr(html, "MAX_TEXT", 10)
    assert code("<table><tr><td>a</td></tr>") == "file-too-large"


@pytest.mark.parametrize(
    "bad",
    [
        "<a ",
        "<!--",
        "<!-- -->",
        "<![if ",
        "<a b='",
        "</",
        "&",
        "<?x>",
        "<td>",
        "<table>",
        "<u></b>",
    ],
)
def test_marks_that_never_end_take_no_time(bad: str) -> None:
    start = time.process_time()
    for end in ("", ">"):
        try:
            read_text("<html><table>" + bad * 50_000 + end, "x")
        except InputError as error:
            assert error.code.startswith("file-")
    assert time.process_time() - start < SECONDS
