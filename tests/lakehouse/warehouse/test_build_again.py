"""When a build has nothing to do."""

import hashlib
import os
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from lakehouse.errors import BuildError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse import provenance
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra, load_models
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import status
from tests.lean import LEAN, lean
from tests.sql.support import write_scores

OTHER_SCORES = [[float(row), 60.0 - row] for row in range(6)]


def digest(warehouse: WarehousePaths) -> str:
    return hashlib.sha256(warehouse.database.read_bytes()).hexdigest()


def test_nothing_is_done_where_nothing_changed(warehouse: WarehousePaths) -> None:
    before = digest(warehouse), warehouse.database.stat().st_ino

    result = build(warehouse, LEAN)

    assert result.up_to_date
    assert result.models == ()
    assert (digest(warehouse), warehouse.database.stat().st_ino) == before


@pytest.mark.slow
def test_force_builds_all_the_same(warehouse: WarehousePaths) -> None:
    before = warehouse.database.stat()

    result = build(warehouse, LEAN, extras=list(Extra), force=True)

    assert not result.up_to_date
    assert len(result.models) == len(load_models())
    assert warehouse.database.stat().st_mtime_ns > before.st_mtime_ns


def test_times_of_files_and_unfinished_writes_are_no_change(warehouse: WarehousePaths) -> None:
    os.utime(warehouse.scores, (1, 1))
    part = warehouse.landmarks / "part-000001.parquet"
    shutil.copy(part, warehouse.landmarks / ".part-000003.parquet.tmp")

    assert build(warehouse, LEAN).up_to_date


@pytest.mark.slow
def test_a_changed_score_is_a_change(warehouse: WarehousePaths) -> None:
    write_scores(warehouse, OTHER_SCORES)

    assert not build(warehouse, LEAN).up_to_date
    assert build(warehouse, LEAN).up_to_date


@pytest.mark.slow
def test_a_part_less_is_a_change(warehouse: WarehousePaths) -> None:
    for folder in (warehouse.photos, warehouse.landmarks, warehouse.blendshapes):
        (folder / "part-000001.parquet").unlink()

    before = warehouse.database.read_bytes()

    # Whoever means it says so.
    with pytest.raises(BuildError, match=r"has 61 rows in photos, and the lake now holds none"):
        build(warehouse, LEAN)
    assert warehouse.database.read_bytes() == before

    result = build(warehouse, LEAN, force=True)

    assert not result.up_to_date
    assert fetch(warehouse, "from photos").is_empty()


@pytest.mark.slow
def test_scores_that_are_gone_do_not_vanish_from_the_database(warehouse: WarehousePaths) -> None:
    warehouse.scores.unlink()
    with pytest.raises(BuildError, match=r"has \d+ rows in scores, and the lake now holds none"):
        build(warehouse, LEAN)
    assert not fetch(warehouse, "from scores").is_empty()


@pytest.mark.slow
def test_other_settings_are_a_change(warehouse: WarehousePaths) -> None:
    wider = lean(instruments={"dbi": {"max": 64}})

    assert not build(warehouse, wider).up_to_date


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "file"),
    [
        ("lakehouse.sql", "masks/masks.sql"),
        ("lakehouse.steps", "clusters/points.py"),
        ("lakehouse.statistics", "k_means.py"),
    ],
)
def test_other_models_or_steps_are_a_change(
    warehouse: WarehousePaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    file: str,
) -> None:
    for name in provenance.CODE:
        shutil.copytree(str(files(name)), tmp_path / name)
    monkeypatch.setattr(provenance, "files", lambda name: tmp_path / name)
    assert status(warehouse, LEAN).up_to_date

    with (tmp_path / package / file).open("a") as edited:
        edited.write("\n")

    assert not status(warehouse, LEAN).up_to_date


@pytest.mark.slow
@pytest.mark.portable
def test_a_damaged_database_is_built_anew(warehouse: WarehousePaths) -> None:
    warehouse.database.write_bytes(b"not a database")

    assert not build(warehouse, LEAN).up_to_date
    assert fetch(warehouse, "select count(*) from photos").item() == 61
