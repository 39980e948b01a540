import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lakehouse.errors import LakeError
from lakehouse.files import exchange
from lakehouse.lake.compact import CompactSummary, compact
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import recover
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.paths import WarehousePaths
from tests.lakehouse.lake.kills import killed_after
from tests.lakehouse.lake.lakes import (
    ORDER,
    PARTS,
    content,
    write_lake,
)

GUARDS = {".lake.held", ".build.lock.held"}


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


def unable(number: int) -> Callable[[Path, Path], None]:
    def refuse(one: Path, other: Path) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.fixture(
    params=[pytest.param("at once", marks=pytest.mark.kernel("two names are exchanged")), "steps"]
)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How a lake is replaced."""
    if request.param == "steps":
        monkeypatch.setattr(exchange, "exchange_names", unable(errno.ENOSYS))
    return str(request.param)


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.usefixtures("way")
def test_after_a_kill_at_any_moment_the_lake_is_the_old_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(paths: WarehousePaths) -> CompactSummary:
        return compact(paths, ORDER)

    before, after = WarehousePaths(tmp_path / "before"), WarehousePaths(tmp_path / "after")
    for each in (before, after):
        write_lake(each, PARTS[1:])
    work(after)
    old, new = content(before), content(after)
    done = []
    for steps in range(1000):
        paths = WarehousePaths(shutil.copytree(before.root, tmp_path / str(steps)))
        killed = killed_after(steps, monkeypatch, lambda paths=paths: work(paths))
        # What a reader sees who comes before anybody has mended anything.
        seen = content(paths)
        assert seen in (old, new)
        done.append(seen == new)
        # A second kill, while what the first one left is being cleared.
        killed_after(steps % 5, monkeypatch, lambda paths=paths: recover(paths))
        recover(paths)
        assert content(paths) == seen
        beside = {path.name for path in paths.root.iterdir() if "verification" not in path.name}
        assert beside - GUARDS <= {"lake", ".build.lock"}
        assert pq.read_table(paths.scores)["participant"].to_pylist() == ["1"]
        if steps % 10 == 0:
            # Whoever comes next can lock the lake and finish the work.
            work(paths)
            assert content(paths) == new
        if not killed:
            break
    assert done == sorted(done)
    assert done[-1]
    # Some of the kills came before the exchange, some after it.
    assert min(done.count(False), done.count(True)) > 10


@pytest.mark.usefixtures("way")
def test_the_lock_outlives_the_swap(paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lake(paths, PARTS)
    refused = []
    real = exchange.sync_folder

    def syncing(folder: Path) -> None:
        real(folder)
        # The next to be put on the disk after the exchange.
        if folder.name == ".lake.swap.tmp":
            with (
                pytest.raises(LakeError, match=f"in use by process {os.getpid()}"),
                lake_lock(paths),
            ):
                pass
            refused.append(folder)

    monkeypatch.setattr(exchange, "sync_folder", syncing)
    compact(paths, ORDER)
    assert len(refused) == 1
    with lake_lock(paths):
        pass


def test_a_reader_never_sees_a_photograph_twice_or_not_at_all(paths: WarehousePaths) -> None:
    parts = [[each] for part in PARTS for each in part]
    write_lake(paths, parts)
    expected = sorted(photo.key for photo in read_photos_index(paths))
    stop = threading.Event()
    wrong: list[object] = []
    reads = 0

    def read() -> None:
        nonlocal reads
        while not stop.is_set():
            try:
                tables = [
                    pq.ParquetFile(path).read(columns=["participant", "expression", "photo"])
                    for path in paths.photos.glob("*.parquet")
                ]
            except FileNotFoundError:
                continue
            found = sorted(
                (row["participant"], row["expression"], False, row["photo"])
                for table in tables
                for row in table.to_pylist()
            )
            reads += 1
            if found != expected:
                wrong.append(found)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for part_photos in (3, 2, 5, 1, 4) * 3:
            compact(paths, ORDER, part_photos=part_photos)
    finally:
        stop.set()
        reader.join()
    assert wrong == []
    assert reads > 0


def test_what_else_lies_in_the_lake_is_kept(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    (paths.lake / "README.txt").write_text("ours")
    (paths.photos / ".DS_Store").write_text("a Mac's")
    paths.lake.chmod(0o750)
    compact(paths, ORDER)
    assert (paths.lake / "README.txt").read_text() == "ours"
    assert (paths.photos / ".DS_Store").exists()
    assert paths.lake.stat().st_mode & 0o777 == 0o750


def test_a_folder_that_is_no_part_of_a_lake_stops_it(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    before = inspect(paths).digest
    (paths.lake / "mine").mkdir()
    with pytest.raises(LakeError, match="lake/mine: does not belong to a lake; move it elsewhere"):
        compact(paths, ORDER)
    (paths.lake / "mine").rmdir()
    paths.photos.rename(paths.root / "elsewhere")
    paths.photos.symlink_to(paths.root / "elsewhere")
    with pytest.raises(LakeError, match="lake/photos: is a link; replace it by the folder"):
        compact(paths, ORDER)
    assert inspect(paths).digest == before
    assert not (paths.root / ".lake.swap.tmp").exists()


def test_a_lake_that_is_a_link_is_swapped_where_it_lies(
    paths: WarehousePaths, tmp_path: Path
) -> None:
    write_lake(paths, PARTS)
    disk = tmp_path / "disk"
    disk.mkdir()
    paths.lake.rename(disk / "ours")
    paths.lake.symlink_to(disk / "ours")
    compact(paths, ORDER)
    assert paths.lake.is_symlink()
    assert {path.name for path in disk.iterdir()} - GUARDS == {"ours"}
    assert [len(part) for part in content(paths)] == [6]


def test_a_lake_that_cannot_be_moved_is_told_before_the_work(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lake(paths, PARTS)
    before = inspect(paths).digest
    monkeypatch.setattr(Path, "is_mount", lambda path: path == paths.lake)
    with pytest.raises(LakeError, match="cannot replace by another; do this with a copy"):
        compact(paths, ORDER, progress=lambda *now: pytest.fail("it began"))
    assert inspect(paths).digest == before
    assert not (paths.root / ".lake.swap.tmp").exists()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_where_names_cannot_be_exchanged_the_lake_is_replaced_by_steps(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    write_lake(paths, PARTS)
    monkeypatch.setattr(exchange, "exchange_names", unable(number))
    compact(paths, ORDER)
    assert [len(part) for part in content(paths)] == [6]
    assert not (paths.root / ".lake.swap.tmp").exists()


def test_who_comes_between_the_steps_takes_the_second(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lake(paths, PARTS)
    monkeypatch.setattr(exchange, "exchange_names", unable(errno.ENOSYS))
    seen, rename = [], os.rename

    def renaming(one: Path, other: Path) -> None:
        rename(one, other)
        if Path(other).name == "aside":
            assert not paths.lake.exists()
            seen.append(content(paths))

    monkeypatch.setattr(os, "rename", renaming)
    compact(paths, ORDER)
    assert seen == [content(paths)]
    assert not (paths.root / ".lake.swap.tmp").exists()


def test_a_folder_that_came_between_the_steps_makes_room(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    scratch = paths.root / ".lake.swap.tmp"
    scratch.mkdir()
    shutil.copytree(paths.lake, scratch / "lake")
    paths.lake.rename(scratch / "aside")
    paths.lake.mkdir()
    paths.lock.touch()
    with lake_lock(paths):
        assert len(content(paths)) == len(PARTS)
        recover(paths)
    assert not scratch.exists()


def test_a_folder_with_files_that_came_between_costs_nothing(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    scratch = paths.root / ".lake.swap.tmp"
    scratch.mkdir()
    shutil.copytree(paths.lake, scratch / "lake")
    paths.lake.rename(scratch / "aside")
    paths.lake.mkdir()
    (paths.lake / "mine").touch()
    with pytest.raises(LakeError, match="came into the place of one that was being replaced"):
        recover(paths)
    assert (scratch / "lake" / "photos").exists()
    assert (paths.lake / "mine").exists()
