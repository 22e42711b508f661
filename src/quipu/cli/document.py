"""The whole document: its texts, and what of the plan serves its strategic actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import FINDINGS, Answer, Call
from quipu.cli.reading import findings_status, problem_lines, source
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.forms.draw_lists import CoveredLine
    from quipu.operations.sections import SectionText


def is_document(call: Call) -> bool:
    """Tell whether `--form` names a whole document."""
    from quipu.operations.sections import find_template

    return find_template(call.given.path("dir"), call.given.text("form")) is not None


def load(call: Call) -> Answer:
    """`quipu load DIR FILE --form I/documento`: read a document's texts and store them."""
    from quipu.operations.sections import load_document

    given = call.given
    file, text = source(call)
    with call.house(write=True) as house:
        loaded = load_document(
            house,
            file=file,
            text=text,
            name="-",
            document=given.text("form"),
            year=given.number("year"),
            author=call.author,
        )
    data = {
        "sections": [_section(one) for one in loaded.sections],
        "problems": plain.problems(call.words, loaded.problems),
        "stored": loaded.stored,
        "already": loaded.already,
        "plan": loaded.plan,
    }
    said = call.words.text("say.loaded", stored=loaded.stored, already=loaded.already)
    lines = [*_lines(loaded.sections), *problem_lines(call.words, loaded.problems), said]
    return Answer(data, lines, findings_status(loaded.problems))


def sections(call: Call) -> Answer:
    """`quipu sections DIR --form I/documento`: the texts of the document as they stand."""
    from quipu.operations.sections import sections as list_sections

    with call.house() as house:
        found = list_sections(
            house, document=call.given.text("form"), period=call.given.text("period")
        )
    return Answer({"sections": [_section(one) for one in found]}, _lines(found))


def write_section(call: Call) -> Answer:
    """`quipu section DIR --form I/documento --section KEY`: put its text, its title or both."""
    from quipu.operations.sections import set_section_text

    given = call.given
    text = _text(call)
    with call.house(write=True) as house:
        outcome = set_section_text(
            house,
            document=given.text("form"),
            section=given.text("section"),
            period=given.text("period"),
            text=text,
            title=given.text("title") if given.has("title") else None,
            author=call.author,
        )
    data = {
        "done": True,
        "section": given.text("section"),
        "changed": outcome.changed,
        "revisions": [str(name) for name in outcome.revisions],
    }
    return Answer(data, [call.words.text("say.section", section=given.text("section"))])


def link(call: Call) -> Answer:
    """`quipu link DIR --activity A --to 'AE 1.1.1'`, or `--none`: which action it serves."""
    from quipu.operations.covering import link_activity, unlink_activity

    given = call.given
    if given.has("to") == given.flag("none"):
        raise InputError("link-choice")
    unit, activity = given.text("unit"), given.text("activity")
    with call.house(write=True) as house:
        if given.has("to"):
            done = link_activity(
                house, unit=unit, activity=activity, to=given.text("to"), author=call.author
            )
        else:
            done = unlink_activity(house, unit=unit, activity=activity, author=call.author)
    data = {
        "done": True,
        "item": done.activity,
        "action": done.action or None,
        "changed": done.outcome.changed,
        "revisions": [str(name) for name in done.outcome.revisions],
    }
    said = "say.linked" if done.action else "say.unlinked"
    return Answer(data, [call.words.text(said, activity=activity, action=given.text("to"))])


def coverage(call: Call) -> Answer:
    """`quipu coverage DIR`: strategic actions without activities, activities without action."""
    from quipu.operations.covering import coverage as report

    with call.house() as house:
        found = report(house)
    data = {
        "actions": [
            _covered(one) | {"lead": one.lead, "activities": list(one.activities)}
            for one in found.actions
        ],
        "actions_without_activities": [one.code or one.text for one in found.uncovered],
        "activities_without_action": [_covered(one) for one in found.loose],
    }
    words = call.words
    heads = [words.text(f"head.{name}") for name in ("action", "lead", "unit", "activities")]
    rows = [
        [f"{one.code} {one.text}".strip(), one.lead, one.unit, len(one.activities)]
        for one in found.actions
    ]
    lines = [
        *table(heads, rows, right=[3]),
        words.text("say.uncovered", n=len(found.uncovered), of=len(found.actions)),
        words.text("say.loose", n=len(found.loose)),
    ]
    return Answer(data, lines, FINDINGS if found.uncovered or found.loose else 0)


def _covered(one: CoveredLine) -> dict[str, object]:
    return {"item": one.item, "code": one.code, "text": one.text, "unit": one.unit}


def _section(one: SectionText) -> dict[str, object]:
    return {
        "section": one.key,
        "item": one.item,
        "kind": one.kind,
        "title": one.title,
        "text": one.text or None,
    }


def _lines(found: list[SectionText] | tuple[SectionText, ...]) -> Iterator[str]:
    for one in found:
        shown = " ".join(one.text.split())
        yield f"{one.key}: {one.title}: {shown[:80]}{'…' if len(shown) > 80 else ''}"


def _text(call: Call) -> str | None:
    given = call.given
    if given.has("text") and given.has("from"):
        raise InputError("section-choice")
    if not given.has("from"):
        return given.text("text") if given.has("text") else None
    from quipu.operations.gesture import read_bytes
    from quipu.operations.sections import typed_text

    file = given.path("from")
    return typed_text(read_bytes(file), file.name)
