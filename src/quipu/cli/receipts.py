"""Deliveries: their proof, and what to look after in the exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quipu.cli.call import Answer, Call
from quipu.cli.tables import table
from quipu.domain.errors import InputError
from quipu.operations.sentences import sentence

if TYPE_CHECKING:
    from quipu.operations.receipts import Receipt
    from quipu.operations.warnings import Warning


def receipts(call: Call) -> Answer:
    """`quipu receipts DIR [-o FILE.pdf]`: what was sent and received, with dates and codes."""
    from quipu.operations.receipts import print_receipts
    from quipu.operations.receipts import receipts as all_receipts

    given = call.given
    words = call.words
    with call.house() as house:
        found = all_receipts(house, office=given.text("office"))
        printed = (
            print_receipts(
                house, file=given.path("output"), office=given.text("office"), words=words
            )
            if given.has("output")
            else None
        )
    data: dict[str, object] = {"receipts": [_receipt(one) for one in found]}
    if printed is not None:
        data |= {"file": str(printed.file), "pages": printed.pages}
    lines = _lines(call, found)
    if printed is not None:
        size = words.plural("say.pages", printed.pages or 0)
        lines.append(words.text("say.printed", file=printed.file, size=size))
    return Answer(data, lines or [words.text("error.no-receipts")])


def _receipt(one: Receipt) -> dict[str, object]:
    return {
        "way": one.way,
        "office": one.office,
        "device": one.device,
        "sequence": one.sequence,
        "sealed_at": one.sealed_at,
        "received_at": one.received_at or None,
        "revisions": one.revisions,
        "manifest": one.manifest,
        "code": one.code,
    }


def _lines(call: Call, found: Sequence[Receipt]) -> list[str]:
    words = call.words
    rows = [
        [
            words.text(f"paper.receipts-{one.way}"),
            one.office or words.text("say.centre"),
            one.sequence,
            one.sealed_at,
            one.received_at,
            one.code,
        ]
        for one in found
    ]
    names = ("way", "office", "sequence", "sealed", "received", "code")
    return list(table([words.text(f"head.{name}") for name in names], rows)) if rows else []


def silence(call: Call) -> Answer:
    """`quipu silence DIR --days N`: after how many days without a bundle people are warned."""
    from quipu.operations.warnings import set_silence

    days = call.given.number("days")
    if days is None:
        raise InputError("days-malformed", value="")
    with call.house(write=True) as house:
        outcome = set_silence(house, days=days, author=call.author)
    data = {"done": True, "days": days, "changed": outcome.changed}
    return Answer(data, [call.words.text("say.silence", days=days)])


def warning_json(call: Call, one: Warning) -> dict[str, object]:
    """Give a warning with its sentence."""
    return {
        "code": one.code,
        "office": one.office,
        "message": warning_sentence(call, one),
        **one.params,
    }


def warning_sentence(call: Call, one: Warning) -> str:
    """Give a warning as a person reads it."""
    office = one.office or call.words.text("say.centre")
    return sentence(call.words, f"warning.{one.code}", one.code, {"office": office, **one.params})
