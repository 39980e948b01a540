import errno
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import LakeError
from lakehouse.files.parquet import write_parquet
from lakehouse.lake import schemas
from lakehouse.lake.inspection import inspect
from lakehouse.lake.parts import (
    commit_part,
    next_part_name,
    part_names,
    read_part,
    recover,
    remove_part,
)
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.records import PhotoRow, to_tables
from lakehouse.paths import WarehousePaths
from tests.lakehouse.lake.kills import killed_after
from tests.lakehouse.lake.lakes import plain
from tests.photo_records import photo_record

NAME = "part-000001.parquet"


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


def state(paths: WarehousePaths) -> dict[str, list[object]]:
    return {name: [plain(found) for found in read_part(paths, name)] for name in part_names(paths)}


def strays(paths: WarehousePaths) -> list[str]:
    return [
        path.name for path in paths.lake.rglob("*") if path.is_file() and path.suffix != ".parquet"
    ]


def test_the_rows_have_the_schemas_fields() -> None:
    assert list(PhotoRow.__slots__) == schemas.PHOTOS.names
    tables = to_tables([])
    assert [table.schema for table in tables] == [
        schemas.LANDMARKS,
        schemas.BLENDSHAPES,
        schemas.PHOTOS,
    ]


def test_a_part_is_read_back_as_it_was_written(paths: WarehousePaths) -> None:
    records = [
        photo_record("b", seed=1),
        photo_record("none", points=None),
        photo_record("a", seed=2, points=3),
    ]
    commit_part(paths, NAME, records)
    assert state(paths) == {NAME: [plain(each) for each in records]}
    landmarks = pq.read_table(paths.landmarks / NAME)
    assert landmarks["photo"].to_pylist() == ["b"] * 5 + ["a"] * 3
    assert landmarks["point"].to_pylist() == [0, 1, 2, 3, 4, 0, 1, 2]
    assert strays(paths) == []


def test_a_part_without_a_face_has_all_three_files(paths: WarehousePaths) -> None:
    commit_part(paths, NAME, [photo_record("none", points=None)])
    assert pq.read_table(paths.landmarks / NAME).num_rows == 0
    assert [found.part for found in read_photos_index(paths)] == [NAME]


def test_what_is_not_a_number_becomes_null(paths: WarehousePaths) -> None:
    flat = photo_record("a")
    assert flat.landmarks is not None
    flat.landmarks[:, 2] = np.nan
    commit_part(paths, NAME, [flat])
    assert pq.read_table(paths.landmarks / NAME)["z"].null_count == 5
    (found,) = read_part(paths, NAME)
    assert found.landmarks is not None
    assert np.isnan(found.landmarks[:, 2]).all()


def test_coordinates_are_stored_byte_by_byte_and_texts_once(paths: WarehousePaths) -> None:
    commit_part(paths, NAME, [photo_record("a")])
    group = pq.ParquetFile(paths.landmarks / NAME).metadata.row_group(0)
    stored = {
        column.path_in_schema: (column.compression, column.encodings)
        for column in (group.column(index) for index in range(group.num_columns))
    }
    assert {compression for compression, _ in stored.values()} == {"ZSTD"}
    for name, (_, encodings) in stored.items():
        assert ("BYTE_STREAM_SPLIT" in encodings) == (name in "xyz")
        text = name in ("participant", "expression", "photo")
        assert ("RLE_DICTIONARY" in encodings) == text


def test_parts_are_numbered_on(paths: WarehousePaths) -> None:
    assert next_part_name(paths) == NAME
    commit_part(paths, "part-000007.parquet", [photo_record("a")])
    assert next_part_name(paths) == "part-000008.parquet"


def test_files_are_for_their_owner_alone(paths: WarehousePaths) -> None:
    commit_part(paths, NAME, [photo_record("a")])
    for path in (paths.photos, paths.photos / NAME, paths.landmarks / NAME):
        assert path.stat().st_mode & 0o077 == 0


OLD = [photo_record("a"), photo_record("b", seed=1), photo_record("c", points=None)]
CHANGES: dict[str, Callable[[WarehousePaths], None]] = {
    "new": lambda paths: commit_part(paths, "part-000002.parquet", [photo_record("d")]),
    "rewritten": lambda paths: commit_part(paths, NAME, [OLD[0], photo_record("c", seed=9)]),
    "removed": lambda paths: remove_part(paths, NAME),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_kill_at_any_moment_a_change_is_done_or_not(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = CHANGES[change]
    before = WarehousePaths(tmp_path / "before")
    after = WarehousePaths(tmp_path / "after")
    for each in (before, after):
        commit_part(each, NAME, OLD)
    work(after)
    ends = []
    steps = 0
    while True:
        paths = WarehousePaths(tmp_path / str(steps))
        commit_part(paths, NAME, OLD)
        killed = killed_after(steps, monkeypatch, lambda paths=paths: work(paths))
        # A second kill, while what the first one left is being mended.
        killed_after(steps % 3, monkeypatch, lambda paths=paths: recover(paths))
        recover(paths)
        assert strays(paths) == []
        assert len(list(paths.lake.rglob("*.parquet"))) == 3 * len(part_names(paths))
        ends.append(state(paths))
        assert ends[-1] in (state(before), state(after))
        if not killed:
            break
        steps += 1
    assert steps >= 3
    # Once done, it stays done at every later moment.
    done = [end == state(after) for end in ends]
    assert done == sorted(done)
    assert done[-1]


def test_a_full_disk_is_told_and_leaves_the_lake_as_it_was(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_part(paths, NAME, OLD)
    before = inspect(paths).digest

    def full(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(LakeError, match=r"No space left on device.*; free some space"):
        commit_part(paths, NAME, [photo_record("z")])
    assert inspect(paths).digest == before
    assert strays(paths) == []


def test_a_damaged_or_missing_file_is_named(paths: WarehousePaths) -> None:
    commit_part(paths, NAME, OLD)
    (paths.photos / NAME).write_bytes(b"not Parquet")
    with pytest.raises(LakeError, match=r"photos/part-000001.parquet: cannot be read"):
        read_photos_index(paths)
    commit_part(paths, NAME, OLD)
    (paths.landmarks / NAME).unlink()
    with pytest.raises(LakeError, match=r"landmarks/part-000001.parquet: is missing"):
        inspect(paths).require_sound(paths)


def test_the_digest_is_of_the_content(paths: WarehousePaths, tmp_path: Path) -> None:
    empty = inspect(paths).digest
    commit_part(paths, NAME, OLD)
    copy = WarehousePaths(tmp_path / "copy")
    commit_part(copy, NAME, OLD)
    assert inspect(paths).digest == inspect(copy).digest != empty
    (copy.landmarks / ".part-000002.parquet.tmp").write_bytes(b"unfinished")
    (copy.photos / ".part-000002.parquet.tmp").write_bytes(b"unfinished")
    assert inspect(paths).digest == inspect(copy).digest
    write_parquet(pa.table({"participant": ["1"]}), copy.scores)
    assert inspect(paths).digest != inspect(copy).digest
    commit_part(paths, NAME, [replace(OLD[0], row=replace(OLD[0].row, path="elsewhere.jpg"))])
    assert inspect(paths).digest != inspect(copy).digest


READ = """
import sys
from pathlib import Path
from lakehouse.lake.parts import read_table
def threads(): return len(list(Path("/proc/self/task").iterdir()))
before = threads()
rows = len(read_table(Path(sys.argv[1])))
print(rows, threads() - before)
"""


def test_a_file_is_read_without_threads_of_arrow(paths: WarehousePaths) -> None:
    """One that still let go of the file's bytes when the process ended would abort it."""
    if not Path("/proc/self/task").exists():
        pytest.skip("threads are counted on Linux only")
    commit_part(paths, NAME, [photo_record("a", seed=1)])

    done = subprocess.run(
        [sys.executable, "-c", READ, paths.landmarks / NAME],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "5 0\n"
