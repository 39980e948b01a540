"""What killed commands left in a warehouse, and the command that comes next."""

import shutil
from pathlib import Path

import pytest

from lakehouse.files.lock import exclusive_lock
from lakehouse.files.names import temporary_name
from lakehouse.lake.leftovers import clear_leftovers
from lakehouse.lake.lock import build_lock, lake_lock
from lakehouse.paths import WarehousePaths
from tests.lakehouse.lake.lakes import content, record, write_lake

RECORDS = [record("0101", "neutral", "1"), record("0102", "neutral", "1")]


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    paths = WarehousePaths(tmp_path / "w")
    write_lake(paths, [[each] for each in RECORDS])
    return paths


def leave(paths: WarehousePaths) -> list[Path]:
    """Leave what commands may leave that are killed, and whose locks are free."""
    part = paths.landmarks / "part-000003.parquet"
    left = [temporary_name(part), temporary_name(paths.database).with_suffix(".tmp.wal")]
    for path in left:
        path.touch()
    for name in (paths.database, paths.spill, paths.spark, paths.root / "lake.swap"):
        left.append(temporary_name(name))
        left[-1].mkdir()
        (left[-1] / "file").touch()
    return left


def test_everything_goes_and_the_lake_stays(paths: WarehousePaths) -> None:
    before, left = content(paths), leave(paths)
    clear_leftovers(paths)
    assert [path for path in left if path.exists()] == []
    assert content(paths) == before


def test_what_a_lock_keeps_is_left(paths: WarehousePaths) -> None:
    left = leave(paths)
    with lake_lock(paths), build_lock(paths):
        clear_leftovers(paths)
    assert [path for path in left if path.exists()] == left


def test_where_nothing_was_left_no_lock_is_made(paths: WarehousePaths, tmp_path: Path) -> None:
    clear_leftovers(paths)
    assert not paths.lock.exists()
    assert not paths.build_lock.exists()
    clear_leftovers(WarehousePaths(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_landmarks_without_a_folder_of_photographs_are_nobodys_leftovers(
    paths: WarehousePaths,
) -> None:
    shutil.move(paths.photos, paths.root / "elsewhere")
    temporary_name(paths.landmarks / "part-000003.parquet").touch()
    clear_leftovers(paths)
    assert len(list(paths.landmarks.glob("part-*.parquet"))) == 2


def test_a_command_waits_a_moment_for_one_that_clears(paths: WarehousePaths) -> None:
    from threading import Timer

    held = exclusive_lock(paths.lock)
    held.__enter__()
    timer = Timer(0.1, lambda: held.__exit__(None, None, None))
    timer.start()
    with lake_lock(paths):
        pass
    timer.join()
