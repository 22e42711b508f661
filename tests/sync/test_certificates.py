from collections.abc import Sequence

import pytest

from quipu.sync.certificates import (
    Certificate,
    ChainError,
    certify_centre,
    certify_enrolment,
    certify_office,
    verify_chain,
    verify_enrolment,
)
from tests.sync.world import (
    AT,
    BRANCH,
    CENTRE,
    CENTRE_CHAIN,
    DATASET,
    ENROLMENT,
    OFFICE,
    OFFICE_CHAIN,
    ONE_USE,
    ROOT,
    UNIT,
    key,
    office_certificate,
    uid,
)

OWN = key("copy")


def follow(*chain: Certificate) -> tuple[str, str, str, tuple[str, ...]]:
    found = verify_chain(ROOT.public, chain, dataset=DATASET)
    return found.role, found.device, found.office, found.line


def test_the_root_admits_devices_of_the_centre() -> None:
    assert follow(*CENTRE_CHAIN) == ("centre", "centre-1", "", ("centre-1",))


def test_an_office_is_admitted_through_its_one_use_key() -> None:
    assert follow(*OFFICE_CHAIN) == ("office", "office-1", OFFICE, ("office-1",))
    found = verify_chain(ROOT.public, OFFICE_CHAIN, dataset=DATASET)
    assert (found.key, found.units) == (BRANCH.key.public, (UNIT,))
    assert found.enrolment == ONE_USE.public
    assert verify_chain(ROOT.public, CENTRE_CHAIN, dataset=DATASET).enrolment == ""


def test_a_copy_is_admitted_by_its_original() -> None:
    copy = office_certificate(BRANCH.key, "copy-1", OWN)
    assert follow(*OFFICE_CHAIN, copy)[3] == ("office-1", "copy-1")
    centre = certify_centre(
        CENTRE.key, dataset=DATASET, device="centre-2", key=OWN.public, issued_at=AT
    )
    assert follow(*CENTRE_CHAIN, centre) == ("centre", "centre-2", "", ("centre-1", "centre-2"))


def altered(certificate: Certificate, **more: object) -> Certificate:
    return {**certificate, **more}


def office(**more: object) -> Certificate:
    told = {"device": "office-1", "key": OWN.public, "office": OFFICE, "units": [UNIT]}
    told |= {"dataset": DATASET, "issued_at": AT}
    return certify_office(ONE_USE, **(told | more))  # type: ignore[arg-type]


def enrolment(**more: object) -> Certificate:
    told = {"key": ONE_USE.public, "office": OFFICE, "units": [UNIT]}
    told |= {"dataset": DATASET, "issued_at": AT}
    return certify_enrolment(ROOT, **(told | more))  # type: ignore[arg-type]


BROKEN: list[Sequence[Certificate]] = [
    [],
    [ENROLMENT],
    [*OFFICE_CHAIN] * 5,
    OFFICE_CHAIN[1:],
    OFFICE_CHAIN[::-1],
    [*CENTRE_CHAIN, OFFICE_CHAIN[1]],
    [ENROLMENT, CENTRE_CHAIN[0]],
    [ENROLMENT, office_certificate(OWN, "office-1", OWN)],
    [ENROLMENT, office(office=uid("another"))],
    [ENROLMENT, office(units=[UNIT, uid("more")])],
    [ENROLMENT, office(dataset=uid("foreign"))],
    [enrolment(dataset=uid("foreign")), OFFICE_CHAIN[1]],
    [enrolment(office=""), office(office="")],
    [altered(CENTRE_CHAIN[0], device="centre-2")],
    [altered(CENTRE_CHAIN[0], signature="00" * 64)],
    [altered(CENTRE_CHAIN[0], signature="short")],
    [altered(CENTRE_CHAIN[0], unheard_of=True)],
    [altered(CENTRE_CHAIN[0], unheard_of=object())],
    [altered(CENTRE_CHAIN[0], format=2)],
    [altered(CENTRE_CHAIN[0], kind="emperor")],
    [altered(CENTRE_CHAIN[0], device="")],
    [altered(ENROLMENT, device="office-1"), OFFICE_CHAIN[1]],
    [altered(CENTRE_CHAIN[0], not_after="2024-12-31")],
    [{"kind": "centre-device"}],
]


@pytest.mark.parametrize("chain", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_chain_leads_nowhere(chain: Sequence[Certificate]) -> None:
    with pytest.raises(ChainError):
        verify_chain(ROOT.public, chain, dataset=DATASET)


def test_another_root_admits_nobody() -> None:
    with pytest.raises(ChainError):
        verify_chain(OWN.public, OFFICE_CHAIN, dataset=DATASET)


def test_what_a_newer_version_signs_as_well_is_let_be() -> None:
    from quipu.sync.canonical import CERTIFICATE_TYPE, canonical

    statement = {name: CENTRE_CHAIN[0][name] for name in CENTRE_CHAIN[0] if name != "signature"}
    statement["role"] = "approver"
    signature = ROOT.sign(CERTIFICATE_TYPE, canonical(statement)).hex()
    assert follow({**statement, "signature": signature})[0] == "centre"


def test_a_one_use_key_is_certified_by_the_root() -> None:
    found = verify_enrolment(ROOT.public, ENROLMENT, dataset=DATASET)
    assert (found.key, found.office, found.units) == (ONE_USE.public, OFFICE, (UNIT,))
    with pytest.raises(ChainError):
        verify_enrolment(ROOT.public, CENTRE_CHAIN[0], dataset=DATASET)
    with pytest.raises(ChainError):
        verify_enrolment(OWN.public, ENROLMENT, dataset=DATASET)
