import hashlib
import io
import json
import os
import random
import unicodedata
import uuid
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.domain.moments import moment_of, seconds_of
from quipu.domain.parcel import Acknowledgement
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Blob, Unread, Value
from quipu.sync import bundle as bundles
from quipu.sync.bundle import read_bundle
from quipu.sync.letter import LetterError, read_letter, write_letter
from quipu.sync.limits import BLOCK
from quipu.sync.packing import pack, too_tight, unpack
from tests.sync.forge import members, zipped
from tests.sync.world import (
    AT_CENTRE,
    AT_OFFICE,
    BRANCH,
    CENTRE,
    DATASET,
    OFFICE,
    ROW,
    UNIT,
    uid,
)

VALUES: list[Value] = [
    None,
    True,
    False,
    Decimal(0),
    Decimal("150000"),
    Decimal("-0.000001"),
    Decimal("0.0000001"),
    Decimal("9223372036854.775807"),
    Decimal("9223372036854.775808"),
    Decimal("-123456789012345678901234567890.5"),
    "",
    'Índice «ñ» 漢字 \n\t"\\',
    "x" * 16384,
    Blob("ab" * 32, 12, "lista de asistencia.pdf"),
    Unread('["point","12.5","-88.1"]'),
]


def test_everything_said_is_read_again(tmp_path: Path) -> None:
    parcel = BRANCH.parcel(
        [BRANCH.revision(n, value) for n, value in enumerate(VALUES, start=1)],
        seq=17,
        prev="ab" * 32,
        acknowledgements=(Acknowledgement("centre-1", 4, "cd" * 32),),
        have={CENTRE.session.id: 9, BRANCH.session.id: 15},
        extra={"app": "9.9", "plan_version": 42, "unheard-of": {"a": [1, None]}},
    )
    written = BRANCH.write(tmp_path / "b.quipu", parcel)
    found = read_bundle(tmp_path / "b.quipu", trust=AT_CENTRE)
    assert found.parcel == parcel
    assert [type(r.value) for r in found.parcel.revisions] == [type(value) for value in VALUES]
    assert (found.sender.role, found.sender.office) == ("office", OFFICE)
    assert found.sender.units == (UNIT,)
    body = members(tmp_path / "b.quipu")["manifest.json"]
    assert found.manifest_sha256 == written.manifest_sha256 == hashlib.sha256(body).hexdigest()
    assert written.bytes == (tmp_path / "b.quipu").stat().st_size
    assert list(tmp_path.iterdir()) == [tmp_path / "b.quipu"]


def test_what_a_newer_version_wrote_is_forwarded_unchanged(tmp_path: Path) -> None:
    strange = Address(ROW, "unheard.of_field", "2031-W07", UNIT)
    parcel = CENTRE.parcel([CENTRE.revision(1, Unread('["range",1,2.5,{"a":null}]'), strange)])
    CENTRE.write(tmp_path / "a.quipu", parcel)
    found = read_bundle(tmp_path / "a.quipu", trust=AT_OFFICE).parcel
    CENTRE.write(tmp_path / "b.quipu", found)
    assert found == parcel
    assert (tmp_path / "a.quipu").read_bytes() == (tmp_path / "b.quipu").read_bytes()


def test_the_centre_carries_revisions_of_others(tmp_path: Path) -> None:
    parcel = CENTRE.parcel(
        [CENTRE.revision(1, "a"), BRANCH.revision(4, "b")],
        sessions=(CENTRE.session, BRANCH.session),
        devices=(CENTRE.info, BRANCH.info),
    )
    CENTRE.write(tmp_path / "b.quipu", parcel)
    assert read_bundle(tmp_path / "b.quipu", trust=AT_OFFICE).parcel == parcel


def test_an_empty_bundle_still_says_who_and_what_is_held(tmp_path: Path) -> None:
    parcel = BRANCH.parcel(sessions=(), devices=(), have={CENTRE.session.id: 3})
    BRANCH.write(tmp_path / "b.quipu", parcel)
    assert read_bundle(tmp_path / "b.quipu", trust=AT_CENTRE).parcel == parcel


def test_attachments_travel_by_their_content(tmp_path: Path) -> None:
    contents = [b"uno", b"d" * 3_000_000]
    blobs = {}
    for content in contents:
        name = hashlib.sha256(content).hexdigest()
        blobs[name] = tmp_path / name
        blobs[name].write_bytes(content)
    parcel = BRANCH.parcel(blobs=tuple(blobs))
    BRANCH.write(tmp_path / "b.quipu", parcel, **blobs)
    found = read_bundle(tmp_path / "b.quipu", trust=AT_CENTRE)
    assert set(found.parcel.blobs) == set(blobs)
    for content in contents:
        name = hashlib.sha256(content).hexdigest()
        copy = io.BytesIO()
        found.copy_blob(name, copy)
        assert copy.getvalue() == content
        assert found.blobs[name] == len(content)


def test_an_attachment_exchanged_after_reading_is_noticed(tmp_path: Path) -> None:
    name, other = (hashlib.sha256(content).hexdigest() for content in (b"uno", b"dos"))
    (tmp_path / "blob").write_bytes(b"uno")
    path = tmp_path / "b.quipu"
    BRANCH.write(path, BRANCH.parcel(blobs=(name,)), **{name: tmp_path / "blob"})
    found = read_bundle(path, trust=AT_CENTRE)
    path.write_bytes(zipped(members(path) | {f"blobs/{name}": b"dos"}))
    with pytest.raises(BundleError, match="bundle-damaged"):
        found.copy_blob(name, io.BytesIO())
    assert other not in found.blobs


def test_an_attachment_changed_after_reading_is_noticed(tmp_path: Path) -> None:
    name = hashlib.sha256(b"uno").hexdigest()
    (tmp_path / "blob").write_bytes(b"uno")
    path = tmp_path / "b.quipu"
    BRANCH.write(path, BRANCH.parcel(blobs=(name,)), **{name: tmp_path / "blob"})
    found = read_bundle(path, trust=AT_CENTRE)
    path.write_bytes(path.read_bytes().replace(b"uno", b"dos"))
    with pytest.raises(BundleError, match="bundle-damaged"):
        found.copy_blob(name, io.BytesIO())


@pytest.mark.parametrize("content", [None, b"otro"])
def test_a_lost_or_changed_attachment_is_not_sent(tmp_path: Path, content: bytes | None) -> None:
    name = hashlib.sha256(b"uno").hexdigest()
    if content is not None:
        (tmp_path / "blob").write_bytes(content)
    with pytest.raises(WorkspaceError, match="attachment-damaged"):
        BRANCH.write(
            tmp_path / "b.quipu", BRANCH.parcel(blobs=(name,)), **{name: tmp_path / "blob"}
        )
    assert not (tmp_path / "b.quipu").exists()


def test_the_same_parcel_gives_the_same_bytes(tmp_path: Path) -> None:
    parcel = BRANCH.parcel([BRANCH.revision(1, Decimal(5))])
    BRANCH.write(tmp_path / "a", parcel)
    BRANCH.write(tmp_path / "b", parcel)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        BRANCH.write(tmp_path / "nowhere" / "b.quipu", BRANCH.parcel())
    assert refused.value.code == "file-not-written"
    assert refused.value.params["file"] == "b.quipu"


def test_a_file_that_reads_back_otherwise_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.quipu"
    path.write_bytes(b"the old one")

    def spoilt(_: object) -> None:
        beside = next(tmp_path.glob(".b.quipu.*"))
        beside.write_bytes(beside.read_bytes()[:-1])

    monkeypatch.setattr("quipu.sync.signed.forget", spoilt)
    with pytest.raises(InputError) as refused:
        BRANCH.write(path, BRANCH.parcel())
    assert refused.value.code == "file-not-verified"
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [tmp_path / "b.quipu"]


def test_a_stick_without_advice_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fadvise")
    assert BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel()).bytes > 0


@pytest.mark.parametrize(
    "value",
    ["x" * 16385, "e\u0301", "a\0b", Decimal("NaN"), Decimal("Infinity"), Decimal("1e2000")],
)
def test_what_no_reader_takes_is_not_written(tmp_path: Path, value: Value) -> None:
    with pytest.raises(ValueError, match=r".+"):
        BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel([BRANCH.revision(1, value)]))
    assert list(tmp_path.iterdir()) == []


def test_a_parcel_that_does_not_survive_is_a_mistake_of_ours(tmp_path: Path) -> None:
    shouting = Address(ROW.upper(), "executed", "2024-01", UNIT)
    with pytest.raises(ValueError, match="canonical"):
        BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel([BRANCH.revision(1, "a", shouting)]))
    spaced = BRANCH.revision(1, Unread('["point", 1]'))
    with pytest.raises(ValueError, match="survive"):
        BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel([spaced]))
    with pytest.raises(ValueError, match="manifest itself"):
        BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel(extra={"dataset": "mine"}))


def test_more_than_a_reader_takes_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "too_tight", lambda packed, plain: True)
    with pytest.raises(BundleError) as refused:
        BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel())
    assert refused.value.code == "bundle-too-large"


def test_revisions_all_alike_are_padded_until_a_reader_takes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quipu.sync.packing.MIB", 1000)
    monkeypatch.setattr("quipu.sync.packing.RATIO", 20)
    monkeypatch.setattr(bundles, "RATIO", 20)
    address = Address(ROW, "executed", "2024-01", UNIT)
    parcel = BRANCH.parcel([BRANCH.revision(n, Decimal(0), address) for n in range(1, 8000)])
    plain = write_letter(parcel)
    assert too_tight(len(pack(plain)), len(plain))
    BRANCH.write(tmp_path / "b.quipu", parcel)
    assert read_bundle(tmp_path / "b.quipu", trust=AT_CENTRE).parcel == parcel


def test_attachments_beyond_the_container_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zipfile.ZIP64_LIMIT", 3000)
    content = bytes(4000)
    name = hashlib.sha256(content).hexdigest()
    (tmp_path / "blob").write_bytes(content)
    with pytest.raises(BundleError, match="bundle-too-large"):
        BRANCH.write(tmp_path / "b", BRANCH.parcel(blobs=(name,)), **{name: tmp_path / "blob"})
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2024-02-29T12:34:56Z"]
)
def test_a_moment_is_its_seconds(moment: str) -> None:
    seconds = seconds_of(moment)
    assert seconds is not None
    assert moment_of(seconds) == moment


@pytest.mark.parametrize("text", ["2024-02-30T00:00:00Z", "2024-01-01T00:00:00+00:00", "ayer", ""])
def test_another_text_is_no_seconds(text: str) -> None:
    assert seconds_of(text) is None


FIRST_HALF = "se realizaron las visitas previstas a los centros escolares del municipio con "
SECOND_HALF = "apoyo de la gerencia y quedó pendiente el informe final por falta de transporte"


def office_year(months: int) -> list[Revision]:
    """500 activities by month, every fourth value with 120 letters of narrative."""
    rng = random.Random(2024)
    words = (FIRST_HALF + SECOND_HALF).split()
    rows = [str(uuid.UUID(int=rng.getrandbits(128))) for _ in range(500)]
    revisions: list[Revision] = []
    clock = 1_704_067_200
    for month in range(1, months + 1):
        for row in rows:
            clock += rng.randint(5, 90)
            text = " ".join(rng.choices(words, k=40))[:120].strip()
            entries: list[tuple[str, Value]] = [("executed", Decimal(rng.randint(0, 60)))]
            if rng.random() < 0.25:
                entries.append(("narrative", text))
            for field, value in entries:
                address = Address(row, field, f"2024-{month:02}", UNIT)
                number = len(revisions) + 1
                revisions.append(BRANCH.revision(number, value, address, at=moment_of(clock)))
    return revisions


def test_an_offices_whole_year_fits_into_a_hundred_kilobytes(tmp_path: Path) -> None:
    revisions = office_year(12)
    assert sum(one.address.field == "executed" for one in revisions) == 6000
    written = BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel(revisions))
    assert written.bytes <= 100_000


SESSIONS = [BRANCH.session.id, CENTRE.session.id, uid("elsewhere").replace("-", "")]
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
PLAIN_TEXT = TEXT.map(lambda text: unicodedata.normalize("NFC", text))
WORD = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20)
NAMES = st.builds(RevisionName, st.sampled_from(SESSIONS), st.integers(1, 2**53 - 1))
ANY_VALUE = st.one_of(
    st.none(),
    st.booleans(),
    PLAIN_TEXT,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.builds(Blob, st.just("ab" * 32), st.integers(0, 2**53 - 1), PLAIN_TEXT),
)


@st.composite
def revisions(draw: st.DrawFn) -> Revision:
    name = draw(NAMES)
    moments = st.datetimes().map(lambda at: at.isoformat() + "Z")
    return Revision(
        name,
        Address(uid(draw(st.sampled_from("abc"))), draw(WORD), draw(WORD), draw(st.just(UNIT))),
        draw(ANY_VALUE),
        tuple(draw(st.lists(NAMES, max_size=3, unique=True))),
        draw(st.integers(0, 2**53 - 1)),
        draw(st.one_of(moments, st.just("2024-13-45T99:00:00Z"), st.just("ayer"))),
        draw(PLAIN_TEXT),
        draw(st.one_of(st.none(), PLAIN_TEXT)),
        draw(st.integers(0, name.n)),
    )


@settings(max_examples=60)
@given(st.lists(revisions(), max_size=12, unique_by=lambda one: one.name))
def test_any_revisions_in_any_order_are_read_as_written(told: list[Revision]) -> None:
    parcel = BRANCH.parcel(told)
    found = read_letter(write_letter(parcel))
    assert found.revisions == parcel.revisions
    assert [type(one.value) for one in found.revisions] == [type(one.value) for one in told]


def test_many_and_long_revisions_are_cut_into_lines_a_reader_takes() -> None:
    told = [BRANCH.revision(n, "ñ" * 8000, reason="r" * 100) for n in range(1, 400)]
    told += [BRANCH.revision(n, Decimal(n)) for n in range(400, 400 + BLOCK + 5)]
    plain = write_letter(BRANCH.parcel(told))
    assert plain.count(b"\n") > 4
    assert max(map(len, plain.splitlines())) < 4 * 1024 * 1024
    assert read_letter(plain).revisions == tuple(told)


def test_packed_bytes_give_exactly_what_was_packed() -> None:
    assert unpack(pack(b"abc" * 1000), 3000) == b"abc" * 1000
    assert unpack(pack(b"abc"), 2) is None
    assert unpack(pack(b"abc"), 4) is None
    assert unpack(b"abc", 3) is None


def test_an_unfinished_letter_is_none() -> None:
    for plain in (b"", b"{}", b"{}\n", b"[[" * 100_000 + b"\n"):
        with pytest.raises(LetterError):
            read_letter(plain)


def test_the_manifest_has_its_places(tmp_path: Path) -> None:
    BRANCH.write(tmp_path / "b.quipu", BRANCH.parcel())
    manifest = json.loads(members(tmp_path / "b.quipu")["manifest.json"])
    assert manifest["dataset"] == DATASET
    assert {"encryption", "relay", "min_reader", "requires", "chain"} <= manifest.keys()
