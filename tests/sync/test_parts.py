from __future__ import annotations

import random
from pathlib import Path

import pytest

from quipu.domain.errors import BundleError, InputError
from quipu.sync import parts
from quipu.sync.parts import join_parts, part_paths, read_part, write_parts

CONTENT = random.Random(3).randbytes(20_000)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    file = tmp_path / "inside"
    file.write_bytes(CONTENT)
    return file


def test_parts_have_names_that_sort() -> None:
    assert [path.name for path in part_paths(Path("norte.quipu"), 10)][::9] == [
        "norte.01-of-10.quipu",
        "norte.10-of-10.quipu",
    ]


@pytest.mark.parametrize("size", [4096, 5000, 19_999])
def test_parts_make_the_whole_again(whole: Path, tmp_path: Path, size: int) -> None:
    made = write_parts(whole, tmp_path / "norte.quipu", size)
    assert all(path.stat().st_size <= size for path in made)
    contents = []
    for number, path in enumerate(made, start=1):
        read = read_part(path)
        assert read is not None
        assert (read.part, read.of, read.bytes) == (number, len(made), len(CONTENT))
        contents.append(tmp_path / str(number))
        contents[-1].write_bytes(path.read_bytes()[read.start :])
    join_parts(contents, tmp_path / "again", bundle=read.bundle, file="x")
    assert (tmp_path / "again").read_bytes() == CONTENT
    with pytest.raises(BundleError, match="parts-do-not-fit"):
        join_parts(contents[::-1], tmp_path / "no", bundle=read.bundle, file="x")
    assert not (tmp_path / "no").exists()


def test_what_is_small_enough_is_not_cut(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "norte.quipu"
    assert write_parts(whole, file, 20_000) == (file,)
    assert file.read_bytes() == CONTENT
    assert read_part(file) is None


@pytest.mark.parametrize("size", [-1, 0, 1, 4095])
def test_parts_that_are_too_small(whole: Path, tmp_path: Path, size: int) -> None:
    with pytest.raises(InputError) as refused:
        write_parts(whole, tmp_path / "norte.quipu", size)
    assert refused.value.code == "part-size-too-small"
    assert refused.value.params["least"] == parts.LEAST


def test_too_many_parts(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(5_000_000)
    with pytest.raises(InputError) as refused:
        write_parts(large, tmp_path / "norte.quipu", 4096)
    least = refused.value.params["least"]
    assert isinstance(least, int)
    assert len(write_parts(large, tmp_path / "norte.quipu", least)) <= parts.MOST


def test_a_stick_that_is_pulled_out_leaves_no_part(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="file-not-written"):
        write_parts(whole, tmp_path / "gone" / "norte.quipu", 5000)
    with pytest.raises(InputError, match="file-not-written"):  # a file stands where a folder should
        write_parts(whole, whole / "norte.quipu", 5000)
    out = tmp_path / "out"
    out.mkdir()
    write, calls = parts._write, []

    def fails_later(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise OSError(5, "Input/output error")
        write(path, data)

    monkeypatch.setattr(parts, "_write", fails_later)
    with pytest.raises(InputError, match="file-not-written"):
        write_parts(whole, out / "norte.quipu", 5000)
    assert list(out.iterdir()) == []


def test_what_is_read_back_otherwise_does_not_count(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(parts.Path, "read_bytes", lambda path: b"rot")
    with pytest.raises(InputError, match="file-not-verified"):
        write_parts(whole, out / "norte.quipu", 5000)
    assert list(out.iterdir()) == []


def test_changed_parts_are_refused(whole: Path, tmp_path: Path) -> None:
    [first, *_] = write_parts(whole, tmp_path / "norte.quipu", 5000)
    original = first.read_bytes()
    wanted = read_part(first)
    assert wanted is not None
    content = original[wanted.start :]
    rng = random.Random(5)
    for _ in range(400):
        data = bytearray(original)
        place = rng.randrange(700) if rng.random() < 0.7 else rng.randrange(len(data))
        data[place] ^= 1 << rng.randrange(8)
        first.write_bytes(data[: rng.randrange(len(data))] if rng.random() < 0.2 else data)
        try:
            found = read_part(first)
        except BundleError as refusal:
            assert refusal.params["file"] == first.name
        else:
            # Where it belongs may be told otherwise; what it holds may not.
            assert found is None or first.read_bytes()[found.start :] == content


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"{}\n", "head"),
        (b"x" * 500, "head"),
        (b'{"bundle":"%s","bytes":9,"part":3,"of":2,"sha256":"%s"}\n' % (b"a" * 64, b"b" * 64),
         "head"),
        (b'{"bundle":"%s","bytes":9,"part":1,"of":2,"sha256":"%s"}' % (b"a" * 64, b"b" * 64),
         "head"),
        (b'{"bundle":"%s","bytes":9,"part":1,"of":2,"sha256":"%s"}\n' % (b"a" * 64, b"b" * 64),
         "1/2"),
    ],
)  # fmt: skip
def test_lies_in_the_first_lines(tmp_path: Path, head: bytes, part: str) -> None:
    file = tmp_path / "p.quipu"
    file.write_bytes(parts.MARK + head)
    with pytest.raises(BundleError) as refused:
        read_part(file)
    assert (refused.value.code, refused.value.params["part"]) == ("bundle-damaged", part)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="file-missing"):
        read_part(tmp_path / "none")
    with pytest.raises(BundleError, match="bundle-unreadable"):
        read_part(tmp_path)
