"""Addresses, names, values, errors: the small values that everything is made of."""

from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import BundleError, InputError, QuipuError, WorkspaceError
from quipu.domain.identity import derive_id, plan_id, row_id, session_id, unit_id
from quipu.domain.parcel import Acknowledgement, DeviceInfo, Parcel, SessionInfo
from quipu.domain.problem import Problem
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.row import Row
from quipu.domain.value import PUBLISHED, Blob, Unread, Value, plain, value_text


def test_an_address_is_flat_and_sorts_as_its_parts() -> None:
    plan_field = Address("a", "target", "2024-01")
    assert plan_field == ("a", "target", "2024-01", "")
    assert sorted([Address("b", "a"), plan_field]) == [plan_field, Address("b", "a")]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("-0.00", "0"),
        ("150000", "150000"),
        ("1.5E+5", "150000"),
        ("0.10", "0.1"),
        ("-2.50", "-2.5"),
        ("1E-7", "0.0000001"),
    ],
)
def test_a_number_is_written_plainly(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (True, "true"),
        (False, "false"),
        (Decimal("0.50"), "0.5"),
        ("Informe", "Informe"),
        (Blob("ab", 3, "a.pdf"), "sha256:ab 3 a.pdf"),
        (Unread('["new"]'), '["new"]'),
    ],
)
def test_every_value_has_a_text(value: Value, text: str | None) -> None:
    assert value_text(value) == text


def test_the_published_twin_has_its_suffix() -> None:
    assert f"target{PUBLISHED}" == "target.published"


def test_the_name_of_a_revision_is_read_as_written() -> None:
    name = RevisionName("ab" * 16, 7)
    assert RevisionName.parse(str(name)) == name
    assert Revision(name, Address("a", "b"), None, (), 1, "", "Ana").group == 0


@pytest.mark.parametrize("text", ["", "ab:1", "ab" * 16, "ab" * 16 + ":", "ab" * 16 + ":-1"])
def test_another_text_is_no_name(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        RevisionName.parse(text)


def test_ids_are_given_by_what_a_thing_is() -> None:
    dataset = derive_id("dataset")
    assert plan_id(dataset, "pat", 2024) == plan_id(dataset, "pat", 2024)
    assert plan_id(dataset, "pat", 2024) != plan_id(dataset, "pat", 2025)
    assert unit_id(dataset, "Unidad  de Género") == unit_id(dataset, "UNIDAD DE GÉNERO ")
    assert unit_id(dataset, "a") != unit_id(derive_id("other"), "a")
    twins = [row_id("p", "u", "activity", "", "Informe", number) for number in (0, 1)]
    assert len(set(twins)) == 2
    assert derive_id("a", "b") != derive_id("ab", "")


def test_these_ids_never_change() -> None:
    """Stored workspaces hold ids that were made by this rule."""
    assert derive_id("plan", "x", "pat", "2024") == plan_id("x", "pat", 2024)
    assert derive_id("a") == "f4b9c086-f72e-5ce8-91fc-f5852570fbe2"


def test_a_session_is_bound_to_its_device() -> None:
    key, nonce = "00" * 32, "11" * 16
    assert session_id(key, nonce) == "587338220f856c3d65e08f58ec7b3361"
    assert session_id("01" * 32, nonce) != session_id(key, nonce)
    with pytest.raises(ValueError, match="hex"):
        session_id("no hex", nonce)


@pytest.mark.parametrize("kind", [InputError, WorkspaceError, BundleError])
def test_an_error_has_a_code_and_what_fills_its_sentence(kind: type[QuipuError]) -> None:
    error = kind("file-missing", file="a.xlsx", row=3)
    assert (error.code, error.params) == ("file-missing", {"file": "a.xlsx", "row": 3})
    assert str(error) == "file-missing (file=a.xlsx, row=3)"
    assert str(kind("cancelled")) == "cancelled"
    assert isinstance(error, QuipuError)


def test_parcels_problems_and_rows_begin_empty() -> None:
    parcel = Parcel("d", "centre", "o", "pc", 1, "", "", (), (), ())
    assert (parcel.have, parcel.extra, parcel.blobs) == ({}, {}, ())
    assert DeviceInfo("pc", "", "00").chain == ()
    assert SessionInfo("s", "n", "pc").device == "pc"
    assert Acknowledgement("pc", 1, "m").seq == 1
    assert Problem("total-missing", "warning", "Hoja!A1").params == {}
    assert Row("f", "activity").targets == {}
