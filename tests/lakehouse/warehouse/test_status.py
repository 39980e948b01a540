import hashlib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import Status, status
from tests.lean import LEAN, lean
from tests.sql.support import write_lake, write_scores


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    found = status(WarehousePaths(tmp_path / "warehouse"), LEAN)

    assert found == Status(
        participants=0,
        photos={},
        landmarks=0,
        scores={},
        covariates={},
        without_photos=(),
        without_scores=(),
        built=None,
        up_to_date=False,
        origin=None,
        photographs_digest=hashlib.sha256().hexdigest(),
    )
    assert list(tmp_path.iterdir()) == []


def test_photos_landmarks_and_scores_are_counted(small_warehouse: WarehousePaths) -> None:
    found = status(small_warehouse, LEAN)

    assert found.participants == 5
    assert found.photos == {"ok": 57, "no_face": 4}
    assert found.landmarks == 57 * 478
    assert found.scores == {"bai": 5, "dbi": 6}
    assert found.without_photos == ("006",)
    assert found.without_scores == ()


def test_a_built_warehouse_is_up_to_date(small_warehouse: WarehousePaths) -> None:
    found = status(small_warehouse, LEAN)

    assert found.up_to_date
    assert found.built == fetch(small_warehouse, "select started from build_info").item()


@pytest.mark.slow
def test_other_settings_or_another_lake_make_it_outdated(warehouse: WarehousePaths) -> None:
    assert not status(warehouse, lean(clusters={"k": 5})).up_to_date

    write_scores(warehouse, [[1.0, 2.0]] * 6)

    found = status(warehouse, LEAN)
    assert not found.up_to_date
    assert found.built is not None


def test_nobody_lacks_scores_in_a_study_without_any(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_lake(paths)
    paths.scores.unlink()

    found = status(paths, LEAN)

    assert (found.scores, found.without_scores, found.without_photos) == ({}, (), ())
    assert (found.built, found.up_to_date) == (None, False)


def test_a_damaged_part_is_named_and_the_rest_is_counted(warehouse: WarehousePaths) -> None:
    (warehouse.photos / "part-000001.parquet").write_bytes(b"PAR1 no")

    found = status(warehouse, LEAN)

    [damage] = found.damaged
    assert damage.file == "photos/part-000001.parquet"
    assert damage.problem.startswith("cannot be read as Parquet")
    assert (found.photos, found.landmarks) == ({}, 0)
    assert found.scores == {"bai": 5, "dbi": 6}
    assert not found.up_to_date


@pytest.mark.slow
def test_it_says_when_all_was_verified_and_what_has_no_checksum(warehouse: WarehousePaths) -> None:
    assert status(warehouse, LEAN).verified is not None
    assert status(warehouse, LEAN).unsealed == ()
    scores = pq.ParquetFile(warehouse.scores).read().replace_schema_metadata()
    pq.write_table(scores, warehouse.scores)
    assert status(warehouse, LEAN).unsealed == ("scores.parquet",)
    warehouse.verification.unlink()
    assert status(warehouse, LEAN).verified is None
    warehouse.verification.write_text("[]")
    assert status(warehouse, LEAN).verified is None
