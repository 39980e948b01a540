import errno
import shutil
import tempfile
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.errors import LakeError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.files.lock import exclusive_lock
from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.ingest.summary import Summary
from lakehouse.lake.compact import compact
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import commit_part, part_name, part_names, read_part, remove_part
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.records import PhotoRecord
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.copies import copied
from tests.lakehouse.importing.trees import face, write_file
from tests.lakehouse.lake.lakes import (
    ORDER,
    PARTS,
    SORTED,
    content,
    plain,
    record,
    rows,
    write_lake,
)
from tests.photo_records import photo_record
from tests.photographs import portrait, save


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


def test_parts_become_few_and_sorted_with_the_same_rows(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    before = rows(paths)
    seen: list[tuple[int, int]] = []
    summary = compact(paths, ORDER, part_photos=4, progress=lambda *now: seen.append(now))
    assert content(paths) == [
        [plain(each) for each in SORTED[:4]],
        [plain(each) for each in SORTED[4:]],
    ]
    assert rows(paths) == before
    assert (summary.parts_before, summary.parts_after, summary.parts_written) == (3, 2, 2)
    assert (summary.photos, summary.landmarks, summary.blendshapes) == (6, 23, 10)
    sizes = [path.stat().st_size for path in paths.lake.glob("*/*.parquet")]
    assert summary.bytes_after == sum(sizes)
    assert summary.bytes_before > summary.bytes_after
    assert seen == [(4, 6), (6, 6)]
    # Names are not used again: who listed the old ones must not open other rows under them.
    assert part_names(paths) == ["part-000004.parquet", "part-000005.parquet"]
    assert sorted(path.name for path in paths.lake.iterdir()) == [
        ".lock", "blendshapes", "landmarks", "photos", "scores.parquet",
    ]  # fmt: skip
    beside = {path.name for path in paths.root.iterdir()}
    beside -= {".lake.held", ".build.lock.held"}
    assert beside == {"lake", ".build.lock", "verification.json"}
    for path in paths.lake.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_a_compact_lake_is_left_alone(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    compact(paths, ORDER, part_photos=4)
    digest = inspect(paths).digest
    summary = compact(paths, ORDER, part_photos=4)
    assert (summary.parts_written, summary.parts_before, summary.parts_after) == (0, 2, 2)
    assert (summary.photos, summary.landmarks) == (6, 23)
    assert summary.bytes_before == summary.bytes_after
    assert inspect(paths).digest == digest


def test_parts_at_the_beginning_that_fit_are_not_written_again(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    compact(paths, ORDER, part_photos=4)
    first = paths.landmarks / "part-000004.parquet"
    written = first.stat().st_mtime_ns
    commit_part(paths, part_name(6), [record("4", "neutral", "1")])
    summary = compact(paths, ORDER, part_photos=4)
    assert summary.parts_written == 1
    assert part_names(paths) == ["part-000004.parquet", "part-000007.parquet"]
    assert first.stat().st_mtime_ns == written
    assert [len(part) for part in content(paths)] == [4, 3]


def test_landmarks_lie_in_row_groups_that_engines_can_skip(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lakehouse.lake.compact._GROUP_PHOTOS", 2)
    write_lake(paths, PARTS)
    compact(paths, ORDER)
    (name,) = part_names(paths)
    metadata = pq.read_metadata(paths.landmarks / name)
    found = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    assert [group.num_rows for group in found] == [10, 8, 5]
    assert found[0].column(0).statistics.max == "1"
    assert found[1].column(0).statistics.min == "2"
    assert pq.read_metadata(paths.photos / name).num_row_groups == 1


@st.composite
def lakes(draw: st.DrawFn) -> list[list[PhotoRecord]]:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from("123"), st.sampled_from(["fear", "neutral", "gone"]),
                      st.sampled_from(["1", "2", "10", "b"])),
            unique=True, min_size=1, max_size=14,
        )
    )  # fmt: skip
    records = [
        record(*key, seed=number, points=draw(st.sampled_from([None, 2, 3])))
        for number, key in enumerate(keys)
    ]
    cuts = sorted(draw(st.sets(st.integers(1, len(records)), max_size=5)) | {len(records)})
    parts = [records[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]
    # An empty part is strange but no part's rows may hang on it.
    return [*parts, []] if draw(st.booleans()) else parts


@settings(max_examples=25, deadline=None)
@pytest.mark.slow
@given(parts=lakes(), part_photos=st.integers(1, 5))
def test_whatever_the_parts_the_rows_stay(parts: list[list[PhotoRecord]], part_photos: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = WarehousePaths(Path(folder))
        write_lake(paths, parts)
        before = rows(paths)
        index = read_photos_index(paths)
        compact(paths, ORDER, part_photos=part_photos)
        assert rows(paths) == before
        assert len(part_names(paths)) <= ceil(len(index) / part_photos)
        keys = [photo.key for photo in read_photos_index(paths)]
        assert keys == sorted((photo.key for photo in index), key=ORDER)
        assert compact(paths, ORDER, part_photos=part_photos).parts_written == 0


def test_a_full_disk_is_told_and_leaves_the_lake_as_it_was(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lake(paths, PARTS)
    before = inspect(paths).digest

    def full(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(LakeError, match=r"No space left on device.*; free some space"):
        compact(paths, ORDER)
    assert inspect(paths).digest == before
    assert not (paths.root / ".lake.swap.tmp").exists()


def test_an_empty_lake_and_one_in_use_are_told(paths: WarehousePaths) -> None:
    with pytest.raises(LakeError, match="holds no photographs or videos; run `lakehouse extract`"):
        compact(paths, ORDER)
    assert not paths.root.exists()
    write_lake(paths, PARTS)
    with lake_lock(paths), pytest.raises(LakeError, match="in use by process"):
        compact(paths, ORDER)
    # A build lists the files before it opens them.
    with exclusive_lock(paths.build_lock), pytest.raises(LakeError, match="in use by process"):
        compact(paths, ORDER)
    for name in part_names(paths):
        remove_part(paths, name)
    with pytest.raises(LakeError, match="holds no photographs"):
        compact(paths, ORDER)


def test_a_lake_that_breaks_the_rules_is_not_made_worse(paths: WarehousePaths) -> None:
    write_lake(paths, PARTS)
    commit_part(paths, part_name(4), [PARTS[0][0]])
    with pytest.raises(LakeError, match=r"2/anger/False/1 occurs 2 times \(part-000001.parquet,"):
        compact(paths, ORDER)
    commit_part(paths, part_name(4), [record("9", "fear", "1", points=None)])
    orphan = photo_record("nobody's")
    stray = WarehousePaths(paths.root.parent / "stray")
    commit_part(stray, part_name(4), [orphan])
    # Without checksums, as an earlier version wrote them: nothing else tells that they do not fit.
    for file in (stray.landmarks, paths.photos):
        table = pq.ParquetFile(file / part_name(4)).read().replace_schema_metadata()
        pq.write_table(table, paths.lake / file.name / part_name(4))
    before = inspect(paths).digest
    with pytest.raises(LakeError, match=r"belong to no photograph \(5 of landmarks\)"):
        compact(paths, ORDER)
    assert inspect(paths).digest == before
    other = pq.ParquetFile(paths.landmarks / part_name(4)).read().append_column("w", [[1.0] * 5])
    pq.write_table(other, paths.landmarks / part_name(4))
    with pytest.raises(LakeError, match=r"part-000004.parquet: has other columns"):
        compact(paths, ORDER)


def test_a_tree_imported_before_goes_on_after(paths: WarehousePaths, tmp_path: Path) -> None:
    root = tmp_path / "tree"
    for number in range(9):
        write_file(root / f"00/00/{number % 3}/data-lms-{number}.csv", face() + number)

    def take() -> Any:
        return import_landmarks(root, paths, Settings(), ImportOptions(part_photos=2))

    assert take().parts_written == 5
    assert compact(paths, ORDER, part_photos=8).parts_after == 2
    (compacted, last) = part_names(paths)
    assert (take().already_done, part_names(paths)) == (9, [compacted, last])
    write_file(root / "00/00/0/data-lms-0.csv", face() * 2)
    write_file(root / "00/00/1/data-lms-10.csv", face())
    summary = take()
    assert (summary.ok, summary.replaced, summary.already_done) == (2, 1, 8)
    assert part_names(paths) == [compacted, last, part_name(8)]
    changed = read_part(paths, compacted)[0]
    assert changed.landmarks is not None
    np.testing.assert_array_equal(changed.landmarks[:, :2], (face() * 2).astype(np.float32))
    # Another key for one of them takes it out of the compact part.
    (root / "00/01/0").mkdir(parents=True)
    (root / "00/00/0/data-lms-3.csv").rename(root / "00/01/0/data-lms-3.csv")
    assert take().missing == 1
    assert compact(paths, ORDER, part_photos=8).parts_after == 2
    assert take().already_done == 10


@pytest.mark.slow
@pytest.mark.portable
def test_photographs_extracted_before_go_on_after(
    dataset: Path, extraction: tuple[WarehousePaths, Summary], tmp_path: Path
) -> None:
    photos = shutil.copytree(dataset, tmp_path / "photos")
    paths = WarehousePaths(copied(extraction[0].root, tmp_path / "warehouse"))
    before = rows(paths)
    compact(paths, ORDER)
    (compacted,) = part_names(paths)
    assert extract(photos, paths, Settings(), ExtractionOptions(part_photos=4)).already_done == 14
    assert rows(paths) == before
    save(portrait(300, shift=20), photos / "05/00/0000/1.jpg")
    save(portrait(300, shift=9), photos / "05/00/0000/7.jpg")
    summary = extract(photos, paths, Settings(), ExtractionOptions(part_photos=4))
    assert (summary.ok, summary.replaced, summary.already_done) == (2, 1, 13)
    assert part_names(paths) == [compacted, "part-000006.parquet"]
    replaced = [photo for photo in read_part(paths, compacted) if photo.row.width == 300]
    assert [photo.row.path for photo in replaced] == ["05/00/0000/1.jpg"]
