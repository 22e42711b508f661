"""The one workload of the exchange: offices that report a year, month by month, always the same.

Keys, numbers and texts follow from the office's number alone. Every fourth value has a narrative
of 120 characters.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.columns import NO_BASE, Cell, Columns, Words
from quipu.domain.identity import session_id
from quipu.domain.parcel import DeviceInfo, Parcel, SessionInfo
from quipu.domain.value import Value
from quipu.operations import identities
from quipu.operations.house import House
from quipu.operations.mailbox import mailbox_keys
from quipu.operations.workspaces import new_centre, open_house
from quipu.sync.bundle import write_bundle
from quipu.sync.certificates import certify_enrolment, certify_office
from quipu.sync.keys import SigningKey
from quipu.sync.sealing import seal

YEAR = 2025
MONTHS = 12
AT = f"{YEAR}-01-01T08:00:00Z"
_JANUARY = 1_735_718_400
_MONTH = 2_592_000
_LETTERS = 120
_WORDS = (
    *("actividad", "informe", "taller", "registro", "comunidad", "capacitación", "seguimiento"),
    *("visita", "reunión", "entrega", "materiales", "personal", "equipo", "área"),
    *("departamento", "municipio", "proyecto", "meta", "cumplimiento", "avance", "se"),
    *("realizó", "con", "la", "participación", "de", "para", "el", "en", "conjunto", "por"),
    *("falta", "transporte", "presupuesto", "mujeres", "jóvenes", "docentes", "productores"),
    *("técnicos", "inspección", "mantenimiento", "compra", "proceso", "firma", "acta"),
    *("convenio", "apoyo", "logística", "programa", "retraso", "debido", "a", "lluvias"),
    *("feriado", "reprogramada", "próximo", "mes"),
)


@dataclass(frozen=True)
class Scale:
    """How many offices, with how many activities each."""

    offices: int = 200
    activities: int = 500

    @property
    def values(self) -> int:
        """How many numbers are reported."""
        return self.offices * self.activities * MONTHS


@dataclass(frozen=True)
class Office:
    """An office with its computer: ids, key, certificates, and the session that it writes in."""

    number: int
    item: str
    unit: str
    key: SigningKey
    device: DeviceInfo
    session: SessionInfo
    activities: tuple[str, ...]


def uid(*what: object) -> str:
    """Give the id that always stands for the same thing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, what))))


def office(centre: House, number: int, activities: int) -> Office:
    """Make an office that the centre's root admits."""
    item, unit, device = uid("office", number), uid("unit", number), uid("device", number)
    chance = random.Random(number)
    one_use = SigningKey.from_secret(chance.randbytes(32).hex())
    key = SigningKey.from_secret(chance.randbytes(32).hex())
    told = {"dataset": centre.dataset, "office": item, "units": [unit], "issued_at": AT}
    chain = (
        certify_enrolment(identities.root_key(centre.dataset), key=one_use.public, **told),
        certify_office(one_use, device=device, key=key.public, **told),
    )
    nonce = chance.randbytes(16).hex()
    return Office(
        number=number,
        item=item,
        unit=unit,
        key=key,
        device=DeviceInfo(device, item, key.public, chain),
        session=SessionInfo(session_id(key.public, nonce), nonce, device),
        activities=tuple(uid("activity", number, place) for place in range(activities)),
    )


def make_centre(folder: Path, scale: Scale) -> list[Office]:
    """Make a centre that knows the offices, their units and their plan."""
    new_centre(folder=folder, institution="Instituto", author="bench")
    with open_house(folder=folder, write=True) as house:
        offices = [office(house, n, scale.activities) for n in range(1, scale.offices + 1)]
        with house.workspace.transaction(
            "bench", clock=house.clock, randomness=house.randomness
        ) as transaction:
            for one in offices:
                transaction.put_many(_plan(one))
    return offices


def _plan(one: Office) -> Iterator[tuple[Address, Value]]:
    plan = uid("plan")
    yield Address(one.item, "kind"), "office"
    yield Address(one.item, "name"), f"Oficina {one.number:04}"
    yield Address(one.unit, "kind"), "unit"
    yield Address(one.unit, "name"), f"Unidad {one.number:04}"
    yield Address(one.unit, "office"), one.item
    for place, row in enumerate(one.activities, start=1):
        yield Address(row, "kind"), "activity"
        yield Address(row, "plan"), plan
        yield Address(row, "unit"), one.unit
        yield Address(row, "code"), f"1.{place}"
        yield Address(row, "text"), f"Elaborar el informe mensual de la actividad {place}"


def narrative(chance: random.Random) -> str:
    """Give 120 characters as an office writes them."""
    text = ""
    while len(text) < _LETTERS:
        text += f"{chance.choice(_WORDS)} "
    return text[:_LETTERS].strip().ljust(_LETTERS, ".").capitalize()


def reported(one: Office, months: Sequence[int], turn: int = 1) -> Columns:
    """Give what an office reports of these months; the second turn changes every value."""
    chance = random.Random(one.number * 1000 + turn)
    cells = [
        (place, month, told)
        for month in months
        for place in range(len(one.activities))
        for told in ((0, 1) if (place + month) % 4 == 0 else (0,))
    ]
    count = len(cells)
    first = 1 + (turn - 1) * count
    values: list[Cell] = [
        narrative(chance) if told else chance.choice((1, 1, 2, 3, 5, 8, 12, 20, 50)) * turn * 10**6
        for _, _, told in cells
    ]
    start = _JANUARY + (turn - 1) * 12 * _MONTH
    times, now = [], start
    for _, month, _ in cells:
        now = max(now + chance.randint(8, 90), start + month * _MONTH)
        times.append(now)
    same, numbers = [0] * count, range(first, first + count)
    return Columns(
        words=Words(
            sessions=(one.session.id,),
            items=one.activities,
            units=(one.unit,),
            fields=("executed", "narrative"),
            periods=tuple(f"{YEAR}-{month:02}" for month in months),
            authors=("Responsable",),
        ),
        session=same,
        n=numbers,
        item=[place for place, _, _ in cells],
        field=[told for _, _, told in cells],
        period=[months.index(month) for _, month, _ in cells],
        unit=same,
        value=values,
        base=[NO_BASE if turn == 1 else 0] * count,
        base_n=same if turn == 1 else range(first - count, first),
        depth=[turn] * count,
        at=times,
        author=same,
        group=numbers,
    )


@dataclass(frozen=True)
class Centre:
    """To whom bundles go: the institution's data, and the key of the centre's mailbox."""

    dataset: str
    mailbox: str


def centre_of(folder: Path) -> Centre:
    """Give to whom bundles go for a centre's workspace."""
    with open_house(folder=folder) as house:
        boxes = mailbox_keys(house.workspace)
        return Centre(house.dataset, boxes[max(boxes)].public)


def bundle(centre: Centre, one: Office, file: Path, *, turn: int = 1, months: int = MONTHS) -> int:
    """Write an office's bundle, sealed to the centre; gives its bytes."""
    told = reported(one, range(1, months + 1), turn)
    parcel = Parcel(
        dataset=centre.dataset,
        audience="centre",
        office=one.item,
        device=one.device.id,
        seq=turn,
        prev="" if turn == 1 else "0" * 64,
        made_at=f"{YEAR}-12-31T{turn:02}:00:00Z",
        revisions=told,
        sessions=(one.session,),
        devices=(one.device,),
        have={one.session.id: turn * len(told)},
    )
    plain = file.with_suffix(".plain")
    write_bundle(plain, parcel, key=one.key, chain=one.device.chain, blobs={})
    seal(plain, file, dataset=centre.dataset, audience="centre", keys=[centre.mailbox])
    plain.unlink()
    return file.stat().st_size


def corrected(one: Office, *, every: int = 20) -> Iterator[tuple[Address, Value]]:
    """Give what the centre itself writes over one value in so many of an office."""
    place = 0
    for month in range(1, MONTHS + 1):
        for row in one.activities:
            place += 1
            if place % every == 0:
                yield Address(row, "executed", f"{YEAR}-{month:02}", one.unit), Decimal(7)


def facts(scale: Scale) -> Iterator[tuple[str, str, str, int, str | None]]:
    """Give the same values as rows: item, unit, period, number, narrative."""
    for number in range(1, scale.offices + 1):
        chance = random.Random(number)
        unit = uid("unit", number)
        for place in range(scale.activities):
            row = uid("activity", number, place)
            for month in range(1, MONTHS + 1):
                text = narrative(chance) if (place + month) % 4 == 0 else None
                yield row, unit, f"{YEAR}-{month:02}", chance.randint(1, 50), text
