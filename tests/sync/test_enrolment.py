import hashlib
from pathlib import Path

import pytest

from quipu.domain.errors import BundleError, InputError
from quipu.sync.bundle import read_bundle
from quipu.sync.certificates import verify_chain
from quipu.sync.enrolment import Admission, admit, read_enrolment, write_enrolment
from quipu.sync.keys import new_key
from quipu.words import LANGUAGES, Words
from tests.sync.enrolling import enrolment_file, first_parcel
from tests.sync.forge import Json, members, resigned, zipped
from tests.sync.world import (
    AT,
    AT_CENTRE,
    AT_OFFICE,
    BRANCH,
    CENTRE,
    DATASET,
    ENROLMENT,
    OFFICE,
    ROOT,
    UNIT,
    Side,
    key,
    side,
    uid,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound enrolment file."""
    enrolment_file(tmp_path / "entrada.quipu")
    return tmp_path / "entrada.quipu"


def refusal(path: Path, content: bytes | None = None) -> str:
    """The code by which an enrolment file is refused; its sentence exists in both languages."""
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BundleError) as refused:
        read_enrolment(path)
    for language in LANGUAGES:
        key_ = f"error.{refused.value.code}"
        assert path.name in Words.load(language).text(key_, **refused.value.params)
    return refused.value.code


def words(said: Json) -> Json:
    found = said["enrolment"]
    assert isinstance(found, dict)
    return found


def test_an_office_learns_who_is_who_and_its_plan(file: Path) -> None:
    found = read_enrolment(file)
    assert (found.dataset, found.institution) == (DATASET, "Dirección de Integración")
    assert (found.office, found.office_name) == (OFFICE, "Oficina Norte")
    assert found.units == {UNIT: "Unidad Norte"}
    assert found.root == ROOT.public
    assert found.centre == CENTRE.info
    assert found.first.parcel == first_parcel()
    assert found.one_use.public == found.certificate["key"]


def test_the_device_that_joins_is_believed_by_the_centre(file: Path, tmp_path: Path) -> None:
    own = new_key()
    info = admit(read_enrolment(file), device="pc-7", key=own.public, issued_at=AT)
    certified = verify_chain(ROOT.public, info.chain, dataset=DATASET)
    assert (certified.device, certified.office, certified.units) == ("pc-7", OFFICE, (UNIT,))
    joined: Side = side("pc-7", OFFICE, own, info.chain)
    joined.write(tmp_path / "b.quipu", joined.parcel([joined.revision(1, "a")]))
    assert read_bundle(tmp_path / "b.quipu", trust=AT_CENTRE).sender.device == "pc-7"


def test_every_enrolment_has_a_key_of_its_own(tmp_path: Path) -> None:
    enrolment_file(tmp_path / "1")
    enrolment_file(tmp_path / "2")
    assert (
        read_enrolment(tmp_path / "1").one_use.public
        != read_enrolment(tmp_path / "2").one_use.public
    )


def test_the_secret_is_not_shown(file: Path) -> None:
    found = read_enrolment(file)
    assert found.one_use.secret() not in repr(found)


def test_a_bundle_is_no_enrolment_and_the_other_way_round(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="bundle-is-an-enrolment"):
        read_bundle(file, trust=AT_OFFICE)
    BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel())
    assert refusal(tmp_path / "b.quipu") == "not-an-enrolment"


def test_an_enrolment_that_asks_for_a_code_is_refused(file: Path) -> None:
    def seal(said: Json) -> None:
        words(said).update(secret=None, sealed={"kdf": "scrypt", "salt": "00", "box": "00"})

    assert refusal(file, resigned(file, CENTRE.key, seal)) == "enrolment-sealed"


STRANGER = key("stranger")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"secret": "00" * 32}, "bundle-lies"),
        ({"certificate": dict(ENROLMENT)}, "bundle-lies"),
        ({"certificate": {}}, "bundle-lies"),
        ({"units": []}, "bundle-lies"),
        ({"units": [{"id": uid("other"), "name": "Otra"}]}, "bundle-lies"),
        ({"office": {"id": uid("other"), "name": "Otra"}}, "bundle-for-someone-else"),
        ({"root": STRANGER.public}, "bundle-unknown-device"),
        ({"root": 5}, "bundle-damaged"),
    ],
)
def test_words_that_do_not_fit_are_refused(file: Path, change: Json, code: str) -> None:
    wrong = resigned(file, CENTRE.key, lambda said: words(said).update(change))
    assert refusal(file, wrong) == code


def test_without_words_or_first_bundle_it_is_refused(file: Path) -> None:
    original = file.read_bytes()
    wrong = resigned(file, CENTRE.key, lambda said: said.update(enrolment=None))
    assert refusal(file, wrong) == "bundle-damaged"
    file.write_bytes(original)
    found = members(file)
    del found["first.quipu"]
    file.write_bytes(zipped(found))
    assert (
        refusal(file, resigned(file, CENTRE.key, lambda said: said.update(parts=[])))
        == "bundle-lies"
    )


def test_the_first_bundle_must_be_the_centres(file: Path, tmp_path: Path) -> None:
    BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel(audience=OFFICE))
    body = (tmp_path / "b.quipu").read_bytes()
    told = {"name": "first.quipu", "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    wrong = resigned(
        file, CENTRE.key, lambda said: said.update(parts=[told]), {"first.quipu": body}
    )
    assert refusal(file, wrong) == "bundle-lies"


def test_a_changed_enrolment_is_refused(file: Path) -> None:
    found = members(file)
    other = found["manifest.json"].replace(b"Oficina Norte", b"Oficina Norta")
    assert refusal(file, zipped(found | {"manifest.json": other})) == "bundle-bad-signature"


def test_an_office_cannot_enrol(file: Path, tmp_path: Path) -> None:
    said: Json = {"office": OFFICE, "device": "office-1", "key": BRANCH.key.public}
    said["chain"] = [dict(link) for link in BRANCH.info.chain]
    wrong = resigned(file, BRANCH.key, lambda manifest: manifest.update(said))
    assert refusal(file, wrong) == "bundle-lies"
    with pytest.raises(InputError, match="file-not-verified"):
        write_enrolment(
            tmp_path / "x.quipu",
            BRANCH.parcel(audience=OFFICE),
            admission=Admission("I", "O", {UNIT: "U"}),
            root=ROOT,
            key=BRANCH.key,
            chain=BRANCH.info.chain,
            blobs={},
        )
