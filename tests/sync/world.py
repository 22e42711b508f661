"""A centre and an office with keys, certificates and parcels, for the tests of bundles."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.identity import session_id
from quipu.domain.parcel import DeviceInfo, Parcel, SessionInfo
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value
from quipu.sync.bundle import write_bundle
from quipu.sync.certificates import certify_centre, certify_enrolment, certify_office
from quipu.sync.keys import SigningKey
from quipu.sync.signed import BundleWritten
from quipu.sync.trust import Trust

AT = "2024-08-01T12:00:00Z"


def uid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def key(name: str) -> SigningKey:
    """A key that is the same in every run."""
    return SigningKey.from_secret(uid(name).replace("-", "") * 2)


DATASET, OFFICE, UNIT, ROW = uid("dataset"), uid("office"), uid("unit"), uid("row")
ROOT, CENTRE_KEY, ONE_USE, OFFICE_KEY = map(key, ["root", "centre", "one-use", "office"])
CENTRE_CHAIN = (
    certify_centre(ROOT, dataset=DATASET, device="centre-1", key=CENTRE_KEY.public, issued_at=AT),
)
ENROLMENT = certify_enrolment(
    ROOT, dataset=DATASET, key=ONE_USE.public, office=OFFICE, units=[UNIT], issued_at=AT
)


def office_certificate(issuer: SigningKey, device: str, subject: SigningKey) -> dict[str, object]:
    """A certificate of an office's device by whoever issues it."""
    return dict(
        certify_office(
            issuer,
            dataset=DATASET,
            device=device,
            key=subject.public,
            office=OFFICE,
            units=[UNIT],
            issued_at=AT,
        )
    )


OFFICE_CHAIN = (ENROLMENT, office_certificate(ONE_USE, "office-1", OFFICE_KEY))


@dataclass(frozen=True)
class Side:
    """A device that writes bundles, with one session of its own."""

    info: DeviceInfo
    key: SigningKey
    session: SessionInfo

    def revision(
        self, n: int, value: Value, address: Address | None = None, **more: object
    ) -> Revision:
        """A revision of this device's session."""
        told: dict[str, object] = {
            "replaces": (),
            "depth": 1,
            "at": AT,
            "author": "Ana",
            "group": n,
        }
        return Revision(
            RevisionName(self.session.id, n),
            address or Address(ROW, "executed", f"2024-{(n - 1) % 12 + 1:02}", UNIT),
            value,
            **(told | more),  # type: ignore[arg-type]
        )

    def parcel(self, revisions: Sequence[Revision] = (), **more: object) -> Parcel:
        """A parcel to the other side."""
        told: dict[str, object] = {
            "dataset": DATASET,
            "audience": "centre" if self.info.office else OFFICE,
            "office": self.info.office,
            "device": self.info.id,
            "seq": 1,
            "prev": "",
            "made_at": AT,
            "revisions": tuple(revisions),
            "sessions": (self.session,),
            "devices": (self.info,),
        }
        return Parcel(**(told | more))  # type: ignore[arg-type]

    def write(self, path: Path, parcel: Parcel, **blobs: Path) -> BundleWritten:
        """Write a parcel as this device does."""
        return write_bundle(path, parcel, key=self.key, chain=self.info.chain, blobs=blobs)


def side(device: str, office: str, own: SigningKey, chain: Sequence[object]) -> Side:
    """A device with a session."""
    info = DeviceInfo(device, office, own.public, tuple(chain))  # type: ignore[arg-type]
    nonce = uid(device).replace("-", "")
    return Side(info, own, SessionInfo(session_id(own.public, nonce), nonce, device))


CENTRE = side("centre-1", "", CENTRE_KEY, CENTRE_CHAIN)
BRANCH = side("office-1", OFFICE, OFFICE_KEY, OFFICE_CHAIN)
AT_CENTRE = Trust(DATASET, frozenset({"centre"}), ROOT.public)
AT_OFFICE = Trust(DATASET, frozenset({OFFICE}), ROOT.public)
