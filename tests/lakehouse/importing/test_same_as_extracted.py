"""Whatever form they come in, landmarks of the same photographs give the lake of extraction."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.importing.summary import ImportSummary
from lakehouse.lake.records import Key, PhotoRecord
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.copies import copied
from tests.lakehouse.importing import dumps
from tests.lakehouse.importing.dumps import Dumped
from tests.lean import lean

Write = Callable[[Dumped, Path], Path]


def wide_csv(dumped: Dumped, folder: Path) -> Path:
    dumps.wide(dumped).write_csv(folder / "wide.csv")
    return folder / "wide.csv"


def wide_tsv(dumped: Dumped, folder: Path) -> Path:
    dumps.wide(dumped, as_path=True, name="{point}_{axis}").write_csv(
        folder / "wide.tsv", separator="\t"
    )
    return folder / "wide.tsv"


def wide_parquet(dumped: Dumped, folder: Path) -> Path:
    dumps.wide(dumped, as_path=True, name="landmark_{point}_{axis}").write_parquet(
        folder / "wide.parquet"
    )
    return folder / "wide.parquet"


def wide_tables(dumped: Dumped, folder: Path) -> Path:
    """A folder of two tables, one of Feather."""
    whole = dumps.wide(dumped)
    whole[:5].write_ipc(folder / "one.feather", compression="lz4")
    whole[5:].write_csv(folder / "two.csv", separator=";")
    return folder


def long_csv(dumped: Dumped, folder: Path) -> Path:
    dumps.long(dumped, as_path=True).write_csv(folder / "long.csv")
    return folder / "long.csv"


def long_parquet(dumped: Dumped, folder: Path) -> Path:
    dumps.long(dumped).write_parquet(folder / "long.parquet")
    return folder / "long.parquet"


def archive(dumped: Dumped, folder: Path) -> Path:
    return dumps.write_archive(dumped, folder / "faces.npz")


TABLES = [wide_csv, wide_tsv, wide_parquet, wide_tables, long_csv, long_parquet]
RESULTS = [
    dumps.python_result,
    dumps.javascript_result,
    dumps.legacy_result,
    dumps.bare_result,
]
WITH_EXPRESSION = [dumps.python_result, dumps.javascript_result]


@pytest.fixture(scope="session")
def extracted(extraction: Any) -> list[PhotoRecord]:
    paths, _ = extraction
    return dumps.records_of(paths)


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "imported")


def take(source: Path, paths: WarehousePaths, **options: Any) -> ImportSummary:
    return import_landmarks(source, paths, Settings(), ImportOptions(part_photos=4, **options))


def by_key(records: list[PhotoRecord]) -> dict[Key, PhotoRecord]:
    return {record.row.key: record for record in records}


def assert_same(
    paths: WarehousePaths, extracted: list[PhotoRecord], *, whole: bool, rtol: float = 1e-6
) -> None:
    """Compare a lake with the extracted one; `whole` if blendshapes and pose were handed over."""
    imported, expected = by_key(dumps.records_of(paths)), by_key(extracted)
    assert imported.keys() == expected.keys()
    for key, record in expected.items():
        mine = imported[key]
        for name in ("status", "faces", "width", "height"):
            assert getattr(mine.row, name) == getattr(record.row, name), (key, name)
        if record.landmarks is None:
            assert mine.landmarks is None
            continue
        np.testing.assert_allclose(mine.landmarks, record.landmarks, rtol=rtol, atol=1e-4)
        assert mine.row.face_height == pytest.approx(record.row.face_height, rel=1e-5)
        if whole:
            assert mine.blendshape_names == record.blendshape_names
            np.testing.assert_allclose(mine.blendshapes, record.blendshapes, rtol=1e-6)
            for name in ("yaw", "pitch", "roll"):
                assert getattr(mine.row, name) == pytest.approx(getattr(record.row, name), abs=1e-4)
        else:
            assert mine.blendshapes is None
            assert mine.row.yaw is None


def test_the_dataset_has_faces_and_a_photograph_without(extracted) -> None:
    assert {record.row.status for record in extracted} == {"ok", "no_face"}


@pytest.mark.slow
@pytest.mark.parametrize("shares", [True, False], ids=["shares", "pixels"])
@pytest.mark.parametrize("write", TABLES)
def test_tables(write: Write, shares: bool, extracted, paths, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    source = write(Dumped(extracted, shares), folder)

    summary = take(source, paths)

    assert (summary.found, summary.unreadable) == (len(extracted), 0)
    assert_same(paths, extracted, whole=False)
    again = take(source, paths)
    assert (again.already_done, again.replaced, again.parts_written) == (len(extracted), 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("shares", [True, False], ids=["shares", "pixels"])
@pytest.mark.parametrize(
    "write", [dumps.write_json_tree, dumps.write_json_by_path, dumps.write_json_lines]
)
@pytest.mark.parametrize("result", RESULTS)
def test_results_as_json(result, write, shares: bool, extracted, paths, tmp_path: Path) -> None:
    name = "faces.jsonl" if write is dumps.write_json_lines else "faces.json"
    source = write(Dumped(extracted, shares), tmp_path / name, result)

    summary = take(source, paths)

    assert (summary.found, summary.unreadable) == (len(extracted), 0)
    assert_same(paths, extracted, whole=result in WITH_EXPRESSION)
    again = take(source, paths)
    assert (again.already_done, again.replaced, again.parts_written) == (len(extracted), 0, 0)


@pytest.mark.parametrize("shares", [True, False], ids=["shares", "pixels"])
@pytest.mark.parametrize("as_path", [True, False], ids=["paths", "ids"])
def test_archives(as_path: bool, shares: bool, extracted, paths, tmp_path: Path) -> None:
    source = dumps.write_archive(Dumped(extracted, shares), tmp_path / "faces.npz", as_path=as_path)

    take(source, paths)

    assert_same(paths, extracted, whole=True)
    assert take(source, paths).already_done == len(extracted)


def test_an_array_for_each_photograph_in_pixels(extracted, paths, tmp_path: Path) -> None:
    take(dumps.write_arrays_tree(Dumped(extracted, shares=False), tmp_path / "arrays"), paths)

    for key, record in by_key(dumps.records_of(paths)).items():
        expected = by_key(extracted)[key].landmarks
        if expected is None:
            assert record.row.status == "no_face"
        else:
            np.testing.assert_array_equal(record.landmarks, expected)


def test_parts_of_another_lake_are_a_folder_of_long_tables(extraction, extracted, paths) -> None:
    other, _ = extraction

    summary = take(other.landmarks, paths)

    assert summary.tables == 4
    found = by_key(dumps.records_of(paths))
    with_face = [record for record in extracted if record.landmarks is not None]
    assert found.keys() == by_key(with_face).keys()
    for record in with_face:
        np.testing.assert_array_equal(found[record.row.key].landmarks, record.landmarks)


@pytest.mark.slow
@pytest.mark.parametrize("write", [wide_csv, long_parquet, archive])
def test_what_is_built_from_them_is_the_same(
    write: Write, extraction, extracted, paths, tmp_path: Path
) -> None:
    take(write(Dumped(extracted), tmp_path), paths)
    other = WarehousePaths(Path(copied(extraction[0].root, tmp_path / "extracted")))
    settings = lean(quality={"photos_per_mask": "any", "masks": "neutral"})
    for each in (paths, other):
        build(each, settings)

    for relation in RELATIONS:
        one, two = (sorted_rows(each, relation) for each in (paths, other))
        assert one.columns == two.columns
        assert len(one) == len(two) > 0, relation
        for column in one.columns:
            if one[column].dtype.is_float():
                np.testing.assert_allclose(
                    *(each[column].to_numpy() for each in (one, two)), rtol=1e-3, atol=1e-3
                )
            else:
                assert one[column].to_list() == two[column].to_list(), (relation, column)


RELATIONS = ("neutral_distances", "mask_averages", "points_above_average")


def sorted_rows(paths: WarehousePaths, relation: str) -> pl.DataFrame:
    return fetch(paths, f"select * from {relation} order by all")
