"""What a careful person would read in a file, and how a reading differs from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quipu.forms.reading import Reading
from quipu.forms.recognise_words import plain_words


@dataclass
class Wanted:
    """A row as a careful person reads it; `above` is the code, else the text, of its parent."""

    kind: str
    code: str
    text: str
    unit: str = ""
    above: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    targets: dict[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None


@dataclass
class Variant:
    """A file with what is to be read in it.

    `findings` are the errors and warnings: check and code (else text) of the row.
    """

    name: str
    rows: Sequence[Wanted]
    findings: Collection[tuple[str, str]] = ()
    year: int | None = None


def differences(reading: Reading, wanted: Variant) -> list[str]:
    """Say how a reading differs from what a careful person reads, `[]` for not at all."""
    found: list[str] = []
    if len(reading.rows) != len(wanted.rows):
        found.append(f"{len(reading.rows)} rows, not {len(wanted.rows)}")
        ours = [(row.kind, row.code, plain_words(row.text)[:40]) for row in reading.rows]
        theirs = [(row.kind, row.code, plain_words(row.text)[:40]) for row in wanted.rows]
        found += [f"  too many: {one}" for one in ours if one not in theirs][:4]
        found += [f"  missing: {one}" for one in theirs if one not in ours][:4]
    for row, one in zip(reading.rows, wanted.rows, strict=False):
        above = reading.rows[row.parent] if row.parent is not None else None
        pairs: list[tuple[str, object, object]] = [
            ("kind", row.kind, one.kind),
            ("code", row.code.rstrip("."), one.code),
            ("text", plain_words(row.text), plain_words(one.text)),
            ("unit", plain_words(row.unit), plain_words(one.unit)),
            ("targets", dict(row.targets), one.targets),
            ("total", row.total, one.total),
            ("above", plain_words((above.code or above.text) if above else ""),
             plain_words(one.above)),
        ]  # fmt: skip
        pairs += [
            (name, plain_words(row.fields.get(name, "")), plain_words(text))
            for name, text in one.fields.items()
        ]
        more = set(row.fields) - set(one.fields) - {"threshold", "support", "subproducts"}
        pairs += [(name, row.fields[name], "") for name in sorted(more)]
        found += [
            f"{one.code or one.text[:20]} {name}: {got!r}, not {right!r}"
            for name, got, right in pairs
            if got != right
        ]
    return found[:8] + _findings(reading, wanted)


def _findings(reading: Reading, wanted: Variant) -> list[str]:
    got = {
        (
            one.check,
            one.code.rstrip(".") or (reading.rows[one.row].text if one.row is not None else ""),
        )
        for one in reading.problems
        if one.severity != "info"
    }
    want = set(wanted.findings)
    return [f"false alarm {one}" for one in sorted(got - want)] + [
        f"not found {one}" for one in sorted(want - got)
    ]
