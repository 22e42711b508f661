"""Proof of delivery: what was sealed when, and when it was received, with its check code."""

from dataclasses import dataclass
from pathlib import Path

from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.forms.draw_receipts import ReceiptLine, draw_receipts
from quipu.operations.finding import find_office
from quipu.operations.gaps import RECEIVED, said
from quipu.operations.gesture import centre_only
from quipu.operations.house import House
from quipu.operations.printing import Printed, write_document
from quipu.store.entries import CENTRE
from quipu.words import Words

_CODE, _GROUP = 20, 4


@dataclass(frozen=True, slots=True)
class Receipt:
    """One bundle between an office and the centre.

    `way` is `sent` or `received`. `office` is a name (`""` the centre). `sealed_at` is the time
    of the sender's machine, `received_at` the receiver's (`""` while it has not said so).
    """

    way: str
    office: str
    device: str
    sequence: int
    sealed_at: str
    received_at: str
    revisions: int
    manifest: str

    @property
    def code(self) -> str:
        """The check code that stands on both sides' proofs: the start of the manifest's name."""
        return check_code(self.manifest)


def check_code(manifest: str) -> str:
    """Give the check code of a manifest: twenty letters in groups of four."""
    letters = manifest[:_CODE].upper()
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE, _GROUP))


def receipts(house: House, *, office: str = "") -> list[Receipt]:
    """Give all bundles received and sent, of one office or of all, in the order of their way.

    In an office: what it sent to the centre, proved by what the centre acknowledged, and what it
    received. Raises `InputError("office-unknown")`, `WorkspaceError("centre-only")` for another.
    """
    facts = house.facts()
    wanted = ""
    if office:
        centre_only(house)
        wanted = find_office(facts, office)
    received = [
        Receipt(
            "received", _name(facts, entry.office), entry.device, entry.seq, entry.made_at,
            entry.received_at, entry.revisions, entry.manifest,
        )
        for entry in house.workspace.bundles()
        if wanted in ("", entry.office)
    ]  # fmt: skip
    times = _told(house)
    sent = [
        Receipt(
            "sent", _name(facts, entry.audience), entry.device, entry.seq, entry.at,
            times.get(entry.manifest, entry.acknowledged), entry.revisions, entry.manifest,
        )
        for entry in house.workspace.sent()
        if wanted in ("", entry.audience)
    ]  # fmt: skip
    return [*sent, *received] if house.role == "office" else [*received, *sent]


def print_receipts(house: House, *, file: Path, office: str = "", words: Words) -> Printed:
    """Print the proof of deliveries; raises as `receipts`, and `no-receipts`, `output-unknown`."""
    found = receipts(house, office=office)
    if not found:
        raise InputError("no-receipts")
    facts = house.facts()

    def paper(key: str, /, **params: object) -> str:
        return words.text(f"paper.{key}", **params)

    centre = paper("receipts-centre")
    lines = [
        ReceiptLine(
            one.way, one.office or centre, one.sequence, one.sealed_at, one.received_at,
            one.revisions, one.code,
        )
        for one in found
    ]  # fmt: skip
    own = facts.text(house.office, "name") if house.office else centre
    drawn = draw_receipts(
        lines,
        institution=facts.text(house.dataset, "name"),
        own=own,
        day=house.clock().astimezone().date().isoformat(),
        language=words.lang,
        paper=paper,
    )
    return write_document(drawn, file, len(lines))


def _told(house: House) -> dict[str, str]:
    """Give when the other side received bundles of this workspace, in its own words."""
    found: dict[str, str] = {}
    for entry in house.workspace.bundles():
        told = said(entry).get(RECEIVED)
        for manifest, at in told.items() if isinstance(told, dict) else ():
            if isinstance(at, str):
                found.setdefault(manifest, at)
    return found


def _name(facts: Facts, office: str) -> str:
    return "" if office in ("", CENTRE) else facts.text(office, "name")
