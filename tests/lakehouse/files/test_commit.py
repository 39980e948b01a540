"""What the lake's parts do not show: other folders, and what lies in the way."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import LakeError
from lakehouse.files.commit import commit, committed, recover, withdraw
from lakehouse.files.names import temporary_name

NAME = "part-1.parquet"


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [tmp_path / name for name in ("rows", "frames")]


def tables(value: int) -> list[pa.Table]:
    return [pa.table({"a": [value]}), pa.table({"b": [value]})]


def values(folders: list[Path]) -> list[object]:
    return [pq.ParquetFile(folder / NAME).read().to_pylist() for folder in folders]


def files(folders: list[Path]) -> list[list[str]]:
    return [sorted(path.name for path in folder.iterdir()) for folder in folders]


def test_files_appear_change_and_vanish_together(folders: list[Path]) -> None:
    assert committed(folders) == []
    commit(folders, NAME, tables(1))
    assert committed(folders) == [NAME]
    commit(folders, NAME, tables(2))
    assert values(folders) == [[{"a": 2}], [{"b": 2}]]
    assert {(folder / NAME).stat().st_mode & 0o777 for folder in folders} == {0o600}
    withdraw(folders, NAME)
    withdraw(folders, NAME)
    assert files(folders) == [[], []]


def test_what_an_earlier_one_left_is_not_in_the_way(folders: list[Path]) -> None:
    commit(folders, NAME, tables(1))
    for folder in folders:
        temporary_name(folder / NAME).write_bytes(b"half")
    commit(folders, NAME, tables(2))
    assert values(folders) == [[{"a": 2}], [{"b": 2}]]
    assert files(folders) == [[NAME], [NAME]]


def test_one_table_too_few_changes_nothing(folders: list[Path]) -> None:
    commit(folders, NAME, tables(1))
    with pytest.raises(ValueError, match="shorter"):
        commit(folders, NAME, tables(2)[:1])
    assert values(folders) == [[{"a": 1}], [{"b": 1}]]
    assert files(folders) == [[NAME], [NAME]]


def test_what_the_last_folder_does_not_vouch_for_is_removed(folders: list[Path]) -> None:
    recover(folders)
    commit(folders, NAME, tables(1))
    (folders[0] / "part-2.parquet").write_bytes(b"unfinished")
    (folders[0] / ".other.parquet").touch()
    recover(folders)
    assert files(folders) == [[".other.parquet", NAME], [NAME]]


def test_a_folder_that_cannot_be_made_is_told(folders: list[Path]) -> None:
    commit(folders[:1], NAME, tables(1)[:1])
    folders[1].touch()
    with pytest.raises(LakeError, match="frames: cannot be written"):
        commit(folders, NAME, tables(2))
    assert files(folders[:1]) == [[NAME]]
