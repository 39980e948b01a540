from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.lakehouse.merging.shards import extracted, stand_in, write_photos


@pytest.fixture(autouse=True)
def without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return write_photos(tmp_path / "photos")


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    """A warehouse that is not there yet."""
    return WarehousePaths(tmp_path / "warehouse")


@pytest.fixture
def single(photos: Path, tmp_path: Path) -> WarehousePaths:
    """The lake of a single run."""
    paths = WarehousePaths(tmp_path / "single")
    extracted(photos, paths)
    return paths
