"""What is remembered of files, and that it is forgotten rather than believed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.files.parquet import write_parquet
from lakehouse.lake.stamps import Stamped, read_stamps, record_stamps
from lakehouse.paths import WarehousePaths
from lakehouse.system.file_stamps import FileStamp

STAMPS = {
    "00/00/1/a.jpg": Stamped(FileStamp(10, 11, 12, 13), "a" * 64),
    "00/00/1/é.jpg": Stamped(FileStamp(2**40, 2**62, 2**62, 2**64 - 1), "b" * 64),
}


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    made = WarehousePaths(tmp_path / "warehouse")
    made.root.mkdir()
    record_stamps(made, tmp_path / "photos", STAMPS)
    return made


def test_what_is_remembered_is_recalled(paths: WarehousePaths, tmp_path: Path) -> None:
    assert read_stamps(paths, tmp_path / "photos") == STAMPS
    assert paths.stamps.stat().st_mode & 0o077 == 0


def test_of_another_folder_nothing_is_known(paths: WarehousePaths, tmp_path: Path) -> None:
    assert read_stamps(paths, tmp_path / "elsewhere") == {}
    record_stamps(paths, tmp_path / "elsewhere", STAMPS)
    assert read_stamps(paths, tmp_path / "photos") == {}


def test_a_folder_is_known_by_any_way_to_name_it(
    paths: WarehousePaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_stamps(paths, Path("photos")) == STAMPS


def test_a_folders_name_may_be_any_bytes(paths: WarehousePaths, tmp_path: Path) -> None:
    root = tmp_path / os.fsdecode(b"photos \xff")
    record_stamps(paths, root, STAMPS)
    assert read_stamps(paths, root) == STAMPS


def test_nothing_to_remember_is_fine(paths: WarehousePaths, tmp_path: Path) -> None:
    record_stamps(paths, tmp_path / "photos", {})
    assert read_stamps(paths, tmp_path / "photos") == {}


def a_changed_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def another_version(file: Path) -> None:
    table = pq.read_table(file)
    write_parquet(table.drop_columns("inode"), file)


def other_types(file: Path) -> None:
    table = pq.read_table(file)
    write_parquet(table.set_column(3, "bytes", pa.array(["1", "2"])), file)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        a_changed_byte,
        another_version,
        other_types,
        a_folder,
        a_pipe,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_text("stamps"),
    ],
)
def test_damaged_stamps_say_nothing(
    paths: WarehousePaths, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    damage(paths.stamps)
    assert read_stamps(paths, tmp_path / "photos") == {}
    record_stamps(paths, tmp_path / "photos", STAMPS)
    # Nobody's folder is put out of the way for an aid.
    assert read_stamps(paths, tmp_path / "photos") == ({} if paths.stamps.is_dir() else STAMPS)


def test_no_bit_can_change_unnoticed(paths: WarehousePaths, tmp_path: Path) -> None:
    whole = paths.stamps.read_bytes()
    for place in range(0, len(whole), 7):
        content = bytearray(whole)
        content[place] ^= 1 << place % 8
        paths.stamps.write_bytes(content)
        assert read_stamps(paths, tmp_path / "photos") == {}


def test_a_warehouse_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "gone")
    record_stamps(paths, tmp_path / "photos", STAMPS)
    assert not paths.root.exists()
    shutil.copy(__file__, paths.root)
    record_stamps(paths, tmp_path / "photos", STAMPS)
