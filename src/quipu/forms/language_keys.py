"""The keys of the form language: their names, types, and which of them a form must have.

`forms/README.md` describes the same keys to the people who write forms; a test compares the two.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from quipu.forms.definition import Align, ColumnStyle, LevelSum, NumberStyle, PageSize, UnitSource

KeyType = Literal[
    "text",
    "texts",
    "translated",
    "yes-no",
    "whole",
    "number",
    "choice",
    "pattern",
    "field",
    "fields",
    "years",
    "title-pattern",
    "shows",
    "checks",
    "spellings",
    "states",
    "table",
    "tables",
]

SEVERITIES = ("error", "warning", "info")
PERIOD_KINDS = ("month", "quarter", "semester", "year", "span")
PLACES = frozenset({"institution", "year", "area", "unit"})
LINE_PLACES = PLACES | {"state"}
REPORT_PLACES = frozenset({"year", "period"})
CONTEXT_PLACES = frozenset({"code", "text", "value", "year"})
COMPUTED = (
    *("original", "programmed", "executed", "percent", "budgeted", "financial"),
    *("aim", "baseline", "deadline", "judgement"),
)
"""What a report column shows besides fields of progress."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its type, and what the type needs to be judged.

    `keys` are the keys of a table's or of each of several tables' content; `choices` the values
    of a choice; `places` the names that may stand in braces.
    """

    name: str
    type: KeyType
    required: bool = False
    choices: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    keys: "tuple[Key, ...]" = ()


LEVEL = (
    Key("kind", "text", required=True),
    Key("title", "translated", required=True),
    Key("code", "pattern"),
    Key("split", "yes-no"),
    Key("row_code", "pattern"),
    Key("heading", "pattern"),
    Key("under", "text"),
    Key("group", "yes-no"),
    Key("words", "texts"),
    Key("list", "yes-no"),
    Key("sum", "choice", choices=tuple(filter(None, get_args(LevelSum)))),
    Key("help", "translated"),
)

CONTEXT = (
    Key("pattern", "title-pattern", required=True, places=CONTEXT_PLACES),
    Key("level", "text", required=True),
    Key("code", "pattern"),
    Key("field", "field"),
    Key("note", "whole"),
    Key("beside", "yes-no"),
    Key("below", "yes-no"),
)

NOTE = (Key("number", "whole", required=True), Key("text", "text", required=True))

WEIGHTS = (
    Key("base", "choice", required=True, choices=("relative", "absolute")),
    Key("total", "number"),
)

PASS = (
    Key("share", "number", required=True),
    Key("by", "choice", required=True, choices=("count", "weight")),
)

LEGEND = (Key("lines", "texts", required=True),)

COLUMN = (
    Key("field", "field", required=True),
    Key("header", "texts"),
    Key("level", "text"),
    Key("width", "number"),
    Key("align", "choice", choices=get_args(Align)),
    Key("periods", "choice", choices=PERIOD_KINDS),
    Key("group", "title-pattern", places=frozenset({"year"})),
    Key("merge", "yes-no"),
    Key("required", "yes-no"),
    Key("values", "texts"),
    Key("flags", "yes-no"),
    Key("alone", "text"),
    Key("style", "choice", choices=tuple(filter(None, get_args(ColumnStyle)))),
    Key("mark", "text"),
    Key("help", "translated"),
    Key("note", "whole"),
)

BOX_LINE = (Key("label", "text", required=True), Key("field", "field", required=True))

HEADING = (
    Key("lines", "texts", places=LINE_PLACES),
    Key("state", "states"),
    Key("area", "title-pattern", places=PLACES),
    Key("unit", "title-pattern", places=PLACES),
    Key("capitals", "yes-no"),
    Key("box", "tables", keys=BOX_LINE),
)

PAGE = (
    Key("size", "choice", choices=get_args(PageSize)),
    Key("landscape", "yes-no"),
    Key("margin", "number"),
    Key("font_size", "number"),
)

SIGNATURE = (Key("label", "text", required=True), Key("field", "field", required=True))

REPORT_COLUMN = (
    Key("shows", "shows", required=True),
    Key("header", "text", required=True),
    Key("width", "number"),
)

REPORT = (
    Key("title", "title-pattern", required=True, places=REPORT_PLACES),
    Key("period", "choice", choices=PERIOD_KINDS),
    Key("keeps", "fields", required=True),
    Key("levels", "texts"),
    Key("years", "whole"),
    Key("column", "tables", required=True, keys=REPORT_COLUMN),
)

FORM = (
    Key("version", "text", required=True),
    Key("title", "translated", required=True),
    Key("institution", "text", required=True),
    Key("family", "text", required=True),
    Key("order", "whole"),
    Key("language", "choice", choices=("es", "en")),
    Key("numbers", "choice", choices=get_args(NumberStyle)),
    Key("zero", "choice", choices=("blank", "zero")),
    Key("unit", "choice", choices=get_args(UnitSource)),
    Key("owners", "fields"),
    Key("years", "years"),
    Key("cascade", "yes-no"),
    Key("heading", "table", keys=HEADING),
    Key("page", "table", keys=PAGE),
    Key("level", "tables", required=True, keys=LEVEL),
    Key("context", "tables", keys=CONTEXT),
    Key("legend", "table", keys=LEGEND),
    Key("column", "tables", required=True, keys=COLUMN),
    Key("signature", "tables", keys=SIGNATURE),
    Key("report", "table", keys=REPORT),
    Key("note", "tables", keys=NOTE),
    Key("weights", "table", keys=WEIGHTS),
    Key("pass", "table", keys=PASS),
    Key("checks", "checks"),
    Key("spellings", "spellings"),
)
"""All keys of a form file, from its top."""
