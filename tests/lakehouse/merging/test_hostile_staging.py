"""What should be a warehouse to merge and is none, or is damaged: refused in a line, and whole."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lakehouse.errors import InputError, LakehouseError, UsageError
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.parts import part_names
from lakehouse.lake.staging import look_at_staging
from lakehouse.paths import WarehousePaths
from tests.lakehouse.merging.shards import content, extracted, files, merged, sharded

PART = "part-000001.parquet"


def cut(shard: WarehousePaths) -> None:
    file = shard.landmarks / PART
    file.write_bytes(file.read_bytes()[:-100])


def flipped(shard: WarehousePaths) -> None:
    file = shard.blendshapes / PART
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 4
    file.write_bytes(data)


def without_landmarks(shard: WarehousePaths) -> None:
    (shard.landmarks / PART).unlink()


def without_photos(shard: WarehousePaths) -> None:
    (shard.photos / PART).unlink()


def unsealed(shard: WarehousePaths) -> None:
    for folder in (shard.photos, shard.landmarks, shard.blendshapes):
        pq.write_table(pq.read_table(folder / PART).replace_schema_metadata(), folder / PART)


def exchanged(shard: WarehousePaths) -> None:
    one, other = (shard.landmarks / name for name in part_names(shard)[:2])
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def with_columns_more(shard: WarehousePaths) -> None:
    for folder in (shard.landmarks, shard.photos):
        table = pq.ParquetFile(folder / PART).read().replace_schema_metadata()
        write_parquet(table.append_column("more", table["photo"]), folder / PART)


def without_confidences(shard: WarehousePaths) -> None:
    shard.confidences.unlink()


def spoilt_confidences(shard: WarehousePaths) -> None:
    shard.confidences.write_text("[[1")


def foreign(shard: WarehousePaths) -> None:
    shutil.copy(shard.landmarks / PART, shard.landmarks / "mine.parquet")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (cut, "landmarks/part-000001.parquet: "),
        (flipped, "blendshapes/part-000001.parquet: does not match its checksum"),
        (without_landmarks, "landmarks/part-000001.parquet: is missing"),
        (without_photos, "photos/part-000001.parquet: is missing"),
        (unsealed, "3 files have no checksum"),
        (exchanged, "does not belong to its file in photos/"),
        (with_columns_more, "other columns than this version writes|does not belong to"),
        (without_confidences, "does not say with which confidences"),
        (spoilt_confidences, "does not say with which confidences"),
        (foreign, "belongs to no part of the lake"),
    ],
)
def test_a_damaged_shard_is_refused_and_the_lake_stays(
    photos: Path,
    paths: WarehousePaths,
    single: WarehousePaths,
    harm: Callable[[WarehousePaths], None],
    told: str,
) -> None:
    extracted(photos, paths, "1/2")
    merged(paths)
    shards = sharded(photos, paths, 1)
    before = files(paths.lake)
    harm(shards[0])
    with pytest.raises(LakehouseError, match=told) as error:
        merged(paths)
    assert "\n" not in str(error.value)
    assert str(shards[0].root) in str(error.value)
    assert files(paths.lake) == before
    look_at_staging(paths)
    # The others can be merged, and what was refused be made again.
    shutil.rmtree(shards[0].root)
    sharded(photos, paths, 1)
    merged(paths)
    assert content(paths) == content(single)


def test_a_damaged_shard_is_mended_by_its_extraction(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    shards = sharded(photos, paths, 1)
    cut(shards[0])
    assert extracted(photos, paths, "1/1").healed
    merged(paths)
    assert content(paths) == content(single)


@pytest.mark.slow
def test_a_damaged_shard_that_is_merged_already_is_mended_too(
    photos: Path, paths: WarehousePaths, single: WarehousePaths
) -> None:
    shards = sharded(photos, paths, 1)
    merged(paths)
    cut(shards[0])
    summary = extracted(photos, paths, "1/1")
    assert (summary.extracted, len(summary.healed)) == (0, 1)
    assert merged(paths).photos == 0
    assert content(paths) == content(single)


def test_a_damaged_lake_is_not_merged_into(photos: Path, paths: WarehousePaths) -> None:
    extracted(photos, paths, "1/2")
    merged(paths)
    extracted(photos, paths, "2/2")
    cut(paths)
    before = files(paths.lake)
    with pytest.raises(LakehouseError, match=r"landmarks/part-000001\.parquet"):
        merged(paths)
    assert files(paths.lake) == before


def test_what_is_no_warehouse_is_refused_before_anything_is_made(
    paths: WarehousePaths, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    for folder, told in (
        (tmp_path / "file", "is not a folder"),
        (tmp_path / "nothing", "is not a folder"),
        (tmp_path / "empty", "is no warehouse: it has neither lake/ nor staging/"),
        (photos, "is no warehouse"),
    ):
        with pytest.raises(InputError, match=told):
            merged(paths, [WarehousePaths(folder)])
    assert not paths.root.exists()


def test_an_empty_lake_is_refused_unless_it_is_that_of_a_shard(
    paths: WarehousePaths, photos: Path, tmp_path: Path
) -> None:
    empty = WarehousePaths(tmp_path / "empty")
    empty.lake.mkdir(parents=True)
    with pytest.raises(InputError, match="holds nothing to merge"):
        merged(paths, [empty])
    # Of so many, most have nobody.
    assert [extracted(photos, paths, f"{number}/99").found for number in (1, 2)] == [0, 0]
    assert merged(paths).photos == 0


def test_the_warehouse_itself_is_refused(
    photos: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    sharded(photos, paths, 1)
    (tmp_path / "second name").symlink_to(paths.root)
    for itself in (paths, WarehousePaths(tmp_path / "second name")):
        with pytest.raises(UsageError, match="is the warehouse that is merged into"):
            merged(paths, [itself])
    merged(paths)


def test_what_else_lies_in_staging_is_refused_and_not_passed_over(
    photos: Path, paths: WarehousePaths
) -> None:
    sharded(photos, paths, 1)
    (paths.staging / "mine").mkdir()
    (paths.staging / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="mine: holds nothing to merge"):
        merged(paths)
