"""An enrolment file as the centre writes it."""

from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.parcel import Parcel
from quipu.sync.certificates import Terms
from quipu.sync.enrolment import AN_OFFICE, Admission, write_enrolment
from quipu.sync.signed import BundleWritten
from tests.sync.world import CENTRE, ROOT, ROW, UNIT


def first_parcel() -> Parcel:
    """The centre's first parcel for the office: a row of its plan."""
    return CENTRE.parcel([CENTRE.revision(1, "Formar docentes", Address(ROW, "text"))])


def enrolment_file(path: Path, code: str | None = None, terms: Terms = AN_OFFICE) -> BundleWritten:
    """Write an enrolment file for the office."""
    return write_enrolment(
        path,
        first_parcel(),
        admission=Admission(
            "Dirección de Integración", "Oficina Norte", {UNIT: "Unidad Norte"}, terms
        ),
        root=ROOT,
        key=CENTRE.key,
        chain=CENTRE.info.chain,
        blobs={},
        code=code,
    )
