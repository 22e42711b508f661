from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quipu.sync.certificates import (
    Certificate,
    ChainError,
    NotAdmitted,
    Terms,
    certify_centre,
    certify_copy,
    certify_enrolment,
    certify_office,
    in_force,
    read_chain,
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
    return found.side, found.device, found.office, found.line


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


# ---------------------------------------------------------------- roles and periods

RELAY = Terms("relay", not_before="2024-01-01", not_after="2024-12-31")
PLANNER = Terms("planner", name="Segunda planificadora")


def relay_chain(**more: object) -> tuple[Certificate, Certificate]:
    told = {"device": "relay-1", "key": OWN.public, "office": OFFICE, "units": [UNIT]}
    told |= {"dataset": DATASET, "issued_at": AT, "terms": RELAY}
    return enrolment(terms=RELAY), certify_office(ONE_USE, **(told | more))  # type: ignore[arg-type]


def planner_chain() -> tuple[Certificate, Certificate]:
    first = enrolment(office="", units=[], terms=PLANNER)
    return first, certify_centre(
        ONE_USE, dataset=DATASET, device="centre-2", key=OWN.public, issued_at=AT, terms=PLANNER
    )


def test_plain_certificates_are_those_that_every_version_reads() -> None:
    for certificate in (*OFFICE_CHAIN, *CENTRE_CHAIN):
        assert certificate["format"] == 1
        assert "role" not in certificate
        assert certificate["not_after"] is None


def test_a_chain_tells_role_and_period() -> None:
    found = verify_chain(ROOT.public, relay_chain(), dataset=DATASET)
    assert (found.role, found.side) == ("relay", "office")
    assert (found.not_before, found.not_after) == ("2024-01-01", "2024-12-31")
    assert read_chain(relay_chain(), dataset=DATASET) == found


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_a_certificate_holds_from_its_first_to_its_last_day(day: str, holds: bool) -> None:
    limited = verify_chain(ROOT.public, relay_chain(), dataset=DATASET)
    assert in_force(limited, date.fromisoformat(day)) is holds
    endless = verify_chain(ROOT.public, OFFICE_CHAIN, dataset=DATASET)
    assert in_force(endless, date.fromisoformat(day))


def test_a_second_planner_is_admitted_through_a_one_use_key() -> None:
    found = verify_chain(ROOT.public, planner_chain(), dataset=DATASET)
    assert (found.role, found.side, found.office) == ("planner", "centre", "")
    assert (found.name, found.enrolment) == ("Segunda planificadora", ONE_USE.public)


def test_a_copy_has_the_terms_of_its_original() -> None:
    own = key("copy of the relay")
    copy = certify_copy(OWN, relay_chain()[-1], device="relay-2", key=own.public, issued_at=AT)
    found = verify_chain(ROOT.public, [*relay_chain(), copy], dataset=DATASET)
    assert (found.role, found.not_after, found.line) == (
        "relay",
        "2024-12-31",
        ("relay-1", "relay-2"),
    )


ITSELF = key("a copy far away")


def far_copy() -> tuple[Certificate, ...]:
    own = certify_copy(ITSELF, OFFICE_CHAIN[-1], device="far", key=ITSELF.public, issued_at=AT)
    return (*OFFICE_CHAIN, own)


def test_a_copy_that_vouches_for_itself_waits_for_the_centre() -> None:
    with pytest.raises(NotAdmitted):
        verify_chain(ROOT.public, far_copy(), dataset=DATASET)
    with pytest.raises(ChainError, match="another device"):
        verify_chain(ROOT.public, far_copy(), dataset=DATASET, admitted={"far": OWN.public})
    found = verify_chain(ROOT.public, far_copy(), dataset=DATASET, admitted={"far": ITSELF.public})
    assert (found.office, found.line) == (OFFICE, ("office-1", "far"))


def test_whom_the_centre_let_in_is_believed_whoever_stands_before_it() -> None:
    own = key("copy of the copy")
    twice = (
        *far_copy(),
        certify_copy(own, OFFICE_CHAIN[-1], device="further", key=own.public, issued_at=AT),
    )
    for admitted in ({}, {"far": ITSELF.public}):
        with pytest.raises(NotAdmitted):
            verify_chain(ROOT.public, twice, dataset=DATASET, admitted=admitted)
    found = verify_chain(ROOT.public, twice, dataset=DATASET, admitted={"further": own.public})
    assert found.line == ("office-1", "far", "further")
    with pytest.raises(ChainError, match="another device"):
        verify_chain(
            ROOT.public, twice, dataset=DATASET, admitted={"further": own.public, "far": "00"}
        )


def test_only_a_copy_may_vouch_for_itself() -> None:
    alone = certify_copy(ITSELF, CENTRE_CHAIN[0], device="far", key=ITSELF.public, issued_at=AT)
    first = certify_copy(ITSELF, OFFICE_CHAIN[-1], device="far", key=ITSELF.public, issued_at=AT)
    for chain in ([alone], [ENROLMENT, first], [first], [*CENTRE_CHAIN, first]):
        with pytest.raises(ChainError) as refused:
            verify_chain(ROOT.public, chain, dataset=DATASET, admitted={"far": ITSELF.public})
        assert not isinstance(refused.value, NotAdmitted)


BEYOND: list[Sequence[Certificate]] = [
    # A device that takes more than its one-use key was given.
    [relay_chain()[0], office()],
    [ENROLMENT, relay_chain()[1]],
    [relay_chain()[0], relay_chain(terms=Terms("relay"))[1]],
    [relay_chain()[0], relay_chain(terms=Terms("auditor", "2024-01-01", "2024-12-31"))[1]],
    [relay_chain()[0], relay_chain(terms=Terms("relay", "2024-01-01", "2025-12-31"))[1]],
    [relay_chain()[0], relay_chain(terms=Terms("relay", "", "2024-12-31"))[1]],
    # An office's one-use key that admits a planner, and a planner's that admits an office.
    [ENROLMENT, planner_chain()[1]],
    [planner_chain()[0], OFFICE_CHAIN[1]],
    [planner_chain()[0], office(office="", units=[], terms=PLANNER)],
    # Planners with an office, offices without one, roles and days that are none.
    [enrolment(terms=PLANNER), planner_chain()[1]],
    [enrolment(office="", terms=RELAY), relay_chain(office="")[1]],
    [altered(relay_chain()[0], role="emperor"), relay_chain()[1]],
    [altered(relay_chain()[0], not_after="2024-13-01"), relay_chain()[1]],
    [altered(relay_chain()[0], not_after="2034-12-31"), relay_chain()[1]],
    [altered(relay_chain()[0], format=1), relay_chain()[1]],
    [altered(relay_chain()[0], format=3), relay_chain()[1]],
]


@pytest.mark.parametrize("chain", BEYOND, ids=range(len(BEYOND)))
def test_nobody_takes_more_than_was_given(chain: Sequence[Certificate]) -> None:
    with pytest.raises(ChainError):
        verify_chain(ROOT.public, chain, dataset=DATASET)


def test_a_role_of_a_later_version_is_not_guessed() -> None:
    from quipu.sync.canonical import CERTIFICATE_TYPE, canonical

    first = {k: v for k, v in relay_chain()[0].items() if k != "signature"} | {"role": "approver"}
    signed = {**first, "signature": ROOT.sign(CERTIFICATE_TYPE, canonical(first)).hex()}
    with pytest.raises(ChainError):
        verify_chain(ROOT.public, [signed, relay_chain()[1]], dataset=DATASET)


def test_a_stored_chain_is_read_or_refused() -> None:
    assert read_chain(OFFICE_CHAIN, dataset=DATASET).device == "office-1"
    for chain in ([], OFFICE_CHAIN * 5, [{"kind": "centre-device"}]):
        with pytest.raises(ChainError):
            read_chain(chain, dataset=DATASET)


LINKS = [ENROLMENT, *CENTRE_CHAIN, OFFICE_CHAIN[1], *relay_chain(), *planner_chain(), far_copy()[2]]


@given(st.lists(st.sampled_from(LINKS), max_size=5))
def test_links_put_together_by_chance_certify_only_as_they_were_issued(
    chain: list[Certificate],
) -> None:
    sound = [list(one) for one in (CENTRE_CHAIN, OFFICE_CHAIN, relay_chain(), planner_chain())]
    try:
        verify_chain(ROOT.public, chain, dataset=DATASET)
    except ChainError:
        assert chain not in sound
    else:
        assert chain in sound
