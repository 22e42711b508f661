"""The official format on paper or as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call

if TYPE_CHECKING:
    from quipu.operations.printing import Printed


def print_out(call: Call) -> Answer:
    """`quipu print DIR --form F -o OUT`: a PDF or a workbook, by the ending of its name."""
    from quipu.operations.printing import print_document

    given = call.given
    with call.house() as house:
        printed = print_document(
            house,
            form=given.text("form"),
            unit=given.text("unit"),
            period=given.text("period"),
            clean=call.given.flag("clean"),
            as_published=given.flag("as-published"),
            file=given.path("output"),
            progress=call.progress,
        )
    return printed_answer(call, printed)


def printed_answer(call: Call, printed: Printed) -> Answer:
    """Give the answer of a command that wrote a PDF or a workbook."""
    data: dict[str, object] = {"file": str(printed.file), "rows": printed.rows}
    if printed.pages is not None:
        data["pages"] = printed.pages
        size = call.words.plural("say.pages", printed.pages)
    else:
        data["sheets"] = printed.sheets
        size = call.words.plural("say.sheets", printed.sheets or 0)
    return Answer(data, [call.words.text("say.printed", file=printed.file, size=size)])
