"""The stream of a Word document's body, followed element by element."""

from collections.abc import Callable
from functools import partial
from xml.parsers import expat

from quipu.domain.errors import InputError
from quipu.files.docx_numbers import Numbering, whole
from quipu.files.docx_parts import (
    CHECK_MARKS,
    NO,
    NOTHING,
    PASSED_BY,
    Act,
    Acts,
    Paragraph,
    WordCell,
    WordTable,
    value_of,
)
from quipu.files.flow import Box, Flow, checked_span
from quipu.files.package import Attributes, Package, local
from quipu.forms.markup import raised

_DEEPEST = 100


class Reader:
    """The callbacks of the parser for one part."""

    def __init__(self, flow: Flow, numbering: Numbering, place: str = "") -> None:
        self.flow = flow
        self.numbering = numbering
        self.place = place
        self.tables: list[WordTable] = []
        self.cells: list[WordCell] = []
        self.paragraphs: list[Paragraph] = []
        self.left_open = ""
        self.passing = 0
        self.notes = 0
        # Where the properties belong that are being read: "" none, else pPr, trPr, tcPr.
        self.props = ""
        self.in_run_props = False
        self.run = 0
        self.underlined = self.raised = self.hidden = False
        self.parser: expat.XMLParserType | None = None
        self.starts = Acts({**self._acts_of_tables(), **self._acts_of_text()})
        self.ends = self._end_acts()
        self.controls: list[bool] = []
        self.empty_controls = 0

    def _acts_of_tables(self) -> dict[str, Act]:
        return {
            "tbl": self._start_table,
            "tr": self._start_row,
            "tc": self._start_cell,
            "trPr": self._start_props("trPr"),
            "tcPr": self._start_props("tcPr"),
            "gridSpan": self._span,
            "vMerge": self._merge_down,
            "hMerge": self._merge_left,
            "cellDel": self._delete_cell,
            "gridBefore": self._before,
            "gridCol": self._grid_column,
        }

    def _acts_of_text(self) -> dict[str, Act]:
        return {
            **{name: partial(self._pass_by, name) for name in PASSED_BY},
            "p": self._start_paragraph,
            "r": self._start_run,
            "t": self._start_text,
            "tab": self._tab,
            "br": self._break,
            "cr": self._break,
            "noBreakHyphen": lambda _: self._add("-"),
            "sym": self._symbol,
            "den": lambda _: self._add(" / "),
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "pPr": self._start_props("pPr"),
            "rPr": self._start_run_props,
            "u": self._underline,
            "vertAlign": self._raise,
            "vanish": self._vanish,
            "numId": self._numbered,
            "ilvl": self._numbered_level,
            "pStyle": self._style,
            "sdtPr": self._start_control,
            "showingPlcHdr": self._placeholder,
        }

    def _end_acts(self) -> Acts:
        return Acts(
            {
                "tbl": self._end_table,
                "tr": self._end_row,
                "tc": self._end_cell,
                "p": self._end_paragraph,
                "r": self._end_run,
                "t": self._end_text,
                "pPr": self._end_props,
                "trPr": self._end_props,
                "tcPr": self._end_props,
                "rPr": self._end_run_props,
                "sdt": self._end_control,
            }
        )

    def read(self, package: Package, part: str) -> None:
        """Read a part; `flow` then has its tables and paragraphs."""
        package.check_size(part)
        package.parse(part, self._prepare)
        self._close_open()

    def _prepare(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        starts, ends = self.starts, self.ends

        def start(name: str, attributes: Attributes) -> None:
            if self.passing:
                self.passing += 1
                return
            act = starts[name]
            if act is not None:
                act(attributes)

        def end(name: str) -> None:
            if self.passing:
                self.passing -= 1
                return
            act = ends[name]
            if act is not None:
                act(NOTHING)

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    def _damaged(self) -> InputError:
        return InputError("file-damaged", file=self.flow.name, part="document")

    # ------------------------------------------------ properties and changes

    def _pass_by(self, name: str, _: Attributes) -> None:
        """Pass by an element and what it holds; among properties it says what was deleted."""
        self.passing = 1
        if name in ("del", "moveFrom"):
            if self.props == "trPr" and self.tables:
                self.tables[-1].deleted = True
            elif self.props == "pPr" and self.in_run_props and self.paragraphs:
                self.paragraphs[-1].open = True

    def _start_props(self, name: str) -> Callable[[Attributes], None]:
        def start(_: Attributes) -> None:
            self.props = name

        return start

    def _end_props(self, _: Attributes) -> None:
        self.props = ""

    def _start_run_props(self, _: Attributes) -> None:
        self.in_run_props = True

    def _end_run_props(self, _: Attributes) -> None:
        self.in_run_props = False

    def _underline(self, attributes: Attributes) -> None:
        if not self.props:
            self.underlined = value_of(attributes, "single") not in NO

    def _raise(self, attributes: Attributes) -> None:
        if not self.props:
            self.raised = value_of(attributes) == "superscript"

    def _vanish(self, attributes: Attributes) -> None:
        if not self.props:
            self.hidden = value_of(attributes, "1") not in NO

    def _numbered(self, attributes: Attributes) -> None:
        if self.paragraphs and self.props == "pPr":
            self.paragraphs[-1].number = value_of(attributes)

    def _numbered_level(self, attributes: Attributes) -> None:
        if self.paragraphs and self.props == "pPr":
            self.paragraphs[-1].level = whole(value_of(attributes))

    def _style(self, attributes: Attributes) -> None:
        if self.paragraphs:
            self.paragraphs[-1].style = value_of(attributes)

    def _start_control(self, _: Attributes) -> None:
        self.controls.append(False)

    def _placeholder(self, _: Attributes) -> None:
        if self.controls and not self.controls[-1]:
            self.controls[-1] = True
            self.empty_controls += 1

    def _end_control(self, _: Attributes) -> None:
        if self.controls and self.controls.pop():
            self.empty_controls -= 1

    # ------------------------------------------------ tables

    def _start_table(self, _: Attributes) -> None:
        if len(self.tables) >= _DEEPEST:
            raise self._damaged()
        outer = self.tables[-1] if self.tables else None
        if outer is not None and self.cells:
            name = f"{outer.name}, fila {len(outer.rows) + 1}, tabla interior"
        elif self.place:
            name = self.place
        else:
            name = self.flow.number()
        self._close_open()
        self.tables.append(WordTable(name))

    def _end_table(self, _: Attributes) -> None:
        if not self.tables:
            return
        table = self.tables.pop()
        if not self.tables:
            self._put(table, None)
        elif self.cells and all(len(row) <= 1 for row in table.rows):
            # A column of texts inside a cell is that cell's text, not a table.
            self.cells[-1].texts += [box.text for row in table.rows for box in row if box.text]
        else:
            self.tables[-1].inner.append((table, len(self.tables[-1].rows)))

    def _put(self, table: WordTable, outer: tuple[WordTable, int] | None) -> None:
        """Give a table to the document, then those that stand inside it."""
        above = None
        if outer is not None:
            rows = outer[0].rows[: outer[1] + 1]
            above = self.flow.lines_of(rows, outer[0].name)
        self.flow.put_table(table.rows, table.name, widths=table.widths, above=above)
        for inner, row in table.inner:
            self._put(inner, (table, row))

    def _grid_column(self, attributes: Attributes) -> None:
        if self.tables:
            width = next((text for name, text in attributes.items() if local(name) == "w"), "")
            self.tables[-1].widths.append(whole(width))

    def _start_row(self, _: Attributes) -> None:
        if self.tables:
            table = self.tables[-1]
            table.row, table.continuing, table.column, table.deleted = [], [], 0, False

    def _before(self, attributes: Attributes) -> None:
        if self.tables and self.props == "trPr":
            self.tables[-1].column += min(whole(value_of(attributes)), 1000)

    def _end_row(self, _: Attributes) -> None:
        if not self.tables or self.tables[-1].deleted:
            return
        table = self.tables[-1]
        self.flow.allowance.take(len(table.row), 0)
        for box in table.continuing:
            box.down += 1
        table.rows.append(table.row)

    def _start_cell(self, _: Attributes) -> None:
        if self.tables:
            self._close_open()
            self.cells.append(WordCell())

    def _span(self, attributes: Attributes) -> None:
        if self.cells and self.props == "tcPr":
            span = whole(value_of(attributes, "1"))
            self.cells[-1].across = checked_span(span, self.flow.name, "document")

    def _merge_down(self, attributes: Attributes) -> None:
        if self.cells:
            self.cells[-1].merged = value_of(attributes, "continue")

    def _merge_left(self, attributes: Attributes) -> None:
        if self.cells and value_of(attributes, "continue") == "continue":
            self.cells[-1].merged = "left"

    def _delete_cell(self, _: Attributes) -> None:
        if self.cells:
            self.cells[-1].deleted = True

    def _end_cell(self, _: Attributes) -> None:
        if not self.cells or not self.tables:
            return
        self._close_open()
        cell, table = self.cells.pop(), self.tables[-1]
        if cell.deleted:
            return
        column = table.column
        table.column += cell.across
        if cell.merged == "left" and table.row:
            table.row[-1].across += cell.across
            return
        above = table.covering.get(column)
        if cell.merged == "continue" and above is not None:
            table.continuing.append(above)
            return
        text = "\n".join(cell.texts).replace("\t", " ").strip()
        box = Box(column, cell.across, text)
        table.row.append(box)
        if cell.merged == "restart":
            table.covering[column] = box
        else:
            table.covering.pop(column, None)

    # ------------------------------------------------ text

    def _start_paragraph(self, _: Attributes) -> None:
        if len(self.paragraphs) >= _DEEPEST:
            raise self._damaged()
        self.paragraphs.append(Paragraph())

    def _end_paragraph(self, _: Attributes) -> None:
        if not self.paragraphs:
            return
        paragraph = self.paragraphs.pop()
        if self.left_open:
            paragraph.words.stretches.insert(0, (self.left_open, False))
            self.left_open = ""
        text = paragraph.words.text()
        if paragraph.open:
            self.left_open = text
            return
        if text:
            number = self.numbering.next(paragraph.number, paragraph.level, paragraph.style)
            text = f"{number} {text}" if number else text
        elif self._is_numbered_cell(paragraph):
            text = self.numbering.next(paragraph.number, paragraph.level, paragraph.style)
        self._put_text(text)

    def _is_numbered_cell(self, paragraph: Paragraph) -> bool:
        """Tell whether an empty paragraph shows a number alone, as in a column `N°`."""
        return bool(self.cells) and paragraph.number is not None

    def _put_text(self, text: str) -> None:
        if self.cells:
            if text or self.cells[-1].texts:
                self.cells[-1].texts.append(text)
        elif not self.tables:
            self.flow.put_paragraph(text, self.place)

    def _close_open(self) -> None:
        """Put a paragraph whose end was deleted where no other follows."""
        if self.left_open:
            text, self.left_open = self.left_open, ""
            self._put_text(text)

    def _start_run(self, _: Attributes) -> None:
        self.run += 1
        self.underlined = self.raised = self.hidden = False

    def _end_run(self, _: Attributes) -> None:
        self.run -= 1
        self.underlined = self.raised = self.hidden = False

    def _start_text(self, _: Attributes) -> None:
        if self.parser is not None and self.paragraphs:
            self.parser.CharacterDataHandler = self._add

    def _end_text(self, _: Attributes) -> None:
        if self.parser is not None:
            self.parser.CharacterDataHandler = None

    def _add(self, text: str) -> None:
        if self.paragraphs and not self.hidden and not self.empty_controls:
            words = self.paragraphs[-1].words
            words.add(text, underlined=self.underlined, raised=self.raised)

    def _tab(self, _: Attributes) -> None:
        if self.run and not self.props:
            self._add("\t")

    def _break(self, attributes: Attributes) -> None:
        if any(local(name) == "type" and kind == "page" for name, kind in attributes.items()):
            return
        self._add("\n")

    def _symbol(self, attributes: Attributes) -> None:
        """Add a letter of a symbol font: a check mark, or a bullet for any other."""
        code = next((code for name, code in attributes.items() if local(name) == "char"), "")
        self._add("✓" if code.upper()[-2:] in CHECK_MARKS else "•")

    def _note(self, _: Attributes) -> None:
        self.notes += 1
        self._add(raised(str(self.notes)))
