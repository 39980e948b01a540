"""What the lake's parts do not show: other folders, and what lies in the way."""

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import LakeError
from lakehouse.files.commit import commit, committed, orphans, recover, unfinished, withdraw
from lakehouse.files.names import temporary_name
from lakehouse.files.seal import read_sealed

NAME = "part-1.parquet"
OURS = re.compile(r"part-\d+\.parquet")


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


def test_what_the_last_folder_lacks_is_named_and_kept(folders: list[Path]) -> None:
    recover(folders)
    commit(folders, NAME, tables(1))
    commit(folders, "part-2.parquet", tables(1))
    (folders[1] / "part-2.parquet").unlink()
    (folders[0] / ".other.parquet").touch()
    (folders[0] / ".part-3.parquet.tmp").touch()
    (folders[0] / "somebody's.parquet").touch()
    recover(folders)
    assert orphans(folders, OURS) == ["part-2.parquet"]
    assert files(folders) == [
        [".other.parquet", NAME, "part-2.parquet", "somebody's.parquet"],
        [NAME],
    ]


def test_a_folder_that_cannot_be_made_is_told(folders: list[Path]) -> None:
    commit(folders[:1], NAME, tables(1)[:1])
    folders[1].touch()
    with pytest.raises(LakeError, match="frames: cannot be written"):
        commit(folders, NAME, tables(2))
    assert files(folders[:1]) == [[NAME]]


def test_the_last_folders_file_vouches_for_the_others(folders: list[Path]) -> None:
    commit(folders, NAME, tables(1))
    rows, frames = (read_sealed(folder / NAME) for folder in folders)
    assert (rows.sealed, frames.sealed) == (True, True)
    assert (rows.vouched, frames.vouched) == ({}, {"rows": rows.sha256})


@pytest.mark.parametrize("lost", ["moved", "bare"])
def test_nothing_is_removed_because_the_last_folder_is_away(folders: list[Path], lost: str) -> None:
    commit(folders, NAME, tables(1))
    kept = folders[0].parent / "kept"
    folders[1].rename(kept)
    if lost == "bare":
        folders[1].mkdir()
    recover(folders)
    with pytest.raises(LakeError, match=r"frames: (is not there|holds no part), though rows/"):
        committed(folders)
    assert files(folders[:1]) == [[NAME]]
    if lost == "bare":
        folders[1].rmdir()
    kept.rename(folders[1])
    assert committed(folders) == [NAME]


def test_a_withdrawal_that_was_killed_is_finished(folders: list[Path]) -> None:
    commit(folders, NAME, tables(1))
    (folders[1] / NAME).rename(folders[1] / f".{NAME}.withdrawn")
    assert committed(folders) == []
    assert unfinished(folders) == [NAME]
    recover(folders)
    assert files(folders) == [[], []]


def test_a_name_of_many_that_lacks_one_file_is_listed(folders: list[Path]) -> None:
    commit(folders, NAME, tables(1))
    (folders[0] / NAME).unlink()
    # Whoever reads it is told that the file is missing.
    assert committed(folders) == [NAME]
    commit(folders, "part-2.parquet", tables(1))
    (folders[0] / "part-2.parquet").unlink()
    with pytest.raises(LakeError, match="rows: holds no part, though frames/ holds 2"):
        committed(folders)
