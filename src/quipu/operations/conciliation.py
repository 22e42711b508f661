"""The conciliation sheet of disputes, on paper or as a workbook."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.period import Period
from quipu.domain.value import Value, plain, value_text
from quipu.forms.draw_conciliation import DisputeLine, SaidLine, draw_conciliation
from quipu.forms.draw_words import period_words
from quipu.operations.disputes import Dispute, Head, dispute_id, disputes, unit_of
from quipu.operations.evidence import Attached, evidence
from quipu.operations.finding import find_unit
from quipu.operations.history import Past, cell_history, words_of
from quipu.operations.house import House
from quipu.operations.printing import Printed, write_document
from quipu.words import Words


def print_conciliation(
    house: House,
    *,
    file: Path,
    units: Collection[str] = (),
    dispute: str = "",
    only_open: bool = False,
    words: Words,
) -> Printed:
    """Print disputes of some units or of all, or one of them, open and settled, to be signed.

    What the centre wrote over an office's figures without a dispute is listed too, with why.

    Raises `InputError` `output-unknown` (file), `no-disputes` where there is none, `unit-unknown`.
    """
    facts = house.facts()
    lines = [*_waiting(house, facts, units, words)]
    if not only_open:
        lines += _decided(house, facts, units, words)
    chosen = [line for name, line in lines if dispute in ("", name)]
    if not chosen:
        raise InputError("no-disputes")

    def paper(key: str, /, **params: object) -> str:
        return words.text(f"paper.{key}", **params)

    drawn = draw_conciliation(
        chosen,
        institution=facts.text(house.dataset, "name"),
        day=house.clock().astimezone().date().isoformat(),
        language=words.lang,
        paper=paper,
    )
    return write_document(drawn, file, len(chosen))


Named = tuple[str, DisputeLine]


def _waiting(house: House, facts: Facts, units: Collection[str], words: Words) -> Iterator[Named]:
    for found in disputes(house, units=units):
        offices = [head for head in found.heads if head.office]
        centre = [head for head in found.heads if not head.office]
        yield found.id, _line(facts, found, offices, centre, words)


def _line(
    facts: Facts, found: Dispute, offices: Iterable[Head], centre: Iterable[Head], words: Words
) -> DisputeLine:
    return DisputeLine(
        **_place(facts, found.address, words),
        base=tuple(_printed(value, words) for value in found.base if value is not None),
        offices=tuple(_said_head(head, words) for head in offices),
        centre=tuple(_said_head(head, words) for head in centre),
        decision=None,
        correction=False,
    )


def _decided(house: House, facts: Facts, units: Collection[str], words: Words) -> Iterator[Named]:
    wanted = {find_unit(facts, unit) for unit in units}
    for address in house.workspace.decided():
        if wanted and unit_of(facts, address) not in wanted:
            continue
        past = cell_history(house, address=address)
        by_name = {one.revision: one for one in past}
        for one in past:
            sides = [by_name[name] for name in one.replaces if name in by_name]
            corrected = one.act == "correction" and not one.refused
            if _differ(sides) or corrected:
                sides = [words_of(side, by_name) for side in sides]
                files = evidence(house, address=address._replace(field="evidence"))
                yield dispute_id(address), _decision(facts, one, sides, by_name, files, words)


def _differ(sides: Collection[Past]) -> bool:
    return len({(type(one.value), one.value) for one in sides}) > 1


def _decision(
    facts: Facts,
    one: Past,
    sides: Collection[Past],
    by_name: dict[str, Past],
    files: Collection[Attached],
    words: Words,
) -> DisputeLine:
    before = {name for side in sides for name in side.replaces if name in by_name}
    values = {_printed(by_name[name].value, words) for name in before}
    return DisputeLine(
        **_place(facts, one.address, words),
        base=tuple(sorted(value for value in values if value)),
        offices=tuple(_said(side, files, words) for side in sides if side.office),
        centre=tuple(_said(side, files, words) for side in sides if not side.office),
        decision=_said(one, (), words),
        correction=not _differ(sides),
    )


def _said(past: Past, files: Collection[Attached], words: Words) -> SaidLine:
    names = tuple(one.file.name for one in files if one.office == past.office)
    value = _printed(past.value, words)
    return SaidLine(value, past.author, past.office, past.at, past.reason or "", names)


def _said_head(head: Head, words: Words) -> SaidLine:
    names = tuple(one.file.name for one in head.evidence)
    value = _printed(head.value, words)
    return SaidLine(value, head.author, head.office, head.at, head.reason or "", names)


def _printed(value: Value, words: Words) -> str:
    if isinstance(value, bool):
        return words.text(f"paper.conciliation-{'yes' if value else 'no'}")
    return plain(value) if isinstance(value, Decimal) else value_text(value) or ""


def _place(facts: Facts, address: Address, words: Words) -> dict[str, str]:
    row = f"{facts.text(address.item, 'code')} {facts.text(address.item, 'text')}".strip()

    def paper(key: str, /, **params: object) -> str:
        return words.text(f"paper.{key}", **params)

    return {
        "item": address.item,
        "unit": facts.text(unit_of(facts, address), "name"),
        "row": row or facts.text(address.item, "name"),
        "field": field_words(address.field, words),
        "period": period_words(address.period, paper) if _is_period(address.period) else "",
    }


def field_words(field: str, words: Words) -> str:
    """Give a field as people call it; one that this version does not know, by its code."""
    key = f"ui.field.{field.replace('_', '-')}"
    return words.text(key) if words.has(key) and find(field) is not None else field


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
