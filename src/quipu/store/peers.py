"""Devices and sessions: who writes, and the numbers that stand for them."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select

from quipu.domain.errors import BundleError
from quipu.domain.identity import session_id
from quipu.domain.judgement import Licence, licence_of
from quipu.domain.parcel import DeviceInfo, SessionInfo
from quipu.store.bulk import AnyRow, Bulk, pieces
from quipu.store.tables import device, session

KNOWN = "known"


class Peers:
    """The tables `device` and `session`, remembered as far as they were asked for."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self.forget()

    def forget(self) -> None:
        """Drop what is remembered, since a transaction was taken back."""
        self._sessions: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._owners: dict[int, tuple[str, str]] = {}
        self._licences: dict[int, Licence] = {}

    def devices(self, names: Collection[str] | None = None) -> list[DeviceInfo]:
        """Give the devices with these ids, or all that are known, in the order they became so."""
        if names is None:
            rows = self._bulk.connection.execute(select(device).order_by(device.c.no)).all()
            return [_device(row) for row in rows]
        found: list[AnyRow] = []
        for piece in pieces(sorted(names)):
            found += self._bulk.connection.execute(select(device).where(device.c.id.in_(piece)))
        return [_device(row) for row in sorted(found, key=lambda row: int(row.no))]

    def device_number(self, name: str) -> int | None:
        """Give the number of a device, `None` for a stranger."""
        found: int | None = self._bulk.one("SELECT no FROM device WHERE id = ?", name)
        return found

    def add_device(self, info: DeviceInfo) -> int:
        """Store a device, or its newer certificates; gives its number.

        Raises `BundleError("device-conflict")` when the id is known with another office or key.
        """
        run = self._bulk
        chain = json.dumps([dict(link) for link in info.chain], ensure_ascii=False)
        query = "SELECT no, office, public_key, chain FROM device WHERE id = ?"
        found = run.run(query, info.id).fetchone()
        if found is None:
            last = run.one("SELECT max(no) FROM device") or 0
            row = (last + 1, info.id, info.office, info.key, chain, KNOWN)
            columns = ("no", "id", "office", "public_key", "chain", "state")
            self._bulk.insert("device", columns, [row])
            return last + 1
        number, office, key, before = found
        if (office, key) != (info.office, info.key):
            raise BundleError("device-conflict", device=info.id)
        if info.chain and chain != before:
            self._licences.clear()
            run.run("UPDATE device SET chain = ? WHERE no = ?", chain, number)
        return int(number)

    def session_numbers(self, names: Iterable[str]) -> dict[str, int]:
        """Give the numbers of sessions, new ones to those never heard of.

        A session is first heard of when a revision replaces one of its own; its device is told
        later, by the bundle that carries it. Gives the whole of what is remembered.
        """
        asked = [name for name in dict.fromkeys(names) if name not in self._sessions]
        for no, name in self._bulk.among("SELECT no, id FROM session WHERE id IN", asked):
            self._remember(no, name)
        new = [name for name in asked if name not in self._sessions]
        if new:
            last = self._bulk.one("SELECT max(no) FROM session") or 0
            rows = [(last + n, name) for n, name in enumerate(new, start=1)]
            columns = ("no", "id", "nonce", "device", "top", "ahead")
            self._bulk.insert("session", columns, [(*row, "", None, 0, 0) for row in rows])
            for no, name in rows:
                self._remember(no, name)
        return self._sessions

    def known_session(self, name: str) -> int | None:
        """Give the number of a session, `None` for one never heard of."""
        found: int | None = self._bulk.one("SELECT no FROM session WHERE id = ?", name)
        return found

    def add_session(self, info: SessionInfo) -> int:
        """Store a session of a known device; gives its number.

        Raises `BundleError`: `device-unknown`, `session-forged` when its id does not follow from
        the device's key and the nonce, `session-conflict` when it is known as another device's.
        """
        run = self._bulk
        owner = run.run("SELECT no, public_key FROM device WHERE id = ?", info.device).fetchone()
        if owner is None:
            raise BundleError("device-unknown", device=info.device)
        device_no, key = owner
        if info.id != session_id(key, info.nonce):
            raise BundleError("session-forged", session=info.id, device=info.device)
        number = self.session_numbers([info.id])[info.id]
        current = run.one("SELECT device FROM session WHERE no = ?", number)
        if current is None:
            said = (device_no, info.nonce, number)
            run.run("UPDATE session SET device = ?, nonce = ? WHERE no = ?", *said)
        elif current != device_no:
            raise BundleError("session-conflict", session=info.id, device=info.device)
        return number

    def demand_owners(self, numbers: Iterable[int]) -> None:
        """Raise `BundleError("session-unknown")` for a session whose device nobody has told."""
        query = "SELECT id FROM session WHERE device IS NULL AND no IN"
        for (stranger,) in self._bulk.among(query, sorted(numbers)):
            raise BundleError("session-unknown", session=stranger)

    def tops(self, name: str) -> dict[str, int]:
        """Give the greatest number held of a device's sessions, by their ids."""
        query = select(session.c.id, session.c.top).join(device).where(device.c.id == name)
        return dict(tuple(row) for row in self._bulk.connection.execute(query))

    def raise_tops(self, tops: dict[int, int]) -> None:
        """Remember the greatest number held of sessions, by their numbers."""
        for number, top in tops.items():
            query = "UPDATE session SET top = ? WHERE no = ? AND top < ?"
            self._bulk.run(query, top, number, top)

    def raise_ahead(self, found: Mapping[int, int]) -> None:
        """Remember the greatest number of sessions that something replaces."""
        for number, ahead in found.items():
            query = "UPDATE session SET ahead = ? WHERE no = ? AND ahead < ?"
            self._bulk.run(query, ahead, number, ahead)

    def ahead(self, numbers: Iterable[int]) -> dict[int, int]:
        """Give the greatest number of sessions that something replaces, 0 for none."""
        query = "SELECT no, ahead FROM session WHERE no IN"
        return dict(self._bulk.among(query, list(numbers)))

    def session_names(self, numbers: Iterable[int]) -> dict[int, str]:
        """Give the ids of sessions; the whole of what is remembered."""
        missing = [no for no in dict.fromkeys(numbers) if no not in self._names]
        for piece in pieces(missing):
            query = select(session.c.no, session.c.id).where(session.c.no.in_(piece))
            for no, name in self._bulk.connection.execute(query):
                self._remember(no, name)
        return self._names

    def owner(self, number: int) -> tuple[str, str]:
        """Give a session's device and office."""
        if number not in self._owners:
            query = select(device.c.id, device.c.office).join(session)
            found = self._bulk.connection.execute(query.where(session.c.no == number)).one()
            self._owners[number] = (found.id, found.office)
        return self._owners[number]

    def office(self, number: int) -> str:
        """Give the office of a session's device, `""` for the centre's and for a stranger's."""
        known = self.licence(number)
        return known.office if known is not None else ""

    def licence(self, number: int) -> Licence | None:
        """Give what a session's device may say, `None` while nobody has told the device."""
        if number not in self._licences:
            query = (
                "SELECT d.id, d.office, d.public_key, d.chain FROM session s CROSS JOIN device d "
                "WHERE s.no = ? AND d.no = s.device"
            )
            found = self._bulk.run(query, number).fetchone()
            if found is None:
                return None
            name, office, key, chain = found
            known = DeviceInfo(name, office, key, tuple(json.loads(chain)))
            self._licences[number] = licence_of(known)
        return self._licences[number]

    def writers(self) -> list[int]:
        """Give the numbers of all sessions whose device is known."""
        query = select(session.c.no).where(session.c.device.is_not(None)).order_by(session.c.no)
        return list(self._bulk.connection.scalars(query))

    def carried(self, numbers: Sequence[int]) -> tuple[list[SessionInfo], list[DeviceInfo]]:
        """Give the sessions with these numbers as a bundle tells them, and their devices."""
        sessions: list[SessionInfo] = []
        devices: dict[str, DeviceInfo] = {}
        for piece in pieces(sorted(set(numbers))):
            query = select(session.c.id.label("session"), session.c.nonce, device).join(device)
            for row in self._bulk.connection.execute(query.where(session.c.no.in_(piece))):
                sessions.append(SessionInfo(row.session, row.nonce, row.id))
                devices[row.id] = _device(row)
        return sorted(sessions, key=lambda one: one.id), [devices[one] for one in sorted(devices)]

    def _remember(self, no: int, name: str) -> None:
        self._sessions[name] = no
        self._names[no] = name


def _device(row: AnyRow) -> DeviceInfo:
    return DeviceInfo(row.id, row.office, row.public_key, tuple(json.loads(row.chain)))
