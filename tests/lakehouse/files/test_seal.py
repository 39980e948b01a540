"""Checksums inside Parquet files."""

import hashlib
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import DamagedError, LakeError
from lakehouse.files.parquet import write_parquet, write_row_groups
from lakehouse.files.seal import read_sealed

TABLE = pa.table({"participant": ["1", "2"], "x": pa.array([0.5, None], pa.float32())})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scores.parquet"
    write_parquet(TABLE, path)
    return path


def test_a_file_carries_the_hash_of_itself(file: Path) -> None:
    found = read_sealed(file)
    assert found.sealed
    assert found.data == file.read_bytes()
    assert found.columns == ("participant", "x")
    own = re.compile(rb"(?<=sha256=)[0-9a-f]{64}(?=;)")
    assert own.findall(found.data) == [found.sha256.encode()]
    assert hashlib.sha256(own.sub(b"0" * 64, found.data)).hexdigest() == found.sha256


def test_other_programs_read_it_and_check_its_pages(file: Path) -> None:
    table = pq.read_table(file, page_checksum_verification=True)
    assert table.replace_schema_metadata().equals(TABLE)


def test_a_file_says_for_which_it_vouches(tmp_path: Path) -> None:
    path = tmp_path / "part.parquet"
    sha256 = write_row_groups([TABLE], TABLE.schema, path, {"landmarks": "0" * 64})
    assert read_sealed(path).vouched == {"landmarks": "0" * 64}
    assert read_sealed(path).sha256 == sha256


def test_a_file_of_others_has_no_checksum(file: Path) -> None:
    pq.write_table(TABLE, file)
    found = read_sealed(file)
    assert not found.sealed
    assert found.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_rows_that_look_like_a_checksum_are_rows(file: Path) -> None:
    text = f"sha256={'a' * 64};"
    write_parquet(pa.table({"path": [text]}), file)
    assert read_sealed(file).sealed


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cannot be read as Parquet"),
        (b"PAR1" * 10, "cannot be read as Parquet"),
        (b"\0" * 4096, "cannot be read as Parquet"),
    ],
)
def test_what_is_no_parquet_is_damaged(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    with pytest.raises(DamagedError, match=words):
        read_sealed(file)


def test_cut_and_swapped_bytes_are_damage(file: Path) -> None:
    whole = file.read_bytes()
    for changed in (whole[:-1], whole[1:], whole[4:] + whole[:4], whole + b"\0", whole * 2):
        file.write_bytes(changed)
        with pytest.raises(DamagedError):
            read_sealed(file)


@pytest.mark.parametrize("key", [b"lakehouse.sha256", b"lakehouse.vouches_for", b"sha256="])
def test_a_damaged_key_is_damage_and_no_missing_checksum(file: Path, key: bytes) -> None:
    whole = file.read_bytes()
    assert whole.count(key)
    file.write_bytes(whole.replace(key, b"x" * len(key)))
    with pytest.raises(DamagedError, match="does not match its checksum"):
        read_sealed(file)


def test_what_may_be_whole_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "broken").symlink_to("nothing")
    for name, words in {
        "folder": "is a folder",
        "loop": "Too many levels of symbolic links",
        "broken": "is a link to nothing",
    }.items():
        with pytest.raises(LakeError, match=words) as raised:
            read_sealed(tmp_path / name)
        assert not isinstance(raised.value, DamagedError)
    with pytest.raises(DamagedError, match="is missing"):
        read_sealed(tmp_path / "none")
